"""What schemathesis must know beyond the description."""

from typing import Any
from urllib.parse import urlencode

import schemathesis


@schemathesis.hook
def before_load_schema(context: Any, raw_schema: dict[str, Any]) -> None:
    """Problems come as application/problem+json.

    The description says application/json for them, since the plugin hosts that read it accept nothing else.
    """
    for path in raw_schema["paths"].values():
        for operation in path.values():
            problem = operation["responses"].get("default", {}).get("content", {})
            if "application/json" in problem:
                problem["application/problem+json"] = problem.pop("application/json")


@schemathesis.hook
def filter_query(context: Any, query: dict[str, Any] | None) -> bool:
    """No request line longer than sockets take: those are refused with 414 before there is an API to answer."""
    return query is None or len(urlencode(query, doseq=True, errors="replace")) < 60_000

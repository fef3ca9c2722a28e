"""The running server, asked without any client of other people's making."""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any

CHINESE = "胎盘来源 水凝胶"
QUESTION = "What are the advantages of placenta-derived stem cells?"
NONSENSE = "qqqqzzzz xxyyzzqq"


@dataclass(frozen=True)
class Server:
    """The running server, asked without any client."""

    url: str

    def get(self, path: str) -> Any:
        """The JSON under a path."""
        return self.ask("GET", path)[1]

    def post(self, path: str, body: Any, headers: dict[str, str] | None = None) -> Any:
        """The JSON that this body is answered with."""
        status, answer = self.ask("POST", path, json.dumps(body).encode(), headers)
        assert 200 <= status < 300, answer
        return answer

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, Any]:
        """Status and JSON."""
        given = {"content-type": "application/json"} | (headers or {})
        request = urllib.request.Request(self.url + path, body, given, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refused:
            said = refused.read().decode()
            return refused.code, json.loads(said) if said.startswith("{") else said

    def ids(self, query: str, limit: int = 10) -> list[str]:
        """The passages that the native search finds, in order."""
        return [hit["id"] for hit in self.post("/v1/search", {"q": query, "limit": limit})["hits"]]

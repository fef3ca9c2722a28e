"""The running server, asked without any client of other people's making."""

import json
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
        with urllib.request.urlopen(self.url + path, timeout=30) as answer:
            return json.load(answer)

    def post(self, path: str, body: Any) -> Any:
        """The JSON that this body is answered with."""
        request = urllib.request.Request(
            self.url + path, json.dumps(body).encode(), {"content-type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def ids(self, query: str, limit: int = 10) -> list[str]:
        """The passages that the native search finds, in order."""
        return [hit["id"] for hit in self.post("/v1/search", {"q": query, "limit": limit})["hits"]]

"""What the tests of every client share."""

import json
import os
import urllib.request
from dataclasses import dataclass
from typing import Any

import pytest

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


@pytest.fixture(scope="session")
def server() -> Server:
    """The server that run.py started."""
    return Server(os.environ["WENYUAN_URL"])

"""The same question at every door, and the same passages in the same order."""

import json
from collections.abc import Callable
from urllib.parse import quote

import pytest

from asked import CHINESE, QUESTION, Server

QUERIES = [CHINESE, QUESTION, "CD34+ 细胞", "tangniaobing zu", "MSCs AND 血管"]


def mcp(server: Server, query: str) -> list[str]:
    """By MCP, the message as an assistant without a session sends it."""
    meta = {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {},
        "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
    }
    call = {"name": "search", "arguments": {"query": query}, "_meta": meta}
    headers = {
        "accept": "application/json, text/event-stream",
        "mcp-protocol-version": "2026-07-28",
        "mcp-method": "tools/call",
        "mcp-name": "search",
    }
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    answer = server.post("/mcp", message, headers)
    assert json.loads(answer["result"]["content"][0]["text"]) == answer["result"]["structuredContent"]
    return [one["id"] for one in answer["result"]["structuredContent"]["results"]]


def dify(server: Server, query: str) -> list[str]:
    """By Dify's external knowledge."""
    body = {"knowledge_id": "wenyuan", "query": query, "retrieval_setting": {"top_k": 10, "score_threshold": 0}}
    return [one["metadata"]["passage_id"] for one in server.post("/dify/retrieval", body)["records"]]


def dify_dataset(server: Server, query: str) -> list[str]:
    """By Dify's datasets."""
    body = {"query": query, "retrieval_model": {"top_k": 10}}
    answer = server.post("/dify-dataset/v1/datasets/wenyuan/retrieve", body)
    return [one["segment"]["id"] for one in answer["records"]]


def searxng(server: Server, query: str) -> list[str]:
    """By SearXNG."""
    answer = server.get(f"/searxng/search?format=json&q={quote(query)}")
    return [one["url"].partition("#")[2] for one in answer["results"]]


def open_webui(server: Server, query: str) -> list[str]:
    """By Open WebUI."""
    answer = server.post("/owui/search", {"query": query, "count": 10})
    return [one["link"].partition("#")[2] for one in answer]


def ragflow(server: Server, query: str) -> list[str]:
    """By RAGFlow."""
    body = {"question": query, "dataset_ids": ["wenyuan"], "page_size": 10, "similarity_threshold": 0}
    return [one["id"] for one in server.post("/ragflow/api/v1/retrieval", body)["data"]["chunks"]]


def openai(server: Server, query: str) -> list[str]:
    """By OpenAI's vector stores."""
    answer = server.post("/openai/v1/vector_stores/wenyuan/search", {"query": query, "max_num_results": 10})
    return [one["attributes"]["passage_id"] for one in answer["data"]]


DOORS = [mcp, dify, dify_dataset, searxng, open_webui, ragflow, openai]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_every_door_keeps_the_order(server: Server, door: Callable[[Server, str], list[str]], query: str) -> None:
    expected = server.ids(query)
    assert len(expected) > 2
    assert door(server, query) == expected

"""LangChain's MCP adapters, which speak the protocol with a handshake."""

import asyncio
import json
import os
from typing import Any

import pytest
from langchain_mcp_adapters.client import MultiServerMCPClient

from asked import CHINESE, Server


@pytest.fixture(params=["http", "stdio"])
def tools(request: pytest.FixtureRequest, server: Server) -> dict[str, Any]:
    """The server's tools as LangChain holds them."""
    connection: dict[str, Any] = {"transport": "streamable_http", "url": f"{server.url}/mcp"}
    if request.param == "stdio":
        options = ["--corpus", os.environ["WENYUAN_CORPUS"], "--index", os.environ["WENYUAN_INDEX"], "mcp"]
        connection = {"transport": "stdio", "command": os.environ["WENYUAN_BINARY"], "args": options}
    client = MultiServerMCPClient({"wenyuan": connection})
    return {tool.name: tool for tool in asyncio.run(client.get_tools())}


def call(tool: Any, arguments: dict[str, Any]) -> tuple[str, Any]:
    """The text and the structure that a tool answers with."""
    message = asyncio.run(tool.ainvoke({"name": tool.name, "args": arguments, "id": "1", "type": "tool_call"}))
    content = message.content
    text = content if isinstance(content, str) else "".join(block["text"] for block in content)
    return text, message.artifact["structured_content"]


def test_an_agent_searches_and_fetches(tools: dict[str, Any], server: Server) -> None:
    text, structured = call(tools["search"], {"query": CHINESE})
    assert json.loads(text) == structured
    assert [one["id"] for one in structured["results"]] == server.ids(CHINESE)
    text, structured = call(tools["fetch"], {"id": structured["results"][0]["id"]})
    assert json.loads(text) == structured
    assert "胎盘来源丰富且易于获取" in structured["text"]


def test_the_knobs_are_on_a_tool_of_their_own(tools: dict[str, Any], server: Server) -> None:
    _, structured = call(tools["search_passages"], {"query": "stem cells", "lang": "en"})
    assert "Cell therapy" in json.dumps(structured, ensure_ascii=False)

"""The `mcp` library of today, over both transports and in both eras of the protocol."""

import asyncio
import json
import os
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from mcp import Client, MCPError, StdioServerParameters
from mcp.types import TextContent

from asked import CHINESE, Server

MODERN = "2026-07-28"


def stdio() -> StdioServerParameters:
    """The program as an assistant on the same machine starts it."""
    options = ["--corpus", os.environ["WENYUAN_CORPUS"], "--index", os.environ["WENYUAN_INDEX"], "mcp"]
    return StdioServerParameters(command=os.environ["WENYUAN_BINARY"], args=options)


WAYS = [(transport, mode) for transport in ("http", "stdio") for mode in ("auto", "legacy")]


@pytest.fixture(params=WAYS, ids=["-".join(way) for way in WAYS])
def ask(request: pytest.FixtureRequest, server: Server) -> Callable[[Callable[[Client], Awaitable[Any]]], Any]:
    """Runs something with a client connected in one of the four ways."""
    transport, mode = request.param

    def run(something: Callable[[Client], Awaitable[Any]]) -> Any:
        async def connected() -> Any:
            target = f"{server.url}/mcp" if transport == "http" else stdio()
            async with Client(target, mode=mode, read_timeout_seconds=60) as client:
                assert (client.protocol_version == MODERN) == (mode == "auto")
                return await something(client)

        return asyncio.run(connected())

    return run


def same_twice(result: Any) -> Any:
    """What a tool answered, which must stand in the text as in the structure."""
    assert not result.is_error, result
    assert isinstance(result.structured_content, dict)
    (text,) = [block.text for block in result.content if isinstance(block, TextContent)]
    assert json.loads(text) == result.structured_content
    return result.structured_content


def test_tools_are_as_assistants_require_them(ask: Any) -> None:
    async def look(client: Client) -> Any:
        return client.server_info, (await client.list_tools()).tools, (await client.list_tools()).tools

    info, tools, again = ask(look)
    assert info.name.lower() == "wenyuan"
    assert [tool.name for tool in tools] == [tool.name for tool in again]
    named = {tool.name: tool for tool in tools}
    assert {"search", "fetch", "search_passages"} <= set(named)
    # Assistants that recognise `search` and `fetch` do so by these inputs exactly.
    assert list(named["search"].input_schema["properties"]) == ["query"]
    assert list(named["fetch"].input_schema["properties"]) == ["id"]
    for tool in tools:
        assert tool.output_schema
        assert tool.description
        assert tool.annotations
        assert (tool.annotations.read_only_hint, tool.annotations.open_world_hint) == (True, False)
        assert tool.annotations.destructive_hint is False
        assert tool.annotations.idempotent_hint is True


def test_what_is_searched_can_be_fetched(ask: Any, server: Server) -> None:
    async def look(client: Client) -> Any:
        found = same_twice(await client.call_tool("search", {"query": CHINESE}))
        first = found["results"][0]
        return found["results"], same_twice(await client.call_tool("fetch", {"id": first["id"]}))

    results, fetched = ask(look)
    assert [one["id"] for one in results] == server.ids(CHINESE)
    for one in results:
        assert one["url"].startswith(("http://", "https://"))
        assert one["title"]
    assert fetched["id"] == results[0]["id"]
    assert fetched["url"].startswith(("http://", "https://"))
    assert "胎盘来源丰富且易于获取" in fetched["text"]


def test_what_goes_wrong_is_told_so_that_a_model_can_act(ask: Any) -> None:
    async def look(client: Client) -> Any:
        missing = await client.call_tool("fetch", {"id": "no-such-passage"})
        empty = await client.call_tool("search", {"query": " "})
        with pytest.raises(MCPError) as unknown:
            await client.call_tool("no_such_tool", {})
        return missing, empty, unknown.value.error.code

    missing, empty, code = ask(look)
    assert missing.is_error
    assert missing.content[0].text
    assert empty.is_error or same_twice(empty)["results"] == []
    assert code == -32602


def test_resources_are_listed_and_read(ask: Any, server: Server) -> None:
    passage = server.ids(CHINESE, limit=1)[0]

    async def look(client: Client) -> Any:
        templates = (await client.list_resource_templates()).resource_templates
        template = next(one.uri_template for one in templates if "passage" in one.uri_template)
        uri = template.partition("{")[0] + passage
        return templates, (await client.read_resource(uri)).contents

    templates, contents = ask(look)
    assert templates
    assert "胎盘来源丰富且易于获取" in contents[0].text


def test_the_knobs_are_on_a_tool_of_their_own(ask: Any) -> None:
    async def look(client: Client) -> Any:
        tool = next(tool for tool in (await client.list_tools()).tools if tool.name == "search_passages")
        english = await client.call_tool("search_passages", {"query": "stem cells", "lang": "en"})
        wrong = await client.call_tool("search_passages", {"query": "stem cells", "lang": "fr"})
        return tool.input_schema["properties"], english, wrong

    properties, english, wrong = ask(look)
    assert {"lang", "section", "article", "year_from", "limit"} <= set(properties)
    assert "Cell therapy" in json.dumps(same_twice(english))
    assert wrong.is_error
    assert "lang" in wrong.content[0].text


def test_pages_of_other_sites_and_other_names_are_refused(server: Server) -> None:
    message = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/list"}).encode()
    accept = {"accept": "application/json, text/event-stream"}
    assert server.ask("POST", "/mcp", message, accept)[0] == 200
    assert server.ask("POST", "/mcp", message, accept | {"origin": "https://elsewhere.example"})[0] == 403
    assert server.ask("POST", "/mcp", message, accept | {"host": "elsewhere.example"})[0] == 403

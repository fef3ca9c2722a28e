"""LlamaIndex's MCP tools."""

import asyncio
import json

from llama_index.tools.mcp import BasicMCPClient, McpToolSpec

from asked import CHINESE, Server


def test_an_agent_s_tools_search_and_fetch(server: Server) -> None:
    async def look() -> tuple[str, str]:
        tools = {
            tool.metadata.name: tool
            for tool in await McpToolSpec(client=BasicMCPClient(f"{server.url}/mcp")).to_tool_list_async()
        }
        found = await tools["search"].acall(query=CHINESE)
        passage = server.ids(CHINESE, limit=1)[0]
        return found.content, (await tools["fetch"].acall(id=passage)).content

    found, fetched = asyncio.run(look())
    assert all(passage in found for passage in server.ids(CHINESE))
    assert "胎盘来源丰富且易于获取" in json.dumps(fetched, ensure_ascii=False)

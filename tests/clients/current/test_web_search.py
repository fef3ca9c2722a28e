"""The doors that look like a web search: SearXNG with LangChain's wrapper, Open WebUI as its source calls it."""

import asyncio
from urllib.parse import urlencode

from langchain_community.utilities import SearxSearchWrapper

from asked import CHINESE, NONSENSE, Server


def test_langchain_searches_as_in_searxng(server: Server) -> None:
    searx = SearxSearchWrapper(searx_host=f"{server.url}/searxng/search", k=10)
    results = searx.results(CHINESE, num_results=10)
    assert [one["link"].partition("#")[2] for one in results] == server.ids(CHINESE)
    assert all(one["title"] and one["snippet"] for one in results)
    assert "胎盘来源丰富且易于获取" in results[0]["snippet"]
    assert "胎盘来源丰富且易于获取" in searx.run(CHINESE)
    assert asyncio.run(searx.aresults(CHINESE, num_results=10)) == results
    assert searx.results(CHINESE, num_results=3, engines=["google", "bing"]) == results[:3]


def test_whatever_else_callers_send_is_passed_over(server: Server) -> None:
    ids = server.ids(CHINESE)
    callers = {
        "Open WebUI": {
            "format": "json",
            "pageno": 1,
            "safesearch": "1",
            "language": "en-US",
            "time_range": "",
            "categories": "",
            "theme": "simple",
            "image_proxy": 0,
        },
        "LibreChat": {
            "format": "json",
            "pageno": 1,
            "categories": "general",
            "language": "all",
            "safesearch": 0,
            "engines": "google,bing,duckduckgo",
        },
        "AnythingLLM": {"format": "json"},
        "RAGFlow": {"format": "json", "categories": "general", "language": "auto", "safesearch": 1, "pageno": 1},
    }
    for caller, parameters in callers.items():
        for path in ("/searxng/search", "/searxng/any-key/search"):
            answer = server.get(f"{path}?{urlencode({'q': CHINESE} | parameters)}")
            assert [one["url"].partition("#")[2] for one in answer["results"]] == ids, caller
            # Open WebUI sorts by score, and must get our order.
            scores = [one["score"] for one in answer["results"]]
            assert scores == sorted(scores, reverse=True)
            assert all(one["url"].startswith("http") and one["title"] and one["content"] for one in answer["results"])
    none = server.get(f"/searxng/search?{urlencode({'q': NONSENSE, 'format': 'json'})}")
    assert none["results"] == []


def test_open_webui_searches_and_loads_what_it_found(server: Server) -> None:
    key = {"Authorization": "Bearer any"}
    found = server.post("/owui/search", {"query": CHINESE, "count": 10}, key)
    assert isinstance(found, list)
    assert [one["link"].partition("#")[2] for one in found] == server.ids(CHINESE)
    for one in found:
        assert all(isinstance(one[name], str) and one[name] for name in ("link", "title", "snippet"))
    pages = server.post("/owui/load", {"urls": [one["link"] for one in found[:2]]}, key)
    assert [page["metadata"]["source"] for page in pages] == [one["link"] for one in found[:2]]
    assert "胎盘来源丰富且易于获取" in pages[0]["page_content"]
    assert "Zeng XX, Tang YL, Hu KX" in pages[0]["page_content"]
    # It reads our own pages and fetches nothing.
    assert server.post("/owui/load", {"urls": ["http://127.0.0.1:9/", "file:///etc/passwd"]}, key) == []
    assert server.post("/owui/search", {"query": NONSENSE, "count": 3}, key) == []

"""OpenAI's library, and LiteLLM, asking a vector store."""

import asyncio

import litellm
import openai
import pytest

from asked import CHINESE, QUESTION, Server

STORE = "wenyuan"


@pytest.fixture
def client(server: Server) -> openai.OpenAI:
    """OpenAI's client with another address; it must send some key."""
    return openai.OpenAI(base_url=f"{server.url}/openai/v1", api_key="any", max_retries=0)


def test_openai_searches_in_our_order(client: openai.OpenAI, server: Server) -> None:
    page = client.vector_stores.search(STORE, query=CHINESE)
    assert page.object == "vector_store.search_results.page"
    assert page.search_query == [CHINESE]
    assert (page.has_more, page.next_page) == (False, None)
    assert [one.attributes["passage_id"] for one in page.data] == server.ids(CHINESE)
    first = page.data[0]
    assert [part.type for part in first.content] == ["text"]
    assert "胎盘来源丰富且易于获取" in first.content[0].text
    for one in page.data:
        assert 0 <= one.score <= 1
        assert one.file_id
        assert one.filename
        assert one.attributes is not None
        assert len(one.attributes) <= 16
        assert all(len(name) <= 64 for name in one.attributes)
        assert all(not isinstance(value, str) or len(value) <= 512 for value in one.attributes.values())


def test_openai_s_filters_and_thresholds_hold(client: openai.OpenAI) -> None:
    def languages(filters: object) -> set[object]:
        found = client.vector_stores.search(STORE, query="stem cells 干细胞", filters=filters, max_num_results=50)
        return {one.attributes["lang"] for one in found.data}

    english = {"type": "eq", "key": "lang", "value": "en"}
    assert languages(english) == {"en"}
    assert languages({"type": "ne", "key": "lang", "value": "en"}) == {"zh"}
    assert languages({"type": "in", "key": "lang", "value": ["en", "fr"]}) == {"en"}
    assert languages({"type": "nin", "key": "lang", "value": ["en", "fr"]}) == {"zh"}
    early = {"type": "lt", "key": "year", "value": 2000}
    assert languages({"type": "and", "filters": [english, early]}) == set()
    assert languages({"type": "or", "filters": [english, early]}) == {"en"}
    scores = [one.score for one in client.vector_stores.search(STORE, query=CHINESE).data]
    assert scores[-1] < scores[0]
    sure = client.vector_stores.search(STORE, query=CHINESE, ranking_options={"score_threshold": scores[0]})
    assert [one.score for one in sure.data] == [score for score in scores if score == scores[0]]
    assert len(client.vector_stores.search(STORE, query=CHINESE, max_num_results=2).data) == 2


def test_openai_raises_what_we_refuse(client: openai.OpenAI) -> None:
    with pytest.raises(openai.BadRequestError) as wrong:
        client.vector_stores.search(STORE, query=CHINESE, max_num_results=51)
    assert wrong.value.param == "max_num_results"
    with pytest.raises(openai.NotFoundError):
        client.vector_stores.search("no-such-store", query=CHINESE)


def test_litellm_searches_too(server: Server) -> None:
    given = {"custom_llm_provider": "pg_vector", "api_base": f"{server.url}/openai", "api_key": "any"}
    answer = litellm.vector_stores.search(vector_store_id=STORE, query=CHINESE, **given)
    assert [one["attributes"]["passage_id"] for one in answer["data"]] == server.ids(CHINESE)
    later = asyncio.run(
        litellm.vector_stores.asearch(vector_store_id=STORE, query=QUESTION, max_num_results=3, **given)
    )
    assert [one["attributes"]["passage_id"] for one in later["data"]] == server.ids(QUESTION)[:3]

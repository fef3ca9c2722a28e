"""The retrievers for LangChain and LlamaIndex, with the real libraries."""

import asyncio
from importlib.metadata import version

import pytest
from langchain_core.runnables import RunnableLambda
from llama_index.core.schema import NodeRelationship, TextNode

from wenyuan import Client, langchain, llama_index


def test_langchain_gets_documents_in_the_order_of_the_server(client: Client, url: str) -> None:
    hits = client.search("水凝胶", limit=3).hits
    retriever = langchain.WenyuanRetriever(url=url, k=3)
    documents = retriever.invoke("水凝胶")
    assert [document.id for document in documents] == [hit.id for hit in hits]
    first = documents[0]
    assert first.page_content == hits[0].text
    assert first.metadata["source"].startswith("https://doi.org/")
    assert first.metadata["references"] == [reference.text for reference in hits[0].references]
    assert first.metadata["relevance"] == hits[0].relevance
    assert asyncio.run(retriever.ainvoke("水凝胶")) == documents
    # And as a part of a chain.
    chain = retriever | RunnableLambda(lambda found: [document.metadata["locator"] for document in found])
    assert chain.invoke("水凝胶") == [hit.locator for hit in hits]
    english = langchain.WenyuanRetriever(url=url, options={"lang": "en"}).invoke("stem cells")
    assert {document.metadata["lang"] for document in english} == {"en"}
    assert "secret" not in repr(langchain.WenyuanRetriever(url=url, api_key="secret"))


@pytest.mark.parametrize("text", ["passage", "snippet"])
def test_llama_index_gets_nodes_whose_offsets_are_characters(client: Client, url: str, text: str) -> None:
    hits = client.search("胎盘来源 水凝胶", limit=3).hits
    retriever = llama_index.WenyuanRetriever(url, top_k=3, text=text)
    nodes = retriever.retrieve("胎盘来源 水凝胶")
    assert [found.score for found in nodes] == [hit.relevance for hit in hits]
    for found, hit in zip(nodes, hits, strict=True):
        node = found.node
        assert isinstance(node, TextNode)
        assert node.relationships[NodeRelationship.SOURCE].node_id == hit.id
        assert hit.text[node.start_char_idx : node.end_char_idx] == node.text
        assert node.text == (hit.text if text == "passage" else hit.snippet)
        assert node.metadata["locator"] == hit.locator
    again = asyncio.run(retriever.aretrieve("胎盘来源 水凝胶"))
    assert [(found.node.node_id, found.score) for found in again] == [(one.node.node_id, one.score) for one in nodes]


def test_these_are_the_versions_the_extras_name() -> None:
    assert version("langchain-core").split(".")[0] == "1"
    assert version("llama-index-core").split(".")[:2] == ["0", "14"]

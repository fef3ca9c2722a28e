"""What LangChain's community has for any server: nothing of ours is installed for it."""

import asyncio

from langchain_community.retrievers import RemoteLangChainRetriever

from asked import CHINESE, QUESTION, Server


def test_the_remote_retriever_reads_the_native_answer(server: Server) -> None:
    retriever = RemoteLangChainRetriever(
        url=f"{server.url}/v1/search", input_key="q", response_key="hits", page_content_key="text"
    )
    documents = retriever.invoke(CHINESE)
    assert [document.metadata["passage_id"] for document in documents] == server.ids(CHINESE)
    assert "胎盘来源丰富且易于获取" in documents[0].page_content
    assert asyncio.run(retriever.ainvoke(CHINESE)) == documents
    assert [found.metadata["passage_id"] for found in retriever.invoke(QUESTION)] == server.ids(QUESTION)

"""RAGFlow's SDK, and what DeepChat sends."""

import pytest
from ragflow_sdk import RAGFlow

from asked import CHINESE, Server


def test_the_sdk_retrieves(server: Server) -> None:
    client = RAGFlow(api_key="any", base_url=f"{server.url}/ragflow")
    chunks = client.retrieve(dataset_ids=["wenyuan"], question=CHINESE, page_size=10, similarity_threshold=0)
    assert [chunk.id for chunk in chunks] == server.ids(CHINESE)
    assert "胎盘来源丰富且易于获取" in chunks[0].content
    assert 0 < chunks[0].similarity <= 1
    with pytest.raises(Exception, match="collection"):
        client.retrieve(dataset_ids=["no-such-dataset"], question=CHINESE)


def test_deepchat_reads_names_and_highlights(server: Server) -> None:
    body = {
        "question": CHINESE,
        "dataset_ids": ["wenyuan"],
        "page_size": 5,
        "similarity_threshold": 0.2,
        "keyword": False,
        "highlight": True,
    }
    answer = server.post("/ragflow/api/v1/retrieval", body, {"Authorization": "Bearer any"})
    assert answer["code"] == 0
    first = answer["data"]["chunks"][0]
    assert "<em>水凝胶</em>" in first["highlight"] or "<em>凝胶</em>" in first["highlight"]
    assert first["document_keyword"]
    assert first["important_keywords"] == []
    # Failures of the business come as a success with a code.
    status, refusal = server.ask("POST", "/ragflow/api/v1/retrieval", b'{"question": "a"}')
    assert (status, refusal["code"]) == (200, 102)
    assert refusal["message"]

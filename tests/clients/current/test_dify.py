"""Dify: its SDK on the imitated datasets, and the requests that Dify and the desktop clients make of us themselves."""

import http.client
import json
from urllib.parse import urlsplit

import pytest
from dify_dataset_sdk import DifyDatasetClient, DifyNotFoundError
from dify_dataset_sdk.datasets.models import MetadataCondition, MetadataFilteringConditions, RetrievalModel

from asked import CHINESE, NONSENSE, Server

KEY = {"Authorization": "Bearer any"}


@pytest.fixture
def client(server: Server) -> DifyDatasetClient:
    """The SDK with another address."""
    return DifyDatasetClient(api_key="any", base_url=f"{server.url}/dify-dataset")


def model(**more: object) -> RetrievalModel:
    """What must be given, and more."""
    usual = {"search_method": "semantic_search", "reranking_enable": False, "score_threshold_enabled": False}
    return RetrievalModel(**{"top_k": 10} | usual | more)


def test_the_sdk_lists_and_searches(client: DifyDatasetClient, server: Server) -> None:
    (dataset,) = client.datasets.list().data
    name = dataset["id"] if isinstance(dataset, dict) else dataset.id
    found = client.datasets.retrieve(name, CHINESE, retrieval_model=model())
    assert found.query.content == CHINESE
    assert [record.segment.id for record in found.records] == server.ids(CHINESE)
    first = found.records[0]
    assert "胎盘来源丰富且易于获取" in first.segment.content
    assert first.segment.document.name == "糖尿病足溃疡的细胞治疗现状"
    assert 0 < first.score <= 1
    scores = [record.score for record in found.records]
    assert scores[-1] < scores[0]
    sure = client.datasets.retrieve(
        name, CHINESE, retrieval_model=model(score_threshold_enabled=True, score_threshold=scores[0])
    )
    assert [record.score for record in sure.records] == [score for score in scores if score == scores[0]]
    english = MetadataCondition(name="lang", comparison_operator="is", value="en")
    conditions = MetadataFilteringConditions(logical_operator="and", conditions=[english])
    found = client.datasets.retrieve(
        name, "stem cells", retrieval_model=model(metadata_filtering_conditions=conditions)
    )
    assert {record.segment.document.doc_metadata["lang"] for record in found.records} == {"en"}
    with pytest.raises(DifyNotFoundError):
        client.datasets.retrieve("no-such-dataset", CHINESE)


def test_cherry_studio_s_nulls_are_taken(server: Server) -> None:
    given = {"top_k": 6, "reranking_enable": None, "score_threshold_enabled": None}
    body = {"query": CHINESE, "retrieval_model": given}
    found = server.post("/dify-dataset/v1/datasets/wenyuan/retrieve", body, KEY)
    assert [record["segment"]["id"] for record in found["records"]] == server.ids(CHINESE, 6)
    assert all(isinstance(record["segment"]["keywords"], list) for record in found["records"])


def test_dify_s_registration_passes(server: Server) -> None:
    # No body, no type, no length but 0: Dify refuses the address on 403, 404 and 502 alone.
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=30)
    connection.request("POST", "/dify/retrieval", headers=KEY | {"Content-Length": "0"})
    assert connection.getresponse().status == 400
    connection.close()


# As Dify writes it: Chinese escaped, and what is not set absent or null by version.
@pytest.mark.parametrize("more", [{}, {"metadata_condition": None}])
@pytest.mark.parametrize("slash", ["/dify/retrieval", "/dify//retrieval"])
def test_dify_gets_records_whatever_its_version(server: Server, more: dict[str, None], slash: str) -> None:
    setting = {"top_k": None, "score_threshold": 0.0}
    body = json.dumps({"retrieval_setting": setting, "query": CHINESE, "knowledge_id": "wenyuan"} | more)
    assert body.isascii()
    status, answer = server.ask("POST", slash, body.encode(), KEY)
    assert status == 200
    assert [record["metadata"]["passage_id"] for record in answer["records"]] == server.ids(CHINESE)
    for record in answer["records"]:
        assert 0 <= record["score"] <= 1
        assert record["title"]
        assert record["metadata"]["document_id"]
        assert record["metadata"]["url"].startswith("http")


CONDITIONS = [
    ("year", "≥", "2025", True),
    ("year", ">", 2025, False),
    ("year", "≠", 2025, False),
    ("year", "=", "2025", True),
    ("year", "≤", 2024, False),
    ("lang", "is", "zh", True),
    ("lang", "is not", "zh", False),
    ("lang", "in", ["zh", "en"], True),
    ("lang", "not in", ["zh"], False),
    ("section_title", "contains", "胎盘", True),
    ("section_title", "not contains", "胎盘", False),
    ("section_title", "start with", "胎盘来源", True),
    ("section_title", "end with", "MSCs)", True),
    ("doi", "empty", None, False),
    ("doi", "not empty", None, True),
    ("year", "before", "2026-01-01", True),
    ("year", "after", "2026-01-01", False),
]


@pytest.mark.parametrize(("name", "operator", "value", "keeps"), CONDITIONS, ids=[f"{c[0]} {c[1]}" for c in CONDITIONS])
@pytest.mark.parametrize("word", ["logical_operator", "logic"])
def test_every_operator_of_dify(
    server: Server, word: str, name: str, operator: str, value: object, keeps: bool
) -> None:
    conditions = [{"name": name, "comparison_operator": operator, "value": value}]
    body = {
        "knowledge_id": "wenyuan",
        "query": CHINESE,
        "retrieval_setting": {"top_k": 50, "score_threshold": 0},
        "metadata_condition": {word: "and", "conditions": conditions},
    }
    best = server.ids(CHINESE, 1)[0]
    found = server.post("/dify/retrieval", body, KEY)["records"]
    assert (best in [record["metadata"]["passage_id"] for record in found]) == keeps


def test_what_is_not_there_is_an_empty_list_or_a_reason(server: Server) -> None:
    body = {"knowledge_id": "wenyuan", "query": NONSENSE, "retrieval_setting": {"top_k": 3, "score_threshold": 0.5}}
    assert server.post("/dify/retrieval", body, KEY) == {"records": []}
    status, refusal = server.ask("POST", "/dify/retrieval", json.dumps(body | {"knowledge_id": "other"}).encode(), KEY)
    assert (status, refusal["error_code"]) == (404, 2001)
    assert refusal["error_msg"]

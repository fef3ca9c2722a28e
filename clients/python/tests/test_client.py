"""Both clients against the real server and the article it ships with."""

import asyncio
from dataclasses import MISSING, fields
from typing import Any, get_args, get_type_hints

import httpx
import pytest

import wenyuan
from wenyuan import AsyncClient, Client, InvalidRequestError, NotFoundError, UnexpectedAnswerError

ARTICLE = "10-13429-j-cnki-cjcr-2025-04-001"


def test_a_hit_carries_what_is_needed_to_cite_it(client: Client) -> None:
    answer = client.search("胎盘来源 水凝胶", limit=1)
    assert answer.answerable == "yes"
    assert (answer.query.text, answer.query.limit) == ("胎盘来源 水凝胶", 1)
    (hit,) = answer.hits
    assert hit.section.number == "1.2.2"
    assert [reference.number for reference in hit.references] == [18]
    assert hit.references[0].container == "Medicine (Baltimore)"
    assert hit.article.title.prefer("en") == "Current status of cell therapy for diabetic foot ulcer"
    assert 0 < hit.relevance <= 1


def test_ranges_cut_the_text_as_python_counts_it(client: Client) -> None:
    for hit in client.search("placenta-derived MSCs 水凝胶", limit=5).hits:
        assert hit.highlights
        for piece in wenyuan.pieces(hit.text, hit.highlights):
            assert piece == piece.strip() != ""
        assert any(piece in ("水凝胶", "凝胶") for piece in wenyuan.pieces(hit.text, hit.highlights)) or hit.rank > 1
        assert hit.snippet in hit.text
        marked = wenyuan.marked(hit.snippet, hit.snippet_highlights, "⟦", "⟧")
        assert marked.replace("⟦", "").replace("⟧", "") == hit.snippet
        for citation in hit.citations:
            assert 0 <= citation.at <= len(hit.text)


def test_options_restrict(client: Client) -> None:
    assert {hit.lang for hit in client.search("stem cells", lang="en").hits} == {"en"}
    assert client.search("干细胞", year_to=1999).hits == []
    assert client.search("干细胞", article=["no-such-article"]).hits == []
    assert client.search("干细胞", article=[ARTICLE, "no-such-article"]).hits
    inside = client.search("干细胞", section="1.2.2")
    assert inside.query.section == "1.2.2"
    assert {hit.section.number for hit in inside.hits} == {"1.2.2"}
    least = 0.5
    assert all(hit.relevance >= least for hit in client.search("水凝胶", min_relevance=least).hits)
    cited = client.search("hydrogel", scope="references", limit=1).hits[0]
    assert cited.cited_by
    assert client.passage(cited.cited_by[0].id).references


def test_what_was_understood_and_what_matches_in_all_is_told(client: Client) -> None:
    recent = {"field": "year", "op": "gte", "value": 2020}
    answer = client.search(
        "MSC 糖尿病足", filter=recent, role=["abstract", "other"], expand="neighbors", facets=True, limit=3
    )
    assert answer.query.filter is not None
    assert answer.query.role == ["abstract", "other"]
    terms = {term.text: term for term in answer.understood.terms}
    assert "糖尿病足" in terms
    assert any("foot" in name.text for name in terms["糖尿病足"].other_names)
    assert answer.facets is not None
    assert [(year.year, year.count > 0) for year in answer.facets.years] == [(2025, True)]
    assert any(hit.around for hit in answer.hits)
    undone = client.search("糖尿病足", without=[terms["糖尿病足"].other_names[0].text])
    assert undone.understood.undone == [terms["糖尿病足"].other_names[0].text]
    assert client.search("糖尿病足", filter={"field": "year", "op": "lt", "value": 2020}).hits == []


def test_a_context_is_evidence_in_a_budget(client: Client) -> None:
    question = "胎盘来源的水凝胶效果如何？"
    context = client.context(question, max_tokens=600)
    assert context.answerable == "yes"
    assert context.context is not None
    assert 0 < context.tokens <= context.max_tokens == 600
    first = context.sources[0]
    assert (first.number, first.section.number) == (1, "1.2.2")
    assert context.references[0].reference.text in context.context
    quoted = first.passages[0]
    text = client.passage(quoted.id).text
    assert all(text[sentence.start : sentence.end].strip() for sentence in quoted.sentences)
    # Anthropic refuses a request with an empty text, and one where only some sources may be cited.
    results = client.context(question, format="anthropic").search_results
    assert results
    assert len({result["citations"]["enabled"] for result in results}) == 1
    assert all(block["text"].strip() for result in results for block in result["content"])
    documents = client.context(question, format="cohere").documents
    assert documents
    assert all(isinstance(value, str) for document in documents for value in document["data"].values())
    parts = client.context(question, format="openai").content
    assert parts
    assert {part["type"] for part in parts} <= {"text", "input_text"}
    assert all(source.text for source in client.context(question, format="json").sources)
    nothing = client.context("qqqqzzzz xxyyzzqq")
    assert (nothing.answerable, nothing.sources) == ("no", [])
    assert nothing.notice


def test_a_slip_is_told(client: Client) -> None:
    reading = client.search("tangniaobing").did_you_mean
    assert reading is not None
    assert "糖尿病" in reading.query
    assert reading.changes[0].from_ == "tangniaobing"


def test_everything_else_can_be_read(client: Client) -> None:
    listed = client.articles()
    assert (listed.total, listed.articles[0].id) == (1, ARTICLE)
    assert client.articles(offset=1).articles == []
    article = client.article(ARTICLE)
    assert article.sections
    assert article.authors.zh == ["支黎明", "王晶", "王爱萍"]
    passages = client.article_passages(ARTICLE)
    assert passages.total == len(passages.passages) == article.passages
    first, second = passages.passages[0], passages.passages[1]
    read = client.passage(second.id)
    assert read.text == second.text
    assert read.previous is not None
    assert read.previous.id == first.id
    assert client.passage(first.id).previous is None
    references = client.references(ARTICLE)
    assert [reference.number for reference in references.references] == list(range(1, article.references + 1))
    assert any(reference.cited_by for reference in references.references)
    term = client.term("stem cell")
    assert "干细胞" in [also.text for also in term.expansions]
    recent = {"field": "year", "op": "gte", "value": 2020}
    told = client.explain("水凝胶", second.id, filter=recent, history=["糖尿病足", "胎盘"], diversify=True)
    assert told.passage.id == second.id
    assert told.text.en
    early = {"field": "year", "op": "lt", "value": 2020}
    assert client.explain("水凝胶", second.id, filter=early).verdict != "shown"
    hit = client.search("水凝胶", explain=True, limit=1).hits[0]
    assert hit.explanation is not None
    assert hit.explanation.shares
    completed = client.suggest("tangniao", limit=3)
    assert completed.query == "tangniao"
    assert any("糖尿病" in one.text for one in completed.suggestions)
    cited = client.cite_article(ARTICLE)
    assert "支黎明" in cited.text
    assert client.cite_passage(second.id).text.startswith(cited.text)
    assert client.cite_reference(ARTICLE, 18, "bibtex").text.startswith("@article{")
    assert client.ready()


def test_the_server_s_own_words_are_raised(client: Client) -> None:
    with pytest.raises(InvalidRequestError) as wrong:
        client.search("a", limit=101)
    assert wrong.value.status == 400
    assert [(one.field, one.expected) for one in wrong.value.errors] == [("limit", "a whole number from 1 to 100")]
    assert wrong.value.kind == "/problems/invalid-parameter"
    assert wrong.value.request_id
    with pytest.raises(NotFoundError):
        client.article("no-such-article")
    # What stands in a path is one name, whatever is in it.
    with pytest.raises(NotFoundError):
        client.passage("../articles?x=1#y")
    with pytest.raises(ValueError, match="names nothing"):
        client.article("..")


def test_both_clients_do_the_same(client: Client, url: str) -> None:
    async def ask() -> list[Any]:
        async with AsyncClient(url) as client:
            first = await client.search("水凝胶", limit=2)
            return [
                first.hits,
                await client.context("水凝胶", max_tokens=500),
                await client.passage(first.hits[0].id),
                await client.articles(limit=1),
                await client.article(ARTICLE),
                await client.article_passages(ARTICLE),
                await client.references(ARTICLE),
                await client.term("MSC"),
                await client.ready(),
            ]

    hits = client.search("水凝胶", limit=2).hits
    assert asyncio.run(ask()) == [
        hits,
        client.context("水凝胶", max_tokens=500),
        client.passage(hits[0].id),
        client.articles(limit=1),
        client.article(ARTICLE),
        client.article_passages(ARTICLE),
        client.references(ARTICLE),
        client.term("MSC"),
        client.ready(),
    ]
    own = {name for name in dir(Client) if not name.startswith("_")}
    assert own == {name for name in dir(AsyncClient) if not name.startswith("_")}


def test_the_classes_expect_no_more_than_the_server_promises(url: str) -> None:
    schemas = httpx.get(f"{url}/openapi.json").json()["components"]["schemas"]
    compared = 0
    for name, schema in schemas.items():
        kind = getattr(wenyuan, name, None)
        if kind is None or "properties" not in schema or not hasattr(kind, "__dataclass_fields__"):
            continue
        compared += 1
        hints = get_type_hints(kind)
        for field in fields(kind):
            wire_name = field.name.rstrip("_")
            promised = schema["properties"][wire_name]
            may_be_none = type(None) in get_args(hints[field.name])
            assert may_be_none or not promised.get("nullable"), f"{name}.{wire_name} may be null"
            may_be_missing = may_be_none or field.default_factory is not MISSING
            assert may_be_missing or wire_name in schema["required"], f"{name}.{wire_name} may be missing"
    assert compared > 20


def test_another_server_s_answers_are_refused(url: str) -> None:
    for content in (b"<html>", b"[]", b'{"hits": []}', b'{"query": 1}'):
        transport = httpx.MockTransport(lambda _, content=content: httpx.Response(200, content=content))
        with Client(url, transport=transport) as client, pytest.raises(UnexpectedAnswerError):
            client.search("a")

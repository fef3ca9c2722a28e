"""The requests that both clients send, and how each answer is read. No input or output happens here."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypedDict, TypeVar
from urllib.parse import quote

import httpx

from wenyuan.answers import (
    Article,
    ArticlePassages,
    ArticleReferences,
    Articles,
    CitationAnswer,
    ContextAnswer,
    ExplainAnswer,
    PassageAnswer,
    Role,
    SearchAnswer,
    Style,
    Suggestions,
    TermAnswer,
)
from wenyuan.errors import FieldFault, ProblemError, UnexpectedAnswerError, class_of
from wenyuan.reader import read

T = TypeVar("T")


class SearchOptions(TypedDict, total=False):
    """Where to look, and how much of what is found to return; what is left out has the server's default."""

    limit: int
    """How many hits, 1 to 100."""
    offset: int
    """How many of the best hits to skip."""
    lang: Literal["any", "zh", "en", "same"]
    """Language of the passages; ``same`` is that of the query."""
    article: str | Sequence[str]
    """Only these articles."""
    section: str
    """Only the section with this id, number or title, and those inside it."""
    year_from: int
    year_to: int
    scope: Literal["passages", "references"]
    """Passages, or the entries of reference lists."""
    min_relevance: float
    """Leave out hits of less relevance, 0 to 1."""
    role: Role | Sequence[Role]
    """Only sections that play these parts."""
    filter: Mapping[str, Any]
    """A condition on the metadata of a hit, such as ``{"field": "year", "op": "gte", "value": 2020}``."""
    sort: Literal["relevance", "newest", "oldest"]
    """The order; by year, only hits that may answer are shown."""
    history: Sequence[str]
    """Earlier questions of the conversation, the newest last."""
    without: Sequence[str]
    """Other names of the query's terms, as ``understood`` lists them, that are not to be looked for."""
    as_typed: bool
    """Whether the query is taken as typed: not read as pinyin, nor with slips put right or names joined (`CD 34`)."""
    diversify: bool
    """Whether hits of many articles are wanted."""
    expand: Literal["nothing", "neighbors", "section"]
    """What comes with each hit in ``around``."""
    explain: bool
    """Whether each hit comes with an account of its score, in ``explanation``."""
    facets: bool
    """Whether all matches are counted by article, role, language and year."""


class ContextOptions(TypedDict, total=False):
    """How large a context may be, in which shape, and of what."""

    max_tokens: int
    """The budget; 2000 where not given."""
    format: Literal["markdown", "json", "anthropic", "cohere", "openai"]
    """The shape: a text for any prompt, or the parts that a vendor's chat call takes."""
    vocabulary: Literal["o200k", "cl100k"]
    """Whose tokens are counted."""
    lang: Literal["any", "zh", "en", "same"]
    article: str | Sequence[str]
    section: str
    year_from: int
    year_to: int
    min_relevance: float
    as_typed: bool
    """Whether the query is taken as typed: not read as pinyin, nor with slips put right or names joined (`CD 34`)."""


@dataclass(frozen=True, slots=True)
class Call(Generic[T]):
    """One request and the reader of its answer."""

    method: str
    path: str
    read: Callable[[object], T]
    body: dict[str, object] | None = None
    params: Mapping[str, str | list[str]] | None = None

    def answer(self, response: httpx.Response) -> T:
        """What the server answered; raises what it said went wrong."""
        if response.is_success:
            return self.read(_json(response))
        raise problem(response)


def search(q: str, options: SearchOptions) -> Call[SearchAnswer]:
    """A search, in the body, so that no proxy logs the query."""
    return Call("POST", "/v1/search", lambda answer: read(SearchAnswer, answer), body=_asked({"q": q, **options}))


def context(query: str, options: ContextOptions) -> Call[ContextAnswer]:
    """Evidence for a chatbot's answer."""
    body = _asked({"query": query, **options})
    return Call("POST", "/v1/context", lambda answer: read(ContextAnswer, answer), body=body)


def passage(identifier: str) -> Call[PassageAnswer]:
    """A passage with its neighbours."""
    return Call("GET", _path("/v1/passages", identifier), lambda answer: read(PassageAnswer, answer))


def articles(offset: int, limit: int) -> Call[Articles]:
    """A part of the list of articles."""
    params = {"offset": str(offset), "limit": str(limit)}
    return Call("GET", "/v1/articles", lambda answer: read(Articles, answer), params=params)


def article(identifier: str) -> Call[Article]:
    """An article with its section tree."""
    return Call("GET", _path("/v1/articles", identifier), lambda answer: read(Article, answer))


def article_passages(identifier: str) -> Call[ArticlePassages]:
    """Every passage of an article."""
    path = _path("/v1/articles", identifier) + "/passages"
    return Call("GET", path, lambda answer: read(ArticlePassages, answer))


def references(identifier: str) -> Call[ArticleReferences]:
    """The reference list of an article."""
    path = _path("/v1/articles", identifier) + "/references"
    return Call("GET", path, lambda answer: read(ArticleReferences, answer))


def explain(q: str, identifier: str, options: SearchOptions) -> Call[ExplainAnswer]:
    """An account of one passage for one query."""
    params = {name: _in_query(value) for name, value in _asked({"q": q, "id": identifier, **options}).items()}
    return Call("GET", "/v1/explain", lambda answer: read(ExplainAnswer, answer), params=params)


def suggest(typed: str, limit: int) -> Call[Suggestions]:
    """Completions of what is typed."""
    params = {"q": typed, "limit": str(limit)}
    return Call("GET", "/v1/suggest", lambda answer: read(Suggestions, answer), params=params)


def cite_article(identifier: str, style: Style) -> Call[CitationAnswer]:
    """An article's citation."""
    path = _path("/v1/articles", identifier) + "/citation"
    return Call("GET", path, lambda answer: read(CitationAnswer, answer), params={"style": style})


def cite_passage(identifier: str, style: Style) -> Call[CitationAnswer]:
    """The citation of the article that a passage stands in."""
    path = _path("/v1/passages", identifier) + "/citation"
    return Call("GET", path, lambda answer: read(CitationAnswer, answer), params={"style": style})


def cite_reference(identifier: str, number: int, style: Style) -> Call[CitationAnswer]:
    """The citation of a work in an article's reference list."""
    path = f"{_path('/v1/articles', identifier)}/references/{number}/citation"
    return Call("GET", path, lambda answer: read(CitationAnswer, answer), params={"style": style})


def term(words: str) -> Call[TermAnswer]:
    """What a term is called otherwise."""
    return Call("GET", _path("/v1/lexicon", words), lambda answer: read(TermAnswer, answer))


def ready() -> Call[bool]:
    """Whether searches are answered."""
    return Call("GET", "/readyz", lambda _: True)


def _path(folder: str, name: str) -> str:
    # An empty name would ask for the folder itself, and a dot would be resolved away on the way.
    if name in ("", ".", ".."):
        raise ValueError(f"{name!r} names nothing in {folder}")
    return f"{folder}/{quote(name, safe='')}"


def _asked(given: dict[str, object]) -> dict[str, object]:
    named = {name: value for name, value in given.items() if value is not None}
    for listed in ("article", "role"):
        chosen = named.get(listed)
        if isinstance(chosen, Sequence) and not isinstance(chosen, str):
            named[listed] = ",".join(str(one) for one in chosen)
    return named


def _in_query(value: object) -> str | list[str]:
    if isinstance(value, str):
        return value
    if isinstance(value, Sequence):
        return [str(one) for one in value]
    return json.dumps(value, ensure_ascii=False)


def _json(response: httpx.Response) -> object:
    try:
        return json.loads(response.content)
    except ValueError as error:
        raise UnexpectedAnswerError(
            f"{response.url} answered {response.status_code} with something that is no JSON"
        ) from error


def problem(response: httpx.Response) -> ProblemError:
    """The exception for an answer that is none."""
    try:
        members = json.loads(response.content)
    except ValueError:
        members = None
    if not isinstance(members, dict):
        members = {}
    faults = members.get("errors")
    errors = tuple(
        FieldFault(*(str(fault.get(name, "")) for name in ("field", "message", "expected")))
        for fault in (faults if isinstance(faults, list) else [])
        if isinstance(fault, dict)
    )
    return class_of(response.status_code)(
        status=response.status_code,
        kind=str(members.get("type", "about:blank")),
        title=str(members.get("title") or response.reason_phrase),
        detail=str(members.get("detail", "")),
        errors=errors,
        request_id=response.headers.get("x-request-id", ""),
    )

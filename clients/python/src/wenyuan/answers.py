"""What the server answers, as it describes it under /openapi.json.

Positions are counted in Unicode code points, as Python counts: ``text[r.start:r.end]`` is the text of a range.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

Lang = Literal["zh", "en"]
Plain = str | int | float | bool
Style = Literal["gbt7714-2015", "gbt7714-2025", "vancouver", "ris", "bibtex", "csl-json", "coins"]
Role = Literal["abstract", "introduction", "methods", "results", "discussion", "conclusion", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A half-open range of code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BothText:
    """A text in both languages, None where not printed."""

    zh: str | None
    en: str | None

    def prefer(self, lang: str) -> str | None:
        """In this language where printed in it, else in the other."""
        return (self.en or self.zh) if lang == "en" else (self.zh or self.en)


@dataclass(frozen=True, slots=True, kw_only=True)
class BothList:
    """A list in both languages, empty where not printed."""

    zh: list[str]
    en: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleHead:
    """An article as a hit names it."""

    id: str
    title: BothText
    authors: list[str]
    journal: str | None
    year: int | None
    doi: str | None
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionName:
    """A section by its number and title."""

    id: str
    number: str | None
    title: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedSection:
    """A section and the sections around it; ``path`` ends with the section itself."""

    id: str
    number: str | None
    title: str | None
    path: list[SectionName]


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A mark in running text that points to references; ``at`` is its place in ``text``."""

    at: int
    numbers: list[int]
    printed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A cited work; what could not be told apart in the printed entry is None, ``text`` is the whole entry."""

    number: int
    text: str
    authors: list[str]
    more_authors: bool
    title: str | None
    type_mark: str | None
    container: str | None
    publisher: str | None
    place: str | None
    year: int | None
    volume: str | None
    issue: str | None
    pages: str | None
    doi: str | None
    pmid: str | None
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CitingPassage:
    """A passage that cites a reference."""

    id: str
    locator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedReference(Reference):
    """An entry of a reference list with the passages that cite it."""

    cited_by: list[CitingPassage]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage or reference found.

    ``score`` compares only within one answer; ``relevance``, 0 to 1, means the same for every query.
    """

    rank: int
    score: float
    relevance: float
    id: str
    locator: str
    lang: Lang
    text: str
    snippet: str
    highlights: list[Range]
    snippet_highlights: list[Range]
    section: PlacedSection
    article: ArticleHead
    references: list[Reference]
    citations: list[Citation]
    unresolved_citations: list[int]
    metadata: dict[str, Plain]
    duplicates: list[str]
    cited_by: list[CitingPassage] | None = None
    around: "list[Passage]" = field(default_factory=list)
    explanation: "Explanation | None" = None
    cosine: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryEcho:
    """The search as the server understood it."""

    text: str
    scope: Literal["passages", "references"]
    lang: Literal["any", "zh", "en", "same"]
    limit: int
    offset: int
    article: list[str]
    section: str | None
    year_from: int | None
    year_to: int | None
    min_relevance: float
    role: list[Role]
    sort: Literal["relevance", "newest", "oldest"]
    history: list[str]
    as_typed: bool
    diversify: bool
    expand: Literal["nothing", "neighbors", "section"]
    filter: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """A stretch of a query that was replaced."""

    from_: str
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a query typed in pinyin or with slips was read as."""

    kind: str
    query: str
    alternatives: list[str]
    changes: list[Replacement]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlsoCalled:
    """What else a term is called, how sure that is, and who says so."""

    text: str
    lang: Lang
    relation: str
    weight: float
    source: str
    place: str | None
    articles: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryTerm:
    """A term of the query, and its other names that were looked for too."""

    text: str
    lang: Lang
    weight: float
    part: bool
    other_names: list[AlsoCalled]


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """The query as it was understood."""

    terms: list[QueryTerm]
    undone: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFacet:
    """How many passages of an article match."""

    id: str
    title: BothText
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleFacet:
    """How many passages of a part of articles match."""

    role: Role
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LangFacet:
    """How many passages of a language match."""

    lang: Lang
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFacet:
    """How many passages of a year match."""

    year: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """All matches counted."""

    articles: list[ArticleFacet]
    roles: list[RoleFacet]
    langs: list[LangFacet]
    years: list[YearFacet]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchAnswer:
    """Ranked hits; ``answerable`` says whether the corpus answers the query at all."""

    query: QueryEcho
    answerable: Literal["yes", "weak", "no"]
    total: int
    complete: bool
    took_ms: float
    hits: list[Hit]
    understood: Understood
    did_you_mean: Reading | None = None
    facets: Facets | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch of text set as superscript, subscript, italic or bold."""

    start: int
    end: int
    style: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A passage with its place in its article and the references it cites."""

    id: str
    locator: str
    lang: Lang
    text: str
    section: PlacedSection
    paragraph: int
    piece: int
    article: ArticleHead
    references: list[Reference]
    unresolved_citations: list[int]
    citations: list[Citation]
    marks: list[Mark]
    metadata: dict[str, Plain]


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageAnswer(Passage):
    """A passage with the passages before and after it, None at either end of the article."""

    previous: Passage | None
    next: Passage | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleSummary:
    """An article in a list."""

    id: str
    lang: Lang
    title: BothText
    authors: BothList
    journal: BothText
    year: int | None
    doi: str | None
    url: str
    passages: int
    references: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Articles:
    """A part of the list of articles."""

    total: int
    offset: int
    limit: int
    articles: list[ArticleSummary]


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageName:
    """A passage as the section tree names it."""

    id: str
    locator: str
    cites: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionNode:
    """A section with its passages and the sections inside it."""

    id: str
    kind: str
    number: str | None
    title: str | None
    lang: Lang
    level: int
    passages: list[PassageName]
    sections: "list[SectionNode]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The file, and line in it, that an article was read from."""

    path: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article's description in both languages with its section tree."""

    id: str
    lang: Lang
    title: BothText
    authors: BothList
    affiliations: BothList
    corresponding: BothText
    journal: BothText
    keywords: list[BothText]
    year: int | None
    date: str | None
    volume: str | None
    issue: str | None
    pages: str | None
    article_number: str | None
    doi: str | None
    issn: str | None
    clc: list[str]
    document_code: str | None
    url: str
    notes: list[str]
    extra: dict[str, Plain]
    source: Source
    passages: int
    references: int
    sections: list[SectionNode]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePassages:
    """All passages of an article in reading order."""

    article: str
    total: int
    passages: list[Passage]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleReferences:
    """The reference list of an article."""

    article: str
    total: int
    references: list[CitedReference]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermAnswer:
    """What the lexicon makes of a term."""

    term: str
    lang: Lang
    known: bool
    weight: float
    expansions: list[AlsoCalled]
    consists_of: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedSentence:
    """A sentence that was quoted: a range of the passage's text, and the works it cites."""

    start: int
    end: int
    references: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedPassage:
    """A passage that was quoted, whole or in part."""

    id: str
    locator: str
    sentences: list[QuotedSentence]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextSource:
    """A numbered source: one passage, or neighbours of one section."""

    number: int
    id: str
    locator: str
    article: str
    title: str
    url: str
    lang: Lang
    relevance: float
    section: PlacedSection
    passages: list[QuotedPassage]
    references: list[int]
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextReference:
    """A work that the sources cite; the context names it ``R`` with its number."""

    number: int
    source: int
    reference: Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextAnswer:
    """Numbered evidence in a budget of tokens.

    By ``format``, what goes into the model's request is in ``context`` (markdown), ``search_results`` (anthropic),
    ``documents`` (cohere) or ``content`` (openai); with json each source has its ``text``.
    """

    query: str
    answerable: Literal["yes", "weak", "no"]
    notice: str | None
    format: Literal["markdown", "json", "anthropic", "cohere", "openai"]
    max_tokens: int
    tokens: int
    vocabulary: str
    left_out: int
    sources: list[ContextSource]
    references: list[ContextReference]
    context: str | None = None
    search_results: list[dict[str, Any]] | None = None
    documents: list[dict[str, Any]] | None = None
    content: list[dict[str, Any]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What a typed beginning may become: a term, or the title of an article."""

    text: str
    lang: Lang
    kind: str
    other: str | None
    article: str | None
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """Completions, best first."""

    query: str
    suggestions: list[Suggestion]


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationAnswer:
    """A citation in one style, as a text of the named media type."""

    id: str
    style: str
    media_type: str
    lang: Lang
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BothLines:
    """An account in words, in both languages."""

    zh: list[str]
    en: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A part of a score, and what it comes from."""

    term: str | None
    leg: str
    field: str | None
    forms: list[str]
    other_name: AlsoCalled | None
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """How much of a term of the query a passage holds."""

    term: str
    information: float
    found: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """How a score and a relevance came about."""

    score: float
    shares: list[Share]
    terms: list[Found]
    found: float
    together: float
    relevance: float
    text: BothLines


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """The last hit shown, which a passage would have had to beat."""

    rank: int
    score: float
    relevance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainAnswer:
    """Why a passage is shown for a query, or why not."""

    verdict: str
    rank: int | None
    shown: str | None
    because: list[str]
    cut: Cut | None
    explanation: Explanation
    text: BothLines
    passage: Passage

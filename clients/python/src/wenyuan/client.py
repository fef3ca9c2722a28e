"""The two clients: the same methods, one waits and the other is awaited."""

import asyncio
import time
from types import TracebackType
from typing import Self, TypeVar, Unpack

import httpx

from wenyuan import calls
from wenyuan.answers import (
    Article,
    ArticlePassages,
    ArticleReferences,
    Articles,
    CitationAnswer,
    ContextAnswer,
    ExplainAnswer,
    PassageAnswer,
    SearchAnswer,
    Style,
    Suggestions,
    TermAnswer,
)
from wenyuan.calls import Call, ContextOptions, SearchOptions
from wenyuan.errors import UnavailableError, UnreachableError
from wenyuan.retries import Retries

T = TypeVar("T")

DEFAULT_URL = "http://127.0.0.1:7700"
DEFAULT_TIMEOUT = 30.0


def _headers(api_key: str | None) -> dict[str, str]:
    own = {"accept": "application/json", "user-agent": "wenyuan-python/0.1.0"}
    return own | ({"authorization": f"Bearer {api_key}"} if api_key else {})


def _unreachable(url: str, error: httpx.TransportError) -> UnreachableError:
    return UnreachableError(f"{url} did not answer: {error or type(error).__name__}")


class Client:
    """Asks a Wenyuan server. Threads may share one; close it, or use it in a ``with``."""

    def __init__(
        self,
        url: str = DEFAULT_URL,
        *,
        api_key: str | None = None,
        timeout: float = DEFAULT_TIMEOUT,
        retries: Retries | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """``transport`` takes the place of the network, for proxies of your own or for tests."""
        self.url = url.rstrip("/")
        self._retries = retries or Retries()
        self._http = httpx.Client(headers=_headers(api_key), timeout=timeout, transport=transport)

    def search(self, q: str, **options: Unpack[SearchOptions]) -> SearchAnswer:
        """Passages (or references) that answer words or a question in Chinese or English, best first."""
        return self._ask(calls.search(q, options))

    def context(self, query: str, **options: Unpack[ContextOptions]) -> ContextAnswer:
        """Numbered evidence for a chatbot's answer, packed into a budget of tokens."""
        return self._ask(calls.context(query, options))

    def passage(self, identifier: str) -> PassageAnswer:
        """A passage with its neighbours and references."""
        return self._ask(calls.passage(identifier))

    def articles(self, *, offset: int = 0, limit: int = 20) -> Articles:
        """The articles in the order of their identifiers."""
        return self._ask(calls.articles(offset, limit))

    def article(self, identifier: str) -> Article:
        """An article's description and section tree."""
        return self._ask(calls.article(identifier))

    def article_passages(self, identifier: str) -> ArticlePassages:
        """Every passage of an article in reading order."""
        return self._ask(calls.article_passages(identifier))

    def references(self, identifier: str) -> ArticleReferences:
        """The reference list of an article, each entry with the passages that cite it."""
        return self._ask(calls.references(identifier))

    def explain(self, q: str, identifier: str, **options: Unpack[SearchOptions]) -> ExplainAnswer:
        """Why a passage is shown for a query asked with these options, or why not."""
        return self._ask(calls.explain(q, identifier, options))

    def suggest(self, typed: str, *, limit: int = 8) -> Suggestions:
        """Completions of what is typed, in Chinese, English or pinyin."""
        return self._ask(calls.suggest(typed, limit))

    def cite_article(self, identifier: str, style: Style = "gbt7714-2015") -> CitationAnswer:
        """An article's citation in a style."""
        return self._ask(calls.cite_article(identifier, style))

    def cite_passage(self, identifier: str, style: Style = "gbt7714-2015") -> CitationAnswer:
        """The citation of the article that a passage stands in."""
        return self._ask(calls.cite_passage(identifier, style))

    def cite_reference(self, identifier: str, number: int, style: Style = "gbt7714-2015") -> CitationAnswer:
        """The citation of an entry of an article's reference list."""
        return self._ask(calls.cite_reference(identifier, number, style))

    def term(self, words: str) -> TermAnswer:
        """What a term is called otherwise, in both languages."""
        return self._ask(calls.term(words))

    def ready(self) -> bool:
        """Whether searches are answered now."""
        try:
            return calls.ready().answer(self._http.get(f"{self.url}/readyz"))
        except (UnavailableError, httpx.TransportError):
            return False

    def close(self) -> None:
        """Closes the connections."""
        self._http.close()

    def __enter__(self) -> Self:
        """The client itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes the connections."""
        self.close()

    def _ask(self, call: Call[T]) -> T:
        tries = 0
        while True:
            tries += 1
            outcome: httpx.Response | httpx.TransportError
            try:
                outcome = self._http.request(call.method, self.url + call.path, json=call.body, params=call.params)
            except httpx.TransportError as error:
                outcome = error
            wait = None if _succeeded(outcome) else self._retries.wait_after(tries, outcome)
            if wait is None:
                return _settle(call, outcome, self.url)
            time.sleep(wait)


class AsyncClient:
    """Asks a Wenyuan server without blocking. Close it, or use it in an ``async with``."""

    def __init__(
        self,
        url: str = DEFAULT_URL,
        *,
        api_key: str | None = None,
        timeout: float = DEFAULT_TIMEOUT,
        retries: Retries | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """``transport`` takes the place of the network, for proxies of your own or for tests."""
        self.url = url.rstrip("/")
        self._retries = retries or Retries()
        self._http = httpx.AsyncClient(headers=_headers(api_key), timeout=timeout, transport=transport)

    async def search(self, q: str, **options: Unpack[SearchOptions]) -> SearchAnswer:
        """Passages (or references) that answer words or a question in Chinese or English, best first."""
        return await self._ask(calls.search(q, options))

    async def context(self, query: str, **options: Unpack[ContextOptions]) -> ContextAnswer:
        """Numbered evidence for a chatbot's answer, packed into a budget of tokens."""
        return await self._ask(calls.context(query, options))

    async def passage(self, identifier: str) -> PassageAnswer:
        """A passage with its neighbours and references."""
        return await self._ask(calls.passage(identifier))

    async def articles(self, *, offset: int = 0, limit: int = 20) -> Articles:
        """The articles in the order of their identifiers."""
        return await self._ask(calls.articles(offset, limit))

    async def article(self, identifier: str) -> Article:
        """An article's description and section tree."""
        return await self._ask(calls.article(identifier))

    async def article_passages(self, identifier: str) -> ArticlePassages:
        """Every passage of an article in reading order."""
        return await self._ask(calls.article_passages(identifier))

    async def references(self, identifier: str) -> ArticleReferences:
        """The reference list of an article, each entry with the passages that cite it."""
        return await self._ask(calls.references(identifier))

    async def explain(self, q: str, identifier: str, **options: Unpack[SearchOptions]) -> ExplainAnswer:
        """Why a passage is shown for a query asked with these options, or why not."""
        return await self._ask(calls.explain(q, identifier, options))

    async def suggest(self, typed: str, *, limit: int = 8) -> Suggestions:
        """Completions of what is typed, in Chinese, English or pinyin."""
        return await self._ask(calls.suggest(typed, limit))

    async def cite_article(self, identifier: str, style: Style = "gbt7714-2015") -> CitationAnswer:
        """An article's citation in a style."""
        return await self._ask(calls.cite_article(identifier, style))

    async def cite_passage(self, identifier: str, style: Style = "gbt7714-2015") -> CitationAnswer:
        """The citation of the article that a passage stands in."""
        return await self._ask(calls.cite_passage(identifier, style))

    async def cite_reference(self, identifier: str, number: int, style: Style = "gbt7714-2015") -> CitationAnswer:
        """The citation of an entry of an article's reference list."""
        return await self._ask(calls.cite_reference(identifier, number, style))

    async def term(self, words: str) -> TermAnswer:
        """What a term is called otherwise, in both languages."""
        return await self._ask(calls.term(words))

    async def ready(self) -> bool:
        """Whether searches are answered now."""
        try:
            return calls.ready().answer(await self._http.get(f"{self.url}/readyz"))
        except (UnavailableError, httpx.TransportError):
            return False

    async def close(self) -> None:
        """Closes the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        """The client itself."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes the connections."""
        await self.close()

    async def _ask(self, call: Call[T]) -> T:
        tries = 0
        while True:
            tries += 1
            outcome: httpx.Response | httpx.TransportError
            try:
                outcome = await self._http.request(
                    call.method, self.url + call.path, json=call.body, params=call.params
                )
            except httpx.TransportError as error:
                outcome = error
            wait = None if _succeeded(outcome) else self._retries.wait_after(tries, outcome)
            if wait is None:
                return _settle(call, outcome, self.url)
            await asyncio.sleep(wait)


def _succeeded(outcome: httpx.Response | httpx.TransportError) -> bool:
    return isinstance(outcome, httpx.Response) and outcome.is_success


def _settle(call: Call[T], outcome: httpx.Response | httpx.TransportError, url: str) -> T:
    if isinstance(outcome, httpx.Response):
        return call.answer(outcome)
    raise _unreachable(url, outcome) from outcome

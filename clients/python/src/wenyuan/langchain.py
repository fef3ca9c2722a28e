"""A LangChain retriever. Needs ``pip install 'wenyuan[langchain]'``."""

from typing import Any, cast

from langchain_core.callbacks import AsyncCallbackManagerForRetrieverRun, CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever, LangSmithRetrieverParams
from pydantic import Field, PrivateAttr

from wenyuan.answers import Hit
from wenyuan.calls import SearchOptions
from wenyuan.client import DEFAULT_URL, AsyncClient, Client


class WenyuanRetriever(BaseRetriever):
    """Passages as documents, best first; a document's ``id`` is that of the passage.

    The metadata hold ``relevance`` (0 to 1), ``score``, ``rank``, ``locator``, ``source`` (an address that opens),
    ``references`` (the entries that the passage cites, as printed) and the flat facts of the article.
    """

    url: str = DEFAULT_URL
    api_key: str | None = Field(default=None, repr=False)
    k: int = 10
    """How many passages."""
    # pydantic takes a TypedDict of the standard library only from Python 3.12 on.
    options: dict[str, Any] = Field(default_factory=dict)
    """What else the search takes (`SearchOptions`), such as ``{"lang": "zh", "min_relevance": 0.3}``."""
    _client: Client | None = PrivateAttr(default=None)

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        if self._client is None:
            self._client = Client(self.url, api_key=self.api_key)
        return [document(hit) for hit in self._client.search(query, **self._asked()).hits]

    async def _aget_relevant_documents(
        self, query: str, *, run_manager: AsyncCallbackManagerForRetrieverRun
    ) -> list[Document]:
        # One client for each call: connections belong to the event loop they were opened in.
        async with AsyncClient(self.url, api_key=self.api_key) as client:
            return [document(hit) for hit in (await client.search(query, **self._asked())).hits]

    def _get_ls_params(self, **kwargs: Any) -> LangSmithRetrieverParams:
        return LangSmithRetrieverParams(ls_retriever_name="wenyuan")

    def _asked(self) -> SearchOptions:
        return cast(SearchOptions, {"limit": self.k, **self.options})


def document(hit: Hit) -> Document:
    """A hit as LangChain's document."""
    facts: dict[str, Any] = {
        **hit.metadata,
        "source": hit.article.url,
        "locator": hit.locator,
        "relevance": hit.relevance,
        "score": hit.score,
        "rank": hit.rank,
        "references": [reference.text for reference in hit.references],
    }
    return Document(id=hit.id, page_content=hit.text, metadata=facts)

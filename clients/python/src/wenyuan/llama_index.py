"""A LlamaIndex retriever. Needs ``pip install 'wenyuan[llama-index]'``."""

from typing import Any, Literal

from llama_index.core.callbacks import CallbackManager
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeRelationship, NodeWithScore, QueryBundle, RelatedNodeInfo, TextNode

from wenyuan.answers import Hit
from wenyuan.calls import SearchOptions
from wenyuan.client import DEFAULT_URL, AsyncClient, Client


class WenyuanRetriever(BaseRetriever):
    """Passages as nodes, best first; a node's score is the hit's relevance, 0 to 1.

    The source of a node is its passage, and ``start_char_idx`` and ``end_char_idx`` are characters of the passage's
    text: the whole of it with ``text="passage"``, the part to show first with ``text="snippet"``.
    """

    def __init__(
        self,
        url: str = DEFAULT_URL,
        *,
        api_key: str | None = None,
        top_k: int = 10,
        text: Literal["passage", "snippet"] = "passage",
        options: SearchOptions | None = None,
        callback_manager: CallbackManager | None = None,
    ) -> None:
        """``options`` is what else the search takes, such as ``{"lang": "zh"}``."""
        super().__init__(callback_manager=callback_manager)
        self._url = url
        self._api_key = api_key
        self._text: Literal["passage", "snippet"] = text
        self._options: SearchOptions = {"limit": top_k, **(options or {})}
        self._client = Client(url, api_key=api_key)

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        answer = self._client.search(query_bundle.query_str, **self._options)
        return [node(hit, self._text) for hit in answer.hits]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        # One client for each call: connections belong to the event loop they were opened in.
        async with AsyncClient(self._url, api_key=self._api_key) as client:
            answer = await client.search(query_bundle.query_str, **self._options)
        return [node(hit, self._text) for hit in answer.hits]


def node(hit: Hit, text: Literal["passage", "snippet"] = "passage") -> NodeWithScore:
    """A hit as LlamaIndex's node."""
    shown = hit.snippet if text == "snippet" else hit.text
    start = max(hit.text.find(shown), 0)
    facts: dict[str, Any] = {
        **hit.metadata,
        "locator": hit.locator,
        "references": [reference.text for reference in hit.references],
    }
    # A passage's node has the passage's own name; a snippet's is told apart from it.
    name = hit.id if text == "passage" else f"{hit.id}:{start}-{start + len(shown)}"
    made = TextNode(
        id_=name,
        text=shown,
        metadata=facts,
        start_char_idx=start,
        end_char_idx=start + len(shown),
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=hit.id, metadata={})},
    )
    return NodeWithScore(node=made, score=hit.relevance)

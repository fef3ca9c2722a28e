"""On a cluster the answers are those of the embedded index."""

import math
from pathlib import Path

from library import Library
from nodes import ROOT

QUERIES = [
    "胎盘来源 水凝胶",
    "diabetic foot ulcer stem cells",
    '"糖尿病足溃疡"',
    "adipose AND NOT bone",
    "tangniaobing",
    "hydorgel",
    "间充质干细胞 外泌体",
    "How does hypoxia change stem cells?",
    "lighthouse",
    "王爱萍",
]
MADE_UP = [
    "细胞 信号",
    "kabe lomi",
    "baba OR dodo",
    '"炎症"',
    "通路 AND 小鼠",
    "kakadoba nomi seri lobe",
    "migration of 细胞",
    # Words with many translations: some hundred document frequencies are asked for at once.
    "heart lung blood bone skin water light heat speed power growth change death birth child woman school market price law "
    "war peace river stone metal glass paper colour sound signal memory network tree leaf root seed soil rain wind snow",
]


def close(left: object, right: object) -> bool:
    """Whether two answers are the same, numbers to five digits."""
    if isinstance(left, float) and isinstance(right, float | int):
        return math.isclose(left, right, rel_tol=1e-5, abs_tol=1e-6)
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(close(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(close, left, right))
    return left == right


def without_words(answer: dict) -> dict:
    """The same without the time it took, and without explanations in words, where numbers stand in text."""
    answer.pop("took_ms", None)
    for hit in answer["hits"]:
        if hit.get("explanation"):
            hit["explanation"].pop("text", None)
    return answer


def compare(library: Library, queries: list[str], *options: str) -> None:
    """Holds the answers of both engines against each other."""
    for query in queries:
        local = without_words(library.json("embedded", "search", "--json", *options, "--", query))
        far = without_words(library.json("opensearch", "search", "--json", *options, "--", query))
        ids = [[hit["id"] for hit in answer["hits"]] for answer in (local, far)]
        assert ids[0] == ids[1], f"{query}: {ids}"
        assert close(local, far), f"{query}: {local} is not {far}"


def same_answers(program: Path, folder: Path, url: str) -> str:
    """The shipped article and the tests' own, wholly: facets, explanations, completions' sources, articles, citations."""
    return same_for(Library(program, folder, [url], name="shipped"))


def same_for(library: Library) -> str:
    """Indexes the shipped article and the tests' own with both engines, and compares."""
    for place in (ROOT / "corpus", ROOT / "tests" / "it" / "corpus"):
        for path in place.iterdir():
            if path.is_file():
                (library.corpus / path.name).write_bytes(path.read_bytes())
    for engine in ("embedded", "opensearch"):
        assert library.run(engine, "index")[0] == 0
    compare(library, QUERIES, "--facets", "--explain")
    compare(library, QUERIES[:3], "--scope", "references")
    compare(library, QUERIES[:3], "--lang", "zh", "--year-from", "2000", "--sort", "newest", "--expand", "section")
    for command in (["articles"], ["lexicon", "list"], ["show", "10-13429-j-cnki-cjcr-2025-04-001"]):
        local, far = (library.run(engine, *command)[1] for engine in ("embedded", "opensearch"))
        assert local == far, f"{command}: {local} is not {far}"
    return f"{len(QUERIES)} searches with facets and explanations, references, articles, lexicon"


def same_ranking(program: Path, folder: Path, url: str) -> str:
    """Made-up articles on one shard and on three."""
    told = []
    for shards in (1, 3):
        library = Library(program, folder, [url], name=f"made-{shards}", shards=shards)
        if shards == 1:
            library.fill(200, 25)
            assert library.run("embedded", "index")[0] == 0
        assert library.run("opensearch", "index")[0] == 0
        compare(library, MADE_UP)
        compare(library, MADE_UP[:3], "--limit", "50", "--facets")
        told.append(f"{shards} shard{'s' if shards > 1 else ''}")
    return f"{len(MADE_UP)} searches over 5000 passages: {', '.join(told)}"

"""Answers a question from the articles of a running server, every sentence with its citation.

    python answer_with_citations.py "胎盘来源的间充质干细胞有什么优势?"

Without a model the answer is the sentences that hold most of what was asked, word for word.
With OPENAI_BASE_URL and OPENAI_API_KEY (and OPENAI_MODEL) set, numbered sources in a budget of tokens go to that model
and it is told to answer from them alone; any endpoint that speaks OpenAI's chat completions will do.
"""

import argparse
import os
import re
import sys
from dataclasses import dataclass

import httpx

from wenyuan import Client, ContextAnswer, Hit, Range, SearchAnswer, WenyuanError

SENTENCE_END = re.compile(r"(?<=[。!?;！？；])|(?<=[.!?])\s+")


@dataclass(frozen=True)
class Sentence:
    """A sentence of a hit, with how much of the question it holds."""

    text: str
    source: int
    found: int
    at: int


def sentences(hit: Hit, source: int) -> list[Sentence]:
    """The sentences of a hit, in their order."""
    cut: list[Sentence] = []
    start = 0
    for text in SENTENCE_END.split(hit.text):
        at = hit.text.index(text, start)
        start = at + len(text)
        if text.strip():
            cut.append(Sentence(text.strip(), source, len(held(hit, Range(start=at, end=start))), at))
    return cut


def held(hit: Hit, within: Range) -> set[str]:
    """The different words of the question that stand in this part of the hit's text."""
    inside = (one for one in hit.highlights if within.start <= one.start and one.end <= within.end)
    return {hit.text[one.start : one.end].casefold() for one in inside}


def extract(hits: list[Hit], most: int) -> list[Sentence]:
    """The sentences to answer with: those that hold most, in the order of hits and text."""
    every = [one for source, hit in enumerate(hits, 1) for one in sentences(hit, source) if one.found]
    best = sorted(every, key=lambda one: (-one.found * hits[one.source - 1].relevance, one.source, one.at))[:most]
    return sorted(best, key=lambda one: (one.source, one.at))


def extracted(answer: SearchAnswer, most: int) -> str:
    """The answer in the articles' own sentences, with the list of its sources."""
    chosen = extract(answer.hits, most)
    used = [hit for source, hit in enumerate(answer.hits, 1) if any(one.source == source for one in chosen)]
    lines = [f"{one.text} [{used.index(answer.hits[one.source - 1]) + 1}]" for one in chosen]
    lines.append("")
    for number, hit in enumerate(used, 1):
        title = hit.article.title.prefer(hit.lang) or hit.article.id
        lines.append(f"[{number}] {title}. {hit.locator}. {hit.article.url}")
        lines += [f"      [{reference.number}] {reference.text}" for reference in hit.references]
    return "\n".join(lines)


def written(context: ContextAnswer) -> str:
    """The answer of a model, with the list of its sources. Here is where a model comes in.

    The context is ready for a prompt: sources are numbered, and what stands in them can't pose as instructions.
    """
    told = "Answer from the sources alone, in the language of the question. Say so when they do not answer it."
    answer = httpx.post(
        os.environ["OPENAI_BASE_URL"].rstrip("/") + "/chat/completions",
        headers={"authorization": f"Bearer {os.environ.get('OPENAI_API_KEY', 'none')}"},
        json={
            "model": os.environ.get("OPENAI_MODEL", "gpt-4o-mini"),
            "messages": [
                {"role": "system", "content": told},
                {"role": "user", "content": f"{context.context}\n\n{context.query}"},
            ],
        },
        timeout=120,
    )
    answer.raise_for_status()
    lines = [str(answer.json()["choices"][0]["message"]["content"]), ""]
    lines += [f"[{source.number}] {source.title}. {source.locator}. {source.url}" for source in context.sources]
    lines += [f"R{work.number}: {work.reference.text}" for work in context.references]
    return "\n".join(lines)


def main() -> int:
    """Prints the answer and its sources."""
    arguments = argparse.ArgumentParser(description="Answers a question with citations.")
    arguments.add_argument("question")
    arguments.add_argument("--url", default=os.environ.get("WENYUAN_URL", "http://127.0.0.1:7700"))
    arguments.add_argument("--sentences", type=int, default=4)
    given = arguments.parse_args()
    try:
        with Client(given.url, api_key=os.environ.get("WENYUAN_API_KEY")) as client:
            answer: SearchAnswer | ContextAnswer
            if "OPENAI_BASE_URL" in os.environ:
                answer = client.context(given.question)
            else:
                answer = client.search(given.question, limit=5)
    except WenyuanError as error:
        print(error, file=sys.stderr)
        return 2
    if answer.answerable == "no":
        print("Nothing in the articles answers this. / 语料中没有能回答此问题的内容。")
        return 1
    print(written(answer) if isinstance(answer, ContextAnswer) else extracted(answer, given.sentences))
    return 0


if __name__ == "__main__":
    sys.exit(main())

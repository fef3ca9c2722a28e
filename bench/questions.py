#!/usr/bin/env python3
"""Cuts the words of a collection for the peers and draws the queries that all engines are asked.

    python3 bench/questions.py OUT [--each 200]

Reads OUT/passages.jsonl; writes OUT/words.jsonl (the passages with their words between spaces) and OUT/queries.jsonl.
The words of a query stand in one random passage and in at least three and fewer than a tenth of all.
"""
import argparse
import collections
import itertools
import json
import pathlib
import random

from words import RUN, STOP, surfaces, words

SEED = 11
LEADS = {"zh": ["{}的原因是什么？", "关于{}有哪些研究？", "为什么{}？", "如何理解{}？"],
         "en": ["What is known about {}?", "Why does {} matter?", "How can {} be explained?", "Is there evidence that {}?"]}
# How languages are asked across: the question is in one, the passages wanted are in the other.
OTHER = {"zh": "en", "en": "zh"}


def cut(out):
    """Writes the words; gives the number of passages that hold each word, and places to draw queries from."""
    held, count = collections.Counter(), 0
    kept = {"zh": [], "en": []}
    draw = random.Random(SEED)
    with open(out / "passages.jsonl", encoding="utf-8") as lines, open(out / "words.jsonl", "w", encoding="utf-8") as file:
        for line in lines:
            record = json.loads(line)
            own = words(record["text"])
            held.update(set(own))
            count += 1
            made = {"id": record["id"], "title": " ".join(words(record["title"])), "words": " ".join(own)}
            file.write(json.dumps(made, ensure_ascii=False) + "\n")
            if len(own) > 12 and (len(kept[record["lang"]]) < 20_000 or draw.random() < 0.02):
                kept[record["lang"]].append(record["text"])
    return held, count, kept


def fits(word, held, count):
    return len(word) > 1 and word not in STOP and not word.isdigit() and not word.startswith("nct") and 3 <= held[word] < count / 10


def drawn(texts, lang, held, count, each, draw):
    """So many queries of each kind, from random passages of one language."""
    join = (lambda parts: "".join(parts)) if lang == "zh" else (lambda parts: " ".join(parts))
    made = 0
    while made < each:
        text = texts[draw.randrange(len(texts))]
        # Only words of the passage's own language, so that a query has one.
        pairs = [(word, written) for word, written in surfaces(text) if (written[0] >= "㐀") == (lang == "zh")]
        good = sorted({pair for pair in pairs if fits(pair[0], held, count)})
        other = texts[draw.randrange(len(texts))]
        apart = sorted({pair for pair in surfaces(other) if fits(pair[0], held, count) and (pair[1][0] >= "㐀") == (lang == "zh")})
        runs = [run for run in RUN.findall(text) if (run[0] >= "㐀") == (lang == "zh")]
        # Neighbours in the text: inside one Han run, or two English words with one space between.
        beside = [(a, b) for a, b in itertools.pairwise(pairs) if fits(a[0], held, count) and fits(b[0], held, count)
                  and ((a[1] + b[1]) in text if lang == "zh" else f"{a[1]} {b[1]}" in text)]
        if len(good) < 4 or not apart or not beside:
            continue
        chosen = draw.sample(good, draw.randint(2, 4))
        stems, written = [word for word, _ in chosen], [as_is for _, as_is in chosen]
        yield {"kind": "or", "q": " ".join(written), "should": stems}
        yield {"kind": "and", "q": " AND ".join(written), "must": stems}
        pair = beside[draw.randrange(len(beside))]
        phrase = join([pair[0][1], pair[1][1]])
        yield {"kind": "phrase", "q": f'"{phrase}"', "phrase": [pair[0][0], pair[1][0]]}
        if lang == "zh":
            body = max(runs, key=len)
            at = draw.randrange(max(1, len(body) - 12))
            body = body[at : at + 12]
        else:
            at = draw.randrange(max(1, len(runs) - 7))
            body = " ".join(runs[at : at + 7])
        question = draw.choice(LEADS[lang]).format(body)
        asked = [word for word in dict.fromkeys(words(question)) if word not in STOP]
        yield {"kind": "question", "q": question, "should": asked}
        yield {"kind": "cross", "q": question, "lang_wanted": OTHER[lang]}
        a, b, c = draw.sample(good, 3)
        not_this = apart[draw.randrange(len(apart))]
        yield {"kind": "boolean", "q": f"({a[1]} OR {b[1]}) AND {c[1]} NOT {not_this[1]}",
               "must": [c[0]], "any": [a[0], b[0]], "not": [not_this[0]]}
        made += 1


def ask(out, each):
    out = pathlib.Path(out)
    held, count, kept = cut(out)
    draw = random.Random(SEED)
    rare = sorted(word for word in held if word.startswith("nct") and 3 <= held[word] <= 9)
    with open(out / "queries.jsonl", "w", encoding="utf-8") as file:
        for lang in ("zh", "en"):
            for query in drawn(kept[lang], lang, held, count, each, draw):
                file.write(json.dumps({"lang": lang} | query, ensure_ascii=False) + "\n")
        for word in draw.sample(rare, min(each, len(rare))):
            file.write(json.dumps({"lang": "en", "kind": "rare", "q": word.upper(), "should": [word]}) + "\n")
    print(f"{count} passages, {len(held)} words, {each} queries a kind and language")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("out")
    arguments.add_argument("--each", type=int, default=200)
    given = arguments.parse_args()
    ask(given.out, given.each)

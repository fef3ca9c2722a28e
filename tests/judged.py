#!/usr/bin/env python3
"""Scores a running server against judged queries on one article (standard library only).

    judged.py QUERIES.jsonl [--url http://127.0.0.1:7700] [--losses]

Each line of the file: {"id", "type", "text", "relevant": [{"section", "grade"}], "answerable"}. A section's rank is
that of its best passage. Prints nDCG@10 (gain = grade, discount = log2(rank + 1)) and the share of queries whose first
section has the best grade, by type. Queries about the article's description or its references (sections "meta",
"bio", "refs") and those that nothing answers are counted apart. What a query answers about `answerable` is compared
where the server says it.
"""
import argparse, json, math, urllib.parse, urllib.request
from collections import defaultdict

OUTSIDE = {"meta", "bio", "refs"}


def sections(hits):
    seen = []
    for hit in hits:
        section = hit["section"]["id"]
        if section not in seen:
            seen.append(section)
    return seen


def ndcg(ranked, grades):
    gain = sum(grades.get(section, 0) / math.log2(place + 2) for place, section in enumerate(ranked[:10]))
    best = sum(grade / math.log2(place + 2) for place, grade in enumerate(sorted(grades.values(), reverse=True)[:10]))
    return gain / best if best else 0.0


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("queries")
    arguments.add_argument("--url", default="http://127.0.0.1:7700")
    arguments.add_argument("--losses", action="store_true", help="also list the queries that score below 1")
    options = arguments.parse_args()
    scores, firsts, said = defaultdict(list), defaultdict(list), []
    with open(options.queries, encoding="utf-8") as lines:
        topics = [json.loads(line) for line in lines if line.strip()]
    for topic in topics:
        body = {"q": topic["text"], "limit": 30}
        if topic.get("history"):
            body["history"] = topic["history"]
        answer = ask(options.url, body)
        if answer is None:
            body.pop("history", None)
            answer = ask(options.url, body)
        if answer is None:
            raise SystemExit(f"{topic['id']}: the server refused the query")
        if "answerable" in answer and topic["type"] != "meta":
            said.append((answer["answerable"] != "no") == topic["answerable"])
            if options.losses and not said[-1]:
                top = answer["hits"][0].get("relevance") if answer["hits"] else None
                print(f"answerable={answer['answerable']} (best {top}) but {topic['answerable']}: {topic['id']} {topic['text']}")
        grades = {one["section"]: one["grade"] for one in topic["relevant"] if one["section"] not in OUTSIDE}
        if not topic["answerable"] or not grades:
            continue
        ranked = sections(answer["hits"])
        value = ndcg(ranked, grades)
        first = bool(ranked) and grades.get(ranked[0], 0) == max(grades.values())
        for name in (topic["type"], "all", topic["lang"] + " queries"):
            scores[name].append(value)
            firsts[name].append(first)
        if options.losses and value < 0.999:
            print(f"{value:.3f} {topic['id']} {topic['text']} wanted {grades} got {ranked[:5]}")
    print(f"{'type':12} {'queries':>7} {'nDCG@10':>8} {'first':>6}")
    for name in sorted(scores, key=lambda name: (name == "all", " " in name, name)):
        print(f"{name:12} {len(scores[name]):7} {mean(scores[name]):8.3f} {mean(firsts[name]):6.2f}")
    if said:
        print(f"answerable said right: {mean(said):.3f} of {len(said)}")


def ask(url, body):
    request = urllib.request.Request(
        url + "/v1/search", json.dumps(body).encode(), {"Content-Type": "application/json"}, method="POST"
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        if error.code == 400:
            return None
        raise


def mean(values):
    return sum(values) / len(values)


if __name__ == "__main__":
    main()

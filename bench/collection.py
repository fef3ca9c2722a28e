#!/usr/bin/env python3
"""Makes a collection of any size from public texts: the same passages for Wenyuan and for every peer.

    python3 bench/collection.py TEXTS OUT [--passages 200000]

TEXTS is a folder, read at any depth: *.jsonl and *.jsonl.gz with a "text" in each line, *.txt and *.md with paragraphs.
Every text is taken once, cut at sentence ends where it is long. Where that is not enough, passages are put together
from sentences drawn at random from texts of the same language; the draw is the same in every run.

Writes OUT/passages.jsonl (Wenyuan's JSONL, and what the peers read), OUT/articles/*.md (the same passages as articles of
forty, with sections, and references that they cite) and OUT/collection.json (what it is made of).
"""
import argparse
import gzip
import json
import pathlib
import random
import re
import shutil

SEED = 7
LONGEST = 900  # bytes of a passage; the readers of articles cut at about 1,500
SHORTEST = 60
SECTIONS = ["Introduction", "Methods", "Results", "Discussion"]
IN_ARTICLE = 40
REFERENCES = 30
SENTENCE = re.compile(r"[^。！？!?]*?(?:[。！？!?]+[”」』）)]*|\.(?=\s)|$)\s*", re.S)
HAN = re.compile(r"[㐀-鿿]")


def sentences(text):
    return [found for found in SENTENCE.findall(text) if found.strip()]


def language(text):
    return "zh" if len(HAN.findall(text)) * 5 > len(text) else "en"


def texts_of(path):
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", errors="replace") as lines:
        if ".jsonl" in path.name:
            for line in lines:
                record = json.loads(line)
                if record.get("text"):
                    yield record.get("title") or "", record["text"]
        else:
            for paragraph in re.split(r"\n\s*\n", lines.read()):
                yield "", paragraph


def sources(folder):
    """Every text once, as (language, title, sentences)."""
    files = [path for path in sorted(folder.rglob("*")) if re.search(r"\.(jsonl(\.gz)?|txt|md)$", path.name)]
    # Files of queries and judgements stand beside a judged collection.
    files = [path for path in files if path.name.startswith("corpus")] or files
    seen, found = set(), []
    for path in files:
        for title, text in texts_of(path):
            # One line of plain text: no mark that a reader of Markdown would take for structure.
            text = re.sub(r"[\[\]<>#*_`|\\$~]|^\s*[-+>]\s|&\w+;", " ", text)
            text = re.sub(r"\s+", " ", text).strip()
            if len(text.encode()) >= 20 and text not in seen:
                seen.add(text)
                found.append((language(text), re.sub(r"[\[\]<>#*_`|\\$~\s]+", " ", title).strip(), sentences(text)))
    return found


def pieces(parts):
    """A text as passages of at most LONGEST bytes, cut at sentence ends."""
    made, size = [], 0
    for part in parts:
        length = len(part.encode())
        if made and size + length > LONGEST:
            yield "".join(made).strip()
            made, size = [], 0
        made.append(part)
        size += length
    if made:
        yield "".join(made).strip()


def passages(found, wanted, draw):
    """(language, title, text): first the texts as they are, then recombined."""
    count = 0
    whole = [(lang, title, piece) for lang, title, parts in found for piece in pieces(parts)]
    draw.shuffle(whole)
    for passage in whole[:wanted]:
        yield passage
        count += 1
    pool = {lang: [source for source in found if source[0] == lang] for lang in ("zh", "en")}
    share = sum(len("".join(source[2]).encode()) for source in pool["zh"]) / sum(len("".join(source[2]).encode()) for source in found)
    seen = set()
    while count < wanted:
        own = pool["zh" if draw.random() < share else "en"] or found
        size, goal, made = 0, draw.triangular(SHORTEST, LONGEST, 350), []
        while size < goal:
            parts = own[draw.randrange(len(own))][2]
            at = draw.randrange(len(parts))
            for part in parts[at : at + draw.randint(1, 2)]:
                made.append(part if part.endswith(" ") or own is pool["zh"] else part + " ")
                size += len(part.encode())
        lang, title, _ = own[draw.randrange(len(own))]
        text = "".join(made).strip()[:2000]
        key = hash(text)
        if key not in seen:
            seen.add(key)
            yield lang, title, text
            count += 1


def reference(number, titles, draw):
    title = titles[draw.randrange(len(titles))].rstrip(" .。")
    family = ["Zhang", "Smith", "Wang", "Garcia", "Li", "Moor", "Chen", "Brown", "Liu", "Rossi", "Yang", "Novak"]
    names = ", ".join(f"{draw.choice(family)} {draw.choice('ABCDEFGH')}{draw.choice('JKLM')}" for _ in range(3))
    start = draw.randint(1, 900)
    return f"[{number}] {names}. {title}[J]. J Made Up, {draw.randint(1990, 2024)}, {draw.randint(1, 60)}({draw.randint(1, 12)}): {start}-{start + draw.randint(3, 15)}."


def article(number, held, titles, draw):
    """The passages as Markdown with sections and references; the marks of citations stand at the ends of the passages."""
    lines = [f"# {held[0][1] or titles[draw.randrange(len(titles))]} {number}", ""]
    for place, (_, _, text) in enumerate(held):
        if place % (IN_ARTICLE // len(SECTIONS)) == 0:
            section = place // (IN_ARTICLE // len(SECTIONS))
            lines += [f"## {section + 1} {SECTIONS[section % len(SECTIONS)]}", ""]
        cited = sorted(draw.sample(range(1, REFERENCES + 1), draw.randint(0, 3)))
        mark = f" [{','.join(map(str, cited))}]" if cited else ""
        body, end = (text[:-1], text[-1]) if text[-1] in ".。" else (text, "")
        lines += [f"{body}{mark}{end}", ""]
    lines += ["## References", ""] + [reference(at, titles, draw) + "\n" for at in range(1, REFERENCES + 1)]
    return "\n".join(lines)


def make(folder, out, wanted):
    draw = random.Random(SEED)
    found = sources(pathlib.Path(folder))
    if not found:
        raise SystemExit(f"no texts in {folder}")
    titles = [title for _, title, _ in found if title] or [parts[0].strip()[:80] for _, _, parts in found]
    out = pathlib.Path(out)
    shutil.rmtree(out / "articles", ignore_errors=True)
    (out / "articles").mkdir(parents=True)
    about = {"sources": len(found), "source_bytes": sum(len("".join(parts).encode()) for _, _, parts in found),
             "passages": wanted, "bytes": 0, "zh": 0, "en": 0}
    # Every tenth passage names a trial, and each trial is named by about five, whatever the size: terms that stay rare.
    trials = max(1, wanted // 50)
    held = []
    with open(out / "passages.jsonl", "w", encoding="utf-8") as file:
        for number, (lang, title, text) in enumerate(passages(found, wanted, draw)):
            if number % 10 == 0:
                text += f" NCT{(draw.randrange(trials) * 7919 + 10_000_019) % 100_000_000:08}"
            about["bytes"] += len(text.encode())
            about[lang] += 1
            file.write(json.dumps({"id": f"p{number}", "lang": lang, "title": title, "text": text}, ensure_ascii=False) + "\n")
            held.append((lang, title, text))
            if len(held) == IN_ARTICLE or number + 1 == wanted:
                made = number // IN_ARTICLE
                place = out / "articles" / f"{made // 1000:03}"
                place.mkdir(exist_ok=True)
                (place / f"{made:06}.md").write_text(article(made, held, titles, draw), encoding="utf-8")
                held = []
    about["recombined"] = max(0, wanted - sum(1 for _, _, parts in found for _ in pieces(parts)))
    (out / "collection.json").write_text(json.dumps(about, indent=1) + "\n")
    return about


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("texts")
    arguments.add_argument("out")
    arguments.add_argument("--passages", type=int, default=200_000)
    given = arguments.parse_args()
    print(json.dumps(make(given.texts, given.out, given.passages)))

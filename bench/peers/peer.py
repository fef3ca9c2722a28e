"""What all peers share: the passages with their words, the queries, and how both are measured."""
import json
import pathlib
import sys
import time

PASSES = 3


def arguments():
    """The folder of the collection and an empty folder to work in."""
    out, work = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    work.mkdir(parents=True, exist_ok=True)
    return out, work


def passages(out):
    """(id, title words, words, title, text) of every passage."""
    with open(out / "passages.jsonl", encoding="utf-8") as plain, open(out / "words.jsonl", encoding="utf-8") as cut:
        for line, words in zip(plain, cut):
            record, words = json.loads(line), json.loads(words)
            yield record["id"], words["title"], words["words"], record["title"], record["text"]


def queries(out):
    """The queries by kind; those across languages are left out, for no peer has a dictionary."""
    kinds = {}
    with open(out / "queries.jsonl", encoding="utf-8") as lines:
        for query in map(json.loads, lines):
            if query["kind"] != "cross":
                kinds.setdefault(f"{query['kind']}.{query['lang']}", []).append(query)
    return kinds


def size(folder):
    return sum(file.stat().st_size for file in pathlib.Path(folder).rglob("*") if file.is_file())


def processor(process):
    """Seconds of processor time that the living threads of a process have used."""
    return sum(int(task.read_text().split()[0]) for task in pathlib.Path(f"/proc/{process}/task").glob("*/schedstat")) / 1e9


def run(engine, version, work_done, out, folder, index, ask, cpu=time.process_time):
    """Indexes with `index()`, asks every query with `ask(query)` (the number of hits given back), prints the figures.

    A kind's figures are those of the pass with the least processor time.
    """
    since, before = time.perf_counter(), cpu()
    index()
    figures = {"engine": engine, "version": version, "work": work_done, "index_s": round(time.perf_counter() - since, 2),
               "index_cpu_s": round(cpu() - before, 2), "bytes": size(folder), "kinds": {}}
    for kind, asked in queries(out).items():
        best = None
        for _ in range(PASSES):
            times, hits, before = [], 0, cpu()
            for query in asked:
                since = time.perf_counter()
                hits += ask(query)
                times.append(1e6 * (time.perf_counter() - since))
            used = 1e6 * (cpu() - before) / len(asked)
            times.sort()
            found = {"p50_us": round(times[len(times) // 2]), "p99_us": round(times[len(times) * 99 // 100]),
                     "cpu_us": round(used), "hits": round(hits / len(asked), 2)}
            if best is None or used < best["cpu_us"]:
                best = found
        figures["kinds"][kind] = best
    print(json.dumps(figures))

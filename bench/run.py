#!/usr/bin/env python3
"""Measures Wenyuan and what one would pick instead, on one collection in one run, and writes it into bench/README.md.

    cargo build --release && python3 bench/run.py TEXTS [--passages 200000] [--only fts5,lucene] [--no-report]

TEXTS is a folder of public texts (see collection.py). A peer whose package is not there is left out with a line that
says so. Needs python3 with bench/requirements.txt; the README tells what each peer needs. Everything stays on loopback.
"""
import argparse
import datetime
import importlib.util
import json
import os
import pathlib
import platform
import shutil
import subprocess
import sys
import time
import urllib.parse

import chart
import collection
import questions
import served

HERE = pathlib.Path(__file__).resolve().parent
PEERS = ["fts5", "lucene", "tantivy_py", "xapian_py", "groonga", "opensearch", "lucene_smartcn", "postgres"]


def missing(peer):
    """What a peer lacks on this machine, or nothing."""
    if peer == "tantivy_py":
        return None if importlib.util.find_spec("tantivy") else "python module tantivy"
    if peer == "xapian_py":
        return None if importlib.util.find_spec("xapian") else "python module xapian (python3-xapian)"
    if peer == "groonga":
        return None if shutil.which("groonga") else "groonga (groonga-bin)"
    if peer == "postgres":
        return None if list(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb")) or shutil.which("initdb") else "postgresql"
    if peer.startswith("lucene") or peer == "opensearch":
        return next((f"{tool} (a JDK and Maven)" for tool in ("java", "javac", "mvn") if not shutil.which(tool)), None)
    return None


def command(peer, out, work):
    """How a peer is run; Lucene is compiled first."""
    if not peer.startswith("lucene"):
        return [sys.executable, HERE / "peers" / f"{peer}.py", out, work]
    jars = out / "lucene"
    if not (jars / "classes" / "Peer.class").exists():
        subprocess.run(["mvn", "-q", "-B", "-f", HERE / "peers/lucene/pom.xml", "dependency:copy-dependencies", f"-DoutputDirectory={jars}"],
                       check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["javac", "-nowarn", "-cp", f"{jars}/*", "-d", jars / "classes", HERE / "peers/lucene/Peer.java"], check=True)
    work.mkdir(parents=True, exist_ok=True)
    how = "smartcn" if peer.endswith("smartcn") else "cut"
    return ["java", "-Xmx1g", "-cp", f"{jars}/classes:{jars}/*", "Peer", out, work, how]


def paths(out):
    """The paths of the native search by kind; `as shipped` searches both languages, `own` the query's only, as peers do."""
    shipped, own = {}, {}
    with open(out / "queries.jsonl", encoding="utf-8") as lines:
        for query in map(json.loads, lines):
            name = f"{query['kind']}.{query['lang']}"
            path = "/v1/search?q=" + urllib.parse.quote(query["q"])
            if query["kind"] == "cross":
                shipped.setdefault(name, []).append(f"{path}&lang={query['lang_wanted']}")
            else:
                shipped.setdefault(name, []).append(path)
                own.setdefault(name, []).append(f"{path}&lang={query['lang']}")
    return shipped, own


def better(old, new):
    return new if old is None or new["cpu_us"] < old["cpu_us"] else old


def rounds(server, asked, into):
    """Asks every kind once more and keeps the round with the least processor time."""
    for kind, listed in asked.items():
        into[kind] = better(into.get(kind), served.requests_of(server.address, listed, server.pid))


def size(folder):
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def ours(program, out, settings, peers, save):
    """Indexes, serves and measures Wenyuan; between its rounds the peers run, so that all see the same machine.

    What is measured so far is given to `save` after every peer.
    """
    folder = out / "served"
    folder.mkdir(exist_ok=True)
    config = ["--corpus", str(out / "articles"), "--index", str(folder / "index")]
    figures = {}
    if not (folder / "indexed.json").exists():
        shutil.rmtree(folder / "index", ignore_errors=True)
        (folder / "indexed.json").write_text(json.dumps(served.used_by([program, *config, "index"], folder)))
    figures["index"] = json.loads((folder / "indexed.json").read_text())
    figures["index"]["bytes"] = size(folder / "index")
    figures["version"] = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]
    shipped, own = paths(out)
    # The same queries are asked again and again: nothing is answered from what was kept, but where that is measured.
    places = {"corpus__path": str(out / "articles"), "index__path": str(folder / "index")} | settings
    settings = {"server__recent_answers": "0"} | places
    starts = []
    for _ in range(3):
        with served.Server(program, folder, settings) as server:
            starts.append(server.ready_ms)
    figures["ready_ms"] = min(starts)
    figures["shipped"], figures["own"], figures["peers"] = {}, {}, []
    with served.Server(program, folder, settings) as server:
        time.sleep(5)
        figures["rest_mb"] = round(served.memory(server.pid))
        figures["rest_anon_mb"] = round(served.memory(server.pid, "RssAnon"))
        figures["hello_cpu_us"] = None
        mixed = [path for turn in zip(*shipped.values()) for path in turn]
        keyword = [path for turn in zip(*(listed for kind, listed in shipped.items() if kind.split(".")[0] in ("or", "and"))) for path in turn]
        figures["load"] = []
        for connections in (1, 16, 64):
            for name, listed in (("healthz", ["/healthz"]), ("keyword", keyword), ("mixed", mixed)):
                found = served.load(server.address, listed, server.pid, connections)
                if found:
                    figures["load"].append({"what": name} | found)
                else:
                    print("SKIPPED: load from several connections, for wrk is not installed", flush=True)
        figures["after_mb"], figures["peak_mb"] = round(served.memory(server.pid)), round(served.memory(server.pid, "VmHWM"))
        for peer in [None, *peers]:
            if peer:
                since = time.monotonic()
                ran = peer()
                if ran:
                    figures["peers"].append(ran)
                    print(f"{ran['engine']} {ran['version']}: {time.monotonic() - since:.0f} s", flush=True)
            hello = served.requests_of(server.address, ["/healthz"] * 2000, server.pid)["cpu_us"]
            figures["hello_cpu_us"] = min(hello, figures["hello_cpu_us"] or hello)
            rounds(server, shipped, figures["shipped"])
            rounds(server, own, figures["own"])
            save(figures)
    with served.Server(program, folder, places | {"server__recent_answers": "256"}) as server:
        figures["kept"] = served.load(server.address, keyword[:64], server.pid, 16)
    return figures


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("texts")
    arguments.add_argument("--work", default="target/bench", type=pathlib.Path)
    arguments.add_argument("--passages", type=int, default=200_000)
    arguments.add_argument("--each", type=int, default=100, help="queries of each kind and language")
    arguments.add_argument("--program", default="target/release/wenyuan")
    arguments.add_argument("--only", help="these peers, with commas between; none for none")
    arguments.add_argument("--set", action="append", default=[], metavar="SECTION__KEY=VALUE", help="a setting of the server")
    arguments.add_argument("--no-report", action="store_true", help="leave bench/README.md as it is")
    given = arguments.parse_args()
    out = (given.work / str(given.passages)).resolve()
    program = str(pathlib.Path(given.program).resolve())
    out.mkdir(parents=True, exist_ok=True)
    if not (out / "collection.json").exists():
        collection.make(given.texts, out, given.passages)
    if not (out / "queries.jsonl").exists():
        questions.ask(out, given.each)
    wanted = PEERS if given.only is None else [name for name in given.only.split(",") if name in PEERS]
    runs = []
    for peer in wanted:
        lacks = missing(peer)
        if lacks:
            print(f"SKIPPED: {peer}, for {lacks} is missing", flush=True)
            continue

        def run(peer=peer):
            work = out / "peer"
            shutil.rmtree(work, ignore_errors=True)
            ran = subprocess.run(list(map(str, command(peer, out, work))), capture_output=True, text=True)
            shutil.rmtree(work, ignore_errors=True)
            if ran.returncode:
                print(f"SKIPPED: {peer} failed: {ran.stderr.strip()[-400:]}", flush=True)
                return None
            return json.loads(ran.stdout.strip().splitlines()[-1])

        runs.append(run)
    figures = {"date": datetime.date.today().isoformat(), "machine": f"{platform.machine()}, {len(os.sched_getaffinity(0))} cores",
               "collection": json.loads((out / "collection.json").read_text())}

    def save(measured):
        (out / "results.json").write_text(json.dumps(figures | measured, indent=1) + "\n")

    figures |= ours(program, out, dict(setting.split("=", 1) for setting in given.set), runs, save)
    save({})
    print(chart.table(figures))
    if not given.no_report:
        chart.report(figures, HERE)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""PostgreSQL full text search (tsvector, GIN, ts_rank) over words cut beforehand, through psql; ten hits with their text.

A cluster of its own is made in the work folder. Only latency is measured: psql times each statement; processor time is
that of the server's processes. ts_rank is not BM25.
"""
import getpass
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time

import peer

out, work = peer.arguments()
found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))
tools = found[-1] if found else pathlib.Path(shutil.which("initdb") or "/missing").parent
# PostgreSQL does not run as root: its own user does.
change = ["runuser", "-u", "postgres", "--"] if getpass.getuser() == "root" else []
data = pathlib.Path(tempfile.mkdtemp(prefix="bench-postgres-"))
if change:
    shutil.chown(data, "postgres")
socket = ["-h", str(data), "-p", "9463", "-d", "postgres"]
settings = f"-c listen_addresses='' -c unix_socket_directories={data} -c port=9463 -c fsync=off -c shared_buffers=1GB -c max_parallel_workers_per_gather=0 -c jit=off -c maintenance_work_mem=256MB"


def quiet(command, **more):
    return subprocess.run(change + list(map(str, command)), check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd="/", **more).stdout


def lexemes(words):
    return " ".join(f"'{word}':{at}" for at, word in enumerate(words.split(), 1) if at < 16000)


def expression(query):
    if "phrase" in query:
        return " <-> ".join(f"'{word}'" for word in query["phrase"])
    if "should" in query:
        return " | ".join(f"'{word}'" for word in query["should"])
    asked = " & ".join(f"'{word}'" for word in query["must"])
    if "any" in query:
        asked = f"({asked}) & ({' | '.join(repr(word) for word in query['any'])}) & !'{query['not'][0]}'"
    return asked


def processes():
    """Ticks of all processes of the cluster, and of those that have ended."""
    first = int((data / "base" / "postmaster.pid").read_text().split()[0])
    total = 0.0
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(stat.parent.name) == first:
            total += sum(map(int, fields[11:15]))
        elif int(fields[1]) == first:
            total += sum(map(int, fields[11:13]))
    return total / os.sysconf("SC_CLK_TCK")


try:
    version = quiet([tools / "postgres", "--version"]).split()[2]
    quiet([tools / "initdb", "-D", data / "base", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "-U", "postgres"])
    quiet([tools / "pg_ctl", "-D", data / "base", "-w", "-o", settings, "-l", data / "log", "start"])
    since, before = time.perf_counter(), processes()
    psql = [tools / "psql", "-q", "-U", "postgres", "-v", "ON_ERROR_STOP=1", *socket]
    quiet(psql + ["-c", "CREATE TABLE p(id text, title text, text text, words tsvector)"])
    feed = subprocess.Popen(change + list(map(str, psql + ["-c", "COPY p FROM STDIN"])), stdin=subprocess.PIPE, text=True, encoding="utf-8", cwd="/")
    escape = lambda text: text.replace("\\", "\\\\").replace("\t", " ").replace("\n", " ")
    for name, _, words, title, text in peer.passages(out):
        feed.stdin.write(f"{name}\t{escape(title)}\t{escape(text)}\t{lexemes(words)}\n")
    feed.stdin.close()
    if feed.wait():
        raise RuntimeError("COPY failed")
    quiet(psql + ["-c", "CREATE INDEX words_gin ON p USING gin(words)"])
    quiet(psql + ["-c", "ANALYZE p"])
    figures = {"engine": "PostgreSQL", "version": version, "work": "words cut beforehand; ts_rank in place of BM25; id, title and text",
               "index_s": round(time.perf_counter() - since, 2), "index_cpu_s": round(processes() - before, 2),
               "bytes": int(quiet(psql + ["-At", "-c", "SELECT pg_total_relation_size('p')"])), "kinds": {}}
    for kind, asked in peer.queries(out).items():
        lines = ["\\timing on\n\\o /dev/null\n"]
        for query in asked:
            terms = expression(query).replace("'", "''")
            lines.append(f"SELECT id, title, text FROM p, to_tsquery('simple', '{terms}') q WHERE words @@ q ORDER BY ts_rank(words, q) DESC LIMIT 10;\n")
        best = None
        for _ in range(2):
            before = processes()
            # psql's own process is no part of it; the backend's time is added when it ends.
            printed = quiet(psql + ["-f", "-"], input="".join(lines))
            time.sleep(0.1)
            times = sorted(1000 * float(found) for found in re.findall(r"Time: ([\d.]+) ms", printed))
            made = {"p50_us": round(times[len(times) // 2]), "p99_us": round(times[len(times) * 99 // 100]),
                    "cpu_us": round(1e6 * (processes() - before) / len(times)), "hits": None}
            if best is None or made["cpu_us"] < best["cpu_us"]:
                best = made
        figures["kinds"][kind] = best
    print(json.dumps(figures))
finally:
    subprocess.run(change + [str(tools / "pg_ctl"), "-D", str(data / "base"), "-m", "immediate", "stop"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
    shutil.rmtree(data, ignore_errors=True)

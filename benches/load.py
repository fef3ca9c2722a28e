#!/usr/bin/env python3
"""Starts the program on the shipped corpus and measures what a person waits for: start, memory, processor time a search.

    cargo build --release && benches/load.py target/release/wenyuan
"""
import http.client
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time
import urllib.parse

QUERIES = ["胎盘来源 水凝胶", "糖尿病足溃疡的细胞治疗有哪些？", "\"促进血管生成\"", "CD34+ AND 细胞", "stem cell therapy wounds",
           "UC-MSCs", "Does cell therapy improve healing of diabetic foot ulcers?", "10000"]
TICKS = os.sysconf("SC_CLK_TCK")


def cpu(process):
    fields = pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident(process):
    lines = pathlib.Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def load(address, path, count):
    """Asks `count` times over one connection and gives the processor time of the server for one, in microseconds."""
    connection = http.client.HTTPConnection(address)
    for _ in range(count):
        connection.request("GET", path())
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, body


def main():
    program = os.path.realpath(sys.argv[1])
    corpus = pathlib.Path(__file__).resolve().parent.parent / "corpus"
    with tempfile.TemporaryDirectory() as folder:
        common = [program, "--corpus", str(corpus), "--index", f"{folder}/index"]
        subprocess.run(common + ["index"], check=True, cwd=folder, stdout=subprocess.DEVNULL)
        times = []
        for query in QUERIES:
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(common + ["search", "--json", "--", query], check=True, cwd=folder, stdout=subprocess.DEVNULL)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            times.append(1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime))
        print(f"search on the command line, CPU: {min(times):.0f} to {max(times):.0f} ms")

        since = time.monotonic()
        server = subprocess.Popen(common + ["serve", "--bind", "127.0.0.1:0"], cwd=folder, text=True,
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        try:
            address = server.stdout.readline().split("http://")[1].strip()
            load(address, lambda: "/readyz", 1)
            print(f"server ready after: {1000 * (time.monotonic() - since):.0f} ms wall, {1000 * cpu(server.pid):.0f} ms CPU")
            time.sleep(3)
            print(f"memory at rest after the start: {resident(server.pid):.0f} MB, {cpu(server.pid):.2f} s CPU used")
            paths = ["/v1/search?q=" + urllib.parse.quote(query) for query in QUERIES]
            turn = iter(range(1 << 60))
            search = lambda: paths[next(turn) % len(paths)]
            figures = {}
            for name, path in [("healthz", lambda: "/healthz"), ("search", search)] * 2:
                load(address, path, 200)
                before, count = cpu(server.pid), 4000
                load(address, path, count)
                figures.setdefault(name, []).append(1e6 * (cpu(server.pid) - before) / count)
            for name, values in figures.items():
                print(f"{name} over HTTP, server CPU: {' and '.join(f'{value:.0f}' for value in values)} us")
            print(f"search as a multiple of healthz: {min(figures['search']) / min(figures['healthz']):.1f}")
            print(f"memory after the load: {resident(server.pid):.0f} MB")
        finally:
            server.terminate()
            server.wait()


main()

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


def doors(query):
    """The same query as each door is asked it: path, and body where it is one."""
    quoted = urllib.parse.quote(query)
    return {
        "search": (f"/v1/search?q={quoted}", None),
        "dify": ("/dify/retrieval", {"query": query, "retrieval_setting": {"top_k": 10, "score_threshold": 0.0}}),
        "dify_dataset": ("/dify-dataset/v1/datasets/wenyuan/retrieve", {"query": query, "retrieval_model": {"top_k": 10}}),
        "searxng": (f"/searxng/search?q={quoted}&format=json", None),
        "open_webui": ("/owui/search", {"query": query, "count": 10}),
        "ragflow": ("/ragflow/api/v1/retrieval", {"question": query, "dataset_ids": ["wenyuan"], "page_size": 10}),
        "openai": ("/openai/v1/vector_stores/wenyuan/search", {"query": query, "max_num_results": 10}),
    }


def load(address, ask, count):
    """Asks `count` times over one connection; `ask` gives path and body."""
    connection = http.client.HTTPConnection(address)
    for _ in range(count):
        path, body = ask()
        if body is None:
            connection.request("GET", path)
        else:
            connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
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
            load(address, lambda: ("/readyz", None), 1)
            print(f"server ready after: {1000 * (time.monotonic() - since):.0f} ms wall, {1000 * cpu(server.pid):.0f} ms CPU")
            time.sleep(3)
            print(f"memory at rest after the start: {resident(server.pid):.0f} MB, {cpu(server.pid):.2f} s CPU used")
            asked = [doors(query) for query in QUERIES]
            turn = iter(range(1 << 60))
            kinds = {name: lambda name=name: asked[next(turn) % len(asked)][name] for name in asked[0]}
            kinds = {"healthz": lambda: ("/healthz", None)} | kinds
            figures = {}
            for name, ask in list(kinds.items()) * 2:
                load(address, ask, 200)
                before, count = cpu(server.pid), 4000
                load(address, ask, count)
                figures.setdefault(name, []).append(1e6 * (cpu(server.pid) - before) / count)
            for name, values in figures.items():
                print(f"{name} over HTTP, server CPU: {' and '.join(f'{value:.0f}' for value in values)} us")
            for name in list(kinds)[2:]:
                print(f"{name} as a part of search: {min(figures[name]) / min(figures['search']):.2f}")
            print(f"search as a multiple of healthz: {min(figures['search']) / min(figures['healthz']):.1f}")
            print(f"memory after the load: {resident(server.pid):.0f} MB")
        finally:
            server.terminate()
            server.wait()


main()

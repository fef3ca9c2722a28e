"""Nodes that die or hang, while articles are written and while searches run."""

import signal
import threading
import time
from pathlib import Path

from library import Library, Served
from nodes import Cluster
from same import MADE_UP
from writing import generations, held, written

CLIENTS = 4
SEARCHES = 2000
PATIENCE = 300
# Seconds for which a node hangs.
HANGS = 20


def killed_while_written(program: Path, folder: Path, cluster: Cluster) -> str:
    """One of three nodes is killed in the middle of a bulk load with one copy of each shard beside the first."""
    library = Library(program, folder, cluster.urls, name="load", shards=3, replicas=1, bulk_mb=1)
    passages = library.fill(500, 25)
    writer = library.start("opensearch", "index", "--json")
    url = cluster.urls[0]
    while writer.poll() is None and not any(written(url, index) for index in generations(url, "load")):
        time.sleep(0.05)
    writing = writer.poll() is None
    cluster.nodes[2].kill()
    code, _, err = library.end(writer)
    assert code == 0, err
    assert writing, "the load was over before the node was killed"
    found = held(cluster.urls[0], "load")
    assert found["passages"] == passages and found["articles"] == 500, found
    return f"{passages} passages, none lost"


def answered(server: Served, query: str) -> dict:
    """The whole answer to a query. The first searches of a cold cluster may take longer than the deadline."""
    end = time.monotonic() + 60
    while (found := server.search(query))[0] != 200 or found[1].get("partial"):
        assert time.monotonic() < end, found
    return found[1]


def ids(answer: dict) -> list[str]:
    """The identifiers of the hits."""
    return [hit["id"] for hit in answer["hits"]]


class Load:
    """Searches by several clients, counted."""

    def __init__(self, library: Library) -> None:
        self.server = library.serve()
        self.whole = self.partial = self.unanswered = self.wrong = 0
        self.slowest = 0.0
        self.expected = {query: ids(answered(self.server, query)) for query in MADE_UP}
        self.stopped = threading.Event()
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.client, args=(number,)) for number in range(CLIENTS)]
        for thread in self.threads:
            thread.start()

    def client(self, number: int) -> None:
        place = number
        while not self.stopped.is_set():
            query = MADE_UP[place % len(MADE_UP)]
            place += 1
            started = time.monotonic()
            try:
                status, answer = self.server.search(query)
            except OSError as error:
                status, answer = 0, {"detail": str(error)}
            took = time.monotonic() - started
            with self.lock:
                self.slowest = max(self.slowest, took)
                if status != 200:
                    self.unanswered += 1
                    self.last = answer
                elif answer.get("partial"):
                    self.partial += 1
                elif ids(answer) == self.expected[query]:
                    self.whole += 1
                else:
                    self.wrong += 1

    def wait(self, searches: int) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.whole + self.partial + self.unanswered + self.wrong < searches:
            time.sleep(0.1)

    def end(self) -> str:
        self.stopped.set()
        for thread in self.threads:
            thread.join()
        self.server.close()
        total = self.whole + self.partial + self.unanswered + self.wrong
        assert self.wrong == 0, f"{self.wrong} answers were others and not called partial"
        return (
            f"{total} searches: {self.whole} whole, {self.partial} partial, {self.unanswered} unanswered, "
            f"slowest {self.slowest:.2f} s"
        )


def index(library: Library, cluster: Cluster) -> None:
    """Indexes made-up articles, with every copy in its place."""
    library.fill(100, 20)
    code, _, err = library.run("opensearch", "index")
    assert code == 0, err
    assert cluster.health("wait_for_status=green&timeout=90s")["status"] == "green"


def killed_while_searched(program: Path, folder: Path, cluster: Cluster) -> str:
    """One of three nodes is killed under load: at least 99.9 % of the searches are answered."""
    library = Library(program, folder, cluster.urls, name="searched", shards=3, replicas=1)
    index(library, cluster)
    load = Load(library)
    load.wait(SEARCHES // 4)
    cluster.nodes[1].kill()
    load.wait(SEARCHES)
    told = load.end()
    total = load.whole + load.partial + load.unanswered
    assert total >= SEARCHES and load.unanswered <= total / 1000, told
    return told


def hung_while_searched(program: Path, folder: Path, cluster: Cluster) -> str:
    """A node hangs without closing its connections: searches keep their deadline, and what is missing is told."""
    library = Library(program, folder, cluster.urls, name="hung", shards=3, replicas=1, deadline_s=2)
    index(library, cluster)
    load = Load(library)
    time.sleep(2)
    cluster.nodes[1].signal(signal.SIGSTOP)
    time.sleep(HANGS)
    cluster.nodes[1].signal(signal.SIGCONT)
    time.sleep(2)
    told = load.end()
    assert load.slowest < 10, told
    return told


def part_is_gone(program: Path, folder: Path, cluster: Cluster) -> str:
    """Without copies a killed node takes its shards with it: every answer says that it is partial, or is a clear 503."""
    library = Library(program, folder, cluster.urls, name="single", shards=6, replicas=0)
    library.fill(60, 15)
    assert library.run("opensearch", "index")[0] == 0
    server = library.serve()
    whole = {query: answered(server, query) for query in MADE_UP}
    cluster.nodes[2].kill()
    time.sleep(1)
    partial = found = refused = 0
    for query in MADE_UP * 3:
        status, answer = server.search(query)
        if status == 200:
            assert answer.get("partial") or answer["total"] == whole[query]["total"] == 0, (query, answer["total"])
            assert answer["total"] <= whole[query]["total"], query
            partial += 1
            found += len(answer["hits"])
        else:
            assert status == 503 and answer["type"].endswith("/index-unreachable"), (status, answer)
            refused += 1
    for node in cluster.nodes:
        node.kill()
    status, answer = server.search(MADE_UP[0])
    assert status == 503 and answer["type"].endswith("/index-unreachable"), (status, answer)
    server.close()
    assert found, "no partial answer had hits"
    return f"{partial} partial answers with {found} hits, {refused} clear refusals; with no node left a clear refusal"

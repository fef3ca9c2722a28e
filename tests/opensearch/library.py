"""A library in a folder of its own: made-up articles, and the program that indexes, searches and serves them."""

import http.client
import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path

from nodes import ROOT

# Seconds within which every command ends.
ENDS_WITHIN = 600
ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)")
SYLLABLES = "ba be bi bo da de di do ka ke ki ko la le li lo ma me mi mo na ne ni no ra re ri ro sa se si so".split()
HAN = "细胞血管组织水凝胶伤口愈合因子蛋白信号通路炎症巨噬上皮纤维基质迁移增殖分化移植糖尿病足溃疡模型小鼠临床研究安全有效"


def binary() -> Path:
    """The program, built."""
    command = ["cargo", "build", "--locked", "--quiet", "--bin", "wenyuan", "--message-format", "json-render-diagnostics"]
    built = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=False)
    if built.returncode:
        sys.exit("the program could not be built")
    lines = [json.loads(line) for line in built.stdout.splitlines()]
    return Path(next(line["executable"] for line in lines if line.get("executable")))


def words(rng: random.Random) -> list[str]:
    """Words that no language has, a few of them frequent."""
    known = sorted({"".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))) for _ in range(1500)})
    return known


def paragraph(rng: random.Random, known: list[str], chinese: bool) -> str:
    """A made-up paragraph of a few sentences."""
    if chinese:
        sentences = ["".join(rng.choices(HAN, k=rng.randint(10, 40))) + "。" for _ in range(rng.randint(2, 5))]
        return "".join(sentences)
    sentences = []
    for _ in range(rng.randint(2, 5)):
        count = rng.randint(6, 18)
        picked = [known[min(int(rng.paretovariate(0.6)) - 1, len(known) - 1)] for _ in range(count)]
        sentences.append(" ".join(picked).capitalize() + ".")
    return " ".join(sentences)


def article(rng: random.Random, known: list[str], number: int, paragraphs: int) -> str:
    """A made-up article in Markdown."""
    lines = [f"# Article {number} about {rng.choice(known)}", ""]
    for place in range(paragraphs):
        if place % 5 == 0:
            lines += [f"## {place // 5 + 1} {rng.choice(known).capitalize()}", ""]
        lines += [paragraph(rng, known, rng.random() < 0.4), ""]
    return "\n".join(lines)


class Library:
    """A folder with a corpus, and the program."""

    def __init__(self, program: Path, folder: Path, urls: list[str], **settings: object) -> None:
        self.program = program
        self.folder = folder
        self.corpus = folder / "corpus"
        self.corpus.mkdir(parents=True, exist_ok=True)
        named = {"urls": urls, "replicas": 0, "name": "test", "path": str(folder / "index")} | settings
        self.environment = os.environ | {
            f"WENYUAN_INDEX__{key.upper()}": value if isinstance(value, str) else json.dumps(value)
            for key, value in named.items()
        }

    def fill(self, articles: int, paragraphs: int, seed: int = 7) -> int:
        """Writes made-up articles and gives the number of their paragraphs."""
        rng = random.Random(seed)
        known = words(rng)
        for number in range(articles):
            path = self.corpus / f"a{number:05}.md"
            path.write_text(article(rng, known, number, paragraphs), encoding="utf-8")
        return articles * paragraphs

    def command(self, engine: str, *arguments: str) -> list[str]:
        """The command line."""
        return [str(self.program), "--corpus", str(self.corpus), "--engine", engine, *arguments]

    def start(self, engine: str, *arguments: str) -> subprocess.Popen[str]:
        """Starts a command."""
        return subprocess.Popen(
            self.command(engine, *arguments),
            cwd=self.folder,
            env=self.environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def run(self, engine: str, *arguments: str) -> tuple[int, str, str]:
        """Runs a command: its code, what it printed, what it complained."""
        return self.end(self.start(engine, *arguments))

    def end(self, process: subprocess.Popen[str]) -> tuple[int, str, str]:
        """Waits for the end of a command; one that does not end is stopped, and what it complained is shown."""
        try:
            out, err = process.communicate(timeout=ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            sys.exit(f"{process.args} did not end within {ENDS_WITHIN} s:\n{out[-2000:]}\n{err[-4000:]}")
        return process.returncode, out, err

    def json(self, engine: str, *arguments: str) -> dict:
        """What a command that must go well prints as JSON."""
        code, out, err = self.run(engine, *arguments)
        assert code in (0, 1), f"{arguments}: {code} {err}"
        return json.loads(out)

    def serve(self) -> "Served":
        """Serves the cluster."""
        return Served(self)


class Served:
    """A running server."""

    def __init__(self, library: Library) -> None:
        # Every search is to reach the cluster.
        settings = {"BIND": "127.0.0.1:0", "QUEUE": "4096", "RECENT_ANSWERS": "0"}
        environment = library.environment | {f"WENYUAN_SERVER__{key}": value for key, value in settings.items()}
        self.log = library.folder / "serve.log"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                library.command("opensearch", "serve"),
                cwd=library.folder,
                env=environment,
                text=True,
                stdout=subprocess.PIPE,
                stderr=log,
            )
        for line in self.process.stdout or ():
            if found := ADDRESS.search(line):
                self.port = int(found[1])
                return
        sys.exit(f"the server did not start:\n{self.log.read_text()[-2000:]}")

    def search(self, query: str, limit: int = 10, timeout: float = 30) -> tuple[int, dict]:
        """Searches: the status and the answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(
                "POST", "/v1/search", json.dumps({"q": query, "limit": limit}), {"Content-Type": "application/json"}
            )
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()

    def close(self) -> None:
        """Stops it."""
        self.process.terminate()
        self.process.wait(30)

"""The example as a reader runs it, with and without a model."""

import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

EXAMPLE = Path(__file__).parents[1] / "examples" / "answer_with_citations.py"


def run(question: str, url: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, EXAMPLE, question, "--url", url],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"} | settings,
        timeout=60,
        check=False,
    )


def test_every_sentence_has_a_source_that_is_listed(url: str) -> None:
    ran = run("胎盘来源的间充质干细胞有什么优势?", url)
    assert ran.returncode == 0, ran.stderr
    answer, sources = ran.stdout.split("\n\n")
    assert "PD-MSCs 具有显著优势" in answer
    for line in answer.splitlines():
        number = line.rpartition("[")[2].rstrip("]")
        assert f"\n[{number}] " in f"\n{sources}"
    assert "https://doi.org/10.13429/j.cnki.cjcr.2025.04.001" in sources
    assert "[18] Zeng XX, Tang YL, Hu KX" in sources


def test_what_the_articles_do_not_hold_is_said(url: str) -> None:
    ran = run("qqqqzzzz xxyyzzqq", url)
    assert ran.returncode == 1
    assert "Nothing in the articles answers this." in ran.stdout


def test_a_model_gets_the_numbered_passages(url: str) -> None:
    asked: list[Any] = []

    class Model(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            body = json.dumps({"choices": [{"message": {"content": "They are easy to get [1]."}}]}).encode()
            self.send_response(200)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    model = HTTPServer(("127.0.0.1", 0), Model)
    threading.Thread(target=model.serve_forever, daemon=True).start()
    ran = run("placenta", url, OPENAI_BASE_URL=f"http://127.0.0.1:{model.server_port}/v1", OPENAI_API_KEY="none")
    model.shutdown()
    model.server_close()
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("They are easy to get [1].\n\n[1] ")
    assert '<source id="1">' in asked[0]["messages"][1]["content"]


def test_a_server_that_is_not_there_is_named() -> None:
    ran = run("a", "http://127.0.0.1:9")
    assert ran.returncode == 2
    assert "http://127.0.0.1:9 did not answer" in ran.stderr

"""Every command and every answer that the pages under docs/connect show."""

import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from asked import Server

PAGES = Path(__file__).parents[3] / "docs" / "connect"
SHOWN_ADDRESS = "http://127.0.0.1:7700"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Shown:
    """A command with the answer that the page shows below it, if any."""

    page: str
    command: str
    answer: str | None


def shown() -> list[Shown]:
    """Every block of curl in the pages."""
    found: list[Shown] = []
    for page in sorted(PAGES.glob("*.md")):
        blocks = BLOCK.findall(page.read_text())
        for at, (kind, command) in enumerate(blocks):
            if kind == "sh" and "curl" in command:
                after = blocks[at + 1] if at + 1 < len(blocks) else ("", "")
                found.append(Shown(page.stem, command, after[1] if after[0] == "json" else None))
    return found


def differences(expected: Any, got: Any, where: str = "answer") -> list[str]:
    """What the page shows and the server does not answer: names, kinds of values, and texts up to a `…`."""
    if isinstance(expected, dict) and isinstance(got, dict):
        missing = [f"{where} has no {name}" for name in expected if name not in got and name != "…"]
        inner = (differences(expected[name], got[name], f"{where}.{name}") for name in expected if name in got)
        return missing + [one for part in inner for one in part]
    if isinstance(expected, list) and isinstance(got, list):
        shown = [one for one in expected if one != "…"]
        if len(shown) > len(got):
            return [f"{where} has {len(got)} items"]
        inner = (differences(one, got[at], f"{where}[{at}]") for at, one in enumerate(shown))
        return [one for part in inner for one in part]
    if isinstance(expected, str) and isinstance(got, str):
        begin, cut, _ = expected.partition("…")
        same = got.startswith(begin) if cut else got == expected
        return [] if same else [f"{where} is {got!r}"]
    # Figures of the ranking move when it gets better.
    if type(expected) in (int, float) and type(got) in (int, float):
        return []
    return [] if expected == got and type(expected) is type(got) else [f"{where} is {got!r}"]


@pytest.mark.parametrize("line", shown(), ids=lambda line: line.page)
def test_what_a_page_shows_is_so(line: Shown, server: Server) -> None:
    script = 'curl() { command curl --fail-with-body "$@"; }\n' + line.command.replace(SHOWN_ADDRESS, server.url)
    ran = subprocess.run(["bash", "-euo", "pipefail", "-c", script], capture_output=True, timeout=60, check=False)
    assert ran.returncode == 0, ran.stdout.decode() + ran.stderr.decode()
    answer = json.loads(ran.stdout)
    if line.answer is not None:
        expected = json.loads(line.answer.replace(SHOWN_ADDRESS, server.url))
        assert differences(expected, answer) == [], json.dumps(answer, ensure_ascii=False)[:4000]


def test_there_is_a_page_with_a_tested_line_for_every_product() -> None:
    tested = {line.page for line in shown()}
    assert {page.stem for page in PAGES.glob("*.md")} - {"README"} <= tested
    assert len(tested) > 1


def test_a_wrong_answer_is_seen() -> None:
    assert differences({"a": ["x…", "…"]}, {"a": ["xy", "z"], "b": 1}) == []
    assert differences({"a": 1}, {"b": 1}) == ["answer has no a"]
    assert differences({"a": [1, 2]}, {"a": [1]}) == ["answer.a has 1 items"]
    assert differences({"a": "x"}, {"a": "y"}) == ["answer.a is 'y'"]
    assert differences({"a": True}, {"a": 1}) == ["answer.a is 1"]
    assert differences({"a": 0.9}, {"a": 1}) == []

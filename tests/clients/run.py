"""Runs the real clients of other people's making against the real server. Called by ./test.sh.

Each folder of tests has a virtual environment of its own under target/clients, made from the pinned list of the same
name, because some clients can't live together: langchain-mcp-adapters needs `mcp` 1, others need 2.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import time
import venv
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from pathlib import Path

from server import ROOT, running

HERE = Path(__file__).resolve().parent
WORK = ROOT / "target" / "clients"
CLIENT = ROOT / "clients" / "python"
ENVIRONMENTS = ("current", "legacy")


def environment(name: str) -> Path:
    """The virtual environment of this name, made anew where its list has changed; gives its folder of programs."""
    listed = HERE / "requirements" / f"{name}.txt"
    folder = WORK / name
    stamp = folder / "made-from"
    digest = hashlib.sha256(listed.read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != digest:
        print(f"installing {listed.relative_to(ROOT)}", flush=True)
        venv.create(folder, clear=True, with_pip=True)
        install(folder / "bin", "-r", str(listed))
        stamp.write_text(digest)
    return folder / "bin"


def install(programs: Path, *what: str) -> None:
    """Installs with pip; without compiling, which would take longer than the tests."""
    command = [programs / "python", "-m", "pip", "install", "--quiet", "--no-compile", "--disable-pip-version-check"]
    if subprocess.run([*command, *what]).returncode:
        sys.exit("pip could not install the clients; they come from the Python package index")


def pytest(programs: Path, name: str, tests: list[Path], server: Mapping[str, str]) -> dict[str, int]:
    """Runs tests and counts them."""
    report = WORK / f"{name}.xml"
    report.unlink(missing_ok=True)
    command = [programs / "python", "-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider"]
    # What clients warn of in one another is not ours to mend.
    command += ["--disable-warnings", f"--junit-xml={report}", *tests]
    python_path = os.pathsep.join([str(HERE), str(WORK)])
    settings = os.environ | {"PYTHONPATH": python_path, "PYTHONDONTWRITEBYTECODE": "1"} | server
    code = subprocess.run([str(part) for part in command], cwd=WORK, env=settings).returncode
    counts = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    if report.exists():
        for suite in ET.parse(report).getroot().iter("testsuite"):
            for kind in counts:
                counts[kind] += int(suite.get(kind, 0))
    if code and not counts["failures"] + counts["errors"]:
        counts["errors"] += 1
    return counts


def check(name: str, *command: object) -> dict[str, int]:
    """Runs a checker, which counts as one test."""
    failed = subprocess.run([str(part) for part in command], cwd=CLIENT).returncode
    print(f"{name}: {'failed' if failed else 'clean'}", flush=True)
    return {"tests": 1, "failures": 1 if failed else 0, "errors": 0, "skipped": 0}


def main() -> int:
    """Runs everything and prints the sum."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--binary", type=Path, default=ROOT / "target" / "debug" / "wenyuan")
    given = arguments.parse_args()
    if not given.binary.exists():
        sys.exit(f"{given.binary} is missing: run `cargo build` first")
    started = time.monotonic()
    WORK.mkdir(parents=True, exist_ok=True)
    folders = [name for name in ENVIRONMENTS if (HERE / name).is_dir()]
    programs = {name: environment(name) for name in folders}
    current = programs["current"]
    # The client's own code, as a user gets it: from its wheel.
    install(current, "--force-reinstall", "--no-deps", "--no-build-isolation", str(CLIENT))
    sums = [
        check("ruff", current / "ruff", "check", "--no-cache", ".", HERE),
        check("ruff format", current / "ruff", "format", "--no-cache", "--check", ".", HERE),
        check("mypy", current / "mypy", "--cache-dir", WORK / "mypy", "--strict", "src", "examples"),
    ]
    with running(given.binary.resolve()) as server:
        for name in folders:
            own = [CLIENT / "tests"] if name == "current" else []
            sums.append(pytest(programs[name], name, [*own, HERE / name], server))
    tests, failures, errors, skipped = (
        sum(one[kind] for one in sums) for kind in ("tests", "failures", "errors", "skipped")
    )
    failed = failures + errors
    parts = [f"{failed} failed"] if failed else []
    parts.append(f"{max(tests - failed - skipped, 0)} passed")
    parts += [f"{skipped} skipped"] if skipped else []
    print(f"===== {', '.join(parts)} in {time.monotonic() - started:.2f}s =====")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

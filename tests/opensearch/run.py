"""Holds the index on a cluster to what is promised of it, against real OpenSearch nodes. Called by ./test.sh.

Where the machine has no JDK or Maven this is skipped, loudly; where CI is set that is a failure.
"""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import faults
import same
import secured
import writing
from library import binary
from nodes import Cluster, prepare, tools_missing


def check(name: str, act: Callable[[], str]) -> None:
    """Runs one check and says how it went."""
    started = time.monotonic()
    told = act()
    print(f"ok: {name}: {told} ({time.monotonic() - started:.0f} s)", flush=True)


def skip(what: str, missing: str) -> None:
    """Says loudly that something is not tested here."""
    message = f"SKIPPED: {what} need {missing}"
    if os.environ.get("CI"):
        sys.exit(message)
    print(f"\n{'!' * 80}\n{message}\n{'!' * 80}\n", flush=True)


def main() -> None:
    """Runs all checks, or those whose names hold the words given."""
    if missing := tools_missing():
        skip("the tests against a real OpenSearch", missing)
        return
    prepare()
    program = binary()
    wanted = sys.argv[1:]
    alone = [
        same.same_answers,
        same.same_ranking,
        writing.back_pressure,
        writing.killed_and_taken_up,
        writing.kept_up_to_date,
        writing.shared_work,
    ]
    together = [
        [faults.killed_while_written],
        [faults.hung_while_searched, faults.killed_while_searched],
        [faults.part_is_gone],
    ]
    chosen = lambda act: not wanted or any(word in act.__name__ for word in wanted)  # noqa: E731
    with tempfile.TemporaryDirectory(prefix="wenyuan-opensearch-") as made:
        folder = Path(made)
        if any(map(chosen, alone)):
            cluster = Cluster(1, folder / "one")
            try:
                for act in filter(chosen, alone):
                    name = act.__name__
                    check(name, lambda act=act, name=name: act(program, folder / name, cluster.urls[0]))
            finally:
                cluster.close()
        if chosen(secured.secured):
            if shutil.which("openssl"):
                prepare("plugins.security")
                check("secured", lambda: secured.secured(program, folder / "secured"))
            else:
                skip("the tests of TLS and passwords", "openssl")
        for number, acts in enumerate(together):
            if not any(map(chosen, acts)):
                continue
            cluster = Cluster(3, folder / f"three-{number}")
            try:
                for act in filter(chosen, acts):
                    name = act.__name__
                    check(name, lambda act=act, name=name: act(program, folder / name, cluster))
            finally:
                cluster.close()


if __name__ == "__main__":
    main()

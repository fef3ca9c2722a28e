"""Starts the program on a free port with an index of its own, and stops it."""

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


@contextmanager
def running(binary: Path) -> Iterator[dict[str, str]]:
    """The environment in which tests find the server: its address, the program, and how to start it again."""
    with tempfile.TemporaryDirectory(prefix="wenyuan-clients-") as folder:
        index = Path(folder, "index")
        options = ["--corpus", str(ROOT / "corpus"), "--index", str(index)]
        log = Path(folder, "log")
        # Longer request lines than anyone types, so that it is the API that answers them and not the socket.
        settings = {"WENYUAN_SERVER__BIND": "127.0.0.1:0", "WENYUAN_SERVER__MAX_HEADER_BYTES": "1048576"}
        environment = os.environ | settings
        with log.open("wb") as written:
            server = subprocess.Popen(
                [binary, *options, "serve"], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=written
            )
        try:
            yield {
                "WENYUAN_URL": _address(server, log),
                "WENYUAN_BINARY": str(binary),
                "WENYUAN_CORPUS": str(ROOT / "corpus"),
                "WENYUAN_INDEX": str(index),
            }
        finally:
            server.terminate()
            try:
                server.wait(timeout=15)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _address(server: subprocess.Popen[bytes], log: Path) -> str:
    for line in iter(server.stdout.readline, b"") if server.stdout else ():
        if found := ADDRESS.search(line.decode()):
            return found[0]
    raise SystemExit(f"the server did not start:\n{log.read_text()}")

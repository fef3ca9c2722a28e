"""What the tests of every client share."""

import os

import pytest

from asked import Server


@pytest.fixture(scope="session")
def server() -> Server:
    """The server that run.py started."""
    return Server(os.environ["WENYUAN_URL"])

"""The server under test: the one whose address is in WENYUAN_URL."""

import os
from collections.abc import Iterator

import pytest

from wenyuan import Client


@pytest.fixture(scope="session")
def url() -> str:
    if "WENYUAN_URL" not in os.environ:
        pytest.skip("WENYUAN_URL names no server; tests/clients/run.py starts one with the shipped article")
    return os.environ["WENYUAN_URL"]


@pytest.fixture(scope="session")
def client(url: str) -> Iterator[Client]:
    with Client(url) as client:
        yield client

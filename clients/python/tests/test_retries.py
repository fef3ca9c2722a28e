"""When a request is sent again, without a server."""

import asyncio
import time

import httpx
import pytest

from wenyuan import (
    AsyncClient,
    Client,
    FieldFault,
    InvalidRequestError,
    RefusedError,
    Retries,
    ServerFailedError,
    UnavailableError,
    UnreachableError,
)

QUICK = Retries(first_wait=0.001)
FOUND = {"term": "a", "lang": "en", "known": False, "weight": 1, "expansions": [], "consists_of": []}


class Script(httpx.MockTransport):
    """Answers with one thing after the other, and counts."""

    def __init__(self, *answers: httpx.Response | httpx.TransportError) -> None:
        self.left = list(answers)
        self.asked = 0
        super().__init__(self._next)

    def _next(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        answer = self.left.pop(0) if len(self.left) > 1 else self.left[0]
        if isinstance(answer, httpx.TransportError):
            raise answer
        return answer


def busy(status: int = 503, **headers: str) -> httpx.Response:
    return httpx.Response(status, headers=headers, json={"title": "The server is busy", "status": status})


def test_busy_servers_and_failed_connections_are_asked_again() -> None:
    script = Script(busy(), busy(429), httpx.ConnectError("refused"), httpx.Response(200, json=FOUND))
    with Client(transport=script, retries=QUICK) as client:
        assert client.term("a").weight == 1.0
    assert script.asked == 4


def test_the_async_client_asks_again_too() -> None:
    script = Script(busy(), httpx.ConnectError("refused"), httpx.Response(200, json=FOUND))

    async def ask() -> None:
        async with AsyncClient(transport=script, retries=QUICK) as client:
            await client.term("a")

    asyncio.run(ask())
    assert script.asked == 3


def test_in_the_end_the_last_reason_is_raised() -> None:
    script = Script(busy())
    with Client(transport=script, retries=QUICK) as client, pytest.raises(UnavailableError, match="busy"):
        client.term("a")
    assert script.asked == 4
    with Client(transport=Script(httpx.ConnectError("refused")), retries=QUICK) as client:
        with pytest.raises(UnreachableError, match="refused"):
            client.term("a")
        assert not client.ready()


@pytest.mark.parametrize(
    ("status", "kind"),
    [(400, InvalidRequestError), (401, RefusedError), (403, RefusedError), (413, InvalidRequestError)],
)
def test_what_waiting_does_not_mend_is_raised_at_once(status: int, kind: type[Exception]) -> None:
    script = Script(busy(status))
    with Client(transport=script, retries=QUICK) as client, pytest.raises(kind):
        client.term("a")
    assert script.asked == 1


def test_a_slow_answer_is_not_asked_for_again() -> None:
    script = Script(httpx.ReadTimeout("slow"))
    with Client(transport=script, retries=QUICK) as client, pytest.raises(UnreachableError):
        client.term("a")
    assert script.asked == 1


def test_the_server_says_how_long_to_wait() -> None:
    script = Script(busy(429, **{"retry-after": "1"}), httpx.Response(200, json=FOUND))
    started = time.monotonic()
    with Client(transport=script, retries=QUICK) as client:
        client.term("a")
    assert time.monotonic() - started >= 1
    # An hour is not waited for.
    script = Script(busy(429, **{"retry-after": "3600"}))
    with Client(transport=script, retries=QUICK) as client, pytest.raises(UnavailableError):
        client.term("a")
    assert script.asked == 1


def test_waits_grow_up_to_a_bound() -> None:
    retries = Retries(most=9, first_wait=1, longest_wait=4)
    waits = [retries.wait_after(tries, busy()) or 0 for tries in range(1, 5)]
    for wait, least in zip(waits, (1, 2, 4, 4), strict=True):
        assert least <= wait <= least * 1.25
    assert retries.wait_after(10, busy()) is None


def test_a_problem_is_read_whatever_it_looks_like() -> None:
    faults = [{"field": "q", "message": "it is empty", "expected": "text"}, "nonsense"]
    problem = {"type": "/problems/x", "title": "No", "status": 400, "detail": "why", "errors": faults}
    with (
        Client(transport=Script(httpx.Response(400, json=problem))) as client,
        pytest.raises(InvalidRequestError) as wrong,
    ):
        client.term("a")
    assert wrong.value.errors == (FieldFault("q", "it is empty", "text"),)
    for body in (b"", b"<html>502</html>", b"[1]", b"\xff"):
        with Client(transport=Script(httpx.Response(502, content=body))) as client, pytest.raises(ServerFailedError):
            client.term("a")


def test_the_key_is_sent_and_never_shown() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json=FOUND)

    with Client("http://host/base/", api_key="secret", transport=httpx.MockTransport(answer)) as client:
        client.term("脐带 C/D")
        assert "secret" not in repr(client)
    assert seen[0].headers["authorization"] == "Bearer secret"
    assert str(seen[0].url) == "http://host/base/v1/lexicon/%E8%84%90%E5%B8%A6%20C%2FD"

"""When a request is sent again, and after how long."""

import random
from dataclasses import dataclass

import httpx

_AGAIN = frozenset({429, 503})


@dataclass(frozen=True, slots=True)
class Retries:
    """Tries again after 429, 503 and failed connections, waiting longer each time.

    Everything this client sends only reads, so sending it twice does no harm.
    """

    most: int = 3
    """How often a request is sent again at most."""
    first_wait: float = 0.2
    """Seconds before the second try; each further wait is twice as long, with up to a quarter added by chance."""
    longest_wait: float = 10.0
    """Seconds of the longest wait; a server that asks for more gets its answer raised instead."""

    def wait_after(self, tries: int, failure: httpx.Response | httpx.TransportError) -> float | None:
        """Seconds to wait after this many tries, None where it is not to be tried again."""
        if tries > self.most:
            return None
        asked = 0.0
        if isinstance(failure, httpx.Response):
            if failure.status_code not in _AGAIN:
                return None
            asked = _seconds(failure.headers.get("retry-after", ""))
        elif not isinstance(failure, httpx.ConnectError | httpx.ConnectTimeout | httpx.RemoteProtocolError):
            return None
        if asked > self.longest_wait:
            return None
        backed_off = min(self.first_wait * 2.0 ** (tries - 1), self.longest_wait)
        return max(asked, backed_off * random.uniform(1.0, 1.25))  # noqa: S311 no secret depends on it


def _seconds(header: str) -> float:
    # A date is allowed there too, but no clock is to be trusted for a wait of seconds.
    return float(header) if header.isascii() and header.isdigit() else 0.0

"""What can go wrong, one class for each thing a caller may want to do about it."""

from dataclasses import dataclass


class WenyuanError(Exception):
    """Anything this package raises about a request."""


class UnreachableError(WenyuanError):
    """No answer came: the connection failed, or it took too long."""


class UnexpectedAnswerError(WenyuanError):
    """Something answered, but not as a Wenyuan server of a known version does."""


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One field at fault, what is wrong with it and what would be right."""

    field: str
    message: str
    expected: str


class ProblemError(WenyuanError):
    """The server's own account of why it did not answer (RFC 9457)."""

    def __init__(
        self,
        *,
        status: int,
        kind: str,
        title: str,
        detail: str,
        errors: tuple[FieldFault, ...] = (),
        request_id: str = "",
    ) -> None:
        """Keeps the members of the problem; the text of the exception is its detail."""
        super().__init__(f"{status} {title}: {detail}" if detail else f"{status} {title}")
        self.status = status
        self.kind = kind
        self.title = title
        self.detail = detail
        self.errors = errors
        self.request_id = request_id


class InvalidRequestError(ProblemError):
    """The request itself is wrong; ``errors`` names the fields."""


class RefusedError(ProblemError):
    """The key is missing or not good for this, or the server is not reached under this name."""


class NotFoundError(ProblemError):
    """There is no such passage, article or address."""


class UnavailableError(ProblemError):
    """The server is busy, not ready yet, or this caller asks too often; trying again later may help."""


class ServerFailedError(ProblemError):
    """The fault is the server's; ``request_id`` finds the reason in its log."""


def class_of(status: int) -> type[ProblemError]:
    """The class for an HTTP status."""
    if status in (401, 403):
        return RefusedError
    if status in (404, 410):
        return NotFoundError
    if status in (429, 503, 504):
        return UnavailableError
    return ServerFailedError if status >= 500 else InvalidRequestError

"""Cuts and marks a text by the ranges that came with it."""

from collections.abc import Iterable, Sequence

from wenyuan.answers import Range


def slices(ranges: Iterable[Range]) -> list[slice]:
    """The ranges as slices: ``text[one]`` is the text of one."""
    return [slice(one.start, one.end) for one in ranges]


def pieces(text: str, ranges: Iterable[Range]) -> list[str]:
    """The stretches of ``text`` that the ranges name, in their order."""
    return [text[one] for one in slices(ranges)]


def marked(text: str, ranges: Sequence[Range], before: str = "**", after: str = "**") -> str:
    """The text with ``before`` and ``after`` set around every range; ranges that touch or overlap become one."""
    parts: list[str] = []
    done = 0
    for start, end in _joined(ranges, len(text)):
        parts += (text[done:start], before, text[start:end], after)
        done = end
    return "".join((*parts, text[done:]))


def _joined(ranges: Iterable[Range], length: int) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for one in sorted(ranges, key=lambda one: one.start):
        start, end = max(one.start, 0), min(one.end, length)
        if start >= end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined

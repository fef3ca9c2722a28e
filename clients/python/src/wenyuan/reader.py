"""Makes the classes of `answers` from JSON, and says where an answer is not as described.

Members that a class doesn't know are left out, so that a client reads the answers of a newer server.
"""

import types
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from wenyuan.errors import UnexpectedAnswerError

T = TypeVar("T")


def read(kind: type[T], value: object) -> T:
    """The value as this class."""
    return cast(T, _read(kind, value, kind.__name__))


def _needed(member: Field[Any]) -> bool:
    return member.default is MISSING and member.default_factory is MISSING


@cache
def _members(kind: type) -> list[tuple[str, str, Any, bool]]:
    hints = get_type_hints(kind)
    return [(one.name, one.name.rstrip("_"), hints[one.name], _needed(one)) for one in fields(kind)]


def _read(kind: Any, value: object, where: str) -> object:
    if is_dataclass(kind):
        return _object(cast(type, kind), value, where)
    origin = get_origin(kind)
    if origin is list and isinstance(value, list):
        (inner,) = get_args(kind)
        return [_read(inner, one, f"{where}[{at}]") for at, one in enumerate(value)]
    if origin is dict and isinstance(value, dict):
        inner = get_args(kind)[1]
        return {str(name): _read(inner, one, f"{where}.{name}") for name, one in value.items()}
    if origin in (types.UnionType, Union):
        return _union(get_args(kind), value, where)
    # A server may learn a new word; that must not make its whole answer unreadable.
    if origin is Literal and isinstance(value, str):
        return value
    if kind is float and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if kind in (str, int, bool) and type(value) is kind:
        return value
    if kind is Any or kind is object:
        return value
    name = getattr(kind, "__name__", str(kind))
    raise UnexpectedAnswerError(f"{where} should be {name} and is {type(value).__name__}")


def _object(kind: type, value: object, where: str) -> object:
    if not isinstance(value, dict):
        raise UnexpectedAnswerError(f"{where} should be an object and is {type(value).__name__}")
    given: dict[str, object] = {}
    for name, wire_name, hint, needed in _members(kind):
        if wire_name in value:
            given[name] = _read(hint, value[wire_name], f"{where}.{wire_name}")
        elif needed:
            raise UnexpectedAnswerError(f"{where} has no {wire_name}")
    return kind(**given)


def _union(kinds: tuple[Any, ...], value: object, where: str) -> object:
    if value is None and types.NoneType in kinds:
        return None
    possible = [kind for kind in kinds if kind is not types.NoneType]
    if len(possible) == 1:
        return _read(possible[0], value, where)
    if type(value) in possible:
        return value
    raise UnexpectedAnswerError(f"{where} is {type(value).__name__}")

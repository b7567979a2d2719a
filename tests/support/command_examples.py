"""One payload of every type of command, and each place in it where a value of any size could be put."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import msgspec

from app.domain.limits import CHANGED

DAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
Path = tuple[str | int, ...]


def example(cls: type[Any]) -> Any:
    """Return a value of the class in which every list has one part and nothing is left out."""
    hints = typing.get_type_hints(cls)
    return cls(**{part.name: _value(cls, part.name, hints[part.name]) for part in fields(cls)})


def _value(cls: type[Any], name: str, hint: Any) -> Any:
    if cls in CHANGED and name == "set":
        plain = msgspec.to_builtins(example(CHANGED[cls]))
        return {field: {"from": value, "to": value} for field, value in plain.items()}
    hint = bare(hint)
    if is_dataclass(hint):
        return example(typing.cast(type[Any], hint))
    if typing.get_origin(hint) is tuple:
        return (_value(cls, name, typing.get_args(hint)[0]),)
    if hint == dict[str, str]:
        return {"a": "b"}
    if name == "fiscal_year":
        return DAY.year
    return {str: "a", int: 1, bool: True, date: DAY, datetime: NOW}[hint]


def bare(hint: Any) -> Any:
    """Return the kind of a field without its None."""
    kinds = [kind for kind in typing.get_args(hint) if kind is not type(None)]
    is_optional = type(None) in typing.get_args(hint)
    return kinds[0] if is_optional else hint


def places(cls: type[Any]) -> Iterator[tuple[Path, Any]]:
    """Yield the path and the kind of each value in the class, as it is declared."""
    hints = typing.get_type_hints(cls)
    for part in fields(cls):
        if cls in CHANGED and part.name == "set":
            for path, kind in places(CHANGED[cls]):
                yield ("set", path[0], "to", *path[1:]), kind
            continue
        yield from _below((part.name,), bare(hints[part.name]))


def _below(path: Path, hint: Any) -> Iterator[tuple[Path, Any]]:
    if is_dataclass(hint):
        for below, kind in places(typing.cast(type[Any], hint)):
            yield (*path, *below), kind
    elif typing.get_origin(hint) is tuple:
        yield path, tuple
        yield from _below((*path, 0), bare(typing.get_args(hint)[0]))
    elif hint == dict[str, str]:
        yield path, dict
        yield (*path, "a"), str
    elif hint is not bool:
        yield path, hint


def put(value: Any, path: Path, new: Any) -> Any:
    """Return the value with another one at the path."""
    if not path:
        return new
    step, rest = path[0], path[1:]
    if isinstance(value, dict):
        return {**value, step: put(value[step], rest, new)}
    if isinstance(value, tuple | list):
        at = typing.cast(int, step)
        return type(value)([*value[:at], put(value[at], rest, new), *value[at + 1 :]])
    assert dataclasses.is_dataclass(value)
    return replace(typing.cast(Any, value), **{str(step): put(getattr(value, str(step)), rest, new)})


def get(value: Any, path: Path) -> Any:
    """Return what is at the path."""
    for step in path:
        value = value[step] if isinstance(value, dict | tuple | list) else getattr(value, str(step))
    return value

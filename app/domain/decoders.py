"""Decoders that are built by one thread at a time."""

from __future__ import annotations

import threading
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

_building = threading.Lock()
_built: dict[Any, msgspec.json.Decoder[Any]] = {}


def decoder_of(kind: type[T]) -> msgspec.json.Decoder[T]:
    """Return the decoder of a type, the same one to everybody.

    msgspec keeps what it knows of a dataclass or a Struct on the class, and puts it there before the fields
    are filled in, since types may contain themselves. While one thread fills it in, another that meets the
    class for the first time takes the half of it for the whole, and the process dies as it decodes.
    """
    found = _built.get(kind)
    if found is None:
        with _building:
            found = _built.setdefault(kind, msgspec.json.Decoder(kind))
    return found


def convert_to(kind: type[T], plain: Any, *, strict: bool = True) -> T:
    """Return plain values as the type; what msgspec has to know of the type is there before.

    Raises msgspec.ValidationError for a wrong shape.
    """
    decoder_of(kind)
    return msgspec.convert(plain, kind, strict=strict)

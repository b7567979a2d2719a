"""Decoders that are built by one thread at a time."""

from __future__ import annotations

import functools
import threading
from typing import TypeVar

import msgspec

T = TypeVar("T")

_building = threading.Lock()


@functools.cache
def decoder_of(kind: type[T]) -> msgspec.json.Decoder[T]:
    """Return the decoder of a type, the same one to everybody.

    msgspec keeps what it knows of a dataclass or a Struct on the class, and puts it there before the fields are
    filled in, since types may contain themselves. While one thread is filling it in, another that builds a decoder
    of a type with the same class inside takes the half of it for the whole, and the process dies as it decodes.
    """
    with _building:
        return msgspec.json.Decoder(kind)

"""What the parent process tells an embedded server at its start, through standard input."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

import msgspec

from app.domain.decoders import decoder_of
from app.errors import StorageError

KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class StartKeys:
    """The database's raw key and the secret of this start; neither is ever an argument or in the
    environment.
    """

    key: bytes
    secret: str = ""


class _Line(msgspec.Struct):
    key: str
    secret: str = ""


def read_start_keys(source: BinaryIO) -> StartKeys:
    """Read the first line: ``{"key": 64 hexadecimal digits, "secret": text}``, or the key alone.

    Raises:
        StorageError: ``start_keys_unreadable``.
    """
    line = source.readline().strip()
    try:
        read = decoder_of(_Line).decode(line) if line.startswith(b"{") else _Line(line.decode())
        key = bytes.fromhex(read.key)
    except (msgspec.MsgspecError, ValueError) as error:
        raise StorageError("start_keys_unreadable") from error
    if len(key) != KEY_BYTES:
        raise StorageError("start_keys_unreadable")
    return StartKeys(key, read.secret)


def watch_parent(source: BinaryIO, gone: Callable[[], None]) -> None:
    """Call ``gone`` on a thread of its own when standard input ends: the parent is no longer there."""

    def wait() -> None:
        while source.read(4096):
            continue
        gone()

    # A daemon: nothing can wake a thread that reads standard input, and the process must end without it.
    threading.Thread(target=wait, name="parent", daemon=True).start()

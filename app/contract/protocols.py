"""Which versions of the protocol are spoken, and who has to be updated where there is none in common."""

from __future__ import annotations

from enum import StrEnum


class Older(StrEnum):
    """The side that has to be updated. Its value is the ``reason`` of the problem ``upgrade-needed``."""

    CLIENT = "client"
    SERVER = "server"


def find_older(version: str, protocols: range) -> Older | None:
    """Return who is too old where a client's version is not among a server's; None where it is.

    A server speaks the present version, and the one before it for as long as clients of it are about. What is
    no version at all is the client's to put right.
    """
    is_number = version.isascii() and version.isdecimal() and len(version) < 9
    if not is_number or int(version) < protocols.start:
        return Older.CLIENT
    return Older.SERVER if int(version) >= protocols.stop else None

"""Cursors: where a client is in the feed, signed and bound to whom it was given."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Sequence

import msgspec

from app.contract.wire import GoneReason
from app.server.problems import gone

SCHEMA = 1
"""Moves on when the records change so that every client must fetch all of them again."""

_SIGNATURE_BYTES = 16


class Cursor(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """A place in the feed.

    ``start`` is the head at which a snapshot began, and 0 in a delta. A snapshot goes on after (type, id), a
    delta after (rev, type, id). ``entry`` and ``mark`` are the number of the firm's last audit entry when the
    page was read, and the beginning of its hash: a database that has lost commits has another entry there,
    or none. A cursor of an earlier version of the server has entry 0.
    """

    schema: int
    epoch: str
    firm_id: str
    staff_id: str
    scope: int
    start: int
    rev: int
    type: str
    id: str
    entry: int = 0
    mark: str = ""

    @property
    def is_snapshot(self) -> bool:
        """Tell whether it goes on with a snapshot."""
        return self.rev < 0


_decoder = msgspec.msgpack.Decoder(Cursor)


class CursorSigner:
    """Writes and reads cursors. The first key signs, all of them are accepted: keys can be changed in
    turn.
    """

    def __init__(self, keys: Sequence[bytes]) -> None:
        if not keys:
            raise ValueError("no key to sign cursors with")
        self._keys = tuple(keys)

    def write(self, cursor: Cursor) -> str:
        """Return the cursor as opaque text."""
        content = msgspec.msgpack.encode(cursor)
        return _text(_sign(self._keys[0], content) + content)

    def read(self, written: str) -> Cursor:
        """Return the cursor. Raises ProblemError 410 ``invalid`` for anything that we did not write."""
        try:
            raw = base64.b64decode(written + "=" * (-len(written) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError) as error:
            raise gone(GoneReason.INVALID) from error
        if _text(raw) != written:
            # The same bytes in another spelling: the last letter has bits to spare.
            raise gone(GoneReason.INVALID)
        signature, content = raw[:_SIGNATURE_BYTES], raw[_SIGNATURE_BYTES:]
        if not any(hmac.compare_digest(signature, _sign(key, content)) for key in self._keys):
            raise gone(GoneReason.INVALID)
        try:
            return _decoder.decode(content)
        except msgspec.MsgspecError as error:
            raise gone(GoneReason.SCHEMA) from error


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _sign(key: bytes, content: bytes) -> bytes:
    return hmac.new(key, content, hashlib.sha256).digest()[:_SIGNATURE_BYTES]

"""Signs the end of a firm's chain once a day.

Whoever can write in the database can make a whole new chain; they cannot make it fit a head that was signed
and copied elsewhere before. Each head goes to the log, and `server verify-audit --json` prints all of them.
"""

from __future__ import annotations

import logging
import re
from base64 import b64decode, b64encode
from dataclasses import replace
from datetime import date

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app.server.store import FirmTransaction, SealedHead
from app.server.store.chain import add_head

LOG = logging.getLogger("samverka.audit")

NOTHING = "-"
"""The hash of a chain without entries, in the log."""

_LOGGED = re.compile(
    r"audit head of (?P<firm_id>\S+) on (?P<day>\d{4}-\d\d-\d\d): entry (?P<number>\d+), "
    r"version (?P<rev>\d+), hash (?P<hash>\S+), signature (?P<signature>[0-9a-f]{128})"
)


class Seal:
    """Signs and checks heads with Ed25519 (RFC 8032). ``seed`` is 32 bytes, the same in every process."""

    def __init__(self, seed: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self._public: Ed25519PublicKey = self._private.public_key()

    @property
    def public_key(self) -> str:
        """Return the public key as base64, for whoever keeps copies of the heads."""
        return b64encode(self._public.public_bytes_raw()).decode()

    def sign(self, head: SealedHead) -> SealedHead:
        """Return the head with its signature."""
        return replace(head, signature=b64encode(self._private.sign(head.message())).decode())

    def fits(self, head: SealedHead) -> bool:
        """Tell whether the signature is ours and about just this head."""
        try:
            self._public.verify(b64decode(head.signature, validate=True), head.message())
        except (InvalidSignature, ValueError):
            return False
        return True


def heads_in_log(log: str) -> list[SealedHead]:
    """Return the heads that a log tells of, in whatever else its lines hold (a date, a host, JSON)."""
    return [
        SealedHead(
            firm_id=found["firm_id"],
            day=found["day"],
            number=int(found["number"]),
            rev=int(found["rev"]),
            hash="" if found["hash"] == NOTHING else found["hash"],
            signature=b64encode(bytes.fromhex(found["signature"])).decode(),
        )
        for found in _LOGGED.finditer(log)
    ]


def seal_day(transaction: FirmTransaction, seal: Seal, day: date) -> SealedHead | None:
    """Sign the chain's end for the day, write it down and into the log; None where that has been done.

    Belongs to a transaction that writes nothing else.
    """
    # This day's only: a clock that was wrong once may have left one of a day to come.
    if any(head.day == day.isoformat() for head in transaction.list_heads()):
        return None
    state = transaction.state
    head = seal.sign(
        SealedHead(
            firm_id=transaction.firm_id,
            day=day.isoformat(),
            number=state.chain.number,
            hash=state.chain.hash,
            rev=state.head,
        )
    )
    add_head(transaction.connection, head)
    LOG.info(
        "audit head of %s on %s: entry %d, version %d, hash %s, signature %s",
        head.firm_id,
        head.day,
        head.number,
        head.rev,
        head.hash or NOTHING,
        b64decode(head.signature).hex(),
        extra={"samverka": {"firm": head.firm_id, "number": head.number, "hash": head.hash}},
    )
    return head

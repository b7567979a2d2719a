"""The chain of audit entries, written in the transaction that it tells about.

Each entry's hash covers the one before it and a commitment: the hash of a random salt and the details. Salt
and details lie apart and can be erased; the chain stays valid without them.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, or_, select, text

from app.server.store.tables import audit_detail, audit_head

_LIST = text(
    """
    SELECT e.number, e.at, e.commitment, e.hash, d.salt, d.detail
    FROM audit_entry e LEFT JOIN audit_detail d ON d.firm_id = e.firm_id AND d.number = e.number
    WHERE e.firm_id = :firm_id ORDER BY e.number
    """
)
_FIND_HASH = text("SELECT hash FROM audit_entry WHERE firm_id = :firm_id AND number = :number")

MADE_UP_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One entry as it is stored. Salt and detail are None where they have been erased."""

    number: int
    at: str
    commitment: str
    hash: str
    salt: bytes | None
    detail: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedHead:
    """The chain's end as it was on a day (ISO), signed. ``rev`` is the firm's version then."""

    firm_id: str
    day: str
    number: int
    hash: str
    rev: int
    signature: str = ""

    def message(self) -> bytes:
        """Return what is signed."""
        return f"{self.firm_id}\n{self.day}\n{self.number}\n{self.hash}\n{self.rev}".encode()


@dataclass(frozen=True, slots=True)
class ChainEnd:
    """Number and hash of a firm's last audit entry."""

    number: int
    hash: str


def commitment_of(salt: bytes, detail: str) -> str:
    """Return what the chain keeps of an entry's details."""
    return hashlib.sha256(salt + detail.encode()).hexdigest()


def hash_of(previous: str, number: int, at: str, commitment: str) -> str:
    """Return an entry's hash, which covers the entry before it."""
    return hashlib.sha256(f"{previous}\n{number}\n{at}\n{commitment}".encode()).hexdigest()


def make_entry(firm_id: str, end: ChainEnd, at: datetime, detail: dict[str, Any]) -> dict[str, Any]:
    """Return the values of the entry that comes after ``end``, with its salt and details."""
    number, when = end.number + 1, at.isoformat()
    salt, written = secrets.token_bytes(16), msgspec.json.encode(detail).decode()
    commitment = commitment_of(salt, written)
    return {
        "firm_id": firm_id,
        "number": number,
        "at": when,
        "commitment": commitment,
        "hash": hash_of(end.hash, number, when, commitment),
        "salt": salt,
        "detail": written,
    }


def list_entries(connection: Connection, firm_id: str) -> list[AuditEntry]:
    """Return the firm's entries in their order."""
    rows = connection.execute(_LIST, {"firm_id": firm_id})
    return [
        AuditEntry(
            row.number,
            row.at,
            row.commitment,
            row.hash,
            None if row.salt is None else bytes(row.salt),
            row.detail,
        )
        for row in rows
    ]


def find_hash(connection: Connection, firm_id: str, number: int) -> str | None:
    """Return the hash of the entry with that number, or None where there is none."""
    return connection.execute(_FIND_HASH, {"firm_id": firm_id, "number": number}).scalar()


def list_heads(connection: Connection, firm_id: str) -> list[SealedHead]:
    """Return the firm's sealed heads, the oldest first."""
    query = select(audit_head).where(audit_head.c.firm_id == firm_id).order_by(audit_head.c.day)
    return [SealedHead(**row._mapping) for row in connection.execute(query)]


def undone_since(heads: Sequence[SealedHead], today: date) -> date:
    """Return the first day whose turn may not have been carried out: what begins and ends by the calendar.

    The sealed heads (the oldest first) tell the last day before today on which the server was here; what
    failed in the week before it is made up for, and costs nothing twice. Without one it is the first of all
    days: a firm may have been written on the one day before the server was away for years.
    """
    days = [head.day for head in heads if head.day < today.isoformat()]
    return date.fromisoformat(days[-1]) - MADE_UP_FOR if days else date.min


def add_head(connection: Connection, head: SealedHead) -> None:
    """Keep a sealed head."""
    connection.execute(audit_head.insert(), asdict(head))


def find_details_with(connection: Connection, firm_id: str, needles: Sequence[str]) -> list[int]:
    """Return the numbers of the entries whose details contain one of these texts."""
    if not needles:
        return []
    detail = audit_detail.c.detail
    found = or_(*[detail.icontains(needle, autoescape=True) for needle in needles])
    query = select(audit_detail.c.number).where(audit_detail.c.firm_id == firm_id, found)
    return list(connection.execute(query.order_by(audit_detail.c.number)).scalars())


def erase_details(connection: Connection, firm_id: str, numbers: Sequence[int]) -> None:
    """Forget salts and details; the entries' commitments and hashes stay."""
    for start in range(0, len(numbers), 500):
        part = numbers[start : start + 500]
        connection.execute(
            delete(audit_detail).where(audit_detail.c.firm_id == firm_id, audit_detail.c.number.in_(part))
        )

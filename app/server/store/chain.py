"""The chain of audit entries, written in the transaction that it tells about.

Each entry's hash covers the one before it and a commitment: the hash of a random salt and the details. Salt
and details lie apart and can be erased; the chain stays valid without them.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, text

_ENTRY = text(
    "INSERT INTO audit_entry (firm_id, number, at, commitment, hash)"
    " VALUES (:firm_id, :number, :at, :commitment, :hash)"
)
_DETAIL = text(
    "INSERT INTO audit_detail (firm_id, number, salt, detail) VALUES (:firm_id, :number, :salt, :detail)"
)


_LIST = text(
    """
    SELECT e.number, e.at, e.commitment, e.hash, d.salt, d.detail
    FROM audit_entry e LEFT JOIN audit_detail d ON d.firm_id = e.firm_id AND d.number = e.number
    WHERE e.firm_id = :firm_id ORDER BY e.number
    """
)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One entry as it is stored. Salt and detail are None where they have been erased."""

    number: int
    at: str
    commitment: str
    hash: str
    salt: bytes | None
    detail: str | None


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


def append_entry(
    connection: Connection, firm_id: str, end: ChainEnd, at: datetime, detail: dict[str, Any]
) -> ChainEnd:
    """Write one entry after ``end`` and return the new end."""
    number, when = end.number + 1, at.isoformat()
    salt, written = secrets.token_bytes(16), msgspec.json.encode(detail).decode()
    commitment = commitment_of(salt, written)
    new_end = ChainEnd(number, hash_of(end.hash, number, when, commitment))
    key = {"firm_id": firm_id, "number": number}
    connection.execute(_ENTRY, {**key, "at": when, "commitment": commitment, "hash": new_end.hash})
    connection.execute(_DETAIL, {**key, "salt": salt, "detail": written})
    return new_end


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

"""Identities of records: a type prefix and a UUIDv7, made by whoever creates the record."""

from __future__ import annotations

import hashlib
from typing import NewType

StaffId = NewType("StaffId", str)
CustomerId = NewType("CustomerId", str)
EngagementId = NewType("EngagementId", str)
CollaborationId = NewType("CollaborationId", str)

PREFIXES = {
    "firm": "fi",
    "staff": "st",
    "customer": "cu",
    "contact": "ct",
    "engagement": "en",
    "participation": "pa",
    "registration": "rg",
    "activation": "av",
    "invitation": "iv",
    "collaboration": "cl",
    "access": "ax",
    "link_decision": "ld",
    "event": "ev",
    "command": "cmd",
}


def new_id(prefix: str) -> str:
    """Return a new id such as ``cu_0199…``: ordered by time, unique without asking anyone (RFC 9562)."""
    from uuid_utils import uuid7

    return f"{prefix}_{uuid7().hex}"


def derived_id(prefix: str, *parts: str) -> str:
    """Return the same id for the same parts, so that a derived row is never made twice.

    Used for rows that follow from others (access, registration, events of a command).
    """
    digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
    return f"{prefix}_{digest[:32]}"

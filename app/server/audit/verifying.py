"""Looks for the first place where a firm's audit chain has been tampered with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.server.store import AuditEntry, ChainEnd, Store, commitment_of, hash_of


@dataclass(frozen=True, slots=True)
class Break:
    """The first entry that is not as it was written, and what is wrong with it.

    ``what``: missing, hash, detail (its details are not those it was written with) or end (entries are
    missing at the end, or were added past the firm's head).
    """

    number: int
    what: str


def verify_firm(store: Store, firm_id: str) -> Break | None:
    """Return the first break in the firm's chain, or None where it is whole.

    Entries whose details have been erased are whole: the chain covers a commitment to them.
    """
    with store.read(firm_id) as snapshot:
        return find_break(snapshot.list_audit(), snapshot.chain_end)


def find_break(entries: Sequence[AuditEntry], end: ChainEnd) -> Break | None:
    """Return the first break in the entries, which are in their order, or None."""
    last = ChainEnd(0, "")
    for entry in entries:
        expected = last.number + 1
        if entry.number != expected:
            return Break(expected, "missing")
        if entry.hash != hash_of(last.hash, entry.number, entry.at, entry.commitment):
            return Break(entry.number, "hash")
        if (
            entry.salt is not None
            and entry.detail is not None
            and entry.commitment != commitment_of(entry.salt, entry.detail)
        ):
            return Break(entry.number, "detail")
        last = ChainEnd(entry.number, entry.hash)
    return None if last == end else Break(min(last.number, end.number) + 1, "end")

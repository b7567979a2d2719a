"""Looks for the first place where a firm's audit chain has been tampered with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec

from app.server.store import AuditEntry, ChainEnd, SealedHead, Store, commitment_of, hash_of

ERASURE = "erasure"
"""Source of the entry that says which entries' details have been erased."""


@dataclass(frozen=True, slots=True)
class Break:
    """The first entry that is not as it was written, and what is wrong with it.

    ``what``: missing, hash, detail (its details are not those it was written with), detail_missing (they are
    gone, and no erasure says so), head (it is not what was signed on a day), signature (a signed head is not
    ours) or end (entries are missing at the end, or were added past the firm's head).
    """

    number: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """A firm's chain: how many entries, how many of them without details, and the first break."""

    entries: int
    erased: int
    heads: tuple[SealedHead, ...]
    first_break: Break | None


def verify_firm(
    store: Store,
    firm_id: str,
    fits: Callable[[SealedHead], bool] = lambda _head: True,
    copies: Sequence[SealedHead] = (),
) -> Verified:
    """Return how the firm's chain stands. ``fits`` checks a head's signature; ``copies`` are heads that were
    kept outside the database.
    """
    with store.read(firm_id) as snapshot:
        entries, end = snapshot.list_audit(), snapshot.chain_end
        heads = snapshot.list_heads()
    mine = [head for head in copies if head.firm_id == firm_id]
    return Verified(
        entries=len(entries),
        erased=sum(1 for entry in entries if entry.detail is None),
        heads=tuple(heads),
        first_break=find_break(entries, end, [*heads, *mine], fits),
    )


def find_break(
    entries: Sequence[AuditEntry],
    end: ChainEnd,
    heads: Sequence[SealedHead] = (),
    fits: Callable[[SealedHead], bool] = lambda _head: True,
) -> Break | None:
    """Return the first break in the entries, which are in their order, or None.

    An entry whose details were erased is whole, where a later entry says that they were: the chain covers a
    commitment to them.
    """
    erased = _erased(entries)
    signed: dict[int, list[SealedHead]] = {}
    for head in heads:
        signed.setdefault(head.number, []).append(head)
    last = ChainEnd(0, "")
    for entry in entries:
        expected = last.number + 1
        if entry.number != expected:
            return Break(expected, "missing")
        if entry.hash != hash_of(last.hash, entry.number, entry.at, entry.commitment):
            return Break(entry.number, "hash")
        what = _detail_break(entry, erased) or _head_break(entry.hash, signed.get(entry.number, ()), fits)
        if what:
            return Break(entry.number, what)
        last = ChainEnd(entry.number, entry.hash)
    if last != end:
        return Break(min(last.number, end.number) + 1, "end")
    empty = _head_break("", signed.get(0, ()), fits)
    if empty:
        return Break(0, empty)
    if signed and max(signed) > last.number:
        return Break(last.number + 1, "end")
    return None


def _detail_break(entry: AuditEntry, erased: set[int]) -> str:
    if entry.salt is None or entry.detail is None:
        return "" if entry.number in erased else "detail_missing"
    return "" if entry.commitment == commitment_of(entry.salt, entry.detail) else "detail"


def _head_break(present: str, signed: Sequence[SealedHead], fits: Callable[[SealedHead], bool]) -> str:
    for head in signed:
        if not fits(head):
            return "signature"
        if head.hash != present:
            return "head"
    return ""


def _erased(entries: Sequence[AuditEntry]) -> set[int]:
    """Return the numbers of the entries whose details were erased, as later entries say."""
    found: set[int] = set()
    for entry in entries:
        if entry.detail is None or f'"{ERASURE}"' not in entry.detail:
            continue
        try:
            detail = msgspec.json.decode(entry.detail)
        except msgspec.MsgspecError:
            continue  # its own commitment will not fit, and it is named for that
        if isinstance(detail, dict) and detail.get("source") == ERASURE:
            numbers = detail.get("numbers", ())
            found.update(n for n in numbers if isinstance(n, int) and n < entry.number)
    return found

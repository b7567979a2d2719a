"""Looks for the first place where a firm's audit chain has been tampered with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec

from app.domain.decoders import decoder_of
from app.server.store import AuditEntry, ChainEnd, SealedHead, Store, commitment_of, hash_of

ERASURE = "erasure"
"""Source of the entry that says which entries' details have been erased."""


@dataclass(frozen=True, slots=True)
class Break:
    """The first entry that is not as it was written, and what is wrong with it.

    ``what``: missing, hash, detail (its details are not those it was written with), detail_missing (they are
    gone, and no erasure says so), version (an entry is missing or too many: so say the firm's versions, each
    of which has an entry), head (it is not what was signed on a day), signature (a signed head is not ours),
    end (entries are missing at the end, or were added past the firm's head) or firm (a head was kept of a
    firm that is not there).
    """

    number: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """A firm's chain: how many entries, how many of them without details, and the first break.

    ``compared`` is how many heads that were kept outside the database it was compared with.
    """

    entries: int
    erased: int
    heads: tuple[SealedHead, ...]
    compared: int
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
        version = snapshot.highest_version()
    mine = [head for head in copies if head.firm_id == firm_id]
    return Verified(
        entries=len(entries),
        erased=sum(1 for entry in entries if entry.detail is None),
        heads=tuple(heads),
        compared=len(mine),
        first_break=find_break(entries, end, [*heads, *mine], fits, version),
    )


def missing_firm(copies: Sequence[SealedHead]) -> Verified:
    """Return how it stands with a firm of which heads were kept, and which is not in the database."""
    return Verified(entries=0, erased=0, heads=(), compared=len(copies), first_break=Break(0, "firm"))


def find_break(
    entries: Sequence[AuditEntry],
    end: ChainEnd,
    heads: Sequence[SealedHead] = (),
    fits: Callable[[SealedHead], bool] = lambda _head: True,
    version: int | None = None,
) -> Break | None:
    """Return the first break in the entries, which are in their order, or None.

    An entry whose details were erased is whole, where a later entry says that they were: the chain covers a
    commitment to them. ``version`` is the highest that the firm has had: each has an entry, so that entries
    that were cut off are missed though the chain was closed behind them.
    """
    erased = _erased(entries)
    versions = _Versions()
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
        if not what and not versions.follows(entry):
            what = "version"
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
    if version is not None and not versions.ends_at(version):
        return Break(last.number + 1, "version")
    return None


class _Detail(msgspec.Struct):
    rev: int | None = None


class _Versions:
    """The versions that entries tell of: the first is 1, and each entry's is that of the one before it or the
    next. Details that were erased tell none.
    """

    def __init__(self) -> None:
        self._lowest = 0
        self._highest = 0

    def follows(self, entry: AuditEntry) -> bool:
        """Take in the next entry; tell whether its version can come after the ones before it."""
        self._highest += 1
        told = None
        if entry.detail is not None:
            try:
                told = decoder_of(_Detail).decode(entry.detail).rev
            except msgspec.MsgspecError:
                return False
        if told is None:
            return True
        if not max(self._lowest, 1) <= told <= self._highest:
            return False
        self._lowest = self._highest = told
        return True

    def ends_at(self, version: int) -> bool:
        """Tell whether the firm's version can be this one. An entry that changed no record tells the next."""
        return self._lowest - 1 <= version <= self._highest


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

"""Moments of a firm's history: a client names the newest that it knows of, and this database has it or not.

Every cursor is such a place, and a push's answer gives one that is nothing else. Like a cursor it is signed,
so that nobody finds out by guessing what the audit's chain is.
"""

from __future__ import annotations

from app.server.feed.cursors import SCHEMA, Cursor, CursorSigner
from app.server.identity.principals import Principal
from app.server.problems import ProblemError
from app.server.store import ChainEnd, FirmSnapshot

_MARK = 16
"""Letters of an audit entry's hash that a place carries: 64 bits, and it is signed."""
_NO_SCOPE = -1
"""No scope has this version: what a push gives is refused as a cursor."""


class Places:
    """Writes places, and tells of one whether it is lost."""

    def __init__(self, signer: CursorSigner) -> None:
        self._signer = signer

    def write(self, principal: Principal, epoch: str, head: int, end: ChainEnd) -> str:
        """Return the moment at which the firm had that version, and its audit that end."""
        place = Cursor(
            schema=SCHEMA,
            epoch=epoch,
            firm_id=principal.firm_id,
            staff_id=principal.staff_id,
            scope=_NO_SCOPE,
            start=0,
            rev=head + 1,
            type="",
            id="",
            entry=end.number,
            mark=mark_of(end),
        )
        return self._signer.write(place)

    def is_lost(self, written: str, principal: Principal, snapshot: FirmSnapshot) -> bool:
        """Tell whether the client knows of a moment that this database does not have.

        What cannot be read says nothing: it was signed with keys that are gone, or by another server. Nor
        does what was somebody else's.
        """
        if not written:
            return False
        try:
            place = self._signer.read(written)
        except ProblemError:
            return False
        theirs = (SCHEMA, principal.firm_id, principal.staff_id)
        if (place.schema, place.firm_id, place.staff_id) != theirs:
            return False
        return place.epoch != snapshot.epoch or not is_of_this_history(place, snapshot)


def mark_of(end: ChainEnd) -> str:
    """Return what a place carries of the hash of the firm's last audit entry."""
    return end.hash[:_MARK]


def is_of_this_history(place: Cursor, snapshot: FirmSnapshot) -> bool:
    """Tell whether all that was there at that moment of this life is of the commits that this database has.

    A head alone does not tell: others may have written as many versions since as were lost.
    """
    begins = place.start + 1 if place.is_snapshot else place.rev
    if begins > snapshot.head + 1:
        return False
    if not place.entry:
        return True
    return snapshot.find_chain_hash(place.entry)[:_MARK] == place.mark

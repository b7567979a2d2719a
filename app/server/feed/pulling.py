"""Pull: pages of a snapshot or of changes, each from one view of the database."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from app.contract.wire import GoneReason, ProblemCode, PullAnswer, PullRequest, WireChange
from app.server.feed.actors import find_actor
from app.server.feed.cursors import SCHEMA, Cursor, CursorSigner
from app.server.feed.places import Places, is_of_this_history, mark_of
from app.server.identity.principals import Principal
from app.server.problems import ProblemError, gone
from app.server.store import FirmSnapshot, PageRow, Scope, Store

MAXIMUM_PAGE = 5000
SNAPSHOT = -1
"""In the place of the rev: this cursor goes on with a snapshot."""


class Puller:
    """Answers pulls."""

    def __init__(self, store: Store, signer: CursorSigner) -> None:
        self._store = store
        self._signer = signer
        self._places = Places(signer)

    def pull(self, principal: Principal, device_id: str, request: PullRequest) -> PullAnswer:
        """Return the page after the request's cursor, or the first page of a snapshot.

        Raises:
            ProblemError: 410 ``cursor-gone`` with its reason, 409 ``device-unknown``, 401
            ``sign-in-needed``, 400
                ``invalid`` for a limit that is no number of rows.
        """
        if request.limit < 1:
            raise ProblemError(ProblemCode.INVALID, "limit")
        limit = min(request.limit, MAXIMUM_PAGE)
        with self._store.read(principal.firm_id) as snapshot:
            find_actor(snapshot.reader, principal.staff_id)  # who has left gets nothing more
            scope = snapshot.find_scope(principal.staff_id)
            if scope is None:
                raise ProblemError(ProblemCode.SIGN_IN_NEEDED)
            device = snapshot.devices.find(device_id, principal.staff_id)
            if device is None:
                raise ProblemError(ProblemCode.DEVICE_UNKNOWN)
            if self._places.is_lost(request.place, principal, snapshot):
                raise gone(GoneReason.EPOCH)
            if request.cursor is None:
                cursor = self._place(principal, snapshot, scope, rev=SNAPSHOT, start=snapshot.head)
            else:
                cursor = self._signer.read(request.cursor)
                _check(cursor, principal, snapshot, scope)
            pages = snapshot.pages(principal.staff_id, scope, self._store.clock.today())
            if cursor.is_snapshot:
                rows = pages.snapshot((cursor.type, cursor.id), limit)
            else:
                rows = pages.delta((cursor.rev, cursor.type, cursor.id), snapshot.head, limit)
            is_full = len(rows) == limit
            following = self._following(cursor, rows, snapshot.head, is_full=is_full)
            end = snapshot.chain_end
            following = msgspec.structs.replace(following, entry=end.number, mark=mark_of(end))
            return PullAnswer(
                epoch=snapshot.epoch,
                cursor=self._signer.write(following),
                more=following.is_snapshot or is_full,
                last_seq=device.last_seq,
                head=snapshot.head,
                server_time=self._store.clock.now(),
                changes=_take_changes(rows),
                snapshot=cursor.is_snapshot,
            )

    def _place(
        self, principal: Principal, snapshot: FirmSnapshot, scope: Scope, *, rev: int, start: int
    ) -> Cursor:
        return Cursor(
            schema=SCHEMA,
            epoch=snapshot.epoch,
            firm_id=principal.firm_id,
            staff_id=principal.staff_id,
            scope=scope.version,
            start=start,
            rev=rev,
            type="",
            id="",
        )

    def _following(self, cursor: Cursor, rows: Sequence[PageRow], head: int, *, is_full: bool) -> Cursor:
        """Return where the client is after the page.

        A snapshot ends in the changes since it began, however long it took. A place in the changes is
        rev, type and id: one command may change more rows than a page holds.
        """
        replace = msgspec.structs.replace
        if is_full:
            last = rows[-1]
            rev = SNAPSHOT if cursor.is_snapshot else last[2]
            return replace(cursor, rev=rev, type=last[0], id=last[1])
        if cursor.is_snapshot:
            return replace(cursor, rev=cursor.start + 1, type="", id="", start=0)
        return replace(cursor, rev=head + 1, type="", id="")


def _check(cursor: Cursor, principal: Principal, snapshot: FirmSnapshot, scope: Scope) -> None:
    if cursor.schema != SCHEMA:
        raise gone(GoneReason.SCHEMA)
    if (cursor.firm_id, cursor.staff_id) != (principal.firm_id, principal.staff_id):
        raise gone(GoneReason.INVALID)
    if cursor.epoch != snapshot.epoch:
        raise gone(GoneReason.EPOCH)
    if not is_of_this_history(cursor, snapshot):
        # From a time that this database has lost: what was fetched then is not known here, under any rev. It
        # comes before the scope, since who is told so looks for what they have lost themselves, too.
        raise gone(GoneReason.EPOCH)
    if cursor.scope != scope.version:
        raise gone(GoneReason.ACCESS)
    begins = cursor.start + 1 if cursor.is_snapshot else cursor.rev
    if begins <= snapshot.floor:  # tombstones up to it are no longer there to be told
        raise gone(GoneReason.EXPIRED)


def _take_changes(rows: list[PageRow]) -> tuple[WireChange, ...]:
    """Return the rows as changes, and empty the list on the way: a page is in memory once and not twice."""
    rows.reverse()
    changes = []
    while rows:
        changes.append(_change(rows.pop()))
    return tuple(changes)


def _change(row: PageRow) -> WireChange:
    type_name, id_, rev, removed, data = row
    if removed:
        return WireChange(t=type_name, id=id_, rev=rev, removed=removed)
    # As it is stored: nothing on this path decodes a record.
    return WireChange(t=type_name, id=id_, rev=rev, data=msgspec.Raw(data.encode()))

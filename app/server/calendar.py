"""What happens because a day has come: ends are carried out, substitutes' days run out, staff have left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from app.domain.access import derive_access
from app.domain.changes import Actor, Context, Effect, EffectBuilder, Reader
from app.domain.records import ACCESS_STATES, Collaboration, CollaborationState, Participation, Staff
from app.domain.staff_effects import end_staff
from app.domain.vendor_answers import end_if_due
from app.server.day import DayWatch
from app.server.identity.issuer import Issuer
from app.server.store.chain import undone_since
from app.server.store.store import FirmSnapshot, Store

CALENDAR = Actor(name="calendar", kind="server")
Make = Callable[[Reader, Context], Effect]


class CalendarWorker:
    """Goes through the firms once a day, and at the server's start."""

    name = "calendar"

    def __init__(self, store: Store, issuer: Issuer) -> None:
        self._store = store
        self._issuer = issuer
        self._day = DayWatch(store.clock)

    def run_once(self) -> int:
        """Let happen what today brings; return how much that was."""
        if self._day.is_done:
            return 0
        count = sum(self._run_firm(firm_id) for firm_id in self._store.list_firms())
        self._day.note_done()
        return count

    def next_due_at(self) -> datetime | None:
        """Return when the day is over."""
        return self._day.next_due_at()

    def _run_firm(self, firm_id: str) -> int:
        today = self._store.clock.today()
        with self._store.read(firm_id) as snapshot:
            left = [one.id for one in snapshot.reader.walk("staff", '"state":"left"')]
            gone = left + _list_leavers(snapshot, today)
        for staff_id in gone:
            self._issuer.revoke_staff(staff_id, "left")
        # Ends first, then who has left: what has ended gives nobody access any more.
        return (
            self._write_each(firm_id, "end", lambda snapshot: _list_due_ends(snapshot, today), _end)
            + self._write_each(firm_id, "left", lambda snapshot: _list_leavers(snapshot, today), _leave)
            + self._write_each(firm_id, "access", self._list_stale_access, _derive)
        )

    def _write_each(
        self,
        firm_id: str,
        what: str,
        list_ids: Callable[[FirmSnapshot], list[str]],
        make: Callable[[str, Reader, Context], Effect],
    ) -> int:
        with self._store.read(firm_id) as snapshot:
            ids = list_ids(snapshot)
        for id_ in ids:
            # One transaction each: commands of people get their turn in between.
            with self._store.write(firm_id) as transaction:
                effect = make(id_, transaction.reader, transaction.context(CALENDAR))
                source = f"calendar:{what}:{id_}:{transaction.today.isoformat()}"
                transaction.write(effect, by=CALENDAR, source=source)
        return len(ids)

    def _list_stale_access(self, snapshot: FirmSnapshot) -> list[str]:
        """Return the collaborations whose access is not what it should be today.

        Only engagements where somebody's first day has come or last day has passed since the server was last
        here can have any.
        """
        today = self._store.clock.today()
        context = Context(actor=CALENDAR, now=self._store.clock.now(), today=today)
        since = undone_since(snapshot.list_heads(), today)
        reader = snapshot.reader
        engagements = {
            record.engagement_id
            for record in reader.list_turning("participation", since, today)
            if isinstance(record, Participation)
        }
        return [
            one.id
            for engagement_id in sorted(engagements)
            for one in reader.list_children("collaboration", engagement_id)
            if isinstance(one, Collaboration)
            and one.state in ACCESS_STATES
            and _derive(one.id, reader, context).changes
        ]


def _list_due_ends(snapshot: FirmSnapshot, today: date) -> list[str]:
    return [
        one.id
        for one in snapshot.reader.list_due("collaboration", today)
        if isinstance(one, Collaboration)
        and one.state == CollaborationState.ENDING
        and one.end_confirmed_at is not None
        and one.ends_on is not None
        and one.ends_on <= today
    ]


def _list_leavers(snapshot: FirmSnapshot, today: date) -> list[str]:
    due = snapshot.reader.list_due("staff", today)
    return [one.id for one in due if isinstance(one, Staff) and _is_over(one, today)]


def _is_over(staff: Staff, today: date) -> bool:
    return staff.state == "leaving" and staff.left_on is not None and staff.left_on < today


def _end(id_: str, reader: Reader, context: Context) -> Effect:
    return end_if_due(id_, reader, context)


def _leave(id_: str, reader: Reader, context: Context) -> Effect:
    builder = EffectBuilder(reader, context, f"{id_}:left:{context.today.isoformat()}")
    staff = builder.find(Staff, id_)
    if staff is not None and staff.state == "leaving":
        end_staff(builder, staff)
    return builder.build()


def _derive(id_: str, reader: Reader, context: Context) -> Effect:
    builder = EffectBuilder(reader, context, f"{id_}:access:{context.today.isoformat()}")
    collaboration = builder.find(Collaboration, id_)
    if collaboration is not None:
        change = derive_access(builder, collaboration)
        if change.gained or change.lost:
            before, after = ", ".join(change.lost), ", ".join(change.gained)
            builder.event(collaboration, "access_by_calendar", before=before, after=after)
    return builder.build()

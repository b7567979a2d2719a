"""What has happened with a customer, as a person reads it."""

from __future__ import annotations

from datetime import UTC, datetime

from app.contract.wire import HistoryAnswer, HistoryEntry, ProblemCode
from app.domain.changes import EffectBuilder, customer_of
from app.domain.effects import Context, RejectedError
from app.domain.records import Event, Staff
from app.server.feed.actors import find_actor
from app.server.identity.principals import Principal
from app.server.problems import ProblemError
from app.server.store import FirmSnapshot, Store

MAXIMUM_ENTRIES = 500
_BEGINNING = datetime.min.replace(tzinfo=UTC)


def list_history(store: Store, principal: Principal, customer_id: str, before: str = "") -> HistoryAnswer:
    """Return what has happened with the customer, the latest first, at most 500 entries.

    ``before`` is the id of the last entry of the page before. A customer that is unknown and one that the
    person may not see are told apart by nothing.

    Raises:
        ProblemError: 404 ``not-found``, 401 ``sign-in-needed``.
    """
    with store.read(principal.firm_id) as snapshot:
        actor = find_actor(snapshot.reader, principal.staff_id)
        context = Context(actor=actor, now=store.clock.now(), today=store.clock.today())
        try:
            customer_of(EffectBuilder(snapshot.reader, context, "history"), customer_id)
        except RejectedError as error:
            raise ProblemError(ProblemCode.NOT_FOUND) from error
        events = [e for e in snapshot.reader.list_of_customer("event", customer_id) if isinstance(e, Event)]
        events.sort(key=lambda event: (event.at or _BEGINNING, event.id), reverse=True)
        if before:
            ids = [event.id for event in events]
            if before not in ids:
                raise ProblemError(ProblemCode.NOT_FOUND, "before")
            events = events[ids.index(before) + 1 :]
        page = events[:MAXIMUM_ENTRIES]
        names = _names(snapshot, page)
        return HistoryAnswer(
            entries=tuple([_entry(event, names) for event in page]), more=len(events) > len(page)
        )


def _names(snapshot: FirmSnapshot, events: list[Event]) -> dict[str, str]:
    ids = {event.by for event in events if event.by_kind == "staff"}
    found = [snapshot.reader.find("staff", id_) for id_ in sorted(ids)]
    return {staff.id: staff.name for staff in found if isinstance(staff, Staff)}


def _entry(event: Event, names: dict[str, str]) -> HistoryEntry:
    return HistoryEntry(
        id=event.id,
        at=event.at,
        what=event.what,
        by=event.by,
        by_name=names.get(event.by, "" if event.by_kind == "staff" else event.by),
        by_kind=event.by_kind,
        about_type=event.about.type,
        about_id=event.about.id,
        before=event.before,
        after=event.after,
        cause=event.correlation_id,
    )

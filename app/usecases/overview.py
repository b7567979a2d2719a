"""Overview: collaborations by service and state and over time, what waits for how long, and what is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.domain.records import CollaborationState
from app.storage.database import Unit
from app.storage.keyvalues import get_session
from app.usecases.workspace import Workspace

MONTHS = 12
WAITING_BOUNDS = (7, 14, 30)
"""Days: an invitation waits up to 7 days, 8 to 14, 15 to 30, or longer."""


_FAR = "9999-12-31"
_GROUP_OF: dict[str, str] = {
    CollaborationState.ACTIVE: "active",
    CollaborationState.ENDING: "ending",
    CollaborationState.PENDING: "waiting",
    CollaborationState.RECEIVED: "on_the_way",
    CollaborationState.REGISTERING: "on_the_way",
    CollaborationState.STOPPED: "on_the_way",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFigures:
    """How many collaborations of one service there are; ``service`` is empty where it is not known.

    ``on_the_way`` are registered or received, ``ending`` have a last day.
    """

    service: str
    active: int = 0
    waiting: int = 0
    on_the_way: int = 0
    ending: int = 0

    @property
    def total(self) -> int:
        """Return how many there are in all."""
        return self.active + self.waiting + self.on_the_way + self.ending


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthFigures:
    """One month: what ran on its last day (today for the present one), what began and what ended in it."""

    last_day: date
    active: int
    began: int
    ended: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewFigures:
    """Everything that the screen shows.

    ``waiting`` has one count per span of ``WAITING_BOUNDS``, the longest last; ``unlinked`` is (source,
    count). ``pulled_at`` is the last completed pull; ``oldest_check`` the oldest answer of the vendor about
    an active customer, and ``never_checked`` how many have none.
    """

    services: tuple[ServiceFigures, ...]
    months: tuple[MonthFigures, ...]
    waiting: tuple[int, ...]
    unlinked: tuple[tuple[str, int], ...]
    missing_engagement: int
    customers: int
    pulled_at: datetime | None
    oldest_check: datetime | None
    never_checked: int

    @property
    def active(self) -> int:
        """Return how many collaborations run today."""
        return sum(one.active + one.ending for one in self.services)


class Overview:
    """Queries of the screen."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def read(self, service: str | None = None) -> OverviewFigures:
        """Return the figures now; ``service`` narrows the months to one service ("" is the unknown one)."""
        now = self._workspace.clock.now()
        today = self._workspace.clock.today()
        with self._workspace.read() as unit:
            pulled_at = get_session(unit, "pulled_at")
            checks = unit.row(
                "SELECT min(checked_at), sum(checked_at IS NULL), count(*) FROM shown_customer"
                " WHERE state = 'active'"
            )
            oldest, never, customers = checks if checks is not None else (None, 0, 0)
            return OverviewFigures(
                services=_services(unit),
                months=tuple(_month(unit, last, service) for last in _last_days(today)),
                waiting=_waiting(unit, now),
                unlinked=tuple(
                    (str(row[0]), int(row[1]))
                    for row in unit.rows(
                        "SELECT source, count(*) FROM shown_collaboration WHERE unlinked = 1"
                        " GROUP BY 1 ORDER BY 2 DESC, 1"
                    )
                ),
                missing_engagement=int(
                    unit.value(
                        "SELECT count(*) FROM shown_collaboration"
                        " WHERE unlinked = 1 AND customer_id IS NOT NULL"
                    )
                ),
                customers=int(customers or 0),
                pulled_at=datetime.fromisoformat(pulled_at) if pulled_at else None,
                oldest_check=datetime.fromisoformat(oldest) if oldest else None,
                never_checked=int(never or 0),
            )


def _services(unit: Unit) -> tuple[ServiceFigures, ...]:
    counted: dict[str, dict[str, int]] = {}
    for service, state, number in unit.rows(
        "SELECT coalesce(service, ''), state, count(*) FROM shown_collaboration GROUP BY 1, 2"
    ):
        group = _GROUP_OF.get(str(state))
        if group is not None:
            counts = counted.setdefault(str(service), {})
            counts[group] = counts.get(group, 0) + int(number)
    found = [ServiceFigures(service=service, **counts) for service, counts in counted.items()]
    return tuple(sorted(found, key=lambda one: (one.service == "", -one.total, one.service)))


def _last_days(today: date) -> list[date]:
    """Return the last days of the months up to this one, the oldest first; today for this one."""
    days = [today]
    first = today.replace(day=1)
    while len(days) < MONTHS:
        days.append(first - timedelta(days=1))
        first = (first - timedelta(days=1)).replace(day=1)
    return days[::-1]


def _month(unit: Unit, last: date, service: str | None) -> MonthFigures:
    """What ends on a day does not run that day; what has ended without a day is not counted."""
    first = last.replace(day=1).isoformat()
    day, service_is = last.isoformat(), "" if service is None else " AND coalesce(service, '') = ?"
    more = () if service is None else (service,)
    began = "started_on BETWEEN ? AND ?"
    ended = "state = 'ended' AND ends_on BETWEEN ? AND ?"
    runs = "started_on <= ? AND coalesce(ends_on, CASE state WHEN 'ended' THEN '' ELSE ? END) > ?"
    row = unit.row(
        f"SELECT coalesce(sum({runs}), 0), coalesce(sum({began}), 0), coalesce(sum({ended}), 0)"
        f" FROM shown_collaboration WHERE state IN ('active', 'ending', 'ended'){service_is}",
        (day, _FAR, day, first, day, first, day, *more),
    )
    active, begun, over = row if row is not None else (0, 0, 0)
    return MonthFigures(last_day=last, active=int(active), began=int(begun), ended=int(over))


def _waiting(unit: Unit, now: datetime) -> tuple[int, ...]:
    counts = [0] * (len(WAITING_BOUNDS) + 1)
    for (sent_at,) in unit.rows(
        "SELECT sent_at FROM shown_invitation WHERE state = 'sent' AND sent_at IS NOT NULL"
    ):
        days = (now - datetime.fromisoformat(str(sent_at))).days
        counts[sum(days > bound for bound in WAITING_BOUNDS)] += 1
    return tuple(counts)

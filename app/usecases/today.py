"""What needs somebody this morning: the start screen, in one question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import Any

from app.domain.end_rules import next_period
from app.domain.records import InvitationState
from app.storage.collaboration_rows import CollaborationFilter, count_by_state
from app.storage.database import Unit
from app.storage.engagement_rows import EngagementFilter
from app.storage.engagement_rows import count_by_state as count_engagements
from app.storage.overlay import who_acts
from app.usecases.activation_values import DraftSummary
from app.usecases.attention import AttentionItem, list_attention
from app.usecases.invitations import InvitationLine, Invitations
from app.usecases.workspace import Workspace

LONG_WAIT = timedelta(days=7)
SOON = timedelta(days=30)
NEW_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndNews:
    """A collaboration that somebody else than the firm has ended, or that ends or renews soon.

    ``day`` is a local day as text. ``by`` is customer or vendor where one of them ended it. ``problem`` is
    the code of what the vendor refused (an end, a change), until it is tried again.
    """

    collaboration_id: str
    customer_id: str | None
    name: str
    service: str
    day: str
    by: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """What the calendar brings within SOON: ends, periods that renew, fiscal years that are over."""

    ending: tuple[EndNews, ...]
    renewing: tuple[EndNews, ...]
    to_roll: int
    refused: tuple[EndNews, ...] = ()

    @property
    def is_clear(self) -> bool:
        """Tell whether nothing comes."""
        return not (self.ending or self.renewing or self.to_roll or self.refused)


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """The sections of the start screen. ``waiting`` are over LONG_WAIT, the longest first.

    ``answered`` and ``ended`` (by the customer) came within NEW_FOR, newest first. ``unlinked`` have no
    customer, ``missing_engagement`` have one; both are for the whole firm.
    """

    attention: tuple[AttentionItem, ...]
    answered: tuple[InvitationLine, ...]
    ended: tuple[EndNews, ...]
    waiting: tuple[InvitationLine, ...]
    waiting_all: int
    unlinked: int
    missing_engagement: int
    drafts: tuple[DraftSummary, ...]

    @property
    def is_clear(self) -> bool:
        """Tell whether there is nothing at all to do."""
        return (
            not (self.attention or self.answered or self.waiting or self.unlinked or self.missing_engagement)
            and not self.drafts
            and not self.ended
        )


class TodayScreen:
    """The query of the screen *Att göra*."""

    def __init__(
        self,
        workspace: Workspace,
        invitations: Invitations,
        list_drafts: Callable[[], tuple[DraftSummary, ...]],
    ) -> None:
        self._workspace = workspace
        self._invitations = invitations
        self._list_drafts = list_drafts

    def load(self, *, mine: bool = False) -> Today:
        """Return what there is to do, for everybody or for customers where the person is involved."""
        now = self._workspace.clock.now()
        found = self._invitations.list_current(now - NEW_FOR)
        with self._workspace.read() as unit:
            attention = list_attention(unit)
            missing_engagement = _missing_engagement(unit)
            counts = count_by_state(unit, CollaborationFilter())
            own = _own_customers(unit) if mine else None
            ended = _ended_by_others(unit, (now - NEW_FOR).isoformat())
        unlinked = sum(count for (_, is_unlinked), count in counts.items() if is_unlinked)
        if own is not None:
            attention = [a for a in attention if a.customer_id is None or a.customer_id in own]
            found = [line for line in found if line.customer_id in own]
            ended = [one for one in ended if one.customer_id in own]
        open_lines = [line for line in found if line.is_open]
        waiting = [line for line in open_lines if line.days is not None and line.days > LONG_WAIT.days]
        waiting.sort(key=lambda line: (-(line.days or 0), line.name))
        answered = [
            line for line in found if (came_at := _news_at(line)) is not None and now - came_at <= NEW_FOR
        ]
        answered.sort(key=lambda line: _news_at(line) or now, reverse=True)
        return Today(
            attention=tuple(attention),
            answered=tuple(answered),
            ended=tuple(ended),
            waiting=tuple(waiting),
            waiting_all=len(open_lines),
            unlinked=unlinked - missing_engagement,
            missing_engagement=missing_engagement,
            drafts=self._list_drafts(),
        )

    def load_calendar(self, *, mine: bool = False) -> Calendar:
        """Return what comes within SOON; apart, since it looks at every running agreement period."""
        today = self._workspace.clock.today()
        with self._workspace.read() as unit:
            own = _own_customers(unit) if mine else None
            me, _ = who_acts(unit)
            ending = _ending(unit, today, today + SOON)
            renewing = _renewing(unit, today, today + SOON)
            refused = _refused(unit)
            due = EngagementFilter(today=today, state="due", staff_id=me if mine else None)
            to_roll = count_engagements(unit, due)["due"]
        if own is not None:
            ending = [one for one in ending if one.customer_id in own]
            renewing = [one for one in renewing if one.customer_id in own]
            refused = [one for one in refused if one.customer_id in own]
        return Calendar(
            ending=tuple(ending), renewing=tuple(renewing), to_roll=to_roll, refused=tuple(refused)
        )


def _ended_by_others(unit: Unit, since: str) -> list[EndNews]:
    """What the customer or the vendor has ended and the server has told of since then, newest first."""
    rows = unit.rows(
        "SELECT k.id, k.customer_id, k.name, k.service, k.ends_on, k.ended_by,"
        # Events are the server's alone, and through the view of what is present SQLite would walk all of it.
        " (SELECT max(json_extract(e.data, '$.at')) FROM mirror e WHERE e.parent_id = k.id"
        " AND +e.type = 'event' AND json_extract(e.data, '$.what') = 'ended_elsewhere') AS told"
        " FROM shown_collaboration k WHERE k.ended_by > '' AND k.ended_by IN ('customer', 'vendor')"
        " AND k.state IN ('ending', 'ended') AND told >= ?"
        " ORDER BY told DESC, k.name_key",
        (since,),
    )
    return [_news(row[:5], by=str(row[5])) for row in rows]


def _ending(unit: Unit, today: date, until: date) -> list[EndNews]:
    rows = unit.rows(
        "SELECT id, customer_id, name, service, ends_on FROM shown_collaboration"
        " WHERE state = 'ending' AND ends_on BETWEEN ? AND ? ORDER BY ends_on, name_key",
        (today.isoformat(), until.isoformat()),
    )
    return [_news(row) for row in rows]


def _renewing(unit: Unit, today: date, until: date) -> list[EndNews]:
    """What renews until then, by day. Periods that begin on one day renew together, so days are few."""
    running = "period_from > '' AND period_months > 0 AND +state = 'active'"
    found = []
    for period_from, months in unit.rows(
        f"SELECT DISTINCT period_from, period_months FROM shown_collaboration WHERE {running}"
    ):
        renews = next_period(date.fromisoformat(str(period_from)), int(months), today)
        if renews <= until:
            rows = unit.rows(
                "SELECT id, customer_id, name, service, name_key FROM shown_collaboration"
                f" WHERE {running} AND period_from = ? AND period_months = ? AND customer_id IS NOT NULL",
                (period_from, months),
            )
            found += [((renews, str(row[4])), _news((*row[:4], renews.isoformat()))) for row in rows]
    return [one for _, one in sorted(found, key=itemgetter(0))]


def _refused(unit: Unit) -> list[EndNews]:
    """What the vendor has refused of ends and changes, until somebody tries again."""
    rows = unit.rows(
        "SELECT id, customer_id, name, service, ends_on, problem FROM shown_collaboration"
        " WHERE problem > '' ORDER BY name_key"
    )
    return [replace(_news(row[:5]), problem=str(row[5])) for row in rows]


def _news(row: Sequence[Any], by: str = "") -> EndNews:
    return EndNews(
        collaboration_id=str(row[0]),
        customer_id=str(row[1]) if row[1] else None,
        name=str(row[2]),
        service=str(row[3] or ""),
        day=str(row[4] or ""),
        by=by,
    )


def _missing_engagement(unit: Unit) -> int:
    return int(
        unit.value("SELECT count(*) FROM shown_collaboration WHERE unlinked = 1 AND customer_id IS NOT NULL")
    )


def _news_at(line: InvitationLine) -> datetime | None:
    """Return when something came of the invitation that nobody at the firm did."""
    if line.state == InvitationState.ANSWERED:
        return line.answered_at
    return line.withdrawn_at if line.withdrawn_because else None


def _own_customers(unit: Unit) -> frozenset[str]:
    me, _ = who_acts(unit)
    rows = unit.rows("SELECT DISTINCT customer_id FROM shown_customer_staff WHERE staff_id = ?", (me,))
    return frozenset(str(row[0]) for row in rows)

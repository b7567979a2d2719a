"""What needs somebody this morning: the start screen, in one question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from app.domain.records import InvitationState
from app.storage.collaboration_rows import CollaborationFilter, count_by_state
from app.storage.database import Unit
from app.storage.overlay import who_acts
from app.usecases.activation_values import DraftSummary
from app.usecases.attention import AttentionItem, list_attention
from app.usecases.invitations import InvitationLine, Invitations
from app.usecases.workspace import Workspace

LONG_WAIT = timedelta(days=7)
NEW_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """The sections of the start screen. ``waiting`` are over LONG_WAIT, the longest first.

    ``answered`` came within NEW_FOR, newest first. ``unlinked`` have no customer,
    ``missing_engagement`` have one; both are for the whole firm.
    """

    attention: tuple[AttentionItem, ...]
    answered: tuple[InvitationLine, ...]
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
        found = self._invitations.list_sent().rows
        with self._workspace.read() as unit:
            attention = list_attention(unit)
            missing_engagement = _missing_engagement(unit)
            counts = count_by_state(unit, CollaborationFilter())
            own = _own_customers(unit) if mine else None
        unlinked = sum(count for (_, is_unlinked), count in counts.items() if is_unlinked)
        if own is not None:
            attention = [a for a in attention if a.customer_id is None or a.customer_id in own]
            found = tuple(line for line in found if line.customer_id in own)
        open_lines = [line for line in found if line.is_open]
        waiting = [line for line in open_lines if line.days is not None and line.days > LONG_WAIT.days]
        waiting.sort(key=lambda line: (-(line.days or 0), line.name))
        answered = [
            line
            for line in found
            if line.state == InvitationState.ANSWERED
            and line.answered_at is not None
            and now - line.answered_at <= NEW_FOR
        ]
        answered.sort(key=lambda line: line.answered_at or now, reverse=True)
        return Today(
            attention=tuple(attention),
            answered=tuple(answered),
            waiting=tuple(waiting),
            waiting_all=len(open_lines),
            unlinked=unlinked - missing_engagement,
            missing_engagement=missing_engagement,
            drafts=self._list_drafts(),
        )


def _missing_engagement(unit: Unit) -> int:
    return int(
        unit.value("SELECT count(*) FROM shown_collaboration WHERE unlinked = 1 AND customer_id IS NOT NULL")
    )


def _own_customers(unit: Unit) -> frozenset[str]:
    me, _ = who_acts(unit)
    rows = unit.rows("SELECT DISTINCT customer_id FROM shown_customer_staff WHERE staff_id = ?", (me,))
    return frozenset(str(row[0]) for row in rows)

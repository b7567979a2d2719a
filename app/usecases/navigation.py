"""The numbers at the names of the screens, in one read."""

from __future__ import annotations

from dataclasses import dataclass

from app.storage.keyvalues import has_fetched
from app.storage.outbox import CommandState, count_by_state
from app.usecases.attention import list_attention
from app.usecases.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class NavigationFigures:
    """What the navigation counts. ``waiting`` are sent invitations without an answer.

    Before anything has been fetched a zero says nothing: ``is_fetched`` is false then.
    """

    attention: int = 0
    customers: int = 0
    unlinked: int = 0
    waiting: int = 0
    outbox: int = 0
    is_fetched: bool = True


class Navigation:
    """Queries of the navigation."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def read(self) -> NavigationFigures:
        """Return the figures now."""
        with self._workspace.read() as unit:
            states = count_by_state(unit)
            return NavigationFigures(
                attention=len(list_attention(unit)),
                customers=int(unit.value("SELECT count(*) FROM shown_customer WHERE state = 'active'")),
                unlinked=int(unit.value("SELECT count(*) FROM shown_collaboration WHERE unlinked = 1")),
                waiting=int(unit.value("SELECT count(*) FROM shown_invitation WHERE state = 'sent'")),
                outbox=states.get(CommandState.QUEUED, 0) + states.get(CommandState.SENDING, 0),
                is_fetched=has_fetched(unit),
            )

"""The status line: how old what is shown is, what waits, and what needs a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.what_changed import SyncState
from app.storage.keyvalues import find_server_time, get_session, has_fetched
from app.storage.outbox import CommandState, count_by_state
from app.sync.connection import Connection
from app.usecases.attention import list_attention
from app.usecases.workspace import Workspace

STALLED_AFTER = timedelta(minutes=15)
CLOCK_TOLERANCE = timedelta(minutes=10)
"""More than an answer is ever on its way, and little enough that the day is mostly the same."""

__all__ = ["StatusLine", "StatusQueries", "SyncState", "WrongClock"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongClock:
    """What this machine's clock and the server's showed at the same moment."""

    here: datetime
    there: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusLine:
    """What the line says.

    ``connection`` is never, starting, connected, offline, sign_in_needed, not_our_server, upgrade_needed,
    server_upgrade_needed or
    paused; ``is_offline`` means that what is shown may be old. ``code`` has a sentence where something is
    wrong, about ``host``, the server's name. ``waiting`` counts decisions without an outcome, ``attention``
    what a person has to decide.
    ``is_stalled``: there is contact, but the queue has not moved for 15 minutes. ``wrong_clock`` where the
    clocks of machine and server were far apart at the last fetch.
    """

    connection: str
    is_offline: bool
    is_running: bool
    last_pull_at: datetime | None
    next_try_at: datetime | None
    waiting: int
    attention: int
    is_stalled: bool
    received: int
    code: str
    host: str = ""
    wrong_clock: WrongClock | None = None


class StatusQueries:
    """Queries and commands of the status line."""

    def __init__(self, workspace: Workspace, connection: Connection) -> None:
        self._workspace = workspace
        self._connection = connection

    def read(self) -> StatusLine:
        """Return what the line says now."""
        state = self._connection.runner.state
        with self._workspace.read() as unit:
            states = count_by_state(unit)
            attention = len(list_attention(unit))
            pulled_at = get_session(unit, "pulled_at")
            server_time = find_server_time(unit)
        waiting = states.get(CommandState.QUEUED, 0) + states.get(CommandState.SENDING, 0)
        still = self._connection.runner.seconds_still
        stalled = (
            state.connection == "connected"
            and waiting > 0
            and still is not None
            and still > STALLED_AFTER.total_seconds()
        )
        fetched_at = datetime.fromisoformat(pulled_at) if pulled_at else None
        wrong_clock = None
        if state.connection == "connected" and fetched_at is not None and server_time is not None:
            wrong_clock = compare_clocks(fetched_at, server_time)
        return StatusLine(
            connection=state.connection,
            is_offline=state.connection not in ("connected", "starting"),
            is_running=state.running,
            last_pull_at=fetched_at,
            next_try_at=state.next_try_at,
            waiting=waiting,
            attention=attention + int(stalled),
            is_stalled=stalled,
            received=state.received,
            code=state.code,
            host=self._connection.transport.host,
            wrong_clock=wrong_clock,
        )

    def has_fetched(self) -> bool:
        """Tell whether an empty list means that there is nothing: before the first pull it does not."""
        with self._workspace.read() as unit:
            return has_fetched(unit)

    def synchronise_now(self) -> None:
        """Make a round at once (F5)."""
        self._connection.runner.sync_now()

    def pause(self) -> None:
        """Make no rounds until ``resume``."""
        self._connection.runner.pause()

    def resume(self) -> None:
        """Go on after a pause."""
        self._connection.runner.resume()


def compare_clocks(here: datetime, there: datetime) -> WrongClock | None:
    """Return both, where they are too far apart for dates that are worked out here to be relied on."""
    return WrongClock(here=here, there=there) if abs(here - there) > CLOCK_TOLERANCE else None

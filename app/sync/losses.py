"""What is done where a server has lost commits: what is still there is asked for, the rest is sent again.

The client knows of a newest moment of the server's history (the session's ``place``). All that is called done
here was there at that moment, so that its loss is noticed by whatever is asked for next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.contract.wire import OutcomeStatus, PushAnswer
from app.storage.database import Database, Unit
from app.storage.journal import list_perhaps_lost, replay
from app.storage.keyvalues import get_session, put_session
from app.storage.outbox import OutboxEntry

_ASKED_AT_ONCE = 100
"""Commands whose outcomes are asked for in one address."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Ids of the commands that the server still has as applied, and the moment of its history at which it
    was asked: empty where it tells of none, or nothing was asked.
    """

    ids: frozenset[str] = frozenset()
    place: str = ""


def ask_what_is_kept(
    database: Database, ask: Callable[[str, Sequence[str]], PushAnswer], device: str, epoch: str
) -> Kept:
    """Return which commands that it may have lost the server still has as applied; ``ask`` gives outcomes."""
    with database.read() as unit:
        ids = [entry.command.id for entry in list_perhaps_lost(unit)]
    kept: set[str] = set()
    place = ""
    for start in range(0, len(ids), _ASKED_AT_ONCE):
        answer = ask(device, ids[start : start + _ASKED_AT_ONCE])
        if answer.epoch == epoch:
            kept.update(r.id for r in answer.results if r.status == OutcomeStatus.APPLIED)
            place = place or answer.place  # the first: what is lost between two questions is noticed, too
    return Kept(frozenset(kept), place)


def queue_again(unit: Unit, epoch: str, last_seq: int, kept: Kept) -> list[OutboxEntry]:
    """Queue what is lost, and know from now on of the moment at which the server was asked.

    The place that was lost is gone with it: it would be refused for ever.
    """
    put_session(unit, place=kept.place or None)
    return replay(unit, epoch=epoch, last_seq=last_seq, kept=kept.ids)


def place_beyond(unit: Unit, cursor: str | None) -> str:
    """Return the newest moment of the server's history that is known here, unless the cursor is from it.

    Empty where the server has said already that it is lost, and what is there is being fetched.
    """
    place = str(get_session(unit, "place", ""))
    return "" if place == cursor or get_session(unit, "may_have_lost") else place

"""Pages of a pull on their way into the mirror.

A delta goes to the mirror; a snapshot to the staging area, which takes the mirror's place when it is whole.
What is written to the mirror mid-way is marked ``stale``: the lists are then made anew at the end, or at the
next start.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field

from app.contract.wire import PullAnswer, WireChange
from app.domain.records import RECORD_TYPES
from app.storage.database import Unit
from app.storage.keyvalues import get_session, put_session
from app.storage.mirror import (
    MirrorChange,
    MirrorRow,
    apply_changes,
    clear_staging,
    make_rows,
    stage,
    swap_staging,
)
from app.storage.overlay import Affected

_STAGING = "staging"


@dataclass(slots=True)
class PullProgress:
    """What has been received and not written yet. ``loading`` tells of a snapshot that is under way."""

    cursor: str | None
    loading: str
    pages: int = 0
    _snapshot: list[MirrorRow] = field(default_factory=list)
    _delta: list[WireChange] = field(default_factory=list)
    _is_whole: bool = False
    _wrote_anew: bool = False
    _was_stale: bool = False

    @classmethod
    def begin(cls, unit: Unit) -> PullProgress:
        """Go on where the last transaction stopped."""
        return cls(
            cursor=get_session(unit, "cursor"),
            loading=get_session(unit, "loading", ""),
        )

    def add(self, answer: PullAnswer) -> None:
        """Take in a page."""
        if answer.snapshot:
            self.loading = _STAGING
            self._snapshot += make_rows(answer.changes)
        else:
            self._is_whole = True
            self._delta += answer.changes
        self.cursor = answer.cursor
        self.pages += 1

    def room(self, unit: Unit) -> AbstractContextManager[None]:
        """Give the last transaction of a snapshot memory for going through all of it."""
        return unit.room() if self.loading else nullcontext()

    def write(self, unit: Unit) -> MirrorChange:
        """Write what was received, and the cursor, in one transaction."""
        was_stale = bool(get_session(unit, "stale"))
        is_stale = was_stale or bool(self._delta) or self._is_whole
        if self._snapshot:
            stage(unit, self._snapshot)
        if self._is_whole and self.loading:
            swap_staging(unit)
            self.loading = ""
            self._wrote_anew = True
        change = apply_changes(unit, self._delta) if self._delta else MirrorChange(set(), Affected())
        self._was_stale = self._was_stale or was_stale
        put_session(unit, cursor=self.cursor, loading=self.loading or None, stale=1 if is_stale else None)
        put_session(unit, known_types=sorted(RECORD_TYPES))
        self._snapshot, self._delta, self.pages = [], [], 0
        return change

    @property
    def shows_everything_anew(self) -> bool:
        """Tell whether more was written than the last transaction's changes."""
        return self._wrote_anew or self._was_stale


def knew_these_types(unit: Unit) -> bool:
    """Tell whether the program that wrote the mirror knew every type of records that this one knows.

    An older one passed the others over. Its cursor is past them, and nothing would bring them.
    """
    known = get_session(unit, "known_types")
    return known is None or set(known) >= RECORD_TYPES.keys()


def begin_again(unit: Unit) -> None:
    """Forget the cursor: the next pull is a snapshot, while what is there stays on the screen."""
    clear_staging(unit)
    put_session(unit, cursor=None, loading=None)


def restart_mirror(unit: Unit) -> None:
    """Empty the cache of the server's rows, for another person's sign-in."""
    unit.run("DELETE FROM mirror")
    begin_again(unit)
    put_session(unit, pulled_at=None, pulled_head=None)

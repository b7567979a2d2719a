"""Pages of a pull on their way into the mirror.

A delta goes to the mirror; a snapshot to the staging area, which takes the mirror's place when it is whole,
or straight to the mirror where that is empty. Whatever is written mid-way is marked ``stale``: the lists are
then made anew at the end, or at the next start.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from app.contract.wire import PullAnswer, WireChange
from app.storage.database import Unit
from app.storage.keyvalues import get_session, put_session
from app.storage.mirror import (
    MirrorChange,
    apply_changes,
    clear_staging,
    is_empty,
    load_first,
    stage,
    swap_staging,
)
from app.storage.overlay import Affected

_FIRST = "first"
_STAGING = "staging"


@dataclass(slots=True)
class PullProgress:
    """What has been received and not written yet. ``loading`` is how a snapshot under way is taken in."""

    cursor: str | None
    loading: str
    was_empty: bool
    pages: int = 0
    _snapshot: list[WireChange] = field(default_factory=list)
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
            was_empty=is_empty(unit),
        )

    def add(self, answer: PullAnswer) -> None:
        """Take in a page."""
        if answer.snapshot:
            if self.cursor is None:
                self.loading = _FIRST if self.was_empty else _STAGING
            self._snapshot += answer.changes
        else:
            self._is_whole = True
            self._delta += answer.changes
        self.cursor = answer.cursor
        self.pages += 1

    def write(self, unit: Unit) -> MirrorChange:
        """Write what was received, and the cursor, in one transaction."""
        if self._snapshot:
            (load_first if self.loading == _FIRST else stage)(unit, self._snapshot)
        if self._is_whole and self.loading:
            if self.loading == _STAGING:
                swap_staging(unit)
            self.loading = ""
            self._wrote_anew = True
        change = apply_changes(unit, self._delta) if self._delta else MirrorChange(set(), Affected())
        self._was_stale = self._was_stale or bool(get_session(unit, "stale"))
        put_session(unit, cursor=self.cursor, loading=self.loading or None, stale=1)
        self._snapshot, self._delta, self.pages = [], [], 0
        return change

    @property
    def shows_everything_anew(self) -> bool:
        """Tell whether more was written than the last transaction's changes."""
        return self._wrote_anew or self._was_stale


def begin_again(unit: Unit) -> None:
    """Forget the cursor: the next pull is a snapshot, while what is there stays on the screen."""
    clear_staging(unit)
    if get_session(unit, "loading") == _FIRST:
        unit.run("DELETE FROM mirror")
    put_session(unit, cursor=None, loading=None)


def restart_mirror(unit: Unit) -> None:
    """Empty the cache of the server's rows, for another person's sign-in."""
    unit.run("DELETE FROM mirror")
    begin_again(unit)
    put_session(unit, pulled_at=None, pulled_head=None)

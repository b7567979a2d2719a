"""Pages of a pull on their way into the mirror.

A snapshot goes to the staging area in parts. The mirror is written once, when everything has come: the whole
snapshot takes its place, and all changes since are laid over it. Between two pages of changes what a command
did may be there by half, and a waiting command that is run again over that would seem refused.
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
    """What has been received and not written yet. ``loading`` tells of a snapshot that is under way, and
    ``wrote_anew`` that one has taken the mirror's place.
    """

    cursor: str | None
    loading: str
    pages: int = 0
    wrote_anew: bool = False
    _snapshot: list[MirrorRow] = field(default_factory=list)
    _delta: list[WireChange] = field(default_factory=list)

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
            self._delta += answer.changes
        self.cursor = answer.cursor
        self.pages += 1

    def room(self, unit: Unit) -> AbstractContextManager[None]:
        """Give the last transaction of a snapshot memory for going through all of it."""
        return unit.room() if self.loading else nullcontext()

    def stage(self, unit: Unit) -> None:
        """Put aside what was received of a snapshot, and where it goes on. The mirror stays as it is."""
        stage(unit, self._snapshot)
        put_session(unit, cursor=self.cursor, loading=self.loading, known_types=sorted(RECORD_TYPES))
        self._snapshot, self.pages = [], 0

    def write(self, unit: Unit) -> MirrorChange:
        """Write everything that was received to the mirror, and the cursor, in one transaction."""
        if self._snapshot:
            self.stage(unit)
        if self.loading:
            swap_staging(unit)
            self.loading = ""
            self.wrote_anew = True
        change = apply_changes(unit, self._delta) if self._delta else MirrorChange(set(), Affected())
        put_session(unit, cursor=self.cursor, loading=None, known_types=sorted(RECORD_TYPES))
        self._delta, self.pages = [], 0
        return change


def knew_these_types(unit: Unit) -> bool:
    """Tell whether the program that wrote the mirror knew every type of records that this one knows.

    An older one passed the others over. Its cursor is past them, and nothing would bring them.
    """
    known = get_session(unit, "known_types")
    return known is None or set(known) >= RECORD_TYPES.keys()


def begin_again(unit: Unit) -> None:
    """Forget the cursor: the next pull is a snapshot, while what is there stays on the screen.

    The place stays: which moment of the server's history is known here does not depend on what is fetched.
    """
    clear_staging(unit)
    put_session(unit, cursor=None, loading=None)


def restart_mirror(unit: Unit) -> None:
    """Empty the cache of the server's rows, for another person's sign-in."""
    unit.run("DELETE FROM mirror")
    begin_again(unit)
    put_session(unit, pulled_at=None, pulled_head=None, place=None)

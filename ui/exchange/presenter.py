"""Reads, previews, commits and follows an import; knows no widgets.

Everything long runs on the pool, so that the list of customers can be searched meanwhile. Workers write
their progress into a `Meter`, which a timer on the GUI thread reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.usecases.importing import (
    AcceptedImport,
    CancelledImport,
    ImportProgress,
    SourceFile,
    read_files,
)
from ui.background import Lane, Latest
from ui.exchange.preview_list import PreviewList, prepare
from ui.meter import Meter
from ui.screens import ScreenContext

if TYPE_CHECKING:
    from app.usecases.importing import Importing

_METER_MS = 100
_FOLLOW_MS = 1_500


class Step(StrEnum):
    """Where an import stands."""

    CHOOSE = "choose"
    READING = "reading"
    PREVIEW = "preview"
    WRITING = "writing"
    SENDING = "sending"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class _Read:
    sources: tuple[SourceFile, ...]
    listed: PreviewList
    may_import: bool


class ImportPresenter(QObject):
    """`step_changed` when the import has come to another step, `advanced` when its figures moved."""

    step_changed = Signal()
    advanced = Signal()

    def __init__(self, context: ScreenContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.step = Step.CHOOSE
        self.listed: PreviewList | None = None
        self.may_import: bool | None = None
        self.accepted: AcceptedImport | None = None
        self.progress: ImportProgress | None = None
        self.stopping = False
        self.meter = Meter()
        self._sources: tuple[SourceFile, ...] = ()
        self._reading = Latest()
        self._following = Latest()
        self._asked_progress = False
        self._watch = QTimer(self)
        self._watch.setInterval(_METER_MS)
        self._watch.timeout.connect(self.advanced)
        self._follow = QTimer(self)
        self._follow.setInterval(_FOLLOW_MS)
        self._follow.timeout.connect(self._ask_progress)
        context.events.changed.connect(self._on_changed)

    @property
    def _use_case(self) -> Importing:
        found: Importing = self._context.samverka.importing
        return found

    @property
    def is_busy(self) -> bool:
        """True while something is written to the outbox: then nothing else is begun."""
        return self.step is Step.WRITING

    def ask_right(self) -> None:
        """Ask whether the signed-in person may import."""
        self._context.background.run(self._use_case.may_import, self._right_came)

    @Slot(object)
    def _right_came(self, may_import: bool) -> None:
        if may_import != self.may_import:
            self.may_import = may_import
            self.advanced.emit()

    @Slot(object)
    def _on_changed(self, event: object) -> None:
        """The firm has come, or come anew: who one is and which customers there are may be something else."""
        if getattr(event, "everything", False) and self.step is Step.PREVIEW:
            self.look_again()
        elif (concerns := getattr(event, "concerns_type", None)) is not None and concerns("staff"):
            self.ask_right()

    # Reading

    def read(self, paths: Iterable[Path]) -> None:
        """Read files and hold them against the customers; what was previewed before is forgotten."""
        wanted = list(paths)
        if not wanted or self.is_busy:
            return
        self._begin(Step.READING)
        meter, use_case = self.meter, self._use_case
        meter.tell(0, len(wanted))

        def work() -> _Read:
            sources = read_files(wanted, on_progress=meter.tell, is_cancelled=lambda: meter.is_stopped)
            return _look(use_case, tuple(sources))

        self._context.background.run(
            work, self._read_came, self._read_failed, lane=Lane.POOL, latest=self._reading
        )

    def look_again(self) -> None:
        """Hold the same files against the customers as they are now: what was refused can be tried again."""
        if not self._sources or self.is_busy:
            return
        sources, use_case = self._sources, self._use_case
        self._begin(Step.READING)
        self._context.background.run(
            lambda: _look(use_case, sources),
            self._read_came,
            self._read_failed,
            lane=Lane.POOL,
            latest=self._reading,
        )

    @Slot(object)
    def _read_came(self, read: _Read) -> None:
        if self.meter.is_stopped:
            self._go(Step.CHOOSE)
            return
        self._sources, self.listed, self.may_import = read.sources, read.listed, read.may_import
        self._go(Step.PREVIEW)

    @Slot(object)
    def _read_failed(self, error: BaseException) -> None:
        self._go(Step.CHOOSE)
        self._context.show_error(error)

    # Writing and sending

    def accept(self, positions: Sequence[int]) -> None:
        """Put the rows at these positions into the outbox, in lots."""
        listed = self.listed
        if listed is None or not positions or self.step is not Step.PREVIEW:
            return
        rows = [listed.rows[at] for at in positions]
        self.meter, self.stopping = Meter(), False
        self.meter.tell(0, len(rows))
        meter, use_case = self.meter, self._use_case
        self._go(Step.WRITING)

        def work() -> AcceptedImport:
            return use_case.accept(rows, on_progress=meter.tell, is_cancelled=lambda: meter.is_stopped)

        self._context.background.run(work, self._accepted, self._accept_failed, lane=Lane.POOL)

    @Slot(object)
    def _accepted(self, accepted: AcceptedImport) -> None:
        self.accepted = accepted
        self.progress = ImportProgress(
            total=len(accepted.command_ids),
            waiting=len(accepted.command_ids),
            sending=0,
            done=0,
            needs_a_person=0,
            withdrawn=0,
        )
        self._go(Step.SENDING)
        if accepted.cancelled or self.stopping:
            self._withdraw(accepted)
        else:
            self._ask_progress()

    @Slot(object)
    def _accept_failed(self, error: BaseException) -> None:
        self._go(Step.PREVIEW)
        self._context.show_error(error)

    def stop(self) -> None:
        """Stop reading, or take back what has not been sent."""
        if self.stopping:
            return
        self.meter.stop()
        if self.step is Step.READING:
            self._reading.cancel()
            self._go(Step.CHOOSE)
            return
        self.stopping = True
        if self.step is Step.SENDING and self.accepted is not None:
            self._withdraw(self.accepted)
        self.advanced.emit()

    def _withdraw(self, accepted: AcceptedImport) -> None:
        self.stopping = True
        use_case = self._use_case
        self._context.background.run(lambda: use_case.cancel(accepted), self._withdrawn, lane=Lane.POOL)

    @Slot(object)
    def _withdrawn(self, _counted: CancelledImport) -> None:
        self._ask_progress()

    @Slot()
    def _ask_progress(self) -> None:
        accepted = self.accepted
        if accepted is None or self.step is not Step.SENDING or self._asked_progress:
            return
        self._asked_progress = True
        use_case = self._use_case
        self._context.background.run(
            lambda: use_case.progress(accepted),
            self._progress_came,
            self._progress_failed,
            lane=Lane.POOL,
            latest=self._following,
        )

    @Slot(object)
    def _progress_came(self, progress: ImportProgress) -> None:
        self._asked_progress = False
        self.progress = progress
        if self.step is Step.SENDING and not progress.waiting and not progress.sending:
            self._go(Step.DONE)
        else:
            self.advanced.emit()

    @Slot(object)
    def _progress_failed(self, error: BaseException) -> None:
        self._asked_progress = False
        self._follow.stop()
        self._context.show_error(error)

    # Steps

    def _begin(self, step: Step) -> None:
        self._following.cancel()
        self._asked_progress = False
        self.listed = self.accepted = self.progress = None
        self.stopping, self.meter = False, Meter()
        self._go(step)

    def _go(self, step: Step) -> None:
        self.step = step
        for timer, steps in (
            (self._watch, {Step.READING, Step.WRITING}),
            (self._follow, {Step.SENDING}),
        ):
            if step in steps:
                timer.start()
            else:
                timer.stop()
        self.step_changed.emit()


def _look(use_case: Importing, sources: tuple[SourceFile, ...]) -> _Read:
    return _Read(sources, prepare(use_case.preview(sources)), use_case.may_import())

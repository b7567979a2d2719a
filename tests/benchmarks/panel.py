"""The panel of 300,000 unlinked collaborations: opened, turned, narrowed, searched, decided, undone, changed.

For each of them three figures: the round trip until the answer is painted, the processor time that the
window's own thread takes for it, and the most of that at one stretch, in which the window answers nobody. The
floor of all is painting the same rows once more, interleaved. The real screen on the real use cases and the
shipped search, over an encrypted database (unlinked_office.py).
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from types import SimpleNamespace

from PySide6.QtCore import QAbstractEventDispatcher, QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.catalogue import load_catalogue
from app.domain.records import Collaboration, Company, Customer, Record
from app.storage.local_reader import LocalReader
from app.storage.opening import open_database
from app.usecases.events import Events
from app.usecases.reconciliation import Reconciliation
from app.usecases.workspace import Workspace
from tests.benchmarks.figures import Figure
from tests.benchmarks.folders import benchmark_folder
from tests.benchmarks.opened_program import PATIENCE_SECONDS
from tests.benchmarks.unlinked_office import PRODUCTS, answer_with, fill
from tests.support.cache import KEY, pull
from tests.support.clocks import FixedClock
from ui.actions import Actions
from ui.application import SWITCH_SECONDS
from ui.background import Background
from ui.collector import Collector
from ui.event_bridge import EventBridge
from ui.messages import Messages
from ui.reconciliation.decision_card import DecisionCardView
from ui.reconciliation.pane import ReconciliationPane
from ui.screens import ScreenContext
from ui.theme import Theme
from ui.widgets.table import Table

ROWS = 300_000
RUNS = 12
"""Of each thing; of opening and of deltas fewer. A short list is not paged through as often."""
_ROWS_A_PAGE = 20
DELTA = 100
TARGETS = {"most of it at a stretch": "at most 50 ms"}
WORDS = ("bygg", "Johansson", "redovisning", "lund", "556", "måleri", "transport", "ab", "el", "svensson")


@dataclass(slots=True)
class _Timed:
    """Milliseconds of one thing: round trip and the window's own work, ours and the floor's."""

    name: str
    ours: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)
    work: list[float] = field(default_factory=list)
    floor_work: list[float] = field(default_factory=list)
    stretch: list[float] = field(default_factory=list)


def measure(*, rows: int | None = None, where: bool = False) -> Sequence[Figure]:
    """Measure the panel; ``rows`` is how many unlinked collaborations there are."""
    sys.setswitchinterval(SWITCH_SECONDS)
    found = QApplication.instance()
    qt = found if isinstance(found, QApplication) else QApplication([])
    count = rows or ROWS
    with benchmark_folder() as folder:
        clock = FixedClock()
        database = open_database(
            folder / "cache.db", KEY, set_aside_folder=folder / "aside", now=clock.now()
        ).database
        began = time.perf_counter()
        truth = fill(database, count)
        filled = time.perf_counter() - began
        print(f"filled in {filled:.0f} s", file=sys.stderr)
        workspace = Workspace(database, clock, Events())
        began = time.perf_counter()
        Reconciliation(workspace, load_catalogue(), answer_with(truth)).queue.search_all()
        prepared = time.perf_counter() - began
        print(f"queue made in {prepared:.0f} s", file=sys.stderr)
        reconciliation = Reconciliation(workspace, load_catalogue())
        theme = Theme("light")
        theme.install(qt)
        background, bridge = Background(), EventBridge()
        bridge.attach(workspace.events.subscribe)
        context = ScreenContext(
            background=background,
            events=bridge,
            actions=Actions(bridge),
            theme=theme,
            messages=Messages(),
            navigate=lambda _key, **_arguments: None,
            toast=lambda _text, *_: None,
            show_error=_raise,
            show_side=lambda _text: None,
            window=QWidget(),
            samverka=SimpleNamespace(
                catalogue=load_catalogue(),
                reconciliation=reconciliation,
                workspace=workspace,
                status=SimpleNamespace(has_fetched=lambda: True),
            ),
        )
        collector = Collector()
        collector.begin()  # as the program does when all is loaded
        panel = _Panel(context, max(2, min(RUNS, count // len(PRODUCTS) // _ROWS_A_PAGE)))
        figures = [
            figure
            for timed in panel.measure(workspace)
            for figure in _figures(timed, count, {"filled": filled, "queue made": prepared})
        ]
        panel.close()
        collector.end()
        reconciliation.stop()
        bridge.close()
        background.close()
        database.close()
    return figures


def _figures(timed: _Timed, count: int, seconds: dict[str, float]) -> list[Figure]:
    figures = []
    number = f"{count:,}".replace(",", " ")
    for what, ours, floor in (
        ("until it is painted", timed.ours, timed.floor),
        ("the window's own work", timed.work, timed.floor_work),
        ("most of it at a stretch", timed.stretch, timed.floor_work),
    ):
        ordered = sorted(ours)
        figures.append(
            Figure(
                name=f"{timed.name}, {what}, among {number}",
                unit="ms",
                ours=statistics.median(ordered),
                floor=statistics.median(floor),
                target=TARGETS.get(what, "as among 3 000 (--rows 3000)"),
                runs=len(ordered),
                details={"worst": f"{ordered[-1]:.1f} ms"}
                | {name: f"{value:.0f} s" for name, value in seconds.items()},
            )
        )
    return figures


class _Panel:
    """The screen as a person uses it."""

    def __init__(self, context: ScreenContext, runs: int) -> None:
        self._context = context
        self._runs = runs
        self._background = context.background
        self._stretches = _Stretches()
        self._open()

    def _open(self) -> None:
        self.pane = ReconciliationPane(self._context)
        self.pane.resize(1240, 800)
        self.pane.show()
        self.pane.shown()
        table = self.pane.findChild(Table, "unlinkedTable")
        card = self.pane.findChild(DecisionCardView, "decisionCard")
        assert isinstance(table, Table)
        assert isinstance(card, DecisionCardView)
        self.table, self.card = table, card

    def close(self) -> None:
        """Take the screen away."""
        self.pane.hide()
        self.pane.deleteLater()

    def measure(self, workspace: Workspace) -> list[_Timed]:
        """Do everything in turn."""
        self._settle()
        opened = _Timed("opening")
        for _ in range(max(2, self._runs // 4)):
            self.close()
            self._time(opened, self._open, self._has_card)
        self.pane.activateWindow()
        _wait(self.pane.isActiveWindow)
        down, turned = _Timed("arrow down to the next card"), _Timed("page down")
        narrowed, searched = _Timed("filter by band"), _Timed("search in the queue")
        decided, undone = _Timed("decision (S) to the next card"), _Timed("undo")
        for _ in range(self._runs):
            self._time(down, lambda: self._key(Qt.Key.Key_Down), self._on_another())
            self._time(turned, lambda: self._key(Qt.Key.Key_PageDown), self._on_another())
        for at in range(self._runs):
            view = ("likely", "unclear", "none", "all")[at % 4]
            self._time(narrowed, lambda view=view: self._narrow(view, ""), self._answered())
        for word in WORDS[: self._runs]:
            self._time(searched, lambda word=word: self._narrow("all", word), self._answered())
        self._narrow("all", "")
        self._settle()
        self.table.selectRow(self.table.rows.rowCount() // 2)
        self._settle()
        for _ in range(self._runs):
            whole = self.table.rows.rowCount()
            self._time(decided, lambda: self._key(Qt.Key.Key_S), self._on_another(whole - 1))
            undo = self.pane.handled_actions()["undo"]
            self._time(undone, undo, lambda whole=whole: self.table.rows.rowCount() == whole)
        come = _Timed(f"a delta of {DELTA} rows")
        for at in range(max(2, self._runs // 4)):
            self._time(come, self._come(workspace, at), self._counted(DELTA // 2))
        return [opened, down, turned, narrowed, searched, decided, undone, come]

    def _key(self, key: Qt.Key) -> None:
        QTest.keyClick(self.table, key)

    def _narrow(self, view: str, text: str) -> None:
        presenter = self.pane._presenter
        presenter.show(replace(presenter.query, view=view, text=text))

    def _come(self, workspace: Workspace, at: int) -> Callable[[], None]:
        with workspace.read() as unit:
            some = unit.rows(
                "SELECT id FROM present WHERE type = 'customer' ORDER BY id LIMIT 50 OFFSET ?", (at,)
            )
            customers = LocalReader(unit).get_many(Customer, [row[0] for row in some]).values()
        records: list[Record] = [replace(one, name=f"{one.name} {at}") for one in customers]
        records += [
            Collaboration(
                id=f"cl_new_{at}_{place}",
                company=Company(name=f"Nya Bolaget {at} {place} AB"),
                source="byrastod",
                source_product="eEkonomi",
                unlinked_because="imported",
            )
            for place in range(DELTA // 2)
        ]

        def come() -> None:
            self._background.run(lambda: workspace.tell(pull(workspace.database, records, rev=at + 2)))

        return come

    # What is waited for

    def _has_card(self) -> bool:
        return self.card.card is not None and self._is_on_card()

    def _is_on_card(self) -> bool:
        position, shown = self.table.currentIndex().row(), self.card.card
        return (
            bool(self.table.rows.id_at(position))
            and shown is not None
            and shown.row.handle == self.table.rows.key_at(position)
        )

    def _on_another(self, count: int | None = None) -> Callable[[], bool]:
        before: Hashable = self.table.rows.key_at(self.table.currentIndex().row())

        def holds() -> bool:
            is_there = count is None or self.table.rows.rowCount() == count
            return (
                is_there
                and self.table.rows.key_at(self.table.currentIndex().row()) != before
                and self._is_on_card()
            )

        return holds

    def _answered(self) -> Callable[[], bool]:
        came: list[object] = []
        self.table.rows.painted.connect(lambda: came.append(None))
        return lambda: bool(came) and (self.table.rows.rowCount() == 0 or self._is_on_card())

    def _counted(self, more: int) -> Callable[[], bool]:
        wanted = self.table.rows.rowCount() + more
        return lambda: self.table.rows.rowCount() == wanted

    # Timing

    def _time(self, timed: _Timed, act: Callable[[], None], holds: Callable[[], bool]) -> None:
        began, worked = time.perf_counter(), time.thread_time()
        self._stretches.begin()
        act()
        _wait(holds)
        self.pane.repaint()
        timed.ours.append((time.perf_counter() - began) * 1000)
        self._settle()  # what the answer led to counts as the window's work, too
        timed.work.append((time.thread_time() - worked) * 1000)
        timed.stretch.append(self._stretches.end())
        began, worked = time.perf_counter(), time.thread_time()
        self.pane.repaint()
        timed.floor.append((time.perf_counter() - began) * 1000)
        timed.floor_work.append((time.thread_time() - worked) * 1000)

    def _settle(self) -> None:
        _wait(lambda: self._background.is_idle)


class _Stretches:
    """Processor time of the window's thread from one sleep to the next: what it does without answering."""

    def __init__(self) -> None:
        self._since = 0.0
        self._longest = 0.0
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.awake.connect(self._pause)
        dispatcher.aboutToBlock.connect(self._pause)

    def begin(self) -> None:
        """Forget what was."""
        self._since, self._longest = time.thread_time(), 0.0

    def end(self) -> float:
        """Return the longest since `begin`, in milliseconds."""
        self._pause()
        return self._longest * 1000

    def _pause(self) -> None:
        now = time.thread_time()
        self._longest = max(self._longest, now - self._since)
        self._since = now


def _wait(holds: Callable[[], bool]) -> None:
    """Run the event loop until it holds; it is looked at only when the window would go to sleep."""
    loop = QEventLoop()
    dispatcher = QAbstractEventDispatcher.instance()
    timer = QTimer()
    timer.setSingleShot(True)
    timer.timeout.connect(loop.quit)
    timer.start(int(PATIENCE_SECONDS * 1000))
    held = False

    def look() -> None:
        nonlocal held
        held = held or holds()
        if held:
            loop.quit()

    dispatcher.aboutToBlock.connect(look)
    loop.exec()
    dispatcher.aboutToBlock.disconnect(look)
    timer.stop()
    if not held:
        raise TimeoutError("the screen never answered")


def _raise(error: BaseException) -> None:
    raise error

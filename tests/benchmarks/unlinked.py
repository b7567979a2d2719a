"""The queue of 300,000 unlinked companies: a key, a decision and a page further down, until it is painted.

Ours is the time from the key to the picture with the answer in it; the floor is painting the same rows once
more, interleaved. The real screen on the real use cases. The search itself is measured by *linking*: here one
stands in for it that compares nothing but the number, so that all rows have an answer.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Hashable, Sequence
from pathlib import Path
from types import SimpleNamespace

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.catalogue import Catalogue, load_catalogue
from app.domain.records import Collaboration, Company, Customer, Engagement, Firm, Record, Staff
from app.matching.index import CustomerIndex
from app.matching.suggestions import Band, Candidate
from app.storage.database import Database
from app.storage.local_reader import LocalReader
from app.storage.opening import open_database
from app.usecases.events import Events
from app.usecases.reconciliation import Reconciliation
from app.usecases.reconciliation_search import CompanySuggestion
from app.usecases.workspace import Workspace
from tests.benchmarks.figures import Figure
from tests.benchmarks.opened_program import PATIENCE_SECONDS
from tests.support.cache import KEY, pull, sign_in
from tests.support.clocks import FixedClock
from ui.actions import Actions
from ui.application import SWITCH_SECONDS
from ui.background import Background
from ui.event_bridge import EventBridge
from ui.messages import Messages
from ui.reconciliation.decision_card import DecisionCardView
from ui.reconciliation.pane import ReconciliationPane
from ui.screens import ScreenContext
from ui.theme import Theme
from ui.widgets.table import Table

ROWS = 300_000
LOT = 4000
CUSTOMERS = 500
RUNS = 30
"""Of each key; a list must be long enough for as many pages down."""


def measure(*, rows: int | None = None, where: bool = False) -> Sequence[Figure]:
    """Go down, decide *later* and turn pages; ``rows`` is how many unlinked companies there are."""
    sys.setswitchinterval(SWITCH_SECONDS)
    found = QApplication.instance()
    qt = found if isinstance(found, QApplication) else QApplication([])
    count = rows or ROWS
    with tempfile.TemporaryDirectory(prefix="samverka-benchmark-") as folder:
        clock = FixedClock()
        database = open_database(
            Path(folder) / "cache.db", KEY, set_aside_folder=Path(folder) / "aside", now=clock.now()
        ).database
        _fill(database, count)
        workspace = Workspace(database, clock, Events())
        reconciliation = Reconciliation(workspace, load_catalogue(), _by_number)
        began = time.perf_counter()
        reconciliation.queue.search_all()
        prepared = time.perf_counter() - began
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
                catalogue=load_catalogue(), reconciliation=reconciliation, workspace=workspace
            ),
        )
        pane = ReconciliationPane(context)
        pane.resize(1240, 800)
        pane.show()
        pane.shown()
        pane.activateWindow()
        _wait(pane.isActiveWindow)
        _settle(background)
        figures = _measure(pane, background, count, prepared)
        pane.hide()
        bridge.close()
        background.close()
        database.close()
    return figures


def _measure(pane: ReconciliationPane, background: Background, count: int, prepared: float) -> list[Figure]:
    table = pane.findChild(Table, "unlinkedTable")
    card = pane.findChild(DecisionCardView, "decisionCard")
    assert isinstance(table, Table)
    assert isinstance(card, DecisionCardView)
    figures = []
    for name, key in (
        ("arrow down to the next card", Qt.Key.Key_Down),
        ("decision (S) to the next card", Qt.Key.Key_S),
        ("page down to painted rows", Qt.Key.Key_PageDown),
    ):
        ours: list[float] = []
        floor: list[float] = []
        for _ in range(RUNS):
            before = table.rows.key_at(table.currentIndex().row())
            began = time.perf_counter()
            QTest.keyClick(table, key)
            _wait(lambda before=before: _is_answered(table, card, before))
            pane.repaint()
            ours.append((time.perf_counter() - began) * 1000)
            _settle(background)
            began = time.perf_counter()
            pane.repaint()
            floor.append((time.perf_counter() - began) * 1000)
        ours.sort()
        figures.append(
            Figure(
                name=f"{name}, among {count:,} companies".replace(",0", " 0"),
                unit="ms",
                ours=statistics.median(ours),
                floor=statistics.median(floor),
                target="the ratio is that of 3,000 companies (--rows 3000)",
                runs=len(ours),
                details={
                    "95th percentile": f"{ours[int(len(ours) * 0.95)]:.1f} ms",
                    "worst": f"{ours[-1]:.1f} ms",
                    "queue made, once": f"{prepared:.0f} s",
                },
            )
        )
    return figures


def _is_answered(table: Table, card: DecisionCardView, before: Hashable) -> bool:
    """Tell whether another row is chosen and fetched, and its card is the one that is shown."""
    position = table.currentIndex().row()
    shown = card.card
    is_fetched = bool(table.rows.id_at(position))
    chosen = table.rows.key_at(position)
    return chosen != before and is_fetched and shown is not None and shown.row.handle == chosen


def _by_number(
    members: Sequence[Collaboration], index: CustomerIndex, catalogue: Catalogue, reader: LocalReader
) -> CompanySuggestion:
    """Stand in for the search: the customer with the same number, if there is exactly one."""
    same = sorted(index.with_number(f"16{members[0].company.number}"))
    if len(same) != 1:
        return CompanySuggestion(band=Band.NONE, reason="no_candidate", candidates=(), places=())
    candidate = Candidate(customer_id=same[0], score=100, rows=())
    return CompanySuggestion(band=Band.LIKELY, reason="", candidates=(candidate,), places=())


def _fill(database: Database, count: int) -> None:
    staff = Staff(id="st_1", name="Eva Ek", email="eva@example.se", full_permission=True)
    records: list[Record] = [Firm(id="fi_1", name="Byrån", organisation_number="162021005489"), staff]
    for place in range(CUSTOMERS):
        id_ = f"cu_{place:06d}"
        records.append(
            Customer(
                id=id_,
                customer_number=str(place),
                name=f"Bolaget {place:06d} AB",
                organisation_number=f"16{_number(place)}",
            )
        )
        records.append(
            Engagement(
                id=f"en_{place:06d}", customer_id=id_, type="bookkeeping", title="Bokföring", fiscal_year=2026
            )
        )
    pull(database, records)
    sign_in(database, "st_1", "fi_1")
    for start in range(0, count, LOT):
        pull(
            database,
            [
                Collaboration(
                    id=f"cl_{place:06d}",
                    company=Company(name=f"Bolaget {place:06d} AB", number=_number(place)),
                    source="byrastod",
                    source_product="eEkonomi",
                    unlinked_because="imported",
                )
                for place in range(start, min(start + LOT, count))
            ],
        )


def _number(place: int) -> str:
    digits = f"559{place:06d}"
    doubled = [int(d) * (2 if at % 2 == 0 else 1) for at, d in enumerate(digits)]
    return f"{digits}{-sum(d // 10 + d % 10 for d in doubled) % 10}"


def _wait(holds: Callable[[], bool]) -> None:
    loop = QEventLoop()
    timer = QTimer()
    timer.setInterval(0)
    deadline = time.perf_counter() + PATIENCE_SECONDS
    held = False

    def look() -> None:
        nonlocal held
        held = held or holds()
        if held or time.perf_counter() > deadline:
            loop.quit()

    timer.timeout.connect(look)
    timer.start()
    loop.exec()
    timer.stop()
    if not held:
        raise TimeoutError("the screen never answered")


def _settle(background: Background) -> None:
    _wait(lambda: background.is_idle)


def _raise(error: BaseException) -> None:
    raise error

"""Keystroke to painted rows in the list of 15,000 customers, with one and two letters and no hit among them.

Ours is the time from the key to the picture with the answer in it; the floor is painting the same rows once
more. The real screen on the real use cases; the customers are those of organisations.csv, written to the
cache as a pull writes them.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.catalogue import load_catalogue
from app.domain.records import Firm, Record, Staff
from app.exchange.commands import make_payloads
from app.exchange.preview import preview_files
from app.storage.database import Database
from app.storage.opening import open_database
from app.usecases.customer_details import CustomerDetailsQuery
from app.usecases.customer_list import CustomerList
from app.usecases.events import Events
from app.usecases.service_links import ServiceLinks
from app.usecases.workspace import Workspace
from tests.benchmarks.figures import Figure
from tests.benchmarks.opened_program import ORGANISATIONS, PATIENCE_SECONDS
from tests.support.cache import KEY, pull, sign_in
from tests.support.clocks import FixedClock
from ui.actions import Actions
from ui.application import SWITCH_SECONDS
from ui.background import Background
from ui.customers.list_model import CustomerListModel
from ui.customers.pane import CustomersPane
from ui.event_bridge import EventBridge
from ui.messages import Messages
from ui.screens import ScreenContext
from ui.theme import Theme
from ui.widgets.search_field import SearchField
from ui.widgets.table import Table

TYPED = ("bygg", "stockholm", "zqx", "5560", "ab", "qq", "måleri i umeå", "a b c", "redovisning", "212000-01")
LOT = 2000


def measure(*, rows: int | None = None, where: bool = False) -> Sequence[Figure]:
    """Type the words letter by letter and take them away again; ``rows`` narrows the list."""
    sys.setswitchinterval(SWITCH_SECONDS)
    found = QApplication.instance()
    qt = found if isinstance(found, QApplication) else QApplication([])
    with tempfile.TemporaryDirectory(prefix="samverka-benchmark-") as folder:
        clock = FixedClock()
        database = open_database(
            Path(folder) / "cache.db", KEY, set_aside_folder=Path(folder) / "aside", now=clock.now()
        ).database
        count = _fill(database, rows)
        workspace = Workspace(database, clock, Events())
        theme = Theme("light")
        theme.install(qt)
        background, bridge = Background(), EventBridge()
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
                clock=clock,
                customer_list=CustomerList(workspace),
                customer_details=CustomerDetailsQuery(workspace),
                service_links=ServiceLinks(workspace, load_catalogue()),
                status=SimpleNamespace(read=lambda: SimpleNamespace(last_pull_at=datetime.now(UTC))),
            ),
        )
        pane = CustomersPane(context)
        pane.resize(1240, 800)
        pane.show()
        _settle(background)
        ours, floor = _type(pane, background)
        pane.hide()
        bridge.close()
        background.close()
        database.close()
    ours.sort()
    return [
        Figure(
            name=f"search in {count:,} customers".replace(",", " "),
            unit="ms",
            ours=statistics.median(ours),
            floor=statistics.median(floor),
            target="no keystroke over 50 ms; median at most 1.5 times painting alone",
            runs=len(ours),
            details={
                "95th percentile": f"{ours[int(len(ours) * 0.95)]:.1f} ms",
                "worst": f"{ours[-1]:.1f} ms",
                "over 50 ms": sum(each > 50 for each in ours),
            },
        )
    ]


def _fill(database: Database, most: int | None) -> int:
    clock = FixedClock()
    preview = preview_files([ORGANISATIONS], today=clock.today())
    records: list[Record] = []
    for row in preview.rows[:most]:
        for payload in make_payloads(row):
            customer = getattr(payload, "customer", None)
            if customer is not None:
                records += [customer, *getattr(payload, "contacts", ())]
    staff = Staff(id="st_1", name="Eva Ek", email="eva@example.se", full_permission=True)
    pull(database, [Firm(id="fi_1", name="Byrån", organisation_number="162021005489"), staff])
    for start in range(0, len(records), LOT):
        pull(database, records[start : start + LOT])
    sign_in(database, "st_1", "fi_1")
    return len(records)


def _type(pane: CustomersPane, background: Background) -> tuple[list[float], list[float]]:
    table = pane.findChild(Table, "customersTable")
    field = pane.findChild(SearchField, "customersSearch")
    assert isinstance(table, Table)
    assert isinstance(field, SearchField)
    model = table.model()
    assert isinstance(model, CustomerListModel)
    answered: list[float] = []
    model.painted.connect(lambda: answered.append(time.perf_counter()))
    ours: list[float] = []
    floor: list[float] = []
    for word in TYPED:
        for key in (*word, *("\b" * len(word))):
            answered.clear()
            started = time.perf_counter()
            if key == "\b":
                field.backspace()
            else:
                QTest.keyClicks(field, key)
            _wait(lambda: bool(answered))
            table.viewport().repaint()
            ours.append(1000 * (time.perf_counter() - started))
            again = time.perf_counter()
            table.viewport().repaint()
            floor.append(1000 * (time.perf_counter() - again))
            _settle(background)
    return ours, floor


def _wait(holds: Callable[[], bool]) -> None:
    loop = QEventLoop()
    deadline = time.perf_counter() + PATIENCE_SECONDS
    while not holds():
        if time.perf_counter() > deadline:
            raise TimeoutError
        loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _settle(background: Background) -> None:
    loop = QEventLoop()
    watch = QTimer()
    watch.timeout.connect(lambda: loop.quit() if background.is_idle else None)
    watch.start(5)
    loop.exec()


def _raise(error: BaseException) -> None:
    raise error

"""Keystroke to painted rows in the list of 15,000 customers, with one and two letters and no hit among them.

Ours is the time from the key to the picture with the answer in it; the floor is painting the same rows once
more. The real program in its window; the customers are those of organisations.csv, written to the cache as a
first synchronisation writes them.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEventLoop
from PySide6.QtTest import QTest

from app.bootstrap import Start
from app.clock import SystemClock
from app.domain.records import Firm, Record, Staff
from app.exchange.commands import make_payloads
from app.exchange.preview import preview_files
from app.storage.opening import open_database
from tests.benchmarks.figures import Figure
from tests.benchmarks.opened_program import ORGANISATIONS, PATIENCE_SECONDS, open_program, settle
from tests.support.cache import load_snapshot, sign_in
from ui.application import SWITCH_SECONDS, Application
from ui.customers.list_model import CustomerListModel
from ui.customers.pane import CustomersPane
from ui.widgets.search_field import SearchField
from ui.widgets.table import Table

TYPED = ("bygg", "stockholm", "zqx", "5560", "ab", "qq", "måleri i umeå", "a b c", "redovisning", "212000-01")
LATE = 50.0


def measure(*, rows: int | None = None, where: bool = False) -> Sequence[Figure]:
    """Type the words letter by letter and take them away again; ``rows`` narrows the list.

    With ``where`` each keystroke over 50 ms is told on standard error.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    records = _read_records(rows)
    with open_program(lambda start: _fill(start, records)) as application:
        application.window.navigate("customers")
        settle(application)
        pane = application.window.pane("customers")
        if not isinstance(pane, CustomersPane):
            raise TypeError("the customers are a pane")
        count = application.background.call(application.samverka.customer_list.count).result()
        typed = _type(pane, application)
    ours = sorted(one for _, one, _ in typed)
    floor = [again for _, _, again in typed]
    if where:
        print("\n".join(f"{what!r}: {one:.1f} ms" for what, one, _ in typed if one > LATE), file=sys.stderr)
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
                "over 50 ms": sum(each > LATE for each in ours),
            },
        )
    ]


def _read_records(most: int | None) -> list[Record]:
    preview = preview_files([ORGANISATIONS], today=SystemClock().today())
    records: list[Record] = [
        Firm(id="fi_1", name="Byrån", organisation_number="162021005489"),
        Staff(id="st_1", name="Eva Ek", email="eva@example.se", full_permission=True),
    ]
    for row in preview.rows[:most]:
        for payload in make_payloads(row):
            customer = getattr(payload, "customer", None)
            if customer is not None:
                records += [customer, *getattr(payload, "contacts", ())]
    return records


def _fill(start: Start, records: Sequence[Record]) -> None:
    profile = start.profile
    opened = open_database(
        profile.database_file, start.key(), set_aside_folder=profile.set_aside_folder, now=SystemClock().now()
    )
    try:
        load_snapshot(opened.database, records)
        sign_in(opened.database, "st_1", "fi_1")
    finally:
        opened.database.close()


def _type(pane: CustomersPane, application: Application) -> list[tuple[str, float, float]]:
    """Return (what was typed, milliseconds to the picture, milliseconds of painting it again)."""
    table = pane.findChild(Table, "customersTable")
    field = pane.findChild(SearchField, "customersSearch")
    assert isinstance(table, Table)
    assert isinstance(field, SearchField)
    model = table.model()
    assert isinstance(model, CustomerListModel)
    answered: list[float] = []
    model.painted.connect(lambda: answered.append(time.perf_counter()))
    typed: list[tuple[str, float, float]] = []
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
            ours = 1000 * (time.perf_counter() - started)
            again = time.perf_counter()
            table.viewport().repaint()
            typed.append((field.text(), ours, 1000 * (time.perf_counter() - again)))
            settle(application)
    return typed


def _wait(holds: Callable[[], bool]) -> None:
    loop = QEventLoop()
    deadline = time.perf_counter() + PATIENCE_SECONDS
    while not holds():
        if time.perf_counter() > deadline:
            raise TimeoutError
        loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

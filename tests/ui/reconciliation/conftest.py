"""A person at the queue, with a real server behind: what is decided is read back from the server."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.catalogue import load_catalogue
from app.contract.codec import decode_record
from app.domain.commands import Payload
from app.domain.records import (
    Collaboration,
    Company,
    Customer,
    Engagement,
    Participation,
    Record,
    Staff,
    type_of,
)
from app.server.store import open_store
from app.usecases.reconciliation import Reconciliation
from app.usecases.reconciliation_search import Search, suggest_for_company
from tests.server.sync_site import ANNA, FIRM, SyncSite, sync_site
from tests.support.clocks import FixedClock
from tests.sync.desk import Desk, open_desk
from ui.actions import Actions
from ui.background import Background
from ui.event_bridge import EventBridge
from ui.messages import Messages
from ui.reconciliation.decision_card import DecisionCardView
from ui.reconciliation.pane import ReconciliationPane, create_pane
from ui.screens import ScreenContext
from ui.theme import Theme
from ui.widgets.info_bar import InfoBar
from ui.widgets.table import Table

KARIN = Staff(id="st_karin", name="Karin Lund", email="karin@byran.example", full_permission=True)
R = TypeVar("R", bound=Record)
W = TypeVar("W", bound=QWidget)


def number(place: int) -> str:
    """Return a valid organisation number of an invented company, as the vendor writes it."""
    digits = f"5598{place:05d}"
    doubled = [int(d) * (2 if at % 2 == 0 else 1) for at, d in enumerate(digits)]
    check = -sum(d // 10 + d % 10 for d in doubled) % 10
    return f"{digits}{check}"


def customer(id_: str, name: str, place: int = 0, **fields: Any) -> Customer:
    """Return a customer with the number of that place; 0 is none."""
    values: dict[str, Any] = {"id": f"cu_{id_}", "customer_number": id_, "name": name}
    if place:
        values["organisation_number"] = f"16{number(place)}"
    return Customer(**(values | fields))


def engagement(id_: str, owner: str, title: str = "Löpande bokföring 2026", **fields: Any) -> list[Record]:
    """Return an engagement of the customer with that id, and who is on it."""
    values: dict[str, Any] = {
        "id": f"en_{id_}_{title[:4]}",
        "customer_id": f"cu_{id_}",
        "type": "bookkeeping",
        "title": title,
        "fiscal_year": 2026,
    }
    made = Engagement(**(values | fields))
    return [
        made,
        Participation(
            id=f"pa_{made.id}",
            engagement_id=made.id,
            customer_id=made.customer_id,
            staff_id=owner,
            role="owner",
        ),
    ]


def unlinked(id_: str, name: str, place: int = 0, **fields: Any) -> Collaboration:
    """Return a collaboration that came from Byråstöd."""
    company: dict[str, Any] = {"name": name, "number": number(place) if place else ""}
    for key in ("email", "phone", "postal_code", "town", "vendor_customer_number"):
        if key in fields:
            company[key] = fields.pop(key)
    values: dict[str, Any] = {
        "id": f"cl_{id_}",
        "company": Company(**company),
        "source": "byrastod",
        "source_product": "eEkonomi",
        "unlinked_because": "imported",
    }
    return Collaboration(**(values | fields))


class LinkDesk:
    """The screen over a client of a real server."""

    def __init__(self, qtbot: QtBot, client: Desk, theme: Theme, language: str, search: Search) -> None:
        self.qtbot = qtbot
        self.client = client
        self.site = client.site
        self.workspace = client.workspace
        catalogue = load_catalogue()
        self.reconciliation = Reconciliation(self.workspace, catalogue, search)
        self.background = Background()
        self.bridge = EventBridge()
        self.bridge.attach(self.workspace.events.subscribe)
        self.toasts: list[str] = []
        self.errors: list[BaseException] = []
        self.window = QWidget()
        self.keys = 0
        qtbot.addWidget(self.window)
        self.context = ScreenContext(
            background=self.background,
            events=self.bridge,
            actions=Actions(self.bridge),
            theme=theme,
            messages=Messages(language),
            navigate=lambda _key, **_arguments: None,
            toast=lambda text, *_: self.toasts.append(text),
            show_error=self.errors.append,
            show_side=lambda _text: None,
            window=self.window,
            samverka=SimpleNamespace(
                catalogue=catalogue,
                reconciliation=self.reconciliation,
                workspace=self.workspace,
                status=SimpleNamespace(has_fetched=lambda: True),
            ),
        )
        self.background.set_unhandled(self.errors.append)
        self.pane: ReconciliationPane | None = None

    # The server's side

    def sync(self) -> None:
        """Send what is decided and take in what is new."""
        self.client.round()
        self.settle()

    def on_server(self, cls: type[R], id_: str) -> R:
        """Return the record as another device of the firm gets it from the server."""
        found, _ = self.site.client(ANNA).pull()
        for (type_name, row_id), change in found.items():
            if row_id == id_:
                record = decode_record(type_name, json.dumps(change["data"]))
                assert isinstance(record, cls)
                return record
        raise AssertionError(f"{id_} is not on the server")

    def all_on_server(self, type_name: str) -> list[Any]:
        """Return every record of a type as another device gets it."""
        found, _ = self.site.client(ANNA).pull()
        return [
            decode_record(name, json.dumps(change["data"]))
            for (name, _), change in found.items()
            if name == type_name and change.get("data") is not None
        ]

    def by_colleague(self, *payloads: Payload) -> None:
        """Let a colleague decide on another computer."""
        results = self.site.client(KARIN).push(*payloads)
        assert {result["status"] for result in results} == {"applied"}, results

    def write(self, *records: Record) -> None:
        """Let the server's workers write records, and take them in."""
        self.site.write(*records)
        self.sync()

    # The screen

    def open(self) -> None:
        """Take in what the server has and show the screen."""
        self.client.round()
        made = create_pane(self.context)
        assert isinstance(made, ReconciliationPane)
        self.pane = made
        self.qtbot.addWidget(made)
        made.resize(1240, 860)
        made.show()
        made.shown()
        self.settle()

    @property
    def card(self) -> DecisionCardView:
        return self.find(DecisionCardView, "decisionCard")

    @property
    def table(self) -> Table:
        assert self.pane is not None
        found = self.pane.findChild(Table, "unlinkedTable")
        assert isinstance(found, Table)
        return found

    def settle(self) -> None:
        """Wait until every question has been answered, and what it led to."""
        for _ in range(4):
            self.qtbot.waitUntil(lambda: self.background.is_idle, timeout=20_000)
            QCoreApplication.processEvents()
        self.qtbot.waitUntil(lambda: self.background.is_idle, timeout=20_000)

    def until(self, holds: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(holds()), timeout=20_000)
        self.settle()

    def show(self, filter_key: str) -> None:
        """Choose a filter and wait for its first card."""
        self.press(f"unlinkedFilter_{filter_key}")
        self.until(lambda: not self.names() or self.is_on_card())

    def is_on_card(self) -> bool:
        """Tell whether the card is about the row that is chosen."""
        shown = self.card.card
        chosen = self.table.rows.key_at(self.table.currentIndex().row())
        return shown is not None and shown.row.handle == chosen and self.background.is_idle

    def go_to(self, name: str) -> None:
        """Choose the row of that company with the arrow keys."""
        self.until(lambda: name in self.names())
        at = self.names().index(name)
        while self.table.currentIndex().row() != at:
            down = self.table.currentIndex().row() < at
            QTest.keyClick(self.table, Qt.Key.Key_Down if down else Qt.Key.Key_Up)
        self.until(self.is_on_card)

    def names(self) -> list[str]:
        """Return the companies of the list in order."""
        model = self.table.rows
        for at in range(model.rowCount()):
            model.row_at(at)  # asks for what is not fetched
        self.settle()
        rows = [model.row_at(at) for at in range(model.rowCount())]
        return [row.company_name for row in rows if row is not None]

    def take_keys(self) -> None:
        """Let the window be the one that gets what is typed, with the focus in the list."""
        assert self.pane is not None
        pane = self.pane
        pane.activateWindow()
        self.qtbot.waitUntil(pane.isActiveWindow, timeout=20_000)
        self.table.setFocus()
        self.until(lambda: QApplication.focusWidget() is self.table)

    def type_key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is in the list; it is counted."""
        self.keys += 1
        QTest.keyClick(self.table, key, modifier)
        self.settle()

    def find(self, kind: type[W], name: str) -> W:
        """Return the visible widget of that name in the screen or a dialog over it."""
        for top in (self.pane, *QApplication.topLevelWidgets()):
            for found in top.findChildren(kind, name) if top is not None else ():
                if found.isVisible():
                    return found
        raise AssertionError(f"{name} is not shown:\n{self.seen()}")

    def press(self, name: str) -> None:
        button = self.find(QPushButton, name)
        assert button.isEnabled(), f"{name}: {button.toolTip()}"
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def seen(self) -> str:
        """Return every text that is visible in the screen and its dialogs."""
        parts: list[str] = []
        for top in (self.pane, *QApplication.topLevelWidgets()):
            if top is None or not top.isVisible():
                continue
            parts += [one.text() for one in top.findChildren(QLabel) if one.isVisible()]
            parts += [one.accessibleName() for one in top.findChildren(InfoBar) if one.isVisible()]
        return "\n".join(dict.fromkeys(part for part in parts if part))

    def pane_bars(self) -> list[InfoBar]:
        """Return every bar of the screen, shown or not."""
        assert self.pane is not None
        return self.pane.findChildren(InfoBar)

    def count(self, view: str) -> int:
        """Return how many companies stand under a filter."""
        return self.reconciliation.queue.figures().counts.get(view, 0)

    def close(self) -> None:
        self.reconciliation.stop()
        self.bridge.close()
        self.background.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert self.errors == []


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    """Return the light theme, applied once."""
    made = Theme("light")
    made.install(qapp)
    return made


@pytest.fixture
def clock() -> FixedClock:
    """Give a clock that stands still."""
    return FixedClock()


@pytest.fixture
def site(tmp_path: Path, clock: FixedClock) -> Iterator[SyncSite]:
    """Serve the whole application over HTTP, with one firm and two people who see all customers."""
    store = open_store(f"sqlite:///{tmp_path / 'server.db'}", clock=clock)
    try:
        with sync_site(store) as running:
            running.write(KARIN)
            yield running
    finally:
        store.close()


MakeDesk = Callable[..., LinkDesk]


@pytest.fixture
def open_with(
    qtbot: QtBot, site: SyncSite, tmp_path: Path, clock: FixedClock, theme: Theme
) -> Iterator[MakeDesk]:
    """Return what writes records on the server and opens the screen on them."""
    with ExitStack() as stack:
        desks: list[LinkDesk] = []

        def make(
            records: Sequence[Record],
            *,
            staff: Staff = ANNA,
            language: str = "sv",
            search: Search = suggest_for_company,
        ) -> LinkDesk:
            site.write(*records)
            client = stack.enter_context(open_desk(site, staff, tmp_path / f"desk{len(desks)}", clock))
            desks.append(LinkDesk(qtbot, client, theme, language, search))
            desks[-1].open()
            return desks[-1]

        yield make
        for desk in desks:
            desk.close()


__all__ = ["FIRM", "KARIN", "LinkDesk", "MakeDesk", "customer", "engagement", "number", "type_of", "unlinked"]

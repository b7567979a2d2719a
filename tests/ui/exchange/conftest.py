"""A firm with two customers, a person who may import, and a screen to import at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.catalogue import load_catalogue
from app.domain.records import Contact, Customer, Firm, Record, Staff
from app.storage.keyvalues import put_session
from app.storage.opening import open_database
from app.usecases.events import Events
from app.usecases.importing import Importing
from app.usecases.tables import Tables
from app.usecases.workspace import Workspace
from tests.support.cache import KEY, confirm_all, pull, sign_in
from tests.support.clocks import FixedClock
from ui.actions import Actions
from ui.background import Background
from ui.event_bridge import EventBridge
from ui.exchange.pane import ImportPane
from ui.messages import Messages
from ui.screens import ScreenContext
from ui.theme import Theme

RECORDS = (
    Firm(id="fi_1", name="Byrån", organisation_number="162021005489"),
    Staff(id="st_full", name="Eva Ek", email="eva@example.se", full_permission=True),
    Staff(id="st_some", name="Bo Berg", email="bo@example.se"),
    Customer(id="cu_alfa", customer_number="A35", name="Alfa AB", organisation_number="165560360793"),
    Customer(id="cu_gamma", customer_number="A37", name="Gamma AB", organisation_number="165560160680"),
    Contact(id="ct_1", customer_id="cu_alfa", name="Anna", is_main=True),
)
LIST = """Kundnr;Orgnr;Namn;Ort;E-post
A35;556036-0793;Alfa AB;Solna;
A36;212000-0142;Kommunen;Stockholm;info@example.se
A37;556016-0680;Gamma AB;;
A38;559123-4567;Delta AB;;
;070-123 45 67;Epsilon AB;;
A40;850709-9805;Berga Gård;Umeå;
"""


class Desk:
    """The client's local side, the screen, and what the screen asked of the window."""

    def __init__(self, qtbot: QtBot, folder: Path, theme: Theme, staff_id: str) -> None:
        self.folder = folder
        self.clock = FixedClock()
        self.database = open_database(
            folder / "cache.db", KEY, set_aside_folder=folder / "aside", now=self.clock.now()
        ).database
        self._rev = 0
        self.events = Events()
        self.pull(RECORDS)
        sign_in(self.database, staff_id, "fi_1")
        with self.database.write() as unit:
            put_session(unit, pulled_at=self.clock.now().isoformat())
        self.workspace = Workspace(self.database, self.clock, self.events)
        self.background = Background()
        self.bridge = EventBridge()
        self.bridge.attach(self.events.subscribe)
        self.went: list[tuple[str, dict[str, Any]]] = []
        self.toasts: list[str] = []
        self.errors: list[BaseException] = []
        self.context = ScreenContext(
            background=self.background,
            events=self.bridge,
            actions=Actions(self.bridge),
            theme=theme,
            messages=Messages(),
            navigate=lambda key, **arguments: self.went.append((key, arguments)),
            toast=lambda text, *_: self.toasts.append(text),
            show_error=self.errors.append,
            show_side=lambda _text: None,
            window=QWidget(),
            samverka=SimpleNamespace(
                clock=self.clock,
                importing=Importing(self.workspace),
                tables=Tables(self.workspace, load_catalogue()),
            ),
        )
        self.qtbot = qtbot
        self.pane = ImportPane(self.context)
        qtbot.addWidget(self.pane)
        self.pane.resize(1240, 760)
        self.pane.show()
        self.pane.shown()
        self.settle()

    def pull(self, records: Iterable[Record]) -> None:
        self._rev += 1
        self.events.publish(pull(self.database, records, rev=self._rev))

    def confirm(self) -> None:
        """Let everything that is under way come back from the server."""
        self.events.publish(confirm_all(self.database))

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def open(self, *files: Path) -> None:
        self.pane.open_with(files=files)
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.background.is_idle)

    def close(self) -> None:
        self.bridge.close()
        self.background.close()
        self.database.close()


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    made = Theme("light")
    made.install(qapp)
    return made


@pytest.fixture
def make_desk(qtbot: QtBot, tmp_path: Path, theme: Theme) -> Iterator[Callable[..., Desk]]:
    made: list[Desk] = []

    def make(staff_id: str = "st_full") -> Desk:
        made.append(Desk(qtbot, tmp_path, theme, staff_id))
        return made[-1]

    yield make
    for desk in made:
        desk.close()


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Iterator[Desk]:
    made = make_desk()
    yield made
    assert made.errors == []

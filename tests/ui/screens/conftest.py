"""A desk at the sample firm: its cache, its use cases, and what a screen asked of the window."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.catalogue import load_catalogue
from app.domain.records import Staff
from app.server.sample import make_sample_firm
from app.storage.database import Database
from app.storage.keyvalues import put_session
from app.storage.opening import open_database
from app.usecases.collaborations import Collaborations
from app.usecases.customer_details import CustomerDetailsQuery
from app.usecases.customer_list import CustomerList
from app.usecases.engagements import Engagements
from app.usecases.events import Events
from app.usecases.invitations import Invitations
from app.usecases.mail_tray import TrayLine, TrayMail
from app.usecases.outbox import Outbox
from app.usecases.overview import Overview
from app.usecases.reconciliation import Reconciliation
from app.usecases.service_links import ServiceLinks
from app.usecases.today import TodayScreen
from app.usecases.views import Views
from app.usecases.workspace import Workspace
from tests.support.cache import KEY, pull, sign_in
from tests.support.clocks import FixedClock
from ui.actions import Actions
from ui.background import Background
from ui.event_bridge import EventBridge
from ui.messages import Messages
from ui.screens import ScreenContext
from ui.theme import Theme
from ui.widgets.info_bar import InfoBar
from ui.widgets.pane import Pane
from ui.widgets.table import Table

W = TypeVar("W", bound=QWidget)


@pytest.fixture(scope="session")
def sample_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a closed cache file with the sample firm in it, made once."""
    clock = FixedClock()
    file = tmp_path_factory.mktemp("sample") / "cache.db"
    database = open_database(file, KEY, set_aside_folder=file.parent / "aside", now=clock.now()).database
    sample = make_sample_firm(clock.now(), clock.today())
    boss = next(
        r for r in sample.records if isinstance(r, Staff) and r.full_permission and r.vendor_administrator
    )
    sign_in(database, boss.id, sample.firm.id)
    pull(database, sample.records)
    with database.write() as unit:
        put_session(unit, pulled_at=clock.now().isoformat())
    database.checkpoint()
    database.close()
    return file


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    """Return the light theme, applied once."""
    made = Theme("light")
    made.install(qapp)
    return made


class Tray:
    """Stands where the embedded server's mail tray is; the real one is asked in the acceptance tests."""

    def __init__(self) -> None:
        self.mails: list[TrayMail] = []

    def list_mails(self) -> list[TrayLine]:
        return [
            TrayLine(id=m.id, to=m.to, subject=m.subject, sent_at=m.sent_at, kind="invitation")
            for m in self.mails
        ]

    def read_mail(self, mail_id: str) -> TrayMail:
        return next(m for m in self.mails if m.id == mail_id)


class Desk:
    """Use cases on the sample firm's cache, without a server, and one screen."""

    def __init__(self, qtbot: QtBot, database: Database, theme: Theme) -> None:
        self.qtbot = qtbot
        self.clock = FixedClock()
        self.clock.advance(timedelta(minutes=1))
        self.database = database
        self.events = Events()
        self.workspace = Workspace(database, self.clock, self.events)
        self.catalogue = load_catalogue()
        self.tray = Tray()
        invitations = Invitations(self.workspace)
        self.outbox = Outbox(self.workspace)
        self.is_offline = False
        self.has_fetched = True
        self.samverka = SimpleNamespace(
            clock=self.clock,
            catalogue=self.catalogue,
            workspace=self.workspace,
            customer_list=CustomerList(self.workspace),
            customer_details=CustomerDetailsQuery(self.workspace),
            views=Views(self.workspace),
            collaborations=Collaborations(self.workspace),
            invitations=invitations,
            engagements=Engagements(self.workspace),
            outbox=self.outbox,
            overview=Overview(self.workspace),
            service_links=ServiceLinks(self.workspace, self.catalogue),
            reconciliation=Reconciliation(self.workspace, self.catalogue),
            today=TodayScreen(self.workspace, invitations, lambda: ()),
            mail_tray=self.tray,
            status=SimpleNamespace(
                read=lambda: SimpleNamespace(
                    last_pull_at=self.clock.now() if self.has_fetched else None, is_offline=self.is_offline
                ),
                has_fetched=lambda: self.has_fetched,
            ),
        )
        self.background = Background()
        self.bridge = EventBridge()
        self.bridge.attach(self.events.subscribe)
        self.went: list[tuple[str, dict[str, Any]]] = []
        self.toasts: list[str] = []
        self.errors: list[BaseException] = []
        self.window = QWidget()
        self.window.resize(1240, 800)
        qtbot.addWidget(self.window)
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
            window=self.window,
            samverka=self.samverka,
        )
        self.background.set_unhandled(self.errors.append)
        self.pane: Pane | None = None

    def open(self, create: Callable[[ScreenContext], QWidget], **arguments: Any) -> None:
        """Show a screen, as the window does."""
        made = create(self.context)
        assert isinstance(made, Pane)
        self.pane = made
        self.qtbot.addWidget(made)
        made.resize(1200, 820)
        made.show()
        made.shown()
        if arguments:
            made.open_with(**arguments)
        self.settle()

    def settle(self) -> None:
        """Wait until every question has been answered."""
        self.qtbot.waitUntil(lambda: self.background.is_idle, timeout=20_000)

    def until(self, holds: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(holds()), timeout=20_000)

    def find(self, kind: type[W], name: str) -> W:
        """Return the widget of that name in the screen or a dialog over it."""
        for top in (self.pane, *QApplication.topLevelWidgets()):
            found = top.findChild(kind, name) if top is not None else None
            if found is not None:
                return found
        raise AssertionError(name)

    def press(self, name: str) -> None:
        button = self.find(QPushButton, name)
        assert button.isEnabled(), f"{name}: {button.toolTip()}"
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def ids(self, name: str) -> list[str]:
        model = self.find(Table, name).rows
        return [model.id_at(at) for at in range(model.rowCount())]

    def seen(self) -> str:
        """Return every text that is visible in the screen."""
        assert self.pane is not None
        parts = [one.text() for one in self.pane.findChildren(QLabel) if one.isVisible()]
        parts += [one.accessibleName() for one in self.pane.findChildren(InfoBar) if one.isVisible()]
        parts += [
            one.accessibleName() or one.text()
            for one in self.pane.findChildren(QPushButton)
            if one.isVisible()
        ]
        return "\n".join(parts)

    def close(self) -> None:
        self.bridge.close()
        self.background.close()
        self.database.close()


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, sample_cache: Path, theme: Theme) -> Iterator[Desk]:
    """Return a desk with a cache of its own; nothing may go wrong unseen."""
    file = tmp_path / "cache.db"
    shutil.copy(sample_cache, file)
    database = open_database(file, KEY, set_aside_folder=tmp_path / "aside", now=FixedClock().now()).database
    made = Desk(qtbot, database, theme)
    yield made
    made.close()
    assert made.errors == []

"""A desk to activate at: the real use case on a temporary database, and what a screen is given."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QWidget

from app.catalogue import load_catalogue
from app.domain.activation_facts import CustomerFacts
from app.domain.records import Record, Registration
from app.errors import RemoteError
from app.storage.opening import open_database
from app.usecases.activation import Activations
from app.usecases.events import Events
from app.usecases.workspace import Workspace
from tests.support.activation_cases import FIRM, KARIN, OLLE, SARA, berga_gard, bergstroms_el
from tests.support.cache import KEY, pull, sign_in
from tests.support.clocks import FixedClock
from ui.actions import Actions
from ui.background import Background
from ui.event_bridge import EventBridge
from ui.messages import Messages
from ui.screens import ScreenContext
from ui.theme import Theme

PATIENCE_MILLISECONDS = 10_000


def records_of(facts: CustomerFacts) -> list[Record]:
    """Return every record that the facts consist of."""
    registration = [facts.registration] if facts.registration is not None else []
    return [
        facts.customer,
        *facts.contacts,
        *facts.engagements,
        *facts.participations,
        *registration,
        *facts.collaborations,
        *facts.invitations,
    ]


class Desk:
    """The client's local side with two customers, and a server that is there or not."""

    def __init__(
        self, folder: Path, theme: Theme, *facts: CustomerFacts, online: bool = True, language: str = "sv"
    ) -> None:
        self.clock = FixedClock()
        opened = open_database(
            folder / "cache.db", KEY, set_aside_folder=folder / "aside", now=self.clock.now()
        )
        self.database = opened.database
        self.rev = 0
        sign_in(self.database, KARIN.id, FIRM.id)
        self.events = Events()
        self.workspace = Workspace(self.database, self.clock, self.events)
        self.online = online
        self.asked: list[tuple[str, ...]] = []
        self.answers: dict[str, Registration] = {}
        self.activation = Activations(
            self.workspace,
            load_catalogue(),
            check_online=self._check,
            is_online=lambda: self.online,
        )
        shown = facts or (berga_gard(), bergstroms_el())
        self.pull([FIRM, KARIN, OLLE, SARA, *(record for one in shown for record in records_of(one))])
        self.toasts: list[tuple[str, str, Callable[[], None] | None]] = []
        self.errors: list[BaseException] = []
        self.window = QWidget()
        self.background = Background(parent=self.window)
        self.bridge = EventBridge(self.window)
        self.bridge.attach(self.events.subscribe)
        self.theme = theme
        self.context = ScreenContext(
            samverka=SimpleNamespace(
                activation=self.activation, status=SimpleNamespace(has_fetched=lambda: True)
            ),
            background=self.background,
            events=self.bridge,
            actions=Actions(self.window),
            theme=theme,
            messages=Messages(language),
            navigate=self._navigate,
            toast=self._toast,
            show_error=self.errors.append,
            show_side=lambda _text: None,
            window=self.window,
        )

    def pull(self, records: Iterable[Record]) -> None:
        """Let the server's rows arrive."""
        self.rev += 1
        self.events.publish(pull(self.database, records, rev=self.rev))

    def wait_until(self, holds: Callable[[], bool]) -> None:
        """Let events be handled until it holds. Raises AssertionError where it never does."""
        deadline = QDeadlineTimer(PATIENCE_MILLISECONDS)
        while not holds():
            if deadline.hasExpired():
                raise AssertionError("waited in vain")
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def settle(self) -> None:
        """Let everything that was asked be answered, and the answers be shown."""
        for _ in range(3):
            QCoreApplication.processEvents()
            self.wait_until(lambda: self.background.is_idle)

    def close(self) -> None:
        """Put everything away."""
        self.bridge.close()
        self.background.close()
        self.database.close()
        self.window.deleteLater()

    def _check(self, customer_ids: Sequence[str]) -> Sequence[Registration]:
        if not self.online:
            raise RemoteError("server_unreachable")
        self.asked.append(tuple(customer_ids))
        now = self.clock.now()
        return [
            dataclasses.replace(self.answers[id_], checked_at=now)
            for id_ in customer_ids
            if id_ in self.answers
        ]

    def _toast(self, text: str, undo_text: str = "", undo: Callable[[], None] | None = None) -> None:
        self.toasts.append((text, undo_text, undo))

    def _navigate(self, key: str, **arguments: Any) -> None:
        self.toasts.append((key, str(arguments), None))

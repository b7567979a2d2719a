"""The customer list on a cache with a handful of customers, through the real use cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.catalogue import load_catalogue
from app.domain.records import (
    Collaboration,
    Company,
    Contact,
    Customer,
    Engagement,
    Participation,
    Record,
    Registration,
    Staff,
)
from app.storage.opening import open_database
from app.usecases.customer_details import CustomerDetailsQuery
from app.usecases.customer_list import CustomerList
from app.usecases.events import Events
from app.usecases.service_links import ServiceLinks
from app.usecases.views import Views
from app.usecases.workspace import Workspace
from tests.support.cache import KEY, pull, sign_in
from tests.support.clocks import FixedClock
from ui.actions import Actions
from ui.background import Background
from ui.customers.pane import CustomersPane
from ui.event_bridge import EventBridge
from ui.messages import Messages
from ui.screens import ScreenContext
from ui.theme import Theme
from ui.translation import Languages

ME = Staff(id="st_1", name="Karin Ek", email="karin@byran.example")


def customer(number: int, name: str, **fields: Any) -> Customer:
    return Customer(id=f"cu_{number}", customer_number=str(number), name=name, **fields)


def collaboration(
    number: int, service: str, state: str = "active", engagement: str | None = ""
) -> Collaboration:
    return Collaboration(
        id=f"cl_{number}_{service}",
        company=Company(name="x"),
        service=service,
        customer_id=f"cu_{number}",
        engagement_id=f"en_{number}" if engagement == "" else engagement,
        state=state,
    )


FIRST = (
    ME,
    customer(1, "Zettermans AB", organisation_number="165560360793", account_manager_id=ME.id),
    customer(2, "Åkeri Norr AB"),
    customer(3, "Wiksell Bygg", kind="sole_firm", organisation_number="198507099805"),
    customer(4, "Östens Måleri"),
    customer(5, "Vikens Fisk"),
    Contact(id="ct_1", customer_id="cu_1", name="Örjan Fält", email="orjan@zetterman.example", is_main=True),
    Engagement(id="en_1", customer_id="cu_1", type="bookkeeping", title="Löpande bokföring 2026"),
    Participation(id="pa_1", engagement_id="en_1", customer_id="cu_1", staff_id=ME.id, role="owner"),
    Registration(id="rg_1", customer_id="cu_1", answer="registered"),
    collaboration(1, "eekonomi"),
    collaboration(1, "utlagg", "pending"),
    collaboration(4, "scanner", "active", None),
)


class Firm:
    """The client's local side, the pane, and what the pane asked of the window."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.clock = FixedClock()
        self.database = open_database(
            folder / "cache.db", KEY, set_aside_folder=folder / "aside", now=self.clock.now()
        ).database
        sign_in(self.database, ME.id, "fi_1")
        self.rev = 0
        self.events = Events()
        self.workspace = Workspace(self.database, self.clock, self.events)
        self.pull(FIRST)
        self.theme = Theme("light")
        self.background = Background()
        self.bridge = EventBridge()
        self.bridge.attach(self.events.subscribe)
        self.went: list[tuple[str, dict[str, Any]]] = []
        self.toasts: list[str] = []
        self.errors: list[BaseException] = []
        self.side = ""
        self.samverka = SimpleNamespace(
            customer_list=CustomerList(self.workspace),
            customer_details=CustomerDetailsQuery(self.workspace),
            views=Views(self.workspace),
            service_links=ServiceLinks(self.workspace, load_catalogue()),
            catalogue=load_catalogue(),
            status=SimpleNamespace(has_fetched=lambda: True),
        )
        self.context = ScreenContext(
            background=self.background,
            events=self.bridge,
            actions=Actions(self.bridge),
            theme=self.theme,
            messages=Messages(),
            navigate=lambda key, **arguments: self.went.append((key, arguments)),
            toast=lambda text, *_: self.toasts.append(text),
            show_error=self.errors.append,
            show_side=lambda text: setattr(self, "side", text),
            window=None,  # type: ignore[arg-type]  the pane never asks for it
            samverka=self.samverka,
        )
        self.background.set_unhandled(self.errors.append)
        self.pane = CustomersPane(self.context)
        qtbot.addWidget(self.pane)
        self.pane.resize(1240, 760)
        self.pane.show()
        self.qtbot = qtbot
        self.settle()

    def pull(self, records: Iterable[Record]) -> None:
        self.rev += 1
        self.events.publish(pull(self.database, records, rev=self.rev))

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.background.is_idle)

    def close(self) -> None:
        self.bridge.close()
        self.background.close()
        self.database.close()


@pytest.fixture
def languages(qtbot: QtBot) -> Iterator[Languages]:
    """The program's language; Swedish again afterwards."""
    made = Languages()
    made.choose("sv")
    yield made
    made.choose("sv")


@pytest.fixture
def firm(qtbot: QtBot, tmp_path: Path) -> Iterator[Firm]:
    made = Firm(qtbot, tmp_path)
    yield made
    assert made.errors == []
    made.close()

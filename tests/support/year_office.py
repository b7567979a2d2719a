"""An office through the year: the whole window, the firm's server over real HTTP, and the vendor's register.

One customer with five services, three colleagues, and the means to let the server, the vendor and the client
catch up with each other. What is asserted is what the server's store holds and what the window says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.ids import PREFIXES, derived_id
from app.domain.lifecycle import registration_id
from app.domain.records import (
    TYPE_NAMES,
    Access,
    AccessReason,
    Collaboration,
    Company,
    Contact,
    Customer,
    Engagement,
    Firm,
    Participation,
    Person,
    Record,
    RegisteredService,
    Registration,
    Staff,
)
from app.server.gateway.register_company import (
    RegisterCollaboration,
    RegisterCompany,
    RegisterPerson,
    RegisterSubscription,
)
from tests.server.sync_site import ANNA, BO, EVA, FIRM
from tests.support.own_firm import OwnFirm, own_firm
from ui.widgets.info_bar import InfoBar
from ui.widgets.table import Table

W = TypeVar("W", bound=QWidget)
R = TypeVar("R", bound=Record)
PATIENCE_MILLISECONDS = 30_000

BOSS = replace(ANNA, vendor_administrator=True)
CARL = Staff(id="st_carl", name="Carl Dahl", email="carl@byran.example")
THE_FIRM = Firm(id=FIRM, name="Byrån AB", organisation_number="165560360793", offices=("Växjö",))
NUMBER = "165560160680"
COMPANY = Customer(
    id="cu_verkstad",
    customer_number="1001",
    name="Verkstaden i Växjö AB",
    organisation_number=NUMBER,
    legal_form="AB",
    fiscal_year_end="06-30",
    account_manager_id=BOSS.id,
    vendor_customer_number="700100",
)
MAIN = Person(name="Nils Ek", email="nils@verkstaden.example")
BOOKKEEPING = Engagement(
    id="en_2026", customer_id=COMPANY.id, type="bookkeeping", title="Löpande bokföring 2026", fiscal_year=2026
)
PAYROLL = Engagement(id="en_lon", customer_id=COMPANY.id, type="payroll", title="Lön")
SERVICES = ("eekonomi", "ekonomioversikt", "scanner", "utlagg", "digitala_fakturor")


def collaboration_id(service: str) -> str:
    """Return the id of the customer's collaboration in this service."""
    return f"cl_{service}"


def make_records(*, main_contact: Person | None = MAIN, **facts: Any) -> list[Record]:
    """Return the firm as it stands on the first day. ``facts`` are fields of the registration."""
    collaborations = [
        Collaboration(
            id=collaboration_id(code),
            company=Company(number=NUMBER, name=COMPANY.name, vendor_customer_number="700100"),
            service=code,
            customer_id=COMPANY.id,
            engagement_id=BOOKKEEPING.id,
            variant="smart" if code == "eekonomi" else "",
            payer="firm",
            period_months=12 if code in ("eekonomi", "ekonomioversikt") else None,
            period_from=date(2026, 3, 1) if code in ("eekonomi", "ekonomioversikt") else None,
            started_on=date(2026, 3, 1),
        )
        for code in SERVICES
    ]
    return [
        THE_FIRM,
        BOSS,
        CARL,
        COMPANY,
        Contact(id="ct_nils", customer_id=COMPANY.id, name=MAIN.name, email=MAIN.email, is_main=True),
        BOOKKEEPING,
        PAYROLL,
        _on(BOOKKEEPING, BOSS, "owner"),
        _on(BOOKKEEPING, CARL, "participant"),
        _on(PAYROLL, CARL, "owner"),
        Registration(
            id=registration_id(COMPANY.id),
            customer_id=COMPANY.id,
            answer="registered",
            vendor_customer_numbers=("700100",),
            services=tuple(
                RegisteredService(code=code, payer="firm", subscription_owner="firm") for code in SERVICES
            ),
            administrators=(MAIN,),
            main_contact=main_contact,
            **{"bank_link": False, "open_reports": 0, **facts},
        ),
        *collaborations,
        *(_access(one.id, staff) for one in collaborations for staff in (BOSS, CARL)),
    ]


def make_company(*, has_main_contact: bool = True, **facts: Any) -> RegisterCompany:
    """Return the company as the vendor's register keeps it."""
    return RegisterCompany(
        vendor_customer_number="700100",
        name=COMPANY.name,
        number=NUMBER,
        legal_form="AB",
        people=(RegisterPerson(name=MAIN.name, email=MAIN.email, is_main_contact=has_main_contact),),
        subscriptions=tuple(
            RegisterSubscription(service=code, payer="firm", owner="firm") for code in SERVICES
        ),
        collaborations=tuple(
            RegisterCollaboration(firm_id=FIRM, firm_name=THE_FIRM.name, service=code) for code in SERVICES
        ),
        **facts,
    )


class YearOffice:
    """The window and the server; every hand is that of a person with mouse and keyboard."""

    def __init__(self, firm: OwnFirm) -> None:
        self.firm = firm
        self.site = firm.site
        self.window = firm.application.window
        self.samverka = firm.application.samverka

    # The server

    def get(self, cls: type[R], id_: str) -> R:
        """Return the record as the server holds it; AssertionError where there is none."""
        found = self.find_record(cls, id_)
        assert found is not None, id_
        return found

    def find_record(self, cls: type[R], id_: str) -> R | None:
        """Return the record as the server holds it, or None."""
        with self.site.store.read(FIRM) as snapshot:
            return snapshot.reader.find(_name(cls), id_)  # type: ignore[return-value]  # the type's name says which class it is

    def list_of_customer(self, cls: type[R]) -> list[R]:
        """Return the customer's records of that class at the server."""
        with self.site.store.read(FIRM) as snapshot:
            rows = snapshot.reader.list_of_customer(_name(cls), COMPANY.id)
        return list(rows)  # type: ignore[arg-type]  # the type's name says which class they are

    def state(self, service: str) -> str:
        """Return the state of the customer's collaboration at the server."""
        return self.get(Collaboration, collaboration_id(service)).state

    def let_the_server_work(self) -> None:
        """The vendor answers, mails leave, the calendar is looked at."""
        self.site.assembly.customer_side.run_until_quiet()

    def next_day(self, days: int = 1) -> None:
        """The clock of everybody moves on, and the server does what the day brings."""
        self.site.store.clock.advance(timedelta(days=days))  # type: ignore[attr-defined]  # the test's clock
        self.let_the_server_work()

    def synchronise(self) -> None:
        """Send what is decided, let the server and the vendor answer, and fetch what follows."""
        for _ in range(2):
            self.pull()
            self.let_the_server_work()
        self.pull()

    def pull(self) -> None:
        """Wait until the client has sent everything and holds the server's head."""
        self.firm.application.context.actions["sync"].trigger()
        self.until(self._is_level)

    def _is_level(self) -> bool:
        with self.samverka.workspace.read() as unit:
            waiting = unit.value(
                "SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending', 'acknowledged')"
            )
            newest = unit.value("SELECT max(rev) FROM mirror")
        with self.site.store.read(FIRM) as snapshot:
            head = snapshot.head
        if waiting or (newest or 0) < head:
            self.firm.application.context.actions["sync"].trigger()
            return False
        return True

    # The window

    def go(self, screen: str, **arguments: Any) -> None:
        """Go to a screen or open a dialog, as a menu or a button does."""
        self.window.navigate(screen, **arguments)
        self.settle()

    def settle(self) -> None:
        """Wait until everything that was asked has been answered."""
        background = self.firm.application.context.background
        self.until(lambda: background.is_idle)

    def until(self, holds: Callable[[], object]) -> None:
        self.firm.bot.waitUntil(lambda: bool(holds()), timeout=PATIENCE_MILLISECONDS)

    def find(self, kind: type[W], name: str) -> W:
        """Return the widget of that name in the window or a dialog, the topmost first, when it is shown."""
        self.until(lambda: self._visible(kind, name) is not None)
        found = self._visible(kind, name)
        assert found is not None
        return found

    def _visible(self, kind: type[W], name: str) -> W | None:
        tops = [self.window, *(w for w in QApplication.topLevelWidgets() if w is not self.window)]
        for top in reversed(tops):
            for found in top.findChildren(kind, name):
                if found.isVisible():
                    return found
        return None

    def press(self, name: str) -> None:
        """Press a button as a mouse does, and let what follows happen."""
        button = self.find(QAbstractButton, name)
        assert button.isEnabled(), f"{name}: {button.toolTip()}"
        if isinstance(button, QPushButton):
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        else:
            button.click()
        self.settle()

    def choose(self, name: str, text: str) -> None:
        """Choose a line of a combo box by its words."""
        box = self.find(QComboBox, name)
        at = box.findText(text)
        assert at >= 0, [box.itemText(place) for place in range(box.count())]
        box.setCurrentIndex(at)
        self.settle()

    def sentences(self, table: str) -> list[str]:
        """Return what a screen reader says of each row."""
        model = self.find(Table, table).rows
        rows = (model.row_at(at) for at in range(model.rowCount()))
        return [model.sentence(row) for row in rows if row is not None]

    def select(self, table: str, row_id: str) -> None:
        """Choose a row."""
        self.until(lambda: self.find(Table, table).rows.position_of(row_id) >= 0)
        assert self.find(Table, table).select_id(row_id)
        self.settle()

    def seen(self) -> str:
        """Return every text that can be read in the window and its dialogs."""
        tops = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
        labels = [one.text() for top in tops for one in top.findChildren(QLabel) if one.isVisible()]
        bars = [one.accessibleName() for top in tops for one in top.findChildren(InfoBar) if one.isVisible()]
        return "\n".join(labels + bars)

    def sees(self, text: str) -> None:
        """Wait until this can be read: what a layout has just been given is shown a moment later."""
        self.until(lambda: text in self.seen())

    def close_dialogs(self) -> None:
        """Leave every dialog."""
        for dialog in self.window.findChildren(QDialog):
            if dialog.isVisible():
                dialog.reject()
        self.settle()


@contextmanager
def year_office(
    folder: Path,
    qapp: QApplication,
    bot: QtBot,
    records: list[Record] | None = None,
    company: RegisterCompany | None = None,
) -> Iterator[YearOffice]:
    """Open the window on the firm, signed in as its boss, with everything fetched."""
    with own_firm(folder, qapp, bot, customers=0) as firm:
        firm.site.write(*(records if records is not None else make_records()))
        firm.site.assembly.gateway.fill([company or make_company()])
        firm.sign_in()
        office = YearOffice(firm)
        office.pull()
        yield office


def _access(collaboration: str, staff: Staff) -> Access:
    because = AccessReason.PARTICIPATION
    return Access(
        id=derived_id(PREFIXES["access"], collaboration, staff.id, because),
        collaboration_id=collaboration,
        customer_id=COMPANY.id,
        staff_id=staff.id,
        since=datetime(2026, 3, 1, tzinfo=UTC),
        because=because,
    )


def _name(cls: type[Any]) -> str:
    return TYPE_NAMES[cls]


def _on(engagement: Engagement, staff: Staff, role: str) -> Participation:
    return Participation(
        id=derived_id(PREFIXES["participation"], engagement.id, staff.id),
        engagement_id=engagement.id,
        customer_id=engagement.customer_id,
        staff_id=staff.id,
        role=role,
        from_on=date(2026, 1, 1),
    )


__all__ = [
    "BO",
    "BOSS",
    "CARL",
    "COMPANY",
    "EVA",
    "YearOffice",
    "make_company",
    "make_records",
    "year_office",
]

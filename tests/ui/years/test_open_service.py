"""*Öppna tjänsten*: from the list of customers, from Samarbeten and on the customer, or why it cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.records import Access, Record
from tests.support.year_office import (
    BOSS,
    CARL,
    COMPANY,
    YearOffice,
    collaboration_id,
    make_records,
    year_office,
)
from tests.ui.years.test_invitations import asked


class Browser(QObject):
    """Takes what would be opened in the person's browser."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def take(self, address: QUrl) -> None:
        self.opened.append(address.toString())


@pytest.fixture
def browser() -> Iterator[Browser]:
    """Stand in the place of the browser, by Qt's own means."""
    found = Browser()
    QDesktopServices.setUrlHandler("https", found, "take")
    yield found
    QDesktopServices.unsetUrlHandler("https")


def with_access(*services: str) -> list[Record]:
    """Return the firm where the boss has access to these services, and Carl's to the rest."""
    wanted = {collaboration_id(service) for service in services}
    records = [
        replace(one, staff_id=BOSS.id if one.collaboration_id in wanted else CARL.id)
        if isinstance(one, Access) and one.staff_id is not None
        else one
        for one in make_records()
    ]
    seen = {(one.collaboration_id, one.staff_id) for one in records if isinstance(one, Access)}
    for id_ in wanted:
        assert (id_, BOSS.id) in seen, "the office has access rows for it"
    unique = {one.id: one for one in records}
    return [*unique.values(), *asked()]


@pytest.fixture
def office(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[YearOffice]:
    """The window of the boss, who is on the engagement of Scanner only."""
    with year_office(tmp_path, qapp, qtbot, with_access("scanner")) as found:
        yield found


def test_from_the_list_of_collaborations(office: YearOffice, browser: Browser) -> None:
    office.go("collaborations")
    office.select("collaborationsTable", collaboration_id("scanner"))
    button = office.find(QPushButton, "collaborationsOpenService")
    office.until(button.isEnabled)
    office.press("collaborationsOpenService")
    assert browser.opened == ["https://vismaspcs.se/"]
    office.select("collaborationsTable", collaboration_id("eekonomi"))
    office.until(lambda: "Du har inte tillgång till kundens tjänst." in button.toolTip())
    assert not button.isEnabled()
    office.select("collaborationsTable", "cl_lon_smart")
    office.until(lambda: "Kunden har inget aktivt samarbete i tjänsten." in button.toolTip())
    assert "godkänt inbjudan" in button.toolTip()


def test_from_the_list_of_customers_and_its_panel(office: YearOffice, browser: Browser) -> None:
    office.window.resize(1440, 900)  # the panel needs the room
    office.go("customers")
    office.select("customersTable", COMPANY.id)
    action = office.firm.application.context.actions["open_service"]
    office.until(action.isEnabled)
    opener = office.find(QPushButton, f"panelService_{collaboration_id('scanner')}")
    office.until(opener.isEnabled)
    opener.click()
    assert browser.opened == ["https://vismaspcs.se/"]
    other = office.find(QPushButton, f"panelService_{collaboration_id('eekonomi')}")
    assert not other.isEnabled()
    assert "Du har inte tillgång" in other.toolTip()
    action.trigger()
    menu = office.find(QMenu, "openServiceMenu")
    enabled = {one.text(): one.isEnabled() for one in menu.actions()}
    assert enabled["Scanner"]
    assert not enabled["eEkonomi"]
    next(one for one in menu.actions() if one.isEnabled()).trigger()
    menu.close()
    assert len(browser.opened) == 2

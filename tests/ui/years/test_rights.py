"""A command that a person may not give is disabled, says why and who can: with the same words everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.records import Record, Staff
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

WHY_AND_WHO = f"Det kräver fullständig behörighet på byrån. Det kan {CARL.name}."


def staff_with(*, boss: bool) -> list[Record]:
    """Return the firm where Carl may everything, and the signed-in person everything or little."""
    rights = {
        BOSS.id: replace(BOSS, full_permission=boss, vendor_administrator=boss),
        CARL.id: replace(CARL, full_permission=True, vendor_administrator=True),
    }
    records = [rights.get(one.id, one) if isinstance(one, Staff) else one for one in make_records()]
    return [*records, *asked()]


@pytest.fixture
def plain(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[YearOffice]:
    """The window of somebody without full permission."""
    with year_office(tmp_path, qapp, qtbot, staff_with(boss=False)) as office:
        yield office


def chosen(office: YearOffice, screen: str, table: str, row_id: str, **arguments: object) -> None:
    office.go(screen, **arguments)
    office.until(lambda: office.select(table, row_id) is None)


def why(office: YearOffice, button: str) -> str:
    found = office.find(QPushButton, button)
    return "" if found.isEnabled() else found.toolTip()


@pytest.mark.case(38)
def test_each_screen_says_why_and_who_can(plain: YearOffice) -> None:
    chosen(plain, "collaborations", "collaborationsTable", collaboration_id("scanner"))
    plain.until(lambda: why(plain, "collaborationsEnd") == WHY_AND_WHO)
    actions = plain.firm.application.context.actions
    assert WHY_AND_WHO in actions["end_collaboration"].toolTip()
    chosen(plain, "invitations", "invitationsTable", "iv_lon", filter="all")
    plain.until(lambda: why(plain, "invitationsWithdraw") == WHY_AND_WHO)
    assert plain.find(QPushButton, "invitationsRemind").isEnabled(), "all staff may remind"
    plain.go("customer", customer_id=COMPANY.id)
    plain.until(lambda: WHY_AND_WHO in actions["end_all"].toolTip())
    chosen(plain, "access", "accessStaff", CARL.id)
    plain.until(lambda: why(plain, "accessLeave") == WHY_AND_WHO)
    plain.go("change", collaboration_ids=[collaboration_id("eekonomi")])
    plain.sees(f"Det kan {CARL.name}.")
    plain.close_dialogs()
    plain.go("ending", collaboration_ids=[collaboration_id("scanner")])
    plain.sees(f"Det kan {CARL.name}.")


def test_the_settings_say_what_one_may_and_who_can_the_rest(plain: YearOffice) -> None:
    plain.go("settings")
    plain.until(lambda: "Begränsad behörighet" in plain.find(QLabel, "settings_rights").text())
    plain.until(lambda: WHY_AND_WHO in plain.find(QLabel, "settings_rights").text())


def test_who_has_the_right_is_told_nothing(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    with year_office(tmp_path, qapp, qtbot, staff_with(boss=True)) as office:
        chosen(office, "collaborations", "collaborationsTable", collaboration_id("scanner"))
        office.until(lambda: office.find(QPushButton, "collaborationsEnd").isEnabled())
        chosen(office, "invitations", "invitationsTable", "iv_lon", filter="all")
        office.until(lambda: office.find(QPushButton, "invitationsWithdraw").isEnabled())


def test_a_right_that_is_given_enables_the_command_at_once(plain: YearOffice) -> None:
    chosen(plain, "collaborations", "collaborationsTable", collaboration_id("scanner"))
    plain.until(lambda: why(plain, "collaborationsEnd") == WHY_AND_WHO)
    plain.site.write(BOSS)
    plain.pull()
    plain.until(lambda: plain.find(QPushButton, "collaborationsEnd").isEnabled())

"""Engagements and staff through the year: who has access at the server, and what was said before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QComboBox, QDateEdit, QPushButton

from app.domain.records import Access, Collaboration, Customer, Engagement, Participation, Staff
from tests.support.year_office import (
    BO,
    BOOKKEEPING,
    BOSS,
    CARL,
    COMPANY,
    EVA,
    YearOffice,
    collaboration_id,
)
from tests.ui.years.test_papers import text_of
from ui.sheets.preview_dialog import PaperDialog
from ui.widgets.table import Table


def with_access(office: YearOffice) -> set[str]:
    """Return the ids of the staff who have access to eEkonomi, as the server holds it."""
    return {
        row.staff_id
        for row in office.list_of_customer(Access)
        if row.until is None and row.staff_id and row.collaboration_id == collaboration_id("eekonomi")
    }


def test_an_engagement_rolls_with_its_collaborations(office: YearOffice) -> None:
    office.go("engagements", filter="due")
    office.sees("1 ska rullas")
    office.select("engagementsTable", BOOKKEEPING.id)
    office.press("engagementsRoll")
    office.sees("Ingen får eller förlorar tillgång.")
    office.press("rollAccept")
    office.synchronise()
    assert office.get(Engagement, BOOKKEEPING.id).state == "closed"
    [following] = [one for one in office.list_of_customer(Engagement) if one.fiscal_year == 2027]
    assert (following.title, following.state) == ("Löpande bokföring 2027", "ongoing")
    linked = {one.engagement_id for one in office.list_of_customer(Collaboration)}
    assert linked == {following.id}
    on_it = {
        (one.staff_id, one.role)
        for one in office.list_of_customer(Participation)
        if one.engagement_id == following.id
    }
    assert on_it == {(BOSS.id, "owner"), (CARL.id, "participant")}
    assert with_access(office) == {BOSS.id, CARL.id}


def test_closing_one_with_collaborations_takes_an_explicit_choice(office: YearOffice) -> None:
    office.go("close", engagement_ids=[BOOKKEEPING.id])
    office.sees("Förlorar tillgång: Anna Ek, Carl Dahl.")
    assert not office.find(QPushButton, "closeAccept").isEnabled()
    office.press("closeLeaveUnlinked")
    office.press("closeAccept")
    office.synchronise()
    assert office.get(Collaboration, collaboration_id("eekonomi")).engagement_id is None
    assert with_access(office) == set()


def test_nothing_chosen_is_said_where_the_rows_will_be(office: YearOffice) -> None:
    office.go("responsible", customer_ids=[COMPANY.id])
    office.sees("Inget är valt än")
    office.choose("responsibleOwner", "Eva Sund")
    office.until(lambda: office.find(Table, "responsibleTable").rows.rowCount() > 0)
    office.choose("responsibleOwner", "Oförändrat")
    office.sees("Inget är valt än")


@pytest.mark.case(48)
def test_who_leaves_hands_over_first_and_then_access_ends_everywhere(office: YearOffice) -> None:
    today = office.samverka.clock.today()
    office.go("access")
    office.select("accessStaff", CARL.id)
    office.press("accessLeave")
    office.sees("Carl Dahl slutar")
    assert not office.find(QPushButton, "leaveAccept").isEnabled()
    office.sees("Välj vem som tar över uppdrag och kunder.")
    office.choose("leaveOwner", "Eva Sund")
    office.find(QDateEdit, "leaveLast").setDate(QDate(today.year, today.month, today.day))
    office.settle()
    office.press("leaveAccept")
    office.synchronise()
    assert office.get(Staff, CARL.id).state in ("leaving", "left")
    office.next_day(2)
    office.pull()
    assert office.get(Staff, CARL.id).state == "left"
    assert CARL.id not in with_access(office)
    owners = {one.staff_id for one in office.list_of_customer(Participation) if one.role == "owner"}
    assert EVA.id in owners
    office.go("access")
    office.until(lambda: any("har slutat" in one for one in office.sentences("accessStaff")))


@pytest.mark.case(48)
def test_a_substitutes_days_run_out(office: YearOffice) -> None:
    office.go("substitute", staff_id=CARL.id)
    office.until(office.find(QComboBox, "substituteWho").hasFocus)
    office.choose("substituteWho", "Bo Alm")
    until = office.samverka.clock.today() + timedelta(days=3)
    office.find(QDateEdit, "substituteUntil").setDate(QDate(until.year, until.month, until.day))
    office.sees("Får tillgång: Bo Alm. Förlorar tillgång: ingen.")
    office.press("substituteAccept")
    office.synchronise()
    assert with_access(office) == {BOSS.id, CARL.id, BO.id}
    office.next_day(4)
    office.pull()
    assert with_access(office) == {BOSS.id, CARL.id}


def test_a_new_colleague_joins_from_one_list(office: YearOffice) -> None:
    office.go("join", staff_id=EVA.id)
    office.select("joinTable", f"participant|{BOOKKEEPING.id}")
    table = office.find(Table, "joinTable")
    table.rows.toggle_tick(table.currentIndex().row())
    office.sees("Får tillgång: Eva Sund. Förlorar tillgång: ingen.")
    office.press("joinAccept")
    office.synchronise()
    assert with_access(office) == {BOSS.id, CARL.id, EVA.id}


def test_owner_and_account_manager_are_changed_in_bulk(office: YearOffice) -> None:
    office.go("responsible", customer_ids=[COMPANY.id])
    office.choose("responsibleOwner", "Eva Sund")
    office.choose("responsibleManager", "Eva Sund")
    office.until(lambda: len(office.sentences("responsibleTable")) == 3)
    office.sees("Får tillgång: Eva Sund. Förlorar tillgång: Anna Ek.")
    office.press("responsibleAccept")
    office.synchronise()
    assert office.get(Customer, COMPANY.id).account_manager_id == EVA.id
    assert with_access(office) == {EVA.id, CARL.id}


def test_a_customer_is_archived_when_nothing_runs_and_comes_back(office: YearOffice) -> None:
    office.go("customer", customer_id=COMPANY.id)
    archive = office.firm.application.context.actions["archive"]
    office.until(lambda: archive.statusTip() == "Avsluta först samarbeten och dra tillbaka inbjudningar.")
    for row in office.list_of_customer(Collaboration):
        office.site.write(replace(row, state="ended"))
    office.pull()
    office.until(archive.isEnabled)
    archive.trigger()
    office.settle()
    office.synchronise()
    assert office.get(Customer, COMPANY.id).state == "archived"
    restore = office.firm.application.context.actions["restore"]
    office.until(restore.isEnabled)
    restore.trigger()
    office.settle()
    office.synchronise()
    assert office.get(Customer, COMPANY.id).state == "active"


def test_the_list_to_hand_over_names_who_takes_what(office: YearOffice, tmp_path: Path) -> None:
    office.go("leave", staff_id=CARL.id)
    office.choose("leaveOwner", "Eva Sund")
    office.press("leaveList")
    paper = office.find(PaperDialog, "paperDialog")
    paper.save(tmp_path / "lista.pdf")
    paper.reject()
    text = text_of(tmp_path / "lista.pdf")
    for words in ("Carl Dahl", "Överlämningslista · Byrån AB · sista dag 2026-11-23", "Sida 1 av 1"):
        assert words in text
    assert "Verkstaden i Växjö AB Lön Uppdragsansvarig Eva Sund" in text
    assert "Löpande bokföring 2026 Deltagare ☐" in text, "nobody takes over as participant"


def test_many_decisions_tell_how_far_they_have_come(office: YearOffice) -> None:
    staffing = office.samverka.staffing
    commands = staffing.commands_to_change([COMPANY.id], owner_id=EVA.id, manager_id=EVA.id)
    told: list[tuple[int, int]] = []
    results = staffing.carry_out(commands, on_progress=lambda done, total: told.append((done, total)))
    assert len(results) == 3
    assert told == [(3, 3)]

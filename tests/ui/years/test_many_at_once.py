"""What is done to many at once: shown before, one decision for all, and what the server holds afterwards."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

from app.domain.records import Access, Collaboration, Engagement, Invitation, Record
from tests.support.year_office import (
    BOOKKEEPING,
    BOSS,
    CARL,
    COMPANY,
    PAYROLL,
    YearOffice,
    collaboration_id,
)
from tests.ui.years.test_invitations import asked
from ui.exchange.export import ListExport
from ui.widgets.pane import Pane


def second(record: Record) -> Record:
    """Return the record once more, of another invitation of the same customer."""
    ids = {"ac_lon": "ac_two", "iv_lon": "iv_two", "cl_lon_smart": "cl_two"}
    fields = {"activation_id", "invitation_id"}
    changes: dict[str, object] = {
        name: ids[value] for name in fields if (value := getattr(record, name, None)) in ids
    }
    if isinstance(record, Invitation):
        changes["services"] = ("lon_anstalld",)
    if isinstance(record, Collaboration):
        changes["service"] = "lon_anstalld"
    return replace(record, id=ids[record.id], **changes)  # type: ignore[arg-type]


def test_all_who_have_waited_long_are_reminded_in_one_decision(office: YearOffice) -> None:
    office.site.write(*asked(), *(second(record) for record in asked()))
    office.pull()
    office.go("today")
    office.press("todayWaitingLink")
    assert len(office.sentences("remindTable")) == 2
    assert all("nils@verkstaden.example" in one for one in office.sentences("remindTable"))
    office.press("remindAccept")
    office.synchronise()
    for id_ in ("iv_lon", "iv_two"):
        assert [one.by for one in office.get(Invitation, id_).reminders] == [BOSS.id], id_
    office.go("remind_all", invitation_ids=["iv_lon", "iv_two"])
    office.sees("Det finns inget att göra här")


def test_engagement_and_payer_of_several_are_changed_together(office: YearOffice) -> None:
    ids = [collaboration_id(code) for code in ("eekonomi", "ekonomioversikt")]
    bookkeeping = replace(BOOKKEEPING, id="en_2027", title="Löpande bokföring 2027", fiscal_year=2027)
    office.site.write(bookkeeping)
    office.pull()
    office.go("change", collaboration_ids=ids)
    office.choose("change_payer", "Kunden")
    office.choose("changeEngagement", "Kundens uppdrag av typen Löpande bokföring")
    # Nobody is on the new year yet: that is said before anything is saved.
    office.sees("Får tillgång: ingen. Förlorar tillgång: Anna Ek, Carl Dahl.")
    office.press("dialogAccept")
    office.synchronise()
    for id_ in ids:
        changed = office.get(Collaboration, id_)
        assert (changed.engagement_id, changed.payer) == ("en_2027", "customer")
    untouched = office.get(Collaboration, collaboration_id("scanner"))
    assert (untouched.engagement_id, untouched.payer) == (BOOKKEEPING.id, "firm")
    still = {row.collaboration_id for row in office.list_of_customer(Access) if row.until is None}
    assert still.isdisjoint(ids)


def test_variant_and_period_of_several_customers_are_changed_together(office: YearOffice) -> None:
    first = office.get(Collaboration, collaboration_id("eekonomi"))
    number = "162021005489"
    office.site.write(
        replace(
            COMPANY, id="cu_two", customer_number="1002", name="Snickeriet AB", organisation_number=number
        ),
        replace(BOOKKEEPING, id="en_two", customer_id="cu_two"),
        replace(first, id="cl_two", customer_id="cu_two", engagement_id="en_two"),
    )
    office.pull()
    office.go("change", collaboration_ids=[first.id, "cl_two"])
    office.sees("Ändra 2 samarbeten")
    office.choose("change_variant", "Fakturering")
    office.sees("Det försvinner: betalningar, bokföring.")
    office.choose("change_period_months", "3 månader")
    office.press("dialogAccept")
    office.synchronise()
    for id_ in (first.id, "cl_two"):
        changed = office.get(Collaboration, id_)
        assert (changed.variant, changed.period_months) == ("fakturering", 3), id_
        assert (changed.engagement_id, changed.payer) == (
            {first.id: first.engagement_id, "cl_two": "en_two"}[id_],
            first.payer,
        )


def test_several_engagements_are_rolled_in_one_decision(office: YearOffice) -> None:
    yearly = replace(PAYROLL, title="Lön 2026", fiscal_year=2026)
    office.site.write(yearly)
    office.pull()
    office.go("roll", engagement_ids=[BOOKKEEPING.id, PAYROLL.id])
    office.until(lambda: len(office.sentences("rollTable")) == 2)
    office.press("rollAccept")
    office.synchronise()
    for old in (BOOKKEEPING.id, PAYROLL.id):
        assert office.get(Engagement, old).state == "closed"
    titles = {one.title for one in office.list_of_customer(Engagement) if one.state == "ongoing"}
    assert titles == {"Löpande bokföring 2027", "Lön 2027"}


def test_what_ended_is_in_the_list_and_in_its_export(office: YearOffice, tmp_path: Path) -> None:
    [held] = [
        row
        for row in office.list_of_customer(Access)
        if (row.collaboration_id, row.staff_id) == (collaboration_id("scanner"), CARL.id)
    ]
    office.site.write(replace(held, until=office.samverka.clock.now()))
    office.pull()
    office.go("access")
    pane = office.window.pane("access")
    assert isinstance(pane, Pane)
    file = tmp_path / "tillgång.csv"
    ListExport(office.firm.application.context, "access", pane).write(file)
    office.until(file.exists)
    office.settle()
    rows = list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    ended = [row for row in rows if office.samverka.clock.today().isoformat() in row]
    assert [CARL.name in row and COMPANY.name in row for row in ended] == [True]

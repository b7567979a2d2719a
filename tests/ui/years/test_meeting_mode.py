"""Kundmötesläge: one key hides every other customer (case 60)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.year_office import COMPANY, YearOffice


@pytest.mark.case(60)
def test_one_key_hides_every_other_customer(office: YearOffice) -> None:
    other = replace(COMPANY, id="cu_annan", name="Hemliga kunden AB", organisation_number="")
    office.site.write(other)
    office.pull()
    mode = office.firm.application.context.actions["meeting_mode"]
    palette = office.firm.application.context.actions["palette"]
    office.go("customers")
    office.until(lambda: any("Hemliga" in one for one in office.sentences("customersTable")))
    mode.trigger()
    office.sees("Listorna är dolda. Tryck F8 för att visa dem igen.")
    assert "Hemliga" not in office.seen()
    assert not palette.isEnabled(), "the palette would name customers"
    for screen in ("today", "collaborations", "invitations", "access", "outbox"):
        office.go(screen)
        assert office.window.stack.currentWidget().objectName() == "meetingCover", screen
    mode.trigger()
    office.until(lambda: office.window.current_screen == "customers")
    office.go("customer", customer_id=COMPANY.id)
    office.sees("Verkstaden i Växjö AB")
    mode.trigger()
    assert office.window.current_screen == "customer"
    assert not office.window.navigation.isVisible()
    office.sees("Verkstaden i Växjö AB")
    office.press("customerBack")
    office.sees("Listorna är dolda. Tryck F8 för att visa dem igen.")
    mode.trigger()
    assert office.window.navigation.isVisible()
    assert palette.isEnabled()

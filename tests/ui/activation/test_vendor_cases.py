"""Cases of domain.md that the vendor's answer makes, as they are met in the wizard."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog, QPushButton, QWidget

from app.domain.activation_draft import Step
from app.domain.activation_facts import CustomerFacts
from app.domain.records import (
    ActivationState,
    Engagement,
    LicencesLeft,
    OtherFirm,
    Participation,
    RegisteredService,
)
from tests.support.activation_cases import (
    KARIN,
    MAJA,
    PER,
    berga_gard,
    bergstroms_el,
    collaboration,
    with_registration,
)
from tests.support.activation_desk import Desk
from tests.support.cache import confirm_all
from tests.support.hands import find, go_on_to, live_activations, press, shown_text, tick
from ui.activation.dialog import ActivationDialog
from ui.widgets.info_bar import InfoBar

MakeDesk = Callable[..., Desk]
OpenWizard = Callable[..., ActivationDialog]


def mend(desk: Desk, dialog: ActivationDialog, code: str, name: str) -> QDialog:
    """Press the button beside a visible problem and return the dialog that it opens."""
    bar = next(one for one in dialog.findChildren(InfoBar, f"problem_{code}") if one.isVisible())
    QTest.mouseClick(bar.action, Qt.MouseButton.LeftButton)
    desk.settle()
    [opened] = [one for one in dialog.findChildren(QDialog) if one.objectName() == name and one.isVisible()]
    return opened


def accept(desk: Desk, dialog: QDialog) -> None:
    QTest.mouseClick(find(dialog, QPushButton, "dialogAccept"), Qt.MouseButton.LeftButton)
    desk.settle()


def year_end(facts: CustomerFacts) -> CustomerFacts:
    """Return the customer with an engagement for annual accounts."""
    engagement = Engagement(
        id="en_year", customer_id=facts.customer.id, type="year_end", title="Bokslut 2026"
    )
    owner = Participation(
        id="pa_year", engagement_id="en_year", customer_id=facts.customer.id, staff_id=KARIN.id, role="owner"
    )
    return dataclasses.replace(
        facts,
        engagements=(*facts.engagements, engagement),
        participations=(*facts.participations, owner),
    )


def activate(desk: Desk, dialog: ActivationDialog, service: str) -> None:
    """Walk to the review and send."""
    dialog.presenter.set_chosen(service, chosen=True)
    go_on_to(desk, dialog, Step.REVIEW)
    tick(desk, dialog, "activationConsent")
    press(desk, dialog, "activationNext")


@pytest.mark.case(3)
def test_an_address_of_another_persons_account_is_told_and_made_again(
    make_desk: MakeDesk, open_wizard: OpenWizard
) -> None:
    desk = make_desk()
    dialog = open_wizard(desk, customer_id="cu_berga")
    activate(desk, dialog, "eekonomi")
    [activation] = live_activations(desk)
    confirm_all(desk.database)
    refused = dataclasses.replace(
        activation, state=ActivationState.REFUSED, refused_because="contact_is_other_person"
    )
    off = dataclasses.replace(
        collaboration(berga_gard(), "eekonomi", "refused"), id=activation.items[0].collaboration_id
    )
    desk.pull([refused, off])
    bar = find(dialog, InfoBar, "resultBar")
    words = desk.context.messages.sentence("contact_is_other_person", customer="Berga Gård")
    desk.wait_until(lambda: words.partition("\n")[0] in bar.accessibleName())
    assert bar.action.text() == "Gör om ärendet…"
    QTest.mouseClick(bar.action, Qt.MouseButton.LeftButton)
    assert desk.toasts[-1][:2] == ("activation", str({"activation_id": activation.id}))
    again = open_wizard(desk, activation_id=activation.id)
    assert again.presenter.customer is not None
    assert again.presenter.customer.contact.email == MAJA.email
    assert [choice.service for choice in again.presenter.customer.choices] == ["eekonomi"]


@pytest.mark.case(7)
def test_a_new_invitation_is_made_from_an_expired_one(make_desk: MakeDesk, open_wizard: OpenWizard) -> None:
    desk = make_desk()
    dialog = open_wizard(desk, customer_id="cu_el")
    activate(desk, dialog, "lon_smart")
    [first] = live_activations(desk)
    confirm_all(desk.database)
    expired = dataclasses.replace(
        collaboration(bergstroms_el(), "lon_smart", "expired"), id=first.items[0].collaboration_id
    )
    desk.pull([dataclasses.replace(first, state=ActivationState.CANCELLED), expired])
    again = open_wizard(desk, activation_id=first.id)
    go_on_to(desk, again, Step.REVIEW)
    tick(desk, again, "activationConsent")
    press(desk, again, "activationNext")
    [second] = live_activations(desk)
    assert [item.service for item in second.items] == ["lon_smart"]
    assert second.id != first.id


@pytest.mark.case(8)
def test_a_colleague_who_invites_at_the_same_time_is_told_before_anything_is_sent(
    make_desk: MakeDesk, open_wizard: OpenWizard
) -> None:
    desk = make_desk()
    dialog = open_wizard(desk, customer_id="cu_el")
    dialog.presenter.set_chosen("lon_smart", chosen=True)
    go_on_to(desk, dialog, Step.REVIEW)
    tick(desk, dialog, "activationConsent")
    desk.pull([collaboration(bergstroms_el(), "lon_smart", "pending")])
    desk.wait_until(lambda: not find(dialog, QPushButton, "activationNext").isEnabled())
    assert "Kunden har redan fått en inbjudan till Visma Lön Smart" in shown_text(dialog)
    assert live_activations(desk) == []


@pytest.mark.case(10)
def test_one_of_several_customer_numbers_is_chosen_at_the_check(
    make_desk: MakeDesk, open_wizard: OpenWizard
) -> None:
    facts = with_registration(bergstroms_el(), vendor_customer_numbers=("310400", "310417"))
    desk = make_desk(facts)
    dialog = open_wizard(desk, customer_id="cu_el")
    assert "Kunden har flera kundnummer hos Visma Spcs." in shown_text(dialog)
    assert not find(dialog, QPushButton, "activationNext").isEnabled()
    asked = mend(desk, dialog, "vendor_number_not_chosen", "vendorNumberDialog")
    assert not find(asked, QPushButton, "dialogAccept").isEnabled()
    choose = find(asked, QComboBox, "vendorNumber")
    choose.setCurrentIndex(choose.findData("310417"))
    accept(desk, asked)
    assert "Används: 310417" in shown_text(dialog)
    activate(desk, dialog, "lon_smart")
    [activation] = live_activations(desk)
    assert activation.vendor_customer_number == "310417"


@pytest.mark.case(11)
def test_without_an_administrator_nobody_is_asked_until_there_is_one(
    make_desk: MakeDesk, open_wizard: OpenWizard
) -> None:
    facts = with_registration(bergstroms_el(), administrators=(), main_contact=None)
    desk = make_desk(facts)
    registered = bergstroms_el().registration
    assert registered is not None
    desk.answers["cu_el"] = registered
    dialog = open_wizard(desk, customer_id="cu_el")
    dialog.presenter.set_chosen("lon_smart", chosen=True)
    go_on_to(desk, dialog, Step.ADMINISTRATORS)
    assert "Kunden har ingen administratör hos Visma Spcs som kan svara." in shown_text(dialog)
    assert not find(dialog, QPushButton, "activationNext").isEnabled()
    bar = next(b for b in dialog.findChildren(InfoBar, "problem_no_administrator") if b.isVisible())
    QTest.mouseClick(bar.action, Qt.MouseButton.LeftButton)
    desk.settle()
    assert dialog.presenter.step is Step.CHECK
    go_on_to(desk, dialog, Step.ADMINISTRATORS)
    assert PER.name in shown_text(dialog)
    assert find(dialog, QPushButton, "activationNext").isEnabled()


@pytest.mark.case(12)
def test_another_firms_people_do_not_answer_for_the_customer(
    make_desk: MakeDesk, open_wizard: OpenWizard
) -> None:
    elin = dataclasses.replace(PER, name="Elin Ek", email="elin@annanbyra.example", firm_name="Annan Byrå AB")
    facts = with_registration(bergstroms_el(), administrators=(elin,), main_contact=elin)
    desk = make_desk(facts)
    own = bergstroms_el().registration
    assert own is not None
    desk.answers["cu_el"] = dataclasses.replace(own, administrators=(*own.administrators, elin))
    dialog = open_wizard(desk, customer_id="cu_el")
    dialog.presenter.set_chosen("lon_smart", chosen=True)
    go_on_to(desk, dialog, Step.ADMINISTRATORS)
    assert "Den enda administratören hos Visma Spcs är en annan byrå." in shown_text(dialog)
    assert not find(dialog, QPushButton, "activationNext").isEnabled()
    bar = next(
        b for b in dialog.findChildren(InfoBar, "problem_other_firm_only_administrator") if b.isVisible()
    )
    QTest.mouseClick(bar.action, Qt.MouseButton.LeftButton)
    desk.settle()
    go_on_to(desk, dialog, Step.REVIEW)
    found = dialog.presenter.consequences
    assert found is not None
    roles = {one.person.email: str(one.role) for one in found.mails}
    assert roles[PER.email] == "main_approver"
    assert roles[elin.email] == "informed"
    assert "elin@annanbyra.example" in shown_text(dialog)
    tick(desk, dialog, "activationConsent")
    press(desk, dialog, "activationNext")
    [activation] = live_activations(desk)
    assert [item.service for item in activation.items] == ["lon_smart"]


@pytest.mark.case(13)
def test_another_firm_in_the_service_is_named_and_warned_of(
    make_desk: MakeDesk, open_wizard: OpenWizard
) -> None:
    other = OtherFirm(service="lon_smart", firm_name="Lönebyrån i Umeå AB")
    desk = make_desk(with_registration(bergstroms_el(), other_firms=(other,)))
    dialog = open_wizard(desk, customer_id="cu_el")
    dialog.presenter.set_chosen("lon_smart", chosen=True)
    go_on_to(desk, dialog, Step.REVIEW)
    assert "Lönebyrån i Umeå AB samarbetar redan med kunden i Visma Lön Smart." in shown_text(dialog)
    tick(desk, dialog, "activationConsent")
    assert find(dialog, QPushButton, "activationNext").isEnabled()


@pytest.mark.case(16)
def test_a_participant_is_added_where_nobody_would_get_access(
    make_desk: MakeDesk, open_wizard: OpenWizard
) -> None:
    desk = make_desk(bergstroms_el(participations=()))
    dialog = open_wizard(desk, customer_id="cu_el")
    dialog.presenter.set_chosen("lon_smart", chosen=True)
    go_on_to(desk, dialog, Step.ACCESS)
    assert "Ingen på byrån får tillgång: uppdraget Lön 2026 har inga deltagare." in shown_text(dialog)
    asked = mend(desk, dialog, "no_participants", "participantDialog")
    person = find(asked, QComboBox, "newParticipant")
    person.setCurrentIndex(person.findText("Sara Lind"))
    accept(desk, asked)
    desk.wait_until(lambda: "Sara Lind" in shown_text(dialog))
    assert "har inga deltagare" not in shown_text(dialog)


@pytest.mark.case(17)
def test_licences_left_are_shown_and_none_stops_the_service(
    make_desk: MakeDesk, open_wizard: OpenWizard
) -> None:
    left = (
        LicencesLeft(service="skatt_bokslut_pro", licence="period", left=0),
        LicencesLeft(service="skatt_bokslut_pro", licence="year", left=3),
    )
    desk = make_desk(with_registration(year_end(bergstroms_el()), licences_left=left))
    dialog = open_wizard(desk, customer_id="cu_el")
    press(desk, dialog, "activationNext")
    tick(desk, dialog, "choose_skatt_bokslut_pro")
    assert "Byrån har ingen licens kvar av Visma Skatt & Bokslut Pro." in shown_text(dialog)
    assert not find(dialog, QPushButton, "activationNext").isEnabled()
    dialog.presenter.answer("skatt_bokslut_pro", {"licence": "year"})
    desk.settle()
    assert "Byrån har 3 licenser kvar." in shown_text(dialog)
    assert find(dialog, QPushButton, "activationNext").isEnabled()


@pytest.mark.case(17)
def test_licences_that_were_bought_meanwhile_are_found_by_checking_again(
    make_desk: MakeDesk, open_wizard: OpenWizard
) -> None:
    none_left = (LicencesLeft(service="skatt_bokslut_pro", licence="period", left=0),)
    bought = (LicencesLeft(service="skatt_bokslut_pro", licence="period", left=2),)
    before = with_registration(year_end(bergstroms_el()), licences_left=none_left)
    after = with_registration(before, licences_left=bought)
    desk = make_desk(before)
    dialog = open_wizard(desk, customer_id="cu_el")
    press(desk, dialog, "activationNext")
    tick(desk, dialog, "choose_skatt_bokslut_pro")
    assert after.registration is not None
    desk.answers = {"cu_el": after.registration}
    bar = dialog.findChild(InfoBar, "problem_no_licence_left_of")
    assert bar is not None
    assert bar.action.text() == "Kontrollera igen"
    QTest.mouseClick(bar.action, Qt.MouseButton.LeftButton)
    desk.settle()
    assert dialog.presenter.step is Step.CHECK
    press(desk, dialog, "activationNext")
    assert "Byrån har 2 licenser kvar." in shown_text(dialog)
    assert find(dialog, QPushButton, "activationNext").isEnabled()


@pytest.mark.case(18)
def test_lon_direkt_that_would_be_switched_off_is_warned_of(
    make_desk: MakeDesk, open_wizard: OpenWizard
) -> None:
    desk = make_desk(with_registration(bergstroms_el(), lon_direkt=True))
    dialog = open_wizard(desk, customer_id="cu_el")
    press(desk, dialog, "activationNext")
    tick(desk, dialog, "choose_lon_smart")
    warning = "Kundens Lön Direkt i eEkonomi stängs av när Lön Smart Start aktiveras."
    assert warning not in shown_text(dialog)
    dialog.presenter.answer("lon_smart", {"variant": "start"})
    desk.settle()
    assert warning in shown_text(dialog)
    payer = find(dialog, QComboBox, "payer_lon_smart")
    assert payer.currentText() == "Byrån"
    go_on_to(desk, dialog, Step.REVIEW)
    assert warning in shown_text(dialog)


@pytest.mark.case(41)
def test_a_downgrade_names_the_modules_that_are_lost(make_desk: MakeDesk, open_wizard: OpenWizard) -> None:
    books = Engagement(id="en_b", customer_id="cu_el", type="bookkeeping", title="Löpande bokföring 2026")
    shared = RegisteredService(code="eekonomi", variant="pro", payer="customer", subscription_owner="firm")
    facts = bergstroms_el()
    facts = dataclasses.replace(facts, engagements=(*facts.engagements, books))
    desk = make_desk(with_registration(facts, services=(shared,)))
    dialog = open_wizard(desk, customer_id="cu_el")
    press(desk, dialog, "activationNext")
    tick(desk, dialog, "choose_eekonomi")
    assert find(dialog, QComboBox, "variant_eekonomi").currentText() == "Pro"
    assert find(dialog, QComboBox, "payer_eekonomi").currentText() == "Kunden"
    dialog.presenter.answer("eekonomi", {"variant": "smart"})
    desk.settle()
    assert "Visma eEkonomi: kunden förlorar offerter och order, integrationer." in shown_text(dialog)
    card = find(dialog, QWidget, "service_eekonomi")
    assert card.isVisible()

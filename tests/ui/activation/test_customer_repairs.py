"""What stands in the way at the customer itself is mended inside the wizard; and its drafts."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QLineEdit, QPushButton

from app.catalogue import load_catalogue
from app.domain.activation_draft import Step
from app.domain.records import Company, DueDiligence, EngagementLetter, FirmSettings
from tests.support.activation_cases import (
    FIRM,
    NOW,
    bergstroms_el,
    collaboration,
    draft_for,
    with_customer,
    with_registration,
)
from tests.support.activation_desk import Desk
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


@pytest.mark.case(25)
def test_a_wrong_number_is_corrected(make_desk: MakeDesk, open_wizard: OpenWizard) -> None:
    desk = make_desk(with_customer(bergstroms_el(), organisation_number="165591234567"))
    dialog = open_wizard(desk, customer_id="cu_el")
    assert dialog.presenter.step is Step.CUSTOMERS
    [code] = [p.code for p in dialog.presenter.problems if p.blocks and p.step is Step.CUSTOMERS]
    asked = mend(desk, dialog, code, "numberDialog")
    line, save = find(asked, QLineEdit, "number"), find(asked, QPushButton, "dialogAccept")
    error = find(asked, QLabel, "number_error")
    line.selectAll()
    QTest.keyClicks(line, "5591234567")
    assert not error.isVisible()
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert error.isVisible()
    assert (save.isEnabled(), save.toolTip()) == (False, error.text())
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "SE556016068001")
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert not error.isVisible()
    accept(desk, asked)
    desk.wait_until(lambda: find(dialog, QPushButton, "activationNext").isEnabled())
    assert desk.activation.get_facts("cu_el").customer.organisation_number == "165560160680"


@pytest.mark.case(19)
def test_due_diligence_is_noted_where_the_firm_blocks(make_desk: MakeDesk, open_wizard: OpenWizard) -> None:
    facts = with_customer(bergstroms_el(), due_diligence=DueDiligence(), engagement_letter=EngagementLetter())
    desk = make_desk(facts)
    desk.pull([dataclasses.replace(FIRM, settings=FirmSettings(due_diligence_blocks=True))])
    dialog = open_wizard(desk, customer_id="cu_el")
    assert "Kundkännedomen är inte klar." in shown_text(dialog)
    asked = mend(desk, dialog, "due_diligence_missing", "dueDiligenceDialog")
    assert not find(asked, QLineEdit, "dueDiligenceReason").isVisible()
    save = find(asked, QPushButton, "dialogAccept")
    find(asked, QCheckBox, "dueDiligenceDone").setChecked(True)
    assert (save.isEnabled(), save.toolTip()) == (False, "Båda ska vara klara.")
    find(asked, QCheckBox, "engagementLetterDone").setChecked(True)
    accept(desk, asked)
    desk.wait_until(lambda: find(dialog, QPushButton, "activationNext").isEnabled())
    customer = desk.activation.get_facts("cu_el").customer
    assert (customer.due_diligence.state, customer.due_diligence.done_on) == ("done", desk.clock.today())
    assert customer.engagement_letter.state == "done"


@pytest.mark.case(36)
def test_an_archived_customer_is_restored(make_desk: MakeDesk, open_wizard: OpenWizard) -> None:
    desk = make_desk(with_customer(bergstroms_el(), state="archived"))
    dialog = open_wizard(desk, customer_id="cu_el")
    bar = next(one for one in dialog.findChildren(InfoBar, "problem_customer_archived") if one.isVisible())
    QTest.mouseClick(bar.action, Qt.MouseButton.LeftButton)
    desk.wait_until(lambda: find(dialog, QPushButton, "activationNext").isEnabled())
    assert desk.activation.get_facts("cu_el").customer.state == "active"


def test_a_service_that_lies_unlinked_is_linked_instead(make_desk: MakeDesk, open_wizard: OpenWizard) -> None:
    facts = bergstroms_el()
    unlinked = dataclasses.replace(
        collaboration(facts, "lon_smart", "active"),
        id="cl_loose",
        customer_id=None,
        engagement_id=None,
        company=Company(number=facts.customer.organisation_number, name="BERGSTRÖMS EL"),
    )
    desk = make_desk(facts)
    desk.pull([unlinked])
    dialog = open_wizard(desk, customer_id="cu_el")
    press(desk, dialog, "activationNext")
    box = find(dialog, QCheckBox, "choose_lon_smart")
    assert not box.isEnabled()
    assert "okopplat samarbete" in box.toolTip()
    assert find(dialog, QPushButton, "repair_lon_smart").text() == "Koppla i stället…"
    press(desk, dialog, "repair_lon_smart")
    assert not dialog.isVisible()
    assert desk.toasts[-1][0] == "unlinked"


def test_an_old_draft_is_checked_again_when_it_is_opened(
    make_desk: MakeDesk, open_wizard: OpenWizard
) -> None:
    old = with_registration(bergstroms_el(), checked_at=NOW - timedelta(days=2))
    desk = make_desk(old)
    answer = bergstroms_el().registration
    assert answer is not None
    desk.answers["cu_el"] = answer
    draft = draft_for(old, load_catalogue().service("lon_smart"), consented=True).at(Step.REVIEW)
    kept = desk.activation.save_draft(draft)
    dialog = open_wizard(desk, draft_id=kept.id)
    assert dialog.presenter.step is Step.REVIEW
    assert desk.asked == [("cu_el",)]
    assert not find(dialog, QCheckBox, "activationConsent").isChecked()
    assert not find(dialog, InfoBar, "reviewOffline").isVisible()


def test_drafts_are_listed_with_their_age_and_a_removed_one_comes_back(
    make_desk: MakeDesk, open_wizard: OpenWizard
) -> None:
    desk = make_desk()
    first = open_wizard(desk, customer_id="cu_el")
    press(desk, first, "activationNext")
    tick(desk, first, "choose_lon_smart")
    press(desk, first, "activationKeepDraft")
    [draft] = desk.activation.list_drafts()
    dialog = open_wizard(desk)
    assert "Lön Smart" in shown_text(dialog)
    press(desk, dialog, f"dropDraft_{draft.id}")
    assert desk.activation.list_drafts() == ()
    text, words, undo = desk.toasts[-1]
    assert (text, words) == ("Utkastet är borttaget.", "Ångra")
    assert undo is not None
    undo()
    desk.settle()
    assert [one.id for one in desk.activation.list_drafts()] == [draft.id]
    desk.wait_until(lambda: dialog.findChild(QPushButton, f"openDraft_{draft.id}") is not None)
    press(desk, dialog, f"openDraft_{draft.id}")
    assert dialog.presenter.customer is not None
    assert [choice.service for choice in dialog.presenter.customer.choices] == ["lon_smart"]


def test_a_draft_of_the_same_customer_is_offered(make_desk: MakeDesk, open_wizard: OpenWizard) -> None:
    desk = make_desk()
    desk.activation.save_draft(draft_for(bergstroms_el(), load_catalogue().service("lon_smart")))
    dialog = open_wizard(desk, customer_id="cu_el")
    bar = find(dialog, InfoBar, "earlierDraft")
    assert "Det finns ett utkast för kunden." in bar.accessibleName()
    QTest.mouseClick(bar.action, Qt.MouseButton.LeftButton)
    desk.wait_until(lambda: not bar.isVisible())
    go_on_to(desk, dialog, Step.REVIEW)
    assert "Visma Lön Smart" in shown_text(dialog)


def test_the_rules_are_asked_before_anything_is_sent(make_desk: MakeDesk) -> None:
    service = load_catalogue().service("lon_smart")
    desk = make_desk(bergstroms_el())
    assert desk.activation.find_refusals(draft_for(bergstroms_el(), service), ["cu_el"]) == {}
    archived = with_customer(bergstroms_el(), state="archived")
    other = make_desk(archived)
    refusal = other.activation.find_refusals(draft_for(archived, service), ["cu_el"]).get("cu_el")
    assert refusal is not None
    assert refusal.code == "customer_archived"
    assert live_activations(other) == []

"""Rows of a run for many are mended in the grid, and what fails is tried again."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QLineEdit, QPushButton

from app.domain.activation_draft import Step
from app.domain.activation_facts import CustomerFacts
from app.domain.records import DueDiligence, Registration
from app.usecases.activation_values import SentOne
from tests.support.activation_cases import bergstroms_el, with_customer
from tests.support.activation_desk import Desk
from tests.support.hands import find, live_activations, press, shown_text
from ui.activation.dialog import ActivationDialog
from ui.activation.many_pane import ManyPane
from ui.activation.many_review_page import ManyReviewPage
from ui.widgets.info_bar import InfoBar

MakeDesk = Callable[..., Desk]
OpenWizard = Callable[..., ActivationDialog]


def copies(facts: CustomerFacts, count: int) -> list[CustomerFacts]:
    """Return customers that are alike but for who they are."""
    numbers = ("165560360793", "162120000142", "162021005489", "165560160680", "198507099805", "191212121212")
    made = []
    for at in range(count):
        id_ = f"cu_{at}"
        registration = facts.registration
        made.append(
            dataclasses.replace(
                facts,
                customer=dataclasses.replace(
                    facts.customer,
                    id=id_,
                    customer_number=str(100 + at),
                    name=f"Kund {at} AB",
                    organisation_number=numbers[at],
                    kind="legal_person" if numbers[at].startswith("16") else "sole_firm",
                ),
                contacts=tuple(
                    dataclasses.replace(one, id=f"{one.id}{at}", customer_id=id_) for one in facts.contacts
                ),
                engagements=tuple(
                    dataclasses.replace(one, id=f"{one.id}{at}", customer_id=id_) for one in facts.engagements
                ),
                participations=tuple(
                    dataclasses.replace(
                        one, id=f"{one.id}{at}", customer_id=id_, engagement_id=f"{one.engagement_id}{at}"
                    )
                    for one in facts.participations
                ),
                registration=registered(registration, at),
            )
        )
    return made


def registered(registration: Registration | None, at: int) -> Registration | None:
    return dataclasses.replace(registration, id=f"rg_{at}", customer_id=f"cu_{at}") if registration else None


def review(
    make_desk: MakeDesk, open_wizard: OpenWizard, facts: Sequence[CustomerFacts], service: str
) -> tuple[Desk, ActivationDialog, ManyPane, ManyReviewPage]:
    """Open a run for these customers and walk to its review."""
    desk = make_desk(*facts)
    desk.answers = {one.customer.id: one.registration for one in facts if one.registration is not None}
    dialog = open_wizard(desk, customer_ids=[one.customer.id for one in facts])
    [pane] = dialog.findChildren(ManyPane)
    pane.presenter.set_chosen(service, chosen=True)
    desk.settle()
    pane.presenter.go_to(Step.REVIEW)
    desk.settle()
    [page] = dialog.findChildren(ManyReviewPage)
    return desk, dialog, pane, page


def opened(dialog: ActivationDialog, name: str) -> QDialog:
    """Return the dialog of that name that stands open."""
    [found] = [one for one in dialog.findChildren(QDialog) if one.objectName() == name and one.isVisible()]
    return found


def repair(desk: Desk, page: ManyReviewPage, code: str) -> None:
    bar = page.detail.problems.findChild(InfoBar, f"problem_{code}")
    assert bar is not None, shown_text(page)
    QTest.mouseClick(bar.action, Qt.MouseButton.LeftButton)
    desk.settle()


@pytest.mark.case(15)
def test_an_engagement_is_created_for_all_that_lack_it(make_desk: MakeDesk, open_wizard: OpenWizard) -> None:
    facts = copies(bergstroms_el(engagements=(), participations=()), 3)
    desk, dialog, pane, page = review(make_desk, open_wizard, facts, "lon_smart")
    assert len(pane.presenter.ready) == 0
    repair(desk, page, "no_ongoing_engagement")
    asked = opened(dialog, "engagementDialog")
    for_all = find(asked, QCheckBox, "newEngagementForAll")
    assert for_all.text() == "Skapa samma uppdrag för de 2 andra kunderna som saknar det"
    assert find(asked, QLabel, "newEngagementForAllWho").text() == "Kund 1 AB, Kund 2 AB"
    for_all.setChecked(True)
    QTest.mouseClick(find(asked, QPushButton, "dialogAccept"), Qt.MouseButton.LeftButton)
    desk.wait_until(lambda: len(pane.presenter.ready) == 3)
    titles = {
        row.facts.find_engagement(row.customer.choices[0].engagement_id).title  # type: ignore[union-attr]
        for row in pane.presenter.rows
    }
    assert titles == {"Lön 2026"}
    assert desk.errors == []


@pytest.mark.case(15)
def test_a_participant_is_put_on_the_engagements_of_all_where_nobody_is(
    make_desk: MakeDesk, open_wizard: OpenWizard
) -> None:
    facts = copies(bergstroms_el(participations=()), 6)
    desk, dialog, pane, page = review(make_desk, open_wizard, facts, "lon_smart")
    repair(desk, page, "no_participants")
    asked = opened(dialog, "participantDialog")
    find(asked, QCheckBox, "newParticipantForAll").setChecked(True)
    who = find(asked, QLabel, "newParticipantForAllWho")
    assert who.text() == "Kund 1 AB, Kund 2 AB, Kund 3 AB, Kund 4 AB och 1 till"
    assert who.toolTip().splitlines()[-1] == "Kund 5 AB"
    QTest.mouseClick(find(asked, QPushButton, "dialogAccept"), Qt.MouseButton.LeftButton)
    desk.wait_until(lambda: all(row.access for row in pane.presenter.rows))
    assert pane.presenter.run is not None
    me = pane.presenter.run.situation.me
    assert {one.staff.id for row in pane.presenter.rows for one in row.access} == {me.id}
    assert desk.errors == []


@pytest.mark.case(15)
def test_only_the_one_is_mended_where_the_others_are_not_ticked(
    make_desk: MakeDesk, open_wizard: OpenWizard
) -> None:
    facts = copies(bergstroms_el(participations=()), 3)
    desk, dialog, pane, page = review(make_desk, open_wizard, facts, "lon_smart")
    repair(desk, page, "no_participants")
    QTest.mouseClick(
        find(opened(dialog, "participantDialog"), QPushButton, "dialogAccept"), Qt.MouseButton.LeftButton
    )
    desk.wait_until(lambda: any(row.access for row in pane.presenter.rows))
    desk.settle()
    assert [bool(row.access) for row in pane.presenter.rows] == [True, False, False]


@pytest.mark.case(19)
def test_one_reason_holds_for_all_that_lack_due_diligence(
    make_desk: MakeDesk, open_wizard: OpenWizard
) -> None:
    facts = [with_customer(one, due_diligence=DueDiligence()) for one in copies(bergstroms_el(), 3)]
    desk, dialog, pane, page = review(make_desk, open_wizard, facts, "lon_smart")
    assert len(pane.presenter.ready) == 0
    repair(desk, page, "due_diligence_reason_missing")
    asked = opened(dialog, "dueDiligenceDialog")
    accept = find(asked, QPushButton, "dialogAccept")
    assert (accept.isEnabled(), accept.toolTip()) == (False, "Skriv varför ni fortsätter ändå.")
    QTest.keyClicks(find(asked, QLineEdit, "dueDiligenceReason"), "Övertagen kund, klart i veckan")
    find(asked, QCheckBox, "dueDiligenceForAll").setChecked(True)
    QTest.mouseClick(accept, Qt.MouseButton.LeftButton)
    desk.wait_until(lambda: len(pane.presenter.ready) == 3)
    pane.presenter.set_consent(consented=True)
    press(desk, dialog, "manyNext")
    reasons = {one.due_diligence_reason for one in live_activations(desk)}
    assert reasons == {"Övertagen kund, klart i veckan"}


def test_customers_are_left_out_of_the_run(make_desk: MakeDesk, open_wizard: OpenWizard) -> None:
    desk, dialog, pane, page = review(make_desk, open_wizard, copies(bergstroms_el(), 3), "lon_smart")
    page.table.select_id("cu_1")
    press(desk, dialog, "manyDrop")
    assert [row.customer.customer_id for row in pane.presenter.rows] == ["cu_0", "cu_2"]
    [draft] = desk.activation.list_drafts()
    assert draft.customer_ids == ("cu_0", "cu_2")


def test_an_edit_takes_the_consent_away(make_desk: MakeDesk, open_wizard: OpenWizard) -> None:
    desk, _, pane, page = review(make_desk, open_wizard, copies(bergstroms_el(), 2), "lon_smart")
    pane.presenter.set_consent(consented=True)
    assert page.consent.isChecked()
    pane.presenter.set_chosen("utlagg", chosen=True)
    desk.settle()
    assert not page.consent.isChecked()


def test_the_kept_rest_holds_no_consent(make_desk: MakeDesk, open_wizard: OpenWizard) -> None:
    ready, other = copies(bergstroms_el(), 2)
    other = dataclasses.replace(other, customer=dataclasses.replace(other.customer, state="archived"))
    desk, dialog, pane, _ = review(make_desk, open_wizard, [ready, other], "lon_smart")
    pane.presenter.set_consent(consented=True)
    press(desk, dialog, "manyNext")
    [kept] = desk.activation.list_drafts()
    draft = desk.activation.open_draft(kept.id)
    assert [(one.customer_id, one.consented) for one in draft.customers] == [("cu_1", False)]


def test_customers_of_a_draft_that_are_gone_are_told(make_desk: MakeDesk, open_wizard: OpenWizard) -> None:
    desk, _, pane, _ = review(make_desk, open_wizard, copies(bergstroms_el(), 2), "lon_smart")
    assert pane.presenter.run is not None
    known = pane.presenter.run.draft.customers
    # Two of them: one reads otherwise once a test before has loaded the words for one and for many.
    strangers = [dataclasses.replace(known[0], customer_id=id_) for id_ in ("cu_gone", "cu_gone_too")]
    draft = dataclasses.replace(pane.presenter.run.draft, id="dr_x", customers=(*known, *strangers))
    draft = draft.at(Step.CHECK)
    desk.activation.save_draft(draft)
    again = open_wizard(desk, draft_id="dr_x")
    assert "2 kunder i utkastet finns inte längre." in shown_text(again)
    [opened_again] = again.findChildren(ManyPane)
    assert len(opened_again.presenter.rows) == 2


def test_equal_failures_in_a_row_stop_the_rest_which_is_tried_again(
    make_desk: MakeDesk, open_wizard: OpenWizard
) -> None:
    facts = copies(bergstroms_el(), 6)
    desk, dialog, pane, _ = review(make_desk, open_wizard, facts, "lon_smart")
    pane.presenter.set_consent(consented=True)
    # Somebody else archives them all while the review stands open.
    desk.pull([dataclasses.replace(one.customer, state="archived") for one in facts])
    pane.presenter.commit()
    desk.settle()
    sending = pane.presenter.sending
    assert [one.error.code for one in sending.failed if one.error] == ["customer_archived"] * 3
    assert sending.not_tried == ("cu_3", "cu_4", "cu_5")
    text = shown_text(dialog)
    assert "0 i utkorgen, 3 fel, 3 inte provade." in text
    assert "Stoppade efter 3 lika fel i rad." in text
    [kept] = desk.activation.list_drafts()
    assert len(kept.customer_ids) == 6
    desk.pull([one.customer for one in facts])
    again = find(dialog, QPushButton, "manyTryAgain")
    assert again.text() == "Försök igen med 6"
    press(desk, dialog, "manyTryAgain")
    assert sorted(one.customer_id for one in live_activations(desk)) == [f"cu_{at}" for at in range(6)]
    assert desk.activation.list_drafts() == ()
    assert not again.isVisible()


def test_sending_is_stopped_between_two_lots(make_desk: MakeDesk, open_wizard: OpenWizard) -> None:
    desk, _, pane, _ = review(make_desk, open_wizard, copies(bergstroms_el(), 6), "lon_smart")
    pane.presenter.set_consent(consented=True)
    pane.presenter.commit()
    pane.presenter.sending.stop()
    desk.settle()
    assert len(live_activations(desk)) == 5
    assert pane.presenter.sending.not_tried == ("cu_5",)
    results: tuple[SentOne, ...] = pane.presenter.sending.results
    assert all(one.error is None for one in results)

"""Many customers in one run: mixed branches, one grid, each with its own result."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QPushButton

from app.domain.activation_draft import Step
from app.domain.activation_facts import CustomerFacts
from app.domain.activation_language import language_of
from app.domain.records import Activation, CustomerKind, Engagement, Record, Staff
from app.storage.local_reader import LocalReader
from app.storage.outbox import list_all_live
from tests.support.activation_cases import MAJA, berga_gard, bergstroms_el, with_customer
from tests.support.activation_desk import Desk
from tests.support.hands import shown_text
from ui.activation.dialog import ActivationDialog
from ui.activation.many_pane import ManyPane
from ui.activation.many_review_page import ManyReviewPage
from ui.widgets.info_bar import InfoBar
from ui.widgets.table import Table

MakeDesk = Callable[..., Desk]
OpenWizard = Callable[..., ActivationDialog]


def press(desk: Desk, dialog: ActivationDialog, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert button is not None
    assert button.isEnabled(), f"{name}: {button.toolTip()}"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    desk.settle()


def three() -> tuple[CustomerFacts, CustomerFacts]:
    """Return a company that is ready and a sole firm whose contact person has no e-mail."""
    el = bergstroms_el()
    books = Engagement(id="en_el_b", customer_id="cu_el", type="bookkeeping", title="Löpande bokföring 2026")
    el = dataclasses.replace(
        el,
        engagements=(*el.engagements, books),
        participations=(
            *el.participations,
            dataclasses.replace(el.participations[0], id="pa_books", engagement_id="en_el_b"),
        ),
    )
    berga = berga_gard(contacts=(dataclasses.replace(MAJA, email=""),))
    return berga, el


def begin(make_desk: MakeDesk, open_wizard: OpenWizard) -> tuple[Desk, ActivationDialog, ManyPane]:
    facts = three()
    desk = make_desk(*facts)
    for one in facts:
        assert one.registration is not None
        desk.answers[one.customer.id] = one.registration
    dialog = open_wizard(desk, customer_ids=["cu_el", "cu_berga"])
    pane = dialog.findChild(ManyPane)
    assert pane is not None
    return desk, dialog, pane


def sent(desk: Desk) -> list[str]:
    """Return the customers whose activations lie in the outbox."""
    with desk.database.read() as unit:
        reader = LocalReader(unit)
        found = [reader.find("activation", entry.command.entity) for entry in list_all_live(unit)]
    return [one.customer_id for one in found if isinstance(one, Activation)]


def test_all_are_checked_in_one_call(make_desk: MakeDesk, open_wizard: OpenWizard) -> None:
    desk, _, pane = begin(make_desk, open_wizard)
    assert [sorted(ids) for ids in desk.asked] == [["cu_berga", "cu_el"]]
    # Whatever the order in which they were ticked: they stand as in every list.
    assert [row.facts.answer for row in pane.presenter.rows] == ["not_registered", "registered"]


def test_the_ready_are_sent_and_the_rest_kept(make_desk: MakeDesk, open_wizard: OpenWizard) -> None:
    desk, dialog, pane = begin(make_desk, open_wizard)
    press(desk, dialog, "manyNext")
    box = dialog.findChild(QCheckBox, "choose_scanner")
    assert box is not None
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    press(desk, dialog, "manyNext")
    page = dialog.findChild(ManyReviewPage)
    assert page is not None
    problems = page.model.section_of("problems")
    shown = [page.model.index(row, problems).data() for row in range(page.model.rowCount())]
    assert shown == ["E-postadressen saknas.", "Klar att skicka"]
    commit = dialog.findChild(QPushButton, "manyNext")
    assert commit is not None
    assert commit.text() == "Skicka 1, spara 1 som utkast"
    assert not commit.isEnabled()
    page.filters.choose("mend")
    assert [row.facts.customer.name for row in page.model.rows] == ["Berga Gård"]
    page.consent.setFocus()
    QTest.keyClick(page.consent, Qt.Key.Key_Space)
    press(desk, dialog, "manyNext")
    assert pane.presenter.step is Step.RESULT
    assert sent(desk) == ["cu_el"]
    text = shown_text(dialog)
    assert "Klart – ärendena ligger i utkorgen" in text  # and not that it is done
    assert "1 i utkorgen, 1 sparade som utkast." in text
    assert QApplication.focusWidget() is commit, "Enter closes"
    results = dialog.findChild(Table, "manyResults")
    assert results is not None
    model = results.model()
    heads = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
    assert heads == ["Kund", "Resultat per tjänst"], "room for every service where there is nothing to note"
    assert model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole) == "Scanner: I utkorgen"
    [draft] = desk.activation.list_drafts()
    assert draft.customer_ids == ("cu_berga",)
    assert desk.errors == []


def test_a_row_is_mended_in_place(make_desk: MakeDesk, open_wizard: OpenWizard) -> None:
    desk, dialog, pane = begin(make_desk, open_wizard)
    pane.presenter.set_chosen("scanner", chosen=True)
    pane.presenter.go_to(Step.REVIEW)
    desk.settle()
    page = dialog.findChild(ManyReviewPage)
    assert page is not None
    page.table.select_id("cu_berga")
    press(desk, dialog, "manyEdit")
    edit = dialog.findChild(ActivationDialog)
    assert edit is not None
    assert edit.presenter.step is Step.CONTACT
    line = edit.findChild(QLineEdit, "contact_email")
    assert line is not None
    line.setFocus()
    QTest.keyClicks(line, "maja@berga.example")
    press(desk, edit, "activationNext")
    press(desk, edit, "activationNext")
    assert not edit.isVisible()
    assert len(pane.presenter.ready) == 2
    pane.presenter.set_consent(consented=True)
    press(desk, dialog, "manyNext")
    assert sorted(sent(desk)) == ["cu_berga", "cu_el"]
    assert desk.activation.list_drafts() == ()


def test_a_draft_with_many_is_opened_as_one(make_desk: MakeDesk, open_wizard: OpenWizard) -> None:
    desk, dialog, pane = begin(make_desk, open_wizard)
    pane.presenter.set_chosen("scanner", chosen=True)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    desk.settle()
    [draft] = desk.activation.list_drafts()
    assert draft.customer_ids == ("cu_berga", "cu_el")
    again = open_wizard(desk, draft_id=draft.id)
    desk.settle()
    kept = again.findChild(ManyPane)
    assert kept is not None
    assert kept.presenter.services == ("scanner",)


def test_a_draft_with_many_is_opened_as_one_from_the_wizards_own_list(
    make_desk: MakeDesk, open_wizard: OpenWizard
) -> None:
    desk, dialog, pane = begin(make_desk, open_wizard)
    pane.presenter.set_chosen("scanner", chosen=True)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    desk.settle()
    [draft] = desk.activation.list_drafts()
    again = open_wizard(desk)
    press(desk, again, f"openDraft_{draft.id}")
    kept = again.findChild(ManyPane)
    assert kept is not None, "only the first of its customers would be shown, and sent"
    assert [row.customer.customer_id for row in kept.presenter.rows] == ["cu_berga", "cu_el"]
    assert kept.presenter.services == ("scanner",)


def test_sending_many_twice_is_sending_once(make_desk: MakeDesk, open_wizard: OpenWizard) -> None:
    desk, _, pane = begin(make_desk, open_wizard)
    pane.presenter.set_chosen("scanner", chosen=True)
    pane.presenter.go_to(Step.REVIEW)
    desk.settle()
    pane.presenter.set_consent(consented=True)
    pane.presenter.commit()
    pane.presenter.commit()
    desk.settle()
    assert sent(desk) == ["cu_el"]


def at_review(
    make_desk: MakeDesk, open_wizard: OpenWizard, *facts: CustomerFacts, more: Sequence[Record] = ()
) -> tuple[Desk, ManyPane]:
    """Stand in the review of a run for these customers, with Scanner chosen for all."""
    desk = make_desk(*facts)
    desk.pull(more)
    desk.answers = {one.customer.id: one.registration for one in facts if one.registration is not None}
    dialog = open_wizard(desk, customer_ids=[one.customer.id for one in facts])
    pane = dialog.findChild(ManyPane)
    assert pane is not None
    pane.presenter.set_chosen("scanner", chosen=True)
    pane.presenter.go_to(Step.REVIEW)
    desk.wait_until(lambda: not pane.presenter.is_reviewing)
    desk.settle()
    return desk, pane


def choose(pane: ManyPane, name: str, code: str) -> None:
    """Choose in a combo box as a person does."""
    box = pane.findChild(QComboBox, name)
    assert box is not None
    assert box.isVisible()
    box.setCurrentIndex(box.findData(code))
    box.activated.emit(box.currentIndex())


def test_what_the_rules_refuse_is_told_at_the_row_before_anything_is_sent(
    make_desk: MakeDesk, open_wizard: OpenWizard
) -> None:
    # Who has left is no colleague of the form's any more, but the rules know the address.
    gone = Staff(id="st_gun", name="Gun Alm", email="gun@byran.example", state="left")
    facts = berga_gard(contacts=(dataclasses.replace(MAJA, email=gone.email),))
    desk, pane = at_review(make_desk, open_wizard, facts, three()[1], more=[gone])
    [berga, el] = pane.presenter.rows
    assert (berga.is_ready, el.is_ready) == (False, True)
    page = pane.stack.currentWidget()
    assert isinstance(page, ManyReviewPage)
    problems = page.model.section_of("problems")
    shown = page.model.index(page.model.position_of("cu_berga"), problems).data()
    assert shown == "Kontaktpersonen arbetar på byrån."
    assert pane.next.text() == "Skicka 1, spara 1 som utkast"
    page.table.select_id("cu_berga")
    desk.settle()
    [bar] = [one for one in page.detail.findChildren(InfoBar, "problem_contact_is_staff") if one.isVisible()]
    assert bar.action.isVisible(), "it can be mended there"
    before = pane.presenter.run
    assert before is not None
    customer = before.draft.get_customer("cu_berga")
    mended = dataclasses.replace(customer.contact, email="maja@bergagard.example")
    pane.presenter.take_edited(dataclasses.replace(customer, contact=mended), before.facts["cu_berga"])
    desk.wait_until(lambda: not pane.presenter.is_reviewing)
    assert [row.is_ready for row in pane.presenter.rows] == [True, True]


def test_the_language_of_the_e_mails_is_chosen_for_all_and_for_one(
    make_desk: MakeDesk, open_wizard: OpenWizard
) -> None:
    el = three()[1]
    abroad = with_customer(berga_gard(), kind=CustomerKind.FOREIGN, organisation_number="NO 912345678")
    desk, pane = at_review(make_desk, open_wizard, abroad, el)

    def languages() -> list[str]:
        desk.wait_until(lambda: not pane.presenter.is_reviewing)
        desk.settle()
        run = pane.presenter.run
        assert run is not None
        return [language_of(run.draft, customer) for customer in run.draft.customers]

    assert languages() == ["en", "sv"]
    box = pane.findChild(QComboBox, "manyLanguage")
    assert box is not None
    assert box.currentText() == "Engelska till utländska företag"
    choose(pane, "manyLanguage", "sv")
    assert languages() == ["sv", "sv"]
    page = pane.stack.currentWidget()
    assert isinstance(page, ManyReviewPage)
    page.table.select_id("cu_el")
    desk.settle()
    pane.presenter.set_consent(consented=True)
    choose(pane, "manyDetailLanguage", "en")
    assert languages() == ["sv", "en"]
    assert box.currentText() == "Valt för varje kund"
    assert not pane.presenter.is_consented, "another letter is agreed to anew"
    pane.presenter.set_consent(consented=True)
    desk.settle()
    assert pane.next.isEnabled(), pane.next.toolTip()
    QTest.mouseClick(pane.next, Qt.MouseButton.LeftButton)
    desk.wait_until(lambda: not pane.presenter.sending.is_busy and bool(pane.presenter.sending.results))
    with desk.database.read() as unit:
        made = [LocalReader(unit).find("activation", e.command.entity) for e in list_all_live(unit)]
    assert {one.customer_id: one.language for one in made if isinstance(one, Activation)}["cu_el"] == "en"

"""Many customers in one run: mixed branches, one grid, each with its own result."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton

from app.domain.activation_draft import Step
from app.domain.activation_facts import CustomerFacts
from app.domain.records import Activation, Engagement
from app.storage.local_reader import LocalReader
from app.storage.outbox import list_all_live
from tests.support.activation_cases import MAJA, berga_gard, bergstroms_el
from tests.support.activation_desk import Desk
from ui.activation.dialog import ActivationDialog
from ui.activation.many_pane import ManyPane
from ui.activation.many_review_page import ManyReviewPage

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
    dialog = open_wizard(desk, customer_ids=["cu_berga", "cu_el"])
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
    assert desk.asked == [("cu_berga", "cu_el")]
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

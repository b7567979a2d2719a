"""Drafts that are kept and opened again, and activations that wait for a person."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QPlainTextEdit, QPushButton, QWidget

from app.catalogue import load_catalogue
from app.domain.activation_draft import Step, new_draft
from app.domain.activation_sending import to_activation
from app.domain.commands import CancelActivation, ProceedActivation
from app.domain.records import (
    Activation,
    ActivationState,
)
from app.errors import SamverkaError
from app.storage.keyvalues import Draft, save_draft
from app.storage.outbox import list_all_live
from tests.support.activation_cases import (
    NOW,
    berga_gard,
    bergstroms_el,
    collaboration,
    draft_for,
    situation,
    with_customer,
)
from tests.support.activation_desk import Desk
from tests.support.hands import find, go_on_to, press, shown_text, tick
from ui.activation.dialog import ActivationDialog
from ui.activation.service_card import ServiceCard

W = TypeVar("W", bound=QWidget)
MakeDesk = Callable[..., Desk]
OpenWizard = Callable[..., ActivationDialog]


# Drafts


def test_every_page_keeps_the_draft_and_it_is_opened_where_it_was_left(
    make_desk: MakeDesk, open_wizard: OpenWizard
) -> None:
    desk = make_desk()
    dialog = open_wizard(desk, customer_id="cu_el")
    press(desk, dialog, "activationNext")
    tick(desk, dialog, "choose_lon_smart")
    press(desk, dialog, "activationNext")
    [summary] = desk.activation.list_drafts()
    assert (summary.title, summary.services) == ("Bergströms El i Umeå AB", ("lon_smart",))
    assert "Utkast sparat" in shown_text(dialog)
    again = open_wizard(desk, draft_id=summary.id)
    assert again.presenter.step is Step.ADMINISTRATORS
    assert again.presenter.customer is not None
    assert again.presenter.customer.choices == dialog.presenter.customer.choices  # type: ignore[union-attr]


def test_a_draft_whose_customer_is_gone_says_so_and_closes(
    make_desk: MakeDesk, open_wizard: OpenWizard
) -> None:
    desk = make_desk()
    stranger = with_customer(bergstroms_el(), id="cu_gone")
    draft = desk.activation.save_draft(draft_for(stranger, load_catalogue().service("lon_smart")))
    dialog = open_wizard(desk, draft_id=draft.id)
    assert not dialog.isVisible() or dialog.result()
    [error] = desk.errors
    assert isinstance(error, SamverkaError)
    assert error.code == "gone"


@pytest.mark.parametrize("content", ['{"id": "dr_x", "step": "no such page"}', "not JSON, åäö"])
def test_a_draft_that_cannot_be_read_is_told_and_its_text_is_saved(
    make_desk: MakeDesk, open_wizard: OpenWizard, tmp_path: Path, content: str
) -> None:
    desk = make_desk()
    kept = Draft(id="dr_x", kind="activation", title="Bergs El", content=content, made_at=NOW, changed_at=NOW)
    with desk.database.write() as unit:
        save_draft(unit, kept)
    [summary] = desk.activation.list_drafts()
    assert (summary.title, summary.is_readable) == ("Bergs El", False)
    dialog = open_wizard(desk)
    assert "Går inte att läsa, men texten finns kvar" in shown_text(dialog)
    press(desk, dialog, "openDraft_dr_x")
    [told] = [one for one in dialog.findChildren(QDialog, "unreadableDraft") if one.isVisible()]
    assert "Utkastet Bergs El går inte att läsa." in shown_text(told)
    details = find(told, QPlainTextEdit, "messageDetails").toPlainText()
    assert "Bergs El" in details
    QTest.mouseClick(find(told, QPushButton, "messageAccept"), Qt.MouseButton.LeftButton)
    [where] = [one for one in dialog.findChildren(QFileDialog, "unreadableDraftFile") if one.isVisible()]
    file = tmp_path / "utkast.txt"
    where.fileSelected.emit(str(file))
    where.reject()
    desk.settle()
    assert file.read_text(encoding="utf-8") == details
    assert desk.toasts[-1][0] == "Sparat: utkast.txt"
    assert desk.activation.list_drafts() == (summary,), "it stays until somebody removes it"
    assert desk.errors == []


def test_where_the_text_cannot_be_written_it_is_said(make_desk: MakeDesk, tmp_path: Path) -> None:
    desk = make_desk()
    draft = desk.activation.save_draft(draft_for(bergstroms_el(), load_catalogue().service("lon_smart")))
    with pytest.raises(SamverkaError) as caught:
        desk.activation.draft_texts.save(draft.id, tmp_path / "none" / "utkast.txt")
    assert caught.value.code == "file_not_written"


def test_what_was_begun_meanwhile_is_told_when_a_draft_is_opened(
    make_desk: MakeDesk, open_wizard: OpenWizard
) -> None:
    desk = make_desk()
    facts = bergstroms_el()
    draft = desk.activation.save_draft(
        draft_for(facts, load_catalogue().service("lon_smart")).at(Step.REVIEW)
    )
    desk.pull([collaboration(facts, "lon_smart", "pending")])
    dialog = open_wizard(desk, draft_id=draft.id)
    assert not find(dialog, QPushButton, "activationNext").isEnabled()
    assert "Kunden har redan fått en inbjudan till Visma Lön Smart" in shown_text(dialog)


def test_sending_removes_the_draft(make_desk: MakeDesk, open_wizard: OpenWizard) -> None:
    desk = make_desk()
    dialog = open_wizard(desk, customer_id="cu_el")
    dialog.presenter.set_chosen("lon_smart", chosen=True)
    go_on_to(desk, dialog, Step.REVIEW)
    assert len(desk.activation.list_drafts()) == 1
    tick(desk, dialog, "activationConsent")
    press(desk, dialog, "activationNext")
    assert desk.activation.list_drafts() == ()


def test_cancel_removes_the_draft_and_can_be_undone(make_desk: MakeDesk, open_wizard: OpenWizard) -> None:
    desk = make_desk()
    dialog = open_wizard(desk, customer_id="cu_el")
    dialog.presenter.set_chosen("lon_smart", chosen=True)
    go_on_to(desk, dialog, Step.ACCESS)
    press(desk, dialog, "activationCancel")
    assert desk.activation.list_drafts() == ()
    text, undo_text, undo = desk.toasts[-1]
    assert (text, undo_text) == ("Utkastet för Bergströms El i Umeå AB är borttaget.", "Ångra")
    assert undo is not None
    undo()
    desk.settle()
    assert len(desk.activation.list_drafts()) == 1


def test_escape_keeps_what_was_begun(make_desk: MakeDesk, open_wizard: OpenWizard) -> None:
    desk = make_desk()
    dialog = open_wizard(desk, customer_id="cu_el")
    dialog.presenter.set_chosen("lon_smart", chosen=True)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    desk.settle()
    assert not dialog.isVisible()
    assert len(desk.activation.list_drafts()) == 1


# What stopped, and what came to nothing


def stop(desk: Desk, because: str = "answer_changed") -> Activation:
    """Let an activation of Berga Gård, decided as not registered, be stopped by the server."""
    facts = berga_gard()
    customer = draft_for(facts, load_catalogue().service("eekonomi"), consented=True).customers[0]
    sent = to_activation(new_draft(NOW), customer, facts, situation(), consent_text="1")
    stopped = dataclasses.replace(sent, state=ActivationState.STOPPED, stopped_because=because)
    registered = bergstroms_el().registration
    assert registered is not None
    assert facts.registration is not None
    now = dataclasses.replace(
        registered, id=facts.registration.id, customer_id="cu_berga", services=(), checked_at=NOW
    )
    waiting = dataclasses.replace(
        collaboration(facts, "eekonomi", "stopped"),
        id=sent.items[0].collaboration_id,
        activation_id=sent.id,
    )
    desk.pull([stopped, now, waiting])
    return stopped


@pytest.mark.case(9)
def test_a_stopped_activation_says_what_changed_and_goes_on(
    make_desk: MakeDesk, open_wizard: OpenWizard
) -> None:
    desk = make_desk()
    stopped = stop(desk)
    dialog = open_wizard(desk, activation_id=stopped.id)
    text = shown_text(dialog)
    for words in (
        "Ärendet för Berga Gård väntar på dig",
        "Svaret från Visma Spcs har ändrats.",
        "Inte registrerad hos Visma Spcs",
        "Registrerad hos Visma Spcs",
        "Kunden är redan registrerad hos Visma Spcs.",
        "Per Bergström",
        "Huvudkontakt – godkänner eller avböjer",
    ):
        assert words in text
    press(desk, dialog, "stoppedProceed")
    with desk.database.read() as unit:
        [entry] = list_all_live(unit)
    assert entry.command.type == "activation.proceed"
    assert entry.command.payload == ProceedActivation(
        activation_id=stopped.id, answer="registered", services=()
    )
    assert not dialog.isVisible()


def test_a_stopped_activation_is_cancelled(make_desk: MakeDesk, open_wizard: OpenWizard) -> None:
    desk = make_desk()
    stopped = stop(desk)
    dialog = open_wizard(desk, activation_id=stopped.id)
    # Smaller than the wizard, and over the same place: the middle of the window that it was opened from.
    away = dialog.geometry().center() - open_wizard(desk).geometry().center()
    assert away.manhattanLength() <= 2, away
    press(desk, dialog, "stoppedCancel")
    with desk.database.read() as unit:
        [entry] = list_all_live(unit)
    assert entry.command.payload == CancelActivation(activation_id=stopped.id)
    assert desk.toasts[-1][0] == "Ärendet är avbrutet. Ingenting har skickats."


def test_a_stopped_activation_without_an_answer_cannot_go_on(
    make_desk: MakeDesk, open_wizard: OpenWizard
) -> None:
    desk = make_desk()
    stopped = stop(desk, "answer_unknown")
    found = desk.activation.get_facts("cu_berga").registration
    assert found is not None
    desk.pull([dataclasses.replace(found, answer="unknown")])
    dialog = open_wizard(desk, activation_id=stopped.id)
    assert not find(dialog, QPushButton, "stoppedProceed").isEnabled()
    assert find(dialog, QPushButton, "stoppedCancel").isEnabled()


def test_what_came_to_nothing_is_begun_again_with_what_it_held(
    make_desk: MakeDesk, open_wizard: OpenWizard
) -> None:
    desk = make_desk()
    stopped = stop(desk)
    refused = dataclasses.replace(stopped, state=ActivationState.REFUSED, refused_because="gone")
    off = dataclasses.replace(
        collaboration(berga_gard(), "eekonomi", "refused"), id=stopped.items[0].collaboration_id
    )
    desk.pull([refused, off])
    dialog = open_wizard(desk, activation_id=stopped.id)
    customer = dialog.presenter.customer
    assert customer is not None
    assert [choice.service for choice in customer.choices] == ["eekonomi"]
    assert customer.activation_id != stopped.id


def test_a_card_that_lacks_an_engagement_offers_to_create_one_once(
    make_desk: MakeDesk, open_wizard: OpenWizard
) -> None:
    facts = berga_gard(engagements=(), participations=())
    desk = make_desk(facts)
    draft = draft_for(facts, load_catalogue().service("eekonomi")).at(Step.SERVICES)
    dialog = open_wizard(desk, draft_id=desk.activation.save_draft(draft).id)
    [card] = [one for one in dialog.findChildren(ServiceCard) if one.service.code == "eekonomi"]
    words = [one.text() for one in card.findChildren(QPushButton) if one.isVisible()]
    assert words.count("Skapa uppdrag…") == 1, words

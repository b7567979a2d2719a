"""Utkorg, Att åtgärda: a choice for each field, a command that is stuck, and what was decided, to copy."""

from __future__ import annotations

import json
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QRadioButton, QWidget

from app.domain.commands import UpdateCustomer
from app.domain.records import Activation, Customer, Invitation, Staff
from app.storage.local_reader import LocalReader
from tests.ui.screens.conftest import Desk
from ui.outbox.attention_card import AttentionCard
from ui.outbox.conflict_fields import ConflictFields
from ui.outbox.pane import create_pane
from ui.widgets.table import Table


def decide(desk: Desk, **changes: str) -> Customer:
    """Decide a change of a customer: new values by the name of the field."""
    with desk.database.read() as unit:
        customer = LocalReader(unit).list_all(Customer)[0]
    wanted = {name: {"from": getattr(customer, name), "to": value} for name, value in changes.items()}
    desk.workspace.enqueue([UpdateCustomer(customer_id=customer.id, set=wanted)])
    return customer


def make_conflict(desk: Desk, fields: dict[str, dict[str, Any]]) -> str:
    """Let the server have answered that somebody else changed these; return the command's id."""
    with desk.database.write() as unit:
        unit.run(
            "UPDATE outbox SET state = 'conflict', code = 'conflict', fields = ?, settled_at = ?",
            (json.dumps(fields), desk.clock.now().isoformat()),
        )
        return str(unit.value("SELECT id FROM outbox"))


def somebody(desk: Desk) -> Staff:
    with desk.database.read() as unit:
        return LocalReader(unit).list_all(Staff)[1]


def open_item(desk: Desk, key: str) -> None:
    desk.open(create_pane, tab="attention")
    assert desk.find(Table, "outboxAttention").select_id(key)


def test_where_only_something_needs_a_person_the_outbox_opens_there(desk: Desk) -> None:
    customer = decide(desk, office="Mitt kontor")
    key = make_conflict(
        desk, {"office": {"mine": "Mitt kontor", "theirs": "Deras kontor", "seen": customer.office}}
    )
    desk.open(create_pane)
    desk.until(lambda: desk.find(Table, "outboxAttention").isVisible())
    assert key in desk.ids("outboxAttention")


@pytest.mark.case(53)
def test_each_field_of_a_conflict_has_its_own_choice(desk: Desk) -> None:
    customer = decide(desk, office="Mitt kontor", name="Mitt namn AB")
    colleague = somebody(desk)
    told = {"by": colleague.id, "at": desk.clock.now().isoformat()}
    key = make_conflict(
        desk,
        {
            "office": {"mine": "Mitt kontor", "theirs": "Deras kontor", "seen": customer.office, **told},
            "name": {"mine": "Mitt namn AB", "theirs": "Deras namn AB", "seen": customer.name, **told},
        },
    )
    open_item(desk, key)
    assert f"Senast ändrat av {colleague.name}" in desk.find(QLabel, "attentionWho").text()
    save = desk.find(QPushButton, "attentionSave")
    desk.find(QRadioButton, "conflict_office_mine").click()
    assert not save.isEnabled()
    assert save.toolTip() == "Välj mitt eller deras för varje uppgift först."
    desk.find(QRadioButton, "conflict_name_theirs").click()
    desk.press("attentionSave")
    desk.until(lambda: key not in desk.ids("outboxAttention"))
    with desk.database.read() as unit:
        payload = json.loads(unit.value("SELECT payload FROM outbox WHERE state = 'queued'"))
    assert payload["set"] == {"office": {"from": "Deras kontor", "to": "Mitt kontor"}}


@pytest.mark.case(53)
def test_choosing_theirs_for_each_field_sends_nothing(desk: Desk) -> None:
    decide(desk, office="Mitt kontor", name="Mitt namn AB")
    value = {"mine": "m", "theirs": "t", "seen": "s"}
    key = make_conflict(desk, {"office": value, "name": value})
    open_item(desk, key)
    desk.find(QRadioButton, "conflict_office_theirs").click()
    desk.find(QRadioButton, "conflict_name_theirs").click()
    desk.press("attentionSave")
    desk.until(lambda: key not in desk.ids("outboxAttention"))
    assert desk.outbox.list_waiting() == []


def test_a_single_field_needs_no_choice_beside_the_buttons(desk: Desk) -> None:
    customer = decide(desk, office="Mitt kontor")
    there = {"mine": "Mitt kontor", "theirs": customer.office, "seen": "Ett äldre"}
    key = make_conflict(desk, {"office": there})
    open_item(desk, key)
    assert not desk.find(QPushButton, "attentionSave").isVisible()
    desk.press("attentionKeep")
    desk.until(lambda: key not in desk.ids("outboxAttention"))
    assert len(desk.outbox.list_waiting()) == 1


def test_a_choice_is_kept_while_other_things_change(desk: Desk) -> None:
    decide(desk, office="Mitt kontor", name="Mitt namn AB")
    value = {"mine": "m", "theirs": "t", "seen": "s"}
    key = make_conflict(desk, {"office": value, "name": value})
    open_item(desk, key)
    desk.find(QRadioButton, "conflict_office_mine").click()
    decide(desk, office="Något annat")
    desk.settle()
    assert desk.find(QRadioButton, "conflict_office_mine").isChecked()


@pytest.mark.parametrize(("tries", "is_shown"), [(4, False), (5, True)])
def test_after_five_tries_a_command_is_shown_and_can_be_taken_back(
    desk: Desk, tries: int, is_shown: bool
) -> None:
    customer = decide(desk, office="Mitt kontor")
    with desk.database.write() as unit:
        unit.run("UPDATE outbox SET state = 'sending', seq = 1, tries = ?", (tries,))
        key = str(unit.value("SELECT id FROM outbox"))
    decide(desk, office="Ett till")
    desk.open(create_pane, tab="attention")
    assert (key in desk.ids("outboxAttention")) is is_shown
    if not is_shown:
        return
    desk.find(Table, "outboxAttention").select_id(key)
    seen = desk.seen()
    assert customer.name in seen
    assert "Beslutet har inte kommit fram efter fem försök." in seen
    assert "1 beslut till väntar på det här." in seen
    assert "Kontor: Mitt kontor" in seen
    desk.press("attentionWithdraw")
    assert desk.toasts[-1] == "Beslutet ångras så snart servern har svarat"
    desk.until(lambda: key not in desk.ids("outboxAttention"))


def test_what_was_refused_can_be_copied_with_what_had_been_written(desk: Desk) -> None:
    customer = decide(desk, office="Mitt kontor")
    with desk.database.write() as unit:
        unit.run("UPDATE outbox SET state = 'rejected', code = 'gone'")
        key = str(unit.value("SELECT id FROM outbox"))
    open_item(desk, key)
    desk.press("attentionCopy")
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0] == customer.name
    assert lines[1].startswith("Ändra kund · beslutat ")
    assert lines[-1] == "Kontor: Mitt kontor"


def test_a_refusal_without_a_way_on_of_its_own_says_that_nothing_was_done_and_what_to_do(desk: Desk) -> None:
    decide(desk, office="Mitt kontor")
    with desk.database.write() as unit:
        unit.run("UPDATE outbox SET state = 'rejected', code = 'engagement_closed'")
        key = str(unit.value("SELECT id FROM outbox"))
    open_item(desk, key)
    seen = desk.seen()
    assert "Uppdraget är avslutat." in seen
    assert "Beslutet är inte genomfört. Försök igen när hindret är borta, eller lägg det åt sidan." in seen


@pytest.mark.parametrize("count", [1, 2])
def test_long_values_of_a_conflict_are_whole_in_a_narrow_card(desk: Desk, count: int) -> None:
    decide(desk, office="Mitt kontor", name="Mitt namn AB")
    value = {
        "mine": "Bostadsrättsföreningen Södra Vätterstranden i Jönköping",
        "theirs": "ekonomiansvarig.for.foreningen@bostadsrattsforeningen-sodra-vatterstranden.example",
        "seen": "Föreningen",
    }
    key = make_conflict(desk, dict.fromkeys(("office", "name")[:count], value))
    open_item(desk, key)
    card = desk.find(AttentionCard, "attentionCard")
    card.setFixedWidth(420)
    desk.settle()
    fields = desk.find(ConflictFields, "conflictFields")
    shown = [one for one in fields.findChildren(QWidget) if one.isVisible()]
    assert len(shown) == count * 7
    area = fields.parentWidget()
    assert area is not None
    room = area.parentWidget()
    assert room is not None
    for one in shown:
        edge = one.mapTo(room, one.rect().bottomRight()).x()
        assert edge <= room.width(), (one.objectName(), edge, room.width())
        if isinstance(one, QLabel):
            assert one.height() >= one.heightForWidth(one.width()), one.text()


def test_the_customer_is_a_click_away(desk: Desk) -> None:
    customer = decide(desk, office="Mitt kontor")
    key = make_conflict(desk, {"office": {"mine": "m", "theirs": "t", "seen": "s"}})
    open_item(desk, key)
    desk.press("attentionCustomer")
    assert desk.went == [("customer", {"customer_id": customer.id})]


def test_a_bounced_invitation_says_which_services_and_which_address(desk: Desk) -> None:
    items = [item for item in desk.outbox.list_attention() if item.code == "invitation_bounced"]
    assert items
    with desk.database.read() as unit:
        invitation = LocalReader(unit).find("invitation", items[0].about_id)
    assert isinstance(invitation, Invitation)
    open_item(desk, items[0].key)
    told = desk.find(QLabel, "attentionDecided").text()
    assert next(one.email for one in invitation.recipients if one.mail_state == "bounced") in told
    assert "eEkonomi" in told
    assert desk.find(QLabel, "attentionWhat").text().startswith("Inbjudan skickad ")
    assert desk.find(QLabel, "attentionDecidedHead").text() == "SKICKAT"


def test_a_refused_activation_says_what_was_to_be_activated_for_whom(desk: Desk) -> None:
    items = [item for item in desk.outbox.list_attention() if item.kind == "activation_refused"]
    assert items
    with desk.database.read() as unit:
        activation = LocalReader(unit).find("activation", items[0].about_id)
    assert isinstance(activation, Activation)
    assert activation.contact is not None
    open_item(desk, items[0].key)
    told = desk.find(QLabel, "attentionDecided").text()
    assert activation.contact.email in told
    assert "Tjänster: " in told
    assert desk.find(QLabel, "attentionWhat").text().startswith("Aktivera tjänst · beslutat ")

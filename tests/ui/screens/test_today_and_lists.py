"""Att göra, Samarbeten, Skickade inbjudningar, Utkorg and Mejlkorg on the sample firm."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QTextBrowser

from app.domain.commands import UpdateCustomer
from app.domain.records import Customer
from app.domain.what_changed import SyncState
from app.storage.first_screen import FirstScreen
from app.storage.local_reader import LocalReader
from app.usecases.mail_tray import TrayMail
from tests.ui.screens.conftest import Desk
from ui.collaborations.pane import create_pane as create_collaborations
from ui.invitations.pane import create_pane as create_invitations
from ui.mail_tray.pane import create_pane as create_mail_tray
from ui.outbox.pane import create_pane as create_outbox
from ui.today.pane import create_pane as create_today
from ui.today.rows import TodayRow
from ui.widgets.buttons import Button
from ui.widgets.search_field import SearchField
from ui.widgets.table import Table


def sentences(desk: Desk, name: str) -> list[str]:
    model = desk.find(Table, name).rows
    rows = (model.row_at(at) for at in range(model.rowCount()))
    return [model.sentence(row) for row in rows if row is not None]


# Att göra


def test_the_day_begins_with_what_needs_somebody(desk: Desk) -> None:
    desk.open(create_today)
    seen = desk.seen()
    for heading in (
        "Att åtgärda  7",
        "Nytt sedan sist",
        "Väntar på kund över 7 dagar",
        "Okopplade samarbeten",
    ):
        assert heading in seen
    row = desk.find(TodayRow, "todayUnlinkedRow")
    QTest.keyClick(row, Qt.Key.Key_Space)
    assert desk.went == [("unlinked", {"filter": "all"})]


def test_before_the_use_cases_are_loaded_the_first_figures_are_shown(desk: Desk) -> None:
    desk.context.samverka = None
    desk.context.first = FirstScreen(customers=240, unlinked=64, waiting=14, attention=2)
    pane = create_today(desk.context)
    desk.qtbot.addWidget(pane)
    pane.resize(1200, 820)
    pane.show()
    rows = {row.objectName(): row.accessibleName() for row in pane.findChildren(TodayRow)}
    assert rows == {
        "first_outbox": "2 ärenden väntar på ditt beslut",
        "first_invitations": "14 inbjudningar väntar på svar",
        "first_unlinked": "64 samarbeten är okopplade",
    }
    fetching = pane.findChild(QLabel, "todayFetching")
    assert fetching is not None
    assert not fetching.isVisible()


def waiting_rows(desk: Desk) -> set[str]:
    """Return the ids of the invitations that the start screen lists as waiting."""
    assert desk.pane is not None
    names = [row.objectName() for row in desk.pane.findChildren(TodayRow) if row.parent() is not None]
    return {name.removeprefix("waiting_") for name in names if name.startswith("waiting_")}


def test_mine_narrows_to_my_customers(desk: Desk) -> None:
    desk.open(create_today)
    everybodys = desk.samverka.today.load()
    mine = desk.samverka.today.load(mine=True)
    assert len(mine.waiting) < len(everybodys.waiting)
    desk.until(lambda: waiting_rows(desk) == {line.id for line in everybodys.waiting[:6]})
    desk.press("todayFilter_mine")
    desk.until(lambda: waiting_rows(desk) == {line.id for line in mine.waiting[:6]})


def test_each_thing_to_act_on_opens_its_place(desk: Desk) -> None:
    desk.open(create_today)
    assert desk.pane is not None
    rows = [row for row in desk.pane.findChildren(TodayRow) if row.objectName().startswith("attention_")]
    rows[0].click()
    place, arguments = desk.went[0]
    assert (place, arguments["tab"]) == ("outbox", "attention")
    assert arguments["item"] in [item.key for item in desk.outbox.list_attention()]


# Samarbeten


def test_collaborations_are_narrowed_by_service_state_and_search(desk: Desk) -> None:
    desk.open(create_collaborations)
    desk.until(lambda: len(desk.ids("collaborationsTable")) > 200)
    total = len(desk.ids("collaborationsTable"))
    desk.until(lambda: desk.find(QComboBox, "collaborationsService").count() == 10)
    desk.press("collaborationsFilter_waiting")
    waiting = sentences(desk, "collaborationsTable")
    assert 0 < len(waiting) < total
    assert all("Väntar på kund" in row for row in waiting)
    desk.press("collaborationsFilter_all")
    box = desk.find(QComboBox, "collaborationsService")
    box.setCurrentIndex(box.findText("Scanner"))
    desk.settle()
    assert all(", Scanner, " in row for row in sentences(desk, "collaborationsTable"))
    field = desk.find(SearchField, "collaborationsSearch")
    QTest.keyClicks(field, "finns inte alls")
    desk.until(lambda: "Inget samarbete passar" in desk.seen())
    desk.press("collaborationsEmptyAction")
    desk.until(lambda: len(desk.ids("collaborationsTable")) == total)


def test_the_data_says_how_old_it_is(desk: Desk) -> None:
    desk.open(create_collaborations)
    desk.until(lambda: "uppgifter från" in desk.find(QLabel, "pageSubtitle").text())


def test_an_unlinked_collaboration_opens_where_it_is_linked(desk: Desk) -> None:
    desk.open(create_collaborations, filter="unlinked")
    desk.until(lambda: 0 < len(desk.ids("collaborationsTable")) < 100)
    first = desk.ids("collaborationsTable")[0]
    table = desk.find(Table, "collaborationsTable")
    table.select_id(first)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert desk.went == [("unlinked", {"collaboration_id": first})]


# Skickade inbjudningar


@pytest.mark.case(6)
def test_a_customer_is_reminded_once_and_then_the_button_says_why_not(desk: Desk) -> None:
    desk.open(create_invitations, filter="waiting")
    table = desk.find(Table, "invitationsTable")
    rows = desk.samverka.invitations.list_sent(wanted="waiting").rows
    never = next(row for row in rows if row.reminded_at is None and not row.problem)
    table.select_id(never.id)
    desk.press("invitationsRemind")
    assert [toast[:6] for toast in desk.toasts] == ["1 kund"]
    desk.until(lambda: not desk.find(QPushButton, "invitationsRemind").isEnabled())
    assert desk.find(QPushButton, "invitationsRemind").toolTip() == "Kunden har redan påmints i dag."
    # The button was disabled under the hand: the work goes on in the list, not in the status line.
    assert QApplication.focusWidget() is table


@pytest.mark.case(4)
def test_a_bounced_address_is_corrected_and_sent_again(desk: Desk) -> None:
    desk.open(create_invitations, filter="problem")
    desk.until(lambda: "E-posten studsade" in "".join(sentences(desk, "invitationsTable")))
    row = desk.ids("invitationsTable")[0]
    desk.find(Table, "invitationsTable").select_id(row)
    desk.press("invitationsCorrect")
    field = desk.find(QLineEdit, "correctEmail0")
    desk.until(field.hasFocus)
    error = desk.find(QLabel, "correctEmail0_error")
    assert error.text() == "E-posten till den här adressen studsade."
    field.setText("inte en adress")
    assert not desk.find(QPushButton, "correctSend").isEnabled()
    assert not error.isVisible()  # who is typing is not disturbed
    field.clearFocus()
    assert error.text() == "”inte en adress” är ingen e-postadress."
    field.setText("ny.adress@kunden.example")
    assert not error.isVisible()
    desk.press("correctSend")
    desk.until(lambda: row not in desk.ids("invitationsTable"))
    [line] = [one for one in desk.samverka.invitations.list_sent().rows if one.id == row]
    assert line.recipients[0].email == "ny.adress@kunden.example"
    assert line.state == "queued"


_ACTS = ("Remind", "Correct", "Anew", "Withdraw")


def primary_buttons(desk: Desk) -> list[str]:
    assert desk.pane is not None
    shown = (one for one in desk.pane.findChildren(Button) if one.isVisible())
    return [one.objectName() for one in shown if one.property("kind") == "primary"]


@pytest.mark.case(4)
def test_the_primary_button_is_the_one_that_helps_and_stands_last(desk: Desk) -> None:
    desk.open(create_invitations)
    table, remind = desk.find(Table, "invitationsTable"), desk.find(QPushButton, "invitationsRemind")
    rows = desk.samverka.invitations.list_sent().rows
    waits = next(row for row in rows if row.is_open and not row.problem)
    failed = next(row for row in rows if row.problem == "bounced")
    declined = next(row for row in rows if row.can_be_made_anew)
    for row, name in (
        (waits, "invitationsRemind"),
        (failed, "invitationsCorrect"),
        (declined, "invitationsAnew"),
        (waits, "invitationsRemind"),
    ):
        table.select_id(row.id)
        desk.until(lambda wanted=name: primary_buttons(desk) == [wanted])
        leading = desk.find(QPushButton, name)
        others = [desk.find(QPushButton, f"invitations{one}") for one in _ACTS]
        desk.until(lambda last=leading, all_=others: last.x() == max(one.x() for one in all_))
        assert leading.nextInFocusChain() not in others  # Tab comes to it last, too
    table.select_id(failed.id)
    assert remind.toolTip() == "Inbjudan nådde inte fram. Rätta adressen och skicka den igen."
    assert not remind.isEnabled()


def test_the_first_invitation_is_chosen_when_the_list_comes(desk: Desk) -> None:
    desk.open(create_invitations)
    table = desk.find(Table, "invitationsTable")
    desk.until(lambda: table.selected_ids() == desk.ids("invitationsTable")[:1] != [])
    assert desk.find(QLabel, "invitationsChosen").text() != ""


def test_it_is_chosen_although_the_key_of_the_shortcut_is_still_held(desk: Desk) -> None:
    """Who comes by Ctrl+5 has Ctrl down when the list comes: Qt would then choose and unchoose the row."""
    desk.open(create_invitations)
    table = desk.find(Table, "invitationsTable")
    desk.until(lambda: len(table.selected_ids()) == 1)
    first, second = desk.ids("invitationsTable")[:2]
    QTest.keyPress(table, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.keyboardModifiers() == Qt.KeyboardModifier.ControlModifier
    try:
        assert table.select_id(second)
        assert table.selected_ids() == [second]
        assert table.select_id(first)
        assert table.selected_ids() == [first]
    finally:
        QTest.keyRelease(table, Qt.Key.Key_Control)


def test_withdrawing_is_asked_first(desk: Desk) -> None:
    desk.open(create_invitations, filter="waiting")
    row = desk.ids("invitationsTable")[0]
    desk.find(Table, "invitationsTable").select_id(row)
    desk.press("invitationsWithdraw")
    desk.press("messageAccept")
    desk.until(lambda: row not in desk.ids("invitationsTable"))
    [line] = [one for one in desk.samverka.invitations.list_sent().rows if one.id == row]
    assert line.state == "withdrawn"


@pytest.mark.case(5)
def test_the_customers_words_at_a_decline_are_shown(desk: Desk) -> None:
    desk.open(create_invitations, filter="declined")
    with_words = [r for r in desk.samverka.invitations.list_sent(wanted="declined").rows if r.words]
    desk.find(Table, "invitationsTable").select_id(with_words[0].id)
    assert with_words[0].words in desk.find(QLabel, "invitationsWords").text()


# Utkorg


def change_town(desk: Desk) -> Customer:
    with desk.database.read() as unit:
        customer = LocalReader(unit).list_all(Customer)[0]
    desk.workspace.enqueue(
        [
            UpdateCustomer(
                customer_id=customer.id, set={"office": {"from": customer.office, "to": "Ett nytt kontor"}}
            )
        ]
    )
    return customer


def test_what_waits_is_listed_and_can_be_taken_back(desk: Desk) -> None:
    customer = change_town(desk)
    desk.open(create_outbox, tab="waiting")
    desk.until(lambda: sentences(desk, "outboxWaiting") == [f"Ändra kund, {customer.name}, I utkorgen."])
    desk.find(Table, "outboxWaiting").selectRow(0)
    desk.press("outboxWithdraw")
    desk.until(lambda: desk.ids("outboxWaiting") == [])
    assert "Utkorgen är tom" in desk.seen()
    with desk.database.read() as unit:
        assert LocalReader(unit).find("customer", customer.id) == customer


def test_what_was_tried_without_a_server_is_in_the_outbox_and_not_on_its_way(desk: Desk) -> None:
    customer = change_town(desk)
    with desk.database.write() as unit:
        unit.run("UPDATE outbox SET state = 'sending', sent_at = ?", (desk.clock.now().isoformat(),))
    desk.is_offline = True
    desk.open(create_outbox, tab="waiting")
    desk.until(lambda: sentences(desk, "outboxWaiting") == [f"Ändra kund, {customer.name}, I utkorgen."])
    model = desk.find(Table, "outboxWaiting").rows
    row = model.row_at(0)
    assert row is not None
    assert model.cell(row, "sent").text == ""
    assert "räknas bara en gång" in model.cell(row, "state").chips[0].hint
    desk.is_offline = False
    desk.events.publish(SyncState(connection="connected"))
    desk.until(lambda: sentences(desk, "outboxWaiting") == [f"Ändra kund, {customer.name}, Skickas."])


@pytest.mark.case(53)
def test_a_conflict_shows_mine_theirs_and_what_i_saw(desk: Desk) -> None:
    customer = change_town(desk)
    with desk.database.write() as unit:
        unit.run(
            "UPDATE outbox SET state = 'conflict', fields = ?, settled_at = ?",
            (
                '{"office": {"mine": "Ett nytt kontor", "theirs": "Deras kontor", "seen": "Kontoret"}}',
                desk.clock.now().isoformat(),
            ),
        )
    desk.open(create_outbox, tab="attention")
    command = next(i for i in desk.outbox.list_attention() if i.kind == "conflict")
    desk.find(Table, "outboxAttention").select_id(command.key)
    seen = desk.seen()
    for words in ("Mitt", "Deras", "Vad jag såg", "Ett nytt kontor", "Deras kontor", "Kontor", customer.name):
        assert words in seen
    desk.press("attentionTheirs")
    desk.until(lambda: command.key not in desk.ids("outboxAttention"))


def test_a_stopped_activation_opens_where_it_is_decided(desk: Desk) -> None:
    desk.open(create_outbox, tab="attention")
    item = next(i for i in desk.outbox.list_attention() if i.kind == "activation_stopped")
    desk.find(Table, "outboxAttention").select_id(item.key)
    desk.press("attentionActivation")
    assert desk.went == [("activation", {"activation_id": item.about_id})]


# Mejlkorg


def test_an_e_mail_is_read_as_it_was_written(desk: Desk) -> None:
    desk.tray.mails = [
        TrayMail(
            id="m_1",
            to="eva@kunden.example",
            sender="Byrån <samverka@localhost>",
            subject="Inbjudan till samarbete",
            sent_at=desk.clock.now() - timedelta(minutes=3),
            text="Hej",
            html="<p>Hej <b>Eva</b></p>",
        )
    ]
    desk.open(create_mail_tray)
    desk.until(lambda: desk.find(QLabel, "mailSubject").text() == "Inbjudan till samarbete")
    assert "Hej Eva" in desk.find(QTextBrowser, "mailBody").toPlainText()


def test_an_empty_tray_says_what_will_be_in_it(desk: Desk) -> None:
    desk.open(create_mail_tray)
    assert "Mejlkorgen är tom" in desk.seen()


def test_the_keyboard_is_where_work_goes_on_in_an_empty_tray_and_in_a_full_one(desk: Desk) -> None:
    desk.open(create_mail_tray)
    refresh = desk.find(Button, "mailTrayRefresh")
    desk.until(refresh.hasFocus)
    desk.tray.mails = [
        TrayMail(
            id="m1",
            sender="Samverka",
            to="eva@bageriet.example",
            subject="Inbjudan",
            sent_at=desk.clock.now(),
            text="Hej",
            html="<p>Hej</p>",
        )
    ]
    refresh.click()
    desk.until(lambda: desk.find(Table, "mailTrayTable").hasFocus())

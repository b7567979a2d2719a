"""Forty customers, three services, half of them offline; and one customer, by keys only."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton, QWidget

from app.bootstrap import Samverka
from app.domain.records import Activation, Collaboration
from app.storage.local_reader import LocalReader
from tests.acceptance.conftest import OpenProgram
from tests.acceptance.person import Person
from tests.acceptance.server_process import ServerProcess
from tests.acceptance.steps import (
    find_example,
    is_free_for_activation,
    second_client,
    state_of,
    wait_for_the_firm,
)
from ui.widgets.table import Table

pytestmark = pytest.mark.acceptance

Serve = Callable[..., ServerProcess]
SERVICES = ("scanner", "utlagg", "digitala_fakturor")
CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def press_key(
    person: Person, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press a key where the focus is, as a keyboard does."""
    person.until(lambda: QApplication.focusWidget() is not None, "something has the focus")
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifiers)


def write(text: str) -> None:
    """Write where the focus is; å, ä and ö too."""
    focused = QApplication.focusWidget()
    for char in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(focused, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, char))


def tab_to(person: Person, name: str) -> None:
    """Press Tab until the widget of that name has the focus."""
    for _ in range(60):
        focused = QApplication.focusWidget()
        if focused is not None and focused.objectName() == name:
            return
        press_key(person, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never comes to {name}\n{person.seen()}")


def tick_rows(person: Person, first: int, count: int) -> list[str]:
    """Tick rows of the customer list with Space; return their ids."""
    person.go("customers")
    table = person.find(Table, "customersTable")
    person.until(lambda: table.rows.rowCount() > first + count, "the list is there")
    table.rows.set_ticked(())
    table.setFocus()
    # Nobody holds Ctrl and Shift any more; Qt remembers those of the last key.
    QTest.keyClick(table, Qt.Key.Key_Home)
    chosen = []
    for at in range(first, first + count):
        table.setCurrentIndex(table.model().index(at, 1))
        person.until(lambda at=at: table.rows.id_at(at) != "", f"row {at} is there")  # type: ignore[misc]
        chosen.append(table.rows.id_at(at))
        QTest.keyClick(table, Qt.Key.Key_Space)
        person.until(lambda at=at: table.rows.is_ticked(at), f"row {at} is ticked")  # type: ignore[misc]
    assert len(table.rows.ticked) == count
    return chosen


def send_for_many(person: Person, services: tuple[str, ...]) -> tuple[int, int]:
    """Walk through the run for the ticked customers; return how many are sent and how many kept."""
    person.window.activateWindow()
    QTest.keyClick(person.find(Table, "customersTable"), Qt.Key.Key_A, CONTROL_SHIFT)
    person.until(lambda: person.has("manyPane"), "the run for many is open")
    person.press("manyNext")
    for service in services:
        person.tick(f"choose_{service}")
    person.press("manyNext")
    person.until(lambda: person.has("activationConsent"), "the review")
    person.until(
        lambda: (
            person.find(QPushButton, "manyNext").text().startswith(("Skicka", "Lägg"))
            and not person.sees("Går igenom kunderna…")
        ),
        "the review is worked out",
    )
    assert not person.find(QCheckBox, "activationConsent").isChecked()
    numbers = [int(found) for found in re.findall(r"\d+", person.find(QPushButton, "manyNext").text())]
    ready, kept = (numbers[0], numbers[1]) if len(numbers) > 1 else (numbers[0], 0)
    assert person.sees("Att åtgärda")
    person.tick("activationConsent")
    person.press("manyNext")
    person.until(
        lambda: person.sees(f"{ready} i utkorgen") or person.sees(f"{ready} skickade"), "one result for each"
    )
    person.press("manyNext")
    person.until(lambda: not person.has("manyPane"), "closed")
    return ready, kept


def sent_of(samverka: Samverka, ids: list[str]) -> dict[str, list[Activation]]:
    """Return the activations of these customers that were made with exactly these services or fewer."""
    with samverka.workspace.read() as unit:
        reader = LocalReader(unit)
        return {
            id_: [
                one
                for one in reader.list_of_customer("activation", id_)
                if isinstance(one, Activation)
                and one.state in ("sent", "done", "stopped", "refused", "received")
                and {item.service for item in one.items} <= set(SERVICES)
                and one.consent is not None
                and one.consent.text_version == samverka.catalogue.texts.consent_version
            ]
            for id_ in ids
        }


def test_forty_customers_and_three_services_half_of_them_offline(
    open_program: OpenProgram, serve: Serve, tmp_path: Path
) -> None:
    server = serve("--sample")
    person = open_program(server_url=server.url)
    person.sign_in()
    wait_for_the_firm(person)
    online = tick_rows(person, 0, 20)
    before = {id_: [one.id for one in found] for id_, found in sent_of(person.samverka, online).items()}
    ready_online, kept_online = send_for_many(person, SERVICES)
    assert ready_online > 5
    assert ready_online + kept_online == 20
    person.until(lambda: person.samverka.status.read().waiting == 0, "all of them have come to the server")
    person.until(
        lambda: all(
            a.state != "received" for made in sent_of(person.samverka, online).values() for a in made
        ),
        "and to the vendor",
    )

    offline = tick_rows(person, 20, 20)
    before |= {id_: [one.id for one in found] for id_, found in sent_of(person.samverka, offline).items()}
    server.stop()
    person.samverka.status.synchronise_now()
    person.until(lambda: person.samverka.status.read().connection != "connected", "the server is away")
    ready_offline, kept_offline = send_for_many(person, SERVICES)
    assert ready_offline > 5
    assert ready_offline + kept_offline == 20
    assert person.samverka.status.read().waiting == ready_offline
    drafts = person.samverka.activation.list_drafts()
    assert sorted(len(draft.customer_ids) for draft in drafts) == sorted((kept_online, kept_offline))

    server.start()
    person.samverka.status.synchronise_now()
    person.until(lambda: person.samverka.status.read().waiting == 0, "the rest has come to the server")
    other = second_client(tmp_path / "other", server.url)
    try:
        ids = [*online, *offline]

        def new() -> dict[str, list[Activation]]:
            found = sent_of(other, ids)
            return {id_: [a for a in made if a.id not in before[id_]] for id_, made in found.items()}

        person.until(
            lambda: sum(bool(made) for made in new().values()) == ready_online + ready_offline,
            "a colleague sees each of them",
        )
        person.until(
            lambda: all(a.state != "received" for made in new().values() for a in made),
            "all went to the vendor",
        )
        made = new()
        assert all(len(found) <= 1 for found in made.values())
        with other.workspace.read() as unit:
            reader = LocalReader(unit)
            for found in made.values():
                for activation in found:
                    assert activation.state in ("sent", "done"), activation
                    rows = [reader.find("collaboration", item.collaboration_id) for item in activation.items]
                    states = {row.state for row in rows if isinstance(row, Collaboration)}
                    assert states <= {"registering", "active", "pending"}, activation
    finally:
        other.close()


def test_from_the_list_to_sent_by_keys_only(open_program: OpenProgram, serve: Serve) -> None:
    server = serve("--sample")
    person = open_program(server_url=server.url)
    person.sign_in()
    wait_for_the_firm(person)
    customer = find_example(person, lambda r, c: is_free_for_activation(r, c, "not_registered"))
    person.go("customers")
    press_key(person, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    write(customer.name)
    table = person.find(Table, "customersTable")
    person.until(
        lambda: table.rows.rowCount() > 0 and table.rows.id_at(0) == customer.id, "the customer is found"
    )
    for _ in range(30):
        if QApplication.focusWidget() is table:
            break
        press_key(person, Qt.Key.Key_Tab)
    press_key(person, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    press_key(person, Qt.Key.Key_A, CONTROL_SHIFT)
    person.until(lambda: person.has("activationDialog"), "the wizard is open")
    dialog = person.dialog()
    person.until(dialog.isActiveWindow, "the wizard has the keyboard")

    def focused() -> str:
        found = QApplication.focusWidget()
        return found.objectName() if isinstance(found, QWidget) else ""

    person.until(lambda: focused() == "activationNext", "the check is answered, and Enter goes on")
    press_key(person, Qt.Key.Key_Return)
    person.until(lambda: focused().startswith("choose_"), "the services")
    tab_to(person, "choose_scanner")
    press_key(person, Qt.Key.Key_Space)
    press_key(person, Qt.Key.Key_Return)
    person.until(lambda: focused().startswith("contact_"), "the contact person")
    press_key(person, Qt.Key.Key_Return)
    person.until(lambda: focused() == "activationNext", "who gets access")
    press_key(person, Qt.Key.Key_Return)
    person.until(lambda: focused() == "activationConsent", "the review begins at the consent")
    press_key(person, Qt.Key.Key_Return)
    assert person.has("activationConsent")
    press_key(person, Qt.Key.Key_Space)
    press_key(person, Qt.Key.Key_Return)
    person.until(lambda: state_of(person.samverka, customer.id).get("scanner") == "active", "activated")
    person.until(lambda: person.sees("Klart – samarbetet är aktivt"), "and the wizard says so")
    press_key(person, Qt.Key.Key_Return)
    person.until(lambda: not person.has("activationDialog"), "closed by Enter")

"""Enheter with the real program and a real server: who is signed in where, and signing them out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.commands import CreateCustomer
from app.server.identity.authorization import read_authorization
from tests.server.identity_site import REDIRECT, challenge_of, new_verifier
from tests.server.sync_site import ANNA, BO, FIRM, customer
from tests.support.own_firm import PATIENCE_MILLISECONDS, OwnFirm, own_firm
from ui.settings.devices import DevicesCard
from ui.widgets.dialogs import MessageDialog
from ui.widgets.info_bar import InfoBar


def sign_in_elsewhere(firm: OwnFirm, staff_id: str, name: str) -> None:
    verifier = new_verifier()
    request = read_authorization(
        {
            "response_type": "code",
            "client_id": "samverka-desktop",
            "redirect_uri": REDIRECT,
            "state": "s",
            "code_challenge": challenge_of(verifier),
            "code_challenge_method": "S256",
        }
    )
    issuer = firm.site.assembly.issuer
    code = issuer.issue_code(request, FIRM, staff_id)
    issuer.exchange_code(code, verifier, REDIRECT, name=name, platform="win32")


@pytest.fixture
def firm(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[OwnFirm]:
    with own_firm(tmp_path, qapp, qtbot) as opened:
        opened.wait_for("welcome")
        opened.sign_in()
        sign_in_elsewhere(opened, ANNA.id, "ANNAS-BÄRBARA")
        sign_in_elsewhere(opened, BO.id, "KONTORET-7")
        opened.application.window.navigate("settings")
        yield opened


def lines(firm: OwnFirm) -> list[str]:
    card = firm.find(DevicesCard, "settingsDevices")
    return [each.text() for each in card.findChildren(QLabel) if each.isVisible() and each.text()]


def wait_for_line(firm: OwnFirm, words: str) -> None:
    firm.bot.waitUntil(lambda: any(words in line for line in lines(firm)), timeout=PATIENCE_MILLISECONDS)


def press(firm: OwnFirm, device: str) -> None:
    card = firm.find(DevicesCard, "settingsDevices")
    found = [each for each in card.findChildren(QPushButton) if device in each.accessibleName()]
    (button,) = [each for each in found if each.isVisible()]
    button.click()
    firm.bot.waitUntil(lambda: open_dialog(firm) is not None, timeout=PATIENCE_MILLISECONDS)


def open_dialog(firm: OwnFirm) -> MessageDialog | None:
    dialogs = firm.application.window.findChildren(MessageDialog)
    return next((each for each in dialogs if each.isVisible()), None)


def test_a_lost_laptop_is_signed_out_from_here(firm: OwnFirm) -> None:
    wait_for_line(firm, "ANNAS-BÄRBARA")
    assert "Den här datorn" in lines(firm)
    assert any(line.startswith("Windows · inloggad") for line in lines(firm))
    assert "KONTORET-7" not in lines(firm), "the staff's are shown when they are asked for"
    firm.find(QPushButton, "settingsDevicesMore").click()
    wait_for_line(firm, "KONTORET-7")
    assert any(line.startswith(f"{BO.name} · Windows") for line in lines(firm))
    press(firm, "KONTORET-7")
    dialog = open_dialog(firm)
    assert dialog is not None
    dialog.accept()
    firm.bot.waitUntil(lambda: "KONTORET-7" not in lines(firm), timeout=PATIENCE_MILLISECONDS)
    assert all(one.revoked_because for one in firm.site.assembly.issuer.list_sessions(BO.id))
    wait_for_line(firm, "ANNAS-BÄRBARA")


def test_the_device_that_was_signed_out_says_so_and_keeps_its_decisions(firm: OwnFirm) -> None:
    samverka = firm.application.samverka
    assert samverka is not None
    (session,) = [one for one in firm.site.assembly.issuer.list_sessions(ANNA.id) if "BÄR" not in one.name]
    firm.site.assembly.issuer.revoke_session(session.id, "signed_out_elsewhere")
    samverka.workspace.enqueue([CreateCustomer(customer=customer(77))])
    samverka.status.synchronise_now()
    bar = firm.find(InfoBar, "notice")
    firm.bot.waitUntil(lambda: "har loggats ut" in bar.accessibleName(), timeout=PATIENCE_MILLISECONDS)
    assert "ligger kvar i utkorgen" in bar.accessibleName()
    assert samverka.preferences.read_data().waiting == 1
    firm.application.context.actions["sign_in"].trigger()
    firm.bot.waitUntil(lambda: samverka.preferences.read_data().waiting == 0, timeout=PATIENCE_MILLISECONDS)

"""The settings with the real program: what is chosen holds at once, and nothing is lost by signing out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLabel, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.commands import CreateCustomer
from tests.server.sync_site import ANNA, customer
from tests.support.own_firm import PATIENCE_MILLISECONDS, OwnFirm, own_firm


@pytest.fixture
def firm(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[OwnFirm]:
    with own_firm(tmp_path, qapp, qtbot) as opened:
        opened.wait_for("welcome")
        opened.application.window.navigate("settings")
        yield opened


@pytest.fixture
def signed_in(firm: OwnFirm) -> OwnFirm:
    firm.sign_in()
    wait_for_text(firm, "settings_content", "3 kunder")
    return firm


def text_of(firm: OwnFirm, name: str) -> str:
    return firm.find(QLabel, name).text()


def wait_for_text(firm: OwnFirm, name: str, words: str) -> None:
    firm.bot.waitUntil(lambda: words in text_of(firm, name), timeout=PATIENCE_MILLISECONDS)


def dialog_of(firm: OwnFirm, name: str) -> QDialog | None:
    found = firm.application.window.findChildren(QDialog, name)
    return next((dialog for dialog in found if dialog.isVisible()), None)


def wait_for_dialog(firm: OwnFirm, name: str) -> QDialog:
    firm.bot.waitUntil(lambda: dialog_of(firm, name) is not None, timeout=PATIENCE_MILLISECONDS)
    found = dialog_of(firm, name)
    assert found is not None
    return found


def test_theme_language_and_density_hold_at_once_and_are_kept(firm: OwnFirm) -> None:
    window = firm.application.window
    firm.find(QPushButton, "settingsTheme_dark").click()
    firm.find(QPushButton, "settingsDensity_compact").click()
    assert firm.application.theme.tokens.dark
    assert window.palette().window().color().name().upper() == "#1A1D21"
    assert firm.application.theme.row_height("customers") == 32
    firm.find(QPushButton, "settingsLanguage_en").click()
    firm.bot.waitUntil(lambda: text_of(firm, "settingsLookTitle") == "Language and look")
    config = firm.start.config()
    assert (config.theme, config.density, config.language) == ("dark", "compact", "en")


def test_what_the_menu_chooses_is_shown_here(firm: OwnFirm) -> None:
    firm.application.window.preference_chosen.emit("theme", "dark")
    assert firm.find(QPushButton, "settingsTheme_dark").isChecked()
    assert not firm.find(QPushButton, "settingsTheme_light").isChecked()


def test_without_a_server_it_says_so_and_leads_to_the_choice(firm: OwnFirm) -> None:
    wait_for_text(firm, "settings_server", "Ingen server är vald")
    assert text_of(firm, "settings_who") == "Ingen är inloggad"
    firm.find(QPushButton, "settingsChangeServer").click()
    assert firm.application.window.current_screen == "welcome"


def test_signing_in_without_a_server_leads_to_the_welcome(firm: OwnFirm) -> None:
    firm.application.context.actions["sign_in"].trigger()
    firm.wait_for("welcome")


def test_it_says_who_is_signed_in_and_where(signed_in: OwnFirm) -> None:
    wait_for_text(signed_in, "settings_who", ANNA.email)
    assert text_of(signed_in, "settings_server") == signed_in.site.url
    assert text_of(signed_in, "settings_firm") == "Byrån AB"
    assert "Full behörighet" in text_of(signed_in, "settings_rights")
    wait_for_text(signed_in, "settings_connection", "Ansluten")


def test_how_often_the_server_is_asked_holds_at_once(signed_in: OwnFirm) -> None:
    poll = signed_in.find(QComboBox, "settingsPoll")
    assert poll.currentData() == 300
    poll.setCurrentIndex(poll.findData(60))
    poll.activated.emit(poll.currentIndex())
    signed_in.bot.waitUntil(
        lambda: signed_in.start.config().poll_seconds == 60, timeout=PATIENCE_MILLISECONDS
    )


def test_signing_out_with_unsent_changes_warns_and_leaves_them(signed_in: OwnFirm) -> None:
    samverka = signed_in.application.samverka
    samverka.status.pause()
    samverka.workspace.enqueue([CreateCustomer(customer=customer(77))])
    signed_in.find(QPushButton, "settingsSignOut").click()
    dialog = wait_for_dialog(signed_in, "messageDialog")
    assert "1" in dialog.findChild(QLabel, "messageHeadline").text()
    dialog.findChild(QPushButton, "messageReject").click()
    assert samverka.session.who_am_i().is_signed_in
    signed_in.bot.waitUntil(lambda: dialog_of(signed_in, "messageDialog") is None)
    signed_in.find(QPushButton, "settingsSignOut").click()
    wait_for_dialog(signed_in, "messageDialog").findChild(QPushButton, "messageAccept").click()
    wait_for_text(signed_in, "settings_who", "Ingen är inloggad")
    assert samverka.preferences.read_data().waiting == 1
    assert not signed_in.find(QPushButton, "settingsSignIn").isHidden()


def test_the_facts_to_copy_hold_nothing_personal(signed_in: OwnFirm) -> None:
    facts = signed_in.find(QPlainTextEdit, "settingsFactsText")
    signed_in.bot.waitUntil(lambda: "customer 3" in facts.toPlainText(), timeout=PATIENCE_MILLISECONDS)
    signed_in.find(QPushButton, "settingsCopyFacts").click()
    copied = QGuiApplication.clipboard().text()
    assert "connection: connected" in copied
    secrets = [
        ANNA.name,
        ANNA.email,
        "Byrån AB",
        "Kund 1 AB",
        str(signed_in.start.profile.folder),
        "127.0.0.1",
    ]
    assert [word for word in secrets if word in copied] == []


def test_the_data_is_removed_only_after_the_word_has_been_typed(signed_in: OwnFirm) -> None:
    samverka = signed_in.application.samverka
    signed_in.find(QPushButton, "settingsWipe").click()
    dialog = wait_for_dialog(signed_in, "typedConfirmation")
    accept = dialog.findChild(QPushButton, "typedAccept")
    assert not accept.isEnabled()
    signed_in.bot.keyClicks(dialog.findChild(QLineEdit, "typedWord"), "ta bort")
    accept.click()
    wait_for_text(signed_in, "settings_content", "0 kunder")
    assert not samverka.session.who_am_i().is_signed_in
    assert samverka.preferences.read_data().customers == 0
    assert signed_in.start.config().server_url == signed_in.site.url

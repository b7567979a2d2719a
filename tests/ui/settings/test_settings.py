"""The settings with the real program: what is chosen holds at once, and nothing is lost by signing out."""

from __future__ import annotations

import logging
import platform
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from app.domain.commands import CreateCustomer
from app.storage.opening import copy_aside
from tests.server.sync_site import ANNA, customer
from tests.support.own_firm import PATIENCE_MILLISECONDS, OwnFirm, own_firm
from ui.settings.diagnostics_dialog import DiagnosticsDialog


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
    assert "Fullständig behörighet" in text_of(signed_in, "settings_rights")
    wait_for_text(signed_in, "settings_connection", "Ansluten")


def test_how_often_the_server_is_asked_holds_at_once(signed_in: OwnFirm) -> None:
    poll = signed_in.find(QComboBox, "settingsPoll")
    assert poll.currentData() == 300
    poll.setCurrentIndex(poll.findData(60))
    poll.activated.emit(poll.currentIndex())
    signed_in.bot.waitUntil(
        lambda: signed_in.start.config().poll_seconds == 60, timeout=PATIENCE_MILLISECONDS
    )


def test_when_the_window_locks_is_kept(signed_in: OwnFirm) -> None:
    choice = signed_in.find(QComboBox, "settingsLock")
    signed_in.bot.waitUntil(lambda: choice.currentData() == 0, timeout=PATIENCE_MILLISECONDS)
    assert "inloggningen på datorn" in text_of(signed_in, "settingsLockNote")
    choice.setCurrentIndex(choice.findData(15))
    choice.activated.emit(choice.currentIndex())
    assert signed_in.start.config().lock_minutes == 15


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


def _says(facts: QPlainTextEdit, said: str) -> bool:
    return said in facts.toPlainText()


def test_the_facts_to_copy_hold_nothing_personal(signed_in: OwnFirm) -> None:
    facts = signed_in.find(QPlainTextEdit, "settingsFactsText")
    for said in ("customer 3", "connection: connected"):
        signed_in.bot.waitUntil(partial(_says, facts, said), timeout=PATIENCE_MILLISECONDS)
    signed_in.find(QPushButton, "settingsCopyFacts").click()
    copied = QGuiApplication.clipboard().text()
    assert copied.strip() == facts.toPlainText().strip()
    # Not the computer's name: it is often its owner's.
    system = f"system: {platform.system()} {platform.release()} {platform.machine()}"
    assert system in copied.splitlines()
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
    samverka, profile = signed_in.application.samverka, signed_in.start.profile
    copy = copy_aside(
        profile.database_file, signed_in.start.key(), profile.set_aside_folder, signed_in.start.clock.now()
    )
    damaged = profile.set_aside_folder / "cache-damaged-20261101T080000000000.db"
    damaged.write_bytes(copy.read_bytes())
    signed_in.find(QPushButton, "settingsWipe").click()
    dialog = wait_for_dialog(signed_in, "typedConfirmation")
    accept = dialog.findChild(QPushButton, "typedAccept")
    assert not accept.isEnabled()
    signed_in.bot.keyClicks(dialog.findChild(QLineEdit, "typedWord"), "ta bort")
    accept.click()
    wait_for_text(signed_in, "settings_content", "0 kunder")
    assert not samverka.session.who_am_i().is_signed_in
    assert samverka.preferences.read_data().customers == 0
    assert not copy.exists(), "nor are the customers in a copy from before an update"
    assert not damaged.exists()
    assert signed_in.start.config().server_url == signed_in.site.url


def wait_until(firm: OwnFirm, holds: Callable[[], bool]) -> None:
    firm.bot.waitUntil(holds, timeout=PATIENCE_MILLISECONDS)


def write_proxy(firm: OwnFirm, text: str) -> None:
    field = firm.find(QLineEdit, "settingsProxy")
    field.setText(text)
    field.editingFinished.emit()


def test_a_proxy_is_completed_kept_and_used(signed_in: OwnFirm) -> None:
    write_proxy(signed_in, "127.0.0.1:9")
    wait_until(signed_in, lambda: signed_in.start.config().proxy == "http://127.0.0.1:9")
    connection = signed_in.application.samverka.connection
    wait_until(signed_in, lambda: connection.transport.proxy == "http://127.0.0.1:9")
    # The loopback interface never has a proxy, so the server of this test is reached all the same.
    wait_for_text(signed_in, "settings_connection", "Ansluten")
    write_proxy(signed_in, "")
    wait_until(signed_in, lambda: signed_in.start.config().proxy == "")


def test_what_is_no_proxy_is_told_under_the_field_and_stays_there(signed_in: OwnFirm) -> None:
    write_proxy(signed_in, "min proxy")
    wait_for_text(signed_in, "settingsProxyNote", "Det är ingen adress till en proxy.")
    assert signed_in.find(QLineEdit, "settingsProxy").text() == "min proxy"
    assert signed_in.start.config().proxy == ""


def test_the_log_and_the_rest_are_shown_before_they_are_saved(signed_in: OwnFirm, tmp_path: Path) -> None:
    samverka = signed_in.application.samverka
    samverka.status.pause()
    samverka.workspace.enqueue([CreateCustomer(customer=customer(77))])
    logging.getLogger("app").warning("no mail for %s, number %s", ANNA.email, "850709-9805")
    # A server's log of an earlier version, say: whoever wrote it, it is redacted before it is shown.
    (signed_in.start.profile.log_folder / "server.log").write_text("850709-9805 is unknown", encoding="utf-8")
    signed_in.find(QPushButton, "settingsDiagnostics").click()
    dialog = wait_for_dialog(signed_in, "diagnosticsDialog")
    assert isinstance(dialog, DiagnosticsDialog)
    files = dialog.findChild(QListWidget, "diagnosticsFiles")
    text = dialog.findChild(QPlainTextEdit, "diagnosticsText")
    wait_until(signed_in, lambda: files.count() == 4)
    dialog.resize(420, 400)
    wait_until(signed_in, lambda: dialog.width() == 420)
    shown = {}
    for at in range(files.count()):
        files.setCurrentRow(at)
        shown[files.item(at).text()] = text.toPlainText()
        assert (
            text.horizontalScrollBar().maximum() == 0
        )  # a line that is longer than the window is whole, too
    assert set(shown) == {"facts.txt", "outbox.txt", "samverka.log", "server.log"}
    assert "connection: " in shown["facts.txt"]
    assert "no mail for …@…, number …" in shown["samverka.log"]
    assert shown["server.log"] == "… is unknown"
    assert "customer.create queued tries=0" in shown["outbox.txt"]
    place = tmp_path / "bundle.zip"
    dialog.save(place)
    wait_until(signed_in, lambda: dialog_of(signed_in, "diagnosticsDialog") is None)
    with zipfile.ZipFile(place) as bundle:
        saved = {name: bundle.read(name).decode() for name in bundle.namelist()}
    assert saved == shown
    whole = "\n".join(saved.values())
    secrets = [
        ANNA.name,
        ANNA.email,
        "850709",
        "Kund 1 AB",
        "Kund 77 AB",
        str(signed_in.start.profile.folder),
    ]
    assert [word for word in secrets if word in whole] == []


def test_a_bundle_that_cannot_be_written_is_told(signed_in: OwnFirm, tmp_path: Path) -> None:
    signed_in.find(QPushButton, "settingsDiagnostics").click()
    dialog = wait_for_dialog(signed_in, "diagnosticsDialog")
    assert isinstance(dialog, DiagnosticsDialog)
    dialog.save(tmp_path / "nowhere" / "bundle.zip")
    told = wait_for_dialog(signed_in, "messageDialog")
    assert "bundle.zip" in told.findChild(QLabel, "messageHeadline").text()
    assert dialog.isVisible()
    told.findChild(QPushButton, "messageAccept").click()
    dialog.reject()

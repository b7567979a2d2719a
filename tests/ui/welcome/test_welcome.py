"""The first start: wrong addresses, a captive portal, a cancelled sign-in, a real one, and skipping."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFrame, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.commands import CreateCustomer
from app.secrets import SecretsError
from tests.server.sync_site import ANNA, customer
from tests.support.http_server import serving
from tests.support.own_firm import PATIENCE_MILLISECONDS, OwnFirm, own_firm
from ui.welcome.pane import DONE, IMPORT, START, WelcomePane

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def firm(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[OwnFirm]:
    with own_firm(tmp_path, qapp, qtbot) as opened:
        opened.wait_for("welcome")
        yield opened


def pane_of(firm: OwnFirm) -> WelcomePane:
    pane = firm.application.window.pane("welcome")
    assert isinstance(pane, WelcomePane)
    return pane


def note_of(firm: OwnFirm) -> str:
    note = firm.find(QFrame, "welcomeNote")
    return note.accessibleName() if note.isVisible() else ""


def connect_to(firm: OwnFirm, address: str) -> None:
    field = firm.find(QLineEdit, "welcomeAddress")
    field.clear()
    firm.bot.keyClicks(field, address)
    firm.bot.keyClick(field, Qt.Key.Key_Return)


def say(firm: OwnFirm, words: str) -> None:
    firm.bot.waitUntil(lambda: words in note_of(firm), timeout=PATIENCE_MILLISECONDS)


async def captive_portal(scope: Any, receive: Any, send: Any) -> None:
    """Answer everything with a page, as a hotel's network does."""
    if scope["type"] == "lifespan":
        while (await receive())["type"] != "lifespan.shutdown":
            await send({"type": "lifespan.startup.complete"})
        await send({"type": "lifespan.shutdown.complete"})
        return
    headers = [(b"content-type", b"text/html")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"<html>Welcome to the hotel</html>"})


def test_it_greets_at_the_first_start(firm: OwnFirm) -> None:
    assert pane_of(firm).step == START
    assert not firm.find(QPushButton, "welcomeConnect").isEnabled()
    assert firm.find(QPushButton, "welcomeTry").isEnabled()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("our server", "ingen serveradress"),
        ("http://samverka.byran.example", "inte skyddad"),
        ("127.0.0.1:9", "nås inte"),
    ],
)
def test_a_wrong_address_is_a_calm_sentence(firm: OwnFirm, address: str, words: str) -> None:
    connect_to(firm, address)
    say(firm, words)
    assert firm.find(QPushButton, "welcomeConnect").isEnabled()
    assert firm.browser.opened == []


def test_a_captive_portal_is_not_our_server(firm: OwnFirm) -> None:
    with serving(captive_portal) as url:
        connect_to(firm, url)
        say(firm, "inte Samverkas server")
    assert not firm.application.samverka.connection.has_server


def test_signing_in_leads_on_to_the_customers(firm: OwnFirm) -> None:
    connect_to(firm, firm.site.url)
    firm.bot.waitUntil(lambda: pane_of(firm).step == IMPORT, timeout=PATIENCE_MILLISECONDS)
    bar = firm.find(QFrame, "welcomeSignedIn")
    firm.bot.waitUntil(lambda: "3 kunder" in bar.accessibleName(), timeout=PATIENCE_MILLISECONDS)
    assert ANNA.name in bar.accessibleName()
    assert firm.start.config().server_url == firm.site.url
    firm.find(QPushButton, "welcomeNext").click()
    assert pane_of(firm).step == DONE
    firm.find(QPushButton, "welcome_customers").click()
    assert firm.application.window.current_screen == "customers"
    firm.bot.waitUntil(lambda: firm.start.config().welcome_done, timeout=PATIENCE_MILLISECONDS)


def test_a_wrong_password_stays_in_the_browser_and_waiting_can_be_cancelled(firm: OwnFirm) -> None:
    firm.browser.answer = "wrong password"
    connect_to(firm, firm.site.url)
    notice = firm.application.window.notice
    firm.bot.waitUntil(lambda: notice.action.text() == "Avbryt", timeout=PATIENCE_MILLISECONDS)
    firm.bot.waitUntil(lambda: len(firm.browser.opened) == 1, timeout=PATIENCE_MILLISECONDS)
    notice.action.click()
    firm.bot.waitUntil(lambda: notice.action.text() == "Logga in…", timeout=PATIENCE_MILLISECONDS)
    assert pane_of(firm).step == START
    assert [d for d in firm.application.window.findChildren(QDialog) if d.isVisible()] == []
    firm.browser.answer = "sign in"
    notice.action.click()
    firm.bot.waitUntil(lambda: pane_of(firm).step == IMPORT, timeout=PATIENCE_MILLISECONDS)


def test_every_step_can_be_skipped_and_it_does_not_greet_again(firm: OwnFirm) -> None:
    firm.find(QPushButton, "welcomeSkip").click()
    assert pane_of(firm).step == IMPORT
    go = firm.find(QPushButton, "welcomeImportFile")
    firm.bot.waitUntil(lambda: not go.isEnabled(), timeout=PATIENCE_MILLISECONDS)
    assert "Anslut" in go.toolTip()
    firm.find(QPushButton, "welcomeNext").click()
    firm.find(QPushButton, "welcomeNext").click()
    assert firm.application.window.current_screen == "today"
    firm.bot.waitUntil(lambda: firm.start.config().welcome_done, timeout=PATIENCE_MILLISECONDS)
    assert not firm.application.samverka.setup.needs_welcome()


def test_the_sample_firm_is_opened_in_a_window_made_anew(firm: OwnFirm) -> None:
    firm.find(QPushButton, "welcomeTry").click()
    firm.bot.waitUntil(lambda: firm.application.wants_restart, timeout=PATIENCE_MILLISECONDS)
    assert firm.start.config().sample
    assert firm.start.is_sample


def test_the_sample_firm_follows_upon_the_welcome_in_the_same_program(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "tests.support.drive_welcome", str(tmp_path / "profile")]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    said = json.loads(done.stdout.splitlines()[-1]) if done.stdout else done.stderr
    assert said == {
        "status": 0,
        "windows": [{"sample": False, "screen": "welcome"}, {"sample": True, "screen": "today"}],
    }


def test_two_firms_never_mix_without_being_asked(firm: OwnFirm, tmp_path: Path) -> None:
    firm.sign_in()
    samverka = firm.application.samverka
    firm.bot.waitUntil(lambda: samverka.preferences.read_data().customers == 3, timeout=PATIENCE_MILLISECONDS)
    other = firm.site.url.replace("127.0.0.1", "localhost")
    firm.application.window.navigate("welcome", step="server")
    connect_to(firm, other)
    window = firm.application.window

    def asked() -> QDialog | None:
        return next((d for d in window.findChildren(QDialog, "typedConfirmation") if d.isVisible()), None)

    firm.bot.waitUntil(lambda: asked() is not None, timeout=PATIENCE_MILLISECONDS)
    dialog = asked()
    assert dialog is not None
    assert "3 kunder" in " ".join(each.text() for each in dialog.findChildren(QLabel))
    dialog.reject()
    assert samverka.setup.settings().server_url == firm.site.url
    assert samverka.preferences.read_data().customers == 3
    firm.bot.waitUntil(lambda: asked() is None)
    firm.browser.answer = "nothing"
    firm.find(QPushButton, "welcomeConnect").click()
    firm.bot.waitUntil(lambda: asked() is not None, timeout=PATIENCE_MILLISECONDS)
    dialog = asked()
    assert dialog is not None
    firm.bot.keyClicks(dialog.findChild(QLineEdit, "typedWord"), "byt server")
    dialog.findChild(QPushButton, "typedAccept").click()
    firm.bot.waitUntil(lambda: samverka.setup.settings().server_url == other, timeout=PATIENCE_MILLISECONDS)
    firm.bot.waitUntil(lambda: len(firm.browser.opened) == 2, timeout=PATIENCE_MILLISECONDS)
    assert samverka.preferences.read_data().customers == 0
    assert not samverka.session.who_am_i().is_signed_in


def test_unsent_decisions_keep_one_at_the_server_they_are_for(firm: OwnFirm) -> None:
    firm.sign_in()
    samverka = firm.application.samverka
    firm.bot.waitUntil(lambda: samverka.preferences.read_data().customers == 3, timeout=PATIENCE_MILLISECONDS)
    samverka.status.pause()
    samverka.workspace.enqueue([CreateCustomer(customer=customer(78))])
    firm.application.window.navigate("welcome", step="server")
    connect_to(firm, firm.site.url.replace("127.0.0.1", "localhost"))
    say(firm, "inte är skickade")
    assert samverka.setup.settings().server_url == firm.site.url


class NoKeyring:
    """A machine without a keyring."""

    def find(self, name: str) -> bytes | None:
        raise SecretsError("keyring_missing", detail="test")

    def keep(self, name: str, key: bytes) -> None:
        raise SecretsError("keyring_missing", detail="test")

    def forget(self, name: str) -> None:
        raise SecretsError("keyring_missing", detail="test")


def test_without_a_keyring_it_asks_for_a_passphrase(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> None:
    with own_firm(tmp_path, qapp, qtbot, key_store=NoKeyring()) as firm:
        window = firm.application.window

        def dialog() -> QDialog | None:
            return next((d for d in window.findChildren(QDialog, "passphraseDialog") if d.isVisible()), None)

        qtbot.waitUntil(lambda: dialog() is not None, timeout=PATIENCE_MILLISECONDS)
        asked = dialog()
        assert asked is not None
        assert "nyckelring" in " ".join(each.text() for each in asked.findChildren(QLabel))
        for name in ("passphrase", "passphraseAgain"):
            qtbot.keyClicks(asked.findChild(QLineEdit, name), "norrsken och kaffe")
        asked.findChild(QPushButton, "dialogAccept").click()
        firm.wait_for("welcome")
        assert firm.start.config().key_source == "passphrase"
        window.navigate("settings")
        key = firm.find(QLabel, "settings_key")
        qtbot.waitUntil(lambda: "lösenfras" in key.text(), timeout=PATIENCE_MILLISECONDS)


def test_the_languages_change_at_run_time(firm: OwnFirm) -> None:
    assert firm.find(QLabel, "welcomeTitle").text() == "Välkommen till Samverka"
    firm.application.choose_language("en")
    firm.bot.waitUntil(lambda: firm.find(QLabel, "welcomeTitle").text() == "Welcome to Samverka")

"""The program on a profile of its own, a firm's server over real HTTP, and a browser that does as told."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import requests
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import Start
from app.commandline.sample_profile import KeyInMemory
from app.domain.records import Record
from app.paths import Profile
from app.secrets import KeyStore
from app.server.identity.accounts import Account
from app.server.store import open_store
from tests.server.sync_site import ANNA, FIRM, SyncSite, customer, sync_site
from tests.support.clocks import FixedClock
from ui.application import Application
from ui.program import BootstrapProgram

PASSWORD = "norrsken och kaffe"
PATIENCE_MILLISECONDS = 20_000
W = TypeVar("W", bound=QWidget)


class Browser(QObject):
    """Opens what the program asks the system to open, and does as a person there would: see `answer`."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.answer = "sign in"
        self._threads: list[threading.Thread] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        """Take the address; the form is sent in a thread, as a browser is another process."""
        self.opened.append(url.toString())
        if self.answer != "nothing":
            thread = threading.Thread(target=self._fill_in, args=(url.toString(), self.answer))
            self._threads.append(thread)
            thread.start()

    def close(self) -> None:
        """Wait for what is under way."""
        for thread in self._threads:
            thread.join(60)

    def _fill_in(self, address: str, answer: str) -> None:
        target, _, query = address.partition("?")
        form = dict(part.split("=", 1) for part in query.split("&"))
        form = {name: requests.utils.unquote(value) for name, value in form.items()}
        password = PASSWORD if answer == "sign in" else "fel lösenord"
        form |= {"email": ANNA.email, "password": password}
        reply = requests.post(target, data=form, allow_redirects=False, timeout=60)
        if reply.status_code == 303:
            requests.get(reply.headers["location"], timeout=60)


@dataclass
class OwnFirm:
    """Everything that a test takes hold of."""

    application: Application
    start: Start
    site: SyncSite
    browser: Browser
    bot: QtBot

    def find(self, kind: type[W], name: str) -> W:
        """Return the widget of that name; AssertionError where there is none."""
        found: W | None = self.application.window.findChild(kind, name)
        assert found is not None, name
        return found

    def wait_for(self, screen: str) -> None:
        """Wait until a screen is shown."""
        self.bot.waitUntil(
            lambda: self.application.window.current_screen == screen, timeout=PATIENCE_MILLISECONDS
        )

    def sign_in(self) -> None:
        """Connect to the site and sign in, as the welcome does."""
        samverka = self.application.samverka
        samverka.setup.choose_server(self.site.url)
        action = self.application.context.actions["sign_in"]
        self.bot.waitUntil(action.isEnabled, timeout=PATIENCE_MILLISECONDS)
        action.trigger()
        self.bot.waitUntil(
            lambda: samverka.session.who_am_i().name == ANNA.name, timeout=PATIENCE_MILLISECONDS
        )


def serve_firm(folder: Path, clock: FixedClock, records: Sequence[Record]) -> Iterator[SyncSite]:
    """Serve a firm with one account that has a password, and customers."""
    store = open_store(f"sqlite:///{folder / 'server.db'}", clock=clock)
    try:
        with sync_site(store) as site:
            account = Account(firm_id=FIRM, staff_id=ANNA.id, email=ANNA.email, name=ANNA.name)
            site.assembly.accounts.add(account, PASSWORD)
            site.write(*records)
            yield site
    finally:
        store.close()


@contextmanager
def own_firm(
    folder: Path, qapp: QApplication, bot: QtBot, *, customers: int = 3, key_store: KeyStore | None = None
) -> Iterator[OwnFirm]:
    """Open the window on an empty profile; the firm's server runs beside it.

    With a ``key_store`` of the test's own the program may have something to ask before it is ready.
    """
    clock = FixedClock()
    serving = contextmanager(serve_firm)
    with serving(folder, clock, [customer(number) for number in range(1, customers + 1)]) as site:
        start = Start(Profile(folder / "profile"), clock=clock, key_store=key_store or KeyInMemory())
        program = BootstrapProgram(start)
        browser = Browser()
        QDesktopServices.setUrlHandler("http", browser, "open")
        program.lock()
        application = Application(qapp, program, theme="light", language="sv")
        try:
            application.show()
            if key_store is None:
                bot.waitUntil(lambda: application.samverka is not None, timeout=PATIENCE_MILLISECONDS)
            yield OwnFirm(application=application, start=start, site=site, browser=browser, bot=bot)
        finally:
            application.shut_down()
            browser.close()
            QDesktopServices.unsetUrlHandler("http")
            application.languages.choose("sv")
            application.dispose()

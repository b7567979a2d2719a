"""Who is signed in, and the bar over the panes that says so when something is needed of the person."""

from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal, Slot

from ui.background import Lane
from ui.formats import whole_moment_text
from ui.screens import ScreenContext
from ui.widgets.info_bar import InfoBar

_SENTENCE_STATES = ("not_our_server", "upgrade_needed", "server_upgrade_needed")
_OF_THE_NETWORK = ("proxy_refused",)
"""Codes of a connection that is only offline, but does not come back before somebody has done something."""


class SessionBar(QObject):
    """Signs in: in the sample firm at the first start by itself, otherwise in the system's browser."""

    open_browser = Signal(str)

    def __init__(self, context: ScreenContext, bar: InfoBar, *, is_sample: bool) -> None:
        super().__init__(context.window)
        self._context = context
        self._bar = bar
        self._is_sample = is_sample
        self._samverka: Any = None
        self._state = ""
        self._code = ""
        self._host = ""
        self._is_stalled = False
        self._wrong_clock: Any = None
        self._set_aside: int | None = None
        self._signing_in = False
        self._is_asking = is_sample
        bar.action.clicked.connect(self._pressed)
        bar.installEventFilter(self)
        self.open_browser.connect(self._open_browser)

    def attach(self, samverka: Any) -> None:
        """The use cases are there; the sample firm signs its sample person in."""
        self._samverka = samverka
        if samverka.opened.set_aside is not None:
            self._set_aside = samverka.opened.saved_commands
            self._show()
        if self._is_sample:
            self._context.background.run(lambda: samverka.session.who_am_i(), self._who_came)

    def sign_in(self) -> None:
        """Open the browser and wait for it; a second press while it waits does nothing."""
        samverka = self._samverka
        if samverka is None or self._signing_in:
            return
        self._signing_in = True
        self._show()
        if self._is_sample:
            work = samverka.session.sign_in_sample
        else:
            language = self._context.messages.language
            emit = self.open_browser.emit

            def work() -> None:
                samverka.session.sign_in(emit, language=language)

        self._context.background.run(work, self._signed_in, self._failed, lane=Lane.POOL)

    def cancel(self) -> None:
        """Stop waiting for the browser; the program ends."""
        if self._signing_in and self._samverka is not None:
            self._samverka.session.cancel_sign_in()

    def show_state(
        self,
        connection: str,
        code: str,
        host: str = "",
        *,
        is_stalled: bool = False,
        wrong_clock: Any = None,
    ) -> None:
        """What the synchronisation says (app.domain.what_changed.SyncState) about the server of that name.

        ``wrong_clock`` is app.usecases.status.WrongClock or None: importing it costs the first paint.
        """
        told = (connection, code, host, is_stalled, wrong_clock)
        if told != (self._state, self._code, self._host, self._is_stalled, self._wrong_clock):
            self._state, self._code, self._host, self._is_stalled, self._wrong_clock = told
            self._show()
            needed = connection in ("sign_in_needed", "never")
            signed_in = QCoreApplication.translate("SessionBar", "Du är inloggad")
            self._context.actions.set_blocked("sign_in", "" if needed else signed_in)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._bar and event.type() == QEvent.Type.LanguageChange:
            self._show()
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        if self._signing_in and not self._is_sample:
            self._bar.set_kind("info")
            self._bar.set_text(
                QCoreApplication.translate("SessionBar", "Logga in i webbläsaren."),
                QCoreApplication.translate("SessionBar", "Fönstret väntar på att du ska bli klar där."),
            )
            self._bar.set_action(QCoreApplication.translate("SessionBar", "Avbryt"))
        elif self._state == "sign_in_needed" and not (self._signing_in or self._is_asking):
            self._bar.set_kind("wait", "lock")
            headline = QCoreApplication.translate("SessionBar", "Du är inte inloggad.")
            body = QCoreApplication.translate(
                "SessionBar", "Du kan läsa och besluta. Inget hämtas eller skickas innan du har loggat in."
            )
            if self._code == "signed_out_elsewhere":
                sentence = self._context.messages.sentence(self._code)
                headline, _, body = sentence.partition("\n")
            self._bar.set_text(headline.strip(), " ".join(body.split()))
            self._bar.set_action(QCoreApplication.translate("SessionBar", "Logga in…"))
        elif self._needs_somebody():
            self._say(self._code, host=self._host)
            self._bar.set_action(QCoreApplication.translate("SessionBar", "Försök igen"))
        elif self._wrong_clock is not None:
            clock = self._wrong_clock
            self._say("clock_wrong", here=whole_moment_text(clock.here), there=whole_moment_text(clock.there))
            self._bar.set_action(QCoreApplication.translate("SessionBar", "Försök igen"))
        elif self._is_stalled:
            self._say("outbox_stalled")
            self._bar.set_action(QCoreApplication.translate("SessionBar", "Visa utkorgen"))
        elif self._set_aside is not None:
            self._say("cache_set_aside", saved=self._set_aside)
            self._bar.set_action(QCoreApplication.translate("SessionBar", "Stäng"))
        else:
            self._bar.hide()
            return
        self._bar.show()

    def _needs_somebody(self) -> bool:
        return self._code in _OF_THE_NETWORK or (self._state in _SENTENCE_STATES and bool(self._code))

    def _say(self, code: str, **data: object) -> None:
        headline, _, body = self._context.messages.sentence(code, **data).partition("\n")
        self._bar.set_kind("wait")
        self._bar.set_text(headline.strip(), " ".join(body.split()))

    def _pressed(self) -> None:
        samverka = self._samverka
        if samverka is None:
            return
        if self._signing_in:
            samverka.session.cancel_sign_in()
        elif self._state == "sign_in_needed":
            self.sign_in()
        elif self._needs_somebody() or self._wrong_clock is not None:
            self._context.background.run(samverka.status.synchronise_now)
        elif self._is_stalled:
            self._context.navigate("outbox")
        elif self._set_aside is not None:
            self._set_aside = None
            self._show()
        else:
            self._context.background.run(samverka.status.synchronise_now)

    @Slot(object)
    def _who_came(self, who: Any) -> None:
        self._is_asking = False
        if not who.is_signed_in:
            self.sign_in()
        else:
            self._show()

    @Slot(object)
    def _signed_in(self, _nothing: object) -> None:
        self._signing_in = False
        if self._state == "sign_in_needed":
            self._state = ""  # that was before; what holds now is said by the next round
        self._show()

    @Slot(object)
    def _failed(self, error: BaseException) -> None:
        self._signing_in = False
        self._show()
        code = getattr(error, "code", "")
        if code == "no_server":
            self._context.navigate("welcome")
        elif code != "sign_in_cancelled":
            self._context.show_error(error)

    @Slot(str)
    def _open_browser(self, address: str) -> None:
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        from ui.widgets.dialogs import MessageDialog, show_modal  # not for the first picture

        if QDesktopServices.openUrl(QUrl(address)):
            return
        headline, _, body = self._context.messages.sentence("browser_missing").partition("\n")
        dialog = MessageDialog(
            self._context.theme, headline, body.strip(), details=address, parent=self._context.window
        )
        show_modal(dialog)

"""The program with a window: what is made in which order, and the one order in which it is taken down.

The window is painted from what can be read without the use cases; they are loaded after it, one package per
turn of the event loop, built on the `db` thread and then given to the screens.
"""

import importlib
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from ui.background import Background
from ui.collector import Collector
from ui.event_bridge import EventBridge
from ui.failures import Failures
from ui.geometry import restore_geometry, saved_geometry
from ui.main_window import MainWindow
from ui.messages import Messages
from ui.screens import ScreenContext, ScreenSpec
from ui.session_bar import SessionBar
from ui.theme import Scheme, Theme
from ui.translation import Languages
from ui.turns import Turns
from ui.widgets.status_line import Status

if TYPE_CHECKING:
    from ui.idle_lock import IdleLock
    from ui.program import Program

_COALESCE_MS = 250
_AGE_MS = 20_000
_UNSEEN_MS = 1_000
_BETWEEN_SCREENS_MS = 50
SWITCH_SECONDS = 0.00005
"""How long a worker keeps the interpreter when the window wants it. Python's own 5 ms are waited for at
each of the hundreds of calls that painting a list makes: half a second, measured."""
START_SCREEN = "today"


class Application(QObject):
    """Owns everything that lives as long as the window."""

    def __init__(
        self,
        qt: QApplication,
        program: "Program",
        *,
        language: str | None = None,
        theme: str | None = None,
        files: Sequence[Path] = (),
        screens: Sequence[ScreenSpec] | None = None,
    ) -> None:
        super().__init__()
        sys.setswitchinterval(SWITCH_SECONDS)
        self._qt = qt
        self._program = program
        self._files = list(files)
        self._closed = False
        self._to_close: Any = None
        self.wants_restart = False
        self.samverka: Any = None
        self._lock: IdleLock | None = None
        self._turns = Turns()
        preferences = program.load_preferences()
        self.theme = Theme(theme or preferences.theme, density=preferences.density, parent=self)
        self.theme.install(qt)
        self.languages = Languages(self)
        self.languages.choose(language or preferences.language)
        self.messages = Messages(self.languages.language)
        self.failures = Failures(self.theme, self.messages, self)
        self.background = Background(on_unhandled=self.failures.report, turns=self._turns, parent=self)
        self.events = EventBridge(self)
        self.window = MainWindow(self.theme, sample=program.sample, screens=screens, turns=self._turns)
        self.failures.set_window(self.window)
        self.failures.install()
        restore_geometry(self.window, preferences.window)
        self.context = ScreenContext(
            background=self.background,
            events=self.events,
            actions=self.window.actions_registry,
            theme=self.theme,
            messages=self.messages,
            navigate=self.window.navigate,
            toast=self.window.show_toast,
            show_error=self.failures.report,
            show_side=self.window.status_line.show_side,
            window=self.window,
            first=program.read_first_screen(),
            choose=self._preference_chosen,
            restart=self.restart,
        )
        self.window.attach(self.context)
        self._session = SessionBar(self.context, self.window.notice, is_sample=program.sample)
        self._handle_actions()
        self._show_first_figures()
        self.window.show_choice("theme", self.theme.scheme)
        self.window.show_choice("density", self.theme.density)
        self.window.show_choice("language", self.languages.language)
        self.window.preference_chosen.connect(self._preference_chosen)
        self.window.closing.connect(self._closing)
        self._coalesce = QTimer(self)
        self._coalesce.setSingleShot(True)
        self._coalesce.setInterval(_COALESCE_MS)
        self._coalesce.timeout.connect(self._read_figures)
        self._age = QTimer(self)
        self._age.setInterval(_AGE_MS)
        self._age.timeout.connect(self._read_figures)
        self._collector = Collector(self)
        self._screens_to_load = [spec.module for spec in self.window.list_screens()]
        self._packages = list(program.heavy_packages)
        self._has_begun = False

    def show(self, start_screen: str = START_SCREEN) -> None:
        """Show the window with its first screen; the rest is loaded after the paint."""
        self.window.navigate(start_screen)
        self.window.painted.connect(self._begin_to_load)
        self.window.show()
        # A window that begins minimised is not painted.
        QTimer.singleShot(_UNSEEN_MS, self, self._begin_to_load)

    @Slot()
    def _begin_to_load(self) -> None:
        if not self._has_begun:
            self._has_begun = True
            self.failures.listen()
            self.events.listen()
            self._load_next()

    @Slot()
    def _load_next(self) -> None:
        """One package per turn: the window answers in between. A thread would hold the interpreter."""
        if self._packages:
            importlib.import_module(self._packages.pop(0))
            QTimer.singleShot(0, self, self._load_next)
            return
        from ui.single_instance import InstanceChannel

        self._channel = InstanceChannel(self._program.folder, self)
        self._channel.raised.connect(self._raised)
        self._build()

    def _build(self) -> None:
        self.background.run(self._build_program, self._built, self._not_built)

    def _build_program(self) -> Any:
        """On the `db` thread. What was built is remembered at once: the person may be leaving already."""
        self.messages.load()
        self._to_close = self._program.build(self.events.publish)
        return self._to_close

    def _close_program(self) -> None:
        """On the `db` thread, after everything that was asked of it."""
        built, self._to_close = self._to_close, None
        if built is not None:
            self._program.close(built)

    @Slot(object)
    def _built(self, samverka: Any) -> None:
        self.samverka = samverka
        self.events.changed.connect(self._something_changed)
        from ui.palette_search import PaletteSearch

        self._turns.attach(samverka.courtesy)
        self._collector.begin()
        self.context.become_ready(samverka)
        self.window.set_palette_search(PaletteSearch(self.context).find)
        self._session.attach(samverka)
        self._make_lock()
        self._age.start()
        self._read_figures()
        if self._files:
            self.window.navigate("import", files=self._files)
        elif self.window.has_screen("welcome"):
            self.background.run(samverka.setup.needs_welcome, self._greet)
        QTimer.singleShot(0, self, self._load_next_screen)

    def _make_lock(self) -> None:
        from ui.idle_lock import IdleLock

        program = self._program
        self._lock = IdleLock(
            self.context, now=program.now, asks=program.has_passphrase, opens=program.opens_with
        )
        self._lock.set_minutes(program.load_preferences().lock_minutes)
        self.window.actions_registry.handle("lock", self._lock.lock)

    @Slot()
    def _load_next_screen(self) -> None:
        """One module per turn, so that the first visit to a screen does not wait for its source."""
        if self._screens_to_load and not self._closed:
            importlib.import_module(self._screens_to_load.pop(0))
            QTimer.singleShot(_BETWEEN_SCREENS_MS, self, self._load_next_screen)

    @Slot(object)
    def _greet(self, needs_welcome: bool) -> None:
        if needs_welcome:
            self.window.navigate("welcome")

    @Slot(object)
    def _not_built(self, error: BaseException) -> None:
        from ui.passphrase import PASSPHRASE_CODES, ask_passphrase

        if getattr(error, "code", "") in PASSPHRASE_CODES:
            ask_passphrase(self.theme, self.messages, error, self.window, self._try_passphrase)
        else:
            self.failures.report(error)

    def _try_passphrase(self, passphrase: str) -> None:
        self._program.use_passphrase(passphrase)
        self._build()

    # Figures

    @Slot(object)
    def _something_changed(self, _value: object) -> None:
        if not self._coalesce.isActive():
            self._coalesce.start()

    @Slot()
    def _read_figures(self) -> None:
        samverka = self.samverka
        if samverka is not None:
            self.background.run(
                lambda: (samverka.status.read(), samverka.navigation.read()), self._show_figures
            )

    @Slot(object)
    def _show_figures(self, read: tuple[Any, Any]) -> None:
        line, figures = read
        self.window.show_status(
            Status(
                pulled_at=line.last_pull_at,
                offline=line.is_offline and line.connection != "never",
                waiting=line.waiting,
                attention=line.attention,
                fetching=line.is_running or line.connection == "starting",
            ),
            datetime.now(UTC),
        )
        self.window.show_figures(figures)
        self._session.show_state(
            line.connection, line.code, line.host, is_stalled=line.is_stalled, wrong_clock=line.wrong_clock
        )

    def _show_first_figures(self) -> None:
        first = self.context.first
        if first is None:
            return
        pulled_at = datetime.fromisoformat(first.last_pull_at) if first.last_pull_at else None
        status = Status(pulled_at=pulled_at, waiting=first.outbox, attention=first.attention)
        self.window.show_status(status, datetime.now(UTC))
        self.window.show_figures(first)

    # What a person chooses

    def _handle_actions(self) -> None:
        actions = self.window.actions_registry
        if self.window.has_screen("help"):
            actions.handle("help", self.window.open_help)
        for key in ("import", "settings", "activate", "new_customer"):
            screen = "activation" if key == "activate" else key
            if self.window.has_screen(screen):
                actions.handle(key, _Go(self, screen))
        actions.handle("about", self._show_about)
        actions.handle("sync", self._synchronise)
        actions.handle("sign_in", self._session.sign_in)

    def _synchronise(self) -> None:
        samverka = self.samverka
        if samverka is not None:
            self.background.run(samverka.status.synchronise_now)

    @Slot(str, str)
    def _preference_chosen(self, name: str, value: str) -> None:
        if name == "theme":
            self.theme.set_scheme(Scheme(value))
        elif name == "density":
            self.theme.set_density(value)
        elif name == "language":
            self.choose_language(value)
        elif name == "lock_minutes":
            minutes = int(value)
            self._program.save_preferences(lock_minutes=minutes)
            if self._lock is not None:
                self._lock.set_minutes(minutes)
            return
        self.window.show_choice(name, value)
        self._program.save_preferences(**{name: value})

    def choose_language(self, language: str) -> None:
        """Switch at run time; every open widget retranslates itself."""
        self.languages.choose(language)
        self.messages.language = self.languages.language

    @Slot(list)
    def _raised(self, files: list[Path]) -> None:
        self.window.setWindowState(self.window.windowState() & ~_minimized())
        self.window.raise_()
        self.window.activateWindow()
        if files:
            self.window.navigate("import", files=files)

    def _show_about(self) -> None:
        from ui.about import AboutDialog
        from ui.widgets.dialogs import show_modal

        show_modal(AboutDialog(self.theme, self.window))

    # The end

    @Slot()
    def _closing(self) -> None:
        self._program.save_preferences(window=saved_geometry(self.window))
        QTimer.singleShot(0, self, self._quit)

    def restart(self) -> None:
        """End as if a person had closed the window; whoever runs the program then opens it anew."""
        self.wants_restart = True
        self._closing()

    @Slot()
    def _quit(self) -> None:
        self.shut_down()
        self._qt.quit()

    def shut_down(self) -> None:
        """Take everything down, once, in the order in which nothing speaks to what is gone."""
        if self._closed:
            return
        self._closed = True
        self._coalesce.stop()
        self._age.stop()
        self._turns.detach()
        self._collector.end()
        if self._lock is not None:
            self._lock.end()
        channel = getattr(self, "_channel", None)
        if channel is not None:
            channel.close()
        self.events.close()
        self._session.cancel()
        self.samverka = None
        self.background.call(self._close_program).result()
        self.background.close()
        self.failures.uninstall()
        self._program.unlock()

    def dispose(self) -> None:
        """Delete the window and everything else on this thread, after `shut_down`.

        Python's collector would do it on whichever thread it happens to run on, translators included.
        """
        shiboken6.delete(self.window)
        shiboken6.delete(self)


class _Go:
    """Goes to a screen; a callable with a name, since actions keep it."""

    def __init__(self, application: Application, key: str) -> None:
        self._application = application
        self._key = key

    def __call__(self) -> None:
        self._application.window.navigate(self._key)


def _minimized() -> Any:
    from PySide6.QtCore import Qt

    return Qt.WindowState.WindowMinimized

"""Screens as pictures, for `main.py screenshot`, and each of them built once, for `main.py self-test`.

Both run on a program that is built already (app.bootstrap) and has its data; nothing is shown on a display.

A page or dialog of a screen is drawn as `screen.name` (`activation.review_new`). The screen's `ScreenSpec`
names a module with `PICTURES`: a name → a function that is given a `Studio`, makes the widget as a person
would, and returns it. `python main.py screenshot --list` prints them all.
"""

import gc
import importlib
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import QEventLoop, QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.errors import SamverkaError
from ui.background import Background
from ui.event_bridge import EventBridge
from ui.main_window import MainWindow
from ui.messages import Messages
from ui.screens import ScreenContext, ScreenSpec, list_screens
from ui.theme import Theme
from ui.translation import Languages
from ui.widgets.status_line import Status

_POLL_MS = 5
_QUIET_POLLS = 6
_MOST_POLLS = 3_000
SOON_MS = 500
"""A timer that runs out once and so soon is a screen that waits for typing or for further changes."""


class ScreenshotError(SamverkaError):
    """`unknown_screen`, `picture_of_sample_only`, `picture_not_written`, or what the screen reported."""


def screen_keys(*, sample: bool) -> list[str]:
    """The names that `screenshot --list` prints: each screen, and after it its pages and dialogs."""
    keys = []
    for spec in list_screens(sample=sample):
        keys += [spec.key, *(f"{spec.key}.{name}" for name in _pictures_of(spec))]
    return keys


def render(
    samverka: Any,
    screen: str,
    path: Path,
    *,
    theme: str = "light",
    language: str = "sv",
    size: tuple[int, int] = (1440, 900),
    scale: float = 1.0,
) -> None:
    """Write a PNG of a screen; `size` in device-independent pixels, `scale` pixels for each of them.

    Raises ScreenshotError. The scale holds for the first picture of a process: Qt reads it when it starts.
    """
    studio = Studio(samverka, theme, language, size, scale)
    try:
        picture = studio.visit(screen).grab()
        path.parent.mkdir(parents=True, exist_ok=True)
        if not picture.save(str(path), "PNG"):
            raise ScreenshotError("picture_not_written", path=path.name)
    finally:
        studio.close()


def build_every_screen(samverka: Any, *, theme: str = "light", language: str = "sv") -> list[str]:
    """Make each screen, let it ask its questions, and throw it away. Returns their names.

    Raises what a screen raises: the self-test names it.
    """
    studio = Studio(samverka, theme, language, (1440, 900), 1.0)
    try:
        names = [spec.key for spec in list_screens(sample=samverka.is_sample)]
        for name in names:
            studio.visit(name)
        return names
    finally:
        studio.close()


class Studio:
    """A window without a display, given data like the real one.

    What draws a picture uses `context`, `size`, `arguments_for`, `settle` and `dialogs`.

    Python collects no cycles by itself from its beginning to `close`, which does it: on a worker's thread one
    of Qt's objects would go while Qt holds its lock for connections, wait for the interpreter, and this
    thread, which has the interpreter, wait for the lock: for ever (seen once in 280 pictures).
    """

    def __init__(self, samverka: Any, theme: str, language: str, size: tuple[int, int], scale: float) -> None:
        self._collects = gc.isenabled()
        gc.disable()
        self._samverka = samverka
        self.size = size
        self._qt = _offscreen(scale)
        self._errors: list[BaseException] = []
        self._theme = Theme(theme)
        self._theme.install(self._qt)
        self._languages = Languages()
        self._languages.choose(language)
        self._background = Background(on_unhandled=self._errors.append)
        self._events = EventBridge()
        self._window = MainWindow(self._theme, sample=samverka.is_sample)
        self._window.setMinimumSize(0, 0)
        self._window.resize(*size)
        context = ScreenContext(
            background=self._background,
            events=self._events,
            actions=self._window.actions_registry,
            theme=self._theme,
            messages=Messages(language),
            navigate=self._window.navigate,
            toast=self._window.show_toast,
            show_error=self._errors.append,
            show_side=self._window.status_line.show_side,
            window=self._window,
        )
        self.context = context
        self._window.attach(context)
        for spec in self._window.actions_registry.specs():
            if spec.everywhere:
                self._window.actions_registry.handle(spec.key, _nothing)
        context.become_ready(samverka)
        self._window.show()
        self._background.run(lambda: (samverka.status.read(), samverka.navigation.read()), self._figures_came)

    def visit(self, screen: str) -> QWidget:
        """Go to a screen and wait until it has its answers; the widget is the window or the dialog."""
        key, _, name = screen.partition(".")
        if not self._window.has_screen(key):
            raise ScreenshotError("unknown_screen", screen=screen)
        self._close_dialogs()
        if name:
            found = self._draw(screen, key, name)
        else:
            self._window.navigate(key, **self.arguments_for(key))
            self.settle()
            dialogs = self.dialogs()
            found = dialogs[-1] if dialogs else self._window
        if self._errors:
            raise self._errors[0]
        return found

    def choose_language(self, language: str) -> None:
        """Change the language as a person does it in the settings; screens that were visited are there."""
        self._languages.choose(language)
        self.context.messages.language = language

    def _draw(self, screen: str, key: str, name: str) -> QWidget:
        if not self._samverka.is_sample:
            # Drawing them keeps drafts and sends: nothing to be done with somebody's own customers.
            raise ScreenshotError("picture_of_sample_only", screen=screen)
        [spec] = [spec for spec in list_screens(sample=True) if spec.key == key]
        draw = _pictures_of(spec).get(name)
        if draw is None:
            raise ScreenshotError("unknown_screen", screen=screen)
        found = draw(self)
        self.settle()
        return found

    def close(self) -> None:
        self._close_dialogs()
        self._events.close()
        self._background.close()
        self._window.close()
        shiboken6.delete(self._window)
        gc.collect()
        if self._collects:
            gc.enable()

    def _figures_came(self, read: tuple[Any, Any]) -> None:
        line, figures = read
        status = Status(
            pulled_at=line.last_pull_at,
            offline=line.connection == "offline",
            waiting=line.waiting,
            attention=line.attention,
        )
        self._window.show_status(status, datetime.now(UTC))
        self._window.show_figures(figures)

    def arguments_for(self, screen: str) -> dict[str, Any]:
        """Screens that are about something get the first of its kind that shows what they are for."""
        samverka = self._samverka
        if screen in (
            "customer",
            "activation",
            "ending",
            "responsible",
            "sheet",
            "handover",
            "extract",
            "life",
        ):
            handles = samverka.customer_list.list_handles(_every_customer(), 50)
            lines = samverka.customer_list.fetch_lines(handles)
            chosen = max(lines, key=lambda line: line.collaborations, default=None)
            if chosen is None:
                return {}
            many = screen in ("activation", "responsible")
            return {"customer_ids": [chosen.id]} if many else {"customer_id": chosen.id}
        if screen == "change":
            from app.usecases.collaborations import CollaborationFilter

            active = CollaborationFilter(service="eekonomi", states=("active",), unlinked=False)
            return {"collaboration_ids": list(samverka.collaborations.list_keys(active, 1))}
        if screen == "remind_all":
            return {"invitation_ids": ()}
        if screen in ("roll", "close"):
            from app.usecases.engagements import EngagementFilter

            due = EngagementFilter(today=samverka.clock.today(), state="due")
            return {"engagement_ids": list(samverka.engagements.list_keys(due, 12))}
        if screen in ("substitute", "join", "leave"):
            busy = max(samverka.staffing.list_colleagues(), key=lambda one: one.owns, default=None)
            return {"staff_id": busy.id} if busy is not None else {}
        return {}

    def dialogs(self) -> Sequence[QDialog]:
        """The dialogs that stand open, the last one on top."""
        return [dialog for dialog in self._window.findChildren(QDialog) if dialog.isVisible()]

    def _close_dialogs(self) -> None:
        for dialog in self.dialogs():
            dialog.reject()
            if dialog.isVisible():
                dialog.done(QDialog.DialogCode.Rejected)  # one that a person cannot leave

    def settle(self) -> None:
        """Run the event loop until nothing is asked any more, and no screen is about to ask."""
        loop = QEventLoop()
        timer = QTimer()
        timer.setInterval(_POLL_MS)
        polls = quiet = 0

        def look() -> None:
            nonlocal polls, quiet
            polls += 1
            quiet = quiet + 1 if self._is_quiet() else 0
            if quiet >= _QUIET_POLLS or polls >= _MOST_POLLS:
                loop.quit()

        timer.timeout.connect(look)
        timer.start()
        loop.exec()
        timer.stop()

    def _is_quiet(self) -> bool:
        return self._background.is_idle and not any(
            timer.isActive() and timer.isSingleShot() and timer.interval() <= SOON_MS
            for timer in self._window.findChildren(QTimer)
        )


def _pictures_of(spec: ScreenSpec) -> Mapping[str, Callable[[Studio], QWidget]]:
    if not spec.pictures:
        return {}
    found: Mapping[str, Callable[[Studio], QWidget]] = importlib.import_module(spec.pictures).PICTURES
    return found


def _nothing() -> None:
    """In a picture every command looks as it does in the window, and does nothing."""


def _every_customer() -> Any:
    from app.usecases.customer_list import CustomerFilter

    return CustomerFilter()


def _offscreen(scale: float) -> QApplication:
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if scale != 1.0:
        os.environ["QT_SCALE_FACTOR"] = str(scale)
    qInstallMessageHandler(_pass_on)
    return QApplication([sys.argv[0]])


def _pass_on(_kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Leave out that a picture has no window manager; everything else is worth reading."""
    if not text.startswith("This plugin does not support"):
        print(text, file=sys.stderr)  # noqa: T201 - what Qt itself would do

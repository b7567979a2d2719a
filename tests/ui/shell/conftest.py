"""The window with a program of the test's own in place of app.bootstrap."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.courtesy import Courtesy
from app.usecases.navigation import NavigationFigures
from app.usecases.status import StatusLine
from tests.support.clocks import FixedClock
from ui.application import Application
from ui.background import Background
from ui.screens import ScreenSpec
from ui.theme import Theme

LINE = StatusLine(
    connection="connected",
    is_offline=False,
    is_running=False,
    last_pull_at=None,
    next_try_at=None,
    waiting=0,
    attention=0,
    is_stalled=False,
    received=0,
    code="",
)


@dataclass
class FakePreferences:
    language: str = "sv"
    theme: str = "light"
    density: str = "normal"
    lock_minutes: int = 0
    window: dict[str, Any] = field(default_factory=dict)


@dataclass
class FakeProgram:
    """Notes what it is asked for, in order."""

    folder: Path
    sample: bool = True
    heavy_packages: Sequence[str] = ("colorsys",)
    preferences: FakePreferences = field(default_factory=FakePreferences)
    done: list[str] = field(default_factory=list)
    error: Exception | None = None
    passphrase: str = ""
    right_passphrase: str = ""
    check_error: Exception | None = None
    clock: FixedClock = field(default_factory=FixedClock)
    line: StatusLine = LINE
    set_aside: Path | None = None
    saved_commands: int = 0

    def lock(self) -> None:
        self.done.append("lock")

    def unlock(self) -> None:
        self.done.append("unlock")

    def load_preferences(self) -> FakePreferences:
        return self.preferences

    def save_preferences(self, **changes: Any) -> None:
        for name, value in changes.items():
            setattr(self.preferences, name, value)

    def read_first_screen(self) -> Any:
        self.done.append("first screen")
        return None

    def use_passphrase(self, passphrase: str) -> None:
        self.done.append("passphrase")
        self.passphrase = passphrase

    def now(self) -> datetime:
        return self.clock.now()

    def has_passphrase(self) -> bool:
        return bool(self.right_passphrase)

    def opens_with(self, passphrase: str) -> bool:
        if self.check_error is not None:
            raise self.check_error
        return passphrase == self.right_passphrase

    def build(self, on_event: Callable[[Any], None]) -> Any:
        self.done.append("build")
        if self.error is not None and not self.passphrase:
            raise self.error
        self.publish = on_event
        return SimpleNamespace(
            opened=SimpleNamespace(set_aside=self.set_aside, saved_commands=self.saved_commands),
            status=SimpleNamespace(
                read=lambda: self.line, synchronise_now=lambda: self.done.append("synchronise_now")
            ),
            navigation=SimpleNamespace(read=lambda: NavigationFigures(customers=240)),
            session=SimpleNamespace(who_am_i=lambda: SimpleNamespace(is_signed_in=True)),
            rights=SimpleNamespace(list_denials=tuple),
            courtesy=Courtesy(),
        )

    def close(self, samverka: Any) -> None:
        self.done.append("close")


@pytest.fixture
def program(tmp_path: Path) -> FakeProgram:
    return FakeProgram(folder=tmp_path / "profile")


SCREENS = (
    ScreenSpec(
        key="today", title="Att göra", icon="checklist", module="tests.ui.shell.plain_screen", early=True
    ),
    ScreenSpec(key="outbox", title="Utkorg", icon="upload", module="tests.ui.shell.plain_screen"),
)


@pytest.fixture
def application(qtbot: QtBot, qapp: QApplication, program: FakeProgram) -> Iterator[Application]:
    made = Application(qapp, program, screens=SCREENS)
    qtbot.addWidget(made.window)
    yield made
    made.shut_down()
    made.languages.choose("sv")


@pytest.fixture
def theme(qtbot: QtBot) -> Theme:
    return Theme("light")


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    made = Background()
    yield made
    made.close()

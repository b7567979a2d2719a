"""A secret service, a server and people at their windows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.acceptance.person import Person
from tests.acceptance.server_process import ServerProcess
from tests.support.secret_service import secret_service

OpenProgram = Callable[..., Person]


@pytest.fixture
def keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A real secret service, where the profile's key is kept."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    with secret_service(folder) as env:
        for name, value in env.items():
            monkeypatch.setenv(name, value)
        yield


@pytest.fixture
def open_program(qtbot: QtBot, qapp: QApplication, tmp_path: Path, keyring: None) -> Iterator[OpenProgram]:
    """Return what opens the program's window on a profile; what is left open is closed at the end."""
    people: list[Person] = []

    def make(profile: str = "profile", server_url: str = "", files: Sequence[Path] = ()) -> Person:
        people.append(Person(qtbot, qapp, tmp_path / profile, server_url=server_url, files=files))
        people[-1].open()
        return people[-1]

    yield make
    for person in people:
        person.close()


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., ServerProcess]]:
    """Return what starts a server process; all are stopped at the end."""
    started: list[ServerProcess] = []

    def make(*words: str) -> ServerProcess:
        folder = tmp_path / f"server{len(started)}"
        folder.mkdir()
        started.append(ServerProcess(folder, *words))
        started[-1].start()
        return started[-1]

    yield make
    for process in started:
        process.stop()

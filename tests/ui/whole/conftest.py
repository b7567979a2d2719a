"""The whole program on the sample firm, with its server, as `main.py screenshot` opens it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.commandline.sample_profile import open_sample
from ui.screenshots import Studio

OpenStudio = Callable[..., Studio]


@pytest.fixture(scope="package")
def samverka() -> Iterator[Any]:
    """Return the program on the sample firm, connected; opened once, since nothing here changes it."""
    with open_sample() as opened:
        yield opened


@pytest.fixture
def open_studio(qapp: QApplication, samverka: Any) -> Iterator[OpenStudio]:
    """Return what opens a window without a display; it is closed after the test."""
    opened: list[Studio] = []

    def open_one(language: str, size: tuple[int, int] = (1440, 900), theme: str = "light") -> Studio:
        studio = Studio(samverka, theme, language, size, 1.0)
        opened.append(studio)
        return studio

    yield open_one
    for studio in opened:
        studio.close()

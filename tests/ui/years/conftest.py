"""The window on a firm whose server and vendor answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.year_office import YearOffice, year_office


@pytest.fixture
def office(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[YearOffice]:
    with year_office(tmp_path, qapp, qtbot) as made:
        yield made

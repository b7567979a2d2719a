"""What is loaded when the first picture is on the screen: counted exactly, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain.records import Customer
from app.paths import Profile
from app.storage.opening import open_database
from tests.support.cache import KEY, pull
from tests.support.guards import ROOT

HEAVY = [
    "sqlalchemy",
    "alembic",
    "requests",
    "msgspec",
    "keyring.core",
    "keyring.backends",
    "openpyxl",
    "litestar",
]

CHILD = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject
from app.bootstrap import Start
from app.paths import Profile
from ui.application import Application
from ui.running import make_qt
from ui.program import BootstrapProgram

class Keys:
    def find(self, name): return bytes.fromhex(KEY_HEX)
    def keep(self, name, key): raise AssertionError
    def forget(self, name): raise AssertionError

class Witness(QObject):
    def eventFilter(self, watched, event):
        table = watched.parent()
        if event.type() == QEvent.Type.Paint and table is not None and table.objectName() == "customersTable":
            loaded = [name for name in HEAVY if name in sys.modules]
            model = table.model()
            shown = [str(model.index(row, column).data()) for row in range(model.rowCount())
                     for column in range(model.columnCount())]
            print(json.dumps({"loaded": loaded, "shown": shown}), flush=True)
            qt.removeEventFilter(self)
            application._packages.clear()
            application.shut_down()
            qt.quit()
        return False

KEY_HEX, HEAVY, FOLDER = json.loads(sys.argv[1])
program = BootstrapProgram(Start(Profile(Path(FOLDER)), key_store=Keys()))
program.lock()
qt = make_qt()
application = Application(qt, program)
witness = Witness()
qt.installEventFilter(witness)
application.show("customers")
qt.exec()
"""


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    """A profile whose cache has customers, as the last session left it."""
    made = Profile(tmp_path / "profile")
    made.prepare()
    opened = open_database(
        made.database_file,
        KEY,
        set_aside_folder=made.set_aside_folder,
        now=datetime(2026, 11, 23, tzinfo=UTC),
    )
    pull(
        opened.database,
        [
            Customer(id=f"cu_{number}", customer_number=str(number), name=f"Kund {number} AB")
            for number in range(80)
        ],
    )
    opened.database.close()
    return made


def paint_first(profile: Profile, more: str = "") -> dict[str, list[str]]:
    """Open the window in another process; return what it had loaded and shown when the list was painted."""
    words = json.dumps([KEY.hex(), HEAVY, str(profile.folder)])
    answer = subprocess.run(
        [sys.executable, "-c", more + CHILD, words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        timeout=120,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    found: dict[str, list[str]] = json.loads(answer.stdout.splitlines()[0])
    return found


def test_customers_are_painted_before_anything_heavy_is_loaded(profile: Profile) -> None:
    found = paint_first(profile)
    assert any("Kund 0 AB" in text for text in found["shown"])
    assert found["loaded"] == []


def test_the_count_can_fail(profile: Profile) -> None:
    assert paint_first(profile, "import sqlalchemy\n")["loaded"] == ["sqlalchemy"]

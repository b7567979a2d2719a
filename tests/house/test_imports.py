"""What is loaded when: counted in a process of its own, since this one has everything already."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.support.guards import ROOT

HEAVY = [
    "sqlalchemy",
    "alembic",
    "requests",
    "keyring",
    "msgspec",
    "litestar",
    "openpyxl",
    "jinja2",
    "phonenumbers",
]


def list_loaded(code: str, names: list[str]) -> list[str]:
    """Run the code in a new interpreter and return which of the modules it has loaded at its end."""
    ask = f"import json, sys; print(json.dumps([name for name in {names!r} if name in sys.modules]))"
    answer = subprocess.run(
        [sys.executable, "-c", f"{code}\n{ask}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    loaded: list[str] = json.loads(answer.stdout.splitlines()[-1])
    return loaded


def test_the_window_comes_up_without_heavy_libraries() -> None:
    code = "import app.commandline.entry, app.commandline.window, ui.application"
    assert list_loaded(code, HEAVY) == []


def test_no_command_loads_qt_before_it_runs() -> None:
    code = (
        "from app.commandline.entry import COMMANDS, load_command\nfor name in COMMANDS: load_command(name)"
    )
    assert list_loaded(code, ["PySide6", "ui"]) == []


def test_the_server_loads_no_qt_and_nothing_of_the_client() -> None:
    code = (
        "import importlib, pkgutil, app.server\n"
        "for found in pkgutil.walk_packages(app.server.__path__, 'app.server.'):\n"
        "    if '.migrations' not in found.name: importlib.import_module(found.name)"
    )
    client = [
        "PySide6",
        "ui",
        "app.storage",
        "app.sync",
        "app.remote",
        "app.usecases",
        "app.secrets",
        "keyring",
    ]
    assert list_loaded(code, client) == []


@pytest.mark.parametrize("name", ["sqlalchemy", "PySide6"])
def test_the_count_can_fail(name: str) -> None:
    assert list_loaded(f"import {name}", [name]) == [name]

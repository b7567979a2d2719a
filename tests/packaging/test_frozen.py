"""The frozen program: what is in its folder, and that it works without the sources."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.guards import ROOT

pytestmark = pytest.mark.acceptance

# GPL only, or not used and big. Words of file names, with what may bear them nevertheless.
NEVER_SHIPPED = (
    "virtualkeyboard",
    "lottie",
    "qt6qml",
    "qt6quick",
    "designer",
    "qt6charts",
    "keyrings.alt",
    "pytest",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the program once for this module."""
    place = tmp_path_factory.mktemp("frozen")
    subprocess.run(
        [sys.executable, "-m", "PyInstaller", str(ROOT / "packaging" / "samverka.spec"), "--noconfirm",
         "--log-level", "ERROR", "--distpath", str(place / "dist"), "--workpath", str(place / "work")],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PYINSTALLER_CONFIG_DIR": str(place / "cache")},
        check=True,
    )  # fmt: skip
    return place / "dist" / "samverka"


def list_unwanted(names: list[str]) -> list[str]:
    return [name for name in names if any(word in name.lower() for word in NEVER_SHIPPED)]


def call(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    program = folder / ("samverka.exe" if sys.platform == "win32" else "samverka")
    return subprocess.run(
        [str(program), *words],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=180.0,
        check=False,
    )


def test_nothing_is_shipped_that_must_not_be(folder: Path) -> None:
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*")]
    assert list_unwanted(names) == []


def test_the_look_through_the_folder_can_fail() -> None:
    assert list_unwanted(
        ["_internal/PySide6/Qt/lib/libQt6VirtualKeyboard.so.6", "_internal/libQt6Core.so.6"]
    ) == ["_internal/PySide6/Qt/lib/libQt6VirtualKeyboard.so.6"]


def test_the_licences_and_the_data_are_there(folder: Path) -> None:
    inside = folder / "_internal"
    assert "LGPL" in (inside / "THIRD_PARTY.txt").read_text(encoding="utf-8")
    for name in ("LICENSE", "resources/catalogue/services.toml", "resources/messages/sv.toml"):
        assert (inside / name).is_file(), name
    assert list((inside / "app" / "storage" / "migrations").rglob("*.py"))
    assert list((inside / "app" / "server" / "store" / "migrations").rglob("*.py"))
    # Exchangeable, as the LGPL asks.
    assert list((inside / "stdnum").rglob("*.py"))


def test_the_version_is_the_sources(folder: Path) -> None:
    answer = call(folder, "--version")
    source = subprocess.run(
        [sys.executable, "main.py", "--version"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert (answer.returncode, answer.stdout) == (0, source.stdout)


def test_every_step_of_the_self_test_is_ok(folder: Path) -> None:
    answer = call(folder, "self-test", "--json")
    steps = json.loads(answer.stdout)["steps"]
    assert [step for step in steps if not step["ok"]] == []
    # Each starts the program once more as a child, which a package can do wrongly without anybody noticing.
    assert {"suggestions", "lists", "server", "queue"} <= {step["name"] for step in steps}
    assert answer.returncode == 0


def test_suggestions_are_written_without_a_window(folder: Path, tmp_path: Path) -> None:
    customers, unlinked, output = (tmp_path / name for name in ("customers.csv", "unlinked.csv", "out.csv"))
    customers.write_text(
        "customer_id;name;organisation_number;engagements\n"
        "k1;Åmåls Bokbinderi HB;556036-0793;bookkeeping\nk2;Sävsjöströms Mekaniska AB;;bookkeeping\n",
        encoding="utf-8",
    )
    unlinked.write_text(
        "collaboration_id;service;name;organisation_number\n"
        "s1;eekonomi;Amals Bokbinderi;5560360793\ns2;eekonomi;SAVSJOSTROMS MEK. AKTIEBOLAG;\n",
        encoding="utf-8",
    )
    answer = call(
        folder, "match", "--customers", str(customers), "--unlinked", str(unlinked), "--output", str(output)
    )
    assert (answer.returncode, answer.stderr) == (0, "")
    lines = [re.split("[;,]", line)[:3] for line in output.read_text(encoding="utf-8-sig").splitlines()]
    assert [line for line in lines if line[1] == "1"] == [["s1", "1", "k1"], ["s2", "1", "k2"]]

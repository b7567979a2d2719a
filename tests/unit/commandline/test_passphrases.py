"""A profile that is protected with a passphrase, opened by a command: on a terminal, by a pipe, by nobody."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from app.bootstrap import Start
from app.paths import Profile
from tests.unit.test_profile import NoKeyring

MAIN = Path(__file__).parents[3] / "main.py"
RIGHT, WRONG = "norrsken och kaffe", "norrsken utan kaffe"


@pytest.fixture
def words(tmp_path: Path) -> list[str]:
    """Return a command on a profile with a passphrase."""
    Start(Profile(tmp_path / "p"), key_store=NoKeyring(), passphrase=RIGHT).build(start=False).close()
    wanted = str(tmp_path / "list.csv")
    command = [sys.executable, str(MAIN), "export", "customers", "--output", wanted, "--language", "en"]
    return [*command, "--profile", str(tmp_path / "p")]


def run_with(words: list[str], given: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(words, input=given, capture_output=True, timeout=300, check=False)


def test_nobody_to_ask_is_said_with_what_to_do(words: list[str], tmp_path: Path) -> None:
    found = run_with(words, b"")
    assert found.returncode == 3
    assert b"--passphrase-stdin" in found.stderr
    assert not (tmp_path / "list.csv").exists()


def test_it_is_read_from_standard_input(words: list[str], tmp_path: Path) -> None:
    refused = run_with([*words, "--passphrase-stdin"], f"{WRONG}\n".encode())
    assert refused.returncode == 3
    assert b"The passphrase is not right." in refused.stderr
    assert not Profile(tmp_path / "p").set_aside_folder.exists()
    found = run_with([*words, "--passphrase-stdin"], f"{RIGHT}\r\n".encode())
    assert (found.returncode, found.stderr) == (0, b"")
    assert (tmp_path / "list.csv").exists()


def test_on_a_terminal_it_is_asked_for_again_and_never_shown(words: list[str], tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        words, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    ) as command:
        os.close(theirs)
        shown, asked = b"", 0
        while True:
            try:
                piece = os.read(ours, 4096)
            except OSError:  # what the other side had open is closed: Linux says it so
                break
            if not piece:
                break
            shown += piece
            if shown.count(b"Passphrase:") > asked:
                os.write(ours, f"{RIGHT if asked else WRONG}\n".encode())
                asked += 1
    os.close(ours)
    assert command.returncode == 0, shown
    assert asked == 2
    assert b"The passphrase is not right." in shown
    assert b"norrsken" not in shown
    assert (tmp_path / "list.csv").exists()

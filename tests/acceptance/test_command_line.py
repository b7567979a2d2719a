"""The program as somebody calls it from a terminal: words in; output and exit status out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.guards import ROOT

pytestmark = pytest.mark.acceptance
PATIENCE = 180.0


def call(*words: str, source: str = "", language: str = "sv_SE.UTF-8") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *words],
        input=source,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "LC_ALL": language, "PYTHONIOENCODING": "utf-8"},
        timeout=PATIENCE,
        check=False,
    )


def test_every_step_of_the_self_test_is_ok() -> None:
    answer = call("self-test", "--json")
    steps = json.loads(answer.stdout)["steps"]
    assert [step for step in steps if not step["ok"]] == []
    assert {"keyring", "cache", "server", "sync", "first-screen", "encryption", "lists", "queue"} <= {
        step["name"] for step in steps
    }
    assert all(set(step) == {"name", "ok", "seconds", "detail"} for step in steps)
    assert answer.returncode == 0


def test_a_server_is_set_up_from_nothing(tmp_path: Path) -> None:
    database = f"sqlite:///{(tmp_path / 'server.db').as_posix()}"
    assert call("server", "init", "--database", database).returncode == 0
    firm = call("server", "add-firm", "--database", database, "--name", "Byrån", "--json")
    firm_id = json.loads(firm.stdout)["firm_id"]
    words = ["--database", database, "--firm", firm_id, "--name", "Eva Björk", "--email", "eva@example.com"]
    staff = call("server", "add-staff", *words, "--json", source="en mening som ingen gissar\n")
    assert json.loads(staff.stdout)["name"] == "Eva Björk"
    without = call("server", "add-staff", *words)
    assert (without.returncode, "Lösenordet saknas" in without.stderr) == (2, True)


@pytest.mark.parametrize(
    ("words", "language", "sentence"),
    [
        (["server"], "sv_SE.UTF-8", "Efter server behövs ett av: init"),
        (["server"], "en_GB.UTF-8", "server needs one of: init"),
        (["import", "--dry-run"], "sv_SE.UTF-8", "det här saknas: FILE"),
        (["--theme", "blue"], "en_GB.UTF-8", "invalid choice: 'blue'"),
    ],
)
def test_wrong_use_is_2_and_says_what_is_wrong(words: list[str], language: str, sentence: str) -> None:
    answer = call(*words, language=language)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert sentence in answer.stderr


def test_synchronising_without_a_server_is_3_and_says_what_to_do(tmp_path: Path) -> None:
    answer = call("sync", "--profile", str(tmp_path / "profile"))
    assert (answer.returncode, answer.stdout) == (3, "")
    assert "Ingen server är vald" in answer.stderr or "nyckelring" in answer.stderr


def test_a_profile_that_is_open_is_left_alone(tmp_path: Path) -> None:
    from app.paths import Profile, ProfileLock

    profile = Profile(tmp_path / "profile")
    profile.prepare()
    with ProfileLock(profile):
        answer = call("sync", "--profile", str(profile.folder))
    assert (answer.returncode, answer.stdout) == (3, "")
    assert "Samverka är öppet" in answer.stderr


def test_an_import_is_shown_as_one_document(tmp_path: Path) -> None:
    good, bad = tmp_path / "kunder.csv", tmp_path / "export.SE"
    good.write_text("Namn;Organisationsnummer\nBjörk AB;556036-0793\n", encoding="utf-8")
    bad.write_text("<!DOCTYPE html><html></html>", encoding="utf-8")
    answer = call("import", "--dry-run", "--json", str(good), str(bad))
    files = json.loads(answer.stdout)["files"]
    assert [row["organisation_number"] for row in files[0]["rows"]] == ["556036-0793"]
    assert [problem["code"] for problem in files[1]["problems"]] == ["not_sie_html"]
    assert answer.returncode == 1


def test_a_screen_is_saved_as_a_picture_of_the_size_asked_for(tmp_path: Path) -> None:
    picture = tmp_path / "kunder.png"
    words = ["--output", str(picture), "--sample", "--size", "1200x800", "--scale", "1.5", "--theme", "dark"]
    answer = call("screenshot", "customers", *words)
    assert (answer.returncode, answer.stdout) == (0, "")
    header = picture.read_bytes()[:24]
    assert header.startswith(b"\x89PNG")
    assert (int.from_bytes(header[16:20]), int.from_bytes(header[20:24])) == (1800, 1200)


def test_screens_are_listed_and_an_unknown_one_is_wrong_use(tmp_path: Path) -> None:
    names = call("screenshot", "--list").stdout.split()
    assert {"today", "customers", "unlinked", "collaborations", "invitations", "outbox"} <= set(names)
    answer = call("screenshot", "customers")
    assert (answer.returncode, "Ange en vy och en fil" in answer.stderr) == (2, True)

"""`main.py export` from a terminal, on a profile of its own with the sample firm in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from app.bootstrap import Start
from app.paths import Profile
from tests.support.guards import ROOT

pytestmark = pytest.mark.acceptance
PATIENCE = 300.0


@pytest.fixture
def profile(tmp_path: Path, keyring: None) -> Path:
    """Return a closed profile with everything of the sample firm fetched; its key is in the keyring."""
    folder = tmp_path / "profile"
    start = Start(Profile(folder), demo=True, server_command=[sys.executable, str(ROOT / "main.py")])
    start.lock()
    try:
        samverka = start.build(start=False)
        try:
            samverka.connection.ensure_server()
            samverka.session.sign_in_sample()
            samverka.connection.engine.round()
        finally:
            samverka.close()
    finally:
        start.unlock()
    return folder


def export(table: str, profile: Path, output: Path, *more: str) -> subprocess.CompletedProcess[str]:
    program = (sys.executable, str(ROOT / "main.py"))
    return subprocess.run(
        [*program, "export", table, "--profile", str(profile), "--language", "sv", *more, "--output", output],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "utf-8"},
        timeout=PATIENCE,
        check=False,
    )


def words_of(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_every_list_is_written_as_pages(profile: Path, tmp_path: Path) -> None:
    heads = {
        "customers": ("Kunder", "Kundnr", "Kontaktperson", "Kundansvarig"),
        "collaborations": ("Samarbeten", "Tjänst", "Väntar på kund"),
        "invitations": ("Inbjudningar", "Skickad"),
        "access": ("Tillgång", "Deltar i uppdraget"),
    }
    for table, words in heads.items():
        output = tmp_path / f"{table}.pdf"
        answer = export(table, profile, output, "--json")
        assert (answer.returncode, answer.stderr) == (0, ""), table
        told = json.loads(answer.stdout)
        assert told["file"] == str(output)
        text = words_of(output)
        pages = len(PdfReader(output).pages)
        for one in (*words, f"Rader: {told['rows']}", f"Sida {pages} av {pages}"):
            assert one in text, (table, one, text[:400])
        assert "legal_person" not in text
        assert "121212-1212" not in text, "personal numbers are masked"
        assert list(tmp_path.glob("*.part")) == []


def test_a_folder_that_is_not_there_is_said_and_is_3(profile: Path, tmp_path: Path) -> None:
    answer = export("customers", profile, tmp_path / "finns inte" / "kunder.pdf")
    assert (answer.returncode, answer.stdout) == (3, "")
    assert "kunder.pdf" in answer.stderr

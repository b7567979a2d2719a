"""`import` without ``--dry-run``: what was read is in the outbox, and the report says so."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.commandline import import_files
from app.domain.records import Staff
from app.storage.database import Database
from app.storage.outbox import count_by_state
from app.usecases.events import Events
from app.usecases.importing import Importing
from app.usecases.workspace import Workspace
from tests.support.cache import pull, sign_in
from tests.support.clocks import FixedClock

SIE_FOLDER = Path(__file__).parents[1] / "data" / "sie"


@pytest.fixture
def opened(database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    pull(database, [Staff(id="st_1", name="Eva", email="eva@example.se", full_permission=True)])
    sign_in(database, "st_1", "fi_1")
    importing = Importing(Workspace(database, FixedClock(), Events()))

    @contextmanager
    def open_this(_arguments: argparse.Namespace) -> Iterator[SimpleNamespace]:
        yield SimpleNamespace(importing=importing)

    monkeypatch.setattr(import_files, "open_profile", open_this)
    return database


def arguments(*names: str, json: bool = True, dry_run: bool = False) -> argparse.Namespace:
    files = [str(SIE_FOLDER / name) for name in names]
    return argparse.Namespace(
        files=files, dry_run=dry_run, reveal=False, json=json, profile=None, spoken="sv"
    )


def test_the_customers_are_in_the_outbox(opened: Database, capsys: pytest.CaptureFixture[str]) -> None:
    status = import_files.run(arguments("BL0001_typ4.SE", "BokSald.SE", "Sie2.se"))
    document = json.loads(capsys.readouterr().out)
    assert status == 1
    assert [len(file["rows"]) for file in document["files"]] == [1, 0, 1]
    assert document["outbox"] == {"created": 2, "updated": 0, "refused": []}
    with opened.read() as unit:
        assert count_by_state(unit) == {"queued": 2}


def test_a_dry_run_writes_nothing(opened: Database, capsys: pytest.CaptureFixture[str]) -> None:
    assert import_files.run(arguments("Sie2.se", dry_run=True)) == 0
    assert "outbox" not in json.loads(capsys.readouterr().out)
    with opened.read() as unit:
        assert count_by_state(unit) == {}


def test_the_report_for_a_person(opened: Database, capsys: pytest.CaptureFixture[str]) -> None:
    assert import_files.run(arguments("BokSald.SE", "XE_SIE_1_20151125094750.SE", json=False)) == 1
    said = capsys.readouterr()
    assert "Filen är en sparad webbsida, inte en SIE-fil." in said.out
    assert "Kontrollsiffran i 556060-2345 stämmer inte." in said.out
    assert "Utkorgen: 1 nya kunder och 0 ändrade." in said.out
    assert said.err == "1/1\n"

"""The table of tests/CASES.md names tests that are there, and every case."""

from __future__ import annotations

import re

from tests.house.test_cases import CASES
from tests.house.test_reliability_report import list_missing, list_named
from tests.support.guards import ROOT

TEXT = (ROOT / "tests" / "CASES.md").read_text(encoding="utf-8")


def test_what_the_table_names_is_there() -> None:
    named = list_named(TEXT)
    assert len(named) > 100
    assert list_missing(named, sorted((ROOT / "tests").rglob("test_*.py"))) == []


def test_every_place_in_the_program_is_there() -> None:
    places = re.findall(r"`((?:app|ui|resources|tests)/[\w/.]+)`", TEXT)
    assert len(places) > 25
    assert [place for place in places if not (ROOT / place).exists()] == []


def test_every_case_has_a_row_with_both_proofs() -> None:
    rows = re.findall(r"^\| (\d+) \| `.+` \| `.+` \|$", TEXT, flags=re.MULTILINE)
    assert [int(row) for row in rows] == list(CASES)

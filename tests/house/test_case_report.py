"""The tables of tests/CASES.md and tests/matching/REPORT.md name tests that are there, and every case."""

from __future__ import annotations

import re

import pytest

from tests.house.test_cases import CASES
from tests.house.test_reliability_report import list_missing, list_named
from tests.support.guards import ROOT

TEXT = (ROOT / "tests" / "CASES.md").read_text(encoding="utf-8")
LINKING = (ROOT / "tests" / "matching" / "REPORT.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("text", "many"), [(TEXT, 100), (LINKING, 60)], ids=["cases", "linking"])
def test_what_the_table_names_is_there(text: str, many: int) -> None:
    named = list_named(text)
    assert len(named) > many
    assert list_missing(named, sorted((ROOT / "tests").rglob("test_*.py"))) == []


@pytest.mark.parametrize(("text", "many"), [(TEXT, 25), (LINKING, 20)], ids=["cases", "linking"])
def test_every_place_in_the_program_is_there(text: str, many: int) -> None:
    places = re.findall(r"`((?:app|ui|resources|tests)/[\w/.]+)`", text)
    assert len(places) > many
    assert [place for place in places if not (ROOT / place).exists()] == []


def test_every_case_has_a_row_with_both_proofs() -> None:
    rows = re.findall(r"^\| (\d+) \| `.+` \| `.+` \|$", TEXT, flags=re.MULTILINE)
    assert [int(row) for row in rows] == list(CASES)

"""Names that no list should hold and some do: marks of direction, control signs, emoji, texts without end."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.records import Company
from app.matching.index import CustomerIndex
from app.matching.names import normalise_name
from app.matching.sides import company_side, make_side
from app.matching.suggestions import Band, FoundCustomer, find_customer
from ui.reconciliation.wording import REASONS

SIGNS = (
    "\u202e",
    "\u200f",
    "\u200b",
    "\ufeff",
    "\x00",
    "\x1b[31m",
    "\n",
    "🙂",
    "👩‍👧",
    "é",
    "\u0301",
    "\ufffd",
)
SIGNS += (
    "(",
    ")",
    "[",
    "c/o",
    "att:",
    "f.d.",
    "”",
    "\x94",
    "Ã¶",
    "&",
    "'",
    "’",
    "%",
    "=1+1",
    "<b>",
    "AB",
    "i",
    "Å",
)
hostile = st.one_of(
    st.lists(st.sampled_from((*SIGNS, " ", "Dahl", "Bygg", "Lund", "Malmö", "2")), max_size=8).map("".join),
    st.text(max_size=40),
    st.builds(lambda sign, often: sign * often, st.sampled_from(SIGNS), st.sampled_from((300, 10_000))),
)
numbers = st.sampled_from(
    ("", "556036-0793", "850709-9805", "NO914778271", "000000-0000", "saknas", "🙂", "1" * 10_000, "\u202e5")
)
companies = st.builds(Company, name=hostile, number=numbers, email=hostile, phone=hostile, town=hostile)
customers = st.lists(st.tuples(hostile, numbers), max_size=6)


def faults_of(found: FoundCustomer, company: Company, index: CustomerIndex) -> list[str]:
    """Return what is wrong with an answer: a *certain* that the rule forbids, or a reason without words."""
    faults = []
    if found.reason and found.reason not in REASONS:
        faults.append(f"no words for {found.reason}")
    side = company_side(company)
    is_rule = side.number_ok and len(index.with_number(side.number)) == 1
    if found.band == Band.CERTAIN and not is_rule:
        faults.append("certain without a number of its own")
    if found.band in (Band.UNCLEAR, Band.NONE) and not found.reason:
        faults.append("no reason")
    for candidate in found.candidates:
        if candidate.score != sum(row.points for row in candidate.rows):
            faults.append("points do not sum")
        if any("9805" in row.left + row.right for row in candidate.rows if row.field == "number"):
            faults.append("a personal number in full")
    return faults


def index_of(rows: list[tuple[str, str]]) -> CustomerIndex:
    index = CustomerIndex()
    for at, (name, number) in enumerate(rows):
        index.put_side(f"cu_{at}", make_side(name=name, number=number, emails=(name,), phones=(number,)))
    return index


@given(companies, customers)
def test_whatever_is_written_there_is_an_answer_with_a_reason(
    company: Company, rows: list[tuple[str, str]]
) -> None:
    index = index_of(rows)
    assert faults_of(find_customer(company, index), company, index) == []


def test_wrong_answers_are_told() -> None:
    rows = [("Dahl Bygg", "556036-0793"), ("Dahl Bygg", "556036-0793")]
    company, index = Company(name="Dahl Bygg", number="556036-0793"), index_of(rows)
    found = find_customer(company, index)
    assert found.reason == "several_with_number"
    certain = dataclasses.replace(found, band=Band.CERTAIN)
    assert faults_of(certain, company, index) == ["certain without a number of its own"]
    assert faults_of(dataclasses.replace(found, reason="whim"), company, index) == ["no words for whim"]
    assert faults_of(dataclasses.replace(found, reason=""), company, index) == ["no reason"]


@pytest.mark.parametrize("sign", ["\u202e", "\u200f", "\u200b", "\ufeff", "\u00ad", "\u2060"])
def test_signs_that_nobody_sees_are_no_part_of_a_name(sign: str) -> None:
    written = f"{sign}Da{sign}hl By{sign}gg{sign} AB"
    assert normalise_name(written) == normalise_name("Dahl Bygg AB")
    index = index_of([("Dahl Bygg AB", "556036-0793")])
    assert find_customer(Company(name=written, number="556036-0793"), index).band == Band.CERTAIN


@pytest.mark.parametrize("name", ["🙂🙂", "\x00\x01", "\u202e", "???", "- . -"])
def test_a_name_without_letters_says_nothing(name: str) -> None:
    index = index_of([(name, ""), ("Dahl Bygg AB", "")])
    assert find_customer(Company(name=name), index).band != Band.CERTAIN
    assert find_customer(Company(name=name), index).band != Band.LIKELY

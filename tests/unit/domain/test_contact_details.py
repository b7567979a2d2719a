"""E-mail, telephone and postal code in the writings that customers' lists have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.contact_details import (
    DetailError,
    format_phone,
    parse_email,
    parse_phone,
    parse_postal_code,
    split_postal_line,
)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("anna@Example.SE", "anna@example.se"),
        (" Anna.Berg@byran.test ", "Anna.Berg@byran.test"),
        ("mailto:info@example.se", "info@example.se"),
        ("<info@example.se>", "info@example.se"),
        ("info@räksmörgås.se", "info@räksmörgås.se"),
        ("", ""),
    ],
)
def test_email_addresses_that_work(written: str, stored: str) -> None:
    assert parse_email(written).ok
    assert parse_email(written).value == stored


@pytest.mark.parametrize("written", ["anna", "anna@", "a b@example.se", "anna@example", "a@b@c.se", "@x.se"])
def test_email_addresses_that_do_not(written: str) -> None:
    assert parse_email(written).error == DetailError.INVALID_EMAIL
    assert parse_email(written).value == ""


@pytest.mark.parametrize(
    ("written", "stored", "shown"),
    [
        ("08-381473", "+468381473", "08-38 14 73"),
        ("08-12161322", "+46812161322", "08-121 613 22"),
        ("040-6931320", "+46406931320", "040-693 13 20"),
        ("0046 70 123 45 67", "+46701234567", "070-123 45 67"),
        ("+46 (0)70-123 45 67", "+46701234567", "070-123 45 67"),
        ("070/123 45 67", "+46701234567", "070-123 45 67"),
        ("+47 22 12 34 56", "+4722123456", "+47 22 12 34 56"),
        ("08-566 991 70 ankn 12", "+46856699170", "08-566 991 70"),
        ("", "", ""),
    ],
)
def test_telephone_numbers_become_e164(written: str, stored: str, shown: str) -> None:
    assert parse_phone(written).ok
    assert parse_phone(written).value == stored
    assert format_phone(stored) == shown


@pytest.mark.parametrize("written", ["ring mig", "12", "-", "070123456789012345"])
def test_what_is_no_telephone_number(written: str) -> None:
    assert parse_phone(written).error == DetailError.INVALID_PHONE


@pytest.mark.parametrize(
    ("written", "stored"),
    [("11264", "112 64"), ("112 64", "112 64"), ("SE-112 64", "112 64"), ("S-11264", "112 64"), ("", "")],
)
def test_postal_codes(written: str, stored: str) -> None:
    assert parse_postal_code(written).ok
    assert parse_postal_code(written).value == stored


@pytest.mark.parametrize("written", ["1126", "112 645", "01264", "Stockholm"])
def test_what_is_no_swedish_postal_code(written: str) -> None:
    assert parse_postal_code(written).error == DetailError.INVALID_POSTAL_CODE


def test_a_foreign_postal_code_is_kept() -> None:
    assert parse_postal_code("SW1A  1AA", "GB").value == "SW1A 1AA"


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("112 64 Stockholm", ("112 64", "Stockholm")),
        ("410 10  Göteborg", ("410 10", "Göteborg")),
        ("57899 Skövde", ("578 99", "Skövde")),
        ("12600 Storstad", ("126 00", "Storstad")),
        ("123 45", ("123 45", "")),
        ("STORSTAD", ("", "STORSTAD")),
        ("", ("", "")),
    ],
)
def test_the_postal_line_of_an_address(line: str, parts: tuple[str, str]) -> None:
    assert split_postal_line(line) == parts


@given(st.text(max_size=40))
def test_nothing_typed_ever_raises(text: str) -> None:
    for parse in (parse_email, parse_phone, parse_postal_code):
        parsed = parse(text)
        assert parsed.ok or not parsed.value
    split_postal_line(text)
    format_phone(text)

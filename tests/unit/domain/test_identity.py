"""What people type as a number, and what is understood of it (domain document, "Identity")."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.identity import (
    NumberError,
    NumberForm,
    format_number,
    guess_kind,
    has_right_check_digit,
    is_personal,
    looks_like_phone,
    mask_number,
    parse_number,
)
from app.domain.records import CustomerKind

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("number", ["556036-0793", "212000-0142", "202100-5489", "556016-0680"])
def test_published_organisation_numbers_are_valid(number: str) -> None:
    parsed = parse_number(number, CustomerKind.LEGAL_PERSON, today=TODAY)
    assert parsed.ok
    assert parsed.form == NumberForm.ORGANISATION
    assert parsed.canonical == "16" + number.replace("-", "")
    assert format_number(parsed.canonical) == number
    assert mask_number(parsed.canonical) == number
    assert not is_personal(parsed.canonical)


@pytest.mark.case(21)
@pytest.mark.parametrize(
    "written",
    [
        "5560360793",
        "556036-0793",
        "556036 0793",
        " 55 60 36 - 07 93 ",
        "556036–0793",
        "165560360793",
        "16556036-0793",
        "SE556036079301",
        "se 556036-0793 01",
        "SE 5560360793",
        "556036079301",
        "'5560360793",
        "556036\u00a00793",
        "５５６０３６-０７９３",
    ],
)
def test_every_writing_of_an_organisation_number_is_the_same(written: str) -> None:
    parsed = parse_number(written, today=TODAY)
    assert parsed.ok, parsed
    assert parsed.canonical == "165560360793"


@pytest.mark.case(21)
@pytest.mark.parametrize(
    ("written", "canonical", "shown"),
    [
        ("850709-9805", "198507099805", "850709-9805"),
        ("8507099805", "198507099805", "850709-9805"),
        ("19850709-9805", "198507099805", "850709-9805"),
        ("198507099805", "198507099805", "850709-9805"),
        ("1985-07-09-9805", "198507099805", "850709-9805"),
        ("SE850709980501", "198507099805", "850709-9805"),
        ("121212-1212", "201212121212", "121212-1212"),
        ("121212+1212", "191212121212", "121212+1212"),
        ("19121212-1212", "191212121212", "121212+1212"),
        ("191212121212", "191212121212", "121212+1212"),
        ("201212121212", "201212121212", "121212-1212"),
    ],
)
def test_personal_numbers_get_their_century(written: str, canonical: str, shown: str) -> None:
    parsed = parse_number(written, CustomerKind.SOLE_FIRM, today=TODAY)
    assert parsed.ok, parsed
    assert parsed.form == NumberForm.PERSONAL
    assert parsed.canonical == canonical
    assert format_number(canonical, today=TODAY) == shown
    assert is_personal(canonical)


def test_plus_holds_from_the_year_of_a_hundred_even_before_the_birthday() -> None:
    assert parse_number("121212+1212", today=date(2012, 1, 1)).canonical == "191212121212"
    assert format_number("191212121212", today=date(2012, 1, 1)) == "121212+1212"
    assert format_number("191212121212", today=date(2011, 12, 31)) == "121212-1212"


def test_a_birthday_later_this_year_belongs_to_the_century_before() -> None:
    assert parse_number("121212-1212", today=date(2012, 12, 11)).canonical == "191212121212"
    assert parse_number("121212-1212", today=date(2012, 12, 12)).canonical == "201212121212"


@pytest.mark.case(22)
@pytest.mark.parametrize(
    ("written", "canonical"), [("850769-9802", "198507699802"), ("121272-1219", "201212721219")]
)
def test_coordination_numbers(written: str, canonical: str) -> None:
    parsed = parse_number(written, CustomerKind.PRIVATE_PERSON, today=TODAY)
    assert parsed.ok
    assert parsed.form == NumberForm.COORDINATION
    assert parsed.canonical == canonical
    assert is_personal(canonical)


def with_check_digit(nine: str) -> str:
    from stdnum import luhn

    return nine[:6] + "-" + nine[6:] + luhn.calc_check_digit(nine)


def test_check_digits_are_those_of_stdnum() -> None:
    from stdnum import luhn

    digits = [f"{at * 7_654_321:0{length}d}" for length in range(1, 14) for at in range(300)]
    strange = ["", "５５６", "55-6", "²", "1a", " 18", "-18"]
    judged = {text: has_right_check_digit(text) for text in digits + strange}
    assert judged == {text: luhn.is_valid(text) for text in judged}
    assert 0.05 < sum(judged.values()) / len(judged) < 0.15


@pytest.mark.case(22)
@pytest.mark.parametrize("six", ["850060", "850560", "850075", "851260"])
def test_coordination_number_with_an_unknown_date(six: str) -> None:
    parsed = parse_number(with_check_digit(six + "980"), today=TODAY)
    assert parsed.ok, parsed
    assert parsed.form == NumberForm.COORDINATION


@pytest.mark.parametrize("six", ["850009", "851360", "850292", "850092", "850700"])
def test_only_a_coordination_number_may_lack_a_real_date(six: str) -> None:
    parsed = parse_number(with_check_digit(six + "980"), today=TODAY)
    assert parsed.error == NumberError.IMPOSSIBLE_DATE


def test_impossible_date_is_refused() -> None:
    assert parse_number("750231-0241", today=TODAY).error == NumberError.IMPOSSIBLE_DATE


def test_a_birth_date_in_the_future_is_impossible() -> None:
    assert parse_number("201212121212", today=date(2012, 12, 11)).error == NumberError.IMPOSSIBLE_DATE


def test_birth_number_zero_is_refused_though_the_check_digit_is_right() -> None:
    parsed = parse_number(with_check_digit("850709000"), today=TODAY)
    assert parsed.error == NumberError.BIRTH_NUMBER_ZERO


@pytest.mark.case(25)
def test_wrong_check_digit_keeps_the_number_and_says_so() -> None:
    parsed = parse_number("559123-4567", CustomerKind.LEGAL_PERSON, today=TODAY)
    assert parsed.error == NumberError.WRONG_CHECK_DIGIT
    assert parsed.canonical == "165591234567"
    assert parse_number("850709-9806", today=TODAY).error == NumberError.WRONG_CHECK_DIGIT


def test_personal_number_is_recognised_where_an_organisation_number_was_asked_for() -> None:
    for written in ("850709-9805", "850769-9802", "168507099805"):
        parsed = parse_number(written, CustomerKind.LEGAL_PERSON, today=TODAY)
        assert parsed.error == NumberError.PERSONAL_AS_ORGANISATION
        assert parsed.is_personal


def test_organisation_number_is_recognised_where_a_personal_number_was_asked_for() -> None:
    parsed = parse_number("556036-0793", CustomerKind.PRIVATE_PERSON, today=TODAY)
    assert parsed.error == NumberError.ORGANISATION_AS_PERSONAL


def test_an_estate_may_have_either() -> None:
    assert parse_number("850709-9805", CustomerKind.ESTATE, today=TODAY).ok
    assert parse_number("556036-0793", CustomerKind.ESTATE, today=TODAY).ok


@pytest.mark.case(23)
def test_association_without_number() -> None:
    parsed = parse_number("", CustomerKind.ASSOCIATION_WITHOUT_NUMBER, today=TODAY)
    assert parsed.ok
    assert parsed.canonical == ""
    assert (
        parse_number("556036-0793", CustomerKind.ASSOCIATION_WITHOUT_NUMBER, today=TODAY).error
        == NumberError.NOT_EXPECTED
    )


@pytest.mark.case(24)
@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("no 974 760 673 mva", "NO 974 760 673 MVA"),
        ("1234567-8", "1234567-8"),
        ("DE 123456789", "DE 123456789"),
        ("", ""),
        ("556036-0793", "165560360793"),
        ("556036-0794", "556036-0794"),
    ],
)
def test_foreign_numbers_are_kept_as_written(written: str, canonical: str) -> None:
    parsed = parse_number(written, CustomerKind.FOREIGN, today=TODAY)
    assert parsed.ok
    assert parsed.canonical == canonical
    assert parse_number(parsed.canonical, CustomerKind.FOREIGN, today=TODAY).canonical == parsed.canonical


@pytest.mark.case(26)
@pytest.mark.parametrize(
    "written",
    ["070-123 45 67", "0701234567", "+46 70 123 45 67", "0046701234567", "08-123 456 78", "0812345678",
     "(08) 123 456 78", "031-701 00 00"],
)  # fmt: skip
def test_phone_number_typed_as_organisation_number(written: str) -> None:
    assert looks_like_phone(written)
    for kind in (None, CustomerKind.LEGAL_PERSON):
        assert parse_number(written, kind, today=TODAY).error == NumberError.PHONE


@pytest.mark.parametrize("written", ["002100-4619", "070123-4567", "556036-0793", "1234", "Andersson", ""])
def test_identity_numbers_and_words_are_not_phone_numbers(written: str) -> None:
    assert not looks_like_phone(written)


def test_an_organisation_number_that_begins_with_zeros_is_one() -> None:
    assert parse_number("002100-4619", today=TODAY).canonical == "160021004619"
    assert parse_number("0021004619", today=TODAY).canonical == "160021004619"


@pytest.mark.parametrize(
    ("written", "error"),
    [
        ("", NumberError.EMPTY),
        ("   ", NumberError.EMPTY),
        ("saknas", NumberError.NOT_A_NUMBER),
        ("556036-079A", NumberError.NOT_A_NUMBER),
        ("556036-079", NumberError.WRONG_LENGTH),
        ("55603607930", NumberError.WRONG_LENGTH),
        ("555560360793", NumberError.WRONG_LENGTH),
        ("000000-0000", NumberError.PLACEHOLDER),
        ("551512-1234", NumberError.IMPOSSIBLE_DATE),
        ("٥٥٦٠٣٦٠٧٩٣", NumberError.NOT_A_NUMBER),
    ],
)
def test_what_cannot_be_read_says_why_and_gives_no_number(written: str, error: NumberError) -> None:
    parsed = parse_number(written, today=TODAY)
    assert parsed.error == error
    assert parsed.canonical == ""


def test_masking_hides_the_last_four_of_persons_only() -> None:
    assert mask_number("198507099805", today=TODAY) == "850709-••••"
    assert mask_number("191212121212", today=TODAY) == "121212+••••"
    assert mask_number("198507699802", today=TODAY) == "850769-••••"
    assert mask_number("165560360793", today=TODAY) == "556036-0793"
    assert mask_number("NO 974760673") == "NO 974760673"
    assert mask_number("") == ""


def test_kind_guessed_from_the_number() -> None:
    assert guess_kind(parse_number("556036-0793", today=TODAY)) == CustomerKind.LEGAL_PERSON
    assert guess_kind(parse_number("850709-9805", today=TODAY)) == CustomerKind.SOLE_FIRM
    assert guess_kind(parse_number("", today=TODAY)) == CustomerKind.LEGAL_PERSON
    assert guess_kind(parse_number("FI 123", CustomerKind.FOREIGN, today=TODAY)) == CustomerKind.FOREIGN


@given(st.text(max_size=30), st.sampled_from([None, *CustomerKind]))
def test_nothing_typed_ever_raises(text: str, kind: str | None) -> None:
    parsed = parse_number(text, kind, today=TODAY)
    assert parsed.canonical or parsed.error or kind in {"foreign", "association_without_number"}
    format_number(parsed.canonical, today=TODAY)
    mask_number(parsed.canonical, today=TODAY)


@given(st.from_regex(r"[+0(]?[0-9 +()./-]{5,16}", fullmatch=True), st.sampled_from([None, *CustomerKind]))
def test_nothing_like_a_number_ever_raises_and_the_canonical_form_reads_back(
    text: str, kind: str | None
) -> None:
    parsed = parse_number(text, kind, today=TODAY)
    if parsed.ok and parsed.canonical:
        again = parse_number(parsed.canonical, kind, today=TODAY)
        assert (again.canonical, again.error) == (parsed.canonical, None)
        shown = parse_number(format_number(parsed.canonical, today=TODAY), kind, today=TODAY)
        assert shown.canonical == parsed.canonical

"""Names and numbers as they can be compared."""

from __future__ import annotations

import pytest

from app.domain.identity import parse_number
from app.matching.names import differing_words, normalise_name
from app.matching.numbers import NumberLevel, compare_numbers, differing_digits, near_numbers
from app.matching.sides import comparable_number


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("Dahl & Co Redovisning AB", "dahl co redovisning"),
        ("DAHL o CO Redovisning Aktiebolag", "dahl co redovisning"),
        ("Aktiebolaget Dahl och Co Redovisning (publ)", "dahl co redovisning"),
        ("Åkessons Måleri Handelsbolag", "akessons maleri"),
        ("Akessons Maleri HB", "akessons maleri"),
        ("Fjällets Ek. för.", "fjallets"),
        ("Fjällets ekonomisk förening", "fjallets"),
        ("Bryggan i Likvidation AB", "bryggan"),
        ("Café Lyktan AB", "cafe lyktan"),
        ("Bj&ouml;rk &amp; S&#246;ner AB", "bjork soner"),
        ("Bj&amp;ouml;rk &amp;amp; Söner AB", "bjork soner"),
        ("VÃ¤xjÃ¶ Bygg AB", "vaxjo bygg"),
        ("VÃƒÂ¤xjÃƒÂ¶ Bygg AB", "vaxjo bygg"),
        ("Ã\x96rebro El AB", "orebro el"),
        ("São Paulo Café AB", "sao paulo cafe"),
        ("Growth & Value; Partners AB", "growth value partners"),
        ("F:a Ek", "ek"),
        ("AB", ""),
        ("Ekonomisk förening i likvidation", ""),
        ("A & B", "a b"),
        ("", ""),
        ("  ???  ", ""),
    ],
)
def test_a_name_has_one_core_however_it_is_written(name: str, core: str) -> None:
    assert normalise_name(name).core == core


def test_the_legal_form_is_kept_beside_the_core() -> None:
    assert normalise_name("Åkessons Måleri Handelsbolag").legal_form == "hb"
    assert normalise_name("Åkessons Måleri").legal_form == ""


def test_words_that_differ_are_marked_where_they_stand() -> None:
    left, right = "Dahl Redovisning o Konsult", "Dahl & Co Redovisning"
    assert [left[a:b] for a, b in differing_words(left, right)] == ["o", "Konsult"]
    assert [right[a:b] for a, b in differing_words(right, left)] == ["Co"]


@pytest.mark.parametrize(
    ("left", "right", "oks", "level"),
    [
        ("165560360793", "165560360793", (True, True), NumberLevel.EQUAL),
        ("165560360793", "165560160680", (True, True), NumberLevel.VETO),
        ("165560360794", "165560360793", (False, True), NumberLevel.ONE_DIGIT),
        ("165560306793", "165560360793", (False, True), NumberLevel.SWAPPED),
        ("165560306793", "165560160680", (False, True), NumberLevel.DIFFERENT),
        ("", "165560160680", (False, True), NumberLevel.MISSING),
    ],
)
def test_levels_of_agreement_between_numbers(
    left: str, right: str, oks: tuple[bool, bool], level: NumberLevel
) -> None:
    assert compare_numbers(left, right, left_ok=oks[0], right_ok=oks[1]) == level
    assert compare_numbers(right, left, left_ok=oks[1], right_ok=oks[0]) == level


def test_every_slip_of_one_digit_or_two_neighbours_is_near() -> None:
    near = set(near_numbers("165560360793"))
    assert "165560360794" in near
    assert "165560306793" in near
    assert "165560360793" not in near
    assert "175560360793" not in near


WRITTEN = (
    *("556036-0793", "5560360793", "5560360794", "16556036-0793", "165560360793", "SE556036079301"),
    *(" 556036-0793", "556036-0793\n", "５５６０３６-０７９３", "556036–0793", "x556036-0793", "556036 0793"),
    *("0812345678", "031-123456", "085560-4241", "0855604241", "0304218", "222222-2222", "002222-2222"),
    *("5304218", "5304218\n", "530421899", "53042189912", "1111111", "1234", "850709-9805", "8507099805"),
    *("7" * 21, "12" * 11, "9" * 70, "²³²³²³²"),
)


def test_what_the_shape_tells_is_what_reading_the_number_says() -> None:
    readable = 0
    for text in WRITTEN:
        parsed = parse_number(text)
        readable += bool(parsed.canonical)
        number, is_right = comparable_number(text)
        assert is_right == (parsed.ok and bool(parsed.canonical)), text
        assert not parsed.canonical or number == parsed.canonical, text
    assert readable > 10
    assert comparable_number("556036-0793") == ("165560360793", True)
    assert comparable_number("5304218") == comparable_number(" 530 4218") == ("5304218", False)
    nothing = ("1111111", "1234", "7" * 21, "9" * 70, "0812345678", "²³²³²³²")
    assert [text for text in nothing if comparable_number(text) != ("", False)] == []


def test_differing_digits_are_runs() -> None:
    assert differing_digits("916512-9071", "916512-9017") == ((9, 11),)
    assert differing_digits("1", "1") == ()
    assert differing_digits("12", "1") == ((1, 2),)


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("NO914778271", "914778271", NumberLevel.EQUAL),
        ("NO914778271MVA", "NO914778271", NumberLevel.EQUAL),
        ("DE136695976", "ATU136695976", NumberLevel.DIFFERENT),
        ("NO914778271", "914778272", NumberLevel.DIFFERENT),
    ],
)
def test_a_foreign_number_is_the_same_with_and_without_its_country(
    left: str, right: str, level: NumberLevel
) -> None:
    assert compare_numbers(left, right, left_ok=False, right_ok=False) == level
    assert compare_numbers(right, left, left_ok=False, right_ok=False) == level


@pytest.mark.parametrize(
    "written",
    [
        "Org.nr 556036-0793",
        "orgnr: 5560360793",
        "5560360793 (moms)",
        '="5560360793"',
        "5560360793.0",
        "\ufeff556036-0793",
        "16 5560360793",
    ],
)
def test_a_number_is_read_among_what_was_written_around_it(written: str) -> None:
    assert comparable_number(written) == ("165560360793", True)


@pytest.mark.parametrize(
    "written",
    ["GB556036079301", "556036-0793 / 556016-0680", "556036-0794 (moms)", "1.5560360793", "55603607931"],
)
def test_what_only_holds_a_number_is_none(written: str) -> None:
    assert comparable_number(written)[1] is False

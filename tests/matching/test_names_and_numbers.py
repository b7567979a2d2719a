"""Names and numbers as they can be compared."""

from __future__ import annotations

import pytest

from app.matching.names import differing_words, normalise_name
from app.matching.numbers import NumberLevel, compare_numbers, differing_digits, near_numbers


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
        ("AB", "ab"),
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


def test_differing_digits_are_runs() -> None:
    assert differing_digits("916512-9071", "916512-9017") == ((9, 11),)
    assert differing_digits("1", "1") == ()
    assert differing_digits("12", "1") == ((1, 2),)

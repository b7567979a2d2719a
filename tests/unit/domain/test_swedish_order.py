"""The order of names and numbers in every list."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from app.domain.swedish_order import (
    _ORDER_BYTES,
    _SEARCH_BYTES,
    _TO_ORDER,
    _TO_SEARCH,
    _plain,
    _quick,
    fold_for_search,
    sort_key,
)


def assert_in_order(*texts: str) -> None:
    shuffled = list(texts)
    random.Random(1).shuffle(shuffled)
    assert sorted(shuffled, key=sort_key) == list(texts)
    assert sorted(shuffled, key=lambda text: sort_key(text).encode()) == list(texts)


def test_swedish_letters_come_last_in_their_order() -> None:
    assert_in_order("Adam", "Zorn", "Åberg", "Ädel", "Öberg")
    assert_in_order("bak", "byk", "båk", "bäk", "bök")


def test_v_and_w_are_different_letters() -> None:
    assert_in_order("Vallin", "Vik", "Vy", "Wallin", "Wik")


def test_numbers_compare_by_value() -> None:
    assert_in_order("A35", "A212", "A1000", "B1")
    assert_in_order("2", "007", "10", "A1")
    assert_in_order("Kvarteret 9", "Kvarteret 10")


def test_equal_values_have_a_fixed_order_and_are_not_equal() -> None:
    assert sort_key("007") != sort_key("7")
    assert_in_order("Ab", "ab")


def test_accents_and_neighbouring_alphabets() -> None:
    assert_in_order("Ide", "Idé", "Idea")
    assert_in_order("Muller", "Myller", "Müller", "Mz")
    assert_in_order("Z", "Ågren", "Ære", "Ärende", "Öde gård", "Ødegaard")


def test_composed_and_decomposed_letters_are_alike() -> None:
    assert sort_key("A\u030angstro\u0308m").split("\x01")[0] == sort_key("Ångström").split("\x01")[0]
    assert fold_for_search("A\u030angstro\u0308m") == fold_for_search("Ångström") == "angstrom"


def test_punctuation_and_case_do_not_decide_first() -> None:
    assert_in_order('"Alfa"', "alfa-beta", "ALFA GAMMA", "Alfa-Zeta", "Alfabet")


def test_a_literal_brace_is_not_an_a_with_a_ring() -> None:
    assert_in_order("{a}", "b", "åa")


def test_search_folding_finds_names_typed_on_any_keyboard() -> None:
    assert fold_for_search("Ortöplan  AB") == "ortoplan ab"
    assert fold_for_search("BLÅBÄRS-ÖN & Co") == "blabars on co"
    assert fold_for_search("Café Œuvre Ø") == "cafe oeuvre o"
    assert "vallin" not in fold_for_search("Wallin")


@given(st.text(max_size=40))
def test_any_text_has_a_key(text: str) -> None:
    assert sort_key(text) == sort_key(text)
    assert fold_for_search(fold_for_search(text)) == fold_for_search(text)


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_numbers_of_any_length_compare_by_value(left: int, right: int) -> None:
    assert (sort_key(f"A{left}") < sort_key(f"A{right}")) == (left < right)


LATIN_AND_MORE = st.text(st.one_of(st.characters(max_codepoint=0x17F), st.sampled_from("ŁœΩ漢\u030a\u0308ﬁ")))


@given(LATIN_AND_MORE)
def test_the_quick_way_gives_what_the_tables_say(text: str) -> None:
    for table, letters in ((_ORDER_BYTES, _TO_ORDER), (_SEARCH_BYTES, _TO_SEARCH)):
        assert _quick(text, table) in {"", _plain(text, letters)}


def test_the_quick_way_is_taken_for_what_is_written_in_sweden() -> None:
    """A control of the test above, which an empty answer would pass."""
    assert _quick("Åström & Söner, Ärlinghed 12 (publ.)", _SEARCH_BYTES) == "astrom soner arlinghed 12 publ"
    assert _quick("Café ÅÄÖ", _ORDER_BYTES) == "cafe {|}"
    assert _quick("Straße", _SEARCH_BYTES) == ""
    assert _quick("Łódź", _SEARCH_BYTES) == ""


@given(st.lists(LATIN_AND_MORE, max_size=4))
def test_texts_are_folded_together_as_one_by_one(texts: list[str]) -> None:
    """The search text of a row is folded in one go."""
    one_by_one = [folded for text in texts if (folded := fold_for_search(text))]
    assert fold_for_search(" ".join(texts)) == " ".join(one_by_one)

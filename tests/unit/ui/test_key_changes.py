"""Runs of keys that go and come."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from ui.widgets.key_changes import KeyChanges, find_changes, find_near


def carried_out(changes: KeyChanges) -> list[int]:
    keys = list(changes.old)
    for first, last in changes.removed:
        assert 0 <= first <= last < len(keys)
        del keys[first : last + 1]
    for first, last in changes.inserted:
        assert 0 <= first <= len(keys)
        keys[first:first] = changes.new[first : last + 1]
    return keys


KEYS = st.lists(st.integers(0, 30), unique=True)


@given(KEYS, KEYS)
def test_carried_out_they_give_the_new_keys(old: Sequence[int], new: Sequence[int]) -> None:
    assert carried_out(find_changes(old, new)) == list(new)


@given(st.sets(st.integers(0, 30)), st.sets(st.integers(0, 30)))
def test_what_is_known_of_near_rows_gives_the_new_keys(before: set[int], after: set[int]) -> None:
    old, new = sorted(before), sorted(after)
    following = dict(zip(new, [*new[1:], None], strict=True)) if new else {}
    # One that stands there already is passed over.
    come = [(key, following[key]) for key in new if key not in before or key % 5 == 0]
    changes = find_near(old, range(len(old)), after, come)
    assert list(changes.new) == new
    assert carried_out(changes) == new


def test_one_whose_place_is_not_known_is_left_to_the_whole_list() -> None:
    changes = find_near([1, 2, 3], [1], [2], [(7, 99), (8, 2)])
    assert (changes.new, changes.removed, changes.inserted) == ([1, 8, 2, 3], (), ((1, 1),))


def test_what_stands_between_two_changes_stays() -> None:
    old = list(range(1000))
    new = [-1, *old[1:500], 5000, *old[500:998], 999]
    changes = find_changes(old, new)
    assert changes.removed == ((998, 998), (0, 0))
    assert changes.inserted == ((0, 0), (500, 500))


def test_one_that_has_moved_is_all_that_is_touched() -> None:
    old = list(range(100))
    for new in ([*old[:10], *old[11:60], 10, *old[60:]], [*old[:10], 60, *old[10:60], *old[61:]]):
        changes = find_changes(old, new)
        assert carried_out(changes) == new
        assert sum(last - first + 1 for first, last in changes.inserted) == 1


def test_very_many_changes_are_one_run() -> None:
    old = list(range(2000))
    new = [key if key % 2 else key + 5000 for key in old]
    changes = find_changes(old, new)
    assert changes.removed == ((0, 1998),)
    assert changes.inserted == ((0, 1998),)


def test_the_same_keys_are_no_change() -> None:
    changes = find_changes([1, 2], (1, 2))
    assert (changes.removed, changes.inserted) == ((), ())

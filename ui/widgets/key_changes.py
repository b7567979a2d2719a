"""What turns the keys of a long list into other keys: runs that go and runs that come, found on a worker.

A list of 300,000 keys is compared in tens of milliseconds: too long for the GUI thread, which only carries
out what was found. Rows far from each other may change at once; what stands between them is left where it is,
so that scroll and selection stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

_MOST_RUNS = 200
"""Each run costs the view as much for one row as for a thousand; beyond, one run spans all that differs."""

Run = tuple[int, int]
"""First and last place of a run, both included."""


@dataclass(frozen=True, slots=True)
class KeyChanges:
    """`removed` are places in `old`, the last run first; `inserted` places in `new`, the first run first."""

    old: Sequence[Any]
    new: Sequence[Any]
    removed: tuple[Run, ...] = ()
    inserted: tuple[Run, ...] = ()


def find_changes(old: Sequence[Any], new: Sequence[Any]) -> KeyChanges:
    """Return what turns `old` into `new`. Keys are hashable, and each is in a list once.

    A key that has moved is removed and inserted again.
    """
    # Most changes are a row or two: what is the same at both ends is passed over at the speed of C.
    before, after = list(old), list(new)
    head = _same(before, after)
    tail = _same(before[head:][::-1], after[head:][::-1])
    between, now = before[head : len(before) - tail], after[head : len(after) - tail]
    if not between and not now:
        return KeyChanges(old, new)
    removed, inserted = _places(between, now)
    runs_removed, runs_inserted = _runs(removed, head), _runs(inserted, head)
    if len(runs_removed) + len(runs_inserted) > _MOST_RUNS:
        runs_removed, runs_inserted = _runs(range(len(between)), head), _runs(range(len(now)), head)
    return KeyChanges(old, new, tuple(reversed(runs_removed)), tuple(runs_inserted))


def find_near(
    old: Sequence[Any], places: Sequence[int], kept: Iterable[Any], come: Sequence[tuple[Any, Any | None]]
) -> KeyChanges:
    """Return what a few known changes make of `old`.

    Those keys go that stand at `places`, in order, and are not kept. `come` are new keys in the order of the
    list, each with the key of the row after it (None at the end); one whose place is not known is left out.
    """
    still = set(kept)
    gone = [at for at in places if old[at] not in still]
    new = list(old)
    for at in reversed(gone):
        del new[at]
    placed = _places_of(new, come)
    for at, key in reversed(placed):
        new.insert(at, key)
    inserted = [at + number for number, (at, _) in enumerate(placed)]
    return KeyChanges(old, new, tuple(reversed(_runs(gone, 0))), tuple(_runs(inserted, 0)))


def _places_of(keys: Sequence[Any], come: Sequence[tuple[Any, Any | None]]) -> list[tuple[int, Any]]:
    """Return where in `keys` those that have come belong, in order."""
    if not come:
        return []
    wanted = {key for pair in come for key in pair}
    known = {key: at for at, key in enumerate(keys) if key in wanted}
    before: dict[Any, int] = {None: len(keys)}
    placed: list[tuple[int, Any]] = []
    for key, after in reversed(come):
        at = before.get(after, known.get(after))
        if key not in known and at is not None:
            before[key] = at
            placed.insert(0, (at, key))
    return placed


def _same(one: Sequence[Any], other: Sequence[Any]) -> int:
    """Return how many keys are the same from the start on, by halves that are compared whole."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _places(old: Sequence[Any], new: Sequence[Any]) -> tuple[list[int], list[int]]:
    before, after = set(old), set(new)
    removed = [at for at, key in enumerate(old) if key not in after]
    inserted = [at for at, key in enumerate(new) if key not in before]
    stayed_before = [(at, key) for at, key in enumerate(old) if key in after]
    stayed_after = [(at, key) for at, key in enumerate(new) if key in before]
    if [key for _, key in stayed_before] == [key for _, key in stayed_after]:
        return removed, inserted
    # Some have moved: of two that do not meet, the one whose next meets the other has stayed.
    moved: set[Any] = set()
    here = there = 0
    while here < len(stayed_before) and there < len(stayed_after):
        one, other = stayed_before[here][1], stayed_after[there][1]
        if one in moved:
            here += 1
        elif other in moved:
            there += 1
        elif one == other:
            here, there = here + 1, there + 1
        elif there + 1 < len(stayed_after) and stayed_after[there + 1][1] == one:
            moved.add(other)
        else:
            moved.add(one)
    removed += [at for at, key in stayed_before if key in moved]
    inserted += [at for at, key in stayed_after if key in moved]
    return sorted(removed), sorted(inserted)


def _runs(places: Sequence[int], first: int) -> list[Run]:
    """Return the places, counted from ``first`` on, as runs."""
    runs: list[Run] = []
    for place in places:
        if runs and place + first == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], place + first)
        else:
            runs.append((place + first, place + first))
    return runs

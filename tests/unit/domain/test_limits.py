"""Every text, number, day and list of every command has a limit, and all that is honest is within it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.domain.changes import RejectedError
from app.domain.commands import COMMAND_TYPES, Payload, UpdateCustomer
from app.domain.limits import (
    LARGEST_SEEN,
    LIMITS,
    NAME,
    Letters,
    Many,
    UnlimitedError,
    Whole,
    check_limits,
    letters_of,
    plan_of,
)
from tests.support.command_examples import Path, example, get, places, put
from tests.support.guards import ROOT

HUGE: dict[Any, tuple[Any, str]] = {
    str: ("å" * 100_000, "too_long"),
    int: (10**31, "number_out_of_range"),
    date: (date(9999, 12, 31), "date_out_of_range"),
    datetime: (datetime(9999, 12, 31, tzinfo=UTC), "date_out_of_range"),
    dict: ({str(n): "b" for n in range(10_000)}, "too_many"),
}


def too_much(value: Any, kind: Any) -> Iterator[tuple[Any, str]]:
    if kind is tuple:
        yield type(value)(list(value) * 21_000), "too_many"
        return
    huge, code = HUGE[kind]
    yield (huge.isoformat() if isinstance(value, str) and kind is not str else huge), code
    if kind is int:
        yield -1_000_000, code


@pytest.mark.parametrize("name", COMMAND_TYPES)
def test_nothing_is_without_a_limit(name: str) -> None:
    payload: Payload = example(COMMAND_TYPES[name])
    check_limits(payload)
    found = list(places(COMMAND_TYPES[name]))
    assert found
    for path, kind in found:
        check_place(payload, path, kind)


def check_place(payload: Payload, path: Path, kind: Any) -> None:
    field = [step for step in path if isinstance(step, str) and step not in ("set", "to", "a")][-1]
    for value, code in too_much(get(payload, path), kind):
        with pytest.raises(RejectedError) as caught:
            check_limits(put(payload, path, value))
        # JSON's numbers end at 64 bits: beyond them a value that is set is none of the field's.
        assert caught.value.code in ((code, "invalid") if kind is int and "set" in path else (code,))
        assert caught.value.data["field"] == field
        assert len(str(caught.value)) < 300, "what was refused is not repeated"


def test_what_is_exactly_at_its_limit_is_taken() -> None:
    """Beside what is one more, for each kind of place that the table knows."""
    seen = set()
    for cls in COMMAND_TYPES.values():
        payload = example(cls)
        for path, kind in places(cls):
            field = str(path[-1])
            limit = LIMITS.get(field)
            if kind is str and isinstance(limit, Letters):
                at, over = "å" * limit.most, "å" * (limit.most + 1)
            elif kind is int and isinstance(limit, Whole):
                at, over = limit.most, limit.most + 1  # type: ignore[assignment]
            elif kind is tuple and isinstance(limit, Many):
                part = get(payload, path)
                at, over = type(part)(list(part) * limit.most), type(part)(list(part) * (limit.most + 1))
            else:
                continue
            seen.add(field)
            check_limits(put(payload, path, at))
            with pytest.raises(RejectedError):
                check_limits(put(payload, path, over))
    assert {"name", "serial", "contacts", "fiscal_year", "street"} <= seen


@dataclass(frozen=True, kw_only=True)
class Forgotten:
    """A command somebody adds without a thought of limits."""

    customer_id: str
    essay: str


@dataclass(frozen=True, kw_only=True)
class ForgottenBelow:
    many: tuple[Forgotten, ...]


@dataclass(frozen=True, kw_only=True)
class WrongKind:
    name: int


@pytest.mark.parametrize("cls", [Forgotten, ForgottenBelow, WrongKind])
def test_a_field_without_a_limit_is_a_mistake(cls: type[Any]) -> None:
    """The control of the first test."""
    with pytest.raises(UnlimitedError):
        plan_of(cls)


def test_what_was_seen_may_be_longer_so_that_it_can_be_made_shorter() -> None:
    def change(seen: str, wanted: str = "Kort") -> UpdateCustomer:
        return UpdateCustomer(customer_id="cu_1", set={"name": {"from": seen, "to": wanted}})

    check_limits(change("å" * (NAME.most + 1)))
    for beyond in (change("å" * LARGEST_SEEN), change("Kort", "å" * (NAME.most + 1))):
        with pytest.raises(RejectedError, match="too_long"):
            check_limits(beyond)
    with pytest.raises(RejectedError) as caught:
        check_limits(UpdateCustomer(customer_id="cu_1", set={"x" * 9999: {"from": 1, "to": 2}}))
    assert caught.value.code == "invalid"
    assert len(str(caught.value.data["field"])) == 60


def test_real_names_have_room() -> None:
    """Three times as much as the longest of the organisations that the linking is tried on."""
    with (ROOT / "tests" / "data" / "organisations.csv").open(encoding="utf-8") as file:
        longest = max(len(row["name"]) for row in csv.DictReader(file))
    assert longest > 80
    assert longest * 3 <= letters_of("name")

"""The report of tests/RELIABILITY.md names tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

from tests.support.guards import ROOT

_SPAN = re.compile(r"`([^`]*)`")
_NAME = re.compile(r"(?:[\w/]*?(test_\w+)(?:\.py)?)?::(test_\w+)")


def list_named(text: str) -> list[tuple[str, str]]:
    """Return module and test of everything written as ``module::test``; ``::test`` is the last module's."""
    found, module = list[tuple[str, str]](), ""
    for span in _SPAN.findall(text):
        for named, test in _NAME.findall(span):
            module = named or module
            found.append((module, test))
    return found


def list_missing(named: list[tuple[str, str]], files: list[Path]) -> list[str]:
    """Return those that no file of the module's name defines."""
    defined = {
        (file.stem, test)
        for file in files
        for test in re.findall(r"^ *def (test_\w+)", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    }
    return [f"{module}::{test}" for module, test in named if (module, test) not in defined]


def test_what_the_report_names_is_there() -> None:
    named = list_named((ROOT / "tests" / "RELIABILITY.md").read_text(encoding="utf-8"))
    assert len(named) > 80
    assert list_missing(named, sorted((ROOT / "tests").rglob("test_*.py"))) == []


def test_a_name_that_is_not_there_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "test_some.py"
    file.write_text("def test_one() -> None: ...\n", encoding="utf-8")
    named = list_named("see `test_some::test_one`, `::test_two` and `tests/x/test_other.py::test_one`")
    assert list_missing(named, [file]) == ["test_some::test_two", "test_other::test_one"]

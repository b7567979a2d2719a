"""Each numbered case about activating and ending is met at the server and on a screen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.support.guards import ROOT

CASES = (*range(1, 20), *range(38, 49))
_MARK = re.compile(r"pytest\.mark\.case\((\d+)\)")


def numbers_in(files: Iterable[Path]) -> set[int]:
    """Return the numbers of the cases that the tests of these files are marked with."""
    return {int(found) for file in files for found in _MARK.findall(file.read_text(encoding="utf-8"))}


@pytest.mark.parametrize(
    ("where", "folders"),
    [("the real server", ("tests/cases",)), ("the screen", ("tests/ui", "tests/acceptance"))],
)
def test_every_case_goes_through(where: str, folders: tuple[str, ...]) -> None:
    files = [file for folder in folders for file in (ROOT / folder).rglob("test_*.py")]
    missing = sorted(set(CASES) - numbers_in(files))
    assert missing == [], f"without a test through {where}"


def test_every_case_of_synchronisation_is_proved() -> None:
    files = (file for folder in ("server", "sync") for file in (ROOT / "tests" / folder).rglob("test_*.py"))
    assert (
        sorted({*range(49, 60)} - numbers_in(files) - numbers_in([ROOT / "tests/unit/test_profile.py"])) == []
    )


def test_a_case_that_no_test_names_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "test_some.py"
    file.write_text(
        "@pytest.mark.case(1)\n@pytest.mark.case(38)\n# case(2) is only spoken of\n", encoding="utf-8"
    )
    assert numbers_in([file]) == {1, 38}

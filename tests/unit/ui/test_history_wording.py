"""Everything that the server notes in a history has words that a bookkeeper reads."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.records import MailState
from ui.customer.history import WHAT, what_words

APP = Path(__file__).parents[3] / "app"
# What is chosen from a table or put together; each place is named, so that a new one is looked at.
COMPOSED = {
    "new[item.service]": {"approved", "declined"},
    "f'mail_{mail_state}'": {f"mail_{state}" for state in MailState if state != MailState.QUEUED},
    "what": {"substitute_added", "participation_added"},
}


def list_noted(source: str) -> Iterator[str]:
    """Return the codes that are given to ``builder.event(about, code, …)``."""
    for node in ast.walk(ast.parse(source)):
        is_event = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if not is_event or node.func.attr != "event" or len(node.args) < 2:  # type: ignore[attr-defined]
            continue
        given = node.args[1]  # type: ignore[attr-defined]
        choices = [given.body, given.orelse] if isinstance(given, ast.IfExp) else [given]
        for choice in choices:
            if isinstance(choice, ast.Constant):
                yield str(choice.value)
            else:
                yield from COMPOSED[ast.unparse(choice)]


NOTED = sorted({code for path in APP.rglob("*.py") for code in list_noted(path.read_text(encoding="utf-8"))})


@pytest.mark.parametrize("code", NOTED)
def test_what_is_noted_has_words(code: str) -> None:
    assert what_words(code) != code


def test_no_words_are_left_for_what_is_never_noted() -> None:
    assert set(WHAT) <= set(NOTED)


def test_a_code_without_words_is_found() -> None:
    source = 'builder.event(row, "sang" if loud else "hummed", after="x")\nbuilder.event(row, "danced")\n'
    assert sorted(list_noted(source)) == ["danced", "hummed", "sang"]
    assert what_words("danced") == "danced"

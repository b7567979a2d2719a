"""Every code that the program raises has its sentence, in both languages and with the same data."""

from __future__ import annotations

import ast
import re
import tomllib

import pytest

from tests.support.guards import ROOT

PLACEHOLDER = re.compile(r"\{(\w*)\}")


def load_sentences(language: str) -> dict[str, str]:
    text = (ROOT / "resources" / "messages" / f"{language}.toml").read_text(encoding="utf-8")
    return {code: str(sentence) for code, sentence in tomllib.loads(text).items()}


def list_raised_codes(source: str) -> list[tuple[int, str]]:
    """Return line and code of each error raised with a code written in its place."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
            name, code = node.exc.func, node.exc.args[0]
            known = isinstance(name, ast.Name) and name.id.endswith("Error") and name.id not in BUILT_IN
            if known and isinstance(code, ast.Constant) and isinstance(code.value, str):
                found.append((node.lineno, code.value))
    return found


BUILT_IN = {
    "ValueError",
    "TypeError",
    "RuntimeError",
    "KeyError",
    "LookupError",
    "OSError",
    "TimeoutError",
    "AssertionError",
    # Told to whoever runs the self-test, as it is.
    "SelfTestError",
}


def test_both_languages_say_the_same_things() -> None:
    swedish, english = load_sentences("sv"), load_sentences("en")
    assert swedish.keys() ^ english.keys() == set()
    different = [
        code
        for code in swedish
        if set(PLACEHOLDER.findall(swedish[code])) != set(PLACEHOLDER.findall(english[code]))
    ]
    assert different == []


@pytest.mark.parametrize("place", ["app", "ui"])
def test_every_raised_code_has_a_sentence(place: str) -> None:
    known = load_sentences("sv")
    missing = [
        f"{path.relative_to(ROOT).as_posix()}:{line} {code}"
        for path in sorted((ROOT / place).rglob("*.py"))
        # The server answers with problem documents; a person meets them through the client's codes.
        if "server" not in path.relative_to(ROOT).parts
        for line, code in list_raised_codes(path.read_text(encoding="utf-8"))
        if code not in known
    ]
    assert missing == []


def test_a_raised_code_is_found() -> None:
    assert list_raised_codes("raise StorageError('disk_full', free=3)") == [(1, "disk_full")]
    assert list_raised_codes("raise ValueError('odd')") == []

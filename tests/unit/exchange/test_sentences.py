"""Every code of the import has a sentence in both languages, with the data that the code brings."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from pathlib import Path

import pytest

from app.domain.contact_details import DetailError
from app.domain.identity import NumberError
from app.paths import resources_folder

EXCHANGE = Path(__file__).parents[3] / "app" / "exchange"
CODES_OF_WORKBOOKS = {"broken_workbook", "unsafe_workbook", "too_many_rows"}


def codes_in_source() -> set[str]:
    """Return the words given to Remark and WorkbookError anywhere in app/exchange."""
    found = set()
    for path in EXCHANGE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"Remark", "WorkbookError"}:
                words = (part for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant))
                found |= {word.value for word in words if isinstance(word.value, str)}
    return {word for word in found if re.fullmatch(r"[a-z0-9_]+", word)}


def sentences(language: str) -> dict[str, str]:
    with (resources_folder() / "messages" / f"{language}.toml").open("rb") as file:
        return tomllib.load(file)


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_the_codes_are_found_in_the_source() -> None:
    assert {"empty_name", "not_sie_html", "web_page", "duplicate_in_import"} <= codes_in_source()
    assert codes_in_source() >= CODES_OF_WORKBOOKS


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_code_has_a_sentence(language: str) -> None:
    wanted = codes_in_source() | {error.value for error in (*NumberError, *DetailError)}
    assert wanted - sentences(language).keys() == set()


def test_both_languages_use_the_same_data() -> None:
    swedish, english = sentences("sv"), sentences("en")
    for code in codes_in_source() | {error.value for error in (*NumberError, *DetailError)}:
        assert placeholders(swedish[code]) == placeholders(english[code]), code

"""The document of ``import --dry-run --json``, whose names are stable."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.commandline.import_files import describe, exit_status, print_report
from app.exchange.preview import ImportPreview, preview_sources
from app.exchange.reading import read_bytes

TODAY = date(2026, 11, 23)
LIST = (
    "Namn;Organisationsnummer;Kontaktperson;E-post\r\n"
    "Björk & Co AB;556036-0793;Eva Björk;eva@example.com\r\n"
    "Anna Lind;850709-9805;;\r\n"
    ";556036-0793;;\r\n"
)


def preview(name: str, text: str) -> ImportPreview:
    return preview_sources([read_bytes(name, text.encode("utf-8"))], today=TODAY)


def rows_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    return list(document["files"][0]["rows"])


def test_a_row_has_the_documented_parts() -> None:
    row = rows_of(describe(preview("list.csv", LIST), language="sv", reveal=False, today=TODAY))[0]
    assert row == {
        "name": "Björk & Co AB",
        "organisation_number": "556036-0793",
        "kind": "legal_person",
        "serial": 0,
        "contact": "Eva Björk",
        "address": "",
        "postal_code": "",
        "town": "",
        "email": "eva@example.com",
        "phone": "",
        "group": "new",
        "warnings": [],
    }


@pytest.mark.parametrize(("reveal", "shown"), [(False, "850709-••••"), (True, "850709-9805")])
def test_a_personal_number_is_masked_unless_revealed(reveal: bool, shown: str) -> None:
    rows = rows_of(describe(preview("list.csv", LIST), language="sv", reveal=reveal, today=TODAY))
    assert rows[1]["organisation_number"] == shown


def test_an_invalid_row_is_named_and_the_rest_is_read() -> None:
    found = preview("list.csv", LIST)
    rows = rows_of(describe(found, language="sv", reveal=False, today=TODAY))
    assert [row["group"] for row in rows] == ["new", "new", "invalid"]
    assert "empty_name" in rows[2]["warnings"]
    assert exit_status(found) == 1


def test_a_saved_web_page_called_se_is_a_problem_without_rows() -> None:
    found = preview("export.SE", "<!DOCTYPE html><html><body>Logga in</body></html>")
    file = describe(found, language="sv", reveal=False, today=TODAY)["files"][0]
    assert file["rows"] == []
    assert [problem["code"] for problem in file["problems"]] == ["not_sie_html"]
    assert "sparad webbsida" in file["problems"][0]["detail"]
    assert exit_status(found) == 3


def test_a_clean_file_has_no_problems() -> None:
    assert exit_status(preview("list.csv", LIST.rsplit("\r\n", 2)[0])) == 0


@pytest.mark.parametrize(
    ("language", "headline"),
    [
        ("sv", "list.csv (csv, utf-8): nya 2, ogiltiga 1, dubbletter 1"),
        ("en", "list.csv (csv, utf-8): new 2, invalid 1, duplicates 1"),
    ],
)
def test_a_duplicate_is_not_counted_as_new(
    capsys: pytest.CaptureFixture[str], language: str, headline: str
) -> None:
    found = preview("list.csv", LIST + "Björk igen AB;556036-0793;;\r\n")
    print_report(found, language=language, reveal=False, today=TODAY)
    assert capsys.readouterr().out.splitlines()[0] == headline

"""Papers: the customer sheet and lists as PDF, read back with pypdf."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from app.domain.records import Customer
from tests.support.year_office import COMPANY, YearOffice
from ui.exchange.export import ListExport
from ui.sheets.command import table_pages
from ui.sheets.paper import Paper, PaperError, table_html, write_pdf
from ui.sheets.preview_dialog import PaperDialog
from ui.translation import Languages
from ui.widgets.pane import Pane


def text_of(path: Path) -> str:
    """Return the words of the PDF; how words are spaced is up to the reader."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_the_customer_sheet_holds_this_customer_only(office: YearOffice, tmp_path: Path) -> None:
    other = replace(COMPANY, id="cu_annan", name="En helt annan kund AB", organisation_number="")
    office.site.write(other)
    office.pull()
    office.go("sheet", customer_id=COMPANY.id)
    office.sees("Kundblad Verkstaden i Växjö AB")
    dialog = office.window.findChild(PaperDialog, "paperDialog")
    assert dialog is not None
    dialog.save(tmp_path / "kundblad.pdf")
    text = text_of(tmp_path / "kundblad.pdf")
    for words in (
        "Verkstaden i Växjö AB",
        "Byrån AB",
        "Pågående uppdrag",
        "Löpande bokföring 2026",
        "Anna Ek",
        "nils@verkstaden",
    ):
        assert words in text
    assert "Sida 1 av 1" in text
    assert "annan kund" not in text


def test_personal_numbers_are_masked_and_a_protected_address_is_left_out(
    office: YearOffice, tmp_path: Path
) -> None:
    person = replace(
        office.get(Customer, COMPANY.id), kind="sole_firm", organisation_number="198507099805", protected=True
    )
    office.site.write(replace(person, protected_staff_ids=("st_anna",)))
    office.pull()
    office.go("sheet", customer_id=COMPANY.id)
    office.sees("Kundblad Verkstaden i Växjö AB")
    dialog = office.window.findChild(PaperDialog, "paperDialog")
    assert dialog is not None
    dialog.save(tmp_path / "kundblad.pdf")
    assert "9805" not in text_of(tmp_path / "kundblad.pdf")


def test_a_long_list_has_numbered_pages(qapp: object, tmp_path: Path) -> None:
    rows = [(f"Kund {number} åäö", "=1+1") for number in range(200)]
    paper = Paper(title="Kunder", body=table_html(["Kund", "Ort"], rows), foot="Byrån AB · 2026-11-23")
    pages = write_pdf(paper, tmp_path / "lista.pdf")
    read = PdfReader(tmp_path / "lista.pdf")
    assert len(read.pages) == pages > 2
    text = text_of(tmp_path / "lista.pdf")
    assert f"Sida {pages} av {pages}" in text
    assert "Kund 199 åäö" in text


def test_a_list_is_exported_as_pages(office: YearOffice, tmp_path: Path) -> None:
    office.go("collaborations")
    pane = office.window.pane("collaborations")
    assert isinstance(pane, Pane)
    ListExport(office.firm.application.context, "collaborations", pane).write(tmp_path / "samarbeten.pdf")
    office.until(lambda: (tmp_path / "samarbeten.pdf").exists())
    text = text_of(tmp_path / "samarbeten.pdf")
    assert "Samarbeten" in text
    assert "Verkstaden i Växjö AB" in text
    assert "Rader: 5" in text


def test_the_command_line_writes_the_same_pages_in_its_language(office: YearOffice, tmp_path: Path) -> None:
    languages = Languages()
    try:
        pages = table_pages("collaborations", "Byrån AB", office.samverka.clock.now(), "en")
        done = office.samverka.tables.export_with(
            pages, "collaborations", tmp_path / "list.pdf", {"name": "Customer"}, language="en"
        )
    finally:
        languages.choose("sv")
    assert done.rows == 5
    text = text_of(tmp_path / "list.pdf")
    assert "Collaborations" in text
    assert "Rows: 5" in text
    assert "Page 1 of 1" in text


def test_a_place_that_cannot_be_written_is_a_known_problem(qapp: object, tmp_path: Path) -> None:
    with pytest.raises(PaperError, match="file_not_written"):
        write_pdf(Paper(title="x", body="<p>x</p>", foot=""), tmp_path / "finns inte" / "x.pdf")

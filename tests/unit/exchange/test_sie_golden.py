"""The real SIE files: expectations written down from the raw files, record by record."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.domain.identity import format_number
from app.exchange.preview import ImportRow, PreviewedFile, RowGroup, preview_files

SIE_FOLDER = Path(__file__).parents[2] / "data" / "sie"
TODAY = date(2026, 11, 23)

# file: (#FNAMN, #ORGNR as shown, contact, street, postal code, town, phone in E.164, end of fiscal year)
EXPECTED: dict[str, tuple[str, str, str, str, str, str, str, str]] = {
    "BL0001_typ4.SE": ("SEEE Speak Easy Executive English AB", "556265-1892", "", "Flottbrovägen 14",
                       "112 64", "Stockholm", "+468381473", "06-30"),
    "BL0001_typ4I.SI": ("SEEE Speak Easy Executive English AB", "", "", "", "", "", "", ""),
    "BokOrder.si": ("Övningsbolaget AB", "555555-5555", "", "", "", "", "", "12-31"),
    "Bokslut_Norstedts_SIE_4E.se": ("Datakonsulterna AB", "556639-1537", "", "Storgatan 1", "410 10",
                                    "Göteborg", "", "06-30"),
    "Lön.si": ("Övningsbolaget Lön 100", "555555-5555", "", "", "", "", "", ""),
    "MAMUT_SIE1_EXPORT.SE": ("Mamut_SIE", "555555-5555", "Mamut_SIE", "Kungsgatan 24", "", "",
                             "+46856699170", "12-31"),
    "Norstedts_Bokslut_SIE_4I.si": ("Datakonsulterna AB", "556639-1537", "", "Storgatan 1", "410 10",
                                    "Göteborg", "", "06-30"),
    "SIE-fil_från_Visma_Eget_Aktiebolag_2010.se": ("Övningsföretaget AB", "556252-9155", "", "Storgatan 19",
                                                   "123 45", "Storstad", "", "12-31"),
    "SIE-fil_från_Visma_Enskild_Firma_2010.se": ("Övningsföretaget", "222222-2222", "", "Storgatan 1",
                                                 "352 00", "Växjö", "", "12-31"),
    "SIE_exempelfil.se": ("SBMDEMO Lars", "", "", "Storgatan 45", "578 99", "Skövde", "", "12-31"),
    "Sie1.se": ("Övningsbolaget AB", "556252-9155", "", "", "200 10", "MALMÖ", "+46406931320", "12-31"),
    "Sie2.se": ("Demoföretaget AB", "556654-7898", "", "Postgatan 77", "777 77", "Staden", "+4677777700",
                "12-31"),
    "Sie_2.SE": ("Övningsbolaget AB", "556252-9155", "Sven Svensson", "Storgatan 1", "123 45", "STORSTAD",
                 "+4612345678", "12-31"),
    "Test2.SE": ("Exempelföretag 44", "556488-2362", "", "Nya Rådstugugatan 7", "602 24", "Norrköping",
                 "+4611183065", "12-31"),
    "XE_SIE_1_20151125094750.SE": ("Entreprenad AB", "556060-2345", "", "Elvägen 12", "126 00", "Storstad",
                                   "+46812161322", "08-31"),
    "XE_SIE_2_20151125094903.SE": ("Entreprenad AB", "556060-2345", "", "Elvägen 12", "126 00", "Storstad",
                                   "+46812161322", "08-31"),
    "magenta_bokföring_SIE4E.se": ("TESTFÖRETAGET AB", "112233-4567", "", "", "", "", "", "12-31"),
    "magenta_bokföring_SIE4I.se": ("TESTFÖRETAGET AB", "112233-4567", "", "", "", "", "", "12-31"),
    "objektsaldo_ovnbolag.se": ("Övningsbolaget AB (Ekonomi 60)", "555555-5555", "", "Box 1", "123 45",
                                "STORSTAD", "+4612345678", "12-31"),
    "periodsaldo_ovnbolag.se": ("Övningsbolaget AB (Ekonomi 60)", "555555-5555", "", "Box 1", "123 45",
                                "STORSTAD", "+4612345678", "12-31"),
    "sie_4.SE": ("Övningsbolaget AB", "555555-5555", "", "Box 1", "123 45", "STORSTAD", "+4612345678",
                 "12-31"),
    "testWrite.se": ("Entreprenad AB", "556060-2345", "", "Elvägen 12", "126 00", "Storstad",
                     "+46812161322", "08-31"),
    "testWrite1.se": ("Entreprenad AB", "556060-2345", "", "Elvägen 12", "126 00", "Storstad",
                      "+46812161322", "08-31"),
    "transaktioner_ovnbolag-bad-balance.se": ("Övningsbolaget AB (Ekonomi 60)", "555555-5555", "", "Box 1",
                                              "123 45", "STORSTAD", "+4612345678", "12-31"),
    "transaktioner_ovnbolag.se": ("Övningsbolaget AB (Ekonomi 60)", "555555-5555", "", "Box 1", "123 45",
                                  "STORSTAD", "+4612345678", "12-31"),
    "typ4.se": ("Övningsföretaget AB", "", "", "", "", "", "", "12-31"),
}  # fmt: skip
WEB_PAGES = {"BokSald.SE", "ObjSald.SE"}
WRONG_CHECK_DIGITS = {
    "XE_SIE_1_20151125094750.SE", "XE_SIE_2_20151125094903.SE", "magenta_bokföring_SIE4E.se",
    "magenta_bokföring_SIE4I.se", "testWrite.se", "testWrite1.se",
}  # fmt: skip
WITHOUT_NUMBER = {"BL0001_typ4I.SI", "SIE_exempelfil.se"}


def preview_one(name: str) -> PreviewedFile:
    return preview_files([SIE_FOLDER / name], today=TODAY).files[0]


def only_row(name: str) -> ImportRow:
    file = preview_one(name)
    assert (file.format, file.encoding, file.problems) == ("sie", "cp437", ())
    (row,) = file.rows
    return row


def test_every_file_of_the_folder_is_expected() -> None:
    assert {path.name for path in SIE_FOLDER.iterdir()} == EXPECTED.keys() | WEB_PAGES
    assert len(EXPECTED) == 26


@pytest.mark.parametrize("name", EXPECTED)
def test_the_company_of_a_real_file(name: str) -> None:
    row = only_row(name).row
    found = (
        row.name,
        format_number(row.number),
        row.contact,
        row.street,
        row.postal_code,
        row.town,
        row.phone,
        row.fiscal_year_end,
    )
    assert found == EXPECTED[name]
    assert row.serial == (1 if name == "typ4.se" else 0)
    assert row.kind == "legal_person"


@pytest.mark.case(25)
@pytest.mark.parametrize("name", EXPECTED)
def test_only_the_numbers_that_are_wrong_are_remarked_and_nothing_is_refused(name: str) -> None:
    row = only_row(name)
    assert row.group == RowGroup.NEW
    assert ("wrong_check_digit" in row.codes) == (name in WRONG_CHECK_DIGITS)
    assert ("empty_number" in row.codes) == (name in WITHOUT_NUMBER)
    assert ("placeholder_number" in row.codes) == (name == "typ4.se")


@pytest.mark.parametrize("name", sorted(WEB_PAGES))
def test_a_saved_web_page_is_refused(name: str) -> None:
    file = preview_one(name)
    assert file.rows == ()
    assert [problem.code for problem in file.problems] == ["not_sie_html"]


def test_all_at_once_the_web_pages_stop_nobody_and_each_company_is_imported_once() -> None:
    preview = preview_files(sorted(SIE_FOLDER.iterdir()), today=TODAY)
    assert len(preview.files) == 28
    assert len(preview.rows) == 26
    imported = [row.row for row in preview.rows if row.will_be_imported]
    keys = [(row.number, row.kind, row.serial) for row in imported if row.number]
    different = {expected[1] for expected in EXPECTED.values() if expected[1]}
    assert len(keys) == len(set(keys)) == len(different)
    assert {row.name for row in imported if not row.number} == {
        "SEEE Speak Easy Executive English AB",
        "SBMDEMO Lars",
        "Övningsföretaget AB",
    }

"""Files as people send them: encodings, delimiters, headings, and what only claims to be a list."""

from __future__ import annotations

import io
import random
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from app.exchange import excel_workbook, reading
from app.exchange.reading import read_bytes, read_file
from app.exchange.sie_file import read_sie, split_fields
from app.exchange.source_row import NumberColumn, SourceFile

SWEDISH = "Organisationsnummer;Namn;Ort\n556036-0793;Åkes Ägg & Öl AB;Örebro\n"


def codes(file: SourceFile) -> list[str]:
    return [problem.code for problem in file.problems]


@pytest.mark.parametrize(
    ("encoding", "reported"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("cp1252", "cp1252"),
        ("cp437", "cp437"),
        ("mac_roman", "mac_roman"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_a_list_in_any_encoding(encoding: str, reported: str) -> None:
    file = read_bytes("kunder.csv", SWEDISH.encode(encoding))
    assert (file.format, file.encoding, codes(file)) == ("csv", reported, [])
    assert [(row.number, row.name, row.town) for row in file.rows] == [
        ("556036-0793", "Åkes Ägg & Öl AB", "Örebro")
    ]


@pytest.mark.parametrize("encoding", ["cp437", "cp1252", "utf-8"])
def test_sie_in_any_encoding_whatever_the_format_record_says(encoding: str) -> None:
    text = '#FLAGGA 0\r\n#FORMAT PC8\r\n#SIETYP 4\r\n#FNAMN "Åkes Ägg & Öl AB"\r\n#ORGNR 556036-0793\r\n'
    file = read_bytes("export.se", text.encode(encoding))
    assert (file.format, file.encoding, codes(file)) == ("sie", encoding, [])
    assert file.rows[0].name == "Åkes Ägg & Öl AB"


def test_one_broken_byte_does_not_make_utf8_something_else() -> None:
    file = read_bytes("kunder.csv", SWEDISH.encode().replace("Ägg".encode(), b"\xc3gg"))
    assert file.encoding == "utf-8"
    assert "Åkes" in file.rows[0].name
    assert [remark.code for remark in file.rows[0].remarks] == ["unreadable_characters"]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_any_delimiter(delimiter: str) -> None:
    text = f'orgnr{delimiter}namn\n556036-0793{delimiter}"Bröd{delimiter} & Smör AB"\n'
    file = read_bytes("kunder.csv", text.encode())
    assert file.rows[0].name == f"Bröd{delimiter} & Smör AB"
    assert file.rows[0].number == "556036-0793"


def test_excels_sep_line_and_a_title_above_the_heading() -> None:
    text = 'sep=,\nKundlista 2026\n\nKundnr,Namn,Org.nr,E-post\n007,"Alfa, Beta AB",5560360793,a@example.se\n'
    (row,) = read_bytes("kunder.csv", text.encode()).rows
    assert (row.customer_number, row.name, row.number, row.email) == (
        "007", "Alfa, Beta AB", "5560360793", "a@example.se",
    )  # fmt: skip
    assert row.line == 5


def test_headings_in_both_languages_and_what_is_not_used_is_told() -> None:
    swedish = (
        "Kundnummer;Företagsnamn;Organisationsnr;Kontaktperson;E-postadress;Telefonnr;Gatuadress;Postnr;Ort"
        ";Favoritfärg"
    )
    english = (
        "Customer number;Company;Organisation number;Contact person;Email;Phone;Street;Zip code;City;Colour"
    )
    for headings, unused in ((swedish, "Favoritfärg"), (english, "Colour")):
        text = f"{headings}\n1;A;2;C;e@x.se;08-1;S;11122;T;blå"
        file = read_bytes("k.csv", text.encode())
        (row,) = file.rows
        assert (row.customer_number, row.name, row.number, row.contact, row.email, row.phone) == (
            "1", "A", "2", "C", "e@x.se", "08-1",
        )  # fmt: skip
        assert (row.street, row.postal_code, row.town) == ("S", "11122", "T")
        assert file.unused_columns == (unused,)


def test_first_and_last_name_and_the_postal_line_are_put_together() -> None:
    text = "Personnummer;Förnamn;Efternamn;Postadress\n850709-9805;Test;Person;112 64 Stockholm\n"
    (row,) = read_bytes("k.csv", text.encode()).rows
    assert (row.name, row.postal_code, row.town) == ("Test Person", "112 64", "Stockholm")
    assert row.number_column == NumberColumn.PERSONAL
    (row,) = read_bytes("k.csv", b"Namn;Postadress;Ort\nAlfa AB;Box 12;Solna\n").rows
    assert (row.street, row.postal_code, row.town) == ("Box 12", "", "Solna")


def test_a_list_without_headings_is_understood_by_its_numbers() -> None:
    text = "556036-0793;Första bolaget AB;x\n212000-0142;Andra kommunen;y\n"
    file = read_bytes("k.csv", text.encode())
    assert [(row.line, row.number, row.name) for row in file.rows] == [
        (1, "556036-0793", "Första bolaget AB"),
        (2, "212000-0142", "Andra kommunen"),
    ]


def test_a_quotation_mark_that_is_never_closed_does_not_swallow_the_rest() -> None:
    lines = ["Orgnr;Namn", '556036-0793;"Öppet AB'] + [f"212000-0142;Rad {n} AB" for n in range(3000)]
    file = read_bytes("k.csv", "\n".join(lines).encode())
    assert len(file.rows) == 3001
    assert file.rows[0].name == '"Öppet AB'
    assert [remark.code for remark in file.rows[0].remarks] == ["unclosed_quote"]
    assert file.rows[-1].remarks == ()


def test_two_marks_that_are_never_closed_do_not_hide_the_rows_between_them() -> None:
    text = 'Orgnr;Namn\n556036-0793;"Öppet AB\n212000-0142;Mellan AB\n202100-5489;Sist" AB\n'
    rows = read_bytes("k.csv", text.encode()).rows
    assert [row.number for row in rows] == ["556036-0793", "212000-0142", "202100-5489"]


def test_a_list_with_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    assert codes(read_bytes("k.csv", b"Orgnr;Namn\n" + b"556036-0793;Alfa AB\n" * 3)) == ["too_many_rows"]
    assert codes(read_bytes("k.csv", b"\n" * 13 + b"Orgnr;Namn\n1;A")) == ["too_many_rows"]
    assert codes(read_bytes("k.csv", b"Orgnr;Namn\n" + b"556036-0793;Alfa AB\n" * 2)) == []


def test_line_breaks_inside_a_cell_are_kept_together() -> None:
    (row,) = read_bytes("k.csv", 'Orgnr;Namn\n556036-0793;"Två\nrader AB"\n'.encode()).rows
    assert row.name == "Två\nrader AB"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("x.SE", b"<!DOCTYPE HTML PUBLIC><html><body>404</body></html>", "not_sie_html"),
        ("x.se", b"\xef\xbb\xbf  \r\n<HTML><head>", "not_sie_html"),
        ("x.csv", b"<html><body>Logga in</body></html>", "web_page"),
        ("x.sie", b'<?xml version="1.0"?><Sie xmlns="http://www.sie.se/sie5">', "sie5_not_supported"),
        ("x.csv", b"", "empty_file"),
        ("x.csv", b"  \r\n\r\n", "empty_file"),
        ("x.se", b"hej hopp\r\nutan poster", "not_sie"),
        ("x.csv", b"en rad text utan kolumner", "no_columns"),
        ("x.csv", b"Orgnr;Namn\n", "no_rows"),
        ("x.csv", bytes(range(256)) * 20, "unreadable_encoding"),
        ("x.csv", b"\x00\x01\x02\x03" * 300, "unreadable_encoding"),
        ("x.pdf", b"%PDF-1.7 ...", "unknown_format"),
        ("x.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_excel"),
        ("x.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
         "password_protected"),
        ("x.xlsx", b"PK\x03\x04 not a zip at all", "unknown_format"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_has_one_reason_and_no_rows(name: str, data: bytes, code: str) -> None:
    file = read_bytes(name, data)
    assert codes(file) == [code]
    assert file.rows == ()


def test_the_content_decides_and_a_wrong_ending_is_told() -> None:
    sie = b'#FLAGGA 0\r\n#FNAMN "Alfa AB"\r\n#ORGNR 556036-0793\r\n'
    file = read_bytes("alfa.csv", sie)
    assert (file.format, codes(file), file.rows[0].name) == ("sie", ["wrong_extension"], "Alfa AB")
    file = read_bytes("kunder.SE", SWEDISH.encode())
    assert (file.format, codes(file), len(file.rows)) == ("csv", ["wrong_extension"], 1)
    file = read_bytes("kunder.csv", workbook([["Orgnr", "Namn"], ["556036-0793", "Alfa AB"]]))
    assert (file.format, codes(file), len(file.rows)) == ("xlsx", ["wrong_extension"], 1)
    assert codes(read_bytes("kunder.txt", SWEDISH.encode())) == []
    assert codes(read_bytes("alfa.txt", sie)) == []


def test_files_that_are_missing_or_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert codes(read_file(tmp_path / "borta.csv")) == ["file_not_found"]
    assert codes(read_file(tmp_path)) == ["file_not_readable"]
    large = tmp_path / "stor.csv"
    large.write_bytes(SWEDISH.encode())
    monkeypatch.setattr(reading, "MOST_BYTES", 10)
    assert codes(read_file(large)) == ["file_too_large"]


def workbook(*sheets: list[list[object]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Blad {number}")
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_workbook_with_numbers_as_numbers_and_the_list_on_the_second_sheet() -> None:
    data = workbook(
        [["Läs mig"], ["Listan är på nästa blad"]],
        [["Kundnr", "Namn", "Orgnr", "Postnr", "Ort"], [7, "Åkes Ägg AB", 5560360793, 11264, "Stockholm"]],
    )
    file = read_bytes("kunder.xlsx", data)
    (row,) = file.rows
    assert (file.format, codes(file)) == ("xlsx", [])
    assert (row.customer_number, row.name, row.number, row.postal_code) == (
        "7", "Åkes Ägg AB", "5560360793", "11264",
    )  # fmt: skip


def repacked(data: bytes, part: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, content if info.filename == part else old.read(info))
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_a_workbook_that_would_fill_the_memory_is_not_unpacked() -> None:
    data = repacked(workbook([["Orgnr", "Namn"]]), SHEET, b"<x>" + b" " * 300_000_000)
    assert len(data) < 1_000_000
    assert codes(read_bytes("kunder.xlsx", data)) == ["unsafe_workbook"]


def test_a_workbook_packed_far_too_well_is_not_unpacked() -> None:
    data = repacked(workbook([["Orgnr", "Namn"]]), SHEET, b"<x>" + b" " * 30_000_000)
    assert codes(read_bytes("kunder.xlsx", data)) == ["unsafe_workbook"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_workbook_with_entities_is_not_parsed(encoding: str) -> None:
    laughs = '<?xml version="1.0"?>' + " " * 70_000 + '<!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>'
    data = repacked(workbook([["Orgnr", "Namn"]]), SHEET, laughs.encode(encoding))
    assert codes(read_bytes("kunder.xlsx", data)) == ["unsafe_workbook"]


MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
START, END = f"<worksheet {MAIN}><sheetData>".encode(), b"</sheetData></worksheet>"
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
NOISE = random.Random(7).randbytes(300_000)


def remade(parts: dict[str, bytes], *, packed: bool = True) -> bytes:
    """Return a workbook with these parts in the place of its own, or beside them."""
    stream = io.BytesIO()
    kind = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    whole = workbook([["Orgnr", "Namn"], ["556036-0793", "Alfa AB"]])
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(stream, "w", kind) as new:
        for info in old.infolist():
            if info.filename not in parts:
                new.writestr(info.filename, old.read(info))
        for name, content in parts.items():
            new.writestr(name, content)
    return stream.getvalue()


def under_another_name(content: bytes) -> dict[str, bytes]:
    """Return parts that let the sheet lie where its name does not say that it is XML."""
    parts = {SHEET: b"", "xl/worksheets/sheet1.dat": content}
    with zipfile.ZipFile(io.BytesIO(workbook([["Orgnr"]]))) as old:
        for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
            parts[name] = old.read(name).replace(b"sheet1.xml", b"sheet1.dat")
    return parts


def laughing(start: str = "") -> bytes:
    return (
        f'{start}<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]><worksheet {MAIN}><sheetData><row r="1">'
        '<c t="inlineStr"><is><t>&a9;</t></is></c></row></sheetData></worksheet>'
    ).encode()


HOSTILE: dict[str, Callable[[], bytes]] = {
    "well packed beside a large picture": lambda: remade(
        {SHEET: START + b"<row/>" * 2_000_000 + END, "xl/media/image1.png": NOISE}
    ),
    "many small parts": lambda: remade({f"xl/x{number}.xml": b"<a/>" for number in range(2_100)}),
    "a row of a million cells": lambda: remade({SHEET: START + b"<row>" + b"<c/>" * 1_000_001}),
    "a row of a million cells, and rows in comments": lambda: remade(
        {SHEET: START + b"<row>" + (b"<c/>" * 10_000 + b"<!--<row>-->") * 101}
    ),
    "too many tags of text": lambda: remade({"xl/sharedStrings.xml": b"<sst>" + b"<t/>" * 1_000_001}),
    "a cell of two megabytes": lambda: remade({SHEET: START + b"<row><c><v>" + b"1" * (2 << 20)}),
    "billion laughs": lambda: remade({SHEET: laughing()}),
    "billion laughs in the styles": lambda: remade({"xl/styles.xml": laughing('<?xml version="1.0"?>')}),
    "billion laughs under another name": lambda: remade(under_another_name(laughing("\n "))),
    "declares more than it may have": lambda: remade(
        {f"xl/media/{number}.png": bytes(13 << 20) for number in range(10)}
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook_is_refused_before_anything_of_it_is_in_memory(name: str) -> None:
    """No time is measured: what is refused was read at most once, chunk by chunk, and never parsed."""
    data = HOSTILE[name]()
    assert len(data) < 3_000_000
    tracemalloc.start()
    try:
        file = read_bytes("kunder.xlsx", data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert codes(file) == ["unsafe_workbook"]
    assert file.rows == ()
    assert peak < 8_000_000


def test_a_large_honest_workbook_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: many more tags than may be together, rows that are much alike, a part that is no XML."""
    monkeypatch.setattr(excel_workbook, "MOST_MARKS_TOGETHER", 10_000)
    row = b'<x:row><x:c t="inlineStr"><x:is><x:t>%s</x:t></x:is></x:c></x:row>' + b"<x:e/>" * 60
    rows = row % b"Namn" + b"".join(row % b"Bolag %d AB" % number for number in range(1_500))
    start = START.replace(b"xmlns=", b"xmlns:x=").replace(b"<", b"<x:")
    sheet = start + rows + END.replace(b"</", b"</x:")
    assert sheet.count(b"<") > 100_000
    file = read_bytes("kunder.xlsx", remade({SHEET: sheet, "xl/media/a.emf": b"\1\0\0\0"}))
    assert (codes(file), len(file.rows)) == ([], 1_500)


def test_an_xml_that_is_nested_without_end_is_a_sentence() -> None:
    deep = f"<styleSheet {MAIN}>".encode() + b"<a>" * 300_000
    assert codes(read_bytes("kunder.xlsx", remade({"xl/styles.xml": deep}))) == ["broken_workbook"]


def test_a_damaged_workbook_is_a_sentence() -> None:
    data = repacked(workbook([["Orgnr", "Namn"]]), SHEET, b"<worksheet><row")
    assert codes(read_bytes("kunder.xlsx", data)) == ["broken_workbook"]
    whole = workbook([["Orgnr", "Namn"], ["556036-0793", "Alfa AB"]])
    assert codes(read_bytes("kunder.xlsx", whole[: len(whole) // 2])) == ["unknown_format"]


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ('"a" "b c"', ["a", "b c"]),
        ('\t"a"\t\tb  c', ["a", "b", "c"]),
        (r'"a \"b\" c" d', ['a "b" c', "d"]),
        (r'"C:\\mapp\\" "b"', ["C:\\mapp\\", "b"]),
        (r'"C:\mapp"', [r"C:\mapp"]),
        ('"" ""', ["", ""]),
        ('"   " "x  y "', ["", "x y"]),
        ('"utan slut', ["utan slut"]),
        ("", []),
    ],
)
def test_fields_of_a_sie_record(text: str, fields: list[str]) -> None:
    assert split_fields(text) == fields


def test_sie_records_in_any_order_case_and_indentation_and_the_first_filled_one_counts() -> None:
    lines = (
        "  #sietyp 4", "#RAR -1 20240101 20241231", "#ORGNR", '#FNAMN ""', '#fnamn "Alfa AB"',
        "#ORGNR 556036-0793 2", '#FNAMN "Beta AB"', "#RAR 0 20250701 20260630", '#FTYP "E"',
    )  # fmt: skip
    text = "\n".join(lines)
    company = read_sie(text.encode())
    assert company is not None
    row = company.row
    assert (row.name, row.number, row.serial, row.legal_form) == ("Alfa AB", "556036-0793", "2", "E")
    assert (row.fiscal_year_end, company.sie_type, row.line) == ("06-30", "4", 5)

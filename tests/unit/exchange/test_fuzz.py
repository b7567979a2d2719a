"""Nothing that stands in a file makes the import fall over: it gives rows, or it says what is wrong."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.domain.commands import entity_of
from app.domain.identity import is_personal
from app.exchange.commands import make_payloads
from app.exchange.preview import ImportPreview, RowGroup, preview_sources
from app.exchange.reading import read_bytes

TODAY = date(2026, 11, 23)
SIE_FOLDER = Path(__file__).parents[2] / "data" / "sie"
SAMPLES = [path.read_bytes()[:3000] for path in sorted(SIE_FOLDER.iterdir())]

names = st.sampled_from(["x.se", "x.si", "x.csv", "x.xlsx", "x.txt", "x", "x.pdf", "åäö.SE"])
cells = st.one_of(
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=25),
    st.from_regex(r"[+0-9 ()-]{6,14}", fullmatch=True),
    st.sampled_from(["850709-9805", "556036-0793", '"', "=1+1", "AB", "anna@example.se", "112 64", "\u202e"]),
)
headings = st.sampled_from(
    ["Orgnr", "Namn", "E-post", "Telefon", "Postnr", "Ort", "Kundtyp", "Personnr", "Löpnr", "Bokslut", "Land"]
)


def look_at(name: str, data: bytes) -> ImportPreview:
    source = read_bytes(name, data)
    preview = preview_sources([source], today=TODAY)
    (file,) = preview.files
    assert file.rows or file.problems
    for row in preview.rows:
        assert row.group != RowGroup.INVALID or row.remarks
        assert row.row.name or row.group == RowGroup.INVALID
        if is_personal(row.row.number):
            assert row.row.number[-4:] not in row.row.typed_number
        assert all(entity_of(payload) for payload in make_payloads(row))
    return preview


@given(names, st.binary(max_size=600))
@example("x.csv", b"\xff\xfeA")
@example("x.csv", b"\xfe\xff\x00")
@example("x.csv", b"sep=")
@example("x.csv", b"sep=\x00\nOrgnr\x00Namn")
@example("x.csv", b'"')
@example("x.xlsx", b"PK\x05\x06" + b"\0" * 18)
@example("x.se", b"#FLAGGA")
@example("x.se", b"#FLAGGA 0\n#FNAMN\n#ORGNR\n#ADRESS\n#RAR\n")
def test_any_bytes_under_any_name(name: str, data: bytes) -> None:
    look_at(name, data)


@given(names, st.text(max_size=400), st.sampled_from(["utf-8", "utf-16", "cp437", "cp1252", "utf-7"]))
def test_any_text_in_any_encoding(name: str, text: str, encoding: str) -> None:
    look_at(name, text.encode(encoding, errors="replace"))


@given(st.sampled_from(SAMPLES), st.integers(0, 2999), st.binary(max_size=12), st.integers(0, 40))
def test_real_sie_files_with_damage(sample: bytes, where: int, put: bytes, drop: int) -> None:
    look_at("x.se", sample[:where] + put + sample[where + drop :])


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["FNAMN", "ORGNR", "ADRESS", "FTYP", "RAR", "SIETYP", "KONTO", "FLAGGA"]),
            st.lists(cells, max_size=5),
            st.sampled_from([" ", "\t", "  "]),
            st.booleans(),
        ),
        max_size=12,
    )
)
def test_sie_records_with_anything_in_their_fields(
    records: list[tuple[str, list[str], str, bool]],
) -> None:
    lines = ["#FLAGGA 0"]
    for label, fields, blank, quoted in records:
        written = [f'"{field}"' if quoted else field for field in fields]
        lines.append(f"#{label}{blank}{blank.join(written)}")
    preview = look_at("x.se", "\r\n".join(lines).encode("utf-8"))
    assert len(preview.rows) == 1


@given(
    st.lists(headings, min_size=1, max_size=6, unique=True),
    st.lists(st.lists(cells, max_size=7), max_size=8),
    st.sampled_from([";", ",", "\t"]),
)
@settings(max_examples=200)
def test_lists_with_anything_in_their_cells(
    columns: list[str], rows: list[list[str]], delimiter: str
) -> None:
    lines = [delimiter.join(columns), *(delimiter.join(row) for row in rows)]
    look_at("x.csv", "\n".join(lines).encode("utf-8"))


@given(
    st.dictionaries(
        st.sampled_from(["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml", "xl/x"]),
        st.one_of(st.binary(max_size=60), st.sampled_from([b"<worksheet/>", b"<a><b/></a>", b"<?xml?>"])),
    )
)
def test_any_zip_that_calls_itself_a_workbook(parts: dict[str, bytes]) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    look_at("x.xlsx", stream.getvalue())

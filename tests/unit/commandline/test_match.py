"""`match`: from two lists to suggestions with stable columns."""

from __future__ import annotations

import csv
import json
from argparse import Namespace
from pathlib import Path

import pytest

from app.commandline.match import OUTPUT_COLUMNS, read_rows, run
from app.errors import SamverkaError, UsageError

CUSTOMERS = """\
customer_id,name,organisation_number,serial,email,phone,postal_code,town,web_domain,vendor_customer_number,engagements
C1,Björk & Co AB,556036-0793,,info@bjork.example,08-465 004 00,111 22,Stockholm,,7001,Löpande bokföring 2026
C2,Björk och Co i Lund AB,556016-0680,,,,222 22,Lund,,,bookkeeping:2026; year_end 2025
C3,Annas Bageri,850709-9805,1,anna@bageri.example,,,,,,payroll
"""
UNLINKED = """\
town;name;organisation_number;collaboration_id;service
Stockholm;BJÖRK O CO AKTIEBOLAG;5560360793;A;eekonomi
;Bjork och Co;556016-0608;B;Visma eEkonomi
;Annas Bageri;;C;Lön
;Något Helt Annat;212000-0142;D;Scanner
"""


def match(
    tmp_path: Path, customers: str = CUSTOMERS, unlinked: str = UNLINKED, **more: bool
) -> list[dict[str, str]]:
    files = {"customers": tmp_path / "customers.csv", "unlinked": tmp_path / "unlinked.csv"}
    files["customers"].write_text(customers, encoding="utf-8")
    files["unlinked"].write_text(unlinked, encoding="cp1252")
    output = tmp_path / "output.csv"
    words = {name: str(path) for name, path in files.items()}
    assert run(Namespace(**words, output=str(output), json=more.get("json", False), spoken="sv")) == 0
    with output.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        assert tuple(reader.fieldnames or ()) == OUTPUT_COLUMNS
        return list(reader)


def first(rows: list[dict[str, str]], collaboration_id: str) -> dict[str, str]:
    return next(row for row in rows if row["collaboration_id"] == collaboration_id)


def test_every_collaboration_is_in_the_output_with_its_band(tmp_path: Path) -> None:
    rows = match(tmp_path)
    assert [first(rows, id_)["band"] for id_ in "ABCD"] == ["certain", "likely", "likely", "none"]
    assert [first(rows, id_)["customer_id"] for id_ in "ABCD"] == ["C1", "C2", "C3", ""]
    assert first(rows, "D")["rank"] == ""


def test_ranks_and_reasons_sum_to_the_score(tmp_path: Path) -> None:
    rows = match(tmp_path)
    of_b = [row for row in rows if row["collaboration_id"] == "B"]
    assert [row["rank"] for row in of_b] == [str(n) for n in range(1, len(of_b) + 1)]
    for row in rows:
        points = [int(reason.rpartition(":")[2]) for reason in row["reasons"].split(";") if reason]
        assert sum(points) == int(row["score"])


def test_columns_may_be_missing(tmp_path: Path) -> None:
    rows = match(tmp_path, "name,organisation_number\nBjörk & Co AB,556036-0793\n", "name\nBjörk & Co\n")
    assert (rows[0]["collaboration_id"], rows[0]["customer_id"]) == ("line 2", "556036-0793")
    assert rows[0]["band"] == "likely"


def test_the_summary_is_one_json_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    match(tmp_path, json=True)
    assert json.loads(capsys.readouterr().out) == {
        "customers": 3,
        "unlinked": 4,
        "bands": {"certain": 1, "likely": 2, "unclear": 0, "none": 1},
    }


@pytest.mark.parametrize(
    ("content", "code"), [(None, "file_not_found"), (b"a,b\n1,2\n", "no_columns"), (b"\n", "empty_file")]
)
def test_a_file_that_cannot_be_used_is_told(tmp_path: Path, content: bytes | None, code: str) -> None:
    path = tmp_path / "list.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SamverkaError, match=code):
        read_rows(path)


def test_a_list_that_is_read_is_not_written_over(tmp_path: Path) -> None:
    customers, unlinked = tmp_path / "customers.csv", tmp_path / "unlinked.csv"
    customers.write_text(CUSTOMERS, encoding="utf-8")
    unlinked.write_text(UNLINKED, encoding="utf-8")
    for output in (customers, tmp_path / ".." / tmp_path.name / "unlinked.csv"):
        words = Namespace(
            customers=str(customers), unlinked=str(unlinked), output=str(output), json=False, spoken="sv"
        )
        with pytest.raises(UsageError, match="output_is_input"):
            run(words)
    assert customers.read_text(encoding="utf-8") == CUSTOMERS
    assert unlinked.read_text(encoding="utf-8") == UNLINKED


@pytest.mark.parametrize(
    ("customers", "unlinked", "status", "said"),
    [
        ("name\n", "name\nA\n", 1, "customers.csv: Det finns rubriker men inga rader."),
        ("name\nA\n", "name\n", 0, "unlinked.csv: Det finns rubriker men inga rader."),
        ("name\nA\n", "name\nA\n", 0, "har något uppdrag (kolumnen engagements)"),
        ("name,engagements\nA,Lön\n", "name\nA\n", 0, ""),
    ],
)
def test_what_a_list_lacks_is_said_beside_the_result(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], customers: str, unlinked: str, status: int, said: str
) -> None:
    (tmp_path / "customers.csv").write_text(customers, encoding="utf-8")
    (tmp_path / "unlinked.csv").write_text(unlinked, encoding="utf-8")
    files = {name: str(tmp_path / f"{name}.csv") for name in ("customers", "unlinked", "output")}
    assert run(Namespace(**files, json=True, spoken="sv")) == status
    told = capsys.readouterr()
    assert set(json.loads(told.out)) == {"customers", "unlinked", "bands"}
    assert said in told.err if said else told.err == ""


def test_an_output_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("name\nA\n", encoding="utf-8")
    file = str(tmp_path / "list.csv")
    words = Namespace(
        customers=file, unlinked=file, output=str(tmp_path / "no" / "out.csv"), json=False, spoken="sv"
    )
    with pytest.raises(SamverkaError, match="file_not_written"):
        run(words)


@pytest.mark.parametrize(
    "data",
    [
        "sep=;\r\nName;Organisation number\r\nBjörk & Co AB;556036-0793\r\n".encode("utf-16"),
        "organisationsnummer\tnamn\n5560360793\tBjörk & Co AB\n".encode("cp1252"),
        "\ufeffnamn|orgnr\nBjörk & Co AB|16556036-0793\n".encode(),
        'name;organisation_number\n"Björk & Co AB";"556036-0793"\n'.encode("cp437"),
    ],
)
def test_lists_are_read_as_programs_write_them(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(data)
    [row] = read_rows(path)
    assert row["name"].strip('"') == "Björk & Co AB"
    assert row["organisation_number"].replace("-", "").endswith("5560360793")


def test_a_quotation_mark_that_is_never_closed_swallows_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        'name,organisation_number\n"Björk AB,556036-0793\nDahl AB,556016-0680\nEk AB,\n', encoding="utf-8"
    )
    assert [row["organisation_number"] for row in read_rows(path)][1:] == ["556016-0680", ""]


def test_rows_with_one_id_are_one_customer_and_rows_with_one_number_are_two(tmp_path: Path) -> None:
    unlinked = "name;organisation_number;service\nBjörk & Co;556036-0793;eekonomi\n"
    heading = "customer_id,name,organisation_number,email,engagements\n"
    once = "C1,Björk & Co AB,556036-0793,,Löpande bokföring 2026\nC1,Björk & Co AB,,info@bjork.example,Lön\n"
    assert first(match(tmp_path, heading + once, unlinked), "line 2")["band"] == "certain"
    twice = "C1,Björk & Co AB,556036-0793,,bookkeeping\nC2,Björk & Co AB,556036-0793,,bookkeeping\n"
    assert first(match(tmp_path, heading + twice, unlinked), "line 2")["band"] == "unclear"
    nameless = "name,organisation_number\nBjörk & Co AB,556036-0793\nBjörk & Co,556036-0793\n"
    found = match(tmp_path, nameless, unlinked)
    assert [row["customer_id"] for row in found] == ["556036-0793", "line 3"]
    assert {row["band"] for row in found} == {"unclear"}


def test_a_personal_number_is_no_ones_id_in_the_output(tmp_path: Path) -> None:
    customers = "name,organisation_number\nAnnas Bageri,850709-9805\n"
    [row] = match(
        tmp_path, customers, "name,organisation_number\nAnnas Bageri,8507099805\n".replace(",", ";")
    )
    assert row["customer_id"] == "line 2"
    assert "9805" not in "".join(row.values())


@pytest.mark.parametrize("unlinked", ["name;email\n", "email;phone\n;\n;;;;;\n", "name\n\n\n"])
def test_a_list_without_rows_gives_none(tmp_path: Path, unlinked: str) -> None:
    assert match(tmp_path, CUSTOMERS, unlinked) == []

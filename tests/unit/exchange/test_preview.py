"""What an import would do with each row, and why."""

from __future__ import annotations

from datetime import date
from itertools import count
from pathlib import Path

import pytest

from app.domain.commands import AddContact, CreateCustomer, UpdateContact, UpdateCustomer
from app.domain.limits import check_limits
from app.domain.records import Address, Contact, Customer, CustomerKind
from app.exchange.commands import ImportPayload, make_payloads
from app.exchange.known_customers import CustomerIndex, KnownCustomer
from app.exchange.preview import ImportPreview, ImportRow, RowGroup, preview_files, preview_sources
from app.exchange.reading import read_bytes

TODAY = date(2026, 11, 23)
ORGANISATIONS = Path(__file__).parents[2] / "data" / "organisations.csv"


def preview(*lists: str, known: CustomerIndex | None = None) -> ImportPreview:
    sources = [read_bytes(f"lista{n}.csv", text.encode()) for n, text in enumerate(lists, start=1)]
    return preview_sources(sources, known, today=TODAY)


def only(text: str, known: CustomerIndex | None = None) -> ImportRow:
    (row,) = preview(text, known=known).rows
    return row


def payloads_of(*rows: ImportRow) -> list[ImportPayload]:
    numbers = count(1)
    return [
        payload for row in rows for payload in make_payloads(row, lambda prefix: f"{prefix}_{next(numbers)}")
    ]


ALFA = KnownCustomer(
    Customer(
        id="cu_alfa",
        customer_number="A35",
        name="Alfa AB",
        organisation_number="165560360793",
        address=Address(street="Storgatan 1", postal_code="112 64", town="Stockholm"),
    ),
    (Contact(id="ct_a", customer_id="cu_alfa", name="Anna Alm", email="anna@example.se", is_main=True),),
)
KNOWN = CustomerIndex([ALFA])


@pytest.mark.case(25)
def test_wrong_check_digit_only_warns() -> None:
    row = only("orgnr;namn\n559123-4567;Alfa AB")
    assert (row.group, row.codes) == (RowGroup.NEW, ("wrong_check_digit",))
    assert row.row.number == "165591234567"


@pytest.mark.case(26)
def test_phone_number_as_organisation_number_is_invalid_and_kept_as_the_phone() -> None:
    row = only("orgnr;namn\n070-123 45 67;Alfa AB")
    assert (row.group, row.codes) == (RowGroup.INVALID, ("phone_as_organisation_number",))
    assert (row.row.number, row.row.phone) == ("", "+46701234567")
    assert payloads_of(row) == []


def test_personal_number_among_organisation_numbers_is_told_and_read_as_a_sole_firm() -> None:
    row = only("orgnr;namn\n850709-9805;Testsson Bygg")
    assert (row.group, row.codes) == (RowGroup.NEW, ("personal_number_as_organisation_number",))
    assert (row.row.kind, row.row.number) == (CustomerKind.SOLE_FIRM, "198507099805")
    assert row.row.typed_number == "850709-••••"
    assert row.remarks[0].data == {"number": "850709-••••"}


@pytest.mark.parametrize(
    ("heading", "form", "kind", "warned"),
    [
        ("personnummer", "", CustomerKind.PRIVATE_PERSON, False),
        ("org/personnr", "", CustomerKind.SOLE_FIRM, False),
        ("orgnr", "Enskild firma", CustomerKind.SOLE_FIRM, False),
        ("orgnr", "Privatperson", CustomerKind.PRIVATE_PERSON, False),
        ("orgnr", "Dödsbo", CustomerKind.ESTATE, False),
        ("orgnr", "AB", CustomerKind.SOLE_FIRM, True),
    ],
)
def test_the_kind_of_a_person_follows_the_list(
    heading: str, form: str, kind: CustomerKind, *, warned: bool
) -> None:
    row = only(f"{heading};namn;kundtyp\n850709-9805;Test Testsson;{form}")
    assert row.row.kind == kind
    assert ("personal_number_as_organisation_number" in row.codes) == warned


def test_a_company_name_with_a_personal_number_is_told_in_any_column() -> None:
    row = only("org/personnr;namn\n850709-9805;Testssons Bygg AB")
    assert row.codes == ("personal_number_as_organisation_number",)


@pytest.mark.case(20)
def test_one_person_as_private_customer_and_two_sole_firms() -> None:
    people = ("850709-9805;Test P;privat;", "850709-9805;Firma 1;EF;1", "850709-9805;Firma 2;EF;2")
    text = "\n".join(("personnr;namn;kundtyp;löpnr", *people))
    rows = preview(text).rows
    assert [(row.row.kind, row.row.serial, row.codes) for row in rows] == [
        ("private_person", 0, ()),
        ("sole_firm", 1, ()),
        ("sole_firm", 2, ()),
    ]
    assert len(payloads_of(*rows)) == 3


@pytest.mark.case(23)
def test_association_without_number() -> None:
    row = only("orgnr;namn;kundtyp\n;Byalaget;Förening utan organisationsnummer")
    assert (row.group, row.codes, row.row.kind) == (RowGroup.NEW, (), "association_without_number")


@pytest.mark.case(24)
@pytest.mark.parametrize("line", ["NO 974 760 673;Fjord AS;", "974760673;Fjord AS;Norge", ";Fjord AS;NO"])
def test_foreign_company(line: str) -> None:
    row = only(f"orgnr;namn;land\n{line}")
    assert (row.group, row.row.kind, row.codes) == (RowGroup.NEW, CustomerKind.FOREIGN, ())


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("5,56036E+09", "not_a_number"),
        ("55603607", "wrong_length"),
        ("750231-0241", "impossible_date"),
        ("850709-0003", "birth_number_zero"),
    ],
)
def test_a_number_that_cannot_be_one_makes_the_row_invalid(number: str, code: str) -> None:
    row = only(f"orgnr;namn\n{number};Alfa AB")
    assert (row.group, row.codes, row.row.number) == (RowGroup.INVALID, (code,), "")


def test_zeros_that_a_spreadsheet_took_are_given_back() -> None:
    assert only("orgnr;namn\n21004619;Rotary Lomma").row.number == "160021004619"
    assert only("orgnr;namn\n5560360793.0;Alfa AB").row.number == "165560360793"


def test_numbers_of_persons_are_never_shown_whole_in_a_remark() -> None:
    for number in ("750231-0241", "850709-9806", "19850709-9806", "8507090003", "se 850709-9805"):
        row = only(f"orgnr;namn\n{number};Alfa AB")
        assert row.remarks
        assert all(number[-4:] not in value for remark in row.remarks for value in remark.data.values())


def test_empty_name_is_invalid_and_the_rest_goes_on() -> None:
    rows = preview("orgnr;namn\n556036-0793;\n212000-0142;Kommunen\n202100-5489;--").rows
    assert [(row.group, row.codes) for row in rows] == [
        (RowGroup.INVALID, ("empty_name",)),
        (RowGroup.NEW, ()),
        (RowGroup.INVALID, ("empty_name",)),
    ]


def test_duplicates_in_a_file_and_between_files_are_shown_once_imported() -> None:
    one = "orgnr;namn\n556036-0793;Alfa AB\n5560360793;Alfa Aktiebolag"
    two = "orgnr;namn\n16556036-0793;Alfa"
    rows = preview(one, two).rows
    assert [row.codes for row in rows] == [(), ("duplicate_in_file",), ("duplicate_in_import",)]
    assert rows[1].remarks[0].data["line"] == "2"
    assert rows[2].remarks[0].data["file"] == "lista1.csv"
    assert [type(payload) for payload in payloads_of(*rows)] == [CreateCustomer]


def test_two_files_of_one_name_are_two_files() -> None:
    source = read_bytes("lista.csv", b"orgnr;namn\n556036-0793;Alfa AB")
    rows = preview_sources([source, source], today=TODAY).rows
    assert [row.codes for row in rows] == [(), ("duplicate_in_import",)]


def test_equal_names_with_different_numbers_are_different_customers() -> None:
    rows = preview("orgnr;namn\n556036-0793;Röda Korset\n212000-0142;Röda Korset\n;Röda Korset").rows
    assert [row.codes for row in rows] == [(), (), ("empty_number", "same_name")]


def test_contact_details_that_do_not_work_are_told_and_left_out() -> None:
    row = only("orgnr;namn;e-post;tel;postnr\n556036-0793;Alfa AB;anna@;ring;12")
    assert row.codes == ("invalid_email", "invalid_phone", "invalid_postal_code")
    assert (row.group, row.row.email, row.row.phone, row.row.postal_code) == (RowGroup.NEW, "", "", "12")


@pytest.mark.parametrize(
    ("written", "stored"),
    [("2025-06-30", "06-30"), ("0630", "06-30"), ("30/6", "06-30"), ("juni", "06-30"), ("6", "06-30"),
     ("2024-02-29", "02-28"), ("13", ""), ("när som", "")],
)  # fmt: skip
def test_fiscal_year_end(written: str, stored: str) -> None:
    row = only(f"orgnr;namn;bokslut\n556036-0793;Alfa AB;{written}")
    assert row.row.fiscal_year_end == stored
    assert ("invalid_fiscal_year_end" in row.codes) == (stored == "")


def test_a_known_customer_with_nothing_new_is_the_same() -> None:
    row = only("orgnr;namn;ort;e-post\n5560360793;Alfa AB;Stockholm;ANNA@example.se", KNOWN)
    assert (row.group, row.differences, payloads_of(row)) == (RowGroup.SAME, (), [])


def test_a_known_customer_with_changes_says_which_and_makes_updates_of_just_them() -> None:
    row = only("orgnr;namn;ort;tel\n5560360793;Alfa AB;Solna;08-381473", KNOWN)
    assert row.group == RowGroup.CHANGED
    assert [(d.field, d.before, d.after) for d in row.differences] == [
        ("town", "Stockholm", "Solna"),
        ("phone", "", "+468381473"),
    ]
    update, contact = payloads_of(row)
    assert isinstance(update, UpdateCustomer)
    assert update.customer_id == "cu_alfa"
    assert list(update.set) == ["address"]
    assert update.set["address"]["from"]["town"] == "Stockholm"
    assert update.set["address"]["to"]["town"] == "Solna"
    assert isinstance(contact, UpdateContact)
    assert contact.set == {"phone": {"from": "", "to": "+468381473"}}


def test_a_new_person_at_a_known_customer_is_added_and_is_not_made_main() -> None:
    row = only("orgnr;namn;kontakt;e-post\n5560360793;Alfa AB;Bo Berg;bo@example.se", KNOWN)
    (payload,) = payloads_of(row)
    assert isinstance(payload, AddContact)
    assert payload.contact == Contact(
        id="ct_1", customer_id="cu_alfa", name="Bo Berg", email="bo@example.se", is_main=False
    )


def test_a_known_customer_number_gets_its_organisation_number() -> None:
    known = CustomerIndex([KnownCustomer(Customer(id="cu_b", customer_number="007", name="Beta AB"))])
    row = only("kundnr;orgnr;namn\n007;556036-0793;Beta AB", known)
    assert [(d.field, d.after) for d in row.differences] == [("organisation_number", "165560360793")]
    assert only("kundnr;orgnr;namn\n7;556036-0793;Beta AB", known).known is None


def test_a_customer_number_of_another_company_is_told() -> None:
    row = only("kundnr;orgnr;namn\nA35;212000-0142;Kommunen", KNOWN)
    assert (row.group, row.codes) == (RowGroup.NEW, ("customer_number_taken",))


def test_one_customer_number_for_two_companies_of_a_file_is_told() -> None:
    rows = preview("kundnr;orgnr;namn\n1;556036-0793;Alfa AB\n1;212000-0142;Kommunen").rows
    assert [row.codes for row in rows] == [(), ("customer_number_taken",)]
    assert rows[1].remarks[0].data == {"name": "Alfa AB"}


def test_a_new_customer_with_its_contact() -> None:
    headings = "kundnr;orgnr;namn;bolagsform;kontakt;e-post;tel;adress;postnr;ort"
    values = "12;5560360793;Alfa AB;aktiebolag;Anna Alm;anna@example.se;08-381473;Storgatan 1;11264;Stockholm"
    text = f"{headings}\n{values}"
    (payload,) = payloads_of(only(text))
    assert isinstance(payload, CreateCustomer)
    assert payload.customer == Customer(
        id="cu_1",
        customer_number="12",
        name="Alfa AB",
        legal_form="AB",
        organisation_number="165560360793",
        address=Address(street="Storgatan 1", postal_code="112 64", town="Stockholm"),
    )
    assert payload.contacts == (
        Contact(
            id="ct_2",
            customer_id="cu_1",
            name="Anna Alm",
            email="anna@example.se",
            phone="+468381473",
            is_main=True,
        ),
    )


def test_a_detail_that_no_command_can_carry_is_told_and_left_out() -> None:
    """Each column with more than anything may have: the customer comes, without them."""
    headings = (
        "kundnr;visma kundnummer;namn;bolagsform;kontakt;e-post;tel;adress;postnr;ort;land;löpnr;kontor"
    )
    values = [("å" * 2_000 if heading != "namn" else "Alfa AB") for heading in headings.split(";")]
    row = only(f"{headings}\n{';'.join(values)}")
    payloads = payloads_of(row)
    assert [type(payload) for payload in payloads] == [CreateCustomer]
    for payload in payloads:
        check_limits(payload)
    told = {remark.data["field"] for remark in row.remarks if remark.code == "long_detail"}
    assert told == {
        "customer_number", "vendor_customer_number", "legal_form", "contact", "street", "postal_code", "town",
        "office",
    }  # fmt: skip


def test_the_longest_legal_form_of_the_official_list_fits() -> None:
    """Statistics Sweden's, code 99."""
    form = "Övriga svenska juridiska personer bildade enligt särskild lagstiftning"
    row = only(f"orgnr;namn;bolagsform\n5560360793;Alfa;{form}")
    (payload,) = payloads_of(row)
    check_limits(payload)
    assert isinstance(payload, CreateCustomer)
    assert (payload.customer.legal_form, row.remarks) == (form, ())


def test_a_phone_without_a_person_belongs_to_a_contact_with_the_customers_name() -> None:
    (payload,) = payloads_of(only("orgnr;namn;tel\n5560360793;Alfa AB;08-381473"))
    assert isinstance(payload, CreateCustomer)
    assert [contact.name for contact in payload.contacts] == ["Alfa AB"]


def test_reading_can_be_stopped_between_files(tmp_path: Path) -> None:
    paths = []
    for number in range(3):
        paths.append(tmp_path / f"{number}.csv")
        paths[-1].write_text("orgnr;namn\n556036-0793;Alfa AB", encoding="utf-8")
    told: list[tuple[int, int]] = []

    def stop_after_one(done: int, total: int) -> bool:
        told.append((done, total))
        return done < 1

    assert len(preview_files(paths, today=TODAY, progress=stop_after_one).files) == 1
    assert told == [(0, 3), (1, 3)]


def test_all_organisations_of_the_public_list_are_new_and_valid() -> None:
    found = preview_files([ORGANISATIONS], today=TODAY)
    assert found.count(RowGroup.NEW) == len(found.rows) == 14_814
    assert {code for row in found.rows for code in row.codes} == set()
    assert found.files[0].unused_columns == ("web_domain",)
    first, last = found.rows[0].row, found.rows[-1].row
    assert (first.name, first.number) == ("Rotary Lomma-Bjärred", "160021004619")
    lines = ORGANISATIONS.read_text(encoding="utf-8").splitlines()
    assert lines[-1].startswith(f"{last.number[2:8]}-{last.number[8:]},")
    assert len(payloads_of(*found.rows)) == 14_814

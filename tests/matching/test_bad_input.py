"""What lists of real firms hold: no crash, nothing *certain* that is not, a reason that can be understood."""

from __future__ import annotations

import dataclasses

import pytest

from app.domain.records import Address, Company, Contact, Customer
from app.matching.index import CustomerIndex
from app.matching.suggestions import Band, FoundCustomer, find_customer


def customer(id_: str, name: str, number: str = "", **more: object) -> Customer:
    return Customer(id=id_, customer_number=id_, name=name, organisation_number=number, **more)  # type: ignore[arg-type]


def found(company: Company, *customers: Customer, email: str = "") -> FoundCustomer:
    index = CustomerIndex()
    for one in customers:
        contacts = [Contact(id=f"ct_{one.id}", customer_id=one.id, name="", email=email)] if email else []
        index.put(one, contacts)
    return find_customer(company, index)


ANNA = customer("cu_1", "Annas Bageri", "198507099805", kind="sole_firm")


@pytest.mark.case(20)
def test_one_person_as_private_customer_and_sole_firm_is_for_a_person_to_choose() -> None:
    private = customer("cu_2", "Anna Ek", "198507099805", kind="private_person")
    answer = found(Company(number="850709-9805", name="Annas Bageri"), ANNA, private)
    assert (answer.band, answer.reason) == (Band.UNCLEAR, "several_with_number")
    assert answer.candidates[0].customer_id == "cu_1"


@pytest.mark.case(21)
@pytest.mark.parametrize(
    "number", ["850709-9805", "8507099805", "19850709-9805", "198507099805", "850709 9805"]
)
def test_a_personal_number_is_the_same_in_every_writing(number: str) -> None:
    answer = found(Company(number=number, name="Annas Bageri"), ANNA)
    assert answer.band == Band.CERTAIN
    assert all("9805" not in row.left + row.right for row in answer.candidates[0].rows)


@pytest.mark.case(21)
@pytest.mark.parametrize("number", ["5560360793", "16556036-0793", "SE556036079301", "556036 0793"])
def test_an_organisation_number_is_the_same_in_every_writing(number: str) -> None:
    answer = found(Company(number=number, name="Dahl"), customer("cu_1", "Dahl AB", "165560360793"))
    assert answer.band == Band.CERTAIN


@pytest.mark.parametrize("number", ["85070998", "850709980", "19850709980", "8507099805012"])
def test_a_personal_number_of_a_wrong_length_is_masked_too(number: str) -> None:
    answer = found(Company(number=number, name="Annas Bageri"), ANNA)
    assert answer.band != Band.CERTAIN
    for candidate in answer.candidates:
        assert number not in [row.left for row in candidate.rows]


@pytest.mark.case(23)
@pytest.mark.parametrize("number", ["", "000000-0000", "saknas", "-"])
def test_an_association_without_a_number_is_found_by_its_name_and_never_certain(number: str) -> None:
    club = customer("cu_1", "Sävsjöströms Hembygdsförening", kind="association_without_number")
    answer = found(Company(number=number, name="SÄVSJÖSTRÖMS HEMBYGDSFÖREN."), club)
    assert answer.band == Band.LIKELY
    assert answer.candidates[0].customer_id == "cu_1"


@pytest.mark.case(24)
def test_a_foreign_company_is_compared_by_its_own_number_and_never_certain() -> None:
    foreign = customer("cu_1", "Nordlys Regnskap AS", "NO 914 778 271", kind="foreign")
    answer = found(Company(number="NO914778271", name="Nordlys Regnskap A/S"), foreign)
    assert (answer.band, answer.reason) == (Band.LIKELY, "number_unchecked")
    assert answer.candidates[0].rows[0].level == "equal"


@pytest.mark.case(26)
def test_a_telephone_number_in_the_place_of_the_number_is_no_number() -> None:
    answer = found(
        Company(number="08-465 004 00", name="Dahl Redovisning"), customer("cu_1", "Dahl Redovisning AB")
    )
    assert answer.candidates[0].rows[0].left == ""


@pytest.mark.parametrize(
    "name", ["", " ", "?", ".", "-", "A", "Å", "1", "AB", "i", "och", "\x00", "🙂", "x" * 5000]
)
def test_names_that_say_nothing_do_no_harm(name: str) -> None:
    others = (
        customer("cu_1", "A"),
        customer("cu_2", ""),
        customer("cu_3", "AB"),
        customer("cu_4", "Å och Ä AB"),
    )
    answer = found(Company(name=name), *others)
    assert answer.band != Band.CERTAIN
    assert found(Company(name="Dahl"), customer("cu_1", name)).band in {Band.NONE, Band.UNCLEAR}


def test_a_company_of_which_nothing_is_known_is_told_so() -> None:
    assert found(Company(), customer("cu_1", "")) == FoundCustomer(Band.NONE, "nothing_to_compare", ())


def test_of_five_hundred_namesakes_the_number_or_the_place_tells_one() -> None:
    index = CustomerIndex()
    for at in range(500):
        index.put(customer(f"cu_{at:03}", "Anna Andersson", f"FO{at:06}", kind="foreign"))
    alike = find_customer(Company(name="Anna Andersson"), index)
    assert (alike.band, alike.reason) == (Band.UNCLEAR, "several_alike")
    numbered = find_customer(Company(name="Anna Andersson", number="FO000321"), index)
    assert numbered.candidates[0].customer_id == "cu_321"
    contact = Contact(id="ct", customer_id="cu_077", name="", email="anna.a@example.se")
    index.put(customer("cu_077", "Anna Andersson"), [contact])
    reached = find_customer(Company(name="Anna Andersson", email="Anna.A@example.se"), index)
    assert (reached.band, reached.candidates[0].customer_id) == (Band.LIKELY, "cu_077")


@pytest.mark.parametrize("number", ["914778271", "NO 914 778 271 MVA"])
def test_a_foreign_number_without_its_country_is_found_and_never_certain(number: str) -> None:
    foreign = customer("cu_1", "Nordlys Regnskap AS", "NO914778271", kind="foreign")
    answer = found(Company(number=number, name="Annat namn"), foreign)
    assert answer.candidates[0].customer_id == "cu_1"
    assert found(Company(number=number, name="Nordlys Regnskap"), foreign).reason == "number_unchecked"


def test_a_foreign_number_has_no_check_digit_that_is_wrong() -> None:
    foreign = customer("cu_1", "Nordlys Regnskap AS", "NO914778271", kind="foreign")
    [candidate] = found(Company(number="NO914778271", name="Nordlys Regnskap"), foreign).candidates
    assert candidate.warnings == ()
    assert candidate.rows[0].detail == ""


def test_two_people_whose_numbers_differ_by_the_century_are_never_certain() -> None:
    old, young = (
        customer("cu_1", "Gammal Person", "191212121212"),
        customer("cu_2", "Ung Person", "201212121212"),
    )
    for number in ("121212-1212", "121212+1212", "201212121212"):
        for name in ("Gammal Person", "Ung Person"):
            answer = found(Company(number=number, name=name), old, young)
            assert (answer.band, answer.reason) == (Band.UNCLEAR, "several_with_number")
            assert {one.customer_id for one in answer.candidates} == {"cu_1", "cu_2"}
    # The control: there is only one.
    assert found(Company(number="121212-1212", name="Ung Person"), young).band == Band.CERTAIN


@pytest.mark.parametrize("name", ["AB", "Handelsbolaget", "ek. för.", "BRF", "i likvidation", "🙂 AB"])
def test_a_name_that_is_only_a_legal_form_says_nothing(name: str) -> None:
    answer = found(Company(name=name), customer("cu_1", name), customer("cu_2", "Dahl AB"))
    assert (answer.band, answer.reason) == (Band.NONE, "nothing_to_compare")


def test_a_town_alone_is_no_name() -> None:
    answer = found(Company(name="Kalix"), customer("cu_1", "Kalix AB"))
    assert (answer.band, answer.reason) == (Band.UNCLEAR, "weak")
    assert found(Company(name="Kalix Bygg"), customer("cu_1", "Kalix Bygg AB")).band == Band.LIKELY


@pytest.mark.case(31)
def test_a_list_with_the_same_customer_twice_is_never_certain() -> None:
    twice = [customer(id_, "Dahl & Co AB", "165560360793") for id_ in ("cu_1", "cu_2")]
    answer = found(Company(number="556036-0793", name="Dahl & Co"), *twice)
    assert (answer.band, answer.reason) == (Band.UNCLEAR, "several_with_number")
    unnumbered = [customer(id_, "Dahl & Co AB") for id_ in ("cu_1", "cu_2")]
    assert found(Company(name="Dahl & Co"), *unnumbered).reason == "several_alike"


def test_the_accounting_firms_own_address_on_everybody_tells_nobody() -> None:
    index = CustomerIndex()
    for at in range(300):
        contact = Contact(id=f"ct_{at}", customer_id=f"cu_{at}", name="", email="info@byran.se")
        index.put(customer(f"cu_{at}", f"Bolag {at} AB"), [contact])
    answer = find_customer(Company(name="Nyponet Handel", email="info@byran.se"), index)
    assert answer.band != Band.LIKELY
    assert answer.band != Band.CERTAIN


@pytest.mark.case(28)
@pytest.mark.parametrize(
    "name", ["Dahl Åkeri AB i likvidation", "Dahl Åkeri AB i konkurs", "Dahl Åkeri Aktiebolag (publ)"]
)
def test_the_state_of_a_company_is_no_part_of_its_name(name: str) -> None:
    answer = found(
        Company(number="556036-0793", name=name), customer("cu_1", "Dahl Åkeri AB", "165560360793")
    )
    assert answer.band == Band.CERTAIN
    assert answer.candidates[0].rows[1].level == "equal"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Rotary Lund", "Rotary Malmö"),
        ("Brf Eken 2", "Brf Eken 3"),
        ("SKPF Pensionärerna avd 50", "SKPF Pensionärerna avd 51"),
    ],
)
def test_branches_of_one_name_are_told_apart(left: str, right: str) -> None:
    answer = found(Company(name=left), customer("cu_1", right), customer("cu_2", f"{left} AB"))
    assert answer.candidates[0].customer_id == "cu_2"
    alone = found(Company(name=left), customer("cu_1", right))
    assert alone.band in {Band.UNCLEAR, Band.NONE}
    same_number = found(Company(number="556036-0793", name=left), customer("cu_1", right, "165560360793"))
    assert (same_number.band, same_number.reason) == (Band.UNCLEAR, "name_against")


def test_a_number_that_is_wrong_and_quite_another_keeps_a_namesake_from_being_likely() -> None:
    namesake = customer("cu_1", "Golv i Umeå AB", "165560360793")
    place = {"postal_code": "903 57", "town": "Umeå"}
    index = CustomerIndex()
    index.put(dataclasses.replace(namesake, address=Address(**place)))
    assert find_customer(Company(name="Golv i Umeå", **place), index).band == Band.LIKELY
    other = Company(name="Golv i Umeå", number="558176-0451", **place)
    assert find_customer(other, index).band == Band.UNCLEAR


def test_two_numbers_of_which_neither_can_be_checked_are_only_weighed() -> None:
    place = {"postal_code": "903 57", "town": "Umeå"}
    foreign = customer("cu_1", "Nordlys Regnskap", "4977825", kind="foreign")
    index = CustomerIndex()
    index.put(dataclasses.replace(foreign, address=Address(**place)))
    other = Company(name="Nordlys Regnskap", number="7280622", **place)
    answer = find_customer(other, index)
    assert answer.band == Band.LIKELY
    assert answer.candidates[0].rows[0].level == "against"
    elsewhere = dataclasses.replace(other, postal_code="", town="")
    assert find_customer(elsewhere, index).band == Band.UNCLEAR

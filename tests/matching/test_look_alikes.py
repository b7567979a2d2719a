"""What a person sees at once: sister companies, branches, notes beside a name, letters read wrongly."""

from __future__ import annotations

import pytest

from app.domain.records import Address, Company, Contact, Customer
from app.matching.frequencies import Frequencies
from app.matching.index import CustomerIndex
from app.matching.model import load_model
from app.matching.name_comparison import NameLevel, compare_names
from app.matching.names import normalise_name
from app.matching.suggestions import Band, find_customer

PLACE = Address(street="Kajen 1", postal_code="572 30", town="Oskarshamn")


def index_of(*names: str, email: str = "", number: str = "") -> CustomerIndex:
    index = CustomerIndex()
    for at, name in enumerate(names):
        contact = Contact(id=f"ct_{at}", customer_id=f"cu_{at}", name="", email=email, phone="0491-123 45")
        customer = Customer(
            id=f"cu_{at}", customer_number="", name=name, address=PLACE, organisation_number=number
        )
        index.put(customer, [contact] if email else [])
    return index


def company(name: str, *, email: str = "info@savfors.example", number: str = "") -> Company:
    return Company(
        name=name, email=email, phone="0491-12345", postal_code="57230", town="Oskarshamn", number=number
    )


def level(left: str, right: str) -> NameLevel:
    bits = Frequencies(load_model().background).word_bits
    return compare_names(normalise_name(left), normalise_name(right), bits).level


def test_a_sister_company_is_not_likely_however_much_the_owner_shares() -> None:
    index = index_of("Sävfors Fastigheter AB", email="info@savfors.example")
    answer = find_customer(company("Sävfors Holding AB"), index)
    assert (answer.band, answer.reason) == (Band.UNCLEAR, "other_name")
    # The control: the same with a slip in the word that tells them apart.
    assert find_customer(company("Sävfors Fastgheter"), index).band == Band.LIKELY


def test_the_company_of_the_name_goes_before_its_sisters_that_share_more() -> None:
    index = index_of("Sävfors Bygg AB", "Sävfors Invest AB", email="info@savfors.example")
    index.put(Customer(id="cu_9", customer_number="", name="Sävfors Maskin AB", address=PLACE))
    answer = find_customer(company("Sävfors Maskin AB"), index)
    assert answer.candidates[0].customer_id == "cu_9"


def test_a_sisters_number_is_not_certain() -> None:
    index = index_of("Sävfors Fastigheter AB", number="165560360793")
    answer = find_customer(company("Sävfors Holding AB", number="556036-0793", email=""), index)
    assert answer.band != Band.CERTAIN
    assert answer.reason == "name_against"
    assert find_customer(company("Sävfors Fastigheter", number="556036-0793"), index).band == Band.CERTAIN


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Dahl Import AB", "Dahl Export AB"),
        ("NorrbroService AB", "Norrbro Holding AB"),
        ("Älgtuna H. AB", "Älgtuna Fastigheter AB"),
        ("Brf Eken 2", "Brf Eken 3"),
        ("Rotary Lund", "Rotary Malmö"),
    ],
)
def test_names_of_two_companies(left: str, right: str) -> None:
    assert level(left, right) == NameLevel.CONFLICT


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Håkanssons Fatigheter AB", "Håkanssons Fastigheter AB"),
        ("Seberzen Biil i Uppsala", "Seberzen Bil i Uppsala"),
        ("Finka Kåeri", "Finka Åkeri"),
        ("Dahl Byggservice", "Dahl Bygg AB"),
        ("J Svensson Måleri", "Johan Svensson Måleri"),
    ],
)
def test_names_of_one_company(left: str, right: str) -> None:
    assert level(left, right) not in {NameLevel.CONFLICT, NameLevel.DIFFERENT}


def test_a_last_letter_is_no_initial_of_a_common_word() -> None:
    assert level("Fonor H", "Fonor Holding") != NameLevel.SPELLING
    assert level("F Dahl", "Fonor Dahl") == NameLevel.SPELLING


def test_branches_of_one_name_are_told_apart_by_their_town() -> None:
    index = CustomerIndex()
    for at, town in enumerate(("Lund", "Ystad")):
        contact = Contact(id=f"ct_{at}", customer_id=f"cu_{at}", name="", email=f"{town}@rodakorset.example")
        customer = Customer(
            id=f"cu_{at}", customer_number="", name="Röda Korset", address=Address(street="", town=town)
        )
        index.put(customer, [contact] if town == "Lund" else [])
    elsewhere = find_customer(
        Company(name="Röda Korset", email="kalix@rodakorset.example", town="Kalix"), index
    )
    assert (elsewhere.band, elsewhere.reason) == (Band.UNCLEAR, "namesake_elsewhere")
    at_home = find_customer(
        Company(name="Röda Korset", email="kassor@rodakorset.example", town="Lund"), index
    )
    assert (at_home.band, at_home.candidates[0].customer_id) == (Band.LIKELY, "cu_0")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Dahl Bygg AB c/o Eva Ek", "Dahl Bygg AB"),
        ("Dahl Bygg AB, att: Lunds Redovisning", "Dahl Bygg AB"),
        ("Dahl Bygg (f.d. Lunds Golv) AB", "Dahl Bygg AB"),
        ("Dahl Bygg AB (vilande)", "Dahl Bygg AB"),
        ("Dahl Bygg AB [ny ägare]", "Dahl Bygg AB"),
        ("Dahl Bygg AB (556036-0793)", "Dahl Bygg AB"),
        ("RödaKorset", "Röda Korset"),
        ("F”retaget i M”rbyl†nga", "Företaget i Mörbylånga"),
        ("F\x94retaget i M\x94rbyl\x86nga", "Företaget i Mörbylånga"),
        ("FÃ¶retaget i MÃ¶rbylÃ¥nga", "Företaget i Mörbylånga"),
    ],
)
def test_what_is_no_part_of_a_name_is_left_out(written: str, meant: str) -> None:
    assert normalise_name(written).words == normalise_name(meant).words


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Brf Eken (Lund)", ("eken", "lund")),
        ("c/o Eva", ("c", "eva")),
        ("Att göra AB", ("att", "gora")),
        ("FD Bygg AB", ("fd", "bygg")),
        ("McDonald", ("mcdonald",)),
        ("Institutet (SIPRI)", ("institut", "sipri")),
    ],
)
def test_what_is_part_of_a_name_is_kept(written: str, words: tuple[str, ...]) -> None:
    assert normalise_name(written).words == words

"""What a person sees at once: sister companies, branches, notes beside a name, letters read wrongly."""

from __future__ import annotations

import dataclasses

import pytest

from app.domain.records import Address, Company, Contact, Customer
from app.matching.frequencies import Frequencies
from app.matching.index import CustomerIndex
from app.matching.model import load_model
from app.matching.name_comparison import NameLevel, compare_names
from app.matching.names import normalise_name
from app.matching.sides import make_side
from app.matching.suggestions import Band, find_customer
from app.matching.weighing import FieldLevel, weigh

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
        ("Fastighets AB Eken I", "Fastighets AB Eken II"),
        ("Eken I AB", "Eken III AB"),
    ],
)
def test_names_of_two_companies(left: str, right: str) -> None:
    assert level(left, right) == NameLevel.CONFLICT


def test_a_company_that_has_been_renamed_is_likely_by_its_number_with_a_warning() -> None:
    index = index_of("Hjördis Tunström Tapetserare", number="165560360793")
    answer = find_customer(Company(name="Sjöboda Lackering AB", number="556036-0793"), index)
    assert (answer.band, answer.reason) == (Band.LIKELY, "name_against")
    assert "name_against" in answer.candidates[0].warnings


@pytest.mark.parametrize("number", ["8507099805", "850709-9805"])
def test_two_firms_of_one_person_are_not_likely_by_the_number_alone(number: str) -> None:
    index = index_of("Eva Ek Hundtrim", number="198507099805")
    answer = find_customer(Company(name="Norrbro Bokhandel", number=number), index)
    assert (answer.band, answer.reason) == (Band.UNCLEAR, "name_against")


def test_a_company_without_a_name_is_no_branch() -> None:
    index = index_of("Rotary Oskarshamn", email="info@rotary.example")
    nameless = Company(name="", email="info@rotary.example", postal_code="22222", town="Lund")
    [candidate] = find_customer(nameless, index).candidates
    assert candidate.comparison.name.level == NameLevel.MISSING


def test_one_called_after_its_town_is_the_branch_that_is_there() -> None:
    index = CustomerIndex()
    for at, town in enumerate(("Lund", "Ystad", "Kalix")):
        address = Address(street="", town=town)
        index.put(Customer(id=f"cu_{at}", customer_number="", name="Scoutkåren Eken", address=address))
    answer = find_customer(Company(name="Scoutkåren Eken Ystad"), index)
    assert answer.candidates[0].customer_id == "cu_1"
    assert answer.candidates[0].comparison.name.level == NameLevel.SPELLING
    # The control: called after a town where none of them is.
    elsewhere = find_customer(Company(name="Scoutkåren Eken Motala"), index)
    assert {one.comparison.name.level for one in elsewhere.candidates} == {NameLevel.PART}


def test_a_branch_in_another_town_is_another_whatever_mailbox_they_share() -> None:
    index = index_of("Bageriet Vetebullen", email="info@vetebullen.example")
    there = Company(
        name="Bageriet Vetebullen Filipstad",
        email="info@vetebullen.example",
        postal_code="68230",
        town="Filipstad",
    )
    answer = find_customer(there, index)
    assert (answer.band, answer.reason) == (Band.UNCLEAR, "other_name")
    # The control: its address is that of the customer, and the town only a part of the name.
    here = dataclasses.replace(there, postal_code="57230", town="Oskarshamn")
    assert find_customer(here, index).band == Band.LIKELY


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("ekonomi@brfeken.example", "ekonmi@brfeken.example", FieldLevel.SIMILAR),
        ("eva.ek78@gmail.com", "eva.ek79@gmail.com", FieldLevel.DIFFERENT),
        ("info@brfeken12.example", "info@brfeken13.example", FieldLevel.DIFFERENT),
    ],
)
def test_digits_tell_mailboxes_apart(left: str, right: str, level: FieldLevel) -> None:
    model = load_model()
    sides = [make_side(name="Eken", emails=(email,)) for email in (left, right)]
    fields = weigh(sides[0], sides[1], Frequencies(model.background), model).fields
    assert [field.level for field in fields if field.field == "email"] == [level]


def test_initials_beside_the_words_that_they_stand_for_say_nothing_more() -> None:
    bits = Frequencies(load_model().background).word_bits
    plain, short = normalise_name("Svenska Röda Korset"), normalise_name("Svenska Röda Korset (SRK)")
    assert compare_names(plain, short, bits).shared == pytest.approx(compare_names(plain, plain, bits).shared)
    assert compare_names(normalise_name("SRK"), plain, bits).level == NameLevel.SPELLING


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("8ageriet Vetebul1en", "Bageriet Vetebullen"),
        ("R0tary", "Rotary"),
        ("Hudiksvallsbygdens Försarnling", "Hudiksvallsbygdens Församling"),
        ("VVernerssons Trä", "Wernerssons Trä"),
    ],
)
def test_what_was_read_wrongly_from_paper_is_the_same_name(read: str, printed: str) -> None:
    assert level(read, printed) in {NameLevel.SAME, NameLevel.SPELLING}


@pytest.mark.parametrize("name", ["Brf Svanen 28", "H2O Rör", "Bygg1 AB", "4ever", "Team 8"])
def test_digits_of_a_name_stay_digits(name: str) -> None:
    assert any(char.isdigit() for char in normalise_name(name).core)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Håkanssons Fatigheter AB", "Håkanssons Fastigheter AB"),
        ("Seberzen Biil i Uppsala", "Seberzen Bil i Uppsala"),
        ("Finka Kåeri", "Finka Åkeri"),
        ("Dahl Byggservice", "Dahl Bygg AB"),
        ("J Svensson Måleri", "Johan Svensson Måleri"),
        ("Svenska Fonor AB", "Fonor Sverige AB"),
        ("Johanssongruppenfastigheter AB", "Johanssongruppen Fastigheter AB"),
        ("7-Eleven", "7Eleven"),
        ("24/7 Städ", "247 Städ"),
        ("A 1 Bygg", "A1 Bygg"),
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
        ("H&M", "HM"),
        ("H & M", "HM"),
        ("H. & M. AB", "HM AB"),
        ("H och M", "HM"),
        ("B+B Bygg", "BB Bygg"),
        ("Dahl & C:o", "Dahl & Co"),
        ("Dahl & Company", "Dahl & Co"),
        ("N:o 1 Bygg", "Nr 1 Bygg"),
        ("Nummer 1 Bygg", "Nr. 1 Bygg"),
        ("S:ta Maria", "Sankta Maria"),
        ("Eken I AB", "Eken 1 AB"),
        ("Eken II AB", "Eken 2 AB"),
        ("Brfvargen i Åstorp", "Brf Vargen i Åstorp"),
        ("BOSTADSRÄTTSFÖRENINGENVAGNEN 21", "Brf Vagnen 21"),
        ("Johanssongruppenfastigheter", "Johanssongruppenfastighet"),
        ("Brdr Dahls Måleri", "Bröderna Dahls Måleri"),
        ("Fonor Scandinavia AB", "Fonor Skandinavien AB"),
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
        ("AT&T AB", ("att",)),
        ("A & Co", ("a", "co")),
        ("A&CO", ("a", "co")),
        ("Bo & Li", ("bo", "li")),
        ("Måleri I Lund AB", ("maleri", "lund")),
        ("Brfa", ("brfa",)),
        ("3M Svenska", ("3m", "sverige")),
        ("Fastigheter", ("fastighet",)),
    ],
)
def test_what_is_part_of_a_name_is_kept(written: str, words: tuple[str, ...]) -> None:
    assert normalise_name(written).words == words


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Falks Fastiqheter Kalnnar", "Falks Fastigheter Kalmar"),
        ("Conriy Sjödin", "Conny Sjödin"),
        ("Alfnno Trädqård", "Alfmo Trädgård"),
        ("A.-S. Nystroem", "Ann-Sofie Nyström"),
        ("Hedlunds Furniture", "Hedlunds Möbler"),
    ],
)
def test_what_a_scanner_or_another_list_writes_is_the_same_name(read: str, printed: str) -> None:
    assert level(read, printed) in {NameLevel.SAME, NameLevel.SPELLING}
    assert level(read, f"Hallbergs {printed.split()[-1]}") not in {NameLevel.SAME, NameLevel.SPELLING}


def test_two_letters_that_no_surname_follows_are_no_first_names() -> None:
    assert level("AS Bygg", "Anna Sten") == NameLevel.DIFFERENT


def test_a_name_cut_off_in_its_town_is_the_one_in_that_town() -> None:
    bits = Frequencies(load_model().background).word_bits
    cut, whole = normalise_name("Dellströms Plåt i Ängel"), normalise_name("Dellströms Plåt AB")
    assert compare_names(cut, whole, bits, right_town="angelholm").level == NameLevel.SPELLING
    assert compare_names(cut, whole, bits, right_town="kalmar").level != NameLevel.SPELLING
    # A trade is no town that was cut off.
    mark = normalise_name("Dellströms Plåt & Mark")
    assert compare_names(mark, whole, bits, right_town="markaryd").level != NameLevel.SPELLING

"""The right customer is among those that are compared, however its name was read, heard, cut or replaced."""

from __future__ import annotations

import pytest

from app.domain.records import Address, Company, Contact, Customer
from app.matching.index import CONSIDERED, CustomerIndex
from app.matching.keys import company_keys, customer_keys
from app.matching.sides import company_side
from app.matching.spellings import by_sound, outline
from app.matching.suggestions import Band, find_customer


def customer(id_: str, name: str, *, town: str = "", number: str = "") -> Customer:
    return Customer(
        id=id_,
        customer_number="",
        name=name,
        organisation_number=number,
        address=Address(street="", town=town),
    )


def put(index: CustomerIndex, one: Customer, *, email: str = "", phone: str = "") -> None:
    contact = Contact(id=f"ct_{one.id}", customer_id=one.id, name="", email=email, phone=phone)
    index.put(one, [contact] if email or phone else [])


def considered(index: CustomerIndex, company: Company) -> list[str]:
    return index.candidates(company_side(company), limit=CONSIDERED)


def among(name: str, others: list[str], company: Company) -> bool:
    """Tell whether the customer of this name is considered, among others that have more in common."""
    index = CustomerIndex()
    for at, other in enumerate(others):
        put(index, customer(f"cu_{at:03}", other))
    put(index, customer("cu_right", name))
    found = considered(index, company)
    assert len(found) == CONSIDERED
    return "cu_right" in found


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Vlriskoq", "Vinskog"),
        ("Virilorid", "Vinland"),
        ("Åkernno", "Åkermo"),
        ("Wix", "Vicks"),
    ],
)
def test_a_name_with_several_signs_read_wrongly_is_considered(read: str, printed: str) -> None:
    others = [f"{read[:2]}{a}{b}{read[-2:]}" for a in "bdghk" for b in "aeoup"]
    others += [f"{read[:3]}{a}{b}" for a in "bdghk" for b in "aeoup"]
    assert among(printed, others, Company(name=read))
    # The control: a name that neither looks nor sounds like it.
    assert not among("Hubertus Kök", others, Company(name=read))


def test_an_initial_with_a_surname_is_considered() -> None:
    others = [f"{a}{b}{c} Hermansson" for a in "BDFKLMT" for b in "aeiou" for c in "lmn"]
    assert among("Hasse Hermansson", others, Company(name="H. Hermansson"))
    assert among("H Hermansson", others, Company(name="Hasse Hermansson"))
    assert not among("Ylvas Hermansson", others, Company(name="H. Hermansson"))


@pytest.mark.parametrize(
    "email",
    [
        "info@alfborgsvets.example",
        "kontakt@alfborg-svets.se",
        "alfborgsvets78@gmail.com",
        "a@alfborgsvetsab.se",
    ],
)
def test_whom_the_address_says_is_considered_whatever_the_name(email: str) -> None:
    others = [f"Havsia {trade} {at}" for trade in ("Restaurang", "Bar") for at in range(20, 50)]
    assert among("Alfborg Svets", others, Company(name="Havsia Restaurang", email=email))
    assert not among("Alfborg Svets", others, Company(name="Havsia Restaurang", email="info@havsia.se"))


def test_whose_address_says_the_name_is_considered() -> None:
    index = CustomerIndex()
    for at in range(60):
        put(index, customer(f"cu_{at}", f"Alfborg Bygg {at}"))
    put(index, customer("cu_renamed", "Havsia Restaurang"), email="kontakt@alfborgsvets.se")
    assert "cu_renamed" in considered(index, Company(name="Alfborg Svets"))
    index.remove("cu_renamed")
    assert "cu_renamed" not in considered(index, Company(name="Alfborg Svets"))


@pytest.mark.parametrize(
    "company",
    [
        Company(name="Röda Korset", town="Kalix"),
        Company(name="Röda Korset i Kalix"),
        Company(name="Röda Korset", email="kalix@rodakorset.se"),
        Company(name="Röda Korset", phone="0923-100 99"),
    ],
)
def test_of_hundreds_of_namesakes_those_that_agree_in_something_are_considered(company: Company) -> None:
    index = CustomerIndex()
    for at in range(300):
        town, host = ("Lund", "rodakorset.se") if at % 2 else ("Lomma", "telia.com")
        here = at == 277
        one = customer(f"cu_{at:03}", "Röda Korset", town="Kalix" if here else town)
        put(
            index,
            one,
            email=f"kassor{at}@{host}" if here or at < 200 else "",
            phone=f"{'0923' if here else '046'}-{at:03} 45 6",
        )
    assert "cu_277" in considered(index, company) or company.email
    if company.email:
        # One host is that of hundreds: who has it goes before who has not.
        assert {int(id_[3:]) % 2 for id_ in considered(index, company)} == {1}
    assert "cu_277" not in considered(index, Company(name="Röda Korset"))


def test_a_mailbox_of_a_first_name_that_dozens_have_crowds_nobody_out() -> None:
    index = CustomerIndex()
    for at in range(35):
        put(index, customer(f"cu_{at:02}", f"Bolag {at} AB"), email=f"kerstin@bolag{at}.se")
    put(index, customer("cu_right", "Eken Häst", town="Arboga"), email="faktura@ekenhast.com")
    company = Company(name="Eken Häst", email="kerstin@ekenhast.com", town="Arboga")
    assert find_customer(company, index).candidates[0].customer_id == "cu_right"
    # The control: with that mailbox and nothing else nobody is told from the others.
    assert find_customer(Company(name="Vargen", email="kerstin@vargen.se"), index).band == Band.NONE


def test_a_number_that_hundreds_have_is_said_to_be_one() -> None:
    index = CustomerIndex()
    for at in range(500):
        put(index, customer(f"cu_{at:03}", f"Bolag {at} AB", number="165560360793"))
    for name in ("Dahl Redovisning", "Bolag 321", ""):
        found = find_customer(Company(name=name, number="556036-0793"), index)
        assert (found.band, found.reason) == (Band.UNCLEAR, "several_with_number")
    assert (
        find_customer(Company(name="Bolag 321", number="556036-0793"), index).candidates[0].customer_id
        == "cu_321"
    )


def test_outlines_and_sounds() -> None:
    assert outline("akermo") == outline("akernno") == outline("okermo")
    assert outline("vinskog") == outline("vlnskoq")
    assert outline("vinskog") != outline("vinsta")
    assert by_sound("wikcarlsson") == by_sound("vikkarlson")
    assert by_sound("thorell") == by_sound("torell")


@pytest.mark.parametrize(
    ("company", "name"),
    [
        (Company(name="Vlnskoq Bll"), "Vinskog Bil"),
        (Company(name="Havsia", email="info@alfborgsvets.se"), "Alfborg Svets"),
        (Company(name="Havsia", email="alfborgsvets@gmail.com"), "Alfborg Svets"),
    ],
)
def test_what_is_considered_is_searched_for_anew_when_the_customer_changes(
    company: Company, name: str
) -> None:
    assert company_keys(company) & customer_keys(customer("cu_1", name))
    assert not company_keys(company) & customer_keys(customer("cu_1", "Hubertus Kök"))

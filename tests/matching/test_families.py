"""Sisters and branches beside the one that is meant: what a family shares tells nothing there."""

from __future__ import annotations

import dataclasses

import pytest

from app.domain.records import Address, Company, Contact, Customer
from app.matching.frequencies import Frequencies
from app.matching.index import CustomerIndex
from app.matching.model import load_model
from app.matching.name_comparison import NameLevel, compare_names
from app.matching.names import normalise_name
from app.matching.suggestions import Band, find_customer


def put(
    index: CustomerIndex,
    id_: str,
    name: str,
    *,
    town: str = "",
    postal_code: str = "",
    email: str = "",
    phone: str = "",
    number: str = "",
) -> None:
    one = Customer(
        id=id_,
        customer_number="",
        name=name,
        organisation_number=number,
        address=Address(street="", postal_code=postal_code, town=town),
    )
    contact = Contact(id=f"ct_{id_}", customer_id=id_, name="", email=email, phone=phone)
    index.put(one, [contact] if email or phone else [])


def silvermo(*towns: str) -> CustomerIndex:
    index = CustomerIndex()
    for town in towns:
        email = "info@silvermomaleri.example" if town == "Ängelholm" else ""
        put(index, town, "Silvermo Måleri", town=town, email=email)
    return index


@pytest.mark.parametrize(
    "name", ["Silvermo Måleri i Örebro", "Örebro Silvermo Måleri", "Silvermo Måleri Örebros"]
)
def test_the_namesake_in_the_town_of_the_name_goes_first(name: str) -> None:
    company = Company(name=name, email="kontakt@silvermomaleri.example")
    found = find_customer(company, silvermo("Ängelholm", "Örebro", "Motala"))
    assert found.candidates[0].customer_id == "Örebro"
    others = [one.comparison.name.level for one in found.candidates if one.customer_id != "Örebro"]
    assert set(others) <= {NameLevel.CONFLICT}
    # The control: with no namesake there the mail host is what there is to go by.
    found = find_customer(company, silvermo("Ängelholm", "Motala"))
    assert (found.candidates[0].customer_id, found.band) == ("Ängelholm", Band.LIKELY)


def test_a_number_goes_before_the_town_of_the_name() -> None:
    index = silvermo("Örebro")
    put(index, "moved", "Silvermo Måleri", town="Ängelholm", number="165560360793")
    found = find_customer(Company(name="Silvermo Måleri i Örebro", number="5560360793"), index)
    assert found.candidates[0].customer_id == "moved"


def test_the_mail_host_says_nothing_of_a_namesake_elsewhere_beside_one_in_the_place() -> None:
    index = CustomerIndex()
    put(index, "here", "Zetterberg Invest", town="Mjölby", postal_code="766 41")
    put(
        index,
        "there",
        "Zetterberg Invest",
        town="Orsa",
        postal_code="590 10",
        email="info@zetterberg.example",
    )
    company = Company(
        name="Zetterberg Invest", email="eva@zetterberg.example", town="Mjölby", postal_code="76641"
    )
    assert find_customer(company, index).candidates[0].customer_id == "here"
    # The control: it is the very mailbox.
    company = dataclasses.replace(company, email="info@zetterberg.example")
    assert find_customer(company, index).candidates[0].customer_id == "there"


def test_a_sister_does_not_go_before_the_company_of_the_name() -> None:
    index = CustomerIndex()
    shared = {"town": "Åre", "postal_code": "557 50"}
    put(index, "bygg", "Svealux Bygg AB", phone="073-573 80 60", email="ekonomi@svealux.example", **shared)
    put(index, "service", "Svealux Service AB", **shared)
    company = Company(
        name="SVEALUX SERVICE AB",
        phone="0735738060",
        email="ekonomi@svealux.example",
        town="Åre",
        postal_code="55750",
    )
    found = find_customer(company, index)
    assert (found.candidates[0].customer_id, found.band) == ("service", Band.LIKELY)
    # The control: a namesake that everything speaks against is no reason to leave the sister out.
    index = CustomerIndex()
    put(index, "bygg", "Svealux Bygg AB", phone="073-573 80 60", email="ekonomi@svealux.example", **shared)
    put(index, "service", "Svealux Service AB", town="Lund", postal_code="222 22", phone="046-11 22 33")
    found = find_customer(company, index)
    assert (found.candidates[0].customer_id, found.band) == ("bygg", Band.UNCLEAR)


def test_a_trade_and_a_place_in_common_are_not_likely() -> None:
    index = CustomerIndex()
    put(index, "other", "Jönssons Förvaltning i Motala AB", town="Motala", postal_code="744 18")
    company = Company(name="Blomgruppen Förvaltning Motala", town="Motala", postal_code="744 18")
    assert find_customer(company, index).band != Band.LIKELY
    # Nor is another surname of as many letters.
    put(index, "namesake", "Per-Olof Söderlund El AB", postal_code="345 13", town="Örebro")
    surname = Company(name="Per-Olof Westerlund i Örebro m", postal_code="345 13", town="Örebro")
    assert find_customer(surname, index).band != Band.LIKELY
    slipped = dataclasses.replace(company, name="Jönsons Förvaltning Motala")
    assert find_customer(slipped, index).band == Band.LIKELY


@pytest.mark.parametrize("town", ["orebro", "stockholm", "lund", "kalix"])
def test_a_town_that_many_names_have_is_a_town_too(town: str) -> None:
    bits = Frequencies(load_model().background).word_bits
    branch, plain = normalise_name(f"Scoutkåren Eken {town}"), normalise_name("Scoutkåren Eken")
    assert compare_names(branch, plain, bits, right_town=town).level == NameLevel.SPELLING
    assert compare_names(branch, plain, bits, right_town="motala").level == NameLevel.PART


def test_a_trade_written_together_with_the_name_tells_sisters_apart() -> None:
    bits = Frequencies(load_model().background).word_bits
    for right, level in (
        ("Gyllnet Invest AB", NameLevel.CONFLICT),
        ("Gyllnet Förvaltning", NameLevel.SPELLING),
    ):
        assert (
            compare_names(normalise_name("Gyllnetförvaltning AB"), normalise_name(right), bits).level == level
        )

"""Keys that tell which stored suggestions a changed customer may change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.records import Address, Company, Contact, Customer
from app.matching.keys import company_keys, customer_keys, lookup_keys
from app.matching.numbers import near_numbers

DAHL = Customer(
    id="cu_dahl",
    customer_number="1",
    name="Dahl & Co Redovisning AB",
    organisation_number="165560360793",
    vendor_customer_number="V-7",
    address=Address(town="Borås"),
)
CONTACT = Contact(id="ct", customer_id="cu_dahl", name="", email="Info@Dahlco.se", phone="+46701234567")


@pytest.mark.parametrize(
    "company",
    [
        Company(number="556036-0793"),
        Company(number="SE556036079301"),
        Company(vendor_customer_number="v-7"),
        Company(email="annan@dahlco.se"),
        Company(phone="+46701234567"),
        Company(name="DAHL o CO"),
        Company(name="Dahl och Co Redovisnign"),
        Company(name="Redovisningsbyrån"),
    ],
)
def test_what_may_be_the_customer_meets_its_keys(company: Company) -> None:
    assert company_keys(company) & customer_keys(DAHL, [CONTACT])


@pytest.mark.parametrize(
    "company",
    [
        Company(),
        Company(name="Glasmästeriet", number="556016-0680", email="a@annat.se", phone="+46811111111"),
        Company(name="??", number=" ", email="", vendor_customer_number="V-8"),
    ],
)
def test_what_has_nothing_in_common_does_not(company: Company) -> None:
    assert not company_keys(company) & customer_keys(DAHL, [CONTACT])


def test_a_free_mail_host_is_no_key() -> None:
    assert lookup_keys((), (), ("eva@gmail.com",)) == {"em:eva@gmail.com"}


@given(st.from_regex(r"16[0-9]{2}[2-9][0-9]{7}", fullmatch=True), st.data())
def test_every_near_number_meets(canonical: str, data: st.DataObject) -> None:
    near = data.draw(st.sampled_from(list(near_numbers(canonical))))
    if near[4] >= "2":
        assert lookup_keys((), (canonical,), ()) & lookup_keys((), (near,), ())

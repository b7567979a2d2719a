"""The register as a vendor's gateway: what README.md beside it asks of every implementation."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from app.domain.records import ActivationContact, Address, OtherFirm, Person
from app.server.gateway.register import RegisterGateway
from app.server.gateway.register_company import RegisterPerson, RegisterSubscription
from app.server.gateway.vendor import (
    CompanyQuery,
    NewCompany,
    Seat,
    ServiceOrder,
    VendorGateway,
    VendorRefusedError,
)
from app.server.store import Store
from tests.server.portal_site import ANNA, ELECTRICIAN, PER, electrician_in_register
from tests.support.clocks import MONDAY_MORNING

SEAT = Seat(firm_id="fi_1", firm_name="Ek & Lind Redovisning AB")
OTHER = Seat(firm_id="fi_other", firm_name="Annan Byrå AB")
QUERY = CompanyQuery(number=ELECTRICIAN.organisation_number)
FARM = NewCompany(name="Berga Gård", number="198507099805", kind="sole_firm")
FARM_QUERY = CompanyQuery(number=FARM.number, kind="sole_firm")
MAJA = ActivationContact(
    name="Maja Berg",
    email="Maja@Bergagard.example",
    address=Address(street="Bergavägen 7", postal_code="432 95", town="Varberg"),
)
SCANNER = ServiceOrder(service="scanner")


@pytest.fixture
def gateway(store: Store) -> RegisterGateway:
    gateway = RegisterGateway(store.register, store.clock)
    gateway.fill([electrician_in_register()])
    return gateway


def test_it_is_a_vendor_gateway(gateway: RegisterGateway) -> None:
    asked: VendorGateway = gateway
    assert asked.check(SEAT, []) == []


def test_a_check_answers_in_the_order_asked_and_never_guesses(gateway: RegisterGateway) -> None:
    nobody = CompanyQuery(number="165560360793")
    nameless = CompanyQuery(kind="association_without_number")
    unregistered, unknown, found = gateway.check(SEAT, [nobody, nameless, QUERY])
    assert unregistered.answer == "not_registered"
    assert unknown.answer == "unknown"
    assert found.answer == "registered"
    assert found.vendor_customer_numbers == ("5001",)
    assert [(s.code, s.variant, s.subscription_owner) for s in found.services] == [
        ("eekonomi", "smart", "firm")
    ]
    assert found.main_contact == Person(name="Per Bergström", email=PER)
    assert [p.email for p in found.administrators] == [PER, ANNA]


@pytest.mark.case(13)
def test_another_firm_is_known_by_its_name_and_service_only(gateway: RegisterGateway) -> None:
    (mine,) = gateway.check(SEAT, [QUERY])
    assert mine.other_firms == (OtherFirm(service="lon_smart", firm_name="Annan Byrå AB"),)
    assert mine.own_services == ()
    (theirs,) = gateway.check(OTHER, [QUERY])
    assert theirs.other_firms == ()
    assert theirs.own_services == ("lon_smart",)


@pytest.mark.case(10)
def test_a_company_is_found_by_each_of_its_customer_numbers(gateway: RegisterGateway) -> None:
    gateway.fill([replace(electrician_in_register(), other_customer_numbers=("5002", "5003"))])
    for number in ("5001", "5002", "5003"):
        (answer,) = gateway.check(SEAT, [CompanyQuery(vendor_customer_number=number)])
        assert answer.vendor_customer_numbers == ("5001", "5002", "5003")


@pytest.mark.case(20)
def test_a_person_and_their_firms_are_different_companies(gateway: RegisterGateway) -> None:
    register(gateway, FARM, "k1")
    register(gateway, replace(FARM, serial=1), "k2")
    private = CompanyQuery(number=FARM.number, kind="private_person")
    answers = gateway.check(SEAT, [FARM_QUERY, replace(FARM_QUERY, serial=1), private])
    assert [a.answer for a in answers] == ["registered", "registered", "not_registered"]
    assert answers[0].vendor_customer_numbers != answers[1].vendor_customer_numbers


def register(gateway: RegisterGateway, company: NewCompany, key: str, seat: Seat = SEAT) -> str:
    return gateway.register(seat, company, MAJA, [SCANNER], idempotency_key=key)


def test_registering_starts_the_services_and_makes_the_contact_administrator(
    gateway: RegisterGateway,
) -> None:
    number = register(gateway, FARM, "k1")
    company = gateway.find_company(FARM_QUERY)
    assert company is not None
    assert company.vendor_customer_number == number
    assert [s.service for s in company.subscriptions] == ["scanner"]
    (person,) = company.people
    assert (person.is_administrator, person.is_main_contact, person.logged_in_at) == (True, True, None)
    assert company.address.town == "Varberg"
    (answer,) = gateway.check(SEAT, [FARM_QUERY])
    assert answer.own_services == ("scanner",)


def test_the_same_key_gives_the_same_answer_and_no_second_effect(gateway: RegisterGateway) -> None:
    first = register(gateway, FARM, "k1")
    before = gateway.find_company(FARM_QUERY)
    assert register(gateway, FARM, "k1") == first
    assert gateway.find_company(FARM_QUERY) == before
    for _ in range(2):
        gateway.invite(SEAT, QUERY, [SCANNER], idempotency_key="k2")
        gateway.activate(SEAT, QUERY, [SCANNER], idempotency_key="k3")
        gateway.withdraw(SEAT, QUERY, ["lon_smart"], idempotency_key="k4")
    company = gateway.find_company(QUERY)
    assert company is not None
    assert [s.service for s in company.subscriptions] == ["eekonomi", "scanner"]


@pytest.mark.case(9)
def test_a_company_is_registered_once_by_whichever_firm_is_first(gateway: RegisterGateway) -> None:
    register(gateway, FARM, "k1", OTHER)
    with pytest.raises(VendorRefusedError) as caught:
        register(gateway, FARM, "k2")
    assert caught.value.code == "already_registered"
    (answer,) = gateway.check(SEAT, [FARM_QUERY])
    assert answer.own_services == ()


def test_many_firms_at_once_register_it_once(gateway: RegisterGateway) -> None:
    results: list[str] = []

    def try_it(number: int) -> None:
        try:
            results.append(register(gateway, FARM, f"k{number}", Seat(firm_id=f"f{number}", firm_name="F")))
        except VendorRefusedError as error:
            results.append(error.code)

    threads = [threading.Thread(target=try_it, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results).count("already_registered") == 5
    assert len(results) == 6


@pytest.mark.case(3)
def test_one_address_is_one_person_in_any_number_of_companies(gateway: RegisterGateway) -> None:
    register(gateway, FARM, "k1")
    register(gateway, replace(FARM, serial=1), "k2")
    somebody_else = replace(MAJA, name="Olle Ström")
    with pytest.raises(VendorRefusedError) as caught:
        gateway.register(SEAT, replace(FARM, serial=2), somebody_else, [SCANNER], idempotency_key="k3")
    assert caught.value.code == "contact_is_other_person"
    assert gateway.find_company(replace(FARM_QUERY, serial=2)) is None, "nothing of it was kept"


@pytest.mark.case(14)
def test_a_subscription_that_the_customer_owns_keeps_its_terms(gateway: RegisterGateway) -> None:
    own = RegisterSubscription(service="utlagg", variant="smart", payer="customer", owner="customer")
    gateway.fill([replace(electrician_in_register(), subscriptions=(own,))])
    order = ServiceOrder(service="utlagg", variant="styckpris", payer="firm", period_months=12)
    gateway.activate(SEAT, QUERY, [order, SCANNER], idempotency_key="k1")
    company = gateway.find_company(QUERY)
    assert company is not None
    assert company.subscriptions[0] == own
    assert company.subscriptions[1].service == "scanner"


def test_withdrawing_takes_back_the_request_and_nothing_else(gateway: RegisterGateway) -> None:
    gateway.activate(SEAT, QUERY, [SCANNER], idempotency_key="k1")
    utlagg = ServiceOrder(service="utlagg")
    gateway.invite(SEAT, QUERY, [SCANNER, utlagg], idempotency_key="k2")
    gateway.withdraw(SEAT, QUERY, ["scanner", "utlagg", "lon_smart"], idempotency_key="k3")
    company = gateway.find_company(QUERY)
    assert company is not None
    assert {(c.firm_id, c.service, c.state) for c in company.collaborations} == {
        ("fi_1", "scanner", "active"),
        ("fi_other", "lon_smart", "active"),
    }
    gateway.withdraw(SEAT, FARM_QUERY, ["scanner"], idempotency_key="k4")


def test_what_needs_a_company_is_refused_without_one(gateway: RegisterGateway) -> None:
    for call in (gateway.invite, gateway.activate):
        with pytest.raises(VendorRefusedError) as caught:
            call(SEAT, FARM_QUERY, [SCANNER], idempotency_key="k1")
        assert caught.value.code == "not_registered"


def test_a_first_login_is_kept_and_the_first_time_counts(gateway: RegisterGateway) -> None:
    register(gateway, FARM, "k1")
    assert not gateway.has_logged_in(FARM_QUERY, MAJA.email)
    gateway.note_login(FARM_QUERY, "maja@bergagard.example", MONDAY_MORNING, idempotency_key="k2")
    later = MONDAY_MORNING.replace(hour=20)
    gateway.note_login(FARM_QUERY, MAJA.email, later, idempotency_key="k3")
    assert gateway.has_logged_in(FARM_QUERY, MAJA.email)
    company = gateway.find_company(FARM_QUERY)
    assert company is not None
    assert company.people[0].logged_in_at == MONDAY_MORNING
    with pytest.raises(VendorRefusedError) as caught:
        gateway.note_login(FARM_QUERY, "nobody@x.example", later, idempotency_key="k4")
    assert caught.value.code == "unknown_person"


@pytest.mark.case(28)
def test_the_companys_state_and_form_are_told(gateway: RegisterGateway) -> None:
    gateway.fill([replace(electrician_in_register(), company_state="bankrupt")])
    (answer,) = gateway.check(SEAT, [QUERY])
    assert (answer.company_state, answer.legal_form, answer.name) == ("bankrupt", "AB", "Bergströms El AB")


@pytest.mark.case(11)
def test_a_company_may_have_no_administrator(gateway: RegisterGateway) -> None:
    people = (RegisterPerson(name="Per", email=PER, is_administrator=False, is_main_contact=True),)
    gateway.fill([replace(electrician_in_register(), people=people)])
    (answer,) = gateway.check(SEAT, [QUERY])
    assert answer.administrators == ()
    assert answer.main_contact is not None

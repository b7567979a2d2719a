"""The sample firm: complete, consistent, and nobody's real data."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from typing import TypeVar

import pytest

from app.catalogue import load_catalogue
from app.contract.codec import decode_record, encode_record
from app.domain.contact_details import parse_phone, parse_postal_code
from app.domain.identity import parse_number
from app.domain.records import (
    Access,
    Activation,
    Collaboration,
    CollaborationState,
    Contact,
    Customer,
    CustomerKind,
    Engagement,
    Invitation,
    InvitationState,
    Participation,
    Record,
    Registration,
    RegistrationAnswer,
    Staff,
    keys_of,
    type_of,
)
from app.server.sample import SampleFirm, make_sample_firm
from app.server.sample.numbers import RESERVED_SERIES, TEST_PERSONS

R = TypeVar("R", bound=Record)
NOW, TODAY = datetime(2026, 11, 23, 8, 41, tzinfo=UTC), date(2026, 11, 23)


@pytest.fixture(scope="module")
def sample() -> SampleFirm:
    return make_sample_firm(NOW, TODAY)


def of_type(sample: SampleFirm, cls: type[R]) -> list[R]:
    return [record for record in sample.records if isinstance(record, cls)]


def customers(sample: SampleFirm, role: str) -> list[Customer]:
    return [one for one in of_type(sample, Customer) if one.id in sample.examples[role]]


def test_the_same_day_gives_the_same_firm(sample: SampleFirm) -> None:
    assert make_sample_firm(NOW, TODAY) == sample


def test_every_day_gives_a_firm() -> None:
    """Ends of months and years and leap days included."""
    for day in (date(2027, 1, 1), date(2028, 2, 29), date(2027, 3, 31), date(2026, 12, 31)):
        made = make_sample_firm(datetime(day.year, day.month, day.day, 5, 1, tzinfo=UTC), day)
        assert len(of_type(made, Customer)) > 200


def test_about_240_customers_of_every_kind(sample: SampleFirm) -> None:
    kinds = Counter(one.kind for one in of_type(sample, Customer))
    assert 230 <= sum(kinds.values()) <= 260
    assert set(kinds) == set(CustomerKind)
    assert kinds[CustomerKind.SOLE_FIRM] >= 20


def test_numbers_are_valid_and_from_series_that_nobody_has(sample: SampleFirm) -> None:
    for one in [*of_type(sample, Customer), *sample.register_companies]:
        number = one.organisation_number if isinstance(one, Customer) else one.number
        if one.kind in (CustomerKind.ASSOCIATION_WITHOUT_NUMBER, CustomerKind.FOREIGN):
            continue
        assert parse_number(number, one.kind, today=TODAY).ok, one
        assert number in TEST_PERSONS or number[:6] in {*RESERVED_SERIES.values(), "165599"}, one


def test_the_firm_has_a_valid_number_of_its_own(sample: SampleFirm) -> None:
    assert parse_number(sample.firm.organisation_number, CustomerKind.LEGAL_PERSON, today=TODAY).ok
    assert sample.firm.organisation_number not in {
        one.organisation_number for one in of_type(sample, Customer)
    }


def test_a_number_with_kind_and_serial_belongs_to_one_customer(sample: SampleFirm) -> None:
    lookups = [lookup for one in of_type(sample, Customer) if (lookup := keys_of(one).lookup)]
    assert [lookup for lookup, times in Counter(lookups).items() if times > 1] == []
    numbers = [one.customer_number for one in of_type(sample, Customer)]
    assert len(set(numbers)) == len(numbers)


def test_nothing_can_be_reached_by_accident(sample: SampleFirm) -> None:
    emails = [one.email for one in (*of_type(sample, Contact), *of_type(sample, Staff))]
    emails += [person.email for company in sample.register_companies for person in company.people]
    assert [email for email in emails if email and not email.endswith(".example")] == []
    for contact in of_type(sample, Contact):
        assert parse_phone(contact.phone).value == contact.phone


def test_an_address_belongs_to_one_person(sample: SampleFirm) -> None:
    """The vendor refuses an address that is another person's (case 3)."""
    people = [(person.email, person.name) for person in of_type(sample, Contact) if person.email]
    people += [
        (person.email, person.name) for company in sample.register_companies for person in company.people
    ]
    addresses = [email for email, _ in set(people)]
    assert [email for email, times in Counter(addresses).items() if times > 1] == []


def test_addresses_have_real_postal_codes(sample: SampleFirm) -> None:
    for one in of_type(sample, Customer):
        if one.address.country == "SE" and one.address.postal_code:
            assert parse_postal_code(one.address.postal_code).value == one.address.postal_code


def test_ids_are_unique_and_every_reference_leads_somewhere(sample: SampleFirm) -> None:
    ids = [(type_of(record), record.id) for record in sample.records]
    assert len(set(ids)) == len(ids)
    known = {id_ for _, id_ in ids}
    for one in of_type(sample, Participation):
        assert {one.engagement_id, one.staff_id, one.customer_id} <= known
    for collaboration in of_type(sample, Collaboration):
        engagement = collaboration.engagement_id
        assert engagement is None or engagement in known
        assert collaboration.customer_id is None or collaboration.customer_id in known
    for access in of_type(sample, Access):
        assert {access.collaboration_id, access.staff_id or access.contact_id} <= known
    for contact in of_type(sample, Contact):
        assert contact.customer_id in known


def test_every_record_travels(sample: SampleFirm) -> None:
    for record in sample.records:
        assert decode_record(type_of(record), encode_record(record)) == record


def test_nothing_happens_in_the_future(sample: SampleFirm) -> None:
    for activation in of_type(sample, Activation):
        assert activation.made_at is not None
        assert activation.made_at < NOW
    for invitation in of_type(sample, Invitation):
        assert invitation.sent_at is None or invitation.sent_at < NOW
        assert all(reminder.at < NOW for reminder in invitation.reminders)


def test_collaborations_in_every_state(sample: SampleFirm) -> None:
    states = {one.state for one in of_type(sample, Collaboration)}
    assert states == set(CollaborationState)
    services = {one.service for one in of_type(sample, Collaboration)}
    assert {service.code for service in load_catalogue().services} <= services


def test_invitations_of_every_sort(sample: SampleFirm) -> None:
    invitations = of_type(sample, Invitation)
    states = {one.state for one in invitations}
    assert {InvitationState.SENT, InvitationState.ANSWERED, InvitationState.EXPIRED} <= states
    assert InvitationState.WITHDRAWN in states
    assert any(one.reminders for one in invitations)
    assert any(one.words for one in invitations)
    assert any(r.mail_state == "bounced" for one in invitations for r in one.recipients)
    assert all(one.expires_on >= TODAY for one in invitations if one.state == "sent" and one.expires_on)


def test_active_linked_collaborations_give_access_to_those_on_the_engagement(sample: SampleFirm) -> None:
    participations = of_type(sample, Participation)
    access = of_type(sample, Access)
    linked = [one for one in of_type(sample, Collaboration) if one.engagement_id and one.state == "active"]
    assert linked
    for collaboration in linked:
        on_it = {p.staff_id for p in participations if p.engagement_id == collaboration.engagement_id}
        has = {a.staff_id for a in access if a.collaboration_id == collaboration.id and a.staff_id}
        assert has
        assert has <= on_it


def test_some_are_ready_to_be_registered_and_activated(sample: SampleFirm) -> None:
    ready = customers(sample, "not_registered")
    registered = {company.number + str(company.serial) for company in sample.register_companies}
    contacts = {one.customer_id: one for one in of_type(sample, Contact) if one.is_main}
    ongoing = {one.customer_id for one in of_type(sample, Engagement) if one.state == "ongoing"}
    assert len(ready) >= 12
    for one in ready:
        assert one.organisation_number + str(one.serial) not in registered
        assert one.address.is_complete
        assert contacts[one.id].email
        assert one.id in ongoing
        assert one.due_diligence.state == "done"


def test_some_have_two_administrators_and_are_ready_to_be_invited(sample: SampleFirm) -> None:
    companies = {(company.number, company.serial): company for company in sample.register_companies}
    ready = customers(sample, "invite")
    assert len(ready) >= 12
    for one in ready:
        company = companies[one.organisation_number, one.serial]
        assert sum(person.is_administrator for person in company.people) == 2
        assert sum(person.is_main_contact for person in company.people) == 1


def test_what_the_last_check_said_agrees_with_the_register(sample: SampleFirm) -> None:
    numbers = {(company.number, company.serial) for company in sample.register_companies}
    known = {one.id: one for one in of_type(sample, Customer)}
    stopped = {a.customer_id for a in of_type(sample, Activation) if a.state == "stopped"}
    for row in of_type(sample, Registration):
        customer = known[row.customer_id]
        is_registered = (customer.organisation_number, customer.serial) in numbers
        if row.customer_id not in stopped:
            assert (row.answer == RegistrationAnswer.REGISTERED) == is_registered, customer.name


def test_about_sixty_are_unlinked_from_both_sources(sample: SampleFirm) -> None:
    unlinked = [one for one in of_type(sample, Collaboration) if one.is_unlinked and one.customer_id is None]
    assert 50 <= len(unlinked) <= 75
    assert {one.source for one in unlinked} == {"byrastod", "smarta_byran"}
    kinds = Counter(load_catalogue().map_product(one.source_product).kind for one in unlinked)
    assert kinds["ambiguous"] >= 3
    assert kinds["unknown"] >= 3
    assert [one for one in of_type(sample, Access) if one.because == "vendor"]


def test_single_cases_have_their_customers(sample: SampleFirm) -> None:
    known = {one.customer_id: one for one in of_type(sample, Registration)}

    def answer(role: str) -> Registration:
        return known[sample.examples[role][0]]

    assert answer("no_main_contact").main_contact is None
    assert answer("bank_link").bank_link is True
    assert answer("open_reports").open_reports == 2
    assert answer("lon_direkt").lon_direkt is True
    assert {person.firm_name for person in answer("only_other_firm").administrators} != {""}
    (customer_id,) = sample.examples["many_services"]
    running = {one.service for one in of_type(sample, Collaboration) if one.customer_id == customer_id}
    assert running == {"eekonomi", "ekonomioversikt", "scanner", "skatt_bokslut_pro", "utlagg"}
    left = {row.licence: row.left for row in answer("bank_link").licences_left}
    assert left == {"period": 14, "year": 0}


def test_some_customers_are_protected_and_name_who_may_see_them(sample: SampleFirm) -> None:
    protected = [one for one in of_type(sample, Customer) if one.protected]
    assert len(protected) == 2
    assert all(one.protected_staff_ids for one in protected)


def test_staff_of_two_offices_with_different_rights(sample: SampleFirm) -> None:
    staff = of_type(sample, Staff)
    assert len(staff) == 12
    assert {one.office for one in staff} == set(sample.firm.offices)
    assert {one.sees for one in staff} == {"all", "office", "own"}
    assert {login.staff_id for login in sample.staff_logins} <= {one.id for one in staff}

"""Bands, candidates and the points behind them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.catalogue import load_catalogue
from app.domain.records import Address, Collaboration, Company, Contact, Customer, Engagement
from app.matching.evidence import EvidenceRow, Level
from app.matching.index import CustomerIndex
from app.matching.sides import company_side
from app.matching.suggestions import Band, Suggestion, suggest, suggest_company

CATALOGUE = load_catalogue()
NUMBER, OTHER = "165560360793", "165560160680"
DAHL = Customer(
    id="cu_dahl",
    customer_number="1020",
    name="Dahl & Co Redovisning AB",
    organisation_number=NUMBER,
    address=Address(street="Storgatan 1", postal_code="503 32", town="Borås"),
)
BOOKKEEPING = Engagement(id="en_1", customer_id="cu_dahl", type="bookkeeping", title="Löpande bokföring 2026")
CONTACT = Contact(
    id="ct_1", customer_id="cu_dahl", name="Eva Dahl", email="info@dahlco.example", phone="+46701234567"
)
COLLABORATION = Collaboration(
    id="cl_1",
    company=Company(number=NUMBER, name="DAHL OCH CO REDOVISNING"),
    source="byrastod",
    service="eekonomi",
)


def suggestion(
    collaboration: Collaboration,
    customers: Sequence[Customer] = (DAHL,),
    engagements: Sequence[Engagement] = (BOOKKEEPING,),
    contacts: Sequence[Contact] = (CONTACT,),
    excluded: frozenset[str] = frozenset(),
) -> Suggestion:
    index = CustomerIndex()
    for customer in customers:
        index.put(customer, [c for c in contacts if c.customer_id == customer.id])
    return suggest(
        collaboration,
        index,
        CATALOGUE,
        lambda customer_id: [e for e in engagements if e.customer_id == customer_id],
        excluded=excluded,
    )


def with_company(**changes: object) -> Collaboration:
    company = dataclasses.replace(COLLABORATION.company, **changes)  # type: ignore[arg-type]
    return dataclasses.replace(COLLABORATION, company=company)


def test_equal_number_one_customer_one_engagement_nothing_against_is_certain() -> None:
    found = suggestion(COLLABORATION)
    assert (found.band, found.reason) == (Band.CERTAIN, "")
    assert found.best is not None
    assert found.best.engagements.engagement == BOOKKEEPING


@pytest.mark.parametrize(
    ("collaboration", "customers", "engagements", "band", "reason"),
    [
        pytest.param(
            with_company(name="Glasmästeriet Krossat"),
            (DAHL,),
            (BOOKKEEPING,),
            Band.LIKELY,
            "name_against",
            marks=pytest.mark.case(29),
        ),
        pytest.param(
            COLLABORATION,
            (DAHL, dataclasses.replace(DAHL, id="cu_2", kind="estate")),
            (BOOKKEEPING,),
            Band.UNCLEAR,
            "several_with_number",
            marks=pytest.mark.case(31),
        ),
        (
            COLLABORATION,
            (DAHL,),
            (BOOKKEEPING, dataclasses.replace(BOOKKEEPING, id="en_2", type="year_end")),
            Band.LIKELY,
            "several_engagements",
        ),
        (COLLABORATION, (DAHL,), (), Band.LIKELY, "no_engagement"),
        pytest.param(
            dataclasses.replace(COLLABORATION, service=None, source_product="Något okänt"),
            (DAHL,),
            (BOOKKEEPING,),
            Band.LIKELY,
            "service_unknown",
            marks=pytest.mark.case(33),
        ),
        pytest.param(
            COLLABORATION,
            (dataclasses.replace(DAHL, state="archived"),),
            (BOOKKEEPING,),
            Band.UNCLEAR,
            "customer_archived",
            marks=pytest.mark.case(36),
        ),
        pytest.param(
            with_company(number=OTHER),
            (DAHL,),
            (BOOKKEEPING,),
            Band.NONE,
            "other_number",
            marks=pytest.mark.case(37),
        ),
        pytest.param(COLLABORATION, (), (), Band.NONE, "no_candidate", marks=pytest.mark.case(30)),
        (with_company(number="165560306793"), (DAHL,), (BOOKKEEPING,), Band.LIKELY, "number_near"),
        (with_company(number=""), (DAHL,), (BOOKKEEPING,), Band.LIKELY, ""),
        (with_company(number="", name=""), (DAHL,), (BOOKKEEPING,), Band.NONE, "nothing_to_compare"),
        (
            with_company(number=""),
            (DAHL, dataclasses.replace(DAHL, id="cu_2", organisation_number=OTHER)),
            (BOOKKEEPING,),
            Band.UNCLEAR,
            "several_alike",
        ),
    ],
)
def test_what_keeps_a_suggestion_from_being_certain(
    collaboration: Collaboration,
    customers: Sequence[Customer],
    engagements: Sequence[Engagement],
    band: Band,
    reason: str,
) -> None:
    found = suggestion(collaboration, customers, engagements)
    assert (found.band, found.reason) == (band, reason)


@pytest.mark.case(20)
def test_another_serial_of_the_same_person_is_never_certain() -> None:
    firm = dataclasses.replace(DAHL, kind="sole_firm", organisation_number="198507099805", serial=1)
    found = suggestion(with_company(number="198507099805", serial=2), (firm,))
    assert (found.band, found.reason) == (Band.UNCLEAR, "serial_differs")


def test_a_personal_number_is_masked_in_the_evidence() -> None:
    firm = dataclasses.replace(DAHL, kind="sole_firm", organisation_number="198507099805")
    found = suggestion(with_company(number="198507099805"), (firm,))
    row = found.candidates[0].rows[0]
    assert (row.left, row.right) == ("850709-••••", "850709-••••")


def test_the_vendors_customer_number_finds_a_customer_by_another_name() -> None:
    customer = dataclasses.replace(DAHL, vendor_customer_number="V-7")
    found = suggestion(with_company(number="", vendor_customer_number="V-7", name="Dahls"), (customer,))
    assert found.candidates[0].customer_id == "cu_dahl"


def test_a_domain_counts_but_not_that_of_a_free_mail_host() -> None:
    def email_row(ours: str, theirs: str) -> EvidenceRow:
        contact = dataclasses.replace(CONTACT, email=theirs)
        found = suggestion(with_company(number="", email=ours), contacts=(contact,))
        return next(row for row in found.candidates[0].rows if row.field == "email")

    domain = email_row("annan@dahlco.example", "info@dahlco.example")
    assert (domain.level, domain.detail) == (Level.SIMILAR, "domain")
    assert domain.points > 0
    assert [domain.left[a:b] for a, b in domain.left_spans] == ["annan"]
    assert email_row("lisbeth@gmail.com", "eva@gmail.com").points < 0


def test_who_a_person_said_it_is_not_is_no_candidate() -> None:
    assert suggestion(COLLABORATION, excluded=frozenset({"cu_dahl"})).band == Band.NONE


def test_a_known_customer_without_engagement_is_the_only_candidate() -> None:
    known = dataclasses.replace(with_company(number=OTHER, name="Helt annat"), customer_id="cu_dahl")
    found = suggestion(known, (DAHL, dataclasses.replace(DAHL, id="cu_2", organisation_number=OTHER)))
    assert [c.customer_id for c in found.candidates] == ["cu_dahl"]
    assert (found.band, found.reason) == (Band.LIKELY, "customer_known")


def test_the_index_follows_a_customer_that_changes_and_one_that_goes() -> None:
    index = CustomerIndex()
    index.put(DAHL)
    index.put(dataclasses.replace(DAHL, organisation_number=OTHER, name="Nya Namnet AB"))
    assert index.with_number(NUMBER) == frozenset()
    assert index.candidates(company_side(Company(number=OTHER))) == ["cu_dahl"]
    index.remove("cu_dahl")
    assert len(index) == 0
    assert index.candidates(company_side(Company(number=OTHER, name="Nya Namnet"))) == []


texts = st.text(max_size=20)


@given(name=texts, number=texts, email=texts, phone=texts, postal_code=texts, other=texts)
def test_rows_sum_to_a_score_from_0_to_100_whatever_the_vendor_wrote(
    name: str, number: str, email: str, phone: str, postal_code: str, other: str
) -> None:
    company = Company(
        name=name,
        number=number,
        email=email,
        phone=phone,
        postal_code=postal_code,
        vendor_customer_number=other,
    )
    found = suggestion(
        dataclasses.replace(COLLABORATION, company=company),
        (DAHL, dataclasses.replace(DAHL, id="cu_2", name=other, organisation_number="")),
    )
    for candidate in found.candidates:
        assert candidate.score == sum(row.points for row in candidate.rows)
        assert 0 <= candidate.score <= 100
    if found.band == Band.CERTAIN:
        assert company_side(company).number == NUMBER


def test_differences_are_marked_in_the_text() -> None:
    found = suggestion(with_company(number="165560360973", name="Dahl Redovisning"))
    number, name = found.candidates[0].rows[:2]
    assert number.level == Level.SIMILAR
    assert number.detail == "swapped"
    assert [number.left[a:b] for a, b in number.left_spans] == ["97"]
    assert [name.right[a:b] for a, b in name.right_spans] == ["Co", "AB"]


def test_collaborations_of_one_company_are_decided_together() -> None:
    payroll = dataclasses.replace(BOOKKEEPING, id="en_2", type="payroll", title="Lön 2026")
    index = CustomerIndex()
    index.put(DAHL, [CONTACT])
    asked = [
        COLLABORATION,
        dataclasses.replace(COLLABORATION, id="cl_2", service="utlagg"),
        dataclasses.replace(COLLABORATION, id="cl_3", service="skatt_bokslut_pro"),
        dataclasses.replace(COLLABORATION, id="cl_4", customer_id="cu_gone"),
    ]
    found = suggest_company(asked, index, CATALOGUE, lambda _: [BOOKKEEPING, payroll])
    assert (found.band, found.reason) == (Band.CERTAIN, "")
    assert [c.customer_id for c in found.candidates] == ["cu_dahl"]
    assert [(s.collaboration_id, s.band, s.reason) for s in found.collaborations] == [
        ("cl_1", Band.CERTAIN, ""),
        ("cl_2", Band.LIKELY, "several_engagements"),
        ("cl_3", Band.LIKELY, "no_engagement"),
        ("cl_4", Band.NONE, "no_candidate"),
    ]
    fitting = [[e.id for e in s.candidates[0].engagements.fitting] for s in found.collaborations[:3]]
    assert fitting == [["en_1"], ["en_2", "en_1"], []]

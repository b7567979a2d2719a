"""Customers as the activation's tests need them: invented, with one thing changed at a time."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from typing import Any

from app.domain.activation_draft import (
    ActivationDraft,
    choose_customer,
    choose_service,
    give_consent,
    new_draft,
)
from app.domain.activation_facts import CustomerFacts, Situation
from app.domain.lifecycle import registration_id
from app.domain.records import (
    Address,
    Collaboration,
    Company,
    Contact,
    Customer,
    DueDiligence,
    Engagement,
    EngagementLetter,
    Firm,
    FirmSettings,
    Participation,
    Person,
    RegisteredService,
    Registration,
    Staff,
)
from app.domain.service_form import ServiceForm
from tests.support.clocks import MONDAY_MORNING

NOW = MONDAY_MORNING
TODAY = date(2026, 11, 23)

KARIN = Staff(id="st_karin", name="Karin Ek", email="karin.ek@byran.example", full_permission=True)
OLLE = Staff(id="st_olle", name="Olle Ström", email="olle.strom@byran.example")
SARA = Staff(id="st_sara", name="Sara Lind", email="sara.lind@byran.example")

FIRM = Firm(id="fi_1", name="Ek & Lind Redovisning AB", organisation_number="165560360793")

MAJA = Contact(
    id="ct_maja",
    customer_id="cu_berga",
    name="Maja Berg",
    email="maja@bergagard.example",
    phone="+46701234567",
    is_main=True,
)
PER = Person(name="Per Bergström", email="per@bergstromsel.example")
ANNA = Person(name="Anna Holm", email="anna@bergstromsel.example")


def situation(*, online: bool = True, due_diligence_blocks: bool = False) -> Situation:
    """Return a moment at the firm: Karin decides."""
    settings = FirmSettings(due_diligence_blocks=due_diligence_blocks)
    return Situation(
        firm=dataclasses.replace(FIRM, settings=settings),
        me=KARIN,
        staff=(KARIN, OLLE, SARA),
        online=online,
        now=NOW,
        today=TODAY,
    )


def berga_gard(**changes: Any) -> CustomerFacts:
    """Return a sole firm that is not registered with the vendor; everything is in order."""
    customer = Customer(
        id="cu_berga",
        customer_number="1007",
        name="Berga Gård",
        kind="sole_firm",
        organisation_number="198507099805",
        address=Address(street="Bergavägen 7", postal_code="432 95", town="Varberg"),
        due_diligence=DueDiligence(state="done", done_on=date(2026, 2, 3)),
        engagement_letter=EngagementLetter(state="done", done_on=date(2026, 2, 3)),
    )
    facts = CustomerFacts(
        customer=customer,
        contacts=(MAJA,),
        engagements=(
            Engagement(
                id="en_berga_26",
                customer_id=customer.id,
                type="bookkeeping",
                title="Löpande bokföring 2026",
                fiscal_year=2026,
            ),
            Engagement(
                id="en_berga_25",
                customer_id=customer.id,
                type="bookkeeping",
                title="Löpande bokföring 2025",
                fiscal_year=2025,
            ),
        ),
        participations=(
            _on("en_berga_26", customer.id, OLLE, "owner"),
            _on("en_berga_25", customer.id, SARA, "owner"),
        ),
        registration=Registration(
            id=registration_id(customer.id),
            customer_id=customer.id,
            answer="not_registered",
            checked_at=NOW - timedelta(minutes=2),
        ),
    )
    return dataclasses.replace(facts, **changes)


def bergstroms_el(**changes: Any) -> CustomerFacts:
    """Return a company that is registered with the vendor: Per answers, Anna is informed."""
    customer = Customer(
        id="cu_el",
        customer_number="A12",
        name="Bergströms El i Umeå AB",
        kind="legal_person",
        legal_form="AB",
        organisation_number="165560160680",
        address=Address(street="Storgatan 1", postal_code="903 26", town="Umeå"),
        due_diligence=DueDiligence(state="done", done_on=date(2026, 1, 7)),
        engagement_letter=EngagementLetter(state="done", done_on=date(2026, 1, 7)),
    )
    facts = CustomerFacts(
        customer=customer,
        contacts=(
            Contact(id="ct_per", customer_id=customer.id, name=PER.name, email=PER.email, is_main=True),
        ),
        engagements=(Engagement(id="en_lon", customer_id=customer.id, type="payroll", title="Lön 2026"),),
        participations=(
            _on("en_lon", customer.id, KARIN, "owner"),
            _on("en_lon", customer.id, SARA, "participant"),
        ),
        registration=Registration(
            id=registration_id(customer.id),
            customer_id=customer.id,
            answer="registered",
            vendor_customer_numbers=("4711001",),
            services=(RegisteredService(code="eekonomi", variant="pro", payer="customer"),),
            administrators=(PER, ANNA),
            main_contact=PER,
            checked_at=NOW - timedelta(minutes=2),
        ),
    )
    return dataclasses.replace(facts, **changes)


def with_registration(facts: CustomerFacts, **changes: Any) -> CustomerFacts:
    """Return the customer with another answer from the vendor."""
    assert facts.registration is not None
    return dataclasses.replace(facts, registration=dataclasses.replace(facts.registration, **changes))


def with_customer(facts: CustomerFacts, **changes: Any) -> CustomerFacts:
    """Return the customer with other fields of its own."""
    return dataclasses.replace(facts, customer=dataclasses.replace(facts.customer, **changes))


def collaboration(facts: CustomerFacts, service: str, state: str) -> Collaboration:
    """Return a collaboration of that customer."""
    return Collaboration(
        id=f"cl_{service}",
        company=Company(number=facts.customer.organisation_number, name=facts.customer.name),
        service=service,
        customer_id=facts.customer.id,
        engagement_id=facts.engagements[0].id,
        state=state,
    )


def draft_for(facts: CustomerFacts, *forms: ServiceForm, consented: bool = False) -> ActivationDraft:
    """Return a draft for one customer with these services chosen as they are proposed."""
    draft = choose_customer(new_draft(NOW), facts)
    customer = draft.customers[0]
    for form in forms:
        customer = choose_service(customer, form, facts)
    return draft.with_customer(give_consent(customer, consented=consented))


def _on(engagement_id: str, customer_id: str, staff: Staff, role: str) -> Participation:
    return Participation(
        id=f"pa_{engagement_id}_{staff.id}",
        engagement_id=engagement_id,
        customer_id=customer_id,
        staff_id=staff.id,
        role=role,
        from_on=date(2026, 1, 1),
    )

"""An activation as it is sent and answered: the records, and what moves them."""

from __future__ import annotations

import dataclasses

from app.domain import lifecycle
from app.domain.changes import Effect, Remove
from app.domain.commands import (
    CreateActivation,
)
from app.domain.records import (
    Activation,
    ActivationContact,
    ActivationItem,
    Address,
    Branch,
    Collaboration,
    Consent,
    Expectation,
    Invitation,
    Person,
    Registration,
)
from tests.support.clocks import MONDAY_MORNING
from tests.support.records_in_memory import RecordsInMemory, a_firm_at_work, context, run

ADDRESS = Address(street="Storgatan 1", postal_code="903 26", town="Umeå")


NEW = Activation(
    id="av_1",
    customer_id="cu_berg",
    branch=Branch.NOT_REGISTERED,
    items=(
        ActivationItem(collaboration_id="cl_1", service="eekonomi", engagement_id="en_2026", variant="smart"),
    ),
    contact=ActivationContact(
        name="Per Berg", email="per@bergsel.example", address=ADDRESS, contact_id="ct_per"
    ),
    expects=Expectation(answer="not_registered", checked_at=MONDAY_MORNING),
    consent=Consent(text_version="1", by="st_karin", at=MONDAY_MORNING),
)


TWO = dataclasses.replace(
    NEW,
    branch=Branch.WITHOUT_SERVICE,
    items=(
        ActivationItem(collaboration_id="cl_1", service="lon_smart", engagement_id="en_lon"),
        ActivationItem(collaboration_id="cl_2", service="utlagg", engagement_id="en_lon"),
    ),
    contact=None,
    expects=Expectation(answer="registered", checked_at=MONDAY_MORNING),
)


PER = Person(name="Per Berg", email="per@bergsel.example")


ANNA = Person(name="Anna Holm", email="anna@bergsel.example")


def at_work() -> RecordsInMemory:
    """Return the firm without its unlinked collaboration, which is in the way of another one."""
    records = a_firm_at_work()
    records.take_in(Effect(changes=(Remove("collaboration", "cl_old"),)))
    return records


def registration(**changes: object) -> Registration:
    base = Registration(
        id=lifecycle.registration_id("cu_berg"),
        customer_id="cu_berg",
        answer="registered",
        administrators=(PER, ANNA),
        main_contact=PER,
        checked_at=MONDAY_MORNING,
    )
    return dataclasses.replace(base, **changes)  # type: ignore[arg-type]


NOT_REGISTERED = registration(answer="not_registered", administrators=(), main_contact=None)


def started(activation: Activation) -> RecordsInMemory:
    records = at_work()
    run(records, CreateActivation(activation=activation))
    return records


def activation_in(records: RecordsInMemory) -> Activation:
    found = records.find("activation", "av_1")
    assert isinstance(found, Activation)
    return found


def states(records: RecordsInMemory, *ids: str) -> list[str]:
    found = [records.find("collaboration", id_) for id_ in ids]
    return [c.state for c in found if isinstance(c, Collaboration)]


def answered(records: RecordsInMemory, found: Registration) -> Effect:
    return records.take_in(lifecycle.activation_answered(activation_in(records), found, records, context()))


def invited(records: RecordsInMemory) -> Invitation:
    answered(records, registration())
    found = records.find("invitation", activation_in(records).invitation_id or "")
    assert isinstance(found, Invitation)
    return found


def refresh(records: RecordsInMemory, invitation: Invitation) -> Invitation:
    found = records.find("invitation", invitation.id)
    assert isinstance(found, Invitation)
    return found

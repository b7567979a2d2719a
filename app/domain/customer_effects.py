"""Effects of commands about customers, contacts, engagements and participations."""

from __future__ import annotations

import dataclasses

from app.domain.access import derive_access
from app.domain.changes import EffectBuilder, RejectedError, change_fields, customer_of
from app.domain.commands import (
    AddContact,
    AddParticipation,
    ArchiveCustomer,
    CloseEngagement,
    CreateCustomer,
    CreateEngagement,
    EndParticipation,
    RemoveContact,
    RestoreCustomer,
    UpdateContact,
    UpdateCustomer,
    UpdateEngagement,
)
from app.domain.records import (
    ACCESS_STATES,
    LIVE_COLLABORATION_STATES,
    Collaboration,
    Contact,
    Customer,
    CustomerState,
    Engagement,
    EngagementState,
    Participation,
    Staff,
    number_lookup,
)

CUSTOMER_FIELDS = frozenset(f.name for f in dataclasses.fields(Customer)) - {
    "id",
    "state",
    "protected",
    "protected_staff_ids",
}
CONTACT_FIELDS = frozenset({"name", "email", "phone", "is_main"})
ENGAGEMENT_FIELDS = frozenset({"type", "title", "fiscal_year"})


def create_customer(builder: EffectBuilder, payload: CreateCustomer) -> None:
    """customer.create. Rejected: ``duplicate_number``, ``invalid``, ``exists``."""
    customer = payload.customer
    if not customer.name.strip():
        raise RejectedError("invalid", field="name")
    builder.check_new(Customer, customer.id)
    _check_number(builder, customer)
    _check_predecessor(builder, customer)
    customer = _kept_in_sight(builder, customer)
    builder.put(customer)
    for contact in payload.contacts:
        if contact.customer_id != customer.id:
            raise RejectedError("invalid", field="contacts")
        builder.check_new(Contact, contact.id)
        builder.put(contact)
    builder.event(customer, "customer_created")


def update_customer(builder: EffectBuilder, payload: UpdateCustomer) -> None:
    """customer.update.

    Rejected: ``duplicate_number``, ``invalid``, ``gone``, ``legal_form`` (a service that is bound to it must
    end before it can change), ``staff_left``; conflicts per field.
    """
    before = customer_of(builder, payload.customer_id)
    after = change_fields(before, payload.set, CUSTOMER_FIELDS)
    if after == before:
        return
    if not after.name.strip():
        raise RejectedError("invalid", field="name")
    _check_number(builder, after)
    _check_legal_form(builder, before, after)
    if after.account_manager_id not in (None, before.account_manager_id):
        get_working(builder, after.account_manager_id)
    if after.predecessor_id != before.predecessor_id:
        _check_predecessor(builder, after)
    builder.put(after)
    builder.event(after, "customer_updated", after=", ".join(sorted(payload.set)))


def archive_customer(builder: EffectBuilder, payload: ArchiveCustomer) -> None:
    """customer.archive. Rejected: ``has_collaborations``, ``gone``."""
    customer = customer_of(builder, payload.customer_id)
    if any(
        c.state in LIVE_COLLABORATION_STATES for c in builder.list_of_customer(Collaboration, customer.id)
    ):
        raise RejectedError("has_collaborations")
    builder.put(dataclasses.replace(customer, state=CustomerState.ARCHIVED))
    builder.event(customer, "customer_archived")


def restore_customer(builder: EffectBuilder, payload: RestoreCustomer) -> None:
    """customer.restore. Rejected: ``gone``."""
    customer = customer_of(builder, payload.customer_id)
    builder.put(dataclasses.replace(customer, state=CustomerState.ACTIVE))
    builder.event(customer, "customer_restored")


def add_contact(builder: EffectBuilder, payload: AddContact) -> None:
    """contact.add. A new main contact takes over from the present one. Rejected: ``gone``, ``invalid``."""
    contact = payload.contact
    customer_of(builder, contact.customer_id)
    if not contact.name.strip():
        raise RejectedError("invalid", field="name")
    builder.check_new(Contact, contact.id)
    _put_contact(builder, contact)
    builder.event(contact, "contact_added")


def update_contact(builder: EffectBuilder, payload: UpdateContact) -> None:
    """contact.update. Rejected: ``gone``, ``invalid``; conflicts per field."""
    before = builder.get(Contact, payload.contact_id)
    customer_of(builder, before.customer_id)
    after = change_fields(before, payload.set, CONTACT_FIELDS)
    if after == before:
        return
    if not after.name.strip():
        raise RejectedError("invalid", field="name")
    _put_contact(builder, after)
    builder.event(after, "contact_updated", after=", ".join(sorted(payload.set)))


def remove_contact(builder: EffectBuilder, payload: RemoveContact) -> None:
    """contact.remove. Rejected: ``main_contact_needed`` where others are left but none is main."""
    contact = builder.get(Contact, payload.contact_id)
    customer_of(builder, contact.customer_id)
    others = [c for c in builder.list_of_customer(Contact, contact.customer_id) if c.id != contact.id]
    if contact.is_main and others:
        raise RejectedError("main_contact_needed")
    builder.remove(Contact, contact.id)
    builder.event(contact, "contact_removed")


def create_engagement(builder: EffectBuilder, payload: CreateEngagement) -> None:
    """engagement.create. Rejected: ``gone``, ``invalid``, ``exists``."""
    engagement = payload.engagement
    customer_of(builder, engagement.customer_id)
    if not engagement.title.strip() or not engagement.type:
        raise RejectedError("invalid", field="title")
    builder.check_new(Engagement, engagement.id)
    builder.put(engagement)
    builder.event(engagement, "engagement_created")
    for participation in payload.participations:
        if participation.engagement_id != engagement.id:
            raise RejectedError("invalid", field="participations")
        _put_participation(builder, participation, engagement)


def update_engagement(builder: EffectBuilder, payload: UpdateEngagement) -> None:
    """engagement.update. Rejected: ``gone``, ``invalid``; conflicts per field."""
    before = builder.get(Engagement, payload.engagement_id)
    customer_of(builder, before.customer_id)
    after = change_fields(before, payload.set, ENGAGEMENT_FIELDS)
    if after == before:
        return
    if not after.title.strip():
        raise RejectedError("invalid", field="title")
    builder.put(after)
    builder.event(after, "engagement_updated", after=", ".join(sorted(payload.set)))


def close_engagement(builder: EffectBuilder, payload: CloseEngagement) -> None:
    """engagement.close. Rejected: ``has_collaborations`` unless it is said to leave them unlinked."""
    engagement = builder.get(Engagement, payload.engagement_id)
    customer_of(builder, engagement.customer_id)
    if engagement.state == EngagementState.CLOSED:
        return
    linked = [
        c for c in builder.list_children(Collaboration, engagement.id) if c.state in LIVE_COLLABORATION_STATES
    ]
    if linked and not payload.leave_unlinked:
        raise RejectedError("has_collaborations")
    builder.put(dataclasses.replace(engagement, state=EngagementState.CLOSED))
    builder.event(engagement, "engagement_closed")
    for collaboration in linked:
        unlinked = dataclasses.replace(
            collaboration, engagement_id=None, unlinked_because="engagement_closed"
        )
        builder.put(unlinked)
        derive_access(builder, unlinked)
        builder.event(unlinked, "unlinked", before=engagement.id, after="engagement_closed")


def add_participation(builder: EffectBuilder, payload: AddParticipation) -> None:
    """participation.add. A new owner replaces the present one. Rejected: ``gone``, ``forbidden``."""
    participation = payload.participation
    engagement = builder.get(Engagement, participation.engagement_id)
    customer_of(builder, engagement.customer_id)
    check_may_change(builder, engagement)
    _put_participation(builder, participation, engagement)
    derive_for_engagement(builder, engagement.id)


def end_participation(builder: EffectBuilder, payload: EndParticipation) -> None:
    """participation.end. Rejected: ``gone``, ``forbidden``."""
    participation = builder.get(Participation, payload.participation_id)
    engagement = builder.get(Engagement, participation.engagement_id)
    customer_of(builder, engagement.customer_id)
    check_may_change(builder, engagement)
    builder.put(dataclasses.replace(participation, to_on=payload.to_on))
    builder.event(
        participation, "participation_ended", before=participation.staff_id, after=payload.to_on.isoformat()
    )
    derive_for_engagement(builder, engagement.id)


def _kept_in_sight(builder: EffectBuilder, customer: Customer) -> Customer:
    """Return the customer so that who adds it and sees only some customers goes on seeing it."""
    actor = builder.context.actor
    if actor.kind != "staff" or actor.sees == "all" or customer.account_manager_id is not None:
        return customer
    if actor.sees == "office" and actor.office and customer.office in ("", actor.office):
        return dataclasses.replace(customer, office=actor.office)
    return dataclasses.replace(customer, account_manager_id=actor.staff_id)


def _check_number(builder: EffectBuilder, customer: Customer) -> None:
    key = number_lookup(customer.organisation_number, customer.kind, customer.serial)
    if key is None:
        return
    if any(other.id != customer.id for other in builder.list_by_lookup(Customer, key)):
        raise RejectedError("duplicate_number")


def _check_legal_form(builder: EffectBuilder, before: Customer, after: Customer) -> None:
    is_other_form = bool(before.legal_form) and after.legal_form != before.legal_form
    if not is_other_form and after.kind == before.kind:
        return
    for collaboration in builder.list_of_customer(Collaboration, after.id):
        terms = builder.context.find_terms(collaboration.service)
        if terms is not None and terms.bound_to_legal_form and collaboration.state in ACCESS_STATES:
            raise RejectedError("legal_form", service=collaboration.service or "")


def _check_predecessor(builder: EffectBuilder, customer: Customer) -> None:
    """A predecessor is another customer, which the actor sees, and nobody comes after themselves."""
    seen = {customer.id}
    if customer.predecessor_id is not None:
        customer_of(builder, customer.predecessor_id)
    earlier = customer.predecessor_id
    while earlier is not None:
        if earlier in seen:
            raise RejectedError("invalid", field="predecessor_id")
        seen.add(earlier)
        found = builder.find(Customer, earlier)
        if found is None:
            raise RejectedError("gone", type="customer")
        earlier = found.predecessor_id


def get_working(builder: EffectBuilder, staff_id: str) -> Staff:
    """Return the staff member. Raises RejectedError ``gone``, ``staff_left`` for who works here no more."""
    staff = builder.get(Staff, staff_id)
    if staff.state == "left":
        raise RejectedError("staff_left", name=staff.name)
    return staff


def check_may_change(builder: EffectBuilder, engagement: Engagement) -> None:
    """Raise ``full_permission_needed`` where the actor may not change who is on the engagement."""
    actor = builder.context.actor
    if actor.kind != "staff" or actor.full_permission:
        return
    own = any(builder.context.is_on_it(p) for p in builder.list_children(Participation, engagement.id))
    if not own:
        raise RejectedError("full_permission_needed")


def _put_contact(builder: EffectBuilder, contact: Contact) -> None:
    if contact.is_main:
        for other in builder.list_of_customer(Contact, contact.customer_id):
            if other.id != contact.id and other.is_main:
                builder.put(dataclasses.replace(other, is_main=False))
    builder.put(contact)


def _put_participation(builder: EffectBuilder, participation: Participation, engagement: Engagement) -> None:
    if participation.customer_id != engagement.customer_id:
        raise RejectedError("invalid", field="customer_id")
    first, last = participation.from_on, participation.to_on
    if first is not None and last is not None and last < first:
        raise RejectedError("dates_reversed")
    get_working(builder, participation.staff_id)
    builder.check_new(Participation, participation.id)
    if participation.role == "owner":
        for other in builder.list_children(Participation, engagement.id):
            if other.role == "owner" and other.id != participation.id:
                builder.put(dataclasses.replace(other, role="participant"))
    builder.put(participation)
    builder.event(participation, "participation_added", after=participation.staff_id)


def derive_for_engagement(builder: EffectBuilder, engagement_id: str) -> None:
    """Bring the access to the engagement's collaborations in line with who is on it."""
    for collaboration in builder.list_children(Collaboration, engagement_id):
        derive_access(builder, collaboration)

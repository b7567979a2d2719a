"""Effects of commands about a running collaboration: other terms, its end, and the customer's main contact.

What the vendor must do follows after the commit; what it answers is ``app.domain.vendor_answers``.
"""

from __future__ import annotations

import dataclasses
from datetime import date

from app.domain.changes import EffectBuilder, RejectedError, change_fields, customer_of
from app.domain.commands import (
    CancelEndCollaboration,
    EndCollaboration,
    SetMainContact,
    UpdateCollaboration,
)
from app.domain.contact_details import parse_email
from app.domain.end_letters import tell_administrators
from app.domain.end_rules import list_end_obstacles
from app.domain.ids import PREFIXES, derived_id
from app.domain.records import (
    ACCESS_STATES,
    Branch,
    Collaboration,
    CollaborationState,
    Customer,
    Payer,
    Person,
    Registration,
    RegistrationAnswer,
    Staff,
    company_key,
)
from app.domain.rights import Action, why_not

AGREEMENT_FIELDS = frozenset({"variant", "payer", "period_months", "options"})


def update_collaboration(builder: EffectBuilder, payload: UpdateCollaboration) -> None:
    """collaboration.update: variant, payer, period, and the form's other answers.

    Rejected: ``gone``, the reason of the missing right, ``not_active``, ``customer_owns_subscription``,
    ``choice_not_allowed`` (with the field), ``legal_form``; conflicts per field.
    """
    before = builder.get(Collaboration, payload.collaboration_id)
    customer = _check(builder, Action.CHANGE_AGREEMENT, before)
    if before.state != CollaborationState.ACTIVE:
        raise RejectedError("not_active", state=before.state)
    after = change_fields(before, payload.set, AGREEMENT_FIELDS)
    if after == before:
        return
    registration = _find_registration(builder, customer)
    held = registration.services if registration is not None else ()
    if any(s.code == before.service and s.subscription_owner == Payer.CUSTOMER for s in held):
        raise RejectedError("customer_owns_subscription")
    _check_values(builder, before, after, customer, registration)
    if after.period_months != before.period_months:
        after = dataclasses.replace(
            after, period_from=builder.context.today if after.period_months is not None else None
        )
    builder.put(dataclasses.replace(after, problem=""))
    builder.vendor(
        "change",
        after.id,
        before={
            "variant": before.variant,
            "payer": before.payer,
            "period_months": before.period_months,
            "period_from": before.period_from.isoformat() if before.period_from else None,
            "options": before.options,
        },
    )
    builder.event(
        after,
        "agreement_changed",
        before=_in_words(before, payload.set),
        after=_in_words(after, payload.set),
    )


def end_collaboration(builder: EffectBuilder, payload: EndCollaboration) -> None:
    """collaboration.end, now or on a day: it is *ending* until the vendor has confirmed and the day has come.

    Rejected: ``gone``, the reason of the missing right, ``not_active``, ``already_ending``, and the first of
    ``end_rules.list_end_obstacles`` that stands in the way.
    """
    before = builder.get(Collaboration, payload.collaboration_id)
    customer = _check(builder, Action.END, before)
    if before.state == CollaborationState.ENDING:
        raise RejectedError("already_ending", date=_iso(before.ends_on))
    if before.state != CollaborationState.ACTIVE:
        raise RejectedError("not_active", state=before.state)
    context = builder.context
    for obstacle in list_end_obstacles(
        before,
        payload,
        name=customer.name if customer is not None else before.company.name,
        siblings=_list_siblings(builder, before),
        registration=_find_registration(builder, customer),
        context=context,
    ):
        if obstacle.blocks:
            raise RejectedError(obstacle.code, **obstacle.data)
    after = dataclasses.replace(
        before,
        state=CollaborationState.ENDING,
        ends_on=payload.on or context.today,
        ended_by=context.actor.staff_id,
        end_choice=payload.choice,
        end_checklist=payload.checklist,
        end_asked_by=context.actor.staff_id,
        end_asked_at=context.now,
        end_confirmed_at=None,
        handed_over_on=payload.handed_over_on or before.handed_over_on,
        problem="",
    )
    builder.put(after)
    builder.vendor("end", after.id)
    builder.event(after, "end_asked", before=payload.choice, after=_iso(after.ends_on))


def cancel_end(builder: EffectBuilder, payload: CancelEndCollaboration) -> None:
    """collaboration.cancel_end. Rejected: ``gone``, the missing right, ``not_ending``, ``too_late`` (the day
    has come and the vendor has confirmed), ``ended_by_customer`` (their end is theirs to cancel).
    """
    before = builder.get(Collaboration, payload.collaboration_id)
    _check(builder, Action.END, before)
    if before.state == CollaborationState.ENDED:
        raise RejectedError("too_late", date=_iso(before.ends_on))
    if before.state != CollaborationState.ENDING:
        raise RejectedError("not_ending", state=before.state)
    if not before.end_asked_by:
        raise RejectedError("ended_by_customer", date=_iso(before.ends_on))
    is_over = before.ends_on is not None and before.ends_on <= builder.context.today
    if is_over and before.end_confirmed_at is not None:
        raise RejectedError("too_late", date=_iso(before.ends_on))
    after = without_end(before)
    builder.put(after)
    builder.vendor("cancel_end", after.id, before=end_values(before))
    builder.event(after, "end_cancelled", before=_iso(before.ends_on))
    if before.end_confirmed_at is not None:
        tell_administrators(builder, after, "end_cancelled")


def set_main_contact(builder: EffectBuilder, payload: SetMainContact) -> None:
    """registration.set_main_contact: a person at the customer becomes administrator and main contact.

    Rejected: ``gone``, the missing right, ``contact_incomplete``, ``contact_is_staff``, ``not_registered``.
    """
    customer = customer_of(builder, payload.customer_id)
    reason = why_not(Action.MAIN_CONTACT, builder.context.actor)
    if reason:
        raise RejectedError(reason)
    email = parse_email(payload.email)
    if not payload.name.strip() or not email.value or email.error is not None:
        raise RejectedError("contact_incomplete")
    if builder.list_by_lookup(Staff, email.value.casefold()):
        raise RejectedError("contact_is_staff")
    registration = _find_registration(builder, customer)
    if registration is None or registration.answer != RegistrationAnswer.REGISTERED:
        raise RejectedError("not_registered")
    person = Person(name=payload.name.strip(), email=email.value)
    others = tuple(p for p in registration.administrators if p.email.casefold() != person.email.casefold())
    after = dataclasses.replace(
        registration, administrators=(*others, person), main_contact=person, problem=""
    )
    builder.put(after)
    builder.vendor(
        "main_contact", after.id, name=person.name, email=person.email, phone=payload.phone.strip()
    )
    builder.event(after, "main_contact_set", after=person.name)


def without_end(collaboration: Collaboration) -> Collaboration:
    """Return the collaboration as it goes on: nobody has asked for its end."""
    return dataclasses.replace(
        collaboration,
        state=CollaborationState.ACTIVE,
        ends_on=None,
        ended_by="",
        end_choice="",
        end_checklist=(),
        end_asked_by="",
        end_asked_at=None,
        end_confirmed_at=None,
    )


def end_values(collaboration: Collaboration) -> dict[str, object]:
    """Return the end as plain JSON values, for putting it back where the vendor refuses to cancel it."""
    return {
        "ends_on": _iso(collaboration.ends_on) or None,
        "ended_by": collaboration.ended_by,
        "end_choice": collaboration.end_choice,
        "end_checklist": list(collaboration.end_checklist),
        "end_asked_by": collaboration.end_asked_by,
        "end_asked_at": collaboration.end_asked_at.isoformat() if collaboration.end_asked_at else None,
        "end_confirmed_at": (
            collaboration.end_confirmed_at.isoformat() if collaboration.end_confirmed_at else None
        ),
    }


def _check(builder: EffectBuilder, action: Action, collaboration: Collaboration) -> Customer | None:
    customer = None
    if collaboration.customer_id is not None:
        customer = customer_of(builder, collaboration.customer_id)
    reason = why_not(action, builder.context.actor)
    if reason is None and customer is None:
        reason = why_not(Action.UNLINKED, builder.context.actor)
    if reason:
        raise RejectedError(reason)
    return customer


def _find_registration(builder: EffectBuilder, customer: Customer | None) -> Registration | None:
    if customer is None:
        return None
    return builder.find(Registration, derived_id(PREFIXES["registration"], customer.id))


def _list_siblings(builder: EffectBuilder, collaboration: Collaboration) -> list[Collaboration]:
    """Return the company's other collaborations: those of its customer here, and those not linked yet."""
    found = {row.id: row for row in builder.list_by_lookup(Collaboration, company_key(collaboration.company))}
    if collaboration.customer_id is not None:
        found |= {row.id: row for row in builder.list_of_customer(Collaboration, collaboration.customer_id)}
    found.pop(collaboration.id, None)
    return [row for row in found.values() if row.state in ACCESS_STATES]


def _check_values(
    builder: EffectBuilder,
    before: Collaboration,
    after: Collaboration,
    customer: Customer | None,
    registration: Registration | None,
) -> None:
    terms = builder.context.find_terms(after.service)
    if terms is None:
        return
    facts = {"branch": str(Branch.WITH_SERVICE)}
    if customer is not None:
        facts |= {"customer_kind": customer.kind, "legal_form": customer.legal_form}
    if registration is not None and registration.lon_direkt is not None:
        facts["lon_direkt"] = "on" if registration.lon_direkt else "off"
    present, wanted = _form_values(before), _form_values(after)
    for refusal in terms.refusals(wanted, facts):
        name = refusal.field
        # What was never asked, or what the vendor has though we know no such choice, is not in the way of
        # a change of something else.
        stays_odd = wanted.get(name) == present.get(name) and any(
            one.field == name for one in terms.refusals(present, facts)
        )
        if not wanted.get(name) or stays_odd:
            continue
        if terms.bound_to_legal_form:
            raise RejectedError("legal_form", field=name, service=after.service or "")
        raise RejectedError("choice_not_allowed", field=name, service=after.service or "")


def _form_values(collaboration: Collaboration) -> dict[str, str]:
    period = collaboration.period_months
    return {
        **collaboration.options,
        "variant": collaboration.variant,
        "payer": collaboration.payer,
        "period_months": str(period) if period is not None else "",
    }


def _in_words(collaboration: Collaboration, changes: dict[str, dict[str, object]]) -> str:
    return ", ".join(f"{name}={getattr(collaboration, name)}" for name in sorted(changes))


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()

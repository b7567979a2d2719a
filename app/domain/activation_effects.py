"""Effects of commands about activations and invitations."""

from __future__ import annotations

import dataclasses

from app.domain.branches import branch_of, branch_of_activation
from app.domain.changes import EffectBuilder, RejectedError, customer_of
from app.domain.commands import (
    CancelActivation,
    CreateActivation,
    ProceedActivation,
    RemindInvitation,
    ResendInvitation,
    WithdrawInvitation,
)
from app.domain.ids import PREFIXES, derived_id
from app.domain.linking_effects import check_engagement
from app.domain.obstacles import CLOSED_COMPANIES
from app.domain.records import (
    LIVE_COLLABORATION_STATES,
    Activation,
    ActivationItem,
    ActivationState,
    Collaboration,
    CollaborationSource,
    CollaborationState,
    Company,
    Contact,
    Customer,
    CustomerState,
    Expectation,
    Invitation,
    InvitationState,
    MailState,
    Registration,
    RegistrationAnswer,
    Reminder,
    Staff,
    company_key,
)
from app.domain.rights import Action, why_not
from app.swedish_day import swedish_day

MAXIMUM_SERVICES = 8
_NOT_STARTED = (CollaborationState.RECEIVED, CollaborationState.STOPPED, CollaborationState.REFUSED)
_OPEN_INVITATIONS = frozenset({InvitationState.QUEUED, InvitationState.SENT})


def create_activation(builder: EffectBuilder, payload: CreateActivation) -> None:
    """activation.create: record it with one collaboration per service; the vendor is asked afterwards.

    Rejected: ``gone``, ``customer_archived``, ``invalid``, ``consent_missing``, ``invalid_number``,
    ``engagement_missing``, ``engagement_closed``, ``engagement_of_other_customer``, ``already_active``,
    ``already_invited``, ``already_unlinked``, ``contact_incomplete``, ``contact_is_staff``,
    ``due_diligence_missing`` and ``engagement_letter_missing`` where the firm blocks,
    ``due_diligence_reason_missing`` where it warns, ``choice_not_allowed``, ``company_bankrupt``,
    ``company_merged``.
    """
    activation = payload.activation
    customer = customer_of(builder, activation.customer_id)
    if customer.state == CustomerState.ARCHIVED:
        raise RejectedError("customer_archived")
    builder.check_new(Activation, activation.id)
    for item in activation.items:
        builder.check_new(Collaboration, item.collaboration_id)
    services = [item.service for item in activation.items]
    if not 1 <= len(services) <= MAXIMUM_SERVICES or len(set(services)) != len(services):
        raise RejectedError("invalid", field="items")
    if activation.consent is None:
        raise RejectedError("consent_missing")
    if not customer.organisation_number:
        raise RejectedError("invalid_number")
    _check_due_diligence(builder, customer, activation)
    if activation.expects.answer == RegistrationAnswer.NOT_REGISTERED and activation.contact is None:
        raise RejectedError("contact_incomplete")
    _check_contact(builder, activation)
    _check_not_started(builder, customer, services)
    _check_company(builder, customer)
    for item in activation.items:
        check_engagement(builder, customer, item.engagement_id)
        _check_choices(builder, customer, activation, item)

    recorded = dataclasses.replace(
        activation,
        state=ActivationState.RECEIVED,
        branch=branch_of_activation(activation.expects.answer, activation.expects.services, services),
        stopped_because="",
        refused_because="",
        invitation_id=None,
        made_by=builder.context.actor.staff_id,
        made_at=builder.context.now,
    )
    builder.put(recorded)
    company = _company_of(builder, customer)
    for item in activation.items:
        builder.put(
            Collaboration(
                id=item.collaboration_id,
                company=company,
                source=CollaborationSource.SAMVERKA,
                service=item.service,
                customer_id=customer.id,
                engagement_id=item.engagement_id,
                variant=item.variant,
                payer=item.payer,
                period_months=item.period_months,
                period_from=builder.context.today if item.period_months else None,
                options=dict(item.options),
                state=CollaborationState.RECEIVED,
                activation_id=activation.id,
            )
        )
    builder.vendor("activate", activation.id)
    builder.event(
        recorded, "activation_received", before=activation.due_diligence_reason, after=", ".join(services)
    )


def proceed_activation(builder: EffectBuilder, payload: ProceedActivation) -> None:
    """activation.proceed: the person has seen the new answer and goes on.

    Rejected: ``gone``, ``not_stopped``, ``contact_incomplete`` (the company must now be registered, and
    the activation has no contact person: cancel it and start anew).
    """
    activation = builder.get(Activation, payload.activation_id)
    customer_of(builder, activation.customer_id)
    if activation.state != ActivationState.STOPPED:
        raise RejectedError("not_stopped")
    if payload.answer == RegistrationAnswer.NOT_REGISTERED and activation.contact is None:
        raise RejectedError("contact_incomplete")
    codes = [item.service for item in activation.items]
    after = dataclasses.replace(
        activation,
        state=ActivationState.RECEIVED,
        stopped_because="",
        branch=branch_of_activation(payload.answer, payload.services, codes),
        expects=Expectation(answer=payload.answer, services=payload.services, checked_at=builder.context.now),
    )
    builder.put(after)
    set_states(builder, after, CollaborationState.RECEIVED)
    builder.vendor("activate", activation.id)
    builder.event(after, "activation_proceeded", before=activation.stopped_because, after=payload.answer)


def cancel_activation(builder: EffectBuilder, payload: CancelActivation) -> None:
    """activation.cancel. Rejected: ``gone``, ``already_sent``."""
    activation = builder.get(Activation, payload.activation_id)
    customer_of(builder, activation.customer_id)
    if activation.state == ActivationState.CANCELLED:
        return
    if activation.state not in (ActivationState.RECEIVED, ActivationState.STOPPED, ActivationState.REFUSED):
        raise RejectedError("already_sent")
    after = dataclasses.replace(activation, state=ActivationState.CANCELLED)
    builder.put(after)
    # What the customer has answered, or the vendor started before it refused, stays as it is.
    for state in _NOT_STARTED:
        set_states(builder, after, CollaborationState.WITHDRAWN, only=state)
    builder.event(after, "activation_cancelled")


def remind_invitation(builder: EffectBuilder, payload: RemindInvitation) -> None:
    """invitation.remind.

    Rejected: ``gone``, ``answered``, ``too_soon`` (the firm's limit per day), ``invitation_locked`` (its
    link is of no use any more: send it again), ``company_bankrupt``, ``company_merged``.
    """
    invitation = _open_invitation(builder, payload.invitation_id)
    if invitation.locked:
        raise RejectedError("invitation_locked")
    _check_company(builder, builder.get(Customer, invitation.customer_id))
    now = builder.context.now
    today = builder.context.today
    sent_today = sum(1 for reminder in invitation.reminders if swedish_day(reminder.at) == today)
    if sent_today >= builder.context.settings.reminders_per_day:
        raise RejectedError("too_soon")
    reminder = Reminder(at=now, by=builder.context.actor.staff_id)
    after = dataclasses.replace(invitation, reminders=(*invitation.reminders, reminder))
    builder.put(after)
    for recipient in invitation.recipients:
        if recipient.role == "approver":
            builder.mail("reminder", invitation.id, recipient)
    builder.event(after, "invitation_reminded")


def resend_invitation(builder: EffectBuilder, payload: ResendInvitation) -> None:
    """invitation.resend with corrected addresses.

    Rejected: ``gone``, ``answered``, ``invalid``, ``too_soon`` (it is on its way to the same addresses),
    ``company_bankrupt``, ``company_merged``.
    """
    invitation = _open_invitation(builder, payload.invitation_id)
    _check_company(builder, builder.get(Customer, invitation.customer_id))
    if not any(r.role == "approver" and r.email for r in payload.recipients):
        raise RejectedError("invalid", field="recipients")
    before = {r.email.casefold(): r.mail_state for r in invitation.recipients if r.role == "approver"}
    wanted = {r.email.casefold() for r in payload.recipients if r.role == "approver"}
    if wanted == set(before) and MailState.QUEUED in before.values() and not invitation.locked:
        raise RejectedError("too_soon")  # it is on its way to them already
    recipients = tuple(dataclasses.replace(r, mail_state=MailState.QUEUED) for r in payload.recipients)
    after = dataclasses.replace(invitation, recipients=recipients, state=InvitationState.QUEUED, locked=False)
    builder.put(after)
    for recipient in recipients:
        kind = "invitation" if recipient.role == "approver" else "information"
        builder.mail(kind, invitation.id, recipient)
    builder.event(after, "invitation_resent", after=", ".join(r.name for r in recipients))


def withdraw_invitation(builder: EffectBuilder, payload: WithdrawInvitation) -> None:
    """invitation.withdraw. Rejected: ``gone``, ``answered``, or the reason of the missing right."""
    reason = why_not(Action.WITHDRAW, builder.context.actor)
    if reason:
        raise RejectedError(reason)
    invitation = _open_invitation(builder, payload.invitation_id)
    after = dataclasses.replace(invitation, state=InvitationState.WITHDRAWN, withdrawn_at=builder.context.now)
    builder.put(after)
    activation = builder.get(Activation, invitation.activation_id)
    builder.put(dataclasses.replace(activation, state=ActivationState.CANCELLED))
    set_states(builder, activation, CollaborationState.WITHDRAWN, only=CollaborationState.PENDING)
    builder.vendor("withdraw", invitation.id)
    for recipient in invitation.recipients:
        if recipient.role == "approver" and recipient.mail_state == MailState.SENT:
            builder.mail("withdrawn", invitation.id, recipient)
    builder.event(after, "invitation_withdrawn")


def set_states(
    builder: EffectBuilder, activation: Activation, state: str, *, only: str | None = None, **fields: object
) -> None:
    """Set the state (and other fields) of the activation's collaborations, or only of those in ``only``."""
    for item in activation.items:
        collaboration = builder.find(Collaboration, item.collaboration_id)
        if collaboration is None or (only is not None and collaboration.state != only):
            continue
        builder.put(dataclasses.replace(collaboration, state=state, **fields))  # type: ignore[arg-type]


def _open_invitation(builder: EffectBuilder, invitation_id: str) -> Invitation:
    invitation = builder.get(Invitation, invitation_id)
    customer_of(builder, invitation.customer_id)
    if invitation.state not in _OPEN_INVITATIONS:
        raise RejectedError("answered", state=invitation.state)
    return invitation


def _check_contact(builder: EffectBuilder, activation: Activation) -> None:
    contact = activation.contact
    if contact is None:
        return
    if not (contact.name.strip() and contact.email.strip() and contact.address.is_complete):
        raise RejectedError("contact_incomplete")
    if builder.list_by_lookup(Staff, contact.email.strip().casefold()):
        raise RejectedError("contact_is_staff")


def _check_not_started(builder: EffectBuilder, customer: Customer, services: list[str]) -> None:
    waiting = (CollaborationState.PENDING, CollaborationState.RECEIVED, CollaborationState.STOPPED)
    company = Company(number=customer.organisation_number, serial=customer.serial)
    found = {row.id: row for row in builder.list_by_lookup(Collaboration, company_key(company))}
    found |= {row.id: row for row in builder.list_of_customer(Collaboration, customer.id)}
    for collaboration in found.values():
        # Another customer with the same number (a person and firms of theirs) is another company.
        if collaboration.customer_id not in (None, customer.id):
            continue
        if collaboration.service not in services or collaboration.state not in LIVE_COLLABORATION_STATES:
            continue
        if collaboration.customer_id is None:
            raise RejectedError("already_unlinked", service=collaboration.service)
        code = "already_invited" if collaboration.state in waiting else "already_active"
        raise RejectedError(code, service=collaboration.service or "")


def _check_due_diligence(builder: EffectBuilder, customer: Customer, activation: Activation) -> None:
    is_known, has_letter = customer.due_diligence.state == "done", customer.engagement_letter.state == "done"
    if is_known and has_letter:
        return
    if builder.context.settings.due_diligence_blocks:
        raise RejectedError("engagement_letter_missing" if is_known else "due_diligence_missing")
    if not activation.due_diligence_reason.strip():
        raise RejectedError("due_diligence_reason_missing")


def _check_company(builder: EffectBuilder, customer: Customer) -> None:
    """A company that is bankrupt or merged gets no invitation: others represent it now."""
    row = builder.find(Registration, derived_id(PREFIXES["registration"], customer.id))
    if row is not None and row.company_state in CLOSED_COMPANIES:
        raise RejectedError(f"company_{row.company_state}")


def _check_choices(
    builder: EffectBuilder, customer: Customer, activation: Activation, item: ActivationItem
) -> None:
    """Hold the form's values against the service's rules; what the branch does not ask for is not missed."""
    terms = builder.context.find_terms(item.service)
    if terms is None:
        return
    expects = activation.expects
    facts = {
        "branch": branch_of(expects.answer, expects.services, item.service),
        "customer_kind": customer.kind,
        "legal_form": customer.legal_form,
    }
    values = {
        **item.options,
        "variant": item.variant,
        "payer": item.payer,
        "period_months": str(item.period_months) if item.period_months is not None else "",
    }
    for refusal in terms.refusals(values, facts):
        if values.get(refusal.field):
            raise RejectedError("choice_not_allowed", service=item.service, field=refusal.field)


def _company_of(builder: EffectBuilder, customer: Customer) -> Company:
    contacts = builder.list_of_customer(Contact, customer.id)
    main = next((c for c in contacts if c.is_main), contacts[0] if contacts else None)
    return Company(
        number=customer.organisation_number,
        serial=customer.serial,
        name=customer.name,
        vendor_customer_number=customer.vendor_customer_number,
        email=main.email if main else "",
        phone=main.phone if main else "",
        postal_code=customer.address.postal_code,
        town=customer.address.town,
    )

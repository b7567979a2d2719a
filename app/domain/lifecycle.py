"""What follows when the vendor, the customer, the mail or the calendar answers.

The server's workers and the portal call these and write the effect in a transaction of the firm. Each
is safe to call again: an answer that has already been taken in changes nothing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import timedelta

from app.domain.access import derive_access
from app.domain.activation_effects import set_states
from app.domain.branches import branch_of_activation, what_changed
from app.domain.changes import Context, Effect, EffectBuilder, Reader, RejectedError
from app.domain.closed_companies import withdraw_if_closed
from app.domain.ids import PREFIXES, derived_id
from app.domain.obstacles import approvers_of, find_obstacle
from app.domain.records import (
    Access,
    AccessReason,
    Activation,
    ActivationState,
    Collaboration,
    CollaborationState,
    Contact,
    Customer,
    Firm,
    Invitation,
    InvitationState,
    MailState,
    Person,
    Recipient,
    RegisteredService,
    Registration,
    RegistrationAnswer,
    ServiceAnswer,
)

APPROVED = "approved"
DECLINED = "declined"


def registration_id(customer_id: str) -> str:
    """Return the id of the customer's registration row: there is one per customer."""
    return derived_id(PREFIXES["registration"], customer_id)


def activation_answered(
    activation: Activation, registration: Registration, reader: Reader, context: Context
) -> Effect:
    """Take in the check that is made right before anything is sent.

    A changed or unknown answer stops the activation with its reason. Otherwise: not registered → a
    vendor request ``register``; registered → the invitation with its e-mails. An activation that is no
    longer waiting changes nothing.
    """
    builder = EffectBuilder(reader, context, f"{activation.id}:answered:{registration.checked_at}")
    present = builder.find(Activation, activation.id)
    if present is None or present.state != ActivationState.RECEIVED:
        return builder.build()
    builder.put(registration)
    withdraw_if_closed(builder, registration)
    codes = [item.service for item in present.items]
    reason = what_changed(present.expects, registration, codes)
    customer = builder.find(Customer, present.customer_id)
    if not reason and customer is not None:
        reason = find_obstacle(present, registration, customer)
    if reason:
        stopped = dataclasses.replace(present, state=ActivationState.STOPPED, stopped_because=reason)
        builder.put(stopped)
        set_states(builder, stopped, CollaborationState.STOPPED)
        builder.event(stopped, "activation_stopped", before=present.expects.answer, after=reason)
        return builder.build()
    branch = branch_of_activation(registration.answer, registration.services, codes)
    if registration.answer == RegistrationAnswer.NOT_REGISTERED:
        sent = dataclasses.replace(present, state=ActivationState.SENT, branch=branch)
        builder.put(sent)
        set_states(builder, sent, CollaborationState.REGISTERING)
        builder.vendor("register", sent.id)
        builder.event(sent, "registering")
    else:
        if customer is not None and present.vendor_customer_number and not customer.vendor_customer_number:
            builder.put(dataclasses.replace(customer, vendor_customer_number=present.vendor_customer_number))
        _invite(builder, dataclasses.replace(present, branch=branch), registration)
    return builder.build()


def company_registered(
    activation: Activation, vendor_customer_number: str, reader: Reader, context: Context
) -> Effect:
    """Take in that the vendor has registered the company: active, access, login instructions by e-mail."""
    builder = EffectBuilder(reader, context, f"{activation.id}:registered")
    present = builder.find(Activation, activation.id)
    if present is None or present.state != ActivationState.SENT or present.contact is None:
        return builder.build()
    contact = present.contact
    done = dataclasses.replace(present, state=ActivationState.DONE, login_mail_state=MailState.QUEUED)
    builder.put(done)
    set_states(
        builder,
        done,
        CollaborationState.ACTIVE,
        only=CollaborationState.REGISTERING,
        started_on=context.today,
    )
    contact_id = _contact_row(builder, done)
    for item in done.items:
        collaboration = builder.get(Collaboration, item.collaboration_id)
        if contact_id is not None:
            builder.put(
                Access(
                    id=derived_id(PREFIXES["access"], collaboration.id, contact_id, AccessReason.CONTACT),
                    collaboration_id=collaboration.id,
                    customer_id=collaboration.customer_id,
                    contact_id=contact_id,
                    since=context.now,
                    because=AccessReason.CONTACT,
                )
            )
        derive_access(builder, collaboration)
    customer = builder.get(Customer, done.customer_id)
    if vendor_customer_number and not customer.vendor_customer_number:
        builder.put(dataclasses.replace(customer, vendor_customer_number=vendor_customer_number))
    person = Person(name=contact.name, email=contact.email)
    row = builder.find(Registration, registration_id(customer.id)) or Registration(
        id=registration_id(customer.id), customer_id=customer.id
    )
    builder.put(
        dataclasses.replace(
            row,
            answer=RegistrationAnswer.REGISTERED,
            vendor_customer_numbers=(vendor_customer_number,) if vendor_customer_number else (),
            services=tuple(
                RegisteredService(
                    code=item.service,
                    variant=item.variant,
                    payer=item.payer or "firm",
                    subscription_owner="firm",
                )
                for item in done.items
            ),
            administrators=(person,),
            main_contact=person,
            checked_at=context.now,
        )
    )
    builder.mail(
        "login_instructions",
        done.id,
        Recipient(name=contact.name, email=contact.email, role="contact"),
        done.language,
    )
    builder.event(done, "company_registered", after=vendor_customer_number)
    return builder.build()


def activation_refused(activation: Activation, code: str, reader: Reader, context: Context) -> Effect:
    """Take in that the vendor refused; ``code`` is the reason, shown to the person."""
    builder = EffectBuilder(reader, context, f"{activation.id}:refused")
    present = builder.find(Activation, activation.id)
    if present is None or present.state in (ActivationState.DONE, ActivationState.CANCELLED):
        return builder.build()
    refused = dataclasses.replace(present, state=ActivationState.REFUSED, refused_because=code)
    builder.put(refused)
    set_states(builder, refused, CollaborationState.REFUSED)
    builder.event(refused, "activation_refused", after=code)
    return builder.build()


def invitation_answered(
    invitation: Invitation,
    answers: Mapping[str, str],
    answered_by: str,
    words: str,
    reader: Reader,
    context: Context,
) -> Effect:
    """Take in the customer's answer per service (``approved`` or ``declined``).

    The first answer for a service counts. Raises RejectedError ``answered`` where the invitation no
    longer waits, ``invalid`` for a service that it does not hold.
    """
    builder = EffectBuilder(reader, context, f"{invitation.id}:answered:{','.join(sorted(answers))}")
    present = builder.get(Invitation, invitation.id)
    if present.state not in (InvitationState.SENT, InvitationState.QUEUED):
        raise RejectedError("answered", state=present.state)
    if not answers or any(
        code not in present.services or answer not in (APPROVED, DECLINED) for code, answer in answers.items()
    ):
        raise RejectedError("invalid", field="answers")
    given = {a.service: a.answer for a in present.answers}
    new = {code: answer for code, answer in answers.items() if code not in given}
    merged = given | new
    is_complete = set(merged) == set(present.services)
    after = dataclasses.replace(
        present,
        answers=tuple(ServiceAnswer(service=code, answer=answer) for code, answer in merged.items()),
        state=InvitationState.ANSWERED if is_complete else present.state,
        answered_at=context.now,
        answered_by=answered_by,
        words=words or present.words,
    )
    builder.put(after)
    activation = builder.get(Activation, present.activation_id)
    approved: list[str] = []
    for item in activation.items:
        if item.service not in new:
            continue
        collaboration = builder.get(Collaboration, item.collaboration_id)
        yes = new[item.service] == APPROVED
        collaboration = dataclasses.replace(
            collaboration,
            state=CollaborationState.ACTIVE if yes else CollaborationState.DECLINED,
            started_on=context.today if yes else collaboration.started_on,
        )
        builder.put(collaboration)
        derive_access(builder, collaboration)
        builder.event(collaboration, new[item.service], after=words)
        if yes:
            approved.append(item.service)
    if is_complete:
        builder.put(dataclasses.replace(activation, state=ActivationState.DONE))
    _note_services(builder, activation, approved)
    return builder.build()


def invitation_expired(invitation: Invitation, reader: Reader, context: Context) -> Effect:
    """Take in that nobody answered in time; what was answered before stays."""
    builder = EffectBuilder(reader, context, f"{invitation.id}:expired")
    present = builder.find(Invitation, invitation.id)
    if present is None or present.state not in (InvitationState.SENT, InvitationState.QUEUED):
        return builder.build()
    if present.expires_on is None or context.today <= present.expires_on:
        return builder.build()
    builder.put(dataclasses.replace(present, state=InvitationState.EXPIRED))
    activation = builder.find(Activation, present.activation_id)
    if activation is not None:
        builder.put(dataclasses.replace(activation, state=ActivationState.DONE))
        set_states(builder, activation, CollaborationState.EXPIRED, only=CollaborationState.PENDING)
    builder.event(present, "invitation_expired")
    return builder.build()


def invitation_locked(invitation: Invitation, reader: Reader, context: Context) -> Effect:
    """Take in that the typed fact was wrong too many times; the staff are told, a resend unlocks."""
    builder = EffectBuilder(reader, context, f"{invitation.id}:locked:{context.now.isoformat()}")
    present = builder.find(Invitation, invitation.id)
    if present is not None and not present.locked:
        builder.put(dataclasses.replace(present, locked=True))
        builder.event(present, "invitation_locked")
    return builder.build()


def mail_state_changed(
    about_id: str, kind: str, email: str, mail_state: str, reader: Reader, context: Context
) -> Effect:
    """Take in what became of an e-mail: sent, refused or bounced. Reminders and the like change nothing."""
    builder = EffectBuilder(
        reader, context, f"{about_id}:{kind}:{email}:{mail_state}:{context.now.isoformat()}"
    )
    if kind == "login_instructions":
        activation = builder.find(Activation, about_id)
        if activation is not None and activation.login_mail_state != mail_state:
            after = dataclasses.replace(activation, login_mail_state=mail_state)
            builder.put(after)
            builder.event(after, f"mail_{mail_state}", after=kind)
        return builder.build()
    # A reminder that cannot be delivered says the same about the address; that one was sent says nothing new.
    is_lost_reminder = kind == "reminder" and mail_state in (MailState.REFUSED, MailState.BOUNCED)
    if kind not in ("invitation", "information") and not is_lost_reminder:
        return builder.build()
    invitation = builder.find(Invitation, about_id)
    if invitation is None:
        return builder.build()
    recipients = tuple(
        dataclasses.replace(r, mail_state=mail_state) if r.email == email else r
        for r in invitation.recipients
    )
    updated = dataclasses.replace(invitation, recipients=recipients)
    first_sent = (
        kind == "invitation" and mail_state == MailState.SENT and invitation.state == InvitationState.QUEUED
    )
    if first_sent:
        updated = dataclasses.replace(
            updated, state=InvitationState.SENT, sent_at=invitation.sent_at or context.now
        )
    if updated != invitation:
        builder.put(updated)
        if first_sent or mail_state in (MailState.REFUSED, MailState.BOUNCED):
            builder.event(updated, f"mail_{mail_state}", after=kind)
    return builder.build()


def mail_stands_still(firm_id: str, because: str, reader: Reader, context: Context) -> Effect:
    """Take in why no e-mail leaves (the mail server refuses the server), or ``""`` once they leave again."""
    builder = EffectBuilder(reader, context, f"mail_stopped:{because}:{context.now.isoformat()}")
    firm = builder.find(Firm, firm_id)
    if firm is None or firm.mail_stopped == because:
        return builder.build()
    at = context.now if because else None
    after = dataclasses.replace(firm, mail_stopped=because, mail_stopped_at=at)
    builder.put(after)
    builder.event(after, "mail_stopped" if because else "mail_resumed", after=because)
    return builder.build()


def _invite(builder: EffectBuilder, activation: Activation, registration: Registration) -> None:
    context = builder.context
    approvers, informed = approvers_of(registration)
    recipients = tuple(Recipient(name=p.name, email=p.email, role="approver") for p in approvers) + tuple(
        Recipient(name=p.name, email=p.email, role="informed") for p in informed
    )
    invitation = Invitation(
        id=derived_id(PREFIXES["invitation"], activation.id),
        activation_id=activation.id,
        customer_id=activation.customer_id,
        services=tuple(item.service for item in activation.items),
        recipients=recipients,
        sent_by=activation.made_by,
        expires_on=context.today + timedelta(days=context.settings.invitation_days),
    )
    builder.put(invitation)
    builder.put(dataclasses.replace(activation, state=ActivationState.SENT, invitation_id=invitation.id))
    set_states(builder, activation, CollaborationState.PENDING, invitation_id=invitation.id)
    for recipient in recipients:
        kind = "invitation" if recipient.role == "approver" else "information"
        builder.mail(kind, invitation.id, recipient, activation.language)
    builder.event(invitation, "invited", after=", ".join(invitation.services))


def _contact_row(builder: EffectBuilder, activation: Activation) -> str | None:
    contact = activation.contact
    if contact is None:
        return None
    found = builder.find(Contact, contact.contact_id)
    if found is not None:
        return found.id
    for row in builder.list_of_customer(Contact, activation.customer_id):
        if row.email.casefold() == contact.email.casefold():
            return row.id
    others = builder.list_of_customer(Contact, activation.customer_id)
    row = Contact(
        id=derived_id(PREFIXES["contact"], activation.id),
        customer_id=activation.customer_id,
        name=contact.name,
        email=contact.email,
        phone=contact.phone,
        is_main=not any(other.is_main for other in others),
    )
    builder.put(row)
    return row.id


def _note_services(builder: EffectBuilder, activation: Activation, approved: list[str]) -> None:
    row = builder.find(Registration, registration_id(activation.customer_id))
    if row is None or not approved:
        return
    held = {s.code for s in row.services}
    new = tuple(
        RegisteredService(
            code=i.service, variant=i.variant, payer=i.payer or "customer", subscription_owner="firm"
        )
        for i in activation.items
        if i.service in approved and i.service not in held
    )
    if new:
        builder.put(dataclasses.replace(row, services=row.services + new, checked_at=builder.context.now))

"""The first login of a newly registered company's contact person, and its instructions sent again."""

from __future__ import annotations

import dataclasses

from app.domain.changes import Context, Effect, EffectBuilder, Reader, RejectedError, customer_of
from app.domain.commands import ResendLoginInstructions
from app.domain.contact_details import parse_email
from app.domain.records import Activation, ActivationState, Contact, MailState, Recipient, Staff


def resend_login_instructions(builder: EffectBuilder, payload: ResendLoginInstructions) -> None:
    """activation.resend_login: the instructions once more, to a corrected address where one is given.

    Rejected: ``gone``, ``not_registered_here`` (this activation registered nobody), ``already_logged_in``,
    ``too_soon`` (they are on their way), ``email_incomplete``, ``contact_is_staff``.
    """
    activation = builder.get(Activation, payload.activation_id)
    customer_of(builder, activation.customer_id)
    contact = activation.contact
    if activation.state != ActivationState.DONE or contact is None or not activation.login_mail_state:
        raise RejectedError("not_registered_here")
    if activation.logged_in_at is not None:
        raise RejectedError("already_logged_in")
    email = contact.email
    if payload.email.strip():
        parsed = parse_email(payload.email)
        if parsed.error is not None or not parsed.value:
            raise RejectedError("email_incomplete", value=payload.email.strip())
        email = parsed.value
    is_corrected = email.casefold() != contact.email.casefold()
    if activation.login_mail_state == MailState.QUEUED and not is_corrected:
        raise RejectedError("too_soon")
    if is_corrected and builder.list_by_lookup(Staff, email.casefold()):
        raise RejectedError("contact_is_staff")
    after = dataclasses.replace(
        activation,
        contact=dataclasses.replace(contact, email=email),
        login_mail_state=MailState.QUEUED,
    )
    builder.put(after)
    if is_corrected:
        _correct_contact(builder, after, contact.email, email)
        builder.vendor("correct_contact", after.id, email=contact.email)
    builder.mail(
        "login_instructions",
        after.id,
        Recipient(name=contact.name, email=email, role="contact"),
        after.language,
    )
    builder.event(after, "login_resent", after=contact.name)


def _correct_contact(builder: EffectBuilder, activation: Activation, old: str, new: str) -> None:
    for row in builder.list_of_customer(Contact, activation.customer_id):
        if row.email.casefold() == old.casefold():
            builder.put(dataclasses.replace(row, email=new))


def contact_logged_in(activation_id: str, reader: Reader, context: Context) -> Effect:
    """Take in that the contact has logged in; the first time counts, and the vendor is told (``login``)."""
    builder = EffectBuilder(reader, context, f"{activation_id}:logged_in")
    present = builder.find(Activation, activation_id)
    if present is None or present.state != ActivationState.DONE or present.logged_in_at is not None:
        return builder.build()
    after = dataclasses.replace(present, logged_in_at=context.now)
    builder.put(after)
    builder.vendor("login", after.id)
    builder.event(after, "contact_logged_in")
    return builder.build()


def set_up_locked(activation_id: str, reader: Reader, context: Context) -> Effect:
    """Take in that the code was wrong too many times on the set-up page: the staff are told."""
    builder = EffectBuilder(reader, context, f"{activation_id}:set_up_locked:{context.now.isoformat()}")
    present = builder.find(Activation, activation_id)
    if present is not None:
        builder.event(present, "set_up_locked")
    return builder.build()

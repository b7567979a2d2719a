"""The sample firm's collaborations that are linked, ending, ended, or on their way through an activation."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from app.catalogue import load_catalogue
from app.domain import lifecycle
from app.domain.changes import Context, Effect
from app.domain.commands import CreateActivation, RemindInvitation, WithdrawInvitation
from app.domain.ids import derived_id
from app.domain.records import (
    Access,
    AccessReason,
    Activation,
    ActivationContact,
    ActivationItem,
    Branch,
    Collaboration,
    CollaborationSource,
    CollaborationState,
    Company,
    Consent,
    Engagement,
    Expectation,
    Invitation,
    MailState,
    Payer,
    RegistrationAnswer,
    Staff,
)
from app.server.sample.customers import SampleCustomer
from app.server.sample.ledger import Ledger
from app.server.sample.register import RegisterMaker
from app.server.sample.roles import Ending
from app.server.sample.words import load_words

_SERVICES_OF_ENGAGEMENT = (
    ("eekonomi", ("bookkeeping",), 0.8),
    ("scanner", ("bookkeeping",), 0.45),
    ("lon_smart", ("payroll",), 0.5),
    ("skatt_bokslut_pro", ("year_end", "tax"), 0.8),
    ("ekonomioversikt", ("bookkeeping",), 0.25),
    ("lon_anstalld", ("payroll",), 0.5),
    ("digitala_fakturor", ("bookkeeping",), 0.35),
    ("utlagg", ("payroll",), 0.4),
)
_SOURCES = (
    CollaborationSource.SAMVERKA,
    CollaborationSource.BYRASTOD,
    CollaborationSource.SMARTA_BYRAN,
    CollaborationSource.CUSTOMER,
)


def company_of(made: SampleCustomer, register: RegisterMaker) -> Company:
    """Return the company as the vendor names it."""
    customer, known = made.customer, register.company_of(made.customer.id)
    return Company(
        number=customer.organisation_number,
        serial=customer.serial,
        name=known.name if known else customer.name,
        vendor_customer_number=known.vendor_customer_number if known else "",
        email=made.contacts[0].email if made.contacts else "",
        phone=made.contacts[0].phone if made.contacts else "",
        postal_code=customer.address.postal_code,
        town=customer.address.town,
    )


class CollaborationMaker:
    """Writes the collaborations of each customer's role into the ledger and the register."""

    def __init__(
        self, ledger: Ledger, chance: random.Random, staff: list[Staff], register: RegisterMaker
    ) -> None:
        self._ledger = ledger
        self._chance = chance
        self._staff = staff
        self._register = register
        self._decline_words = iter(load_words().words_at_decline * 3)

    def add_active(self, made: SampleCustomer) -> None:
        """Give the customer the active collaborations of its role, each linked to an engagement that fits."""
        wanted = self._chance.randint(*made.role.active)
        for service, types, likelihood in self._chance.sample(_SERVICES_OF_ENGAGEMENT, 8):
            engagement = made.ongoing(*types)
            if wanted == 0:
                return
            if engagement is None or self._chance.random() > likelihood:
                continue
            wanted -= 1
            self._add_one(made, service, engagement)

    def add_services(self, made: SampleCustomer) -> None:
        """Give the customer the services that its role has for certain."""
        for service, types, _ in _SERVICES_OF_ENGAGEMENT:
            engagement = made.ongoing(*types)
            if service in made.role.services and engagement is not None:
                self._add_one(made, service, engagement)

    def _add_one(self, made: SampleCustomer, service: str, engagement: Engagement) -> None:
        started = self._chance.randint(40, 1500)
        values = load_catalogue().service(service).preset_values({"branch": Branch.WITHOUT_SERVICE})
        period = values.get("period_months")
        started_on = self._ledger.today - timedelta(days=started)
        collaboration = Collaboration(
            id=derived_id("cl", made.customer.id, service),
            company=company_of(made, self._register),
            source=self._chance.choices(_SOURCES, weights=(5, 3, 2, 1))[0],
            service=service,
            customer_id=made.customer.id,
            engagement_id=None if made.role.name == "engagement_missing" else engagement.id,
            variant=values.get("variant", ""),
            payer=self._chance.choice(tuple(Payer)) if "payer" in values else "",
            period_months=int(period) if period else None,
            period_from=_period_start(started_on, int(period), self._ledger.today) if period else None,
            started_on=started_on,
        )
        if collaboration.engagement_id is None:
            collaboration = replace(collaboration, unlinked_because="engagement_closed")
        if made.role.name == "ending":
            collaboration = replace(
                collaboration,
                state=CollaborationState.ENDING,
                ends_on=_last_of_month(self._ledger.today + timedelta(days=self._chance.randint(5, 60))),
                end_choice="customer_continues",
                end_confirmed_at=self._ledger.days_ago(4, minute=95),
                **self._ended_by(),
            )
        elif made.role.name == "ended":
            collaboration = replace(
                collaboration,
                state=CollaborationState.ENDED,
                ends_on=self._ledger.today - timedelta(days=self._chance.randint(3, 200)),
                end_choice="service_ends",
                **self._ended_by(),
            )
        self._ledger.put(collaboration)
        self._ledger.settle_access(collaboration, self._ledger.days_ago(min(started, 20)))
        self._register.add_service(
            made.customer.id,
            service,
            variant=collaboration.variant,
            payer=collaboration.payer or Payer.FIRM,
            state="ended" if collaboration.state == CollaborationState.ENDED else "active",
            ends_on=collaboration.ends_on,
            end_choice=collaboration.end_choice,
        )

    def _ended_by(self) -> dict[str, Any]:
        """Return who asked for the end: a colleague, or the customer at the vendor."""
        if self._chance.choice(("staff", "customer")) == "customer":
            return {"ended_by": "customer"}
        staff_id = self._staff[0].id
        at = self._ledger.days_ago(4, minute=90)
        return {"ended_by": staff_id, "end_asked_by": staff_id, "end_asked_at": at}

    def live_through(self, made: SampleCustomer) -> None:
        """Let the activation of the customer's role happen, as far as its ending goes."""
        ending = made.role.ending
        if ending == Ending.NONE:
            return
        days = {
            Ending.PENDING: self._chance.randint(1, 12),
            Ending.REMINDED: self._chance.randint(10, 21),
            Ending.BOUNCED: 2,
            Ending.EXPIRED: 41,
            Ending.RECEIVED: 0,
            Ending.REGISTERING: 0,
            Ending.STOPPED: 1,
        }.get(ending, self._chance.randint(5, 24))
        at = self._ledger.days_ago(days, minute=self._chance.randint(0, 470))
        activation = self._create(made, at)
        if activation is None or ending == Ending.RECEIVED:
            return
        self._continue(made, activation, ending, at + timedelta(seconds=40))

    def _create(self, made: SampleCustomer, at: datetime) -> Activation | None:
        taken = {
            one.service
            for one in self._ledger.list_of_customer("collaboration", made.customer.id)
            if isinstance(one, Collaboration)
        }
        items: list[ActivationItem] = []
        for service, types, _ in _SERVICES_OF_ENGAGEMENT:
            engagement = made.ongoing(*types)
            if engagement is not None and service not in taken and len(items) < 2:
                values = load_catalogue().service(service).preset_values({"branch": Branch.WITHOUT_SERVICE})
                period = values.get("period_months")
                items.append(
                    ActivationItem(
                        collaboration_id=derived_id("cl", made.customer.id, service),
                        service=service,
                        engagement_id=engagement.id,
                        variant=values.get("variant", ""),
                        payer=values.get("payer", ""),
                        period_months=int(period) if period else None,
                        options={k: v for k, v in values.items() if k in ("licence", "pricing")},
                    )
                )
        if not items:
            return None
        is_new = not made.role.registered or made.role.ending in (Ending.NEVER_LOGGED_IN, Ending.STOPPED)
        main = made.contacts[0]
        by = self._chance.choice([one for one in self._staff if one.sees == "all"])
        answer = RegistrationAnswer.NOT_REGISTERED if is_new else RegistrationAnswer.REGISTERED
        held = self._register.check(made.customer, 0)
        activation = Activation(
            id=derived_id("av", made.customer.id),
            customer_id=made.customer.id,
            branch=Branch.UNKNOWN,
            items=tuple(items),
            contact=ActivationContact(
                name=main.name,
                email=main.email,
                phone=main.phone,
                address=made.customer.address,
                contact_id=main.id,
            )
            if is_new
            else None,
            expects=Expectation(answer=answer, services=() if is_new else held.services, checked_at=at),
            consent=Consent(
                text_version=load_catalogue().texts.consent_version,
                by=by.id,
                at=at,
            ),
        )
        self._ledger.command(CreateActivation(activation=activation), by, at)
        return activation

    def _continue(self, made: SampleCustomer, activation: Activation, ending: Ending, at: datetime) -> None:
        found = replace(self._register.check(made.customer, 0), checked_at=at)
        if ending == Ending.STOPPED and self._chance.random() < 0.3:
            found = replace(found, answer=RegistrationAnswer.UNKNOWN)
        if ending == Ending.NEVER_LOGGED_IN:
            found = replace(found, answer=RegistrationAnswer.NOT_REGISTERED, services=(), administrators=())
        self._answer(lambda c: lifecycle.activation_answered(activation, found, self._ledger, c), at)
        later = at + timedelta(minutes=1)
        if ending == Ending.NEVER_LOGGED_IN:
            number = made.customer.vendor_customer_number or self._register.take_vendor_number()
            self._answer(lambda c: lifecycle.company_registered(activation, number, self._ledger, c), later)
            address = activation.contact.email if activation.contact else ""
            self._mail(activation.id, "login_instructions", address, MailState.SENT, later)
            self._note_in_register(made, activation)
        elif ending == Ending.REFUSED:
            self._answer(
                lambda c: lifecycle.activation_refused(
                    activation, "contact_is_other_person", self._ledger, c
                ),
                later,
            )
        invitation = self._ledger.find("invitation", derived_id("iv", activation.id))
        if isinstance(invitation, Invitation):
            for recipient in invitation.recipients:
                kind = "invitation" if recipient.role == "approver" else "information"
                self._mail(invitation.id, kind, recipient.email, MailState.SENT, later)
            self._end_invitation(made, activation, invitation, ending, at)

    def _end_invitation(
        self,
        made: SampleCustomer,
        activation: Activation,
        invitation: Invitation,
        ending: Ending,
        at: datetime,
    ) -> None:
        by = self._staff[0]
        approver = invitation.recipients[0]
        if ending == Ending.REMINDED:
            for days in (6, 2):
                self._ledger.command(
                    RemindInvitation(invitation_id=invitation.id), by, self._ledger.days_ago(days, minute=75)
                )
        elif ending == Ending.BOUNCED:
            at_bounce = at + timedelta(minutes=20)
            self._mail(invitation.id, "invitation", approver.email, MailState.BOUNCED, at_bounce)
        elif ending == Ending.WITHDRAWN:
            self._ledger.command(
                WithdrawInvitation(invitation_id=invitation.id), by, at + timedelta(days=2, hours=1)
            )
        elif ending == Ending.EXPIRED:
            self._answer(
                lambda c: lifecycle.invitation_expired(invitation, self._ledger, c), self._ledger.days_ago(9)
            )
        elif ending in (Ending.DECLINED, Ending.PARTLY):
            answers = dict.fromkeys(invitation.services, lifecycle.DECLINED)
            if ending == Ending.PARTLY:
                answers[invitation.services[0]] = lifecycle.APPROVED
            words = next(self._decline_words)
            self._answer(
                lambda c: lifecycle.invitation_answered(
                    invitation, answers, approver.name, words, self._ledger, c
                ),
                min(at + timedelta(days=1, hours=2), self._ledger.now - timedelta(minutes=9)),
                kind="customer",
            )
            for item in activation.items:
                if answers.get(item.service) == lifecycle.APPROVED:
                    self._register.add_service(made.customer.id, item.service, variant=item.variant)

    def _note_in_register(self, made: SampleCustomer, activation: Activation) -> None:
        for item in activation.items:
            self._register.add_service(made.customer.id, item.service, variant=item.variant)

    def _answer(self, happens: Callable[[Context], Effect], at: datetime, kind: str = "vendor") -> None:
        self._ledger.answer(happens, at, kind)

    def _mail(self, about_id: str, kind: str, email: str, state: MailState, at: datetime) -> None:
        self._ledger.answer(
            lambda c: lifecycle.mail_state_changed(about_id, kind, email, state, self._ledger, c), at
        )


def vendor_access(collaboration: Collaboration, staff: Staff, since: datetime) -> Access:
    """Return the access that the vendor reports for a collaboration that is not linked yet."""
    return Access(
        id=derived_id("ax", collaboration.id, staff.id, AccessReason.VENDOR),
        collaboration_id=collaboration.id,
        customer_id=collaboration.customer_id,
        staff_id=staff.id,
        since=since,
        because=AccessReason.VENDOR,
    )


def _last_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _period_start(started_on: date, months: int, today: date) -> date:
    """Return the first day of the period that runs today, renewed since the start."""
    start = started_on.replace(day=1)
    while True:
        total = start.month - 1 + months
        following = start.replace(year=start.year + total // 12, month=total % 12 + 1)
        if following > today:
            return start
        start = following

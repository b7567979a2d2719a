"""Everything that will happen when an activation is sent, as keys and facts that a screen puts into words.

Keys are those of resources/catalogue/texts.toml. Who answers, who is informed and who
gets access: domain.md, "Activation: the branch".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.activation_answers import asks_contact
from app.domain.activation_draft import CustomerDraft, branch_of
from app.domain.activation_facts import CustomerFacts, Situation, StaffAccess
from app.domain.identity import is_personal
from app.domain.obstacles import approvers_of
from app.domain.records import (
    ActivationContact,
    Branch,
    Customer,
    Engagement,
    Person,
    Registration,
    RegistrationAnswer,
)


class TextKey(StrEnum):
    """Keys of the fixed texts that say what a branch means."""

    NOT_REGISTERED = "consequence.not_registered"
    REGISTERED = "consequence.registered"
    UNKNOWN = "consequence.unknown"
    OWNS_SUBSCRIPTION = "consequence.owns_subscription"


class CommitVerb(StrEnum):
    """Keys of the commit button's words."""

    REGISTER = "commit.not_registered"
    INVITE = "commit.registered"
    REQUEST = "commit.owns_subscription"
    OUTBOX = "commit.outbox"


class MailRole(StrEnum):
    """Why somebody gets an e-mail."""

    LOGIN = "login"
    MAIN_APPROVER = "main_approver"
    APPROVER = "approver"
    INFORMED = "informed"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailLine:
    """One person who gets an e-mail, and why."""

    person: Person
    role: MailRole


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLine:
    """One service as it is reviewed; no ``values`` where the customer decides them."""

    service: str
    branch: Branch
    engagement: Engagement | None
    values: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredLine:
    """What is registered at the vendor: the company and its contact person (``None``: nothing new)."""

    customer: Customer
    contact: ActivationContact
    gives_personal_number: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequences:
    """The review of one customer. ``branches`` has two answers where nobody knows which it will be."""

    branch: Branch
    branches: tuple[TextKey, ...]
    checked_at: datetime | None
    is_check_old: bool
    services: tuple[ServiceLine, ...]
    mails: tuple[MailLine, ...]
    mails_if_registered: bool
    registered: RegisteredLine | None
    access: tuple[StaffAccess, ...]
    access_after_approval: bool
    commit: CommitVerb
    offline: bool


def list_administrators(facts: CustomerFacts) -> tuple[MailLine, ...]:
    """Return who at a registered company gets the e-mail, and who of them answers.

    The main contact if an administrator, otherwise all administrators; the others are informed.
    """
    registration = facts.registration
    if registration is None:
        return ()
    approvers, informed = approvers_of(registration)
    role = MailRole.MAIN_APPROVER if informed or _is_main(approvers, registration) else MailRole.APPROVER
    return tuple(MailLine(person=person, role=role) for person in approvers if person.email) + tuple(
        MailLine(person=person, role=MailRole.INFORMED) for person in informed if person.email
    )


def list_mails(customer: CustomerDraft, facts: CustomerFacts) -> tuple[MailLine, ...]:
    """Return who gets an e-mail in the branch that is expected (not registered, where it is unknown)."""
    if not asks_contact(facts):
        return list_administrators(facts)
    contact = customer.contact.to_contact()
    return (MailLine(person=Person(name=contact.name, email=contact.email), role=MailRole.LOGIN),)


def list_all_access(
    customer: CustomerDraft, facts: CustomerFacts, situation: Situation
) -> tuple[StaffAccess, ...]:
    """Return the staff who get access through any of the chosen engagements, each with each reason once."""
    found: dict[tuple[str, str], StaffAccess] = {}
    for choice in customer.choices:
        for access in facts.list_access(choice.engagement_id, situation):
            found.setdefault((access.staff.id, access.engagement.id), access)
    return tuple(found.values())


def commit_verb(branch: Branch, situation: Situation) -> CommitVerb:
    """Return what the commit button says: offline, or without an answer, the item goes to the outbox."""
    if not situation.online or branch is Branch.UNKNOWN:
        return CommitVerb.OUTBOX
    return {
        Branch.NOT_REGISTERED: CommitVerb.REGISTER,
        Branch.OWNS_SUBSCRIPTION: CommitVerb.REQUEST,
    }.get(branch, CommitVerb.INVITE)


def branch_texts(branch: Branch) -> tuple[TextKey, ...]:
    """Return the fixed texts that say what the branch means; for unknown its own and both cases."""
    return {
        Branch.NOT_REGISTERED: (TextKey.NOT_REGISTERED,),
        Branch.OWNS_SUBSCRIPTION: (TextKey.OWNS_SUBSCRIPTION,),
        Branch.UNKNOWN: (TextKey.UNKNOWN, TextKey.NOT_REGISTERED, TextKey.REGISTERED),
    }.get(branch, (TextKey.REGISTERED,))


def work_out(customer: CustomerDraft, facts: CustomerFacts, situation: Situation) -> Consequences:
    """Return everything that happens when this is sent."""
    branch = branch_of(customer, facts)
    ways = {choice.service: facts.branch_for(choice.service) for choice in customer.choices}
    texts = branch_texts(branch)
    if Branch.OWNS_SUBSCRIPTION in ways.values() and TextKey.OWNS_SUBSCRIPTION not in texts:
        texts = (*texts, TextKey.OWNS_SUBSCRIPTION)
    contact = customer.contact.to_contact()
    number = facts.customer.organisation_number
    return Consequences(
        branch=branch,
        branches=texts,
        checked_at=facts.checked_at,
        is_check_old=not facts.is_check_fresh(situation.now),
        services=tuple(
            ServiceLine(
                service=choice.service,
                branch=ways[choice.service],
                engagement=facts.find_engagement(choice.engagement_id),
                values=({} if ways[choice.service] is Branch.OWNS_SUBSCRIPTION else choice.values),
            )
            for choice in customer.choices
        ),
        mails=list_mails(customer, facts),
        mails_if_registered=branch is Branch.UNKNOWN,
        registered=(
            RegisteredLine(
                customer=facts.customer,
                contact=contact,
                gives_personal_number=is_personal(number),
            )
            if asks_contact(facts)
            else None
        ),
        access=list_all_access(customer, facts, situation),
        access_after_approval=facts.answer is RegistrationAnswer.REGISTERED,
        commit=commit_verb(branch, situation),
        offline=not situation.online,
    )


def _is_main(approvers: tuple[Person, ...], registration: Registration) -> bool:
    main = registration.main_contact
    return main is not None and len(approvers) == 1 and approvers[0].email == main.email

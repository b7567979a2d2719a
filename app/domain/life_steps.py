"""What is left to do when a customer leaves, changes owner or legal form, goes bankrupt or dies.

A guide keeps how things were when it was begun; what is done is seen from the records themselves, so that
a guide can be left and gone on with, and what a colleague did counts. What no record shows is noted by hand.
Source: domain.md, "A customer's life".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.records import (
    LIVE_COLLABORATION_STATES,
    Collaboration,
    CollaborationState,
    Contact,
    Customer,
    CustomerKind,
    CustomerState,
    Engagement,
    EngagementState,
    Invitation,
    InvitationState,
    Registration,
    RegistrationAnswer,
)


class LifeEvent(StrEnum):
    """What happens to the customer."""

    LEAVES = "leaves"
    OWNER_CHANGE = "owner_change"
    CONVERSION = "conversion"
    BANKRUPTCY = "bankruptcy"
    DEATH = "death"


class StepCode(StrEnum):
    """One thing to do."""

    WITHDRAW = "withdraw"
    END_SERVICES = "end_services"
    HAND_OVER = "hand_over"
    CLOSE_ENGAGEMENTS = "close_engagements"
    ARCHIVE = "archive"
    CONTACT = "contact"
    VENDOR_CONTACT = "vendor_contact"
    DUE_DILIGENCE = "due_diligence"
    LETTER = "letter"
    ADMINISTRATORS = "administrators"
    SUCCESSOR = "successor"
    SUCCESSOR_ENGAGEMENTS = "successor_engagements"
    SUCCESSOR_SERVICES = "successor_services"
    ESTATE = "estate"
    DECIDE_SERVICES = "decide_services"


NOTED: frozenset[StepCode] = frozenset(
    {StepCode.HAND_OVER, StepCode.ADMINISTRATORS, StepCode.DECIDE_SERVICES}
)
"""What no record shows: a person says that it is done."""

STEPS: dict[LifeEvent, tuple[StepCode, ...]] = {
    LifeEvent.LEAVES: (
        StepCode.WITHDRAW,
        StepCode.END_SERVICES,
        StepCode.HAND_OVER,
        StepCode.CLOSE_ENGAGEMENTS,
        StepCode.ARCHIVE,
    ),
    LifeEvent.OWNER_CHANGE: (
        StepCode.DUE_DILIGENCE,
        StepCode.LETTER,
        StepCode.CONTACT,
        StepCode.VENDOR_CONTACT,
        StepCode.ADMINISTRATORS,
    ),
    LifeEvent.CONVERSION: (
        StepCode.SUCCESSOR,
        StepCode.SUCCESSOR_ENGAGEMENTS,
        StepCode.SUCCESSOR_SERVICES,
        StepCode.END_SERVICES,
        StepCode.CLOSE_ENGAGEMENTS,
        StepCode.ARCHIVE,
    ),
    LifeEvent.BANKRUPTCY: (
        StepCode.WITHDRAW,
        StepCode.CONTACT,
        StepCode.VENDOR_CONTACT,
        StepCode.DECIDE_SERVICES,
    ),
    LifeEvent.DEATH: (
        StepCode.WITHDRAW,
        StepCode.ESTATE,
        StepCode.CONTACT,
        StepCode.DUE_DILIGENCE,
        StepCode.DECIDE_SERVICES,
    ),
}
"""In the order in which they are best done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """A guide under way.

    ``contact_email`` and ``vendor_email`` are the main contacts' when it was begun, ``services`` what ran.
    """

    event: LifeEvent
    begun_on: date
    contact_email: str = ""
    vendor_email: str = ""
    services: tuple[str, ...] = ()
    noted: tuple[StepCode, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeFacts:
    """The customer with what hangs on it, and its successor where there is one."""

    customer: Customer
    contacts: Sequence[Contact] = ()
    engagements: Sequence[Engagement] = ()
    collaborations: Sequence[Collaboration] = ()
    invitations: Sequence[Invitation] = ()
    registration: Registration | None = None
    successor: Customer | None = None
    successor_engagements: Sequence[Engagement] = ()
    successor_collaborations: Sequence[Collaboration] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeStep:
    """One step. ``left`` is how many things remain where they can be counted; ``ends_on`` what is waited for.

    ``needs`` is the step that must be done first, where it is not.
    """

    code: StepCode
    done: bool
    left: int = 0
    ends_on: date | None = None
    needs: StepCode | None = None


def begin(event: LifeEvent, facts: LifeFacts, today: date) -> Guide:
    """Return a new guide that remembers how things are now."""
    return Guide(
        event=event,
        begun_on=today,
        contact_email=_main_email(facts.contacts),
        vendor_email=_vendor_email(facts.registration),
        services=tuple(
            sorted(
                {
                    one.service
                    for one in facts.collaborations
                    if one.service and one.state in LIVE_COLLABORATION_STATES
                }
            )
        ),
    )


def can_happen(event: LifeEvent, customer: Customer) -> bool:
    """Tell whether this can happen to a customer of this kind."""
    people = {CustomerKind.PRIVATE_PERSON, CustomerKind.SOLE_FIRM}
    if event == LifeEvent.DEATH:
        return customer.kind in people
    if event == LifeEvent.OWNER_CHANGE:
        return customer.kind not in people | {CustomerKind.ESTATE}
    if event == LifeEvent.CONVERSION:
        return customer.kind not in {CustomerKind.PRIVATE_PERSON, CustomerKind.ESTATE}
    return True


def list_steps(guide: Guide, facts: LifeFacts) -> tuple[LifeStep, ...]:
    """Return the steps with what is left of each; those that do not concern the customer are left out."""
    found = []
    for code in STEPS[guide.event]:
        if code in NOTED:
            found.append(LifeStep(code=code, done=code in guide.noted))
        elif (step := _JUDGES[code](guide, facts)) is not None:
            found.append(step)
    return tuple(found)


def list_unanswered(facts: LifeFacts) -> tuple[Invitation, ...]:
    """Return the invitations that the customer could still approve."""
    return tuple(
        one for one in facts.invitations if one.state in (InvitationState.QUEUED, InvitationState.SENT)
    )


def _withdraw(_guide: Guide, facts: LifeFacts) -> LifeStep | None:
    unanswered = list_unanswered(facts)
    return LifeStep(code=StepCode.WITHDRAW, done=not unanswered, left=len(unanswered))


def _end(_guide: Guide, facts: LifeFacts) -> LifeStep | None:
    live = [one for one in facts.collaborations if one.state in LIVE_COLLABORATION_STATES]
    ending = [one for one in live if one.state == CollaborationState.ENDING]
    days = [one.ends_on for one in ending if one.ends_on is not None]
    return LifeStep(
        code=StepCode.END_SERVICES,
        done=not live,
        left=len(live) - len(ending),
        ends_on=max(days) if days and len(ending) == len(live) else None,
    )


def _close(_guide: Guide, facts: LifeFacts) -> LifeStep | None:
    ongoing = [one for one in facts.engagements if one.state == EngagementState.ONGOING]
    return LifeStep(code=StepCode.CLOSE_ENGAGEMENTS, done=not ongoing, left=len(ongoing))


def _archive(_guide: Guide, facts: LifeFacts) -> LifeStep | None:
    live = any(one.state in LIVE_COLLABORATION_STATES for one in facts.collaborations)
    return LifeStep(
        code=StepCode.ARCHIVE,
        done=facts.customer.state == CustomerState.ARCHIVED,
        needs=StepCode.END_SERVICES if live else None,
    )


def _contact(guide: Guide, facts: LifeFacts) -> LifeStep | None:
    now = _main_email(facts.contacts)
    return LifeStep(code=StepCode.CONTACT, done=bool(now) and now != guide.contact_email)


def _vendor_contact(guide: Guide, facts: LifeFacts) -> LifeStep | None:
    registration = facts.registration
    if registration is None or registration.answer != RegistrationAnswer.REGISTERED:
        return None
    now = _vendor_email(registration)
    return LifeStep(code=StepCode.VENDOR_CONTACT, done=bool(now) and now != guide.vendor_email)


def _due_diligence(guide: Guide, facts: LifeFacts) -> LifeStep | None:
    noted = facts.customer.due_diligence
    done = noted.state == "done" and noted.done_on is not None and noted.done_on >= guide.begun_on
    return LifeStep(code=StepCode.DUE_DILIGENCE, done=done)


def _letter(guide: Guide, facts: LifeFacts) -> LifeStep | None:
    noted = facts.customer.engagement_letter
    done = noted.state == "done" and noted.done_on is not None and noted.done_on >= guide.begun_on
    return LifeStep(code=StepCode.LETTER, done=done)


def _successor(_guide: Guide, facts: LifeFacts) -> LifeStep | None:
    return LifeStep(code=StepCode.SUCCESSOR, done=facts.successor is not None)


def _successor_engagements(_guide: Guide, facts: LifeFacts) -> LifeStep | None:
    ongoing = any(one.state == EngagementState.ONGOING for one in facts.successor_engagements)
    return LifeStep(
        code=StepCode.SUCCESSOR_ENGAGEMENTS,
        done=ongoing,
        needs=StepCode.SUCCESSOR if facts.successor is None else None,
    )


def _successor_services(guide: Guide, facts: LifeFacts) -> LifeStep | None:
    """Collaborations are never moved to another company: each is activated anew there."""
    had = set(guide.services)
    has = {one.service for one in facts.successor_collaborations if one.state in LIVE_COLLABORATION_STATES}
    first = None if facts.successor_engagements else StepCode.SUCCESSOR_ENGAGEMENTS
    return LifeStep(
        code=StepCode.SUCCESSOR_SERVICES,
        done=facts.successor is not None and had <= has,
        left=len(had - has),
        needs=StepCode.SUCCESSOR if facts.successor is None else first,
    )


def _estate(_guide: Guide, facts: LifeFacts) -> LifeStep | None:
    return LifeStep(code=StepCode.ESTATE, done=facts.customer.kind == CustomerKind.ESTATE)


_JUDGES: dict[StepCode, Callable[[Guide, LifeFacts], LifeStep | None]] = {
    StepCode.WITHDRAW: _withdraw,
    StepCode.END_SERVICES: _end,
    StepCode.CLOSE_ENGAGEMENTS: _close,
    StepCode.ARCHIVE: _archive,
    StepCode.CONTACT: _contact,
    StepCode.VENDOR_CONTACT: _vendor_contact,
    StepCode.DUE_DILIGENCE: _due_diligence,
    StepCode.LETTER: _letter,
    StepCode.SUCCESSOR: _successor,
    StepCode.SUCCESSOR_ENGAGEMENTS: _successor_engagements,
    StepCode.SUCCESSOR_SERVICES: _successor_services,
    StepCode.ESTATE: _estate,
}


def _main_email(contacts: Sequence[Contact]) -> str:
    return next((one.email.casefold() for one in contacts if one.is_main), "")


def _vendor_email(registration: Registration | None) -> str:
    main = registration.main_contact if registration is not None else None
    return main.email.casefold() if main is not None else ""

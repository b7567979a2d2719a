"""The words that states, kinds and reasons are known by; a newer server may send others."""

from __future__ import annotations

from enum import StrEnum


class CustomerKind(StrEnum):
    """Kinds of customer; the kind is a part of what makes a number unique."""

    PRIVATE_PERSON = "private_person"
    SOLE_FIRM = "sole_firm"
    LEGAL_PERSON = "legal_person"
    ESTATE = "estate"
    ASSOCIATION_WITHOUT_NUMBER = "association_without_number"
    FOREIGN = "foreign"


class CustomerState(StrEnum):
    """Whether the firm still works with the customer."""

    ACTIVE = "active"
    ARCHIVED = "archived"


class EngagementState(StrEnum):
    """Only ongoing engagements are proposed and give access."""

    ONGOING = "ongoing"
    CLOSED = "closed"


class ParticipationRole(StrEnum):
    """What a staff member is on an engagement."""

    OWNER = "owner"
    PARTICIPANT = "participant"


class RegistrationAnswer(StrEnum):
    """The vendor's answer to «is this company registered?»."""

    REGISTERED = "registered"
    NOT_REGISTERED = "not_registered"
    UNKNOWN = "unknown"


class Branch(StrEnum):
    """The four ways an activation can go (the answer decides)."""

    NOT_REGISTERED = "not_registered"
    WITHOUT_SERVICE = "registered_without_service"
    WITH_SERVICE = "registered_with_service"
    OWNS_SUBSCRIPTION = "owns_subscription"
    UNKNOWN = "unknown"


class ActivationState(StrEnum):
    """How far an activation has come at the server."""

    RECEIVED = "received"
    STOPPED = "stopped"
    SENT = "sent"
    DONE = "done"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class InvitationState(StrEnum):
    """How far an invitation has come; ``answered`` holds both yes and no, per service."""

    QUEUED = "queued"
    SENT = "sent"
    ANSWERED = "answered"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class MailState(StrEnum):
    """What is known about one e-mail; «sent» is never «delivered»."""

    QUEUED = "queued"
    SENT = "sent"
    REFUSED = "refused"
    BOUNCED = "bounced"


class CollaborationState(StrEnum):
    """States of a collaboration; unlinked is not a state but a missing link."""

    RECEIVED = "received"
    REGISTERING = "registering"
    PENDING = "pending"
    ACTIVE = "active"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    REFUSED = "refused"
    ENDING = "ending"
    ENDED = "ended"


LIVE_COLLABORATION_STATES = frozenset(
    {
        CollaborationState.RECEIVED,
        CollaborationState.REGISTERING,
        CollaborationState.PENDING,
        CollaborationState.STOPPED,
        CollaborationState.ACTIVE,
        CollaborationState.ENDING,
    }
)
"""States in which a second collaboration for the same company and service cannot be started."""

ACCESS_STATES = frozenset({CollaborationState.ACTIVE, CollaborationState.ENDING})
"""States in which staff on the engagement have access."""


class CollaborationSource(StrEnum):
    """Where a collaboration was created."""

    SAMVERKA = "samverka"
    BYRASTOD = "byrastod"
    SMARTA_BYRAN = "smarta_byran"
    CUSTOMER = "customer"


class Payer(StrEnum):
    """Who pays for a service (fakturamottagare)."""

    FIRM = "firm"
    CUSTOMER = "customer"


class LinkDecisionKind(StrEnum):
    """What a person decided about an unlinked collaboration."""

    LINKED = "linked"
    NONE_OF_THESE = "none_of_these"
    LATER = "later"


class AccessReason(StrEnum):
    """Why someone has access."""

    PARTICIPATION = "participation"
    CONTACT = "contact"
    VENDOR = "vendor"

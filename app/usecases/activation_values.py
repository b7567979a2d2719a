"""What the activation's use case hands to the screens: frozen values, no rows and no sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.activation_facts import CustomerFacts
from app.domain.consequences import MailRole
from app.domain.records import Activation, Collaboration, Invitation, Person, RegisteredService
from app.errors import SamverkaError


class Mark(StrEnum):
    """How far a decision has come on its way out; ``DONE`` is never the customer's yes."""

    QUEUED = "queued"
    SENDING = "sending"
    DONE = "done"
    NEEDS_PERSON = "needs_person"


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerHit:
    """A customer to choose; ``identity`` is its number as it may be shown."""

    id: str
    name: str
    customer_number: str
    identity: str
    town: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSummary:
    """An activation that was begun and kept. One that this version cannot read has a title and no more."""

    id: str
    customer_ids: tuple[str, ...]
    title: str
    services: tuple[str, ...]
    changed_at: datetime
    is_readable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewMail:
    """An e-mail as it will look; links and codes are made when it is sent.

    ``only_if``: "" or the answer (registered, not_registered) for which it is written, while nobody knows.
    """

    to: Person
    role: MailRole
    subject: str
    text: str
    html: str
    only_if: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """What has become of one customer's activation."""

    activation_id: str
    customer_id: str
    customer_name: str
    mark: Mark
    code: str = ""
    activation: Activation | None = None
    collaborations: tuple[Collaboration, ...] = ()
    invitation: Invitation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SentOne:
    """The result for one customer of many: sent, or why not."""

    customer_id: str
    name: str = ""
    sending: Sending | None = None
    error: SamverkaError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoppedActivation:
    """An activation that waits for a person, with the answer that was shown and the one there is now."""

    activation: Activation
    facts: CustomerFacts
    because: str
    answer_before: str
    answer_now: str
    services_before: tuple[RegisteredService, ...]
    services_now: tuple[RegisteredService, ...]
    may_proceed: bool
    now: datetime

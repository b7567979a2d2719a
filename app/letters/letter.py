"""What each e-mail to a customer is made from, and what comes out. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Letter:
    """A finished e-mail: a subject of one line, and the same content as text and as HTML."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _ToCustomer:
    """What every e-mail says: who writes, about which company, to whom, about which services (names)."""

    firm_name: str
    company_name: str
    recipient_name: str
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginInstructions(_ToCustomer):
    """To the contact person of a company that was registered by the firm.

    ``code`` is typed at the first login.
    """

    link: str
    code: str = ""
    sent_again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationRequest(_ToCustomer):
    """To those who may approve.

    ``code`` is the fact to type. ``asks_number``: a legal person, so that the last four digits of its
    organisation number do as well; never for a person. ``requests_access``: the customer owns the
    subscription. ``replaces_earlier``: the link in an earlier e-mail stopped working.
    """

    sender_name: str
    link: str
    code: str
    expires_on: date
    asks_number: bool = False
    requests_access: bool = False
    replaces_earlier: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Information(_ToCustomer):
    """To the administrators who do not have to answer. ``approvers`` are the names of those who do."""

    approvers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationReminder(_ToCustomer):
    """To those who have not answered; with a new link and code, or none where the first is still good."""

    sent_on: date
    expires_on: date
    link: str = ""
    code: str = ""
    asks_number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationWithdrawn(_ToCustomer):
    """To those who had got the invitation: it no longer waits for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationReplaced(_ToCustomer):
    """To the former recipients of an invitation that was sent anew: their link stopped working."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CollaborationReceipt(_ToCustomer):
    """To who approved, or logged in first: what runs, and the link through which the customer can end it."""

    link: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CollaborationEnds(_ToCustomer):
    """To administrators of the company: it ends ``on`` that day. ``consequence`` is the catalogue's."""

    on: date
    consequence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CollaborationGoesOn(_ToCustomer):
    """To those who had been told of an end: it was called off before its day."""


LetterContent = (
    LoginInstructions
    | InvitationRequest
    | Information
    | InvitationReminder
    | InvitationWithdrawn
    | InvitationReplaced
    | CollaborationReceipt
    | CollaborationEnds
    | CollaborationGoesOn
)

TEMPLATE_NAMES: dict[type[LetterContent], str] = {
    LoginInstructions: "login_instructions",
    InvitationRequest: "invitation",
    Information: "information",
    InvitationReminder: "reminder",
    InvitationWithdrawn: "withdrawn",
    InvitationReplaced: "replaced",
    CollaborationReceipt: "receipt",
    CollaborationEnds: "ended",
    CollaborationGoesOn: "end_cancelled",
}
"""Content → name of its template in resources/mail/{language}."""

"""From a row of the mail outbox to a letter: reads what is true now, and whether it should still go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TypedDict

from app.catalogue.catalogue import Catalogue
from app.domain.changes import Reader
from app.domain.customer_ends import list_running
from app.domain.records import (
    Activation,
    Branch,
    Collaboration,
    CollaborationState,
    Customer,
    CustomerKind,
    Firm,
    Invitation,
    InvitationState,
    Recipient,
    Staff,
)
from app.letters.letter import (
    CollaborationEnds,
    CollaborationGoesOn,
    CollaborationReceipt,
    Information,
    InvitationReminder,
    InvitationReplaced,
    InvitationRequest,
    InvitationWithdrawn,
    Letter,
    LetterContent,
    LoginInstructions,
)
from app.letters.writing import LetterError, write_letter
from app.server.mail.message import AddressRefusedError
from app.server.portal.links import INVITATION, MANAGE, SET_UP, Link, Links, find_link_about
from app.server.store.queues import Job
from app.server.store.transaction import FirmTransaction
from app.swedish_day import swedish_day

_OPEN = (InvitationState.QUEUED, InvitationState.SENT)
_ENDS = (CollaborationState.ENDING, CollaborationState.ENDED)
_SET_UP_WORKS_FOR = timedelta(days=90)
_LINKS_ARE_KEPT = timedelta(days=30)
_MANAGE_WORKS_FOR = timedelta(days=3 * 365)


class _Common(TypedDict):
    firm_name: str
    company_name: str
    recipient_name: str
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Composed:
    """A letter that should go, and in whose name."""

    letter: Letter
    sender_name: str


class Composer:
    """Writes the letters of all kinds. Links are made here, at the first try of their first e-mail."""

    def __init__(self, links: Links, catalogue: Catalogue) -> None:
        self._links = links
        self._catalogue = catalogue

    def compose(self, job: Job, transaction: FirmTransaction, public_url: str) -> Composed | None:
        """Return the letter, or None where it should not go any more: answered, withdrawn, replaced.

        Raises AddressRefusedError where no letter can be written to this recipient.
        """
        reader = transaction.reader
        firm = reader.find("firm", transaction.firm_id)
        if job.recipient is None or not isinstance(firm, Firm):
            return None
        if job.kind == "login_instructions":
            content = self._login_instructions(job, job.recipient, firm, transaction, public_url)
        elif job.kind == "receipt":
            content = self._receipt(job, job.recipient, firm, transaction, public_url)
        elif job.kind in ("ended", "end_cancelled"):
            content = self._about_end(job, job.recipient, firm, reader)
        else:
            content = self._about_invitation(job, job.recipient, firm, transaction, public_url)
        if content is None:
            return None
        try:
            return Composed(write_letter(content, job.language), firm.name)
        except LetterError as error:
            raise AddressRefusedError(error.code) from error

    def _login_instructions(
        self, job: Job, recipient: Recipient, firm: Firm, transaction: FirmTransaction, public_url: str
    ) -> LetterContent | None:
        activation = transaction.reader.find("activation", job.about_id)
        if not isinstance(activation, Activation):
            return None
        customer = _customer(transaction.reader, activation.customer_id)
        new = self._links.new_link(firm.id, activation.id, SET_UP, _sending(job), job.created_at)
        earlier = find_link_about(transaction.routing, activation.id)
        link = self._links.renew(transaction.routing, new, transaction.now + _SET_UP_WORKS_FOR)
        if link is None or customer is None:
            return None
        return LoginInstructions(
            firm_name=firm.name,
            company_name=customer.name,
            recipient_name=recipient.name,
            services=tuple(self._name(item.service, job.language) for item in activation.items),
            link=self._links.address(public_url, link),
            code=self._links.code(link, recipient.email),
            sent_again=bool(job.replayed_in) or (earlier is not None and earlier.key != link.key),
        )

    def _receipt(
        self, job: Job, recipient: Recipient, firm: Firm, transaction: FirmTransaction, public_url: str
    ) -> LetterContent | None:
        activation = transaction.reader.find("activation", job.about_id)
        if not isinstance(activation, Activation):
            return None
        customer = _customer(transaction.reader, activation.customer_id)
        running = list_running(activation, transaction.reader)
        # Each person has a link of their own: what one ends must not lock another out.
        about = f"{activation.id}:{recipient.email.casefold()}"
        new = self._links.new_link(firm.id, about, MANAGE, _sending(job), job.created_at)
        if customer is None or not running:
            return None
        link = self._links.renew(transaction.routing, new, transaction.now + _MANAGE_WORKS_FOR)
        if link is None:
            return None
        return CollaborationReceipt(
            firm_name=firm.name,
            company_name=customer.name,
            recipient_name=recipient.name,
            services=tuple(self._name(each.service or "", job.language) for each in running),
            link=self._links.address(public_url, link),
            code=self._links.code(link, recipient.email),
        )

    def _about_end(self, job: Job, recipient: Recipient, firm: Firm, reader: Reader) -> LetterContent | None:
        collaboration = reader.find("collaboration", job.about_id)
        if not isinstance(collaboration, Collaboration) or not collaboration.customer_id:
            return None
        customer = _customer(reader, collaboration.customer_id)
        if customer is None:
            return None
        common: _Common = {
            "firm_name": firm.name,
            "company_name": customer.name,
            "recipient_name": recipient.name,
            "services": (self._name(collaboration.service or "", job.language),),
        }
        if job.kind == "end_cancelled":
            goes_on = collaboration.state == CollaborationState.ACTIVE
            return CollaborationGoesOn(**common) if goes_on else None
        if collaboration.state not in _ENDS or collaboration.ends_on is None:
            return None
        choices = self._catalogue.service(collaboration.service or "").end_choices
        consequence = next((one.consequence for one in choices if one.code == collaboration.end_choice), None)
        said = consequence.text(job.language) if consequence is not None else ""
        return CollaborationEnds(**common, on=collaboration.ends_on, consequence=said)

    def _about_invitation(
        self, job: Job, recipient: Recipient, firm: Firm, transaction: FirmTransaction, public_url: str
    ) -> LetterContent | None:
        reader = transaction.reader
        invitation = reader.find("invitation", job.about_id)
        if not isinstance(invitation, Invitation):
            return None
        customer = _customer(reader, invitation.customer_id)
        if customer is None:
            return None
        services = tuple(self._name(code, job.language) for code in invitation.services)
        common: _Common = {
            "firm_name": firm.name,
            "company_name": customer.name,
            "recipient_name": recipient.name,
            "services": services,
        }
        is_open = invitation.state in _OPEN and not _is_past(invitation, transaction)
        match job.kind:
            case "withdrawn":
                return (
                    InvitationWithdrawn(**common) if invitation.state == InvitationState.WITHDRAWN else None
                )
            case "replaced":
                return InvitationReplaced(**common) if is_open else None
            case "information" if is_open:
                approvers = tuple(r.name or r.email for r in invitation.recipients if r.role == "approver")
                return Information(**common, approvers=approvers)
            case "invitation" | "reminder" if is_open and _is_recipient(invitation, recipient):
                pass
            case _:
                return None
        link = self._link_for(job, invitation, transaction)
        if link is None:
            return None
        expires_on = invitation.expires_on or transaction.today
        address = self._links.address(public_url, link)
        code = self._links.code(link, recipient.email)
        asks_number = asks_for_number(customer)
        if job.kind == "reminder":
            sent_at = invitation.sent_at or link.made_at
            return InvitationReminder(
                **common,
                sent_on=swedish_day(sent_at),
                expires_on=expires_on,
                link=address,
                code=code,
                asks_number=asks_number,
            )
        activation = reader.find("activation", invitation.activation_id)
        branch = activation.branch if isinstance(activation, Activation) else ""
        return InvitationRequest(
            **common,
            sender_name=_staff_name(reader, invitation.sent_by),
            link=address,
            code=code,
            expires_on=expires_on,
            asks_number=asks_number,
            requests_access=branch == Branch.OWNS_SUBSCRIPTION,
            replaces_earlier=bool(job.replayed_in)
            or (invitation.sent_at is not None and invitation.sent_at < job.created_at),
        )

    def _link_for(self, job: Job, invitation: Invitation, transaction: FirmTransaction) -> Link | None:
        if job.kind == "reminder":
            present = find_link_about(transaction.routing, invitation.id)
            if present is not None:
                return present
        new = self._links.new_link(
            transaction.firm_id, invitation.id, INVITATION, _sending(job), job.created_at
        )
        last_day = invitation.expires_on or transaction.today
        expires_at = datetime.combine(last_day, time(), UTC) + _LINKS_ARE_KEPT
        return self._links.renew(transaction.routing, new, expires_at)

    def _name(self, code: str, language: str) -> str:
        return self._catalogue.service(code).label.text(language)


def _sending(job: Job) -> str:
    """Return what the links of one sending have in common. After a restore it is another sending: the e-mail
    says that the earlier link is no longer good.
    """
    return f"{job.source}:{job.replayed_in}" if job.replayed_in else job.source


def asks_for_number(customer: Customer) -> bool:
    """Tell whether the last four digits of the number may be asked for: never of a person's number."""
    return customer.kind == CustomerKind.LEGAL_PERSON and len(customer.organisation_number) == 12


def _customer(reader: Reader, customer_id: str) -> Customer | None:
    customer = reader.find("customer", customer_id)
    return customer if isinstance(customer, Customer) else None


def _is_past(invitation: Invitation, transaction: FirmTransaction) -> bool:
    return invitation.expires_on is not None and transaction.today > invitation.expires_on


def _is_recipient(invitation: Invitation, recipient: Recipient) -> bool:
    address = recipient.email.casefold()
    return any(r.email.casefold() == address and r.role == "approver" for r in invitation.recipients)


def _staff_name(reader: Reader, staff_id: str) -> str:
    staff = reader.find("staff", staff_id)
    return staff.name if isinstance(staff, Staff) else ""

"""What a customer answers on the pages, taken into the firm's records. Reading changes nothing."""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.catalogue.catalogue import Catalogue
from app.domain.changes import Actor, MailRequest, Reader, RejectedError, VendorRequest
from app.domain.customer_ends import customers_page_locked, ended_by_customer, list_running, order_ends
from app.domain.first_login import contact_logged_in, set_up_locked
from app.domain.lifecycle import APPROVED, DECLINED, invitation_answered, invitation_locked
from app.domain.records import (
    Activation,
    ActivationState,
    CollaborationState,
    Customer,
    Invitation,
    InvitationState,
    Recipient,
)
from app.server.mail.composing import asks_for_number
from app.server.portal.links import (
    INVITATION,
    MANAGE,
    MAXIMUM_TRIES,
    SET_UP,
    Link,
    Links,
    find_link,
    is_same_code,
    note_wrong_fact,
)
from app.server.portal.views import PageView, view_invitation, view_running, view_set_up
from app.server.store.store import Store
from app.server.store.transaction import FirmTransaction

MAXIMUM_WORDS = 1000
MAXIMUM_NAME = 100
_OPEN = (InvitationState.QUEUED, InvitationState.SENT)


class Page(StrEnum):
    """Which page a request ends on."""

    INVITATION = "invitation"
    ANSWERED = "answered"
    SET_UP = "setup"
    SET_UP_DONE = "setup_done"
    MANAGE = "manage"
    ENDED = "ended"
    LOCKED = "locked"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A page with what it shows. ``problems`` are (field, code); ``tries_left`` after a wrong fact."""

    page: Page
    view: PageView | None = None
    problems: tuple[tuple[str, str], ...] = ()
    tries_left: int = MAXIMUM_TRIES


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a person sent."""

    answers: Mapping[str, str]
    fact: str = ""
    name: str = ""
    words: str = ""


GONE = Shown(page=Page.GONE)
_PAGES = {INVITATION: Page.INVITATION, SET_UP: Page.SET_UP, MANAGE: Page.MANAGE}


class Answering:
    """Shows and takes in answers."""

    def __init__(self, store: Store, links: Links, catalogue: Catalogue) -> None:
        self._store = store
        self._links = links
        self._catalogue = catalogue

    def show(self, token: str, language: str) -> Shown:
        """Return the page behind a link. Unknown, expired and used links are all ``GONE``."""
        link = self._links.find(token)
        if link is None:
            return GONE
        with self._store.read(link.firm_id) as snapshot:
            reader = snapshot.reader
            if link.purpose == INVITATION:
                invitation = reader.find("invitation", link.about_id)
                if not isinstance(invitation, Invitation) or not self._is_open(invitation):
                    return GONE
                if invitation.locked or link.is_locked:
                    return Shown(page=Page.LOCKED)
                view = view_invitation(reader, link.firm_id, invitation, self._catalogue, language)
                return GONE if view is None else Shown(page=Page.INVITATION, view=view)
            activation = reader.find("activation", _activation_id(link))
            if link.purpose == MANAGE and isinstance(activation, Activation):
                view = view_running(reader, link.firm_id, activation, self._catalogue, language)
                if view is None:
                    return GONE
                return Shown(page=Page.LOCKED) if link.is_locked else Shown(page=Page.MANAGE, view=view)
            if not isinstance(activation, Activation) or activation.state != ActivationState.DONE:
                return GONE
            view = view_set_up(reader, link.firm_id, activation, self._catalogue, language)
            if view is None:
                return GONE
            if activation.logged_in_at is not None:
                return Shown(page=Page.SET_UP_DONE, view=view)
            return Shown(page=Page.LOCKED) if link.is_locked else Shown(page=Page.SET_UP, view=view)

    def send(self, token: str, form: Form, language: str) -> Shown:
        """Take in a form and return the page that follows; the same form again ends on the same page."""
        found = self._links.find(token)
        if found is None:
            return GONE
        with self._store.write(found.firm_id) as transaction:
            # Again, now that nobody else can change it: the link may have been replaced meanwhile.
            link = find_link(transaction.routing, found.key, lock=True)
            if link is None:
                return GONE
            if link.purpose == INVITATION:
                return self._answer(transaction, link, form, language)
            if link.purpose == MANAGE:
                return self._end(transaction, link, form, language)
            return self._confirm(transaction, link, form, language)

    def _answer(self, transaction: FirmTransaction, link: Link, form: Form, language: str) -> Shown:
        reader = transaction.reader
        invitation = reader.find("invitation", link.about_id)
        if not isinstance(invitation, Invitation):
            return GONE
        view = view_invitation(reader, link.firm_id, invitation, self._catalogue, language)
        customer = reader.find("customer", invitation.customer_id)
        if view is None or not isinstance(customer, Customer):
            return GONE
        if invitation.locked or link.is_locked:
            return Shown(page=Page.LOCKED) if self._is_open(invitation) else GONE
        answers = {
            code: form.answers[code]
            for code in invitation.services
            if form.answers.get(code) in (APPROVED, DECLINED)
        }
        if invitation.state == InvitationState.ANSWERED:
            if self._who(link, invitation, customer, form) is None:
                # Counted here, too: the page says what was answered, and four digits are soon tried.
                if form.fact.strip():
                    note_wrong_fact(transaction.routing, link)
                return GONE
            return Shown(page=Page.ANSWERED, view=view) if answers == view.answers else GONE
        if not self._is_open(invitation):
            return GONE
        problems = [(code, "error_service") for code in invitation.services if code not in answers]
        if not form.fact.strip():
            problems.append(("fact", "error_fact_empty"))
        if problems:
            return Shown(page=Page.INVITATION, view=view, problems=tuple(problems))
        who = self._who(link, invitation, customer, form)
        if who is None:
            return self._wrong_fact(transaction, link, view, invitation)
        if not who:
            return Shown(page=Page.INVITATION, view=view, problems=(("name", "error_name"),))
        actor = Actor(name=who, kind="customer")
        try:
            effect = invitation_answered(
                invitation,
                answers,
                who,
                clean_text(form.words, MAXIMUM_WORDS),
                reader,
                transaction.context(actor, link.key[:16]),
            )
        except RejectedError:
            return GONE
        request = VendorRequest(kind="answered", about_id=invitation.id)
        receipts = self._receipts(link, invitation, form, reader) if APPROVED in answers.values() else ()
        effect = dataclasses.replace(
            effect, vendor=(*effect.vendor, request), mails=(*effect.mails, *receipts)
        )
        transaction.write(effect, by=actor, source=f"portal:{invitation.id}")
        return Shown(page=Page.ANSWERED, view=dataclasses.replace(view, answers=answers))

    def _confirm(self, transaction: FirmTransaction, link: Link, form: Form, language: str) -> Shown:
        activation = transaction.reader.find("activation", link.about_id)
        if not isinstance(activation, Activation) or activation.state != ActivationState.DONE:
            return GONE
        view = view_set_up(transaction.reader, link.firm_id, activation, self._catalogue, language)
        if view is None or activation.contact is None:
            return GONE
        if activation.logged_in_at is not None:
            return Shown(page=Page.SET_UP_DONE, view=view)
        if link.is_locked:
            return Shown(page=Page.LOCKED)
        if not form.fact.strip():
            return Shown(page=Page.SET_UP, view=view, problems=(("fact", "error_fact_empty"),))
        contact = activation.contact
        if not is_same_code(form.fact, self._links.code(link, contact.email)):
            return self._wrong_fact(transaction, link, view, activation)
        actor = Actor(name=contact.name, kind="customer")
        effect = contact_logged_in(activation.id, transaction.reader, transaction.context(actor))
        receipt = MailRequest(
            kind="receipt",
            about_id=activation.id,
            recipient=Recipient(name=contact.name, email=contact.email, role="contact"),
            language=activation.language,
        )
        effect = dataclasses.replace(effect, mails=(*effect.mails, receipt))
        transaction.write(effect, by=actor, source=f"portal:{activation.id}:{link.key[:16]}")
        return Shown(page=Page.SET_UP_DONE, view=view)

    def _end(self, transaction: FirmTransaction, link: Link, form: Form, language: str) -> Shown:
        reader = transaction.reader
        activation = reader.find("activation", _activation_id(link))
        if not isinstance(activation, Activation):
            return GONE
        view = view_running(reader, link.firm_id, activation, self._catalogue, language)
        if view is None:
            return GONE
        if link.is_locked:
            return Shown(page=Page.LOCKED)
        email = link.about_id.partition(":")[2]
        fits = is_same_code(form.fact, self._links.code(link, email))
        name = " ".join(clean_text(form.name, MAXIMUM_NAME).split())
        actor = Actor(name=name or email, kind="customer")
        context = transaction.context(actor, link.key[:16])
        chosen = [
            each
            for each in list_running(activation, reader)
            if form.answers.get(each.service or "") == "end" and each.state == CollaborationState.ACTIVE
        ]
        problems = [] if chosen else [("services", "error_choose")]
        if not form.fact.strip():
            problems.append(("fact", "error_fact_empty"))
        if problems:
            return Shown(page=Page.MANAGE, view=view, problems=tuple(problems))
        if not fits:
            return self._wrong_fact(transaction, link, view, activation)
        try:
            ordered = order_ends(chosen, reader, context)
        except RejectedError as error:
            problem = ("services", f"error_first:{error.data['service']}")
            return Shown(page=Page.MANAGE, view=view, problems=(problem,))
        for collaboration in ordered:
            effect = ended_by_customer(collaboration, actor.name, reader, context)
            transaction.write(effect, by=actor, source=f"portal:{collaboration.id}:ended")
        ended = {each.service for each in ordered}
        services = tuple(service for service in view.services if service.code in ended)
        goes_on = tuple(service.name for service in view.services if service.code not in ended)
        return Shown(page=Page.ENDED, view=dataclasses.replace(view, services=services, goes_on=goes_on))

    def _receipts(
        self, link: Link, invitation: Invitation, form: Form, reader: Reader
    ) -> tuple[MailRequest, ...]:
        """Return receipts to who answered; to all who may approve where the digits say only «the company»."""
        activation = reader.find("activation", invitation.activation_id)
        approvers = [each for each in invitation.recipients if each.role == "approver"]
        known = [each for each in approvers if is_same_code(form.fact, self._links.code(link, each.email))]
        language = activation.language if isinstance(activation, Activation) else "sv"
        return tuple(
            MailRequest(
                kind="receipt", about_id=invitation.activation_id, recipient=recipient, language=language
            )
            for recipient in known or approvers
        )

    def _wrong_fact(
        self, transaction: FirmTransaction, link: Link, view: PageView, about: Invitation | Activation
    ) -> Shown:
        counted = note_wrong_fact(transaction.routing, link)
        if not counted.is_locked:
            page = _PAGES[link.purpose]
            left = MAXIMUM_TRIES - counted.tries
            return Shown(page=page, view=view, problems=(("fact", "error_fact_wrong"),), tries_left=left)
        actor = Actor(name="portal", kind="customer")
        context = transaction.context(actor)
        if isinstance(about, Invitation):
            effect = invitation_locked(about, transaction.reader, context)
        elif link.purpose == MANAGE:
            effect = customers_page_locked(about.id, transaction.reader, context)
        else:
            effect = set_up_locked(about.id, transaction.reader, context)
        transaction.write(effect, by=actor, source=f"portal:{about.id}:locked:{link.key[:16]}")
        return Shown(page=Page.LOCKED)

    def _who(self, link: Link, invitation: Invitation, customer: Customer, form: Form) -> str | None:
        """Return who answers, "" where that must be asked, or None where the fact is wrong.

        A code says which of the recipients it is. The digits of the number say only that it is someone at
        the company: with several who may approve, the name has to be typed.
        """
        name = " ".join(clean_text(form.name, MAXIMUM_NAME).split())
        approvers = [r for r in invitation.recipients if r.role == "approver"]
        known: Recipient | None = None
        for recipient in approvers:
            if is_same_code(form.fact, self._links.code(link, recipient.email)):
                known = recipient
        if known is None:
            digits = "".join(char for char in form.fact if not char.isspace())
            if not asks_for_number(customer) or digits != customer.organisation_number[-4:]:
                return None
            known = approvers[0] if len(approvers) == 1 else None
        return name or (known.name or known.email if known is not None else "")

    def _is_open(self, invitation: Invitation) -> bool:
        today = self._store.clock.today()
        is_in_time = invitation.expires_on is None or today <= invitation.expires_on
        return invitation.state in _OPEN and is_in_time


def _activation_id(link: Link) -> str:
    """Return the activation that a link is about; that of a customer's own page names the person, too."""
    return link.about_id.partition(":")[0]


def clean_text(text: str, longest: int) -> str:
    """Return the text without control characters and turning marks, cut to a length."""
    kept = "".join(
        char if char == "\n" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp") else " "
        for char in text.replace("\r\n", "\n")
    )
    return kept.strip()[:longest]

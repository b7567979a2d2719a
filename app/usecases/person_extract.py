"""Registerutdrag: everything that the firm's program holds about one person (article 15)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.contract.codec import decode_record
from app.domain.records import (
    Access,
    Activation,
    Collaboration,
    Contact,
    Customer,
    Invitation,
    Registration,
    Staff,
)
from app.domain.swedish_order import sort_key
from app.errors import SamverkaError
from app.storage.keyvalues import get_session
from app.storage.local_reader import LocalReader
from app.usecases.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractPerson:
    """Somebody an extract can be made of: a contact or an administrator, known by the e-mail address."""

    name: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailedLine:
    """An e-mail that the person got: about which customer and services, as what, when, and how it went."""

    customer: str
    services: tuple[str, ...]
    role: str
    at: datetime | None
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredLine:
    """An answer that the person gave, with their own words."""

    customer: str
    services: tuple[str, ...]
    at: datetime | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessedLine:
    """A service that the person has or had access to."""

    customer: str
    service: str
    since: datetime | None
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractView:
    """What is held about the person. ``at_vendor`` are (customer, is main contact) as the vendor says."""

    person: ExtractPerson
    contacts: tuple[tuple[str, Contact], ...]
    at_vendor: tuple[tuple[str, bool], ...]
    mailed: tuple[MailedLine, ...]
    answered: tuple[AnsweredLine, ...]
    access: tuple[AccessedLine, ...]
    staff: tuple[Staff, ...]
    pulled_at: datetime | None


class PersonExtract:
    """Queries for the paper. Only customers that the person who asks may see are looked at."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def list_people(self, customer_id: str) -> tuple[ExtractPerson, ...]:
        """Return a customer's people with an address: the main contact first."""
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            if not isinstance(reader.find("customer", customer_id), Customer):
                raise SamverkaError("gone", type="customer")
            contacts = reader.list_of_customer("contact", customer_id)
            registrations = reader.list_of_customer("registration", customer_id)
        found: dict[str, ExtractPerson] = {}
        known = [one for one in contacts if isinstance(one, Contact) and one.email]
        for contact in sorted(known, key=lambda one: (not one.is_main, sort_key(one.name))):
            person = ExtractPerson(name=contact.name, email=contact.email)
            found.setdefault(contact.email.casefold(), person)
        for row in registrations:
            if isinstance(row, Registration):
                for one in row.administrators:
                    found.setdefault(one.email.casefold(), ExtractPerson(name=one.name, email=one.email))
        return tuple(found.values())

    def read(self, person: ExtractPerson) -> ExtractView:
        """Return everything that is held about whoever has this address."""
        email = person.email.casefold()
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            pulled_at = get_session(unit, "pulled_at")
            # The words of the JSON narrow it down before anything is decoded.
            rows = unit.rows(
                "SELECT type, data FROM present WHERE type IN"
                " ('contact', 'registration', 'invitation', 'activation', 'staff') AND data LIKE ?",
                (f"%{email}%",),
            )
            found = [decode_record(str(row[0]), row[1]) for row in rows]
            contacts = [one for one in found if isinstance(one, Contact) and one.email.casefold() == email]
            invitations = [one for one in found if isinstance(one, Invitation)]
            activations = [one for one in found if isinstance(one, Activation)]
            registrations = [one for one in found if isinstance(one, Registration)]
            staff = [one for one in found if isinstance(one, Staff) and one.email.casefold() == email]
            records: list[Contact | Invitation | Activation | Registration] = [
                *contacts, *invitations, *activations, *registrations
            ]  # fmt: skip
            ids = {one.customer_id for one in records}
            access = [
                row
                for contact in contacts
                for row in reader.list_by_lookup("access", contact.id)
                if isinstance(row, Access)
            ]
            ids |= {row.customer_id for row in access if row.customer_id}
            names = {id_: row.name for id_, row in reader.get_many(Customer, ids).items()}
            collaborations = reader.get_many(Collaboration, {row.collaboration_id for row in access})
        mailed = [
            MailedLine(
                customer=names.get(one.customer_id, ""),
                services=one.services,
                role=recipient.role,
                at=one.sent_at,
                state=recipient.mail_state,
            )
            for one in invitations
            for recipient in one.recipients
            if recipient.email.casefold() == email
        ]
        mailed += [
            MailedLine(
                customer=names.get(one.customer_id, ""),
                services=tuple(item.service for item in one.items),
                role="login",
                at=one.made_at,
                state=one.login_mail_state,
            )
            for one in activations
            if one.contact is not None and one.contact.email.casefold() == email
        ]
        answered = [
            AnsweredLine(
                customer=names.get(one.customer_id, ""),
                services=one.services,
                at=one.answered_at,
                words=one.words,
            )
            for one in invitations
            if one.answered_at is not None and one.answered_by.casefold() in (email, person.name.casefold())
        ]
        at_vendor = []
        for row in registrations:
            people = [one.email.casefold() for one in row.administrators]
            main = row.main_contact
            is_main = main is not None and main.email.casefold() == email
            if is_main or email in people:
                at_vendor.append((names.get(row.customer_id, ""), is_main))
        return ExtractView(
            person=person,
            contacts=tuple(
                sorted(
                    ((names.get(one.customer_id, ""), one) for one in contacts), key=lambda p: sort_key(p[0])
                )
            ),
            at_vendor=tuple(sorted(at_vendor, key=lambda pair: sort_key(pair[0]))),
            mailed=tuple(sorted(mailed, key=lambda line: line.at.isoformat() if line.at else "")),
            answered=tuple(answered),
            access=tuple(
                AccessedLine(
                    customer=names.get(row.customer_id or "", ""),
                    service=(about.service or "")
                    if (about := collaborations.get(row.collaboration_id))
                    else "",
                    since=row.since,
                    until=row.until,
                )
                for row in access
            ),
            staff=tuple(staff),
            pulled_at=datetime.fromisoformat(pulled_at) if pulled_at else None,
        )

"""Erases a person from a firm's data: their records, what others say of them, and the audit's details.

The chain stays whole: it covers commitments, and a new entry says which details are gone and why. Clients get
the removals by their next pull. What a client has sent in the last 30 days lies in its own journal until it
is pruned there; backups are the administrator's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from app.domain.decoders import convert_to
from app.domain.effects import Change, Effect, Put, Remove
from app.domain.identity import format_number, parse_number
from app.domain.records import (
    LIVE_COLLABORATION_STATES,
    Collaboration,
    Contact,
    Customer,
    CustomerKind,
    Event,
    Record,
    Staff,
    keys_of,
    type_of,
)
from app.errors import UsageError
from app.server.audit.verifying import ERASURE
from app.server.store import SERVER, FirmTransaction, Store
from app.server.store.chain import erase_details, find_details_with
from app.server.store.erasing import (
    Traces,
    clear_outcomes,
    count_at_vendor,
    drop_entries,
    drop_grants,
    drop_mails,
    find_records_with,
    overwrite_free_space,
)

NOBODY = "–"
"""In the place of the name of a staff member who was erased."""

_PEOPLE = frozenset({CustomerKind.PRIVATE_PERSON, CustomerKind.SOLE_FIRM, CustomerKind.ESTATE})
_HANGS_ON_CUSTOMER = (
    "contact", "engagement", "participation", "registration", "activation", "invitation", "collaboration",
    "access", "link_decision", "event",
)  # fmt: skip
_OF_A_PERSON = ("name", "email", "phone")
_WRITTEN_FREELY = ("words", "reason", "due_diligence_reason", "title")


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """How much an erasure has removed and changed. ``at_vendor`` entries are in the vendor's own register."""

    customers: int
    contacts: int
    staff: int
    removed: int
    changed: int
    audit_entries: int
    mails: int
    at_vendor: int


class _Rehearsal(Exception):  # noqa: N818 - no error: it takes the transaction back
    pass


def erase_person(
    store: Store, firm_id: str, *, number: str = "", email: str = "", rehearse: bool = False
) -> Erased:
    """Erase the person with this number (as a customer) or this e-mail address (as contact or staff).

    ``rehearse`` counts what would go, and changes nothing.

    Raises:
        UsageError: ``erase_nobody``, ``erase_not_a_person`` (the number is a legal person's),
            ``erase_has_collaborations`` (end them first), ``erase_staff_active``.
    """
    erased: Erased | None = None
    try:
        with store.write(firm_id) as transaction:
            erased = _erase(transaction, number, email)
            if rehearse:
                raise _Rehearsal
    except _Rehearsal:
        pass
    else:
        overwrite_free_space(store.engine)
    assert erased is not None  # noqa: S101 - the transaction ended without an error
    return erased


@dataclass(frozen=True, slots=True)
class _Subject:
    customers: list[Customer]
    contacts: list[Contact]
    staff: list[Staff]

    def ids(self) -> set[str]:
        people: list[Customer | Contact | Staff] = [*self.customers, *self.contacts, *self.staff]
        return {person.id for person in people}

    def identifiers(self) -> tuple[str, ...]:
        """Return the texts that stand for nobody else: numbers, addresses, telephone numbers."""
        found: list[str] = []
        for customer in self.customers:
            found += _spellings(customer.organisation_number)
        for contact in self.contacts:
            found += [contact.email, contact.phone]
        found += [member.email for member in self.staff]
        return tuple(dict.fromkeys(text for text in found if len(text) > 4))

    def names(self) -> tuple[str, ...]:
        people: list[Customer | Contact | Staff] = [*self.customers, *self.contacts, *self.staff]
        return tuple(dict.fromkeys(person.name for person in people if len(person.name) > 2))


def _erase(transaction: FirmTransaction, number: str, email: str) -> Erased:
    subject = _find(transaction, number, email)
    _check(transaction, subject)
    reader = transaction.reader
    doomed: dict[tuple[str, str], Record] = {}
    near: dict[tuple[str, str], Record] = {}
    for customer in subject.customers:
        doomed[("customer", customer.id)] = customer
        for type_name in _HANGS_ON_CUSTOMER:
            doomed |= _by_key(reader.list_of_customer(type_name, customer.id))
    for contact in subject.contacts:
        doomed[("contact", contact.id)] = contact
        doomed |= _by_key(reader.list_children("event", contact.id))
        doomed |= _by_key(reader.list_by_lookup("access", contact.id))
        for type_name in ("customer", *_HANGS_ON_CUSTOMER):
            near |= _by_key(reader.list_of_customer(type_name, contact.customer_id))
    ids = frozenset(subject.ids() | {id_ for _, id_ in doomed})
    texts = subject.identifiers()
    for record in find_records_with(transaction.connection, transaction.firm_id, [*texts, *subject.ids()]):
        # Nobody has linked it: its company is the erased customer, or names them as somebody to reach.
        if isinstance(record, Collaboration) and record.customer_id is None and _is_of(record, subject):
            doomed.update(_by_key([record]))
        else:
            near.update(_by_key([record]))
    changes: list[Change] = [Remove(type_name, id_) for type_name, id_ in doomed]
    scrubbing = _Scrubbing(
        ids,
        tuple(text.casefold() for text in texts),
        tuple(name.casefold() for name in subject.names()),
    )
    changed: list[Change] = []
    for key, record in near.items():
        if key in doomed or key[0] == "staff":
            continue
        bare = scrubbing.scrub(record)
        if bare is None:
            changes.append(Remove(*key))
        elif bare != record:
            changed.append(Put(bare))
    for member in subject.staff:
        changed.append(Put(replace(member, name=NOBODY, email="", office="")))
    removed = len(changes)
    transaction.write(Effect(changes=(*changes, *changed)), by=SERVER, source=ERASURE)
    names = subject.names()
    mentioned = Traces(ids=ids, texts=texts)
    # An e-mail names the customer; an audit entry names a customer's person as who did it.
    in_mails = Traces(ids=ids, texts=(*texts, *names))
    details = [*texts, *subject.ids(), *ids, *(msgspec.json.encode(name).decode() for name in names)]
    connection, firm_id = transaction.connection, transaction.firm_id
    clear_outcomes(connection, firm_id, in_mails)
    mails = drop_mails(connection, firm_id, in_mails)
    drop_entries(connection, firm_id, mentioned)
    drop_grants(connection, firm_id, mentioned)
    numbers = _details_with(transaction, details)
    erase_details(connection, firm_id, numbers)
    transaction.note(SERVER, ERASURE, numbers=numbers)
    return Erased(
        customers=len(subject.customers),
        contacts=len(subject.contacts),
        staff=len(subject.staff),
        removed=removed,
        changed=len(changed),
        audit_entries=len(numbers),
        mails=mails,
        at_vendor=count_at_vendor(connection, texts),
    )


def _find(transaction: FirmTransaction, number: str, email: str) -> _Subject:
    subject = _Subject([], [], [])
    reader = transaction.reader
    if number:
        canonical = parse_number(number, today=transaction.today).canonical
        subject.customers.extend(
            row
            for row in reader.walk("customer", f'"organisation_number":"{canonical}"')
            if isinstance(row, Customer) and canonical and row.organisation_number == canonical
        )
        for customer in subject.customers:
            rows = reader.list_of_customer("contact", customer.id)
            subject.contacts.extend(row for row in rows if isinstance(row, Contact))
    if email:
        key = email.strip().casefold()
        contacts = reader.list_by_lookup("contact", key)
        subject.contacts.extend(row for row in contacts if isinstance(row, Contact))
        staff = reader.list_by_lookup("staff", key)
        subject.staff.extend(row for row in staff if isinstance(row, Staff))
    if not subject.ids():
        raise UsageError("erase_nobody")
    return subject


def _check(transaction: FirmTransaction, subject: _Subject) -> None:
    for customer in subject.customers:
        if customer.kind not in _PEOPLE:
            raise UsageError("erase_not_a_person")
        linked = transaction.reader.list_of_customer("collaboration", customer.id)
        if any(isinstance(c, Collaboration) and c.state in LIVE_COLLABORATION_STATES for c in linked):
            raise UsageError("erase_has_collaborations")
    if any(member.state != "left" for member in subject.staff):
        raise UsageError("erase_staff_active")


def _details_with(transaction: FirmTransaction, texts: Sequence[str]) -> list[int]:
    found: set[int] = set()
    unique = list(dict.fromkeys(texts))
    for start in range(0, len(unique), 50):
        part = unique[start : start + 50]
        found.update(find_details_with(transaction.connection, transaction.firm_id, part))
    return sorted(found)


def _is_of(collaboration: Collaboration, subject: _Subject) -> bool:
    number = parse_number(collaboration.company.number).canonical
    return bool(number) and any(customer.organisation_number == number for customer in subject.customers)


def _by_key(records: Sequence[Record]) -> dict[tuple[str, str], Record]:
    return {(type_of(record), record.id): record for record in records}


def _spellings(canonical: str) -> list[str]:
    if len(canonical) != 12:
        return [canonical]
    short = canonical[2:]
    return [canonical, short, format_number(canonical), f"{canonical[:8]}-{canonical[8:]}"] + [
        f"{short[:6]}{sign}{short[6:]}" for sign in "-+"
    ]


@dataclass(frozen=True, slots=True)
class _Scrubbing:
    """Takes a person out of records that are about somebody else.

    ``texts`` are looked for everywhere. ``names`` are those of others, too, and of companies: only a field
    that is just the name goes, what an event tells in words, and the name where somebody has written freely.
    """

    ids: frozenset[str]
    texts: tuple[str, ...]
    names: tuple[str, ...]

    def scrub(self, record: Record) -> Record | None:
        """Return the record without the person, or None where nothing sensible is left."""
        if isinstance(record, Customer):
            parent, predecessor = record.parent_id, record.predecessor_id
            return replace(
                record,
                parent_id=None if parent in self.ids else parent,
                predecessor_id=None if predecessor in self.ids else predecessor,
            )
        if self._has_text(keys_of(record).lookup or "") and not isinstance(record, Contact):
            return None
        bare = self._bare(msgspec.to_builtins(record), in_words=isinstance(record, Event))
        bare["id"] = record.id
        try:
            return convert_to(type(record), bare, strict=False)
        except msgspec.ValidationError:
            return None

    def _bare(self, value: Any, *, in_words: bool) -> Any:
        match value:
            case dict():
                texts = [part for part in value.values() if isinstance(part, str)]
                # A company keeps its name when the address of its contact goes.
                is_person = "number" not in value and any(self._has_text(text) for text in texts)
                return {
                    name: self._bare_field(name, part, is_person=is_person, in_words=in_words)
                    for name, part in value.items()
                }
            case list() | tuple():
                kept = [part for part in value if not self._is_about(part)]
                return [self._bare(part, in_words=in_words) for part in kept]
            case str():
                if value in self.ids:
                    return None
                return "" if self._has_text(value) or self._has_name(value, in_words=in_words) else value
            case _:
                return value

    def _bare_field(self, name: str, part: Any, *, is_person: bool, in_words: bool) -> Any:
        if is_person and name in _OF_A_PERSON and isinstance(part, str):
            return ""
        bare = self._bare(part, in_words=in_words)
        if name in _WRITTEN_FREELY and isinstance(bare, str):
            for person in self.names:
                bare = re.sub(rf"(?<!\w){re.escape(person)}(?!\w)", "…", bare, flags=re.IGNORECASE)
        return bare

    def _is_about(self, part: Any) -> bool:
        """Tell whether an item of a list is about an erased record, such as a candidate of a decision."""
        if isinstance(part, str):
            return part in self.ids
        return isinstance(part, dict) and part.get("customer_id") in self.ids

    def _has_text(self, text: str) -> bool:
        folded = text.casefold()
        return any(wanted in folded for wanted in self.texts)

    def _has_name(self, text: str, *, in_words: bool) -> bool:
        folded = text.casefold()
        return any(folded == name or (in_words and name in folded) for name in self.names)

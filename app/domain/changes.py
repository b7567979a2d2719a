"""What a command or an answer changes: the values that effects are made of.

An effect is computed without I/O from what a ``Reader`` shows. The server writes it in its
transaction; the client lays the same effect over its mirror until the server has answered.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from app.domain.decoders import convert_to
from app.domain.ids import PREFIXES, derived_id
from app.domain.records import (
    RECORD_TYPES,
    About,
    Customer,
    Event,
    FirmSettings,
    Keys,
    Participation,
    Recipient,
    Record,
    keys_of,
    type_of,
)
from app.domain.terms import ServiceTerms, Terms
from app.errors import SamverkaError

R = TypeVar("R", bound=Record)


class RejectedError(SamverkaError):
    """The command is not allowed or makes no sense any more; ``code`` says which."""


@dataclass(frozen=True, slots=True)
class FieldConflictValue:
    """Plain JSON values of one field: wanted, now, and what the person saw."""

    mine: Any
    theirs: Any
    seen: Any


class ConflictError(SamverkaError):
    """Somebody else changed a field that this command wanted to change; nothing is written."""

    def __init__(self, fields: dict[str, FieldConflictValue]) -> None:
        super().__init__("conflict", fields=sorted(fields))
        self.fields = fields


class Reader(Protocol):
    """Records as they are now: the server's in its transaction, the client's mirror with its outbox."""

    def find(self, type_name: str, id_: str) -> Record | None:
        """Return the record, or None where it is unknown or removed."""
        ...

    def list_of_customer(self, type_name: str, customer_id: str) -> Sequence[Record]:
        """Return the records of that type that hang on the customer (``Keys.customer_id``)."""
        ...

    def list_children(self, type_name: str, parent_id: str) -> Sequence[Record]:
        """Return the records of that type below the parent (``Keys.parent_id``)."""
        ...

    def list_by_lookup(self, type_name: str, lookup: str) -> Sequence[Record]:
        """Return the records of that type with this ``Keys.lookup``."""
        ...

    def list_managed_by(self, staff_id: str) -> Sequence[Record]:
        """Return the customers whose account manager the staff member is."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who does it. ``kind``: staff, customer, vendor or server."""

    staff_id: str = ""
    name: str = ""
    full_permission: bool = False
    vendor_administrator: bool = False
    sees: str = "all"
    office: str = ""
    kind: str = "staff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What an effect may know besides the records: who, when, the firm's rules and the services' terms.

    Without ``terms`` nothing is known of any service, and what depends on one is not judged.
    ``heard_on`` is the server's day when a client last heard of it, None at the server: what the server has
    sent, the actor sees.
    """

    actor: Actor
    now: datetime
    today: date
    heard_on: date | None = None
    correlation_id: str = ""
    settings: FirmSettings = field(default_factory=FirmSettings)
    terms: Terms | None = None

    def is_on_it(self, participation: Participation) -> bool:
        """Tell whether the participation is the actor's own and holds: what they see and may do hangs on it.

        A client's clock may be years off. It does not take away what holds on the server's day.
        """
        return participation.staff_id == self.actor.staff_id and (
            participation.holds_on(self.today)
            or (self.heard_on is not None and participation.holds_on(self.heard_on))
        )

    def find_terms(self, service: str | None) -> ServiceTerms | None:
        """Return the service's terms, or None where this version knows nothing of it."""
        if self.terms is None or not service:
            return None
        found = self.terms.service(service)
        return found if found.known else None


@dataclass(frozen=True, slots=True)
class Put:
    """Write this record, new or changed."""

    record: Record


@dataclass(frozen=True, slots=True)
class Remove:
    """Remove this record."""

    type_name: str
    id: str


Change = Put | Remove


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorRequest:
    """Something the vendor must do after the commit: activate, register, withdraw, end, change …

    ``data`` is what the worker cannot read from the record any more, such as the values before a change
    that the vendor may refuse.
    """

    kind: str
    about_id: str
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRequest:
    """An e-mail to send after the commit.

    ``kind``: login_instructions, invitation, information, reminder, withdrawn,
    replaced, receipt, ended or end_cancelled.
    ``about_id`` is the id of the activation, the invitation or (the last two) the collaboration.
    """

    kind: str
    about_id: str
    recipient: Recipient
    language: str = "sv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Everything that follows from a command or an answer."""

    changes: tuple[Change, ...] = ()
    events: tuple[Event, ...] = ()
    vendor: tuple[VendorRequest, ...] = ()
    mails: tuple[MailRequest, ...] = ()

    def touched(self) -> tuple[tuple[str, str], ...]:
        """Return (type name, id) of every record that is written or removed."""
        return tuple(
            (type_of(c.record), c.record.id) if isinstance(c, Put) else (c.type_name, c.id)
            for c in self.changes
        )


class EffectBuilder:
    """Collects an effect; reads through it see what it has already changed."""

    def __init__(self, reader: Reader, context: Context, source_id: str) -> None:
        self.context = context
        self._reader = reader
        self._source_id = source_id
        self._changes: dict[tuple[str, str], Change] = {}
        self._looked_at: dict[str, Customer | None] = {}
        self._sight: dict[str, bool] = {}
        self._events: list[Event] = []
        self._vendor: list[VendorRequest] = []
        self._mails: list[MailRequest] = []

    def find(self, cls: type[R], id_: str | None) -> R | None:
        """Return the record of that class, or None."""
        if not id_:
            return None
        type_name = _name(cls)
        change = self._changes.get((type_name, id_))
        if isinstance(change, Put):
            return change.record  # type: ignore[return-value]  # the key says the type
        if isinstance(change, Remove):
            return None
        if cls is Customer and id_ in self._looked_at:
            return self._looked_at[id_]  # type: ignore[return-value]  # the same
        return self._reader.find(type_name, id_)  # type: ignore[return-value]  # the name says the type

    def get(self, cls: type[R], id_: str | None) -> R:
        """Return the record of that class.

        Raises RejectedError ``gone`` where there is none or the actor may not see the customer that it hangs
        on: the answer does not tell which.
        """
        record = self.find(cls, id_)
        if record is None or not self.shows(record):
            raise RejectedError("gone", type=_name(cls))
        return record

    def check_new(self, cls: type[Record], id_: str) -> None:
        """Raise RejectedError ``exists`` where there is a record of that class with the id already."""
        if self.find(cls, id_) is not None:
            raise RejectedError("exists", type=_name(cls))

    def shows(self, record: Record) -> bool:
        """Tell whether the actor may see the customer that the record hangs on, as it was before the command.

        What hangs on no customer is a matter of rights.
        """
        from app.domain.visibility import may_see

        customer_id = keys_of(record).customer_id
        if customer_id is None or self.context.actor.kind != "staff":
            return True
        if customer_id not in self._sight:
            customer = record if isinstance(record, Customer) else self.find(Customer, customer_id)
            self._looked_at[customer_id] = customer
            self._sight[customer_id] = customer is not None and may_see(self, customer)
        return self._sight[customer_id]

    def list_of_customer(self, cls: type[R], customer_id: str) -> list[R]:
        """Return the customer's records of that class, with this effect's changes in them."""
        rows = self._reader.list_of_customer(_name(cls), customer_id)
        return self._with_changes(cls, rows, lambda keys: keys.customer_id == customer_id)

    def list_children(self, cls: type[R], parent_id: str) -> list[R]:
        """Return the parent's records of that class, with this effect's changes in them."""
        rows = self._reader.list_children(_name(cls), parent_id)
        return self._with_changes(cls, rows, lambda keys: keys.parent_id == parent_id)

    def list_by_lookup(self, cls: type[R], lookup: str) -> list[R]:
        """Return the records of that class with this lookup, with this effect's changes in them."""
        rows = self._reader.list_by_lookup(_name(cls), lookup)
        return self._with_changes(cls, rows, lambda keys: keys.lookup == lookup)

    def list_managed_by(self, staff_id: str) -> list[Customer]:
        """Return the customers whose account manager the staff member is, with this effect's changes."""
        found = {row.id: row for row in self._reader.list_managed_by(staff_id)}
        for (changed_type, id_), change in self._changes.items():
            if changed_type == "customer":
                found.pop(id_, None)
                if (
                    isinstance(change, Put)
                    and isinstance(change.record, Customer)
                    and change.record.account_manager_id == staff_id
                ):
                    found[id_] = change.record
        return [row for row in found.values() if isinstance(row, Customer)]

    @property
    def source_id(self) -> str:
        """Return what causes the effect, such as a command's id: rows that it makes derive theirs from it."""
        return self._source_id

    def put(self, record: Record) -> None:
        """Write the record."""
        self._changes[(type_of(record), record.id)] = Put(record)

    def remove(self, cls: type[Record], id_: str) -> None:
        """Remove the record."""
        self._changes[(_name(cls), id_)] = Remove(_name(cls), id_)

    def event(self, about: Record, what: str, *, before: str = "", after: str = "") -> None:
        """Note what happened, for the readable history."""
        actor = self.context.actor
        self._events.append(
            Event(
                id=derived_id(PREFIXES["event"], self._source_id, str(len(self._events)), what),
                about=About(type=type_of(about), id=about.id, customer_id=keys_of(about).customer_id),
                what=what,
                by=actor.staff_id or actor.name,
                by_kind=actor.kind,
                at=self.context.now,
                before=before,
                after=after,
                correlation_id=self.context.correlation_id,
            )
        )

    def vendor(self, kind: str, about_id: str, **data: Any) -> None:
        """Ask for something that the vendor must do after the commit; ``data`` as plain JSON values."""
        self._vendor.append(VendorRequest(kind=kind, about_id=about_id, data=data))

    def mail(self, kind: str, about_id: str, recipient: Recipient, language: str = "sv") -> None:
        """Ask for an e-mail after the commit."""
        self._mails.append(MailRequest(kind=kind, about_id=about_id, recipient=recipient, language=language))

    def build(self) -> Effect:
        """Return the effect."""
        return Effect(
            changes=tuple(self._changes.values()),
            events=tuple(self._events),
            vendor=tuple(self._vendor),
            mails=tuple(self._mails),
        )

    def _with_changes(self, cls: type[R], rows: Sequence[Record], fits: _KeyTest) -> list[R]:
        type_name = _name(cls)
        found = {row.id: row for row in rows}
        for (changed_type, id_), change in self._changes.items():
            if changed_type != type_name:
                continue
            found.pop(id_, None)
            if isinstance(change, Put) and fits(keys_of(change.record)):
                found[id_] = change.record
        return list(found.values())  # type: ignore[arg-type]  # only records of this class were collected


class _KeyTest(Protocol):
    def __call__(self, keys: Keys, /) -> bool: ...


def _name(cls: type[Any]) -> str:
    for name, known in RECORD_TYPES.items():
        if known is cls:
            return name
    raise KeyError(cls)


def change_fields(record: R, changes: dict[str, dict[str, Any]], allowed: frozenset[str]) -> R:
    """Return the record with the fields set, by compare-and-set on what the person saw.

    ``changes`` is {field: {"from": …, "to": …}} with plain JSON values. A field that already has the
    wanted value is nothing to do. Raises ConflictError for fields that have another value than the one
    seen (nothing is changed then), RejectedError ``invalid`` for a field or a value that cannot be.
    """
    import msgspec

    plain = msgspec.json.decode(msgspec.json.encode(record))
    conflicts: dict[str, FieldConflictValue] = {}
    for name, change in changes.items():
        if name not in allowed or "to" not in change or "from" not in change:
            raise RejectedError("invalid", field=name)
        present = plain[name]
        if present == change["to"]:
            continue
        if present != change["from"]:
            conflicts[name] = FieldConflictValue(mine=change["to"], theirs=present, seen=change["from"])
            continue
        plain[name] = change["to"]
    if conflicts:
        raise ConflictError(conflicts)
    try:
        return convert_to(type(record), plain)
    except msgspec.ValidationError as error:
        raise RejectedError("invalid", detail=str(error)) from error


def changes_between(before: Record, after: Record) -> dict[str, dict[str, Any]]:
    """Return {field: {"from", "to"}} of every field that differs, as an update command carries it."""
    import msgspec

    old, new = (msgspec.json.decode(msgspec.json.encode(record)) for record in (before, after))
    names = [f.name for f in dataclasses.fields(before)]
    return {n: {"from": old[n], "to": new[n]} for n in names if old[n] != new[n]}


def customer_of(builder: EffectBuilder, customer_id: str | None) -> Customer:
    """Return the customer that a command is about.

    Raises RejectedError ``gone`` where there is none or the actor may not see it: the answer does not
    tell which. ``protected`` customers exist only for the staff named on them.
    """
    return builder.get(Customer, customer_id)

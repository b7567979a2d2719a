"""Live commands laid over the mirror: what a person sees before the server has answered.

Each command is run again by ``app.domain.effects.apply``, the function that the server runs, with the time
at which it was made and the server's day as last heard, so that the result depends on nothing else but the
records and the commands. What it has read and written is noted as keys, so that after a change only the
commands that it can concern are run again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.changes import Actor, ConflictError, Context, Put, Reader, RejectedError
from app.domain.commands import Command
from app.domain.effects import apply
from app.domain.records import Customer, Firm, FirmSettings, Record, Staff, keys_of, type_of
from app.domain.terms import Terms
from app.swedish_day import swedish_day

RecordId = tuple[str, str]
"""Type name and id."""

HEARD_DAY_KEY = "d|heard"
"""The key of the server's day as last heard: every command has looked at it."""


def id_key(type_name: str, id_: str) -> str:
    """Return the key of one record."""
    return f"i|{type_name}|{id_}"


def customer_key(type_name: str, customer_id: str) -> str:
    """Return the key of all records of a type that hang on a customer."""
    return f"c|{type_name}|{customer_id}"


def parent_key(type_name: str, parent_id: str) -> str:
    """Return the key of all records of a type below a parent."""
    return f"p|{type_name}|{parent_id}"


def lookup_key(type_name: str, lookup: str) -> str:
    """Return the key of all records of a type with a lookup value."""
    return f"l|{type_name}|{lookup}"


def manager_key(staff_id: str) -> str:
    """Return the key of all customers whose account manager a staff member is."""
    return f"m|customer|{staff_id}"


def keys_hit_by(record: Record) -> set[str]:
    """Return the keys of everything that reading could find this record by."""
    type_name = type_of(record)
    keys = keys_of(record)
    hit = {id_key(type_name, record.id)}
    if keys.customer_id:
        hit.add(customer_key(type_name, keys.customer_id))
    if keys.parent_id:
        hit.add(parent_key(type_name, keys.parent_id))
    if keys.lookup:
        hit.add(lookup_key(type_name, keys.lookup))
    if isinstance(record, Customer) and record.account_manager_id:
        hit.add(manager_key(record.account_manager_id))
    return hit


class RecordingReader:
    """Reads through to another reader and notes what was asked for."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.asked: set[str] = set()

    def find(self, type_name: str, id_: str) -> Record | None:
        """Return the record, or None."""
        self.asked.add(id_key(type_name, id_))
        return self._reader.find(type_name, id_)

    def list_of_customer(self, type_name: str, customer_id: str) -> Sequence[Record]:
        """Return the customer's records of that type."""
        self.asked.add(customer_key(type_name, customer_id))
        return self._reader.list_of_customer(type_name, customer_id)

    def list_children(self, type_name: str, parent_id: str) -> Sequence[Record]:
        """Return the parent's records of that type."""
        self.asked.add(parent_key(type_name, parent_id))
        return self._reader.list_children(type_name, parent_id)

    def list_by_lookup(self, type_name: str, lookup: str) -> Sequence[Record]:
        """Return the records of that type with this lookup."""
        self.asked.add(lookup_key(type_name, lookup))
        return self._reader.list_by_lookup(type_name, lookup)

    def list_managed_by(self, staff_id: str) -> Sequence[Record]:
        """Return the customers whose account manager the staff member is."""
        self.asked.add(manager_key(staff_id))
        return self._reader.list_managed_by(staff_id)


class LayeredReader:
    """A reader with changed records over it. None as a record means that it was removed."""

    def __init__(self, below: Reader, changed: Mapping[RecordId, Record | None]) -> None:
        self._below = below
        self._changed = changed

    def find(self, type_name: str, id_: str) -> Record | None:
        """Return the record, or None."""
        if (type_name, id_) in self._changed:
            return self._changed[(type_name, id_)]
        return self._below.find(type_name, id_)

    def list_of_customer(self, type_name: str, customer_id: str) -> Sequence[Record]:
        """Return the customer's records of that type."""
        key = customer_key(type_name, customer_id)
        return self._with_changes(type_name, self._below.list_of_customer(type_name, customer_id), key)

    def list_children(self, type_name: str, parent_id: str) -> Sequence[Record]:
        """Return the parent's records of that type."""
        key = parent_key(type_name, parent_id)
        return self._with_changes(type_name, self._below.list_children(type_name, parent_id), key)

    def list_by_lookup(self, type_name: str, lookup: str) -> Sequence[Record]:
        """Return the records of that type with this lookup."""
        key = lookup_key(type_name, lookup)
        return self._with_changes(type_name, self._below.list_by_lookup(type_name, lookup), key)

    def list_managed_by(self, staff_id: str) -> Sequence[Record]:
        """Return the customers whose account manager the staff member is."""
        return self._with_changes("customer", self._below.list_managed_by(staff_id), manager_key(staff_id))

    def _with_changes(self, type_name: str, rows: Sequence[Record], key: str) -> Sequence[Record]:
        found = {row.id: row for row in rows}
        for (changed_type, id_), record in self._changed.items():
            if changed_type != type_name:
                continue
            found.pop(id_, None)
            if record is not None and key in keys_hit_by(record):
                found[id_] = record
        return [found[id_] for id_ in sorted(found)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Projected:
    """What one command does over the records as they are now.

    ``error`` says why it does nothing: the rules refuse it, or a field has changed.
    ``reads`` and ``writes`` are keys; ``customers`` are those whose row or page shows something else.
    """

    changed: Mapping[RecordId, Record | None]
    reads: frozenset[str]
    writes: frozenset[str]
    customers: frozenset[str]
    error: RejectedError | ConflictError | None = None


def context_for(
    reader: Reader,
    staff_id: str,
    firm_id: str,
    *,
    made_at: datetime,
    command_id: str,
    terms: Terms | None = None,
    heard_on: date | None = None,
) -> Context:
    """Return who and when a command is computed for. Before the first pull nobody is known: no rights.

    ``heard_on`` is the server's day when it was last heard: this machine's clock may be years off.
    """
    staff = reader.find("staff", staff_id) if staff_id else None
    firm = reader.find("firm", firm_id) if firm_id else None
    if isinstance(staff, Staff):
        actor = Actor(
            staff_id=staff.id,
            name=staff.name,
            full_permission=staff.full_permission,
            vendor_administrator=staff.vendor_administrator,
            sees=staff.sees,
            office=staff.office,
        )
    else:
        actor = Actor(staff_id=staff_id)
    return Context(
        actor=actor,
        now=made_at,
        today=swedish_day(made_at),
        heard_on=heard_on,
        correlation_id=command_id,
        settings=firm.settings if isinstance(firm, Firm) else FirmSettings(),
        terms=terms,
    )


def project(
    command: Command,
    reader: Reader,
    *,
    staff_id: str,
    firm_id: str,
    terms: Terms | None = None,
    heard_on: date | None = None,
) -> Projected:
    """Return what the command does over the records that the reader shows; a refusal is ``error``."""
    recorder = RecordingReader(reader)
    recorder.asked.add(HEARD_DAY_KEY)
    try:
        context = context_for(
            recorder,
            staff_id,
            firm_id,
            made_at=command.made_at,
            command_id=command.id,
            terms=terms,
            heard_on=heard_on,
        )
        effect = apply(command, recorder, context)
    except (RejectedError, ConflictError) as error:
        nothing: frozenset[str] = frozenset()
        return Projected(
            changed={}, reads=frozenset(recorder.asked), writes=nothing, customers=nothing, error=error
        )
    changed: dict[RecordId, Record | None] = {}
    writes: set[str] = set()
    customers: set[str] = set()
    for change in effect.changes:
        if isinstance(change, Put):
            type_name, id_ = type_of(change.record), change.record.id
            changed[(type_name, id_)] = change.record
            after: list[Record] = [change.record]
        else:
            type_name, id_ = change.type_name, change.id
            changed[(type_name, id_)] = None
            after = []
        before = reader.find(type_name, id_)
        for record in (*after, before):
            if record is not None:
                writes |= keys_hit_by(record)
                customer_id = keys_of(record).customer_id
                if customer_id:
                    customers.add(customer_id)
    return Projected(
        changed=changed,
        reads=frozenset(recorder.asked - writes),
        writes=frozenset(writes),
        customers=frozenset(customers),
    )


def project_all(
    commands: Iterable[Command],
    mirror: Reader,
    *,
    staff_id: str,
    firm_id: str,
    terms: Terms | None = None,
    heard_on: date | None = None,
) -> dict[RecordId, Record | None]:
    """Return the whole overlay of live commands, in the order in which they were made."""
    changed: dict[RecordId, Record | None] = {}
    reader = LayeredReader(mirror, changed)
    for command in commands:
        projected = project(
            command, reader, staff_id=staff_id, firm_id=firm_id, terms=terms, heard_on=heard_on
        )
        changed.update(projected.changed)
    return changed

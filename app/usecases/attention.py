"""What needs a person: conflicts, refusals, stopped activations, mail that does not arrive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain import commands as c
from app.domain.records import Activation, ActivationState, Collaboration, Customer, Invitation
from app.domain.shown import problem_of
from app.storage.database import Unit
from app.storage.local_reader import LocalReader
from app.storage.outbox import OutboxEntry, list_entries


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictField:
    """One field that somebody else changed: what I wanted, what it is now, what I saw. Plain values."""

    name: str
    mine: Any
    theirs: Any
    seen: Any
    by: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttentionItem:
    """Something that a person has to decide.

    ``kind``: conflict, rejected, activation_stopped, activation_refused, invitation_problem or stuck.
    ``code`` has a sentence; ``data`` fills its placeholders. ``also`` are the command ids that were refused
    because of this one. For a conflict ``fields`` holds what differs. ``about_id`` is the record's id.
    """

    key: str
    kind: str
    code: str
    subject: str
    customer_id: str | None
    about_id: str
    command_id: str | None = None
    type: str = ""
    at: datetime | None = None
    fields: tuple[ConflictField, ...] = ()
    data: dict[str, str] | None = None
    also: tuple[str, ...] = ()


def list_attention(unit: Unit) -> list[AttentionItem]:
    """Return everything that waits for a person's decision, the oldest command first."""
    refused = list_entries(unit, "state IN ('conflict', 'rejected') AND handled_at IS NULL")
    by_id = {entry.command.id: entry for entry in refused}
    names = list_subjects(unit, refused)
    followers: dict[str, list[str]] = {}
    items: list[AttentionItem] = []
    for entry in refused:
        cause = _cause(entry, by_id)
        if cause is not entry:
            followers.setdefault(cause.command.id, []).append(entry.command.id)
    for entry in refused:
        if _cause(entry, by_id) is not entry:
            continue
        items.append(
            AttentionItem(
                key=entry.command.id,
                kind=str(entry.state),
                code=entry.code or "conflict",
                subject=names.get(entry.command.id, ""),
                customer_id=entry.customer_id,
                about_id=entry.command.entity,
                command_id=entry.command.id,
                type=entry.command.type,
                at=entry.settled_at,
                fields=tuple(
                    ConflictField(
                        name=name,
                        mine=value.get("mine"),
                        theirs=value.get("theirs"),
                        seen=value.get("seen"),
                        by=value.get("by") or "",
                        at=value.get("at") or "",
                    )
                    for name, value in sorted(entry.fields.items())
                ),
                data=entry.info,
                also=tuple(followers.get(entry.command.id, ())),
            )
        )
    return [*items, *_attention_of_records(unit)]


def _attention_of_records(unit: Unit) -> list[AttentionItem]:
    """Return stopped and refused activations and invitations whose mail does not arrive."""
    reader = LocalReader(unit)
    activations: list[Activation] = [
        row
        for row in reader.list_all(Activation)
        if row.state in (ActivationState.STOPPED, ActivationState.REFUSED)
    ]
    invitations: list[Invitation] = [row for row in reader.list_all(Invitation) if problem_of(row)]
    customers = reader.get_many(
        Customer, {row.customer_id for row in activations} | {row.customer_id for row in invitations}
    )
    handled = {row[0] for row in unit.rows("SELECT key FROM attention")}
    items: list[AttentionItem] = []
    for activation in activations:
        stopped = activation.state == ActivationState.STOPPED
        items.append(
            AttentionItem(
                key=f"{activation.id}|{activation.state}",
                kind="activation_stopped" if stopped else "activation_refused",
                code=activation.stopped_because if stopped else activation.refused_because,
                subject=_name(customers.get(activation.customer_id)),
                customer_id=activation.customer_id,
                about_id=activation.id,
                at=activation.made_at,
            )
        )
    for invitation in invitations:
        items.append(
            AttentionItem(
                key=f"{invitation.id}|{problem_of(invitation)}",
                kind="invitation_problem",
                code=f"invitation_{problem_of(invitation)}",
                subject=_name(customers.get(invitation.customer_id)),
                customer_id=invitation.customer_id,
                about_id=invitation.id,
                at=invitation.sent_at,
            )
        )
    return [item for item in items if item.key not in handled]


def _cause(entry: OutboxEntry, refused: dict[str, OutboxEntry]) -> OutboxEntry:
    """Return the refused command at the root of what this one needs; itself where it stands alone."""
    present = entry
    while True:
        above = next((refused[need] for need in present.command.needs if need in refused), None)
        if above is None:
            return present
        present = above


def list_subjects(unit: Unit, entries: Sequence[OutboxEntry]) -> dict[str, str]:
    """Return command id → the name of the customer or company that it is about."""
    reader = LocalReader(unit)
    customers = reader.get_many(Customer, {entry.customer_id for entry in entries if entry.customer_id})
    loose = [entry.command.entity for entry in entries if not entry.customer_id]
    collaborations = reader.get_many(Collaboration, loose)
    found: dict[str, str] = {}
    for entry in entries:
        payload = entry.command.payload
        if entry.customer_id in customers:
            found[entry.command.id] = customers[entry.customer_id].name
        elif isinstance(payload, c.CreateCustomer):
            found[entry.command.id] = payload.customer.name
        elif entry.command.entity in collaborations:
            found[entry.command.id] = collaborations[entry.command.entity].company.name
    return found


def _name(customer: Customer | None) -> str:
    return customer.name if customer else ""

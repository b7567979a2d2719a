"""What needs a person: conflicts, refusals, stopped activations, mail that does not arrive."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.contract.codec import encode_payload
from app.domain import commands as c
from app.domain.records import (
    Activation,
    ActivationState,
    Collaboration,
    Customer,
    Firm,
    Invitation,
    LinkDecision,
    Staff,
)
from app.domain.shown import PROBLEM_MAILS, problem_of
from app.storage.database import Unit
from app.storage.local_reader import LocalReader
from app.storage.outbox import AFTER_REFUSAL, TOO_LATE, OutboxEntry, list_entries

MANY_TRIES = 5
"""After so many failed tries a command is shown, and may be withdrawn (protocol, "Push", 6)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictField:
    """One field that somebody else changed: what I wanted, what it is now, what I saw.

    Plain values; names stand where a record is meant. ``by`` is a name, or customer, vendor or server.
    """

    name: str
    mine: Any
    theirs: Any
    seen: Any
    by: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttentionItem:
    """Something that a person has to decide.

    ``kind``: conflict, rejected, withdrawn_too_late, activation_stopped, activation_refused,
    invitation_problem, mail_stopped or stuck.
    ``code`` has a sentence; ``data`` fills its placeholders. ``also`` are the command ids that were refused
    because of this one, or wait behind it where it is stuck. For a conflict ``fields`` holds what differs.
    ``about_id`` is the record's id, ``made_at`` when a command was decided and ``decided`` what it says, as
    (name of the field, plain value).
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
    made_at: datetime | None = None
    decided: tuple[tuple[str, Any], ...] = ()
    fields: tuple[ConflictField, ...] = ()
    data: dict[str, str] | None = None
    also: tuple[str, ...] = ()


def list_attention(unit: Unit) -> list[AttentionItem]:
    """Return everything that waits for a person's decision, the oldest command first."""
    refused = list_entries(unit, "state IN ('conflict', 'rejected') AND handled_at IS NULL")
    # By its own index: thousands are confirmed.
    refused += list_entries(
        unit,
        "code = 'withdrawn_too_late' AND +state IN ('acknowledged', 'confirmed') AND handled_at IS NULL",
    )
    refused.sort(key=lambda entry: entry.position)
    by_id = {entry.command.id: entry for entry in refused if entry.code != TOO_LATE}
    names = list_subjects(unit, refused)
    people = {staff.id: staff.name for staff in LocalReader(unit).list_all(Staff)}
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
                kind=TOO_LATE if entry.code == TOO_LATE else str(entry.state),
                code=_code(entry),
                subject=names.get(entry.command.id, ""),
                customer_id=entry.customer_id,
                about_id=entry.command.entity,
                command_id=entry.command.id,
                type=entry.command.type,
                at=entry.settled_at,
                made_at=entry.command.made_at,
                decided=list_decided(entry.command.payload, people),
                fields=_conflict_fields(unit, entry, people),
                data=entry.info,
                also=tuple(followers.get(entry.command.id, ())),
            )
        )
    return [*items, *_stuck(unit), *_attention_of_mail(unit), *_attention_of_records(unit)]


def _code(entry: OutboxEntry) -> str:
    if entry.code == TOO_LATE and AFTER_REFUSAL in entry.info:
        return "carried_out_after_all"
    return entry.code or "conflict"


def _attention_of_mail(unit: Unit) -> list[AttentionItem]:
    """Return that no e-mail leaves, where that is so; put aside, it comes back with the next stop."""
    handled = {row[0] for row in unit.rows("SELECT key FROM attention")}
    items = [
        AttentionItem(
            key=f"{firm.id}|{firm.mail_stopped_at}",
            kind="mail_stopped",
            code="mail_stopped",
            subject=firm.name,
            customer_id=None,
            about_id=firm.id,
            at=firm.mail_stopped_at,
        )
        for firm in LocalReader(unit).list_all(Firm)
        if firm.mail_stopped
    ]
    return [item for item in items if item.key not in handled]


def _conflict_fields(unit: Unit, entry: OutboxEntry, people: dict[str, str]) -> tuple[ConflictField, ...]:
    reader = LocalReader(unit)

    def named(field: str, value: Any) -> Any:
        if not isinstance(value, str) or not field.endswith("_id"):
            return value
        customer = reader.find("customer", value)
        return customer.name if isinstance(customer, Customer) else people.get(value, value)

    return tuple(
        ConflictField(
            name=name,
            mine=named(name, value.get("mine")),
            theirs=named(name, value.get("theirs")),
            seen=named(name, value.get("seen")),
            by=people.get(value.get("by") or "", value.get("by") or ""),
            at=value.get("at") or "",
        )
        for name, value in sorted(entry.fields.items())
    )


def _stuck(unit: Unit) -> list[AttentionItem]:
    """Return commands that the server has failed on again and again, with those that wait behind them."""
    stuck = list_entries(
        unit, "state IN ('queued', 'sending') AND withdraw = 0 AND tries >= ?", (MANY_TRIES,)
    )
    if not stuck:
        return []
    names = list_subjects(unit, stuck)
    people = {staff.id: staff.name for staff in LocalReader(unit).list_all(Staff)}
    behind = unit.rows(
        "SELECT id FROM outbox WHERE state IN ('queued', 'sending') AND position > ? ORDER BY position",
        (stuck[0].position,),
    )
    return [
        AttentionItem(
            key=entry.command.id,
            kind="stuck",
            code="stuck",
            subject=names.get(entry.command.id, ""),
            customer_id=entry.customer_id,
            about_id=entry.command.entity,
            command_id=entry.command.id,
            type=entry.command.type,
            at=entry.sent_at,
            made_at=entry.command.made_at,
            decided=list_decided(entry.command.payload, people),
            also=tuple(row[0] for row in behind) if entry is stuck[0] else (),
        )
        for entry in stuck
    ]


def _attention_of_records(unit: Unit) -> list[AttentionItem]:
    """Return stopped and refused activations and invitations whose mail does not arrive."""
    reader = LocalReader(unit)
    activations: list[Activation] = [
        row
        for row in reader.list_all(Activation)
        if row.state in (ActivationState.STOPPED, ActivationState.REFUSED)
    ]
    invitations: list[Invitation] = [row for row in reader.list_all(Invitation) if problem_of(row)]
    people = {staff.id: staff.name for staff in reader.list_all(Staff)} if activations or invitations else {}
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
                type="activation.create",
                at=activation.made_at,
                made_at=activation.made_at,
                decided=_decided_in_activation(activation, people),
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
                made_at=invitation.sent_at,
                decided=_decided_in_invitation(invitation, people),
            )
        )
    return [item for item in items if item.key not in handled]


def _decided_in_activation(activation: Activation, people: Mapping[str, str]) -> tuple[tuple[str, Any], ...]:
    """Return what a person wants to know before deciding anew: services, to whom, who decided it."""
    contact = activation.contact
    told = (
        ("services", [item.service for item in activation.items]),
        ("recipient", f"{contact.name} <{contact.email}>" if contact else ""),
        ("made_by", people.get(activation.made_by, activation.made_by)),
    )
    return tuple((name, value) for name, value in told if value)


def _decided_in_invitation(invitation: Invitation, people: Mapping[str, str]) -> tuple[tuple[str, Any], ...]:
    """Return the services and whom the e-mail did not reach; all recipients where that is not known."""
    failed = [one for one in invitation.recipients if one.mail_state in PROBLEM_MAILS]
    told = (
        ("services", list(invitation.services)),
        ("recipient", ", ".join(f"{one.name} <{one.email}>" for one in failed or invitation.recipients)),
        ("sent_by", people.get(invitation.sent_by, invitation.sent_by)),
    )
    return tuple((name, value) for name, value in told if value)


def list_decided(payload: c.Payload, people: Mapping[str, str]) -> tuple[tuple[str, Any], ...]:
    """Return what a command says that a person has written or chosen; ids of other records are left out."""
    plain = json.loads(encode_payload(payload))
    found: dict[str, Any] = {}
    for name, value in plain.items():
        if name == "set":
            found.update({field: change.get("to") for field, change in value.items()})
        elif isinstance(value, dict):
            found.update(value)
        elif not isinstance(value, list) or all(isinstance(part, str) for part in value):
            found[name] = value
    return tuple(
        (name, people.get(value, value) if isinstance(value, str) else value)
        for name, value in found.items()
        if value not in (None, "", [], {}, 0) and not _is_reference(name, value, people)
    )


def _is_reference(name: str, value: Any, people: Mapping[str, str]) -> bool:
    if name == "id" or name.startswith("seen_"):
        return True
    return name.endswith(("_id", "_ids")) and not (isinstance(value, str) and value in people)


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
    loose = {entry.command.id: _about(reader, entry) for entry in entries if not entry.customer_id}
    collaborations = reader.get_many(Collaboration, loose.values())
    found: dict[str, str] = {}
    for entry in entries:
        payload = entry.command.payload
        if entry.customer_id in customers:
            found[entry.command.id] = customers[entry.customer_id].name
        elif isinstance(payload, c.CreateCustomer):
            found[entry.command.id] = payload.customer.name
        elif loose.get(entry.command.id) in collaborations:
            found[entry.command.id] = collaborations[loose[entry.command.id]].company.name
    return found


def _about(reader: LocalReader, entry: OutboxEntry) -> str:
    """Return the collaboration that a command without a customer is about; of a decision, the first."""
    payload = entry.command.payload
    if isinstance(payload, c.SetLinkDecision):
        return payload.collaboration_ids[0] if payload.collaboration_ids else ""
    if isinstance(payload, c.RevokeLinkDecision):
        decision = reader.get_many(LinkDecision, [payload.decision_id]).get(payload.decision_id)
        return decision.collaboration_ids[0] if decision and decision.collaboration_ids else ""
    return entry.command.entity


def _name(customer: Customer | None) -> str:
    return customer.name if customer else ""

"""What has become of an activation that was sent: its command's way, then the server's word."""

from __future__ import annotations

from app.domain.commands import CreateActivation
from app.domain.records import Activation, ActivationState, Collaboration, Customer, Invitation
from app.errors import SamverkaError
from app.storage.database import Unit
from app.storage.local_reader import LocalReader
from app.storage.outbox import NEEDS_A_PERSON, CommandState, OutboxEntry, list_entries
from app.usecases.activation_values import Mark, Sending


def read_sending(unit: Unit, activation_id: str, *, online: bool) -> Sending:
    """Return what has become of the activation. Raises SamverkaError ``gone`` where nobody knows it.

    What was tried and has no answer is still in the outbox as long as the server is not reached.
    """
    reader = LocalReader(unit)
    entries = list_entries(unit, "type = 'activation.create' AND entity = ?", (activation_id,))
    entry = entries[-1] if entries else None
    found = reader.find("activation", activation_id)
    activation = found if isinstance(found, Activation) else None
    if activation is None and entry is not None and isinstance(entry.command.payload, CreateActivation):
        activation = entry.command.payload.activation
    if activation is None:
        raise SamverkaError("gone", type="activation")
    customer = reader.find("customer", activation.customer_id)
    ids = [item.collaboration_id for item in activation.items]
    collaborations = reader.get_many(Collaboration, ids)
    invitation = reader.find("invitation", activation.invitation_id or "")
    mark, code = _mark(entry, activation)
    if mark is Mark.SENDING and not online:
        mark = Mark.QUEUED
    return Sending(
        activation_id=activation_id,
        customer_id=activation.customer_id,
        customer_name=customer.name if isinstance(customer, Customer) else "",
        mark=mark,
        code=code,
        activation=activation,
        collaborations=tuple(collaborations[id_] for id_ in ids if id_ in collaborations),
        invitation=invitation if isinstance(invitation, Invitation) else None,
    )


def _mark(entry: OutboxEntry | None, activation: Activation) -> tuple[Mark, str]:
    if entry is not None and entry.state in NEEDS_A_PERSON:
        return Mark.NEEDS_PERSON, entry.code
    if entry is not None and entry.state == CommandState.WITHDRAWN:
        return Mark.NEEDS_PERSON, "withdrawn"
    if activation.state == ActivationState.STOPPED:
        return Mark.NEEDS_PERSON, activation.stopped_because
    if activation.state == ActivationState.REFUSED:
        return Mark.NEEDS_PERSON, activation.refused_because
    if entry is not None and entry.state == CommandState.QUEUED:
        return Mark.QUEUED, ""
    if entry is not None and entry.state == CommandState.SENDING:
        return Mark.SENDING, ""
    return Mark.DONE, ""

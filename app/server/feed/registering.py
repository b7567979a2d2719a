"""Registers devices."""

from __future__ import annotations

from app.contract.wire import DeviceAnswer, DeviceRequest
from app.server.feed.actors import find_actor
from app.server.identity.principals import Principal
from app.server.store import Store


def register_device(store: Store, principal: Principal, request: DeviceRequest) -> DeviceAnswer:
    """Give this installation of the staff member an id of its own, with sequence numbers from 1."""
    with store.write(principal.firm_id) as transaction:
        actor = find_actor(transaction.reader, principal.staff_id)
        device = transaction.devices.add(actor.staff_id, request.name, request.platform, transaction.now)
        transaction.note(actor, "device", device=device)
        return DeviceAnswer(
            device=device,
            epoch=transaction.state.epoch,
            firm_id=principal.firm_id,
            staff_id=principal.staff_id,
        )

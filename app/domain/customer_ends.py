"""The customer ends collaborations on a page of their own: which can, in which order, and what follows."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from app.domain.changes import Context, Effect, EffectBuilder, Reader, RejectedError, VendorRequest
from app.domain.commands import EndCollaboration
from app.domain.end_rules import list_end_obstacles
from app.domain.records import ACCESS_STATES, Activation, Collaboration
from app.domain.vendor_answers import ended_elsewhere


def list_running(activation: Activation, reader: Reader) -> list[Collaboration]:
    """Return the activation's collaborations that give access, ending ones included."""
    found = [reader.find("collaboration", item.collaboration_id) for item in activation.items]
    return [each for each in found if isinstance(each, Collaboration) and each.state in ACCESS_STATES]


def order_ends(
    chosen: Iterable[Collaboration], reader: Reader, context: Context
) -> tuple[Collaboration, ...]:
    """Return them in an order in which each may end.

    Raises:
        RejectedError: ``ends_before`` with ``service``: one that was not chosen has to end first.
    """
    waiting, ordered = list(chosen), list[Collaboration]()
    while waiting:
        gone = {each.id for each in ordered}
        blocked = {each.id: _find_first(each, gone, reader, context) for each in waiting}
        free = [each for each in waiting if not blocked[each.id]]
        if not free:
            raise RejectedError("ends_before", service=blocked[waiting[0].id])
        ordered.extend(free)
        waiting = [each for each in waiting if blocked[each.id]]
    return tuple(ordered)


def ended_by_customer(collaboration: Collaboration, by: str, reader: Reader, context: Context) -> Effect:
    """Take in that the customer ends it today, and let the vendor know. ``by`` is the person's name."""
    effect = ended_elsewhere(collaboration.id, context.today, by, reader, context)
    if not effect.changes:
        return effect
    request = VendorRequest(kind="customer_ended", about_id=collaboration.id)
    return dataclasses.replace(effect, vendor=(request,))


def customers_page_locked(activation_id: str, reader: Reader, context: Context) -> Effect:
    """Take in that the code of the customer's own page was wrong too many times: staff see it."""
    builder = EffectBuilder(reader, context, f"{activation_id}:page_locked:{context.now.isoformat()}")
    present = builder.find(Activation, activation_id)
    if present is not None:
        builder.event(present, "customers_page_locked")
    return builder.build()


def _find_first(collaboration: Collaboration, gone: set[str], reader: Reader, context: Context) -> str:
    """Return the service that has to end before this one, or nothing."""
    siblings = [
        each
        for each in reader.list_of_customer("collaboration", collaboration.customer_id or "")
        if isinstance(each, Collaboration) and each.id not in gone and each.id != collaboration.id
    ]
    obstacles = list_end_obstacles(
        collaboration,
        EndCollaboration(collaboration_id=collaboration.id, choice=""),
        name="",
        siblings=siblings,
        registration=None,
        context=context,
    )
    return next((str(each.data["service"]) for each in obstacles if each.code == "ends_before"), "")

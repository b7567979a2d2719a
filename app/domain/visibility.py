"""Which customers a staff member sees (the firm's setting per person: all, own office, own)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.records import Customer, Engagement, Participation

if TYPE_CHECKING:
    from app.domain.changes import EffectBuilder


def is_of_office(customer: Customer, office: str) -> bool:
    """Tell whether the customer belongs to the office of somebody who sees their own office's customers.

    Without an office nobody has one in common: such a customer belongs to no office, and somebody without
    one sees only their own customers, not all that have none.
    """
    return bool(office) and customer.office == office


def may_see(builder: EffectBuilder, customer: Customer) -> bool:
    """Tell whether the actor sees the customer and what hangs on it."""
    actor = builder.context.actor
    if actor.kind != "staff":
        return True
    if customer.protected:
        # Whoever is named sees it, however little else they see; nobody else does.
        return actor.staff_id in customer.protected_staff_ids
    if actor.sees == "all" or customer.account_manager_id == actor.staff_id:
        return True
    if actor.sees == "office" and is_of_office(customer, actor.office):
        return True
    return any(
        builder.context.is_on_it(participation)
        for engagement in builder.list_of_customer(Engagement, customer.id)
        for participation in builder.list_children(Participation, engagement.id)
    )

"""Which customers a staff member sees (the firm's setting per person: all, own office, own)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.records import Customer, Engagement, Participation

if TYPE_CHECKING:
    from app.domain.changes import EffectBuilder


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
    if actor.sees == "office" and customer.office == actor.office:
        return True
    today = builder.context.today
    return any(
        participation.staff_id == actor.staff_id and participation.holds_on(today)
        for engagement in builder.list_of_customer(Engagement, customer.id)
        for participation in builder.list_children(Participation, engagement.id)
    )

"""What a person's wish for one company becomes: commands in order, and what takes each of them back."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.changes import Context
from app.domain.commands import (
    ArchiveCustomer,
    CloseEngagement,
    CreateCustomer,
    CreateEngagement,
    LinkCollaboration,
    Payload,
    RestoreCustomer,
    UnlinkCollaboration,
)
from app.domain.ids import PREFIXES, new_id
from app.domain.records import Customer, Engagement, Participation, ParticipationRole
from app.storage.local_reader import LocalReader
from app.usecases.reconciliation_reading import get_collaboration
from app.usecases.reconciliation_values import LineWish, LinkWish, NewEngagement, Step
from app.usecases.workspace import Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """Decisions for one company, and what takes them back, the last one first."""

    decisions: tuple[Decision, ...]
    undo: tuple[tuple[str, Payload | None], ...]
    company_name: str
    customer_name: str
    collaborations: int


def plan_link(reader: LocalReader, context: Context, wish: LinkWish) -> Planned:
    """Return what is to be decided for the wish. Raises SamverkaError ``gone``."""
    decisions: list[Decision] = []
    undo: list[tuple[str, Payload | None]] = []

    def decide(payload: Payload, back: Payload | None, needs: Sequence[str] = ()) -> str:
        made = Decision(payload=payload, needs=tuple(needs))
        decisions.append(made)
        undo.insert(0, (made.command_id, back))
        return made.command_id

    customer_id, name, needs = wish.customer_id, "", []
    if wish.new_customer is not None:
        customer, contact = wish.new_customer.customer, wish.new_customer.contact
        customer_id, name = customer.id, customer.name
        create = CreateCustomer(customer=customer, contacts=(contact,) if contact else ())
        needs.append(decide(create, ArchiveCustomer(customer_id=customer_id)))
    else:
        found = reader.find("customer", customer_id)
        name = found.name if isinstance(found, Customer) else ""
        if wish.restore_customer:
            restore = RestoreCustomer(customer_id=customer_id)
            needs.append(decide(restore, ArchiveCustomer(customer_id=customer_id)))
    created: dict[NewEngagement, tuple[str, str]] = {}
    company = ""
    for line in wish.lines:
        collaboration = get_collaboration(reader, line.collaboration_id)
        company = company or collaboration.company.name
        engagement_id, line_needs = line.engagement_id, list(needs)
        if line.new_engagement is not None:
            if line.new_engagement not in created:
                payload = _create(line.new_engagement, customer_id, context)
                engagement = payload.engagement
                close = CloseEngagement(engagement_id=engagement.id, leave_unlinked=True)
                created[line.new_engagement] = (engagement.id, decide(payload, close, needs))
            engagement_id, creation = created[line.new_engagement]
            line_needs.append(creation)
        link = LinkCollaboration(
            collaboration_id=collaboration.id,
            customer_id=customer_id,
            engagement_id=engagement_id,
            service=line.service,
            decision_id=new_id(PREFIXES["link_decision"]),
            candidates=wish.seen,
        )
        back = UnlinkCollaboration(
            collaboration_id=collaboration.id,
            seen_engagement_id=engagement_id,
            keep_customer=collaboration.customer_id is not None,
            forget_service=collaboration.service is None and line.service is not None,
        )
        decide(link, back, line_needs)
    return Planned(
        decisions=tuple(decisions),
        undo=tuple(undo),
        company_name=company,
        customer_name=name,
        collaborations=len(wish.lines),
    )


def step_of(planned: Sequence[Planned]) -> Step:
    """Return all of it as one step: what was decided last is taken back first."""
    first = planned[0] if planned else None
    return Step(
        command_ids=tuple(d.command_id for one in planned for d in one.decisions),
        undo=tuple(pair for one in reversed(planned) for pair in one.undo),
        company_name=first.company_name if first and len(planned) == 1 else "",
        customer_name=first.customer_name if first and len(planned) == 1 else "",
        collaborations=sum(one.collaborations for one in planned),
    )


def lines_elsewhere(lines: Sequence[LineWish], new_engagement: NewEngagement | None) -> tuple[LineWish, ...]:
    """Return the lines for a customer that is created: its engagements are created with it."""
    return tuple(
        dataclasses.replace(line, engagement_id=None, new_engagement=new_engagement) for line in lines
    )


def _create(wanted: NewEngagement, customer_id: str, context: Context) -> CreateEngagement:
    engagement = Engagement(
        id=new_id(PREFIXES["engagement"]),
        customer_id=customer_id,
        type=wanted.type,
        title=wanted.title,
        fiscal_year=wanted.fiscal_year,
    )
    participations: tuple[Participation, ...] = ()
    if wanted.staff_id:
        participations = (
            Participation(
                id=new_id(PREFIXES["participation"]),
                engagement_id=engagement.id,
                customer_id=customer_id,
                staff_id=wanted.staff_id,
                role=ParticipationRole.OWNER,
                from_on=context.today,
            ),
        )
    return CreateEngagement(engagement=engagement, participations=participations)

"""Effects of commands about unlinked collaborations: link, unlink, move, and what was decided."""

from __future__ import annotations

import dataclasses

from app.domain.access import derive_access
from app.domain.changes import EffectBuilder, RejectedError, customer_of
from app.domain.commands import (
    AssignService,
    LinkCollaboration,
    MoveCollaboration,
    RevokeLinkDecision,
    SetLinkDecision,
    UnlinkCollaboration,
)
from app.domain.ids import PREFIXES, derived_id
from app.domain.records import (
    Collaboration,
    Customer,
    CustomerState,
    Engagement,
    EngagementState,
    LinkDecision,
    LinkDecisionKind,
    SeenCandidate,
    company_key,
)
from app.domain.rights import Action, why_not


def assign_service(builder: EffectBuilder, payload: AssignService) -> None:
    """collaboration.assign_service. Rejected: ``gone``, ``linked_by_other`` (someone chose another)."""
    collaboration = builder.get(Collaboration, payload.collaboration_id)
    _check_right(builder, collaboration)
    if collaboration.service == payload.service:
        return
    if collaboration.service != payload.seen_service:
        raise RejectedError("service_changed", service=collaboration.service or "")
    builder.put(dataclasses.replace(collaboration, service=payload.service))
    builder.event(
        collaboration, "service_assigned", before=collaboration.service or "", after=payload.service
    )


def link_collaboration(builder: EffectBuilder, payload: LinkCollaboration) -> None:
    """collaboration.link.

    Rejected: ``gone``, ``protected`` (the same as gone to who may not see it), ``linked_by_other``,
    ``engagement_of_other_customer``, ``engagement_closed``, ``customer_archived``, ``sees_all_needed``.
    """
    collaboration = builder.get(Collaboration, payload.collaboration_id)
    reason = why_not(Action.LINK, builder.context.actor)
    if reason:
        raise RejectedError(reason)
    same_customer = collaboration.customer_id in (None, payload.customer_id)
    same_engagement = collaboration.engagement_id in (None, payload.engagement_id)
    if not (same_customer and same_engagement):
        raise RejectedError(
            "linked_by_other",
            customer_id=collaboration.customer_id or "",
            engagement_id=collaboration.engagement_id or "",
        )
    customer = customer_of(builder, payload.customer_id)
    if customer.state == CustomerState.ARCHIVED:
        raise RejectedError("customer_archived")
    if payload.engagement_id is not None:
        check_engagement(builder, customer, payload.engagement_id)
    if payload.decision_id:
        builder.check_new(LinkDecision, payload.decision_id)
    after = dataclasses.replace(
        collaboration,
        customer_id=customer.id,
        engagement_id=payload.engagement_id,
        service=payload.service or collaboration.service,
        unlinked_because="" if payload.engagement_id else collaboration.unlinked_because,
    )
    builder.put(after)
    derive_access(builder, after)
    builder.put(
        LinkDecision(
            id=payload.decision_id or derived_id(PREFIXES["link_decision"], collaboration.id, customer.id),
            company_key=company_key(collaboration.company),
            collaboration_ids=(collaboration.id,),
            decision=LinkDecisionKind.LINKED,
            customer_id=customer.id,
            candidates=_told_candidates(builder, payload.candidates),
            by=builder.context.actor.staff_id,
            at=builder.context.now,
        )
    )
    builder.event(after, "linked", after=payload.engagement_id or customer.id)


def unlink_collaboration(builder: EffectBuilder, payload: UnlinkCollaboration) -> None:
    """collaboration.unlink. Rejected: ``gone``, ``linked_by_other`` (it was moved since it was seen)."""
    collaboration = builder.get(Collaboration, payload.collaboration_id)
    _check_right(builder, collaboration)
    if collaboration.engagement_id is None and (collaboration.customer_id is None or payload.keep_customer):
        return
    if collaboration.engagement_id != payload.seen_engagement_id:
        raise RejectedError("linked_by_other", engagement_id=collaboration.engagement_id or "")
    after = dataclasses.replace(
        collaboration,
        customer_id=collaboration.customer_id if payload.keep_customer else None,
        engagement_id=None,
        service=None if payload.forget_service else collaboration.service,
        unlinked_because="by_hand",
    )
    builder.put(after)
    derive_access(builder, after)
    for decision in builder.list_by_lookup(LinkDecision, company_key(collaboration.company)):
        linked_here = (
            decision.decision == LinkDecisionKind.LINKED and collaboration.id in decision.collaboration_ids
        )
        if linked_here and decision.revoked_at is None:
            builder.put(dataclasses.replace(decision, revoked_at=builder.context.now))
    builder.event(after, "unlinked", before=collaboration.engagement_id or collaboration.customer_id or "")


def move_collaboration(builder: EffectBuilder, payload: MoveCollaboration) -> None:
    """collaboration.move to another engagement of the same customer.

    Rejected: ``gone``, ``linked_by_other``, ``engagement_of_other_customer``, ``engagement_closed``.
    """
    collaboration = builder.get(Collaboration, payload.collaboration_id)
    customer = customer_of(builder, collaboration.customer_id)
    if collaboration.engagement_id == payload.engagement_id:
        return
    if collaboration.engagement_id != payload.seen_engagement_id:
        raise RejectedError("linked_by_other", engagement_id=collaboration.engagement_id or "")
    check_engagement(builder, customer, payload.engagement_id)
    after = dataclasses.replace(collaboration, engagement_id=payload.engagement_id, unlinked_because="")
    builder.put(after)
    derive_access(builder, after)
    builder.event(after, "moved", before=collaboration.engagement_id or "", after=payload.engagement_id)


def set_link_decision(builder: EffectBuilder, payload: SetLinkDecision) -> None:
    """link_decision.set. Rejected: ``gone``, ``sees_all_needed``, ``linked_by_other``, ``invalid``."""
    reason = why_not(Action.UNLINKED, builder.context.actor)
    if reason:
        raise RejectedError(reason)
    if payload.decision not in (LinkDecisionKind.NONE_OF_THESE, LinkDecisionKind.LATER):
        raise RejectedError("invalid", field="decision")
    for collaboration_id in payload.collaboration_ids:
        collaboration = builder.get(Collaboration, collaboration_id)
        if collaboration.engagement_id is not None:
            raise RejectedError("linked_by_other", engagement_id=collaboration.engagement_id)
    builder.check_new(LinkDecision, payload.decision_id)
    decision = LinkDecision(
        id=payload.decision_id,
        company_key=payload.company_key,
        collaboration_ids=payload.collaboration_ids,
        decision=payload.decision,
        reason=payload.reason,
        candidates=_told_candidates(builder, payload.candidates),
        by=builder.context.actor.staff_id,
        at=builder.context.now,
    )
    builder.put(decision)
    builder.event(decision, "link_decision_set", after=payload.decision)


def revoke_link_decision(builder: EffectBuilder, payload: RevokeLinkDecision) -> None:
    """link_decision.revoke. Rejected: ``gone``, ``sees_all_needed``."""
    decision = builder.get(LinkDecision, payload.decision_id)
    reason = why_not(Action.UNLINKED, builder.context.actor)
    if reason:
        raise RejectedError(reason)
    if decision.revoked_at is None:
        builder.put(dataclasses.replace(decision, revoked_at=builder.context.now))
        builder.event(decision, "link_decision_revoked", before=decision.decision)


def _told_candidates(
    builder: EffectBuilder, candidates: tuple[SeenCandidate, ...]
) -> tuple[SeenCandidate, ...]:
    """Return what everybody who sees decisions may read: protected customers are not among it.

    Whoever is named on such a customer has it among their candidates; a decision is read by others, too.
    """
    return tuple(
        candidate
        for candidate in candidates
        if (customer := builder.find(Customer, candidate.customer_id)) is None or not customer.protected
    )


def check_engagement(builder: EffectBuilder, customer: Customer, engagement_id: str) -> Engagement:
    """Return the ongoing engagement of that customer.

    Raises RejectedError ``engagement_missing``, ``engagement_of_other_customer`` or ``engagement_closed``.
    """
    engagement = builder.find(Engagement, engagement_id)
    if engagement is None or not builder.shows(engagement):
        raise RejectedError("engagement_missing")
    if engagement.customer_id != customer.id:
        raise RejectedError("engagement_of_other_customer")
    if engagement.state != EngagementState.ONGOING:
        raise RejectedError("engagement_closed")
    return engagement


def _check_right(builder: EffectBuilder, collaboration: Collaboration) -> None:
    if collaboration.customer_id is not None:
        customer_of(builder, collaboration.customer_id)
        return
    reason = why_not(Action.LINK, builder.context.actor)
    if reason:
        raise RejectedError(reason)

"""Changing what a collaboration runs on: its engagement, variant, payer and agreement period; one or many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from app.catalogue import Catalogue
from app.domain.access import access_change
from app.domain.commands import MoveCollaboration, Payload, UpdateCollaboration
from app.domain.records import (
    Collaboration,
    CollaborationState,
    Customer,
    Engagement,
    EngagementState,
    Registration,
    Staff,
)
from app.domain.rights import Action, why_not
from app.domain.swedish_order import sort_key
from app.storage.local_reader import LocalReader
from app.usecases.workspace import Workspace

CHANGEABLE = frozenset({CollaborationState.ACTIVE, CollaborationState.ENDING})


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementChoice:
    """An ongoing engagement that a collaboration may belong to. ``fits``: the service is of its kind."""

    id: str
    title: str
    type: str
    fits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementRow:
    """One collaboration as it is. ``values`` are the form's answers by field name.

    ``facts`` are what the catalogue's rules are held against. ``blocked`` is the code of why its variant,
    payer and period cannot be changed, or empty.
    """

    id: str
    customer_id: str
    customer: str
    service: str
    engagement_id: str | None
    engagement: str
    values: dict[str, str]
    facts: dict[str, str]
    engagements: tuple[EngagementChoice, ...]
    blocked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessMove:
    """Names of those who would gain and lose access to one collaboration's service."""

    collaboration_id: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeResult:
    """What became of one row: ``error`` is None where it is in the outbox, or nothing was to be changed."""

    id: str
    customer: str
    service: str
    error: Exception | None = None


class Agreements:
    """Queries and commands of the change dialog."""

    def __init__(self, workspace: Workspace, catalogue: Catalogue) -> None:
        self._workspace = workspace
        self._catalogue = catalogue

    def open(self, ids: Sequence[str]) -> tuple[AgreementRow, ...]:
        """Return the collaborations that can be changed, in the order of customers' names."""
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            right = why_not(Action.CHANGE_AGREEMENT, self._workspace.context(unit).actor) or ""
            found = [
                row
                for row in reader.get_many(Collaboration, ids).values()
                if row.state in CHANGEABLE and row.customer_id is not None
            ]
            customers = reader.get_many(Customer, {row.customer_id or "" for row in found})
            rows = [
                self._row(reader, row, customers[row.customer_id], right)
                for row in found
                if row.customer_id in customers
            ]
        return tuple(sorted(rows, key=lambda row: (sort_key(row.customer), row.service)))

    def preview_move(self, moves: Mapping[str, str]) -> tuple[AccessMove, ...]:
        """Return who would gain and lose access, for collaboration id → engagement id."""
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            context = self._workspace.context(unit)
            names = {row.id: row.name for row in reader.list_all(Staff)}
            found = reader.get_many(Collaboration, moves)
            result = []
            for id_, row in found.items():
                change = access_change(reader, context, row, engagement_id=moves[id_])
                result.append(
                    AccessMove(
                        collaboration_id=id_,
                        gained=_names(change.gained, names),
                        lost=_names(change.lost, names),
                    )
                )
        return tuple(result)

    def change(
        self, rows: Sequence[AgreementRow], values: Mapping[str, str], engagements: Mapping[str, str]
    ) -> list[ChangeResult]:
        """Change them; each has its own result.

        Args:
            rows: as they were shown.
            values: the wanted answers by field name (variant, payer, period_months); others stay.
            engagements: collaboration id → the engagement it moves to; others stay.
        """
        payloads: list[Payload] = []
        owners: list[str] = []
        for row in rows:
            fields = _changes(row, values)
            if fields:
                payloads.append(UpdateCollaboration(collaboration_id=row.id, set=fields))
                owners.append(row.id)
            wanted = engagements.get(row.id)
            if wanted and wanted != row.engagement_id:
                payloads.append(
                    MoveCollaboration(
                        collaboration_id=row.id, engagement_id=wanted, seen_engagement_id=row.engagement_id
                    )
                )
                owners.append(row.id)
        errors: dict[str, Exception] = {}
        for owner, result in zip(owners, self._workspace.enqueue_each(payloads), strict=True):
            if result.error is not None:
                errors.setdefault(owner, result.error)
        return [
            ChangeResult(id=row.id, customer=row.customer, service=row.service, error=errors.get(row.id))
            for row in rows
        ]

    def move_back(self, rows: Sequence[AgreementRow], engagements: Mapping[str, str]) -> None:
        """Undo a move: to the engagement that each belonged to before."""
        payloads = [
            MoveCollaboration(
                collaboration_id=row.id,
                engagement_id=row.engagement_id,
                seen_engagement_id=engagements[row.id],
            )
            for row in rows
            if row.engagement_id and row.id in engagements
        ]
        self._workspace.enqueue_each(payloads)

    def _row(self, reader: LocalReader, row: Collaboration, customer: Customer, right: str) -> AgreementRow:
        service = row.service or ""
        engagements = [
            one
            for one in cast("list[Engagement]", reader.list_of_customer("engagement", customer.id))
            if one.state == EngagementState.ONGOING or one.id == row.engagement_id
        ]
        registrations = cast("list[Registration]", reader.list_of_customer("registration", customer.id))
        registration = registrations[0] if registrations else None
        is_customers = registration is not None and any(
            held.code == service and held.subscription_owner == "customer" for held in registration.services
        )
        titles = {one.id: one.title for one in engagements}
        choices = [
            EngagementChoice(
                id=one.id, title=one.title, type=one.type, fits=self._catalogue.fits(service, one)
            )
            for one in engagements
        ]
        choices.sort(key=lambda one: (not one.fits, sort_key(one.title)))
        values = dict(row.options)
        for name, value in (("variant", row.variant), ("payer", row.payer)):
            if value:
                values[name] = value
        if row.period_months:
            values["period_months"] = str(row.period_months)
        facts = {"customer_kind": customer.kind, "legal_form": customer.legal_form}
        if registration is not None and registration.lon_direkt is not None:
            facts["lon_direkt"] = "on" if registration.lon_direkt else "off"
        return AgreementRow(
            id=row.id,
            customer_id=customer.id,
            customer=customer.name,
            service=service,
            engagement_id=row.engagement_id,
            engagement=titles.get(row.engagement_id or "", ""),
            values=values,
            facts=facts,
            engagements=tuple(choices),
            blocked=right or ("customer_owns_subscription" if is_customers else ""),
        )


def _changes(row: AgreementRow, values: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for name, wanted in values.items():
        before = row.values.get(name, "")
        if wanted == before:
            continue
        if name == "period_months":
            found[name] = {"from": int(before) if before else None, "to": int(wanted)}
        else:
            found[name] = {"from": before, "to": wanted}
    return found


def _names(ids: Sequence[str], names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted((names.get(id_, id_) for id_ in ids), key=sort_key))

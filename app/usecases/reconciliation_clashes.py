"""Links that a colleague was before with: both are shown, and a person chooses one of three ways on."""

from __future__ import annotations

from app.domain.changes import Context, RejectedError
from app.domain.commands import LinkCollaboration, MoveCollaboration, Payload, UnlinkCollaboration
from app.domain.ids import PREFIXES, new_id
from app.domain.records import Collaboration, Customer, Engagement, Staff
from app.storage.local_reader import LocalReader
from app.storage.outbox import OutboxEntry, find_entry, list_entries
from app.storage.writing import mark_handled
from app.usecases.reconciliation_access import preview_change
from app.usecases.reconciliation_reading import get_collaboration, link_place
from app.usecases.reconciliation_values import AccessPreview, Clash, LinkPlace
from app.usecases.workspace import Workspace

OPEN_CLASHES = (
    "state = 'rejected' AND handled_at IS NULL AND code = 'linked_by_other' AND type = 'collaboration.link'"
)


class LinkClashes:
    """What *linked by someone else* comes back with, and the three choices."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def list_clashes(self) -> tuple[Clash, ...]:
        """Return the links that were refused since a colleague had linked elsewhere, the oldest first."""
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            context = self._workspace.context(unit)
            staff = {s.id: s.name for s in reader.list_all(Staff)}
            return tuple(
                clash
                for entry in list_entries(unit, OPEN_CLASHES)
                if (clash := _as_clash(reader, context, entry, staff)) is not None
            )

    def keep_theirs(self, command_id: str) -> None:
        """Leave the colleague's link as it is."""
        with self._workspace.database.write() as unit:
            changed = mark_handled(unit, [command_id], self._workspace.clock.now())
        self._workspace.tell(changed)

    def take_mine(self, command_id: str) -> None:
        """Link as I wanted instead, as new decisions. Raises RejectedError."""
        one, mine = self._read(command_id)
        payloads: list[Payload] = []
        if one.customer_id == mine.customer_id and one.engagement_id and mine.engagement_id:
            payloads.append(
                MoveCollaboration(
                    collaboration_id=one.id,
                    engagement_id=mine.engagement_id,
                    seen_engagement_id=one.engagement_id,
                )
            )
        else:
            if one.customer_id is not None:
                payloads.append(_unlink(one))
            payloads.append(
                LinkCollaboration(
                    collaboration_id=one.id,
                    customer_id=mine.customer_id,
                    engagement_id=mine.engagement_id,
                    service=mine.service,
                    decision_id=new_id(PREFIXES["link_decision"]),
                    candidates=mine.candidates,
                )
            )
        self._workspace.enqueue(payloads)
        self.keep_theirs(command_id)

    def remove_link(self, command_id: str) -> None:
        """Take the colleague's link away: the collaboration is unlinked again. Raises RejectedError."""
        one, _ = self._read(command_id)
        if one.customer_id is not None:
            self._workspace.enqueue([_unlink(one)])
        self.keep_theirs(command_id)

    def _read(self, command_id: str) -> tuple[Collaboration, LinkCollaboration]:
        with self._workspace.read() as unit:
            entry = find_entry(unit, command_id)
            payload = entry.command.payload if entry is not None else None
            if not isinstance(payload, LinkCollaboration):
                raise RejectedError("nothing_to_keep")
            return get_collaboration(LocalReader(unit), payload.collaboration_id), payload


def _unlink(one: Collaboration) -> UnlinkCollaboration:
    return UnlinkCollaboration(collaboration_id=one.id, seen_engagement_id=one.engagement_id)


def _as_clash(
    reader: LocalReader, context: Context, entry: OutboxEntry, staff: dict[str, str]
) -> Clash | None:
    payload = entry.command.payload
    if not isinstance(payload, LinkCollaboration):
        return None
    found = reader.find("collaboration", payload.collaboration_id)
    if not isinstance(found, Collaboration):
        return None
    customer = reader.find("customer", payload.customer_id)
    engagement = reader.find("engagement", payload.engagement_id) if payload.engagement_id else None
    theirs, by, at = link_place(reader, found, staff)
    return Clash(
        command_id=entry.command.id,
        collaboration_id=found.id,
        company=found.company.name,
        service=found.service or payload.service,
        product=found.source_product,
        mine=LinkPlace(
            customer=customer.name if isinstance(customer, Customer) else "",
            engagement=engagement.title if isinstance(engagement, Engagement) else "",
            customer_id=payload.customer_id,
            engagement_id=payload.engagement_id,
        ),
        theirs=theirs,
        by=by,
        at=at,
        if_mine=_preview(reader, context, found, payload.customer_id, payload.engagement_id),
        if_removed=_preview(reader, context, found, None, None),
    )


def _preview(
    reader: LocalReader, context: Context, one: Collaboration, customer: str | None, engagement: str | None
) -> AccessPreview:
    return preview_change(reader, context, one.id, customer_id=customer, engagement_id=engagement)

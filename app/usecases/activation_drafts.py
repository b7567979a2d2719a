"""Activation drafts in the local database: saved at every page, listed, opened and removed."""

from __future__ import annotations

from pathlib import Path

import msgspec

from app.catalogue import Catalogue
from app.domain.activation_draft import ActivationDraft
from app.domain.decoders import decoder_of
from app.domain.records import Customer
from app.domain.what_changed import WhatChanged
from app.errors import SamverkaError
from app.storage.database import Unit
from app.storage.keyvalues import Draft, find_draft, list_drafts, save_draft
from app.storage.local_reader import LocalReader
from app.system_causes import explain_cause
from app.usecases.activation_values import DraftSummary
from app.usecases.workspace import Workspace

KIND = "activation"
CHANGED = WhatChanged(local=True)
"""What the screens are told when a draft was kept or removed."""

_decoder = decoder_of(ActivationDraft)


def write_draft(unit: Unit, draft: ActivationDraft) -> None:
    """Write the draft under the names of its customers. ``saved_at`` is when."""
    ids = [customer.customer_id for customer in draft.customers]
    names = LocalReader(unit).get_many(Customer, ids)
    title = ", ".join(names[id_].name for id_ in ids if id_ in names)
    content = msgspec.json.encode(draft).decode()
    at = draft.saved_at or draft.made_at
    save_draft(
        unit,
        Draft(id=draft.id, kind=KIND, title=title, content=content, made_at=draft.made_at, changed_at=at),
    )


def read_draft(unit: Unit, draft_id: str) -> ActivationDraft:
    """Return the draft. Raises SamverkaError ``draft_gone``, or ``draft_unreadable`` of another version."""
    found = find_draft(unit, draft_id)
    if found is None or found.kind != KIND:
        raise SamverkaError("draft_gone")
    return _decode(found)


def list_summaries(unit: Unit, catalogue: Catalogue) -> tuple[DraftSummary, ...]:
    """Return the drafts, the last changed first; one that cannot be read is there and says so."""
    known = {service.code for service in catalogue.services}
    summaries = []
    for found in list_drafts(unit, KIND):
        try:
            draft = _decode(found)
        except SamverkaError:
            summaries.append(
                DraftSummary(
                    id=found.id,
                    customer_ids=(),
                    title=found.title,
                    services=(),
                    changed_at=found.changed_at,
                    is_readable=False,
                )
            )
            continue
        services = {choice.service for customer in draft.customers for choice in customer.choices}
        summaries.append(
            DraftSummary(
                id=found.id,
                customer_ids=tuple(customer.customer_id for customer in draft.customers),
                title=found.title,
                services=tuple(sorted(services, key=lambda code: (code not in known, code))),
                changed_at=found.changed_at,
            )
        )
    return tuple(summaries)


class DraftTexts:
    """What a draft says that cannot be read: nothing of what was decided is lost with it."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def read(self, draft_id: str) -> str:
        """Return what it says, laid out where it can be. Raises SamverkaError ``draft_gone``."""
        with self._workspace.read() as unit:
            found = find_draft(unit, draft_id)
        if found is None or found.kind != KIND:
            raise SamverkaError("draft_gone")
        try:
            content = msgspec.json.format(found.content)
        except msgspec.MsgspecError:
            content = found.content
        return f"{found.title}\n{found.made_at.isoformat()} – {found.changed_at.isoformat()}\n\n{content}\n"

    def save(self, draft_id: str, path: Path) -> None:
        """Write it to a file. Raises SamverkaError ``draft_gone`` or ``file_not_written``."""
        text = self.read(draft_id)
        try:
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise SamverkaError("file_not_written", file=path.name, **explain_cause(error)) from error


def _decode(found: Draft) -> ActivationDraft:
    try:
        return _decoder.decode(found.content)
    except msgspec.MsgspecError as error:
        raise SamverkaError("draft_unreadable", title=found.title) from error

"""What the broken servers do differently. Each function is given the shipped object and returns another."""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import delete, text

from app.contract.wire import GoneReason
from app.domain import customer_effects, effects, linking_effects
from app.domain.commands import LinkCollaboration
from app.domain.records import Collaboration
from app.server.feed import pulling, pushing
from app.server.mail import worker as mail_worker
from app.server.problems import gone
from app.server.store import grants, pages, queues, rows, transaction
from app.server.store.statements import Statement
from app.server.store.tables import command_outcome
from tests.sync.simulation import server as simulated

__all__ = [
    "customer_effects", "effects", "grants", "mail_worker", "pages", "pulling", "pushing",
    "queues", "rows", "simulated", "transaction",
]  # fmt: skip


def nothing(_shipped: Any) -> Any:
    """Do nothing, whatever is asked."""
    return lambda *_values, **_named: None


def always(_shipped: Any) -> Any:
    """Say yes, whatever is asked."""
    return lambda *_values, **_named: True


def knows_nothing(shipped: Any) -> Any:
    """Find no outcome before a command."""

    def begin_command(self: Any, *names: str) -> Any:
        return dataclasses.replace(shipped(self, *names), outcome=None)

    return begin_command


def record_over(shipped: Any) -> Any:
    """Record an outcome in the place of an earlier one."""

    def settle_command(self: Any, outcome: Any, **more: Any) -> None:
        there = (command_outcome.c.firm_id == self.firm_id) & (
            command_outcome.c.command_id == outcome.command_id
        )
        self.connection.execute(delete(command_outcome).where(there))
        shipped(self, outcome, **more)

    return settle_command


def settle_applied_only(shipped: Any) -> Any:
    """Record what was applied and advance for it; a rejected command leaves nothing."""

    def settle_command(self: Any, outcome: Any, **more: Any) -> None:
        if outcome.status != "rejected":
            shipped(self, outcome, **more)

    return settle_command


def without_comparing(shipped: Any) -> Any:
    """Write fields whatever they are now."""

    def change_fields(record: Any, changes: dict[str, Any], allowed: frozenset[str]) -> Any:
        present = msgspec.json.decode(msgspec.json.encode(record))
        blind = {
            name: {**change, "from": present[name]} for name, change in changes.items() if name in present
        }
        return shipped(record, blind, allowed)

    return change_fields


def links_over(shipped: Any) -> Any:
    """Link as if the collaboration were free."""

    def link(builder: Any, payload: LinkCollaboration) -> None:
        row = builder.find(Collaboration, payload.collaboration_id)
        if row is not None:
            from dataclasses import replace

            builder.put(replace(row, customer_id=None, engagement_id=None))
        linking_effects.link_collaboration(builder, payload)

    return {**shipped, LinkCollaboration: link}


def takes_any_number(_shipped: Any) -> Any:
    """Take a number that was used before."""
    return lambda _device, _seq: None


def follows_head(shipped: Any) -> Any:
    """Go on at the head after every page of changes."""

    def following(self: Any, cursor: Any, rows: Any, head: int, *, is_full: bool) -> Any:
        if is_full and not cursor.is_snapshot:
            return msgspec.structs.replace(cursor, rev=head + 1, type="", id="")
        return shipped(self, cursor, rows, head, is_full=is_full)

    return following


def follows_rev_alone(shipped: Any) -> Any:
    """Go on at the next version after a full page."""

    def following(self: Any, cursor: Any, rows: Any, head: int, *, is_full: bool) -> Any:
        if is_full and not cursor.is_snapshot:
            return msgspec.structs.replace(cursor, rev=rows[-1][2] + 1, type="", id="")
        return shipped(self, cursor, rows, head, is_full=is_full)

    return following


def follows_end_of_snapshot(shipped: Any) -> Any:
    """Go on at the present head after a snapshot."""

    def following(self: Any, cursor: Any, rows: Any, head: int, *, is_full: bool) -> Any:
        if cursor.is_snapshot and not is_full:
            return msgspec.structs.replace(cursor, rev=head + 1, type="", id="", start=0)
        return shipped(self, cursor, rows, head, is_full=is_full)

    return following


def told_no_place(shipped: Any) -> Any:
    """Pass over the place that a push names."""

    def push(self: Any, principal: Any, request: Any) -> Any:
        return shipped(self, principal, msgspec.structs.replace(request, place=""))

    return push


def checks_without_scope(shipped: Any) -> Any:
    """Take a cursor whatever its scope."""

    def check(cursor: Any, principal: Any, snapshot: Any, scope: Any) -> None:
        shipped(msgspec.structs.replace(cursor, scope=scope.version), principal, snapshot, scope)

    return check


def checks_without_floor(_shipped: Any) -> Any:
    """Take a cursor whatever was purged."""

    def check(cursor: Any, _principal: Any, snapshot: Any, scope: Any) -> None:
        if cursor.epoch != snapshot.epoch:
            raise gone(GoneReason.EPOCH)
        if cursor.scope != scope.version:
            raise gone(GoneReason.ACCESS)

    return check


def no_new_life(_shipped: Any) -> Any:
    """Restore without a new epoch."""
    return lambda _store, _state: []


def delta_without_tombstones(shipped: Any) -> Any:
    """Leave removed rows out."""

    def delta(self: Any, after: Any, head: int, limit: int) -> Any:
        return [row for row in shipped(self, after, head, limit) if not row[3]]

    return delta


def pages_of_everything(shipped: Any) -> Any:
    """Read pages as for somebody who sees all, with no customer protected."""

    def begin(self: Any, connection: Any, firm_id: str, staff_id: str, scope: Any, today: Any) -> None:
        shipped(self, connection, firm_id, staff_id, scope, today)
        self._view = "everything"
        self._values = {"firm_id": firm_id}

    return begin


def put_without_rev(_shipped: Any) -> Any:
    """Leave the version of a row that is there as it was."""
    forgetful = rows._PUT.replace("SET rev = excluded.rev, removed", "SET removed")
    assert forgetful != rows._PUT

    @cache
    def put_statement(count: int) -> Statement:
        values = ", ".join(rows._PUT_ROW.format(n=number) for number in range(count))
        return Statement(forgetful.format(rows=values))

    return put_statement


def without_triggers(shipped: Any) -> Any:
    """Take away the triggers that refuse a foreign version: they would see the mutant before the oracle."""

    def begin(self: Any) -> None:
        shipped(self)
        with self.store.engine.begin() as connection:
            connection.execute(text("DROP TRIGGER record_rev_on_update"))

    return begin


def notes_nothing_of_commands(shipped: Any) -> Any:
    """Keep the audit of workers only."""

    def note(self: Any, by: Any, source: str, **detail: Any) -> None:
        if not source.startswith("cmd_"):
            shipped(self, by, source, **detail)

    return note


def composes_and_sends(shipped: Any) -> Any:
    """Send while the transaction is open."""

    def compose(self: Any, job: Any) -> Any:
        with self._store.read(job.firm_id):
            mail = shipped(self, job)
            if mail is not None:
                self._route.way.send(mail)
        return mail

    return compose

"""The one way to write what is synchronised: a transaction that holds the firm's head."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, text

from app.domain.effects import Actor, Context, Effect, Put, Remove
from app.domain.ids import derived_id, new_id
from app.domain.records import Firm, Record, type_of
from app.domain.terms import Terms
from app.errors import StorageError
from app.server.store.chain import ChainEnd, SealedHead, list_heads, make_entry, undone_since
from app.server.store.closing import close_transaction
from app.server.store.devices import CommandStart, DeviceRows, Outcome, outcome_values, read_start
from app.server.store.entries import EntryTransaction
from app.server.store.grants import GrantKeeper
from app.server.store.rows import REMOVE, RecordReader, put_records
from app.server.store.statements import Statement
from app.server.store.tables import mail_outbox, register_entry, routing_entry, vendor_outbox
from app.server.store.tenancy import ENTER
from app.server.store.waits import SET_WAITS, Waits

_LOCK_SQL = """
    UPDATE firm_head SET writing = head + 1 WHERE firm_id = :firm_id
    RETURNING head, epoch, floor, audit_number, audit_hash
"""
# The waits come first: what is asked of ``limits`` is there before the row is locked.
_LOCK = Statement(
    _LOCK_SQL,
    postgresql=f"""
    WITH limits AS MATERIALIZED (SELECT {SET_WAITS})
    UPDATE firm_head SET writing = head + 1 FROM limits WHERE firm_id = :firm_id
    RETURNING head, epoch, floor, audit_number, audit_hash, {ENTER}
    """,
)

_RAISE_FLOOR = text("UPDATE firm_head SET floor = :floor WHERE firm_id = :firm_id")
_PURGE = text("DELETE FROM record WHERE firm_id = :firm_id AND removed <> '' AND rev <= :floor")


@dataclass(frozen=True, slots=True)
class HeadState:
    """What the head row said when the transaction took it."""

    head: int
    epoch: str
    floor: int
    chain: ChainEnd


class FirmTransaction:
    """A writing transaction of one firm. Its first statement locks the firm's head, so that firms'
    changes come one after the other and in the order of their revs.

    ``rev`` is what every row written here gets; the head moves to it at the commit if something was written.
    ``has_queued`` tells whether there is something to do for the workers of vendor and mail.
    """

    def __init__(
        self,
        connection: Connection,
        firm_id: str,
        now: datetime,
        today: date,
        terms: Terms,
        waits: Waits,
    ) -> None:
        values = {"firm_id": firm_id}
        if connection.dialect.name == "postgresql":
            values |= waits.values()
        row = _LOCK.row(connection, values)
        if row is None:
            raise StorageError("firm_unknown")
        self.firm_id = firm_id
        self.now = now
        self.today = today
        self.terms = terms
        self.connection = connection
        head, epoch, floor, audit_number, audit_hash = row[:5]
        self.state = HeadState(head, epoch, floor, ChainEnd(audit_number, audit_hash))
        self.rev = self.state.head + 1
        self.reader = RecordReader(connection, firm_id)
        self.devices = DeviceRows(connection, firm_id)
        self.routing = EntryTransaction(connection, routing_entry)
        self.register = EntryTransaction(connection, register_entry)
        self._chain = self.state.chain
        self._entries: list[dict[str, Any]] = []
        self._outcome: dict[str, Any] | None = None
        self._grants = GrantKeeper(connection, firm_id, today)
        self._has_written = False
        self.has_queued = False

    @property
    def head(self) -> int:
        """Return the firm's version as it is after what has been written so far."""
        return self.rev if self._has_written else self.state.head

    @property
    def chain_end(self) -> ChainEnd:
        """Return the end of the firm's audit as it is after what has been written so far."""
        return self._chain

    def begin_command(self, device_id: str, staff_id: str, command_id: str) -> CommandStart:
        """Return what a push must know before a command; who it is from is read with it."""
        start = read_start(self.connection, self.firm_id, device_id, staff_id, command_id)
        for record in start.records:
            self.reader.take_in(record)
        self._grants.expect(has_restrictions=start.has_restrictions)
        return start

    def settle_command(
        self, outcome: Outcome, *, device_id: str, seq: int, type_name: str, entity: str, head: int
    ) -> None:
        """Store the command's outcome, which is final, and advance the device, when the transaction ends."""
        values = outcome_values(
            self.firm_id,
            outcome,
            device_id=device_id,
            seq=seq,
            type_name=type_name,
            entity=entity,
            head=head,
            now=self.now,
        )
        # On SQLite a time is text without a zone; these values go past the tables' own types.
        if self.connection.dialect.name == "sqlite":
            values["settled_at"] = (
                self.now.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
            )
        self._outcome = values

    def context(self, actor: Actor, correlation_id: str = "") -> Context:
        """Return what the domain's functions want to know besides the records."""
        firm = self.reader.find("firm", self.firm_id)
        if not isinstance(firm, Firm):
            raise StorageError("firm_unknown")
        return Context(
            actor=actor,
            now=self.now,
            today=self.today,
            correlation_id=correlation_id,
            settings=firm.settings,
            terms=self.terms,
        )

    def write(self, effect: Effect, *, by: Actor, source: str, is_replay: bool = False) -> None:
        """Write an effect: its records, events, requests to vendor and mail, and one audit entry.

        ``source`` names what caused it: a command's id, or the worker or page that it came from. An
        empty effect leaves no trace. ``is_replay``: it follows from a command that a server of before a
        restore had done already, so that e-mails about it have been sent.
        """
        puts = [change.record for change in effect.changes if isinstance(change, Put)]
        removed = [(c.type_name, c.id) for c in effect.changes if isinstance(c, Remove)]
        records: list[Record] = [*puts, *effect.events]
        if not (records or removed or effect.vendor or effect.mails):
            return
        self._grants.look_before(puts, removed)
        if records:
            put_records(self.connection, self.firm_id, self.rev, records)
            self.reader.forget()
        for type_name, id_ in removed:
            values = {"firm_id": self.firm_id, "type": type_name, "id": id_}
            REMOVE.run(self.connection, {**values, "rev": self.rev, "removed": "deleted"})
        self._grants.settle(puts, removed)
        self._queue(effect, source, is_replay=is_replay)
        self._has_written = self._has_written or bool(records or removed)
        touched = [[type_of(record), record.id] for record in puts] + [list(pair) for pair in removed]
        self.note(by, source, what=[event.what for event in effect.events], touched=touched)

    def note(self, by: Actor, source: str, **detail: Any) -> None:
        """Add an audit entry: who (kind and id), what caused it, and the details."""
        who = {"kind": by.kind, "id": by.staff_id or by.name}
        content = {"by": who, "source": source, "rev": self.rev, **detail}
        entry = make_entry(self.firm_id, self._chain, self.now, content)
        self._entries.append(entry)
        self._chain = ChainEnd(entry["number"], entry["hash"])

    def list_heads(self) -> list[SealedHead]:
        """Return the signed heads of the firm's chain, the oldest first."""
        return list_heads(self.connection, self.firm_id)

    def refresh_grants(self) -> None:
        """Bring who sees what in line with the day: participations have begun and ended since the server was
        last here, which the signed heads tell.
        """
        self._grants.refresh(undone_since(self.list_heads(), self.today))

    def purge_tombstones(self, up_to: int) -> int:
        """Forget what was removed up to that rev; cursors from before it are expired. Return how many rows.

        ``up_to`` is below the present head: it is the floor from then on.
        """
        floor = max(self.state.floor, min(up_to, self.state.head))
        values = {"firm_id": self.firm_id, "floor": floor}
        self.connection.execute(_RAISE_FLOOR, values)
        return self.connection.execute(_PURGE, values).rowcount

    def finish(self) -> None:
        """Move the head and let go of it; the last statement before the commit."""
        close_transaction(
            self.connection,
            {
                "firm_id": self.firm_id,
                "head": self.head,
                "audit_number": self._chain.number,
                "audit_hash": self._chain.hash,
            },
            entries=self._entries,
            outcome=self._outcome,
            payload=f"{self.head}:{self.firm_id}" if self._has_written else None,
        )

    def _queue(self, effect: Effect, source: str, *, is_replay: bool) -> None:
        replay = {"replay": self.state.epoch} if is_replay else {}
        common = {
            "firm_id": self.firm_id,
            "state": "waiting",
            "attempts": 0,
            "due_at": self.now,
            "leased_until": None,
            "last_error": "",
            "created_at": self.now,
        }
        requests = [
            {
                **common,
                # What was asked for first is told first: rows that are due at the same time go by their id.
                "id": derived_id(f"vo_{self.rev:012d}_{number:03d}", source, request.kind, request.about_id),
                "kind": request.kind,
                "about_id": request.about_id,
                "data": msgspec.json.encode({**replay, "request": request.data}).decode(),
            }
            for number, request in enumerate(effect.vendor)
        ]
        self.has_queued = self.has_queued or bool(requests or effect.mails)
        if requests:
            self.connection.execute(vendor_outbox.insert(), requests)
        mails = [
            {
                **common,
                "id": new_id("mo"),
                "kind": mail.kind,
                "about_id": mail.about_id,
                "data": msgspec.json.encode(
                    {"recipient": mail.recipient, "language": mail.language, "source": source, **replay}
                ).decode(),
            }
            for mail in effect.mails
        ]
        if mails:
            self.connection.execute(mail_outbox.insert(), mails)

"""The server's database as the rest of the server sees it."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.exc import DBAPIError

from app.catalogue import load_catalogue
from app.clock import Clock, SystemClock
from app.domain.effects import Actor, Effect, Put
from app.domain.records import Firm, Record
from app.domain.terms import Terms
from app.errors import StorageError
from app.server.store.chain import AuditEntry, ChainEnd, SealedHead, find_hash, list_entries, list_heads
from app.server.store.devices import DeviceRows
from app.server.store.engine import READ_OPTION, is_sqlite, open_engine
from app.server.store.entries import register_rows, routing_rows
from app.server.store.mail_trays import MailTray
from app.server.store.pages import Pages, Scope, find_scope
from app.server.store.queues import Queue
from app.server.store.rows import RecordReader
from app.server.store.settings import ServerSettings
from app.server.store.tables import firm_head, mail_outbox, record, vendor_outbox
from app.server.store.tenancy import ENTER, passes_row_security
from app.server.store.transaction import FirmTransaction, HeadState
from app.server.store.upgrading import upgrade
from app.server.store.waits import SET_WAITS, Waits
from app.server.store.writing import Writing, told_as_storage_error

CommitListener = Callable[[str, int], None]
QueueListener = Callable[[], None]
_HEAD_SQL = (
    "SELECT head, epoch, floor, audit_number, audit_hash{enter} FROM firm_head WHERE firm_id = :firm_id"
)
_HEAD = {
    "sqlite": text(_HEAD_SQL.format(enter="")),
    "postgresql": text(_HEAD_SQL.format(enter=f", {ENTER}, {SET_WAITS}")),
}
SERVER = Actor(name="server", kind="server")


class FirmSnapshot:
    """One view of a firm that does not change while it is read: rows and head belong together."""

    def __init__(self, connection: Connection, firm_id: str, waits: Waits) -> None:
        values = {"firm_id": firm_id}
        if connection.dialect.name == "postgresql":
            values |= waits.values()
        row = connection.execute(_HEAD[connection.dialect.name], values).first()
        if row is None:
            raise StorageError("firm_unknown")
        self.firm_id = firm_id
        self.connection = connection
        self.head: int = row.head
        self.epoch: str = row.epoch
        self.floor: int = row.floor
        self.chain_end = ChainEnd(row.audit_number, row.audit_hash)
        self.reader = RecordReader(connection, firm_id)
        self.devices = DeviceRows(connection, firm_id)

    def list_audit(self) -> list[AuditEntry]:
        """Return the firm's audit entries in their order."""
        return list_entries(self.connection, self.firm_id)

    def list_heads(self) -> list[SealedHead]:
        """Return the signed heads of the firm's chain, the oldest first."""
        return list_heads(self.connection, self.firm_id)

    def find_chain_hash(self, number: int) -> str:
        """Return the hash of the audit entry with that number; empty where there is none."""
        if number == self.chain_end.number:
            return self.chain_end.hash  # as a rule: nothing has been written since
        return find_hash(self.connection, self.firm_id, number) or ""

    def highest_version(self) -> int:
        """Return the firm's version, or that of a record which is said to be newer."""
        query = select(func.max(record.c.rev)).where(record.c.firm_id == self.firm_id)
        return max(self.head, self.connection.execute(query).scalar() or 0)

    def find_scope(self, staff_id: str) -> Scope | None:
        """Return what the staff member sees, or None where nobody has that id, or they have left."""
        return find_scope(self.connection, self.firm_id, staff_id)

    def pages(self, staff_id: str, scope: Scope, today: date) -> Pages:
        """Return the pages of what the staff member sees on that day."""
        return Pages(self.connection, self.firm_id, staff_id, scope, today)


class Store:
    """Opens transactions, and holds what is not synchronised: entries, queues, tray, settings."""

    def __init__(self, engine: Engine, clock: Clock, terms: Terms, waits: Waits) -> None:
        self._engine = engine
        self._writing = Writing(engine, waits)
        self._listeners: list[CommitListener] = []
        self._queue_listeners: list[QueueListener] = []
        self._seen: dict[str, tuple[str, int]] = {}
        self.clock = clock
        self.terms = terms
        self.routing = routing_rows(engine, self._writing)
        self.register = register_rows(engine, self._writing)
        self.vendor_queue = Queue(engine, vendor_outbox, clock, self._writing)
        self.mail_queue = Queue(engine, mail_outbox, clock, self._writing)
        self.mail_tray = MailTray(engine, self._writing)
        self.settings = ServerSettings(engine, self._writing)

    @property
    def is_embedded(self) -> bool:
        """Tell whether the database is a file, whose heads are watched by asking."""
        return is_sqlite(self._engine)

    def passes_row_security(self) -> bool:
        """Tell whether the database's user is one whom PostgreSQL shows every firm's rows."""
        return passes_row_security(self._engine)

    @property
    def engine(self) -> Engine:
        """Return the engine, for the store's own modules and its tests."""
        return self._engine

    @contextmanager
    def hold(self) -> Iterator[Connection]:
        """Keep one connection for several transactions in a row: fetching it is checked each time.

        Raises:
            StorageError: ``database_unavailable``.
        """
        with told_as_storage_error(self._engine), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self, firm_id: str, on: Connection | None = None) -> Iterator[FirmTransaction]:
        """Run a writing transaction of one firm: committed at the end, rolled back when it raises.

        ``on`` is a connection that ``hold`` gave.

        Raises:
            StorageError: ``firm_unknown``, ``database_unavailable``, or ``database_restored`` where the firm
                is behind what this process has seen of it: the database was put back under a running server.
        """
        with told_as_storage_error(self._engine), self._writing.begin(on, sets_its_waits=True) as connection:
            transaction = self._transaction(connection, firm_id)
            self._check_goes_on(firm_id, transaction.state)
            yield transaction
            transaction.finish()
        self._note_seen(firm_id, transaction.state.epoch, transaction.head)
        if transaction.head > transaction.state.head:
            for listener in tuple(self._listeners):
                listener(firm_id, transaction.head)
        if transaction.has_queued:
            for wake in tuple(self._queue_listeners):
                wake()

    @contextmanager
    def read(self, firm_id: str) -> Iterator[FirmSnapshot]:
        """Run a reading transaction in which nothing changes.

        Raises:
            StorageError: ``firm_unknown``, ``database_unavailable``.
        """
        with told_as_storage_error(self._engine), self._engine.connect() as plain:
            connection = plain.execution_options(**{READ_OPTION: True})
            if not self.is_embedded:
                connection = connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            snapshot = FirmSnapshot(connection, firm_id, self._writing.waits)
            self._note_seen(firm_id, snapshot.epoch, snapshot.head)
            yield snapshot

    def create_firm(self, firm: Firm, *records: Record) -> None:
        """Write a new firm with its first records (its staff, as a rule), in an epoch of its own.

        Raises:
            StorageError: ``firm_exists``.
        """
        with self._writing.begin() as connection:
            present = select(firm_head.c.firm_id).where(firm_head.c.firm_id == firm.id)
            if connection.execute(present).first() is not None:
                raise StorageError("firm_exists")
            connection.execute(
                firm_head.insert().values(
                    firm_id=firm.id,
                    epoch=secrets.token_hex(8),
                    head=0,
                    writing=None,
                    floor=0,
                    audit_number=0,
                    audit_hash="",
                )
            )
            transaction = self._transaction(connection, firm.id)
            changes = (Put(firm), *(Put(record) for record in records))
            transaction.write(Effect(changes=changes), by=SERVER, source="create_firm")
            transaction.finish()

    def list_firms(self) -> list[str]:
        """Return the ids of all firms."""
        return sorted(self.heads())

    def heads(self) -> dict[str, int]:
        """Return the version of every firm."""
        with self._engine.connect() as plain:
            connection = plain.execution_options(**{READ_OPTION: True})
            rows = connection.execute(select(firm_head.c.firm_id, firm_head.c.head))
            return {row.firm_id: row.head for row in rows}

    def subscribe(self, listener: CommitListener) -> None:
        """Call the listener with firm and head after each commit of this process that moved a head.

        It is called on the thread that committed, and must be quick and not raise.
        """
        self._listeners.append(listener)

    def unsubscribe(self, listener: CommitListener) -> None:
        """Stop calling the listener."""
        self._listeners.remove(listener)

    def subscribe_queued(self, listener: QueueListener) -> None:
        """Call the listener after each commit of this process that left something for the workers to do."""
        self._queue_listeners.append(listener)

    def unsubscribe_queued(self, listener: QueueListener) -> None:
        """Stop calling the listener."""
        self._queue_listeners.remove(listener)

    def listen(self, heard: CommitListener, closed: threading.Event) -> None:
        """Call ``heard`` after each commit of any process, until ``closed`` is set. PostgreSQL only."""
        from app.server.store.listening import listen

        listen(self._engine.url, heard, self.heads, closed)

    def find_head(self, firm_id: str) -> int | None:
        """Return the firm's version, or None where there is no such firm.

        Raises:
            StorageError: ``database_unavailable``.
        """
        with told_as_storage_error(self._engine), self._engine.connect() as plain:
            connection = plain.execution_options(**{READ_OPTION: True})
            query = select(firm_head.c.head).where(firm_head.c.firm_id == firm_id)
            return connection.execute(query).scalar()

    def is_answering(self) -> bool:
        """Tell whether the database can be read, for the health page."""
        try:
            with self._engine.connect() as connection:
                connection.execution_options(**{READ_OPTION: True}).execute(text("SELECT 1"))
        except DBAPIError:
            return False
        return True

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def forget_what_was_seen(self) -> None:
        """Take the database as it is now: an administrator says that it was put back."""
        self._seen.clear()

    def _check_goes_on(self, firm_id: str, state: HeadState) -> None:
        """Refuse a head that goes back. It is locked, so that nobody can have seen a later one meanwhile."""
        epoch, head = self._seen.get(firm_id, ("", 0))
        if state.epoch == epoch and state.head < head:
            raise StorageError("database_restored")

    def _note_seen(self, firm_id: str, epoch: str, head: int) -> None:
        known_epoch, known = self._seen.get(firm_id, ("", 0))
        self._seen[firm_id] = (epoch, max(head, known) if epoch == known_epoch else head)

    def _transaction(self, connection: Connection, firm_id: str) -> FirmTransaction:
        return FirmTransaction(
            connection, firm_id, self.clock.now(), self.clock.today(), self.terms, self._writing.waits
        )


def open_store(
    url: str,
    *,
    key: bytes | None = None,
    clock: Clock | None = None,
    terms: Terms | None = None,
    waits: Waits | None = None,
) -> Store:
    """Open the database, create or upgrade its tables, and return the store.

    ``url`` is ``sqlite:///file``, a file's path, or ``postgresql://…``; ``key`` (32 bytes) encrypts a file.
    ``terms`` are the services' rules; without them those of the program's own catalogue. ``waits`` are
    PostgreSQL's times.

    Raises:
        StorageError: ``server_database_url``, ``database_newer``, ``database_unreadable`` for a wrong key or
            a damaged file, or ``database_unreachable`` where PostgreSQL does not
            answer or does not let in.
    """
    engine = open_engine(url, key=key)
    try:
        upgrade(engine)
    except DBAPIError as error:
        engine.dispose()
        if engine.dialect.name == "postgresql":
            # libpq's own first line names the host, the port and the reason, and never the password.
            raise StorageError("database_unreachable", detail=_first_line(error.orig)) from error
        raise StorageError("database_unreadable", detail=type(error.orig).__name__) from error
    except StorageError:
        engine.dispose()
        raise
    return Store(engine, clock or SystemClock(), terms or load_catalogue(), waits or Waits())


def _first_line(error: object) -> str:
    return next(iter(str(error).splitlines()), "").strip()

"""The shipped server on a SQLite file, called in this thread, that can die at each commit and be restored."""

from __future__ import annotations

import asyncio
import gzip
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from litestar.concurrency import set_asyncio_executor
from sqlalchemy import event, select

from app.remote.transport import Reply
from app.server.application import build_application
from app.server.assembly import Assembly, assemble
from app.server.customer_side import CustomerSide
from app.server.feed.cursors import CursorSigner
from app.server.identity.passwords import Passwords
from app.server.mail.message import OutgoingMail
from app.server.mail.worker import MailRoute
from app.server.store import Store, open_store
from app.server.store.engine import READ_OPTION
from app.server.store.restoring import StateFile, begin_new_life
from app.server.store.tables import mail_outbox
from app.server.upkeep import OUTCOMES_KEPT
from tests.support.clocks import FixedClock
from tests.sync.simulation.faults import Fuse, KilledError, ViolationError
from tests.sync.simulation.firms import FIRM, OTHER_FIRM, companies, records_of


class InlineExecutor(Executor):
    """Runs what is submitted at once, in the calling thread: one order of events, and no waiting."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run it and return what came of it."""
        done: Future[Any] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001 - a death goes to who waits for the answer
            done.set_exception(error)
        return done


@contextmanager
def requests_in_this_thread() -> Iterator[None]:
    """Let Litestar run handlers inline as long as the simulation runs."""
    set_asyncio_executor(InlineExecutor())  # type: ignore[arg-type]  # all that it uses is submit
    try:
        yield
    finally:
        set_asyncio_executor(None)


@dataclass(frozen=True, slots=True)
class SentMail:
    """An e-mail that has left. ``after_a_death``: the server has died since the first copy of it left."""

    id: str
    kind: str
    address: str
    about_id: str
    epoch: str
    is_second: bool
    after_a_death: bool


class Postbox:
    """Where e-mails go. What has left stays there, whatever becomes of the server's database."""

    def __init__(self, server: SimulatedServer) -> None:
        self._server = server
        self._deaths_at: dict[tuple[str, str], int] = {}
        self.sent: list[SentMail] = []

    def empty(self) -> None:
        """Forget everything: another schedule begins."""
        self.sent.clear()
        self._deaths_at.clear()

    def send(self, mail: OutgoingMail) -> None:
        """Take an e-mail; the server may die before and after it."""
        server = self._server
        if server.store.engine.pool.checkedout():  # type: ignore[attr-defined]  # a pool of connections
            raise ViolationError("mail: the worker speaks to the mail server inside a transaction")
        server.fuse.burn()
        epoch = f"{server.epoch(mail.firm_id)} {server.losses}"  # what is lost is sent again
        first = self._deaths_at.setdefault((mail.id, epoch), server.deaths)
        is_second = any(sent.id == mail.id and sent.epoch == epoch for sent in self.sent)
        self.sent.append(
            SentMail(
                mail.id,
                mail.kind,
                mail.to_address,
                server.about_of_mail(mail.id),
                epoch,
                is_second,
                server.deaths > first,
            )
        )
        server.fuse.burn()


class SimulatedServer:
    """One life of the server's file, reached through ``call``. Made once for many schedules."""

    def __init__(self, folder: Path, clock: FixedClock) -> None:
        self.folder = folder
        self.clock = clock
        self.path = folder / "server.db"
        self.fuse = Fuse()
        self.deaths = 0
        self.losses = 0
        """How often it went back within a life."""
        self.postbox = Postbox(self)
        self.watch_commit: Callable[[str, int], None] = lambda _firm, _head: None
        self.before_swap: Callable[[], None] = lambda: None
        self._loop = asyncio.new_event_loop()
        self.worked_on = clock.today()
        """The day for which the workers have looked at the calendar."""
        self._template = folder / "server-template.db"
        self._make_template()
        self._open()

    def begin(self) -> None:
        """Put the file back to what every schedule begins with."""
        self.fuse.put_out()
        self._put_file(self._template)
        self.postbox.empty()
        self.deaths = 0
        self.losses = 0
        self.worked_on = self.clock.today()
        self.side = self._new_side()

    def call(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Reply:
        """Answer one request. Raises KilledError where the server dies in the middle of it."""
        before, _, query = path.partition("?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": before,
            "raw_path": before.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
            "client": ("127.0.0.1", 50123),
            "server": ("127.0.0.1", 8443),
            "state": {},
            "extensions": {},
        }
        status, answered, parts = 0, {}, []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body or b"", "more_body": False}

        async def send(message: Any) -> None:
            nonlocal status, answered
            if message["type"] == "http.response.start":
                status = message["status"]
                answered = {name.decode().lower(): value.decode() for name, value in message["headers"]}
            else:
                parts.append(message.get("body", b""))

        self._loop.run_until_complete(self._asgi(scope, receive, send))  # type: ignore[arg-type]
        content = b"".join(parts)
        # As the transport does, which gives what was unpacked.
        return Reply(
            status, answered, gzip.decompress(content) if "content-encoding" in answered else content
        )

    def restart(self) -> None:
        """Come up again on what is on the disk."""
        self.fuse.put_out()
        self.deaths += 1
        self.store.engine.dispose()
        self.store.forget_what_was_seen()
        self.side = self._new_side()

    def back_up(self, to: Path) -> None:
        """Copy the file."""
        self._checkpoint()
        shutil.copyfile(self.path, to)

    def restore(self, backup: Path) -> None:
        """Put a backup in the file's place, with a new epoch as ``server restore`` gives it."""
        self._put_file(backup)
        begin_new_life(self.store, StateFile(None))
        self.worked_on = date.min
        self.side = self._new_side()

    def go_back(self, copy: Path) -> None:
        """Put a copy in the file's place that has not heard of the last commits, in the same epoch."""
        self._put_file(copy)
        self.losses += 1
        self.worked_on = date.min
        self.side = self._new_side()

    def purge_tombstones(self, back: int) -> None:
        """Forget what was removed longer ago than ``back`` versions."""
        for firm_id in (FIRM, OTHER_FIRM):
            with self.store.write(firm_id) as transaction:
                transaction.purge_tombstones(max(0, transaction.state.head - back))

    def prune_outcomes(self) -> None:
        """Forget outcomes of long ago."""
        for firm_id in (FIRM, OTHER_FIRM):
            with self.store.write(firm_id) as transaction:
                transaction.devices.prune_outcomes(self.clock.now() - OUTCOMES_KEPT)

    def work(self) -> None:
        """Let the workers do what is due; one of them may be killed at it."""
        try:
            self.side.run_until_quiet(60)
            self.worked_on = self.clock.today()
        except KilledError:
            self.restart()

    def epoch(self, firm_id: str) -> str:
        """Return the epoch of a firm's present life."""
        with self.store.read(firm_id) as snapshot:
            return snapshot.epoch

    def about_of_mail(self, mail_id: str) -> str:
        """Return the id of the invitation or activation that an e-mail is about."""
        with self.store.engine.connect() as plain:
            connection = plain.execution_options(**{READ_OPTION: True})
            query = select(mail_outbox.c.about_id).where(mail_outbox.c.id == mail_id)
            return str(connection.execute(query).scalar_one())

    def close(self) -> None:
        """Let go of everything."""
        self.store.engine.dispose()
        self._loop.close()

    def _make_template(self) -> None:
        store = open_store(f"sqlite:///{self._template}", clock=self.clock)
        for firm_id in (FIRM, OTHER_FIRM):
            firm, *rows = records_of(firm_id)
            store.create_firm(firm, *rows)  # type: ignore[arg-type]  # the first is the firm
        assembly = _assemble(store)
        assembly.gateway.fill(companies())
        store.close()
        connection = sqlite3.connect(self._template)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        connection.close()

    def _open(self) -> None:
        shutil.copyfile(self._template, self.path)
        self.store = open_store(f"sqlite:///{self.path}", clock=self.clock)
        self.store.engine.dispose()
        event.listen(self.store.engine, "connect", _no_waiting_for_the_disk)
        event.listen(self.store.engine, "commit", self._about_to_commit)
        self.store.subscribe(self._has_committed)
        self.assembly = _assemble(self.store)
        self.signer = CursorSigner(self.assembly.parts.cursor_keys)
        self._asgi = build_application(self.assembly.parts).asgi
        self.side = self._new_side()

    def _new_side(self) -> CustomerSide:
        """Return workers that remember nothing, as after a start; their e-mails go to the postbox."""
        side = _assemble(self.store).customer_side
        side.mail._route = MailRoute(
            way=self.postbox, sender_address="byran@samverka.example", public_url="https://samverka.example"
        )
        return side

    def _about_to_commit(self, _connection: object) -> None:
        self.fuse.burn()

    def _has_committed(self, firm_id: str, head: int) -> None:
        self.watch_commit(firm_id, head)
        self.fuse.burn()

    def _put_file(self, source: Path) -> None:
        self.before_swap()
        self.store.engine.dispose()
        for suffix in ("-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(source, self.path)
        # Whoever puts a file in its place has stopped the server: the next one has seen nothing yet.
        self.store.forget_what_was_seen()

    def _checkpoint(self) -> None:
        self.store.engine.dispose()
        connection = sqlite3.connect(self.path)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        connection.close()


def _assemble(store: Store) -> Assembly:
    return assemble(
        store,
        version="simulation",
        local_url="http://127.0.0.1",
        with_threads=False,
        passwords=Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)),
    )


def _no_waiting_for_the_disk(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA synchronous = OFF").close()

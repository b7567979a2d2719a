"""Notices that a database was put back from a backup, and begins a new life of it.

Clients hold rows and outcomes that a restored database never heard of. A new epoch tells them so; without
it they would take later versions for earlier ones. What was there before is remembered outside the database:
in a small file of this machine, and on PostgreSQL by the database's identity, which a dump does not carry.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import make_url, select, text
from sqlalchemy.exc import DBAPIError

from app.domain.changes import Effect, EffectBuilder
from app.domain.records import Firm, Invitation, InvitationState
from app.errors import StorageError
from app.server.store.engine import READ_OPTION
from app.server.store.store import SERVER, Store
from app.server.store.tables import firm_head

IDENTITY = "database_identity"
_NEW_EPOCH = text("UPDATE firm_head SET epoch = :epoch WHERE firm_id = :firm_id")
_IDENTITY = text(
    "SELECT oid::text, (SELECT system_identifier::text FROM pg_control_system()) AS cluster"
    " FROM pg_database WHERE datname = current_database()"
)
_OID = text("SELECT oid::text FROM pg_database WHERE datname = current_database()")
_OPEN = (InvitationState.QUEUED, InvitationState.SENT)


@dataclass(frozen=True, slots=True)
class Life:
    """A firm's epoch, and the highest version that was seen in it."""

    epoch: str
    head: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoredFirm:
    """What a restore means for one firm.

    ``lost_versions`` is how many versions are known to be gone (0 where nothing was remembered);
    ``open_invitations`` are those that customers may have answered after the backup was made.
    """

    firm_id: str
    name: str
    lost_versions: int
    open_invitations: int


class StateFile:
    """The lives of the firms as this machine last saw them. ``path`` None remembers nothing."""

    def __init__(self, path: Path | None) -> None:
        self._path = path

    def read(self) -> dict[str, Life]:
        """Return what is remembered; nothing where there is no file, or none that can be read."""
        if self._path is None:
            return {}
        try:
            content = json.loads(self._path.read_text(encoding="utf-8"))
            return {firm: Life(str(epoch), int(head)) for firm, (epoch, head) in content["firms"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}

    def write(self, lives: dict[str, Life]) -> None:
        """Remember these. A disk that refuses costs the notice of a restore and nothing else."""
        if self._path is None or self.read() == lives:
            return
        firms = {firm: [life.epoch, life.head] for firm, life in sorted(lives.items())}
        unfinished = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_text(json.dumps({"firms": firms}), encoding="utf-8")
            os.replace(unfinished, self._path)  # noqa: PTH105 - replaces on Windows, too
        except OSError:
            return


def state_path(database: str, folder: str = "") -> Path | None:
    """Return where a server of this database remembers: in the folder, or beside a database that is a file.

    None for a database server without a folder.
    """
    url = make_url(database if "://" in database else f"sqlite:///{database}")
    if folder:
        name = "".join(char if char.isalnum() else "-" for char in (url.database or "database"))
        return Path(folder) / f"{name}.heads"
    if url.get_backend_name() == "sqlite" and url.database:
        return Path(f"{url.database}.heads")
    return None


def read_lives(store: Store) -> dict[str, Life]:
    """Return every firm's epoch and version as the database has them."""
    with store.engine.connect() as plain:
        connection = plain.execution_options(**{READ_OPTION: True})
        rows = connection.execute(select(firm_head.c.firm_id, firm_head.c.epoch, firm_head.c.head))
        return {row.firm_id: Life(row.epoch, row.head) for row in rows}


def check_not_restored(store: Store, state: StateFile) -> None:
    """Refuse a database that was put back from a backup and has not been told so.

    Raises:
        StorageError: ``database_restored``; ``server restore`` is what helps.
    """
    identity = find_identity(store)
    if identity and store.settings.find_or_put(IDENTITY, identity) != identity:
        raise StorageError("database_restored")
    if _lost_versions(state.read(), read_lives(store)):
        raise StorageError("database_restored")


def remember(store: Store, state: StateFile) -> None:
    """Note what the database holds now.

    Raises:
        StorageError: ``database_restored`` where it holds less than was noted, as after a stand-by took over
            that had not heard of the last commits. The note stays, so that the next start refuses.
    """
    noted = state.read()  # first: other processes write what is higher at any time
    present = read_lives(store)
    if _lost_versions(noted, present):
        raise StorageError("database_restored")
    state.write(present)


def begin_new_life(store: Store, state: StateFile) -> list[RestoredFirm]:
    """Give every firm a new epoch, with an event about it, and return what it means for each.

    Clients fetch everything anew then, and send again what the database has lost (30 days of it).
    """
    lost = _lost_versions(state.read(), read_lives(store))
    store.forget_what_was_seen()
    restored = []
    for firm_id in store.list_firms():
        with store.write(firm_id) as transaction:
            transaction.connection.execute(_NEW_EPOCH, {"epoch": secrets.token_hex(8), "firm_id": firm_id})
            firm = transaction.reader.find("firm", firm_id)
            name = firm.name if isinstance(firm, Firm) else firm_id
            invitations = [
                row
                for row in transaction.reader.walk("invitation")
                if isinstance(row, Invitation) and row.state in _OPEN
            ]
            if isinstance(firm, Firm):
                builder = EffectBuilder(transaction.reader, transaction.context(SERVER), secrets.token_hex(8))
                builder.event(firm, "server_restored", after=str(lost.get(firm_id, 0)))
                for invitation in invitations:
                    builder.event(invitation, "answer_may_be_lost")
                transaction.write(Effect(events=builder.build().events), by=SERVER, source="restore")
            restored.append(
                RestoredFirm(
                    firm_id=firm_id,
                    name=name,
                    lost_versions=lost.get(firm_id, 0),
                    open_invitations=len(invitations),
                )
            )
    identity = find_identity(store)
    if identity:
        store.settings.put(IDENTITY, identity)
    state.write(read_lives(store))
    return restored


def find_identity(store: Store) -> str:
    """Return what tells this database from a copy of it; empty for a file, which has nothing of the kind."""
    if store.is_embedded:
        return ""
    for query in (_IDENTITY, _OID):
        try:
            with store.engine.connect() as connection:
                row: Any = connection.execute(query).one()
                return "/".join(str(value) for value in reversed(tuple(row)))
        except DBAPIError:
            continue  # who may read the cluster's own identity is the administrator's choice
    return ""


def _lost_versions(before: dict[str, Life], now: dict[str, Life]) -> dict[str, int]:
    """Return by firm how many versions are gone; a firm that is gone as a whole counts its head."""
    lost = {}
    for firm_id, life in before.items():
        present = now.get(firm_id)
        if present is None:
            lost[firm_id] = max(life.head, 1)
        elif present.epoch == life.epoch and present.head < life.head:
            lost[firm_id] = life.head - present.head
    return lost

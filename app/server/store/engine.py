"""Opens the server's database: SQLite (plain or encrypted) or PostgreSQL, the same to everything above."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from app.errors import StorageError
from app.server.store.tables import SCHEMAS

BUSY_SECONDS = 30.0
READ_OPTION = "samverka_read"


def open_engine(url: str, *, key: bytes | None = None) -> Engine:
    """Return an engine for ``sqlite:///file`` (a bare path is one too) or ``postgresql://…``.

    ``key`` is the raw 32-byte key of an encrypted SQLite file.

    Raises:
        StorageError: ``server_database_url`` for an address that is neither.
    """
    try:
        parsed = make_url(url if "://" in url else f"sqlite:///{url}")
    except ArgumentError as error:
        raise StorageError("server_database_url", url=url) from error
    match parsed.get_backend_name():
        case "sqlite":
            return _open_sqlite(parsed, key)
        case "postgresql" | "postgres":
            return _open_postgresql(parsed)
        case _:
            raise StorageError("server_database_url", url=parsed.render_as_string(hide_password=True))


def _open_postgresql(url: URL) -> Engine:
    url = url.set(drivername="postgresql+psycopg")
    return create_engine(url, pool_size=8, max_overflow=8, pool_pre_ping=True, hide_parameters=True)


def _open_sqlite(url: URL, key: bytes | None) -> Engine:
    if not url.database or url.database == ":memory:":
        raise StorageError("server_database_url", url="sqlite://")
    path = Path(url.database)
    path.parent.mkdir(parents=True, exist_ok=True)

    def connect() -> Any:
        # Autocommit at the driver: this module says itself when a transaction begins, and how.
        if key is None:
            connection: Any = sqlite3.connect(
                path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
        else:
            from sqlcipher3 import dbapi2 as sqlcipher

            connection = sqlcipher.connect(
                str(path), timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        # FULL: what has been answered is on the disk. After a power cut NORMAL has forgotten the last commits
        # that clients hold as done.
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            # Per connection, and a process has a dozen: what is read often lies in the system's cache anyway.
            "cache_size=-1500",
        ):
            connection.execute(f"PRAGMA {pragma}").close()
        return connection

    module: Any = sqlite3
    if key is not None:
        from sqlcipher3 import dbapi2 as cipher_module

        module = cipher_module
    engine = create_engine(
        "sqlite://",
        module=module,
        creator=connect,
        pool_size=8,
        max_overflow=8,
        poolclass=_file_pool(),
        hide_parameters=True,  # an error's text goes to the log, where no customer's data belongs
    ).execution_options(schema_translate_map=dict.fromkeys(SCHEMAS))

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        reads = connection.get_execution_options().get(READ_OPTION)
        connection.exec_driver_sql("BEGIN DEFERRED" if reads else "BEGIN IMMEDIATE")

    return engine


def _file_pool() -> Any:
    # "sqlite://" is in memory to SQLAlchemy, which would share one connection; ours are to a file.
    from sqlalchemy.pool import QueuePool

    return QueuePool


def is_sqlite(engine: Engine) -> bool:
    """Tell whether the database is a SQLite file."""
    return engine.dialect.name == "sqlite"

"""The first picture: the top of the customer list, before anything heavy is loaded.

Read-only and through the driver alone: no SQLAlchemy, no msgspec, no migrations. It is the one exception
to the rule that the database is reached through ``app.storage.database``, and it may run on the GUI thread.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

ROWS = 50
_SCHEMA_VERSION = 4
"""The same as app.storage.schema.SCHEMA_VERSION, which cannot be read without loading SQLAlchemy (a test)."""


class FirstLine(NamedTuple):
    """One row of the customer list. ``chips`` is JSON text, as ``CustomerLine.chips`` before decoding."""

    handle: int
    id: str
    name: str
    number: str
    identity: str
    manager: str
    registered: str
    chips: str
    attention: int
    mark: str
    changed_at: str


class FirstScreen(NamedTuple):
    """What the window shows first. ``last_pull_at`` is ISO text, the age of what is shown."""

    lines: tuple[FirstLine, ...] = ()
    customers: int = 0
    unlinked: int = 0
    waiting: int = 0
    outbox: int = 0
    attention: int = 0
    last_pull_at: str = ""

    @property
    def is_fetched(self) -> bool:
        """Tell whether a zero means that there is none."""
        return bool(self.last_pull_at)


def read_first_screen(path: Path, key: bytes) -> FirstScreen | None:
    """Return the top of the list, or None where the file is missing, of another version or not readable.

    None means: paint an empty shell, then open the database in the ordinary way, which says what is wrong.
    """
    if not path.exists():
        return None
    from sqlcipher3 import dbapi2 as driver

    try:
        connection = driver.connect(path.as_uri() + "?mode=ro", uri=True, isolation_level=None)
        try:
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            if connection.execute("PRAGMA user_version").fetchone()[0] != _SCHEMA_VERSION:
                return None
            return _read(connection)
        finally:
            connection.close()
    except driver.Error:
        return None


def _read(connection: Any) -> FirstScreen:
    lines = tuple(
        FirstLine(
            handle=row[0],
            id=row[1],
            name=row[2],
            number=row[3],
            identity=row[4],
            manager=row[5],
            registered=row[6],
            chips=row[7],
            attention=row[8],
            mark=row[9],
            changed_at=row[10] or "",
        )
        for row in connection.execute(
            "SELECT row, id, name, number, identity, manager, registered, chips, attention, mark, changed_at"
            " FROM shown_customer WHERE state = 'active' ORDER BY name_key, row LIMIT ?",
            (ROWS,),
        )
    )
    counts = connection.execute(
        "SELECT (SELECT count(*) FROM shown_customer WHERE state = 'active'),"
        " (SELECT count(*) FROM shown_collaboration WHERE unlinked = 1),"
        " (SELECT count(*) FROM shown_invitation WHERE state = 'sent'),"
        " (SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending')),"
        " (SELECT count(*) FROM outbox WHERE state IN ('conflict', 'rejected') AND handled_at IS NULL),"
        " (SELECT value FROM session WHERE key = 'pulled_at')"
    ).fetchone()
    return FirstScreen(
        lines=lines,
        customers=counts[0],
        unlinked=counts[1],
        waiting=counts[2],
        outbox=counts[3],
        attention=counts[4],
        last_pull_at=(counts[5] or "").strip('"'),
    )

"""How long PostgreSQL lets a transaction wait, run and stand still: the transaction's own settings.

A server process that is stopped in the middle of a transaction, or an administrator's that was left open,
holds a firm's head. Who waits for it is told so after some seconds, and comes again; a transaction of ours
that does nothing is ended by PostgreSQL, which gives the head free. SQLite has one writer, with
``BUSY_SECONDS``.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """Times in seconds: ``lock`` for a row or a table that another transaction holds, ``statement`` for one
    statement (the longest, of an old firm's tombstones, takes some), ``idle`` between two of a transaction.
    """

    lock: float = 5.0
    statement: float = 120.0
    idle: float = 60.0

    def values(self) -> dict[str, str]:
        """Return the parameters of ``SET_WAITS``."""
        return {
            "lock_wait": _milliseconds(self.lock),
            "statement_wait": _milliseconds(self.statement),
            "idle_wait": _milliseconds(self.idle),
        }


SET_WAITS = (
    "set_config('lock_timeout', :lock_wait, true),"
    " set_config('statement_timeout', :statement_wait, true),"
    " set_config('idle_in_transaction_session_timeout', :idle_wait, true)"
)
"""For a statement that comes first anyway: no round trip of its own. True is «for this transaction»."""

_SET_WAITS = text(f"SELECT {SET_WAITS}")


def set_waits(connection: Connection, waits: Waits) -> None:
    """Give the transaction its times, where the database is PostgreSQL."""
    if connection.dialect.name == "postgresql":
        connection.execute(_SET_WAITS, waits.values())


def _milliseconds(seconds: float) -> str:
    return f"{round(seconds * 1000)}ms"

"""Says to PostgreSQL which firm a transaction is about; only that firm's rows exist for it then.

The setting is the transaction's own and ends with it. SQLite has no such thing: there ``firm_id`` in every
statement is all.
"""

from __future__ import annotations

from sqlalchemy import Connection, Engine, text

ENTER = "set_config('samverka.firm_id', firm_id, true)"
"""For statements that touch the firm's head anyway: they enter the firm without a round trip of their own."""

_ENTER = text("SELECT set_config('samverka.firm_id', :firm_id, true)")


def enter_firm(connection: Connection, firm_id: str) -> None:
    """Let the transaction see the firm's rows."""
    if connection.dialect.name == "postgresql":
        connection.execute(_ENTER, {"firm_id": firm_id})


def passes_row_security(engine: Engine) -> bool:
    """Tell whether the database's user is one for whom row-level security does not hold."""
    if engine.dialect.name != "postgresql":
        return False
    question = text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
    with engine.connect() as connection:
        return bool(connection.execute(question).scalar())

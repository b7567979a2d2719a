"""The tables. Migrations are in migrations/versions; this is what statements are built from.

``firm_id`` leads every key but in the schemas ``routing`` and ``register``, which come before and above the
firms. SQLite has no schemas: there the engine leaves the schema's name out (engine.py), and the tables' own
names tell them apart.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Dialect,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

SCHEMAS = ("routing", "register")

metadata = MetaData()


def key_text() -> TypeEngine[str]:
    """Return text that sorts by its bytes on both databases: cursors compare it."""
    return Text().with_variant(Text(collation="C"), "postgresql")


class UtcTime(TypeDecorator[datetime]):
    """An aware time in UTC. SQLite keeps no zone: it is taken off going in and put back coming out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the time as the database keeps it."""
        if value is None:
            return None
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> datetime | None:
        """Return the time aware and in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


firm_head = Table(
    "firm_head",
    metadata,
    Column("firm_id", key_text(), primary_key=True),
    Column("epoch", Text, nullable=False),
    # The firm's version.
    Column("head", BigInteger, nullable=False),
    # The rev that the transaction under way may write; null otherwise.
    Column("writing", BigInteger),
    # Highest rev whose tombstones were purged.
    Column("floor", BigInteger, nullable=False),
    Column("audit_number", BigInteger, nullable=False),
    Column("audit_hash", Text, nullable=False),
)

record = Table(
    "record",
    metadata,
    Column("firm_id", key_text(), primary_key=True),
    Column("type", key_text(), primary_key=True),
    Column("id", key_text(), primary_key=True),
    Column("rev", BigInteger, nullable=False),
    # Empty, or why the row is gone.
    Column("removed", Text, nullable=False),
    Column("customer_id", key_text()),
    Column("parent_id", key_text()),
    Column("lookup", key_text()),
    Column("data", Text, nullable=False),
    # Days (ISO) that change something by themselves, for the work of the day.
    Column("from_on", key_text()),
    Column("to_on", key_text()),
)
Index("record_delta", record.c.firm_id, record.c.rev, record.c.type, record.c.id)
Index("record_customer", record.c.firm_id, record.c.customer_id, record.c.type)
Index("record_parent", record.c.firm_id, record.c.parent_id, record.c.type)
Index("record_lookup", record.c.firm_id, record.c.type, record.c.lookup)
for _day in (record.c.from_on, record.c.to_on):
    Index(
        f"record_{_day.name}",
        record.c.firm_id,
        record.c.type,
        _day,
        sqlite_where=_day.is_not(None),
        postgresql_where=_day.is_not(None),
    )
UNIQUE_NUMBER = "record_unique_number"
_LIVE_NUMBER = text("type = 'customer' AND removed = '' AND lookup IS NOT NULL")
Index(
    UNIQUE_NUMBER,
    record.c.firm_id,
    record.c.lookup,
    unique=True,
    sqlite_where=_LIVE_NUMBER,
    postgresql_where=_LIVE_NUMBER,
)

staff_scope = Table(
    "staff_scope",
    metadata,
    Column("firm_id", key_text(), primary_key=True),
    Column("staff_id", key_text(), primary_key=True),
    Column("sees", Text, nullable=False),
    Column("office", Text, nullable=False),
    Column("access_scope", BigInteger, nullable=False),
)
customer_grant = Table(
    "customer_grant",
    metadata,
    Column("firm_id", key_text(), primary_key=True),
    Column("staff_id", key_text(), primary_key=True),
    Column("customer_id", key_text(), primary_key=True),
    # Last day (ISO) where it rests on a participation that ends.
    Column("until", Text),
)
Index("customer_grant_customer", customer_grant.c.firm_id, customer_grant.c.customer_id)
protected_customer = Table(
    "protected_customer",
    metadata,
    Column("firm_id", key_text(), primary_key=True),
    Column("customer_id", key_text(), primary_key=True),
)

device = Table(
    "device",
    metadata,
    Column("firm_id", key_text(), primary_key=True),
    Column("id", key_text(), primary_key=True),
    Column("staff_id", key_text(), nullable=False),
    Column("name", Text, nullable=False),
    Column("platform", Text, nullable=False),
    Column("last_seq", BigInteger, nullable=False),
    # Highest seq whose outcome was pruned.
    Column("pruned_seq", BigInteger, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("revoked_at", UtcTime),
)
command_outcome = Table(
    "command_outcome",
    metadata,
    Column("firm_id", key_text(), primary_key=True),
    Column("command_id", key_text(), primary_key=True),
    Column("device_id", key_text(), nullable=False),
    Column("staff_id", key_text(), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("type", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("head", BigInteger, nullable=False),
    # CommandResult as JSON, as it was answered.
    Column("result", Text, nullable=False),
    Column("settled_at", UtcTime, nullable=False),
    # The record that the command was about, for an erasure.
    Column("entity", key_text(), nullable=False, server_default=""),
)
Index("command_outcome_age", command_outcome.c.firm_id, command_outcome.c.settled_at)


def _queue_columns() -> list[Column[Any]]:
    return [
        Column("firm_id", key_text(), primary_key=True),
        Column("id", key_text(), primary_key=True),
        Column("kind", Text, nullable=False),
        Column("about_id", key_text(), nullable=False),
        # Waiting, done or failed.
        Column("state", Text, nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("due_at", UtcTime, nullable=False),
        Column("leased_until", UtcTime),
        Column("last_error", Text, nullable=False),
        Column("created_at", UtcTime, nullable=False),
        # JSON.
        Column("data", Text, nullable=False),
    ]


vendor_outbox = Table("vendor_outbox", metadata, *_queue_columns())
Index("vendor_outbox_due", vendor_outbox.c.state, vendor_outbox.c.due_at)
mail_outbox = Table("mail_outbox", metadata, *_queue_columns())
Index("mail_outbox_due", mail_outbox.c.state, mail_outbox.c.due_at)

mail_tray = Table(
    "mail_tray",
    metadata,
    Column("firm_id", key_text(), primary_key=True),
    Column("id", key_text(), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("sent_at", UtcTime, nullable=False),
    Column("text", Text, nullable=False),
    Column("html", Text, nullable=False),
)

audit_entry = Table(
    "audit_entry",
    metadata,
    Column("firm_id", key_text(), primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("commitment", Text, nullable=False),
    Column("hash", Text, nullable=False),
)
audit_detail = Table(
    "audit_detail",
    metadata,
    Column("firm_id", key_text(), primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("salt", LargeBinary, nullable=False),
    Column("detail", Text, nullable=False),
    ForeignKeyConstraint(["firm_id", "number"], ["audit_entry.firm_id", "audit_entry.number"]),
)

# The chain's end on a day, signed. ``rev`` is the firm's head then.
audit_head = Table(
    "audit_head",
    metadata,
    Column("firm_id", key_text(), primary_key=True),
    Column("day", key_text(), primary_key=True),
    Column("number", BigInteger, nullable=False),
    Column("hash", Text, nullable=False),
    Column("rev", BigInteger, nullable=False),
    Column("signature", Text, nullable=False),
)

server_setting = Table(
    "server_setting",
    metadata,
    Column("key", key_text(), primary_key=True),
    Column("value", Text, nullable=False),
)


def _entry_table(schema: str) -> Table:
    table = Table(
        f"{schema}_entry",
        metadata,
        Column("kind", key_text(), primary_key=True),
        Column("key", key_text(), primary_key=True),
        Column("firm_id", key_text(), nullable=False),
        Column("subject_id", key_text(), nullable=False),
        Column("group", key_text(), nullable=False),
        Column("expires_at", UtcTime),
        Column("data", Text, nullable=False),
        schema=schema,
    )
    Index(f"{schema}_entry_group", table.c.kind, table.c.group)
    Index(f"{schema}_entry_subject", table.c.kind, table.c.subject_id)
    return table


routing_entry = _entry_table("routing")
register_entry = _entry_table("register")

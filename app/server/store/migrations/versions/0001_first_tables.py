"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

LIVE_NUMBER = sa.text("type = 'customer' AND removed = '' AND lookup IS NOT NULL")

SQLITE_TRIGGERS = (
    """
    CREATE TRIGGER record_rev_on_insert BEFORE INSERT ON record
    WHEN NEW.rev IS NOT (SELECT writing FROM firm_head WHERE firm_id = NEW.firm_id)
    BEGIN SELECT RAISE(ABORT, 'record: foreign rev'); END
    """,
    """
    CREATE TRIGGER record_rev_on_update BEFORE UPDATE ON record
    WHEN NEW.rev IS NOT (SELECT writing FROM firm_head WHERE firm_id = NEW.firm_id)
    BEGIN SELECT RAISE(ABORT, 'record: foreign rev'); END
    """,
    """
    CREATE TRIGGER record_purge BEFORE DELETE ON record
    WHEN OLD.removed = '' OR OLD.rev > (SELECT floor FROM firm_head WHERE firm_id = OLD.firm_id)
    BEGIN SELECT RAISE(ABORT, 'record: deleted above the floor'); END
    """,
)

POSTGRESQL_TRIGGERS = (
    """
    CREATE FUNCTION record_check_rev() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.rev IS DISTINCT FROM (SELECT writing FROM firm_head WHERE firm_id = NEW.firm_id) THEN
            RAISE EXCEPTION 'record: foreign rev' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER record_rev BEFORE INSERT OR UPDATE ON record
    FOR EACH ROW EXECUTE FUNCTION record_check_rev()
    """,
    """
    CREATE FUNCTION record_check_purge() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.removed = '' OR OLD.rev > (SELECT floor FROM firm_head WHERE firm_id = OLD.firm_id) THEN
            RAISE EXCEPTION 'record: deleted above the floor' USING ERRCODE = 'check_violation';
        END IF;
        RETURN OLD;
    END $$
    """,
    """
    CREATE TRIGGER record_purge BEFORE DELETE ON record
    FOR EACH ROW EXECUTE FUNCTION record_check_purge()
    """,
)

TENANT_TABLES = (
    "record",
    "staff_scope",
    "customer_grant",
    "protected_customer",
    "device",
    "command_outcome",
    "mail_tray",
    "audit_entry",
    "audit_detail",
)
"""Tables with a firm's data. The heads and the outboxes are read across firms, by watchers and workers."""


def secure_rows(table: str) -> None:
    """Let only the rows of the transaction's own firm exist, for the tables' owner too."""
    own = "firm_id = current_setting('samverka.firm_id', true)"
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY own_firm ON {table} USING ({own}) WITH CHECK ({own})")


def upgrade() -> None:
    """Create the tables, their indexes and the triggers that guard the order of changes."""
    op.create_table(
        "audit_entry",
        sa.Column("firm_id", KEY, nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("commitment", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("firm_id", "number"),
    )
    op.create_table(
        "command_outcome",
        sa.Column("firm_id", KEY, nullable=False),
        sa.Column("command_id", KEY, nullable=False),
        sa.Column("device_id", KEY, nullable=False),
        sa.Column("staff_id", KEY, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("head", sa.BigInteger(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("firm_id", "command_id"),
    )
    op.create_index("command_outcome_age", "command_outcome", ["firm_id", "settled_at"], unique=False)
    op.create_table(
        "customer_grant",
        sa.Column("firm_id", KEY, nullable=False),
        sa.Column("staff_id", KEY, nullable=False),
        sa.Column("customer_id", KEY, nullable=False),
        sa.Column("until", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("firm_id", "staff_id", "customer_id"),
    )
    op.create_index("customer_grant_customer", "customer_grant", ["firm_id", "customer_id"], unique=False)
    op.create_table(
        "device",
        sa.Column("firm_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("staff_id", KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("pruned_seq", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("firm_id", "id"),
    )
    op.create_table(
        "firm_head",
        sa.Column("firm_id", KEY, nullable=False),
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("head", sa.BigInteger(), nullable=False),
        sa.Column("writing", sa.BigInteger(), nullable=True),
        sa.Column("floor", sa.BigInteger(), nullable=False),
        sa.Column("audit_number", sa.BigInteger(), nullable=False),
        sa.Column("audit_hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("firm_id"),
    )
    op.create_table(
        "mail_outbox",
        sa.Column("firm_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about_id", KEY, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("firm_id", "id"),
    )
    op.create_index("mail_outbox_due", "mail_outbox", ["state", "due_at"], unique=False)
    op.create_table(
        "mail_tray",
        sa.Column("firm_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("firm_id", "id"),
    )
    op.create_table(
        "protected_customer",
        sa.Column("firm_id", KEY, nullable=False),
        sa.Column("customer_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("firm_id", "customer_id"),
    )
    op.create_table(
        "record",
        sa.Column("firm_id", KEY, nullable=False),
        sa.Column("type", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("removed", sa.Text(), nullable=False),
        sa.Column("customer_id", KEY, nullable=True),
        sa.Column("parent_id", KEY, nullable=True),
        sa.Column("lookup", KEY, nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("firm_id", "type", "id"),
    )
    op.create_index("record_customer", "record", ["firm_id", "customer_id", "type"], unique=False)
    op.create_index("record_delta", "record", ["firm_id", "rev", "type", "id"], unique=False)
    op.create_index("record_lookup", "record", ["firm_id", "type", "lookup"], unique=False)
    op.create_index("record_parent", "record", ["firm_id", "parent_id", "type"], unique=False)
    op.create_index(
        "record_unique_number",
        "record",
        ["firm_id", "lookup"],
        unique=True,
        sqlite_where=LIVE_NUMBER,
        postgresql_where=LIVE_NUMBER,
    )
    op.create_table(
        "register_entry",
        sa.Column("kind", KEY, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("firm_id", KEY, nullable=False),
        sa.Column("subject_id", KEY, nullable=False),
        sa.Column("group", KEY, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "key"),
        schema="register",
    )
    op.create_index(
        "register_entry_group", "register_entry", ["kind", "group"], unique=False, schema="register"
    )
    op.create_index(
        "register_entry_subject", "register_entry", ["kind", "subject_id"], unique=False, schema="register"
    )
    op.create_table(
        "routing_entry",
        sa.Column("kind", KEY, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("firm_id", KEY, nullable=False),
        sa.Column("subject_id", KEY, nullable=False),
        sa.Column("group", KEY, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "key"),
        schema="routing",
    )
    op.create_index("routing_entry_group", "routing_entry", ["kind", "group"], unique=False, schema="routing")
    op.create_index(
        "routing_entry_subject", "routing_entry", ["kind", "subject_id"], unique=False, schema="routing"
    )
    op.create_table(
        "server_setting",
        sa.Column("key", KEY, nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "staff_scope",
        sa.Column("firm_id", KEY, nullable=False),
        sa.Column("staff_id", KEY, nullable=False),
        sa.Column("sees", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("access_scope", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("firm_id", "staff_id"),
    )
    op.create_table(
        "vendor_outbox",
        sa.Column("firm_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about_id", KEY, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("firm_id", "id"),
    )
    op.create_index("vendor_outbox_due", "vendor_outbox", ["state", "due_at"], unique=False)
    op.create_table(
        "audit_detail",
        sa.Column("firm_id", KEY, nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "number"],
            ["audit_entry.firm_id", "audit_entry.number"],
        ),
        sa.PrimaryKeyConstraint("firm_id", "number"),
    )

    triggers = POSTGRESQL_TRIGGERS if op.get_bind().dialect.name == "postgresql" else SQLITE_TRIGGERS
    for statement in triggers:
        op.execute(statement)
    if op.get_bind().dialect.name == "postgresql":
        for table in TENANT_TABLES:
            secure_rows(table)

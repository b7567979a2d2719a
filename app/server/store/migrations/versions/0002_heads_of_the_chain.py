"""Signed heads of the audit chain, and which record a command was about."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the table of daily heads, and what an erasure needs to find the outcomes about a record."""
    op.create_table(
        "audit_head",
        sa.Column("firm_id", KEY, nullable=False),
        sa.Column("day", KEY, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("firm_id", "day"),
    )
    op.add_column("command_outcome", sa.Column("entity", KEY, nullable=False, server_default=""))
    if op.get_bind().dialect.name == "postgresql":
        own = "firm_id = current_setting('samverka.firm_id', true)"
        op.execute("ALTER TABLE audit_head ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE audit_head FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_firm ON audit_head USING ({own}) WITH CHECK ({own})")

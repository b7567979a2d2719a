"""The journal counted in the server's time, and withdrawals that the server is to be told of."""

import sqlalchemy as sa
from alembic import op

from app.storage.schema import OUTBOX

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what the first revision, which makes the tables of today, has not made already."""
    connection = op.get_bind()
    there = {column["name"] for column in sa.inspect(connection).get_columns("outbox")}
    if "ended_at" not in there:
        op.add_column("outbox", sa.Column("ended_at", sa.Text))
    for index in OUTBOX.indexes:
        index.create(connection, checkfirst=True)

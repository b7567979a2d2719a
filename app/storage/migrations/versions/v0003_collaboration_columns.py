"""What the start screen asks of collaborations in columns, and the indexes of the lists' orders."""

from alembic import op

from app.storage.schema import METADATA, SHOWN_COLLABORATION, SHOWN_CUSTOMER, SHOWN_INVITATION

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table anew, to be filled from what is there at this start.

    A first snapshot that an earlier version was in the middle of writing to the mirror begins again.
    """
    op.execute("DROP TABLE shown_collaboration")
    METADATA.create_all(op.get_bind(), tables=[SHOWN_COLLABORATION])
    op.execute("DROP INDEX shown_customer_manager_key")
    for index in (*SHOWN_CUSTOMER.indexes, *SHOWN_INVITATION.indexes):
        index.create(op.get_bind(), checkfirst=True)
    op.execute(
        "DELETE FROM session WHERE key IN ('cursor', 'loading')"
        " AND (SELECT value FROM session WHERE key = 'loading') = '\"first\"'"
    )
    op.execute(
        "INSERT OR REPLACE INTO session (key, value) SELECT 'stale', '1' WHERE EXISTS (SELECT 1 FROM present)"
    )

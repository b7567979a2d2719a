"""The queue of unlinked collaborations with what was found for them, kept between starts."""

from alembic import op

from app.storage.schema import LINKING_DIRTY, LINKING_KEY, LINKING_MEMBER, LINKING_QUEUE, METADATA

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables where the first revision, which makes those of today, has not made them already."""
    tables = [LINKING_QUEUE, LINKING_MEMBER, LINKING_KEY, LINKING_DIRTY]
    METADATA.create_all(op.get_bind(), tables=tables, checkfirst=True)
    op.execute("INSERT OR IGNORE INTO linking_dirty (type, id) VALUES ('everything', '')")

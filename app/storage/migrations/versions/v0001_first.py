"""The first tables."""

from alembic import op

from app.storage.schema import METADATA, PRESENT_VIEW, SEARCH_INDEX

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables, indexes, the view and the search index."""
    METADATA.create_all(op.get_bind())
    op.execute(SEARCH_INDEX)
    op.execute(PRESENT_VIEW)

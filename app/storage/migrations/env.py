"""Runs the revisions on the connection that app.storage.opening passes in; they run in no other way."""

from alembic import context

from app.storage.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()

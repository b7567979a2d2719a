"""Alembic's revisions of the client's database; run in process by app.storage.opening."""

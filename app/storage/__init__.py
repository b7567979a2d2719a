"""The client's encrypted cache and outbox, and the only SQLAlchemy of the client."""

"""The server's database, and the only SQLAlchemy of the server."""

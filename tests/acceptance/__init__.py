"""The whole program against the real server."""

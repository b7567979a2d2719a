"""The databases of the server's tests, for stories that run on both."""

from __future__ import annotations

from tests.server.conftest import cluster, database

__all__ = ["cluster", "database"]

"""Statements of the hot paths, run by the driver itself on SQLAlchemy's connection.

Building and wrapping a statement costs SQLAlchemy more than SQLite needs to run it, and some ten of them
belong to each command. Transactions, pooling and errors stay SQLAlchemy's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

_NAME = re.compile(r"(?<!:):([a-z_][a-z_0-9]*)")


class Statement:
    """One statement with named parameters (``:name``), the same text on both databases unless two are given.

    Times are passed as the database keeps them: nothing is converted here.
    """

    def __init__(self, sql: str, postgresql: str = "") -> None:
        self._sqlite = sql
        self._postgresql = _NAME.sub(r"%(\1)s", (postgresql or sql).replace("%", "%%"))

    @property
    def text(self) -> str:
        """Return the statement as SQLite gets it."""
        return self._sqlite

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Run it and return its rows. Raises SQLAlchemy's DBAPIError, as the connection itself does."""
        cursor = self._run(connection, values)
        try:
            found: list[tuple[Any, ...]] = cursor.fetchall()
        finally:
            cursor.close()
        return found

    def row(self, connection: Connection, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """Run it and return its first row, or None."""
        found = self.rows(connection, values)
        return found[0] if found else None

    def run(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """Run it and return how many rows it changed."""
        cursor = self._run(connection, values)
        count: int = cursor.rowcount
        cursor.close()
        return count

    def run_many(self, connection: Connection, many: Sequence[Mapping[str, Any]]) -> None:
        """Run it for each of the values."""
        for values in many:
            self.run(connection, values)

    def _run(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        if not connection.in_transaction():
            connection.begin()
        cursor = connection.connection.cursor()
        is_sqlite = connection.dialect.name == "sqlite"
        statement = self._sqlite if is_sqlite else self._postgresql
        try:
            cursor.execute(statement, values)
        except Exception as error:
            cursor.close()
            base = connection.dialect.loaded_dbapi.Error
            if not isinstance(error, base):
                raise
            raise DBAPIError.instance(
                statement, None, error, base, hide_parameters=True, dialect=connection.dialect
            ) from error
        return cursor

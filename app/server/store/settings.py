"""Settings that every process of a server shares, such as the keys that sign cursors."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.dialects import postgresql, sqlite

from app.server.store.engine import READ_OPTION
from app.server.store.tables import server_setting
from app.server.store.writing import Writing


class ServerSettings:
    """Texts by name."""

    def __init__(self, engine: Engine, writing: Writing) -> None:
        self._engine = engine
        self._writing = writing

    def find(self, key: str) -> str | None:
        """Return the setting, or None."""
        with self._engine.connect() as plain:
            connection = plain.execution_options(**{READ_OPTION: True})
            return connection.execute(_select(key)).scalar()

    def put(self, key: str, value: str) -> None:
        """Write the setting."""
        with self._writing.begin() as connection:
            statement = _insert(connection.dialect.name).values(key=key, value=value)
            connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": value}))

    def find_or_put(self, key: str, value: str) -> str:
        """Return the setting; where there is none yet, write this one. Two processes get the same answer."""
        with self._writing.begin() as connection:
            statement = _insert(connection.dialect.name).values(key=key, value=value)
            connection.execute(statement.on_conflict_do_nothing())
            return str(connection.execute(_select(key)).scalar_one())


def _select(key: str) -> Any:
    return select(server_setting.c.value).where(server_setting.c.key == key)


def _insert(dialect: str) -> Any:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(server_setting)

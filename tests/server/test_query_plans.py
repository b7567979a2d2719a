"""Reading what hangs on one customer never walks through all records of a type."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from app.server.store import open_store
from app.server.store.rows import _BY_LOOKUP, _CHILDREN, _OF_CUSTOMER

KEYS = {"customer": (_OF_CUSTOMER, "customer_id=?"), "parent": (_CHILDREN, "parent_id=?")}
KEYS |= {"lookup": (_BY_LOOKUP, "lookup=?")}


@pytest.mark.parametrize("kind", KEYS)
def test_index_is_used(tmp_path: Path, kind: str) -> None:
    statement, condition = KEYS[kind]
    store = open_store(f"sqlite:///{tmp_path / 'server.db'}")
    try:
        with store.engine.connect() as connection:
            plan = connection.execute(
                text(f"EXPLAIN QUERY PLAN {statement.text}"),
                {"firm_id": "fi_1", "type": "contact", "key": "k"},
            ).fetchall()
        assert any(condition in row[3] for row in plan), plan
    finally:
        store.close()

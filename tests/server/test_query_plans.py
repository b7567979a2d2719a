"""Reading what hangs on one customer never walks through all records of a type."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from app.server.store import open_store
from app.server.store.devices import _START
from app.server.store.grants import _BY_CALENDAR, _customers_before
from app.server.store.rows import _BY_LOOKUP, _CHILDREN, _DUE, _OF_CUSTOMER, _TURNING

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


def test_what_is_due_is_found_by_its_day(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'server.db'}")
    days = {"day": "2026-11-25", "since": "2026-11-01", "today": "2026-11-25"}
    try:
        with store.engine.connect() as connection:
            for statement, indexes in (
                (_DUE, {"record_to_on"}),
                (_TURNING, {"record_to_on", "record_from_on"}),
                (_BY_CALENDAR, {"record_to_on", "record_from_on"}),
            ):
                plan = connection.execute(
                    text(f"EXPLAIN QUERY PLAN {statement.text}"),
                    {"firm_id": "f", "type": "invitation", **days},
                ).fetchall()
                steps = " ".join(row[3] for row in plan)
                assert all(f"{index} " in steps for index in indexes), steps
    finally:
        store.close()


def test_what_comes_before_each_command_walks_through_nothing(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'server.db'}")
    names = ("firm_id", "device_id", "staff_id", "command_id", "type0", "type1", "id0", "id1")
    try:
        with store.engine.connect() as connection:
            for statement, tables in ((_START, "dsfo"), (_customers_before(2), "r")):
                plan = connection.execute(
                    text(f"EXPLAIN QUERY PLAN {statement.text}"), dict.fromkeys(names, "x")
                ).fetchall()
                steps = [row[3] for row in plan]
                assert len(steps) >= len(tables), steps
                assert [step for step in steps if step.startswith("SCAN") and " h " not in step] == [], steps
                records = [step for step in steps if "autoindex_record_1" in step]
                assert len(records) == (2 if tables == "dsfo" else 1), steps
                assert all("type=? AND id=?" in step for step in records), steps
    finally:
        store.close()

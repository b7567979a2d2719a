"""A stolen laptop: no word of a customer in any file of the client, while it works and after it."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.commands import UpdateCustomer
from app.server.store import open_store
from app.storage.opening import copy_aside
from tests.server.sync_site import ANNA, BO, customer, sync_site
from tests.support.clocks import FixedClock
from tests.sync.desk import KEY, Desk, open_desk

CANARY = "KANARIEFÅGEL"
ROW = customer(1, name=f"{CANARY} AB", organisation_number="165560360793")
NUMBERS = ("165560360793", "556036-0793")


def files_with_canary(folder: Path) -> list[str]:
    """Return the files that hold the canary or a number, in any of the encodings that text has in files."""
    words = [word.encode(code) for word in (CANARY, *NUMBERS) for code in ("utf-8", "utf-16-le", "latin-1")]
    return [
        str(path.relative_to(folder))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and any(word in path.read_bytes() for word in words)
    ]


def test_no_file_of_the_client_holds_the_canary(tmp_path: Path) -> None:
    clock, folder = FixedClock(), tmp_path / "desk"
    store = open_store(f"sqlite:///{tmp_path / 'server.db'}", clock=clock)
    with sync_site(store) as site:
        site.write(ROW, *[customer(n, name=f"{CANARY} {n}") for n in range(2, 300)])
        with open_desk(site, ANNA, folder, clock) as desk:
            desk.round()
            change = {"name": {"from": ROW.name, "to": f"{CANARY} Ny AB"}}
            desk.workspace.enqueue([UpdateCustomer(customer_id=ROW.id, set=change)])
            # While it is open: the write-ahead log, its index, and whatever SQLite puts beside them.
            assert (folder / "cache.db-wal").stat().st_size > 0
            assert files_with_canary(folder) == []
            desk.round()
            copy_aside(desk.database.path, KEY, folder / "aside", clock.now())
            assert files_with_canary(folder) == []
    store.close()
    assert files_with_canary(folder) == []
    assert sorted(path.name for path in folder.iterdir()) == ["aside", "cache.db"]


@pytest.mark.parametrize("name", ["plain.db", "notes.log"])
def test_search_finds_a_canary(tmp_path: Path, name: str) -> None:
    """The control: in a file without cipher it is found."""
    if name.endswith(".db"):
        connection = sqlite3.connect(tmp_path / name)
        connection.execute("CREATE TABLE customer (name TEXT)")
        connection.execute("INSERT INTO customer VALUES (?)", (ROW.name,))
        connection.commit()
        connection.close()
    else:
        (tmp_path / name).write_text(f"sent {ROW.name}", encoding="utf-8")
    assert files_with_canary(tmp_path) == [name]


def tables_with_canary(desk: Desk) -> set[str]:
    """Return the tables that hold the canary or a number: what is shown, search and its own tables, too."""
    found: set[str] = set()
    with desk.database.read() as unit:
        for (table,) in unit.rows("SELECT name FROM sqlite_master WHERE type = 'table'"):
            told = str([tuple(row) for row in unit.rows(f'SELECT * FROM "{table}"')])
            if any(word in told for word in (CANARY, CANARY[:3].lower(), *NUMBERS)):
                found.add(table)
    return found


def test_a_customer_that_is_no_longer_mine_leaves_every_table(tmp_path: Path) -> None:
    """Pages are overwritten (``secure_delete``); a name may lie in pieces in the tables of the search."""
    clock, store = FixedClock(), open_store(f"sqlite:///{tmp_path / 'server.db'}", clock=FixedClock())
    with sync_site(store) as site:
        mine = replace(ROW, account_manager_id=BO.id)
        site.write(mine, customer(2, account_manager_id=BO.id))
        with open_desk(site, BO, tmp_path / "desk", clock) as desk:
            desk.round()
            assert tables_with_canary(desk) >= {"mirror", "shown_customer", "shown_search_data"}
            site.write(replace(mine, account_manager_id=ANNA.id))
            desk.round()
            assert desk.names() == ["Kund 2 AB"]
            assert tables_with_canary(desk) == set()
            with desk.database.read() as unit:
                assert unit.rows("PRAGMA secure_delete") == [(1,)]
    store.close()

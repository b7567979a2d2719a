"""The audit chain: whole as it is written and after an erasure, and every tampering is named."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text

from app.server.audit.verifying import Break, find_break, verify_firm
from app.server.store import AuditEntry, ChainEnd, Store
from app.server.store.tenancy import enter_firm
from tests.server.sync_site import FIRM, OTHER_FIRM, SyncSite, create

Chain = tuple[list[AuditEntry], ChainEnd]


@pytest.fixture
def chain(site: SyncSite) -> Chain:
    site.client().push(create(1), create(2), create(3))
    with site.store.read(FIRM) as snapshot:
        return snapshot.list_audit(), snapshot.chain_end


def run(store: Store, statement: str) -> None:
    with store.engine.begin() as connection:
        enter_firm(connection, FIRM)
        connection.execute(text(statement))


def test_each_command_that_did_something_has_one_entry(site: SyncSite) -> None:
    anna = site.client()
    command = anna.wire(create(1))
    anna.send(command)
    anna.send(command)
    anna.push(create(2, name=" "))
    with site.store.read(FIRM) as snapshot:
        sources = [entry.detail for entry in snapshot.list_audit() if command["id"] in (entry.detail or "")]
        assert len(sources) == 1
        assert len(snapshot.list_audit()) == 3
    assert verify_firm(site.store, FIRM) is None
    assert verify_firm(site.store, OTHER_FIRM) is None


def test_every_flipped_letter_is_named(chain: Chain) -> None:
    entries, end = chain
    assert find_break(entries, end) is None
    assert len(entries) == 5
    for number, entry in enumerate(entries, 1):
        for name in ("at", "commitment", "hash", "detail"):
            written: str = getattr(entry, name)
            for position in range(0, len(written), 9):
                other = "0" if written[position] != "0" else "1"
                flipped = written[:position] + other + written[position + 1 :]
                tampered = [*entries]
                tampered[number - 1] = replace(entry, **{name: flipped})
                what = "detail" if name == "detail" else "hash"
                assert find_break(tampered, end) == Break(number, what), (number, name, position)


def test_every_missing_or_added_entry_is_named(chain: Chain) -> None:
    entries, end = chain
    for number in range(1, len(entries)):
        assert find_break(entries[: number - 1] + entries[number:], end) == Break(number, "missing")
    assert find_break(entries[:-1], end) == Break(len(entries), "end")
    assert find_break(entries, ChainEnd(4, entries[3].hash)) == Break(5, "end")
    swapped = [entries[1], entries[0], *entries[2:]]
    assert find_break(swapped, end) == Break(1, "missing")


def test_tampering_in_the_database_is_seen_and_an_erasure_leaves_the_chain_whole(site: SyncSite) -> None:
    site.client().push(create(1), create(2))
    run(site.store, "DELETE FROM audit_detail WHERE firm_id = 'fi_1' AND number = 2")
    assert verify_firm(site.store, FIRM) is None
    run(site.store, "UPDATE audit_detail SET detail = '{}' WHERE firm_id = 'fi_1' AND number = 3")
    assert verify_firm(site.store, FIRM) == Break(3, "detail")

"""The audit chain: whole as it is written and after an erasure, and every tampering is named."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from app.commandline.entry import run_program
from app.server.administration import verify_audit
from app.server.assembly import shared_key
from app.server.audit.sealing import Seal, heads_in_log, seal_day
from app.server.audit.verifying import Break, find_break, verify_firm
from app.server.logs import JsonFormatter, TextFormatter
from app.server.store import AuditEntry, ChainEnd, SealedHead, Store, commitment_of, hash_of, open_store
from app.server.store.tenancy import enter_firm
from tests.server.sync_site import FIRM, OTHER_FIRM, SyncSite, create, sync_site
from tests.support.clocks import FixedClock

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


def broken(store: Store, firm_id: str = FIRM) -> Break | None:
    return verify_firm(store, firm_id).first_break


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
    assert broken(site.store) is None
    assert broken(site.store, OTHER_FIRM) is None


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


def test_every_flipped_byte_of_a_salt_is_named(chain: Chain) -> None:
    entries, end = chain
    for place, entry in enumerate(entries):
        assert entry.salt is not None
        for position in range(len(entry.salt)):
            flipped = bytearray(entry.salt)
            flipped[position] ^= 1
            tampered = [*entries]
            tampered[place] = replace(entry, salt=bytes(flipped))
            assert find_break(tampered, end) == Break(entry.number, "detail")


@pytest.mark.parametrize("table", ["audit_entry", "audit_detail"])
@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_every_row_deleted_in_the_database_is_named(site: SyncSite, table: str, number: int) -> None:
    site.client().push(create(1), create(2))
    assert broken(site.store) is None
    run(site.store, f"DELETE FROM audit_detail WHERE firm_id = 'fi_1' AND number = {number}")
    what = "detail_missing"
    if table == "audit_entry":
        run(site.store, f"DELETE FROM audit_entry WHERE firm_id = 'fi_1' AND number = {number}")
        what = "end" if number == 4 else "missing"
    assert broken(site.store) == Break(number, what)


def test_other_details_in_the_database_are_named(site: SyncSite) -> None:
    site.client().push(create(1), create(2))
    run(site.store, "UPDATE audit_detail SET detail = '{}' WHERE firm_id = 'fi_1' AND number = 3")
    assert broken(site.store) == Break(3, "detail")


def seal_it(store: Store, seal: Seal) -> SealedHead | None:
    with store.write(FIRM) as transaction:
        return seal_day(transaction, seal, store.clock.today())


def test_a_chain_that_was_made_anew_does_not_fit_the_signed_head(site: SyncSite, clock: FixedClock) -> None:
    """Whoever can write everything in the database can make a chain that is whole in itself."""
    seal = Seal(b"s" * 32)
    anna = site.client()
    anna.push(create(1), create(2))
    head = seal_it(site.store, seal)
    assert head is not None
    assert seal.fits(head)
    assert seal_it(site.store, seal) is None
    anna.push(create(3))
    clock.advance(timedelta(days=1))
    assert seal_it(site.store, seal) is not None
    assert verify_firm(site.store, FIRM, seal.fits).first_break is None
    with site.store.read(FIRM) as snapshot:
        entries, heads = snapshot.list_audit(), snapshot.list_heads()
    forged: list[AuditEntry] = []
    end = ChainEnd(0, "")
    for entry in entries:
        at = "2026-01-01T00:00:00+00:00"
        end = ChainEnd(entry.number, hash_of(end.hash, entry.number, at, entry.commitment))
        forged.append(replace(entry, at=at, hash=end.hash))
    assert find_break(forged, end) is None
    assert find_break(forged, end, heads, seal.fits) == Break(head.number, "head")
    mine = replace(heads[0], hash=forged[head.number - 1].hash)
    assert find_break(forged, end, [mine, *heads[1:]], seal.fits) == Break(head.number, "signature")
    resigned = [Seal(b"t" * 32).sign(replace(one, hash=forged[one.number - 1].hash)) for one in heads]
    assert find_break(forged, end, resigned, seal.fits) == Break(head.number, "signature")
    short = ChainEnd(head.number, head.hash)
    assert find_break(entries[: head.number], short, heads, seal.fits) == Break(head.number + 1, "end")


def test_a_clock_that_was_wrong_once_does_not_end_the_signing(site: SyncSite, clock: FixedClock) -> None:
    seal = Seal(b"s" * 32)
    anna = site.client()
    anna.push(create(1))
    clock.advance(timedelta(days=3650))
    assert seal_it(site.store, seal) is not None
    clock.advance(-timedelta(days=3650))
    anna.push(create(2))
    head = seal_it(site.store, seal)
    assert head is not None
    assert seal_it(site.store, seal) is None, "once a day"
    with site.store.read(FIRM) as snapshot:
        assert head.number == snapshot.chain_end.number
    assert verify_firm(site.store, FIRM, seal.fits).first_break is None


def test_a_copy_of_a_head_outside_the_database_finds_what_the_database_hides(site: SyncSite) -> None:
    seal = Seal(b"s" * 32)
    site.client().push(create(1), create(2))
    copy = seal_it(site.store, seal)
    assert copy is not None
    run(site.store, "DELETE FROM audit_head WHERE firm_id = 'fi_1'")
    run(site.store, "DELETE FROM audit_detail WHERE firm_id = 'fi_1' AND number > 3")
    run(site.store, "DELETE FROM audit_entry WHERE firm_id = 'fi_1' AND number > 3")
    with site.store.read(FIRM) as snapshot:
        third = snapshot.list_audit()[-1].hash
    cut = f"UPDATE firm_head SET audit_number = 3, audit_hash = '{third}' WHERE firm_id = 'fi_1'"
    run(site.store, cut)
    assert broken(site.store) == Break(4, "version"), "the firm's last version has no entry"
    run(site.store, "UPDATE firm_head SET head = 2 WHERE firm_id = 'fi_1'")
    assert broken(site.store) == Break(4, "version"), "there is a newer record"
    run(site.store, "UPDATE firm_head SET writing = 2 WHERE firm_id = 'fi_1'")
    run(site.store, "UPDATE record SET rev = 2 WHERE firm_id = 'fi_1' AND rev > 2")
    assert broken(site.store) is None, "nothing in the database tells of it any more"
    assert verify_firm(site.store, FIRM, seal.fits, [copy]).first_break == Break(4, "end")


def made_anew(entries: list[AuditEntry]) -> Chain:
    """Return a chain of these entries' times and details that is whole in itself."""
    end, written = ChainEnd(0, ""), list[AuditEntry]()
    for number, entry in enumerate(entries, 1):
        assert entry.salt is not None
        assert entry.detail is not None
        commitment = commitment_of(entry.salt, entry.detail)
        end = ChainEnd(number, hash_of(end.hash, number, entry.at, commitment))
        written.append(replace(entry, number=number, commitment=commitment, hash=end.hash))
    return written, end


def test_entries_that_were_taken_out_or_put_in_are_missed_in_a_chain_that_was_made_anew(chain: Chain) -> None:
    """Each of the firm's versions has its entry: a chain that fits in itself does not fit them."""
    entries, _ = chain
    told = [json.loads(entry.detail or "")["rev"] for entry in entries]
    assert told == [1, 2, 2, 3, 4], "the device's registration changed no record"
    assert find_break(*made_anew(entries), version=4) is None
    for place, missed in ((0, 1), (3, 4), (4, 5)):
        fewer = made_anew([*entries[:place], *entries[place + 1 :]])
        assert find_break(*fewer, version=4) == Break(missed, "version")
    assert find_break(*made_anew(entries[:-1])) is None, "the control: without the firm's version it is whole"
    swapped = made_anew([*entries[:3], entries[4], entries[3]])
    assert find_break(*swapped, version=4) == Break(4, "version")
    assert entries[0].detail is not None
    late = replace(entries[0], detail=entries[0].detail.replace('"rev":1', '"rev":6'))
    assert find_break(*made_anew([*entries, late]), version=4) == Break(6, "version")
    erasure = replace(late, detail='{"source":"erasure","rev":5,"numbers":[3,4]}')
    kept, end = made_anew([*entries, erasure])
    erased = [*kept[:2], *(replace(entry, salt=None, detail=None) for entry in kept[2:4]), *kept[4:]]
    assert find_break(erased, end, version=5) is None, "an erasure takes their versions with it"


def test_heads_can_be_taken_from_the_log_and_tell_of_a_firm_that_is_gone(
    site: SyncSite, caplog: pytest.LogCaptureFixture
) -> None:
    seal = Seal(shared_key(site.store, "audit_key"))
    site.client().push(create(1), create(2))
    with caplog.at_level("INFO", "samverka.audit"):
        head = seal_it(site.store, seal)
    assert head is not None
    lines = [
        formatter.format(record)
        for formatter in (TextFormatter(), JsonFormatter())
        for record in caplog.records
        if record.name == "samverka.audit"
    ]
    assert heads_in_log("\n".join(["nov 26 09:00 server samverka[7]: started", *lines])) == [head, head]
    assert heads_in_log(lines[0].replace(head.hash, head.hash[:-1])) != [head]
    elsewhere = seal.sign(replace(head, firm_id="fi_gone"))
    _, verified = verify_audit(site.store, copies=[head, elsewhere])
    assert {firm_id: found.first_break for firm_id, found in verified.items()} == {
        FIRM: None,
        OTHER_FIRM: None,
        "fi_gone": Break(0, "firm"),
    }
    assert verified[FIRM].compared == 1


def test_the_command_names_the_first_broken_entry(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], clock: FixedClock
) -> None:
    database = tmp_path / "server.db"
    store = open_store(str(database), clock=clock)
    with sync_site(store) as site:
        site.client().push(create(1), create(2))
        site.assembly.customer_side.run_until_quiet()
    words = ["server", "verify-audit", "--database", str(database)]
    assert run_program([*words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    mine = next(firm for firm in told["firms"] if firm["firm_id"] == FIRM)
    assert (mine["whole"], mine["entries"], len(mine["heads"])) == (True, 4, 1)
    heads = tmp_path / "heads.json"
    heads.write_text(json.dumps(told), encoding="utf-8")
    assert run_program([*words, "--against", str(heads)]) == 0
    said = capsys.readouterr().out
    assert "Byrån AB: hel. Poster: 4, varav raderade: 0." in said
    assert "Signerad 2026-11-23 till och med post 4. Poster därefter, ännu inte signerade: 0." in said
    assert "Stämmer med filens signaturer, 1 stycken." in said
    run(store, "UPDATE audit_detail SET detail = '{}' WHERE firm_id = 'fi_1' AND number = 2")
    store.close()
    assert run_program([*words, "--firm", FIRM]) == 3
    assert "Byrån AB: bruten vid post 2: postens innehåll är ändrat." in capsys.readouterr().out
    for content in ("[]", '{"firms": []}', "a log of a server that has signed nothing"):
        heads.write_text(content, encoding="utf-8")
        assert run_program([*words, "--against", str(heads)]) == 2
        assert "heads.json" in capsys.readouterr().err

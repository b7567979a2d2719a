"""A database that was put back from a backup is noticed, and begins a new life when it is told."""

from __future__ import annotations

import io
import json
import shutil
import sys
from pathlib import Path

import pytest
from sqlalchemy import update

from app.commandline.entry import run_program
from app.domain.commands import CreateCustomer
from app.domain.ids import new_id
from app.domain.records import Customer
from app.errors import StorageError
from app.server.continuity import continuous
from app.server.store import Store, open_store
from app.server.store.restoring import (
    IDENTITY,
    StateFile,
    begin_new_life,
    check_not_restored,
    read_lives,
    remember,
    state_path,
)
from app.server.store.tables import firm_head
from app.server.store.tenancy import enter_firm
from tests.server.portal_site import MAJA, PER, portal_site
from tests.server.sync_site import ANNA, FIRM, SyncSite, sync_site
from tests.support.clocks import FixedClock

REPLACES = "Det här mejlet ersätter ett tidigare."


def a_customer(name: str) -> CreateCustomer:
    return CreateCustomer(customer=Customer(id=new_id("cu"), customer_number=name, name=name))


def test_a_database_that_goes_back_is_refused_until_it_is_told(site: SyncSite, tmp_path: Path) -> None:
    state = StateFile(tmp_path / "heads")
    store = site.store
    remember(store, state)
    check_not_restored(store, state)
    lives = read_lives(store)
    # As if more had been seen than the database holds now.
    later = {firm: type(life)(life.epoch, life.head + 3) for firm, life in lives.items()}
    state.write(later)
    with pytest.raises(StorageError, match="database_restored"):
        check_not_restored(store, state)
    restored = begin_new_life(store, state)
    assert {firm.firm_id: firm.lost_versions for firm in restored}[FIRM] == 3
    assert read_lives(store)[FIRM].epoch != lives[FIRM].epoch
    check_not_restored(store, state)


def test_clients_hear_of_the_new_epoch_and_send_again(site: SyncSite) -> None:
    anna = site.client(ANNA)
    assert anna.push(a_customer("Ask"))[0]["status"] == "applied"
    cursor = anna.page().json()["cursor"]
    begin_new_life(site.store, StateFile(None))
    answer = anna.page(cursor)
    assert answer.status_code == 410
    assert answer.json()["reason"] == "epoch"
    refused = anna.send(anna.wire(a_customer("Björk")))
    assert refused.status_code == 409
    assert refused.json()["code"] == "epoch-changed"


def test_a_database_that_is_put_back_under_a_running_server_is_not_written_to(
    site: SyncSite, database: str
) -> None:
    """At once, and by whoever writes, until it is told that it was."""
    anna = site.client(ANNA)
    before = read_lives(site.store)[FIRM].head
    assert anna.push(a_customer("Ask"))[0]["status"] == "applied"
    with site.store.engine.begin() as connection:
        enter_firm(connection, FIRM)
        connection.execute(update(firm_head).where(firm_head.c.firm_id == FIRM).values(head=before))
    command = anna.wire(a_customer("Björk"))
    for _ in range(2):
        answer = anna.send(command)
        assert (answer.status_code, answer.json()["detail"]) == (503, "database_restored")
        assert answer.headers["retry-after"]
    with pytest.raises(StorageError, match="database_restored"), site.store.write(FIRM):
        pass
    assert read_lives(site.store)[FIRM].head == before
    told = open_store(database, clock=FixedClock())
    begin_new_life(told, StateFile(None))
    told.close()
    assert anna.send(command).json()["code"] == "epoch-changed"
    anna.register()
    assert anna.push(a_customer("Björk"))[0]["status"] == "applied", "and it goes on in its new life"


def test_a_firm_that_is_gone_as_a_whole_is_noticed(store: Store, tmp_path: Path) -> None:
    state = StateFile(tmp_path / "heads")
    with sync_site(store):
        remember(store, state)
    lives = state.read()
    state.write(lives | {"fi_gone": lives[FIRM]})
    with pytest.raises(StorageError, match="database_restored"):
        check_not_restored(store, state)


def test_a_note_of_more_than_there_is_now_is_not_written_over(store: Store, tmp_path: Path) -> None:
    """Commits that are lost while it is served are told of at the next start, however many come after it."""
    state = StateFile(tmp_path / "heads")
    with sync_site(store):
        lives = read_lives(store)
    later = {firm: type(life)(life.epoch, life.head + 1) for firm, life in lives.items()}
    with continuous(store, state, mends_itself=False):
        state.write(later)
    assert state.read() == later
    with pytest.raises(StorageError, match="database_restored"), continuous(store, state, mends_itself=False):
        pass
    begin_new_life(store, state)
    with continuous(store, state, mends_itself=False):
        pass


def test_an_embedded_server_begins_its_new_life_by_itself(store: Store, tmp_path: Path) -> None:
    state = StateFile(tmp_path / "heads")
    with sync_site(store):
        lives = read_lives(store)
    state.write({firm: type(life)(life.epoch, life.head + 1) for firm, life in lives.items()})
    with continuous(store, state, mends_itself=True):
        assert read_lives(store)[FIRM].epoch != lives[FIRM].epoch
    assert state.read() == read_lives(store)


@pytest.mark.postgresql
def test_another_database_with_the_same_content_is_noticed(store: Store) -> None:
    if store.is_embedded:
        pytest.skip("a file has no identity of its own")
    check_not_restored(store, StateFile(None))
    store.settings.put(IDENTITY, "another/database")
    with pytest.raises(StorageError, match="database_restored"):
        check_not_restored(store, StateFile(None))
    begin_new_life(store, StateFile(None))
    check_not_restored(store, StateFile(None))


def test_the_command_restores_and_says_what_it_means(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    database = tmp_path / "server.db"
    store = open_store(str(database), clock=FixedClock())
    with sync_site(store) as site:
        store.engine.dispose()
        shutil.copy(database, tmp_path / "yesterday.db")
        site.client(ANNA).push(a_customer("Ask"))
        remember(store, StateFile(state_path(str(database))))
    store.close()
    for path in tmp_path.glob("server.db-*"):
        path.unlink()
    shutil.copy(tmp_path / "yesterday.db", database)
    reopened = open_store(str(database), clock=FixedClock())
    with pytest.raises(StorageError, match="database_restored"):
        check_not_restored(reopened, StateFile(state_path(str(database))))
    reopened.close()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    assert run_program(["server", "restore", "--database", str(database), "--json"]) == 0
    firms = json.loads(capsys.readouterr().out)["firms"]
    assert {firm["firm_id"]: firm["lost_versions"] for firm in firms}[FIRM] == 1
    again = open_store(str(database), clock=FixedClock())
    check_not_restored(again, StateFile(state_path(str(database))))
    again.close()


@pytest.mark.parametrize("is_replay", [False, True])
def test_mails_of_what_is_sent_again_say_that_they_replace_earlier_ones(
    database: str, *, is_replay: bool
) -> None:
    with portal_site(database) as site:
        site.is_replay = is_replay
        site.invite("scanner")
        site.register_farm()
        invitation, login = site.mails(PER)[-1], site.mails(MAJA)[-1]
    for mail in (invitation, login):
        assert (REPLACES in " ".join(mail.text.split())) is is_replay, mail.text


@pytest.mark.parametrize("content", ["", "[]", '{"firms": 3}', '{"firms": {"fi": [1]}}', "\x00"])
def test_a_state_file_that_cannot_be_read_is_no_reason_to_refuse(tmp_path: Path, content: str) -> None:
    path = tmp_path / "heads"
    path.write_text(content, encoding="utf-8")
    assert StateFile(path).read() == {}


def test_where_a_server_remembers(tmp_path: Path) -> None:
    assert state_path("sqlite:////var/lib/s/server.db") == Path("/var/lib/s/server.db.heads")
    assert state_path("postgresql://u:p@h/samverka") is None
    assert state_path("postgresql://u:p@h/samverka", str(tmp_path)) == tmp_path / "samverka.heads"

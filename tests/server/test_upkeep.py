"""What the server does once a day: it seals, and forgets what is old without telling anybody a lie."""

from __future__ import annotations

from datetime import timedelta

from app.domain.commands import RemoveContact
from app.domain.ids import new_id
from app.domain.records import Contact
from app.server.audit.sealing import Seal
from app.server.store import Store
from app.server.store.queues import DONE
from app.server.upkeep import OUTCOMES_KEPT, QUEUE_ROWS_KEPT, TOMBSTONES_KEPT, UpkeepWorker
from tests.server.portal_site import portal_site
from tests.server.sync_site import ANNA, FIRM, Client, SyncSite, create, customer
from tests.support.clocks import FixedClock

DAY = timedelta(days=1)


def signed_in_again(site: SyncSite, client: Client) -> Client:
    """Return the same device with a new token: those of 15 minutes are over."""
    client.token = site.token(FIRM, ANNA.id)
    return client


def test_each_day_is_sealed_once_by_however_many_processes(site: SyncSite, clock: FixedClock) -> None:
    workers = [UpkeepWorker(site.store, Seal(b"s" * 32)) for _ in range(2)]
    assert [worker.run_once() for worker in workers] == [2, 0]
    assert workers[0].run_once() == 0
    clock.advance(DAY)
    assert workers[0].next_due_at() == clock.now()
    assert [worker.run_once() for worker in workers] == [2, 0]
    with site.store.read(FIRM) as snapshot:
        assert [head.day for head in snapshot.list_heads()] == ["2026-11-23", "2026-11-24"]


def test_old_tombstones_go_and_who_was_away_for_longer_fetches_anew(
    site: SyncSite, clock: FixedClock
) -> None:
    worker = UpkeepWorker(site.store, Seal(b"s" * 32))
    anna = site.client()
    one = customer(1)
    contacts = [Contact(id=new_id("ct"), customer_id=one.id, name=f"Kim {n}") for n in range(2)]
    site.write(one, *contacts)
    _, before = anna.pull()
    anna.push(RemoveContact(contact_id=contacts[0].id))
    _, after = anna.pull(before)
    clock.advance(DAY)
    worker.run_once()
    signed_in_again(site, anna).push(RemoveContact(contact_id=contacts[1].id))
    clock.advance(TOMBSTONES_KEPT - DAY)
    worker.run_once()
    signed_in_again(site, anna)
    assert anna.page(before).status_code == 200
    clock.advance(DAY)
    worker.run_once()
    signed_in_again(site, anna)
    answer = anna.page(before)
    assert (answer.status_code, answer.json()["reason"]) == (410, "expired")
    changes, _ = anna.pull(after)
    assert changes[("contact", contacts[1].id)]["removed"] == "deleted"


def test_an_outcome_is_told_for_a_year_and_never_run_again_after_it(
    site: SyncSite, clock: FixedClock
) -> None:
    worker = UpkeepWorker(site.store, Seal(b"s" * 32))
    anna = site.client()
    command = anna.wire(create(1))
    anna.send(command)
    clock.advance(OUTCOMES_KEPT)
    worker.run_once()
    signed_in_again(site, anna)
    assert anna.send(command).json()["results"][0]["status"] == "applied"
    clock.advance(DAY)
    worker.run_once()
    signed_in_again(site, anna)
    answer = anna.send(command)
    assert (answer.status_code, answer.json()["code"]) == (409, "outcome-expired")
    [result] = anna.push(create(2))
    assert result["status"] == "applied"


def test_rows_of_the_outboxes_go_when_they_are_done_and_old(database: str, clock: FixedClock) -> None:
    with portal_site(database, clock=clock) as site:
        site.invite("scanner")
        assert count_done(site.store) > 2
        with site.store.write("fi_1") as transaction:
            transaction.connection.exec_driver_sql(
                "UPDATE mail_outbox SET state = 'waiting' WHERE id = (SELECT min(id) FROM mail_outbox)"
            )
        worker = UpkeepWorker(site.store, Seal(b"s" * 32))
        clock.advance(QUEUE_ROWS_KEPT - DAY)
        worker.run_once()
        assert count_done(site.store) > 1
        clock.advance(2 * DAY)
        worker.run_once()
        assert count_done(site.store) == 0
        assert site.store.mail_queue.measure().waiting == 1


def count_done(store: Store) -> int:
    with store.engine.connect() as connection:
        return sum(
            connection.exec_driver_sql(f"SELECT count(*) FROM {table} WHERE state = '{DONE}'").scalar_one()
            for table in ("mail_outbox", "vendor_outbox")
        )

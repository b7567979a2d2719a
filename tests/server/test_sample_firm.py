"""The sample firm on a server: loaded once, complete, and pulled like any other."""

from __future__ import annotations

from argon2 import PasswordHasher

from app.domain.records import Customer, Staff, keys_of, type_of
from app.server.application import build_application
from app.server.assembly import Assembly, assemble
from app.server.identity.passwords import Passwords
from app.server.sample import make_sample_firm
from app.server.store import Store
from tests.server.sync_site import Client, SyncSite
from tests.support.http_server import serving


def load(store: Store) -> Assembly:
    quick = Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    return assemble(
        store, version="test", local_url="http://127.0.0.1", sample=True, with_threads=False, passwords=quick
    )


def test_every_record_of_the_sample_firm_arrives_by_pull(store: Store) -> None:
    assembly = load(store)
    made = make_sample_firm(store.clock.now(), store.clock.today())
    customers = [record for record in made.records if isinstance(record, Customer)]
    named = {staff_id for one in customers if one.protected for staff_id in one.protected_staff_ids}
    sees_all = next(
        record
        for record in made.records
        if isinstance(record, Staff) and record.sees == "all" and record.id not in named
    )
    hidden = {one.id for one in customers if one.protected}
    expected = {
        (type_of(record), record.id) for record in made.records if keys_of(record).customer_id not in hidden
    }
    application = build_application(assembly.parts)
    with serving(application.asgi) as url:
        site = SyncSite(url, store, assembly)
        client = Client(url, site.token(made.firm.id, sees_all.id))
        client.register()
        pulled = set(client.pull(limit=500)[0])
    assert pulled == expected
    assert len(pulled) > 2000
    assert hidden, "the sample firm has a protected customer"


def test_it_is_loaded_once(store: Store) -> None:
    load(store)
    before = store.heads()
    assert load(store).parts.sample
    assert store.heads() == before

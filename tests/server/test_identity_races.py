"""Tokens that many ask for at once, and a sign-in that is ended while it is being renewed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from sqlalchemy import text

from app.server.identity.issuer import Issuer
from app.server.identity.sign_in_errors import GrantError
from app.server.store import Store
from app.server.store.entries import EntryRows, EntryTransaction
from tests.server.identity_site import KEY, REDIRECT, SignInSite, new_verifier, sign_in_site

MANY = 20


@pytest.fixture
def site(database: str) -> Iterator[SignInSite]:
    with sign_in_site(database) as running:
        yield running


@dataclass
class HeldRows(EntryRows):
    """The rows of another server process, which comes to a halt just before it commits."""

    rows: EntryRows
    written: threading.Event = field(default_factory=threading.Event)
    may_commit: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def write(self) -> Iterator[EntryTransaction]:
        with self.rows.write() as transaction:
            yield transaction
            self.written.set()
            assert self.may_commit.wait(60)

    @contextmanager
    def read(self) -> Iterator[EntryTransaction]:
        with self.rows.read() as transaction:
            yield transaction


def wait_until_somebody_waits(store: Store) -> None:
    """Return when a session of PostgreSQL waits for a lock; SQLite's writers wait in their own process."""
    if store.is_embedded:
        return
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    with store.engine.connect() as plain:
        connection = plain.execution_options(isolation_level="AUTOCOMMIT")
        while not connection.execute(waiting).scalar():
            pass


def test_a_sign_in_that_is_ended_while_it_is_renewed_is_ended(site: SignInSite) -> None:
    """The token that the renewal gives is not seen by who ends it until the renewal has been committed."""
    tokens = site.tokens()
    [session] = site.issuer.list_sessions("st_1")
    held = HeldRows(site.store.routing)
    elsewhere = Issuer(held, site.clock, KEY)
    with ThreadPoolExecutor(2) as pool:
        renewing = pool.submit(elsewhere.refresh, tokens["refresh_token"], "n-1")
        assert held.written.wait(60)
        ending = pool.submit(site.issuer.revoke_session, session.id, "lost_laptop")
        wait_until_somebody_waits(site.store)
        held.may_commit.set()
        given = renewing.result(60)
        ending.result(60)
    assert site.issuer.find_principal(given.access_token) is None
    with pytest.raises(GrantError):
        site.issuer.refresh(given.refresh_token, "n-2")


def test_twenty_renewals_with_one_nonce_are_one(site: SignInSite) -> None:
    token = site.tokens()["refresh_token"]
    with ThreadPoolExecutor(MANY) as pool:
        given = list(pool.map(lambda _: site.issuer.refresh(token, "n-1"), range(MANY)))
    assert len({each.refresh_token for each in given}) == 1
    assert site.issuer.find_principal(given[-1].access_token) is not None
    assert site.issuer.refresh(given[0].refresh_token, "n-2").access_token


def test_twenty_renewals_with_nonces_of_their_own_end_the_sign_in(site: SignInSite) -> None:
    token = site.tokens()["refresh_token"]

    def renew(number: int) -> str | None:
        try:
            return site.issuer.refresh(token, f"n-{number}").access_token
        except GrantError:
            return None

    with ThreadPoolExecutor(MANY) as pool:
        given = [access for access in pool.map(renew, range(MANY)) if access is not None]
    assert len(given) == 1
    assert site.issuer.find_principal(given[0]) is None
    assert site.issuer.list_devices("fi_1") == []


def test_a_code_that_twenty_bring_at_once_opens_nothing_in_the_end(site: SignInSite) -> None:
    verifier = new_verifier()
    code = site.code(verifier)

    def exchange(_: int) -> str | None:
        try:
            return site.issuer.exchange_code(code, verifier, REDIRECT).access_token
        except GrantError:
            return None

    with ThreadPoolExecutor(MANY) as pool:
        given = [access for access in pool.map(exchange, range(MANY)) if access is not None]
    assert len(given) == 1
    assert site.issuer.find_principal(given[0]) is None

"""A mail server that takes ten minutes over an e-mail: nobody else sends it, and the others go past it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from app.catalogue import load_catalogue
from app.domain.records import Firm
from app.server.mail.composing import Composer
from app.server.mail.keeping import Beat, Turns, beating
from app.server.mail.message import MailDelayedError, MailSignInError, OutgoingMail
from app.server.mail.ways import Patience
from app.server.mail.worker import LEASE, MAILS_AT_ONCE, MailRoute, MailWorker
from app.server.portal.links import Links
from tests.server.portal_site import ANNA, ELECTRICIAN, FIRM, PER, PortalSite, portal_site

PATIENCE = 60.0
SCANNING = timedelta(seconds=Patience().letter)


class SlowServer:
    """Does what a test says while it has an e-mail; ``beat`` is what time would do beside it."""

    def __init__(self, *meanwhile: Callable[[], None]) -> None:
        self.sent: list[str] = []
        self.beat: Beat = lambda: True
        self._meanwhile = list(meanwhile)

    def send(self, mail: OutgoingMail) -> None:
        """Take it, when what is to happen meanwhile has happened."""
        beat = self.beat
        if self._meanwhile:
            self._meanwhile.pop(0)()
        self.beat = beat
        self.sent.append(mail.to_address)

    @contextmanager
    def keeping(self, beat: Beat) -> Iterator[None]:
        """Leave it to the test when the lease is renewed."""
        self.beat = beat
        yield


@pytest.fixture
def site(database: str) -> Iterator[PortalSite]:
    """Two e-mails are due."""
    with portal_site(database) as running:
        running.activate(ELECTRICIAN, "scanner")
        assert running.side.workers[0].run_once() == 2
        yield running


def worker_at(site: PortalSite, server: SlowServer) -> MailWorker:
    composer = Composer(Links(site.store.routing, b"l" * 32), load_catalogue())
    route = MailRoute(way=server, sender_address="s@byran.example", public_url=site.url)
    return MailWorker(site.store, composer, route, keeping=server.keeping)


def test_an_e_mail_that_is_being_sent_is_no_other_servers(site: PortalSite) -> None:
    other_server = SlowServer()
    other = worker_at(site, other_server)

    def scan() -> None:
        assert other.run_once() == 1, "the one that nobody has"
        step = LEASE / 4
        for _ in range(SCANNING // step):
            site.clock.advance(step)
            assert server.beat()
            assert other.run_once() == 0

    server = SlowServer(scan)
    assert worker_at(site, server).run_once() == 1
    assert other.run_once() == 0
    assert sorted(server.sent + other_server.sent) == [ANNA, PER]
    assert site.store.mail_queue.measure().waiting == 0


def test_an_e_mail_of_a_process_that_was_killed_waits_for_two_minutes_only(site: PortalSite) -> None:
    """The process dies ten minutes after the dot: it has renewed the lease until then, and does no more."""

    class KilledError(BaseException):
        pass

    def scan_and_die() -> None:
        for _ in range(10):
            site.clock.advance(timedelta(minutes=1))
            assert server.beat()
        raise KilledError

    server = SlowServer(scan_and_die)
    with pytest.raises(KilledError):
        worker_at(site, server).run_once()
    next_server = SlowServer()
    assert worker_at(site, next_server).run_once() == 1, "the other one"
    site.clock.advance(timedelta(minutes=2))
    assert worker_at(site, next_server).run_once() == 1
    assert sorted(next_server.sent) == [ANNA, PER]


def test_what_somebody_else_has_taken_since_is_theirs(site: PortalSite) -> None:
    """A process that was stopped for longer than its lease goes on, and its mail server has hung up."""
    third = worker_at(site, SlowServer())

    def send_again() -> None:
        taken = site.store.mail_queue.lease(limit=2)
        assert len(taken) == 2, "the lease had run out"

    def stand_still() -> None:
        site.clock.advance(LEASE + timedelta(seconds=1))
        send_again()
        assert not server.beat()
        raise MailDelayedError("smtp_unreachable")

    server = SlowServer(stand_still)
    assert worker_at(site, server).run_once() == 1
    site.clock.advance(timedelta(seconds=90))  # longer than a first pause, shorter than the lease
    assert third.run_once() == 0


def test_others_go_past_an_e_mail_that_takes_long(site: PortalSite) -> None:
    def scan() -> None:
        assert worker.run_once() == 0, "one at a time, as long as it is quick"
        server.beat()
        assert worker.run_once() == 1

    server = SlowServer(scan)
    worker = worker_at(site, server)
    assert worker.run_once() == 1
    assert sorted(server.sent) == [ANNA, PER]


def test_an_e_mail_that_leaves_late_does_not_hide_that_mail_stands_still(site: PortalSite) -> None:
    def be_refused() -> None:
        raise MailSignInError("smtp_sign_in_refused", reply=535)

    def scan() -> None:
        server.beat()
        assert worker.run_once() == 1

    server = SlowServer(scan, be_refused)
    worker = worker_at(site, server)
    assert worker.run_once() == 1
    assert len(server.sent) == 1
    assert worker.problem == "smtp_sign_in_refused"
    with site.store.read(FIRM.id) as snapshot:
        firm = snapshot.reader.find("firm", FIRM.id)
    assert isinstance(firm, Firm)
    assert firm.mail_stopped == "smtp_sign_in_refused"


def test_who_ended_a_turn_before_does_not_end_the_next_ones() -> None:
    turns = Turns()
    first = turns.take()
    assert first is not None
    assert turns.take() is None
    turns.end(first)
    second = turns.take()
    assert second is not None
    turns.end(first)
    assert turns.take() is None


def test_a_lease_is_renewed_until_the_end_though_the_database_was_away(
    caplog: pytest.LogCaptureFixture,
) -> None:
    beats = threading.Semaphore(0)
    answers = iter([True, RuntimeError("away")])

    def beat() -> bool:
        beats.release()
        answer = next(answers, True)
        if isinstance(answer, RuntimeError):
            raise answer
        return answer

    before = threading.active_count()
    with beating(beat, seconds=0.001):
        for _ in range(4):
            assert beats.acquire(timeout=PATIENCE)
    assert threading.active_count() == before
    assert "could not be renewed" in caplog.text


def test_several_threads_send_where_there_is_a_mail_server(database: str) -> None:
    url = "smtp://127.0.0.1:1?tls=none&from=samverka@byran.example"
    with portal_site(database, smtp=url, public_url="https://s.example") as site:
        site.side.threads.start()
        try:
            names = [thread.name for thread in threading.enumerate()]
        finally:
            site.side.threads.stop()
    assert names.count("mail worker") == MAILS_AT_ONCE

"""The whole program without its window: child process, sign-in, background rounds, restart, the end."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bootstrap import Samverka, Start
from app.domain.commands import UpdateCustomer
from app.domain.what_changed import SyncState, WhatChanged
from app.errors import RemoteError
from app.paths import Profile, program_command
from app.remote.embedded import EmbeddedServer
from app.sync.runner import Pace
from app.usecases.collaborations import CollaborationFilter
from app.usecases.customer_list import CustomerFilter
from app.usecases.engagements import EngagementFilter
from tests.unit.test_profile import Keys

SECONDS = 60.0


class Opened:
    """A program that was started, and what it has told."""

    def __init__(self, profile: Profile, keys: Keys) -> None:
        self.events: queue.SimpleQueue[WhatChanged | SyncState] = queue.SimpleQueue()
        self.start = Start(profile, demo=True, key_store=keys, pace=Pace(gather=0.0, poke_jitter=0.0))
        self.start.lock()
        self.samverka: Samverka = self.start.build(self.events.put)

    def wait_for_pull(self) -> None:
        """Wait until a round has succeeded with nothing left to send."""
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            event = self.events.get(timeout=SECONDS)
            done = isinstance(event, SyncState) and event.connection == "connected" and not event.running
            if done and self.samverka.outbox.counts().waiting == 0:
                return
        raise TimeoutError

    def close(self) -> None:
        self.samverka.close()
        self.start.unlock()


@pytest.fixture
def keys() -> Keys:
    return Keys()


@pytest.fixture
def opened(tmp_path: Path, keys: Keys) -> Iterator[Opened]:
    made = Opened(Profile(tmp_path / "profile"), keys)
    yield made
    made.close()


def first_customer(samverka: Samverka) -> tuple[str, str]:
    handles = samverka.customer_list.list_handles(CustomerFilter())
    line = samverka.customer_list.fetch_lines(handles[:1])[0]
    return line.id, line.name


def rename(samverka: Samverka, to: str) -> str:
    id_, name = first_customer(samverka)
    samverka.workspace.enqueue([UpdateCustomer(customer_id=id_, set={"name": {"from": name, "to": to}})])
    return id_


def test_from_nothing_to_a_confirmed_decision_and_another_start(
    opened: Opened, tmp_path: Path, keys: Keys
) -> None:
    samverka = opened.samverka
    assert not samverka.status.has_fetched()
    assert not samverka.navigation.read().is_fetched
    samverka.session.sign_in_sample()
    opened.wait_for_pull()
    assert samverka.status.has_fetched()
    assert samverka.navigation.read().is_fetched
    assert samverka.customer_list.count() > 200
    assert samverka.session.who_am_i().firm_name
    # Reading queues nothing, whatever is looked at.
    assert samverka.customer_page.open(first_customer(samverka)[0])
    for mine in (True, False):
        samverka.today.load(mine=mine)
        samverka.today.load_calendar(mine=mine)
    assert samverka.overview.read()
    assert samverka.navigation.read()
    collaborations, engagements = CollaborationFilter(), EngagementFilter(today=samverka.clock.today())
    assert samverka.collaborations.list_rows(samverka.collaborations.list_keys(collaborations, 50))
    assert samverka.engagements.list_rows(samverka.engagements.list_keys(engagements, 50))
    assert samverka.invitations.list_sent()
    assert samverka.outbox.list_history() == []
    assert samverka.outbox.counts().waiting == 0
    rename(samverka, "Aaberg & Öst AB")
    assert samverka.outbox.counts().waiting == 1
    opened.wait_for_pull()
    assert [line.state for line in samverka.outbox.list_history()] == ["confirmed"]
    opened.close()

    # Without the server: everything is there, and says how old it is.
    start = Start(Profile(tmp_path / "profile"), demo=True, key_store=keys)
    again = start.build(start=False)
    assert first_customer(again)[1] == "Aaberg & Öst AB"
    status = again.status.read()
    assert status.last_pull_at is not None
    rename(again, "Aaberg & Väst AB")
    assert again.status.read().waiting == 1
    again.close()

    # With it: what was decided offline is sent once.
    third = Opened(Profile(tmp_path / "profile"), keys)
    third.wait_for_pull()
    states = [line.state for line in third.samverka.outbox.list_history()]
    assert states == ["confirmed", "confirmed"]
    assert first_customer(third.samverka)[1] == "Aaberg & Väst AB"
    third.close()


def test_what_a_registration_check_answers(opened: Opened) -> None:
    samverka = opened.samverka
    samverka.session.sign_in_sample()
    opened.wait_for_pull()
    id_, _ = first_customer(samverka)
    answer = samverka.customer_page.check_registration(id_)
    assert answer is not None
    assert answer.customer_id == id_
    assert samverka.mail_tray.list_mails() is not None
    assert samverka.customer_page.open(id_).details.id == id_


def make_server(folder: Path) -> EmbeddedServer:
    return EmbeddedServer(
        program_command(), folder / "server.db", bytes(32), sample=False, log_file=folder / "server.log"
    )


def test_embedded_server_keeps_its_port_and_tells_its_secret_to_nobody(tmp_path: Path) -> None:
    server = make_server(tmp_path)
    first = server.start()
    assert server.start() == first
    pid = server.process_id
    assert pid is not None
    arguments = Path(f"/proc/{pid}/cmdline")
    if arguments.exists():
        told = arguments.read_bytes() + Path(f"/proc/{pid}/environ").read_bytes()
        assert server.secret.encode() not in told
        assert bytes(32).hex().encode() not in told
    server.stop()
    assert server.process_id is None
    assert b"SQLite format" not in (tmp_path / "server.db").read_bytes()
    assert make_server(tmp_path).secret != server.secret
    again = make_server(tmp_path)
    assert again.start() == first
    again.stop()


def test_server_that_died_is_started_again(tmp_path: Path) -> None:
    server = make_server(tmp_path)
    server.start()
    pid = server.process_id
    assert pid is not None
    os.kill(pid, signal.SIGTERM)
    server._process.wait(SECONDS)  # type: ignore[union-attr]
    server.start()
    assert server.process_id not in (None, pid)
    server.stop()


def test_leaving_while_the_server_starts_does_not_wait_for_it(tmp_path: Path) -> None:
    code = "import threading; threading.Event().wait()"
    server = EmbeddedServer(
        [sys.executable, "-c", code],
        tmp_path / "server.db",
        bytes(32),
        sample=False,
        log_file=tmp_path / "server.log",
    )
    failed: queue.SimpleQueue[str] = queue.SimpleQueue()

    def start() -> None:
        with pytest.raises(RemoteError) as caught:
            server.start()
        failed.put(caught.value.code)

    thread = threading.Thread(target=start)
    thread.start()
    until = time.monotonic() + SECONDS
    while server.process_id is None and time.monotonic() < until:
        continue
    server.stop()
    assert failed.get(timeout=SECONDS / 2) == "embedded_server_failed"
    thread.join(SECONDS)
    with pytest.raises(RemoteError):
        server.start()


def test_server_that_cannot_start_is_a_known_problem(tmp_path: Path) -> None:
    server = EmbeddedServer(
        [sys.executable, "-c", "raise SystemExit(3)"],
        tmp_path / "server.db",
        bytes(32),
        sample=False,
        log_file=tmp_path / "server.log",
    )
    with pytest.raises(RemoteError) as caught:
        server.start()
    assert caught.value.code == "embedded_server_failed"


def test_server_dies_with_its_parent(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib, json\n"
        "from app.remote.embedded import EmbeddedServer\n"
        "from app.paths import program_command\n"
        "folder = pathlib.Path(sys.argv[1])\n"
        "server = EmbeddedServer(program_command(), folder / 'server.db', bytes(32), sample=False,"
        " log_file=folder / 'log')\n"
        "server.start(); print(json.dumps(server.process_id), flush=True); sys.stdin.read()\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    child = json.loads(parent.stdout.readline())
    parent.kill()
    parent.wait(SECONDS)
    parent.communicate()
    until = time.monotonic() + SECONDS
    while is_running(child) and time.monotonic() < until:
        continue
    assert not is_running(child)


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rsplit(")", 1)[1].split()[0] != "Z"

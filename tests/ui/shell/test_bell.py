"""Another thread wakes the window's, without a call into Qt there."""

from __future__ import annotations

import socket
import threading

import pytest
from pytestqt.qtbot import QtBot

from ui.bell import Bell


def on_a_thread(bell: Bell, times: int) -> None:
    def ring() -> None:
        for _ in range(times):
            bell.ring()

    thread = threading.Thread(target=ring)
    thread.start()
    thread.join()


def test_it_is_heard_on_the_thread_that_made_it(qtbot: QtBot) -> None:
    bell = Bell()
    bell.listen()
    heard: list[threading.Thread] = []
    bell.rung.connect(lambda: heard.append(threading.current_thread()))
    with qtbot.waitSignal(bell.rung):
        on_a_thread(bell, 1)
    assert set(heard) == {threading.main_thread()}
    with qtbot.waitSignal(bell.rung):
        on_a_thread(bell, 1)
    bell.close()


def test_it_never_waits_for_who_does_not_listen(qtbot: QtBot) -> None:
    bell = Bell()
    bell.listen()
    with qtbot.waitSignal(bell.rung):
        on_a_thread(bell, 1_000_000)  # more than any socket holds
    with qtbot.waitSignal(bell.rung):
        on_a_thread(bell, 1)
    bell.close()


def test_after_its_end_it_is_rung_in_vain(qtbot: QtBot) -> None:
    bell = Bell()
    bell.listen()
    bell.close()
    bell.close()
    with qtbot.assertNotEmitted(bell.rung):
        on_a_thread(bell, 3)


def test_it_begins_to_listen_where_its_own_thread_rings_it_first(qtbot: QtBot) -> None:
    bell = Bell()
    with qtbot.waitSignal(bell.rung):
        bell.ring()
    bell.close()


def test_a_bell_that_was_closed_before_it_listened_stays_closed(qtbot: QtBot) -> None:
    bell = Bell()
    bell.close()
    with qtbot.assertNotEmitted(bell.rung):
        bell.ring()


def test_what_was_rung_before_it_listened_is_heard_then(qtbot: QtBot) -> None:
    bell = Bell()
    on_a_thread(bell, 1)
    with qtbot.waitSignal(bell.rung):
        bell.listen()
    bell.close()


def no_socket_pair() -> tuple[socket.socket, socket.socket]:
    raise PermissionError(10013, "forbidden by what guards the machine")


def test_it_is_heard_where_no_connection_to_the_machine_itself_is_allowed(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "socketpair", no_socket_pair)
    bell = Bell()
    on_a_thread(bell, 1)
    with qtbot.waitSignal(bell.rung):
        bell.listen()
    for _ in range(2):
        with qtbot.waitSignal(bell.rung):
            on_a_thread(bell, 1)
    bell.close()


def test_it_is_heard_after_its_connection_was_cut(qtbot: QtBot) -> None:
    bell = Bell()
    bell.listen()
    assert bell._there is not None
    with qtbot.waitSignal(bell.rung):
        bell._there.close()
    for _ in range(2):
        with qtbot.waitSignal(bell.rung):
            on_a_thread(bell, 1)
    bell.close()
    with qtbot.assertNotEmitted(bell.rung):
        on_a_thread(bell, 1)

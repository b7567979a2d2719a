"""The tests' own robot waits long enough, and ports that are given out are nobody else's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.support import ports
from tests.support.patience import PATIENCE_MILLISECONDS, PatientBot

EPHEMERAL = Path("/proc/sys/net/ipv4/ip_local_port_range")


def test_every_test_gets_the_robot_with_patience(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(qtbot, PatientBot)
    given: list[int] = []
    monkeypatch.setattr(QtBot, "waitUntil", lambda _self, _callback, *, timeout: given.append(timeout))
    qtbot.waitUntil(lambda: True)
    qtbot.waitUntil(lambda: True, timeout=100)
    qtbot.waitUntil(lambda: True, timeout=10 * PATIENCE_MILLISECONDS)
    assert given == [PATIENCE_MILLISECONDS, PATIENCE_MILLISECONDS, 10 * PATIENCE_MILLISECONDS]


def test_no_port_is_given_out_twice_or_from_where_connections_take_theirs() -> None:
    given = [ports.reserve_port() for _ in range(20)]
    assert len(set(given)) == len(given)
    if EPHEMERAL.exists():
        first = int(re.split(r"\s+", EPHEMERAL.read_text().strip())[0])
        assert max(given) < first

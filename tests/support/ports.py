"""Ports for servers that want a number before they listen.

A port that the system has just given out and taken back can be anybody's a moment later: each connection that
any program on the machine opens takes one from the same range. These lie below that range, each test process
has a range of its own, and within it none is given out twice.
"""

from __future__ import annotations

import os
import random
import socket

_FIRST, _EACH, _RANGES = 15_000, 2_000, 8
_given: set[int] = set()


def reserve_port() -> int:
    """Return a port of 127.0.0.1 on which nothing listens, and which this process gives out only once."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    first = _FIRST + _EACH * (int(worker) % _RANGES if worker.isdigit() else 0)
    left = [port for port in range(first, first + _EACH) if port not in _given]
    # Another run on the same machine begins somewhere else.
    random.SystemRandom().shuffle(left)
    for port in left:
        _given.add(port)
        try:
            with socket.create_server(("127.0.0.1", port)):
                return port
        except OSError:
            continue
    raise RuntimeError("no port is left")

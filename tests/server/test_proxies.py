"""Whose word about a client's address is taken: limits and /metrics rely on it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from app.server.application import Application
from app.server.feed.poking import PokeBoard
from app.server.main import ServingProcess
from app.server.store import Store

PROXY, STRANGER, CLIENT = "10.1.1.1", "203.0.113.9", "198.51.100.7"


def address_seen(store: Store, trusted: str, peer: str, said: str) -> str:
    """Return the client's address as the application sees it behind uvicorn as we set it up."""
    seen: list[str] = []

    async def inside(scope: Any, _receive: Any, _send: Any) -> None:
        seen.append(scope["client"][0])

    server = ServingProcess(Application(inside, PokeBoard(store)), lambda: None, trusted)
    server.config.load()
    scope = {"type": "http", "client": (peer, 1), "headers": [(b"x-forwarded-for", said.encode())]}
    asyncio.run(server.config.loaded_app(scope, None, None))
    [address] = seen
    return address


@pytest.mark.parametrize(
    ("trusted", "peer", "said", "seen"),
    [
        (PROXY, PROXY, CLIENT, CLIENT),
        (PROXY, PROXY, f"127.0.0.1, {CLIENT}", CLIENT),
        (PROXY, PROXY, f"{PROXY}, 127.0.0.1, {CLIENT}", CLIENT),
        (PROXY, STRANGER, "127.0.0.1", STRANGER),
        ("127.0.0.1", STRANGER, f"127.0.0.1, {CLIENT}", STRANGER),
        ("", PROXY, "127.0.0.1", PROXY),
        ("", "127.0.0.1", CLIENT, "127.0.0.1"),
    ],
)
def test_only_the_proxys_word_about_its_own_client_counts(
    store: Store, trusted: str, peer: str, said: str, seen: str
) -> None:
    """What a client wrote into the header before the proxy added its own is not believed."""
    assert address_seen(store, trusted, peer, said) == seen

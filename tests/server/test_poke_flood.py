"""One person's waiting requests are limited: the one that waited longest is answered for the next."""

from __future__ import annotations

import asyncio

from app.server.feed.poking import MOST_WAITING, PokeBoard
from app.server.store import Store
from tests.server.sync_site import FIRM, fill


def test_who_waits_thousands_of_times_is_answered(store: Store) -> None:
    fill(store)
    asyncio.run(flood(PokeBoard(store)))


async def flood(board: PokeBoard) -> None:
    def wait(person: str) -> asyncio.Task[int]:
        return asyncio.create_task(board.wait(FIRM, 7, 3600.0, person=person))

    colleague = wait("st_bo")
    many = [wait("st_anna") for _ in range(MOST_WAITING + 2)]
    answered = await asyncio.gather(*many[:2])
    assert answered == [7, 7], "a hint that nothing is new"
    assert not any(task.done() for task in (colleague, *many[2:]))
    board.note(FIRM, 8)
    assert await asyncio.gather(colleague, *many[2:]) == [8] * (MOST_WAITING + 1)
    again = wait("st_anna")
    assert await again == 8

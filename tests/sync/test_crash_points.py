"""The client dies before or after each of its commits and each of its calls, and starts again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from app.domain.commands import AddContact
from app.domain.ids import new_id
from app.domain.records import Contact
from app.storage.database import Unit
from app.usecases.workspace import Decision, new_command_id
from tests.server.sync_site import ANNA, FIRM, SyncSite, create, customer
from tests.support.clocks import FixedClock
from tests.sync.desk import Desk, open_desk
from tests.sync.test_rounds import rename, server_names


class KilledError(BaseException):
    """The process is gone: no ``except Exception`` of the program may see it."""


class Fuse:
    """Burns down by one at every commit and every call, before and after it; at zero the process dies."""

    def __init__(self, steps: int) -> None:
        self.left = steps
        self.burnt = 0

    def burn(self) -> None:
        self.burnt += 1
        self.left -= 1
        if self.left == 0:
            raise KilledError

    def put_into(self, desk: Desk) -> None:
        write, carry = desk.database.write, desk.line._carry

        @contextmanager
        def burning_write() -> Iterator[Unit]:
            with write() as unit:
                yield unit
                self.burn()
            self.burn()

        def burning_carry(call: Callable[[], Any]) -> Any:
            self.burn()
            answer = carry(call)
            self.burn()
            return answer

        desk.database.write = burning_write  # type: ignore[method-assign]
        desk.line._carry = burning_carry  # type: ignore[method-assign]


def work(desk: Desk) -> None:
    """A first pull, decisions that need each other, a conflict-free edit, a refusal; two rounds."""
    desk.round()
    known = next(name for name in desk.names() if name.startswith("Kund"))
    with desk.database.read() as unit:
        id_ = unit.value("SELECT id FROM shown_customer WHERE name = ?", (known,))
    made = new_command_id()
    new = create(50)
    contact = Contact(id=new_id("ct"), customer_id=new.customer.id, name="Örjan")
    desk.workspace.enqueue(
        [
            Decision(payload=new, command_id=made),
            Decision(payload=AddContact(contact=contact), needs=(made,)),
            rename(customer(1, id=id_, name=known), "Nytt namn AB"),
        ]
    )
    desk.round()
    desk.round()


def run_with_fuse(site: SyncSite, folder: Path, clock: FixedClock, steps: int) -> tuple[int, Desk]:
    fuse = Fuse(steps)
    with open_desk(site, ANNA, folder, clock, page_rows=3) as desk:
        line = desk.line
        carry = line._carry
        fuse.put_into(desk)
        with suppress(KilledError):
            work(desk)
        line._carry = carry  # type: ignore[method-assign]
        desk.restart()
        for _ in range(3):
            desk.round()
        check(site, desk)
        return fuse.burnt, desk


def check(site: SyncSite, desk: Desk) -> None:
    assert set(desk.states()) <= {"confirmed"}
    with site.store.read(FIRM) as snapshot:
        found = snapshot.devices.list_outcomes([entry.command.id for entry in desk.entries()])
        assert {str(outcome.status) for outcome in found} <= {"applied"}
        assert len(found) == len(desk.entries())
    assert sorted(desk.names()) == server_names(site)
    assert desk.shows_what_follows()


def test_every_point(site: SyncSite, tmp_path: Path, clock: FixedClock) -> None:
    site.write(customer(1), customer(2), customer(3))
    burnt, _ = run_with_fuse(site, tmp_path / "whole", clock, 0)
    assert burnt > 25
    for steps in range(1, burnt + 1):
        # Each life meets a firm that the earlier ones have changed; a fourth customer keeps a name to change.
        site.write(customer(100 + steps))
        run_with_fuse(site, tmp_path / f"life{steps}", clock, steps)


def test_oracle_sees_a_command_that_is_lost(site: SyncSite, tmp_path: Path, clock: FixedClock) -> None:
    """A control: without the outbox row of a decision the comparison fails."""
    site.write(customer(1))
    with open_desk(site, ANNA, tmp_path / "desk", clock) as desk:
        desk.round()
        desk.workspace.enqueue([create(9)])
        with desk.database.write() as unit:
            unit.run("DELETE FROM outbox")
        desk.round()
        with pytest.raises(AssertionError):
            check(site, desk)

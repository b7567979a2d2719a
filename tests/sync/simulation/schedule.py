"""One schedule: a few machines, a server, a network, and by seed what people and misfortune do to them."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from app.domain.changes import Effect
from app.server.store import SERVER
from tests.sync.simulation.client import Installation
from tests.sync.simulation.colleague import Colleague
from tests.sync.simulation.faults import ViolationError
from tests.sync.simulation.firms import FIRM, ODD, OTHER_FIRM, PEOPLE
from tests.sync.simulation.seeded_ids import seeded_ids
from tests.sync.simulation.set_pieces import planned
from tests.sync.simulation.world import Life, Workshop, World

ACTIONS = 44


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a schedule came to. ``violation`` is empty where everything held."""

    seed: int
    commands: int
    faults: int
    kinds: dict[str, int]
    violation: str
    trace: tuple[str, ...]
    digest: str


class Schedule(World):
    """The course of one seed."""

    def __init__(self, shop: Workshop, seed: int) -> None:
        super().__init__(shop, seed)
        self.network.meanwhile = self._work_meanwhile
        self._backups: list[Path] = []
        self._colleague = Colleague(self.server, self.dice, self.numbers)
        self._is_meanwhile = False
        self._set_pieces = planned(self, ACTIONS)
        self._actions: list[tuple[int, Callable[[], None]]] = [
            (30, self._decide),
            (34, self._round),
            (4, self._tidy),
            (5, self._colleague_writes),
            (6, self._server_works),
            (4, self._restart),
            (3, self._back_up_disk),
            (2, self._restore_disk),
            (1, self._copy_disk),
            (2, self._back_up_server),
            (2, self._restore_server),
            (4, self.purge),
            (2, self.prune),
            (5, self._time_passes),
            (2, self._clock_jumps),
            (4, self._late),
            (4, self._cable),
            (1, self._sign_out_elsewhere),
        ]

    def run(self) -> Outcome:
        """Run it to its rest, and judge."""
        violation = ""
        try:
            self._set_up()
            weights = [weight for weight, _ in self._actions]
            for place in range(ACTIONS):
                if place in self._set_pieces:
                    self._set_pieces[place]()
                self.dice.choices(self._actions, weights)[0][1]()
            self.come_to_rest()
            self.oracle.at_rest(self.machines)
        except ViolationError as found:
            violation = str(found)
        except Exception as error:  # noqa: BLE001 - whatever the program lets through is a finding, and not the end of all
            violation = f"the program failed: {error!r}\n{traceback.format_exc(limit=-6)}"
        finally:
            self.close()
        self.trace.note("end", violation.partition("\n")[0])
        return Outcome(
            seed=self.seed,
            commands=len(self.oracle.saved),
            faults=sum(self.faults.counts.values()),
            kinds=dict(self.faults.counts),
            violation=violation,
            trace=tuple(self.trace.lines),
            digest=self.trace.digest(),
        )

    def _set_up(self) -> None:
        self.begin()
        self.faults.is_on = False
        people = list(PEOPLE[FIRM])
        self.dice.shuffle(people)
        for staff in people[: self.dice.randint(2, 3)]:
            self.add_machine(FIRM, staff)
        if self.dice.random() < 0.5:
            self.add_machine(FIRM, people[0])
        if self.dice.random() < 0.3:
            self.add_machine(OTHER_FIRM, ODD)
        self.faults.is_on = True

    # What people do

    def _decide(self) -> None:
        machine = self.any_machine()
        with Life(self, machine, chance=0.03):
            self.decide(machine)
        self.oracle.saw_view(machine)

    def _tidy(self) -> None:
        machine = self.any_machine()
        with Life(self, machine, chance=0.05):
            self.trace.note(machine.name, self.people[machine.name].tidy_up())
        self.oracle.saw_view(machine)

    def _work_meanwhile(self, machine: Installation) -> None:
        """Nobody waits for this request: the person works on, and so do all others."""
        if not self.faults.is_on or self._is_meanwhile:
            return
        throw = self.dice.random()
        if throw > 0.12:
            return
        self._is_meanwhile = True
        left, machine.fuse.left = machine.fuse.left, 0
        try:
            if throw < 0.04:
                self.trace.note(machine.name, "meanwhile", self.people[machine.name].decide())
            elif throw < 0.08:
                self._colleague_writes()
            else:
                self.round_of(self.dice.choice([other for other in self.machines if other is not machine]))
        finally:
            machine.fuse.left = left
            self._is_meanwhile = False

    def _round(self) -> None:
        self.round_of(self.any_machine())

    def _restart(self) -> None:
        machine = self.any_machine()
        self.faults.note("client killed")
        machine.kill()

    # What happens at the server

    def _colleague_writes(self) -> None:
        name, changes = self._colleague.choose()
        if changes:
            self.faults.note(f"server: {name}")
            with self.server.store.write(FIRM) as transaction:
                source = f"import {self._colleague.last}"
                transaction.write(Effect(changes=tuple(changes)), by=SERVER, source=source)

    def _server_works(self) -> None:
        if self.faults.happens("server killed at work", 0.3):
            self.server.fuse.left = self.dice.randint(1, 8)
        self.server.work()
        self.server.fuse.put_out()

    def _back_up_server(self) -> None:
        to = self.shop.folder / f"server-backup{len(self._backups)}.db"
        self.server.back_up(to)
        self._backups.append(to)

    def _restore_server(self) -> None:
        if not self._backups:
            return
        self.faults.note("server restored")
        self.replace_server(lambda: self.server.restore(self.dice.choice(self._backups)))

    def _sign_out_elsewhere(self) -> None:
        self.faults.note("session revoked")
        self.server.assembly.issuer.revoke_staff(self.any_machine().staff.id, "simulation")

    # What happens to machines, wires and clocks

    def _back_up_disk(self) -> None:
        machine = self.any_machine()
        to = self.shop.folder / f"{machine.name}-copy{len(machine.notes.copies)}.db"
        machine.notes.copies.append(machine.copy_disk(to))

    def _restore_disk(self) -> None:
        machine = self.any_machine()
        if machine.notes.copies:
            self.faults.note("client restored")
            machine.put_disk(self.dice.choice(machine.notes.copies))

    def _copy_disk(self) -> None:
        self.copy_disk_of(self.any_machine())

    def _time_passes(self) -> None:
        days = self.dice.choice((0, 0, 0, 0, 1, 1, 3, 20))
        step = timedelta(days=days, minutes=self.dice.randint(1, 600))
        self.advance(step)
        self.trace.note("time", step)

    def _clock_jumps(self) -> None:
        machine = self.any_machine()
        self.faults.note("clock jumps")
        step = self.dice.choice(
            (timedelta(hours=-1), timedelta(hours=1), timedelta(days=-3650), timedelta(days=3650))
        )
        machine.move_clock(step)
        if self.dice.random() < 0.2:
            self.faults.note("four months away")
            self.advance(timedelta(days=120))
            self.purge()
            self.prune()
            self.oracle.pruned_before = True

    def _late(self) -> None:
        self.faults.note("late duplicate")
        self.network.deliver_late()

    def _cable(self) -> None:
        machine = self.any_machine()
        machine.notes.is_offline = not machine.notes.is_offline
        if machine.notes.is_offline:
            self.faults.note("offline")


def run_seed(shop: Workshop, seed: int) -> Outcome:
    """Run the schedule of a seed."""
    schedule = Schedule(shop, seed)
    with seeded_ids(seed):
        return schedule.run()

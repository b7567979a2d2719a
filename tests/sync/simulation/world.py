"""What a schedule happens in: machines and their people, a server, a network; and what befalls them."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from pathlib import Path

from app.contract.sign_in import TokenAnswer
from app.domain.records import Staff
from app.errors import SamverkaError
from app.server.identity.authorization import AuthorizationRequest
from app.sync.policy import Verdict, judge
from tests.server.identity_site import challenge_of
from tests.support.clocks import MONDAY_MORNING, FixedClock
from tests.sync.simulation.client import Installation
from tests.sync.simulation.faults import Faults, KilledError, Trace, ViolationError
from tests.sync.simulation.firms import FIRM, OTHER_FIRM
from tests.sync.simulation.history import History
from tests.sync.simulation.network import Network, SimulatedTransport
from tests.sync.simulation.oracle import Oracle
from tests.sync.simulation.people import Person
from tests.sync.simulation.server import SimulatedServer

ROUNDS_TO_REST = 20
_REDIRECT = "http://127.0.0.1:50123/callback"
_VERIFIER = "v" * 64


class Workshop:
    """What schedules share: a folder, the server's parts, the client's template. One per process."""

    def __init__(self, folder: Path, client_template: Path) -> None:
        self.folder = folder
        self.client_template = client_template
        self.clock = FixedClock()
        self.server = SimulatedServer(folder, self.clock)
        self.history = History(self.server.path, (FIRM, OTHER_FIRM))
        self.server.before_swap = self.history.close

    def close(self) -> None:
        """Let go of the server."""
        self.history.close()
        self.server.close()


class World:
    """All that there is in one course of events. What is chosen is chosen with the dice of its seed."""

    def __init__(self, shop: Workshop, seed: int) -> None:
        self.shop = shop
        self.seed = seed
        self.dice = random.Random(seed)
        self.trace = Trace()
        self.faults = Faults(self.dice, self.trace)
        self.server = shop.server
        self.clock = shop.clock
        self.clock.set_to(MONDAY_MORNING)
        self.oracle = Oracle(self.server, shop.history, self.trace)
        self.network = Network(self.server, self.faults, self.oracle)
        self.machines: list[Installation] = []
        self.people: dict[str, Person] = {}
        self.numbers = count(1)
        self._stand_by = ("", shop.folder)

    def begin(self) -> None:
        """Let the server have its first rows, and watch it."""
        self.server.begin()
        self.shop.history.reload()
        self.server.watch_commit = self._saw_commit

    def close(self) -> None:
        """End the machines; the server stays with the workshop."""
        for machine in self.machines:
            machine.close()
        self.server.watch_commit = lambda _firm, _head: None

    def _saw_commit(self, firm_id: str, head: int) -> None:
        self.oracle.saw_commit(self.shop.history.take_commit(firm_id, head))

    # Machines and their people

    def add_machine(self, firm_id: str, staff: Staff, source: Path | None = None) -> Installation:
        """Install the program: new and signed in, or on a copy of another's file."""
        name = f"machine{next(self.numbers)}"
        clock = FixedClock(self.clock.now())
        machine = Installation(
            name,
            firm_id,
            staff,
            self.shop.folder / f"{name}.db",
            clock,
            lambda sender: SimulatedTransport(self.network, sender),
            world_clock=self.clock,
            page_rows=200,
        )
        machine.lists_first = random.Random(f"lists first {self.seed} {name}").random() < 0.3
        machine.saved = self.oracle.saved
        machine.watch_commit = self.oracle.saw_client_commit
        machine.place_file(source or self.shop.client_template)
        machine.open()
        self.machines.append(machine)
        self.people[name] = Person(machine, self.dice, self.oracle.dealt_with)
        if source is None:
            self.sign_in(machine)
            if self.dice.random() < 0.85:
                machine.round()
        machine.page_rows = self.dice.choice((3, 5, 8, 20, 60))
        machine.kill()
        return machine

    def any_machine(self) -> Installation:
        """Choose one."""
        return self.dice.choice(self.machines)

    def decide(self, machine: Installation) -> None:
        """Let the person there decide something."""
        self.trace.note(machine.name, "decides", self.people[machine.name].decide())

    def round_of(self, machine: Installation) -> None:
        """Make a round in which the machine may die, and look at its lists."""
        with Life(self, machine, chance=0.2):
            self.make_round(machine)
        self.oracle.saw_view(machine)

    def make_round(self, machine: Installation) -> bool:
        """Make a round, as the runner does: what it cannot do it does later. Tell whether it went well."""
        try:
            result = machine.round()
        except SamverkaError as error:
            self.trace.note(machine.name, "round", error.code)
            if judge(error).verdict == Verdict.SIGN_IN:
                self.sign_in(machine)
            return False
        self.trace.note(machine.name, "round", result.applied, result.refused, result.received, result.head)
        return True

    def sign_in(self, machine: Installation) -> None:
        """The person signs in in the browser; that has tests of its own."""
        request = AuthorizationRequest(
            redirect_uri=_REDIRECT, state="state", code_challenge=challenge_of(_VERIFIER)
        )
        issuer = self.server.assembly.issuer
        code = issuer.issue_code(request, machine.firm_id, machine.staff.id)
        answer: TokenAnswer = issuer.exchange_code(code, _VERIFIER, _REDIRECT)
        machine.tokens.accept(answer)

    def copy_disk_of(self, machine: Installation) -> Installation | None:
        """Copy the profile to a further machine; None where there are enough of them."""
        if len(self.machines) >= 6:
            return None
        self.faults.note("client copied")
        copy = machine.copy_disk(self.shop.folder / "moved.db")
        twin = self.add_machine(machine.firm_id, machine.staff, copy.path)
        twin.notes.ledger = list(copy.ledger)
        twin.notes.confirmed = set(copy.confirmed)
        twin.notes.failed = set(copy.failed)
        twin.clock.set_to(machine.clock.now())
        return twin

    # What befalls the server

    def replace_server(self, put_in_place: Callable[[], None]) -> None:
        """Let the server go on with another file."""
        self.network.forget_late()
        self.server.watch_commit = lambda _firm, _head: None
        self.oracle.restored_before = True
        put_in_place()
        self.shop.history.reload()
        self.server.watch_commit = self._saw_commit

    def fall_behind(self) -> None:
        """From now on the stand-by hears of nothing."""
        to = self.shop.folder / "stand-by.db"
        self.server.back_up(to)
        self._stand_by = (self.server.epoch(FIRM), to)

    def go_back(self) -> None:
        """The stand-by takes over in the same life: nobody has told it of the last commits."""
        epoch, stand_by = self._stand_by
        if self.server.epoch(FIRM) != epoch:
            return  # the server was restored, and its stand-by with it
        self.faults.note("server went back")
        self.replace_server(lambda: self.server.go_back(stand_by))

    def purge(self) -> None:
        """Let the server forget that some rows are gone."""
        self.faults.note("tombstones purged")
        self.server.purge_tombstones(self.dice.choice((0, 1, 3, 10)))

    def prune(self) -> None:
        """Let the server forget old outcomes."""
        self.faults.note("outcomes pruned")
        self.server.prune_outcomes()

    # Time, and the end

    def advance(self, step: timedelta) -> None:
        """Let time pass, for all."""
        self.clock.advance(step)
        for machine in self.machines:
            machine.move_clock(step)

    def come_to_rest(self) -> None:
        """Let everything work until nothing is left to do. Raises ViolationError where that does not end."""
        self.faults.stop()
        self.network.forget_late()
        self.server.restart()
        for machine in self.machines:
            machine.notes.is_offline = False
            machine.fuse.put_out()
        for turn in range(1, ROUNDS_TO_REST + 1):
            if turn <= 2 or turn % 5 == 0:
                self.server.work()
            went = [self.make_round(machine) for machine in self.machines]
            for machine in self.machines:
                self.oracle.saw_view(machine)
            if all(went) and self._is_quiet():
                self.trace.note("rest after", turn)
                return
            self.advance(timedelta(minutes=6))
        busy = {machine.name: machine.states() for machine in self.machines}
        raise ViolationError(f"I9: no rest after {ROUNDS_TO_REST} rounds: {busy}")

    def _is_quiet(self) -> bool:
        """Nothing waits, and every machine has the server's last version."""
        for machine in self.machines:
            if {"queued", "sending", "acknowledged"} & set(machine.states().values()):
                return False
            if machine.engine.head()[1] != self.shop.history.firms[machine.firm_id].head:
                return False
        return True


class Life:
    """A while in which a machine may die, between any two of its steps; it is then started again."""

    def __init__(self, world: World, machine: Installation, *, chance: float) -> None:
        self._world = world
        self._machine = machine
        self._chance = chance

    def __enter__(self) -> None:
        faults = self._world.faults
        if faults.happens("client killed", self._chance):
            self._machine.fuse.left = faults.dice.randint(1, 14)

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        self._machine.fuse.put_out()
        if isinstance(error, KilledError):
            self._world.trace.note(self._machine.name, "died")
            self._machine.kill()
            return True
        if error is None:
            self._machine.read_ledger()
        return False

"""One schedule: a few machines, a server, a network, and by seed what people and misfortune do to them."""

from __future__ import annotations

import random
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path

from app.contract.sign_in import TokenAnswer
from app.domain.changes import Effect
from app.domain.records import Staff
from app.errors import SamverkaError
from app.server.identity.authorization import AuthorizationRequest
from app.server.store import SERVER
from app.sync.policy import Verdict, judge
from tests.server.identity_site import challenge_of
from tests.support.clocks import MONDAY_MORNING, FixedClock
from tests.sync.simulation.client import Installation
from tests.sync.simulation.colleague import Colleague
from tests.sync.simulation.faults import Faults, KilledError, Trace, ViolationError
from tests.sync.simulation.firms import FIRM, ODD, OTHER_FIRM, PEOPLE
from tests.sync.simulation.history import History
from tests.sync.simulation.network import Network, SimulatedTransport
from tests.sync.simulation.oracle import Oracle
from tests.sync.simulation.people import Person
from tests.sync.simulation.seeded_ids import seeded_ids
from tests.sync.simulation.seeds import loses_behind_a_copy, loses_commits
from tests.sync.simulation.server import SimulatedServer

ACTIONS = 44
ROUNDS_TO_REST = 20
_REDIRECT = "http://127.0.0.1:50123/callback"
_VERIFIER = "v" * 64


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

    def run(self, seed: int) -> Outcome:
        """Run the schedule of a seed."""
        schedule = Schedule(self, seed)
        with seeded_ids(seed):
            return schedule.run()


class Schedule:
    """The course of one seed."""

    def __init__(self, shop: Workshop, seed: int) -> None:
        self._shop = shop
        self._seed = seed
        self._dice = random.Random(seed)
        self._trace = Trace()
        self._faults = Faults(self._dice, self._trace)
        self._server = shop.server
        self._clock = shop.clock
        self._clock.set_to(MONDAY_MORNING)
        self._oracle = Oracle(self._server, shop.history, self._trace)
        self._network = Network(self._server, self._faults, self._oracle)
        self._network.meanwhile = self._work_meanwhile
        self._machines: list[Installation] = []
        self._people: dict[str, Person] = {}
        self._backups: list[Path] = []
        self._numbers = count(1)
        self._colleague = Colleague(self._server, self._dice, self._numbers)
        self._is_meanwhile = False
        # Of its own dice: every other seed goes the way that it would without it.
        others = random.Random(f"set pieces {seed}")
        self._set_pieces: dict[int, Callable[[], None]] = {}
        self._stand_by = ("", shop.folder)
        if seed % 9 == 1:
            # Not both: after a long leave an outcome may be forgotten, and then not everything can be judged.
            piece = self._long_leave if seed % 18 == 1 else self._second_thoughts
            self._set_pieces = {others.randrange(ACTIONS): piece}
        elif loses_behind_a_copy(seed):
            self._set_pieces = {others.randrange(4, ACTIONS): self._lose_behind_a_copy}
        elif loses_commits(seed):
            self._plan_losses(random.Random(f"losses {seed}"))
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
            (4, self._purge),
            (2, self._prune),
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
            self._begin()
            weights = [weight for weight, _ in self._actions]
            for place in range(ACTIONS):
                if place in self._set_pieces:
                    self._set_pieces[place]()
                self._dice.choices(self._actions, weights)[0][1]()
            self._come_to_rest()
            self._oracle.at_rest(self._machines)
        except ViolationError as found:
            violation = str(found)
        except Exception as error:  # noqa: BLE001 - whatever the program lets through is a finding, and not the end of all
            violation = f"the program failed: {error!r}\n{traceback.format_exc(limit=-6)}"
        finally:
            for machine in self._machines:
                machine.close()
            self._server.watch_commit = lambda _firm, _head: None
        self._trace.note("end", violation.partition("\n")[0])
        return Outcome(
            seed=self._seed,
            commands=len(self._oracle.saved),
            faults=sum(self._faults.counts.values()),
            kinds=dict(self._faults.counts),
            violation=violation,
            trace=tuple(self._trace.lines),
            digest=self._trace.digest(),
        )

    def _begin(self) -> None:
        self._server.begin()
        self._shop.history.reload()
        self._server.watch_commit = self._saw_commit
        self._faults.is_on = False
        people = list(PEOPLE[FIRM])
        self._dice.shuffle(people)
        for staff in people[: self._dice.randint(2, 3)]:
            self._add_machine(FIRM, staff)
        if self._dice.random() < 0.5:
            self._add_machine(FIRM, people[0])
        if self._dice.random() < 0.3:
            self._add_machine(OTHER_FIRM, ODD)
        self._faults.is_on = True

    def _saw_commit(self, firm_id: str, head: int) -> None:
        self._oracle.saw_commit(self._shop.history.take_commit(firm_id, head))

    def _add_machine(self, firm_id: str, staff: Staff, source: Path | None = None) -> Installation:
        name = f"machine{next(self._numbers)}"
        clock = FixedClock(self._clock.now())
        machine = Installation(
            name,
            firm_id,
            staff,
            self._shop.folder / f"{name}.db",
            clock,
            lambda sender: SimulatedTransport(self._network, sender),
            world_clock=self._clock,
            page_rows=200,
        )
        machine.lists_first = random.Random(f"lists first {self._seed} {name}").random() < 0.3
        machine.saved = self._oracle.saved
        machine.watch_commit = self._oracle.saw_client_commit
        machine.place_file(source or self._shop.client_template)
        machine.open()
        self._machines.append(machine)
        self._people[name] = Person(machine, self._dice, self._oracle.dealt_with)
        if source is None:
            self._sign_in(machine)
            if self._dice.random() < 0.85:
                machine.round()
        machine.page_rows = self._dice.choice((3, 5, 8, 20, 60))
        machine.kill()
        return machine

    def _machine(self) -> Installation:
        return self._dice.choice(self._machines)

    # What people do

    def _decide(self) -> None:
        machine = self._machine()
        with _Life(self, machine, chance=0.03):
            self._trace.note(machine.name, "decides", self._people[machine.name].decide())
        self._oracle.saw_view(machine)

    def _tidy(self) -> None:
        machine = self._machine()
        with _Life(self, machine, chance=0.05):
            self._trace.note(machine.name, self._people[machine.name].tidy_up())
        self._oracle.saw_view(machine)

    def _work_meanwhile(self, machine: Installation) -> None:
        """Nobody waits for this request: the person works on, and so do all others."""
        if not self._faults.is_on or self._is_meanwhile:
            return
        throw = self._dice.random()
        if throw > 0.12:
            return
        self._is_meanwhile = True
        left, machine.fuse.left = machine.fuse.left, 0
        try:
            if throw < 0.04:
                self._trace.note(machine.name, "meanwhile", self._people[machine.name].decide())
            elif throw < 0.08:
                self._colleague_writes()
            else:
                self._round_of(self._dice.choice([other for other in self._machines if other is not machine]))
        finally:
            machine.fuse.left = left
            self._is_meanwhile = False

    def _round(self) -> None:
        self._round_of(self._machine())

    def _round_of(self, machine: Installation) -> None:
        with _Life(self, machine, chance=0.2):
            self.make_round(machine)
        self._oracle.saw_view(machine)

    def make_round(self, machine: Installation) -> bool:
        """Make a round, as the runner does: what it cannot do it does later. Tell whether it went well."""
        try:
            result = machine.round()
        except SamverkaError as error:
            self._trace.note(machine.name, "round", error.code)
            if judge(error).verdict == Verdict.SIGN_IN:
                self._sign_in(machine)
            return False
        self._trace.note(machine.name, "round", result.applied, result.refused, result.received, result.head)
        return True

    def _sign_in(self, machine: Installation) -> None:
        """The person signs in in the browser; that has tests of its own."""
        request = AuthorizationRequest(
            redirect_uri=_REDIRECT, state="state", code_challenge=challenge_of(_VERIFIER)
        )
        issuer = self._server.assembly.issuer
        code = issuer.issue_code(request, machine.firm_id, machine.staff.id)
        answer: TokenAnswer = issuer.exchange_code(code, _VERIFIER, _REDIRECT)
        machine.tokens.accept(answer)

    def _restart(self) -> None:
        machine = self._machine()
        self._faults.note("client killed")
        machine.kill()

    # What happens at the server

    def _colleague_writes(self) -> None:
        name, changes = self._colleague.choose()
        if changes:
            self._faults.note(f"server: {name}")
            with self._server.store.write(FIRM) as transaction:
                source = f"import {self._colleague.last}"
                transaction.write(Effect(changes=tuple(changes)), by=SERVER, source=source)

    def _server_works(self) -> None:
        if self._faults.happens("server killed at work", 0.3):
            self._server.fuse.left = self._dice.randint(1, 8)
        self._server.work()
        self._server.fuse.put_out()

    def _back_up_server(self) -> None:
        to = self._shop.folder / f"server-backup{len(self._backups)}.db"
        self._server.back_up(to)
        self._backups.append(to)

    def _restore_server(self) -> None:
        if not self._backups:
            return
        self._faults.note("server restored")
        self._replace_server(lambda: self._server.restore(self._dice.choice(self._backups)))

    def _replace_server(self, put_in_place: Callable[[], None]) -> None:
        self._network.forget_late()
        self._server.watch_commit = lambda _firm, _head: None
        self._oracle.restored_before = True
        put_in_place()
        self._shop.history.reload()
        self._server.watch_commit = self._saw_commit

    def _plan_losses(self, dice: random.Random) -> None:
        """Let a stand-by fall behind at one place, and take over at one or two later ones."""
        places = sorted(dice.sample(range(4, ACTIONS), 3))
        behind = max(places[0], places[1] - dice.randint(1, 8))
        self._set_pieces = {behind: self._fall_behind, places[1]: self._go_back}
        if dice.random() < 0.5:
            self._set_pieces[places[2]] = self._go_back

    def _lose_behind_a_copy(self) -> None:
        """What one machine has sent is lost, and a copy of its profile uses the numbers first.

        It may have died before it had fetched what it sent; what it decides next waits then.
        """
        machine = self._machine()
        self.make_round(machine)
        twin = self._copy_disk_of(machine)
        self._fall_behind()
        decided = self._dice.randint(1, 2)
        for one in (machine, twin or self._machine()):
            for _ in range(decided):
                self._trace.note(one.name, "decides", self._people[one.name].decide())
            with _Life(self, one, chance=0.5):
                self.make_round(one)
            if one is machine:
                self._go_back()
        if self._dice.random() < 0.5:
            self._trace.note(machine.name, "decides", self._people[machine.name].decide())
        self._round_of(machine)

    def _fall_behind(self) -> None:
        to = self._shop.folder / "stand-by.db"
        self._server.back_up(to)
        self._stand_by = (self._server.epoch(FIRM), to)

    def _go_back(self) -> None:
        """The stand-by takes over in the same life: nobody has told it of the last commits."""
        epoch, stand_by = self._stand_by
        if self._server.epoch(FIRM) != epoch:
            return  # the server was restored, and its stand-by with it
        self._faults.note("server went back")
        self._replace_server(lambda: self._server.go_back(stand_by))

    def _purge(self) -> None:
        self._faults.note("tombstones purged")
        self._server.purge_tombstones(self._dice.choice((0, 1, 3, 10)))

    def _prune(self) -> None:
        self._faults.note("outcomes pruned")
        self._server.prune_outcomes()

    def _sign_out_elsewhere(self) -> None:
        self._faults.note("session revoked")
        self._server.assembly.issuer.revoke_staff(self._machine().staff.id, "simulation")

    # What happens to machines, wires and clocks

    def _back_up_disk(self) -> None:
        machine = self._machine()
        to = self._shop.folder / f"{machine.name}-copy{len(machine.notes.copies)}.db"
        machine.notes.copies.append(machine.copy_disk(to))

    def _restore_disk(self) -> None:
        machine = self._machine()
        if machine.notes.copies:
            self._faults.note("client restored")
            machine.put_disk(self._dice.choice(machine.notes.copies))

    def _copy_disk(self) -> None:
        self._copy_disk_of(self._machine())

    def _second_thoughts(self) -> None:
        """A profile is copied with what waits in it; on one machine that is sent, on the other taken back."""
        machine = self._machine()
        for _ in range(3):
            self._trace.note(machine.name, "decides", self._people[machine.name].decide())
        twin = self._copy_disk_of(machine)
        waiting = [line.command_id for line in machine.outbox.list_waiting() if line.can_withdraw]
        if twin is None or not waiting:
            return
        steps: list[Callable[[], None]] = [
            lambda: self._round_of(twin),
            lambda: self._take_back(machine, waiting),
        ]
        self._dice.shuffle(steps)
        for step in steps:
            step()

    def _take_back(self, machine: Installation, command_ids: list[str]) -> None:
        with _Life(self, machine, chance=0.05):
            machine.outbox.withdraw(command_ids)
            self._trace.note(machine.name, "withdraws", len(command_ids))
        self._round_of(machine)

    def _copy_disk_of(self, machine: Installation) -> Installation | None:
        if len(self._machines) >= 6:
            return None
        self._faults.note("client copied")
        copy = machine.copy_disk(self._shop.folder / "moved.db")
        twin = self._add_machine(machine.firm_id, machine.staff, copy.path)
        twin.notes.ledger = list(copy.ledger)
        twin.notes.confirmed = set(copy.confirmed)
        twin.notes.failed = set(copy.failed)
        twin.clock.set_to(machine.clock.now())
        return twin

    def _time_passes(self) -> None:
        days = self._dice.choice((0, 0, 0, 0, 1, 1, 3, 20))
        step = timedelta(days=days, minutes=self._dice.randint(1, 600))
        self._advance(step)
        self._trace.note("time", step)

    def _advance(self, step: timedelta) -> None:
        self._clock.advance(step)
        for machine in self._machines:
            machine.move_clock(step)

    def _clock_jumps(self) -> None:
        machine = self._machine()
        self._faults.note("clock jumps")
        step = self._dice.choice(
            (timedelta(hours=-1), timedelta(hours=1), timedelta(days=-3650), timedelta(days=3650))
        )
        machine.move_clock(step)
        if self._dice.random() < 0.2:
            self._faults.note("four months away")
            self._advance(timedelta(days=120))
            self._purge()
            self._prune()
            self._oracle.pruned_before = True

    def _long_leave(self) -> None:
        """Everybody decides and sends, no answer arrives, and they come back after the server forgot them."""
        self._faults.note("fourteen months away")
        for machine in self._machines:
            with _Life(self, machine, chance=0.0):
                self._trace.note(machine.name, "decides", self._people[machine.name].decide())
                self._network.loses_answers = True
                self.make_round(machine)
            self._network.loses_answers = False
        self._advance(timedelta(days=420))
        self._purge()
        self._prune()
        self._oracle.pruned_before = True

    def _late(self) -> None:
        self._faults.note("late duplicate")
        self._network.deliver_late()

    def _cable(self) -> None:
        machine = self._machine()
        machine.notes.is_offline = not machine.notes.is_offline
        if machine.notes.is_offline:
            self._faults.note("offline")

    # The end

    def _come_to_rest(self) -> None:
        self._faults.stop()
        self._network.forget_late()
        self._server.restart()
        for machine in self._machines:
            machine.notes.is_offline = False
            machine.fuse.put_out()
        for turn in range(1, ROUNDS_TO_REST + 1):
            if turn <= 2 or turn % 5 == 0:
                self._server.work()
            went = [self.make_round(machine) for machine in self._machines]
            for machine in self._machines:
                self._oracle.saw_view(machine)
            if all(went) and self._is_quiet():
                self._trace.note("rest after", turn)
                return
            self._advance(timedelta(minutes=6))
        busy = {machine.name: machine.states() for machine in self._machines}
        raise ViolationError(f"I9: no rest after {ROUNDS_TO_REST} rounds: {busy}")

    def _is_quiet(self) -> bool:
        """Nothing waits, and every machine has the server's last version."""
        for machine in self._machines:
            if {"queued", "sending", "acknowledged"} & set(machine.states().values()):
                return False
            if machine.engine.head()[1] != self._shop.history.firms[machine.firm_id].head:
                return False
        return True


class _Life:
    """A while in which a machine may die, between any two of its steps; it is then started again."""

    def __init__(self, schedule: Schedule, machine: Installation, *, chance: float) -> None:
        self._schedule = schedule
        self._machine = machine
        self._chance = chance

    def __enter__(self) -> None:
        faults = self._schedule._faults
        if faults.happens("client killed", self._chance):
            self._machine.fuse.left = faults.dice.randint(1, 14)

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        self._machine.fuse.put_out()
        if isinstance(error, KilledError):
            self._schedule._trace.note(self._machine.name, "died")
            self._machine.kill()
            return True
        if error is None:
            self._machine.read_ledger()
        return False

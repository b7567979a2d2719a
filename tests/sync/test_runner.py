"""The thread: when it makes rounds, what it tells, and that it ends."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator

import pytest

from app.contract.wire import PokeAnswer, Problem
from app.domain.what_changed import SyncState
from app.errors import RemoteError, SamverkaError, SignInError, StorageError
from app.remote.server import ProblemAnswerError
from app.sync.engine import RoundResult
from app.sync.policy import Verdict, judge, longest_wait
from app.sync.runner import Pace, Runner
from tests.support.clocks import FixedClock

SECONDS = 60.0


class ScriptedEngine:
    """Gives the results of a script, one a round; afterwards nothing more happens."""

    def __init__(self, *script: RoundResult | SamverkaError) -> None:
        self._script = list(script)
        self.rounds: queue.SimpleQueue[int] = queue.SimpleQueue()
        self.count = 0

    def round(self) -> RoundResult:
        self.count += 1
        self.rounds.put(self.count)
        step = self._script.pop(0) if self._script else RoundResult()
        if isinstance(step, SamverkaError):
            raise step
        return step

    def head(self) -> tuple[str, int]:
        return "dv_1", 3


def make(engine: ScriptedEngine, states: list[SyncState], **options: object) -> Runner:
    values = {"pace": Pace(gather=0.0, poke_jitter=0.0), "random_part": lambda: 0.0} | options
    return Runner(engine, FixedClock(), states.append, state=SyncState(), **values)  # type: ignore[arg-type]


@pytest.fixture
def states() -> list[SyncState]:
    return []


@pytest.fixture
def running() -> Iterator[list[Runner]]:
    started: list[Runner] = []
    yield started
    for runner in started:
        runner.stop()


def test_new_command_brings_a_round(states: list[SyncState], running: list[Runner]) -> None:
    engine = ScriptedEngine()
    runner = make(engine, states)
    running.append(runner)
    runner.start()
    assert engine.rounds.get(timeout=SECONDS) == 1
    runner.wake()
    assert engine.rounds.get(timeout=SECONDS) == 2


@pytest.mark.parametrize(
    ("result", "seconds"),
    [
        (RoundResult(applied=5, waiting=9), 0.0),
        (RoundResult(refused=1, waiting=9), 0.0),
        (RoundResult(withdrawn=1, waiting=9), 0.0),
        (RoundResult(applied=5), 80.0),
        (RoundResult(waiting=9), 80.0),
        (RoundResult(waiting=9, lost=2), 0.0),
    ],
)
def test_only_movement_makes_the_next_round_due_at_once(
    states: list[SyncState], result: RoundResult, seconds: float
) -> None:
    runner = make(ScriptedEngine(), states, pace=Pace(poll=100.0))
    assert runner._wait_for_turn()  # the first round, which is due from the start
    runner._after_success(result)
    assert runner._due_in == seconds


def test_a_server_that_says_after_each_round_that_it_has_lost_something_makes_no_rounds_without_an_end(
    states: list[SyncState],
) -> None:
    runner = make(ScriptedEngine(), states, pace=Pace(poll=100.0))
    due = []
    for result in (
        RoundResult(waiting=2, lost=2),
        RoundResult(waiting=2, lost=2),
        RoundResult(waiting=2),
        RoundResult(waiting=2, lost=2),
    ):
        runner._due_in = None
        runner._after_success(result)
        due.append(runner._due_in)
    assert due == [0.0, 80.0, 80.0, 0.0]


def test_movement_asks_for_more_at_once_and_standstill_does_not(
    states: list[SyncState], running: list[Runner]
) -> None:
    engine = ScriptedEngine(RoundResult(applied=5, waiting=9), RoundResult(waiting=4))
    runner = make(engine, states)
    running.append(runner)
    runner.start()
    assert engine.rounds.get(timeout=SECONDS) == 1
    assert engine.rounds.get(timeout=SECONDS) == 2
    with pytest.raises(queue.Empty):
        engine.rounds.get(timeout=0.3)


def test_after_a_failure_only_a_person_hurries_it(states: list[SyncState], running: list[Runner]) -> None:
    engine = ScriptedEngine(RemoteError("server_unreachable"))
    runner = make(engine, states, random_part=lambda: 1.0, pace=Pace(gather=0.0, poll=60.0))
    running.append(runner)
    engine._script = [SignInError("sign_in_needed")]
    runner.start()
    assert engine.rounds.get(timeout=SECONDS) == 1
    runner.wake()
    with pytest.raises(queue.Empty):
        engine.rounds.get(timeout=0.3)
    assert runner.state.connection == "sign_in_needed"
    runner.sync_now()
    assert engine.rounds.get(timeout=SECONDS) == 2
    runner.stop()
    assert [
        (state.connection, state.code, state.next_try_at is None) for state in (states[-3], states[-1])
    ] == [
        ("sign_in_needed", "sign_in_needed", False),
        ("connected", "", True),
    ]


class ScriptedPoke:
    """Answers with these heads, one after the other; then it waits until it is closed."""

    def __init__(self, *heads: int) -> None:
        self._heads = iter(heads)
        self.asked: queue.SimpleQueue[int] = queue.SimpleQueue()
        self.closed = threading.Event()

    def __call__(self, device: str, head: int) -> PokeAnswer:
        self.asked.put(head)
        found = next(self._heads, None)
        if found is None:
            self.closed.wait(SECONDS)
            raise RemoteError("server_unreachable")
        return PokeAnswer(head=found)


def test_poke_brings_a_round_and_is_asked_again_after_it(
    states: list[SyncState], running: list[Runner]
) -> None:
    poke = ScriptedPoke(3, 4)
    engine = ScriptedEngine()
    runner = make(engine, states, poke=poke, cancel_io=poke.closed.set)
    running.append(runner)
    runner.start()
    assert [engine.rounds.get(timeout=SECONDS) for _ in range(2)] == [1, 2]
    assert [poke.asked.get(timeout=SECONDS) for _ in range(3)] == [3, 3, 4]
    # The head that the mirror has already brought none.
    assert engine.count == 2


def test_a_head_that_the_server_only_remembers_brings_one_round(
    states: list[SyncState], running: list[Runner]
) -> None:
    """A process that served before a stand-by took over has seen more than there is: asked beyond the mirror
    alone it would answer at once, round after round.
    """
    poke = ScriptedPoke(9, 3)
    engine = ScriptedEngine()
    runner = make(engine, states, poke=poke, cancel_io=poke.closed.set)
    running.append(runner)
    runner.start()
    # Until it is told that the server knows better.
    assert [poke.asked.get(timeout=SECONDS) for _ in range(3)] == [3, 9, 3]
    assert engine.count == 2


def test_a_poke_is_followed_up_at_a_moment_of_chance(states: list[SyncState], running: list[Runner]) -> None:
    """Or all of a firm's clients would pull in the moment of a commit (the control is the test above)."""
    parts: queue.SimpleQueue[float] = queue.SimpleQueue()
    closed = threading.Event()
    heads = iter([4])

    def part() -> float:
        parts.put(1.0)
        return 1.0

    def poke(device: str, head: int) -> PokeAnswer:
        found = next(heads, None)
        if found is None:
            closed.wait(SECONDS)
            raise RemoteError("server_unreachable")
        return PokeAnswer(head=found)

    engine = ScriptedEngine()
    pace = Pace(gather=0.0, poke_jitter=3_600.0)
    runner = make(engine, states, poke=poke, cancel_io=closed.set, pace=pace, random_part=part)
    running.append(runner)
    runner.start()
    assert engine.rounds.get(timeout=SECONDS) == 1
    # One for the pause after the round, one for the poke; then nothing is left to do for an hour.
    for _ in range(2):
        parts.get(timeout=SECONDS)
    runner.stop()
    assert engine.rounds.empty()


def test_paused_makes_no_rounds(states: list[SyncState], running: list[Runner]) -> None:
    engine = ScriptedEngine()
    runner = make(engine, states)
    running.append(runner)
    runner.pause()
    runner.start()
    with pytest.raises(queue.Empty):
        engine.rounds.get(timeout=0.3)
    runner.resume()
    assert engine.rounds.get(timeout=SECONDS) == 1


def problem(code: str, status: int = 409) -> ProblemAnswerError:
    return ProblemAnswerError(Problem(type="", title=code, status=status, code=code), 7.0)


@pytest.mark.parametrize(
    ("error", "verdict", "connection"),
    [
        (RemoteError("server_unreachable"), Verdict.RETRY, "offline"),
        (RemoteError("not_our_server"), Verdict.RETRY, "not_our_server"),
        (RemoteError("certificate_untrusted"), Verdict.PERSON, "not_our_server"),
        (RemoteError("certificate_out_of_date"), Verdict.PERSON, "not_our_server"),
        (SignInError("sign_in_needed"), Verdict.SIGN_IN, "sign_in_needed"),
        (StorageError("disk_full"), Verdict.PERSON, "connected"),
        (StorageError("database_locked"), Verdict.RETRY, "connected"),
        (problem("sign-in-needed", 401), Verdict.SIGN_IN, "sign_in_needed"),
        (problem("device-forked"), Verdict.NEW_DEVICE, "connected"),
        (problem("device-unknown"), Verdict.NEW_DEVICE, "connected"),
        (problem("sequence-gap"), Verdict.RESTORED, "connected"),
        (problem("epoch-changed"), Verdict.RESTORED, "connected"),
        (problem("cursor-gone", 410), Verdict.SNAPSHOT, "connected"),
        (problem("command-id-reused", 422), Verdict.REFUSE_FIRST, "connected"),
        (problem("outcome-expired"), Verdict.REFUSE_FIRST, "connected"),
        (problem("too-large", 413), Verdict.SMALLER, "connected"),
        (problem("upgrade-needed", 426), Verdict.PERSON, "upgrade_needed"),
        (problem("of-a-newer-server", 400), Verdict.RETRY, "connected"),
    ],
)
def test_policy(error: SamverkaError, verdict: Verdict, connection: str) -> None:
    judgement = judge(error)
    assert (judgement.verdict, judgement.connection) == (verdict, connection)
    assert judgement.code == error.code


@pytest.mark.parametrize(("asked", "wait"), [(7.0, 7.0), (None, None), ("soon", None)])
def test_a_server_that_is_not_up_says_how_long_to_wait(asked: object, wait: float | None) -> None:
    assert judge(RemoteError("server_unavailable", retry_after=asked)).retry_after == wait


@pytest.mark.case(50)
def test_server_says_how_long_to_wait(states: list[SyncState], running: list[Runner]) -> None:
    assert judge(problem("too-many-requests", 429)).retry_after == 7.0
    engine = ScriptedEngine(problem("too-many-requests", 429))
    clock = FixedClock()
    runner = make(engine, states)
    running.append(runner)
    runner.start()
    engine.rounds.get(timeout=SECONDS)
    with pytest.raises(queue.Empty):
        engine.rounds.get(timeout=0.3)
    waits = [state.next_try_at - clock.now() for state in states if state.next_try_at]
    assert [wait.total_seconds() for wait in waits] == [7.0]


def test_a_server_that_asks_to_wait_for_no_time_at_all_is_not_asked_without_pause(
    states: list[SyncState], running: list[Runner]
) -> None:
    """A gateway says so in maintenance, or names a moment that has passed: own waits hold then."""
    busy = [RemoteError("server_unavailable", retry_after=0.0) for _ in range(3)]
    engine = ScriptedEngine(*busy)
    runner = make(engine, states, random_part=lambda: 1.0)
    for _ in busy:
        with pytest.raises(RemoteError) as caught:
            engine.round()
        runner._after_failure(caught.value)
    waits = [state.next_try_at - FixedClock().now() for state in states if state.next_try_at]
    assert [wait.total_seconds() for wait in waits] == [2.0, 4.0, 8.0]
    assert running == []


@pytest.mark.parametrize(("asked", "comes_again"), [(3_600.0, False), (None, True)])
def test_a_poke_that_is_told_to_wait_waits(
    states: list[SyncState], running: list[Runner], asked: float | None, *, comes_again: bool
) -> None:
    calls: queue.SimpleQueue[int] = queue.SimpleQueue()

    def poke(device: str, head: int) -> PokeAnswer:
        calls.put(head)
        raise RemoteError("server_unavailable", retry_after=asked)

    engine = ScriptedEngine()
    pace = Pace(poll=9_000.0)
    runner = make(engine, states, poke=poke, pace=pace, random_part=lambda: 0.001)
    running.append(runner)
    runner.start()
    assert calls.get(timeout=SECONDS) == 3
    runner.sync_now()  # a round of a person's does not make the poke come earlier
    while engine.rounds.get(timeout=SECONDS) < 2:
        pass
    if comes_again:
        assert calls.get(timeout=SECONDS) == 3
    else:
        with pytest.raises(queue.Empty):
            calls.get(timeout=0.3)


def test_waits_grow_to_five_minutes() -> None:
    waits = [longest_wait(failures) for failures in range(1, 20)]
    assert waits[:4] == [2.0, 4.0, 8.0, 16.0]
    assert waits == sorted(waits)
    assert waits[-1] == 300.0

"""The synchronisation's thread: when a round is made, and what is told about it.

A second thread only waits for the server's poke and sets an event. Neither knows anything of Qt.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from app.clock import Clock
from app.contract.wire import PokeAnswer
from app.domain.what_changed import SyncState
from app.errors import SamverkaError
from app.sync.engine import Engine, RoundResult
from app.sync.policy import Verdict, judge, longest_wait

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Waits in seconds. ``gather`` is how long a new command waits for others that follow it at once."""

    poll: float = 300.0
    gather: float = 1.0
    poke_jitter: float = 2.0


class Runner:
    """Makes rounds in the background. ``start`` once, ``stop`` once; the rest may be called from any thread.

    ``publish`` is given a SyncState whenever it changes. ``poke`` waits for the server (device, head) and
    returns its head. ``random_part`` gives a number from 0 to 1, ``monotonic`` seconds that only ever grow; a
    test passes its own.
    """

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        publish: Callable[[SyncState], None],
        *,
        state: SyncState,
        poke: Callable[[str, int], PokeAnswer] | None = None,
        pace: Pace | None = None,
        random_part: Callable[[], float] = random.random,
        before_round: Callable[[], None] = lambda: None,
        cancel_io: Callable[[], None] = lambda: None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._publish = publish
        self._poke = poke
        self._pace = pace or Pace()
        self._random_part = random_part
        self._before_round = before_round
        self._cancel_io = cancel_io
        self._monotonic = monotonic
        self._moved_at: float | None = None
        self._state = state
        self._lock = threading.Condition()
        self._due_in: float | None = 0.0
        self._failures = 0
        self._has_sent_again = False
        self._stopping = threading.Event()
        self._paused = False
        self._poke_wanted = threading.Event()
        self._threads: list[threading.Thread] = []

    @property
    def state(self) -> SyncState:
        """Return how synchronisation stands."""
        with self._lock:
            return self._state

    @property
    def seconds_still(self) -> float | None:
        """Return for how long the outbox has not got shorter; None before the first round that went well.

        Not by the machine's clock, which may be put right meanwhile.
        """
        with self._lock:
            return None if self._moved_at is None else self._monotonic() - self._moved_at

    def start(self) -> None:
        """Begin; the first round is made at once."""
        self._threads = [threading.Thread(target=self._run, name="sync")]
        if self._poke is not None:
            # A daemon: it sits in a request of 25 seconds, which closing the connection does not always end.
            self._threads.append(threading.Thread(target=self._listen, name="sync-poke", daemon=True))
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """Make a round soon: a new command is in the outbox."""
        self._hurry(self._pace.gather)

    def sync_now(self) -> None:
        """Make a round at once, whatever was planned."""
        with self._lock:
            self._failures = 0
        self._hurry(0.0, anyway=True)

    def pause(self) -> None:
        """Make no rounds until ``resume``; one that is under way is finished."""
        with self._lock:
            self._paused = True
        self._tell(connection="paused")

    def resume(self) -> None:
        """Go on after a pause."""
        with self._lock:
            self._paused = False
        self._hurry(0.0, anyway=True)

    def set_pace(self, pace: Pace) -> None:
        """Wait as these say from now on; what is planned already stays unless it would be later."""
        with self._lock:
            self._pace = pace
            if self._due_in is not None and self._due_in > pace.poll:
                self._due_in = pace.poll
            self._lock.notify_all()

    def stop(self, *, seconds: float = 10.0) -> None:
        """End the threads and wait for them."""
        with self._lock:
            self._stopping.set()
            self._lock.notify_all()
        self._poke_wanted.set()
        self._cancel_io()
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join(seconds)

    def _hurry(self, seconds: float, *, anyway: bool = False) -> None:
        with self._lock:
            # While the server cannot be reached a new command does not make the waits shorter.
            if self._failures and not anyway:
                return
            if self._due_in is None or seconds < self._due_in or anyway:
                self._due_in = seconds
            self._lock.notify_all()

    def _run(self) -> None:
        while self._wait_for_turn():
            try:
                self._before_round()
                self._tell(running=True)
                result = self._engine.round()
            except SamverkaError as error:
                self._after_failure(error)
            except Exception as error:  # noqa: BLE001 - a thread top: a bug must not end the rounds in silence
                _log.exception("a round of synchronisation failed")
                self._after_failure(SamverkaError("sync_failed", detail=type(error).__name__))
            else:
                self._after_success(result)

    def _wait_for_turn(self) -> bool:
        """Sleep until a round is due. False: it is time to end."""
        with self._lock:
            while not self._stopping.is_set():
                due = None if self._paused else self._due_in
                if due is not None and due <= 0:
                    self._due_in = None
                    return True
                before = self._due_in
                notified = self._lock.wait(due)
                if not notified and self._due_in == before:
                    self._due_in = 0.0
            return False

    def _after_success(self, result: RoundResult) -> None:
        now = self._clock.now()
        moved = result.applied + result.refused + result.withdrawn > 0
        with self._lock:
            self._failures = 0
            if moved or not result.waiting or self._moved_at is None:
                self._moved_at = self._monotonic()
            # What has been tried without an outcome waits its turn; only movement asks for more at once, and
            # what the server had lost: but not over and over, should it say so after each round.
            is_news = result.lost > 0 and not self._has_sent_again
            self._has_sent_again = result.lost > 0
            wait = self._pace.poll * (0.8 + 0.4 * self._random_part())
            if result.waiting and (moved or is_news):
                wait = 0.0
            self._due_in = wait if self._due_in is None else min(self._due_in, wait)
            self._state = replace(
                self._state,
                connection="connected",
                running=False,
                code="",
                last_pull_at=now,
                next_try_at=None,
                received=0,
                sent=result.applied,
            )
            state = self._state
        self._poke_wanted.set()
        self._publish(state)

    def _after_failure(self, error: SamverkaError) -> None:
        judgement = judge(error)
        with self._lock:
            self._failures += 1
            if judgement.verdict in (Verdict.SIGN_IN, Verdict.PERSON):
                wait = self._pace.poll
            else:
                wait = max(0.2, longest_wait(self._failures) * self._random_part())
            # What is asked for is the least: some ask for 0 seconds, or for a moment that has passed.
            wait = max(wait, judgement.retry_after or 0.0)
            self._due_in = wait
            self._state = replace(
                self._state,
                connection=judgement.connection,
                running=False,
                code=judgement.code,
                next_try_at=self._clock.now() + timedelta(seconds=wait),
                received=0,
            )
            state = self._state
        self._publish(state)

    def note_progress(self, rows: int) -> None:
        """Tell how many rows a pull under way has received."""
        self._tell(received=rows)

    def _tell(self, **changes: object) -> None:
        with self._lock:
            self._state = replace(self._state, **changes)  # type: ignore[arg-type]  # names of its fields
            state = self._state
        self._publish(state)

    def _listen(self) -> None:
        assert self._poke is not None  # noqa: S101 - started only where there is one
        failures = 0
        told = 0  # by the last answer: a head that the round after it has not brought is not waited for again
        while not self._stopping.is_set():
            self._poke_wanted.wait()
            if self._stopping.is_set():
                return
            head, asked = 0, None
            try:
                device, head = self._engine.head()
                head = max(head, told)
                answer = self._poke(device, head) if device else None
            except SamverkaError as error:
                # The next round finds out what is wrong and says so.
                answer, asked = None, judge(error).retry_after
            except Exception:  # noqa: BLE001 - the top of a thread: a poke is a hint only
                _log.exception("waiting for the server's poke failed")
                answer = None
            if answer is None:
                failures, told = failures + 1, 0
                if asked is not None:
                    self._stopping.wait(asked)
                self._poke_wanted.clear()
                self._hurry(longest_wait(failures) * self._random_part())
            else:
                failures, told = 0, answer.head
                if answer.head > head:
                    # Listen again when the round has brought the mirror there.
                    self._poke_wanted.clear()
                    self._hurry(self._pace.poke_jitter * self._random_part())

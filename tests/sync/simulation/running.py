"""Many schedules, in one process or in several, and what came of them."""

from __future__ import annotations

import gc
import itertools
import logging
import multiprocessing
import os
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from pathlib import Path

from app.sync import engine
from tests.sync.simulation.mutants import MUTANTS, Mutant
from tests.sync.simulation.plain_database import make_template
from tests.sync.simulation.schedule import Outcome, run_seed
from tests.sync.simulation.server import requests_in_this_thread
from tests.sync.simulation.world import Workshop

LOT = 50


@dataclass(slots=True)
class Summary:
    """What schedules came to together. ``violations`` are seed → what did not hold."""

    schedules: int = 0
    commands: int = 0
    faults: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    violations: dict[int, str] = field(default_factory=dict)

    def add(self, outcome: Outcome) -> None:
        """Count a schedule in."""
        self.schedules += 1
        self.commands += outcome.commands
        self.faults += outcome.faults
        self.kinds.update(outcome.kinds)
        if outcome.violation:
            self.violations[outcome.seed] = outcome.violation


@contextmanager
def workshop(mutant: Mutant | None = None) -> Iterator[Workshop]:
    """Give what schedules run in: the shipped code, or a variant that is broken in one way."""
    with tempfile.TemporaryDirectory(dir=_memory_folder(), prefix="simulation-") as name:
        folder = Path(name)
        template = make_template(folder)
        # Few rows, so few pages, too.
        shipped = engine.LONGEST_CHANGES, engine.STAGED_PER_TRANSACTION
        engine.LONGEST_CHANGES = engine.STAGED_PER_TRANSACTION = 3
        # What the server logs about deaths and refusals is meant to happen here.
        logging.disable(logging.CRITICAL)
        try:
            with requests_in_this_thread():
                shop = Workshop(folder, template)
                try:
                    if mutant is None:
                        yield shop
                    else:
                        with mutant.in_place():
                            yield shop
                finally:
                    shop.close()
        finally:
            engine.LONGEST_CHANGES, engine.STAGED_PER_TRANSACTION = shipped
            logging.disable(logging.NOTSET)


def run_seeds(seeds: Sequence[int], mutant: Mutant | None = None) -> list[Outcome]:
    """Run schedules one after the other in this process."""
    with workshop(mutant) as shop:
        gc.freeze()
        try:
            return [run_seed(shop, seed) for seed in seeds]
        finally:
            gc.unfreeze()


def run_many(first: int, count: int, processes: int) -> Iterator[Outcome]:
    """Run ``count`` schedules from seed ``first`` on, and give their outcomes as they come."""
    seeds = range(first, first + count)
    lots = [list(seeds[start : start + LOT]) for start in range(0, count, LOT)]
    if processes <= 1:
        for lot in lots:
            yield from run_seeds(lot)
        return
    with _pool(processes) as pool:
        for outcomes in pool.map(run_seeds, lots):
            yield from outcomes


@dataclass(frozen=True, slots=True)
class Killed:
    """How a mutant ended: after how many schedules it was seen, by which seed and which law; 0: never."""

    name: str
    schedules: int
    seed: int
    violation: str


def hunt(name: str, first: int, most: int) -> Killed:
    """Run schedules on a mutant until one of I1–I10 breaks: those in which what it breaks happens at all."""
    mutant = MUTANTS[name]
    seeds = itertools.islice(filter(mutant.needs, itertools.count(first)), most)
    with workshop(mutant) as shop:
        for number, seed in enumerate(seeds, start=1):
            outcome = run_seed(shop, seed)
            if outcome.violation:
                return Killed(name, number, seed, outcome.violation.partition("\n")[0])
    return Killed(name, 0, 0, "")


def hunt_all(names: Sequence[str], first: int, most: int, processes: int) -> Iterator[Killed]:
    """Hunt mutants, several at a time."""
    if processes <= 1:
        for name in names:
            yield hunt(name, first, most)
        return
    with _pool(processes) as pool:
        yield from pool.map(hunt, names, [first] * len(names), [most] * len(names))


def _pool(processes: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(processes, mp_context=context, initializer=_end_with_parent)


def _end_with_parent() -> None:
    """Let this process end when the one that started it has been killed: nobody else would tell it."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _memory_folder() -> str | None:
    """Return a folder in memory where the system has one: nothing here need survive."""
    shared = Path("/dev/shm")  # noqa: S108 - not a secret and not shared: a folder of our own is made in it
    return str(shared) if shared.is_dir() else None

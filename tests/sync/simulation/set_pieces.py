"""Courses of events that dice alone hardly come to: each is put into some schedules, at a place in them."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta

from tests.sync.simulation.client import Installation
from tests.sync.simulation.seeds import loses_behind_a_copy, loses_commits
from tests.sync.simulation.world import Life, World

SetPieces = dict[int, Callable[[], None]]


def planned(world: World, actions: int) -> SetPieces:
    """Return what is put before which of the schedule's actions, by the world's seed.

    The places have dice of their own: every other seed goes the way that it would without set pieces.
    """
    dice = random.Random(f"set pieces {world.seed}")
    if world.seed % 9 == 1:
        # Not both: after a long leave an outcome may be forgotten, and then not everything can be judged.
        piece = _long_leave if world.seed % 18 == 1 else _second_thoughts
        return {dice.randrange(actions): lambda: piece(world)}
    if loses_behind_a_copy(world.seed):
        return {dice.randrange(4, actions): lambda: _lose_behind_a_copy(world)}
    if loses_commits(world.seed):
        return _losses(world, actions, random.Random(f"losses {world.seed}"))
    return {}


def _losses(world: World, actions: int, dice: random.Random) -> SetPieces:
    """Let a stand-by fall behind at one place, and take over at one or two later ones."""
    places = sorted(dice.sample(range(4, actions), 3))
    behind = max(places[0], places[1] - dice.randint(1, 8))
    pieces: SetPieces = {behind: world.fall_behind, places[1]: world.go_back}
    if dice.random() < 0.5:
        pieces[places[2]] = world.go_back
    return pieces


def _lose_behind_a_copy(world: World) -> None:
    """What one machine has sent is lost, and a copy of its profile uses the numbers first.

    It may have died before it had fetched what it sent; what it decides next waits then.
    """
    machine = world.any_machine()
    world.make_round(machine)
    twin = world.copy_disk_of(machine)
    world.fall_behind()
    decided = world.dice.randint(1, 2)
    for one in (machine, twin or world.any_machine()):
        for _ in range(decided):
            world.decide(one)
        with Life(world, one, chance=0.5):
            world.make_round(one)
        if one is machine:
            world.go_back()
    if world.dice.random() < 0.5:
        world.decide(machine)
    world.round_of(machine)


def _second_thoughts(world: World) -> None:
    """A profile is copied with what waits in it; on one machine that is sent, on the other taken back."""
    machine = world.any_machine()
    for _ in range(3):
        world.decide(machine)
    twin = world.copy_disk_of(machine)
    waiting = [line.command_id for line in machine.outbox.list_waiting() if line.can_withdraw]
    if twin is None or not waiting:
        return
    steps: list[Callable[[], None]] = [
        lambda: world.round_of(twin),
        lambda: _take_back(world, machine, waiting),
    ]
    world.dice.shuffle(steps)
    for step in steps:
        step()


def _take_back(world: World, machine: Installation, command_ids: list[str]) -> None:
    with Life(world, machine, chance=0.05):
        machine.outbox.withdraw(command_ids)
        world.trace.note(machine.name, "withdraws", len(command_ids))
    world.round_of(machine)


def _long_leave(world: World) -> None:
    """Everybody decides and sends, no answer arrives, and they come back after the server forgot them."""
    world.faults.note("fourteen months away")
    for machine in world.machines:
        with Life(world, machine, chance=0.0):
            world.decide(machine)
            world.network.loses_answers = True
            world.make_round(machine)
        world.network.loses_answers = False
    world.advance(timedelta(days=420))
    world.purge()
    world.prune()
    world.oracle.pruned_before = True

"""Variants of the shipped code that are broken in one way each. The simulation must see every one of them.

A mutant is made by putting other objects (subclasses, functions) in the place of the shipped ones for as long
as schedules run; nothing is patched by its name in a string, and a name that is no longer there is an error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tests.sync.simulation import mutants_of_client as client
from tests.sync.simulation import mutants_of_server as server
from tests.sync.simulation.seeds import loses_commits


@dataclass(frozen=True, slots=True)
class Swap:
    """What is put where: ``owner`` is the module or class that is looked into when the code runs."""

    owner: Any
    name: str
    make: Callable[[Any], Any]
    """Returns the substitute; it is given the shipped object."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One broken variant. ``says`` is what is broken, ``needs`` in which seeds that can be met at all."""

    name: str
    says: str
    swaps: tuple[Swap, ...]
    needs: Callable[[int], bool] = lambda _seed: True

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """Let the variant run in the place of the shipped code."""
        shipped = [(swap, vars(swap.owner)[swap.name]) for swap in self.swaps]
        for swap, before in shipped:
            setattr(swap.owner, swap.name, swap.make(before))
        try:
            yield
        finally:
            for swap, before in shipped:
                setattr(swap.owner, swap.name, before)


def _mutant(
    name: str,
    says: str,
    *swaps: tuple[Any, str, Callable[[Any], Any]],
    needs: Callable[[int], bool] = lambda _seed: True,
) -> Mutant:
    return Mutant(name, says, tuple(Swap(*swap) for swap in swaps), needs)


_ALL = (
    _mutant(
        "no_deduplication",
        "the server does not look whether it knows a command",
        (server.transaction.FirmTransaction, "begin_command", server.knows_nothing),
        (server.transaction.FirmTransaction, "settle_command", server.record_over),
    ),
    _mutant(
        "last_writer_wins",
        "fields are written without comparing them with what was seen",
        (server.customer_effects, "change_fields", server.without_comparing),
    ),
    _mutant(
        "link_takes_over",
        "a link is written over a colleague's",
        (server.effects, "_EFFECTS", server.links_over),
    ),
    _mutant(
        "no_fork_check",
        "a number that was used is taken again",
        (server.pushing, "_check_sequence", server.takes_any_number),
    ),
    _mutant(
        "unrecorded_rejection",
        "a rejected command leaves no outcome and does not advance",
        (server.transaction.FirmTransaction, "settle_command", server.settle_applied_only),
    ),
    _mutant(
        "head_as_cursor",
        "the cursor after a full page is the head",
        (server.pulling.Puller, "_following", server.follows_head),
    ),
    _mutant(
        "cursor_of_rev_alone",
        "the cursor forgets where in a version it is",
        (server.pulling.Puller, "_following", server.follows_rev_alone),
    ),
    _mutant(
        "snapshot_cursor_at_end",
        "a snapshot ends in the changes since its end",
        (server.pulling.Puller, "_following", server.follows_end_of_snapshot),
    ),
    _mutant(
        "no_gone_for_access",
        "a changed scope is not told",
        (server.pulling, "_check", server.checks_without_scope),
    ),
    _mutant(
        "no_gone_for_purged",
        "a cursor from before the floor is taken",
        (server.pulling, "_check", server.checks_without_floor),
    ),
    _mutant(
        "no_epoch",
        "a restored server goes on as if nothing had been",
        (server.simulated, "begin_new_life", server.no_new_life),
    ),
    _mutant(
        "no_tombstones",
        "what was removed is left out of the changes",
        (server.pages.Pages, "delta", server.delta_without_tombstones),
    ),
    _mutant(
        "sees_everything",
        "pages are not cut to what the person may see",
        (server.pages.Pages, "__init__", server.pages_of_everything),
    ),
    _mutant(
        "scopes_stand_still",
        "a grant that is withdrawn moves no scope",
        (server.grants.GrantKeeper, "_move_scopes", server.nothing),
    ),
    _mutant(
        "forgotten_rev",
        "a record is written without a new version",
        (server.rows, "_put_statement", server.put_without_rev),
        (server.simulated.SimulatedServer, "begin", server.without_triggers),
    ),
    _mutant(
        "no_audit",
        "commands are not noted in the audit",
        (server.transaction.FirmTransaction, "note", server.notes_nothing_of_commands),
    ),
    _mutant(
        "mail_inside_transaction",
        "the mail server is spoken to under the firm's lock",
        (server.mail_worker.MailWorker, "_compose", server.composes_and_sends),
    ),
    _mutant(
        "mail_never_done",
        "a sent e-mail stays in the queue",
        (server.queues.Queue, "finish", server.nothing),
    ),
    _mutant(
        "new_key_per_retry",
        "a command that is tried again has another id",
        (client.engine, "take_batch", client.with_new_ids),
    ),
    _mutant(
        "out_of_order",
        "the newest command is numbered first",
        (client.engine, "freeze_sequence", client.freeze_newest_first),
    ),
    _mutant(
        "cursor_before_data",
        "the cursor is on the disk before the rows",
        (client.engine.Engine, "_finish_pull", client.saves_cursor_first),
    ),
    _mutant(
        "done_before_send",
        "a command counts as acknowledged when it leaves",
        (client.engine, "take_batch", client.acknowledges_at_once),
    ),
    _mutant(
        "confirmed_before_it_arrives",
        "an acknowledged command is called confirmed at once",
        (client.engine, "settle", client.confirms_at_once),
    ),
    _mutant(
        "confirmed_page_by_page",
        "commands are confirmed after each page",
        (client.engine.Engine, "_pull", client.confirms_each_page),
    ),
    _mutant(
        "acknowledged_leaves_the_view",
        "an acknowledged command is no longer laid over the mirror",
        (client.engine, "settle", client.ends_what_is_acknowledged),
    ),
    _mutant(
        "no_journal",
        "what a restored server has lost is not sent again",
        (client.losses, "replay", client.replays_nothing),
    ),
    _mutant(
        "going_back_unnoticed",
        "what a server has lost without a restore is sent again by those only who have more to send",
        (client.engine, "has_gone_back", client.never),
        (client.engine, "GoneReason", client.without_reason),
        (client.engine, "place_beyond", client.knows_no_place),
        needs=loses_commits,
    ),
    _mutant(
        "place_of_any_history",
        "a place in the changes is taken though the commits before it are others now",
        (server.pulling, "is_of_this_history", server.always),
        needs=loses_commits,
    ),
    _mutant(
        "push_without_place",
        "commands are taken of whoever knows of commits that are lost",
        (server.pushing.Pusher, "push", server.told_no_place),
        needs=loses_commits,
    ),
    _mutant(
        "silent_rejection",
        "a rejected command is dealt with before anybody has seen it",
        (client.engine, "settle", client.handles_rejections),
    ),
    _mutant(
        "withdrawn_without_asking",
        "a command that may have arrived is called withdrawn",
        (client.usecases_outbox, "withdraw_commands", client.withdraws_at_once),
    ),
    _mutant(
        "refused_without_telling",
        "a restored server does not hear of what it had refused, and a copy of the profile carries it out",
        (client.losses, "replay", client.keeps_refusals_to_itself),
    ),
    _mutant(
        "carried_out_in_silence",
        "nobody is told that what had failed, or was taken back, is carried out after all",
        (client.engine, "settle", client.carries_out_in_silence),
    ),
    _mutant(
        "withdrawn_without_telling",
        "the server is not told of what was taken back before it had a number",
        (client.usecases_outbox, "withdraw_commands", client.tells_nothing),
    ),
    _mutant(
        "lock_held_while_sending",
        "the write lock is held while the network is waited for",
        (client.engine.Engine, "_push_lot", client.pushes_under_lock),
    ),
    _mutant(
        "fork_is_tried_again",
        "a copied disk goes on as the same device",
        (client.policy, "_PROBLEMS", client.with_forks_tried_again),
    ),
    _mutant(
        "snapshot_over_mirror",
        "a snapshot is laid over the mirror instead of taking its place",
        (client.pulling, "swap_staging", client.merges_staging),
    ),
)

MUTANTS: dict[str, Mutant] = {mutant.name: mutant for mutant in _ALL}

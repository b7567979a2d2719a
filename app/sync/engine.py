"""One round of synchronisation, as plain calls: number, push, pull, confirm.

The engine is the only writer of the mirror. It has no thread and no clock of its own, and keeps nothing in
memory that a crash between any two of its steps could lose.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Protocol

from app.clock import Clock
from app.contract.wire import (
    MAXIMUM_COMMANDS,
    MAXIMUM_PUSH_BYTES,
    DeviceAnswer,
    GoneReason,
    Meta,
    PullAnswer,
    PushAnswer,
    WireCommand,
)
from app.domain.projection import HEARD_DAY_KEY
from app.domain.what_changed import WhatChanged
from app.errors import SignInError
from app.remote.server import ProblemAnswerError
from app.storage.database import Database
from app.storage.journal import (
    Settled,
    begin_new_device,
    confirm,
    count_try,
    count_untold,
    count_waiting,
    forget_untold,
    freeze_sequence,
    has_gone_back,
    list_perhaps_lost,
    note_server_time,
    prune,
    refuse_forgotten,
    refuse_locally,
    settle,
    take_batch,
    was_away_too_long,
)
from app.storage.keyvalues import get_session, put_session
from app.storage.left_behind import bring_back, put_aside
from app.storage.missing_indexes import make_missing_indexes
from app.storage.outbox import OutboxEntry
from app.storage.overlay import refresh
from app.storage.pulling import PullProgress, begin_again, knew_these_types, restart_mirror
from app.storage.shown_process import MakingProcess
from app.storage.shown_rebuild import merge_search, rebuild_shown
from app.storage.shown_tables import rewrite
from app.storage.writing import as_what_changed, show_settled
from app.sync.losses import Kept, ask_what_is_kept, place_beyond, queue_again
from app.sync.policy import Verdict, judge

PAGE_ROWS = 2000
STAGED_PER_TRANSACTION = 8
"""Pages of a snapshot: with few, writing goes on beside fetching, and little waits in memory."""
LONGEST_CHANGES = 25
"""Pages of changes, which wait in memory and are written at once: what a command did must not be there by
half. More than these are given up for a snapshot, which is staged."""
MADE_BESIDE_FROM = 20_000
"""Rows of a snapshot from which on its lists are worth a process of their own."""
LISTS_FIRST_FROM = 20_000
"""Rows of a snapshot from which on its lists are shown before the indexes that they do not need are there."""
LOTS_PER_ROUND = 4
"""Pushes before a pull: thousands of commands come back in pieces and hold the write lock only briefly."""
_MAXIMUM_RESTARTS = 3
_UNKNOWN = "problem_device_unknown"


class SyncServer(Protocol):
    """The calls of ``app.remote.server.Server`` that a round makes."""

    def meta(self) -> Meta:
        """Tell who is there, and what the time is there."""
        ...

    def register_device(self, name: str) -> DeviceAnswer:
        """Register this installation."""
        ...

    def push(self, device: str, epoch: str, commands: Sequence[WireCommand], place: str = "") -> PushAnswer:
        """Send commands in order."""
        ...

    def pull(self, device: str, cursor: str | None, limit: int, place: str = "") -> PullAnswer:
        """Return the next page."""
        ...

    def outcomes(self, device: str, command_ids: Sequence[str]) -> PushAnswer:
        """Return recorded outcomes again."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundResult:
    """What a round did. ``waiting`` is how many commands are left without an outcome, withdrawals and lost
    refusals of which the server does not know among them; ``withdrawn`` is of how many it has been told;
    ``lost`` are those of which the pull has shown that the server has lost them: they wait again, or are to
    be told again.
    """

    applied: int = 0
    refused: int = 0
    withdrawn: int = 0
    received: int = 0
    head: int = 0
    waiting: int = 0
    lost: int = 0


@dataclass(slots=True)
class _Pulled:
    """What a pull has received, to which head it leads, and how many commands the server had lost."""

    received: int = 0
    head: int = 0
    lost: int = 0


class Engine:
    """Runs rounds; call it from one thread at a time.

    ``publish`` is told what each transaction has changed, ``on_progress`` how many rows a pull has received.
    """

    def __init__(
        self,
        database: Database,
        server: SyncServer,
        clock: Clock,
        publish: Callable[[WhatChanged], None],
        *,
        device_name: str = "Samverka",
        on_progress: Callable[[int], None] = lambda _rows: None,
        page_rows: int = PAGE_ROWS,
        made_beside_from: int = MADE_BESIDE_FROM,
        lists_first_from: int = LISTS_FIRST_FROM,
    ) -> None:
        self._database = database
        self._server = server
        self._clock = clock
        self._publish = publish
        self._device_name = device_name
        self._on_progress = on_progress
        self._page_rows = page_rows
        self._made_beside_from = made_beside_from
        self._lists_first_from = lists_first_from
        self._most_commands = MAXIMUM_COMMANDS
        self._first_of_batch, self._is_alone = "", False

    def round(self) -> RoundResult:
        """Send what waits, then fetch what has changed.

        Raises:
            SamverkaError: whatever ``app.sync.policy.judge`` has a verdict for that a round cannot deal
                with itself. What was done until then is kept.
        """
        make_missing_indexes(self._database)  # the program may have ended before they were made
        self._ensure_device()
        try:
            pushed = self._push_all()
        except ProblemAnswerError as error:
            if not judge(error).counts_as_try:
                raise
            # A command that the server fails on holds up those behind it, and not what others have done.
            self._pull_all()
            raise
        pulled = self._pull_all()
        with self._database.write() as unit:
            prune(unit)
            untold = count_untold(unit)
            waiting = count_waiting(unit) + untold
        # The sooner a server hears again of what it has lost, the fewer copies of the profile come before.
        lost = pulled.lost or untold
        return replace(pushed, received=pulled.received, head=pulled.head, waiting=waiting, lost=lost)

    def head(self) -> tuple[str, int]:
        """Return the device and the firm's version that the mirror has: what a poke asks beyond."""
        with self._database.read() as unit:
            return get_session(unit, "device", ""), int(get_session(unit, "pulled_head", 0))

    def _ensure_device(self) -> None:
        with self._database.read() as unit:
            if get_session(unit, "device"):
                return
        self._register()

    def _register(self, *, may_have_lost: bool = False) -> int:
        """Become a device; return how many commands the server had lost.

        ``may_have_lost``: the server does not know the device that this was. Where it says that another has
        used the numbers, it may have lost ours first: what is kept is asked for in any case.
        """
        answer = self._server.register_device(self._device_name)
        self._change_person(answer.staff_id)
        with self._database.read() as unit:
            # While somebody was away the server may have begun another life, and only others were told.
            came_back = get_session(unit, "came_back", False)
            is_other_life = came_back or get_session(unit, "epoch", answer.epoch) != answer.epoch
            is_other_life = is_other_life or may_have_lost
        self._give_up_what_is_forgotten()
        kept = self._ask_what_is_kept(answer.device, answer.epoch)
        lost: list[OutboxEntry] = []
        with self._database.write() as unit:
            is_other_life = is_other_life or any(
                e.command.id not in kept.ids for e in list_perhaps_lost(unit)
            )
            if is_other_life:
                lost = queue_again(unit, answer.epoch, 0, kept)
                begin_again(unit)  # its place in the changes may be one that others have written since
                put_session(unit, stale=1)
            begin_new_device(unit, device=answer.device, epoch=answer.epoch)
            put_session(unit, staff_id=answer.staff_id, firm_id=answer.firm_id, came_back=None)
        return len(lost)

    def _change_person(self, staff_id: str) -> None:
        """Let another person's sign-in find a cache with nothing but what they have left here themselves."""
        with self._database.write() as unit:
            before = get_session(unit, "staff_id")
            if not before or before == staff_id:
                return
            if count_waiting(unit):
                raise SignInError("signed_in_as_other")
            forget_untold(unit)
            put_aside(unit, before)
            came_back = bring_back(unit, staff_id)
            restart_mirror(unit)
            rebuild_shown(unit)
            put_session(unit, staff_id=staff_id, came_back=came_back or None)
        self._publish(WhatChanged(everything=True, outbox=True))

    def _give_up_what_is_forgotten(self) -> None:
        """Before numbers begin anew: after a year away nobody knows what this disk's commands came to."""
        with self._database.read() as unit:
            has_been_there = get_session(unit, "server_time") is not None
        if not has_been_there:
            return
        server_time = self._server.meta().server_time
        with self._database.write() as unit:
            if not was_away_too_long(unit, server_time):
                return
            settled = refuse_forgotten(unit, self._clock.now())
            changed = show_settled(unit, settled.ended)
        self._publish(changed)

    def _push_all(self) -> RoundResult:
        done, restarts = RoundResult(), 0
        for _ in range(LOTS_PER_ROUND):
            try:
                settled = self._push_lot()
            except ProblemAnswerError as error:
                restarts += 1
                if restarts > _MAXIMUM_RESTARTS or not self._deal_with(error):
                    raise
                continue
            if settled is None:
                break
            done = replace(
                done,
                applied=done.applied + len(settled.acknowledged) + len(settled.revived),
                refused=done.refused + len(settled.ended),
                withdrawn=done.withdrawn + len(settled.told),
            )
        return done

    def _push_lot(self) -> Settled | None:
        """Send one batch and settle its outcomes in one transaction; None where nothing waits."""
        now = self._clock.now()
        with self._database.write() as unit:
            freeze_sequence(unit, most=self._most_commands)
            batch = take_batch(
                unit, most=self._most_commands, most_bytes=MAXIMUM_PUSH_BYTES * 9 // 10, now=now
            )
            if not batch.commands:
                return None
            changed = show_settled(unit, [], also=batch.newly_sent) if batch.newly_sent else None
            device, epoch = get_session(unit, "device"), get_session(unit, "epoch")
            place = get_session(unit, "place", "")
        if changed is not None:
            self._publish(changed)
        self._first_of_batch, self._is_alone = batch.commands[0].id, len(batch.commands) == 1
        answer = self._server.push(device, epoch, batch.commands, place)
        self._most_commands = min(MAXIMUM_COMMANDS, 2 * self._most_commands)
        with self._database.write() as unit:
            settled = settle(unit, answer.results, answer.epoch, self._clock.now())
            put_session(unit, heard_seq=answer.last_seq)
            if answer.place:  # an earlier version of the server tells of none: what was known stays
                put_session(unit, place=answer.place)
            if settled.revived:
                rebuild_shown(unit)
                changed = WhatChanged(everything=True, outbox=True)
            else:
                changed = show_settled(unit, settled.ended, also=settled.acknowledged)
        self._publish(changed)
        return settled

    def _deal_with(self, error: ProblemAnswerError) -> bool:
        """Do what a problem of a push asks for. False: this round cannot."""
        judgement = judge(error)
        if judgement.verdict == Verdict.NEW_DEVICE:
            self._register(may_have_lost=judgement.code == _UNKNOWN)
        elif judgement.verdict == Verdict.RESTORED and error.problem.last_seq is not None:
            self._server_was_restored(error.problem.epoch, error.problem.last_seq)
        elif judgement.verdict == Verdict.REFUSE_FIRST or (
            judgement.verdict == Verdict.SMALLER and self._is_alone
        ):
            with self._database.write() as unit:
                code = error.problem.code.replace("-", "_")
                settled = refuse_locally(unit, self._first_of_batch, code, self._clock.now())
                changed = show_settled(unit, settled.ended)
            self._publish(changed)
        elif judgement.verdict == Verdict.SMALLER:
            self._most_commands = max(1, self._most_commands // 2)
        else:
            if judgement.counts_as_try:
                with self._database.write() as unit:
                    count_try(unit, self._first_of_batch)
            return False
        return True

    def _server_was_restored(self, epoch: str | None, last_seq: int) -> None:
        """Queue the journal again that the restored server has lost; the mirror is fetched anew."""
        with self._database.read() as unit:
            device, present = get_session(unit, "device"), epoch or get_session(unit, "epoch")
        self._give_up_what_is_forgotten()
        kept = self._ask_what_is_kept(device, present)
        with self._database.write() as unit:
            lost = queue_again(unit, present, last_seq, kept)
            begin_again(unit)
            if lost:
                rebuild_shown(unit)
        if lost:
            self._publish(WhatChanged(everything=True, outbox=True))

    def _ask_what_is_kept(self, device: str, epoch: str) -> Kept:
        return ask_what_is_kept(self._database, self._server.outcomes, device, epoch)

    def _pull_all(self) -> _Pulled:
        restarts, lost = 0, 0
        while True:
            try:
                pulled = self._pull()
                return replace(pulled, lost=lost + pulled.lost)
            except ProblemAnswerError as error:
                verdict = judge(error).verdict
                restarts += 1
                if restarts > _MAXIMUM_RESTARTS:
                    raise
                if verdict == Verdict.SNAPSHOT:
                    with self._database.write() as unit:
                        begin_again(unit)
                        if error.problem.reason == GoneReason.EPOCH:
                            # What was fetched is of commits that the server has lost. Ours may be among them,
                            # though the device's last number is as high as it was: a copy may have used them.
                            # The place stays: should this break off, the next push is told before it does
                            # anything that what was lost comes first.
                            put_session(unit, may_have_lost=1)
                elif verdict == Verdict.NEW_DEVICE:
                    lost += self._register(may_have_lost=error.code == _UNKNOWN)
                else:
                    raise

    def _pull(self) -> _Pulled:
        """Fetch pages until there are no more; the last transaction also confirms and shows."""
        with self._database.read() as unit:
            knows_all = knew_these_types(unit)
        if not knows_all:
            with self._database.write() as unit:
                begin_again(unit)
        with self._database.read() as unit:
            progress = PullProgress.begin(unit)
            device, epoch = get_session(unit, "device"), get_session(unit, "epoch")
            place = place_beyond(unit, progress.cursor)
        received = 0
        with ExitStack() as stack:
            process: MakingProcess | None = None
            while True:
                answer = self._server.pull(device, progress.cursor, self._page_rows, place)
                progress.add(answer)
                place = ""  # the next page's cursor is from a newer moment
                received += len(answer.changes)
                self._on_progress(received)
                # A snapshot is of the moment it began; only the changes since then lead to the answer's head.
                if not answer.more and not answer.snapshot:
                    lists_first = received >= self._lists_first_from
                    lost = self._finish_pull(progress, answer, epoch, process, lists_first=lists_first)
                    return _Pulled(received, answer.head, lost)
                if answer.snapshot and progress.pages >= STAGED_PER_TRANSACTION:
                    with self._database.write() as unit:
                        progress.stage(unit)
                elif not progress.loading and progress.pages >= LONGEST_CHANGES:
                    with self._database.write() as unit:
                        begin_again(unit)
                        progress = PullProgress.begin(unit)
                        place = place_beyond(unit, progress.cursor)
                if answer.snapshot and process is None and received >= self._made_beside_from:
                    process = stack.enter_context(MakingProcess())

    def _finish_pull(
        self,
        progress: PullProgress,
        answer: PullAnswer,
        epoch: str,
        process: MakingProcess | None = None,
        *,
        lists_first: bool,
    ) -> int:
        """Write the last pages, confirm and show; return how many commands the server had lost."""
        now = self._clock.now()
        kept = Kept()
        with self._database.read() as unit:
            device = get_session(unit, "device")
            was_told = bool(get_session(unit, "may_have_lost"))
            is_older = has_gone_back(unit, epoch=answer.epoch, last_seq=answer.last_seq)
        has_lost = answer.epoch != epoch or is_older or was_told
        if has_lost:
            self._give_up_what_is_forgotten()
            kept = self._ask_what_is_kept(device, answer.epoch)
        with self._database.write() as unit, progress.room(unit):
            is_stale = bool(get_session(unit, "stale"))
            change = progress.write(unit)
            lost = []
            if has_lost:
                lost = queue_again(unit, answer.epoch, answer.last_seq, kept)
            if is_older and not was_told:  # then this is a snapshot of what there is now
                begin_again(unit)  # what was fetched of what is lost has no removal that would be told
            confirmed = confirm(unit, answer.epoch, answer.head)
            is_new_day = note_server_time(unit, answer.server_time)
            if lost or progress.wrote_anew or is_stale:
                rebuild_shown(unit, process, lists_first=lists_first)
                changed = WhatChanged(everything=True, outbox=True)
            else:
                keys = change.keys | {HEARD_DAY_KEY} if is_new_day else change.keys
                affected = refresh(unit, keys, [entry.position for entry in confirmed])
                affected.customers |= change.affected.customers
                affected.customers |= {entry.customer_id for entry in confirmed if entry.customer_id}
                affected.records |= change.affected.records
                rewrite(unit, affected)
                changed = as_what_changed(affected, outbox=bool(confirmed))
            heard = {"pulled_at": now.isoformat(), "pulled_head": answer.head, "heard_seq": answer.last_seq}
            put_session(unit, **heard, stale=None, may_have_lost=None, place=answer.cursor)
        self._publish(changed)
        if changed.everything:
            if lists_first:
                make_missing_indexes(self._database)
                with self._database.write() as unit:
                    merge_search(unit)
            self._database.empty_log()
        return len(lost)

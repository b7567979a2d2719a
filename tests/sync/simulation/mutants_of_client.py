"""What the broken clients do differently. Each function is given the shipped object and returns another."""

from __future__ import annotations

from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from app.contract.wire import ProblemCode
from app.domain.ids import new_id
from app.storage import pulling
from app.storage.keyvalues import get_session, put_session
from app.storage.outbox import CommandState, list_entries
from app.storage.pulling import PullProgress
from app.storage.writing import as_what_changed
from app.sync import engine, losses, policy
from app.usecases import outbox as usecases_outbox

__all__ = ["engine", "losses", "policy", "pulling", "usecases_outbox"]


def with_new_ids(shipped: Any) -> Any:
    """Give what was tried before a new id at each try."""

    def take_batch(unit: Any, **named: Any) -> Any:
        for (position,) in unit.rows("SELECT position FROM outbox WHERE state = 'sending'"):
            unit.run("UPDATE outbox SET id = ? WHERE position = ?", (new_id("cmd"), position))
        return shipped(unit, **named)

    return take_batch


def freeze_newest_first(_shipped: Any) -> Any:
    """Number what waits from its end."""

    def freeze_sequence(unit: Any, *, most: int) -> None:
        last = int(get_session(unit, "device_seq", 0))
        waiting = unit.rows(
            "SELECT position FROM outbox WHERE state = 'queued' AND seq IS NULL"
            " ORDER BY position DESC LIMIT ?",
            (most,),
        )
        for place, (position,) in enumerate(waiting, start=1):
            unit.run("UPDATE outbox SET seq = ? WHERE position = ?", (last + place, position))
        put_session(unit, device_seq=last + len(waiting))

    return freeze_sequence


def saves_cursor_first(shipped: Any) -> Any:
    """Write the cursor in a transaction of its own, before the rows."""

    def finish_pull(self: Any, progress: Any, answer: Any, *more: Any, **named: Any) -> Any:
        with self._database.write() as unit:
            put_session(unit, cursor=progress.cursor, pulled_head=answer.head)
        return shipped(self, progress, answer, *more, **named)

    return finish_pull


def acknowledges_at_once(shipped: Any) -> Any:
    """Take what leaves for done."""

    def take_batch(unit: Any, **named: Any) -> Any:
        batch = shipped(unit, **named)
        epoch = get_session(unit, "epoch")
        unit.run_many(
            "UPDATE outbox SET state = 'acknowledged', head = 0, epoch = ? WHERE id = ?",
            [(epoch, command.id) for command in batch.commands],
        )
        return batch

    return take_batch


def confirms_at_once(shipped: Any) -> Any:
    """Call confirmed what is only acknowledged."""

    def settle(unit: Any, results: Any, epoch: str, now: Any) -> Any:
        settled = shipped(unit, results, epoch, now)
        unit.run("UPDATE outbox SET state = 'confirmed' WHERE state = 'acknowledged'")
        settled.ended += settled.acknowledged
        settled.acknowledged = []
        return settled

    return settle


def ends_what_is_acknowledged(shipped: Any) -> Any:
    """Take what is acknowledged out of the view."""

    def settle(unit: Any, results: Any, epoch: str, now: Any) -> Any:
        settled = shipped(unit, results, epoch, now)
        settled.ended += settled.acknowledged
        settled.acknowledged = []
        return settled

    return settle


def confirms_each_page(_shipped: Any) -> Any:
    """Write and confirm after each page."""

    def pull(self: Any) -> Any:
        with self._database.read() as unit:
            progress = PullProgress.begin(unit)
            device, epoch = get_session(unit, "device"), get_session(unit, "epoch")
        received = 0
        while True:
            answer = self._server.pull(device, progress.cursor, self._page_rows)
            progress.add(answer)
            received += len(answer.changes)
            if not answer.more and not answer.snapshot:
                lost = self._finish_pull(progress, answer, epoch, lists_first=False)
                return engine._Pulled(received, answer.head, lost)
            with self._database.write() as unit:
                if answer.snapshot:
                    progress.stage(unit)
                else:
                    progress.write(unit)
                    put_session(unit, stale=1)
                engine.confirm(unit, answer.epoch, answer.head)

    return pull


def replays_nothing(_shipped: Any) -> Any:
    """Take up the new numbers and send nothing again."""

    def replay(unit: Any, *, epoch: str, last_seq: int, **_more: Any) -> list[Any]:
        unit.run("UPDATE outbox SET seq = NULL, state = 'queued' WHERE state IN ('queued', 'sending')")
        unit.run("UPDATE outbox SET epoch = ?, head = 0 WHERE state = 'acknowledged'", (epoch,))
        put_session(unit, device_seq=last_seq, heard_seq=last_seq, epoch=epoch)
        return []

    return replay


def never(_shipped: Any) -> Any:
    """Say no, whatever is asked."""
    return lambda *_values, **_named: False


def without_reason(_shipped: Any) -> Any:
    """Know no reason for which a cursor is gone."""
    return SimpleNamespace(EPOCH=None)


def knows_no_place(_shipped: Any) -> Any:
    """Name no place."""
    return lambda *_values: ""


def handles_rejections(shipped: Any) -> Any:
    """Call a rejection confirmed: nobody need be told."""

    def settle(unit: Any, results: Any, epoch: str, now: Any) -> Any:
        settled = shipped(unit, results, epoch, now)
        unit.run_many(
            "UPDATE outbox SET handled_at = ? WHERE position = ? AND state = 'rejected'",
            [(now.isoformat(), entry.position) for entry in settled.ended],
        )
        return settled

    return settle


def withdraws_at_once(_shipped: Any) -> Any:
    """Call withdrawn whatever has no outcome yet."""

    def withdraw(unit: Any, command_ids: Any, now: Any) -> Any:
        entries = [entry for entry in list_entries(unit, "1") if entry.command.id in command_ids]
        taken = [entry for entry in entries if entry.state in (CommandState.QUEUED, CommandState.SENDING)]
        unit.run_many(
            "UPDATE outbox SET state = 'withdrawn', settled_at = ?, handled_at = ? WHERE position = ?",
            [(now.isoformat(), now.isoformat(), entry.position) for entry in taken],
        )
        affected = engine.refresh(unit, set(), [entry.position for entry in taken])
        engine.rewrite(unit, affected)
        return [entry.command.id for entry in taken], as_what_changed(affected)

    return withdraw


def tells_nothing(shipped: Any) -> Any:
    """Keep a withdrawal to oneself."""

    def withdraw(unit: Any, command_ids: Any, now: Any) -> Any:
        done = shipped(unit, command_ids, now)
        unit.run("UPDATE outbox SET withdraw = 0 WHERE withdraw = 2")
        return done

    return withdraw


def pushes_under_lock(shipped: Any) -> Any:
    """Hold the write lock from before the request to after the answer."""

    def push_lot(self: Any) -> Any:
        write = self._database.write
        with write() as held:

            @contextmanager
            def within() -> Any:
                yield held

            self._database.write = within
            try:
                return shipped(self)
            finally:
                self._database.write = write

    return push_lot


def with_forks_tried_again(shipped: Any) -> Any:
    """Try again after a fork, and again."""
    return {**shipped, ProblemCode.DEVICE_FORKED: (policy.Verdict.RETRY, "connected")}


def merges_staging(_shipped: Any) -> Any:
    """Lay a snapshot over the mirror."""

    def swap_staging(unit: Any) -> None:
        unit.run("INSERT OR REPLACE INTO mirror SELECT * FROM staging")
        unit.run("DELETE FROM staging")

    return swap_staging


def keeps_refusals_to_itself(shipped: Any) -> Any:
    """Tell a restored server what was withdrawn, and nothing of what it had refused."""

    def replay(unit: Any, **named: Any) -> Any:
        lost = shipped(unit, **named)
        unit.run("UPDATE outbox SET withdraw = 0 WHERE withdraw = 2 AND state IN ('conflict', 'rejected')")
        return lost

    return replay


def carries_out_in_silence(shipped: Any) -> Any:
    """Count what is carried out after all as dealt with: the person was told that it had not been."""

    def settle(unit: Any, *named: Any) -> Any:
        settled = shipped(unit, *named)
        unit.run("UPDATE outbox SET handled_at = settled_at WHERE code = 'withdrawn_too_late'")
        return settled

    return settle

"""Push: the commands of one device, in order, each in a transaction of its own."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from app.contract import codec
from app.contract.codec import ContractError
from app.contract.protocols import Older
from app.contract.wire import (
    COMMAND_VERSION,
    MAXIMUM_COMMANDS,
    MOST_NEEDS,
    CommandResult,
    FieldConflict,
    OutcomeStatus,
    ProblemCode,
    PushAnswer,
    PushRequest,
    WireCommand,
)
from app.domain.decoders import decoder_of
from app.domain.effects import Actor, ConflictError, RejectedError, apply
from app.domain.limits import ID, REASON, WORD
from app.domain.records import Event
from app.server.feed.actors import find_actor
from app.server.feed.places import Places
from app.server.identity.principals import Principal
from app.server.problems import ProblemError
from app.server.store import ChainEnd, Device, FirmTransaction, Outcome, Store

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moment:
    """What is committed: the firm's life, version and audit, and the device's last number."""

    epoch: str
    head: int
    end: ChainEnd
    last_seq: int


class Pusher:
    """Takes in commands and gives their outcomes again."""

    def __init__(self, store: Store, places: Places) -> None:
        self._store = store
        self._places = places

    def push(self, principal: Principal, request: PushRequest) -> PushAnswer:
        """Settle the commands in order and return their outcomes.

        The batch stops at the first command that cannot be settled. The answer then holds the results so
        far, and the reason is told when that command comes first: a client that resends what is left
        learns both.

        Raises:
            ProblemError: for the first command: 409 ``device-unknown``, ``device-forked``, ``sequence-gap``,
                ``outcome-expired`` or ``epoch-changed``, 422 ``command-id-reused``, 401
                ``sign-in-needed``; 400
                ``invalid`` or 413 ``too-large`` for the batch. A client that knows of a moment which this
                database has lost gets ``epoch-changed`` in the same epoch: what it has sent before is to be
                sent again first.
        """
        if len(request.commands) > MAXIMUM_COMMANDS:
            raise ProblemError(ProblemCode.TOO_LARGE, f"more than {MAXIMUM_COMMANDS} commands")
        results: list[CommandResult] = []
        done = self._present(principal, request)
        epoch = done.epoch
        with self._store.hold() as connection:
            for command in request.commands:
                try:
                    with self._store.write(principal.firm_id, connection) as transaction:
                        if transaction.state.epoch != epoch:
                            raise ProblemError(ProblemCode.EPOCH_CHANGED, epoch=transaction.state.epoch)
                        result, last_seq = _settle(transaction, principal, request.device, command)
                    done = _Moment(
                        epoch=epoch, head=transaction.head, end=transaction.chain_end, last_seq=last_seq
                    )
                except ProblemError:
                    if not results:
                        raise
                    break
                except Exception:  # rolled back and not recorded; the others of the batch wait behind it
                    if not results:
                        raise
                    log.exception("a command could not be settled: %s", command.type)
                    break
                results.append(result)
        place = self._places.write(principal, epoch, done.head, done.end)
        return PushAnswer(epoch=epoch, last_seq=done.last_seq, results=tuple(results), place=place)

    def outcomes(self, principal: Principal, device_id: str, command_ids: Sequence[str]) -> PushAnswer:
        """Return the recorded outcomes of these commands of the same person; unknown ones are left out."""
        if len(command_ids) > MAXIMUM_COMMANDS:
            raise ProblemError(ProblemCode.TOO_LARGE, f"more than {MAXIMUM_COMMANDS} commands")
        with self._store.read(principal.firm_id) as snapshot:
            if snapshot.find_scope(principal.staff_id) is None:
                raise ProblemError(ProblemCode.SIGN_IN_NEEDED)
            device = snapshot.devices.find(device_id, principal.staff_id)
            if device is None:
                raise ProblemError(ProblemCode.DEVICE_UNKNOWN)
            found = snapshot.devices.list_outcomes(command_ids)
            mine = [_result(outcome) for outcome in found if outcome.staff_id == principal.staff_id]
            return PushAnswer(
                epoch=snapshot.epoch,
                last_seq=device.last_seq,
                results=tuple(mine),
                place=self._places.write(principal, snapshot.epoch, snapshot.head, snapshot.chain_end),
            )

    def _present(self, principal: Principal, request: PushRequest) -> _Moment:
        with self._store.read(principal.firm_id) as snapshot:
            if snapshot.find_scope(principal.staff_id) is None:
                raise ProblemError(ProblemCode.SIGN_IN_NEEDED)
            device = snapshot.devices.find(request.device, principal.staff_id)
            if device is None:
                raise ProblemError(ProblemCode.DEVICE_UNKNOWN, epoch=snapshot.epoch)
            epoch, last_seq = snapshot.epoch, device.last_seq
            if request.epoch != epoch or self._places.is_lost(request.place, principal, snapshot):
                raise ProblemError(ProblemCode.EPOCH_CHANGED, epoch=epoch, last_seq=last_seq)
            return _Moment(epoch=epoch, head=snapshot.head, end=snapshot.chain_end, last_seq=last_seq)


def _settle(
    transaction: FirmTransaction, principal: Principal, device_id: str, wire: WireCommand
) -> tuple[CommandResult, int]:
    """Return the command's outcome and the device's last sequence number after it."""
    start = transaction.begin_command(device_id, principal.staff_id, wire.id)
    device, known = start.device, start.outcome
    if device is None:
        raise ProblemError(ProblemCode.DEVICE_UNKNOWN)
    actor = find_actor(transaction.reader, principal.staff_id)
    fingerprint = _fingerprint(wire)
    if known is not None:
        if known.staff_id != principal.staff_id or not _is_same(known, wire, fingerprint):
            raise ProblemError(ProblemCode.COMMAND_ID_REUSED, last_seq=device.last_seq)
        if wire.seq != device.last_seq + 1:
            return _result(known), device.last_seq
        # It was given a new number after a fork; its place must be taken or the device has a gap for ever.
        transaction.devices.advance(device.id, wire.seq)
        return _result(known), wire.seq
    _check_sequence(device, wire.seq)
    if wire.v > COMMAND_VERSION and not wire.withdraw:
        # A newer client's: it waits until this server is newer, too. An outcome would be final.
        raise ProblemError(
            ProblemCode.UPGRADE_NEEDED, "command", reason=Older.SERVER, last_seq=device.last_seq
        )
    if wire.withdraw:
        result = CommandResult(
            id=wire.id, seq=wire.seq, status=OutcomeStatus.WITHDRAWN, head=transaction.head
        )
    else:
        result = _run(transaction, actor, wire)
    outcome = Outcome(
        command_id=wire.id,
        staff_id=principal.staff_id,
        fingerprint=fingerprint,
        status=result.status,
        result=msgspec.json.encode(result).decode(),
    )
    transaction.settle_command(
        outcome,
        device_id=device.id,
        seq=wire.seq,
        type_name=wire.type[: WORD.most],
        entity=wire.entity[: ID.most],
        head=result.head,
    )
    return result, wire.seq


def _fingerprint(wire: WireCommand) -> str:
    if wire.withdraw:
        return ""
    try:
        return codec.fingerprint(wire.type, wire.v, wire.entity, bytes(wire.payload))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ProblemError(ProblemCode.INVALID, "payload") from error


def _is_same(known: Outcome, wire: WireCommand, fingerprint: str) -> bool:
    if wire.withdraw or known.status == OutcomeStatus.WITHDRAWN:
        return True
    return known.fingerprint == fingerprint


def _check_sequence(device: Device, seq: int) -> None:
    if seq > device.last_seq + 1:
        raise ProblemError(ProblemCode.SEQUENCE_GAP, last_seq=device.last_seq)
    if seq <= device.last_seq:
        pruned = seq <= device.pruned_seq
        problem = ProblemCode.OUTCOME_EXPIRED if pruned else ProblemCode.DEVICE_FORKED
        raise ProblemError(problem, last_seq=device.last_seq)


def _run(transaction: FirmTransaction, actor: Actor, wire: WireCommand) -> CommandResult:
    """Apply the command. Whatever comes of it is its outcome, and final."""
    try:
        if _has_nul(bytes(wire.payload)):
            # PostgreSQL cannot hold it; on both databases the same command has the same outcome.
            raise RejectedError("invalid", field="payload")
        _check_envelope(wire)
        _check_needs(transaction, wire.needs)
        command = codec.decode_command(
            command_id=wire.id,
            type_name=wire.type,
            v=wire.v,
            payload=bytes(wire.payload),
            made_at=wire.made_at or transaction.now,
            needs=wire.needs,
        )
        if wire.entity != command.entity:
            # What is told with a conflict, and found by an erasure, is about the entity.
            raise RejectedError("invalid", field="entity")
        context = transaction.context(actor, correlation_id=wire.id)
        effect = apply(command, transaction.reader, context)
    except ConflictError as conflict:
        return _conflict(transaction, wire, conflict)
    except RejectedError as rejected:
        return _rejected(transaction, wire, rejected.code, rejected.data)
    except ContractError as wrong:
        return _rejected(transaction, wire, "invalid", {"reason": wrong.code})
    transaction.write(effect, by=actor, source=wire.id, is_replay=wire.replayed)
    return CommandResult(id=wire.id, seq=wire.seq, status=OutcomeStatus.APPLIED, head=transaction.head)


def _has_nul(payload: bytes) -> bool:
    """Tell whether any text of the JSON has a NUL in it, which is written with an escape there."""
    if b"\\u0000" not in payload:
        return False
    waiting: list[Any] = [msgspec.json.decode(payload)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str) and "\x00" in value:
            return True
        if isinstance(value, dict):
            waiting += [*value.keys(), *value.values()]
        elif isinstance(value, list):
            waiting += value
    return False


def _check_envelope(wire: WireCommand) -> None:
    """Refuse what no program of ours makes, before it is looked up. It is recorded as any other outcome."""
    if len(wire.type) > WORD.most:
        raise RejectedError("too_long", field="type", most=WORD.most)
    if len(wire.entity) > ID.most or any(len(needed) > ID.most for needed in wire.needs):
        raise RejectedError("too_long", field="id", most=ID.most)
    if len(wire.needs) > MOST_NEEDS:
        raise RejectedError("too_many", field="needs", most=MOST_NEEDS)


def _check_needs(transaction: FirmTransaction, needs: Sequence[str]) -> None:
    applied = {
        outcome.command_id
        for outcome in transaction.devices.list_outcomes(needs)
        if outcome.status == OutcomeStatus.APPLIED
    }
    for needed in needs:
        if needed not in applied:
            raise RejectedError("depends", needs=needed)


def _rejected(
    transaction: FirmTransaction, wire: WireCommand, code: str, data: dict[str, Any]
) -> CommandResult:
    return CommandResult(
        id=wire.id,
        seq=wire.seq,
        status=OutcomeStatus.REJECTED,
        head=transaction.head,
        code=code,
        data={name: str(value)[: REASON.most] for name, value in data.items()},
    )


def _conflict(transaction: FirmTransaction, wire: WireCommand, conflict: ConflictError) -> CommandResult:
    """Return the outcome with what each field is now, and who changed the record last."""
    last = _last_event(transaction, wire.entity)
    raw = msgspec.json.encode
    fields = {
        name: FieldConflict(
            mine=msgspec.Raw(raw(value.mine)),
            theirs=msgspec.Raw(raw(value.theirs)),
            seen=msgspec.Raw(raw(value.seen)),
            by="" if last is None else last.by,
            at=None if last is None else last.at,
        )
        for name, value in conflict.fields.items()
    }
    return CommandResult(
        id=wire.id,
        seq=wire.seq,
        status=OutcomeStatus.CONFLICT,
        head=transaction.head,
        code="conflict",
        fields=fields,
    )


def _last_event(transaction: FirmTransaction, entity: str) -> Event | None:
    events = [e for e in transaction.reader.list_children("event", entity) if isinstance(e, Event) and e.at]
    return max(events, key=lambda event: event.at or transaction.now, default=None)


def _result(outcome: Outcome) -> CommandResult:
    return decoder_of(CommandResult).decode(outcome.result)

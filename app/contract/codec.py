"""Records and command payloads to and from JSON."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

import msgspec

from app.domain.commands import COMMAND_TYPES, Command, Payload
from app.domain.decoders import decoder_of
from app.domain.records import RECORD_TYPES, Record
from app.errors import SamverkaError


class ContractError(SamverkaError):
    """Something on the wire or on disk does not have the agreed shape."""


_encoder = msgspec.json.Encoder()


def encode_record(record: Record) -> bytes:
    """Return the record as JSON (UTF-8)."""
    return _encoder.encode(record)


def decode_record(type_name: str, data: bytes | str | msgspec.Raw) -> Record:
    """Return the record that the JSON holds; fields that this version does not know are passed over.

    Raises ContractError for an unknown type or a wrong shape.
    """
    if type_name not in RECORD_TYPES:
        raise ContractError("contract_unknown_type", type=type_name)
    try:
        return decoder_of(RECORD_TYPES[type_name]).decode(data)
    except msgspec.MsgspecError as error:
        raise ContractError("contract_wrong_shape", type=type_name, detail=str(error)) from error


def encode_payload(payload: Payload) -> bytes:
    """Return a command's payload as JSON (UTF-8)."""
    return _encoder.encode(payload)


def decode_payload(type_name: str, data: bytes | str) -> Payload:
    """Return the payload of a command of this type.

    Raises ContractError for an unknown type or a wrong shape.
    """
    if type_name not in COMMAND_TYPES:
        raise ContractError("contract_unknown_command", type=type_name)
    try:
        return decoder_of(COMMAND_TYPES[type_name]).decode(data)
    except msgspec.MsgspecError as error:
        raise ContractError("contract_wrong_shape", type=type_name, detail=str(error)) from error


def to_plain(value: object) -> Any:
    """Return a value as JSON would show it: dates as text, dataclasses as dictionaries, tuples as lists."""
    return msgspec.to_builtins(value)


def canonical(data: bytes | str) -> bytes:
    """Return JSON with sorted keys and no spaces, so that equal content has equal bytes."""
    return msgspec.json.encode(msgspec.json.decode(data), order="sorted")


def fingerprint(type_name: str, v: int, entity: str, payload: bytes) -> str:
    """Return what tells two commands with one id apart; sequence, device and time have no part in it."""
    head = f"{type_name}\n{v}\n{entity}\n".encode()
    return hashlib.sha256(head + canonical(payload)).hexdigest()


def decode_command(
    *,
    command_id: str,
    type_name: str,
    v: int,
    payload: bytes | str,
    made_at: datetime,
    needs: tuple[str, ...],
) -> Command:
    """Put a command together from its parts on the wire or on disk. Raises ContractError."""
    return Command(
        id=command_id, payload=decode_payload(type_name, payload), made_at=made_at, needs=needs, v=v
    )

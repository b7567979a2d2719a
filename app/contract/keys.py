"""What a client's mirror indexes of a record, read from its JSON without making the record.

A first synchronisation brings hundreds of thousands of rows, and only their keys are looked at.
``records.keys_of`` is the rule; a test holds the two together for every type.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec

from app.contract.codec import ContractError
from app.domain.decoders import decoder_of
from app.domain.records import RECORD_TYPES, company_key, number_lookup


class MirrorKeys(NamedTuple):
    """The customer that a record hangs on, its parent, and a value to find it by."""

    customer_id: str | None = None
    parent_id: str | None = None
    lookup: str | None = None


class _Customer(msgspec.Struct):
    id: str
    organisation_number: str = ""
    kind: str = "legal_person"
    serial: int = 0
    parent_id: str | None = None


class _Staff(msgspec.Struct):
    email: str = ""


class _OfCustomer(msgspec.Struct):
    customer_id: str | None = None


class _Contact(_OfCustomer):
    email: str = ""


class _Engagement(_OfCustomer):
    type: str = ""


class _Participation(_OfCustomer):
    engagement_id: str | None = None
    staff_id: str | None = None


class _Invitation(_OfCustomer):
    activation_id: str | None = None


class _Company(msgspec.Struct):
    number: str = ""
    serial: int = 0
    name: str = ""
    vendor_customer_number: str = ""


class _Collaboration(msgspec.Struct):
    company: _Company
    customer_id: str | None = None
    engagement_id: str | None = None


class _Access(_OfCustomer):
    collaboration_id: str | None = None
    staff_id: str | None = None
    contact_id: str | None = None


class _LinkDecision(_OfCustomer):
    company_key: str = ""


class _About(msgspec.Struct):
    id: str
    customer_id: str | None = None


class _Event(msgspec.Struct):
    about: _About


class _Anything(msgspec.Struct):
    pass


# What is looked at of each type, and its keys. One look-up and one call: each is made for every row there is.
_READ: dict[str, tuple[type[msgspec.Struct], Callable[[Any], MirrorKeys]]] = {
    "firm": (_Anything, lambda _row: MirrorKeys()),
    "staff": (_Staff, lambda row: MirrorKeys(None, None, row.email.casefold())),
    "customer": (
        _Customer,
        lambda row: MirrorKeys(
            row.id, row.parent_id, number_lookup(row.organisation_number, row.kind, row.serial)
        ),
    ),
    "contact": (
        _Contact,
        lambda row: MirrorKeys(row.customer_id, row.customer_id, row.email.casefold() or None),
    ),
    "engagement": (_Engagement, lambda row: MirrorKeys(row.customer_id, row.customer_id, row.type)),
    "participation": (
        _Participation,
        lambda row: MirrorKeys(row.customer_id, row.engagement_id, row.staff_id),
    ),
    "registration": (_OfCustomer, lambda row: MirrorKeys(row.customer_id, row.customer_id)),
    "activation": (_OfCustomer, lambda row: MirrorKeys(row.customer_id, row.customer_id)),
    "invitation": (_Invitation, lambda row: MirrorKeys(row.customer_id, row.activation_id)),
    "collaboration": (
        _Collaboration,
        lambda row: MirrorKeys(row.customer_id, row.engagement_id, company_key(row.company)),
    ),
    "access": (
        _Access,
        lambda row: MirrorKeys(row.customer_id, row.collaboration_id, row.staff_id or row.contact_id),
    ),
    "link_decision": (_LinkDecision, lambda row: MirrorKeys(row.customer_id, None, row.company_key)),
    "event": (_Event, lambda row: MirrorKeys(row.about.customer_id, row.about.id)),
}
_DECODERS = {name: (decoder_of(shape).decode, take) for name, (shape, take) in _READ.items()}


def read_keys(type_name: str, data: bytes | msgspec.Raw) -> MirrorKeys:
    """Return the keys of the record that the JSON holds, without the days on which it turns by itself: those
    are looked at by the server only.

    Raises ContractError for an unknown type or a wrong shape of what is looked at.
    """
    if type_name not in RECORD_TYPES:
        raise ContractError("contract_unknown_type", type=type_name)
    decode, take = _DECODERS[type_name]
    try:
        return take(decode(data))
    except msgspec.MsgspecError as error:
        raise ContractError("contract_wrong_shape", type=type_name, detail=str(error)) from error

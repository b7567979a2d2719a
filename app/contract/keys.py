"""What a client's mirror indexes of a record, read from its JSON without making the record.

A first synchronisation brings hundreds of thousands of rows, and only their keys are looked at.
``records.keys_of`` is the rule; a test holds the two together for every type.
"""

from __future__ import annotations

import msgspec

from app.contract.codec import ContractError
from app.domain.records import RECORD_TYPES, Company, Keys, company_key, number_lookup


class _Company(msgspec.Struct):
    number: str = ""
    serial: int = 0
    name: str = ""
    vendor_customer_number: str = ""


class _About(msgspec.Struct):
    id: str
    customer_id: str | None = None


class _Customer(msgspec.Struct):
    id: str
    organisation_number: str = ""
    kind: str = "legal_person"
    serial: int = 0
    parent_id: str | None = None


class _OfCustomer(msgspec.Struct):
    customer_id: str | None = None
    email: str = ""
    type: str = ""
    engagement_id: str | None = None
    staff_id: str | None = None
    contact_id: str | None = None
    activation_id: str | None = None
    collaboration_id: str | None = None
    company: _Company | None = None
    company_key: str = ""


class _Event(msgspec.Struct):
    about: _About


_customer = msgspec.json.Decoder(_Customer)
_of_customer = msgspec.json.Decoder(_OfCustomer)
_event = msgspec.json.Decoder(_Event)


def read_keys(type_name: str, data: bytes | msgspec.Raw) -> Keys:
    """Return the keys of the record that the JSON holds, without the days on which it turns by itself: those
    are looked at by the server only.

    Raises ContractError for an unknown type or a wrong shape of what is looked at.
    """
    if type_name not in RECORD_TYPES:
        raise ContractError("contract_unknown_type", type=type_name)
    try:
        return _read(type_name, data)
    except msgspec.MsgspecError as error:
        raise ContractError("contract_wrong_shape", type=type_name, detail=str(error)) from error


def _read(type_name: str, data: bytes | msgspec.Raw) -> Keys:
    if type_name == "customer":
        one = _customer.decode(data)
        return Keys(one.id, one.parent_id, number_lookup(one.organisation_number, one.kind, one.serial))
    if type_name == "event":
        about = _event.decode(data).about
        return Keys(about.customer_id, about.id)
    if type_name == "firm":
        return Keys()
    row = _of_customer.decode(data)
    match type_name:
        case "staff":
            return Keys(None, None, row.email.casefold())
        case "contact":
            return Keys(row.customer_id, row.customer_id, row.email.casefold() or None)
        case "engagement":
            return Keys(row.customer_id, row.customer_id, row.type)
        case "participation":
            return Keys(row.customer_id, row.engagement_id, row.staff_id)
        case "invitation":
            return Keys(row.customer_id, row.activation_id)
        case "collaboration":
            return Keys(row.customer_id, row.engagement_id, _company_key(row.company))
        case "access":
            return Keys(row.customer_id, row.collaboration_id, row.staff_id or row.contact_id)
        case "link_decision":
            return Keys(row.customer_id, None, row.company_key)
        case _:
            return Keys(row.customer_id, row.customer_id)


def _company_key(company: _Company | None) -> str:
    if company is None:
        raise msgspec.ValidationError("a collaboration without a company")
    return company_key(
        Company(
            number=company.number,
            serial=company.serial,
            name=company.name,
            vendor_customer_number=company.vendor_customer_number,
        )
    )

"""Rows of the lists made from customers' records, without the database they come from and go to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from app.contract.codec import decode_record
from app.domain.decoders import decoder_of
from app.domain.records import Staff
from app.storage.shown_marks import Marks
from app.storage.shown_rows import Bundle, Lot

CustomerPart = tuple[str, bytes, int, str, int]
"""A customer's id, its records as JSON (a list of [type, record] in the order of type and id), its handle,
when it was last changed, and how many of its outcomes wait for a person. The customer may not be there."""

_records = decoder_of(list[tuple[str, msgspec.Raw]])


def make_lot(parts: Sequence[CustomerPart], staff: Mapping[str, Staff], marks: Marks | None = None) -> Lot:
    """Return the rows of some customers. ``marks`` tells of commands that are under way.

    Raises ContractError where a record has not its shape.
    """
    lot = Lot()
    has_marks = bool(marks)
    for customer_id, records, handle, changed_at, refused in parts:
        bundle = Bundle()
        for type_name, data in _records.decode(records):
            record = decode_record(type_name, data)
            bundle.add(type_name, record)
            if marks and has_marks:
                marks.add_record(bundle, type_name, record.id)
        if marks:
            marks.add_customer(bundle, customer_id)
        bundle.records.changed_at = changed_at
        bundle.records.refused = refused
        if bundle.customer is not None:
            lot.add_customer(handle, bundle.customer, bundle.records, staff)
        lot.add_hanging(bundle)
    return lot

"""Keys read from JSON are those of the record, for every type."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest

from app.contract.codec import ContractError, encode_record
from app.contract.keys import MirrorKeys, read_keys
from app.domain.records import (
    RECORD_TYPES,
    About,
    Access,
    Collaboration,
    Company,
    Customer,
    Event,
    Invitation,
    LinkDecision,
    Record,
    Registration,
    keys_of,
    type_of,
)
from app.server.sample import make_sample_firm

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
MORE: tuple[Record, ...] = (
    Customer(id="cu_1", customer_number="7", name="Å", organisation_number="165560360793", parent_id="cu_0"),
    Collaboration(id="cl_1", company=Company(name="ÅSA AB"), engagement_id="en_1"),
    Collaboration(id="cl_2", company=Company(vendor_customer_number="5001"), customer_id="cu_1"),
    Access(id="ac_1", collaboration_id="cl_1", contact_id="ct_1", customer_id="cu_1"),
    Event(id="ev_1", about=About(type="contact", id="ct_1", customer_id="cu_1"), what="x"),
    Invitation(id="in_1", activation_id="av_1", customer_id="cu_1"),
    LinkDecision(id="ld_1", company_key="no:1|0", collaboration_ids=("cl_1",), decision="later"),
    Registration(id="re_1", customer_id="cu_1"),
)


def mirrored(record: Record) -> MirrorKeys:
    """Return what a client's mirror indexes: days that turn by themselves are the server's business."""
    keys = keys_of(record)
    return MirrorKeys(keys.customer_id, keys.parent_id, keys.lookup)


def test_keys_from_json_are_the_records_own() -> None:
    made = make_sample_firm(NOW, NOW.date())
    records: list[Record] = [made.firm, *made.records, *MORE]
    assert {type_of(record) for record in records} == set(RECORD_TYPES)
    for record in records:
        assert read_keys(type_of(record), encode_record(record)) == mirrored(record), record
        assert read_keys(type_of(record), msgspec.Raw(encode_record(record))) == mirrored(record)


@pytest.mark.parametrize(
    ("type_name", "data"),
    [("paint", b"{}"), ("customer", b"{}"), ("customer", b"["), ("event", b"{}"), ("collaboration", b"{}")],
)
def test_what_has_not_its_shape_is_refused(type_name: str, data: bytes) -> None:
    with pytest.raises(ContractError):
        read_keys(type_name, data)

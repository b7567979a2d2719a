"""Whether a person can open a customer's service in the browser, and at which address."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import quote

from app.domain.records import Access, Collaboration, CollaborationState

NUMBER = "{vendor_customer_number}"
"""Stands in a service's address where the vendor's number of the customer goes."""

_RUNNING = frozenset({CollaborationState.ACTIVE, CollaborationState.ENDING})


def why_not_open(
    collaboration: Collaboration, access: Iterable[Access], *, address: str, staff_id: str, now: datetime
) -> str:
    """Return why the service cannot be opened: ``service_no_address``, ``service_not_active`` (the customer
    has no running collaboration), ``service_no_access`` (the person is on none of its engagements), or "".
    """
    if not address:
        return "service_no_address"
    if collaboration.state not in _RUNNING:
        return "service_not_active"
    own = (one for one in access if one.staff_id == staff_id and one.collaboration_id == collaboration.id)
    if not any(one.until is None or one.until > now for one in own):
        return "service_no_access"
    return ""


def address_with(address: str, vendor_customer_number: str) -> str:
    """Return the address with the customer's number; where there is none, the service's own first page."""
    if NUMBER not in address:
        return address
    if not vendor_customer_number:
        return address.partition("?")[0] if "?" in address else address.partition(NUMBER)[0]
    return address.replace(NUMBER, quote(vendor_customer_number, safe=""))

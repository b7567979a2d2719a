"""The addresses of services, with the customer's number where the catalogue asks for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.domain.records import Access, Collaboration, Company
from app.domain.service_links import address_with, why_not_open

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
RUNNING = Collaboration(id="cl_1", company=Company(number="165560360793"), service="scanner", state="active")
MINE = Access(id="ac_1", collaboration_id="cl_1", staff_id="st_me")
ADDRESS = "https://service.example/"


def why(collaboration: Collaboration, *access: Access, address: str = ADDRESS) -> str:
    return why_not_open(collaboration, access, address=address, staff_id="st_me", now=NOW)


def test_who_has_access_to_what_runs_can_open_it() -> None:
    assert why(RUNNING, MINE) == ""
    assert why(replace(RUNNING, state="ending"), MINE) == ""
    assert why(RUNNING, replace(MINE, until=NOW + timedelta(days=1))) == ""


@pytest.mark.parametrize("state", ["received", "pending", "declined", "ended", "a newer server's word"])
def test_what_does_not_run_cannot_be_opened(state: str) -> None:
    assert why(replace(RUNNING, state=state), MINE) == "service_not_active"


@pytest.mark.parametrize(
    "access",
    [
        replace(MINE, staff_id="st_other"),
        replace(MINE, staff_id=None, contact_id="ct_1"),
        replace(MINE, collaboration_id="cl_2"),
        replace(MINE, until=NOW),
    ],
    ids=["a colleague's", "the contact's", "another service", "run out"],
)
def test_who_has_no_access_cannot_open_it(access: Access) -> None:
    assert why(RUNNING, access) == "service_no_access"


def test_a_service_without_an_address_cannot_be_opened() -> None:
    assert why(RUNNING, MINE, address="") == "service_no_address"


@pytest.mark.parametrize(
    ("address", "number", "expected"),
    [
        (ADDRESS, "5001", ADDRESS),
        ("https://service.example/c/{vendor_customer_number}", "5001", "https://service.example/c/5001"),
        ("https://service.example/c/{vendor_customer_number}", "", "https://service.example/c/"),
        ("https://service.example/?c={vendor_customer_number}", "50 01/é", "https://service.example/?c=50%2001%2F%C3%A9"),
        ("https://service.example/?c={vendor_customer_number}", "", "https://service.example/"),
    ],
)  # fmt: skip
def test_the_address_has_the_customers_number_where_the_catalogue_says_so(
    address: str, number: str, expected: str
) -> None:
    assert address_with(address, number) == expected

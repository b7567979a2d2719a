"""Whose word about a person counts, as Microsoft and Google say that theirs should be read."""

from __future__ import annotations

from typing import Any

import pytest

from app.server.identity.openid_rules import GOOGLE, find_unmet, is_address_vouched_for, read_required

ENTRA = "https://login.microsoftonline.com/8f7a2c10-5c1b-4f5e-9f0c-3d2b1a000001/v2.0"
OWN = {"email": "eva@byran.example", "email_verified": True}


@pytest.mark.parametrize(
    ("issuer", "claims", "expected"),
    [
        (ENTRA, {"email": "eva@byran.example"}, False),
        (ENTRA, {"email": "eva@byran.example", "xms_edov": "1"}, True),
        (ENTRA, {"email": "eva@byran.example", "xms_edov": "0"}, False),
        (GOOGLE, {**OWN, "hd": "byran.example"}, True),
        # Made with the firm's address once, and whose that is today Google does not know.
        (GOOGLE, OWN, False),
        (GOOGLE, {"email": "eva@gmail.com", "email_verified": True}, True),
        (GOOGLE, {"email": "eva@gmail.com.example", "email_verified": True}, False),
        (GOOGLE, {"email": "eva@byran.example", "email_verified": False, "hd": "byran.example"}, False),
        ("https://id.byran.example", OWN, True),
        ("https://id.byran.example", {"email": "eva@byran.example", "email_verified": "true"}, False),
    ],
    ids=str,
)
def test_an_address_counts_where_the_provider_answers_for_it(
    issuer: str, claims: dict[str, Any], expected: bool
) -> None:
    assert is_address_vouched_for(issuer, claims) is expected


def test_demands_are_read_from_one_line() -> None:
    assert read_required("") == ()
    required = read_required(" hd = byran.example,groups=Samverka users, ")
    assert required == (("hd", "byran.example"), ("groups", "Samverka users"))
    assert find_unmet(required, {"hd": "byran.example", "groups": ["x", "Samverka users"]}) is None
    assert find_unmet(required, {"hd": "byran.example", "groups": "Samverka users"}) is None
    assert find_unmet(required, {"hd": "byran.example", "groups": []}) == "groups"
    assert find_unmet(required, {"groups": ["Samverka users"]}) == "hd"
    # Part of a value is not the value.
    assert find_unmet(required, {"hd": "other.byran.example", "groups": "Samverka users"}) == "hd"


@pytest.mark.parametrize("text", ["hd", "=x", "hd=", "hd=a,b"])
def test_a_demand_that_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_required(text)

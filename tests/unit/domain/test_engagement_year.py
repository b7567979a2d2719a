"""What follows an engagement."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.engagement_year import fiscal_year_ends_on, next_engagement, next_title
from app.domain.records import Engagement


@pytest.mark.parametrize(
    ("title", "year", "following"),
    [
        ("Löpande bokföring 2026", 2026, "Löpande bokföring 2027"),
        ("Bokslut 2025/2026", 2026, "Bokslut 2026/2027"),
        ("Bokslut 2025/26", 2026, "Bokslut 2026/27"),
        ("Bokslut 2099/00", 2100, "Bokslut 2100/01"),
        ("Kund 2026 AB, bokslut 2025", 2025, "Kund 2026 AB, bokslut 2026"),
        ("Årsredovisning", 2026, "Årsredovisning 2027"),
        ("Uppdrag 20261 för 12026", 2026, "Uppdrag 20261 för 12026 2027"),
    ],
)
def test_the_year_in_the_title_moves_on(title: str, year: int, following: str) -> None:
    assert next_title(title, year) == following


def test_an_engagement_without_a_year_keeps_its_title() -> None:
    payroll = Engagement(id="en_1", customer_id="cu_1", type="payroll", title="Lön", state="closed")
    following = next_engagement(payroll, "en_2")
    assert (following.id, following.title, following.fiscal_year, following.state) == (
        "en_2",
        "Lön",
        None,
        "ongoing",
    )


def test_a_broken_fiscal_year_ends_in_the_year_it_is_called_by() -> None:
    assert fiscal_year_ends_on(2026, "06-30") == date(2026, 6, 30)
    assert fiscal_year_ends_on(2026, "12-31") == date(2026, 12, 31)

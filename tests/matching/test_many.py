"""Many companies at a time are answered like each by itself, and nothing stays switched off behind them."""

from __future__ import annotations

import gc

import pytest

from app.matching.many import collection_paused, find_customers
from app.matching.suggestions import Band, find_customer
from tests.matching.quality import company_of, make_index
from tests.matching.swedish_records import generate


def test_a_lot_is_answered_like_each_by_itself() -> None:
    made = generate(seed=7, customers=400, unlinked=60)
    index = make_index(made.customers)
    companies = [company_of(row) for row in made.unlinked]
    found = find_customers(companies, index)
    assert found == [find_customer(company, index) for company in companies]
    assert {Band.CERTAIN, Band.NONE} <= {one.band for one in found}


def test_garbage_is_looked_for_again_whatever_happened() -> None:
    assert gc.isenabled()
    with pytest.raises(RuntimeError, match="off: True"), collection_paused():
        raise RuntimeError(f"off: {not gc.isenabled()}")
    assert gc.isenabled()
    gc.disable()
    try:
        with collection_paused():
            pass
        assert not gc.isenabled(), "who had switched it off keeps it so"
    finally:
        gc.enable()

"""A remembered decision is shown again when something new speaks for a link, and only then."""

from __future__ import annotations

import pytest

from app.domain.records import SeenCandidate
from app.matching.remembered import has_new_evidence

DAHL = SeenCandidate(customer_id="cu_1", score=40, reasons=("name:50", "number:-10"))
BERG = SeenCandidate(customer_id="cu_2", score=30, reasons=("name:30",))
KLAR = SeenCandidate(customer_id="cu_3", score=20, reasons=("name:20",))
SEEN = (DAHL, BERG, KLAR)


def changed(score: int, *reasons: str) -> SeenCandidate:
    return SeenCandidate(customer_id="cu_1", score=score, reasons=reasons)


@pytest.mark.parametrize(
    ("now", "is_new"),
    [
        (SEEN, False),
        (SEEN[:1], False),
        ((), False),
        ((changed(42, "name:52", "number:-10"),), False),
        ((changed(38, "name:38"),), True),
        ((changed(55, "name:50", "number:-10", "email:15"),), True),
        ((changed(56, "name:66", "number:-10"),), True),
        ((changed(20, "name:50", "number:-30"),), False),
        ((DAHL, BERG, SeenCandidate(customer_id="cu_4", score=19)), False),
        ((DAHL, BERG, SeenCandidate(customer_id="cu_4", score=21)), True),
    ],
)
def test_what_is_new_evidence(now: tuple[SeenCandidate, ...], *, is_new: bool) -> None:
    assert has_new_evidence(SEEN, now) is is_new


def test_any_candidate_is_new_where_nobody_saw_one() -> None:
    assert has_new_evidence((), (KLAR,))
    assert not has_new_evidence((), ())

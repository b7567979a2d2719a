"""A remembered decision is shown again when something new speaks for a link, and only then."""

from __future__ import annotations

import pytest

from app.domain.records import SeenCandidate
from app.matching.remembered import has_lost_ground, has_new_evidence

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


@pytest.mark.parametrize(
    ("reason", "now", "is_weaker"),
    [
        ("no_longer_ours", (changed(25, "name:25"),), True),
        ("duplicate", (changed(25, "name:25"),), True),
        ("duplicate", (changed(26, "name:26"),), False),
        ("no_longer_ours", (BERG,), True),
        ("wrong_company", (changed(25, "name:25"),), False),
        ("test_data", (), False),
        ("", (), False),
    ],
)
def test_a_decision_about_somebody_who_is_hardly_meant_is_shown_again(
    reason: str, now: tuple[SeenCandidate, ...], *, is_weaker: bool
) -> None:
    assert has_lost_ground(reason, SEEN, now, lambda _id: True) is is_weaker


def test_a_customer_that_is_gone_altogether_leaves_the_decision_as_it_is() -> None:
    assert not has_lost_ground("no_longer_ours", SEEN, (BERG,), lambda _id: False)
    assert not has_lost_ground("no_longer_ours", (), (BERG,), lambda _id: True)

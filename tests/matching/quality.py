"""How good suggestions are on records of which the truth is known: what tests hold and benchmarks print."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.records import Company
from app.matching.index import CONSIDERED, CustomerIndex
from app.matching.many import LOT, collection_paused, find_customers
from app.matching.model import Model
from app.matching.sides import company_side, make_side
from app.matching.suggestions import SHOWN, Band, FoundCustomer

Row = Mapping[str, str]
PRECISE = 0.995


@dataclass(frozen=True, slots=True)
class Answer:
    """The first suggestion for a company: its band and score, and whether it is the right one."""

    band: str
    score: int
    is_right: bool
    has_customer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """Shares are 0–1. ``shown`` and ``considered``: the right customer is among three, and among thirty."""

    answers: tuple[Answer, ...]
    shown: float
    considered: float
    index_seconds: float
    seconds: float

    def linked(self, *bands: str) -> tuple[float, float, float]:
        """Return precision, recall and F1 of linking each company's first suggestion in these bands."""
        chosen = [answer for answer in self.answers if answer.band in bands]
        return scores(
            right=sum(answer.is_right for answer in chosen),
            linked=len(chosen),
            to_find=sum(answer.has_customer for answer in self.answers),
        )

    @property
    def recall_when_precise(self) -> float:
        """Return the highest recall at a precision of 0.995, linking by score within certain and likely."""
        sure = [answer for answer in self.answers if answer.band in {Band.CERTAIN, Band.LIKELY}]
        ranked = [(answer.score + 200 * (answer.band == Band.CERTAIN), answer.is_right) for answer in sure]
        return recall_when_precise(ranked, sum(answer.has_customer for answer in self.answers))

    @property
    def wrongly_certain(self) -> int:
        """Return how many *certain* suggestions are another customer than the right one."""
        return sum(answer.band == Band.CERTAIN and not answer.is_right for answer in self.answers)


def scores(*, right: int, linked: int, to_find: int) -> tuple[float, float, float]:
    """Return precision, recall and F1."""
    return (
        right / linked if linked else 1.0,
        right / to_find if to_find else 1.0,
        2 * right / (linked + to_find) if linked + to_find else 1.0,
    )


def recall_when_precise(ranked: Sequence[tuple[float, bool]], to_find: int) -> float:
    """Return the highest recall at which the precision is 0.995, over all thresholds of the score."""
    best, right = 0.0, 0
    ordered = sorted(ranked, key=lambda one: -one[0])
    for count, (score, is_right) in enumerate(ordered, start=1):
        right += is_right
        is_last_of_score = count == len(ordered) or ordered[count][0] < score
        if is_last_of_score and right / count >= PRECISE:
            best = right / to_find
    return best


def make_index(customers: Sequence[Row], model: Model | None = None) -> CustomerIndex:
    """Return an index of customers in the columns of `match`."""
    index = CustomerIndex(model)
    for row in customers:
        index.put_side(
            row["customer_id"],
            make_side(
                number=row.get("organisation_number", ""),
                vendor_number=row.get("vendor_customer_number", ""),
                name=row.get("name", ""),
                emails=(row.get("email", ""),),
                phones=(row.get("phone", ""),),
                postal_code=row.get("postal_code", ""),
                town=row.get("town", ""),
                web_domain=row.get("web_domain", ""),
            ),
        )
    return index


def company_of(row: Row) -> Company:
    """Return an unlinked collaboration's company, from the columns of `match`."""
    return Company(
        number=row.get("organisation_number", ""),
        name=row.get("name", ""),
        vendor_customer_number=row.get("vendor_customer_number", ""),
        email=row.get("email", ""),
        phone=row.get("phone", ""),
        postal_code=row.get("postal_code", ""),
        town=row.get("town", ""),
    )


def judge(
    customers: Sequence[Row],
    unlinked: Sequence[Row],
    truth: Mapping[str, str | None],
    model: Model | None = None,
) -> Quality:
    """Suggest for every collaboration and compare with the truth; seconds are of this process' processor."""
    started = time.process_time()
    with collection_paused():  # as `match` does
        index = make_index(customers, model)
    indexed = time.process_time()
    answered: list[FoundCustomer] = []
    for at in range(0, len(unlinked), LOT):
        answered += find_customers([company_of(row) for row in unlinked[at : at + LOT]], index)
    finished = time.process_time()
    found = [(truth[row["collaboration_id"]], one) for row, one in zip(unlinked, answered, strict=True)]
    answers: list[Answer] = []
    shown = considered = 0
    for row, (right, suggestion) in zip(unlinked, found, strict=True):
        ids = [candidate.customer_id for candidate in suggestion.candidates]
        score = suggestion.candidates[0].score if suggestion.candidates else 0
        is_right = bool(ids) and ids[0] == right
        answers.append(Answer(suggestion.band, score, is_right, right is not None))
        if right is not None:
            shown += right in ids[:SHOWN]
            considered += right in index.candidates(company_side(company_of(row)), limit=CONSIDERED)
    to_find = sum(right is not None for right, _ in found) or 1
    return Quality(
        answers=tuple(answers),
        shown=shown / to_find,
        considered=considered / to_find,
        index_seconds=indexed - started,
        seconds=finished - indexed,
    )

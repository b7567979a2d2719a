"""A run over all companies in a process of its own."""

from __future__ import annotations

from typing import cast

import pytest

from app.domain.records import Company, Contact, Customer
from app.errors import SamverkaError
from app.matching.full_run import CompanyQuestion, CustomerFacts, FullRun
from app.matching.index import CustomerIndex
from app.matching.many import LOT
from app.matching.suggestions import find_customer
from tests.matching.swedish_records import Generated, generate
from tests.support.stopped_processes import needs_signals, stop_process


def facts_of(made: Generated) -> list[CustomerFacts]:
    return [
        CustomerFacts(
            customer=Customer(
                id=row["customer_id"],
                customer_number="",
                name=row["name"],
                organisation_number=row["organisation_number"]
                and f"16{row['organisation_number'].replace('-', '')}",
            ),
            contacts=(Contact(id="ct", customer_id=row["customer_id"], name="", email=row["email"]),),
        )
        for row in made.customers
    ]


def questions_of(made: Generated) -> list[CompanyQuestion]:
    return [
        CompanyQuestion(
            key=row["collaboration_id"],
            company=Company(name=row["name"], number=row["organisation_number"], email=row["email"]),
        )
        for row in made.unlinked
    ]


def test_the_answers_are_those_of_an_index_in_this_process() -> None:
    made = generate(seed=3, customers=500, unlinked=2 * LOT + 10)
    facts, questions = facts_of(made), questions_of(made)
    with FullRun(facts) as run:
        lots = list(run.answers(questions))
    assert [lot.done for lot in lots] == [LOT, 2 * LOT, 2 * LOT + 10]
    index = CustomerIndex()
    for one in facts:
        index.put(one.customer, one.contacts)
    found = {key: answer for lot in lots for key, answer in lot.found.items()}
    assert list(found) == [question.key for question in questions]
    assert all(found[question.key] == find_customer(question.company, index) for question in questions)


def test_a_cancelled_run_gives_no_more_and_leaves_no_process() -> None:
    made = generate(seed=3, customers=100, unlinked=3 * LOT)
    with FullRun(facts_of(made)) as run:
        answers = run.answers(questions_of(made))
        next(answers)
        assert run.is_alive
        run.cancel()
        assert list(answers) == []
    assert not run.is_alive


def test_a_process_that_is_killed_is_told() -> None:
    made = generate(seed=3, customers=100, unlinked=3 * LOT)
    with FullRun(facts_of(made)) as run:
        answers = run.answers(questions_of(made))
        next(answers)
        run.kill()
        with pytest.raises(SamverkaError, match="matching_stopped"):
            list(answers)


@needs_signals
@pytest.mark.parametrize("customers", [1, 5000])
def test_a_process_that_is_stopped_is_told(customers: int) -> None:
    """Both where an answer is waited for, and where the pipe takes no more."""
    made = generate(seed=3, customers=customers, unlinked=3)
    with FullRun(facts_of(made), patience=0.2) as run:
        stop_process(run.pid)
        with pytest.raises(SamverkaError, match="matching_stopped"):
            list(run.answers(questions_of(made)))
    assert not run.is_alive


def test_a_company_that_cannot_be_compared_takes_no_other_with_it() -> None:
    made = generate(seed=3, customers=100, unlinked=3)
    broken = CompanyQuestion(key="broken", company=cast("Company", None))
    with FullRun(facts_of(made)) as run:
        [lot] = run.answers([*questions_of(made), broken])
    assert lot.failed == {"broken": "AttributeError"}
    assert len(lot.found) == 3
    assert lot.done == 4


def test_what_was_excluded_is_no_candidate() -> None:
    facts = [CustomerFacts(customer=Customer(id="cu_1", customer_number="", name="Dahl & Co Redovisning AB"))]
    company = Company(name="Dahl & Co Redovisning")
    with FullRun(facts) as run:
        asked = [
            CompanyQuestion(key="a", company=company),
            CompanyQuestion(key="b", company=company, excluded=frozenset({"cu_1"})),
        ]
        [lot] = run.answers(asked)
    assert [c.customer_id for c in lot.found["a"].candidates] == ["cu_1"]
    assert lot.found["b"].candidates == ()

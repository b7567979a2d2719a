"""What holds whatever the vendor and the firm wrote."""

from __future__ import annotations

import dataclasses

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.records import Company
from app.matching.evidence import share_out
from app.matching.frequencies import Frequencies
from app.matching.index import CustomerIndex
from app.matching.model import load_model
from app.matching.name_comparison import compare_names
from app.matching.names import normalise_name
from app.matching.numbers import NumberLevel
from app.matching.sides import Side, company_side, make_side
from app.matching.suggestions import Band, find_customer, is_name_against
from app.matching.weighing import weigh

NUMBERS = (
    "556036-0793",
    "556016-0680",
    "212000-0142",
    "202100-5489",
    "5560360793",
    "556036-0739",
    "55603607",
    "",
    "x",
)
WORDS = (
    "Bygg",
    "Åkeri",
    "Dahl",
    "Dahls",
    "Dhal",
    "Redov.",
    "Redovisning",
    "i",
    "Lund",
    "Malmö",
    "2",
    "3",
    "AB",
    "HB",
)
names = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join) | st.text(max_size=12)
mails = st.sampled_from(("", "info@dahl.se", "eva@dahl.se", "inof@dahl.se", "eva@gmail.com", "@", "a@b@c"))
phones = st.sampled_from(("", "08-465 004 00", "+46846500400", "0046846500401", "070-1234567", "112"))
codes = st.sampled_from(("", "222 22", "22223", "SE-222 22", "x"))
towns = st.sampled_from(("", "Lund", "LUND", "Malmö", "Malmo"))

sides = st.builds(
    make_side,
    number=st.sampled_from(NUMBERS),
    serial=st.integers(0, 2),
    vendor_number=st.sampled_from(("", "7001", "700 1", "700123", "700124", "556036-0793")),
    name=names,
    emails=st.lists(mails, max_size=2),
    phones=st.lists(phones, max_size=2),
    postal_code=codes,
    town=towns,
    web_domain=st.sampled_from(("", "dahl.se", "www.dahl.se")),
)
companies = st.builds(
    Company,
    number=st.sampled_from(NUMBERS),
    serial=st.integers(0, 2),
    vendor_customer_number=st.sampled_from(("", "7001")),
    name=names,
    email=mails,
    phone=phones,
    postal_code=codes,
    town=towns,
)


def index_of(customers: list[Side]) -> CustomerIndex:
    index = CustomerIndex()
    for at, side in enumerate(customers):
        index.put_side(f"cu_{at}", side)
    return index


@given(companies, st.lists(sides, max_size=6))
def test_points_sum_to_the_score_and_the_first_has_most(company: Company, customers: list[Side]) -> None:
    found = find_customer(company, index_of(customers))
    scores = [candidate.score for candidate in found.candidates]
    assert scores == sorted(scores, reverse=True)
    assert (found.band == Band.NONE) == (not found.candidates)
    for candidate in found.candidates:
        assert candidate.score == sum(row.points for row in candidate.rows)
        assert 0 <= candidate.score <= 100
        for row in candidate.rows:
            for text, spans in ((row.left, row.left_spans), (row.right, row.right_spans)):
                assert all(0 <= start < end <= len(text) for start, end in spans)


@given(companies, st.lists(sides, max_size=6))
def test_certain_is_the_rule(company: Company, customers: list[Side]) -> None:
    index = index_of(customers)
    found = find_customer(company, index)
    if found.band != Band.CERTAIN:
        return
    side = company_side(company)
    best = index.get(found.candidates[0].customer_id)
    assert best is not None
    assert side.number_ok
    assert best.side.number == side.number
    assert sum(customer.number == side.number for customer in customers) == 1
    name = compare_names(side.form, best.side.form, index.frequencies.word_bits)
    assert not is_name_against(name)


@given(companies, st.lists(sides, max_size=6))
def test_two_right_numbers_that_differ_are_never_a_suggestion(
    company: Company, customers: list[Side]
) -> None:
    index = index_of(customers)
    side = company_side(company)
    for candidate in find_customer(company, index).candidates:
        entry = index.get(candidate.customer_id)
        assert entry is not None
        assert not (side.number_ok and entry.side.number_ok and side.number != entry.side.number)


@given(companies, st.lists(sides, min_size=2, max_size=7), st.randoms(use_true_random=False))
def test_the_order_in_which_customers_came_does_not_matter(
    company: Company, customers: list[Side], chance: object
) -> None:
    named = [(f"cu_{at}", side) for at, side in enumerate(customers)]
    straight, shuffled = CustomerIndex(), CustomerIndex()
    for id_, side in named:
        straight.put_side(id_, side)
    chance.shuffle(named)  # type: ignore[attr-defined]
    for id_, side in named:
        shuffled.put_side(id_, side)
    assert find_customer(company, straight) == find_customer(company, shuffled)


@given(
    companies,
    st.lists(sides, max_size=5),
    st.lists(st.tuples(st.integers(0, 6), st.none() | sides), max_size=12),
)
@settings(max_examples=150)
def test_an_index_that_followed_changes_answers_like_a_new_one(
    company: Company, customers: list[Side], changes: list[tuple[int, Side | None]]
) -> None:
    index = index_of(customers)
    now = {f"cu_{at}": side for at, side in enumerate(customers)}
    for at, side in changes:
        if side is None:
            index.remove(f"cu_{at}")
            now.pop(f"cu_{at}", None)
        else:
            index.put_side(f"cu_{at}", side)
            now[f"cu_{at}"] = side
    fresh = CustomerIndex()
    for id_, side in now.items():
        fresh.put_side(id_, side)
    assert len(index) == len(now)
    assert find_customer(company, index) == find_customer(company, fresh)


@given(names, names)
def test_names_are_compared_alike_from_both_sides(left: str, right: str) -> None:
    bits = Frequencies(load_model().background).word_bits
    there = compare_names(normalise_name(left), normalise_name(right), bits)
    back = compare_names(normalise_name(right), normalise_name(left), bits)
    assert (there.level, there.shared, there.lost, there.extra) == (
        back.level,
        back.shared,
        back.extra,
        back.lost,
    )


@given(sides, sides)
def test_fields_speak_alike_from_both_sides(left: Side, right: Side) -> None:
    frequencies = Frequencies(load_model().background)
    for side in (left, right):
        frequencies.add(side)
    plain = [dataclasses.replace(side, serial=0, hosts=()) for side in (left, right)]
    there = weigh(plain[0], plain[1], frequencies, load_model())
    back = weigh(plain[1], plain[0], frequencies, load_model())
    assert there.number == back.number
    assert abs(there.bits - back.bits) < 1e-9


@given(st.lists(st.floats(-400, 400).map(lambda p: round(p, 3)), min_size=1, max_size=8))
def test_points_are_shared_out_whole(points: list[float]) -> None:
    whole = share_out(points)
    assert 0 <= sum(whole) <= 100
    assert len(whole) == len(points)
    assert all(share == 0 for share, point in zip(whole, points, strict=True) if point == 0)
    if 0 <= sum(points) <= 100:
        assert abs(sum(whole) - sum(points)) <= 0.5001
        assert all(abs(share - point) <= 1 for share, point in zip(whole, points, strict=True))


@given(sides)
def test_a_customer_compared_with_itself_has_no_veto(side: Side) -> None:
    frequencies = Frequencies(load_model().background)
    frequencies.add(side)
    comparison = weigh(side, side, frequencies, load_model())
    assert comparison.number in {NumberLevel.EQUAL, NumberLevel.MISSING}


@given(companies, st.lists(sides, max_size=6))
def test_reasons_are_the_rows_that_have_points(company: Company, customers: list[Side]) -> None:
    for candidate in find_customer(company, index_of(customers)).candidates:
        assert candidate.reasons() == tuple(
            f"{row.field}:{row.points}" for row in candidate.rows if row.points
        )
        assert candidate.score == sum(row.points for row in candidate.rows)

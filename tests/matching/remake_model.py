"""Makes resources/matching/model.toml and word_counts.txt again: `python -m tests.matching.remake_model`.

The weights are estimated by expectation–maximisation, without labels: generated companies are compared with
the customers that the index proposes; each company is one of them or nobody, with the probabilities that the
weights of the round before give; the levels of agreement are counted with these probabilities. How often a
level is seen between a company and *another* customer is counted in the same way, over all pairs. The truth
that the generator knows is used nowhere here.
"""

from __future__ import annotations

import csv
import dataclasses
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from app.matching.index import CustomerIndex
from app.matching.model import Model, make_model
from app.matching.name_comparison import NameLevel, compare_names
from app.matching.names import normalise_name
from app.matching.numbers import NumberLevel
from app.matching.ranking import probabilities
from app.matching.sides import Side, make_side
from app.matching.weighing import Comparison, weigh
from app.matching.words import MATCHING_FOLDER, load_words
from tests.matching.swedish_records import Noise, Row, generate

ORGANISATIONS = Path(__file__).parents[1] / "data" / "organisations.csv"
ROUNDS = 5
CUSTOMERS, UNLINKED = 40_000, 4_000
SEEDS = {
    101: Noise(),
    102: Noise(number_missing=0.8, number_wrong_digit=0.05, email_missing=0.6, typing_slip=0.15),
    103: Noise(
        number_missing=0.15, number_wrong_digit=0.1, email_missing=0.2, email_other=0.2, place_missing=0.1
    ),
    104: Noise(number_missing=0.6, place_missing=0.6, phone_missing=0.8, word_lost=0.15, abbreviated=0.2),
}
_BIN = 3.0
_SMALLEST = 0.5
_RAREST = 0.004
"""No level is rarer between a company and its own customer: other sources have other faults than ours."""
_LEAST = {("postal_code", "town"): 0.08, ("postal_code", "near"): 0.12}
"""A box has another code than the street in the same town, which the generated places do not know."""
_ANYTHING = 0.02
"""The share of fields that may say anything, a wrong record's for example."""
_EVERY, _MANY = 8, 500
_FEWEST_SEEN = 4.0
_MATCHED = 0.7

# Levels whose weight holds no rarity: the share among other pairs is counted. The others' rarity is that of
# the value itself, which the weight must not hold a second time.
_COUNTED = {
    "number": ("one_digit", "swapped", "two_digits", "different"),
    "email": ("different",),
    "phone": ("different",),
    "postal_code": ("different",),
    "legal_form": ("equal", "different"),
}
_CONSTANT = {
    ("number", "equal"): 18.5,
    ("number", "serial_differs"): 6.0,
    ("number", "two_digits"): 4.0,
    ("vendor_customer_number", "equal"): -0.1,
    ("vendor_customer_number", "similar"): 9.0,
    ("vendor_customer_number", "different"): -4.0,
}
"""What the generated data cannot tell: they have no numbers by chance the same, and no vendor's numbers; and
numbers with two other digits are not looked for, so that those of other companies are not counted."""
_MOST = {("number", "one_digit"): 14.0, ("number", "swapped"): 14.0}
"""Real numbers lie closer together than drawn ones: they are given out in runs."""


@dataclasses.dataclass(slots=True)
class _Asked:
    """One company with what is compared, and its candidates' share of being the one."""

    comparisons: list[tuple[Comparison, str, float]]
    customers: int


def main() -> int:
    """Count words, estimate, and write both files."""
    counts = count_words()
    (MATCHING_FOLDER / "word_counts.txt").write_text(counts, encoding="utf-8")
    model = estimate(counts)
    (MATCHING_FOLDER / "model.toml").write_text(as_toml(model), encoding="utf-8")
    return 0


def count_words() -> str:
    """Return the words of names with their share: half the register, half the list of words of companies."""
    counted: Counter[str] = Counter()
    names = _real_names()
    for name in names:
        counted.update(set(normalise_name(name).words))
    shares = {word: 0.5 * often / len(names) for word, often in counted.items() if often >= 3}
    for word, share in load_words().common.items():
        shares[word] = shares.get(word, 0.0) + 0.5 * share
    ordered = sorted(shares.items(), key=lambda one: (-one[1], one[0]))
    return "".join(f"{word}\t{share:.6f}\n" for word, share in ordered)


def estimate(counts: str) -> Model:
    """Return the model whose weights explain the generated data best."""
    model = make_model({"weights": _start(), "name": {"rarity": 0.8}, "prior": {"matched": _MATCHED}}, counts)
    samples = [_sample(seed, noise, model) for seed, noise in SEEDS.items()]
    others, pairs = _names_of_others(samples)
    for turn in range(ROUNDS):
        asked = [one for sample in samples for one in _compare(*sample, model)]
        model = dataclasses.replace(model, weights=_weights(asked, model, others, pairs), rarity=_rarity)
        print(f"round {turn + 1}: {_one_line(model)}", file=sys.stderr)
    return model


_rarity = 0.8


def _real_names() -> list[str]:
    with ORGANISATIONS.open(encoding="utf-8", newline="") as stream:
        return [row["name"] for row in csv.DictReader(stream)]


def side_of(row: Row) -> Side:
    """Return a generated row in comparable form."""
    return make_side(
        number=row.get("organisation_number", ""),
        name=row.get("name", ""),
        emails=(row.get("email", ""),),
        phones=(row.get("phone", ""),),
        postal_code=row.get("postal_code", ""),
        town=row.get("town", ""),
    )


def _sample(seed: int, noise: Noise, model: Model) -> tuple[CustomerIndex, list[tuple[Side, list[str]]]]:
    made = generate(seed=seed, customers=CUSTOMERS, unlinked=UNLINKED, noise=noise, real_names=_real_names())
    index = CustomerIndex(model)
    for row in made.customers:
        index.put_side(row["customer_id"], side_of(row))
    companies = [side_of(row) for row in made.unlinked]
    return index, [(company, index.candidates(company)) for company in companies]


def _names_of_others(
    samples: Sequence[tuple[CustomerIndex, list[tuple[Side, list[str]]]]],
) -> tuple[Counter[tuple[str, int]], float]:
    """Count how names agree over all pairs, as if nobody had a number: the likest of them are looked at."""
    counted: Counter[tuple[str, int]] = Counter()
    pairs = 0.0
    for index, companies in samples:
        for company, _ in companies[::_EVERY]:
            pairs += len(index)
            nameless = make_side(name=company.name)
            for customer_id in index.candidates(nameless, limit=_MANY):
                entry = index.get(customer_id)
                if entry is not None:
                    name = compare_names(company.form, entry.side.form, index.frequencies.word_bits)
                    counted[str(name.level), int(name.shared // _BIN)] += 1
    return counted, pairs


def _compare(
    index: CustomerIndex, companies: Iterable[tuple[Side, list[str]]], model: Model
) -> Iterable[_Asked]:
    for company, ids in companies:
        found: list[tuple[Comparison, str]] = []
        for customer_id in ids:
            entry = index.get(customer_id)
            if entry is None:
                continue
            comparison = weigh(company, entry.side, index.frequencies, model)
            if comparison.number == NumberLevel.VETO:
                continue
            ours, theirs = company.form.legal_form, entry.side.form.legal_form
            form = ("equal" if ours == theirs else "different") if ours and theirs else "missing"
            found.append((comparison, form))
        chances = probabilities([c.bits for c, _ in found], customers=len(index), matched=model.matched)
        yield _Asked([(c, form, p) for (c, form), p in zip(found, chances, strict=True)], len(index))


def _weights(
    asked: Sequence[_Asked], model: Model, names: Counter[tuple[str, int]], name_pairs: float
) -> dict[str, dict[str, float]]:
    """Count levels among the company's own customer and among the others; return the new weights."""
    own: defaultdict[str, Counter[str]] = defaultdict(Counter)
    other: defaultdict[str, Counter[str]] = defaultdict(Counter)
    names_own: Counter[tuple[str, int]] = Counter()
    pairs = float(sum(one.customers for one in asked))
    for one in asked:
        for comparison, form, chance in one.comparisons:
            fields = [(field.field, str(field.level)) for field in comparison.fields if field.field != "name"]
            for field, level in [*fields, ("legal_form", form)]:
                own[field][level] += chance
                other[field][level] += 1 - chance
            place = (str(comparison.name.level), int(comparison.name.shared // _BIN))
            names_own[place] += chance
    weights = {field: dict(levels) for field, levels in model.weights.items()}
    for field, levels in weights.items():
        if field == "name":
            continue
        present = sum(often for level, often in own[field].items() if level != "missing")
        # What is not among the candidates differs: those pairs are counted as such.
        seen_other = sum(often for level, often in other[field].items() if level != "missing")
        share_present = seen_other / max(sum(other[field].values()), 1.0)
        for level in levels:
            if (field, level) in _CONSTANT:
                levels[level] = _CONSTANT[field, level]
                continue
            m = max((own[field][level] + _SMALLEST) / (present + 1.0), _LEAST.get((field, level), _RAREST))
            if level not in _COUNTED.get(field, ()):
                levels[level] = math.log2(m)
                continue
            if field == "legal_form":
                u = (other[field][level] + _SMALLEST) / (seen_other + 1.0)
            elif level == "different":
                u = 1.0
            else:
                u = (other[field][level] + _SMALLEST) / (pairs * share_present + 1.0)
            bits = math.log2((1 - _ANYTHING) * m / u + _ANYTHING)
            levels[level] = min(bits, _MOST.get((field, level), bits))
    # Each collaboration's own customer is among all pairs once.
    share = name_pairs / pairs
    names_other = Counter({at: max(often - share * names_own[at], 0.0) for at, often in names.items()})
    weights["name"] = _name_weights(names_own, names_other, name_pairs, weights["name"])
    return {
        field: {level: round(bits, 2) for level, bits in levels.items()} for field, levels in weights.items()
    }


def _name_weights(
    own: Counter[tuple[str, int]],
    other: Mapping[tuple[str, int], float],
    pairs: float,
    before: dict[str, float],
) -> dict[str, float]:
    """Fit bits = level + rarity × shared to the counts: one slope for all levels, one intercept for each."""
    global _rarity
    total = sum(often for (level, _), often in own.items() if level != "missing")
    points: list[tuple[str, float, float, float]] = []
    for (level, at), often in own.items():
        if level in {"missing", NameLevel.DIFFERENT} or often < 3:
            continue
        seen = other.get((level, at), 0.0)
        if seen < _FEWEST_SEEN:
            continue  # so rare that it was never seen by chance: nothing to fit to
        bits = math.log2((often / total) / (seen / pairs))
        points.append((level, (at + 0.5) * _BIN, bits, min(often, seen, 400.0)))
    # Medians: some real names belong to many branches at once, and would bend a line of least squares.
    slopes = [
        ((q[2] - p[2]) / (q[1] - p[1]), min(p[3], q[3]))
        for at, p in enumerate(points)
        for q in points[at + 1 :]
        if p[0] == q[0] and p[1] != q[1]
    ]
    _rarity = round(_weighted_median(slopes), 3)
    weights = {
        level: _weighted_median([(p[2] - _rarity * p[1], p[3]) for p in points if p[0] == level])
        for level in {p[0] for p in points}
    }
    different = sum(often for (level, _), often in own.items() if level == NameLevel.DIFFERENT)
    weights[NameLevel.DIFFERENT] = math.log2((different + _SMALLEST) / total + _ANYTHING)
    # Too seldom seen to be fitted: between the levels beside it, and below the lowest.
    weights.setdefault(NameLevel.HIGH, (weights[NameLevel.PART] + weights[NameLevel.MIDDLE]) / 2)
    weights.setdefault(NameLevel.CONFLICT, min(weights[NameLevel.LOW], 0.0) + math.log2(_ANYTHING))
    return {level: weights[level] for level in before}


def _weighted_median(values: Sequence[tuple[float, float]]) -> float:
    half = sum(weight for _, weight in values) / 2
    for value, weight in sorted(values):
        half -= weight
        if half <= 0:
            return value
    raise ValueError("no values")


def _start() -> dict[str, dict[str, float]]:
    return {
        "number": {
            "equal": 18.5,
            "serial_differs": 6.0,
            "one_digit": 12.0,
            "swapped": 12.0,
            "two_digits": 5.0,
            "different": -5.0,
        },
        "vendor_customer_number": {"equal": -0.1, "similar": 9.0, "different": -4.0},
        "name": {
            "same": -0.8,
            "order": -3.0,
            "spelling": -2.0,
            "part": -3.5,
            "high": -4.0,
            "middle": -5.0,
            "low": -6.0,
            "conflict": -9.0,
            "different": -5.5,
        },
        "legal_form": {"equal": 0.6, "different": -2.0},
        "email": {"equal": -1.3, "similar": -5.0, "domain": -2.0, "different": -1.2},
        "phone": {"equal": -1.0, "similar": -4.0, "different": -1.2},
        "postal_code": {"code": -0.3, "near": -3.0, "town": -4.0, "different": -2.8},
    }


def _one_line(model: Model) -> str:
    return f"rarity {model.rarity} " + " ".join(
        f"{field}({' '.join(f'{level}={bits}' for level, bits in levels.items())})"
        for field, levels in model.weights.items()
    )


def as_toml(model: Model) -> str:
    """Return the content of model.toml."""
    lines = [
        "# Weights of the linking model, in bits. Made by `python -m tests.matching.remake_model`:",
        "# expectation–maximisation without labels on generated Swedish records (swedish_records.py,",
        f"# seeds {', '.join(map(str, SEEDS))}: {CUSTOMERS} customers, {UNLINKED} collaborations each), with",
        "# the names of tests/data/organisations.csv among them. Do not edit by hand: a broken weight fails",
        "# tests/matching.",
        "",
        "[prior]",
        f"matched = {model.matched}",
        "",
        "[name]",
        f"rarity = {model.rarity}",
    ]
    for field, levels in model.weights.items():
        lines += ["", f"[weights.{field}]", *(f"{level} = {bits}" for level, bits in levels.items())]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())

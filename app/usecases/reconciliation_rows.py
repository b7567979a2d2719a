"""What a row of the queue is made of: from the records of a company, and from what was found for it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.records import Collaboration, Contact, Customer, LinkDecision
from app.domain.swedish_order import sort_key
from app.matching.keys import company_keys, customer_keys
from app.matching.remembered import has_lost_ground, has_new_evidence
from app.storage import linking_queue as stored
from app.storage.database import Unit
from app.storage.linking_queue import Found, Member, NewRow, StoredRow
from app.storage.local_reader import LocalReader
from app.usecases.reconciliation_reading import open_decisions_of, searchable, shown_number
from app.usecases.reconciliation_search import CompanySuggestion

Identity = tuple[str, str | None, str | None]


def as_found(reader: LocalReader, row: StoredRow, suggestion: CompanySuggestion) -> Found:
    """Return what is stored of a suggestion, with the filter that the row belongs to by it."""
    best = suggestion.best
    customer = reader.find("customer", best.customer_id) if best else None
    decision = reader.find("link_decision", row.decision_id) if row.decision_id else None
    view = "missing_engagement" if row.customer_id else suggestion.band
    if isinstance(decision, LinkDecision) and not _is_to_be_seen_again(reader, decision, suggestion):
        view = stored.DECIDED
    return Found(
        row=row.row,
        view=view,
        band=suggestion.band,
        reason=suggestion.reason,
        score=suggestion.candidates[0].score if suggestion.candidates else 0,
        best_id=best.customer_id if best else None,
        best_name=customer.name if isinstance(customer, Customer) else "",
        best_number=customer.customer_number if isinstance(customer, Customer) else "",
        place=", ".join(suggestion.places),
        why=tuple(r.field for r in best.rows if r.points > 0) if best else (),
        alternatives=len(suggestion.candidates),
        customers=tuple(candidate.customer_id for candidate in suggestion.candidates),
    )


def _is_to_be_seen_again(reader: LocalReader, decision: LinkDecision, suggestion: CompanySuggestion) -> bool:
    """Tell whether the evidence is another than when the decision was made."""
    return has_new_evidence(decision.candidates, suggestion.candidates) or has_lost_ground(
        decision.reason,
        decision.candidates,
        suggestion.candidates,
        lambda customer_id: reader.find("customer", customer_id) is not None,
    )


def rows_of_company(reader: LocalReader, key: str) -> list[NewRow]:
    """Return the company's rows: one for what is wholly unlinked, one per known customer and decision."""
    records = reader.list_by_lookup("collaboration", key)
    unlinked = [one for one in records if isinstance(one, Collaboration) and one.is_unlinked]
    if not unlinked:
        return []
    decisions = open_decisions_of(reader, key)
    groups: dict[tuple[str | None, str | None], list[Collaboration]] = {}
    for one in unlinked:
        decision = decisions.get(one.id)
        groups.setdefault((one.customer_id, decision.id if decision else None), []).append(one)
    return [
        NewRow(
            company_key=key,
            customer_id=customer_id,
            members=tuple(Member(one.id, one.service, one.source_product) for one in members),
            name=members[0].company.name,
            name_key=sort_key(members[0].company.name) if members[0].company.name.strip() else "",
            identity=shown_number(members[0].company),
            source=members[0].source,
            decision_id=decision_id,
            search=searchable(members[0].company, [one.source_product for one in members]),
            keys=company_keys(members[0].company),
        )
        for (customer_id, decision_id), members in groups.items()
    ]


def identity_of(row: StoredRow | NewRow) -> Identity:
    """Return what makes a row this row and no other: company, known customer, decision."""
    return row.company_key, row.customer_id, row.decision_id


def are_same(present: Sequence[StoredRow], rows: Sequence[NewRow]) -> bool:
    """Tell whether a company's rows stand already as they should: then handles and suggestions stay."""
    stored_rows = {identity_of(row): _shown(row) for row in present}
    return stored_rows == {identity_of(row): _shown(row) for row in rows}


def _shown(row: StoredRow | NewRow) -> tuple[object, ...]:
    return row.members, row.name, row.identity, row.source


def companies_of_customers(unit: Unit, customer_ids: Iterable[str]) -> set[str]:
    """Return the companies whose unlinked collaborations hang on these customers now."""
    # Two questions: joined to the view, every collaboration there is would be read to find a handful.
    found = unit.rows(
        "SELECT id FROM shown_collaboration"
        " WHERE customer_id IN (SELECT value FROM json_each(?)) AND +unlinked = 1",
        (json.dumps(list(customer_ids)),),
    )
    rows = unit.rows(
        "SELECT lookup FROM present WHERE type = 'collaboration' AND id IN (SELECT value FROM json_each(?))",
        (json.dumps([row[0] for row in found]),),
    )
    return {row[0] for row in rows if row[0]}


def keys_of_customers(
    reader: LocalReader, customer_ids: Sequence[str], only_links: Sequence[str]
) -> set[str]:
    """Return what the changed customers' companies may be found by.

    Of ``only_links`` nothing has changed that a company is compared with: those that have them as a
    candidate already are all that is concerned.
    """
    keys = {f"c|{customer_id}" for customer_id in (*customer_ids, *only_links)}
    for customer in reader.get_many(Customer, customer_ids).values():
        contacts = [c for c in reader.list_of_customer("contact", customer.id) if isinstance(c, Contact)]
        keys |= customer_keys(customer, contacts)
    return keys


@dataclass(frozen=True, slots=True)
class Difference:
    """Companies whose rows are not as they should be, with the new rows, and those that are."""

    differ: set[str]
    new: list[NewRow]
    same: set[str]


def find_difference(unit: Unit, keys: set[str]) -> Difference:
    """Compare the rows of these companies with what the records say."""
    reader = LocalReader(unit)
    wanted: dict[str, list[NewRow]] = {key: rows_of_company(reader, key) for key in sorted(keys)}
    present: dict[str, list[StoredRow]] = {}
    for row in stored.list_of_companies(unit, keys):
        present.setdefault(row.company_key, []).append(row)
    same = {key for key, rows in wanted.items() if rows and are_same(present.get(key, ()), rows)}
    differ = keys - same
    return Difference(differ, [row for key in sorted(differ) for row in wanted[key]], same)

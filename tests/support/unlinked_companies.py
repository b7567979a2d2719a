"""Firms with unlinked companies, and their queue without a window."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from app.catalogue import load_catalogue
from app.domain.commands import LinkCollaboration
from app.domain.ids import PREFIXES, new_id
from app.domain.records import (
    Collaboration,
    Company,
    Contact,
    Customer,
    Engagement,
    Firm,
    Record,
    Staff,
)
from app.matching.many import LOT
from app.storage.linking_queue import count_open, fetch_rows, list_handles
from app.usecases.reconciliation import Reconciliation
from app.usecases.reconciliation_values import QueueQuery, QueueRow
from app.usecases.workspace import Workspace
from tests.matching.swedish_records import generate
from tests.support.cache import pull, sign_in

COMPANIES = 2 * LOT + 30


def office(companies: int) -> list[Record]:
    """Return a firm with as many customers as unlinked companies, generated as the engine is measured on."""
    made = generate(seed=5, customers=companies, unlinked=companies)
    records: list[Record] = [
        Firm(id="fi_1", name="Byrån", organisation_number="162021005489"),
        Staff(id="st_1", name="Eva Ek", email="eva@example.se", full_permission=True),
    ]
    for row in made.customers:
        number = row["organisation_number"].replace("-", "")
        id_ = row["customer_id"]
        records.append(
            Customer(
                id=id_, customer_number=id_, name=row["name"], organisation_number=number and f"16{number}"
            )
        )
        records.append(Contact(id=f"ct_{id_}", customer_id=id_, name="", email=row["email"]))
        records.append(engagement(id_))
    records += [
        unlinked(row["collaboration_id"], row["name"], row["organisation_number"], row["email"])
        for row in made.unlinked
    ]
    return records


def engagement(customer_id: str) -> Engagement:
    return Engagement(
        id=f"en_{customer_id}",
        customer_id=customer_id,
        type="bookkeeping",
        title="Bokföring",
        fiscal_year=2026,
    )


def unlinked(id_: str, name: str, number: str = "", email: str = "") -> Collaboration:
    return Collaboration(
        id=id_,
        company=Company(name=name, number=number, email=email),
        source="byrastod",
        source_product="eEkonomi",
        unlinked_because="imported",
    )


def take_in(workspace: Workspace, *records: Record, rev: int = 1) -> None:
    """Take records in as a pull does, and tell."""
    workspace.tell(pull(workspace.database, records, rev=rev))


def opened(workspace: Workspace, process_from: int | None) -> Reconciliation:
    sign_in(workspace.database, "st_1", "fi_1")
    return Reconciliation(workspace, load_catalogue(), process_from=process_from)


def shown(reconciliation: Reconciliation) -> dict[str, QueueRow]:
    """Return everything that the list shows, by company."""
    queue = reconciliation.queue
    rows = queue.list_rows(queue.list_keys(QueueQuery()))
    return {row.id: dataclasses.replace(row, handle=0) for row in rows}


def waiting(workspace: Workspace) -> int:
    with workspace.read() as unit:
        return count_open(unit)[0]


def after_lot(number: int, act: Callable[[], None]) -> Callable[[int, int], None]:
    """Return what acts once, after so many lots of the process."""
    acted: list[int] = []

    def on_progress(done: int, _companies: int) -> None:
        if done >= number * LOT and not acted:
            acted.append(done)
            act()

    return on_progress


def opened_by(workspace: Workspace, reconciliation: Reconciliation, act: Callable[[], None]) -> set[str]:
    """Return the collaborations whose rows a change lets be searched for again."""
    act()
    queue = reconciliation.queue
    with queue._keeping:
        queue._bring_in_line(lambda: False)
    with workspace.read() as unit:
        rows = fetch_rows(unit, list_handles(unit, ""))
    found = {row.id for row in rows if row.is_open}
    queue.search_all()
    return found


def link(collaboration_id: str, customer_id: str) -> LinkCollaboration:
    return LinkCollaboration(
        collaboration_id=collaboration_id,
        customer_id=customer_id,
        engagement_id=f"en_{customer_id}",
        service="eekonomi",
        decision_id=new_id(PREFIXES["link_decision"]),
    )

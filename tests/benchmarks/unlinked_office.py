"""A client's database of a chain on the day after the move: nothing is linked, all has been searched for.

Companies and customers are generated like those that the engine is measured on, three collaborations a
company. The answers of the queue are the generator's own, so that filling takes minutes and not an hour; what
the screen asks for afterwards is the shipped search.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from app.catalogue import Catalogue
from app.contract.codec import encode_record
from app.contract.wire import WireChange
from app.domain.records import (
    Collaboration,
    Company,
    Contact,
    Customer,
    Engagement,
    Firm,
    Record,
    Staff,
    type_of,
)
from app.matching.index import CustomerIndex
from app.matching.suggestions import Band, known_customer
from app.storage.database import Database
from app.storage.local_reader import LocalReader
from app.storage.mirror import apply_changes
from app.storage.shown_tables import rebuild_shown
from app.usecases.reconciliation_search import CompanySuggestion, Search
from tests.matching.swedish_records import generate
from tests.support.cache import pull, sign_in

PRODUCTS = ("eEkonomi", "Scanner", "Lön Smart")
_LOT = 4000
_BANDS = (Band.CERTAIN, Band.LIKELY, Band.LIKELY, Band.UNCLEAR)


def fill(database: Database, collaborations: int) -> Mapping[str, str | None]:
    """Write a firm whose ``collaborations`` are all unlinked; return whose each of them truly is."""
    companies = max(1, collaborations // len(PRODUCTS))
    made = generate(seed=1, customers=companies, unlinked=companies)
    staff = Staff(id="st_1", name="Eva Ek", email="eva@example.se", full_permission=True)
    pull(database, [Firm(id="fi_1", name="Byrån", organisation_number="162021005489"), staff])
    sign_in(database, "st_1", "fi_1")

    def records() -> Iterator[Record]:
        for row in made.customers:
            number = row["organisation_number"].replace("-", "")
            customer = Customer(
                id=row["customer_id"],
                customer_number=row["customer_id"].removeprefix("cu_"),
                name=row["name"],
                organisation_number=f"16{number}" if number else "",
            )
            yield customer
            place = row["customer_id"].removeprefix("cu_")
            if row["email"] or row["phone"]:
                yield Contact(
                    id=f"ct_{place}", customer_id=customer.id, name="", email=row["email"], phone=row["phone"]
                )
            yield Engagement(
                id=f"en_{place}",
                customer_id=customer.id,
                type="bookkeeping",
                title="Löpande bokföring 2026",
                fiscal_year=2026,
            )
        for row in made.unlinked:
            company = Company(
                name=row["name"],
                number=row["organisation_number"],
                email=row["email"],
                phone=row["phone"],
                postal_code=row["postal_code"],
                town=row["town"],
            )
            for at, product in enumerate(PRODUCTS):
                yield Collaboration(
                    id=f"{row['collaboration_id']}_{at}",
                    company=company,
                    source="byrastod",
                    source_product=product,
                    unlinked_because="imported",
                )

    lot: list[Record] = []
    for record in records():
        lot.append(record)
        if len(lot) == _LOT:
            _write(database, lot)
            lot.clear()
    _write(database, lot)
    with database.write() as unit:
        rebuild_shown(unit)
    return {f"{id_}_0": customer_id for id_, customer_id in made.truth.items()}


def answer_with(truth: Mapping[str, str | None]) -> Search:
    """Return a search that knows the answers; what is not in ``truth`` has none."""

    def search(
        members: Sequence[Collaboration], index: CustomerIndex, catalogue: Catalogue, reader: LocalReader
    ) -> CompanySuggestion:
        first = min(member.id for member in members)
        customer_id = truth.get(first)
        if customer_id is None:
            return CompanySuggestion(band=Band.NONE, reason="no_candidate", candidates=(), places=())
        band = _BANDS[int(first.split("_")[1]) % len(_BANDS)]
        known = known_customer(members[0].company, customer_id, index)
        return CompanySuggestion(band=band, reason="", candidates=known.candidates, places=())

    return search


def _write(database: Database, records: Sequence[Record]) -> None:
    """Write to the mirror as a first pull does; the shown tables are made at the end, once."""
    changes = [
        WireChange(t=type_of(record), id=record.id, rev=1, data=msgspec.Raw(encode_record(record)))
        for record in records
    ]
    with database.write() as unit:
        apply_changes(unit, changes)

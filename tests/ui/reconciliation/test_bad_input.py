"""Companies as bad as they come from old systems: no crash, nothing certain, a reason for a person."""

from __future__ import annotations

import dataclasses

from app.domain.records import Company, Record
from tests.server.sync_site import ANNA
from tests.ui.reconciliation.conftest import MakeDesk, customer, engagement, number, unlinked

PERSON = "850709-9805"
MANY = 120


def test_nothing_that_is_doubtful_is_certain_and_each_says_why(open_with: MakeDesk) -> None:
    records: list[Record] = [
        customer("p1", "Åke Berg", organisation_number="198507099805", kind="private_person"),
        customer("p2", "Åke Bergs Snickeri", organisation_number="198507099805", kind="sole_firm"),
        *engagement("p1", ANNA.id),
        *engagement("p2", ANNA.id),
        customer("f1", "Nordic Trading GmbH", kind="foreign"),
        *engagement("f1", ANNA.id),
        customer("d1", "Dubbel Bygg AB", 301),
        customer("d2", "Dubbel Bygg AB", 301, serial=1),
        *engagement("d1", ANNA.id),
        *engagement("d2", ANNA.id),
        customer("a1", "A", 302),
        *engagement("a1", ANNA.id),
        customer("s1", "Vävstugans Vänner", kind="association_without_number"),
        *engagement("s1", ANNA.id),
    ]
    for place in range(MANY):
        records.append(customer(f"m{place}", "Anderssons Måleri"))
    doubtful = {
        "person": ("Åke Bergs Snickeri", PERSON),
        "foreign": ("Nordic Trading", "DE123456789"),
        "double": ("Dubbel Bygg AB", number(301)),
        "letter": ("A", ""),
        "nameless": ("", ""),
        "spaces": ("   ", "000000-0000"),
        "many": ("Anderssons Måleri", ""),
        "association": ("Vävstugans Vänner", ""),
        "signs": ("?!-/&", "12"),
        "broken": ("Brutna Numret AB", "559123-4567"),
    }
    for id_, (name, written) in doubtful.items():
        records.append(dataclasses.replace(unlinked(id_, name), company=Company(name=name, number=written)))
    desk = open_with(records)
    queue = desk.reconciliation.queue
    assert desk.count("certain") == 0
    assert desk.count("failed") == 0
    assert sum(desk.count(view) for view in ("likely", "unclear", "none")) == len(doubtful)
    seen: dict[str, str] = {}
    for at in range(desk.table.rows.rowCount()):
        desk.table.selectRow(at)
        desk.until(desk.is_on_card)
        card = desk.card.card
        assert card is not None
        seen[card.row.id.removeprefix("cl_")] = desk.card.warning.accessibleName()
        assert PERSON not in desk.seen()  # masked wherever it is shown
        assert "9805" not in desk.seen()
        if card.row.band in ("unclear", "none"):
            assert desk.card.warning.isVisible(), card.row
            assert desk.card.warning.accessibleName()
            assert desk.card.why_not_link()
    assert seen.keys() == doubtful.keys()
    assert queue.find_handle("cl_many") is not None
    assert "Lika starka förslag" in seen["many"]

"""The latest decisions about links, without reading all of them."""

from __future__ import annotations

from app.contract.codec import decode_record
from app.domain.records import LinkDecision
from app.storage.database import Unit


def list_latest_decisions(unit: Unit, limit: int) -> list[LinkDecision]:
    """Return the newest decisions; their ids are ordered by time."""
    rows = unit.rows(
        "SELECT data FROM present WHERE type = 'link_decision' ORDER BY id DESC LIMIT ?", (limit,)
    )
    found = [decode_record("link_decision", row[0]) for row in rows]
    return [one for one in found if isinstance(one, LinkDecision)]

"""Finds a firm by what people call it."""

from __future__ import annotations

from app.domain.identity import parse_number
from app.domain.records import Firm
from app.server.store import Store


def find_firm(store: Store, reference: str) -> Firm | None:
    """Return the firm with this id or organisation number."""
    parsed = parse_number(reference)
    for firm_id in store.list_firms():
        with store.read(firm_id) as snapshot:
            firm = snapshot.reader.find("firm", firm_id)
        if isinstance(firm, Firm) and (
            firm.id == reference or (parsed.ok and firm.organisation_number == parsed.canonical)
        ):
            return firm
    return None

"""How far live commands have come with what is shown, for making the lists anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.shown import weakest

if TYPE_CHECKING:
    from app.storage.database import Unit
    from app.storage.shown_rows import Bundle


class Marks:
    """How far the live commands have come: what waits is little beside what is shown."""

    def __init__(self, unit: Unit) -> None:
        self._records: dict[str, str] = {}
        self._customers: dict[str, str] = {}
        live = "state IN ('queued', 'sending', 'acknowledged')"
        for key, mark in unit.rows(
            "SELECT t.key, o.state FROM outbox_touch t JOIN outbox o ON o.position = t.position"
            f" WHERE t.writes = 2 AND o.{live}"
        ):
            self._records[key] = weakest((self._records.get(key, ""), mark))
        if self._records:
            for customer_id, mark in unit.rows(
                f"SELECT customer_id, state FROM outbox WHERE customer_id IS NOT NULL AND {live}"
            ):
                self._customers[customer_id] = weakest((self._customers.get(customer_id, ""), mark))
        self._refused: dict[str, int] = dict(
            unit.rows(
                "SELECT customer_id, count(*) FROM outbox WHERE customer_id IS NOT NULL"
                " AND state IN ('conflict', 'rejected') AND handled_at IS NULL GROUP BY customer_id"
            )
        )

    def __bool__(self) -> bool:
        """Tell whether there is a mark at all."""
        return bool(self._records)

    def of_record(self, type_name: str, id_: str) -> str:
        """Return the mark of a record."""
        return self._records.get(f"o|{type_name}|{id_}", "")

    def add_record(self, bundle: Bundle, type_name: str, id_: str) -> None:
        """Add a record's mark to its customer's, if there is one."""
        mark = self.of_record(type_name, id_)
        if mark:
            bundle.records.marks[(type_name, id_)] = mark

    def add_customer(self, bundle: Bundle, customer_id: str) -> None:
        """Add what is known of the customer as a whole."""
        mark = self._customers.get(customer_id, "")
        if mark:
            key, own = ("customer", customer_id), bundle.records.marks
            own[key] = weakest((own.get(key, ""), mark))

    def count_refused(self, customer_id: str) -> int:
        """Return how many outcomes of the customer wait for a person."""
        return self._refused.get(customer_id, 0)

"""What somebody changes elsewhere: grants are given and withdrawn, rows come and go."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace

from app.domain.changes import Put, Remove
from app.domain.records import Contact, Customer, Record, Staff
from tests.sync.simulation.firms import BO, EVA, FIRM, PEOPLE
from tests.sync.simulation.server import SimulatedServer


class Colleague:
    """Chooses, by the schedule's dice, what changes at the server; the schedule writes it."""

    def __init__(self, server: SimulatedServer, dice: random.Random, numbers: Iterator[int]) -> None:
        self._server = server
        self._dice = dice
        self._numbers = numbers
        self.last = 0

    def choose(self) -> tuple[str, list[Put | Remove]]:
        """Return the name of a change and its rows; no rows where there is nothing to change."""
        change: Callable[[], list[Put | Remove]] = self._dice.choice(
            (self._new_rows, self._protect, self._scope, self._withdraw_grants, self._remove_rows)
        )
        return change.__name__.strip("_"), change()

    def _new_rows(self) -> list[Put | Remove]:
        self.last = next(self._numbers)
        rows: list[Record] = []
        for place in range(self._dice.randint(1, 5)):
            id_ = f"cu_new{self.last}x{place}0"
            manager = self._dice.choice((None, BO.id, EVA.id))
            rows.append(
                Customer(id=id_, customer_number="9", name="Importerad AB", account_manager_id=manager)
            )
            rows.append(Contact(id=f"ct_new{self.last}x{place}0", customer_id=id_, name="Kontakt"))
        return [Put(row) for row in rows]

    def _protect(self) -> list[Put | Remove]:
        row = self._pick("customer", Customer)
        named = self._dice.sample([person.id for person in PEOPLE[FIRM]], 2)
        return row and [Put(replace(row, protected=not row.protected, protected_staff_ids=tuple(named)))]

    def _scope(self) -> list[Put | Remove]:
        row = self._pick("staff", Staff)
        sees = self._dice.choice(("all", "office", "own"))
        return row and [Put(replace(row, sees=sees, office=self._dice.choice(("Umeå", "Växjö"))))]

    def _withdraw_grants(self) -> list[Put | Remove]:
        row = self._pick("customer", Customer)
        return row and [Put(replace(row, account_manager_id=None, office="Växjö"))]

    def _remove_rows(self) -> list[Put | Remove]:
        row = self._pick("contact", Contact)
        return row and [Remove("contact", row.id)]

    def _pick(self, type_name: str, cls: type) -> object:
        with self._server.store.read(FIRM) as snapshot:
            rows = list(snapshot.reader.walk(type_name))
        return self._dice.choice([row for row in rows if isinstance(row, cls)] or [None])

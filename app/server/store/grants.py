"""Who sees which customers, kept in step with the records, in the same transaction.

Staff who see all need no rows here but for protected customers. For the others ``customer_grant`` holds
what they see, and ``access_scope`` moves on whenever a customer that is not new to everybody comes or
goes for them: their cursor is then gone (410 ``access``) and the next snapshot is their new view.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, text

from app.domain.records import Customer, Participation, Record, Staff, keys_of, type_of
from app.domain.visibility import is_of_office
from app.server.store.rows import RecordReader
from app.server.store.statements import Statement

_RESTRICTED = Statement(
    "SELECT staff_id, sees, office FROM staff_scope WHERE firm_id = :firm_id AND sees <> 'all'"
)
_ANY_PROTECTED = text("SELECT 1 FROM protected_customer WHERE firm_id = :firm_id LIMIT 1")
_PUT_STAFF = text(
    """
    INSERT INTO staff_scope (firm_id, staff_id, sees, office, access_scope)
    VALUES (:firm_id, :staff_id, :sees, :office, 1)
    ON CONFLICT (firm_id, staff_id) DO UPDATE SET sees = excluded.sees, office = excluded.office,
        access_scope = staff_scope.access_scope + 1
    """
)
_GRANTS = text(
    "SELECT staff_id, until FROM customer_grant WHERE firm_id = :firm_id AND customer_id = :customer_id"
)
_PUT_GRANT = Statement(
    """
    INSERT INTO customer_grant (firm_id, staff_id, customer_id, until)
    VALUES (:firm_id, :staff_id, :customer_id, :until)
    ON CONFLICT (firm_id, staff_id, customer_id) DO UPDATE SET until = excluded.until
    """
)
_REMOVE_GRANT = text(
    "DELETE FROM customer_grant"
    " WHERE firm_id = :firm_id AND staff_id = :staff_id AND customer_id = :customer_id"
)
_MOVE_SCOPES = text(
    "UPDATE staff_scope SET access_scope = access_scope + 1"
    " WHERE firm_id = :firm_id AND staff_id IN :staff_ids"
).bindparams(bindparam("staff_ids", expanding=True))
_MOVE_ALL_BUT = text(
    "UPDATE staff_scope SET access_scope = access_scope + 1"
    " WHERE firm_id = :firm_id AND sees = 'all' AND staff_id NOT IN :staff_ids"
).bindparams(bindparam("staff_ids", expanding=True))
_PROTECT = text(
    "INSERT INTO protected_customer (firm_id, customer_id) VALUES (:firm_id, :customer_id)"
    " ON CONFLICT DO NOTHING"
)
_UNPROTECT = text("DELETE FROM protected_customer WHERE firm_id = :firm_id AND customer_id = :customer_id")
_TURNING = (
    "SELECT customer_id FROM record WHERE firm_id = :firm_id AND type = 'participation' AND removed = ''"
)
_BY_CALENDAR = Statement(
    f"""
    {_TURNING} AND customer_id IS NOT NULL AND from_on BETWEEN :since AND :today
    UNION {_TURNING} AND customer_id IS NOT NULL AND to_on BETWEEN :since AND :today
    UNION SELECT customer_id FROM customer_grant WHERE firm_id = :firm_id AND until < :today
    ORDER BY customer_id
    """
)
_CHUNK = 100


@cache
def _customers_before(count: int) -> Statement:
    # Not pairs: for those SQLite walks through every row of the firm.
    types = ", ".join(f":type{number}" for number in range(count))
    ids = ", ".join(f":id{number}" for number in range(count))
    return Statement(
        "SELECT type, id, customer_id FROM record"
        f" WHERE firm_id = :firm_id AND type IN ({types}) AND id IN ({ids})"
    )


class _Restricted(NamedTuple):
    staff_id: str
    sees: str
    office: str


class GrantKeeper:
    """Brings grants and scopes in line with what one transaction writes.

    ``look_before`` is called with the records before they are written, ``settle`` after. ``today`` is
    the firm's local day: a participation that is over gives nothing.
    """

    def __init__(self, connection: Connection, firm_id: str, today: date) -> None:
        self._connection = connection
        self._firm_id = firm_id
        self._today = today
        self._reader = RecordReader(connection, firm_id)
        self._matters: bool | None = None
        self._restricted_staff: Sequence[_Restricted] | None = None
        self._known: dict[tuple[str, str], str | None] = {}

    def expect(self, *, has_restrictions: bool) -> None:
        """Take what has been read already: whether anybody sees less than everything."""
        if self._matters is None:
            self._matters = has_restrictions

    def look_before(self, records: Sequence[Record], removed: Sequence[tuple[str, str]]) -> None:
        """Note which customers the records hung on before they are written."""
        self._known = {}
        if not self._has_restrictions(records):
            return
        touched = [*((type_of(r), r.id) for r in records), *removed]
        for start in range(0, len(touched), _CHUNK):
            part = touched[start : start + _CHUNK]
            values: dict[str, str] = {"firm_id": self._firm_id}
            for number, (type_name, id_) in enumerate(part):
                values[f"type{number}"], values[f"id{number}"] = type_name, id_
            for type_name, id_, customer_id in _customers_before(len(part)).rows(self._connection, values):
                self._known[(type_name, id_)] = customer_id

    def settle(self, records: Sequence[Record], removed: Sequence[tuple[str, str]]) -> None:
        """Write the grants that follow from what has been written."""
        staff = [record for record in records if isinstance(record, Staff)]
        changed = [self._put_staff(member) for member in staff]
        if not self._has_restrictions(records):
            return
        whole: set[str] = set()
        moved: set[tuple[str | None, str | None]] = set()
        for record in records:
            key = (type_of(record), record.id)
            before, after = self._known.get(key), keys_of(record).customer_id
            if isinstance(record, Customer | Participation) and after:
                whole.add(after)
            if key in self._known and before != after:
                moved.add((before, after))
        for type_name, id_ in removed:
            customer_id = self._known.get((type_name, id_))
            if type_name == "participation" and customer_id:
                whole.add(customer_id)
        new = {r.id: r for r in records if isinstance(r, Customer) and ("customer", r.id) not in self._known}
        worked_on = {r.customer_id for r in records if isinstance(r, Participation)}
        if any(changed):
            whole.update(self._reader.list_ids("customer"))
        for customer_id in sorted(whole):
            if customer_id in new and customer_id not in worked_on:
                self._grant_new(new[customer_id])
            else:
                self._settle_customer(customer_id, is_new=customer_id in new)
        for before, after in sorted(moved, key=str):
            self._settle_move(before, after)

    def refresh(self, since: date) -> None:
        """Compute anew the grants that days since then have changed: participations have begun and ended.

        Everything else is kept in step by what is written; going through every customer of a large firm would
        hold its lock for a minute.
        """
        if not self._has_restrictions(()):
            return
        values = {"firm_id": self._firm_id, "since": since.isoformat(), "today": self._today.isoformat()}
        for (customer_id,) in _BY_CALENDAR.rows(self._connection, values):
            self._settle_customer(customer_id, is_new=False)

    def _has_restrictions(self, records: Iterable[Record]) -> bool:
        if any(
            (isinstance(r, Staff) and r.sees != "all") or (isinstance(r, Customer) and r.protected)
            for r in records
        ):
            self._matters = True
        if self._matters is None:
            key = {"firm_id": self._firm_id}
            self._matters = bool(self._restricted()) or (
                self._connection.execute(_ANY_PROTECTED, key).first() is not None
            )
        return self._matters

    def _restricted(self) -> Sequence[_Restricted]:
        """Return the staff who do not see all."""
        if self._restricted_staff is None:
            found = _RESTRICTED.rows(self._connection, {"firm_id": self._firm_id})
            self._restricted_staff = [_Restricted(*row) for row in found]
        return self._restricted_staff

    def _put_staff(self, member: Staff) -> bool:
        """Write what the staff member sees; tell whether grants follow from that."""
        values = {"firm_id": self._firm_id, "staff_id": member.id}
        present = self._connection.execute(
            text("SELECT sees, office FROM staff_scope WHERE firm_id = :firm_id AND staff_id = :staff_id"),
            values,
        ).first()
        if present is not None and (present.sees, present.office) == (member.sees, member.office):
            return False
        self._restricted_staff = None
        self._connection.execute(_PUT_STAFF, {**values, "sees": member.sees, "office": member.office})
        return present is not None or member.sees != "all"

    def _grant_new(self, customer: Customer) -> None:
        """Write the grants of a customer that nothing hangs on yet; an import makes thousands of them."""
        key = {"firm_id": self._firm_id, "customer_id": customer.id}
        if customer.protected:
            self._connection.execute(_PROTECT, key)
        for staff_id in sorted(self._wanted(customer, {})):
            _PUT_GRANT.run(self._connection, {**key, "staff_id": staff_id, "until": None})

    def _settle_customer(self, customer_id: str, *, is_new: bool) -> None:
        customer = self._reader.find("customer", customer_id)
        if not isinstance(customer, Customer):
            return
        key = {"firm_id": self._firm_id, "customer_id": customer_id}
        if customer.protected:
            changed = self._connection.execute(_PROTECT, key).rowcount == 1
        else:
            changed = self._connection.execute(_UNPROTECT, key).rowcount == 1
        wanted = self._wanted(customer, self._participants(customer_id))
        present: dict[str, str | None] = {
            row.staff_id: row.until for row in self._connection.execute(_GRANTS, key)
        }
        held = {staff_id for staff_id, until in present.items() if self._gives(until)}
        lost, gained = present.keys() - wanted.keys(), wanted.keys() - held
        for staff_id in sorted(lost):
            self._connection.execute(_REMOVE_GRANT, {**key, "staff_id": staff_id})
        for staff_id, until in sorted(wanted.items()):
            if staff_id not in present or present[staff_id] != until:
                _PUT_GRANT.run(self._connection, {**key, "staff_id": staff_id, "until": until})
        if is_new:
            return
        if lost or gained:
            self._move_scopes(lost | gained)
        if changed:
            # A grant is a row of its own for those who see all: what they see of it changes with the
            # protection.
            values = {"firm_id": self._firm_id, "staff_ids": sorted(wanted) or [""]}
            self._connection.execute(_MOVE_ALL_BUT, values)

    def _settle_move(self, before: str | None, after: str | None) -> None:
        """A row has left a customer, or those who see all: it must leave the files of who sees it no more."""
        seen_before = self._seers(before) if before else set()
        seen_after = self._seers(after) if after else set()
        self._move_scopes(seen_before - seen_after)
        if after and self._is_protected(after):
            values = {"firm_id": self._firm_id, "staff_ids": sorted(seen_after) or [""]}
            self._connection.execute(_MOVE_ALL_BUT, values)

    def _is_protected(self, customer_id: str) -> bool:
        statement = text(
            "SELECT 1 FROM protected_customer WHERE firm_id = :firm_id AND customer_id = :customer_id"
        )
        values = {"firm_id": self._firm_id, "customer_id": customer_id}
        return self._connection.execute(statement, values).first() is not None

    def _seers(self, customer_id: str) -> set[str]:
        key = {"firm_id": self._firm_id, "customer_id": customer_id}
        rows = self._connection.execute(_GRANTS, key)
        return {row.staff_id for row in rows if self._gives(row.until)}

    def _gives(self, until: str | None) -> bool:
        """Tell whether a grant gives anything today: one whose last day is past waits for the calendar."""
        return until is None or until >= self._today.isoformat()

    def _move_scopes(self, staff_ids: set[str]) -> None:
        if staff_ids:
            values = {"firm_id": self._firm_id, "staff_ids": sorted(staff_ids)}
            self._connection.execute(_MOVE_SCOPES, values)

    def _wanted(self, customer: Customer, until: dict[str, str | None]) -> dict[str, str | None]:
        """Return staff → last day of those whose sight of the customer rests on a row here.

        ``until`` holds the participants with their last day.
        """
        if customer.protected:
            return dict.fromkeys(customer.protected_staff_ids)
        found: dict[str, str | None] = {}
        for row in self._restricted():
            if customer.account_manager_id == row.staff_id or (
                row.sees == "office" and is_of_office(customer, row.office)
            ):
                found[row.staff_id] = None
            elif row.staff_id in until:
                found[row.staff_id] = until[row.staff_id]
        return found

    def _participants(self, customer_id: str) -> dict[str, str | None]:
        found: dict[str, str | None] = {}
        engagements = {e.id for e in self._reader.list_of_customer("engagement", customer_id)}
        for row in self._reader.list_of_customer("participation", customer_id):
            if not isinstance(row, Participation) or not row.holds_on(self._today):
                continue
            if row.engagement_id not in engagements:
                continue
            last = None if row.to_on is None else row.to_on.isoformat()
            known = found.get(row.staff_id, "")
            if known == "" or (known is not None and (last is None or last > known)):
                found[row.staff_id] = last
        return found

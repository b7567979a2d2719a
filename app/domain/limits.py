"""How long, how many and how large what a command says may be: for the forms, the client and the server.

``effects.apply`` asks here before anything else, so that a client refuses in the form what the server would
refuse, and a client of somebody's own gets a recorded outcome. The limits are far above what anybody honest
writes (the longest of 15,000 Swedish names has 96 letters) and hold for what is *said*: rows that are longer
already, such as a vendor's, are read and shown as they are. A field without a limit fails a test.
"""

from __future__ import annotations

import functools
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from typing import Any

from app.domain.changes import RejectedError
from app.domain.commands import Payload
from app.domain.customer_commands import (
    UpdateContact,
    UpdateCustomer,
    UpdateEngagement,
    UpdateFirm,
    UpdateStaff,
)
from app.domain.decoders import convert_to
from app.domain.records import Collaboration, Contact, Customer, Engagement, Firm, Record, Staff
from app.domain.service_commands import UpdateCollaboration


@dataclass(frozen=True, slots=True)
class Letters:
    """A text of at most so many characters."""

    most: int


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number between two, both included."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Many:
    """A list of at most so many, or choices by name; ``each`` limits a text in it."""

    most: int
    each: Letters | None = None


Limit = Letters | Whole | Many

ID = Letters(80)
WORD = Letters(60)
"""A code of the program's own or of the vendor's."""
NAME = Letters(300)
NUMBER = Letters(60)
"""A number that is text: the firm's own or the vendor's."""
EMAIL = Letters(320)
REASON = Letters(1000)
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""Between these lies every day that anybody means, of accounts as of birth."""
LARGEST_SEEN = 50_000
"""Bytes of JSON of what a person saw in one field before it was changed."""
_SHOWN = 60

LIMITS: Mapping[str, Limit] = {
    "account_manager_id": ID,
    "activation_id": ID,
    "answer": WORD,
    "branch": WORD,
    "by": ID,
    "by_staff_id": ID,
    "candidates": Many(100),
    "checklist": Many(50, WORD),
    "choice": WORD,
    "code": WORD,
    "collaboration_id": ID,
    "collaboration_ids": Many(5_000, ID),
    "company_key": Letters(400),
    "contact_id": ID,
    "contacts": Many(200),
    "country": WORD,
    "customer_id": ID,
    "customer_ids": Many(20_000, ID),
    "customer_number": NUMBER,
    "decision": WORD,
    "decision_id": ID,
    "due_diligence_reason": REASON,
    "email": EMAIL,
    "end_checklist": Many(50, WORD),
    "end_choice": WORD,
    "ended_by": ID,
    "end_asked_by": ID,
    "engagement_id": ID,
    "firm_id": ID,
    "fiscal_year": Whole(FIRST_DAY.year, LAST_DAY.year),
    "fiscal_year_end": Letters(10),
    "id": ID,
    "invitation_days": Whole(0, 10_000),
    "invitation_id": ID,
    "items": Many(50),
    "kind": WORD,
    "language": WORD,
    "legal_form": Letters(200),
    "login_mail_state": WORD,
    "made_by": ID,
    "mail_state": WORD,
    "mail_stopped": REASON,
    "months_of_history": Whole(0, 10_000),
    "name": NAME,
    "number": NUMBER,
    "office": NAME,
    "offices": Many(500, NAME),
    "options": Many(50, Letters(200)),
    "organisation_number": Letters(20),
    "parent_id": ID,
    "participation_id": ID,
    "participations": Many(500),
    "payer": WORD,
    "period_months": Whole(0, 1_200),
    "phone": Letters(80),
    "postal_code": Letters(20),
    "predecessor_id": ID,
    "problem": WORD,
    "protected_staff_ids": Many(1_000, ID),
    "reason": REASON,
    "reasons": Many(100, WORD),
    "recipients": Many(50),
    "refused_because": WORD,
    "reminders_per_day": Whole(0, 10_000),
    "role": WORD,
    "score": Whole(-100_000, 100_000),
    "seen_engagement_id": ID,
    "seen_service": WORD,
    "sees": WORD,
    "serial": Whole(0, 999),
    "service": WORD,
    "services": Many(200),
    "source": WORD,
    "source_product": NAME,
    "staff_id": ID,
    "state": WORD,
    "stopped_because": WORD,
    "street": NAME,
    "subscription_owner": WORD,
    "text_version": WORD,
    "title": NAME,
    "town": Letters(100),
    "type": WORD,
    "typed": Letters(400),
    "unlinked_because": WORD,
    "variant": WORD,
    "vendor_customer_number": NUMBER,
}
"""Field → its limit, the same wherever a field of the name is."""

CHANGED: dict[type[Payload], type[Record]] = {
    UpdateCustomer: Customer,
    UpdateContact: Contact,
    UpdateEngagement: Engagement,
    UpdateStaff: Staff,
    UpdateFirm: Firm,
    UpdateCollaboration: Collaboration,
}
"""Commands that set fields → the record whose fields they are."""

Check = Callable[[Any], None]


def check_limits(payload: Payload) -> None:
    """Raise RejectedError where something in the payload is beyond its limit.

    The code is ``too_long``, ``too_many``, ``number_out_of_range`` or ``date_out_of_range``, with the
    ``field`` and its limits; ``invalid`` for a field that the record does not have, or another
    kind of value.
    """
    plan_of(type(payload))(payload)


def letters_of(name: str) -> int:
    """Return how many characters the field may have, for the form in which it is written."""
    limit = LIMITS[name]
    if not isinstance(limit, Letters):
        raise KeyError(name)
    return limit.most


def find_too_long(name: str, text: str) -> RejectedError | None:
    """Return what a command with this text in that field would be refused with, or None: for forms."""
    most = letters_of(name)
    return RejectedError("too_long", field=name, most=most) if len(text.strip()) > most else None


class UnlimitedError(LookupError):
    """A field that a command can carry has no limit: a mistake in this program, which a test finds."""


def plan_of(cls: type[Any]) -> Check:
    """Return what checks a value of the class. Raises UnlimitedError for a field without a limit."""
    if cls not in _PLANS:
        _PLANS[cls] = _make_plan(cls)
    return _PLANS[cls]


_PLANS: dict[type[Any], Check] = {}
"""Made when they are first asked for: reading the kinds of the fields takes a while."""


def _make_plan(cls: type[Any]) -> Check:
    checks = [(name, check) for name, check in checks_of(cls).items() if check is not None]

    def run(value: Any) -> None:
        for name, check in checks:
            found = getattr(value, name)
            if found is not None:
                check(found)

    return run


def checks_of(cls: type[Any]) -> dict[str, Check | None]:
    """Return field → what checks it; None where every value is as small as another. Raises UnlimitedError."""
    hints = typing.get_type_hints(cls)
    changed = CHANGED.get(cls)
    return {
        part.name: _changes_check(changed)
        if changed is not None and part.name == "set"
        else _check_of(part.name, hints[part.name])
        for part in fields(cls)
    }


def _check_of(name: str, hint: Any) -> Check | None:
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        [hint] = [kind for kind in typing.get_args(hint) if kind is not type(None)]
    if hint is bool:
        return None
    if is_dataclass(hint):
        return plan_of(typing.cast(type[Any], hint))
    if hint in (date, datetime):
        return functools.partial(_check_day, name)
    if name not in LIMITS:
        raise UnlimitedError(name)
    limit = LIMITS[name]
    if hint is str and isinstance(limit, Letters):
        return functools.partial(_check_text, name, limit.most)
    if hint is int and isinstance(limit, Whole):
        return functools.partial(_check_whole, name, limit)
    if isinstance(limit, Many):
        return _many_check(name, limit, hint)
    raise UnlimitedError(name)


def _many_check(name: str, limit: Many, hint: Any) -> Check:
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    each: Check
    if origin is tuple and is_dataclass(inner[0]):
        each = plan_of(typing.cast(type[Any], inner[0]))
    elif limit.each is not None and (hint == dict[str, str] or (origin is tuple and inner[0] is str)):
        each = functools.partial(_check_text, name, limit.each.most)
    else:
        raise UnlimitedError(name)

    def run(value: Any) -> None:
        if len(value) > limit.most:
            raise RejectedError("too_many", field=name, most=limit.most)
        parts = (text for pair in value.items() for text in pair) if isinstance(value, dict) else value
        for part in parts:
            each(part)

    return run


def _changes_check(record: type[Record]) -> Check:
    """Return what checks the fields that a command sets: what is to be as the record's own fields, and what
    was seen by its size, so that a text that is too long already can be made shorter.
    """
    import msgspec

    hints, checks = typing.get_type_hints(record), checks_of(record)

    def run(changes: Mapping[str, Mapping[str, Any]]) -> None:
        for name, change in changes.items():
            if name not in checks:
                raise RejectedError("invalid", field=name[:_SHOWN])
            if len(msgspec.json.encode(change.get("from"))) > LARGEST_SEEN:
                raise RejectedError("too_long", field=name, most=LARGEST_SEEN)
            check, wanted = checks[name], change.get("to")
            if check is None or wanted is None:
                continue
            try:
                value = convert_to(hints[name], wanted)
            except msgspec.ValidationError as error:
                raise RejectedError("invalid", field=name) from error
            check(value)

    return run


def _check_text(name: str, most: int, value: str) -> None:
    if len(value) > most:
        raise RejectedError("too_long", field=name, most=most)


def _check_whole(name: str, limit: Whole, value: int) -> None:
    if not limit.least <= value <= limit.most:
        raise RejectedError("number_out_of_range", field=name, least=limit.least, most=limit.most)


def _check_day(name: str, value: date) -> None:
    day = value.date() if isinstance(value, datetime) else value
    if not FIRST_DAY <= day <= LAST_DAY:
        raise RejectedError("date_out_of_range", field=name, least=FIRST_DAY, most=LAST_DAY)

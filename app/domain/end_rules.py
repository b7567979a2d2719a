"""What stands in the way of an end, or is worth knowing before it: for the dialog and the server alike.

Source: domain.md, "The services" (when it ends) and cases 39 to 45. Codes have sentences in
resources/messages; ``data`` fills their placeholders.
"""

from __future__ import annotations

import calendar
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.domain.changes import Context
from app.domain.commands import EndCollaboration
from app.domain.records import Collaboration, CollaborationState, Registration, RegistrationAnswer


class EndRepair(StrEnum):
    """What mends it, beside the obstacle."""

    NONE = ""
    CHOOSE_DATE = "choose_date"
    CHOOSE_END = "choose_end"
    TICK = "tick"
    TYPE_NAME = "type_name"
    END_FIRST = "end_first"
    SET_MAIN_CONTACT = "set_main_contact"
    CHECK_AGAIN = "check_again"


@dataclass(frozen=True, slots=True, kw_only=True)
class EndObstacle:
    """One thing. ``blocks`` False: it is told, and the end may go on."""

    code: str
    blocks: bool = True
    repair: EndRepair = EndRepair.NONE
    data: dict[str, str] = field(default_factory=dict)


def list_end_obstacles(
    collaboration: Collaboration,
    wanted: EndCollaboration,
    *,
    name: str,
    siblings: Sequence[Collaboration],
    registration: Registration | None,
    context: Context,
) -> Iterator[EndObstacle]:
    """Yield everything that is wrong with this end, or worth knowing.

    Args:
        collaboration: what is to end.
        wanted: the command as it would be sent.
        name: the customer's name, which is typed where data is deleted.
        siblings: the company's other collaborations that give access.
        registration: the vendor's last answer about the customer, if there is one.
        context: the day, and the services' terms.
    """
    on = wanted.on or context.today
    yield from _date_obstacles(collaboration, wanted, on, context.today)
    terms = context.find_terms(collaboration.service)
    if terms is not None:
        choice = next((one for one in terms.end_choices if one.code == wanted.choice), None)
        if choice is None:
            yield EndObstacle(code="end_choice_missing", repair=EndRepair.CHOOSE_END)
        elif choice.deletes and not is_same_name(wanted.typed, name):
            yield EndObstacle(code="typed_wrong", repair=EndRepair.TYPE_NAME, data={"name": name})
        for first in terms.ends_first:
            for sibling in siblings:
                if sibling.service == first and not ends_by(sibling, on):
                    yield EndObstacle(
                        code="ends_before",
                        repair=EndRepair.END_FIRST,
                        data={"service": first, "collaboration_id": sibling.id},
                    )
        for item in terms.checklist_at("before_end"):
            known = getattr(registration, item.known_from) if registration and item.known_from else None
            if known:
                yield EndObstacle(
                    code=item.refusal, repair=EndRepair.CHECK_AGAIN, data={"count": str(int(known))}
                )
            elif item.required and known is None and item.code not in wanted.checklist:
                yield EndObstacle(
                    code="checklist_incomplete", repair=EndRepair.TICK, data={"item": item.code}
                )
    is_registered = registration is not None and registration.answer == RegistrationAnswer.REGISTERED
    if registration is not None and is_registered and registration.main_contact is None:
        yield EndObstacle(code="main_contact_missing", repair=EndRepair.SET_MAIN_CONTACT)


def ends_by(collaboration: Collaboration, day: date) -> bool:
    """Tell whether it has ended, or will have, on that day."""
    if collaboration.state == CollaborationState.ENDED:
        return True
    is_ending = collaboration.state == CollaborationState.ENDING
    return is_ending and collaboration.ends_on is not None and collaboration.ends_on <= day


def find_period_end(collaboration: Collaboration, day: date) -> date | None:
    """Return the first day after the agreement period that the day lies in; None where there is no period.

    Periods follow each other from ``period_from``. One that began on the 29th, 30th or 31st ends on the last
    day of a shorter month, and the next begins on the right day again: only the other years lose a leap day.
    """
    months, start = collaboration.period_months, collaboration.period_from
    if not months or start is None:
        return None
    return next_period(start, months, day)


def next_period(start: date, months: int, day: date) -> date:
    """Return the first day of the period after the one that the day lies in; the first began on ``start``."""
    number = max(1, ((day.year - start.year) * 12 + day.month - start.month) // months)
    while (end := add_months(start, months * number)) <= day:
        number += 1
    return end


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of a month that is too short for it."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def is_same_name(typed: str, name: str) -> bool:
    """Tell whether the name was typed: case, spaces and how å ä ö are composed do not matter."""

    def fold(text: str) -> str:
        return " ".join(unicodedata.normalize("NFC", text).casefold().split())

    return bool(fold(name)) and fold(typed) == fold(name)


def _date_obstacles(
    collaboration: Collaboration, wanted: EndCollaboration, on: date, today: date
) -> Iterator[EndObstacle]:
    if on < today:
        yield EndObstacle(code="end_in_past", repair=EndRepair.CHOOSE_DATE, data={"date": on.isoformat()})
    if collaboration.started_on is not None and on < collaboration.started_on:
        yield EndObstacle(
            code="end_before_start",
            repair=EndRepair.CHOOSE_DATE,
            data={"date": collaboration.started_on.isoformat()},
        )
    if wanted.handed_over_on is not None and wanted.handed_over_on > today:
        yield EndObstacle(
            code="handed_over_in_future",
            repair=EndRepair.CHOOSE_DATE,
            data={"date": wanted.handed_over_on.isoformat()},
        )
    end = find_period_end(collaboration, today)
    if end is not None and today <= on < end:
        yield EndObstacle(
            code="before_period_end",
            blocks=False,
            repair=EndRepair.CHOOSE_DATE,
            data={"date": end.isoformat()},
        )

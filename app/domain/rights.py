"""Who may do what. The server enforces it; the screens disable with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.domain.changes import Actor
from app.domain.records import Staff
from app.domain.swedish_order import sort_key


class Action(StrEnum):
    """What a right is asked for."""

    ACTIVATE = "activate"
    LINK = "link"
    REMIND = "remind"
    WITHDRAW = "withdraw"
    CHANGE_AGREEMENT = "change_agreement"
    END = "end"
    IMPORT = "import"
    FIRM_SETTINGS = "firm_settings"
    AUDIT = "audit"
    UNLINKED = "unlinked"
    STAFF = "staff"
    MAIN_CONTACT = "main_contact"


_FULL_AND_ADMINISTRATOR = frozenset(
    {Action.WITHDRAW, Action.CHANGE_AGREEMENT, Action.END, Action.MAIN_CONTACT}
)
_FULL = frozenset({Action.IMPORT, Action.FIRM_SETTINGS, Action.AUDIT, Action.STAFF})
_SEES_ALL = frozenset({Action.UNLINKED, Action.LINK})


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """What somebody may not do: ``code`` of the reason (``why_not``), ``who_can`` by name, in order.

    Nobody in ``who_can``: none of the colleagues that are known has the right.
    """

    action: Action
    code: str
    who_can: tuple[str, ...]


def list_denials(actor: Actor, staff: Iterable[Staff]) -> tuple[Denial, ...]:
    """Return everything that the actor may not do, each with the reason and whom to ask."""
    colleagues = tuple(staff)
    found = (find_denial(action, actor, colleagues) for action in Action)
    return tuple(denial for denial in found if denial is not None)


def find_denial(action: Action, actor: Actor, staff: Iterable[Staff]) -> Denial | None:
    """Return why the actor may not and who can; None where he may."""
    code = why_not(action, actor)
    if code is None:
        return None
    able = (one.name for one in list_who_may(action, staff) if one.id != actor.staff_id)
    return Denial(action=action, code=code, who_can=tuple(able))


def list_who_may(action: Action, staff: Iterable[Staff]) -> tuple[Staff, ...]:
    """Return the colleagues who may, by name: whom to ask where a control is disabled."""
    able = [
        one
        for one in staff
        if one.state != "left"
        and why_not(
            action,
            Actor(
                staff_id=one.id,
                full_permission=one.full_permission,
                vendor_administrator=one.vendor_administrator,
                sees=one.sees,
            ),
        )
        is None
    ]
    return tuple(sorted(able, key=lambda one: sort_key(one.name)))


def why_not(action: Action, actor: Actor) -> str | None:
    """Return None where the actor may, otherwise the code of the reason.

    ``full_permission_needed``, ``vendor_administrator_needed`` or ``sees_all_needed``.
    """
    if actor.kind != "staff":
        return None
    if action in _FULL_AND_ADMINISTRATOR or action in _FULL:
        if not actor.full_permission:
            return "full_permission_needed"
        if action in _FULL_AND_ADMINISTRATOR and not actor.vendor_administrator:
            return "vendor_administrator_needed"
    if action in _SEES_ALL and actor.sees != "all":
        return "sees_all_needed"
    return None

"""Who may do what. The server enforces it; the screens disable with the reason."""

from __future__ import annotations

from collections.abc import Iterable
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

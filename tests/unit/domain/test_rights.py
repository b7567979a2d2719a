"""Who may do what, and whom to ask."""

from __future__ import annotations

import pytest

from app.domain.changes import Actor
from app.domain.records import Staff
from app.domain.rights import Action, list_who_may, why_not

KARIN = Staff(
    id="st_karin", name="Åsa Karin Ek", email="k@x.example", full_permission=True, vendor_administrator=True
)
OLLE = Staff(id="st_olle", name="Olle Ström", email="o@x.example", full_permission=True)
SARA = Staff(id="st_sara", name="Sara Lind", email="s@x.example", sees="own")
GUN = Staff(
    id="st_gun",
    name="Gun",
    email="g@x.example",
    full_permission=True,
    vendor_administrator=True,
    state="left",
)
ZARA = Staff(
    id="st_zara", name="Zara Ek", email="z@x.example", full_permission=True, vendor_administrator=True
)
ALL = (KARIN, OLLE, SARA, GUN, ZARA)


@pytest.mark.case(38)
@pytest.mark.parametrize(
    ("action", "expected"),
    [
        (Action.END, ["Zara Ek", "Åsa Karin Ek"]),
        (Action.CHANGE_AGREEMENT, ["Zara Ek", "Åsa Karin Ek"]),
        (Action.STAFF, ["Olle Ström", "Zara Ek", "Åsa Karin Ek"]),
        (Action.LINK, ["Olle Ström", "Zara Ek", "Åsa Karin Ek"]),
        (Action.ACTIVATE, ["Olle Ström", "Sara Lind", "Zara Ek", "Åsa Karin Ek"]),
    ],
)
def test_whom_to_ask(action: Action, expected: list[str]) -> None:
    assert [one.name for one in list_who_may(action, ALL)] == expected


def test_what_the_server_does_needs_no_right() -> None:
    for action in Action:
        assert why_not(action, Actor(kind="server")) is None
    assert why_not(Action.END, Actor(staff_id="st_x")) == "full_permission_needed"

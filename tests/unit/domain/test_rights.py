"""Who may do what, and whom to ask."""

from __future__ import annotations

import pytest

from app.domain.changes import Actor
from app.domain.records import Staff
from app.domain.rights import Action, Denial, find_denial, list_denials, list_who_may, why_not

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


def test_a_denial_names_the_reason_and_whom_to_ask() -> None:
    olle = Actor(staff_id=OLLE.id, full_permission=True)
    found = {one.action: one for one in list_denials(olle, ALL)}
    assert set(found) == {Action.WITHDRAW, Action.CHANGE_AGREEMENT, Action.END, Action.MAIN_CONTACT}
    assert found[Action.END].code == "vendor_administrator_needed"
    assert found[Action.END].who_can == ("Zara Ek", "Åsa Karin Ek")
    karin = Actor(staff_id=KARIN.id, full_permission=True, vendor_administrator=True)
    assert list_denials(karin, ALL) == ()


def test_where_nobody_has_the_right_nobody_is_named() -> None:
    sara = Actor(staff_id=SARA.id, sees="own")
    assert find_denial(Action.END, sara, (SARA, GUN)) == Denial(
        action=Action.END, code="full_permission_needed", who_can=()
    )

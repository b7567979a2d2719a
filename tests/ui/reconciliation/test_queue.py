"""The queue: keys, remembered decisions, what fails, many at once, and how much a long list asks."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QLineEdit, QMenu, QPushButton

from app.catalogue import Catalogue
from app.domain.commands import LinkCollaboration
from app.domain.records import Address, Collaboration, LinkDecision, Record, Staff
from app.matching.index import CustomerIndex
from app.storage.database import Unit
from app.storage.local_reader import LocalReader
from app.usecases.outbox import Outbox
from app.usecases.reconciliation_search import CompanySuggestion, suggest_for_company
from app.usecases.reconciliation_values import QueueFigures, QueueQuery
from tests.server.sync_site import ANNA
from tests.ui.reconciliation.conftest import LinkDesk, MakeDesk, customer, engagement, number, unlinked
from ui.reconciliation.decision_card import DecisionCardView
from ui.reconciliation.list_model import QueueModel
from ui.theme import Theme
from ui.widgets.table import Table

_ENTER = Qt.Key.Key_Return


def firm(count: int) -> list[Record]:
    """Return so many customers, each with an engagement and one unlinked collaboration."""
    records: list[Record] = []
    for place in range(1, count + 1):
        name = f"Bolaget {place:04d} AB"
        records += [customer(str(place), name, 1000 + place), *engagement(str(place), ANNA.id)]
        records.append(unlinked(f"{place:04d}", name, 1000 + place))
    return records


def choose_reason(desk: LinkDesk, code: str) -> None:
    menu = desk.find(QMenu, "noneReasons")
    next(action for action in menu.actions() if action.data() == code).trigger()
    menu.close()
    desk.settle()


def test_thirty_rows_are_decided_with_one_key_each_when_the_first_suggestion_is_right(
    open_with: MakeDesk,
) -> None:
    desk = open_with(firm(30))
    for _ in range(30):
        desk.until(desk.is_on_card)
        desk.type_key(_ENTER)
    desk.until(lambda: desk.names() == [])
    assert desk.keys == 30
    desk.sync()
    on_server = [row for row in desk.all_on_server("collaboration") if row.engagement_id is not None]
    assert len(on_server) == 30


def test_no_row_needs_more_than_three_keys_when_the_first_suggestion_is_right(open_with: MakeDesk) -> None:
    several = engagement("2", ANNA.id, "Momsredovisning", type="vat", fiscal_year=None)
    desk = open_with(
        [
            customer("1", "Alm AB", 201),
            *engagement("1", ANNA.id),
            unlinked("likely", "Alm", 0),
            customer("2", "Björk Bygg AB", 202),
            *engagement("2", ANNA.id),
            *several,
            unlinked("several", "Björk Bygg AB", 202),
            customer("3", "Cedern AB", 203),
            *engagement("3", ANNA.id),
            unlinked("service", "Cedern AB", 203, source_product="Molnpärmen"),
            customer("4", "Druvan AB", 204),
            unlinked("create", "Druvan AB", 204),
            # Unclear, and several engagements fit the first one: U takes the first candidate with it.
            customer("5", "Ekorren Fastigheter AB", 205),
            *engagement("5", ANNA.id),
            *engagement("5", ANNA.id, "Momsredovisning", type="vat", fiscal_year=None),
            customer("6", "Ekorren Förvaltning AB", 206),
            unlinked("unclear", "Ekorren", 0),
        ]
    )
    used: dict[str, int] = {}
    for name, keys in (
        ("Alm", [_ENTER]),
        ("Björk Bygg AB", [Qt.Key.Key_U, _ENTER, _ENTER]),
        ("Cedern AB", [Qt.Key.Key_T, _ENTER, _ENTER]),
        ("Druvan AB", [_ENTER]),
        ("Ekorren", [Qt.Key.Key_U, _ENTER, _ENTER]),
    ):
        desk.go_to(name)
        if name == "Alm" and desk.card.chosen is None:
            keys = [Qt.Key.Key_1, *keys]
        if name == "Ekorren":
            assert desk.card.chosen is None
            assert len(desk.card.card.candidates) == 2  # type: ignore[union-attr]
        used[name] = len(keys)
        for key in keys:
            press(desk, key)
        desk.until(lambda name=name: name not in desk.names())
    assert max(used.values()) <= 3
    desk.sync()
    linked = {row.id: row.engagement_id for row in desk.all_on_server("collaboration")}
    assert all(linked.values()), linked


def press(desk: LinkDesk, key: Qt.Key) -> None:
    """Press a key where the focus is: in the list, the card or an open list of choices."""
    from PySide6.QtWidgets import QApplication

    popup = QApplication.activePopupWidget()
    target = popup or QApplication.focusWidget() or desk.table
    view = popup.focusWidget() if popup is not None else None
    QTest.keyClick(view or target, key)
    desk.settle()


def test_what_is_chosen_stays_when_something_else_changes(open_with: MakeDesk) -> None:
    several = engagement("1", ANNA.id, "Momsredovisning", type="vat", fiscal_year=None)
    desk = open_with([*firm(2), *several])
    box = desk.find(QComboBox, "cardEngagement")
    box.setCurrentIndex(box.findData("en_1_Moms"))
    desk.settle()
    model = desk.table.rows
    assert isinstance(model, QueueModel)
    with desk.qtbot.waitSignal(model.counted, timeout=20_000):  # the list is read again
        desk.write(customer("99", "Nykunden AB", 999))
    desk.settle()
    assert desk.find(QComboBox, "cardEngagement") is box
    assert box.currentData() == "en_1_Moms"


@pytest.mark.parametrize("view", ["all", "certain"])
def test_a_decision_that_is_taken_back_is_there_to_be_decided_anew(open_with: MakeDesk, view: str) -> None:
    desk = open_with(firm(3))
    desk.take_keys()
    desk.show(view)
    first, second, third = desk.names()
    desk.go_to(second)
    desk.type_key(_ENTER)
    desk.until(lambda: desk.names() == [first, third])
    assert desk.pane is not None
    desk.pane.handled_actions()["undo"]()
    desk.until(lambda: desk.names() == [first, second, third])
    desk.until(lambda: desk.table.currentIndex().row() == 1)
    desk.until(desk.is_on_card)


def test_a_filter_with_nothing_left_says_so_and_shows_no_company(open_with: MakeDesk) -> None:
    desk = open_with(firm(2))
    desk.take_keys()
    desk.show("certain")
    for _ in range(2):
        desk.type_key(_ENTER)
        desk.until(lambda: not desk.names() or desk.is_on_card())
    desk.until(lambda: "Inga säkra förslag kvar" in desk.seen())
    assert desk.pane is not None
    card = desk.pane.findChild(DecisionCardView, "decisionCard")
    assert card is not None
    assert not card.isVisible()
    desk.pane.handled_actions()["undo"]()
    desk.until(card.isVisible)


def test_single_letters_do_nothing_while_a_search_is_typed(open_with: MakeDesk) -> None:
    desk = open_with(firm(2))
    field = desk.find(QLineEdit, "unlinkedSearch")
    field.setFocus()
    QTest.keyClicks(field, "snk")
    desk.until(lambda: desk.names() == [])
    assert field.text() == "snk"
    assert desk.client.entries() == []


def test_none_of_these_is_kept_with_its_reason_and_shown_again_when_the_evidence_changes(
    open_with: MakeDesk,
) -> None:
    desk = open_with([unlinked("one", "Havtorn AB", 103)])
    desk.type_key(Qt.Key.Key_N)
    choose_reason(desk, "wrong_company")
    desk.until(lambda: desk.names() == [])
    desk.sync()
    [decision] = desk.all_on_server("link_decision")
    assert isinstance(decision, LinkDecision)
    assert (decision.decision, decision.reason, decision.by) == ("none_of_these", "wrong_company", ANNA.id)
    desk.write(customer("7", "En annan firma AB", 777))
    desk.show("all")
    assert desk.names() == []
    desk.write(customer("8", "Havtorn AB", 103), *engagement("8", ANNA.id))
    desk.until(lambda: desk.names() == ["Havtorn AB"])
    assert "Ingen av dessa" in desk.seen()
    assert "Underlaget har ändrats sedan dess." in desk.seen()
    desk.type_key(_ENTER)
    desk.sync()
    assert desk.on_server(Collaboration, "cl_one").engagement_id == "en_8_Löpa"


def test_one_that_has_left_is_shown_again_when_it_is_hardly_that_customer(open_with: MakeDesk) -> None:
    havtorn = customer("7", "Havtorn AB", 103)
    desk = open_with([havtorn, *engagement("7", ANNA.id), unlinked("one", "Havtorn AB", 103)])
    desk.type_key(Qt.Key.Key_N)
    choose_reason(desk, "no_longer_ours")
    desk.until(lambda: desk.names() == [])
    desk.sync()
    [decision] = desk.all_on_server("link_decision")
    assert [seen.customer_id for seen in decision.candidates] == ["cu_7"]
    # The control: another town changes nothing that was decided on.
    havtorn = dataclasses.replace(havtorn, address=Address(town="Lund"))
    desk.write(havtorn)
    assert desk.names() == []
    # The number was put right: that customer is another company, and this one has not left.
    desk.write(dataclasses.replace(havtorn, organisation_number=f"16{number(104)}"))
    desk.until(lambda: desk.names() == ["Havtorn AB"])
    assert "Underlaget har ändrats sedan dess." in desk.seen()


def test_while_rows_are_ticked_only_they_are_offered_and_the_list_keeps_its_place(
    open_with: MakeDesk,
) -> None:
    desk = open_with(firm(3))
    desk.find(QPushButton, "unlinkedCertainAction")
    desk.type_key(Qt.Key.Key_Space)
    with pytest.raises(AssertionError, match="is not shown"):
        desk.find(QPushButton, "unlinkedCertainAction")
    desk.press("unlinkedUntick")
    desk.find(QPushButton, "unlinkedCertainAction")


def test_later_can_be_taken_up_again_and_says_who_and_when(open_with: MakeDesk) -> None:
    desk = open_with(firm(2))
    desk.type_key(Qt.Key.Key_S)
    desk.until(lambda: desk.names() == ["Bolaget 0002 AB"])
    desk.show("decided")
    assert desk.names() == ["Bolaget 0001 AB"]
    assert "Anna Ek" in desk.seen()
    desk.press("cardRevoke")
    desk.until(lambda: desk.names() == [])
    desk.show("all")
    assert desk.names() == ["Bolaget 0001 AB", "Bolaget 0002 AB"]
    desk.sync()
    assert [d.revoked_at is not None for d in desk.all_on_server("link_decision")] == [True]


def test_the_outbox_says_which_company_a_decision_is_about(open_with: MakeDesk) -> None:
    desk = open_with(firm(2))
    outbox = Outbox(desk.workspace)
    desk.type_key(Qt.Key.Key_S)
    assert [(line.type, line.subject) for line in outbox.list_waiting()] == [
        ("link_decision.set", "Bolaget 0001 AB")
    ]
    # A colleague links it before the decision is sent: it is refused, and what needs a person names it too.
    desk.by_colleague(
        LinkCollaboration(collaboration_id="cl_0001", customer_id="cu_1", engagement_id="en_1_Löpa")
    )
    desk.sync()
    assert [item.subject for item in outbox.list_attention()] == ["Bolaget 0001 AB"]
    desk.type_key(Qt.Key.Key_S)
    desk.sync()
    desk.show("decided")
    desk.press("cardRevoke")
    assert [(line.type, line.subject) for line in outbox.list_waiting()] == [
        ("link_decision.revoke", "Bolaget 0002 AB")
    ]


class FailingSearch:
    """Fails for one company until it is told to work."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.fails = True

    def __call__(
        self,
        members: Sequence[Collaboration],
        index: CustomerIndex,
        catalogue: Catalogue,
        reader: LocalReader,
    ) -> CompanySuggestion:
        if self.fails and members[0].company.name == self.name:
            raise OSError("no such luck")
        return suggest_for_company(members, index, catalogue, reader)


def test_what_could_not_be_fetched_is_another_thing_than_none_and_can_be_tried_again(
    open_with: MakeDesk,
) -> None:
    search = FailingSearch("Bolaget 0002 AB")
    desk = open_with(firm(3), search=search)
    assert "Förslag kunde inte hämtas för 1 företag." in desk.seen()
    desk.show("none")
    assert desk.names() == []
    desk.show("failed")
    assert desk.names() == ["Bolaget 0002 AB"]
    search.fails = False
    desk.press("unlinkedFailedAction")
    desk.until(lambda: desk.names() == [])
    desk.show("certain")
    assert "Bolaget 0002 AB" in desk.names()


def test_ticked_rows_are_reviewed_with_a_reason_each_and_undone_at_once_or_one_by_one(
    open_with: MakeDesk,
) -> None:
    desk = open_with([*firm(3), unlinked("none", "Aspen Import", 888)])
    desk.table.rows.tick_all()
    desk.type_key(_ENTER, Qt.KeyboardModifier.ControlModifier)
    review = desk.find(Table, "reviewTable").rows
    desk.until(lambda: review.rowCount() == 3 and review.row_at(2) is not None)
    sentences = [review.sentence(row) for at in range(3) if (row := review.row_at(at)) is not None]
    assert sentences[0].startswith("Bolaget 0001 AB kopplas till Bolaget 0001 AB, Löpande bokföring 2026.")
    assert all("Org.nr" in sentence for sentence in sentences)
    assert "förslaget är inte tydligt, eller så återstår det att välja tjänst eller uppdrag." in desk.seen()
    access = desk.find(QLabel, "reviewAccess")
    desk.until(lambda: access.text() == f"Får tillgång (antal företag): {ANNA.name} (3)")
    review.toggle_tick(1)
    desk.until(lambda: access.text() == f"Får tillgång (antal företag): {ANNA.name} (2)")
    review.toggle_tick(1)
    desk.until(lambda: access.text() == f"Får tillgång (antal företag): {ANNA.name} (3)")
    desk.press("reviewAccept")
    desk.until(lambda: desk.names() == ["Aspen Import"])
    assert desk.toasts == ["3 samarbeten kopplas"]
    desk.sync()
    # One of them alone, from the history …
    desk.press("unlinkedHistory")
    desk.press("historyChange")
    moving = desk.find(QDialog, "linkDialog")
    [title] = [one for one in moving.findChildren(QLabel) if one.property("role") == "wizard"]
    assert title.height() <= title.heightForWidth(title.width())  # no empty strip above it
    desk.find(QPushButton, "linkUnlink").click()
    moving.reject()  # as Escape does, before it is answered
    assert moving.isVisible()
    desk.until(lambda: not shiboken6.isValid(moving) or not moving.isVisible())
    desk.press("historyClose")
    desk.until(lambda: len(desk.names()) == 2)
    desk.press("unlinkedUndo")
    desk.until(lambda: desk.names() == ["Aspen Import"])
    desk.sync()
    # … and all of them.
    desk.press("unlinkedUndo")
    desk.until(lambda: len(desk.names()) == 4)
    desk.sync()
    assert {row.engagement_id for row in desk.all_on_server("collaboration")} == {None}


def test_what_has_still_to_be_chosen_is_not_reviewed_with_the_others(open_with: MakeDesk) -> None:
    several = engagement("3", ANNA.id, "Momsredovisning", type="vat", fiscal_year=None)
    unknown = unlinked("service", "Cedern AB", 203, source_product="Molnpärmen")
    desk = open_with(
        [*firm(3), *several, customer("9", "Cedern AB", 203), *engagement("9", ANNA.id), unknown]
    )
    desk.table.rows.tick_all()
    desk.type_key(_ENTER, Qt.KeyboardModifier.ControlModifier)
    review = desk.find(Table, "reviewTable").rows
    desk.until(lambda: review.rowCount() == 2 and review.row_at(1) is not None)
    assert [row.place for at in range(2) if (row := review.row_at(at)) is not None] == [
        "Löpande bokföring 2026",
        "Löpande bokföring 2026",
    ]
    assert "återstår det att välja tjänst eller uppdrag" in desk.seen()
    desk.press("reviewAccept")
    desk.until(lambda: desk.names() == ["Bolaget 0003 AB", "Cedern AB"])
    assert desk.toasts == ["2 samarbeten kopplas"]
    assert "kopplades inte" not in desk.seen()


def test_services_of_one_company_are_decided_together(open_with: MakeDesk) -> None:
    payroll = engagement("1", ANNA.id, "Lön", type="payroll", fiscal_year=None)
    desk = open_with(
        [
            customer("1", "Havtorn AB", 103),
            *engagement("1", ANNA.id),
            *payroll,
            unlinked("a", "Havtorn AB", 103),
            dataclasses.replace(unlinked("b", "Havtorn AB", 103), service="lon_smart", source_product=""),
        ]
    )
    assert desk.names() == ["Havtorn AB"]
    desk.type_key(_ENTER)
    desk.sync()
    found = {row.id: (row.service, row.engagement_id) for row in desk.all_on_server("collaboration")}
    assert found == {"cl_a": ("eekonomi", "en_1_Löpa"), "cl_b": ("lon_smart", "en_1_Lön")}


def test_who_does_not_see_all_customers_is_told_so_and_cannot_decide(open_with: MakeDesk) -> None:
    desk = open_with(firm(1), staff=Staff(id="st_bo", name="Bo Alm", email="bo@byran.example", sees="own"))
    assert desk.names() == []
    figures = desk.reconciliation.queue.figures()
    assert figures.may_decide == "sees_all_needed"


def test_no_decision_waits_for_figures_that_are_being_counted(
    open_with: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_with(firm(3))
    queue, may_count, counting = desk.reconciliation.queue, threading.Event(), threading.Event()
    count = queue.present_figures

    def wait_and_count() -> QueueFigures:
        counting.set()
        assert may_count.wait(120)
        return count()

    monkeypatch.setattr(queue, "present_figures", wait_and_count)
    try:
        for left in (2, 1):
            QTest.keyClick(desk.table, _ENTER)
            desk.qtbot.waitUntil(lambda left=left: desk.table.rows.rowCount() == left)
            desk.qtbot.waitUntil(counting.is_set)
            desk.qtbot.waitUntil(lambda: has_card_of_row(desk))
    finally:
        may_count.set()
    desk.settle()
    assert desk.count("all") == 1


def has_card_of_row(desk: LinkDesk) -> bool:
    """Tell whether the card is about the row that is chosen, whatever is still being asked."""
    shown = desk.card.card
    return (
        shown is not None
        and desk.card.isEnabled()
        and shown.row.handle == desk.table.rows.key_at(desk.table.currentIndex().row())
    )


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Count the statements that are run meanwhile."""
    said: list[str] = []
    for name in ("run", "rows", "row", "run_many"):
        real = getattr(Unit, name)

        def count(self: Unit, sql: str, *rest: object, real: object = real) -> object:
            said.append(sql)
            return real(self, sql, *rest)  # type: ignore[operator]

        monkeypatch.setattr(Unit, name, count)
    yield said
    monkeypatch.undo()


def test_a_longer_list_asks_no_more_questions(open_with: MakeDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    figures: list[dict[str, int]] = []
    for size in (20, 200):
        desk = open_with(firm(size) if not figures else firm(size)[20 * 4 :])
        queue = desk.reconciliation.queue
        assert queue.search_all()
        desk.settle()
        found: dict[str, int] = {}
        with counted(monkeypatch) as said:
            keys = queue.list_keys(QueueQuery(), 64)
        found["keys"] = len(said)
        with counted(monkeypatch) as said:
            queue.list_rows(keys[:20])
        found["page"] = len(said)
        with counted(monkeypatch) as said:
            queue.figures()
        found["figures"] = len(said)
        with counted(monkeypatch) as said:
            desk.reconciliation.open_card(keys[0])
        found["card"] = len(said)
        figures.append(found)
    assert figures[0] == figures[1]
    assert figures[0]["page"] <= 4


_LONG_NAME = "Bränna Friskvård & Rehabilitering HB"
_NARROW = (776, 640)  # what a window of 1024 × 700 leaves for the screen


def test_a_name_is_read_whole_in_a_small_window_and_how_sure_it_is_stands_below_it(
    open_with: MakeDesk, theme: Theme
) -> None:
    desk = open_with(
        [customer("1", _LONG_NAME, 401), *engagement("1", ANNA.id), unlinked("1", _LONG_NAME, 401)]
    )
    table = desk.table
    model, band = table.rows, table.rows.section_of("band")
    index = model.index(0, model.section_of("company"))
    certain = theme.tokens.tone("ok").text

    def has_the_bands_colour() -> bool:
        picture = table.viewport().grab(table.visualRect(index)).toImage()
        width, height = range(picture.width()), range(picture.height())
        return any(picture.pixelColor(x, y).name() == certain.lower() for x in width for y in height)

    assert not table.isColumnHidden(band)
    assert not has_the_bands_colour()  # there is room: it has a column of its own
    assert desk.pane is not None
    desk.pane.resize(*_NARROW)
    desk.settle()
    assert theme.metrics("name").horizontalAdvance(_LONG_NAME) <= table.visualRect(index).width() - 16
    assert table.isColumnHidden(band)
    assert has_the_bands_colour()
    told = index.data(Qt.ItemDataRole.ToolTipRole)
    assert told.splitlines() == [_LONG_NAME, model.row_at(0).company_number, "eEkonomi"]

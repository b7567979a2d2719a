"""The queue's states and dialogs as `main.py screenshot --sample` draws them."""

import dataclasses
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final, Protocol

from PySide6.QtWidgets import QDialog, QMenu, QWidget

from app.domain.records import LinkDecisionKind
from app.usecases.reconciliation import Reconciliation
from app.usecases.reconciliation_values import AccessPreview, Clash, LinkPlace, QueueQuery, QueueRow
from ui.reconciliation.clash_dialog import ClashDialog
from ui.reconciliation.decision_card import DecisionCardView
from ui.reconciliation.keys_dialog import KeysDialog
from ui.reconciliation.queue_view import QueueView
from ui.screens import ScreenContext
from ui.widgets.dialogs import show_modal


class Studio(Protocol):
    """What ui.screenshots gives to whoever draws a picture."""

    context: ScreenContext
    size: tuple[int, int]

    def settle(self) -> None:
        """Wait until everything that was asked is answered."""


class _Hand:
    """Goes to the queue and works it as a person would."""

    def __init__(self, studio: Studio, filter_key: str = "all") -> None:
        self.studio = studio
        self.context = studio.context
        self.window = studio.context.window
        self.context.navigate("unlinked", filter=filter_key)
        studio.settle()

    @property
    def use_case(self) -> Reconciliation:
        found: Reconciliation = self.context.samverka.reconciliation
        return found

    @property
    def card(self) -> DecisionCardView:
        found = self.window.findChild(DecisionCardView, "decisionCard")
        if found is None:
            raise LookupError("decisionCard")
        return found

    def choose(self, fits: Callable[[QueueRow], bool], view: str) -> None:
        queue = self.use_case.queue
        rows = queue.list_rows(queue.list_keys(QueueQuery(view=view)))
        chosen = next((row for row in rows if fits(row)), rows[0])
        listed = self.window.findChild(QueueView, "unlinkedList")
        if listed is None:
            raise LookupError("unlinkedList")
        listed.go_to(chosen.handle)
        self.studio.settle()

    def dialog(self) -> QWidget:
        self.studio.settle()
        found = [one for one in self.window.findChildren(QDialog) if one.isVisible()]
        return found[-1]


def _likely(studio: Studio) -> QWidget:
    hand = _Hand(studio, "likely")
    hand.choose(lambda row: row.reason == "number_near", "likely")
    return hand.window


def _unclear(studio: Studio) -> QWidget:
    hand = _Hand(studio, "unclear")
    hand.choose(lambda row: row.alternatives > 1, "unclear")
    return hand.window


def _services(studio: Studio) -> QWidget:
    hand = _Hand(studio, "likely")
    hand.choose(lambda row: len(row.products) > 1, "likely")
    return hand.window


def _missing_engagement(studio: Studio) -> QWidget:
    return _Hand(studio, "missing_engagement").window


def _archived(studio: Studio) -> QWidget:
    hand = _Hand(studio, "unclear")
    hand.choose(lambda row: row.reason == "customer_archived", "unclear")
    hand.card.choose(0)
    studio.settle()
    return hand.window


def _ticked(studio: Studio) -> QWidget:
    hand = _Hand(studio, "likely")
    listed = hand.window.findChild(QueueView, "unlinkedList")
    if listed is not None:
        for position in range(3):
            listed.model.toggle_tick(position)
    studio.settle()
    return hand.window


def _none_reasons(studio: Studio) -> QWidget:
    hand = _Hand(studio, "none")
    hand.card.ask_reason()
    studio.settle()
    menu = hand.card.findChild(QMenu, "noneReasons")
    if menu is None:
        raise LookupError("noneReasons")
    return menu


def _customer(studio: Studio) -> QWidget:
    hand = _Hand(studio, "none")
    hand.choose(lambda row: bool(row.company_number and row.company_name), "none")
    hand.card.create_wanted.emit()
    return hand.dialog()


def _review(studio: Studio) -> QWidget:
    hand = _Hand(studio, "certain")
    button = hand.window.findChild(QWidget, "unlinkedCertainAction")
    if button is not None:
        button.click()  # type: ignore[attr-defined]
    return hand.dialog()


def _history(studio: Studio) -> QWidget:
    hand = _Hand(studio)
    queue = hand.use_case.queue
    if not hand.use_case.history.list_history():
        # The sample firm has decided nothing yet: somebody links three, puts one off and turns one down.
        hand.use_case.link_many(hand.use_case.list_bests(queue.list_keys(QueueQuery(view="certain"))[:3]))
        for view, decision, reason in (
            ("unclear", LinkDecisionKind.LATER, ""),
            ("none", LinkDecisionKind.NONE_OF_THESE, "no_longer_ours"),
        ):
            card = hand.use_case.open_card(queue.list_keys(QueueQuery(view=view))[0])
            hand.use_case.set_aside(card, decision, reason)
        studio.settle()
    hand.context.actions["link_history"].trigger()
    return hand.dialog()


def _link(studio: Studio) -> QWidget:
    from ui.reconciliation.link_dialog import open_link_dialog

    hand = _Hand(studio)
    with hand.context.samverka.workspace.read() as unit:
        rows = unit.rows(
            "SELECT c.id FROM shown_collaboration c WHERE c.engagement_id IS NOT NULL"
            " ORDER BY (SELECT count(*) FROM present e WHERE e.type = 'engagement'"
            " AND e.customer_id = c.customer_id) DESC, c.id LIMIT 1"
        )
    open_link_dialog(hand.context, [rows[0][0]], hand.window)
    return hand.dialog()


def _keys(studio: Studio) -> QWidget:
    hand = _Hand(studio)
    show_modal(KeysDialog(hand.context.theme, hand.window))
    return hand.dialog()


def _clash(studio: Studio) -> QWidget:
    hand = _Hand(studio)
    context = dataclasses.replace(hand.context, samverka=_WithClash(hand.context.samverka.clock.now()))
    show_modal(ClashDialog(context, context.messages.language, hand.window))
    return hand.dialog()


class _WithClash:
    """A colleague's link that came first; the sample firm has only one person at work."""

    def __init__(self, now: datetime) -> None:
        self.reconciliation = self
        self.clashes = self
        self._now = now

    def list_clashes(self) -> tuple[Clash, ...]:
        return (
            Clash(
                command_id="cmd_picture",
                collaboration_id="cl_picture",
                company="Dahl Redovisning o Konsult",
                service="eekonomi",
                product="eEkonomi",
                mine=LinkPlace(
                    customer="Dahl & Co Redovisning",
                    engagement="Löpande bokföring 2026",
                    customer_id="cu_1",
                    engagement_id="en_1",
                ),
                theirs=LinkPlace(
                    customer="Dahlströms Redovisning AB",
                    engagement="Bokslut 2026",
                    customer_id="cu_2",
                    engagement_id="en_2",
                ),
                by="Eva Björk",
                at=self._now - timedelta(minutes=12),
                if_mine=AccessPreview(gained=("Sara Lind",), lost=("Eva Björk",)),
                if_removed=AccessPreview(gained=(), lost=("Eva Björk",)),
            ),
        )


PICTURES: Final[Mapping[str, Callable[[Studio], QWidget]]] = {
    "likely": _likely,
    "unclear": _unclear,
    "services": _services,
    "missing_engagement": _missing_engagement,
    "archived": _archived,
    "ticked": _ticked,
    "none_reasons": _none_reasons,
    "customer": _customer,
    "review": _review,
    "history": _history,
    "link": _link,
    "keys": _keys,
    "clash": _clash,
}

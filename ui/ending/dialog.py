"""Avsluta samarbeten: what happens to each service and its data, before anything is decided."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.usecases.ending import EndDecision, EndingView, EndItem, EndResult
from ui.background import Latest
from ui.ending.item_card import EndItemCard
from ui.ending.kept_records import KeptRecords
from ui.ending.main_contact_dialog import MainContactDialog
from ui.ending.reasons import why_not_end
from ui.ending.results_page import EndingResults, with_names
from ui.ending.when_row import WhenRow
from ui.rights import denial_parts
from ui.screens import ScreenContext
from ui.widgets.asking_dialog import AskingDialog
from ui.widgets.buttons import Button
from ui.widgets.dialogs import cancel_text, show_modal
from ui.widgets.info_bar import InfoBar
from ui.widgets.saving_dialog import SavingDialog
from ui.widgets.texts import label

_AGAIN_MS = 150


class EndingDialog(AskingDialog, SavingDialog):
    """`open_with(customer_id=…)` for everything with a customer, `collaboration_ids=[…]` for some of it.

    Services are shown and ended in the order that they need. Where data is deleted the customer's name is
    typed and the law stands there with its date. The result has one line per service, and those that failed
    can be tried again.
    """

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self._view: EndingView | None = None
        self._customer_id = ""
        self._ids: tuple[str, ...] = ()
        self._cards: list[EndItemCard] = []
        self._failed: list[EndDecision] = []
        self._asking = Latest()
        theme = context.theme
        self.setObjectName("endingDialog")
        self.setWindowTitle(self.tr("Avsluta samarbeten"))
        self.resize(theme.px(700), theme.px(760))
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self._ask)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._build_form())
        self._results = EndingResults(context)
        self._results.retry_pressed.connect(self._try_again)
        self._results.close_pressed.connect(self.accept)
        self._stack.addWidget(self._results)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        context.events.changed.connect(self._on_changed)
        self._update()

    def open_with(self, **arguments: Any) -> None:
        """Say what is to be ended; see the class."""
        self._customer_id = str(arguments.get("customer_id", ""))
        self._ids = tuple(arguments.get("collaboration_ids", ()))
        self._ask()

    # Building

    def _build_form(self) -> QWidget:
        theme = self._context.theme
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        self._title = label("", "wizard", name="endingTitle", wrap=True)
        column.addWidget(self._title)
        self._bar = InfoBar(theme, "wait", name="endingBar")
        self._bar.action.clicked.connect(self._choose_main_contact)
        self._bar.hide()
        column.addWidget(self._bar)
        self._unfinished = InfoBar(theme, "info", name="endingUnfinished")
        self._unfinished.action.clicked.connect(self._show_invitations)
        self._unfinished.hide()
        column.addWidget(self._unfinished)
        content = QWidget()
        content.setProperty("scrolled", "true")
        content.setAutoFillBackground(False)
        self._items = QVBoxLayout(content)
        self._items.setContentsMargins(0, 0, 8, 0)
        self._items.setSpacing(10)
        area = QScrollArea()
        area.setObjectName("endingScroll")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        area.viewport().setAutoFillBackground(False)
        self._when = WhenRow()
        self._when.changed.connect(self._update)
        column.addWidget(self._when)
        column.addWidget(area, 1)
        self._records = KeptRecords(theme)
        self._informed = label("", "secondary", name="endingInformed", wrap=True)
        self._typed_label = label("", "name", name="endingTypedLabel", wrap=True)
        self._typed = QLineEdit()
        self._typed.setObjectName("endingTyped")
        self._typed_label.setBuddy(self._typed)
        self._typed.textChanged.connect(self._update)
        for widget in (self._records, self._informed, self._typed_label, self._typed):
            self._items.addWidget(widget)
        self._items.addStretch(1)
        self._why = label("", "secondary", name="endingWhy", wrap=True)
        self._end = Button(theme, kind="danger", name="endingEnd")
        self._end.clicked.connect(self._end_now)
        self._cancel = Button(theme, cancel_text(), name="endingCancel")
        self._cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._why, 1)
        row.addWidget(self._cancel)
        row.addWidget(self._end)
        column.addLayout(row)
        return page

    # Asking

    @Slot()
    def _ask(self) -> None:
        use_case, customer_id, ids = self._context.samverka.ending, self._customer_id, self._ids
        self._context.background.run(
            lambda: use_case.open_customer(customer_id) if customer_id else use_case.open(ids),
            self._came,
            self.could_not_open,
            latest=self._asking,
        )

    @Slot(object)
    def _came(self, view: EndingView) -> None:
        """The cards are made anew only when they say something else: what was ticked is kept."""
        before, self._view = self._view, view
        if before is None:
            self._when.set_today(view.today)
            self._records.set_today(view.today)
        if before is None or before.items != view.items or before.blocked != view.blocked:
            self._fill(view)
        self._update()

    @Slot(object)
    def _on_changed(self, event: object) -> None:
        concerns = getattr(event, "concerns_type", None)
        is_open = self._view is not None and self._stack.currentIndex() == 0
        if concerns is not None and is_open and concerns("collaboration", "registration", "participation"):
            self._again.start()

    def _fill(self, view: EndingView) -> None:
        for card in self._cards:
            self._items.removeWidget(card)
            card.setParent(None)
            card.deleteLater()
        catalogue, language = self._context.samverka.catalogue, self._context.messages.language
        self._cards = []
        for item in view.items:
            data = with_names(self._context, item.refused_data)
            refused = self._context.messages.sentence(item.refused, **data) if item.refused else ""
            card = EndItemCard(
                self._context.theme,
                item,
                catalogue.service(item.service),
                language,
                refused=refused,
                done=self._done_already(view, item),
                alone=len(view.items) == 1,
            )
            card.changed.connect(self._update)
            self._items.insertWidget(len(self._cards), card)
            self._cards.append(card)

    def _done_already(self, view: EndingView, item: EndItem) -> frozenset[str]:
        """Codes of what the vendor says is done: ticked beforehand."""
        service = self._context.samverka.catalogue.service(item.service)
        known = {one.code: getattr(view, one.known_from, None) for one in service.checklist_at("before_end")}
        return frozenset(code for code, value in known.items() if value is not None and not value)

    # What is shown

    def _chosen(self) -> list[EndItemCard]:
        return [card for card in self._cards if card.is_chosen]

    @Slot()
    def _update(self) -> None:
        view = self._view
        if view is None:
            self._title.setText(self.tr("Avsluta samarbeten"))
            self._end.setText(self.tr("Avsluta"))
            self._end.set_blocked(self.tr("Hämtar …"))
            for widget in (self._records, self._typed, self._typed_label):
                widget.hide()
            return
        if self._customer_id:
            self._title.setText(self.tr("Avsluta allt med %1").replace("%1", view.customer))
        else:
            self._title.setText(self.tr("Avsluta samarbete med %1").replace("%1", view.customer))
        chosen = self._chosen()
        self._say_bar(view)
        self._say_unfinished(view)
        self._say_order(view)
        periods = (card.item.period_ends_on for card in chosen)
        self._when.say_periods([day for day in periods if day is not None], view.today)
        language = self._context.messages.language
        ways = [(card.service.short.text(language), card.choice) for card in chosen]
        gone = [name for name, choice in ways if choice is not None and choice.deletes]
        deletes = bool(gone)
        self._say_law(view, chosen, deletes=deletes)
        self._say_informed(view)
        self._typed_label.setText(
            self.tr("Allt i %1 raderas. Skriv kundens namn, %2, för att fortsätta:")
            .replace("%1", ", ".join(gone))
            .replace("%2", view.customer)
        )
        self._typed.setAccessibleName(self._typed_label.text())
        self._typed.setVisible(deletes)
        self._typed_label.setVisible(deletes)
        number = len(chosen)
        self._end.setText(
            self.tr("Avsluta %n tjänster", "", number) if number > 1 else self.tr("Avsluta tjänsten")
        )
        typed = self._typed.text() if deletes else None
        sends = self.tr("Skickas …") if self.is_saving else ""
        reason = sends or why_not_end(self._context.messages, view, self._cards, typed)
        self._cancel.set_blocked(sends)
        self._end.set_blocked(reason)
        self._why.setText(reason)

    def _say_bar(self, view: EndingView) -> None:
        if view.is_main_contact_missing and not view.blocked:
            self._bar.set_text(
                self.tr("Kunden saknar huvudkontakt hos Visma Spcs."),
                self.tr("Utan en huvudkontakt kan inget samarbete avslutas."),
            )
            self._bar.set_action(self.tr("Välj huvudkontakt…"))
            self._bar.show()
        elif view.blocked:
            self._bar.set_text(*denial_parts(self._context.messages, view.blocked, view.who_can))
            self._bar.set_action("")
            self._bar.show()
        else:
            self._bar.hide()

    def _say_unfinished(self, view: EndingView) -> None:
        """What nobody has answered yet would go on although everything was ended."""
        language = self._context.messages.language
        catalogue = self._context.samverka.catalogue
        names = ", ".join(catalogue.service(code).short.text(language) for code in view.unfinished)
        self._unfinished.setVisible(bool(names))
        if names:
            self._unfinished.set_text(
                self.tr("Inte klart än: %1.").replace("%1", names),
                self.tr("Kunden kan fortfarande godkänna. Dra tillbaka inbjudan om allt ska vara slut."),
            )
            self._unfinished.set_action(self.tr("Visa inbjudningarna"))

    def _say_order(self, view: EndingView) -> None:
        language = self._context.messages.language
        catalogue = self._context.samverka.catalogue
        names = {item.id: catalogue.service(item.service).short.text(language) for item in view.items}
        chosen = {card.item.id for card in self._chosen()}
        for card in self._cards:
            waits = [id_ for id_ in card.item.waits_for if id_ not in chosen]
            before = [names[id_] for id_ in card.item.waits_for if id_ in chosen and id_ in names]
            if waits:
                services = ", ".join(names[id_] for id_ in waits)
                card.say_waits(self.tr("Måste avslutas först: %1.").replace("%1", services))
            elif before:
                card.say_waits(self.tr("Avslutas efter %1.").replace("%1", ", ".join(before)))
            else:
                card.say_waits("")

    def _say_law(self, view: EndingView, chosen: Sequence[EndItemCard], *, deletes: bool) -> None:
        concerns = [card for card in chosen if card.item.holds_records]
        self._records.setVisible(bool(concerns))
        if not concerns:
            return
        texts = self._context.samverka.catalogue.texts
        until = view.keep_until(self._when.on(view.today)).isoformat()
        self._records.say(
            texts.text("deletion.law", self._context.messages.language, date=until), deletes=deletes
        )

    def _say_informed(self, view: EndingView) -> None:
        names = ", ".join(f"{person.name} ({person.email})" for person in view.informed)
        if names:
            said = self.tr("Kundens administratörer hos Visma Spcs informeras med e-post: %1.")
            self._informed.setText(said.replace("%1", names))
        else:
            self._informed.setText(
                self.tr("Kundens administratörer hos Visma Spcs informeras med e-post.") if view.items else ""
            )

    # Intents

    @Slot()
    def _show_invitations(self) -> None:
        if not self.is_saving:
            self.reject()
            self._context.navigate("invitations", filter="waiting")

    @Slot()
    def _choose_main_contact(self) -> None:
        view = self._view
        if view is None:
            return
        dialog = MainContactDialog(self._context.theme, view.customer, view.candidates, self)
        dialog.chosen.connect(self._set_main_contact)
        show_modal(dialog)

    @Slot(str, str)
    def _set_main_contact(self, name: str, email: str) -> None:
        view = self._view
        if view is not None:
            use_case, customer_id = self._context.samverka.ending, view.customer_id
            self._context.background.run(
                lambda: use_case.set_main_contact(customer_id, name, email), self._main_contact_set
            )

    @Slot(object)
    def _main_contact_set(self, _nothing: object) -> None:
        self._context.toast(self.tr("Huvudkontakten skickas till Visma Spcs"))
        self._ask()

    @Slot()
    def _end_now(self) -> None:
        view = self._view
        if view is None or self.is_saving or not self._end.isEnabled():
            return
        decisions = [
            EndDecision(
                collaboration_id=card.item.id,
                on=self._when.on(view.today),
                choice=card.choice.code,
                checklist=card.checklist,
                typed=self._typed.text().strip() if card.choice.deletes else "",
                handed_over_on=self._records.handed_over_on,
            )
            for card in self._chosen()
            if card.choice is not None
        ]
        self._send(decisions)

    def _send(self, decisions: Sequence[EndDecision]) -> None:
        use_case = self._context.samverka.ending

        def work() -> tuple[Sequence[EndDecision], list[EndResult]]:
            return decisions, use_case.end(decisions)

        self.save(self._context.background, work, self._ended, self._not_ended)
        self._results.set_waiting(is_waiting=True)
        self._update()

    @Slot(object)
    def _not_ended(self, error: BaseException) -> None:
        """Nothing was decided: say why, and let the person try again."""
        self._context.show_error(error)
        self._results.set_waiting(is_waiting=False)
        self._update()

    @Slot()
    def _try_again(self) -> None:
        self._send(self._failed)

    @Slot(object)
    def _ended(self, answer: tuple[Sequence[EndDecision], list[EndResult]]) -> None:
        decisions, results = answer
        failed = {result.collaboration_id for result in results if result.error is not None}
        self._failed = [one for one in decisions if one.collaboration_id in failed]
        self._results.show_results(decisions, results, self._view.today if self._view else None)
        self._stack.setCurrentIndex(1)
        self._results.take_focus()

"""Att åtgärda: what needs a person's decision, with a card beside the list."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QApplication, QSplitter

from ui.outbox.attention_card import AttentionCard
from ui.outbox.list_models import AttentionListModel
from ui.screens import ScreenContext
from ui.widgets.table import Table
from ui.widgets.translated import Retranslating

if TYPE_CHECKING:
    from app.usecases.attention import AttentionItem
    from app.usecases.outbox import Outbox


class AttentionPage(Retranslating, QSplitter):
    """Carries out the ways on that the card offers."""

    def __init__(self, context: ScreenContext, model: AttentionListModel) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._context = context
        self._model = model
        theme = context.theme
        self.table = Table(theme, row_height="queue", name="outboxAttention")
        self.table.setModel(model)
        self._card = AttentionCard(theme, context.messages, context.samverka.clock.now)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(12)
        self.addWidget(self.table)
        self.addWidget(self._card)
        self.setStretchFactor(0, 2)
        self.setStretchFactor(1, 3)
        self.setSizes([theme.px(380), theme.px(560)])
        self.table.current_id.connect(self._item_chosen)
        self._card.keep_mine.connect(self._keep_mine)
        self._card.take_theirs.connect(self._dismiss)
        self._card.mine_chosen.connect(self._keep_some)
        self._card.send_again.connect(context.actions["sync"].trigger)
        self._card.withdraw.connect(self._withdraw)
        self._card.open_customer.connect(self._open_customer)
        self._card.dismiss.connect(self._dismiss)
        self._card.retry.connect(self._retry)
        self._card.copy.connect(self._copy)
        self._card.open_activation.connect(self._open_activation)
        self._card.open_invitation.connect(lambda: context.navigate("invitations", filter="problem"))
        self.retranslate()

    def retranslate(self) -> None:
        self.table.setAccessibleName(self.tr("Att åtgärda"))

    def show_item(self, wanted: str) -> bool:
        """Choose this item; else keep what is chosen, or choose the first. Returns whether it was there."""
        if wanted and self.table.select_id(wanted):
            return True
        if not self.table.currentIndex().isValid():
            self.table.select_id(self._model.id_at(0))
        else:
            self._item_chosen(self._model.id_at(self.table.currentIndex().row()))
        return False

    @property
    def _use_case(self) -> "Outbox":
        found: Outbox = self._context.samverka.outbox
        return found

    @Slot(str)
    def _item_chosen(self, key: str) -> None:
        item = self._model.row_at(self._model.position_of(key))
        self._card.setVisible(item is not None)
        if item is not None:
            self._card.show_item(item)

    def _current(self) -> "AttentionItem | None":
        return self._model.row_at(self.table.currentIndex().row())

    @Slot()
    def _keep_mine(self) -> None:
        item = self._current()
        if item is not None and item.command_id:
            use_case, command_id = self._use_case, item.command_id
            self._context.background.run(lambda: use_case.keep_mine(command_id), self._decided_again)

    @Slot(list)
    def _keep_some(self, fields: list[str]) -> None:
        """Some fields mine, the others theirs; none mine is to take theirs."""
        item = self._current()
        if item is None or not item.command_id:
            return
        if not fields:
            self._dismiss()
            return
        use_case, command_id = self._use_case, item.command_id
        self._context.background.run(lambda: use_case.keep_mine(command_id, fields), self._decided_again)

    @Slot()
    def _withdraw(self) -> None:
        item = self._current()
        if item is not None and item.command_id:
            use_case, command_id = self._use_case, item.command_id
            self._context.background.run(lambda: use_case.withdraw([command_id]), self._withdrawal_asked)

    @Slot(object)
    def _withdrawal_asked(self, taken: tuple[str, ...]) -> None:
        if taken:
            self._context.toast(self.tr("%n beslut ångrades innan de skickades", "", len(taken)))
        else:
            self._context.toast(self.tr("Beslutet ångras så snart servern har svarat"))

    @Slot()
    def _open_customer(self) -> None:
        item = self._current()
        if item is not None and item.customer_id:
            self._context.navigate("customer", customer_id=item.customer_id)

    @Slot()
    def _retry(self) -> None:
        item = self._current()
        if item is not None and item.command_id:
            use_case, command_id = self._use_case, item.command_id
            self._context.background.run(lambda: use_case.retry(command_id), self._decided_again)

    @Slot(object)
    def _decided_again(self, _ids: object) -> None:
        self._context.toast(self.tr("Beslutet ligger i utkorgen igen"))

    @Slot()
    def _dismiss(self) -> None:
        item = self._current()
        if item is not None:
            use_case, key = self._use_case, item.command_id or item.key
            self._context.background.run(lambda: use_case.dismiss([key]))

    @Slot()
    def _copy(self) -> None:
        item = self._current()
        if item is None:
            return
        QApplication.clipboard().setText(self._card.text())
        self._context.toast(self.tr("Texten är kopierad"))

    @Slot()
    def _open_activation(self) -> None:
        item = self._current()
        if item is not None:
            self._context.navigate("activation", activation_id=item.about_id)

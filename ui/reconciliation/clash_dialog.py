"""Links that a colleague was before with: both are shown, with three ways on."""

from datetime import UTC, datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.usecases.reconciliation_values import Clash, LinkPlace
from ui.background import Latest
from ui.formats import moment_text, number_text
from ui.reconciliation.list_model import product_name
from ui.reconciliation.wording import access_lines
from ui.screens import ScreenContext
from ui.widgets.buttons import Button
from ui.widgets.dialogs import cancel_text, make_room
from ui.widgets.saving_dialog import SavingDialog
from ui.widgets.texts import label


class ClashDialog(SavingDialog):
    """One at a time; closes after the last. `settled` is emitted after each."""

    settled = Signal()

    def __init__(self, context: ScreenContext, language: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._language = language
        self._clashes: tuple[Clash, ...] = ()
        self._latest = Latest()
        theme = context.theme
        self.setObjectName("clashDialog")
        self.setWindowTitle(self.tr("En kollega hann före"))
        self.setMinimumWidth(theme.px(600))
        self._title = label("", "wizard", name="clashTitle", wrap=True)
        self._what = label("", "body", name="clashWhat", wrap=True)
        self._theirs = label("", "body", name="clashTheirs", wrap=True)
        self._mine = label("", "body", name="clashMine", wrap=True)
        self._if_mine = label("", "body", name="clashIfMine", wrap=True)
        self._if_removed = label("", "body", name="clashIfRemoved", wrap=True)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for words, shown in (
            (self.tr("Kopplat nu"), self._theirs),
            (self.tr("Du valde"), self._mine),
            (self.tr("Om du byter till ditt"), self._if_mine),
            (self.tr("Om kopplingen tas bort"), self._if_removed),
        ):
            form.addRow(label(words, "strong_secondary"), shown)
        self._keep = Button(theme, kind="primary", name="clashKeep")
        self._swap = Button(theme, name="clashSwap")
        self._remove = Button(theme, name="clashRemove")
        self._keep.setText(self.tr("Behåll kollegans"))
        self._swap.setText(self.tr("Byt till mitt val"))
        self._remove.setText(self.tr("Ta bort kopplingen"))
        later = Button(theme, cancel_text(), name="clashCancel")
        later.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(later)
        buttons.addStretch(1)
        for button in (self._remove, self._swap, self._keep):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addWidget(self._what)
        column.addLayout(form)
        column.addSpacing(4)
        column.addLayout(buttons)
        clashes = context.samverka.reconciliation.clashes
        self._keep.clicked.connect(lambda: self._settle(clashes.keep_theirs))
        self._swap.clicked.connect(lambda: self._settle(clashes.take_mine))
        self._remove.clicked.connect(lambda: self._settle(clashes.remove_link))
        self._block(self.tr("Hämtar …"))
        self._keep.setFocus()
        self._ask()

    def _ask(self) -> None:
        clashes = self._context.samverka.reconciliation.clashes
        self._context.background.run(clashes.list_clashes, self._came, latest=self._latest)

    @Slot(object)
    def _came(self, clashes: tuple[Clash, ...]) -> None:
        self._clashes = clashes
        if not clashes:
            self.accept()
            return
        clash = clashes[0]
        product = product_name(clash.service, clash.product, "", self._language)
        self._title.setText(f"{clash.company} · {product}" if product else clash.company)
        what = self.tr("%1 hann före dig, och ditt val gäller inte. Välj hur det ska vara.")
        what = what.replace("%1", clash.by or self.tr("En kollega"))
        if len(clashes) > 1:
            what += " " + self.tr("Det är %1 att välja om.").replace("%1", number_text(len(clashes)))
        self._what.setText(what)
        when = moment_text(clash.at, datetime.now(UTC)) if clash.at else ""
        by = ", ".join(part for part in (clash.by, when) if part)
        self._theirs.setText(self._place(clash.theirs) + (f" ({by})" if by else ""))
        self._mine.setText(self._place(clash.mine))
        self._if_mine.setText(access_lines(clash.if_mine, self._language))
        self._if_removed.setText(access_lines(clash.if_removed, self._language))
        self._block("")
        make_room(self)
        self._keep.setFocus()

    def _place(self, place: LinkPlace) -> str:
        if not place.customer:
            return self.tr("inte kopplat längre")
        return f"{place.customer} · {place.engagement or self.tr('uppdrag saknas')}"

    def _settle(self, way: object) -> None:
        if self._clashes and callable(way):
            command_id = self._clashes[0].command_id
            self._block(self.tr("Sparar …"))
            self.save(self._context.background, lambda: way(command_id), self._settled, self._failed)

    @Slot(object)
    def _settled(self, _nothing: object) -> None:
        self.settled.emit()
        self._ask()

    @Slot(object)
    def _failed(self, error: BaseException) -> None:
        self._context.show_error(error)
        self._ask()

    def _block(self, reason: str) -> None:
        for button in (self._keep, self._swap, self._remove):
            button.set_blocked(reason)

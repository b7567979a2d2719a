"""Which columns the customer list shows, and in which order."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.buttons import Button
from ui.widgets.dialogs import dialog_buttons
from ui.widgets.texts import label

_MOST_ROWS = 12
_KEY = int(Qt.ItemDataRole.UserRole)


class ColumnsDialog(QDialog):
    """`chosen(keys)` when it is accepted; an empty list is the program's own choice. The name stays."""

    chosen = Signal(object)

    def __init__(
        self,
        theme: Theme,
        columns: Sequence[tuple[str, str]],
        shown: Sequence[str],
        default: Sequence[str],
        fixed: str,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("columnsDialog")
        self.setWindowTitle(self.tr("Kolumner"))
        self.setMinimumWidth(theme.px(380))
        self._default = list(default)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(label(self.tr("Kolumner"), "card"))
        column.addWidget(
            label(self.tr("Kryssa för det som ska visas och flytta det till sin plats."), "body", wrap=True)
        )
        self._list = QListWidget()
        self._list.setObjectName("columnsList")
        self._list.setProperty("rows", "true")
        self._list.setAccessibleName(self.tr("Kolumner"))
        titles = dict(columns)
        order = [key for key in shown if key in titles]
        order += [key for key in titles if key not in order]
        for key in order:
            item = QListWidgetItem(titles[key])
            item.setData(_KEY, key)
            item.setSizeHint(QSize(0, theme.row_height("compact")))
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            item.setFlags(flags if key == fixed else flags | Qt.ItemFlag.ItemIsUserCheckable)
            is_shown = key in shown or key == fixed
            item.setCheckState(Qt.CheckState.Checked if is_shown else Qt.CheckState.Unchecked)
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._list.setMinimumHeight(min(_MOST_ROWS, self._list.count()) * theme.row_height("compact") + 2)
        column.addWidget(self._list, 1)
        moves = QHBoxLayout()
        for text, icon, step, name in (
            (self.tr("Flytta upp"), "chevron-up", -1, "columnsUp"),
            (self.tr("Flytta ned"), "chevron-down", 1, "columnsDown"),
        ):
            button = Button(theme, text, icon=icon, name=name)
            button.setProperty("step", step)
            button.clicked.connect(self._move)
            moves.addWidget(button)
        moves.addStretch(1)
        again = Button(theme, self.tr("Återställ"), kind="link", name="columnsReset")
        again.clicked.connect(self._reset)
        moves.addWidget(again)
        column.addLayout(moves)
        box, _ = dialog_buttons(theme, self.tr("Visa kolumnerna"), self)
        column.addWidget(box)

    def accept(self) -> None:
        items = [self._list.item(at) for at in range(self._list.count())]
        keys = [str(i.data(_KEY)) for i in items if i.checkState() is Qt.CheckState.Checked]
        self.chosen.emit([] if keys == self._default else keys)
        super().accept()

    def _move(self) -> None:
        at = self._list.currentRow()
        to = at + int(self.sender().property("step"))
        if 0 <= to < self._list.count() and at >= 0:
            item = self._list.takeItem(at)
            self._list.insertItem(to, item)
            self._list.setCurrentRow(to)

    def _reset(self) -> None:
        self.chosen.emit([])
        super().accept()

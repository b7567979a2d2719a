"""The log and the other files for whoever helps: everything is shown before it is saved."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from ui.background import Lane
from ui.screens import ScreenContext
from ui.widgets.buttons import Button
from ui.widgets.saving import ask_where
from ui.widgets.texts import label

if TYPE_CHECKING:
    from app.usecases.diagnostics import DiagnosticsPart


class DiagnosticsDialog(QDialog):
    """A list of the files at the left, the chosen one at the right."""

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("diagnosticsDialog")
        self._context = context
        self._parts: tuple[DiagnosticsPart, ...] = ()
        theme = context.theme
        self.resize(theme.px(820), theme.px(520))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        self._headline = label("", "card", wrap=True)
        self._body = label("", "body", wrap=True)
        column.addWidget(self._headline)
        column.addWidget(self._body)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        self._files = QListWidget()
        self._files.setProperty("rows", "true")
        self._files.setObjectName("diagnosticsFiles")
        self._files.setFixedWidth(theme.px(150))
        self._files.currentRowChanged.connect(self._show_part)
        self._text = QPlainTextEdit()
        self._text.setObjectName("diagnosticsText")
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        middle.addWidget(self._files)
        middle.addWidget(self._text, 1)
        column.addLayout(middle, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        self._copy = Button(theme, icon="copy", name="diagnosticsCopy")
        self._copy.clicked.connect(self._copy_part)
        self._save = Button(theme, kind="primary", name="diagnosticsSave")
        self._save.clicked.connect(self._ask_where)
        self._close = Button(theme, name="diagnosticsClose")
        self._close.clicked.connect(self.reject)
        row.addWidget(self._copy)
        row.addStretch(1)
        row.addWidget(self._close)
        row.addWidget(self._save)
        column.addLayout(row)
        self._retranslate()
        diagnostics = context.samverka.diagnostics
        context.background.run(diagnostics.list_parts, self._parts_came, lane=Lane.POOL)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Logg och diagnostik"))
        self._headline.setText(self.tr("Det här får den som hjälper dig"))
        self._body.setText(
            self.tr("Inga namn, nummer, adresser eller lösenord finns med. Se efter själv innan du sparar.")
        )
        self._files.setAccessibleName(self.tr("Filer"))
        self._text.setAccessibleName(self.tr("Filens innehåll"))
        self._copy.setText(self.tr("Kopiera"))
        self._save.setText(self.tr("Spara som zip…"))
        self._close.setText(self.tr("Stäng"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    @Slot(object)
    def _parts_came(self, parts: "tuple[DiagnosticsPart, ...]") -> None:
        self._parts = parts
        for part in parts:
            item = QListWidgetItem(part.name, self._files)
            item.setSizeHint(QSize(0, self._context.theme.row_height("compact")))
        self._files.setCurrentRow(0)
        self._files.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(int)
    def _show_part(self, at: int) -> None:
        part = self._parts[at] if 0 <= at < len(self._parts) else None
        self._text.setPlainText(part.text if part is not None else "")
        if part is not None and part.name.endswith(".log"):
            # What has just happened is at the end.
            bar = self._text.verticalScrollBar()
            bar.setValue(bar.maximum())

    @Slot()
    def _copy_part(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())
        self._context.toast(self.tr("Kopierat"))

    @Slot()
    def _ask_where(self) -> None:
        ask_where(
            self,
            self.tr("Spara som zip…"),
            name="diagnosticsFile",
            file=f"samverka-{self._context.samverka.clock.today().isoformat()}.zip",
            filters=["zip (*.zip)"],
            chosen=self._file_chosen,
        )

    @Slot(str)
    def _file_chosen(self, file: str) -> None:
        self.save(Path(file))

    def save(self, path: Path) -> None:
        """Write what is shown, and nothing else."""
        diagnostics, parts = self._context.samverka.diagnostics, self._parts

        def write() -> str:
            diagnostics.save(path, parts)
            return path.name

        self._context.background.run(write, self._was_saved, lane=Lane.POOL)

    @Slot(object)
    def _was_saved(self, name: str) -> None:
        self._context.toast(self.tr("Sparat: %1").replace("%1", name))
        self.accept()

"""A paper as it will look, to print or to save as PDF."""

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from ui.screens import ScreenContext
from ui.sheets.paper import Paper, document_of, page_layout, paint, write_pdf
from ui.widgets.buttons import Button
from ui.widgets.saving import ask_where
from ui.widgets.texts import label

_POINTS, _READABLE = 9, 12
"""What is so many points high in a table on paper is so many pixels high here."""


class PaperDialog(QDialog):
    """`show_paper(paper)`, then *Spara som PDF…* and *Skriv ut…*."""

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._paper: Paper | None = None
        theme = context.theme
        self.setObjectName("paperDialog")
        self.resize(theme.px(720), theme.px(760))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        self._title = label("", "wizard", name="paperTitle", wrap=True)
        self._view = QTextBrowser()
        self._view.setObjectName("paperPreview")
        self._view.setOpenLinks(False)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Paper is white in every theme: what is seen is what is printed.
        self._view.setStyleSheet("QTextBrowser { background: #FFFFFF; color: #1A2027; padding: 20px; }")
        close = Button(theme, self.tr("Stäng"), name="paperClose")
        close.clicked.connect(self.accept)
        self._print = Button(theme, self.tr("Skriv ut…"), icon="printer", name="paperPrint")
        self._print.clicked.connect(self._ask_printer)
        self._save = Button(
            theme, self.tr("Spara som PDF…"), icon="file-export", kind="primary", name="paperSave"
        )
        self._save.clicked.connect(self._ask_file)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(close)
        row.addStretch(1)
        row.addWidget(self._print)
        row.addWidget(self._save)
        column.addWidget(self._title)
        self._choice = QVBoxLayout()
        column.addLayout(self._choice)
        column.addWidget(self._view, 1)
        column.addLayout(row)
        for button in (self._print, self._save):
            button.set_blocked(self.tr("Hämtar …"))

    def show_paper(self, paper: Paper) -> None:
        """Show it; from now on it can be printed and saved."""
        self._paper = paper
        self.setWindowTitle(paper.title)
        self._title.setText(paper.title)
        document = document_of(paper, self.context.theme.px(_READABLE) / _POINTS)
        document.setParent(self._view)
        self._view.setDocument(document)
        self._view.setAccessibleName(paper.title)
        for button in (self._print, self._save):
            button.set_blocked("")

    def add_choice(self, widget: QWidget) -> None:
        """Something to choose between, over the paper."""
        self._choice.addWidget(widget)

    def say_nothing(self, text: str) -> None:
        """There is no paper, and why."""
        self._title.setText(text)
        for button in (self._print, self._save):
            button.set_blocked(text)

    def save(self, path: Path) -> None:
        """Write the PDF and say how long it is."""
        if self._paper is None:
            return
        try:
            pages = write_pdf(self._paper, path)
        except Exception as error:  # noqa: BLE001 - a known problem is a calm sentence, a bug its own dialog
            self.context.show_error(error)
            return
        said = self.tr("%n sidor", "", pages)
        self.context.toast(f"{path.name}: {said}")

    @Slot()
    def _ask_file(self) -> None:
        if self._paper is None:
            return
        ask_where(
            self,
            self.tr("Spara som PDF"),
            name="paperFile",
            file=f"{self._paper.title}.pdf",
            filters=["PDF (*.pdf)"],
            chosen=self._file_chosen,
        )

    @Slot(str)
    def _file_chosen(self, file: str) -> None:
        self.save(Path(file))

    @Slot()
    def _ask_printer(self) -> None:
        if self._paper is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(page_layout(self._paper))
        printer.setDocName(self._paper.title)
        self._printer = printer
        dialog = QPrintDialog(printer, self)
        dialog.setObjectName("paperPrinter")
        dialog.setWindowModality(Qt.WindowModality.ApplicationModal)
        dialog.accepted.connect(self._print_now)
        dialog.finished.connect(dialog.deleteLater)
        dialog.show()

    @Slot()
    def _print_now(self) -> None:
        if self._paper is not None:
            paint(self._paper, self._printer)


def create_pane(context: ScreenContext) -> QWidget:
    """The dialog *Kundblad*."""
    from ui.sheets.sheet_dialog import CustomerSheetDialog

    return CustomerSheetDialog(context)

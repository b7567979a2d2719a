"""The help over a modal dialog, where the window's own help cannot be reached."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QVBoxLayout

from ui.help.reader import HelpReader
from ui.screens import ScreenContext
from ui.widgets.dialogs import show_modal
from ui.widgets.translated import TranslatedDialog


class HelpDialog(TranslatedDialog):
    """A window of its own with the same pages; Escape closes it."""

    def __init__(self, context: ScreenContext, page: str, parent: QDialog) -> None:
        super().__init__(parent)
        self.setObjectName("helpDialog")
        self.resize(context.theme.px(860), context.theme.px(620))
        self.reader = HelpReader(context.theme, context.messages)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(self.reader)
        self.reader.open_page(page)
        self.retranslate()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Hjälp"))


class HelpKey(QObject):
    """F1 in a modal dialog opens its page; made with the dialog as parent and gone with it."""

    def __init__(self, context: ScreenContext, page: str, dialog: QDialog) -> None:
        super().__init__(dialog)
        self._context = context
        self._page = page
        self._dialog = dialog
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), dialog)
        shortcut.activated.connect(self.open)

    def open(self) -> None:
        """Show the page over the dialog."""
        opened = HelpDialog(self._context, self._page, self._dialog)
        show_modal(opened)
        opened.reader.view.setFocus()

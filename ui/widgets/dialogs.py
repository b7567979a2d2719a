"""The one helper that opens modal dialogs, and the few dialogs that every screen needs."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from ui.theme import Theme
from ui.widgets.buttons import Button
from ui.widgets.texts import label


def show_modal(dialog: QDialog) -> None:
    """Show a modal dialog without waiting: `accepted`, `rejected` and `finished` tell how it went.

    It is deleted when it has been closed. No event loop runs inside another.
    """
    behind = dialog.parentWidget()
    if behind is not None and dialog.testAttribute(Qt.WidgetAttribute.WA_Resized):
        # A size that was chosen for large screens: on a small one its buttons would lie below the edge.
        dialog.resize(dialog.size().boundedTo(behind.window().size()))
    elif not dialog.testAttribute(Qt.WidgetAttribute.WA_Resized):
        _fit(dialog)
    dialog.setWindowModality(Qt.WindowModality.ApplicationModal)
    dialog.finished.connect(dialog.deleteLater)
    dialog.show()


def _fit(dialog: QDialog) -> None:
    """Make it as high as its texts need at the width that it will have.

    Qt takes the height for the width that they would have liked best, which is less than the least width of
    the dialog: they have fewer lines, and what is left over would be an empty strip at the top.
    """
    layout = dialog.layout()
    dialog.ensurePolished()
    if layout is not None and layout.hasHeightForWidth():
        layout.activate()
        width = dialog.sizeHint().expandedTo(dialog.minimumSize()).width()
        dialog.resize(width, max(layout.totalHeightForWidth(width), dialog.minimumHeight()))


def make_room(dialog: QDialog) -> None:
    """Let a dialog be as high as its texts need, after longer ones have come into it; never lower than it is.

    Texts that wrap tell their height only for a width, and an open dialog does not ask again by itself.
    """
    layout = dialog.layout()
    if layout is not None:
        layout.activate()
        needed = layout.totalHeightForWidth(dialog.width())
        if needed > dialog.height():
            dialog.resize(dialog.width(), needed)


class MessageDialog(QDialog):
    """What happened, what it means, what to do; buttons are verbs; details can be copied."""

    def __init__(
        self,
        theme: Theme,
        headline: str,
        body: str = "",
        *,
        details: str = "",
        accept: str = "",
        reject: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("messageDialog")
        self.setWindowTitle("Samverka")
        self.setMinimumWidth(theme.px(440))
        self._details = details
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(label(headline, "card", name="messageHeadline", wrap=True))
        if body:
            column.addWidget(label(body, "body", name="messageBody", wrap=True))
        self.setAccessibleDescription(f"{headline} {body}".strip())
        row = QHBoxLayout()
        row.setSpacing(8)
        if details:
            shown = QPlainTextEdit(details)
            shown.setObjectName("messageDetails")
            shown.setReadOnly(True)
            shown.setAccessibleName(self.tr("Detaljer"))
            shown.setFixedHeight(theme.px(140))
            column.addWidget(shown)
            copy = Button(theme, self.tr("Kopiera detaljer"), icon="copy", name="messageCopy")
            copy.clicked.connect(self._copy)
            row.addWidget(copy)
        row.addStretch(1)
        if reject:
            no = Button(theme, reject, name="messageReject")
            no.clicked.connect(self.reject)
            row.addWidget(no)
        yes = Button(theme, accept or self.tr("Stäng"), kind="primary", name="messageAccept")
        yes.clicked.connect(self.accept)
        yes.setDefault(True)
        row.addWidget(yes)
        column.addSpacing(8)
        column.addLayout(row)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)


class TypedConfirmation(QDialog):
    """Confirmation of what deletes: the button is enabled when the word has been typed."""

    def __init__(
        self, theme: Theme, headline: str, body: str, word: str, accept: str, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("typedConfirmation")
        self.setWindowTitle("Samverka")
        self.setMinimumWidth(theme.px(460))
        self._word = word
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(label(headline, "card", wrap=True))
        column.addWidget(label(body, "body", wrap=True))
        asked = label(self.tr("Skriv %1 för att fortsätta:").replace("%1", word), "name")
        self._field = QLineEdit()
        self._field.setObjectName("typedWord")
        self._field.setAccessibleName(asked.text())
        asked.setBuddy(self._field)
        self._field.textChanged.connect(self._typed)
        column.addWidget(asked)
        column.addWidget(self._field)
        self._yes = Button(theme, accept, kind="danger", name="typedAccept")
        self._yes.clicked.connect(self.accept)
        no = Button(theme, cancel_text(), name="typedReject")
        no.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(no)
        row.addWidget(self._yes)
        column.addSpacing(8)
        column.addLayout(row)
        self._typed("")

    def _typed(self, text: str) -> None:
        self._yes.setEnabled(text.strip().casefold() == self._word.casefold())


def cancel_text() -> str:
    """The word for "leave this without doing anything"."""
    return QCoreApplication.translate("Dialogs", "Avbryt")


def dialog_buttons(theme: Theme, accept: str, dialog: QDialog) -> tuple[QDialogButtonBox, Button]:
    """Cancel and one primary verb, which comes last; returns the box and the primary button."""
    box = QDialogButtonBox(dialog)
    yes = Button(theme, accept, kind="primary", name="dialogAccept")
    no = Button(theme, cancel_text(), name="dialogReject")
    box.addButton(no, QDialogButtonBox.ButtonRole.RejectRole)
    box.addButton(yes, QDialogButtonBox.ButtonRole.AcceptRole)
    box.accepted.connect(dialog.accept)
    box.rejected.connect(dialog.reject)
    yes.setDefault(True)
    return box, yes

"""Where the machine has no keyring: a passphrase takes its place, never plain text."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from ui.messages import Messages
from ui.theme import Theme
from ui.widgets.dialogs import dialog_buttons, show_modal
from ui.widgets.texts import label

PASSPHRASE_CODES = ("keyring_missing", "keyring_locked", "passphrase_needed", "passphrase_wrong")
_LEAST = 12


class PassphraseDialog(QDialog):
    """Asks for the passphrase; the first time it has to be typed twice."""

    def __init__(self, theme: Theme, headline: str, body: str, *, new: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("passphraseDialog")
        self.setWindowTitle("Samverka")
        self.setMinimumWidth(theme.px(460))
        self._new = new
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(label(headline, "card", wrap=True))
        column.addWidget(label(body, "body", wrap=True))
        self.first = self._field(column, self.tr("Lösenfras"), "passphrase")
        self._second = self._field(column, self.tr("Lösenfrasen en gång till"), "passphraseAgain")
        self._second.setVisible(new)
        self._hint = label(self.tr("Minst tolv tecken. Den kan inte återskapas."), "secondary", wrap=True)
        self._hint.setVisible(new)
        column.addWidget(self._hint)
        box, self._yes = dialog_buttons(theme, self.tr("Öppna"), self)
        column.addSpacing(8)
        column.addWidget(box)
        self._typed()

    def _field(self, column: QVBoxLayout, text: str, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName(name)
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setAccessibleName(text)
        field.setPlaceholderText(text)
        field.textChanged.connect(self._typed)
        column.addWidget(field)
        return field

    def _typed(self) -> None:
        typed = self.first.text()
        good = bool(typed) if not self._new else len(typed) >= _LEAST and typed == self._second.text()
        asked = (
            self.tr("Minst tolv tecken. Den kan inte återskapas.")
            if self._new
            else QCoreApplication.translate("PassphraseDialog", "Skriv den för att öppna byråns uppgifter.")
        )
        self._yes.set_blocked("" if good else asked)


def ask_passphrase(
    theme: Theme, messages: Messages, error: BaseException, parent: QWidget, use: Callable[[str], None]
) -> None:
    """Say why (the error's sentence), ask, and call `use` with what was typed."""
    headline, body = messages.headline_and_body(error)
    code = getattr(error, "code", "")
    new = code in ("keyring_missing", "keyring_locked")
    if code == "passphrase_needed":
        # The sentence's own way on is for the command line, which has nowhere to type it.
        body = QCoreApplication.translate("PassphraseDialog", "Skriv den för att öppna byråns uppgifter.")
    dialog = PassphraseDialog(theme, headline, body, new=new, parent=parent)
    dialog.accepted.connect(lambda: use(dialog.first.text()))
    show_modal(dialog)

"""Correct the addresses of an invitation and send it again."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.contact_details import parse_email
from app.usecases.invitations import InvitationLine, InvitationRecipient
from ui.theme import Theme
from ui.widgets.buttons import Button
from ui.widgets.texts import label, set_tone


class CorrectDialog(QDialog):
    """Emits `corrected(id, recipients)` when it is accepted."""

    corrected = Signal(str, object)

    def __init__(self, theme: Theme, line: InvitationLine, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("correctDialog")
        self.setWindowTitle(self.tr("Rätta adress och skicka igen"))
        self.setMinimumWidth(theme.px(520))
        self._line = line
        self._fields: list[QLineEdit] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(label(self.tr("Rätta adress och skicka igen"), "card"))
        said = self.tr("Inbjudan till %1 skickas med en ny länk. Den gamla länken slutar fungera.")
        column.addWidget(label(said.replace("%1", line.name), "body", wrap=True))
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        for at, recipient in enumerate(line.recipients):
            field = QLineEdit(recipient.email)
            field.setObjectName(f"correctEmail{at}")
            field.setAccessibleName(self.tr("E-post till %1").replace("%1", recipient.name))
            field.textChanged.connect(self._check)
            role = self.tr("godkänner") if recipient.role == "approver" else self.tr("får information")
            form.addRow(label(f"{recipient.name} ({role})"), field)
            self._fields.append(field)
        column.addLayout(form)
        self._problem = label("", "secondary", name="correctProblem", wrap=True)
        set_tone(self._problem, "bad")
        column.addWidget(self._problem)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        cancel = Button(theme, self.tr("Avbryt"), name="correctCancel")
        cancel.clicked.connect(self.reject)
        self._send = Button(theme, self.tr("Skicka igen"), kind="primary", icon="send", name="correctSend")
        self._send.clicked.connect(self._accepted)
        self._send.setDefault(True)
        row.addWidget(cancel)
        row.addWidget(self._send)
        column.addLayout(row)
        self._check()

    def _accepted(self) -> None:
        self.corrected.emit(self._line.id, tuple(self.recipients))
        self.accept()

    @property
    def recipients(self) -> Sequence[InvitationRecipient]:
        """The recipients with the addresses as they were corrected."""
        pairs = zip(self._line.recipients, self._fields, strict=True)
        return [replace(recipient, email=field.text().strip()) for recipient, field in pairs]

    def _check(self) -> None:
        wrong = next((f.text() for f in self._fields if not _is_right(f.text())), None)
        reason = "" if wrong is None else self.tr("”%1” är ingen e-postadress.").replace("%1", wrong)
        self._problem.setText(reason)
        self._problem.setVisible(bool(reason))
        self._send.set_blocked(reason)


def _is_right(text: str) -> bool:
    return bool(text.strip()) and parse_email(text).ok

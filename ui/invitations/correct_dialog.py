"""Correct the addresses of an invitation and send it again."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.contact_details import parse_email
from app.usecases.invitations import InvitationLine, InvitationRecipient
from ui.theme import Theme
from ui.widgets.buttons import Button
from ui.widgets.field import Field
from ui.widgets.texts import label


class CorrectDialog(QDialog):
    """Emits `corrected(id, recipients)` when it is accepted."""

    corrected = Signal(str, object)

    def __init__(self, theme: Theme, line: InvitationLine, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("correctDialog")
        self.setWindowTitle(self.tr("Rätta adress och skicka igen"))
        self.setMinimumWidth(theme.px(520))
        self._line = line
        self._fields: list[Field] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(label(self.tr("Rätta adress och skicka igen"), "card"))
        said = self.tr("Inbjudan till %1 skickas med en ny länk. Den gamla länken slutar fungera.")
        column.addWidget(label(said.replace("%1", line.name), "body", wrap=True))
        form = QGridLayout()
        form.setVerticalSpacing(4)
        for at, recipient in enumerate(line.recipients):
            field = Field(f"correctEmail{at}", self)
            role = self.tr("godkänner") if recipient.role == "approver" else self.tr("får information")
            field.title.setText(f"{recipient.name} ({role})")
            field.line.setAccessibleName(self.tr("E-post till %1").replace("%1", recipient.name))
            field.line.setText(recipient.email)
            field.line.textChanged.connect(partial(self._changed, field))
            field.left.connect(self._say_what_is_wrong)
            field.place(form, at * 3, 0)
            self._fields.append(field)
        column.addLayout(form)
        row = QHBoxLayout()
        row.setContentsMargins(0, 4, 0, 0)
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
        self._say_what_is_wrong()
        # Work begins at the address that failed.
        failed = next((field for field in self._fields if field.error.text()), None)
        if failed is not None:
            failed.line.setFocus()
            failed.line.selectAll()

    def _accepted(self) -> None:
        self.corrected.emit(self._line.id, tuple(self.recipients))
        self.accept()

    @property
    def recipients(self) -> Sequence[InvitationRecipient]:
        """The recipients with the addresses as they were corrected."""
        pairs = zip(self._line.recipients, self._fields, strict=True)
        return [replace(recipient, email=field.line.text().strip()) for recipient, field in pairs]

    def _changed(self, field: Field, _text: str) -> None:
        """While typing nothing is said; what was wrong with the address before is no longer true."""
        field.show_error("")
        self._check()

    def _check(self) -> None:
        problems = (self._problem_of(at) for at in range(len(self._fields)))
        self._send.set_blocked(next((text for text, stops in filter(None, problems) if stops), ""))

    @Slot()
    def _say_what_is_wrong(self) -> None:
        """When a field is left."""
        for at, field in enumerate(self._fields):
            problem = self._problem_of(at)
            field.show_error(problem[0] if problem else "")

    def _problem_of(self, at: int) -> tuple[str, bool] | None:
        """What is wrong with an address, and whether it stops. A full mailbox may be empty again tomorrow:
        an address that bounced may be tried once more.
        """
        text, recipient = self._fields[at].line.text().strip(), self._line.recipients[at]
        if not text:
            return self.tr("Fyll i en e-postadress."), True
        if not parse_email(text).ok:
            return self.tr("”%1” är ingen e-postadress.").replace("%1", text), True
        if text != recipient.email:
            return None
        failed = {
            "bounced": self.tr("E-posten till den här adressen studsade."),
            "refused": self.tr("Den här adressen nekades av mottagarens e-postserver."),
        }
        return (failed[recipient.mail_state], False) if recipient.mail_state in failed else None

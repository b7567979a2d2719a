"""The repair of a missing main contact: one of the company's users, a contact, or somebody new."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.contact_details import parse_email
from app.domain.limits import letters_of
from app.domain.records import Person
from ui.customer.form_dialog import judge_length
from ui.theme import Theme
from ui.widgets.combo import Combo
from ui.widgets.dialogs import dialog_buttons, make_room
from ui.widgets.texts import label, set_tone


class MainContactDialog(QDialog):
    """Emits `chosen(name, email)` when it is accepted."""

    chosen = Signal(str, str)

    def __init__(
        self, theme: Theme, customer: str, people: Sequence[Person], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("mainContactDialog")
        self.setWindowTitle(self.tr("Välj huvudkontakt"))
        self.setMinimumWidth(theme.px(460))
        self._people = list(people)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(
            label(self.tr("Huvudkontakt för %1 hos Visma Spcs").replace("%1", customer), "card", wrap=True)
        )
        told = self.tr(
            "Personen blir administratör och huvudkontakt, och får e-post om det. Visma Spcs kräver en "
            "huvudkontakt innan ett samarbete kan avslutas."
        )
        column.addWidget(label(told, "body", wrap=True))
        self._who = Combo()
        self._who.setObjectName("mainContactWho")
        for person in people:
            self._who.addItem(f"{person.name} – {person.email}")
        self._who.addItem(self.tr("Någon annan…"))
        self._name = QLineEdit()
        self._name.setObjectName("mainContactName")
        self._email = QLineEdit()
        self._email.setObjectName("mainContactEmail")
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        for words, widget in (
            (self.tr("Person"), self._who),
            (self.tr("Namn"), self._name),
            (self.tr("E-post"), self._email),
        ):
            widget.setAccessibleName(words)
            form.addRow(words, widget)
        column.addLayout(form)
        self._wrong = label("", "secondary", name="mainContactWrong", wrap=True)
        set_tone(self._wrong, "bad")
        self._wrong.hide()
        column.addWidget(self._wrong)
        box, self._yes = dialog_buttons(theme, self.tr("Gör till huvudkontakt"), self)
        column.addWidget(box)
        self._who.currentIndexChanged.connect(self._fill)
        self._name.textChanged.connect(self._check)
        self._email.textChanged.connect(self._check)
        self._name.editingFinished.connect(self._say_wrong)
        self._email.editingFinished.connect(self._say_wrong)
        self._fill()

    def accept(self) -> None:
        self.chosen.emit(self._name.text().strip(), self._email.text().strip())
        super().accept()

    def _fill(self) -> None:
        at = self._who.currentIndex()
        known = self._people[at] if at < len(self._people) else None
        self._name.setText(known.name if known else "")
        self._email.setText(known.email if known else "")
        for field in (self._name, self._email):
            field.setReadOnly(known is not None)
        self._check()
        self._say_wrong()

    def _check(self) -> None:
        wrong = self._what_is_wrong()
        self._yes.setEnabled(bool(self._name.text().strip() and self._email.text().strip()) and not wrong)
        if not wrong:
            self._wrong.hide()

    def _what_is_wrong(self) -> str:
        """Return what is wrong with what has been written; that something is missing is seen."""
        email = self._email.text().strip()
        if email and parse_email(email).error is not None:
            return self.tr("E-postadressen är inte skriven som en adress.")
        return judge_length(self.tr("Namn"), self._name.text(), letters_of("name"))

    def _say_wrong(self) -> None:
        wrong = self._what_is_wrong()
        self._wrong.setText(wrong)
        self._wrong.setVisible(bool(wrong))
        make_room(self)

"""A form in a dialog, whose fields are judged as they are left; and what judges what people type."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.contact_details import (
    format_phone,
    parse_email,
    parse_phone,
    parse_postal_code,
    split_postal_line,
)
from ui.theme import Theme
from ui.translation import QT_TRANSLATE_NOOP
from ui.widgets.dialogs import dialog_buttons, make_room
from ui.widgets.field import Field, FieldLine
from ui.widgets.saving_dialog import SavingDialog
from ui.widgets.texts import label, set_tone

_NO_LEAP_YEAR = 2001

Judge = Callable[[str], str]


class FormDialog(SavingDialog):
    """Rows of labels and fields; `saved(values)` when it is accepted.

    What is wrong with a field is said under it when it is left, and at the button at once; `problem()` says
    what is wrong with the form as a whole.
    """

    saved = Signal(object)

    def __init__(self, theme: Theme, name: str, title: str, accept: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._judged: list[tuple[Field, Judge, Callable[[str], str] | None]] = []
        self._limited: list[tuple[str, QLineEdit, int]] = []
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setMinimumWidth(theme.px(480))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(label(title, "card", wrap=True))
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(12)
        self.form.setVerticalSpacing(8)
        column.addLayout(self.form)
        self._wrong = label("", "secondary", name=f"{name}Wrong", wrap=True)
        set_tone(self._wrong, "bad")
        column.addWidget(self._wrong)
        column.addStretch(1)  # a form that was higher with what was wrong keeps its rows together
        self.buttons, self._yes = dialog_buttons(theme, accept, self)
        column.addWidget(self.buttons)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin where one types, not at the buttons."""
        super().showEvent(event)
        fields = [one for one in self.findChildren(QWidget) if isinstance(one, QLineEdit | QComboBox)]
        first = next((one for one in fields if one.isVisible() and one.isEnabled()), None)
        if first is not None and not event.spontaneous():
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            make_room(self)  # what is wrong with a field may take two lines
        return done

    def add(self, words: str, widget: QWidget, name: str, *, most: int | None = None) -> Any:
        """A row; typing in it checks the form. ``most`` is how many letters a command can carry."""
        widget.setObjectName(name)
        widget.setAccessibleName(words)
        self.form.addRow(words, widget)
        if isinstance(widget, QLineEdit):
            widget.textChanged.connect(self.check)
            if most is not None:
                self._limited.append((words, widget, most))
        return widget

    def add_judged(
        self,
        words: str,
        text: str,
        name: str,
        judge: Judge,
        *,
        tidy: Callable[[str], str] | None = None,
        most: int | None = None,
    ) -> FieldLine:
        """A line that is judged when it is left; what is right is then written as it will be kept."""
        field = Field(name, self)
        field.line.setText(text)
        field.line.setAccessibleName(words)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(field.line)
        column.addWidget(field.error)
        title = label(words)
        title.setBuddy(field.line)
        self.form.addRow(title, box)
        field.title.deleteLater()  # the form has its own at the left
        self._judged.append((field, judge, tidy))
        field.left.connect(self._left)
        field.line.textChanged.connect(self.check)
        if most is not None:
            self._limited.append((words, field.line, most))
        return field.line

    def problem(self) -> str:
        """What is wrong with the form as a whole; "" for nothing."""
        return ""

    def values(self) -> dict[str, Any]:
        """What was filled in."""
        raise NotImplementedError

    def check(self, *_arguments: object) -> None:
        """Say what is wrong beside the fields and at the button."""
        whole = self.problem() or self._too_long()
        self._wrong.setText(whole)
        self._wrong.setVisible(bool(whole))
        wrong = ""
        for field, judge, _ in self._judged:
            said = judge(field.line.text().strip())
            wrong = wrong or said
            if not said or field.was_left:
                field.show_error(said)
        self._yes.set_blocked(wrong or whole)

    def _too_long(self) -> str:
        for words, line, most in self._limited:
            if wrong := judge_length(words, line.text(), most):
                return wrong
        return ""

    @Slot()
    def _left(self) -> None:
        for field, judge, tidy in self._judged:
            text = field.line.text().strip()
            if field is self.sender() and tidy is not None and text and not judge(text):
                field.line.setText(tidy(text))
        self.check()

    def accept(self) -> None:
        if self._yes.isEnabled():
            self.saved.emit(self.values())
            super().accept()


def _tr(source: str) -> str:
    return QCoreApplication.translate("CustomerForms", source)


def judge_length(words: str, text: str, most: int) -> str:
    """At most so many letters in the field that is called `words`."""
    letters = len(text.strip())
    if letters <= most:
        return ""
    return (
        _tr(QT_TRANSLATE_NOOP("CustomerForms", "%1: högst %2 tecken, inte %3."))
        .replace("%1", words)
        .replace("%2", str(most))
        .replace("%3", str(letters))
    )


def judge_name(text: str) -> str:
    """A name is needed."""
    return "" if text else _tr(QT_TRANSLATE_NOOP("CustomerForms", "Skriv ett namn."))


def judge_email(text: str) -> str:
    """Nothing, or something that can be an address."""
    wrong = bool(text) and parse_email(text).error is not None
    said = _tr(QT_TRANSLATE_NOOP("CustomerForms", "E-postadressen är inte skriven som en adress."))
    return said if wrong else ""


def judge_needed_email(text: str) -> str:
    """An address is needed."""
    return judge_email(text or "–")


def judge_phone(text: str) -> str:
    """Nothing, or a number in any Swedish or international writing."""
    wrong = bool(text) and parse_phone(text).error is not None
    return _tr(QT_TRANSLATE_NOOP("CustomerForms", "Telefonnumret går inte att förstå.")) if wrong else ""


def judge_postal(text: str, country: str = "SE") -> str:
    """Nothing, or a postal code, in Sweden also with the town behind it."""
    alone = split_postal(text)[0] if country == "SE" else text
    wrong = bool(text) and parse_postal_code(alone, country).error is not None
    return _tr(QT_TRANSLATE_NOOP("CustomerForms", "Postnumret går inte att förstå.")) if wrong else ""


def split_postal(text: str) -> tuple[str, str]:
    """Return the postal code as it is kept, and the town behind it where there is one."""
    code, town = split_postal_line(text)
    return parse_postal_code(code or text).value or text, town


def judge_year_end(text: str) -> str:
    """A month and a day that there is in it; 29 February is none that comes every year."""
    month, _, day = text.partition("-")
    try:
        date(_NO_LEAP_YEAR, int(month), int(day))
    except ValueError:
        return _tr(
            QT_TRANSLATE_NOOP(
                "CustomerForms", "Skriv räkenskapsårets slut som månad och dag, till exempel 12-31."
            )
        )
    return ""


def tidy_email(text: str) -> str:
    return parse_email(text).value


def tidy_phone(text: str) -> str:
    return format_phone(parse_phone(text).value)


def tidy_year_end(text: str) -> str:
    return "-".join(part.strip().zfill(2) for part in text.split("-"))

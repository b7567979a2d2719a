"""What is mended at the customer itself without leaving the wizard: its number, due diligence, which number.

Each dialog only asks; who opened it sends what was decided.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QDate, Slot
from PySide6.QtWidgets import QCheckBox, QDateEdit, QDialog, QGridLayout, QVBoxLayout, QWidget

from app.domain.identity import ParsedNumber, format_number, parse_number
from app.domain.records import Customer, CustomerKind
from ui.activation.for_others import ForOthers
from ui.activation.wording import kind_text
from ui.messages import Messages
from ui.number_words import number_problem
from ui.theme import Theme
from ui.widgets.combo import Combo
from ui.widgets.dependent import depend_on
from ui.widgets.dialogs import dialog_buttons, make_room
from ui.widgets.field import Field
from ui.widgets.texts import label

KINDS = (
    CustomerKind.LEGAL_PERSON,
    CustomerKind.SOLE_FIRM,
    CustomerKind.PRIVATE_PERSON,
    CustomerKind.ESTATE,
    CustomerKind.FOREIGN,
)
"""The kinds that have a number (an association without one cannot be activated)."""


class NumberDialog(QDialog):
    """Kind and number of a customer, judged together as the field is left."""

    def __init__(
        self,
        theme: Theme,
        messages: Messages,
        customer: Customer,
        today: date,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("numberDialog")
        self.setWindowTitle(self.tr("Rätta nummer"))
        self.setMinimumWidth(theme.px(440))
        self._messages = messages
        self._today = today
        self.kind = Combo()
        self.kind.setObjectName("numberKind")
        self.kind.setAccessibleName(self.tr("Kundtyp"))
        for kind in KINDS:
            self.kind.addItem(kind_text(kind), str(kind))
        self.kind.setCurrentIndex(max(0, self.kind.findData(customer.kind)))
        kind_label = label(self.tr("Kundtyp"), "secondary")
        kind_label.setBuddy(self.kind)
        self.number = Field("number", self)
        self.number.title.setText(self.tr("Organisations- eller personnummer"))
        self.number.line.setAccessibleName(self.number.title.text())
        # What is there is shown only where it is no personal number that somebody could read over a shoulder.
        parsed = parse_number(customer.organisation_number, customer.kind, today=today)
        self.number.line.setText(
            format_number(customer.organisation_number, today=today)
            if parsed.ok and customer.kind == CustomerKind.LEGAL_PERSON
            else ""
        )
        grid = QGridLayout()
        grid.setVerticalSpacing(3)
        grid.addWidget(kind_label, 0, 0)
        grid.addWidget(self.kind, 1, 0)
        self.number.place(grid, 2, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(
            label(self.tr("Rätta numret för %1").replace("%1", customer.name), "card", wrap=True)
        )
        column.addLayout(grid)
        box, self.accept_button = dialog_buttons(theme, self.tr("Spara numret"), self)
        column.addSpacing(8)
        column.addWidget(box)
        self.number.left.connect(self._left)
        self.number.line.textEdited.connect(self._judge)
        self.kind.currentIndexChanged.connect(self._left)
        self._judge()
        self.number.line.setFocus()

    @property
    def values(self) -> tuple[str, str]:
        """Return (kind, canonical number)."""
        return str(self.kind.currentData()), self._parsed().canonical

    def _parsed(self) -> ParsedNumber:
        return parse_number(self.number.line.text(), str(self.kind.currentData()), today=self._today)

    def _why_not(self) -> str:
        if not self.number.line.text().strip():
            return self._messages.sentence("number_missing").partition("\n")[0]
        return number_problem(self._messages, self._parsed())

    @Slot()
    def _left(self) -> None:
        text = self.number.line.text().strip()
        self.number.show_error(self._why_not() if text else "")
        self._judge()
        if self.isVisible():
            make_room(self)

    @Slot()
    def _judge(self) -> None:
        reason = self._why_not()
        if not reason:
            self.number.show_error("")
        self.accept_button.set_blocked(reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDiligenceAnswer:
    """What was noted: the days on which each was done (None: it is not), and why one goes on anyway."""

    due_diligence_on: date | None
    engagement_letter_on: date | None
    reason: str
    for_all: bool = False


class DueDiligenceDialog(QDialog):
    """Note that due diligence and the engagement letter are done, or write why one goes on without them.

    `blocks`: the firm does not let anybody go on. `others` are the customers of the run that lack it too.
    """

    def __init__(
        self,
        theme: Theme,
        customer: Customer,
        today: date,
        reason: str,
        *,
        blocks: bool,
        others: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("dueDiligenceDialog")
        self.setWindowTitle(self.tr("Kundkännedom och uppdragsavtal"))
        self.setMinimumWidth(theme.px(480))
        self._blocks = blocks
        self._today = today
        review = customer.due_diligence.review_on
        is_fresh = customer.due_diligence.state == "done" and not (review and review < today)
        self.due_diligence = QCheckBox(self.tr("Kundkännedomen är klar"))
        self.due_diligence.setObjectName("dueDiligenceDone")
        self.due_diligence.setChecked(is_fresh)
        self.letter = QCheckBox(self.tr("Uppdragsavtalet är klart"))
        self.letter.setObjectName("engagementLetterDone")
        self.letter.setChecked(customer.engagement_letter.state == "done")
        known_on = customer.due_diligence.done_on if is_fresh else None
        self.due_diligence_on = self._day("dueDiligenceOn", known_on)
        self.letter_on = self._day("engagementLetterOn", customer.engagement_letter.done_on)
        self.reason = Field("dueDiligenceReason", self)
        self.reason.title.setText(self.tr("Varför ni fortsätter ändå"))
        self.reason.line.setAccessibleName(self.reason.title.text())
        self.reason.line.setText(reason)
        self.reason.line.setMaxLength(300)
        words = self.tr("Samma skäl för de %n andra kunderna där något saknas", "", len(others))
        self.for_others = ForOthers(words, () if blocks else others, "dueDiligenceForAll")
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        for row, (tick, day) in enumerate(
            ((self.due_diligence, self.due_diligence_on), (self.letter, self.letter_on))
        ):
            depend_on(day, tick, self.tr("Kryssa för rutan framför först."))
            grid.addWidget(tick, row, 0)
            grid.addWidget(day, row, 1)
            tick.toggled.connect(self._judge)
        written = QGridLayout()
        written.setVerticalSpacing(3)
        self.reason.place(written, 0, 0)
        for widget in (self.reason.title, self.reason.line):
            widget.setVisible(not blocks)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(label(customer.name, "card", wrap=True))
        column.addWidget(
            label(
                self.tr("Byrån har bestämt att båda ska vara klara innan ett samarbete startar.")
                if blocks
                else self.tr("Skälet sparas i byråns logg tillsammans med vem som fortsatte och när."),
                "secondary",
                wrap=True,
            )
        )
        column.addLayout(grid)
        column.addLayout(written)
        column.addWidget(self.for_others)
        box, self.accept_button = dialog_buttons(theme, self.tr("Spara"), self)
        column.addSpacing(8)
        column.addWidget(box)
        self.reason.line.textEdited.connect(self._judge)
        self.reason.left.connect(self._left)
        self._judge()
        (self.due_diligence if blocks else self.reason.line).setFocus()

    @property
    def answer(self) -> DueDiligenceAnswer:
        """Return what was noted."""

        def day_of(tick: QCheckBox, day: QDateEdit) -> date | None:
            found = day.date()
            return date(found.year(), found.month(), found.day()) if tick.isChecked() else None

        return DueDiligenceAnswer(
            due_diligence_on=day_of(self.due_diligence, self.due_diligence_on),
            engagement_letter_on=day_of(self.letter, self.letter_on),
            reason=" ".join(self.reason.line.text().split()),
            for_all=self.for_others.is_chosen,
        )

    def _day(self, name: str, known: date | None) -> QDateEdit:
        day = known or self._today
        made = QDateEdit(QDate(day.year, day.month, day.day))
        made.setObjectName(name)
        made.setAccessibleName(self.tr("Klart den"))
        made.setDisplayFormat("yyyy-MM-dd")
        made.setCalendarPopup(True)
        made.setMaximumDate(QDate(self._today.year, self._today.month, self._today.day))
        return made

    @property
    def _is_all_done(self) -> bool:
        return self.due_diligence.isChecked() and self.letter.isChecked()

    def _why_not(self) -> str:
        if self._is_all_done or (not self._blocks and self.reason.line.text().strip()):
            return ""
        if self._blocks:
            return self.tr("Båda ska vara klara.")
        return self.tr("Skriv varför ni fortsätter ändå.")

    @Slot()
    def _left(self) -> None:
        self.reason.show_error("" if self._blocks else self._why_not())

    @Slot()
    def _judge(self) -> None:
        needless = self.tr("Behövs inte när båda är klara.") if self._is_all_done else ""
        self.reason.line.setEnabled(not needless)
        reason = self._why_not()
        if not reason:
            self.reason.show_error("")
        if needless:
            self.reason.line.setAccessibleDescription(needless)
        self.reason.line.setToolTip(needless)
        self.accept_button.set_blocked(reason)


class VendorNumberDialog(QDialog):
    """Which of the company's customer numbers at the vendor is meant."""

    def __init__(
        self, theme: Theme, name: str, numbers: Sequence[str], chosen: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("vendorNumberDialog")
        self.setWindowTitle(self.tr("Välj kundnummer"))
        self.setMinimumWidth(theme.px(420))
        self.choose = Combo()
        self.choose.setObjectName("vendorNumber")
        self.choose.setPlaceholderText(self.tr("Välj…"))
        for number in numbers:
            self.choose.addItem(number, number)
        self.choose.setCurrentIndex(self.choose.findData(chosen) if chosen else -1)
        words = label(self.tr("Kundnummer hos Visma Spcs"), "secondary")
        words.setBuddy(self.choose)
        self.choose.setAccessibleName(words.text())
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(label(self.tr("%1 har flera kundnummer").replace("%1", name), "card", wrap=True))
        column.addWidget(
            label(self.tr("Tjänsterna aktiveras på det nummer som väljs."), "secondary", wrap=True)
        )
        column.addWidget(words)
        column.addWidget(self.choose)
        box, self.accept_button = dialog_buttons(theme, self.tr("Välj"), self)
        column.addSpacing(8)
        column.addWidget(box)
        self.choose.currentIndexChanged.connect(self._judge)
        self._judge()
        self.choose.setFocus()

    @property
    def number(self) -> str:
        """Return the number that was chosen."""
        return str(self.choose.currentData() or "")

    @Slot()
    def _judge(self) -> None:
        self.accept_button.set_blocked("" if self.number else self.tr("Välj ett kundnummer."))

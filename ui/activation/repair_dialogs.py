"""What is mended without leaving the wizard: an engagement that is missing, a participant."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from app.catalogue import Catalogue
from app.domain.activation_facts import Situation
from app.domain.limits import letters_of
from app.domain.records import Staff
from ui.activation.for_others import ForOthers
from ui.customer.form_dialog import judge_length
from ui.theme import Theme
from ui.widgets.combo import Combo
from ui.widgets.dialogs import dialog_buttons, make_room
from ui.widgets.texts import label, set_tone


class EngagementDialog(QDialog):
    """A new engagement: type, year where the type has one, title, and who owns it.

    `others` are the names of the customers of a run that lack the same one.
    """

    def __init__(
        self,
        theme: Theme,
        catalogue: Catalogue,
        situation: Situation,
        types: Sequence[str],
        language: str,
        *,
        others: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("engagementDialog")
        self.setWindowTitle(self.tr("Skapa uppdrag"))
        self.setMinimumWidth(theme.px(440))
        self._catalogue = catalogue
        self._language = language
        self._year = situation.today.year
        fitting = [code for code in types if catalogue.engagement_type(code).known]
        codes = fitting or [kind.code for kind in catalogue.engagement_types]
        self.type = Combo()
        self.type.setObjectName("newEngagementType")
        for code in codes:
            self.type.addItem(catalogue.engagement_type(code).label.text(language), code)
        self.year = Combo()
        self.year.setObjectName("newEngagementYear")
        for year in range(self._year + 1, self._year - 3, -1):
            self.year.addItem(str(year), year)
        self.year.setCurrentIndex(1)
        self.title = QLineEdit()
        self.title.setObjectName("newEngagementTitle")
        self.owner = _staff_combo("newEngagementOwner", situation)
        words = self.tr("Skapa samma uppdrag för de %n andra kunderna som saknar det", "", len(others))
        self.for_others = ForOthers(words, others, "newEngagementForAll")
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        self._year_label = label(self.tr("Räkenskapsår"), "body")
        self._year_label.setBuddy(self.year)
        form.addRow(self.tr("Typ"), self.type)
        form.addRow(self._year_label, self.year)
        form.addRow(self.tr("Benämning"), self.title)
        form.addRow(self.tr("Uppdragsansvarig"), self.owner)
        for words, widget in (
            (self.tr("Typ"), self.type),
            (self.tr("Räkenskapsår"), self.year),
            (self.tr("Benämning"), self.title),
            (self.tr("Uppdragsansvarig"), self.owner),
        ):
            widget.setAccessibleName(words)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(label(self.tr("Skapa uppdrag"), "card"))
        column.addWidget(
            label(
                self.tr("Medarbetare på uppdraget får tillgång till kundens tjänster."),
                "secondary",
                wrap=True,
            )
        )
        column.addLayout(form)
        self._wrong = label("", "secondary", name="newEngagementWrong", wrap=True)
        set_tone(self._wrong, "bad")
        self._wrong.hide()
        column.addWidget(self._wrong)
        column.addWidget(self.for_others)
        box, self.accept_button = dialog_buttons(theme, self.tr("Skapa uppdrag"), self)
        column.addSpacing(4)
        column.addWidget(box)
        self.type.currentIndexChanged.connect(self._suggest)
        self.year.currentIndexChanged.connect(self._suggest)
        self.title.textEdited.connect(self._judge)
        self.title.editingFinished.connect(self._say_wrong)
        self._suggest()
        self.title.setFocus()

    @property
    def values(self) -> tuple[str, str, int | None, str]:
        """Return (type, title, fiscal year, id of the owner)."""
        code = str(self.type.currentData())
        has_year = self._catalogue.engagement_type(code).has_fiscal_year
        year = int(self.year.currentData()) if has_year else None
        return code, " ".join(self.title.text().split()), year, str(self.owner.currentData())

    def _suggest(self) -> None:
        code = str(self.type.currentData())
        kind = self._catalogue.engagement_type(code)
        self.year.setVisible(kind.has_fiscal_year)
        self._year_label.setVisible(kind.has_fiscal_year)
        year = self.year.currentData() if kind.has_fiscal_year else self._year
        self.title.setText(f"{kind.label.text(self._language)} {year}")
        self._judge()

    def _judge(self) -> None:
        wrong = self._too_long()
        missing = "" if self.title.text().strip() else self.tr("Skriv en benämning.")
        self.accept_button.set_blocked(missing or wrong)
        if not wrong:
            self._wrong.hide()

    def _too_long(self) -> str:
        title = " ".join(self.title.text().split())  # as it will be kept
        return judge_length(self.tr("Benämning"), title, letters_of("title"))

    @Slot()
    def _say_wrong(self) -> None:
        wrong = self._too_long()
        self._wrong.setText(wrong)
        self._wrong.setVisible(bool(wrong))
        make_room(self)


class ParticipantDialog(QDialog):
    """A staff member to put on an engagement that has nobody.

    `others` are the names of the customers of a run of whose engagements nobody is, either.
    """

    def __init__(
        self,
        theme: Theme,
        situation: Situation,
        title: str,
        *,
        others: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("participantDialog")
        self.setWindowTitle(self.tr("Lägg till deltagare"))
        self.setMinimumWidth(theme.px(420))
        self.person = _staff_combo("newParticipant", situation)
        self.person.setAccessibleName(self.tr("Medarbetare"))
        words = label(self.tr("Medarbetare"), "secondary")
        words.setBuddy(self.person)
        for_all = self.tr("Lägg till samma person hos de %n andra kunderna där ingen deltar", "", len(others))
        self.for_others = ForOthers(for_all, others, "newParticipantForAll")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(label(self.tr("Lägg till deltagare på %1").replace("%1", title), "card", wrap=True))
        column.addWidget(words)
        column.addWidget(self.person)
        column.addWidget(self.for_others)
        box, _ = dialog_buttons(theme, self.tr("Lägg till"), self)
        column.addSpacing(8)
        column.addWidget(box)
        self.person.setFocus()

    @property
    def staff_id(self) -> str:
        """Return the id of the person who was chosen."""
        return str(self.person.currentData())


def _staff_combo(name: str, situation: Situation) -> QComboBox:
    combo = Combo()
    combo.setObjectName(name)
    people: list[Staff] = [person for person in situation.staff if person.state == "active"]
    for person in people:
        combo.addItem(person.name, person.id)
    combo.setCurrentIndex(max(0, combo.findData(situation.me.id)))
    return combo

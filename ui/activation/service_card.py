"""One service to choose, with its form: built from the catalogue, without a word about any one service."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.catalogue import FormField, Service
from app.domain.activation_answers import fact_values
from app.domain.activation_draft import ServiceChoice, Step
from app.domain.activation_facts import CustomerFacts
from app.domain.preconditions import LICENCE, Problem, Repair, why_unavailable
from app.domain.records import Branch, Engagement, RegistrationAnswer
from app.domain.service_form import VARIANT
from ui.activation.page import ProblemBars
from ui.activation.presenter import ActivationPresenter
from ui.activation.wording import branch_text, repair_text, state_text
from ui.theme import Theme
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.cells import Chip
from ui.widgets.chip import ChipLabel
from ui.widgets.combo import Combo
from ui.widgets.texts import label, set_tone

FIELDS_IN_A_ROW = 3


class ServiceCard(Card):
    """A tick, what the service is for, and below it the form while it is ticked."""

    repair_asked = Signal(object)

    def __init__(self, theme: Theme, presenter: ActivationPresenter, service: Service) -> None:
        super().__init__(name=f"service_{service.code}")
        self._theme = theme
        self._presenter = presenter
        self.service = service
        self._unavailable: Problem | None = None
        self.body.setContentsMargins(14, 6, 10, 6)
        self.body.setSpacing(6)
        self.tick = QCheckBox()
        self.tick.setObjectName(f"choose_{service.code}")
        self.tick.toggled.connect(self._ticked)
        self.purpose = label("", "secondary")
        self.chip = ChipLabel(theme)
        self.mend = Button(theme, kind="link", name=f"repair_{service.code}")
        self.mend.clicked.connect(self._repair)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.tick)
        head.addWidget(self.purpose, 1)
        head.addWidget(self.chip)
        head.addWidget(self.mend)
        self.body.addLayout(head)
        self.form = QWidget()
        self.body.addWidget(self.form)
        column = QVBoxLayout(self.form)
        column.setContentsMargins(theme.px(26), 0, 4, 8)
        column.setSpacing(8)
        self.engagement = Combo()
        self.engagement.setObjectName(f"engagement_{service.code}")
        self.engagement.activated.connect(self._engagement_chosen)
        self._engagement_label = label("", "secondary")
        self._engagement_label.setBuddy(self.engagement)
        self.make = Button(theme, kind="link", icon="plus", name=f"createEngagement_{service.code}")
        self.make.clicked.connect(self._create)
        row = QHBoxLayout()
        row.addWidget(self.engagement, 1)
        row.addWidget(self.make)
        column.addWidget(self._engagement_label)
        column.addLayout(row)
        self.fields: dict[str, QComboBox] = {}
        self._labels: dict[str, QLabel] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        for at, field in enumerate(service.fields):
            self._add_field(grid, at, field)
        for at in range(FIELDS_IN_A_ROW):
            grid.setColumnStretch(at, 1)
        column.addLayout(grid)
        self.hint = label("", "secondary", wrap=True)
        column.addWidget(self.hint)
        self.problems = ProblemBars(theme, f"problems_{service.code}")
        self.problems.repair_asked.connect(self.repair_asked)
        column.addWidget(self.problems)

    def _add_field(self, grid: QGridLayout, at: int, field: FormField) -> None:
        row, column = divmod(at, FIELDS_IN_A_ROW)
        title = label("", "secondary")
        combo = Combo()
        combo.setObjectName(f"{field.name}_{self.service.code}")
        combo.setProperty("field", field.name)
        combo.activated.connect(self._answered)
        title.setBuddy(combo)
        grid.addWidget(title, row * 2, column)
        grid.addWidget(combo, row * 2 + 1, column)
        self.fields[field.name] = combo
        self._labels[field.name] = title

    def refresh(self) -> None:
        """Show what the presenter holds about this service."""
        presenter, language = self._presenter, self._presenter.language
        facts, customer = presenter.facts, presenter.customer
        name = self.service.label.text(language)
        self.tick.setText(name.replace("&", "&&"))
        self.purpose.setText(self.service.purpose.text(language))
        if facts is None or customer is None:
            return
        choice = customer.find_choice(self.service.code)
        self._unavailable = why_unavailable(self.service, facts) if choice is None else None
        reason = presenter.text_of(self._unavailable) if self._unavailable else ""
        self.tick.blockSignals(True)
        self.tick.setChecked(choice is not None)
        self.tick.blockSignals(False)
        self.tick.setEnabled(not reason)
        self.tick.setToolTip(reason)
        self.tick.setAccessibleName(name)
        self.tick.setAccessibleDescription(reason or self.purpose.text())
        if reason:
            self.purpose.setText(reason.partition("\n")[0])
        self._show_chip(facts)
        self._show_repair()
        self.form.setVisible(choice is not None)
        if choice is not None:
            self._show_form(choice, facts)

    def _show_chip(self, facts: CustomerFacts) -> None:
        chips: tuple[Chip, ...] = ()
        if self._unavailable is not None and "state" in self._unavailable.data:
            words, kind = state_text(self._unavailable.data["state"])
            chips = (Chip(words, kind),)
        elif facts.answer is RegistrationAnswer.REGISTERED:
            branch = facts.branch_for(self.service.code)
            if branch is not Branch.WITHOUT_SERVICE:
                chips = (Chip(self._present_text(branch, facts), "none", "key"),)
        self.chip.setVisible(bool(chips))
        self.chip.set_chips(chips)

    def _present_text(self, branch: Branch, facts: CustomerFacts) -> str:
        """What the company has of the service today, with its variant."""
        held, field = facts.find_registered_service(self.service.code), self.service.find_field(VARIANT)
        if held is None or not held.variant or field is None or len(self.service.fields) == 0:
            return branch_text(branch)
        return f"{branch_text(branch)}: {field.option(held.variant).label.text(self._presenter.language)}"

    def _show_repair(self) -> None:
        repair = self._unavailable.repair if self._unavailable else Repair.NONE
        self.mend.setVisible(repair is not Repair.NONE)
        self.mend.setText(repair_text(repair))
        self.mend.setAccessibleName(f"{repair_text(repair)} {self.tick.accessibleName()}")

    def _show_form(self, choice: ServiceChoice, facts: CustomerFacts) -> None:
        presenter, language = self._presenter, self._presenter.language
        name = self.service.label.text(language)
        self._engagement_label.setText(self.tr("Uppdrag"))
        self.engagement.setAccessibleName(f"{self.tr('Uppdrag')}, {name}")
        self.make.setText(self.tr("Skapa uppdrag…"))
        self.make.setAccessibleName(f"{self.tr('Skapa uppdrag…')} {name}")
        self._show_engagements(choice, facts)
        asked = {field.name for field in self.service.fields_for(facts.branch_for(choice.service))}
        known = {**fact_values(self.service, facts), **choice.values}
        hints = []
        for field in self.service.fields:
            combo, title = self.fields[field.name], self._labels[field.name]
            combo.setVisible(field.name in asked)
            title.setVisible(field.name in asked)
            if field.name not in asked:
                continue
            words = field.label.text(language)
            title.setText(words)
            combo.setAccessibleName(f"{words}, {name}")
            refused = self.service.refused_options(field.name, known)
            self._fill(
                combo,
                [
                    (
                        option.value,
                        option.label.text(language),
                        refused[option.value].text(language) if option.value in refused else "",
                    )
                    for option in field.options
                ],
                choice.values.get(field.name, ""),
            )
            if refused:
                hints.append(next(iter(refused.values())).text(language))
            elif field.hint is not None:
                hints.append(field.hint.text(language))
        left = facts.find_licences_left(self.service.code, choice.values.get(LICENCE, ""))
        if self.service.shows_licences_left and left is not None:
            hints.append(self.tr("Byrån har %n licenser kvar.", "", left))
        if self.service.bound_to_legal_form and facts.customer.legal_form:
            hints.append(self.tr("Företagsformen är %1.").replace("%1", facts.customer.legal_form))
        if not asked and self.service.fields:
            hints.append(presenter.catalogue.texts.text("consequence.owns_subscription", language))
        self.hint.setText(" ".join(dict.fromkeys(hints)))
        self.hint.setVisible(bool(hints))
        mine = [p for p in presenter.problems if p.service == self.service.code]
        self.problems.set_problems(mine, presenter.text_of)
        # Said once: where the lack of one is a problem, its bar offers the same.
        self.make.setVisible(all(p.repair is not Repair.CREATE_ENGAGEMENT for p in mine))

    def _show_engagements(self, choice: ServiceChoice, facts: CustomerFacts) -> None:
        fitting = facts.list_engagements_for(self.service.engagement_types)
        others = [found for found in facts.list_ongoing() if found not in fitting]
        rows = [(found.id, self._title_of(found), "") for found in (*fitting, *others)]
        self._fill(self.engagement, rows, choice.engagement_id)
        set_tone(self._engagement_label, "" if choice.engagement_id else "bad")

    def _title_of(self, engagement: Engagement) -> str:
        kind = self._presenter.catalogue.engagement_type(engagement.type).label.text(self._presenter.language)
        return engagement.title if kind in engagement.title else f"{engagement.title} · {kind}"

    def _fill(self, combo: QComboBox, rows: list[tuple[str, str, str]], value: str) -> None:
        """Show (value, words, why it is refused) and what is chosen; nothing is chosen for an empty value."""
        present = [(combo.itemData(at), combo.itemText(at)) for at in range(combo.count())]
        if present != [(key, words) for key, words, _ in rows]:
            combo.clear()
            for key, words, _ in rows:
                combo.addItem(words, key)
        model = combo.model()
        if isinstance(model, QStandardItemModel):
            for at, (_, _, refusal) in enumerate(rows):
                item = model.item(at)
                item.setEnabled(not refusal)
                item.setToolTip(refusal)
        combo.setPlaceholderText(self.tr("Välj…"))
        combo.setCurrentIndex(combo.findData(value) if value else -1)

    def _ticked(self, chosen: bool) -> None:
        self._presenter.set_chosen(self.service.code, chosen=chosen)
        if chosen and self.engagement.isVisible() and self.engagement.currentIndex() < 0:
            self.engagement.setFocus(Qt.FocusReason.OtherFocusReason)

    def _engagement_chosen(self, at: int) -> None:
        self._presenter.answer(self.service.code, engagement_id=str(self.engagement.itemData(at)))

    def _answered(self, at: int) -> None:
        combo = self.sender()
        if isinstance(combo, QComboBox):
            self._presenter.answer(self.service.code, {str(combo.property("field")): str(combo.itemData(at))})

    def _repair(self) -> None:
        if self._unavailable is not None:
            self.repair_asked.emit(self._unavailable)

    def _create(self) -> None:
        problem = next(
            (p for p in self._presenter.problems if p.service == self.service.code and p.repair), None
        )
        if problem is None or problem.repair is not Repair.CREATE_ENGAGEMENT:
            problem = Problem(
                code="no_ongoing_engagement",
                step=Step.SERVICES,
                service=self.service.code,
                repair=Repair.CREATE_ENGAGEMENT,
            )
        self.repair_asked.emit(problem)

"""Ändra samarbeten: engagement, variant, payer and agreement period, of one or of many."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QAbstractItemModel, Qt, Slot
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QFormLayout, QStackedWidget, QVBoxLayout, QWidget

from app.usecases.agreements import AccessMove, AgreementRow, ChangeResult
from ui.background import Latest
from ui.screens import ScreenContext
from ui.widgets.buttons import Button
from ui.widgets.combo import Combo
from ui.widgets.dialogs import dialog_buttons
from ui.widgets.info_bar import InfoBar
from ui.widgets.results import Outcome, ResultList
from ui.widgets.saving_dialog import SavingDialog
from ui.widgets.texts import label

_FIELDS = ("variant", "payer", "period_months")
_LISTED = 6


class ChangeDialog(SavingDialog):
    """`open_with(collaboration_ids=[…])`. What is not chosen stays as it is.

    A field is offered where all of the collaborations have it; an option that the rules forbid for any of
    them cannot be chosen and says why.
    """

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        self._rows: tuple[AgreementRow, ...] = ()
        self._asked = 0
        self._fields: dict[str, QComboBox] = {}
        self._previewing = Latest()
        theme = context.theme
        self.setObjectName("changeDialog")
        self.setWindowTitle(self.tr("Ändra samarbeten"))
        self.setMinimumWidth(theme.px(560))
        form_page = QWidget()
        column = QVBoxLayout(form_page)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        self._title = label("", "wizard", name="changeTitle", wrap=True)
        self._about = label("", "secondary", name="changeAbout", wrap=True)
        self._blocked = InfoBar(theme, "wait", name="changeBlocked")
        self._blocked.hide()
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(16)
        self._form.setVerticalSpacing(10)
        self._engagement = Combo()
        self._engagement.setObjectName("changeEngagement")
        self._engagement.currentIndexChanged.connect(self._engagement_chosen)
        self._access = label("", "secondary", name="changeAccess", wrap=True)
        self._warning = InfoBar(theme, "wait", name="changeWarning")
        self._warning.hide()
        box, self._yes = dialog_buttons(theme, self.tr("Spara ändringarna"), self)
        self._box = box
        box.accepted.disconnect(self.accept)
        box.accepted.connect(self._save)
        for widget in (self._title, self._about, self._blocked):
            column.addWidget(widget)
        column.addLayout(self._form)
        column.addWidget(self._access)
        column.addWidget(self._warning)
        column.addStretch(1)
        column.addWidget(box)
        self._stack = QStackedWidget()
        self._stack.addWidget(form_page)
        self._stack.addWidget(self._build_results())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self._yes.set_blocked(self.tr("Hämtar …"))

    def open_with(self, **arguments: Any) -> None:
        """Say which collaborations."""
        ids, use_case = tuple(arguments.get("collaboration_ids", ())), self._context.samverka.agreements
        self._asked = len(ids)
        self._context.background.run(lambda: use_case.open(ids), self._came)

    def _build_results(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        self._result_title = label("", "wizard", name="changeResultTitle", wrap=True)
        self._results = ResultList(self._context.theme, name="changeResults")
        self._close = Button(self._context.theme, self.tr("Stäng"), kind="primary", name="changeClose")
        self._close.clicked.connect(self.accept)
        column.addWidget(self._result_title)
        column.addWidget(self._results, 1)
        column.addWidget(self._close, 0, Qt.AlignmentFlag.AlignRight)
        return page

    # Filling in

    @Slot(object)
    def _came(self, rows: tuple[AgreementRow, ...]) -> None:
        self._rows = rows
        language, catalogue = self._context.messages.language, self._context.samverka.catalogue
        if len(rows) == 1:
            self._title.setText(self.tr("Ändra samarbete"))
            name = catalogue.service(rows[0].service).label.text(language)
            self._about.setText(f"{rows[0].customer} · {name}")
        else:
            self._title.setText(self.tr("Ändra %n samarbeten", "", len(rows)))
            names = [row.customer for row in rows]
            more = self.tr(" och %1 till").replace("%1", str(len(names) - _LISTED))
            self._about.setText(", ".join(names[:_LISTED]) + (more if len(names) > _LISTED else ""))
        if left_out := self._asked - len(rows):
            # Nothing of what was ticked is left out in silence.
            said = self.tr("%1 ändras inte: bara aktiva samarbeten som hör till en kund kan ändras.")
            self._about.setText(f"{self._about.text()}\n{said.replace('%1', str(left_out))}")
        self._fill_engagements()
        blocked = next((row.blocked for row in rows if row.blocked), "")
        for field in _FIELDS:
            self._add_field(field)
        if blocked and self._fields:
            headline, rest = self._context.rights.parts(blocked)
            text = f"{rest} {self.tr('Därför kan bara uppdraget ändras här.')}".strip()
            self._blocked.set_text(headline, text)
            self._blocked.show()
        for combo in self._fields.values():
            combo.setEnabled(not blocked)
        self._begin_at_the_first()
        self._update()

    def _begin_at_the_first(self) -> None:
        """Work begins at the first thing that can be changed, and Tab goes on as the eye does.

        The fields come later than the buttons under them: without this Qt begins at *Avbryt*.
        """
        chain: list[QWidget] = [self._engagement, *self._fields.values(), *self._box.buttons()]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)
        # A layout shows what it is given in the next turn, and what is not shown yet gets no focus.
        self._engagement.show()
        self._engagement.setFocus()

    def _fill_engagements(self) -> None:
        combo = self._engagement
        combo.blockSignals(True)
        unchanged = self.tr("Oförändrat")
        if len(self._rows) == 1:
            row = self._rows[0]
            combo.addItem(row.engagement or self.tr("Uppdrag saknas"), "")
            for choice in row.engagements:
                if choice.id != row.engagement_id:
                    other = "" if choice.fits else " · " + self.tr("ovanlig typ för tjänsten")
                    combo.addItem(choice.title + other, choice.id)
        else:
            combo.addItem(unchanged, "")
            catalogue, language = self._context.samverka.catalogue, self._context.messages.language
            types = sorted({choice.type for row in self._rows for choice in row.engagements if choice.fits})
            for code in types:
                text = self.tr("Kundens uppdrag av typen %1")
                combo.addItem(
                    text.replace("%1", catalogue.engagement_type(code).label.text(language)), f"type:{code}"
                )
        combo.setAccessibleName(self.tr("Uppdrag"))
        self._form.addRow(self.tr("Uppdrag"), combo)
        combo.blockSignals(False)

    def _add_field(self, name: str) -> None:
        catalogue, language = self._context.samverka.catalogue, self._context.messages.language
        services = {row.service for row in self._rows}
        found = [catalogue.service(code).find_field(name) for code in services]
        if not found or any(field is None for field in found):
            return
        field = found[0]
        values = [tuple(option.value for option in one.options) for one in found]
        if any(value != values[0] for value in values):
            return
        combo = Combo()
        combo.setObjectName(f"change_{name}")
        combo.setAccessibleName(field.label.text(language))
        present = {row.values.get(name, "") for row in self._rows}
        one = next(iter(present)) if len(present) == 1 else ""
        if len(self._rows) > 1 or not one:
            combo.addItem(self.tr("Oförändrat"), "")
        for option in field.options:
            combo.addItem(option.label.text(language), option.value)
        at = combo.findData(one) if len(self._rows) == 1 and one else 0
        combo.setCurrentIndex(max(0, at))
        combo.currentIndexChanged.connect(self._update)
        self._fields[name] = combo
        self._form.addRow(field.label.text(language), combo)

    # What was chosen

    def _values(self) -> dict[str, str]:
        chosen = {name: str(combo.currentData() or "") for name, combo in self._fields.items()}
        return {name: value for name, value in chosen.items() if value}

    def _engagements(self) -> dict[str, str]:
        """Collaboration id → engagement; in bulk each customer's own of the chosen type, the latest."""
        wanted = str(self._engagement.currentData() or "")
        if not wanted:
            return {}
        if not wanted.startswith("type:"):
            return {self._rows[0].id: wanted}
        code = wanted.removeprefix("type:")
        found = {}
        for row in self._rows:
            fitting = [choice for choice in row.engagements if choice.type == code and choice.fits]
            if fitting and fitting[-1].id != row.engagement_id:
                found[row.id] = fitting[-1].id
        return found

    @Slot()
    def _engagement_chosen(self) -> None:
        moves, use_case = self._engagements(), self._context.samverka.agreements
        self._access.setText("")
        self._update()
        if moves:
            self._context.background.run(
                lambda: use_case.preview_move(moves), self._preview_came, latest=self._previewing
            )

    @Slot(object)
    def _preview_came(self, moves: Sequence[AccessMove]) -> None:
        gained = sorted({name for move in moves for name in move.gained})
        lost = sorted({name for move in moves for name in move.lost})
        nobody = self.tr("ingen")
        said = self.tr("Får tillgång: %1. Förlorar tillgång: %2.")
        self._access.setText(
            said.replace("%1", ", ".join(gained) or nobody).replace("%2", ", ".join(lost) or nobody)
        )

    @Slot()
    def _update(self) -> None:
        self._close_forbidden()
        values, moves = self._values(), self._engagements()
        changed = bool(moves) or any(
            row.values.get(name, "") != value for row in self._rows for name, value in values.items()
        )
        self._say_downgrade(values)
        if self.is_saving:  # whoever chooses on must not save twice
            reason = self.tr("Sparas …")
        elif not self._rows:
            reason = self.tr("Bara aktiva samarbeten som hör till en kund kan ändras.")
        else:
            reason = "" if changed else self.tr("Ingenting är ändrat än.")
        self._yes.set_blocked(reason)

    def _close_forbidden(self) -> None:
        """Options that a rule of any of the services forbids are disabled with its reason."""
        language, catalogue = self._context.messages.language, self._context.samverka.catalogue
        values = self._values()
        for name, combo in self._fields.items():
            refused: dict[str, str] = {}
            for row in self._rows:
                service = catalogue.service(row.service)
                facts = {**row.facts, **row.values, **values}
                for value, why in service.refused_options(name, facts).items():
                    refused[value] = why.text(language)
            model: QAbstractItemModel = combo.model()
            if not isinstance(model, QStandardItemModel):
                continue
            for at in range(combo.count()):
                value = str(combo.itemData(at) or "")
                model.item(at).setEnabled(value not in refused)
                model.item(at).setToolTip(refused.get(value, ""))
            if str(combo.currentData() or "") in refused:
                free = next(
                    (at for at in range(combo.count()) if str(combo.itemData(at) or "") not in refused), 0
                )
                combo.setCurrentIndex(free)

    def _say_downgrade(self, values: dict[str, str]) -> None:
        language, catalogue = self._context.messages.language, self._context.samverka.catalogue
        lost: set[str] = set()
        for row in self._rows:
            service = catalogue.service(row.service)
            wanted = values.get("variant", row.values.get("variant", ""))
            modules = service.lost_modules(row.values.get("variant", ""), wanted)
            lost |= {module.text(language) for module in modules}
        said = self.tr("Den nya varianten innehåller mindre än den som kunden har i dag. Det försvinner: %1.")
        self._warning.set_text(self.tr("Kunden får mindre."), said.replace("%1", ", ".join(sorted(lost))))
        self._warning.setVisible(bool(lost))

    # Saving

    @Slot()
    def _save(self) -> None:
        if not self._yes.isEnabled():
            return
        self._yes.set_blocked(self.tr("Sparas …"))
        rows, values, moves = self._rows, self._values(), self._engagements()
        use_case = self._context.samverka.agreements
        background = self._context.background
        self.save(background, lambda: use_case.change(rows, values, moves), self._saved, self._not_saved)

    @Slot(object)
    def _not_saved(self, error: BaseException) -> None:
        self._context.show_error(error)
        self._update()

    @Slot(object)
    def _saved(self, results: Sequence[ChangeResult]) -> None:
        failed = [result for result in results if result.error is not None]
        if not failed:
            self._context.toast(self.tr("%n samarbeten ändras", "", len(results)))
            self.accept()
            return
        if len(results) == 1 and failed[0].error is not None:
            self._context.show_error(failed[0].error)
            self._update()
            return
        messages, catalogue = self._context.messages, self._context.samverka.catalogue
        outcomes = []
        for result in results:
            name = catalogue.service(result.service).label.text(messages.language)
            said = self.tr("Ändringen är på väg.")
            if result.error is not None:
                said = messages.for_error(result.error).replace("\n", " ")
            outcomes.append(Outcome(f"{result.customer} · {name}", said, result.error is None))
        done = len(results) - len(failed)
        title = self.tr("%n klara", "", done) + ", " + self.tr("%n gick inte", "", len(failed))
        self._result_title.setText(title)
        self._results.show_outcomes(outcomes)
        self._stack.setCurrentIndex(1)
        self._close.setDefault(True)
        self._close.setFocus()


def create_pane(context: ScreenContext) -> QWidget:
    """The dialog *Ändra samarbeten*."""
    return ChangeDialog(context)

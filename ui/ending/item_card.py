"""One service in the end dialog: how it ends, what happens to the data, what must be done first."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QRadioButton, QWidget

from app.catalogue.services import EndChoice, Service
from app.usecases.ending import EndItem
from ui.theme import Theme
from ui.translation import QT_TRANSLATE_NOOP
from ui.widgets.card import Card
from ui.widgets.info_bar import InfoBar
from ui.widgets.texts import label


def _tr(source: str) -> str:
    return QCoreApplication.translate("EndingDialog", source)


class EndItemCard(Card):
    """`changed()` when anything was chosen. `choice` is None while nothing is.

    A service with one way to end has it chosen beforehand; with several a person must say which.
    """

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        item: EndItem,
        service: Service,
        language: str,
        *,
        refused: str,
        done: frozenset[str],
        alone: bool,
    ) -> None:
        super().__init__(name=f"endItem_{item.service}")
        self.item = item
        self.service = service
        self._language = language
        self._done = done
        self._checks: dict[str, QCheckBox] = {}
        self._radios: dict[str, QRadioButton] = {}
        self._parts: list[QWidget] = []
        self.tick = QCheckBox(service.label.text(language))
        self.tick.setObjectName(f"endTick_{item.service}")
        self.tick.setProperty("strong", "true")
        self.tick.setChecked(item.is_asked_for and not refused)
        self.tick.setEnabled(not refused)
        if alone:
            self.body.addWidget(label(service.label.text(language), "card", wrap=True))
        else:
            self.body.addWidget(self.tick)
        facts = [item.engagement]
        if item.period_ends_on is not None:
            ends = _tr(QT_TRANSLATE_NOOP("EndingDialog", "avtalsperioden löper till %1"))
            facts.append(ends.replace("%1", item.period_ends_on.isoformat()))
        if any(facts):
            self.body.addWidget(label(" · ".join(fact for fact in facts if fact), "secondary", wrap=True))
        if refused:
            bar = InfoBar(theme, "wait", name=f"endRefused_{item.service}")
            headline, _, rest = refused.partition("\n")
            bar.set_text(headline, rest)
            self.body.addWidget(bar)
        self._build_choices()
        self._build_checklist()
        self._waits = label("", "secondary", name=f"endWaits_{item.service}", wrap=True)
        self.body.addWidget(self._waits)
        self._waits.hide()
        loses = _tr(QT_TRANSLATE_NOOP("EndingDialog", "Förlorar tillgång: %1"))
        nobody = _tr(QT_TRANSLATE_NOOP("EndingDialog", "ingen på byrån"))
        names = ", ".join(item.loses) or nobody
        self.body.addWidget(
            label(loses.replace("%1", names), "secondary", name=f"endLoses_{item.service}", wrap=True)
        )
        self.tick.toggled.connect(self._ticked)
        self._ticked()

    @property
    def is_chosen(self) -> bool:
        return self.tick.isChecked()

    @property
    def choice(self) -> EndChoice | None:
        """How it ends, or None where nothing has been chosen yet."""
        code = next((code for code, radio in self._radios.items() if radio.isChecked()), "")
        return next((choice for choice in self.service.end_choices if choice.code == code), None)

    @property
    def checklist(self) -> tuple[str, ...]:
        """Codes of what has been ticked as done."""
        return tuple(code for code, box in self._checks.items() if box.isChecked())

    @property
    def is_checklist_done(self) -> bool:
        done = set(self.checklist)
        items = self.service.checklist_at("before_end")
        return all(item.code in done for item in items if item.required)

    def say_waits(self, names: str) -> None:
        """Say what ends before it, or what must be ended, too; "" for nothing."""
        self._waits.setText(names)
        self._waits.setVisible(bool(names))

    def _build_choices(self) -> None:
        group = QButtonGroup(self)
        several = len(self.service.end_choices) > 1
        for choice in self.service.end_choices:
            radio = QRadioButton(choice.label.text(self._language))
            radio.setObjectName(f"endChoice_{self.item.service}_{choice.code}")
            radio.setAccessibleDescription(choice.consequence.text(self._language))
            group.addButton(radio)
            self._radios[choice.code] = radio
            radio.setChecked(not several)
            radio.toggled.connect(self._announce)
            consequence = label(choice.consequence.text(self._language), "secondary", wrap=True)
            consequence.setContentsMargins(24, 0, 0, 2)
            for part in (radio, consequence):
                self.body.addWidget(part)
                self._parts.append(part)

    def _build_checklist(self) -> None:
        items = self.service.checklist_at("before_end")
        if not items:
            return
        head = label(
            _tr(QT_TRANSLATE_NOOP("EndingDialog", "Kryssa för det som är gjort")), "strong_secondary"
        )
        self.body.addWidget(head)
        self._parts.append(head)
        for item in items:
            box = QCheckBox(item.text.text(self._language))
            box.setObjectName(f"endCheck_{self.item.service}_{item.code}")
            box.setChecked(item.code in self._done)
            box.toggled.connect(self._announce)
            self._checks[item.code] = box
            self.body.addWidget(box)
            self._parts.append(box)

    def _ticked(self) -> None:
        for part in self._parts:
            part.setEnabled(self.tick.isChecked())
        self.changed.emit()

    def _announce(self) -> None:
        self.changed.emit()

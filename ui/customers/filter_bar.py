"""The further filters of the customer list, in boxes that break into rows."""

from typing import Any

from PySide6.QtCore import QLocale, Signal, Slot
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from app.usecases.customer_list import Choices
from ui.customers.list_model import registered_words
from ui.screens import ScreenContext
from ui.service_names import short_name
from ui.widgets.buttons import Button
from ui.widgets.combo import Combo, fill_combo
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.service_chips import state_words

Values = tuple[tuple[str, str | int | bool], ...]
_FIELDS = (
    "service",
    "service_state",
    "owner_id",
    "manager_id",
    "engagement_type",
    "registered",
    "year_end_month",
    "group_id",
    "office",
    "archived",
)


class FilterBar(QWidget):
    """`changed(values)` with the fields of CustomerFilter that narrow."""

    changed = Signal(object)

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self.setObjectName("customersMore")
        self._context = context
        self._choices: Choices | None = None
        self._boxes: dict[str, QComboBox] = {}
        row = FlowLayout(self, spacing=8)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        px = context.theme.px
        for field in _FIELDS:
            box = Combo()
            box.setObjectName(f"customersMore_{field}")
            box.setFixedSize(px(204), px(30))
            box.currentIndexChanged.connect(self._changed)
            self._boxes[field] = box
            row.addWidget(box)
        self._clear = Button(context.theme, kind="link", name="customersMoreClear")
        self._clear.clicked.connect(self.clear)
        row.addWidget(self._clear)
        self.retranslate()

    def fill(self, choices: Choices) -> None:
        """Offer what there is to choose from."""
        self._choices = choices
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text, and keep what is chosen."""
        self._clear.setText(self.tr("Rensa filtren"))
        everything = {
            "service": self.tr("Alla tjänster"),
            "service_state": self.tr("Alla lägen"),
            "owner_id": self.tr("Alla uppdragsansvariga"),
            "manager_id": self.tr("Alla kundansvariga"),
            "engagement_type": self.tr("Alla uppdragstyper"),
            "registered": self.tr("Registrerad eller inte"),
            "year_end_month": self.tr("Alla räkenskapsår"),
            "group_id": self.tr("Alla koncerner"),
            "office": self.tr("Alla kontor"),
            "archived": self.tr("Aktiva kunder"),
        }
        names = {
            "service": self.tr("Tjänst"),
            "service_state": self.tr("Tjänstens läge"),
            "owner_id": self.tr("Uppdragsansvarig"),
            "manager_id": self.tr("Kundansvarig"),
            "engagement_type": self.tr("Uppdragstyp"),
            "registered": self.tr("Hos Visma Spcs"),
            "year_end_month": self.tr("Räkenskapsåret slutar i"),
            "group_id": self.tr("Koncern"),
            "office": self.tr("Kontor"),
            "archived": self.tr("Arkiverade"),
        }
        for field, box in self._boxes.items():
            box.setAccessibleName(names[field])
            box.setToolTip(names[field])
            fill_combo(box, [(everything[field], None), *self._options(field)], box.currentData())

    def values(self) -> Values:
        """The fields that narrow, in a fixed order."""
        chosen = [(field, self._boxes[field].currentData()) for field in _FIELDS]
        return tuple((field, value) for field, value in chosen if value is not None)

    def choose(self, values: Values) -> None:
        """Show these without telling that anything was chosen."""
        wanted: dict[str, Any] = dict(values)
        for field, box in self._boxes.items():
            box.blockSignals(True)
            box.setCurrentIndex(max(0, box.findData(wanted.get(field))))
            box.blockSignals(False)

    @Slot()
    def clear(self) -> None:
        """Nothing narrows any more."""
        self.choose(())
        self._changed()

    @Slot()
    def _changed(self) -> None:
        self.changed.emit(self.values())

    def _options(self, field: str) -> list[tuple[str, Any]]:
        choices, language = self._choices, self._context.messages.language
        if field == "archived":
            return [(self.tr("Arkiverade kunder"), True)]
        if field == "registered":
            return [
                (registered_words(answer), answer) for answer in ("registered", "not_registered", "unknown")
            ]
        if field == "year_end_month":
            locale = QLocale()
            said = self.tr("Räkenskapsår till %1")
            return [(said.replace("%1", locale.standaloneMonthName(month)), month) for month in range(1, 13)]
        if choices is None:
            return []
        catalogue = self._context.samverka.catalogue
        match field:
            case "service":
                return [(short_name(code, language), code) for code in choices.services]
            case "service_state":
                return [(state_words(state).strip(), state) for state in choices.states]
            case "owner_id" | "manager_id":
                return [(name, id_) for id_, name in choices.staff]
            case "engagement_type":
                return [
                    (catalogue.engagement_type(code).label.text(language), code)
                    for code in choices.engagement_types
                ]
            case "group_id":
                return [(name, id_) for id_, name in choices.groups]
            case _:
                return [(office, office) for office in choices.offices]

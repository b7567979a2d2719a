"""A row of filters of which exactly one is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.buttons import Pill
from ui.widgets.flow_layout import FlowLayout


class FilterChips(QWidget):
    """`chosen(key)` is emitted when a person chooses; arrow keys move between the pills."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, keys: Sequence[str], *, name: str = "filters") -> None:
        super().__init__()
        self.setObjectName(name)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._pills: dict[str, Pill] = {}
        row = FlowLayout(self, spacing=4, even=True)
        for key in keys:
            pill = Pill(theme, "", name=f"{name}_{key}")
            pill.setProperty("filterKey", key)
            self._pills[key] = pill
            self._group.addButton(pill)
            row.addWidget(pill)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if keys:
            self._pills[keys[0]].setChecked(True)
        self._group.buttonClicked.connect(self._clicked)

    @property
    def current(self) -> str:
        checked = self._group.checkedButton()
        return str(checked.property("filterKey")) if checked is not None else ""

    def choose(self, key: str) -> None:
        """Choose without a click; emits `chosen` when it is another than before."""
        if key in self._pills and key != self.current:
            self._pills[key].setChecked(True)
            self.chosen.emit(key)

    def set_label(self, key: str, text: str, hint: str = "") -> None:
        self._pills[key].set_label(text)
        self._pills[key].setToolTip(hint)

    def set_shown(self, key: str, *, shown: bool) -> None:
        """Leave out a filter that there is nothing in; the one that is chosen stays."""
        self._pills[key].setVisible(shown or key == self.current)

    def set_counts(self, counts: dict[str, int]) -> None:
        """Counts of the filters that have one; the others show none."""
        for key, pill in self._pills.items():
            pill.set_count(counts.get(key))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        keys = list(self._pills)
        at = (keys.index(self.current) + step) % len(keys)
        self._pills[keys[at]].setFocus(Qt.FocusReason.TabFocusReason)
        self.choose(keys[at])

    def _clicked(self) -> None:
        self.chosen.emit(self.current)

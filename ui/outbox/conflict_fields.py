"""The fields of a conflict: mine, theirs and what I saw, and for several of them a choice for each."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QWidget

from app.usecases.attention import ConflictField
from ui.outbox.wording import field_words, value_words
from ui.widgets.texts import label
from ui.widgets.translated import Translated

MINE, THEIRS = 1, 2


class ConflictFields(Translated):
    """`chosen()` is emitted when a person chooses; with one field the buttons below are the choice."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("conflictFields")
        self._fields: Sequence[ConflictField] = ()
        self._groups: dict[str, QButtonGroup] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 8, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        for at in (1, 2, 3):
            self._grid.setColumnStretch(at, 1)

    def show_fields(self, fields: Sequence[ConflictField]) -> None:
        """Show these; what was chosen before for another item is forgotten."""
        self._fields = fields
        self._build()

    def retranslate(self) -> None:
        kept = {name: group.checkedId() for name, group in self._groups.items()}
        self._build()
        for name, choice in kept.items():
            button = self._groups[name].button(choice) if name in self._groups else None
            if button is not None:
                button.setChecked(True)

    @property
    def has_choice(self) -> bool:
        """True where each field is chosen for by itself."""
        return len(self._fields) > 1

    @property
    def is_decided(self) -> bool:
        """True when every field has its choice."""
        return all(group.checkedId() in (MINE, THEIRS) for group in self._groups.values())

    def list_mine(self) -> list[str]:
        """Names of the fields where the person's own value was chosen."""
        return [name for name, group in self._groups.items() if group.checkedId() == MINE]

    def _build(self) -> None:
        while (taken := self._grid.takeAt(0)) is not None:
            widget = taken.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        for group in self._groups.values():
            group.deleteLater()
        self._groups = {}
        self.setVisible(bool(self._fields))
        if not self._fields:
            return
        for at, text in enumerate(("", self.tr("Mitt"), self.tr("Deras"), self.tr("Vad jag såg"))):
            head = label(text, "column")
            head.setProperty("muted", "true")
            self._grid.addWidget(head, 0, at)
        for at, field in enumerate(self._fields, start=1):
            self._add(at, field)

    def _add(self, at: int, field: ConflictField) -> None:
        words = field_words(field.name)
        self._grid.addWidget(label(words, "strong_secondary"), at, 0)
        if not self.has_choice:
            for column, value in enumerate((field.mine, field.theirs, field.seen), start=1):
                self._grid.addWidget(label(value_words(field.name, value), "body", wrap=True), at, column)
            return
        group = QButtonGroup(self)
        self._groups[field.name] = group
        for side, value, head in ((MINE, field.mine, "Mitt"), (THEIRS, field.theirs, "Deras")):
            text = value_words(field.name, value)
            button = QRadioButton(text)
            button.setObjectName(f"conflict_{field.name}_{'mine' if side == MINE else 'theirs'}")
            spoken = self.tr("Mitt") if head == "Mitt" else self.tr("Deras")
            button.setAccessibleName(f"{words}, {spoken}: {text}")
            group.addButton(button, side)
            self._grid.addWidget(button, at, side)
        group.buttonClicked.connect(self._clicked)
        self._grid.addWidget(label(value_words(field.name, field.seen), "body", wrap=True), at, 3)

    def _clicked(self, _button: QWidget) -> None:
        self.chosen.emit()

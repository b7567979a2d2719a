"""The fields of a conflict: mine, theirs and what I saw, and for several of them a choice for each."""

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLabel, QRadioButton, QSizePolicy, QWidget

from app.usecases.attention import ConflictField
from ui.outbox.wording import field_words, value_words
from ui.widgets.texts import label
from ui.widgets.translated import Translated

MINE, THEIRS = 1, 2
_LINES = 3
_BEFORE_FIELD = 6
_PLACES = re.compile(r"([@.\-])")


class ConflictFields(Translated):
    """`chosen()` is emitted when a person chooses; with one field the buttons below are the choice.

    The three values stand below each other: side by side a long one would push the others out of the card.
    """

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("conflictFields")
        self._fields: Sequence[ConflictField] = ()
        self._groups: dict[str, QButtonGroup] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 8, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(2, 1)

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
        for at, field in enumerate(self._fields):
            self._add(at * (_LINES + 1), field, is_first=at == 0)

    def _add(self, row: int, field: ConflictField, *, is_first: bool) -> None:
        words = field_words(field.name)
        self._grid.setRowMinimumHeight(row, 0 if is_first else _BEFORE_FIELD)
        middle = Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(label(words, "strong_secondary"), row + 1, 0, middle)
        group = QButtonGroup(self)
        if self.has_choice:
            self._groups[field.name] = group
            group.buttonClicked.connect(self._clicked)
        sides = (
            (MINE, self.tr("Mitt"), field.mine),
            (THEIRS, self.tr("Deras"), field.theirs),
            (0, self.tr("Vad jag såg"), field.seen),
        )
        for at, (side, head, value) in enumerate(sides, start=1):
            text = value_words(field.name, value)
            shown = _Value(text)
            button: QWidget
            if side and self.has_choice:
                button = QRadioButton(head)
                button.setObjectName(f"conflict_{field.name}_{'mine' if side == MINE else 'theirs'}")
                button.setAccessibleName(f"{words}, {head}: {text}")
                group.addButton(button, side)
                shown.clicked.connect(button.click)
            else:
                button = label(head, "secondary")
                button.setProperty("muted", "true")
            self._grid.addWidget(button, row + at, 1, middle)
            self._grid.addWidget(shown, row + at, 2, middle)

    def _clicked(self, _button: QWidget) -> None:
        self.chosen.emit()


class _Value(QLabel):
    """A value; `clicked` chooses it where there is a choice."""

    clicked = Signal()

    def __init__(self, text: str) -> None:
        # An e-mail address is one word to Qt: without places to break it would be cut.
        super().__init__(_PLACES.sub(r"\1" + "\u200b", text) if "@" in text else text)
        self.setAccessibleName(text)
        self.setProperty("role", "body")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.clicked.emit()

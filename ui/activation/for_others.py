"""A tick that mends the same in the other customers of a run, with who they are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton, QVBoxLayout, QWidget

from ui.widgets.texts import label, plain_tooltip

SHOWN = 4
"""So many names are read beside each other; the pointer says them all."""


class ForOthers(QWidget):
    """Hidden where there are no others. ``names`` are those of the customers that it would be done for."""

    def __init__(self, words: str, names: Sequence[str], name: str) -> None:
        super().__init__()
        self._is_offered = bool(names)
        self.tick = QCheckBox(words)
        self.tick.setObjectName(name)
        first, more = names[:SHOWN], len(names) - SHOWN
        who = ", ".join(first)
        if more > 0:
            who = self.tr("%1 och %2 till").replace("%1", who).replace("%2", str(more))
        self.who = label(who, "secondary", name=f"{name}Who", wrap=True)
        self.who.setToolTip(plain_tooltip("\n".join(names)))
        self.tick.ensurePolished()
        option = QStyleOptionButton()
        self.tick.initStyleOption(option)
        contents = QStyle.SubElement.SE_CheckBoxContents
        # The names stand under the words, not under the box.
        self.who.setIndent(self.tick.style().subElementRect(contents, option, self.tick).left())
        self.tick.setAccessibleDescription(", ".join(names))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.tick)
        column.addWidget(self.who)
        self.setVisible(self._is_offered)

    @property
    def is_chosen(self) -> bool:
        """Tell whether it is to be done for the others, too."""
        return self._is_offered and self.tick.isChecked()

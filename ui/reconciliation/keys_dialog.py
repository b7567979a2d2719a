"""The keys of the screen, for who presses ?."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.buttons import Button, KeyCap
from ui.widgets.texts import label


class KeysDialog(QDialog):
    """Read only."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("keysDialog")
        self.setWindowTitle(self.tr("Tangenter"))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(label(self.tr("Tangenter"), "wizard"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        space, control = self.tr("Mellanslag"), self.tr("Ctrl")
        keys = (
            (("↑", "↓"), self.tr("Föregående och nästa rad")),
            (("1–9",), self.tr("Välj förslag")),
            (("Enter",), self.tr("Koppla till det valda förslaget")),
            (("N",), self.tr("Ingen av dessa, med skäl")),
            (("K",), self.tr("Skapa kund och koppla")),
            (("U",), self.tr("Välj ett annat uppdrag")),
            (("T",), self.tr("Välj eller byt tjänst")),
            (("F",), self.tr("Sök efter en annan kund")),
            (("S",), self.tr("Senare")),
            ((space,), self.tr("Markera raden")),
            ((control, "Enter"), self.tr("Granska och koppla de markerade")),
            ((control, "Z"), self.tr("Ångra det senaste beslutet")),
            ((control, "F"), self.tr("Sök i okopplade")),
            (("F6",), self.tr("Nästa del av fönstret")),
        )
        for at, (caps, meaning) in enumerate(keys):
            row = QHBoxLayout()
            row.setSpacing(4)
            for cap in caps:
                row.addWidget(KeyCap(theme, cap))
            row.addStretch(1)
            grid.addLayout(row, at, 0)
            text = label(meaning, "body")
            text.setAccessibleName(f"{' '.join(caps)}: {meaning}")
            grid.addWidget(text, at, 1, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(grid)
        close = Button(theme, self.tr("Stäng"), kind="primary", name="keysClose")
        close.clicked.connect(self.accept)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)

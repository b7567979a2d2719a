"""What can be done with the customers that are ticked."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.action_bar import ActionBar
from ui.widgets.buttons import Button
from ui.widgets.translated import Translated


class CustomersActBar(Translated):
    """Shown while something is ticked. The signals name the button that was pressed."""

    untick = Signal()
    copy_rows = Signal()
    archive = Signal()
    responsible = Signal()
    activate = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("customersActBar")
        self._count = 0
        self._shows_archived = False
        self._bar = ActionBar(theme, name="customersTicked")
        self._untick = Button(theme, kind="link", name="customersUntick")
        self._copy = Button(theme, icon="copy", name="customersCopy")
        self._archive = Button(theme, icon="inbox", name="customersArchiveMany")
        self._responsible = Button(theme, icon="arrows-exchange", name="customersResponsible")
        self._activate = Button(theme, icon="plus", name="customersActivateMany")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._bar)
        for button in (self._untick, self._copy, self._archive, self._responsible, self._activate):
            self._bar.add_button(button)
        self._untick.clicked.connect(self.untick)
        self._copy.clicked.connect(self.copy_rows)
        self._archive.clicked.connect(self.archive)
        self._responsible.clicked.connect(self.responsible)
        self._activate.clicked.connect(self.activate)
        self.retranslate()

    def show_count(self, count: int, *, shows_archived: bool) -> None:
        """Say how many are ticked; archived customers are restored instead of archived."""
        self._count, self._shows_archived = count, shows_archived
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self._untick.setText(self.tr("Avmarkera alla"))
        self._copy.setText(self.tr("Kopiera"))
        self._responsible.setText(self.tr("Byt ansvarig…"))
        self._bar.say(
            self.tr("%n markerade", "", self._count),
            self.tr("Mellanslag markerar · Ctrl+A alla i urvalet"),
        )
        self._archive.setText(self.tr("Återställ") if self._shows_archived else self.tr("Arkivera"))
        self._activate.setText(self.tr("Aktivera tjänst för %n…", "", self._count))

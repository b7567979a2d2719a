"""The law on keeping accounting records, and the note that they were handed over."""

from datetime import date
from typing import cast

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCheckBox, QDateEdit, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.dependent import depend_on
from ui.widgets.info_bar import InfoBar


class KeptRecords(QWidget):
    """Shown where a service that ends holds records, or the access to them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._law = InfoBar(theme, "none", name="endingLaw")
        self._handed = QCheckBox(self.tr("Överlämnat till kunden den"))
        self._handed.setObjectName("endingHanded")
        self._handed_on = QDateEdit()
        self._handed_on.setObjectName("endingHandedOn")
        self._handed_on.setAccessibleName(self.tr("Överlämnat till kunden den"))
        self._handed_on.setDisplayFormat("yyyy-MM-dd")
        self._handed_on.setCalendarPopup(True)
        depend_on(self._handed_on, self._handed, self.tr("Kryssa för Överlämnat till kunden först."))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._handed)
        row.addWidget(self._handed_on)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._law)
        column.addLayout(row)

    def set_today(self, today: date) -> None:
        """Begin with today; nothing was handed over after it."""
        day = QDate(today.year, today.month, today.day)
        self._handed_on.setDate(day)
        self._handed_on.setMaximumDate(day)

    def say(self, law: str, *, deletes: bool) -> None:
        """Show the law with its date; in red where everything is deleted."""
        self._law.set_kind("bad" if deletes else "none")
        self._law.set_text(law)

    @property
    def handed_over_on(self) -> date | None:
        """Return the day on which the customer got its records, where somebody has noted it."""
        return cast("date", self._handed_on.date().toPython()) if self._handed.isChecked() else None

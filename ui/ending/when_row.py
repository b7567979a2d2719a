"""When services end: today, or on a day; and what that means for the agreement periods."""

from collections.abc import Sequence
from datetime import date
from typing import cast

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QButtonGroup, QDateEdit, QHBoxLayout, QRadioButton, QWidget

from ui.widgets.dependent import depend_on
from ui.widgets.texts import label


class WhenRow(QWidget):
    """`changed()` when another day was chosen. The last day with access is the one before."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._now = QRadioButton(self.tr("Avsluta i dag"))
        self._now.setObjectName("endingNow")
        self._later = QRadioButton(self.tr("Avsluta den"))
        self._later.setObjectName("endingLater")
        self._now.setChecked(True)
        group = QButtonGroup(self)
        group.addButton(self._now)
        group.addButton(self._later)
        self._day = QDateEdit()
        self._day.setObjectName("endingDay")
        self._day.setAccessibleName(self.tr("Slutdatum"))
        self._day.setDisplayFormat("yyyy-MM-dd")
        self._day.setCalendarPopup(True)
        self._period = label("", "secondary", name="endingPeriod", wrap=True)
        depend_on(self._day, self._later, self.tr("Välj Avsluta den först."))
        self._now.toggled.connect(self.changed)
        self._day.dateChanged.connect(self.changed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for widget in (self._now, self._later, self._day):
            row.addWidget(widget)
        row.addWidget(self._period, 1)

    def set_today(self, today: date) -> None:
        """Begin with today; no day before it can be chosen."""
        day = QDate(today.year, today.month, today.day)
        self._day.setDate(day)
        self._day.setMinimumDate(day)

    def on(self, today: date) -> date:
        """Return the day that is chosen."""
        return today if self._now.isChecked() else cast("date", self._day.date().toPython())

    def say_periods(self, ends: Sequence[date], today: date) -> None:
        """Say that a period is paid for, where one of these last days comes after the chosen one."""
        later = [day for day in ends if day > self.on(today)]
        said = self.tr("Före avtalsperiodens slut %1: perioden betalas ändå.")
        self._period.setText(said.replace("%1", max(later).isoformat()) if later else "")

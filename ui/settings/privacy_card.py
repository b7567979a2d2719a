"""Integritet: when the window is covered by itself, and what is never shown whole."""

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QComboBox

from ui.screens import ScreenContext
from ui.settings.presenter import Snapshot
from ui.settings.rows import SettingsCard
from ui.widgets.combo import Combo, fill_combo
from ui.widgets.texts import label

LOCK_CHOICES = (0, 5, 10, 15, 30, 60)
"""Minutes without a touch; 0 is never."""


class PrivacyCard(SettingsCard):
    """The choice holds at once. Where the IT department has decided it, it says so."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context.theme, "settingsPrivacy")
        self._context = context
        self._snapshot: Snapshot | None = None
        self._lock = Combo()
        self._lock.setObjectName("settingsLock")
        self._lock.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._lock.activated.connect(self._chosen)
        self._note = label("", "secondary", name="settingsLockNote", wrap=True)
        self._lock_name = self.add_choice(self._lock, note=self._note)
        self._numbers = self.add_value("settings_numbers")

    def retranslate(self) -> None:
        """Set every text."""
        self.title.setText(QCoreApplication.translate("SettingsPane", "Integritet"))
        self._lock_name.setText(QCoreApplication.translate("SettingsPane", "Lås efter"))
        self._lock.setAccessibleName(QCoreApplication.translate("SettingsPane", "Lås fönstret efter"))
        name, value = self._numbers
        name.setText(QCoreApplication.translate("SettingsPane", "Personnummer"))
        value.setText(
            QCoreApplication.translate(
                "SettingsPane", "De fyra sista siffrorna döljs i listor och på papper."
            )
        )
        value.setAccessibleName(f"{name.text()}: {value.text()}")
        if self._snapshot is not None:
            self.show_snapshot(self._snapshot)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show what holds."""
        self._snapshot = snapshot
        minutes = snapshot.lock_minutes
        choices = [(self._words(one), one) for one in sorted({*LOCK_CHOICES, minutes})]
        fill_combo(self._lock, choices, minutes)
        self._lock.setCurrentIndex(self._lock.findData(minutes))
        asks = snapshot.cached.key_place == "passphrase"
        self._note.setText(
            QCoreApplication.translate(
                "SettingsPane", "När ingen rör programmet täcks fönstret. Sedan behövs lösenfrasen."
            )
            if asks
            else QCoreApplication.translate(
                "SettingsPane",
                "När ingen rör programmet täcks fönstret. Uppgifterna skyddas av inloggningen på datorn.",
            )
        )
        decided = (
            QCoreApplication.translate("SettingsPane", "Byråns IT-avdelning har bestämt det här")
            if "lock_minutes" in snapshot.locked
            else ""
        )
        self._lock.setEnabled(not decided)
        self._lock.setToolTip(decided)
        self._lock.setAccessibleDescription(decided or self._note.text())

    @Slot(int)
    def _chosen(self, index: int) -> None:
        self._context.choose("lock_minutes", str(self._lock.itemData(index)))

    def _words(self, minutes: int) -> str:
        return self.tr("%n minuter", "", minutes) if minutes else self.tr("Aldrig")

"""Om Samverka: which version this is, and what it is built with."""

from importlib import import_module

from PySide6.QtCore import QCoreApplication, QLibraryInfo

from ui.screens import ScreenContext
from ui.settings.rows import SettingsCard
from ui.widgets.buttons import Button
from ui.widgets.texts import label


class AboutCard(SettingsCard):
    """The versions, and the way to the licences."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context.theme, "settingsAbout")
        self._text = label("", "body", name="settingsVersion", wrap=True)
        self.body.addWidget(self._text)
        self._licences = Button(context.theme, icon="info-circle", name="settingsLicences")
        self._licences.clicked.connect(context.actions["about"].trigger)
        self.add_buttons(self._licences)

    def retranslate(self) -> None:
        """Set every text."""
        self.title.setText(QCoreApplication.translate("SettingsPane", "Om Samverka"))
        version = str(getattr(import_module("app"), "__version__", ""))
        text = QCoreApplication.translate("SettingsPane", "Version %1 med Qt %2, som används enligt LGPL 3.")
        self._text.setText(text.replace("%1", version).replace("%2", QLibraryInfo.version().toString()))
        self._licences.setText(QCoreApplication.translate("SettingsPane", "Licenser…"))

"""Diagnostik: facts about the program for whoever helps, without names and numbers."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit

from ui.screens import ScreenContext
from ui.settings.rows import SettingsCard
from ui.widgets.buttons import Button
from ui.widgets.dialogs import show_modal
from ui.widgets.texts import label


class FactsCard(SettingsCard):
    """The facts can be read and copied; the log and the rest are a dialog away."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context.theme, "settingsFacts")
        self._context = context
        theme = context.theme
        self._note = label("", "secondary", wrap=True)
        self._text = QPlainTextEdit()
        self._text.setObjectName("settingsFactsText")
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(theme.px(232))
        self.body.addWidget(self._note)
        self.body.addWidget(self._text)
        self._copy = Button(theme, icon="copy", name="settingsCopyFacts")
        self._copy.clicked.connect(self.copy)
        self._bundle = Button(theme, icon="file-export", name="settingsDiagnostics")
        self._bundle.clicked.connect(self._open_diagnostics)
        self.add_buttons(self._copy, self._bundle)

    def retranslate(self) -> None:
        """Set every text."""
        self.title.setText(QCoreApplication.translate("SettingsPane", "Diagnostik"))
        self._note.setText(
            QCoreApplication.translate(
                "SettingsPane",
                "För den som hjälper dig. Här finns inga namn, nummer, adresser eller sökvägar.",
            )
        )
        self._text.setAccessibleName(QCoreApplication.translate("SettingsPane", "Uppgifter om programmet"))
        self._copy.setText(QCoreApplication.translate("SettingsPane", "Kopiera"))
        self._bundle.setText(QCoreApplication.translate("SettingsPane", "Logg och diagnostik…"))

    def show_facts(self, facts: Iterable[tuple[str, object]]) -> None:
        """One fact per line."""
        self._text.setPlainText("\n".join(f"{name}: {value}" for name, value in facts))

    def copy(self) -> None:
        """Put the facts on the clipboard."""
        QGuiApplication.clipboard().setText(self._text.toPlainText())
        self._context.toast(QCoreApplication.translate("SettingsPane", "Kopierat"))

    def _open_diagnostics(self) -> None:
        from ui.settings.diagnostics_dialog import DiagnosticsDialog

        show_modal(DiagnosticsDialog(self._context, self))

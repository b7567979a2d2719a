"""Help → About: the version, the licences, and where the libraries' source is."""

from importlib import import_module

from PySide6.QtCore import QLibraryInfo, Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from ui.assets import resources
from ui.theme import Theme
from ui.widgets.buttons import Button
from ui.widgets.texts import label


class AboutDialog(QDialog):
    """Small and complete: what LGPL and the icons' licence ask for is here."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("aboutDialog")
        self.setWindowTitle(self.tr("Om Samverka"))
        self.setMinimumWidth(theme.px(680))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        version = str(getattr(import_module("app"), "__version__", ""))
        column.addWidget(label(f"Samverka {version}", "wizard"))
        column.addWidget(
            label(
                self.tr("Visar, aktiverar, kopplar, följer upp och avslutar byråns samarbeten med kunderna."),
                wrap=True,
            )
        )
        column.addWidget(
            label(
                self.tr("Qt %1 används enligt LGPL 3; biblioteken kan bytas ut i programmets mapp.").replace(
                    "%1", QLibraryInfo.version().toString()
                ),
                "secondary",
                wrap=True,
            )
        )
        licence = QPlainTextEdit()
        licence.setObjectName("aboutLicences")
        licence.setReadOnly(True)
        licence.setAccessibleName(self.tr("Licenser"))
        licence.setPlainText(_licences())
        licence.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        licence.setTabChangesFocus(True)
        licence.setFixedHeight(theme.px(240))
        column.addWidget(licence)
        close = Button(theme, self.tr("Stäng"), kind="primary", name="aboutClose")
        close.clicked.connect(self.accept)
        close.setDefault(True)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)


def _licences() -> str:
    """The texts that are shipped: the program's own, the generated list of libraries, the icons'."""
    found = []
    root = resources().parent
    for path in (root / "LICENSE", root / "THIRD_PARTY.txt", resources() / "icons/LICENSE-tabler-icons.txt"):
        if path.is_file():
            found.append(path.read_text(encoding="utf-8").strip())
    return "\n\n―――\n\n".join(found)

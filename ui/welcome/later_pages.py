"""The second and the third step: customers from a file, and where to go on."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout

from ui import assets
from ui.formats import number_text
from ui.theme import Theme
from ui.today.rows import TodayRow
from ui.welcome.presenter import Standing
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.info_bar import InfoBar
from ui.widgets.texts import label
from ui.widgets.translated import Translated


class ImportPage(Translated):
    """`import_wanted`; says what the server already has."""

    import_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("welcomeImport")
        self._theme = theme
        self._standing: Standing | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._bar = InfoBar(theme, "ok", name="welcomeSignedIn")
        card = Card()
        card.body.setContentsMargins(20, 18, 20, 20)
        self._mark = QLabel()
        self._title = label("", "card", name="welcomeImportTitle")
        self._text = label("", "body", wrap=True)
        self._text.setProperty("muted", "true")
        self._go = Button(theme, icon="file-import", name="welcomeImportFile")
        self._go.clicked.connect(self.import_wanted)
        for widget in (self._mark, self._title, self._text):
            card.body.addWidget(widget)
        card.body.addStretch(1)
        card.body.addWidget(self._go)
        column.addWidget(self._bar)
        column.addWidget(card, 1)
        theme.changed.connect(self._colour)
        self._colour()
        self.retranslate()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Importera kunder"))
        self._text.setText(
            self.tr(
                "Finns kunderna i en fil kan du läsa in dem nu: csv, Excel eller SIE. Du ser först vad som är"
                " nytt, ändrat och fel, och inget ändras innan du säger till."
            )
        )
        self._go.setText(self.tr("Välj filer…"))
        if self._standing is not None:
            self.show_standing(self._standing)

    def show_standing(self, standing: Standing) -> None:
        """Say who is signed in and how many customers there are."""
        self._standing = standing
        who = standing.who
        if not who.is_signed_in:
            self._bar.set_kind("none")
            self._bar.set_text(
                self.tr("Du är inte ansluten till någon server."),
                self.tr("Då går det inte att importera. Du kan ansluta senare under Inställningar."),
            )
            self._go.set_blocked(self.tr("Anslut till en server och logga in först"))
            return
        self._go.set_blocked("")
        name = self.tr("Inloggad som %1.").replace("%1", who.name) if who.name else self.tr("Inloggad.")
        if not standing.fetched:
            self._bar.set_kind("info")
            self._bar.set_text(name, self.tr("Hämtar byråns uppgifter …"))
        elif standing.customers:
            self._bar.set_kind("ok")
            found = self.tr("Servern har redan %n kunder.", "", standing.customers)
            found = found.replace(str(standing.customers), number_text(standing.customers))
            self._bar.set_text(name, found)
        else:
            self._bar.set_kind("ok")
            self._bar.set_text(name, self.tr("Byrån har inga kunder på servern än."))

    def _colour(self) -> None:
        colour = self._theme.tokens.accent
        self._mark.setPixmap(
            assets.pixmap("file-import", colour, self._theme.px(28), self.devicePixelRatioF())
        )


class DonePage(Translated):
    """`chosen(screen)` is where the person goes on."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("welcomeDone")
        self._theme = theme
        self._card = Card()
        self._card.body.setContentsMargins(8, 16, 8, 10)
        self._card.body.setSpacing(2)
        self._title = label("", "card", name="welcomeDoneTitle")
        self._title.setContentsMargins(12, 0, 12, 6)
        self._card.body.addWidget(self._title)
        self._rows: list[TodayRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)
        column.addStretch(1)
        theme.changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Klart. Så här kommer du vidare"))
        for row in self._rows:
            self._card.body.removeWidget(row)
            row.deleteLater()
        self._rows = [
            self._row(
                "today", "checklist", self.tr("Att göra"), self.tr("Det som behöver dig, varje morgon")
            ),
            self._row(
                "customers", "users", self.tr("Kunder"), self.tr("Sök, filtrera och aktivera tjänster")
            ),
            self._row("help", "help-circle", self.tr("Hjälp"), self.tr("F1 öppnar sidan om skärmen du ser")),
        ]
        for at, row in enumerate(self._rows, start=1):
            self._card.body.insertWidget(at, row)

    def _row(self, screen: str, icon: str, text: str, second: str) -> TodayRow:
        made = TodayRow(
            self._theme, icon=icon, kind="info", text=text, second=second, name=f"welcome_{screen}"
        )
        made.clicked.connect(lambda: self.chosen.emit(screen))
        return made

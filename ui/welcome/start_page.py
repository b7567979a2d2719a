"""The first step: the sample firm, or the firm's own server."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QLabel, QLineEdit

from ui import assets
from ui.theme import Theme
from ui.widgets.announce import announce
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.info_bar import InfoBar
from ui.widgets.texts import label
from ui.widgets.translated import Translated


class StartPage(Translated):
    """`sample_wanted` and `server_wanted(address)`; what comes of it is said by `say` and `set_busy`."""

    sample_wanted = Signal()
    server_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("welcomeStart")
        self._theme = theme
        self._busy = False
        self._is_sample = False
        self._marks: list[tuple[QLabel, str]] = []
        self._build()
        theme.changed.connect(self._colour)
        self._colour()
        self.retranslate()

    def _build(self) -> None:
        theme = self._theme
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(16)
        self.sample = Card(name="welcomeSample")
        self._sample_title, self._sample_text = self._head(self.sample, "rocket")
        self.sample.body.addStretch(1)
        self._try = Button(theme, name="welcomeTry")
        self._try.clicked.connect(self.sample_wanted)
        self.sample.body.addWidget(self._try)
        self._server = Card(name="welcomeServer")
        self._server_title, self._server_text = self._head(self._server, "building")
        self._name = label("", "name")
        self.address = QLineEdit()
        self.address.setObjectName("welcomeAddress")
        self._name.setBuddy(self.address)
        self.address.textChanged.connect(self._typed)
        self.address.returnPressed.connect(self._connect)
        self._note = InfoBar(theme, "wait", name="welcomeNote")
        self._note.hide()
        self._go = Button(theme, kind="primary", name="welcomeConnect")
        self._go.clicked.connect(self._connect)
        body = self._server.body
        body.addSpacing(4)
        body.addWidget(self._name)
        body.addWidget(self.address)
        body.addWidget(self._note)
        body.addStretch(1)
        body.addSpacing(8)
        body.addWidget(self._go)
        for card in (self.sample, self._server):
            self._row.addWidget(card, 1)

    def _head(self, card: Card, icon: str) -> tuple[QLabel, QLabel]:
        card.body.setContentsMargins(20, 18, 20, 20)
        mark = QLabel()
        self._marks.append((mark, icon))
        title, text = label("", "card"), label("", "body", wrap=True)
        text.setProperty("muted", "true")
        text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        for widget in (mark, title, text):
            card.body.addWidget(widget)
        return title, text

    def retranslate(self) -> None:
        self._sample_title.setText(self.tr("Prova med exempelbyrån"))
        self._sample_text.setText(
            self.tr(
                "En påhittad byrå med ett par hundra kunder. Allt går att göra, inget behöver ställas in"
                " och inget lämnar datorn."
            )
        )
        self._try.setText(self.tr("Öppna exempelbyrån"))
        self._server_title.setText(self.tr("Anslut till byråns server"))
        self._server_text.setText(
            self.tr(
                "Adressen får du av den som sköter byråns datorer. Du loggar in i webbläsaren;"
                " lösenordet skrivs aldrig i Samverka."
            )
        )
        self._name.setText(self.tr("Serverns adress"))
        self.address.setAccessibleName(self.tr("Serverns adress"))
        self.address.setPlaceholderText(self.tr("till exempel samverka.byran.se"))
        self.set_in_sample(is_sample=self._is_sample)
        self._show_button()

    def say(self, kind: str, headline: str, body: str = "") -> None:
        """What came of it, under the address; an empty headline says nothing."""
        self._note.setVisible(bool(headline))
        if headline:
            self._note.set_kind(kind)
            self._note.set_text(headline, body)
            announce(self._note, f"{headline} {body}".strip())

    def set_busy(self, *, busy: bool) -> None:
        """While the server is asked."""
        self._busy = busy
        self._show_button()

    def set_in_sample(self, *, is_sample: bool) -> None:
        """In the sample firm it cannot be opened once more."""
        self._is_sample = is_sample
        self._try.set_blocked(self.tr("Du är redan i exempelbyrån") if is_sample else "")

    def set_narrow(self, *, narrow: bool) -> None:
        """Under each other where there is no room for both."""
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._row.direction() != direction:
            self._row.setDirection(direction)

    def _typed(self) -> None:
        self.say("wait", "")
        self._show_button()

    def _show_button(self) -> None:
        self._go.setText(self.tr("Söker servern …") if self._busy else self.tr("Anslut och logga in"))
        reason = self.tr("Servern söks just nu") if self._busy else ""
        if not self.address.text().strip():
            reason = self.tr("Skriv serverns adress först")
        self._go.set_blocked(reason)

    def _connect(self) -> None:
        if self._go.isEnabled():
            self.server_wanted.emit(self.address.text().strip())

    def _colour(self) -> None:
        colour = self._theme.tokens.accent
        for mark, icon in self._marks:
            mark.setPixmap(assets.pixmap(icon, colour, self._theme.px(28), self.devicePixelRatioF()))

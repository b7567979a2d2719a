"""Välkommen: three steps that can all be skipped."""

from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ui.screens import ScreenContext
from ui.welcome.later_pages import DonePage, ImportPage
from ui.welcome.presenter import Standing, WelcomePresenter
from ui.welcome.start_page import StartPage
from ui.welcome.trail import StepTrail
from ui.widgets.buttons import Button
from ui.widgets.dialogs import TypedConfirmation, show_modal
from ui.widgets.pane import Pane
from ui.widgets.texts import label

_WIDEST = 860
_NARROW = 640
_AGAIN_MS = 200
START, IMPORT, DONE = 0, 1, 2


class WelcomePane(Pane):
    """`open_with(step="server")` leads to the address, for a change of server."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context, "welcomePane")
        self._step = START
        self._waiting = False
        self._wants_sign_in = False
        self._standing: Standing | None = None
        self._presenter = WelcomePresenter(context, self)
        self._presenter.standing.connect(self._show_standing)
        self._presenter.server_chosen.connect(self._sign_in)
        self._presenter.other_server.connect(self._ask_to_change)
        self._presenter.failed.connect(self._say_failed)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self._presenter.ask)
        self._build()
        self.retranslate()
        context.events.changed.connect(self._on_changed)
        context.actions["sign_in"].changed.connect(self._sign_in_when_possible)

    def _build(self) -> None:
        theme = self.context.theme
        self.header.hide()
        self._title = label("", "page", name="welcomeTitle")
        self._subtitle = label("", "body", wrap=True)
        self._subtitle.setProperty("muted", "true")
        self._trail = StepTrail(theme)
        self.start = StartPage(theme)
        self.start.server_wanted.connect(self._connect)
        self.start.sample_wanted.connect(self._presenter.try_sample)
        self._import = ImportPage(theme)
        self._import.import_wanted.connect(lambda: self.context.navigate("import"))
        self._done = DonePage(theme)
        self._done.chosen.connect(self._go_to)
        self._pages = QStackedWidget()
        for page in (self.start, self._import, self._done):
            self._pages.addWidget(page)
        self._pages.setMinimumHeight(theme.px(264))
        self._back = Button(theme, name="welcomeBack")
        self._back.clicked.connect(lambda: self._show_step(self._step - 1))
        self._skip = Button(theme, kind="link", name="welcomeSkip")
        self._skip.clicked.connect(self._go_on)
        self._next = Button(theme, kind="primary", name="welcomeNext")
        self._next.clicked.connect(self._go_on)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._back)
        foot.addStretch(1)
        foot.addWidget(self._skip)
        foot.addWidget(self._next)
        middle = QWidget()
        middle.setMaximumWidth(theme.px(_WIDEST))
        inside = QVBoxLayout(middle)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(self._title)
        inside.addWidget(self._subtitle)
        inside.addSpacing(8)
        inside.addWidget(self._trail)
        inside.addSpacing(8)
        inside.addWidget(self._pages)
        inside.addSpacing(4)
        inside.addLayout(foot)
        content = QWidget()
        content.setProperty("scrolled", "true")
        around = QVBoxLayout(content)
        around.setContentsMargins(0, 0, 0, 0)
        around.addStretch(2)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(middle, 100)
        row.addStretch(1)
        around.addLayout(row)
        around.addStretch(3)
        area = QScrollArea()
        area.setObjectName("welcomeScroll")
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        self.column.addWidget(area, 1)

    def retranslate(self) -> None:
        self._title.setText(self.tr("Välkommen till Samverka"))
        self._subtitle.setText(
            self.tr("Byråns samarbeten med kunderna, på ett ställe. Du kan hoppa över varje steg.")
        )
        self._back.setText(self.tr("Tillbaka"))
        self._skip.setText(self.tr("Hoppa över"))
        self._show_step(self._step)

    def open_with(self, **arguments: Any) -> None:
        if arguments.get("step") == "server":
            self._show_step(START)
            self.start.address.setFocus()

    def shown(self) -> None:
        self._presenter.ask()
        if self._step == START:
            self.start.address.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.start.set_narrow(narrow=self.width() < self.context.theme.px(_NARROW))

    @property
    def step(self) -> int:
        """Which step is shown, counted from 0."""
        return self._step

    def _show_step(self, step: int) -> None:
        self._step = max(START, min(DONE, step))
        self._pages.setCurrentIndex(self._step)
        steps = [self.tr("Byrån"), self.tr("Kunder"), self.tr("Klart")]
        spoken = self.tr("Steg %1 av 3: %2").replace("%1", str(self._step + 1))
        self._trail.show_steps(steps, self._step, spoken.replace("%2", steps[self._step]))
        self._back.setVisible(self._step > START)
        self._skip.setVisible(self._step == START)
        self._next.setVisible(self._step > START)
        self._next.setText(self.tr("Börja arbeta") if self._step == DONE else self.tr("Fortsätt"))

    @Slot()
    def _go_on(self) -> None:
        if self._step == DONE:
            self._go_to("today")
        else:
            self._show_step(self._step + 1)

    @Slot(str)
    def _go_to(self, screen: str) -> None:
        self._presenter.finish()
        self._show_step(START)
        self.context.navigate(screen)

    @Slot(str)
    def _connect(self, address: str) -> None:
        self.start.set_busy(busy=True)
        self.start.say("wait", "")
        self._presenter.connect_to(address)

    @Slot()
    def _sign_in(self) -> None:
        self.start.set_busy(busy=False)
        self._waiting = True
        self.start.say(
            "info",
            self.tr("Servern svarar."),
            self.tr("Logga in i webbläsaren; därefter går det vidare här av sig självt."),
        )
        self._wants_sign_in = True
        self._sign_in_when_possible()

    @Slot()
    def _sign_in_when_possible(self) -> None:
        """After a change of server the window takes a moment to see that nobody is signed in there."""
        action = self.context.actions["sign_in"]
        if self._wants_sign_in and action.isEnabled():
            self._wants_sign_in = False
            action.trigger()

    @Slot(object)
    def _say_failed(self, error: BaseException) -> None:
        self.start.set_busy(busy=False)
        if not hasattr(error, "code"):
            self.context.show_error(error)
            return
        headline, body = self.context.messages.headline_and_body(error)
        self.start.say("wait", headline, " ".join(body.split()))

    @Slot(str, int, int)
    def _ask_to_change(self, address: str, customers: int, drafts: int) -> None:
        self.start.set_busy(busy=False)
        headline, _, body = self.context.messages.sentence("other_server").partition("\n")
        gone = [self.tr("%n kunder", "", customers), self.tr("%n utkast", "", drafts)]
        here = self.tr("På den här datorn: %1.").replace("%1", ", ".join(gone))
        dialog = TypedConfirmation(
            self.context.theme,
            headline,
            f"{body} {here}",
            self.tr("byt server"),
            self.tr("Byt server"),
            parent=self,
        )
        dialog.accepted.connect(lambda: self._presenter.connect_to(address, forget_other=True))
        show_modal(dialog)

    @Slot(object)
    def _show_standing(self, standing: Standing) -> None:
        self._standing = standing
        has_own = standing.who.has_server and not standing.is_sample
        self.start.sample.setVisible(not has_own)
        self.start.set_in_sample(is_sample=standing.is_sample)
        known = standing.decided_server or (standing.who.server_url if has_own else "")
        if known and not self.start.address.text():
            self.start.address.setText(known)
        self.start.address.setReadOnly(bool(standing.decided_server))
        self._import.show_standing(standing)
        if self._waiting and standing.who.is_signed_in:
            self._waiting = False
            self.start.say("wait", "")
            self._show_step(IMPORT)

    @Slot(object)
    def _on_changed(self, _event: object) -> None:
        if self.isVisible() and not self._again.isActive():
            self._again.start()


def create_pane(context: ScreenContext) -> QWidget:
    """The welcome."""
    return WelcomePane(context)

"""Mejlkorgen: e-mails that a real server would have sent, to be read and answered as the customer would."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QTextBrowser, QVBoxLayout, QWidget

from ui.background import Lane, Latest
from ui.formats import changed_text, moment_text
from ui.screens import ScreenContext
from ui.widgets.cells import Cell, Column
from ui.widgets.empty_state import Emptiness, EmptyState
from ui.widgets.list_model import RowsModel
from ui.widgets.pane import Pane
from ui.widgets.table import Table
from ui.widgets.texts import label

if TYPE_CHECKING:
    from app.usecases.mail_tray import MailTray, TrayLine, TrayMail

_AGAIN_MS = 1_500


class MailListModel(RowsModel["TrayLine"]):
    """One row an e-mail, newest first."""

    def __init__(self, now: Callable[[], datetime], parent: QObject) -> None:
        self._now = now
        super().__init__(parent=parent)

    def columns(self) -> list[Column]:
        return [
            Column(key="mail", title=self.tr("E-post"), width=260, stretch=True, sortable=False),
            Column(key="sent", title=self.tr("Skickad"), width=92, sortable=False),
        ]

    def row_id(self, row: "TrayLine") -> str:
        return row.id

    def cell(self, row: "TrayLine", key: str) -> Cell:
        if key == "mail":
            return Cell(text=row.subject, second=row.to, strong=True)
        return Cell(text=changed_text(row.sent_at, self._now()), muted=True)

    def sentence(self, row: "TrayLine") -> str:
        return f"{row.subject}, {row.to}, {changed_text(row.sent_at, self._now())}."


class MailTrayPane(Pane):
    """A list and the chosen e-mail. Links open in the person's browser, as for a customer."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context, "mailTrayPane")
        self._listing = Latest()
        self._reading = Latest()
        self._shown_id = ""
        self._mail: TrayMail | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self._ask)
        self._build()
        self.retranslate()
        context.events.changed.connect(self._on_changed)

    def _build(self) -> None:
        theme = self.context.theme
        self._refresh = self.header.add_action(icon="refresh", name="mailTrayRefresh")
        self._refresh.clicked.connect(self._ask)
        self._model = MailListModel(self.context.samverka.clock.now, self)
        self._table = Table(theme, row_height="customers", name="mailTrayTable")
        self._table.setModel(self._model)
        self.focus_home = self._table
        self._table.current_id.connect(self._chosen)
        panel = QFrame()
        panel.setProperty("panel", "side")
        column = QVBoxLayout(panel)
        column.setContentsMargins(16, 14, 4, 4)
        column.setSpacing(4)
        self._subject = label("", "card", name="mailSubject", wrap=True)
        self._people = label("", "secondary", name="mailPeople", wrap=True)
        self._people.setProperty("muted", "true")
        self._body = QTextBrowser()
        self._body.setObjectName("mailBody")
        self._body.setOpenLinks(False)
        self._body.setFrameShape(QFrame.Shape.NoFrame)
        self._body.anchorClicked.connect(self._open_link)
        for widget in (self._subject, self._people):
            column.addWidget(widget)
        column.addWidget(self._body, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(12)
        split.addWidget(self._table)
        split.addWidget(panel)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        self._empty = EmptyState(theme, name="mailTrayEmpty")
        self._stack = QStackedWidget()
        self._split = split
        self._stack.addWidget(self._empty)
        self._stack.addWidget(split)
        self.column.addWidget(self._stack, 1)

    def retranslate(self) -> None:
        self.header.set_title(self.tr("Mejlkorg"))
        self.header.set_subtitle(self.tr("Exempelbyråns e-post stannar här i stället för att skickas"))
        self._refresh.setText(self.tr("Uppdatera"))
        self._table.setAccessibleName(self.tr("E-post i mejlkorgen"))
        self._body.setAccessibleName(self.tr("E-postens text"))
        self._empty.say(
            Emptiness.NOTHING_YET,
            self.tr("Mejlkorgen är tom"),
            self.tr("När du aktiverar en tjänst hamnar e-posten till kunden här. Svara som kunden."),
        )
        self._model.rebuild_columns()
        if self._mail is not None:
            self._show_mail(self._mail)

    def handled_actions(self) -> Mapping[str, Callable[[], None]]:
        return {"copy": self._body.copy}

    def shown(self) -> None:
        self._ask()
        self._focus_place().setFocus()

    @property
    def _use_case(self) -> "MailTray":
        found: MailTray = self.context.samverka.mail_tray
        return found

    @Slot()
    def _ask(self) -> None:
        self.context.background.run(
            self._use_case.list_mails, self._show_list, lane=Lane.POOL, latest=self._listing
        )

    @Slot(object)
    def _show_list(self, mails: "Sequence[TrayLine]") -> None:
        self._model.set_rows(mails)
        before = self._focus_place()
        self._stack.setCurrentWidget(self._split if mails else self._empty)
        self.focus_home = self._focus_place()
        if before is not self.focus_home and before.hasFocus():
            self.focus_home.setFocus()
        if mails and not self._table.currentIndex().isValid():
            self._table.select_id(mails[0].id)

    def _focus_place(self) -> QWidget:
        """Where work goes on: the list, and what fetches it while there is none to be seen."""
        return self._table if self._stack.currentWidget() is self._split else self._refresh

    @Slot(str)
    def _chosen(self, mail_id: str) -> None:
        if not mail_id or mail_id == self._shown_id:
            return
        use_case = self._use_case
        self.context.background.run(
            lambda: use_case.read_mail(mail_id), self._show_mail, lane=Lane.POOL, latest=self._reading
        )

    @Slot(object)
    def _show_mail(self, mail: "TrayMail") -> None:
        self._mail, self._shown_id = mail, mail.id
        self._subject.setText(mail.subject)
        when = moment_text(mail.sent_at, self.context.samverka.clock.now())
        people = self.tr("Från %1 till %2 · %3")
        self._people.setText(people.replace("%1", mail.sender).replace("%2", mail.to).replace("%3", when))
        self._body.setHtml(mail.html)

    @Slot(QUrl)
    def _open_link(self, url: QUrl) -> None:
        if url.scheme() in ("http", "https"):
            QDesktopServices.openUrl(url)

    @Slot(object)
    def _on_changed(self, event: object) -> None:
        concerns = getattr(event, "concerns_type", None)
        if self.isVisible() and concerns is not None and concerns("activation", "invitation"):
            self._again.start()


def create_pane(context: ScreenContext) -> QWidget:
    """The screen *Mejlkorg*; it exists in the sample firm only."""
    return MailTrayPane(context)

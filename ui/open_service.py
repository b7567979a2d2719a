"""*Öppna tjänsten* in the person's browser: for the collaboration or the customer that is chosen."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QAction, QCursor, QDesktopServices
from PySide6.QtWidgets import QMenu, QWidget

from ui.background import Latest
from ui.screens import ScreenContext
from ui.service_names import short_name

if TYPE_CHECKING:
    from app.usecases.service_links import ServiceLink


class OpenService(QObject):
    """`changed` when what can be opened of the chosen row has come; until then it is disabled."""

    changed = Signal()

    def __init__(self, context: ScreenContext, pane: QWidget) -> None:
        super().__init__(pane)
        self._context = context
        self._pane = pane
        self._latest = Latest()
        self._asked = ""
        self.links: tuple[ServiceLink, ...] = ()

    def choose_collaboration(self, collaboration_id: str) -> None:
        """Ask about one collaboration; "" for none."""
        links = self._context.samverka.service_links

        def work() -> tuple[object, ...]:
            found = links.find(collaboration_id)
            return () if found is None else (found,)

        self._ask(collaboration_id, work)

    def choose_customer(self, customer_id: str) -> None:
        """Ask about everything the customer has; "" for none."""
        links = self._context.samverka.service_links
        self._ask(customer_id, lambda: links.list_of_customer(customer_id))

    def _ask(self, about: str, work: object) -> None:
        if about != self._asked:
            self._asked, self.links = about, ()
        if about:
            self._context.background.run(work, self._came, latest=self._latest)  # type: ignore[arg-type]

    @Slot(object)
    def _came(self, links: "tuple[ServiceLink, ...]") -> None:
        if links != self.links:
            self.links = links
            self.changed.emit()

    def reason(self) -> str:
        """Return why nothing of the chosen row can be opened, or ""."""
        if not self._asked:
            return self.tr("Välj en rad först.")
        if any(not link.blocked for link in self.links):
            return ""
        # What runs without access is nearer to being opened than what does not run.
        codes = [link.blocked for link in self.links]
        code = "service_no_access" if "service_no_access" in codes else codes[0] if codes else ""
        return " ".join(self._context.messages.sentence(code or "service_not_active").split())

    @Slot()
    def open(self) -> None:
        """Open the service; of several a menu asks which."""
        free = [link for link in self.links if not link.blocked]
        if len(free) == 1 and len(self.links) == 1:
            open_address(free[0].address)
        elif free:
            self._ask_which(self.links)

    def _ask_which(self, links: "Sequence[ServiceLink]") -> None:
        menu = QMenu(self._pane)
        menu.setObjectName("openServiceMenu")
        menu.setToolTipsVisible(True)
        language = self._context.messages.language
        for link in links:
            action = QAction(short_name(link.service, language), menu)
            action.setData(link.address)
            action.setEnabled(not link.blocked)
            if link.blocked:
                action.setToolTip(" ".join(self._context.messages.sentence(link.blocked).split()))
            menu.addAction(action)
        menu.triggered.connect(self._chosen)
        menu.popup(QCursor.pos())

    @Slot(QAction)
    def _chosen(self, action: QAction) -> None:
        open_address(str(action.data()))


def open_address(address: str) -> None:
    """Open it in the person's browser."""
    QDesktopServices.openUrl(QUrl(address))

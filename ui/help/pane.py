"""Hjälp: the page of the screen that F1 was pressed on, and all the others."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from ui.help.reader import HelpReader
from ui.screens import ScreenContext
from ui.widgets.pane import Pane


class HelpPane(Pane):
    """`open_with(page="outbox")` shows that page."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context, "helpPane")
        self._back = self.header.add_action(icon="chevron-left", name="helpBack")
        self._forward = self.header.add_action(icon="chevron-right", name="helpForward")
        self.reader = HelpReader(context.theme, context.messages)
        self.column.addWidget(self.reader, 1)
        self._back.clicked.connect(self.reader.go_back)
        self._forward.clicked.connect(self.reader.go_forward)
        self.reader.moved.connect(self._show_ways)
        self.retranslate()

    def retranslate(self) -> None:
        self.header.set_title(self.tr("Hjälp"))
        self._back.setText(self.tr("Bakåt"))
        self._forward.setText(self.tr("Framåt"))
        self._show_ways()

    def handled_actions(self) -> Mapping[str, Callable[[], None]]:
        return {"find": self.reader.search.take_focus, "copy": self.reader.view.copy}

    def open_with(self, **arguments: Any) -> None:
        page = arguments.get("page")
        if page:
            self.reader.open_page(str(page))

    def shown(self) -> None:
        self.reader.view.setFocus()

    def _show_ways(self) -> None:
        self._back.set_blocked(
            "" if self.reader.can_go_back else self.tr("Det finns ingen sida före den här")
        )
        self._forward.set_blocked(
            "" if self.reader.can_go_forward else self.tr("Det finns ingen sida efter den här")
        )


def create_pane(context: ScreenContext) -> QWidget:
    """The help."""
    return HelpPane(context)

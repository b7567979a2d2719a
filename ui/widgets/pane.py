"""The base of a screen: margins, a header, and what the window may ask of it."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.page_header import PageHeader
from ui.widgets.translated import Translated

if TYPE_CHECKING:
    from ui.screens import ScreenContext


class Pane(Translated):
    """Subclasses build their widgets into `column`, set every text in `retranslate` and call it once
    themselves.

    `name` becomes the objectName, by which tests and screen readers find it. `focus_home` is where the focus
    goes when a button is disabled by having been pressed: the list that it acted on.
    """

    def __init__(self, context: "ScreenContext", name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.context = context
        self.focus_home: QWidget | None = None
        self.header = PageHeader(context.theme)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20, 16, 20, 16)
        self.column.setSpacing(12)
        self.column.addWidget(self.header)

    def handled_actions(self) -> Mapping[str, Callable[[], None]]:
        """The commands of ui.actions that this pane handles while it is shown."""
        return {}

    def open_with(self, **arguments: Any) -> None:
        """Show what was asked for in `navigate`; a pane that takes arguments overrides this."""

    def shown(self) -> None:
        """The pane has become the one that is shown: put the focus where work begins, say the side text."""

"""A screen of nothing, for tests of the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from ui.screens import ScreenContext
from ui.widgets.pane import Pane


class PlainPane(Pane):
    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context, "plainPane")
        self.found = 0

    def handled_actions(self) -> Mapping[str, Callable[[], None]]:
        return {"find": self._find}

    def _find(self) -> None:
        self.found += 1


def create_pane(context: ScreenContext) -> QWidget:
    return PlainPane(context)

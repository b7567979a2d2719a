"""The later steps of the greeting, for `main.py screenshot`."""

from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.pressed_pictures import found, shown
from ui.screenshots import Studio


def _step(studio: Studio, presses: int) -> QWidget:
    studio.context.navigate("welcome", step="server")
    studio.settle()
    window = studio.context.window
    names = ["welcomeSkip", "welcomeNext"][:presses]
    for name in names:
        found(window, QAbstractButton, name).click()
        studio.settle()
    return shown(studio)


PICTURES = {"customers": lambda studio: _step(studio, 1), "done": lambda studio: _step(studio, 2)}

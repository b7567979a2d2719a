"""What opens over any screen, for `main.py screenshot`."""

from PySide6.QtWidgets import QWidget

from ui.main_window import MainWindow
from ui.pressed_pictures import shown
from ui.screenshots import Studio


def _palette(studio: Studio) -> QWidget:
    window = studio.context.window
    if isinstance(window, MainWindow):
        window.open_palette()
    studio.settle()
    return shown(studio)


PICTURES = {"palette": _palette}

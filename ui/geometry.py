"""Where the window was, kept with a version and clamped to the screens that exist now."""

import base64
from typing import Any

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

_VERSION = 1
FIRST_SIZE = (1440, 900)


def saved_geometry(window: QMainWindow) -> dict[str, Any]:
    """The window's place as values for the settings file."""
    place = window.normalGeometry()
    return {
        "version": _VERSION,
        "rect": [place.x(), place.y(), place.width(), place.height()],
        "maximized": window.isMaximized(),
        "state": base64.b64encode(bytes(window.saveState(_VERSION).data())).decode(),
    }


def restore_geometry(window: QMainWindow, saved: dict[str, Any]) -> None:
    """Put the window where it was; an unknown version or nonsense gives the first place."""
    rect = _rect(saved.get("rect")) if saved.get("version") == _VERSION else None
    if rect is not None:
        place = clamp(rect, [screen.availableGeometry() for screen in QGuiApplication.screens()])
        window.setGeometry(place)
        if saved.get("maximized") is True:
            window.showMaximized()
        return
    available = window.screen().availableGeometry()
    width, height = min(FIRST_SIZE[0], available.width()), min(FIRST_SIZE[1], available.height())
    window.resize(width, height)


def clamp(place: QRect, screens: list[QRect]) -> QRect:
    """The place, moved and shrunk so that it lies on the screen that it overlaps most."""
    if not screens:
        return place

    def shared(screen: QRect) -> int:
        both = place.intersected(screen)
        return both.width() * both.height() if both.isValid() else 0

    screen = max(screens, key=shared)
    width, height = min(place.width(), screen.width()), min(place.height(), screen.height())
    left = min(max(place.left(), screen.left()), screen.left() + screen.width() - width)
    top = min(max(place.top(), screen.top()), screen.top() + screen.height() - height)
    return QRect(left, top, width, height)


def _rect(value: object) -> QRect | None:
    if not isinstance(value, list) or not all(isinstance(part, int) for part in value):
        return None
    return QRect(*value) if len(value) == 4 else None

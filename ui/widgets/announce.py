"""Say something to a screen reader without moving the focus."""

from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, text: str) -> None:
    """Announce the result of something that happened by itself (an answer, a count, an undo)."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # not for the first picture

    if text and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))

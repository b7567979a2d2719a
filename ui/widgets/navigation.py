"""The navigation at the left: screens with their counts."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui import assets
from ui.theme import Theme

_HEIGHT = 34
_WIDTH = 248


class Count(NamedTuple):
    """A number at a screen's name. `kind` none is a plain number; bad, wait and info are coloured badges."""

    number: int
    kind: str = "none"


class NavigationEntry(NamedTuple):
    """One line. `key` comes back in `chosen`; `hint` names its shortcut."""

    key: str
    title: str
    icon: str
    hint: str = ""
    at_bottom: bool = False


class _Item(QPushButton):
    def __init__(self, theme: Theme, entry: NavigationEntry, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.entry = entry
        self._count: Count | None = None
        self.setObjectName(f"navigation_{entry.key}")
        self.setCheckable(not entry.at_bottom or entry.key != "help")
        self.setAutoExclusive(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_entry(entry)

    def set_entry(self, entry: NavigationEntry) -> None:
        self.entry = entry
        self.setToolTip(f"{entry.title} ({entry.hint})" if entry.hint else entry.title)
        self._name()
        self.update()

    def set_count(self, count: Count | None) -> None:
        if count != self._count:
            self._count = count
            self._name()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(_WIDTH - 16), self._theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _name(self) -> None:
        count = f", {self._count.number}" if self._count and self._count.number else ""
        self.setAccessibleName(f"{self.entry.title}{count}")

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, px = self._theme.tokens, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        chosen = self.isChecked()
        if chosen or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.selection if chosen else tokens.border))
            painter.drawRoundedRect(box, 6, 6)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 6, 6)
        colour = tokens.accent if chosen else tokens.text2
        side = px(18)
        icon = assets.pixmap(self.entry.icon, colour, side, self.devicePixelRatioF())
        painter.drawPixmap(px(11), (self.height() - side) // 2, icon)
        painter.setFont(self._theme.font("action" if chosen else "name"))
        painter.setPen(QColor(tokens.selection_text if chosen else tokens.text))
        room = QRectF(px(36), 0, self.width() - px(36) - px(8), self.height())
        if self._count is not None and (self._count.number or self._count.kind == "none"):
            room = self._paint_count(painter, room, self._count)
        metrics = QFontMetricsF(painter.font())
        title = metrics.elidedText(self.entry.title, Qt.TextElideMode.ElideRight, room.width())
        painter.setFont(self._theme.font("action" if chosen else "name"))
        painter.setPen(QColor(tokens.selection_text if chosen else tokens.text))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)
        painter.end()

    def _paint_count(self, painter: QPainter, room: QRectF, count: Count) -> QRectF:
        tokens, px = self._theme.tokens, self._theme.px
        text = self.locale().toString(count.number)
        font = self._theme.font("strong_secondary")
        width = QFontMetricsF(font).horizontalAdvance(text)
        painter.save()
        painter.setFont(font)
        if count.kind == "none":
            area = QRectF(room.right() - width - px(6), 0, width, self.height())
            painter.setPen(QColor(tokens.selection_text if self.isChecked() else tokens.text2))
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
            left = area.left()
        else:
            tone = tokens.tone(count.kind)
            badge = QRectF(0, 0, max(px(22), width + px(14)), px(20))
            badge.moveRight(room.right())
            badge.moveTop((self.height() - badge.height()) / 2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tone.fill))
            painter.drawRoundedRect(badge, badge.height() / 2, badge.height() / 2)
            painter.setPen(QColor(tone.text))
            painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
            left = badge.left()
        painter.restore()
        return QRectF(room.left(), room.top(), left - room.left() - px(6), room.height())


class NavigationList(QFrame):
    """`chosen(key)` when a person chooses a line; arrows move, Enter or Space chooses."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self.setProperty("panel", "navigation")
        self._theme = theme
        self._items: dict[str, _Item] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 12, 8, 12)
        self._column.setSpacing(2)
        self._set_width()
        theme.changed.connect(self._set_width)

    def set_entries(self, entries: Sequence[NavigationEntry]) -> None:
        """Show these lines; the ones at the bottom are pushed down. Counts and choice are kept by key."""
        if [e.key for e in entries] == list(self._items):
            for entry in entries:
                self._items[entry.key].set_entry(entry)
            return
        while (taken := self._column.takeAt(0)) is not None:
            widget = taken.widget()
            if widget is not None:
                widget.deleteLater()
        self._items = {}
        top = [entry for entry in entries if not entry.at_bottom]
        for entry in top:
            self._add(entry)
        self._column.addStretch(1)
        for entry in entries:
            if entry.at_bottom:
                self._add(entry)

    def set_count(self, key: str, count: Count | None) -> None:
        if key in self._items:
            self._items[key].set_count(count)

    def set_current(self, key: str) -> None:
        """Mark the line without emitting."""
        for name, item in self._items.items():
            item.setChecked(name == key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        items = list(self._items.values())
        focused = next((at for at, item in enumerate(items) if item.hasFocus()), -1)
        if step and items and focused >= 0:
            items[(focused + step) % len(items)].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and focused >= 0:
            items[focused].click()
        else:
            super().keyPressEvent(event)

    def take_focus(self) -> None:
        for item in self._items.values():
            if item.isChecked():
                item.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def _add(self, entry: NavigationEntry) -> None:
        item = _Item(self._theme, entry, self)
        item.clicked.connect(self._clicked)
        self._items[entry.key] = item
        self._column.addWidget(item)

    def _clicked(self) -> None:
        item = self.sender()
        if isinstance(item, _Item):
            self.chosen.emit(item.entry.key)

    def _set_width(self) -> None:
        self.setFixedWidth(self._theme.px(_WIDTH))

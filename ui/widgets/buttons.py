"""Buttons: one primary per pane, the others secondary or links; and the cap of a key."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from ui import assets
from ui.theme import Theme
from ui.widgets.focus_home import give_focus_home

_ICON = 16
_ICON_GAP = 3
_PILL_AIR = 4


class Button(QPushButton):
    """A button with an icon in its text's colour. `kind`: "" (secondary), primary, link, danger, icon."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        *,
        kind: str = "",
        icon: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._icon_name = icon
        self._action: QAction | None = None
        self._follows_text = not text
        if kind:
            self.setProperty("kind", kind)
        if name:
            self.setObjectName(name)
        if kind == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._colour_icon)
        self._colour_icon()

    def setText(self, text: str) -> None:
        had_text = bool(self.text())
        super().setText(text)
        if had_text != bool(text):
            self._colour_icon()

    def set_kind(self, kind: str) -> None:
        """Change what it is: the primary one of a bar may follow what is chosen."""
        if kind == (self.property("kind") or ""):
            return
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self.updateGeometry()
        self._colour_icon()

    def set_icon_name(self, icon: str) -> None:
        self._icon_name = icon
        self._colour_icon()

    def follow(self, action: QAction, *, text: str = "") -> "Button":
        """Press the action; show its text, tooltip and whether it is enabled (with the reason why not)."""
        self._action = action
        self._follows_text = not text
        if text:
            self.setText(text)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._action_changed)
        self._action_changed()
        return self

    def set_blocked(self, reason: str) -> None:
        """Disable with a reason in the tooltip and for a screen reader; an empty reason enables."""
        if reason:
            give_focus_home(self)
        self.setEnabled(not reason)
        self.setToolTip(reason)
        self.setAccessibleDescription(reason)

    def _action_changed(self) -> None:
        action = self._action
        if action is None:
            return
        if not action.isEnabled():
            give_focus_home(self)
        self.setEnabled(action.isEnabled())
        if self._follows_text:
            self.setText(action.iconText())
        self.setToolTip(action.toolTip())
        self.setAccessibleDescription(action.toolTip())

    def _colour_icon(self) -> None:
        if not self._icon_name:
            return
        tokens = self._theme.tokens
        colour = {
            "primary": tokens.on_accent,
            "link": tokens.accent,
            "danger": tokens.bad.text,
        }.get(str(self.property("kind") or ""), tokens.text)
        # Drawing takes time, and most buttons are never disabled.
        disabled = None if self.isEnabled() else tokens.control_edge
        gap = _ICON_GAP if self.text() else 0
        self.setIcon(assets.icon(self._icon_name, colour, _ICON, disabled=disabled, gap=gap))
        self.setIconSize(QSize(_ICON + gap, _ICON))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self._colour_icon()


class Pill(QPushButton):
    """A checkable filter with its count: *Mina 612*."""

    def __init__(self, theme: Theme, text: str, *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._label = text
        self._count: int | None = None
        self.setProperty("kind", "pill")
        self.setObjectName(name)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """With some air; a row that nearly has room for all its pills takes it from them."""
        return super().sizeHint() + QSize(2 * _PILL_AIR, 0)

    def minimumSizeHint(self) -> QSize:
        return super().sizeHint()

    def set_label(self, text: str) -> None:
        self._label = text
        self._show()

    def set_count(self, count: int | None) -> None:
        self._count = count
        self._show()

    def _show(self) -> None:
        if not self._count:
            self.setText(self._label)
        else:
            self.setText(f"{self._label}  {self.locale().toString(self._count)}")


class KeyCap(QLabel):
    """A key drawn as a key: *Enter*, *N*, *1*."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self.setProperty("role", "strong_secondary")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setContentsMargins(6, 2, 6, 2)
        self.setMinimumWidth(theme.px(20))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("control_edge"), 1))
        painter.setBrush(self._theme.colour("surface"))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()
        super().paintEvent(event)

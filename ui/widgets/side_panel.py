"""The panel at the right of a list: about the chosen row."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.buttons import Button
from ui.widgets.texts import label


class SidePanel(QFrame):
    """A heading with a close button, a scrolling body (`body`, a layout) and a foot for buttons (`foot`)."""

    closed = Signal()

    def __init__(self, theme: Theme, *, width: int = 360, name: str = "sidePanel") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("panel", "side")
        self.setFixedWidth(theme.px(width))
        self._title = label("", "card", name=f"{name}Title", wrap=True)
        self._subtitle = label("", "secondary", name=f"{name}Subtitle", wrap=True)
        self.close_button = Button(theme, kind="icon", icon="x", name=f"{name}Close")
        self.close_button.clicked.connect(self.closed)
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(self._title)
        titles.addWidget(self._subtitle)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 8, 4)
        head.addLayout(titles, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        content = QWidget()
        content.setProperty("scrolled", "true")
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(16, 4, 16, 12)
        self.body.setSpacing(8)
        self.body.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._scroll = QScrollArea()
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(content)
        self._scroll.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        self.foot = QHBoxLayout()
        self.foot.setContentsMargins(16, 8, 16, 12)
        self.foot.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        column.addLayout(self.foot)

    def set_heading(self, title: str, subtitle: str = "") -> None:
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))
        self.setAccessibleName(title)

    def clear(self) -> None:
        """Take everything out of the body."""
        while (item := self.body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()

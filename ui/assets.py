"""Where the data files are, and icons as pixmaps in any colour and pixel ratio.

The icons are Tabler's (MIT, the text lies beside them); only those in use are shipped.
"""

import sys
from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}


@cache
def resources() -> Path:
    """The folder resources/, from source and in a frozen build."""
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) / "resources" if frozen else Path(__file__).resolve().parent.parent / "resources"


@cache
def _svg(name: str) -> str:
    return (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def icon_names() -> list[str]:
    """Every icon that is shipped."""
    return sorted(path.stem for path in (resources() / "icons").glob("*.svg"))


def pixmap(name: str, colour: str | QColor, size: int = 16, ratio: float = 1.0) -> QPixmap:
    """The icon drawn in one colour, `size` device-independent pixels; cached per size, colour and ratio.

    Raises FileNotFoundError for a name that is not shipped: a misspelt name is a bug, not a blank.
    """
    text = colour if isinstance(colour, str) else colour.name(QColor.NameFormat.HexRgb)
    key = (name, text, size, ratio)
    found = _pixmaps.get(key)
    if found is not None:
        return found
    renderer = QSvgRenderer(QByteArray(_svg(name).replace("currentColor", text).encode()))
    made = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    _pixmaps[key] = made
    return made


def icon(
    name: str, colour: str | QColor, size: int = 16, *, disabled: str | QColor | None = None, gap: int = 0
) -> QIcon:
    """A QIcon at the highest pixel ratio of the screens; `disabled` is its colour on a disabled control.

    `gap` is left blank at its right: a stylesheet cannot set how far from its icon a button's text begins.
    """
    ratio = _highest_ratio()
    made = QIcon(_with_gap(pixmap(name, colour, size, ratio), gap))
    if disabled is not None:
        made.addPixmap(_with_gap(pixmap(name, disabled, size, ratio), gap), QIcon.Mode.Disabled)
    return made


def _with_gap(drawn: QPixmap, gap: int) -> QPixmap:
    if not gap:
        return drawn
    ratio = drawn.devicePixelRatio()
    made = QPixmap(drawn.width() + round(gap * ratio), drawn.height())
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.drawPixmap(0, 0, drawn)
    painter.end()
    return made


def _highest_ratio() -> float:
    application = QGuiApplication.instance()
    return application.devicePixelRatio() if isinstance(application, QGuiApplication) else 1.0


def tick_file(*, dark: bool) -> str:
    """Path of the tick of a check box, for the stylesheet, which cannot colour an image."""
    return (resources() / "icons" / f"tick-{'dark' if dark else 'light'}.svg").as_posix()


def arrow_file(*, dark: bool) -> str:
    """Path of the arrow of a combo box, for the stylesheet."""
    return (resources() / "icons" / f"down-{'dark' if dark else 'light'}.svg").as_posix()

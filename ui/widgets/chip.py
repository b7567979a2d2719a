"""Chips: small statuses, painted once per text, kind, colours and pixel ratio and then copied."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import assets
from ui.theme import Theme
from ui.widgets.cells import Chip

_PADDING = 8
_GAP = 4
_ICON = 12
_HEIGHT = 22
_SPACING = 6
_CACHE_LIMIT = 600
_sizes: dict[tuple[str, int], QSize] = {}
_cache: dict[tuple[str, str, str, int, float], QPixmap] = {}

DEFAULT_ICONS = {
    "ok": "circle-check-filled",
    "wait": "clock",
    "bad": "alert-circle-filled",
    "info": "upload",
    "none": "circle",
}


def chip_size(chip: Chip, theme: Theme) -> QSize:
    """Size of a chip in device-independent pixels."""
    key = (chip.text, theme.generation)
    found = _sizes.get(key)
    if found is None:
        if len(_sizes) >= _CACHE_LIMIT:
            _sizes.clear()
        width = theme.metrics("chip").horizontalAdvance(chip.text)
        icon = theme.px(_ICON) + theme.px(_GAP)
        found = _sizes[key] = QSize(round(width + icon + 2 * theme.px(_PADDING)), theme.px(_HEIGHT))
    return found


def chip_pixmap(chip: Chip, theme: Theme, ratio: float) -> QPixmap:
    """The chip as a pixmap; the theme's generation is part of the key, so a change of look paints anew."""
    key = (chip.text, chip.kind, chip.icon, theme.generation, ratio)
    found = _cache.get(key)
    if found is not None:
        return found
    if len(_cache) >= _CACHE_LIMIT:
        _cache.clear()
    size = chip_size(chip, theme)
    made = QPixmap(round(size.width() * ratio), round(size.height() * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    tone = theme.tokens.tone(chip.kind)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(tone.edge), 1))
    painter.setBrush(QColor(tone.fill))
    box = QRectF(0.5, 0.5, size.width() - 1, size.height() - 1)
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    icon_size = theme.px(_ICON)
    name = chip.icon or DEFAULT_ICONS.get(chip.kind, "circle")
    left = theme.px(_PADDING)
    painter.drawPixmap(
        QPointF(left, (size.height() - icon_size) / 2), assets.pixmap(name, tone.text, icon_size, ratio)
    )
    left += icon_size + theme.px(_GAP)
    painter.setFont(theme.font("chip"))
    painter.setPen(QColor(tone.text))
    painter.drawText(
        QRectF(left, 0, size.width() - left, size.height()),
        Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
        chip.text,
    )
    painter.end()
    _cache[key] = made
    return made


def paint_chips(painter: QPainter, box: QRectF, chips: tuple[Chip, ...], theme: Theme) -> None:
    """Chips in one row, left-aligned and centred in height; those that do not fit become "+n"."""
    ratio = painter.device().devicePixelRatio()
    left = box.left()
    spacing = theme.px(_SPACING)
    metrics = theme.metrics("strong_secondary")
    for at, chip in enumerate(chips):
        size = chip_size(chip, theme)
        rest = len(chips) - at - 1
        reserve = metrics.horizontalAdvance(f"+{rest}") + spacing if rest else 0
        if left + size.width() + reserve > box.right() and at > 0:
            painter.setFont(theme.font("strong_secondary"))
            painter.setPen(theme.colour("text2"))
            room = QRectF(left, box.top(), box.right() - left, box.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, f"+{rest + 1}")
            return
        top = box.top() + (box.height() - size.height()) / 2
        painter.drawPixmap(QPointF(round(left), round(top)), chip_pixmap(chip, theme, ratio))
        left += size.width() + spacing


class ChipLabel(QWidget):
    """Chips as a widget, for cards and panels."""

    def __init__(self, theme: Theme, chips: tuple[Chip, ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._chips = chips
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._theme_changed)
        self.set_chips(chips)

    def set_chips(self, chips: tuple[Chip, ...]) -> None:
        self._chips = chips
        self.setAccessibleName(", ".join(chip.hint or chip.text for chip in chips))
        self.setToolTip("\n".join(chip.hint for chip in chips if chip.hint))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        sizes = [chip_size(chip, self._theme) for chip in self._chips]
        spacing = self._theme.px(_SPACING) * max(0, len(sizes) - 1)
        return QSize(sum(size.width() for size in sizes) + spacing, self._theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_chips(painter, QRectF(event.rect().adjusted(0, 0, 1, 0)), self._chips, self._theme)
        painter.end()

    def _theme_changed(self) -> None:
        self.updateGeometry()
        self.update()

"""Widgets in rows that break where the width ends, like words."""

from itertools import accumulate, pairwise

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Left to right, top to bottom; the height follows the width.

    ``even``: what nearly has room in one row gives way, as far as its size policy lets it, and rows that are
    needed all the same are about equally long, so that none is left with a single widget.
    """

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 8, even: bool = False) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._even = even
        self.setSpacing(spacing)
        self.setContentsMargins(QMargins(0, 0, 0, 0))

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def last(self) -> QWidget | None:
        """Return the widget that comes last."""
        return self._items[-1].widget() if self._items else None

    def move_last(self, widget: QWidget) -> list[QWidget]:
        """Put it after all others; return them all as they stand now."""
        self._items.sort(key=lambda item: item.widget() is widget)
        self.invalidate()
        return [found for item in self._items if (found := item.widget()) is not None]

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """All in one row."""
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(size.width() for size in sizes) + self.spacing() * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._shown()]
        return QSize(
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        top = rect.top()
        for at, row in enumerate(self._rows(rect.width())):
            top += self.spacing() if at else 0
            left = rect.left()
            for item, width in row:
                if move:
                    item.setGeometry(QRect(left, top, width, item.sizeHint().height()))
                left += width + self.spacing()
            top += max(item.sizeHint().height() for item, _ in row)
        return top - rect.top()

    def _rows(self, room: int) -> list[list[tuple[QLayoutItem, int]]]:
        """Return the rows, and how wide each widget is in them."""
        shown = [(item, item.sizeHint().width()) for item in self._shown()]
        rows = self._broken(shown, room)
        if not self._even or len(rows) < 2:
            return rows
        can_give = [width - item.minimumSize().width() for item, width in shown]
        missing = self._length(shown) - room
        if missing <= sum(can_give):
            narrower = _share(missing, can_give)
            return [[(item, width - less) for (item, width), less in zip(shown, narrower, strict=True)]]
        # The least width with which there are as few rows is the one at which they are most alike.
        low, high = max(width for _, width in shown), room
        while low < high:
            middle = (low + high) // 2
            if len(self._broken(shown, middle)) > len(rows):
                low = middle + 1
            else:
                high = middle
        return self._broken(shown, high)

    def _broken(self, items: list[tuple[QLayoutItem, int]], room: int) -> list[list[tuple[QLayoutItem, int]]]:
        rows: list[list[tuple[QLayoutItem, int]]] = []
        left = 0
        for item, width in items:
            if not rows or left + width > room:
                rows.append([])
                left = 0
            rows[-1].append((item, width))
            left += width + self.spacing()
        return rows

    def _length(self, items: list[tuple[QLayoutItem, int]]) -> int:
        return sum(width for _, width in items) + self.spacing() * max(0, len(items) - 1)


def _share(missing: int, can_give: list[int]) -> list[int]:
    """Share what is missing, in whole pixels, by what each can give; ``missing`` is at most all of that."""
    ends = [missing * have // sum(can_give) for have in accumulate(can_give)]
    return [end - before for before, end in pairwise([0, *ends])]

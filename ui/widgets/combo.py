"""What several screens do with combo boxes."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QComboBox


def fill_combo(box: QComboBox, wanted: Sequence[tuple[str, Any]], chosen: Any) -> None:
    """Offer these (text, value) without telling that anything was chosen."""
    present = [(box.itemText(at), box.itemData(at)) for at in range(box.count())]
    if present == list(wanted):
        return
    box.blockSignals(True)
    box.clear()
    for text, value in wanted:
        box.addItem(text, value)
    at = next((place for place, (_, value) in enumerate(wanted) if value == chosen), 0)
    box.setCurrentIndex(at)
    box.blockSignals(False)

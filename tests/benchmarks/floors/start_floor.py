"""The least program that shows fifty customers out of the encrypted cache: a window, a table, a key.

Run as a program: ``start_floor.py DATABASE KEY_NAME``. It prints the time of its first picture.
"""

import base64
import os
import sys
import time

from keyring.backends import SecretService
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
from sqlcipher3 import dbapi2

COLUMNS = ("number", "name", "registered", "chips", "manager", "changed_at")


class Rows(QAbstractTableModel):
    """The rows as they were read."""

    def __init__(self, rows: list[tuple[object, ...]]) -> None:
        super().__init__()
        self._rows = rows

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        return self._rows[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None


class Window(QMainWindow):
    """Says when it has been painted for the first time."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        QTimer.singleShot(0, self, say)


def say() -> None:
    """Print the time and end."""
    print("painted", time.time_ns(), time.process_time_ns(), flush=True)
    os._exit(0)


def read_rows(database: str, key: bytes) -> list[tuple[object, ...]]:
    """Return the first fifty customers."""
    connection = dbapi2.connect(f"file:{database}?mode=ro", uri=True)
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    rows = connection.execute(
        f"SELECT {', '.join(COLUMNS)} FROM shown_customer WHERE state = 'active'"
        " ORDER BY name_key, row LIMIT 50"
    ).fetchall()
    connection.close()
    return rows


def main() -> None:
    """Show the window."""
    database, key_name = sys.argv[1:]
    qt = QApplication([])
    text = SecretService.Keyring().get_password("Samverka", key_name)
    window = Window()
    table = QTableView()
    model = Rows(read_rows(database, base64.b64decode(text)))
    table.setModel(model)
    window.setCentralWidget(table)
    window.resize(1440, 900)
    window.show()
    qt.exec()


if __name__ == "__main__":
    main()

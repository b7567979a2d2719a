"""Where a file is to be saved."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.widgets.dialogs import show_modal


def ask_where(
    parent: QWidget,
    title: str,
    *,
    name: str,
    file: str,
    filters: Sequence[str],
    chosen: Callable[[str], None],
) -> QFileDialog:
    """Ask for a place among the person's documents and call `chosen` with its path.

    `name` is the dialog's objectName and `file` what is proposed, with the ending that is added where none
    is typed; a slash in it would be a folder and becomes a hyphen.
    """
    dialog = QFileDialog(parent, title)
    dialog.setObjectName(name)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(list(filters))
    dialog.setDefaultSuffix(file.rpartition(".")[2])
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    if folder:
        dialog.setDirectory(folder)
    dialog.selectFile(file.replace("/", "-"))
    dialog.fileSelected.connect(chosen)
    show_modal(dialog)
    return dialog

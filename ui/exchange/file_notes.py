"""What is to be said about the files: those that could not be read, and what was odd about the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.usecases.importing import ImportPreview, PreviewedFile
from ui.exchange.wording import reasons_of
from ui.messages import Messages
from ui.theme import Theme
from ui.widgets.info_bar import InfoBar

_MOST_BARS = 3


@dataclass(frozen=True, slots=True)
class _Note:
    kind: str
    strong: str
    text: str


class FileNotes(QWidget):
    """At most three bars: what was refused goes first, the rest is gathered in the last one."""

    def __init__(self, theme: Theme, messages: Messages) -> None:
        super().__init__()
        self.setObjectName("importNotes")
        self._messages = messages
        self._preview: ImportPreview | None = None
        self._bars = [InfoBar(theme, name=f"importNote{at}") for at in range(_MOST_BARS)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for bar in self._bars:
            bar.hide()
            column.addWidget(bar)
        self.hide()

    def show_files(self, preview: ImportPreview | None) -> None:
        """Say what there is to say; nothing hides the bars."""
        self._preview = preview
        notes = sorted(self._notes(), key=lambda note: note.kind != "bad")
        if len(notes) > _MOST_BARS:
            rest = notes[_MOST_BARS - 1 :]
            text = " ".join(f"{note.strong}: {note.text}" for note in rest)
            notes = [
                *notes[: _MOST_BARS - 1],
                _Note("wait", self.tr("%n anmärkningar till", "", len(rest)), text),
            ]
        for at, bar in enumerate(self._bars):
            bar.setVisible(at < len(notes))
            if at < len(notes):
                bar.set_kind(notes[at].kind)
                bar.set_text(notes[at].strong, notes[at].text)
        self.setVisible(bool(notes))

    def retranslate(self) -> None:
        self.show_files(self._preview)

    def _notes(self) -> list[_Note]:
        """Files with the same thing to say share a note."""
        if self._preview is None:
            return []
        files: dict[tuple[str, str], list[str]] = {}
        for file in self._preview.files:
            for kind, text in self._about(file):
                files.setdefault((kind, text), []).append(file.file)
        return [_Note(kind, ", ".join(names), text) for (kind, text), names in files.items()]

    def _about(self, file: PreviewedFile) -> Iterator[tuple[str, str]]:
        if file.problems:
            kind = "wait" if file.rows else "bad"
            yield kind, " ".join(reasons_of(self._messages, file.problems))
        if file.unused_columns:
            names = ", ".join(file.unused_columns)
            yield "none", self.tr("Kolumner som inte läses: %1.").replace("%1", names)

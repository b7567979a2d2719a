"""A draft that this version cannot read: what it says is shown, can be copied and saved, and stays there."""

from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from app.usecases.activation_values import DraftSummary
from ui.screens import ScreenContext
from ui.widgets.dialogs import MessageDialog, show_modal
from ui.widgets.saving import ask_where


class UnreadableDraft(QObject):
    """Opens the dialog and writes the file. Lives as long as `window`, the widget that it was opened from."""

    def __init__(self, context: ScreenContext, draft: DraftSummary, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._draft = draft
        self._window = window

    def open(self) -> None:
        """Fetch what the draft says, and show it."""
        texts, draft_id = self._context.samverka.activation.draft_texts, self._draft.id
        self._context.background.run(lambda: texts.read(draft_id), self.show_text)

    @Slot(object)
    def show_text(self, text: str) -> None:
        """Show what it says, with what can be done."""
        dialog = MessageDialog(
            self._context.theme,
            self.tr("Utkastet %1 går inte att läsa.").replace("%1", self._draft.title),
            self.tr(
                "Det sparades av en annan version av Samverka, eller så har det skadats. "
                "Inget är borttaget och inget är skickat. Spara texten om du vill se vad du hade valt, "
                "och gör om aktiveringen från början. Sedan kan utkastet tas bort."
            ),
            details=text,
            accept=self.tr("Spara texten…"),
            reject=self.tr("Stäng"),
            parent=self._window,
        )
        dialog.setObjectName("unreadableDraft")
        dialog.accepted.connect(self._ask_where)
        show_modal(dialog)

    @Slot()
    def _ask_where(self) -> None:
        ask_where(
            self._window,
            self.tr("Spara utkastets text"),
            name="unreadableDraftFile",
            file=f"{self.tr('utkast')}-{self._draft.changed_at:%Y-%m-%d}.txt",
            filters=["txt (*.txt)"],
            chosen=self._file_chosen,
        )

    @Slot(str)
    def _file_chosen(self, file: str) -> None:
        draft_id, path = self._draft.id, Path(file)
        texts = self._context.samverka.activation.draft_texts

        def write() -> str:
            texts.save(draft_id, path)
            return path.name

        self._context.background.run(write, self._saved)

    @Slot(object)
    def _saved(self, name: str) -> None:
        self._context.toast(self.tr("Sparat: %1").replace("%1", name))

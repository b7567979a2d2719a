"""The customer sheet as it will be printed."""

from typing import Any

from PySide6.QtCore import Slot

from app.usecases.customer_page import CustomerView
from ui.screens import ScreenContext
from ui.sheets.customer_sheet import customer_sheet
from ui.sheets.preview_dialog import PaperDialog


class CustomerSheetDialog(PaperDialog):
    """`open_with(customer_id=…)`."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self.setWindowTitle(self.tr("Kundblad"))

    def open_with(self, **arguments: Any) -> None:
        """Say which customer."""
        customer_id, samverka = str(arguments.get("customer_id", "")), self.context.samverka

        def work() -> tuple[CustomerView, str]:
            firm = samverka.workspace.firm()
            return samverka.customer_page.open(customer_id), firm.name if firm is not None else ""

        self.context.background.run(work, self._came)

    @Slot(object)
    def _came(self, answer: tuple[CustomerView, str]) -> None:
        view, firm = answer
        samverka = self.context.samverka
        today = samverka.clock.today().isoformat()
        self.show_paper(customer_sheet(view, firm, today, samverka.catalogue, self.context.messages.language))

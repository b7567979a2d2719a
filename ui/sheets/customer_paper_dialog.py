"""A paper about one customer, from the records that the customer's page shows."""

from typing import Any

from PySide6.QtCore import Slot

from app.usecases.customer_page import CustomerView
from ui.sheets.paper import Paper
from ui.sheets.preview_dialog import PaperDialog


class CustomerPaperDialog(PaperDialog):
    """`open_with(customer_id=…)`; a subclass says in `paper_of` what is on the paper."""

    def paper_of(self, view: CustomerView, firm: str) -> Paper:
        """Return the paper about this customer of the firm of that name."""
        raise NotImplementedError

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
        self.show_paper(self.paper_of(view, firm))

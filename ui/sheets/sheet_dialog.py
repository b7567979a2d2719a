"""The customer sheet as it will be printed."""

from app.usecases.customer_page import CustomerView
from ui.screens import ScreenContext
from ui.sheets.customer_paper_dialog import CustomerPaperDialog
from ui.sheets.customer_sheet import customer_sheet
from ui.sheets.paper import Paper


class CustomerSheetDialog(CustomerPaperDialog):
    """`open_with(customer_id=…)`."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self.setWindowTitle(self.tr("Kundblad"))

    def paper_of(self, view: CustomerView, firm: str) -> Paper:
        samverka, language = self.context.samverka, self.context.messages.language
        return customer_sheet(view, firm, samverka.clock.today().isoformat(), samverka.catalogue, language)

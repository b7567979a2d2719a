"""What a person wants with one customer: the forms, the archive, the check, and what is said afterwards."""

from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from app.domain.records import Contact
from app.usecases.customer_page import CustomerView
from ui.activation.customer_dialogs import NumberDialog
from ui.customer.forms import ContactForm, CustomerForm, EngagementForm, LoginForm
from ui.screens import ScreenContext
from ui.widgets.dialogs import show_modal

_ENDABLE = frozenset({"active"})
_LIVE = frozenset({"received", "registering", "pending", "stopped", "active", "ending"})


class CustomerIntents(QObject):
    """`view` is what the page shows, or None."""

    def __init__(self, context: ScreenContext, pane: QWidget) -> None:
        super().__init__(pane)
        self._context = context
        self._pane = pane
        self.view: CustomerView | None = None
        self._contact: Contact | None = None
        self._activation_id = ""

    def reasons(self, view: CustomerView | None) -> dict[str, str]:
        """Why each command about the whole customer cannot be given now; "" where it can."""
        if view is None:
            return dict.fromkeys(
                (
                    "end_all",
                    "responsible",
                    "life",
                    "extract",
                    "correct_number",
                    "archive",
                    "restore",
                    "check_registration",
                    "customer_sheet",
                ),
                self.tr("Välj en kund först"),
            )
        states = {row.state for row in view.details.collaborations}
        archived = view.record.state == "archived"
        live = bool(states & _LIVE)
        return {
            "end_all": self._context.rights.why_not("end")
            if states & _ENDABLE
            else self.tr("Kunden har inget aktivt samarbete."),
            "responsible": "",
            "life": "",
            "extract": "",
            "correct_number": "",
            "archive": self.tr("Kunden är redan arkiverad.")
            if archived
            else self.tr("Avsluta först samarbeten och dra tillbaka inbjudningar.")
            if live
            else "",
            "restore": "" if archived else self.tr("Kunden är inte arkiverad."),
            "check_registration": "",
            "customer_sheet": "",
        }

    # Forms

    @Slot()
    def edit_customer(self) -> None:
        """Open the form of the customer's own fields."""
        if self.view is None:
            return
        form = CustomerForm(
            self._context.theme,
            self.view.record,
            self.view.staff,
            self.view.offices,
            self._context.samverka.clock.today(),
            self._pane,
        )
        form.saved.connect(self._save_customer)
        show_modal(form)

    @Slot(object)
    def _save_customer(self, values: dict[str, Any]) -> None:
        if self.view is not None:
            page, record = self._context.samverka.customer_page, self.view.record
            self._context.background.run(lambda: page.update(record, **values), self._saved)

    @Slot()
    def correct_number(self) -> None:
        """Open the dialog about the customer's kind and number, which are judged together."""
        if self.view is None:
            return
        context = self._context
        today = context.samverka.clock.today()
        dialog = NumberDialog(context.theme, context.messages, self.view.record, today, self._pane)
        dialog.accepted.connect(self._save_number)
        show_modal(dialog)

    @Slot()
    def _save_number(self) -> None:
        dialog = self.sender()
        if isinstance(dialog, NumberDialog):
            kind, number = dialog.values
            self._save_customer({"kind": kind, "organisation_number": number})

    @Slot()
    def add_contact(self) -> None:
        """Open the form of a new contact."""
        self._open_contact(None)

    @Slot(object)
    def edit_contact(self, contact: Contact) -> None:
        """Open the form of this contact."""
        self._open_contact(contact)

    @Slot()
    def add_main_contact(self) -> None:
        """Open the form of a new contact who becomes the main one."""
        self._open_contact(None, is_main=True)

    def _open_contact(self, contact: Contact | None, *, is_main: bool = False) -> None:
        self._contact = contact
        form = ContactForm(self._context.theme, contact, self._pane, is_main=is_main)
        form.saved.connect(self._save_contact)
        show_modal(form)

    @Slot(object)
    def _save_contact(self, values: dict[str, Any]) -> None:
        if self.view is None:
            return
        page, contact, customer_id = self._context.samverka.customer_page, self._contact, self.view.record.id
        self._context.background.run(
            lambda: (
                page.add_contact(customer_id, **values)
                if contact is None
                else page.update_contact(contact, **values)
            ),
            self._saved,
        )

    @Slot(object)
    def remove_contact(self, contact: Contact) -> None:
        """Remove it at once; undo adds it again."""
        page = self._context.samverka.customer_page
        self._contact = contact
        self._context.background.run(lambda: page.remove_contact(contact.id), self._contact_removed)

    @Slot(object)
    def _contact_removed(self, _command_id: str) -> None:
        if self._contact is not None:
            said = self.tr("%1 är borttagen").replace("%1", self._contact.name)
            self._context.toast(said, self.tr("Ångra"), self._add_again)

    def _add_again(self) -> None:
        contact, page = self._contact, self._context.samverka.customer_page
        if contact is not None:
            self._context.background.run(
                lambda: page.add_contact(
                    contact.customer_id,
                    name=contact.name,
                    email=contact.email,
                    phone=contact.phone,
                    is_main=contact.is_main,
                )
            )

    @Slot()
    def add_engagement(self) -> None:
        """Open the form of a new engagement."""
        if self.view is None:
            return
        catalogue, language = self._context.samverka.catalogue, self._context.messages.language
        types = [
            (kind.code, kind.label.text(language), kind.has_fiscal_year)
            for kind in catalogue.engagement_types
        ]
        today = self._context.samverka.clock.today()
        form = EngagementForm(self._context.theme, types, self.view.staff, today, self._pane)
        form.saved.connect(self._save_engagement)
        show_modal(form)

    @Slot(object)
    def _save_engagement(self, values: dict[str, Any]) -> None:
        if self.view is not None:
            page, customer_id = self._context.samverka.customer_page, self.view.record.id
            self._context.background.run(lambda: page.create_engagement(customer_id, **values), self._saved)

    @Slot(object)
    def _saved(self, _command: object) -> None:
        self._context.toast(self.tr("Sparat"))

    # The whole customer

    @Slot()
    def archive(self) -> None:
        """Put the customer in the archive; undo brings it back."""
        if self.view is not None:
            page, customer_id = self._context.samverka.customer_page, self.view.record.id
            self._context.background.run(lambda: page.archive(customer_id), self._archived)

    @Slot(object)
    def _archived(self, _command_id: str) -> None:
        self._context.toast(self.tr("Kunden är arkiverad"), self.tr("Ångra"), self.restore)

    @Slot()
    def restore(self) -> None:
        """Bring the customer back from the archive."""
        if self.view is not None:
            page, customer_id = self._context.samverka.customer_page, self.view.record.id
            self._context.background.run(lambda: page.restore(customer_id), self._restored)

    @Slot(object)
    def _restored(self, _command_id: str) -> None:
        self._context.toast(self.tr("Kunden är återställd"))

    @Slot()
    def check(self) -> None:
        """Ask the vendor again about the customer."""
        if self.view is not None:
            page, customer_id = self._context.samverka.customer_page, self.view.record.id
            self._context.background.run(lambda: page.check_registration(customer_id), self._checked)

    @Slot(object)
    def _checked(self, _registration: object) -> None:
        self._context.toast(self.tr("Kunden är kontrollerad hos Visma Spcs"))

    @Slot()
    def print_sheet(self) -> None:
        """Show the customer sheet before it is printed or saved."""
        if self.view is not None:
            self._context.navigate("sheet", customer_id=self.view.record.id)

    # Login instructions

    def resend_login(self, activation_id: str) -> None:
        """Ask for the address, and send the instructions again."""
        self._activation_id = activation_id
        page = self._context.samverka.customer_page
        self._context.background.run(lambda: page.login_address(activation_id), self._address_came)

    @Slot(object)
    def _address_came(self, email: str) -> None:
        form = LoginForm(self._context.theme, email, self._pane)
        form.saved.connect(self._send_login)
        show_modal(form)

    @Slot(object)
    def _send_login(self, values: dict[str, Any]) -> None:
        page, activation_id = self._context.samverka.customer_page, self._activation_id
        email = str(values["email"])
        self._context.background.run(lambda: page.resend_login(activation_id, email), self._login_sent)

    @Slot(object)
    def _login_sent(self, _command_id: str) -> None:
        self._context.toast(self.tr("Inloggningsinstruktionerna skickas igen"))

"""Ny kund: a customer that is in no file and has no collaboration elsewhere."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.domain.changes import RejectedError
from app.domain.contact_details import parse_email, parse_phone, parse_postal_code
from app.domain.identity import ParsedNumber, format_number, guess_kind, mask_number, parse_number
from app.domain.limits import letters_of
from app.domain.records import Address, CustomerKind
from ui.activation.wording import kind_text
from ui.background import Latest
from ui.customer.form_dialog import (
    FormDialog,
    judge_email,
    judge_name,
    judge_phone,
    judge_postal,
    split_postal,
    tidy_email,
    tidy_phone,
)
from ui.number_words import number_problem
from ui.screens import ScreenContext
from ui.widgets.combo import Combo, fill_combo
from ui.widgets.info_bar import InfoBar

if TYPE_CHECKING:
    from app.usecases.customer_intake import CustomerChoices, SameNumber


class NewCustomerDialog(FormDialog):
    """It stays open until the customer is there, and says why where it is refused; then its page is shown."""

    def __init__(self, context: ScreenContext) -> None:
        title = self.tr("Ny kund")
        super().__init__(context.theme, "newCustomer", title, self.tr("Lägg till kund"), context.window)
        self._context = context
        self._refused = ""
        self._asked = ("", "")
        self._known: SameNumber | None = None
        self._latest = Latest()
        self._kind_is_chosen = False
        self._today = context.samverka.clock.today()
        self._name = self.add_judged(self.tr("Namn"), "", "newName", judge_name, most=letters_of("name"))
        self._number = self.add_judged(
            self.tr("Org.nr eller personnr"), "", "newNumber", self._judge_number, tidy=self._tidy_number
        )
        self._number.left.connect(self._ask_who_has_it)
        self._known_bar = InfoBar(context.theme, "wait", name="newKnown")
        self._known_bar.action.clicked.connect(self._open_known)
        self._known_bar.hide()
        self.form.addRow(self._known_bar)
        self._kind = self.add(self.tr("Kundtyp"), Combo(), "newKind")
        fill_combo(self._kind, [(kind_text(kind), str(kind)) for kind in CustomerKind], "legal_person")
        self._kind.activated.connect(self._choose_kind)
        self._customer_number = self.add(
            self.tr("Kundnr"), QLineEdit(), "newCustomerNumber", most=letters_of("customer_number")
        )
        self._street = self.add(self.tr("Gatuadress"), QLineEdit(), "newStreet", most=letters_of("street"))
        self._postal = self.add_judged(
            self.tr("Postnummer"), "", "newPostal", judge_postal, tidy=self._tidy_postal
        )
        self._town = self.add(self.tr("Ort"), QLineEdit(), "newTown", most=letters_of("town"))
        self._contact = self.add(self.tr("Kontaktperson"), QLineEdit(), "newContact", most=letters_of("name"))
        self._email = self.add_judged(self.tr("E-post"), "", "newEmail", judge_email, tidy=tidy_email)
        self._phone = self.add_judged(self.tr("Telefon"), "", "newPhone", judge_phone, tidy=tidy_phone)
        self._manager = self.add(self.tr("Kundansvarig"), Combo(), "newManager")
        self._office = self.add(self.tr("Kontor"), Combo(), "newOffice")
        self.check()
        context.background.run(context.samverka.customer_intake.list_choices, self._choices_came)

    @Slot(object)
    def _choices_came(self, found: "CustomerChoices") -> None:
        staff = [(self.tr("Ingen"), ""), *((name, id_) for id_, name in found.staff)]
        fill_combo(self._manager, staff, found.me)
        fill_combo(self._office, [(office, office) for office in ("", *found.offices)], "")
        self.form.setRowVisible(self._office, bool(found.offices))

    # What is typed

    @Slot(int)
    def _choose_kind(self, _at: int) -> None:
        self._kind_is_chosen = True
        self.check()
        self._ask_who_has_it()

    def _parsed(self, text: str) -> ParsedNumber:
        kind = str(self._kind.currentData()) if self._kind_is_chosen else None
        return parse_number(text, kind, today=self._today)

    def _judge_number(self, text: str) -> str:
        """No number is fine: a customer can be kept before it is known."""
        return number_problem(self._context.messages, self._parsed(text)) if text else ""

    def _tidy_number(self, text: str) -> str:
        """The number says what sort of customer it is, until a person says another."""
        parsed = self._parsed(text)
        if not self._kind_is_chosen:
            self._kind.setCurrentIndex(self._kind.findData(str(guess_kind(parsed))))
        return format_number(parsed.canonical, today=self._today)

    def _sought(self) -> tuple[str, str]:
        """The number as it is kept and the kind: what no other customer may have."""
        parsed = self._parsed(self._number.text().strip())
        return parsed.canonical if parsed.error is None else "", str(self._kind.currentData())

    @Slot()
    def _ask_who_has_it(self) -> None:
        """Say that there is such a customer before the rest is filled in."""
        sought, intake = self._sought(), self._context.samverka.customer_intake
        if sought != self._asked:
            self._asked = sought
            self._context.background.run(
                lambda: intake.find_same_number(*sought), self._who_came, latest=self._latest
            )

    @Slot(object)
    def _who_came(self, known: "SameNumber | None") -> None:
        self._known = known
        self._known_bar.setVisible(known is not None)
        if known is not None:
            number = mask_number(known.number, today=self._today)
            said = self.tr("%1 (%2) är arkiverad.") if known.is_archived else self.tr("%1 (%2).")
            self._known_bar.set_text(
                self.tr("Kunden finns redan:"), said.replace("%1", known.name).replace("%2", number)
            )
            self._known_bar.set_action(self.tr("Öppna kunden"))
        self.check()

    @Slot()
    def _open_known(self) -> None:
        if self._known is not None and not self.is_saving:
            known = self._known
            self.reject()
            self._context.navigate("customer", customer_id=known.customer_id)

    def _tidy_postal(self, text: str) -> str:
        code, town = split_postal(text)
        if town and not self._town.text().strip():
            self._town.setText(town)
        return code

    def check(self, *arguments: object) -> None:
        self._refused = ""  # something has been changed
        if self._known is not None and self._sought() != self._asked:
            self._known, self._asked = None, ("", "")
            self._known_bar.hide()
        super().check(*arguments)
        if self._known is not None:
            self._yes.set_blocked(self.tr("Det finns redan en kund med det numret."))
        if self.is_saving:  # whoever types on must not add the customer a second time
            self._yes.set_blocked(self.tr("Sparar …"))

    def problem(self) -> str:
        return self._refused

    def values(self) -> dict[str, Any]:
        number, postal = self._number.text().strip(), self._postal.text().strip()
        if number:
            number = self._tidy_number(number)
        return {
            "name": self._name.text().strip(),
            "kind": str(self._kind.currentData()),
            "organisation_number": self._parsed(number).canonical if number else "",
            "customer_number": self._customer_number.text().strip(),
            "address": Address(
                street=self._street.text().strip(),
                postal_code=parse_postal_code(self._tidy_postal(postal)).value if postal else "",
                town=self._town.text().strip(),
            ),
            "account_manager_id": str(self._manager.currentData() or "") or None,
            "office": str(self._office.currentData() or ""),
            "contact_name": self._contact.text().strip(),
            "email": parse_email(self._email.text()).value,
            "phone": parse_phone(self._phone.text()).value,
        }

    # What becomes of it

    def accept(self) -> None:
        if not self._yes.isEnabled():
            return
        intake, values = self._context.samverka.customer_intake, self.values()
        self._yes.set_blocked(self.tr("Sparar …"))
        self._allow_leaving(allowed=False)
        self.save(self._context.background, lambda: intake.create(**values), self._created, self._not_created)

    def _allow_leaving(self, *, allowed: bool) -> None:
        for button in self.buttons.buttons():
            if button is not self._yes:
                button.setEnabled(allowed)

    @Slot(object)
    def _created(self, customer_id: str) -> None:
        self._context.toast(self.tr("%1 är tillagd").replace("%1", self._name.text().strip()))
        QDialog.accept(self)
        self._context.navigate("customer", customer_id=customer_id)

    @Slot(object)
    def _not_created(self, error: BaseException) -> None:
        """What was filled in is still there."""
        self._allow_leaving(allowed=True)
        self.check()
        if not isinstance(error, RejectedError):
            self._context.show_error(error)
            return
        if error.code == "duplicate_number":
            if self._known is not None:
                return  # the bar says it
            self._asked = ("", "")
            self._ask_who_has_it()
        self._refused = self._context.messages.for_error(error).replace("\n", " ").strip()
        super().check()


def create_pane(context: ScreenContext) -> QWidget:
    """The dialog *Ny kund*."""
    return NewCustomerDialog(context)

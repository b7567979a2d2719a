"""A new customer that a person writes in: what it can be given, who has its number already, and adding it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.domain.commands import CreateCustomer
from app.domain.ids import PREFIXES, new_id
from app.domain.records import Contact, Customer, Firm, Staff, keys_of
from app.domain.swedish_order import sort_key
from app.storage.local_reader import LocalReader
from app.storage.overlay import who_acts
from app.usecases.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerChoices:
    """What a new customer can be given: ``staff`` are (id, name) by name, ``me`` is one of them."""

    staff: tuple[tuple[str, str], ...]
    offices: tuple[str, ...]
    me: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SameNumber:
    """A customer who has a number already. ``number`` has 12 canonical digits."""

    customer_id: str
    name: str
    number: str
    is_archived: bool


class CustomerIntake:
    """Queries and the command of the form *Ny kund*. The command raises RejectedError with its code."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def list_choices(self) -> CustomerChoices:
        """Return who can be responsible for a new customer, and the firm's offices."""
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            me, firm_id = who_acts(unit)
            firm = reader.find("firm", firm_id)
            staff = [(row.id, row.name) for row in reader.list_all(Staff) if row.state != "left"]
        return CustomerChoices(
            staff=tuple(sorted(staff, key=lambda item: sort_key(item[1]))),
            offices=firm.offices if isinstance(firm, Firm) else (),
            me=me,
        )

    def find_same_number(self, number: str, kind: str) -> SameNumber | None:
        """Return who has this number (12 canonical digits) as that kind of customer already, or None.

        The rule is that of ``customer.create``, so that a form can say it before anything is decided.
        """
        wanted = Customer(id="", customer_number="", name="", organisation_number=number, kind=kind)
        key = keys_of(wanted).lookup
        if key is None:
            return None
        with self._workspace.read() as unit:
            found = LocalReader(unit).list_by_lookup("customer", key)
        for customer in found:
            if isinstance(customer, Customer):
                return SameNumber(
                    customer_id=customer.id,
                    name=customer.name,
                    number=customer.organisation_number,
                    is_archived=customer.state == "archived",
                )
        return None

    def create(self, *, contact_name: str = "", email: str = "", phone: str = "", **fields: Any) -> str:
        """Create a customer with these fields, and its main contact where there is anything of one.

        Returns the customer's id. Raises RejectedError (``duplicate_number``, ``invalid``).
        """
        customer = Customer(id=new_id(PREFIXES["customer"]), **fields)
        contacts: tuple[Contact, ...] = ()
        if contact_name or email or phone:
            contact = Contact(
                id=new_id(PREFIXES["contact"]),
                customer_id=customer.id,
                name=contact_name or customer.name,
                email=email,
                phone=phone,
                is_main=True,
            )
            contacts = (contact,)
        self._workspace.enqueue([CreateCustomer(customer=customer, contacts=contacts)])
        return customer.id

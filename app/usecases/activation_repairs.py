"""What is mended from inside the wizard; each is a command of its own, before the activation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.contract.codec import to_plain
from app.domain.activation_draft import ContactForm
from app.domain.commands import (
    AddContact,
    AddParticipation,
    CreateEngagement,
    FieldChanges,
    Payload,
    RestoreCustomer,
    UpdateContact,
    UpdateCustomer,
)
from app.domain.ids import PREFIXES, new_id
from app.domain.records import (
    Contact,
    Customer,
    DueDiligence,
    Engagement,
    EngagementLetter,
    Participation,
    ParticipationRole,
)
from app.errors import SamverkaError
from app.storage.local_reader import LocalReader
from app.usecases.workspace import Workspace


class ActivationRepairs:
    """Engagements, participants and contact details, made where they are missing."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def create_engagement(
        self, customer_id: str, type_code: str, title: str, fiscal_year: int | None, owner_id: str
    ) -> str:
        """Create an ongoing engagement with its owner; return its id. Raises RejectedError."""
        created = self._engagement(customer_id, type_code, title, fiscal_year, owner_id)
        self._workspace.enqueue([created])
        return created.engagement.id

    def create_engagements(
        self,
        customer_ids: Sequence[str],
        type_code: str,
        title: str,
        fiscal_year: int | None,
        owner_id: str,
    ) -> SamverkaError | None:
        """Create the same engagement for many customers; return why the first was refused that was."""
        made = [
            self._engagement(customer_id, type_code, title, fiscal_year, owner_id)
            for customer_id in customer_ids
        ]
        results = self._workspace.enqueue_each(made)
        return next((one.error for one in results if one.error is not None), None)

    def _engagement(
        self, customer_id: str, type_code: str, title: str, fiscal_year: int | None, owner_id: str
    ) -> CreateEngagement:
        engagement = Engagement(
            id=new_id(PREFIXES["engagement"]),
            customer_id=customer_id,
            type=type_code,
            title=title,
            fiscal_year=fiscal_year,
        )
        owner = self._participation(engagement.id, customer_id, owner_id, ParticipationRole.OWNER)
        return CreateEngagement(engagement=engagement, participations=(owner,))

    def add_participant(self, engagement_id: str, staff_id: str) -> None:
        """Put a staff member on an engagement from today. Raises RejectedError, SamverkaError ``gone``."""
        found = self._participants([engagement_id], staff_id)
        if not found:
            raise SamverkaError("gone", type="engagement")
        self._workspace.enqueue(found)

    def add_participants(self, engagement_ids: Sequence[str], staff_id: str) -> SamverkaError | None:
        """Put a staff member on many engagements; return why the first was refused that was.

        An engagement that is gone needs nobody.
        """
        results = self._workspace.enqueue_each(self._participants(engagement_ids, staff_id))
        return next((one.error for one in results if one.error is not None), None)

    def _participants(self, engagement_ids: Sequence[str], staff_id: str) -> list[AddParticipation]:
        with self._workspace.read() as unit:
            found = LocalReader(unit).get_many(Engagement, engagement_ids)
        role = ParticipationRole.PARTICIPANT
        return [
            AddParticipation(participation=self._participation(one.id, one.customer_id, staff_id, role))
            for one in found.values()
        ]

    def correct_number(self, customer_id: str, kind: str, number: str) -> None:
        """Give the customer another number, canonical, and kind.

        Raises:
            RejectedError: ``duplicate_number``. ConflictError: somebody else has changed it meanwhile.
        """
        customer = self._customer(customer_id)
        self._update(customer, {"kind": kind, "organisation_number": number})

    def note_due_diligence(
        self, customer_id: str, due_diligence_on: date | None, engagement_letter_on: date | None
    ) -> None:
        """Note on which days due diligence and the engagement letter were done; None leaves one alone.

        A review that was due is thereby done: the firm sets the next one on the customer.
        """
        customer = self._customer(customer_id)
        wanted: dict[str, object] = {}
        if due_diligence_on is not None:
            review = customer.due_diligence.review_on
            wanted["due_diligence"] = DueDiligence(
                state="done",
                done_on=due_diligence_on,
                review_on=review if review is not None and review > due_diligence_on else None,
            )
        if engagement_letter_on is not None:
            wanted["engagement_letter"] = EngagementLetter(state="done", done_on=engagement_letter_on)
        self._update(customer, wanted)

    def restore_customer(self, customer_id: str) -> None:
        """Take an archived customer back. Raises RejectedError."""
        self._workspace.enqueue([RestoreCustomer(customer_id=customer_id)])

    def keep_contact(self, customer_id: str, form: ContactForm) -> str:
        """Keep the wizard's contact person and postal address on the customer; return the contact's id.

        What is equal is left alone.

        Raises:
            ConflictError: somebody else has changed a field meanwhile.
        """
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            customer = reader.find("customer", customer_id)
            stored = reader.find("contact", form.contact_id or "")
            others = reader.list_of_customer("contact", customer_id)
        if not isinstance(customer, Customer):
            raise SamverkaError("gone", type="customer")
        wanted = form.to_contact()
        payloads: list[Payload] = []
        contact_id = stored.id if isinstance(stored, Contact) else ""
        if isinstance(stored, Contact):
            changes = _changes(stored, {"name": wanted.name, "email": wanted.email, "phone": wanted.phone})
            if changes:
                payloads.append(UpdateContact(contact_id=stored.id, set=changes))
        elif wanted.name:
            contact_id = new_id(PREFIXES["contact"])
            payloads.append(
                AddContact(
                    contact=Contact(
                        id=contact_id,
                        customer_id=customer_id,
                        name=wanted.name,
                        email=wanted.email,
                        phone=wanted.phone,
                        is_main=not any(isinstance(other, Contact) and other.is_main for other in others),
                    )
                )
            )
        moved = _changes(customer, {"address": wanted.address})
        if moved:
            payloads.append(UpdateCustomer(customer_id=customer_id, set=moved))
        if payloads:
            self._workspace.enqueue(payloads)
        return contact_id

    def _customer(self, customer_id: str) -> Customer:
        with self._workspace.read() as unit:
            customer = LocalReader(unit).find("customer", customer_id)
        if not isinstance(customer, Customer):
            raise SamverkaError("gone", type="customer")
        return customer

    def _update(self, customer: Customer, wanted: dict[str, object]) -> None:
        changes = _changes(customer, wanted)
        if changes:
            self._workspace.enqueue([UpdateCustomer(customer_id=customer.id, set=changes)])

    def _participation(self, engagement_id: str, customer_id: str, staff_id: str, role: str) -> Participation:
        return Participation(
            id=new_id(PREFIXES["participation"]),
            engagement_id=engagement_id,
            customer_id=customer_id,
            staff_id=staff_id,
            role=role,
            from_on=self._workspace.clock.today(),
        )


def _changes(record: object, wanted: dict[str, object]) -> FieldChanges:
    return {
        name: {"from": to_plain(getattr(record, name)), "to": to_plain(value)}
        for name, value in wanted.items()
        if getattr(record, name) != value
    }

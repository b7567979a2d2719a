"""The activation while it is being decided: which page is next, what is valid, and what is sent.

Every value here is frozen: an edit returns a new draft. Pages are views of it. A draft holds one or many
customers; ids of the activation, its command and its collaborations are made when the choice is made and
never again, so that sending the same draft twice is one activation.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.domain.activation_answers import fact_values, present_values
from app.domain.activation_facts import CustomerFacts
from app.domain.branches import branch_of_activation
from app.domain.contact_details import format_phone, parse_email, parse_phone, parse_postal_code
from app.domain.ids import PREFIXES, new_id
from app.domain.records import (
    Activation,
    ActivationContact,
    Address,
    Branch,
    Contact,
    Customer,
    CustomerKind,
    RegistrationAnswer,
)
from app.domain.service_form import PAYER, PERIOD, VARIANT, ServiceForm, settle_values

Forms = Mapping[str, ServiceForm]
"""Code of a service → its form."""


class Step(StrEnum):
    """The pages, in order; ``CONTACT`` and ``ADMINISTRATORS`` exclude each other."""

    CUSTOMERS = "customers"
    CHECK = "check"
    SERVICES = "services"
    CONTACT = "contact"
    ADMINISTRATORS = "administrators"
    ACCESS = "access"
    REVIEW = "review"
    RESULT = "result"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceChoice:
    """A service that was chosen, with its answers as codes (``values``: field name → choice)."""

    service: str
    collaboration_id: str
    engagement_id: str = ""
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactForm:
    """The contact person's details as they were typed; what is wrong stays until it is mended."""

    contact_id: str | None = None
    name: str = ""
    email: str = ""
    phone: str = ""
    street: str = ""
    postal_code: str = ""
    town: str = ""
    country: str = "SE"

    def to_contact(self) -> ActivationContact:
        """Return the details in the form in which they are stored and sent."""
        return ActivationContact(
            contact_id=self.contact_id,
            name=" ".join(self.name.split()),
            email=parse_email(self.email).value,
            phone=parse_phone(self.phone).value,
            address=Address(
                street=" ".join(self.street.split()),
                postal_code=parse_postal_code(self.postal_code, self.country).value,
                town=" ".join(self.town.split()),
                country=self.country,
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerDraft:
    """What has been decided for one customer.

    ``vendor_customer_number`` is the one chosen where the company has several at the vendor.
    ``due_diligence_reason`` says why it is done though due diligence or the engagement letter is not.
    ``language`` is that of this customer's e-mails, "" for the draft's (activation_language.language_of).
    """

    customer_id: str
    activation_id: str
    command_id: str
    choices: tuple[ServiceChoice, ...] = ()
    contact: ContactForm = field(default_factory=ContactForm)
    vendor_customer_number: str = ""
    due_diligence_reason: str = ""
    consented: bool = False
    language: str = ""

    def find_choice(self, service: str) -> ServiceChoice | None:
        """Return what was chosen for the service, if it was chosen."""
        return next((choice for choice in self.choices if choice.service == service), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivationDraft:
    """One run of the wizard: one or many customers, and the page it stands on.

    ``language`` (sv or en) is that of the e-mails to the customers who have none of their own.
    """

    id: str
    customers: tuple[CustomerDraft, ...] = ()
    step: Step = Step.CUSTOMERS
    made_at: datetime
    saved_at: datetime | None = None
    language: str = "sv"

    def find_customer(self, customer_id: str) -> CustomerDraft | None:
        """Return what has been decided for the customer."""
        return next((found for found in self.customers if found.customer_id == customer_id), None)

    def get_customer(self, customer_id: str) -> CustomerDraft:
        """Return what has been decided for the customer. Raises KeyError for another customer."""
        found = self.find_customer(customer_id)
        if found is None:
            raise KeyError(customer_id)
        return found

    def with_customer(self, changed: CustomerDraft) -> ActivationDraft:
        """Return the draft with this customer's decisions in place of the earlier ones."""
        return dataclasses.replace(
            self,
            customers=tuple(
                changed if found.customer_id == changed.customer_id else found for found in self.customers
            ),
        )

    def with_customers(self, changed: Mapping[str, CustomerDraft]) -> ActivationDraft:
        """Return the draft with these customers' decisions, by customer, in place of the earlier ones."""
        customers = tuple(changed.get(found.customer_id, found) for found in self.customers)
        return dataclasses.replace(self, customers=customers)

    def at(self, step: Step) -> ActivationDraft:
        """Return the draft standing on another page."""
        return dataclasses.replace(self, step=step)


def new_draft(now: datetime, *, language: str = "sv") -> ActivationDraft:
    """Return an empty draft."""
    return ActivationDraft(id=new_id("draft"), made_at=now, language=language)


def choose_customer(draft: ActivationDraft, facts: CustomerFacts) -> ActivationDraft:
    """Return the draft with one more customer, its contact person filled in from what is known.

    A foreign company gets its e-mails in English, unless a person chooses otherwise.
    """
    if draft.find_customer(facts.customer.id) is not None:
        return draft
    added = CustomerDraft(
        customer_id=facts.customer.id,
        activation_id=new_id(PREFIXES["activation"]),
        command_id=new_id(PREFIXES["command"]),
        contact=prefilled_contact(facts.customer, facts.main_contact),
        language="en" if facts.customer.kind == CustomerKind.FOREIGN else "",
    )
    return dataclasses.replace(draft, customers=(*draft.customers, added))


def drop_customer(draft: ActivationDraft, customer_id: str) -> ActivationDraft:
    """Return the draft without that customer."""
    left = tuple(found for found in draft.customers if found.customer_id != customer_id)
    return dataclasses.replace(draft, customers=left)


def prefilled_contact(customer: Customer, contact: Contact | None) -> ContactForm:
    """Return the form filled from one of the customer's contacts and the customer's postal address."""
    address = customer.address
    return ContactForm(
        contact_id=contact.id if contact else None,
        name=contact.name if contact else "",
        email=contact.email if contact else "",
        phone=format_phone(contact.phone) if contact else "",
        street=address.street,
        postal_code=address.postal_code,
        town=address.town,
        country=address.country or "SE",
    )


def choose_service(customer: CustomerDraft, form: ServiceForm, facts: CustomerFacts) -> CustomerDraft:
    """Return the decisions with the service chosen and its form prefilled.

    The latest fitting engagement is proposed; what the company already has at the vendor (variant, payer)
    goes before the catalogue's default.
    """
    if customer.find_choice(form.code) is not None:
        return customer
    fitting = facts.list_engagements_for(form.engagement_types)
    choice = ServiceChoice(
        service=form.code,
        collaboration_id=new_id(PREFIXES["collaboration"]),
        engagement_id=fitting[0].id if fitting else "",
        values=settle_values(form, {}, present_values(form, facts), fact_values(form, facts)),
    )
    return _changed(customer, choices=(*customer.choices, choice))


def drop_service(customer: CustomerDraft, service: str) -> CustomerDraft:
    """Return the decisions without the service."""
    return _changed(customer, choices=tuple(found for found in customer.choices if found.service != service))


def change_service(
    customer: CustomerDraft,
    form: ServiceForm,
    facts: CustomerFacts,
    *,
    engagement_id: str | None = None,
    values: Mapping[str, str] | None = None,
) -> CustomerDraft:
    """Return the decisions with other answers for a chosen service.

    An answer that the others make impossible is settled anew.

    Raises KeyError where the service is not chosen.
    """
    choice = customer.find_choice(form.code)
    if choice is None:
        raise KeyError(form.code)
    given = {**choice.values, **(values or {})}
    answers = settle_values(form, given, present_values(form, facts), fact_values(form, facts))
    changed = dataclasses.replace(
        choice,
        engagement_id=choice.engagement_id if engagement_id is None else engagement_id,
        values=answers,
    )
    if changed == choice:
        return customer
    return _changed(
        customer, choices=tuple(changed if found is choice else found for found in customer.choices)
    )


def change_contact(customer: CustomerDraft, contact: ContactForm) -> CustomerDraft:
    """Return the decisions with other details of the contact person."""
    return customer if contact == customer.contact else _changed(customer, contact=contact)


def choose_vendor_number(customer: CustomerDraft, number: str) -> CustomerDraft:
    """Return the decisions with the vendor's customer number that is meant, where there are several."""
    if number == customer.vendor_customer_number:
        return customer
    return dataclasses.replace(customer, vendor_customer_number=number, consented=False)


def give_reason(customer: CustomerDraft, reason: str) -> CustomerDraft:
    """Return the decisions with why it is done all the same, though due diligence is not."""
    return dataclasses.replace(customer, due_diligence_reason=" ".join(reason.split()))


def give_consent(customer: CustomerDraft, *, consented: bool) -> CustomerDraft:
    """Return the decisions with the consent ticked or not. Any other edit takes the tick away again."""
    return dataclasses.replace(customer, consented=consented)


def without_consent(draft: ActivationDraft) -> ActivationDraft:
    """Return the draft as it is kept and opened again: nobody finds a consent that is ticked beforehand."""
    return dataclasses.replace(
        draft, customers=tuple(give_consent(found, consented=False) for found in draft.customers)
    )


def refresh(draft: ActivationDraft, before: CustomerFacts, after: CustomerFacts) -> ActivationDraft:
    """Return the draft after something changed underneath it; see ``refresh_customer``."""
    customer = draft.find_customer(after.customer.id)
    return draft if customer is None else draft.with_customer(refresh_customer(customer, before, after))


def refresh_customer(customer: CustomerDraft, before: CustomerFacts, after: CustomerFacts) -> CustomerDraft:
    """Return the decisions after something changed underneath them: no consent outlives a new answer.

    A contact form that nobody has touched follows the customer's contacts.
    """
    if before is after:
        return customer
    untouched = customer.contact == prefilled_contact(before.customer, before.main_contact)
    if untouched:
        customer = change_contact(customer, prefilled_contact(after.customer, after.main_contact))
    if branch_of(customer, before) != branch_of(customer, after):
        customer = give_consent(customer, consented=False)
    return customer


def draft_from(activation: Activation, facts: CustomerFacts, forms: Forms, now: datetime) -> ActivationDraft:
    """Return a new draft of what an activation that came to nothing held, without what has begun since."""
    draft = choose_customer(new_draft(now, language=activation.language), facts)
    customer = dataclasses.replace(draft.customers[0], language=activation.language)
    for item in activation.items:
        form = forms.get(item.service)
        if form is None or facts.find_live_collaboration(item.service) is not None:
            continue
        ongoing = {engagement.id for engagement in facts.list_ongoing()}
        values = {VARIANT: item.variant, PAYER: item.payer, **item.options}
        if item.period_months is not None:
            values[PERIOD] = str(item.period_months)
        customer = change_service(
            choose_service(customer, form, facts),
            form,
            facts,
            engagement_id=item.engagement_id if item.engagement_id in ongoing else None,
            values=values,
        )
    if activation.contact is not None:
        contact = activation.contact
        customer = change_contact(
            customer,
            ContactForm(
                contact_id=contact.contact_id,
                name=contact.name,
                email=contact.email,
                phone=format_phone(contact.phone),
                street=contact.address.street,
                postal_code=contact.address.postal_code,
                town=contact.address.town,
                country=contact.address.country,
            ),
        )
    return draft.with_customer(customer)


def branch_of(customer: CustomerDraft, facts: CustomerFacts) -> Branch:
    """Return the branch of the whole activation; before a service is chosen, what the answer alone says.

    A registered company may have some of the services and not others: each service keeps its own way
    (``CustomerFacts.branch_for``).
    """
    services = facts.registration.services if facts.registration else ()
    codes = [choice.service for choice in customer.choices]
    if not codes and facts.answer is RegistrationAnswer.REGISTERED:
        return Branch.WITHOUT_SERVICE
    if not codes:
        return Branch(facts.answer)
    return Branch(branch_of_activation(facts.answer, services, codes))


def vendor_number_of(customer: CustomerDraft, facts: CustomerFacts) -> str:
    """Return which of several customer numbers at the vendor is meant, or "".

    What was chosen goes first, then the number that is kept on the customer. Of one number nothing is asked.
    """
    numbers = facts.registration.vendor_customer_numbers if facts.registration else ()
    known = (customer.vendor_customer_number, facts.customer.vendor_customer_number)
    return next((number for number in known if len(numbers) > 1 and number in numbers), "")


def _changed(
    customer: CustomerDraft,
    *,
    choices: tuple[ServiceChoice, ...] | None = None,
    contact: ContactForm | None = None,
) -> CustomerDraft:
    # What was agreed to is no longer what would be sent.
    return dataclasses.replace(
        customer,
        choices=customer.choices if choices is None else choices,
        contact=customer.contact if contact is None else contact,
        consented=False,
    )

"""What stands in the way of an activation, before it is sent: each with where and how it is repaired.

Source: domain.md, "Activation: the branch" (preconditions) and cases 1, 2, 10 to 19, 25 and 28. A code
that the server knows too is the one that it would answer; the sentences are in resources/messages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.activation_answers import asks_agreement, asks_contact, fact_values, present_values
from app.domain.activation_draft import (
    ContactForm,
    CustomerDraft,
    Forms,
    ServiceChoice,
    Step,
    vendor_number_of,
)
from app.domain.activation_facts import CustomerFacts, Situation, is_due_diligence_open
from app.domain.contact_details import is_town, parse_email, parse_phone, parse_postal_code
from app.domain.identity import parse_number
from app.domain.limits import find_too_long
from app.domain.obstacles import approvers_of
from app.domain.records import (
    CollaborationState,
    CustomerState,
    EngagementState,
    RegistrationAnswer,
)
from app.domain.service_form import VARIANT, ServiceForm, allowed_values

MAXIMUM_SERVICES = 8
LICENCE = "licence"
"""The field whose choice takes one of the firm's licences."""


class Severity(StrEnum):
    """Whether it must be mended, or only known."""

    BLOCKS = "blocks"
    WARNS = "warns"


class Repair(StrEnum):
    """What the button beside a problem does, without leaving the wizard."""

    NONE = ""
    CREATE_ENGAGEMENT = "create_engagement"
    ADD_PARTICIPANT = "add_participant"
    CHECK_AGAIN = "check_again"
    EDIT_CONTACT = "edit_contact"
    CHOOSE_VENDOR_NUMBER = "choose_vendor_number"
    NOTE_DUE_DILIGENCE = "note_due_diligence"
    CORRECT_NUMBER = "correct_number"
    RESTORE_CUSTOMER = "restore_customer"
    LINK_INSTEAD = "link_instead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One problem: its code, on which page it is mended, and for which service or field."""

    code: str
    step: Step
    severity: Severity = Severity.BLOCKS
    service: str = ""
    field_name: str = ""
    repair: Repair = Repair.NONE
    data: dict[str, str] = field(default_factory=dict)

    @property
    def blocks(self) -> bool:
        """Tell whether nothing can be sent while it stands."""
        return self.severity is Severity.BLOCKS


def list_problems(
    customer: CustomerDraft, facts: CustomerFacts, situation: Situation, forms: Forms
) -> tuple[Problem, ...]:
    """Return everything that is wrong or worth knowing, in the order of the pages."""
    problems = list(_customer_problems(customer, facts, situation))
    problems += _check_problems(customer, facts)
    if not customer.choices:
        problems.append(Problem(code="no_service_chosen", step=Step.SERVICES))
    if len(customer.choices) > MAXIMUM_SERVICES:
        problems.append(Problem(code="too_many_services", step=Step.SERVICES))
    for choice in customer.choices:
        form = forms.get(choice.service)
        if form is None:
            problems.append(Problem(code="service_unknown", step=Step.SERVICES, service=choice.service))
        else:
            problems += _service_problems(choice, form, facts, situation)
    if asks_contact(facts):
        problems += contact_problems(customer.contact, situation)
    else:
        problems += _administrator_problems(facts)
    return tuple(problems)


def why_unavailable(form: ServiceForm, facts: CustomerFacts) -> Problem | None:
    """Return why the service cannot be chosen at all: it is active, invited, or has no engagement."""
    live = facts.find_live_collaboration(form.code)
    if live is not None or facts.has_open_invitation(form.code):
        waiting = live is None or live.state == CollaborationState.PENDING
        started = live is not None and live.state in (CollaborationState.ACTIVE, CollaborationState.ENDING)
        code = "already_active" if started else "already_invited" if waiting else "already_under_way"
        return Problem(
            code=code,
            step=Step.SERVICES,
            service=form.code,
            data={"state": live.state if live is not None else str(CollaborationState.PENDING)},
        )
    if facts.find_unlinked(form.code) is not None:
        return Problem(
            code="already_unlinked",
            step=Step.SERVICES,
            service=form.code,
            repair=Repair.LINK_INSTEAD,
        )
    if not facts.list_ongoing():
        return Problem(
            code="no_ongoing_engagement",
            step=Step.SERVICES,
            service=form.code,
            repair=Repair.CREATE_ENGAGEMENT,
        )
    return None


def contact_problems(contact: ContactForm, situation: Situation) -> Iterator[Problem]:
    """Yield what is missing or wrong in the contact person's details, field by field."""

    def problem(code: str, name: str, data: dict[str, str] | None = None) -> Problem:
        return Problem(
            code=code, step=Step.CONTACT, field_name=name, repair=Repair.EDIT_CONTACT, data=data or {}
        )

    for name in ("name", "street", "town"):
        if (refused := find_too_long(name, getattr(contact, name))) is not None:
            yield problem(refused.code, name, {key: str(value) for key, value in refused.data.items()})
    if not contact.name.strip():
        yield problem("contact_name_missing", "name")
    email = parse_email(contact.email)
    if not contact.email.strip():
        yield problem("contact_email_missing", "email")
    elif email.error is not None:
        yield problem("contact_email_invalid", "email")
    else:
        namesake = next(
            (p for p in situation.staff if p.email and p.email.casefold() == email.value.casefold()), None
        )
        if namesake is not None:
            yield problem("contact_is_staff", "email", {"name": namesake.name})
    phone = parse_phone(contact.phone)
    if phone.error is not None:
        yield problem("contact_phone_invalid", "phone")
    if not contact.street.strip():
        yield problem("street_missing", "street")
    postal_code = parse_postal_code(contact.postal_code, contact.country)
    if not contact.postal_code.strip():
        yield problem("postal_code_missing", "postal_code")
    elif postal_code.error is not None:
        yield problem("contact_postal_code_invalid", "postal_code")
    if not contact.town.strip():
        yield problem("town_missing", "town")
    elif not is_town(contact.town, contact.country):
        yield problem("contact_town_invalid", "town")


def _customer_problems(draft: CustomerDraft, facts: CustomerFacts, situation: Situation) -> Iterator[Problem]:
    customer = facts.customer
    if customer.state == CustomerState.ARCHIVED:
        yield Problem(code="customer_archived", step=Step.CUSTOMERS, repair=Repair.RESTORE_CUSTOMER)
    number = parse_number(customer.organisation_number, customer.kind, today=situation.today)
    code = "number_missing" if not customer.organisation_number else number.error
    if code is not None:
        yield Problem(
            code=code,
            step=Step.CUSTOMERS,
            field_name="organisation_number",
            repair=Repair.CORRECT_NUMBER,
        )
    yield from _due_diligence_problems(draft, facts, situation)


def _due_diligence_problems(
    draft: CustomerDraft, facts: CustomerFacts, situation: Situation
) -> Iterator[Problem]:
    """Yield what is not done before the collaboration: it blocks, or a reason for going on is asked for."""
    customer, blocks = facts.customer, situation.firm.settings.due_diligence_blocks
    if is_due_diligence_open(facts) and not blocks and not draft.due_diligence_reason:
        yield Problem(
            code="due_diligence_reason_missing", step=Step.CUSTOMERS, repair=Repair.NOTE_DUE_DILIGENCE
        )
        return
    severity = Severity.BLOCKS if blocks else Severity.WARNS

    def problem(code: str, severity: Severity, **data: str) -> Problem:
        return Problem(
            code=code, step=Step.CUSTOMERS, severity=severity, repair=Repair.NOTE_DUE_DILIGENCE, data=data
        )

    if customer.due_diligence.state != "done":
        yield problem("due_diligence_missing" if blocks else "due_diligence_not_done", severity)
    elif customer.due_diligence.review_on and customer.due_diligence.review_on < situation.today:
        date = customer.due_diligence.review_on.isoformat()
        yield problem("due_diligence_overdue", Severity.WARNS, date=date)
    if customer.engagement_letter.state != "done":
        yield problem("engagement_letter_missing", severity)


def _check_problems(draft: CustomerDraft, facts: CustomerFacts) -> Iterator[Problem]:
    registration = facts.registration
    if registration is None:
        return
    numbers = registration.vendor_customer_numbers
    if len(numbers) > 1 and not vendor_number_of(draft, facts):
        yield Problem(
            code="vendor_number_not_chosen",
            step=Step.CHECK,
            repair=Repair.CHOOSE_VENDOR_NUMBER,
            data={"numbers": ", ".join(numbers)},
        )
    if registration.company_state in ("liquidation", "bankrupt", "merged"):
        bankrupt = registration.company_state in ("bankrupt", "merged")
        yield Problem(
            code=f"company_{registration.company_state}",
            step=Step.CHECK,
            severity=Severity.BLOCKS if bankrupt else Severity.WARNS,
        )


def _service_problems(
    choice: ServiceChoice, form: ServiceForm, facts: CustomerFacts, situation: Situation
) -> Iterator[Problem]:
    def problem(code: str, severity: Severity = Severity.BLOCKS, **more: str) -> Problem:
        repair = Repair(more.pop("repair", ""))
        field_name = more.pop("field", "")
        return Problem(
            code=code,
            step=Step.SERVICES,
            severity=severity,
            service=choice.service,
            field_name=field_name,
            repair=repair,
            data=more,
        )

    unavailable = why_unavailable(form, facts)
    if unavailable is not None:
        yield unavailable
    engagement = facts.find_engagement(choice.engagement_id)
    if engagement is None:
        if unavailable is None or unavailable.code != "no_ongoing_engagement":
            yield problem(
                "engagement_not_chosen" if facts.list_ongoing() else "no_ongoing_engagement",
                field="engagement",
                repair=Repair.CREATE_ENGAGEMENT,
            )
    elif engagement.state != EngagementState.ONGOING:
        yield problem("engagement_closed", field="engagement", repair=Repair.CREATE_ENGAGEMENT)
    else:
        if form.engagement_types and engagement.type not in form.engagement_types:
            yield problem("engagement_type_unusual", Severity.WARNS, field="engagement")
        if not facts.list_access(engagement.id, situation):
            yield problem(
                "no_participants",
                Severity.WARNS,
                engagement=engagement.title,
                repair=Repair.ADD_PARTICIPANT,
            )
    if asks_agreement(form, facts):
        values = {**fact_values(form, facts), **choice.values}
        present = present_values(form, facts).get(VARIANT, "")
        for found in form.fields_for(values["branch"]):
            allowed = allowed_values(form, found, values)
            given = choice.values.get(found.name, "")
            if not allowed:
                yield problem("no_choice_fits", field=found.name)
            elif not given:
                yield problem("choice_missing", field=found.name)
            elif given not in allowed:
                yield problem("choice_not_allowed", field=found.name)
        if form.lost_modules(present, choice.values.get(VARIANT, "")):
            yield problem("downgrade", Severity.WARNS, field=VARIANT, present=present)
        for caution in form.cautions_for(choice.values, values):
            yield problem(caution.code, Severity.WARNS, is_caution="yes")
        yield from _licence_problems(choice, form, facts)
    others = ", ".join(name for name in facts.list_other_firms(choice.service) if name)
    if facts.list_other_firms(choice.service):
        yield problem("other_firm_named" if others else "other_firm", Severity.WARNS, firm=others)


def _licence_problems(choice: ServiceChoice, form: ServiceForm, facts: CustomerFacts) -> Iterator[Problem]:
    """Yield that the firm has no licence left, and that a licence is bound to a form that is not certain."""
    licence = choice.values.get(LICENCE, "")
    starts = facts.find_registered_service(form.code) is None  # sharing what is there takes no licence
    if starts and form.shows_licences_left and facts.find_licences_left(form.code, licence) == 0:
        # Licences are bought at the vendor; the check tells when there are more.
        yield Problem(
            code="no_licence_left_of",
            step=Step.SERVICES,
            service=choice.service,
            field_name=LICENCE,
            repair=Repair.CHECK_AGAIN,
        )
    known = facts.registration.legal_form if facts.registration else ""
    own = facts.customer.legal_form
    if form.bound_to_legal_form and own and known and own.casefold() != known.casefold():
        yield Problem(
            code="legal_form_differs",
            step=Step.SERVICES,
            severity=Severity.WARNS,
            service=choice.service,
            data={"own": own, "known": known},
        )


def _administrator_problems(facts: CustomerFacts) -> Iterator[Problem]:
    registration = facts.registration
    if registration is None or facts.answer is not RegistrationAnswer.REGISTERED:
        return
    approvers, _ = approvers_of(registration)
    if not any(person.email for person in approvers):
        is_others = any(person.firm_name for person in registration.administrators)
        yield Problem(
            code="other_firm_only_administrator" if is_others else "no_administrator",
            step=Step.ADMINISTRATORS,
            repair=Repair.CHECK_AGAIN,
            field_name="administrators",
        )

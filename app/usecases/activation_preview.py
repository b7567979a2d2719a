"""The e-mails of an activation as they will look, written by what the server writes them with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from app.catalogue import Catalogue
from app.domain.activation_draft import CustomerDraft, branch_of
from app.domain.activation_facts import CustomerFacts, Situation
from app.domain.consequences import MailLine, MailRole, list_administrators, list_mails
from app.domain.records import Branch, CustomerKind, Person, RegistrationAnswer
from app.letters import (
    PREVIEW_CODE,
    PREVIEW_LINK,
    Information,
    InvitationRequest,
    LetterContent,
    LetterError,
    LoginInstructions,
    write_letter,
)
from app.usecases.activation_values import PreviewMail


def write_previews(
    customer: CustomerDraft,
    facts: CustomerFacts,
    situation: Situation,
    catalogue: Catalogue,
    language: str,
) -> tuple[PreviewMail, ...]:
    """Return the e-mails for everybody who gets one; while nobody knows, both kinds with their condition.

    A letter that cannot be written yet (a name is missing) is left out.
    """
    lines = list_mails(customer, facts)
    branch = branch_of(customer, facts)
    only_if = RegistrationAnswer.NOT_REGISTERED if branch is Branch.UNKNOWN else ""
    mails = list(_write(lines, customer, facts, situation, catalogue, language, only_if))
    if branch is Branch.UNKNOWN:
        known = list_administrators(facts)
        contact = customer.contact.to_contact()
        likely = MailLine(person=Person(name=contact.name, email=contact.email), role=MailRole.APPROVER)
        asked = [line for line in known if line.role is not MailRole.INFORMED] or [likely]
        registered = RegistrationAnswer.REGISTERED
        mails += _write(asked, customer, facts, situation, catalogue, language, registered)
    return tuple(mails)


def _write(
    lines: Iterable[MailLine],
    customer: CustomerDraft,
    facts: CustomerFacts,
    situation: Situation,
    catalogue: Catalogue,
    language: str,
    only_if: str,
) -> Iterable[PreviewMail]:
    lines = tuple(lines)
    approvers = tuple(line.person.name for line in lines if line.role is not MailRole.INFORMED)
    services = tuple(catalogue.service(choice.service).label.text(language) for choice in customer.choices)
    for line in lines:
        content = _content(line, customer, facts, situation, services, approvers)
        try:
            letter = write_letter(content, language)
        except LetterError:
            continue
        yield PreviewMail(
            to=line.person,
            role=line.role,
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            only_if=only_if,
        )


def _content(
    line: MailLine,
    customer: CustomerDraft,
    facts: CustomerFacts,
    situation: Situation,
    services: tuple[str, ...],
    approvers: tuple[str, ...],
) -> LetterContent:
    firm, company, name = situation.firm.name, facts.customer.name, line.person.name
    match line.role:
        case MailRole.LOGIN:
            return LoginInstructions(
                firm_name=firm,
                company_name=company,
                recipient_name=name,
                services=services,
                link=PREVIEW_LINK,
                code=PREVIEW_CODE,
            )
        case MailRole.INFORMED:
            return Information(
                firm_name=firm,
                company_name=company,
                recipient_name=name,
                services=services,
                approvers=approvers,
            )
        case _:
            return InvitationRequest(
                firm_name=firm,
                company_name=company,
                recipient_name=name,
                services=services,
                sender_name=situation.me.name,
                link=PREVIEW_LINK,
                code=PREVIEW_CODE,
                expires_on=situation.today + timedelta(days=situation.firm.settings.invitation_days),
                asks_number=facts.customer.kind == CustomerKind.LEGAL_PERSON,
                requests_access=branch_of(customer, facts) is Branch.OWNS_SUBSCRIPTION,
            )

"""What the pages show of an invitation or a new account: no personal data, nothing that was not mailed."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date

from app.catalogue.catalogue import Catalogue
from app.domain.changes import Reader
from app.domain.customer_ends import list_running
from app.domain.records import (
    Activation,
    ActivationItem,
    Branch,
    CollaborationState,
    Customer,
    CustomerKind,
    Engagement,
    Firm,
    Invitation,
)
from app.server.mail.composing import asks_for_number

_NAMES_NOBODY = frozenset(
    {CustomerKind.LEGAL_PERSON, CustomerKind.ASSOCIATION_WITHOUT_NUMBER, CustomerKind.FOREIGN}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceView:
    """One service of the page. ``variant`` is the catalogue's label; empty parts are not shown."""

    code: str
    name: str
    purpose: str = ""
    variant: str = ""
    payer: str = ""
    period_months: int | None = None
    web_address: str = ""
    state: str = ""
    ends_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """A page's content. ``customer_name`` is None where it would name a person; ``goes_on`` are the names of
    the services that run on after an end.
    """

    firm_name: str
    customer_name: str | None
    is_person: bool
    services: tuple[ServiceView, ...]
    engagements: tuple[str, ...] = ()
    expires_on: date | None = None
    asks_number: bool = False
    requests_access: bool = False
    answers: dict[str, str] | None = None
    goes_on: tuple[str, ...] = ()

    @property
    def can_end(self) -> bool:
        """Tell whether the customer can end any of it."""
        return any(service.state == CollaborationState.ACTIVE for service in self.services)


def view_invitation(
    reader: Reader, firm_id: str, invitation: Invitation, catalogue: Catalogue, language: str
) -> PageView | None:
    """Return what the invitation's page shows, or None where something of it is gone."""
    activation = reader.find("activation", invitation.activation_id)
    if not isinstance(activation, Activation):
        return None
    view = _view(reader, firm_id, activation, catalogue, language)
    if view is None:
        return None
    return dataclasses.replace(
        view,
        expires_on=invitation.expires_on,
        answers={a.service: a.answer for a in invitation.answers},
    )


def view_set_up(
    reader: Reader, firm_id: str, activation: Activation, catalogue: Catalogue, language: str
) -> PageView | None:
    """Return what the set-up page shows, or None where something of it is gone."""
    return _view(reader, firm_id, activation, catalogue, language)


def view_running(
    reader: Reader, firm_id: str, activation: Activation, catalogue: Catalogue, language: str
) -> PageView | None:
    """Return what the customer's own page shows: what runs or is ending; None where nothing does."""
    view = _view(reader, firm_id, activation, catalogue, language)
    running = {each.service: each for each in list_running(activation, reader)}
    if view is None or not running:
        return None
    services = tuple(
        dataclasses.replace(service, state=running[service.code].state, ends_on=running[service.code].ends_on)
        for service in view.services
        if service.code in running
    )
    return dataclasses.replace(view, services=services)


def _view(
    reader: Reader, firm_id: str, activation: Activation, catalogue: Catalogue, language: str
) -> PageView | None:
    firm = reader.find("firm", firm_id)
    customer = reader.find("customer", activation.customer_id)
    if not isinstance(firm, Firm) or not isinstance(customer, Customer):
        return None
    titles: dict[str, None] = {}
    for item in activation.items:
        engagement = reader.find("engagement", item.engagement_id)
        if isinstance(engagement, Engagement):
            titles.setdefault(engagement.title)
    return PageView(
        firm_name=firm.name,
        customer_name=customer.name if customer.kind in _NAMES_NOBODY else None,
        is_person=customer.kind in (CustomerKind.PRIVATE_PERSON, CustomerKind.ESTATE),
        services=tuple(_service(item, catalogue, language) for item in activation.items),
        engagements=tuple(titles),
        asks_number=asks_for_number(customer),
        requests_access=activation.branch == Branch.OWNS_SUBSCRIPTION,
    )


def _service(item: ActivationItem, catalogue: Catalogue, language: str) -> ServiceView:
    service = catalogue.service(item.service)
    field = service.find_field("variant")
    labels = {option.value: option.label.text(language) for option in field.options} if field else {}
    return ServiceView(
        code=item.service,
        name=service.label.text(language),
        purpose=service.purpose.text(language),
        variant=labels.get(item.variant, item.variant),
        payer=item.payer,
        period_months=item.period_months,
        web_address=service.web_address,
    )

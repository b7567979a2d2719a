"""One customer beside the list: contacts, engagements, collaborations and the last registration check."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar, cast

from app.domain.contact_details import format_phone
from app.domain.identity import mask_number
from app.domain.records import (
    Activation,
    Collaboration,
    Contact,
    Customer,
    Engagement,
    MailState,
    Participation,
    Record,
    Registration,
    RegistrationAnswer,
    Staff,
)
from app.domain.swedish_order import sort_key
from app.storage.local_reader import LocalReader
from app.usecases.workspace import Workspace

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactSummary:
    """A contact; ``phone`` as it is written in Sweden, or empty."""

    id: str
    name: str
    email: str
    phone: str
    is_main: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementSummary:
    """An ongoing or closed engagement with the names of those who work on it today, the owner first."""

    id: str
    title: str
    type: str
    fiscal_year: int | None
    is_ongoing: bool
    staff: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CollaborationSummary:
    """A collaboration of the customer; ``service`` is empty while it is not known which one it is.

    ``ended_by`` is the name of who ended it, ``customer`` or ``vendor``. ``problem`` is the code of what the
    vendor last refused. ``mark``: queued, sending or acknowledged while a decision about it has not come
    back, else empty. ``login``: ``waiting`` while the contact person has not logged in, ``bounced`` or
    ``refused`` where the login instructions did not arrive, else empty.
    """

    id: str
    customer_id: str
    name: str
    service: str
    product: str
    state: str
    engagement: str
    is_missing_engagement: bool
    ends_on: str
    variant: str
    payer: str
    period_months: int | None
    started_on: str
    ended_by: str
    problem: str
    activation_id: str
    login: str
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerDetails:
    """What the side panel shows. ``identity`` is masked for persons."""

    id: str
    name: str
    number: str
    identity: str
    kind: str
    state: str
    office: str
    manager: str
    address: str
    fiscal_year_end: str
    registered: str
    checked_at: datetime | None
    contacts: tuple[ContactSummary, ...]
    engagements: tuple[EngagementSummary, ...]
    collaborations: tuple[CollaborationSummary, ...]


class CustomerDetailsQuery:
    """Asks about one customer."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def find(self, customer_id: str) -> CustomerDetails | None:
        """Return the customer with what hangs on it; None where it is gone."""
        today = self._workspace.clock.today()
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            customer = cast("Customer | None", reader.find("customer", customer_id))
            if customer is None:
                return None
            staff = {row.id: row for row in reader.list_all(Staff)}
            contacts = _of_customer(reader, Contact, customer_id)
            engagements = _of_customer(reader, Engagement, customer_id)
            participations = [
                row for row in _of_customer(reader, Participation, customer_id) if row.holds_on(today)
            ]
            collaborations = _of_customer(reader, Collaboration, customer_id)
            activations = {row.id: row for row in _of_customer(reader, Activation, customer_id)}
            marks = {
                str(row[0]): str(row[1])
                for row in unit.rows(
                    "SELECT id, mark FROM shown_collaboration WHERE customer_id = ?", (customer_id,)
                )
            }
            registration = next(iter(_of_customer(reader, Registration, customer_id)), None)
        manager = staff.get(customer.account_manager_id or "")
        titles = {row.id: row.title for row in engagements}
        address = customer.address
        return CustomerDetails(
            id=customer.id,
            name=customer.name,
            number=customer.customer_number,
            identity=mask_number(customer.organisation_number),
            kind=customer.kind,
            state=customer.state,
            office=customer.office,
            manager=manager.name if manager else "",
            address=", ".join(
                part for part in (address.street, f"{address.postal_code} {address.town}".strip()) if part
            ),
            fiscal_year_end=customer.fiscal_year_end,
            registered=registration.answer if registration else RegistrationAnswer.UNKNOWN,
            checked_at=registration.checked_at if registration else None,
            contacts=tuple(
                ContactSummary(
                    id=row.id,
                    name=row.name,
                    email=row.email,
                    phone=format_phone(row.phone),
                    is_main=row.is_main,
                )
                for row in sorted(contacts, key=lambda row: (not row.is_main, sort_key(row.name)))
            ),
            engagements=tuple(
                EngagementSummary(
                    id=row.id,
                    title=row.title,
                    type=row.type,
                    fiscal_year=row.fiscal_year,
                    is_ongoing=row.state == "ongoing",
                    staff=_names(row.id, participations, staff),
                )
                for row in sorted(
                    engagements, key=lambda row: (row.state != "ongoing", -(row.fiscal_year or 0), row.title)
                )
            ),
            collaborations=tuple(
                CollaborationSummary(
                    id=row.id,
                    customer_id=customer.id,
                    name=customer.name,
                    service=row.service or "",
                    product=row.source_product,
                    state=row.state,
                    engagement=titles.get(row.engagement_id or "", ""),
                    is_missing_engagement=row.is_unlinked,
                    ends_on=row.ends_on.isoformat() if row.ends_on else "",
                    variant=row.variant,
                    payer=row.payer,
                    period_months=row.period_months,
                    started_on=row.started_on.isoformat() if row.started_on else "",
                    ended_by=staff[row.ended_by].name if row.ended_by in staff else row.ended_by,
                    problem=row.problem,
                    activation_id=row.activation_id or "",
                    login=_login(activations.get(row.activation_id or "")),
                    mark=marks.get(row.id, ""),
                )
                for row in sorted(collaborations, key=lambda row: (row.service or "", row.id))
            ),
        )


def _of_customer(reader: LocalReader, cls: type[R], customer_id: str) -> list[R]:
    type_name = cls.__name__.lower()
    return [row for row in reader.list_of_customer(type_name, customer_id) if isinstance(row, cls)]


def _login(activation: Activation | None) -> str:
    """Return whether the contact person still has to log in, and whether the instructions arrived."""
    if activation is None or not activation.login_mail_state or activation.logged_in_at is not None:
        return ""
    if activation.login_mail_state in (MailState.BOUNCED, MailState.REFUSED):
        return str(activation.login_mail_state)
    return "waiting"


def _names(
    engagement_id: str, participations: list[Participation], staff: dict[str, Staff]
) -> tuple[str, ...]:
    found = [row for row in participations if row.engagement_id == engagement_id]
    found.sort(key=lambda row: (row.role != "owner", row.staff_id))
    return tuple(dict.fromkeys(staff[row.staff_id].name for row in found if row.staff_id in staff))

"""What becomes of a company's services in the register: started, shared, changed, ended. Values only."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date

from app.domain.records import LicencesLeft, Payer
from app.domain.terms import Terms
from app.server.gateway.register_company import (
    RegisterCollaboration,
    RegisterCompany,
    RegisterPerson,
    RegisterSubscription,
)
from app.server.gateway.vendor import Seat, ServiceOrder, VendorRefusedError

CUSTOMER_CONTINUES = "customer_continues"


def as_of(company: RegisterCompany, today: date) -> RegisterCompany:
    """Return the company as it stands on that day: ends whose day has come are carried out."""
    due = [
        c
        for c in company.collaborations
        if c.state == "active" and c.ends_on is not None and c.ends_on <= today
    ]
    for one in due:
        company = _carry_out(company, one)
    return company


def with_collaborations(
    company: RegisterCompany, seat: Seat, codes: Sequence[str], state: str, today: date | None = None
) -> RegisterCompany:
    """Return the company with the firm in these services; where it works already nothing changes."""
    active = {c.service for c in company.collaborations if c.firm_id == seat.firm_id and c.state == "active"}
    touched = [code for code in codes if code not in active]
    others = tuple(
        c for c in company.collaborations if not (c.firm_id == seat.firm_id and c.service in touched)
    )
    new = tuple(
        RegisterCollaboration(
            firm_id=seat.firm_id, firm_name=seat.firm_name, service=code, state=state, since=today
        )
        for code in touched
    )
    return dataclasses.replace(company, collaborations=others + new)


def started(
    company: RegisterCompany, orders: Sequence[ServiceOrder], *, payer: str, terms: Terms, today: date
) -> RegisterCompany:
    """Return the company with the services it lacks, ordered by the firm; ``payer`` where none was said."""
    held = {subscription.service for subscription in company.subscriptions}
    new = [
        RegisterSubscription(
            service=order.service,
            variant=order.variant,
            payer=order.payer or payer,
            owner=Payer.FIRM,
            period_months=order.period_months,
            since=today,
            options=dict(order.options),
        )
        for order in orders
        if order.service not in held
    ]
    company = dataclasses.replace(company, subscriptions=(*company.subscriptions, *new))
    return switched_off(company, orders, terms)


def switched_off(company: RegisterCompany, orders: Sequence[ServiceOrder], terms: Terms) -> RegisterCompany:
    """Return the company without what the chosen variants switch off, such as its own Lön Direkt."""
    off = {name for order in orders for name in terms.service(order.service).switched_off_by(order.variant)}
    return dataclasses.replace(company, lon_direkt=False) if "lon_direkt" in off else company


def changed(company: RegisterCompany, seat: Seat, order: ServiceOrder, terms: Terms) -> RegisterCompany:
    """Return the company with the service on other terms. Raises VendorRefusedError."""
    held = next((s for s in company.subscriptions if s.service == order.service), None)
    work = find_work(company, seat, order.service)
    if held is None or work is None or work.state != "active":
        raise VendorRefusedError("unknown_service")
    if held.owner == Payer.CUSTOMER:
        raise VendorRefusedError("customer_owns_subscription")
    after = dataclasses.replace(
        held,
        variant=order.variant or held.variant,
        payer=order.payer or held.payer,
        period_months=order.period_months if order.period_months is not None else held.period_months,
        options=dict(order.options) or held.options,
    )
    subscriptions = tuple(after if s is held else s for s in company.subscriptions)
    return switched_off(dataclasses.replace(company, subscriptions=subscriptions), [order], terms)


def ending(
    company: RegisterCompany, seat: Seat, service: str, on: date, choice: str, terms: Terms
) -> RegisterCompany:
    """Return the company with the firm's end in the service noted. Raises VendorRefusedError."""
    present = find_work(company, seat, service)
    if present is None:
        raise VendorRefusedError("unknown_service")
    if present.state == "ended":
        return company
    if not any(person.is_main_contact for person in company.people):
        raise VendorRefusedError("main_contact_missing")
    own = terms.service(service)
    for first in own.ends_first:
        other = find_work(company, seat, first)
        if other is not None and other.state == "active" and (other.ends_on is None or other.ends_on > on):
            raise VendorRefusedError("ends_before_others")
    for item in own.checklist_at("before_end"):
        if item.known_from and getattr(company, item.known_from):
            raise VendorRefusedError(item.refusal)
    after = dataclasses.replace(present, ends_on=on, end_choice=choice)
    return _replaced(company, present, after)


def end_cancelled(company: RegisterCompany, seat: Seat, service: str) -> RegisterCompany:
    """Return the company with the firm's end taken back. Raises VendorRefusedError."""
    present = find_work(company, seat, service)
    if present is None:
        raise VendorRefusedError("unknown_service")
    if present.state == "ended":
        raise VendorRefusedError("already_ended")
    return _replaced(company, present, dataclasses.replace(present, ends_on=None, end_choice=""))


def with_main_contact(company: RegisterCompany, name: str, email: str, phone: str) -> RegisterCompany:
    """Return the company with this person as its only main contact, and as an administrator."""
    folded = email.strip().casefold()
    known = next((p for p in company.people if p.email.strip().casefold() == folded), None)
    person = known or RegisterPerson(name=name, email=email, phone=phone)
    person = dataclasses.replace(person, is_administrator=True, is_main_contact=True)
    others = tuple(dataclasses.replace(p, is_main_contact=False) for p in company.people if p is not known)
    return dataclasses.replace(company, people=(*others, person))


def with_licences_used(
    licences: Sequence[LicencesLeft], orders: Sequence[ServiceOrder]
) -> tuple[LicencesLeft, ...]:
    """Return what is left after these orders. Raises VendorRefusedError ``no_licence_left``.

    A service that is not sold by licence has no row and uses none.
    """
    left = list(licences)
    for order in orders:
        wanted = order.options.get("licence", "")
        for place, row in enumerate(left):
            if row.service == order.service and row.licence in ("", wanted):
                if row.left < 1:
                    raise VendorRefusedError("no_licence_left")
                left[place] = dataclasses.replace(row, left=row.left - 1)
                break
    return tuple(left)


def ended_by_customer(company: RegisterCompany, work: RegisterCollaboration, on: date) -> RegisterCompany:
    """Return the company with an end of its own noted: it goes on alone."""
    return _replaced(company, work, dataclasses.replace(work, ends_on=on, end_choice=CUSTOMER_CONTINUES))


def find_work(company: RegisterCompany, seat: Seat, service: str) -> RegisterCollaboration | None:
    """Return the firm's collaboration with the company in the service, the active one first."""
    mine = [
        c
        for c in company.collaborations
        if c.firm_id == seat.firm_id and c.service == service and c.state != "pending"
    ]
    return min(mine, key=lambda c: c.state != "active", default=None)


def _carry_out(company: RegisterCompany, one: RegisterCollaboration) -> RegisterCompany:
    company = _replaced(company, one, dataclasses.replace(one, state="ended"))
    goes_on = one.end_choice == CUSTOMER_CONTINUES
    others = any(c.service == one.service and c.state == "active" for c in company.collaborations)
    subscriptions = []
    for held in company.subscriptions:
        if held.service != one.service or held.owner == Payer.CUSTOMER or others:
            subscriptions.append(held)
        elif goes_on:
            subscriptions.append(dataclasses.replace(held, owner=Payer.CUSTOMER, payer=Payer.CUSTOMER))
    return dataclasses.replace(company, subscriptions=tuple(subscriptions))


def _replaced(
    company: RegisterCompany, before: RegisterCollaboration, after: RegisterCollaboration
) -> RegisterCompany:
    rows = tuple(after if one is before else one for one in company.collaborations)
    return dataclasses.replace(company, collaborations=rows)

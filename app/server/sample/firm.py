"""Puts the sample firm together."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from app.domain.ids import derived_id
from app.domain.records import Customer, Firm, LicencesLeft, Record, Staff
from app.server.gateway.register_company import RegisterCompany
from app.server.sample.collaborations import CollaborationMaker
from app.server.sample.customers import CustomerMaker, SampleCustomer
from app.server.sample.ledger import Ledger
from app.server.sample.register import LICENCES, RegisterMaker
from app.server.sample.unlinked import UnlinkedMaker
from app.server.sample.words import ascii_of, load_firm


@dataclass(frozen=True, slots=True)
class StaffLogin:
    """Who may sign in at the sample firm with one click."""

    staff_id: str
    email: str
    name: str


@dataclass(frozen=True, slots=True)
class SampleFirm:
    """Everything a server needs to begin with the sample firm.

    ``records`` hold the firm itself and each record once. ``examples`` name customers of every sort by
    their role (``not_registered``, ``invite``, ``bounced`` …), for tests, pictures and the help.
    """

    firm: Firm
    records: tuple[Record, ...]
    register_companies: tuple[RegisterCompany, ...]
    licences: tuple[LicencesLeft, ...]
    staff_logins: tuple[StaffLogin, ...]
    examples: Mapping[str, tuple[str, ...]]


def make_sample_firm(now: datetime, today: date, seed: int = 20261123) -> SampleFirm:
    """Return the sample firm as it stands at ``now`` (UTC) on the firm's local day ``today``."""
    # Not secret: the same seed gives the same firm.
    chance = random.Random(seed)  # noqa: S311
    ledger = Ledger(now, today)
    firm, staff = _make_firm(ledger)
    maker = CustomerMaker(ledger, chance, staff)
    customers = maker.make_all()
    register = RegisterMaker(ledger, chance, firm.id, firm.name)
    for made in customers:
        if made.role.registered:
            register.register(made)
    collaborations = CollaborationMaker(ledger, chance, staff, register)
    for made in customers:
        collaborations.add_active(made)
    for made in customers:
        if made.role.registered and made.role.name != "unlinked" and chance.random() < 0.9:
            ledger.put(register.check(made.customer, chance.choice((0, 0, 1, 3, 8, 30))))
        elif not made.role.registered and made.customer.organisation_number and chance.random() < 0.4:
            ledger.put(register.check(made.customer, chance.choice((0, 1, 5))))
    for made in customers:
        collaborations.live_through(made)
    UnlinkedMaker(ledger, chance, staff, register).add_all(customers, maker)
    cases = maker.make_cases()
    for made in cases:
        register.register(made)
        collaborations.add_services(made)
        ledger.put(register.check(made.customer, 0))
    customers += cases
    _protect(ledger, [one for one in customers if one.role.name == "linked"], staff)
    return SampleFirm(
        firm=firm,
        records=ledger.everything(),
        register_companies=register.companies(),
        licences=LICENCES,
        staff_logins=tuple(StaffLogin(one.id, one.email, one.name) for one in staff if one.state == "active"),
        examples=_examples(customers),
    )


def _make_firm(ledger: Ledger) -> tuple[Firm, list[Staff]]:
    words = load_firm()
    firm = Firm(
        id=derived_id("fi", "sample", words.name),
        name=words.name,
        organisation_number=words.organisation_number,
        offices=words.offices,
    )
    staff = []
    for one in words.staff:
        given, *_, family = one.name.split()
        staff.append(
            Staff(
                id=derived_id("st", "sample", one.name),
                name=one.name,
                email=f"{ascii_of(given)}.{ascii_of(family)}@{words.domain}",
                office=one.office,
                full_permission="full" in one.rights,
                vendor_administrator="vendor" in one.rights,
                sees=one.sees,
                state=one.state,
                left_on=ledger.today + timedelta(days=25) if one.state == "leaving" else None,
            )
        )
    ledger.put(firm, *staff)
    return firm, staff


def _protect(ledger: Ledger, linked: list[SampleCustomer], staff: list[Staff]) -> None:
    """Let two customers be seen by named staff only: an owner's own company, and a colleague's."""
    for made, named in ((linked[5], staff[:2]), (linked[9], staff[:1])):
        present = ledger.find("customer", made.customer.id)
        if isinstance(present, Customer):
            names = tuple(one.id for one in named)
            ledger.put(replace(present, protected=True, protected_staff_ids=names))


def _examples(customers: list[SampleCustomer]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for made in customers:
        found[made.role.name] = (*found.get(made.role.name, ()), made.customer.id)
    return found

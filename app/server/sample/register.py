"""Makes the vendor's side of the sample: the registered companies, what they have, who administers them."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

from app.domain.ids import derived_id
from app.domain.records import Customer, LicencesLeft, Payer, Registration
from app.server.gateway.register import answer_about
from app.server.gateway.register_company import (
    RegisterCollaboration,
    RegisterCompany,
    RegisterPerson,
    RegisterSubscription,
)
from app.server.gateway.vendor import Seat, query_for, registration_of
from app.server.sample.customers import SampleCustomer
from app.server.sample.ledger import Ledger
from app.server.sample.words import ascii_of, load_words

_FIRST_VENDOR_NUMBER = 310_400
LICENCES = (
    LicencesLeft(service="skatt_bokslut_pro", licence="period", left=14),
    LicencesLeft(service="skatt_bokslut_pro", licence="year", left=0),
)
"""What the sample firm has left: a private person always needs the kind that is used up (case 17)."""


class RegisterMaker:
    """Keeps the companies of the register while the sample is made."""

    def __init__(self, ledger: Ledger, chance: random.Random, firm_id: str, firm_name: str) -> None:
        self._ledger = ledger
        self._chance = chance
        self._firm_id = firm_id
        self._firm_name = firm_name
        self._companies: dict[str, RegisterCompany] = {}
        self._made = 0

    def companies(self) -> tuple[RegisterCompany, ...]:
        """Return all companies of the register."""
        return tuple(self._companies.values())

    def company_of(self, customer_id: str) -> RegisterCompany | None:
        """Return the customer's company, if it is registered."""
        return self._companies.get(customer_id)

    def register(self, made: SampleCustomer) -> None:
        """Add the customer to the register, and the vendor's number to most customers."""
        number = self.take_vendor_number()
        others = (self.take_vendor_number(),) if made.role.name == "several_vendor_numbers" else ()
        customer = made.customer
        name = customer.name
        if made.role.name == "name_differs":
            name = f"{load_words().invented_words[self._made % 20]} Holding AB"
        self._companies[customer.id] = RegisterCompany(
            vendor_customer_number=number,
            other_customer_numbers=others,
            name=name,
            number=customer.organisation_number,
            serial=customer.serial,
            kind=customer.kind,
            legal_form=customer.legal_form,
            company_state=made.role.company_state,
            email=made.contacts[0].email if made.contacts else "",
            phone=made.contacts[0].phone if made.contacts else "",
            address=customer.address,
            people=self._people(made),
            subscriptions=self._earlier_subscriptions(made),
            collaborations=self._other_firms(made),
            lon_direkt=made.role.lon_direkt,
            bank_link=made.role.bank_link,
            open_reports=made.role.open_reports,
        )
        if self._chance.random() < 0.75:
            made.customer = replace(customer, vendor_customer_number=number)
            self._ledger.put(made.customer)

    def add_company(self, key: str, company: RegisterCompany) -> None:
        """Add a company that is no customer of the firm."""
        self._companies[key] = company

    def take_vendor_number(self) -> str:
        """Return a customer number of the vendor's that is not used yet."""
        self._made += 1
        return str(_FIRST_VENDOR_NUMBER + self._made * 17)

    def add_service(
        self,
        key: str,
        service: str,
        *,
        variant: str = "",
        payer: str = Payer.FIRM,
        state: str = "active",
        ends_on: date | None = None,
        end_choice: str = "",
    ) -> None:
        """Note that the company has the service and that the firm works in it, or did (``ended``)."""
        company = self._companies.get(key)
        if company is None:
            return
        since = self._ledger.today - timedelta(days=self._chance.randint(60, 1200))
        held = {subscription.service for subscription in company.subscriptions}
        more = (
            ()
            if service in held
            else (
                RegisterSubscription(
                    service=service, variant=variant, payer=payer, owner=Payer.FIRM, since=since
                ),
            )
        )
        works = RegisterCollaboration(
            firm_id=self._firm_id,
            firm_name=self._firm_name,
            service=service,
            state=state,
            since=since,
            ends_on=ends_on,
            end_choice=end_choice,
        )
        self._companies[key] = replace(
            company,
            subscriptions=company.subscriptions + more,
            collaborations=(*company.collaborations, works),
        )

    def check(self, customer: Customer, days_ago: int) -> Registration:
        """Return the vendor's answer about the customer as it was given that many days ago."""
        checked_at = self._ledger.days_ago(days_ago, minute=days_ago * 53 + 37)
        seat = Seat(firm_id=self._firm_id, firm_name=self._firm_name)
        answer = answer_about(seat, query_for(customer), self._companies.get(customer.id), LICENCES)
        return registration_of(customer, answer, checked_at)

    def _people(self, made: SampleCustomer) -> tuple[RegisterPerson, ...]:
        words = load_words()
        people = [RegisterPerson(name=c.name, email=c.email, phone=c.phone) for c in made.contacts if c.email]
        while len(people) < max(made.role.administrators, 1):
            name = f"{self._chance.choice(words.given_names)} {self._chance.choice(words.surnames)}"
            host = f"{ascii_of(made.customer.name.removesuffix(' AB'))}.example"
            email = f"{ascii_of(name.split()[0])}.{ascii_of(name.split()[-1])}@{host}"
            people.append(RegisterPerson(name=name, email=email))
        seen_at = self._ledger.days_ago(self._chance.randint(1, 200), minute=self._chance.randint(0, 480))
        own = tuple(
            replace(
                person,
                is_administrator=place < made.role.administrators,
                is_main_contact=place == 0 and made.role.administrators > 0 and made.role.has_main_contact,
                logged_in_at=seen_at,
            )
            for place, person in enumerate(people)
        )
        if not made.role.only_other_firm:
            return own
        firm_name = words.other_firms[0]
        name = f"{words.given_names[0]} {words.surnames[0]}"
        email = f"{ascii_of(words.given_names[0])}@{ascii_of(firm_name)}.example"
        return (*own, RegisterPerson(name=name, email=email, firm_name=firm_name, logged_in_at=seen_at))

    def _earlier_subscriptions(self, made: SampleCustomer) -> tuple[RegisterSubscription, ...]:
        since = self._ledger.today - timedelta(days=self._chance.randint(300, 1500))
        if made.role.owns_subscription:
            return (
                RegisterSubscription(
                    service="eekonomi",
                    variant="smart",
                    payer=Payer.CUSTOMER,
                    owner=Payer.CUSTOMER,
                    since=since,
                ),
                RegisterSubscription(
                    service="utlagg", payer=Payer.CUSTOMER, owner=Payer.CUSTOMER, since=since
                ),
            )
        if made.role.name in ("invite", "partly", "other_firm") and self._chance.random() < 0.5:
            return (
                RegisterSubscription(
                    service="eekonomi", variant="pro", payer=Payer.CUSTOMER, owner=Payer.FIRM, since=since
                ),
            )
        return ()

    def _other_firms(self, made: SampleCustomer) -> tuple[RegisterCollaboration, ...]:
        if not made.role.other_firm:
            return ()
        name = self._chance.choice(load_words().other_firms)
        since = self._ledger.today - timedelta(days=900)
        return (
            RegisterCollaboration(
                firm_id=derived_id("fi", "sample", name), firm_name=name, service="lon_smart", since=since
            ),
        )

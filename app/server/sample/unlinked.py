"""Collaborations from Byråstöd and Smarta Byrån, with the slips that such lists have in real life."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from app.catalogue import load_catalogue
from app.domain.ids import derived_id
from app.domain.records import (
    Collaboration,
    CollaborationSource,
    Company,
    Payer,
    Staff,
)
from app.server.gateway.register_company import RegisterCompany, RegisterPerson
from app.server.sample.collaborations import company_of, vendor_access
from app.server.sample.customers import CustomerMaker, SampleCustomer
from app.server.sample.ledger import Ledger
from app.server.sample.numbers import OrganisationNumbers, change_digit, swap_neighbours, with_check_digit
from app.server.sample.register import RegisterMaker
from app.server.sample.roles import Role
from app.server.sample.words import ascii_of, load_words

Noise = Callable[[Company], Company]

NO_SAFE_ANSWER = "no_safe_answer"
"""Key prefix of the companies that nobody can link without asking somebody."""

_UNLINKED = Role(name="unlinked", count=1)
_SOURCE_PRODUCTS = {
    "eekonomi": ("eEkonomi", "Visma eEkonomi", "eEkonomi Bokföring", "eEkonomi Fakturering"),
    "scanner": ("Scanner", "Visma Scanner"),
    "lon_smart": ("Lön Smart",),
    "lon_anstalld": ("Lön Anställd", "Min Lön"),
    "digitala_fakturor": ("AutoInvoice",),
    "skatt_bokslut_pro": ("Skatt & Bokslut",),
    "ekonomioversikt": ("Ekonomiöversikt",),
    "utlagg": ("Utlägg",),
}


@dataclass(frozen=True, slots=True)
class _Story:
    """``count`` companies with this noise; ``products`` of the source, by the engagements where empty."""

    key: str
    count: int
    noise: tuple[Noise, ...]
    products: tuple[str, ...] = ()


class UnlinkedMaker:
    """Writes the unlinked collaborations and what the vendor reports about who has access."""

    def __init__(
        self, ledger: Ledger, chance: random.Random, staff: list[Staff], register: RegisterMaker
    ) -> None:
        self._ledger = ledger
        self._chance = chance
        self._staff = staff
        self._register = register
        self._unknown_numbers = OrganisationNumbers()
        self._companies = 0

    def add_all(self, customers: list[SampleCustomer], maker: CustomerMaker) -> None:
        """Write them all: known customers with noise, then those that have no safe answer."""
        waiting = iter([one for one in customers if one.role.name == "unlinked"])
        for story in _STORIES:
            for made in (next(waiting) for _ in range(story.count)):
                self._add_known(story, made)
        archived = [one for one in customers if one.role.archived and one.customer.kind == "legal_person"]
        for made in archived[:2]:
            self._add_known(_Story("archived", 1, (), ("eEkonomi",)), made)
        self._add_without_safe_answer(customers, maker)

    def _add_known(self, story: _Story, made: SampleCustomer) -> None:
        company = company_of(made, self._register)
        for noise in story.noise:
            company = noise(company)
        for product in story.products or self._products_of(made):
            self._add(f"{story.key}:{made.customer.id}", company, product, made.customer.id)

    def _add_without_safe_answer(self, customers: list[SampleCustomer], maker: CustomerMaker) -> None:
        for made in list(self._twice_entered(maker)) + self._sole_firms_of_one_owner(customers):
            company = replace(company_of(made, self._register), serial=0, name=made.customer.name.upper())
            if made.customer.kind == "sole_firm":
                name = made.customer.name.split()[0]
                company = replace(company, name=name, vendor_customer_number="", email="", postal_code="")
            self._add(f"{NO_SAFE_ANSWER}:{made.customer.id}", company, "eEkonomi", made.customer.id)
        for name in ("Kvistema Fastigheter", "Rimfrost Data"):
            for town in ("Växjö", "Kalmar", "Nybro"):
                legal_name = f"{name} i {town} AB"
                maker.make_named(_UNLINKED, legal_name, town=town)
            self._add(f"{NO_SAFE_ANSWER}:{name}", Company(name=name), "eEkonomi", None)
        same_name = [
            one for one in customers if one.role.name == "linked" and one.customer.legal_form == "AB"
        ]
        for made in same_name[:3]:
            other = replace(
                company_of(made, self._register),
                number=self._number_of_a_stranger(),
                vendor_customer_number=self._register.take_vendor_number(),
                email="",
                phone="",
                postal_code="211 20",
                town="Malmö",
            )
            self._add_stranger(f"{NO_SAFE_ANSWER}:same_name:{made.customer.id}", other, ("Scanner",))
        for place, word in enumerate(load_words().invented_words[-6:]):
            stranger = Company(
                number=self._number_of_a_stranger(),
                name=f"{word} Vind & Vatten AB",
                vendor_customer_number=self._register.take_vendor_number(),
                email=f"info@{ascii_of(word)}-vind.example",
                postal_code="903 26",
                town="Umeå",
            )
            products = ("eEkonomi", "Scanner") if place == 0 else ("eEkonomi",)
            self._add_stranger(f"{NO_SAFE_ANSWER}:no_customer:{place}", stranger, products)
        odd = (
            (Company(name="Testbolaget 2014", number="165599990001"), "Scanner"),
            (Company(name="", vendor_customer_number=self._register.take_vendor_number()), "eEkonomi"),
            (Company(name="X"), "Visma Tid"),
            (Company(name="Demo Företag AB", number="000000000000"), "Lön"),
            (Company(name="Anderssons", town="Kalmar"), "Visma Förening"),
        )
        for place, (company, product) in enumerate(odd):
            self._add(f"{NO_SAFE_ANSWER}:odd:{place}", company, product, None)

    def _twice_entered(self, maker: CustomerMaker) -> Iterator[SampleCustomer]:
        for name in ("Havtorn Måleri", "Sjövalls Rör"):
            first = maker.make_named(_UNLINKED, f"{name} AB")
            maker.make_named(_UNLINKED, f"{name} Aktiebolag", like=first.customer)
            yield first

    def _sole_firms_of_one_owner(self, customers: list[SampleCustomer]) -> list[SampleCustomer]:
        firms = [one for one in customers if one.customer.kind == "sole_firm" and one.role.name == "linked"]
        return firms[:3]

    def _number_of_a_stranger(self) -> str:
        """Return a valid number that no customer has: the other half of the reserved series."""
        return with_check_digit("165599" + self._unknown_numbers.take("AB")[6:11])

    def _add_stranger(self, key: str, company: Company, products: tuple[str, ...]) -> None:
        self._register.add_company(
            key,
            RegisterCompany(
                vendor_customer_number=company.vendor_customer_number,
                name=company.name,
                number=company.number,
                legal_form="AB",
                email=company.email,
                people=(
                    RegisterPerson(
                        name="Kim Vassjö", email=company.email or "kim@vassjo.example", is_main_contact=True
                    ),
                ),
            ),
        )
        for product in products:
            self._add(key, company, product, key)

    def _add(self, key: str, company: Company, product: str, register_key: str | None) -> None:
        self._companies += 1
        mapping = load_catalogue().map_product(product)
        since = self._ledger.days_ago(self._chance.randint(200, 2400), minute=self._chance.randint(0, 470))
        collaboration = Collaboration(
            id=derived_id("cl", "sample", key, product),
            company=company,
            source=CollaborationSource.SMARTA_BYRAN
            if self._companies % 4 == 0
            else CollaborationSource.BYRASTOD,
            source_product=product,
            service=mapping.service,
            variant=mapping.variant,
            payer=self._chance.choice(tuple(Payer)),
            unlinked_because="imported",
            started_on=since.date(),
        )
        self._ledger.put(collaboration)
        for person in self._chance.sample(self._staff, self._chance.choice((1, 1, 2))):
            self._ledger.put(vendor_access(collaboration, person, since + timedelta(minutes=3)))
        if register_key is not None and mapping.services:
            self._register.add_service(register_key, mapping.services[0], variant=mapping.variant)

    def _products_of(self, made: SampleCustomer) -> list[str]:
        wanted = ["eekonomi"] if made.ongoing("bookkeeping") else []
        more = [("scanner", "bookkeeping"), ("skatt_bokslut_pro", "year_end"), ("lon_smart", "payroll")]
        self._chance.shuffle(more)
        wanted += [service for service, type_code in more if made.ongoing(type_code)][: self._companies % 3]
        return [self._chance.choice(_SOURCE_PRODUCTS[service]) for service in wanted]


def _long_form(company: Company) -> Company:
    name = re.sub(r" AB$", " Aktiebolag", company.name)
    return replace(company, name=re.sub(r" HB$", " Handelsbolag", name))


def _no_form(company: Company) -> Company:
    return replace(company, name=re.sub(r" (AB|HB|KB|ekonomisk förening)$", "", company.name))


def _no_accents(company: Company) -> Company:
    return replace(company, name=company.name.translate(str.maketrans("åäöéÅÄÖÉ", "aaoeAAOE")))


def _and_as_o(company: Company) -> Company:
    return replace(company, name=company.name.replace(" & ", " o "))


def _capitals(company: Company) -> Company:
    return replace(company, name=company.name.upper())


def _typing_slip(company: Company) -> Company:
    middle = len(company.name) // 2
    return replace(company, name=company.name[: middle - 1] + company.name[middle:])


def _no_number(company: Company) -> Company:
    return replace(company, number="", vendor_customer_number="")


def _no_details(company: Company) -> Company:
    return replace(company, email="", phone="")


def _swapped(company: Company) -> Company:
    differing = [p for p in range(5, 11) if company.number[p] != company.number[p + 1]]
    return replace(company, number=swap_neighbours(company.number, differing[-1]), vendor_customer_number="")


def _wrong_digit(company: Company) -> Company:
    return replace(company, number=change_digit(company.number, 9), vendor_customer_number="")


def _trade_name(company: Company) -> Company:
    return replace(company, name=f"Butiken i {company.town}", number="", email="", postal_code="")


_STORIES = (
    _Story("long_form", 3, (_long_form, _capitals)),
    _Story("no_form", 3, (_no_form, _no_details)),
    _Story("no_accents", 3, (_no_accents, _and_as_o)),
    _Story("clean", 2, ()),
    _Story("number_missing", 3, (_no_number, _no_accents)),
    _Story("only_the_name", 2, (_no_number, _no_details, _typing_slip)),
    _Story("swapped_digits", 2, (_swapped, _no_form)),
    _Story("wrong_digit", 2, (_wrong_digit, _long_form)),
    _Story("vendor_number_only", 1, (_trade_name,)),
    _Story("ambiguous_product", 2, (_no_form,), ("Lön", "Fakturering")),
    _Story("unmapped_product", 1, (_long_form,), ("Visma Tid",)),
)

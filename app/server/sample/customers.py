"""Makes the sample firm's customers, their contacts, engagements and the staff on them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from app.catalogue import load_catalogue
from app.domain.ids import derived_id
from app.domain.records import (
    Address,
    Contact,
    Customer,
    CustomerKind,
    CustomerState,
    DueDiligence,
    Engagement,
    EngagementLetter,
    EngagementState,
    Participation,
    ParticipationRole,
    Staff,
)
from app.server.sample.ledger import Ledger
from app.server.sample.numbers import TEST_PERSONS, OrganisationNumbers
from app.server.sample.roles import CASE_ROLES, ROLES, Role
from app.server.sample.words import ascii_of, choose_place, genitive_of, load_words, make_address

_LEGAL_FORMS = ("AB", "HB", "KB", "BRF", "Ideell förening", "Ek. för.", "Stiftelse")
_LEGAL_FORM_WEIGHTS = (76, 5, 2, 7, 5, 3, 2)
_YEAR_ENDS = ("12-31", "12-31", "12-31", "12-31", "06-30", "04-30", "08-31")


@dataclass
class SampleCustomer:
    """A customer while the sample is made, with what hangs on it."""

    role: Role
    customer: Customer
    contacts: list[Contact] = field(default_factory=list)
    engagements: list[Engagement] = field(default_factory=list)

    def ongoing(self, *types: str) -> Engagement | None:
        """Return the latest ongoing engagement of one of the types, tried in this order."""
        for type_code in types:
            found = [e for e in self.engagements if e.type == type_code and e.state == "ongoing"]
            if found:
                return max(found, key=lambda e: e.fiscal_year or 0)
        return None


class CustomerMaker:
    """Makes customers one after the other and writes them into the ledger."""

    def __init__(self, ledger: Ledger, chance: random.Random, staff: list[Staff]) -> None:
        self._ledger = ledger
        self._chance = chance
        self._staff = staff
        self._numbers = OrganisationNumbers()
        self._serials = dict.fromkeys(TEST_PERSONS, 0)
        self._names: set[str] = set()
        self._emails: set[str] = set()
        self._made = 0

    def make_all(self) -> list[SampleCustomer]:
        """Return every customer of the roles, and the few that are of another kind."""
        found = []
        for role in ROLES:
            for place in range(role.count):
                found.append(
                    self._make_sole_firm(role) if place < role.sole_firms else self._make_legal(role)
                )
        found += self._make_persons() + self._make_without_number() + self._make_foreign()
        self._join_into_groups([one for one in found if one.role.name in ("linked", "invite")])
        return found

    def make_cases(self) -> list[SampleCustomer]:
        """Return the customers for single cases; after all others, whose dice they leave as they are."""
        return [self._make_legal(role) for role in CASE_ROLES for _ in range(role.count)]

    def make_named(
        self, role: Role, name: str, *, like: Customer | None = None, town: str = ""
    ) -> SampleCustomer:
        """Return one more legal person; ``like``: with the number of that one, as if entered twice."""
        made = self._make_legal(role, name)
        changed = made.customer
        if town:
            changed = replace(changed, address=replace(changed.address, town=town))
        if like is not None:
            changed = replace(
                changed, organisation_number=like.organisation_number, serial=1, address=like.address
            )
        made.customer = changed
        self._ledger.put(changed)
        return made

    def _make_legal(self, role: Role, name: str = "") -> SampleCustomer:
        form = self._chance.choices(_LEGAL_FORMS, weights=_LEGAL_FORM_WEIGHTS)[0]
        if name or role.name in ("unlinked", "linked", "merged", "bankrupt", "liquidation"):
            form = "HB" if form in ("HB", "KB") and not name else "AB"
        place = choose_place(self._chance)
        customer = self._customer(
            role,
            name=name or self._take_name(form, place.town),
            kind=CustomerKind.LEGAL_PERSON,
            legal_form=form,
            organisation_number=self._numbers.take(form),
            office=place.office,
            address=make_address(self._chance, place),
            fiscal_year_end=self._chance.choice(_YEAR_ENDS),
        )
        return self._finish(role, customer)

    def _make_sole_firm(self, role: Role) -> SampleCustomer:
        number = TEST_PERSONS[self._made % len(TEST_PERSONS)]
        self._serials[number] += 1
        place = choose_place(self._chance)
        customer = self._customer(
            role,
            name=self._take_name("", place.town),
            kind=CustomerKind.SOLE_FIRM,
            legal_form="Enskild firma",
            organisation_number=number,
            serial=self._serials[number],
            office=place.office,
            address=make_address(self._chance, place),
        )
        return self._finish(role, customer)

    def _make_persons(self) -> list[SampleCustomer]:
        found = []
        role = Role(name="private_person", count=1, registered=False)
        for number in TEST_PERSONS:
            person = self._person()
            is_estate = number.startswith("1912")
            place = choose_place(self._chance)
            customer = self._customer(
                role,
                name=f"Dödsboet efter {person}" if is_estate else person,
                kind=CustomerKind.ESTATE if is_estate else CustomerKind.PRIVATE_PERSON,
                legal_form="Dödsbo" if is_estate else "",
                organisation_number=number,
                office=place.office,
                address=make_address(self._chance, place),
            )
            found.append(self._finish(role, customer, types=("tax",)))
        return found

    def _make_without_number(self) -> list[SampleCustomer]:
        role = Role(name="association_without_number", count=1, registered=False)
        found = []
        for _ in range(3):
            place = choose_place(self._chance)
            customer = self._customer(
                role,
                name=self._take_name("Ideell förening", place.town),
                kind=CustomerKind.ASSOCIATION_WITHOUT_NUMBER,
                office=place.office,
                address=make_address(self._chance, place),
            )
            found.append(self._finish(role, customer, types=("bookkeeping",)))
        return found

    def _make_foreign(self) -> list[SampleCustomer]:
        role = Role(name="foreign", count=1, registered=False)
        found = []
        for known in load_words().foreign_names:
            customer = self._customer(
                role,
                name=known.name,
                kind=CustomerKind.FOREIGN,
                organisation_number=known.number,
                office=self._chance.choice(["Växjö", "Kalmar"]),
                address=Address(
                    street=f"{self._chance.choice(['Hafenstrasse', 'Strandveien', 'Havnegade'])} 4",
                    postal_code=known.postal_code,
                    town=known.town,
                    country=known.country,
                ),
            )
            found.append(self._finish(role, customer, types=("bookkeeping", "vat")))
        return found

    def _customer(self, role: Role, **fields: object) -> Customer:
        self._made += 1
        odd = {7: "007", 23: "A35", 24: "A212"}
        manager = self._chance.choice([one for one in self._staff if one.office == fields["office"]])
        customer = Customer(
            id=derived_id("cu", "sample", str(self._made)),
            customer_number=odd.get(self._made, str(1000 + self._made * 3)),
            account_manager_id=manager.id,
            state=CustomerState.ARCHIVED if role.archived else CustomerState.ACTIVE,
            due_diligence=self._due_diligence(role),
            engagement_letter=self._engagement_letter(role),
            **fields,  # type: ignore[arg-type]  # the callers above name fields of Customer
        )
        if not role.has_address:
            customer = replace(customer, address=replace(customer.address, street="", postal_code=""))
        return customer

    def _finish(self, role: Role, customer: Customer, types: tuple[str, ...] = ()) -> SampleCustomer:
        made = SampleCustomer(role, customer)
        made.contacts = self._contacts(role, customer)
        made.engagements = self._engagements(role, customer, types or role.types)
        self._ledger.put(customer, *made.contacts, *made.engagements)
        for engagement in made.engagements:
            self._ledger.put(*self._participations(role, customer, engagement))
        return made

    def _contacts(self, role: Role, customer: Customer) -> list[Contact]:
        if not role.has_contact:
            return []
        found = []
        for place in range(self._chance.choice((1, 1, 2))):
            is_private = customer.kind == CustomerKind.PRIVATE_PERSON
            name = customer.name if is_private and place == 0 else self._person()
            host = f"{ascii_of(customer.name.removesuffix(' AB'))}.example"
            email = self._take_email(name, host) if role.has_email else ""
            found.append(
                Contact(
                    id=derived_id("ct", customer.id, str(place)),
                    customer_id=customer.id,
                    name=name,
                    email=email,
                    phone=self._chance.choice(load_words().phones),
                    is_main=place == 0,
                )
            )
        return found

    def _engagements(self, role: Role, customer: Customer, types: tuple[str, ...]) -> list[Engagement]:
        year = self._ledger.today.year
        wanted: list[tuple[str, int, str]] = []
        kinds = types or self._usual_types(role)
        for type_code in kinds:
            late = type_code in ("year_end", "annual_report", "tax")
            latest = year - 1 if late else year
            has_year = load_catalogue().engagement_type(type_code).has_fiscal_year
            wanted.append((type_code, latest if has_year else 0, EngagementState.ONGOING))
            if has_year and self._chance.random() < 0.6:
                wanted.append((type_code, latest - 1, EngagementState.CLOSED))
        if role.archived or not role.has_engagements:
            wanted = [(type_code, of_year, EngagementState.CLOSED) for type_code, of_year, _ in wanted[:1]]
        return [
            Engagement(
                id=derived_id("en", customer.id, type_code, str(of_year)),
                customer_id=customer.id,
                type=type_code,
                title=_title(type_code, of_year),
                fiscal_year=of_year or None,
                state=state,
            )
            for type_code, of_year, state in wanted
        ]

    def _usual_types(self, role: Role) -> tuple[str, ...]:
        has_payroll = role.name in ("invite", "partly", "not_registered")
        likelihoods = {"year_end": 0.5, "tax": 0.2, "payroll": 1.0 if has_payroll else 0.45, "advisory": 0.08}
        if role.name == "unlinked":
            likelihoods = {"year_end": 0.15, "payroll": 0.35}
        kinds = ["bookkeeping"]
        kinds += [code for code, likelihood in likelihoods.items() if self._chance.random() < likelihood]
        return tuple(kinds)

    def _participations(self, role: Role, customer: Customer, engagement: Engagement) -> list[Participation]:
        if not role.has_participants:
            return []
        colleagues = [one for one in self._staff if one.office == customer.office and one.state == "active"]
        people = self._chance.sample(colleagues, self._chance.choice((1, 2, 2, 3)))
        found = []
        for place, person in enumerate(people):
            is_substitute = place == 2
            today = self._ledger.today
            found.append(
                Participation(
                    id=derived_id("pa", engagement.id, person.id),
                    engagement_id=engagement.id,
                    customer_id=customer.id,
                    staff_id=person.id,
                    role=ParticipationRole.OWNER if place == 0 else ParticipationRole.PARTICIPANT,
                    from_on=today - timedelta(days=20) if is_substitute else None,
                    to_on=today + timedelta(days=40) if is_substitute else None,
                )
            )
        return found

    def _due_diligence(self, role: Role) -> DueDiligence:
        if role.due_diligence != "done":
            return DueDiligence(state=role.due_diligence)
        done_on = self._ledger.today - timedelta(days=self._chance.randint(20, 700))
        return DueDiligence(state="done", done_on=done_on, review_on=_a_year_later(done_on, 2))

    def _engagement_letter(self, role: Role) -> EngagementLetter:
        if role.due_diligence == "not_begun":
            return EngagementLetter()
        if role.due_diligence == "ongoing":
            return EngagementLetter(state="sent")
        done_on = self._ledger.today - timedelta(days=self._chance.randint(10, 690))
        return EngagementLetter(state="done", done_on=done_on)

    def _take_name(self, form: str, town: str) -> str:
        words = load_words()
        patterns = words.company_names
        if form == "BRF":
            patterns = words.housing_societies
        elif form in ("Ideell förening", "Stiftelse"):
            patterns = words.associations
        for _ in range(1000):
            surname = self._chance.choice(words.surnames)
            name = self._chance.choice(patterns).format(
                s=surname, g=genitive_of(surname), t=town, k=self._chance.choice(words.invented_words)
            )
            if form == "Stiftelse":
                name = f"Stiftelsen {name}"
            if form in ("AB", "HB", "KB"):
                name = f"{name} {form}"
            if form == "Ek. för.":
                name = f"{name} ekonomisk förening"
            if name not in self._names:
                self._names.add(name)
                return name
        raise ValueError("there are too few words for so many customers")

    def _take_email(self, name: str, host: str) -> str:
        """Return an address that nobody else has: with the surname where the given name is taken."""
        given, *_, surname = name.split()
        email = f"{ascii_of(given)}@{host}"
        if email in self._emails:
            email = f"{ascii_of(given)}.{ascii_of(surname)}@{host}"
        self._emails.add(email)
        return email

    def _person(self) -> str:
        words = load_words()
        return f"{self._chance.choice(words.given_names)} {self._chance.choice(words.surnames)}"

    def _join_into_groups(self, members: list[SampleCustomer]) -> None:
        companies = [one for one in members if one.customer.legal_form == "AB"]
        for parent, *daughters in (companies[0:3], companies[3:5], companies[5:8]):
            for daughter in daughters:
                daughter.customer = replace(daughter.customer, parent_id=parent.customer.id)
                self._ledger.put(daughter.customer)


def _title(type_code: str, year: int) -> str:
    label = load_catalogue().engagement_type(type_code).label.sv
    return f"{label} {year}" if year else label


def _a_year_later(day: date, years: int) -> date:
    return day + timedelta(days=365 * years)

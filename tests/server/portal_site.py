"""A server's customer side over real HTTP, with a firm, its customers and the vendor's register."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import requests
from litestar import Litestar
from litestar.types import ExceptionHandlersMap

from app.domain.changes import Actor, Effect, Put
from app.domain.commands import Command, CreateActivation, Payload
from app.domain.effects import apply
from app.domain.ids import new_id
from app.domain.records import (
    Access,
    Activation,
    ActivationContact,
    ActivationItem,
    Address,
    Collaboration,
    Consent,
    Contact,
    Customer,
    DueDiligence,
    Engagement,
    EngagementLetter,
    Event,
    Expectation,
    Firm,
    Invitation,
    Participation,
    Record,
    RegisteredService,
    Staff,
)
from app.paths import resources_folder
from app.server.api.answers import answer_with_pages
from app.server.customer_side import CustomerSide, customer_side
from app.server.gateway.register import RegisterGateway
from app.server.gateway.register_company import (
    RegisterCollaboration,
    RegisterCompany,
    RegisterPerson,
    RegisterSubscription,
)
from app.server.identity.issuer import Issuer
from app.server.portal.pages import Pages
from app.server.portal.refusing import RefusalPages
from app.server.store import SERVER, Store, TrayMail, open_store
from tests.support.clocks import FixedClock
from tests.support.http_server import serving

R = TypeVar("R", bound=Record)

FIRM = Firm(id="fi_1", name="Ek & Lind Redovisning AB", organisation_number="165560360793")
KARIN = Staff(
    id="st_karin",
    name="Karin Ek",
    email="karin.ek@byran.example",
    full_permission=True,
    vendor_administrator=True,
)
ACTOR = Actor(staff_id=KARIN.id, name=KARIN.name, full_permission=True, vendor_administrator=True)
LETTER = EngagementLetter(state="done", done_on=date(2026, 1, 8))
KNOWN = DueDiligence(state="done", done_on=date(2026, 1, 8))
ADDRESS = Address(street="Storgatan 1", postal_code="903 26", town="Umeå")

ELECTRICIAN = Customer(
    id="cu_el",
    customer_number="1001",
    name="Bergströms El AB",
    kind="legal_person",
    organisation_number="165560160680",
    address=ADDRESS,
    due_diligence=KNOWN,
    engagement_letter=LETTER,
)
FARM = Customer(
    id="cu_farm",
    customer_number="1007",
    name="Berga Gård",
    kind="sole_firm",
    organisation_number="198507099805",
    address=ADDRESS,
    due_diligence=KNOWN,
    engagement_letter=LETTER,
)
PER, ANNA, MAJA = "per@bergstromsel.example", "anna@bergstromsel.example", "maja@bergagard.example"


def electrician_in_register() -> RegisterCompany:
    """Return the registered company: one service of its own, a main contact and another administrator."""
    return RegisterCompany(
        vendor_customer_number="5001",
        name="Bergströms El AB",
        number=ELECTRICIAN.organisation_number,
        legal_form="AB",
        people=(
            RegisterPerson(name="Per Bergström", email=PER, is_main_contact=True),
            RegisterPerson(name="Anna Holm", email=ANNA),
        ),
        subscriptions=(
            RegisterSubscription(service="eekonomi", variant="smart", payer="customer", owner="firm"),
        ),
        collaborations=(
            RegisterCollaboration(firm_id="fi_other", firm_name="Annan Byrå AB", service="lon_smart"),
        ),
    )


@dataclass
class PortalSite:
    """The running site and its parts."""

    url: str
    store: Store
    clock: FixedClock
    gateway: RegisterGateway
    side: CustomerSide
    is_replay: bool = False

    def command(self, payload: Payload) -> None:
        """Apply a command of Karin's in a transaction, as push does; ``is_replay`` as after a restore."""
        with self.store.write(FIRM.id) as transaction:
            command = Command(id=new_id("cmd"), payload=payload, made_at=self.clock.now())
            effect = apply(command, transaction.reader, transaction.context(ACTOR))
            transaction.write(effect, by=ACTOR, source=command.id, is_replay=self.is_replay)

    def put(self, *records: Record) -> None:
        """Write records as they are."""
        with self.store.write(FIRM.id) as transaction:
            effect = Effect(changes=tuple(Put(record) for record in records))
            transaction.write(effect, by=SERVER, source=new_id("test"))

    def activate(self, customer: Customer, *services: str, expects: str = "registered") -> str:
        """Activate the services for a customer; return the activation's id."""
        activation_id = new_id("av")
        contact = ActivationContact(name="Maja Berg", email=MAJA, phone="+46701234567", address=ADDRESS)
        activation = Activation(
            id=activation_id,
            customer_id=customer.id,
            branch="",
            items=tuple(
                ActivationItem(
                    collaboration_id=new_id("cl"),
                    service=code,
                    engagement_id=f"en_{customer.id}",
                    payer="firm",
                )
                for code in services
            ),
            contact=contact if expects == "not_registered" else None,
            expects=Expectation(answer=expects, services=EXPECTED_SERVICES.get(customer.id, ())),
            consent=Consent(text_version="1", by=KARIN.id, at=self.clock.now()),
            made_by=KARIN.id,
            made_at=self.clock.now(),
        )
        self.command(CreateActivation(activation=activation))
        return activation_id

    def get(self, cls: type[R], id_: str | None) -> R:
        """Return a record that must be there."""
        names = {Activation: "activation", Invitation: "invitation"}
        with self.store.read(FIRM.id) as snapshot:
            record = snapshot.reader.find(names[cls], id_ or "")
        assert isinstance(record, cls), (cls, id_)
        return record

    def list_all(self, cls: type[R]) -> list[R]:
        """Return every record of a type."""
        names = {Collaboration: "collaboration", Access: "access", Event: "event", Contact: "contact"}
        with self.store.read(FIRM.id) as snapshot:
            records = list(snapshot.reader.walk(names[cls]))
        return [record for record in records if isinstance(record, cls)]

    def states(self) -> dict[str, str]:
        """Return service → state of the collaborations."""
        return {c.service or "": c.state for c in self.list_all(Collaboration)}

    def mails(self, address: str = "") -> list[TrayMail]:
        """Return the e-mails in the tray to an address, the oldest first."""
        mails = self.store.mail_tray.list_mails(FIRM.id)
        return [mail for mail in reversed(mails) if address in mail.recipient]

    def invite(self, *services: str) -> tuple[Invitation, str, str]:
        """Activate services for the registered company; return the invitation, its link and Per's code."""
        activation_id = self.activate(ELECTRICIAN, *(services or ("scanner", "utlagg")))
        self.side.run_until_quiet()
        invitation = self.get(Invitation, self.get(Activation, activation_id).invitation_id)
        link, code = link_and_code(self.mails(PER)[-1].text)
        return invitation, link, code

    def register_farm(self) -> tuple[str, str, str]:
        """Activate for the company that is not registered; return the activation's id, link and code."""
        activation_id = self.activate(FARM, "eekonomi", expects="not_registered")
        self.side.run_until_quiet()
        link, code = link_and_code(self.mails(MAJA)[-1].text)
        return activation_id, link, code


EXPECTED_SERVICES: Mapping[str, tuple[RegisteredService, ...]] = {
    ELECTRICIAN.id: (
        RegisteredService(code="eekonomi", variant="smart", payer="customer", subscription_owner="firm"),
    )
}


def link_and_code(text: str) -> tuple[str, str]:
    """Return the link and the code in the text of an e-mail."""
    link = re.search(r"http\S+/i/\S+", text)
    code = re.search(r"\b[A-Z0-9]{3}-[A-Z0-9]{3}\b", text)
    assert link is not None, text
    assert code is not None, text
    return link.group(), code.group()


def answer(link: str, fact: str, answers: Mapping[str, str], **fields: str) -> requests.Response:
    """Send the invitation's form."""
    form = {f"answer-{code}": value for code, value in answers.items()} | {"fact": fact} | fields
    return requests.post(link, data=form, timeout=60)


def engagement_records(customer: Customer) -> tuple[Record, ...]:
    """Return an ongoing engagement of the customer with Karin as its owner."""
    engagement_id = f"en_{customer.id}"
    return (
        Engagement(id=engagement_id, customer_id=customer.id, type="bookkeeping", title="Redovisning 2026"),
        Participation(
            id=f"pa_{customer.id}",
            engagement_id=engagement_id,
            customer_id=customer.id,
            staff_id=KARIN.id,
            role="owner",
        ),
    )


@contextmanager
def portal_site(
    database: str, *, clock: FixedClock | None = None, smtp: str = "", public_url: str = ""
) -> Iterator[PortalSite]:
    """Serve the customer side on a database. Workers take steps only when a test says so."""
    clock = clock or FixedClock()
    store = open_store(database, clock=clock)
    gateway = RegisterGateway(store.register, clock)
    gateway.fill([electrician_in_register()])
    store.create_firm(FIRM, KARIN)
    pages = Pages(resources_folder() / "portal")
    handlers: ExceptionHandlersMap = {Exception: answer_with_pages(RefusalPages(pages))}
    application = Litestar([], exception_handlers=handlers, openapi_config=None, logging_config=None)
    try:
        with serving(application) as url:
            side = customer_side(
                store,
                gateway=gateway,
                issuer=Issuer(store.routing, clock, b"r" * 32),
                pages=pages,
                link_key=b"l" * 32,
                local_url=url,
                public_url=public_url,
                smtp=smtp,
            )
            for route in side.routes:
                application.register(route)
            site = PortalSite(url, store, clock, gateway, side)
            site.put(ELECTRICIAN, FARM, *engagement_records(ELECTRICIAN), *engagement_records(FARM))
            yield site
    finally:
        store.close()

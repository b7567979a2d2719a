"""A firm at its desks: a real server over HTTP with the vendor's register, and real clients before it."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from app.catalogue import load_catalogue
from app.contract.codec import decode_record
from app.domain.access import derive_access
from app.domain.activation_draft import (
    change_service,
    choose_customer,
    choose_service,
    give_reason,
    new_draft,
)
from app.domain.changes import EffectBuilder
from app.domain.commands import CreateActivation, Payload
from app.domain.ids import new_id
from app.domain.preconditions import list_problems
from app.domain.records import (
    TYPE_NAMES,
    Access,
    Activation,
    ActivationContact,
    ActivationItem,
    Address,
    Collaboration,
    Company,
    Consent,
    Contact,
    Customer,
    DueDiligence,
    Engagement,
    EngagementLetter,
    Event,
    Expectation,
    Invitation,
    Participation,
    Record,
    Registration,
    Staff,
)
from app.errors import SamverkaError
from app.server.gateway.register import RegisterGateway
from app.server.gateway.register_company import (
    RegisterCollaboration,
    RegisterCompany,
    RegisterPerson,
    RegisterSubscription,
)
from app.server.store import SERVER, Store
from app.usecases.activation import Activations
from tests.server.portal_site import answer, link_and_code
from tests.server.sync_site import FIRM, SyncSite
from tests.support.clocks import FixedClock
from tests.support.guards import ROOT
from tests.sync.desk import Desk, open_desk

R = TypeVar("R", bound=Record)

KARIN = Staff(
    id="st_karin",
    name="Karin Ek",
    email="karin.ek@byran.example",
    full_permission=True,
    vendor_administrator=True,
)
OLLE = Staff(id="st_olle", name="Olle Ström", email="olle.strom@byran.example")
SARA = Staff(id="st_sara", name="Sara Lind", email="sara.lind@byran.example")
ADDRESS = Address(street="Storgatan 1", postal_code="903 26", town="Umeå")
TODAY = date(2026, 11, 23)

BERGS = Customer(
    id="cu_bergs",
    customer_number="1012",
    name="Bergs El i Umeå AB",
    legal_form="AB",
    organisation_number="165560360793",
    address=ADDRESS,
    fiscal_year_end="06-30",
    due_diligence=DueDiligence(state="done", done_on=date(2026, 1, 8)),
    engagement_letter=EngagementLetter(state="done", done_on=date(2026, 1, 8)),
)
FARM = dataclasses.replace(
    BERGS,
    id="cu_farm",
    customer_number="1013",
    name="Berga Gård AB",
    organisation_number="165560160680",
    fiscal_year_end="12-31",
)
PER = RegisterPerson(name="Per Berg", email="per@bergsel.example", is_main_contact=True)
HANNA = RegisterPerson(name="Hanna Berg", email="hanna@bergsel.example")
CONTACT = ActivationContact(name="Maja Berg", email="maja@bergagard.example", address=ADDRESS)


def sentence(error: SamverkaError, language: str = "sv") -> str:
    """Return what a person reads of the error."""
    text = (ROOT / "resources" / "messages" / f"{language}.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)[error.code]).strip()


def company(**fields: object) -> RegisterCompany:
    """Return Bergs El as the vendor has it: two administrators, one of them its main contact."""
    present = RegisterCompany(
        vendor_customer_number="5001",
        name="Bergs El i Umeå AB",
        number=BERGS.organisation_number,
        legal_form="AB",
        people=(PER, HANNA),
    )
    return dataclasses.replace(present, **fields)  # type: ignore[arg-type]


def running(service: str, **fields: object) -> Collaboration:
    """Return an active collaboration of Bergs El."""
    values: dict[str, object] = {
        "id": f"cl_{service}",
        "company": Company(number=BERGS.organisation_number, name=BERGS.name, vendor_customer_number="5001"),
        "service": service,
        "customer_id": BERGS.id,
        "engagement_id": f"en_{BERGS.id}",
        "payer": "firm",
        "started_on": date(2026, 1, 1),
    }
    return Collaboration(**(values | fields))  # type: ignore[arg-type]


def engagement_of(customer: Customer, *staff: Staff, state: str = "ongoing") -> tuple[Record, ...]:
    """Return an engagement of the customer, the first of the staff its owner."""
    engagement_id = f"en_{customer.id}"
    return (
        Engagement(
            id=engagement_id,
            customer_id=customer.id,
            type="bookkeeping",
            title="Löpande bokföring 2026",
            fiscal_year=2026,
            state=state,
        ),
        *(
            Participation(
                id=f"pa_{customer.id}_{one.id}",
                engagement_id=engagement_id,
                customer_id=customer.id,
                staff_id=one.id,
                role="owner" if place == 0 else "participant",
            )
            for place, one in enumerate(staff)
        ),
    )


@dataclasses.dataclass
class Office:
    """The firm: ``desk`` is Karin's; ``open`` gives others theirs."""

    site: SyncSite
    store: Store
    clock: FixedClock
    open: Callable[[Staff], Desk]
    desk: Desk = dataclasses.field(init=False)

    def __post_init__(self) -> None:
        """Give Karin a desk that knows what the firm has."""
        self.desk = self.open(KARIN)
        self.desk.round()

    @property
    def gateway(self) -> RegisterGateway:
        """The vendor's register."""
        return self.site.assembly.gateway

    def work(self, *rounds: Desk) -> None:
        """Let everything arrive: what was decided at the server, what follows there, and what came of it."""
        desks = rounds or (self.desk,)
        for desk in desks:
            desk.round()
        self.site.assembly.customer_side.run_until_quiet()
        for desk in desks:
            desk.round()

    def decide(self, *payloads: Payload, desk: Desk | None = None) -> None:
        """Decide at a desk and let it happen. Raises RejectedError for what the rules refuse at once."""
        (desk or self.desk).workspace.enqueue(payloads)
        self.work(desk or self.desk)

    def refused(self, payload: Payload, *, desk: Desk | None = None) -> SamverkaError:
        """Return why it is refused: at the desk at once, and by the server for the same reason."""
        desk = desk or self.desk
        error = desk.workspace.check(payload)
        assert error is not None, "the desk would have sent it"
        (result,) = self.site.client(desk.staff).push(payload)
        assert (result["status"], result.get("code")) == ("rejected", error.code)
        return error

    def outcomes(self, desk: Desk | None = None) -> list[tuple[str, str]]:
        """Return state and code of what was decided at the desk, in order."""
        return [(entry.state, entry.code) for entry in (desk or self.desk).entries()]

    def check(self, *customers: Customer) -> tuple[Registration, ...]:
        """Ask the vendor about customers through the client, as the wizard does."""
        server = self.desk.line.server
        device = server.register_device("the wizard").device
        found = server.check_registrations(device, [one.id for one in customers]).registrations
        self.desk.round()
        records = [decode_record("registration", bytes(raw)) for raw in found]
        return tuple(record for record in records if isinstance(record, Registration))

    def warned(
        self,
        customer: Customer,
        service: str,
        *,
        change: tuple[str, str] | None = None,
        reason: str = "",
    ) -> dict[str, str]:
        """Return what the wizard says before anything is sent: code → whether it blocks or warns.

        ``change`` sets a field of the service's form, ``reason`` is why due diligence is passed over.
        """
        catalogue = load_catalogue()
        activations = Activations(self.desk.workspace, catalogue, check_online=None, is_online=lambda: True)
        facts, situation = activations.get_facts(customer.id), activations.get_situation()
        draft = choose_customer(new_draft(self.clock.now()), facts)
        form = catalogue.service(service)
        chosen = choose_service(draft.get_customer(customer.id), form, facts)
        if change is not None:
            chosen = change_service(chosen, form, facts, values=dict([change]))
        if reason:
            chosen = give_reason(chosen, reason)
        found = list_problems(chosen, facts, situation, {service: form})
        return {problem.code: str(problem.severity) for problem in found}

    def activation(
        self,
        customer: Customer,
        *services: str,
        registration: Registration | None = None,
        contact: ActivationContact | None = None,
        **fields: object,
    ) -> Activation:
        """Return an activation on the last answer (``registration``), or for who is not registered."""
        items = tuple(
            ActivationItem(
                collaboration_id=new_id("cl"),
                service=service,
                engagement_id=f"en_{customer.id}",
            )
            for service in services
        )
        expects = Expectation(answer="not_registered")
        if registration is not None:
            expects = Expectation(
                answer=registration.answer,
                services=registration.services,
                checked_at=registration.checked_at,
            )
        values: dict[str, object] = {
            "id": new_id("av"),
            "customer_id": customer.id,
            "branch": "",
            "items": items,
            "contact": contact,
            "expects": expects,
            "consent": Consent(text_version="1", by=KARIN.id, at=self.clock.now()),
        }
        return Activation(**(values | fields))  # type: ignore[arg-type]

    def invite(self, *services: str, **fields: object) -> Activation:
        """Invite Bergs El, which is registered, and let the invitation be sent; return what became of it."""
        (found,) = self.check(BERGS)
        new = self.activation(BERGS, *services, registration=found, **fields)  # type: ignore[arg-type]
        self.decide(CreateActivation(activation=new))
        return self.get(Activation, new.id)

    def invitation_of(self, activation: Activation) -> Invitation:
        """Return the activation's invitation."""
        return self.get(Invitation, self.get(Activation, activation.id).invitation_id)

    def reply(self, answers: Mapping[str, str], *, words: str = "", to: str = PER.email) -> int:
        """Answer as the customer does, on the page behind the last link to that address."""
        mail = next(
            mail
            for mail in self.store.mail_tray.list_mails(FIRM)
            if to in mail.recipient and "/i/" in mail.text
        )
        link, code = link_and_code(mail.text)
        # The e-mails of this server lead to an address without its port, which it gets when it has started.
        status = answer(self.site.url + urlsplit(link).path, code, answers, words=words).status_code
        self.work()
        return status

    def mails(self, address: str = "") -> list[str]:
        """Return the kinds of the e-mails to an address, the oldest first."""
        found = [mail for mail in self.store.mail_tray.list_mails(FIRM) if address in mail.recipient]
        return [mail.kind for mail in reversed(found)]

    def get(self, cls: type[R], id_: str | None) -> R:
        """Return a record of the server that must be there, and is the same at the desk."""
        name = TYPE_NAMES[cls]  # type: ignore[index]  # every class that is asked for is a record's
        with self.store.read(FIRM) as snapshot:
            record = snapshot.reader.find(name, id_ or "")
        assert isinstance(record, cls), (name, id_)
        assert self.desk.mirrored(name, record.id) == record, "the desk shows what the server has"
        return record

    def list_all(self, cls: type[R]) -> list[R]:
        """Return every record of a type at the server."""
        with self.store.read(FIRM) as snapshot:
            records = list(snapshot.reader.walk(TYPE_NAMES[cls]))  # type: ignore[index]  # as above
        return [record for record in records if isinstance(record, cls)]

    def states(self) -> dict[str, str]:
        """Return service → state of the collaborations."""
        return {one.service or "": one.state for one in self.list_all(Collaboration)}

    def access(self, collaboration_id: str) -> set[str]:
        """Return ids of staff and contacts who have access to the collaboration now."""
        return {
            row.staff_id or row.contact_id or ""
            for row in self.list_all(Access)
            if row.collaboration_id == collaboration_id and row.until is None
        }

    def events(self, what: str) -> list[Event]:
        """Return the events of that sort."""
        return [event for event in self.list_all(Event) if event.what == what]

    def run(self, *services: str, in_register: Mapping[str, object] | None = None, **fields: object) -> None:
        """Let Bergs El have active collaborations in the services, here and at the vendor."""
        self.gateway.fill([register_with(services, **(in_register or {}))])
        with self.store.write(FIRM) as transaction:
            builder = EffectBuilder(transaction.reader, transaction.context(SERVER), new_id("test"))
            for service in services:
                collaboration = running(service, **fields)
                builder.put(collaboration)
                derive_access(builder, collaboration)
            transaction.write(builder.build(), by=SERVER, source=new_id("test"))
        self.check(BERGS)


def register_with(services: tuple[str, ...], **fields: object) -> RegisterCompany:
    """Return Bergs El at the vendor with services in which the firm works."""
    values: dict[str, object] = {
        "subscriptions": tuple(
            RegisterSubscription(service=one, payer="firm", owner="firm") for one in services
        ),
        "collaborations": tuple(
            RegisterCollaboration(firm_id=FIRM, firm_name="Byrån AB", service=one) for one in services
        ),
    }
    return company(**(values | fields))


@contextmanager
def open_office(site: SyncSite, clock: FixedClock, folder: Path) -> Iterator[Office]:
    """Give the firm its staff and customers, and its desks for the length of a ``with`` statement."""
    contact = Contact(
        id="ct_per", customer_id=BERGS.id, name="Per Berg", email="per@bergsel.example", is_main=True
    )
    site.write(KARIN, OLLE, SARA, BERGS, FARM, contact)
    site.write(*engagement_of(BERGS, KARIN, OLLE), *engagement_of(FARM, KARIN))
    with ExitStack() as stack:
        number = 0

        def new(staff: Staff) -> Desk:
            nonlocal number
            number += 1
            return stack.enter_context(open_desk(site, staff, folder / f"desk{number}", clock))

        yield Office(site, site.store, clock, new)

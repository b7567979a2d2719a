"""Server processes that are killed (kill -9) in the middle of pushes, pulls, e-mails and work at the vendor.

Two processes on one database; clients send what was not answered again, to whichever process there is.
Nothing is lost, nothing is done twice, and an e-mail has one Message-ID. A few deaths here; 100 outside CI.
"""

from __future__ import annotations

import os
import random
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import requests
from argon2 import PasswordHasher
from sqlalchemy import text

from app.contract.wire import OutcomeStatus, PullRequest
from app.domain.commands import CreateActivation, CreateCustomer, Payload
from app.domain.effects import Effect, Put
from app.domain.ids import new_id
from app.domain.records import (
    Activation,
    ActivationItem,
    Collaboration,
    Consent,
    Customer,
    Engagement,
    Expectation,
    Firm,
    Invitation,
    Participation,
    Record,
)
from app.server.assembly import Assembly, assemble
from app.server.audit.verifying import verify_firm
from app.server.feed.cursors import CursorSigner
from app.server.feed.pulling import Puller
from app.server.gateway.register_company import RegisterCompany, RegisterPerson
from app.server.gateway.vendor import query_for
from app.server.identity.passwords import Passwords
from app.server.identity.principals import Principal
from app.server.sample.numbers import OrganisationNumbers
from app.server.store import SERVER, Store, open_store
from app.server.store.tenancy import enter_firm
from tests.reliability.serving_processes import Servers, serving_processes
from tests.server.portal_site import ADDRESS, FIRM, KARIN, KNOWN, LETTER
from tests.server.sync_site import Client, SyncSite
from tests.support.mail_server import Post, post_office

IS_LONG = os.environ.get("SAMVERKA_LONG") == "1"
DEATHS = 50 if IS_LONG else 3
CLIENTS = 3
COMMANDS_PER_DEATH = 30
PUBLIC = "https://samverka.byran.example"
SERVICE = "scanner"


@dataclass
class Told:
    """What a client was told: command id → its outcome, and the mirror of its pulls."""

    outcomes: dict[str, str] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)
    mirror: dict[tuple[str, str], int] = field(default_factory=dict)
    cursor: str | None = None
    device: str = ""
    retries: int = 0


@dataclass
class Office:
    """The database, the mail server, and what is known beforehand."""

    database: str
    store: Store
    assembly: Assembly
    post: Post
    customers: list[Customer]

    def client(self, address: str) -> Client:
        return Client(address, SyncSite("", self.store, self.assembly).token(FIRM.id, KARIN.id))


def companies(count: int) -> Iterator[tuple[Customer, Engagement, Participation, RegisterCompany]]:
    numbers = OrganisationNumbers()
    for place in range(count):
        number, name = numbers.take("AB"), f"Bolag {place} AB"
        one = Customer(
            id=f"cu_{place}",
            customer_number=str(place),
            name=name,
            organisation_number=number,
            address=ADDRESS,
            due_diligence=KNOWN,
            engagement_letter=LETTER,
        )
        engagement = Engagement(id=f"en_{place}", customer_id=one.id, type="bookkeeping", title="Redovisning")
        participation = Participation(
            id=f"pa_{place}", engagement_id=engagement.id, customer_id=one.id, staff_id=KARIN.id, role="owner"
        )
        person = RegisterPerson(name="Per Berg", email=f"per@bolag{place}.example", is_main_contact=True)
        company = RegisterCompany(
            vendor_customer_number=str(5000 + place),
            name=name,
            number=number,
            legal_form="AB",
            people=(person,),
        )
        yield one, engagement, participation, company


@contextmanager
def open_office(database: str, count: int) -> Iterator[Office]:
    store = open_store(database)
    store.create_firm(Firm(id=FIRM.id, name=FIRM.name, organisation_number=""), KARIN)
    with post_office() as post:
        assembly = assemble(
            store,
            version="test",
            local_url="http://127.0.0.1",
            public_url=PUBLIC,
            smtp=smtp(post),
            with_threads=False,
            passwords=Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)),
        )
        found = list(companies(count))
        records: list[Record] = [record for rows in found for record in rows[:3]]
        with store.write(FIRM.id) as transaction:
            transaction.write(Effect(changes=tuple(Put(r) for r in records)), by=SERVER, source="test")
        assembly.gateway.fill([rows[3] for rows in found])
        try:
            yield Office(database, store, assembly, post, [rows[0] for rows in found])
        finally:
            store.close()


def smtp(post: Post) -> str:
    return f"smtp://127.0.0.1:{post.port}?tls=none&from=samverka@byran.example"


def activation(customer: Customer) -> CreateActivation:
    item = ActivationItem(
        collaboration_id=new_id("cl"),
        service=SERVICE,
        engagement_id=customer.id.replace("cu_", "en_"),
        payer="firm",
    )
    return CreateActivation(
        activation=Activation(
            id=new_id("av"),
            customer_id=customer.id,
            branch="",
            items=(item,),
            expects=Expectation(answer="registered"),
            consent=Consent(text_version="1", by=KARIN.id, at=datetime(2026, 11, 1, tzinfo=UTC)),
            made_by=KARIN.id,
        )
    )


def work(
    office: Office, servers: Servers, told: Told, mine: list[Customer], count: int, steps: threading.Semaphore
) -> None:
    """Send commands one push after the other and pull after each, until all were answered."""
    dice = random.Random(len(mine) + count)
    client = office.client("")
    persist(client, servers, dice, told, client.register)
    told.device = client.device
    waiting = [*mine]
    for number in range(count):
        payloads: list[Payload] = [
            CreateCustomer(customer=Customer(id=new_id("cu"), customer_number="", name=f"Ny {number} AB"))
        ]
        if waiting and number % 2 == 0:
            payloads.append(activation(waiting.pop()))
        commands = [client.wire(payload) for payload in payloads]
        for command, payload in zip(commands, payloads, strict=True):
            told.made[command["id"]] = type(payload).__name__

        def push(commands: list[dict[str, Any]] = commands) -> None:
            answer = client.send(*commands)
            answer.raise_for_status()
            results = answer.json()["results"]
            assert len(results) == len(commands), results
            told.outcomes.update({result["id"]: result["status"] for result in results})

        persist(client, servers, dice, told, push)
        persist(client, servers, dice, told, lambda: pull(client, told))
        steps.release()


def pull(client: Client, told: Told) -> None:
    """Fetch what is new, a page at a time, keeping the cursor with its page as a client does."""
    more = True
    while more:
        answer = client.page(told.cursor, limit=50)
        answer.raise_for_status()
        page = answer.json()
        for change in page["changes"]:
            told.mirror[(change["t"], change["id"])] = -1 if "removed" in change else change["rev"]
        told.cursor, more = page["cursor"], page["more"]


def persist(client: Client, servers: Servers, dice: random.Random, told: Told, step: Any) -> None:
    """Try until there is an answer, at whichever process there is now."""
    for _ in range(1000):
        client.url = servers.address(dice)
        try:
            step()
        except (
            requests.ConnectionError,
            requests.exceptions.ChunkedEncodingError,
        ):  # before, or within the body
            told.retries += 1
        else:
            return
    raise AssertionError("no server answers any more")


def run_story(office: Office, folder: Path, deaths: int) -> list[Told]:
    """Let clients work while servers are killed at places that the dice choose; nobody is left at the end."""
    dice = random.Random(7)
    each = deaths * COMMANDS_PER_DEATH // CLIENTS
    told, steps, errors = [Told() for _ in range(CLIENTS)], threading.Semaphore(0), list[BaseException]()
    words = [
        "--database",
        office.database,
        "--smtp",
        smtp(office.post),
        "--public-url",
        PUBLIC,
        "--port",
        "0",
    ]

    def run(place: int) -> None:
        try:
            work(office, servers, told[place], office.customers[place::CLIENTS], each, steps)
        except BaseException as error:  # noqa: BLE001 - the test's own thread raises it
            errors.append(error)
            steps.release(deaths * COMMANDS_PER_DEATH)

    with serving_processes(words, folder, 2) as servers:
        threads = [threading.Thread(target=run, args=(place,)) for place in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for _ in range(deaths):
            for _ in range(dice.randint(COMMANDS_PER_DEATH // 3, COMMANDS_PER_DEATH - 1)):
                assert steps.acquire(timeout=300)
            servers.kill(dice.randrange(2))
        for thread in threads:
            thread.join()
        assert servers.killed == deaths
    assert errors == []
    return told


def let_leases_run_out(office: Office) -> None:
    """Two minutes pass: what the dead had taken is free again."""
    with office.store.engine.begin() as connection:
        for table in ("mail_outbox", "vendor_outbox"):
            enter_firm(connection, FIRM.id)
            connection.execute(
                text(f"UPDATE {table} SET leased_until = NULL, due_at = created_at WHERE state = 'waiting'")
            )


def check(office: Office, told: list[Told]) -> None:
    """Hold what is there against what the clients were told."""
    let_leases_run_out(office)
    office.assembly.customer_side.run_until_quiet(rounds=500)
    made = {id_: kind for one in told for id_, kind in one.made.items()}
    outcomes = {id_: status for one in told for id_, status in one.outcomes.items()}
    assert outcomes.keys() == made.keys(), "each command was answered"
    assert set(outcomes.values()) == {OutcomeStatus.APPLIED}
    with office.store.read(FIRM.id) as snapshot:
        kept = snapshot.devices.list_outcomes(list(made))
        assert sorted(outcome.command_id for outcome in kept) == sorted(made)
        new = [row for row in snapshot.reader.walk("customer") if isinstance(row, Customer)]
        assert len(new) - len(office.customers) == Counter(made.values())["CreateCustomer"]
        activations = [row for row in snapshot.reader.walk("activation") if isinstance(row, Activation)]
        assert len(activations) == Counter(made.values())["CreateActivation"]
        assert {one.state for one in activations} <= {"sent"}
        invitations = [row for row in snapshot.reader.walk("invitation") if isinstance(row, Invitation)]
        assert sorted(one.activation_id for one in invitations) == sorted(one.id for one in activations)
        assert {one.state for one in invitations} <= {"sent"}
        links = [row for row in snapshot.reader.walk("collaboration") if isinstance(row, Collaboration)]
        assert [one.state for one in links] == ["pending"] * len(activations)
        entries = [row.detail or "" for row in snapshot.list_audit()]
        sources = Counter(id_ for detail in entries for id_ in made if f'"source":"{id_}"' in detail)
        assert sources == dict.fromkeys(made, 1), "one entry in the audit for each effect"
        pages = snapshot.pages(KARIN.id, snapshot.find_scope(KARIN.id), office.store.clock.today())  # type: ignore[arg-type]
        there = {(row[0], row[1]): row[2] for row in pages.snapshot(("", ""), 1_000_000)}
    assert verify_firm(office.store, FIRM.id).first_break is None
    for customer in office.customers:
        company = office.assembly.gateway.find_company(query_for(customer))
        assert company is not None
        asked = [one for one in company.collaborations if one.service == SERVICE]
        invited = any(one.customer_id == customer.id for one in activations)
        assert len(asked) == (1 if invited else 0)
    sent = Counter(zip(office.post.recipients, office.post.ids(), strict=True))
    assert Counter(address for address, _ in sent) == Counter(
        recipient.email for one in invitations for recipient in one.recipients
    ), "one Message-ID for each e-mail"
    for one in told:
        finish_mirror(office, one)
        assert {key: rev for key, rev in one.mirror.items() if rev >= 0} == there


def finish_mirror(office: Office, told: Told) -> None:
    """Let the client pull what it has not got, from its cursor on, in this process."""
    puller = Puller(office.store, CursorSigner(office.assembly.parts.cursor_keys))
    principal = Principal(firm_id=FIRM.id, staff_id=KARIN.id, session_id="test")
    more = True
    while more:
        page = puller.pull(principal, told.device, PullRequest(cursor=told.cursor))
        for change in page.changes:
            told.mirror[(change.t, change.id)] = -1 if change.removed else change.rev
        told.cursor, more = page.cursor, page.more


@pytest.fixture
def office(database: str) -> Iterator[Office]:
    with open_office(database, DEATHS * COMMANDS_PER_DEATH // 2) as opened:
        yield opened


def test_nothing_is_lost_or_doubled(office: Office, tmp_path: Path) -> None:
    told = run_story(office, tmp_path, DEATHS)
    check(office, told)
    again = len(office.post.messages) - len(set(office.post.ids()))
    commands, retries = sum(len(one.made) for one in told), sum(one.retries for one in told)
    print(
        f"{DEATHS} killed, {commands} commands, {retries} sent again, {len(set(office.post.ids()))} e-mails, "
        f"{again} of them twice with the same Message-ID"
    )


def test_loss_and_doubling_are_seen(office: Office, tmp_path: Path) -> None:
    """The controls: an effect too many, an answer that was lost, an e-mail with a second Message-ID."""
    told = run_story(office, tmp_path, 1)
    check(office, told)
    message = office.post.messages[0]
    office.post.messages.append(EmailMessage())
    office.post.messages[-1]["Message-ID"] = "<another@byran.example>"
    office.post.recipients.append(office.post.recipients[office.post.messages.index(message)])
    with pytest.raises(AssertionError, match="one Message-ID"):
        check(office, told)
    office.post.messages.pop()
    office.post.recipients.pop()
    check(office, told)
    lost = told[0].outcomes.popitem()
    with pytest.raises(AssertionError, match="each command was answered"):
        check(office, told)
    told[0].outcomes.update([lost])
    with office.store.write(FIRM.id) as transaction:
        twice = Customer(id=new_id("cu"), customer_number="", name="Ny 0 AB")
        transaction.write(Effect(changes=(Put(twice),)), by=SERVER, source="doubled")
    with pytest.raises(AssertionError):
        check(office, told)

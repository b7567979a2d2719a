"""Erasing a person: no trace of them in any file, everything else as it was, and the chain whole."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.catalogue import load_catalogue
from app.commandline.entry import run_program
from app.domain.commands import (
    AddContact,
    ArchiveCustomer,
    CreateCustomer,
    ResendInvitation,
    SetLinkDecision,
    UpdateCustomer,
)
from app.domain.ids import new_id
from app.domain.records import (
    Collaboration,
    Company,
    Contact,
    Customer,
    Engagement,
    Invitation,
    Recipient,
    Registration,
    SeenCandidate,
    Staff,
)
from app.domain.records import Person as RegisteredPerson
from app.errors import UsageError
from app.server.audit.erasing import Erased, erase_person
from app.server.audit.verifying import verify_firm
from app.server.mail.composing import Composer
from app.server.mail.message import OutgoingMail
from app.server.mail.ways import TrayWay
from app.server.mail.worker import MailRoute, MailWorker
from app.server.portal.links import Links
from app.server.store import Store, open_store
from app.server.store.erasing import overwrite_free_space
from app.server.store.tenancy import enter_firm
from tests.server.portal_site import PER, portal_site
from tests.server.sync_site import ANNA, FIRM, SyncSite, create, sync_site
from tests.support.clocks import FixedClock

NUMBER = "198507099805"
NAME = "Kanarieholm Trädgård"
KIM_NAME, KIM_MAIL, KIM_PHONE = "Kim Kanarieholm", "kim@kanarieholm.example", "+46701740605"
TABLES = ("record", "command_outcome", "audit_detail", "mail_outbox", "vendor_outbox", "mail_tray")
CANARIES = ("8507099805", "850709-9805", "Kanarieholm", "kanarieholm.example", "701740605", "Hagtornsvägen")


@dataclass
class Person:
    """A sole trader as a customer, with everything about them that a firm's data can hold."""

    customer_id: str
    contact_id: str


def fill_with_person(site: SyncSite) -> Person:
    anna = site.client()
    address = {"street": "Hagtornsvägen 3", "postal_code": "903 26", "town": "Umeå", "country": "SE"}
    one = Customer(
        id=new_id("cu"), customer_number="77", name=NAME, kind="sole_firm", organisation_number=NUMBER
    )
    contact = Contact(
        id=new_id("ct"), customer_id=one.id, name=KIM_NAME, email=KIM_MAIL, phone=KIM_PHONE, is_main=True
    )
    other = create(1)
    results = anna.push(
        CreateCustomer(customer=one, contacts=(contact,)),
        other,
        AddContact(contact=Contact(id=new_id("ct"), customer_id=other.customer.id, name="Sara Lo")),
        UpdateCustomer(customer_id=one.id, set={"name": {"from": "Annat", "to": "Kanarieholm & son"}}),
        UpdateCustomer(
            customer_id=one.id,
            set={"address": {"from": address | {"street": "", "postal_code": "", "town": ""}, "to": address}},
        ),
        CreateCustomer(customer=Customer(id=new_id("cu"), customer_number="78", name=NAME, kind="sole_firm",
                                         organisation_number=NUMBER)),
    )  # fmt: skip
    assert [r["status"] for r in results] == [
        "applied", "applied", "applied", "conflict", "applied", "rejected"
    ]  # fmt: skip
    unlinked = Collaboration(id=new_id("cl"), company=Company(number=NUMBER[2:], name=NAME, email=KIM_MAIL))
    theirs = Collaboration(
        id=new_id("cl"), company=Company(number="5560360793", name="Ask AB", email=KIM_MAIL)
    )
    site.write(
        unlinked,
        theirs,
        Registration(
            id=f"re_{one.id}",
            customer_id=one.id,
            answer="registered",
            administrators=(RegisteredPerson(name=KIM_NAME, email=KIM_MAIL),),
        ),
    )
    [decided] = anna.push(
        SetLinkDecision(
            decision_id=new_id("ld"),
            company_key="no:5560360793|0",
            collaboration_ids=(theirs.id,),
            decision="later",
            candidates=(
                SeenCandidate(customer_id=one.id, score=50, reasons=(f"name:{NAME}",)),
                SeenCandidate(customer_id=other.customer.id, score=40),
            ),
        )
    )
    assert decided["status"] == "applied"
    return Person(one.id, contact.id)


def rows_of(store: Store, firm_id: str = FIRM) -> dict[str, str]:
    """Return every table of the database as text, read past the store."""
    found: dict[str, str] = {}
    with store.engine.connect() as connection:
        enter_firm(connection, firm_id)
        for table in TABLES:
            found[table] = str(connection.execute(text(f"SELECT * FROM {table}")).all())
        schema = "" if store.is_embedded else "routing."
        found["routing"] = str(connection.execute(text(f"SELECT * FROM {schema}routing_entry")).all())
    return found


def canaries_in(rows: dict[str, str]) -> set[tuple[str, str]]:
    return {(table, canary) for table, text_ in rows.items() for canary in CANARIES if canary in text_}


@pytest.fixture
def person(site: SyncSite) -> Person:
    return fill_with_person(site)


def test_no_table_tells_of_an_erased_customer_and_the_rest_stays(site: SyncSite, person: Person) -> None:
    assert {table for table, _ in canaries_in(rows_of(site.store))} >= {"record", "command_outcome"}
    anna = site.client()
    before, cursor = anna.pull()
    with pytest.raises(UsageError, match="erase_nobody"):
        erase_person(site.store, FIRM, number="193301013208")
    planned = erase_person(site.store, FIRM, number=NUMBER, rehearse=True)
    assert anna.pull(cursor)[0] == {}
    erased = erase_person(site.store, FIRM, number="850709-9805")
    assert erased == planned
    assert (erased.customers, erased.contacts) == (1, 1)
    assert canaries_in(rows_of(site.store)) == set()
    verified = verify_firm(site.store, FIRM)
    assert verified.first_break is None
    assert verified.erased == erased.audit_entries > 0
    changes, _ = anna.pull(cursor)
    assert changes[("customer", person.customer_id)]["removed"] == "deleted"
    assert changes[("contact", person.contact_id)]["removed"] == "deleted"
    after, _ = anna.pull()
    kept = {key for key in before if key in after}
    assert ("staff", ANNA.id) in kept
    assert sum(1 for kind, _ in kept if kind == "customer") == 1
    assert sum(1 for kind, _ in kept if kind == "contact") == 1
    [decision] = [row["data"] for (kind, _), row in after.items() if kind == "link_decision"]
    assert len(decision["candidates"]) == 1
    [collaboration] = [row["data"] for (kind, _), row in after.items() if kind == "collaboration"]
    assert (collaboration["company"]["name"], collaboration["company"]["email"]) == ("Ask AB", "")
    again = site.client().push(create(2), ArchiveCustomer(customer_id=person.customer_id))
    assert [result["status"] for result in again] == ["applied", "rejected"]
    assert verify_firm(site.store, FIRM).first_break is None


def test_a_contact_of_another_customer_goes_out_of_invitations_and_mails(database: str) -> None:
    with portal_site(database) as site:
        contact = Contact(id="ct_kim", customer_id="cu_el", name=KIM_NAME, email=KIM_MAIL, phone=KIM_PHONE)
        site.put(contact)
        invitation, _, _ = site.invite("scanner")
        recipients = (
            Recipient(name=KIM_NAME, email=KIM_MAIL),
            Recipient(name="Per Bergström", email=PER),
        )
        site.command(ResendInvitation(invitation_id=invitation.id, recipients=recipients))
        site.side.run_until_quiet()
        site.put(
            replace(site.get(Invitation, invitation.id), words=f"Fråga {KIM_NAME.upper()}, inte Kimberly."),
            Engagement(id="en_kim", customer_id="cu_el", type="vat", title=f"Moms ({KIM_NAME})"),
        )
        assert {table for table, _ in canaries_in(rows_of(site.store, "fi_1"))} >= {
            "record",
            "mail_outbox",
            "mail_tray",
        }
        erased = erase_person(site.store, "fi_1", email=KIM_MAIL.upper())
        assert (erased.customers, erased.contacts) == (0, 1)
        assert erased.mails > 0
        # The number is that of another customer of this site.
        left = {canary for _, canary in canaries_in(rows_of(site.store, "fi_1"))}
        assert left == {"8507099805"}
        kept = site.get(Invitation, invitation.id)
        assert [recipient.email for recipient in kept.recipients] == ["", PER]
        assert kept.words == "Fråga …, inte Kimberly."
        with site.store.read("fi_1") as snapshot:
            engagement = snapshot.reader.find("engagement", "en_kim")
        assert isinstance(engagement, Engagement)
        assert engagement.title == "Moms (…)"
        assert site.mails(PER)
        assert verify_firm(site.store, "fi_1").first_break is None


def test_who_works_here_and_who_is_no_person_is_not_erased(site: SyncSite) -> None:
    with pytest.raises(UsageError, match="erase_staff_active"):
        erase_person(site.store, FIRM, email=ANNA.email)
    company = Customer(id="cu_x", customer_number="9", name="Ask AB", organisation_number="165560360793")
    site.write(company)
    with pytest.raises(UsageError, match="erase_not_a_person"):
        erase_person(site.store, FIRM, number="556036-0793")
    sole = Customer(id="cu_s", customer_number="10", name=NAME, kind="sole_firm", organisation_number=NUMBER)
    linked = Collaboration(id="cl_s", company=Company(number=NUMBER[2:], name=NAME), customer_id="cu_s")
    site.write(sole, linked)
    with pytest.raises(UsageError, match="erase_has_collaborations"):
        erase_person(site.store, FIRM, number=NUMBER)


def test_who_has_left_the_firm_leaves_a_row_without_a_name(site: SyncSite) -> None:
    gone = Staff(id="st_gone", name=KIM_NAME, email=KIM_MAIL, state="active")
    site.write(gone)
    device = site.client(gone)
    [result] = device.push(create(5))
    assert result["status"] == "applied"
    site.write(Staff(id="st_gone", name=KIM_NAME, email=KIM_MAIL, state="left"))
    erased = erase_person(site.store, FIRM, email=KIM_MAIL)
    assert (erased.staff, erased.changed) == (1, 1)
    assert canaries_in(rows_of(site.store)) == set()
    rows, _ = site.client().pull()
    assert rows[("staff", "st_gone")]["data"]["name"] == "–"
    assert sum(1 for kind, _ in rows if kind == "customer") == 1
    assert device.page().status_code == 401


def test_no_canary_in_the_file_of_a_database_without_encryption(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = tmp_path / "server.db"
    store = open_store(str(database), clock=FixedClock())
    with sync_site(store) as site:
        fill_with_person(site)
        site.assembly.customer_side.run_until_quiet()
    store.close()
    written = {canary for canary in CANARIES if canary.encode() in read_all(tmp_path)}
    assert written == set(CANARIES) - {"850709-9805"}
    words = ["server", "erase-person", "--database", str(database), "--firm", FIRM, "--number", NUMBER]
    assert run_program([*words, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["erased"] is False
    assert NAME.encode() in read_all(tmp_path)
    assert run_program([*words, "--confirm"]) == 0
    assert "Raderat: 1 kunder, 1 kontakter" in capsys.readouterr().out
    content = read_all(tmp_path)
    assert {canary for canary in CANARIES if canary.encode() in content} == set()
    assert run_program(["server", "verify-audit", "--database", str(database)]) == 0


def read_all(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


@pytest.mark.postgresql
def test_no_canary_in_the_tables_files_of_postgresql(store: Store) -> None:
    if store.is_embedded:
        pytest.skip("SQLite's file has a test of its own")
    with sync_site(store) as site:
        fill_with_person(site)
        assert NAME.encode() in table_files(store)
        erase_person(store, FIRM, number=NUMBER)
        content = table_files(store)
        assert ANNA.email.encode() in content
        assert {canary for canary in CANARIES if canary.encode() in content} == set()


@pytest.mark.postgresql
def test_no_canary_of_a_device_in_the_tables_files_of_postgresql(store: Store) -> None:
    """The name that a machine has is its owner's, as a rule."""
    if store.is_embedded:
        pytest.skip("SQLite's file is written anew as a whole")
    with sync_site(store) as site:
        gone = Staff(id="st_gone", name=KIM_NAME, email=KIM_MAIL)
        site.write(gone)
        named = site.client(gone).call("POST", "/v1/devices", json={"name": "Kanarieholms dator"})
        assert named.status_code == 201
        site.write(Staff(id="st_gone", name=KIM_NAME, email=KIM_MAIL, state="left"))
        assert b"Kanarieholms dator" in table_files(store)
        erase_person(store, FIRM, email=KIM_MAIL)
        content = table_files(store)
        assert {canary for canary in CANARIES if canary.encode() in content} == set()


@pytest.mark.postgresql
def test_every_table_that_an_erasure_has_taken_from_is_written_anew(store: Store) -> None:
    """Seen by the file that each table lies in: another one than before."""
    if store.is_embedded:
        pytest.skip("SQLite's file is written anew as a whole")
    with sync_site(store) as site:
        fill_with_person(site)
    before = files_by_table(store)
    overwrite_free_space(store.engine)
    after = files_by_table(store)
    kept = {table for table, file in after.items() if before[table] == file}
    assert kept == {
        "firm_head",  # versions of firms
        "audit_entry",  # commitments
        "audit_head",  # signatures
        "server_setting",  # keys
        "register_entry",  # the vendor's
        "alembic_version",
    }


def files_by_table(store: Store) -> dict[str, int]:
    with store.engine.connect() as connection:
        asked = text(
            "SELECT relname, pg_relation_filenode(oid) FROM pg_class WHERE relkind = 'r'"
            " AND relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN"
            " ('public', 'routing', 'register'))"
        )
        return {row[0]: row[1] for row in connection.execute(asked)}


def table_files(store: Store) -> bytes:
    """Return the files of the database's tables, after a checkpoint; the log of writes is not among them."""
    administrator = store.engine.url.set(drivername="postgresql", username="administrator")
    import psycopg

    with psycopg.connect(administrator.render_as_string(hide_password=False), autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        row: Any = connection.execute(
            "SELECT current_setting('data_directory'), oid FROM pg_database"
            " WHERE datname = current_database()"
        ).fetchone()
    folder = Path(row[0]) / "base" / str(row[1])
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())


def test_an_e_mail_that_is_on_its_way_meanwhile_leaves_nothing(database: str) -> None:
    """The worker has composed it, and puts it into the tray after the person is gone."""
    with portal_site(database) as site:
        site.put(Contact(id="ct_kim", customer_id="cu_el", name=KIM_NAME, email=KIM_MAIL, phone=KIM_PHONE))
        invitation, _, _ = site.invite("scanner")
        recipients = (Recipient(name=KIM_NAME, email=KIM_MAIL), Recipient(name="Per Bergström", email=PER))
        site.command(ResendInvitation(invitation_id=invitation.id, recipients=recipients))
        tray = TrayWay(site.store.mail_tray, site.clock)
        erased: list[Erased] = []

        class Meanwhile:
            def send(self, mail: OutgoingMail) -> None:
                if mail.to_address == KIM_MAIL:
                    erased.append(erase_person(site.store, "fi_1", email=KIM_MAIL))
                tray.send(mail)

        route = MailRoute(way=Meanwhile(), sender_address="samverka@byran.example", public_url=site.url)
        composer = Composer(Links(site.store.routing, b"l" * 32), load_catalogue())
        worker = MailWorker(site.store, composer, route)
        while worker.run_once():
            pass
        assert len(erased) == 1
        left = {canary for _, canary in canaries_in(rows_of(site.store, "fi_1"))}
        assert left == {"8507099805"}, "the number of another customer of this site"
        assert len(site.mails(PER)) == 2, "the control: whoever is still there has got theirs"

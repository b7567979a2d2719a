"""The story: a bookkeeper does the main job from beginning to end, with real parts all the way."""

from __future__ import annotations

import re
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from app.bootstrap import Samverka, Start
from app.config import change_config
from app.domain.commands import CreateActivation
from app.domain.ids import new_id
from app.domain.records import (
    Access,
    Activation,
    ActivationContact,
    ActivationItem,
    Collaboration,
    Consent,
    Contact,
    Customer,
    Engagement,
    Expectation,
)
from app.domain.swedish_order import sort_key
from app.paths import Profile
from app.remote.one_click import click_sample_sign_in
from app.storage.local_reader import LocalReader
from app.usecases.reconciliation_values import QueueRow
from tests.acceptance.conftest import OpenProgram
from tests.acceptance.person import PATIENCE, Person
from tests.acceptance.server_process import ServerProcess
from tests.support.browser import browser
from tests.support.mail_server import Post, post_office
from tests.support.ports import reserve_port
from ui.customers.list_model import CustomerListModel
from ui.widgets.table import Table

pytestmark = pytest.mark.acceptance

DATA = Path(__file__).parents[1] / "data"

Serve = Callable[..., ServerProcess]


def wait_for_the_firm(person: Person) -> None:
    """Wait until the sample firm has been pulled."""
    person.until(lambda: person.samverka.customer_list.count() > 200, "the customers have come")
    person.until(lambda: person.samverka.status.read().connection == "connected", "connected")


def find_example(person: Person, wanted: Callable[[LocalReader, Customer], bool]) -> Customer:
    """Return the first customer, in the order of names, of whom something holds."""
    with person.samverka.workspace.read() as unit:
        reader = LocalReader(unit)
        customers = sorted(reader.list_all(Customer), key=lambda c: c.name)
        return next(c for c in customers if wanted(reader, c))


def is_free_for_activation(reader: LocalReader, customer: Customer, answer: str) -> bool:
    """Tell whether nothing is under way for the customer and everything that is needed is there."""
    registration = [
        r for r in reader.list_of_customer("registration", customer.id) if getattr(r, "answer", "") == answer
    ]
    busy = reader.list_of_customer("collaboration", customer.id)
    engagements = {
        getattr(e, "type", "")
        for e in reader.list_of_customer("engagement", customer.id)
        if getattr(e, "state", "") == "ongoing"
    }
    contacts = reader.list_of_customer("contact", customer.id)
    return (
        bool(registration)
        and not busy
        and customer.kind == "legal_person"
        and customer.state == "active"
        and customer.address.is_complete
        and "bookkeeping" in engagements
        and any(getattr(c, "email", "") for c in contacts)
    )


def open_wizard(person: Person, customer: Customer) -> None:
    """From the list: search, choose, activate."""
    person.go("customers")
    person.type("customersSearch", customer.name)
    table = person.find(Table, "customersTable")
    model = table.rows
    assert isinstance(model, CustomerListModel)
    person.until(
        lambda: model.rowCount() >= 1 and (row := model.row_at(0)) is not None and row.id == customer.id,
        f"{customer.name} is found",
    )
    table.selectRow(0)
    table.setFocus()
    person.press("customersActivate")
    person.until(lambda: person.has("activationDialog"), "the wizard is open")


def walk_to_review(person: Person, *services: str) -> None:
    """Page by page to the review, with these services chosen."""
    person.until(lambda: person.find(QPushButton, "activationNext").isEnabled(), "the check is done")
    person.press("activationNext")
    for service in services:
        person.tick(f"choose_{service}")
    for _ in range(4):
        if person.has("activationConsent"):
            return
        person.press("activationNext")
        person.until(lambda: person.has("activationNext"), "the next page")
    assert person.has("activationConsent"), person.seen()


def close_wizard(person: Person) -> None:
    person.dialog().close()
    person.until(lambda: not person.has("activationDialog"), "the wizard is closed")


def state_of(samverka: Samverka, customer_id: str) -> dict[str | None, str]:
    """Return service → state of the customer's collaborations, as a client shows them."""
    with samverka.workspace.read() as unit:
        rows = LocalReader(unit).list_of_customer("collaboration", customer_id)
        return {row.service: row.state for row in rows if isinstance(row, Collaboration)}


def staff_with_access(samverka: Samverka, collaboration_id: str) -> set[str]:
    with samverka.workspace.read() as unit:
        rows = LocalReader(unit).list_children("access", collaboration_id)
        return {a.staff_id for a in rows if isinstance(a, Access) and a.until is None and a.staff_id}


def second_client(folder: Path, server_url: str) -> Samverka:
    """Another installation of the program, without a window, signed in on the same server."""
    profile = Profile(folder)
    profile.prepare()
    change_config(profile, server_url=server_url, welcome_done=True)
    samverka = Start(profile).build()
    samverka.session.sign_in(click_sample_sign_in)
    return samverka


def test_the_sample_firm_opens_and_is_searched_filtered_and_sorted(open_program: OpenProgram) -> None:
    person = open_program()
    wait_for_the_firm(person)
    assert person.window.current_screen == "today"
    person.until(lambda: person.sees("Okopplade samarbeten"), "Att göra is filled in")
    person.go("customers")
    model = person.find(Table, "customersTable").rows
    assert isinstance(model, CustomerListModel)
    person.until(lambda: model.rowCount() > 200, "the list is counted")
    person.type("customersSearch", "vinterback golv")
    person.until(lambda: shown_names(model) == ["Vinterbäcks Golv AB"], "found without its dots")
    person.key("customersSearch", Qt.Key.Key_Escape)
    person.until(lambda: model.rowCount() > 200, "all of them again")
    assert shown_names(model)[:40] == sorted(shown_names(model)[:40], key=sort_key)
    header = person.find(Table, "customersTable").horizontalHeader()
    section = model.section_of("name")
    place = QPoint(header.sectionViewportPosition(section) + 20, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    person.until(lambda: shown_names(model)[:1] and shown_names(model)[0].startswith("Ö"), "ö comes last")
    person.press("customersFilters_waiting")
    person.until(lambda: 0 < model.rowCount() < 60, "only those that wait")


def shown_names(model: CustomerListModel) -> list[str]:
    """Return the names of the rows that are loaded."""
    rows = (model.row_at(at) for at in range(model.rowCount()))
    return [row.name for row in rows if row is not None]


def test_a_company_that_is_not_registered_is_registered(open_program: OpenProgram) -> None:
    person = open_program()
    wait_for_the_firm(person)
    customer = find_example(person, lambda r, c: is_free_for_activation(r, c, "not_registered"))
    open_wizard(person, customer)
    walk_to_review(person, "eekonomi")
    assert person.sees("Kunden är inte registrerad hos Visma Spcs.")
    assert person.sees("Kontaktperson – får inloggningsinstruktioner")
    commit = person.find(QPushButton, "activationNext")
    assert commit.text() == "Registrera och aktivera"
    assert not commit.isEnabled()
    assert not person.find(QCheckBox, "activationConsent").isChecked()
    person.tick("activationConsent")
    person.press("activationNext")
    person.until(
        lambda: state_of(person.samverka, customer.id) == {"eekonomi": "active"},
        "the collaboration is active",
    )
    close_wizard(person)
    person.go("mail_tray")
    subject = f"Så loggar du in: {customer.name} hos Visma Spcs"
    person.until(lambda: person.has("mailSubject"), "the tray has an e-mail")
    person.until(lambda: person.find(QLabel, "mailSubject").text() == subject, "the login instructions")
    with person.samverka.workspace.read() as unit:
        [collaboration] = LocalReader(unit).list_of_customer("collaboration", customer.id)
    assert staff_with_access(person.samverka, collaboration.id)


def answer_in_browser(opened: webdriver.Chrome, link: str, code: str, answers: dict[str, str]) -> None:
    """Open the link and answer as the customer does."""
    opened.get(link)
    for service, answer in answers.items():
        opened.find_element(By.ID, f"{service}-{answer}").click()
    opened.find_element(By.ID, "words").send_keys("Vi har ett annat program för utlägg.")
    opened.find_element(By.ID, "fact").send_keys(code)
    before = opened.find_element(By.TAG_NAME, "html")
    opened.find_element(By.ID, "submit").click()
    WebDriverWait(opened, PATIENCE / 1000).until(
        lambda driver: driver.find_element(By.TAG_NAME, "html") != before
    )
    assert opened.find_element(By.TAG_NAME, "h1").text == "Tack, svaret är skickat"


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def link_and_code(message: EmailMessage) -> tuple[str, str]:
    text = text_of(message)
    link = re.search(r"https?://\S+/i/\S+", text)
    code = re.search(r"\b[A-Z0-9]{3}-[A-Z0-9]{3}\b", text)
    assert link is not None, text
    assert code is not None, text
    return link[0], code[0]


def test_an_invitation_goes_by_smtp_and_is_answered_in_a_browser(
    open_program: OpenProgram, serve: Serve, tmp_path: Path
) -> None:
    with post_office() as post:
        server = serve_with_mail(serve, post)
        person = open_program(server_url=server.url)
        person.sign_in()
        wait_for_the_firm(person)
        customer = find_example(person, lambda r, c: is_free_for_activation(r, c, "registered"))
        open_wizard(person, customer)
        walk_to_review(person, "eekonomi", "scanner")
        assert person.sees("Kunden är redan registrerad hos Visma Spcs.")
        person.tick("activationConsent")
        person.press("activationNext")
        person.until(
            lambda: state_of(person.samverka, customer.id) == {"eekonomi": "pending", "scanner": "pending"},
            "both wait for the customer",
        )
        close_wizard(person)
        person.until(lambda: len(post.messages) >= 1, "the e-mail has been sent")
        person.until(
            lambda: any(
                row.state == "sent" and row.customer_id == customer.id
                for row in person.samverka.invitations.list_sent().rows
            ),
            "the invitation is marked as sent",
        )
        invitations = [m for m in post.messages if "/i/" in text_of(m)]
        link, code = link_and_code(invitations[0])
        with browser() as opened:
            answer_in_browser(opened, link, code, {"eekonomi": "approved", "scanner": "declined"})
        person.until(
            lambda: state_of(person.samverka, customer.id) == {"eekonomi": "active", "scanner": "declined"},
            "the answer has come by itself",
        )
        person.go("today")
        person.until(lambda: person.sees(customer.name), "the answer is among what is new")
        other = second_client(tmp_path / "other", server.url)
        try:
            person.until(
                lambda: state_of(other, customer.id) == {"eekonomi": "active", "scanner": "declined"},
                "a colleague sees the same",
            )
        finally:
            other.close()


def serve_with_mail(serve: Serve, post: Post) -> ServerProcess:
    """Start a server whose mail goes to the test's SMTP server, with links that lead to itself."""
    port = reserve_port()
    url = f"http://127.0.0.1:{port}"
    smtp = f"smtp://127.0.0.1:{post.port}?tls=none"
    return serve("--sample", "--port", str(port), "--public-url", url, "--smtp", smtp)


def row_of(person: Person, row_id: str) -> QueueRow:
    """Return the company in the queue."""
    rows = person.find(Table, "unlinkedTable").rows
    found: list[QueueRow | None] = []

    def is_there() -> bool:
        found[:] = [rows.row_at(rows.position_of(row_id))]
        return found[0] is not None

    person.until(is_there, "the row is there")
    assert found[0] is not None
    return found[0]


def test_a_link_is_made_undone_and_made_again(open_program: OpenProgram) -> None:
    person = open_program()
    wait_for_the_firm(person)
    person.go("unlinked")
    person.until(lambda: person.has("unlinkedFilter_certain"), "the queue is there")
    person.press("unlinkedFilter_certain")
    person.until(lambda: 3 < len(list(filter(None, person.ids("unlinkedTable")))) < 20, "certain suggestions")
    first, second = person.ids("unlinkedTable")[:2]
    linked = row_of(person, first).collaboration_ids[0]
    person.choose_row("unlinkedTable", first)
    person.until(lambda: person.find(QLabel, "cardAccess").text() not in ("", "…"), "access is shown")
    assert "Får tillgång: " in person.find(QLabel, "cardAccess").text()
    person.key("unlinkedTable", Qt.Key.Key_Return)
    person.until(lambda: first not in person.ids("unlinkedTable"), "it has left the queue")
    person.until(lambda: person.samverka.status.read().waiting == 0, "sent")
    person.until(lambda: staff_with_access(person.samverka, linked), "the server has given access")
    linked_staff = staff_with_access(person.samverka, linked)
    assert person.find(Table, "unlinkedTable").selected_ids() == [second]
    person.press("unlinkedUndo")
    person.until(lambda: first in person.ids("unlinkedTable"), "it is in the queue again")
    person.until(lambda: person.samverka.status.read().waiting == 0, "sent")
    person.until(lambda: staff_with_access(person.samverka, linked) != linked_staff, "access has moved back")
    person.choose_row("unlinkedTable", first)
    person.until(lambda: person.find(QLabel, "cardAccess").text() not in ("", "…"), "access is shown")
    person.press("cardLink")
    person.until(lambda: first not in person.ids("unlinkedTable"), "linked again")
    person.until(lambda: staff_with_access(person.samverka, linked) == linked_staff, "access as before")


def test_without_the_server_everything_is_read_and_decided_and_sent_once(
    open_program: OpenProgram, serve: Serve
) -> None:
    server = serve("--sample")
    person = open_program(server_url=server.url)
    person.sign_in()
    wait_for_the_firm(person)
    customer = find_example(person, lambda r, c: is_free_for_activation(r, c, "not_registered"))
    server.stop()
    person.samverka.status.synchronise_now()
    person.until(lambda: person.samverka.status.read().is_offline, "offline is noticed")
    person.until(lambda: person.sees("Offline"), "offline is said")
    person.go("collaborations")
    person.until(lambda: person.sees("samarbeten · uppgifter från"), "the data's age is shown")
    open_wizard(person, customer)
    walk_to_review(person, "eekonomi")
    assert person.sees("Du är offline.")
    assert person.find(QPushButton, "activationNext").text() == "Lägg i utkorgen"
    person.tick("activationConsent")
    person.press("activationNext")
    person.until(lambda: person.samverka.status.read().waiting == 1, "in the outbox")
    close_wizard(person)
    person.go("unlinked")
    person.press("unlinkedFilter_certain")
    person.until(lambda: 3 < len(list(filter(None, person.ids("unlinkedTable")))) < 20, "certain suggestions")
    linked = person.ids("unlinkedTable")[0]
    decisions = 1 + len(row_of(person, linked).collaboration_ids)
    person.choose_row("unlinkedTable", linked)
    person.press("cardLink")
    person.until(lambda: person.samverka.status.read().waiting == decisions, "all in the outbox")
    person.close()

    person = open_program(server_url=server.url)
    assert person.samverka.status.read().waiting == decisions
    person.go("outbox")
    person.until(lambda: len(person.rows("outboxWaiting")) == decisions, "still there after a start")
    server.start()
    person.samverka.status.synchronise_now()
    person.until(lambda: person.samverka.status.read().waiting == 0, "sent")
    person.until(lambda: state_of(person.samverka, customer.id) == {"eekonomi": "active"}, "activated, once")
    history = [line.type for line in person.samverka.outbox.list_history()]
    assert sorted(history) == ["activation.create", *["collaboration.link"] * (decisions - 1)]


@pytest.mark.case(9)
def test_an_answer_that_changed_meanwhile_stops_the_item_and_asks(
    open_program: OpenProgram, serve: Serve, tmp_path: Path
) -> None:
    server = serve("--sample")
    person = open_program(server_url=server.url)
    person.sign_in()
    wait_for_the_firm(person)
    customer = find_example(person, lambda r, c: is_free_for_activation(r, c, "not_registered"))
    open_wizard(person, customer)
    walk_to_review(person, "eekonomi")
    person.tick("activationConsent")
    person.samverka.status.pause()
    person.press("activationNext")
    person.until(lambda: person.samverka.status.read().waiting == 1, "in the outbox")
    close_wizard(person)
    other = second_client(tmp_path / "other", server.url)
    try:
        person.until(lambda: other.customer_list.count() > 200, "the colleague has the firm")
        activate_scanner(other, customer.id)
        person.until(lambda: state_of(other, customer.id).get("scanner") == "active", "registered meanwhile")
    finally:
        other.close()
    person.samverka.status.resume()
    person.until(lambda: state_of(person.samverka, customer.id).get("eekonomi") == "stopped", "it stopped")
    person.go("outbox")
    person.press("outboxTab_attention")
    person.until(lambda: any(customer.name in row for row in person.rows("outboxAttention")), "it asks")
    key = next(
        item.key for item in person.samverka.outbox.list_attention() if item.customer_id == customer.id
    )
    person.choose_row("outboxAttention", key)
    person.press("attentionActivation")
    person.until(lambda: person.sees("Svaret när du bestämde dig"), "what changed is shown")
    person.press("stoppedProceed")
    person.until(
        lambda: state_of(person.samverka, customer.id).get("eekonomi") == "pending", "an invitation instead"
    )


def activate_scanner(samverka: Samverka, customer_id: str) -> None:
    """A colleague activates another service for the same company, which registers it."""
    with samverka.workspace.read() as unit:
        reader = LocalReader(unit)
        customer = reader.get_many(Customer, [customer_id])[customer_id]
        contact = next(c for c in reader.list_of_customer("contact", customer_id) if getattr(c, "email", ""))
        engagement = next(
            e
            for e in reader.list_of_customer("engagement", customer_id)
            if isinstance(e, Engagement) and e.type == "bookkeeping" and e.state == "ongoing"
        )
    assert isinstance(contact, Contact)
    samverka.workspace.enqueue(
        [
            CreateActivation(
                activation=Activation(
                    id=new_id("av"),
                    customer_id=customer_id,
                    branch="not_registered",
                    items=(
                        ActivationItem(
                            collaboration_id=new_id("cl"), service="scanner", engagement_id=engagement.id
                        ),
                    ),
                    contact=ActivationContact(
                        name=contact.name,
                        email=contact.email,
                        address=customer.address,
                        contact_id=contact.id,
                    ),
                    expects=Expectation(answer="not_registered"),
                    consent=Consent(text_version="1", by="", at=samverka.clock.now()),
                )
            )
        ]
    )


def test_files_that_customers_sent_are_previewed_imported_and_travel_to_the_server(
    open_program: OpenProgram, tmp_path: Path
) -> None:
    lines = (DATA / "organisations.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    some = tmp_path / "kunder.csv"
    some.write_text("".join(lines[:401]), encoding="utf-8")
    open_program("profile").close()
    person = open_program("profile", files=[some, DATA / "sie" / "Sie1.se", DATA / "sie" / "BokSald.SE"])
    wait_for_the_firm(person)
    before = person.samverka.customer_list.count()
    person.until(lambda: person.window.current_screen == "import", "the files are shown")
    person.until(lambda: person.has("importCommit"), "the preview is ready")
    assert person.sees("BokSald.SE")
    assert person.sees("webbsida")
    person.press("importCommit")
    person.until(lambda: person.samverka.customer_list.count() >= before + 400, "they are in the list")
    person.until(lambda: person.samverka.status.read().waiting == 0, "they have come to the server")
    person.until(lambda: person.samverka.outbox.list_waiting() == [], "and back")
    person.go("customers")
    person.type("customersSearch", "equmenia på smögen")
    person.until(lambda: person.find(Table, "customersTable").rows.rowCount() == 1, "found among the others")

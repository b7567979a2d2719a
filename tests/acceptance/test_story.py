"""The story: a bookkeeper does the main job from beginning to end, with real parts all the way."""

from __future__ import annotations

import re
from email.message import EmailMessage
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from app.domain.swedish_order import sort_key
from app.storage.local_reader import LocalReader
from app.usecases.reconciliation_values import QueueRow
from tests.acceptance.conftest import OpenProgram
from tests.acceptance.person import PATIENCE, Person
from tests.acceptance.server_process import ServerProcess
from tests.acceptance.steps import (
    Serve,
    activate_scanner,
    close_wizard,
    find_example,
    is_free_for_activation,
    open_wizard,
    second_client,
    staff_with_access,
    state_of,
    wait_for_the_firm,
    walk_to_review,
)
from tests.support.browser import browser
from tests.support.mail_server import Post, post_office
from tests.support.ports import reserve_port
from ui.customers.list_model import CustomerListModel
from ui.widgets.table import Table

pytestmark = pytest.mark.acceptance

DATA = Path(__file__).parents[1] / "data"


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

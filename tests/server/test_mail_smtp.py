"""The way through a mail server: a real one, with real TLS, that answers as servers do."""

from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import UsageError
from app.letters.letter import Letter
from app.server.mail.message import (
    AddressRefusedError,
    MailDelayedError,
    MailSignInError,
    OutgoingMail,
)
from app.server.mail.ways import Patience, SmtpServer, SmtpWay, read_smtp_url
from tests.support.clocks import MONDAY_MORNING
from tests.support.mail_server import make_certificate, post_office
from tests.support.ports import reserve_port

PUBLIC = "https://samverka.byran.example"


def mail(**changes: str) -> OutgoingMail:
    values = {
        "to_name": "Åsa Öberg",
        "to_address": "asa@kund.example",
        "sender_name": "Ek & Lind, Redovisning",
        "subject": "Inbjudan från Ek & Lind",
    } | changes
    return OutgoingMail(
        id="mo_1",
        firm_id="fi_1",
        kind="invitation",
        to_name=values["to_name"],
        to_address=values["to_address"],
        sender_name=values["sender_name"],
        sender_address="samverka@byran.example",
        made_at=MONDAY_MORNING,
        letter=Letter(values["subject"], "Hej på dig\n", "<p>Hej på dig</p>"),
    )


def plain(port: int, **changes: str) -> SmtpServer:
    return SmtpServer(
        host="127.0.0.1", port=port, encryption="none", sender="samverka@byran.example", **changes
    )


def test_an_email_travels_as_it_was_written() -> None:
    with post_office() as post:
        SmtpWay(plain(post.port)).send(mail())
    (message,) = post.messages
    assert post.recipients == ["asa@kund.example"]
    assert message["Subject"] == "Inbjudan från Ek & Lind"
    assert message["To"] == "Åsa Öberg <asa@kund.example>"
    assert message["From"] == '"Ek & Lind, Redovisning" <samverka@byran.example>'
    assert message["Message-ID"] == "<mo_1@byran.example>"
    assert message["Date"] == "Mon, 23 Nov 2026 08:41:00 +0000"
    assert message["Auto-Submitted"] == "auto-generated"
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().splitlines() == ["Hej på dig"]
    assert "<p>Hej på dig</p>" in html.get_content()


@pytest.mark.parametrize("tls", ["tls", "starttls"])
def test_it_travels_encrypted_to_a_server_whose_certificate_is_good(tmp_path: Path, tls: str) -> None:
    certificate = make_certificate(tmp_path / "server.pem")
    with post_office(certificate=certificate, tls=tls, password="right") as post:
        server = SmtpServer(
            host="127.0.0.1",
            port=post.port,
            encryption=tls,
            user="post",
            password="right",
            sender="samverka@byran.example",
        )
        SmtpWay(server, certificate.client_context()).send(mail())
        assert post.was_encrypted == [True]


@pytest.mark.parametrize("tls", ["tls", "starttls"])
@pytest.mark.parametrize("host", ["127.0.0.1", "other.example"])
def test_a_certificate_that_is_not_good_gets_nothing(tmp_path: Path, tls: str, host: str) -> None:
    certificate = make_certificate(tmp_path / "server.pem", host=host)
    trusted = None if host == "127.0.0.1" else certificate.client_context()
    with post_office(certificate=certificate, tls=tls) as post:
        server = SmtpServer(host="127.0.0.1", port=post.port, encryption=tls, sender="a@b.example")
        with pytest.raises(MailDelayedError) as caught:
            SmtpWay(server, trusted).send(mail())
        assert caught.value.code == "smtp_tls"
        assert post.messages == []


def test_a_server_that_forgot_its_tls_gets_nothing() -> None:
    with post_office() as post:
        server = SmtpServer(host="127.0.0.1", port=post.port, encryption="starttls", sender="a@b.example")
        with pytest.raises(MailDelayedError):
            SmtpWay(server).send(mail())
        assert post.messages == []


def test_a_wrong_password_is_another_thing_than_a_wrong_address(tmp_path: Path) -> None:
    certificate = make_certificate(tmp_path / "server.pem")
    with post_office(certificate=certificate, tls="tls", password="right") as post:
        server = SmtpServer(
            host="127.0.0.1",
            port=post.port,
            encryption="tls",
            user="post",
            password="fel",
            sender="a@b.example",
        )
        with pytest.raises(MailSignInError) as caught:
            SmtpWay(server, certificate.client_context()).send(mail())
    assert caught.value.code == "smtp_sign_in_refused"
    assert "fel" not in repr(server), "a password is not shown in logs"


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        ("550 no such user", AddressRefusedError),
        ("553 not local", AddressRefusedError),
        ("450 greylisted", MailDelayedError),
        ("421 too busy", MailDelayedError),
    ],
)
def test_answers_to_the_recipient(reply: str, error: type[Exception]) -> None:
    with post_office() as post:
        post.replies = [reply]
        with pytest.raises(error):
            SmtpWay(plain(post.port)).send(mail())
        assert post.messages == []


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        ("554 looks like spam", AddressRefusedError),
        ("451 try later", MailDelayedError),
        ("drop", MailDelayedError),
    ],
)
def test_answers_to_the_message(reply: str, error: type[Exception]) -> None:
    with post_office() as post:
        post.after_data = [reply]
        with pytest.raises(error):
            SmtpWay(plain(post.port)).send(mail())


def test_no_server_at_all_is_a_delay() -> None:
    with pytest.raises(MailDelayedError):
        SmtpWay(plain(reserve_port())).send(mail())


@pytest.mark.parametrize("encryption", ["none", "starttls", "tls"])
def test_a_server_that_says_nothing_is_not_waited_for_for_ever(encryption: str) -> None:
    """It takes the connection and falls silent; the queue goes on with the next e-mail."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        server = replace(plain(silent.getsockname()[1]), encryption=encryption)
        with pytest.raises(MailDelayedError, match="smtp_unreachable"):
            SmtpWay(server, patience=Patience(connecting=0.1)).send(mail())


def test_a_server_that_does_not_answer_the_final_dot_is_not_waited_for_for_ever() -> None:
    with post_office() as post:
        post.after_data = ["silence"]
        with pytest.raises(MailDelayedError, match="smtp_unreachable"):
            SmtpWay(plain(post.port), patience=Patience(letter=0.1)).send(mail())


@pytest.mark.parametrize("tls", ["none", "starttls", "tls"])
def test_each_answer_is_waited_for_as_long_as_the_standard_wishes(tmp_path: Path, tls: str) -> None:
    """A server that scans for longer than it is waited for has the e-mail, and would get it at each try."""
    certificate = make_certificate(tmp_path / "server.pem")
    waits: list[tuple[str, float | None]] = []
    with post_office(certificate=certificate, tls=tls) as post:
        way = SmtpWay(replace(plain(post.port), encryption=tls), certificate.client_context())
        with way.connected() as connection:

            def hear(command: str) -> None:
                assert connection.sock is not None
                waits.append((command, connection.sock.gettimeout()))

            post.heard = hear
            way.hand_over(mail(), connection)
    assert waits == [("MAIL", 300), ("RCPT", 300), ("DATA", 600), ("QUIT", 5)]


def test_what_was_taken_is_sent_however_the_server_takes_leave() -> None:
    with post_office() as post:
        post.farewell = "421 too busy to say goodbye"
        SmtpWay(plain(post.port)).send(mail())
        assert len(post.messages) == 1


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ingen",
        "a@b@c.example",
        "a b@c.example",
        "a@c.example\r\nBcc: x@evil.example",
        "a@c.example>,<x@y",
    ],
)
def test_an_impossible_address_is_refused_before_anything_is_sent(address: str) -> None:
    with post_office() as post:
        with pytest.raises(AddressRefusedError):
            SmtpWay(plain(post.port)).send(mail(to_address=address))
        assert post.messages == []


@pytest.mark.parametrize("field", ["to_name", "sender_name", "subject"])
def test_no_header_can_be_smuggled_in(field: str) -> None:
    with post_office() as post:
        with pytest.raises(AddressRefusedError):
            SmtpWay(plain(post.port)).send(mail(**{field: "Hej\r\nBcc: x@evil.example"}))
        assert post.messages == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtps://post:p%40ss@mail.byran.example", ("mail.byran.example", 465, "tls", "post", "p@ss")),
        ("smtp://mail.byran.example", ("mail.byran.example", 587, "starttls", "", "")),
        ("smtp://mail.byran.example:25", ("mail.byran.example", 25, "starttls", "", "")),
        ("smtp://127.0.0.1:1025?tls=none", ("127.0.0.1", 1025, "none", "", "")),
    ],
)
def test_the_address_of_the_mail_server_is_read(url: str, expected: tuple[object, ...]) -> None:
    server = read_smtp_url(url, PUBLIC)
    assert (server.host, server.port, server.encryption, server.user, server.password) == expected
    assert server.sender == "samverka@samverka.byran.example"
    assert read_smtp_url("smtps://m.example?from=hej@byran.example", PUBLIC).sender == "hej@byran.example"


@pytest.mark.parametrize(
    ("url", "public_url", "code"),
    [
        ("smtps://mail.example", "", "smtp_without_public_url"),
        ("smtp://mail.example?tls=none", PUBLIC, "smtp_needs_tls"),
        ("http://mail.example", PUBLIC, "smtp_url"),
        ("smtp://", PUBLIC, "smtp_url"),
        ("smtp://mail.example:x", PUBLIC, "smtp_url"),
        ("smtp://mail.example?from=nobody", PUBLIC, "smtp_url"),
        ("smtp://post:l%C3%B6sen@mail.example", PUBLIC, "smtp_url"),
    ],
)
def test_a_mail_server_that_would_not_do_is_refused_at_the_start(
    url: str, public_url: str, code: str
) -> None:
    with pytest.raises(UsageError) as caught:
        read_smtp_url(url, public_url)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("written", "travels"),
    [
        ("info@räksmörgås.example", "info@xn--rksmrgs-5wao1o.example"),
        ("info@Åkeriet.example", "info@xn--keriet-hua.example"),
        ("info@xn--rksmrgs-5wao1o.example", "info@xn--rksmrgs-5wao1o.example"),
    ],
)
def test_a_domain_with_swedish_letters_is_reached_through_any_mail_server(written: str, travels: str) -> None:
    """Most mail servers take ASCII only; the domain's other spelling is the same domain."""
    with post_office(is_ascii_only=True) as post:
        SmtpWay(plain(post.port)).send(mail(to_address=written))
        with pytest.raises(AddressRefusedError):
            SmtpWay(plain(post.port)).send(mail(to_address="åsa@kund.example"))
    (message,) = post.messages
    assert post.recipients == [travels]
    assert message["To"] == f"Åsa Öberg <{travels}>"

"""A real SMTP server on loopback that takes, refuses or drops e-mails as a test says."""

from __future__ import annotations

import asyncio
import datetime
import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.support.ports import reserve_port


@dataclass
class Post:
    """What a server got, and how it answers: ``replies`` to RCPT and ``after_data`` are used up.

    ``heard`` is called with a command's name when it has come, before it is answered (DATA with its letter).
    """

    messages: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    replies: list[str] = field(default_factory=list)
    after_data: list[str] = field(default_factory=list)
    was_encrypted: list[bool] = field(default_factory=list)
    farewell: str = "221 bye"
    heard: Callable[[str], None] = lambda _: None
    port: int = 0

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take the sender."""
        self.heard("MAIL")
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take leave as told."""
        self.heard("QUIT")
        return self.farewell

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient, or answer as told."""
        self.heard("RCPT")
        if self.replies:
            reply = self.replies.pop(0)
            if not reply.startswith("2"):
                return reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take a message; ``drop`` loses the connection after it was taken, before the answer, and
        ``silence`` keeps it and never answers.
        """
        self.heard("DATA")
        content = envelope.content
        assert isinstance(content, bytes)
        message = message_from_bytes(content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        self.recipients.extend(envelope.rcpt_tos)
        self.was_encrypted.append(server.transport.get_extra_info("sslcontext") is not None)
        if self.after_data:
            reply = self.after_data.pop(0)
            if reply == "silence":
                await asyncio.get_running_loop().create_future()
            if reply == "drop":
                server.transport.abort()
                return "421 gone"
            return reply
        return "250 taken"

    def ids(self) -> list[str]:
        """Return the Message-IDs in the order they came."""
        return [str(message["Message-ID"]) for message in self.messages]


class _TlsController(Controller):
    """Waits for its server with a client that knows what a client's side of TLS is."""

    def _trigger_server(self) -> None:
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        with (
            socket.create_connection((self.hostname, self.port), 5) as plain,
            context.wrap_socket(plain) as encrypted,
        ):
            encrypted.recv(1024)


@contextmanager
def post_office(
    *,
    certificate: Certificate | None = None,
    tls: str = "none",
    password: str = "",
    is_ascii_only: bool = False,
) -> Iterator[Post]:
    """Run an SMTP server. ``tls`` is none, starttls or tls; with ``password`` only «post» may send."""
    post = Post()
    options: dict[str, Any] = {"enable_SMTPUTF8": not is_ascii_only}
    if password:

        def check(
            server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
        ) -> AuthResult:
            good = isinstance(data, LoginPassword) and data.password == password.encode()
            return AuthResult(success=good, handled=False)

        # To the library TLS from the start is none, and it warns of a sign-in without it.
        by_itself = tls == "starttls"
        options |= {"authenticator": check, "auth_required": by_itself, "auth_require_tls": by_itself}
    if certificate is not None and tls == "starttls":
        options |= {"tls_context": certificate.server_context(), "require_starttls": True}
    context = certificate.server_context() if certificate is not None and tls == "tls" else None
    kind = _TlsController if context is not None else Controller
    controller = kind(
        post, hostname="127.0.0.1", port=reserve_port(), ssl_context=context, ready_timeout=60, **options
    )
    controller.start()
    try:
        post.port = controller.port
        yield post
    finally:
        controller.stop()


@dataclass(frozen=True)
class Certificate:
    """A certificate for 127.0.0.1 (or another name) that nobody trusts but who is told to."""

    file: Path

    def server_context(self) -> ssl.SSLContext:
        """Return what a server presents."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.file)
        return context

    def client_context(self) -> ssl.SSLContext:
        """Return what a client that trusts it verifies with."""
        return ssl.create_default_context(cafile=str(self.file))


def make_certificate(file: Path, *, host: str = "127.0.0.1") -> Certificate:
    """Write a certificate with its key to the file."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.datetime.now(datetime.UTC)
    try:
        alternative: x509.GeneralName = x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        alternative = x509.DNSName(host)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(secret + certificate.public_bytes(serialization.Encoding.PEM))
    return Certificate(file)

"""Ways out for e-mails: a mail server, or the tray of the embedded server."""

from __future__ import annotations

import ipaddress
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from app.clock import Clock
from app.errors import UsageError
from app.server.mail.message import (
    AddressRefusedError,
    MailDelayedError,
    MailSignInError,
    OutgoingMail,
)
from app.server.store.mail_trays import MailTray, TrayMail

_SIGN_IN_CODES = frozenset({530, 534, 535, 538})


class MailWay(Protocol):
    """Sends one e-mail at a time."""

    def send(self, mail: OutgoingMail) -> None:
        """Send it, or raise AddressRefusedError, MailDelayedError or MailSignInError."""
        ...


class TrayWay:
    """Puts e-mails where the person can read them: nothing leaves the machine."""

    def __init__(self, tray: MailTray, clock: Clock) -> None:
        self._tray = tray
        self._clock = clock

    def send(self, mail: OutgoingMail) -> None:
        """Put it into the tray, once however often it is tried; what was erased meanwhile stays away."""
        mail.message()
        letter = mail.letter
        self._tray.take_over(
            mail.firm_id,
            TrayMail(
                id=mail.id,
                kind=mail.kind,
                recipient=f"{mail.to_name} <{mail.to_address}>" if mail.to_name else mail.to_address,
                sender=f"{mail.sender_name} <{mail.sender_address}>",
                subject=letter.subject,
                sent_at=self._clock.now(),
                text=letter.text,
                html=letter.html,
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpServer:
    """Where and how e-mails leave. ``encryption`` is tls (from the start), starttls or none (loopback)."""

    host: str
    port: int
    encryption: str
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str = ""


def read_smtp_url(url: str, public_url: str) -> SmtpServer:
    """Return the mail server of ``--smtp``.

    ``smtps://user:password@host[:465]`` is TLS from the start, ``smtp://host[:587]`` is STARTTLS and never
    less; ``?from=address`` names the sender. Only to this machine itself may ``?tls=none`` be said.

    Raises:
        UsageError: ``smtp_without_public_url`` (a customer cannot reach loopback, so links would be dead),
            ``smtp_url``, ``smtp_needs_tls``.
    """
    if not public_url:
        raise UsageError("smtp_without_public_url")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise UsageError("smtp_url") from error
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.path.strip("/"):
        raise UsageError("smtp_url")
    encryption = "tls" if parts.scheme == "smtps" else "starttls"
    if options.get("tls") == "none":
        if not _is_this_machine(parts.hostname):
            raise UsageError("smtp_needs_tls")
        encryption = "none"
    public_host = urlsplit(public_url).hostname or "localhost"
    if not unquote(parts.username or "").isascii() or not unquote(parts.password or "").isascii():
        # The library signs in with ASCII only (RFC 4616 would allow more).
        raise UsageError("smtp_url")
    sender = options.get("from") or f"samverka@{public_host}"
    if "@" not in sender or any(char.isspace() for char in sender):
        raise UsageError("smtp_url")
    return SmtpServer(
        host=parts.hostname,
        port=port or (465 if encryption == "tls" else 587),
        encryption=encryption,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        sender=sender,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How many seconds an answer of the mail server is waited for.

    RFC 5321 (4.5.3.2) wishes those after MAIL, RCPT, DATA and the final dot. A mail server that is silent
    before the dot has taken nothing; one that is silent after it may have the e-mail, and would get it again.
    """

    connecting: float = 30.0
    """For the connection, its greeting, TLS, the sign-in and all that is not named below."""

    addresses: float = 5 * 60.0
    """After MAIL and RCPT."""

    data: float = 2 * 60.0
    """After DATA."""

    letter: float = 10 * 60.0
    """For the letter, and for the answer to its final dot."""

    farewell: float = 5.0
    """After QUIT, when all has been said."""


class _Patient(smtplib.SMTP):
    """Waits as long for an answer as what was said last is worth."""

    patience = Patience()

    def putcmd(self, cmd: str, args: str = "") -> None:
        """Say a command."""
        patience = self.patience
        seconds = {
            "mail": patience.addresses,
            "rcpt": patience.addresses,
            "data": patience.data,
            "quit": patience.farewell,
        }.get(cmd.lower(), patience.connecting)
        self._wait_for(seconds)
        super().putcmd(cmd, args)

    def send(self, s: Any) -> None:
        """Send a command, which the library has as text, or the letter, which it has as bytes."""
        if not isinstance(s, str):
            self._wait_for(self.patience.letter)
        super().send(s)

    def _wait_for(self, seconds: float) -> None:
        if self.sock is not None:
            self.sock.settimeout(seconds)


class _PatientOverTls(_Patient, smtplib.SMTP_SSL):
    """The same over TLS from the start."""


class SmtpWay:
    """Sends through a mail server, over TLS whose certificate was verified."""

    def __init__(
        self,
        server: SmtpServer,
        context: ssl.SSLContext | None = None,
        *,
        patience: Patience | None = None,
    ) -> None:
        """``patience`` is how long the mail server is waited for."""
        self._server = server
        self._context = context or ssl.create_default_context()
        self._patience = patience or Patience()

    def send(self, mail: OutgoingMail) -> None:
        """Hand it to the mail server, in a connection of its own."""
        mail.message()  # what cannot be written is refused before anybody is asked
        try:
            with self.connected() as connection:
                self.hand_over(mail, connection)
        except smtplib.SMTPRecipientsRefused as error:
            code = max(code for code, _ in error.recipients.values())
            raise _for_code(code) from error
        except smtplib.SMTPNotSupportedError as error:
            raise AddressRefusedError("address_needs_smtputf8") from error
        except smtplib.SMTPSenderRefused as error:
            if error.smtp_code >= 500:
                raise MailSignInError("smtp_sender_refused", reply=error.smtp_code) from error
            raise MailDelayedError("smtp_later", reply=error.smtp_code) from error
        except smtplib.SMTPAuthenticationError as error:
            if error.smtp_code < 500:
                raise MailDelayedError("smtp_later", reply=error.smtp_code) from error
            raise MailSignInError("smtp_sign_in_refused", reply=error.smtp_code) from error
        except smtplib.SMTPResponseException as error:
            if error.smtp_code in _SIGN_IN_CODES:
                raise MailSignInError("smtp_sign_in_refused", reply=error.smtp_code) from error
            raise _for_code(error.smtp_code) from error
        except ssl.SSLError as error:
            raise MailDelayedError("smtp_tls", detail=type(error).__name__) from error
        except (smtplib.SMTPException, OSError) as error:
            raise MailDelayedError("smtp_unreachable", detail=type(error).__name__) from error

    def hand_over(self, mail: OutgoingMail, connection: smtplib.SMTP) -> None:
        """Say it all on a connection. Raises what the library raises, and AddressRefusedError."""
        connection.ehlo_or_helo_if_needed()
        # So that a delivery report names the letter even where it quotes nothing of it (RFC 3461).
        asked = [f"ENVID={mail.id}", "RET=HDRS"] if connection.has_extn("dsn") else []
        connection.send_message(
            mail.message(), self._server.sender, [mail.travelling_address], mail_options=asked
        )

    @contextmanager
    def connected(self) -> Iterator[smtplib.SMTP]:
        """Give a connection that has signed in. How the mail server takes leave is of no account.

        Raises:
            MailDelayedError, MailSignInError, OSError, SMTPException: as they come.
        """
        connection = self._connect()
        try:
            yield connection
        finally:
            # What was taken is taken: an odd answer here must not have it sent again.
            with suppress(smtplib.SMTPException, OSError):
                connection.quit()
            connection.close()

    def _connect(self) -> smtplib.SMTP:
        server, patience = self._server, self._patience
        if server.encryption == "tls":
            connection: _Patient = _PatientOverTls(
                server.host, server.port, timeout=patience.connecting, context=self._context
            )
        else:
            connection = _Patient(server.host, server.port, timeout=patience.connecting)
        connection.patience = patience
        try:
            if server.encryption == "starttls":
                # Without the offer this raises: a server that forgot it gets nothing in clear.
                connection.starttls(context=self._context)
            if server.user:
                _sign_in(connection, server)
        except smtplib.SMTPNotSupportedError as error:
            connection.close()
            raise MailDelayedError("smtp_no_starttls") from error
        except BaseException:
            connection.close()
            raise
        return connection


def _sign_in(connection: smtplib.SMTP, server: SmtpServer) -> None:
    try:
        connection.login(server.user, server.password)
    except smtplib.SMTPNotSupportedError as error:
        raise MailSignInError("smtp_no_sign_in") from error


def _for_code(code: int) -> AddressRefusedError | MailDelayedError:
    if code >= 500:
        return AddressRefusedError("address_refused", reply=code)
    return MailDelayedError("smtp_later", reply=code)


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

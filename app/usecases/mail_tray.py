"""The embedded server's mail tray: e-mails that a real server would have sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.sync.connection import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayLine:
    """One e-mail in the list, the last first. ``kind`` is as in MailRequest."""

    id: str
    to: str
    subject: str
    sent_at: datetime
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayMail:
    """One e-mail as it was written."""

    id: str
    to: str
    sender: str
    subject: str
    sent_at: datetime
    text: str
    html: str


class MailTray:
    """Queries of the mail tray; they ask the server, so call them on the pool."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list_mails(self) -> list[TrayLine]:
        """Return what is in the tray. Raises RemoteError, SignInError."""
        mails = self._connection.server().list_mails().mails
        return [
            TrayLine(id=mail.id, to=mail.to, subject=mail.subject, sent_at=mail.sent_at, kind=mail.kind)
            for mail in mails
        ]

    def read_mail(self, mail_id: str) -> TrayMail:
        """Return one e-mail. Raises RemoteError (``problem_not_found``), SignInError."""
        mail = self._connection.server().read_mail(mail_id)
        return TrayMail(
            id=mail.id,
            to=mail.to,
            sender=mail.sender,
            subject=mail.subject,
            sent_at=mail.sent_at,
            text=mail.text,
            html=mail.html,
        )

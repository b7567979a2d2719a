"""The embedded server's tray: e-mails that were written but had no way out of the machine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from app.server.store.engine import READ_OPTION
from app.server.store.tables import mail_outbox, mail_tray
from app.server.store.tenancy import enter_firm
from app.server.store.writing import Writing, told_as_storage_error


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayMail:
    """One e-mail. ``id`` is its job's id, so that a second try puts it there once."""

    id: str
    kind: str
    recipient: str
    sender: str
    subject: str
    sent_at: datetime
    text: str
    html: str


class MailTray:
    """The tray of all firms on this server."""

    def __init__(self, engine: Engine, writing: Writing) -> None:
        self._engine = engine
        self._writing = writing

    def take_over(self, firm_id: str, mail: TrayMail) -> None:
        """Put an e-mail of the outbox into the firm's tray, unless an erasure took its row there."""
        is_it = (mail_outbox.c.firm_id == firm_id) & (mail_outbox.c.id == mail.id)
        with self._writing.begin() as connection:
            enter_firm(connection, firm_id)
            # Locked: an erasure that comes now waits, and finds the e-mail in the tray.
            row = connection.execute(select(mail_outbox.c.id).where(is_it).with_for_update()).first()
            if row is not None:
                self._add(connection, firm_id, mail)

    def add(self, firm_id: str, mail: TrayMail) -> None:
        """Put an e-mail into the firm's tray; one that lies there already stays as it is."""
        with self._writing.begin() as connection:
            enter_firm(connection, firm_id)
            self._add(connection, firm_id, mail)

    def _add(self, connection: Connection, firm_id: str, mail: TrayMail) -> None:
        insert: Any = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        values = {
            "firm_id": firm_id,
            "id": mail.id,
            "kind": mail.kind,
            "recipient": mail.recipient,
            "sender": mail.sender,
            "subject": mail.subject,
            "sent_at": mail.sent_at,
            "text": mail.text,
            "html": mail.html,
        }
        connection.execute(insert(mail_tray).values(values).on_conflict_do_nothing())

    def list_mails(self, firm_id: str, limit: int = 500) -> list[TrayMail]:
        """Return the firm's latest e-mails, the newest first."""
        query = select(mail_tray).where(mail_tray.c.firm_id == firm_id)
        query = query.order_by(mail_tray.c.sent_at.desc(), mail_tray.c.id.desc()).limit(limit)
        with told_as_storage_error(self._engine), self._engine.connect() as plain:
            connection = plain.execution_options(**{READ_OPTION: True})
            enter_firm(connection, firm_id)
            return [_mail(row) for row in connection.execute(query)]

    def find(self, firm_id: str, id_: str) -> TrayMail | None:
        """Return the e-mail, or None."""
        query = select(mail_tray).where(mail_tray.c.firm_id == firm_id, mail_tray.c.id == id_)
        with told_as_storage_error(self._engine), self._engine.connect() as plain:
            connection = plain.execution_options(**{READ_OPTION: True})
            enter_firm(connection, firm_id)
            row = connection.execute(query).first()
        return None if row is None else _mail(row)


def forget_mails(connection: Connection, firm_id: str, before: datetime) -> int:
    """Remove the firm's e-mails of before that; return how many. The connection has entered the firm."""
    old = (mail_tray.c.firm_id == firm_id) & (mail_tray.c.sent_at < before)
    return connection.execute(delete(mail_tray).where(old)).rowcount


def _mail(row: Row[Any]) -> TrayMail:
    return TrayMail(
        id=row.id,
        kind=row.kind,
        recipient=row.recipient,
        sender=row.sender,
        subject=row.subject,
        sent_at=row.sent_at,
        text=row.text,
        html=row.html,
    )

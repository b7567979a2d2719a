"""Delivery reports: a letter that a mail server took and could not deliver comes back (RFC 3464).

They come to the sender's address. ``server take-bounce`` reads one from standard input: whatever owns that
mailbox (an alias of Postfix, fetchmail, getmail, a flow) hands them over one by one. What a report is about
stands in the letter's own Message-ID, which the report quotes; the address in it may be another one where
mail was forwarded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from enum import StrEnum

from app.domain.changes import Actor
from app.domain.lifecycle import mail_state_changed
from app.domain.records import MailState
from app.server.store import Store
from app.server.store.queues import Job

MAXIMUM_BYTES = 5_000_000
_ACTOR = Actor(name="mail", kind="server")
_OUR_ID = re.compile(r"<?\s*([A-Za-z0-9_-]{8,80})@[^<>\s@]+\s*>?")
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")


class BounceResult(StrEnum):
    """What became of a message that was handed over."""

    TAKEN = "taken"
    NOT_A_REPORT = "not_a_report"
    NOT_FAILED = "not_failed"
    NOT_OURS = "not_ours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A delivery report: the ids it may be about, whether delivery failed for good, and the status code."""

    mail_ids: tuple[str, ...]
    has_failed: bool
    status: str


def read_report(content: bytes) -> Report | None:
    """Return what a message reports, or None where it is no delivery report (an absence notice, a letter)."""
    try:
        return _read(content)
    except RecursionError:
        # Parts in parts, thousands deep: no mail server reports like that.
        return None


def _read(content: bytes) -> Report | None:
    # Headers as they are: taking long ones apart as the newer policies do takes minutes.
    message = message_from_bytes(content[:MAXIMUM_BYTES], policy=policy.compat32)
    fields: list[Message] = []
    ids: list[str] = []
    # Letters that were forwarded as attachments may quote anything: only a report's own parts count.
    if message.get_content_type() != "multipart/report":
        return None
    for part in _parts(message):
        kind = part.get_content_type()
        if kind in ("message/delivery-status", "message/global-delivery-status"):
            payload = part.get_payload()
            blocks = payload if isinstance(payload, list) else []
            fields.extend(block for block in blocks if isinstance(block, Message))
        elif kind in ("message/rfc822", "message/global"):
            payload = part.get_payload()
            quoted = payload[0] if isinstance(payload, list) and payload else None
            ids.extend(_ids(quoted["Message-ID"]) if isinstance(quoted, Message) else ())
        elif kind in ("text/rfc822-headers", "message/global-headers"):
            ids.extend(_ids_of_headers(part))
    if not fields:
        return None
    for block in fields:
        ids.extend(_ids(block["X-Original-Message-ID"]))
        # The envelope's id is ours where the mail server passes it on (RFC 3461, 4.4).
        envelope = str(block["Original-Envelope-Id"] or "").strip()
        ids.extend([envelope] if envelope else ())
    # Some quote nothing but refer to the letter as an answer does.
    ids.extend(_ids(message["In-Reply-To"]) + _ids(message["References"]))
    actions = {str(block["Action"] or "").strip().lower().split(" ")[0] for block in fields}
    statuses = [_STATUS.search(str(block["Status"] or "")) for block in fields]
    found = [match.group() for match in statuses if match is not None]
    has_failed = "failed" in actions or any(
        status.startswith("5") for status in found if not actions & {"delayed", "delivered", "relayed"}
    )
    return Report(mail_ids=tuple(dict.fromkeys(ids)), has_failed=has_failed, status=found[0] if found else "")


def take_bounce(store: Store, content: bytes) -> BounceResult:
    """Take a message in: a failed delivery marks the invitation or the login instructions as bounced."""
    report = read_report(content)
    if report is None:
        return BounceResult.NOT_A_REPORT
    if not report.has_failed:
        return BounceResult.NOT_FAILED
    job = next((job for id_ in report.mail_ids if (job := store.mail_queue.find(id_)) is not None), None)
    if job is None or job.recipient is None:
        return BounceResult.NOT_OURS
    _mark(store, job, job.recipient.email)
    return BounceResult.TAKEN


def _mark(store: Store, job: Job, email: str) -> None:
    with store.write(job.firm_id) as transaction:
        context = transaction.context(_ACTOR, job.id)
        effect = mail_state_changed(
            job.about_id, job.kind, email, MailState.BOUNCED, transaction.reader, context
        )
        transaction.write(effect, by=_ACTOR, source=f"{job.id}:bounced")


def _parts(message: Message) -> list[Message]:
    payload = message.get_payload()
    return [part for part in payload if isinstance(part, Message)] if isinstance(payload, list) else []


def _ids(header: object) -> list[str]:
    return _OUR_ID.findall(str(header or ""))


def _ids_of_headers(part: Message) -> list[str]:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return []
    headers = message_from_bytes(content + b"\r\n\r\n", policy=policy.compat32)
    return _ids(headers["Message-ID"])

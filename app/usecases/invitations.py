"""Sent invitations: who was asked, when, what became of it, and what can be done about it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.commands import RemindInvitation, ResendInvitation, WithdrawInvitation
from app.domain.contact_details import parse_email
from app.domain.records import InvitationState, Recipient, Staff
from app.domain.rights import Action, why_not
from app.domain.shown import PROBLEM_MAILS
from app.domain.swedish_order import fold_for_search
from app.errors import SamverkaError
from app.storage.local_reader import LocalReader
from app.swedish_day import swedish_day
from app.usecases.workspace import Enqueued, Workspace

OPEN_STATES = frozenset({InvitationState.QUEUED, InvitationState.SENT})
CURRENT = """state IN (?, ?) OR (state = 'answered' AND answered_at >= ?)
    OR (state = 'withdrawn' AND json_extract(data, '$.withdrawn_because') <> ''
        AND json_extract(data, '$.withdrawn_at') >= ?)"""
"""What the start screen tells of, among the invitations of many years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationRecipient:
    """One person the invitation was mailed to. ``role``: approver or informed."""

    name: str
    email: str
    role: str
    mail_state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationLine:
    """One invitation. ``days`` counts local days since it was sent, while it waits.

    ``withdrawn_because`` is why where no person did it: company_bankrupt or company_merged.
    ``problem`` is empty, bounced, refused or locked. ``blocked`` is why it cannot be reminded, resent or
    withdrawn now: {"remind": code, …}; what is missing there is allowed.
    """

    id: str
    activation_id: str
    customer_id: str
    name: str
    services: tuple[str, ...]
    state: str
    sent_at: datetime | None
    sent_by: str
    expires_on: date | None
    days: int | None
    reminded_at: datetime | None
    reminded_by: str
    answered_at: datetime | None
    answered_by: str
    answers: tuple[tuple[str, str], ...]
    words: str
    withdrawn_at: datetime | None
    withdrawn_because: str
    recipients: tuple[InvitationRecipient, ...]
    problem: str
    mark: str
    blocked: dict[str, str]

    @property
    def is_open(self) -> bool:
        """Tell whether it still waits for the customer."""
        return self.state in OPEN_STATES

    @property
    def can_be_made_anew(self) -> bool:
        """Tell whether a new invitation can be begun from this one."""
        if self.state in (InvitationState.EXPIRED, InvitationState.WITHDRAWN):
            return True
        return not self.is_open and any(answer == "declined" for _, answer in self.answers)


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationList:
    """The rows that fit, newest first, and figures for every filter."""

    rows: tuple[InvitationLine, ...]
    counts: dict[str, int]


class Invitations:
    """Queries and commands of the screen *Skickade inbjudningar*."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def list_sent(self, text: str = "", wanted: str = "all") -> InvitationList:
        """Return the invitations; ``wanted`` is all, waiting, problem, answered, declined or over."""
        lines = self._read("1", ())
        folded = fold_for_search(text)
        if folded:
            lines = [line for line in lines if folded in _searchable(line)]
        counts = {key: sum(1 for line in lines if _fits(line, key)) for key in _FILTERS}
        rows = tuple(line for line in lines if _fits(line, wanted))
        return InvitationList(rows=rows, counts=counts)

    def list_current(self, since: datetime) -> list[InvitationLine]:
        """Return those that wait for the customer, and those answered or taken back by themselves since then,
        newest first.
        """
        day = since.isoformat()
        return self._read(CURRENT, (*sorted(OPEN_STATES), day, day))

    def _read(self, where: str, values: Sequence[str]) -> list[InvitationLine]:
        now = self._workspace.clock.now()
        with self._workspace.read() as unit:
            actor = self._workspace.context(unit).actor
            limit = self._workspace.context(unit).settings.reminders_per_day
            names = {row.id: row.name for row in LocalReader(unit).list_all(Staff)}
            found = unit.rows(
                "SELECT id, activation_id, customer_id, name, services, state, sent_at, sent_by, expires_on,"
                " reminded_at, reminded_by, answered_at, data, problem, mark FROM shown_invitation"
                f" WHERE {where} ORDER BY coalesce(sent_at, '9999') DESC, name_key",
                values,
            )
        withdraw = why_not(Action.WITHDRAW, actor)
        return [_line(row, now, withdraw, limit, names) for row in found]

    def remind(self, invitation_ids: Sequence[str]) -> list[Enqueued]:
        """Remind; each has its own result (``too_soon``, ``answered``)."""
        return self._workspace.enqueue_each([RemindInvitation(invitation_id=i) for i in invitation_ids])

    def withdraw(self, invitation_id: str) -> None:
        """Withdraw it. Raises RejectedError (``answered``, or the missing right)."""
        self._workspace.enqueue([WithdrawInvitation(invitation_id=invitation_id)])

    def resend(self, invitation_id: str, recipients: Sequence[InvitationRecipient]) -> None:
        """Send it again to corrected addresses; the old link stops working.

        Raises SamverkaError with the code of a wrong address, RejectedError where it no longer waits.
        """
        corrected: list[Recipient] = []
        for recipient in recipients:
            parsed = parse_email(recipient.email)
            if parsed.error is not None:
                raise SamverkaError(str(parsed.error), email=recipient.email)
            corrected.append(Recipient(name=recipient.name, email=parsed.value, role=recipient.role))
        self._workspace.enqueue([ResendInvitation(invitation_id=invitation_id, recipients=tuple(corrected))])


_FILTERS = ("all", "waiting", "problem", "answered", "declined", "over")


def _fits(line: InvitationLine, wanted: str) -> bool:
    match wanted:
        case "waiting":
            return line.is_open
        case "problem":
            return line.is_open and bool(line.problem)
        case "answered":
            return line.state == InvitationState.ANSWERED
        case "declined":
            return any(answer == "declined" for _, answer in line.answers)
        case "over":
            return line.state in (InvitationState.EXPIRED, InvitationState.WITHDRAWN)
    return True


def _line(
    row: tuple[object, ...], now: datetime, withdraw: str | None, limit: int, names: dict[str, str]
) -> InvitationLine:
    (
        id_,
        activation_id,
        customer_id,
        name,
        services,
        state,
        sent_at,
        sent_by,
        expires_on,
        reminded_at,
        reminded_by,
        answered_at,
        data,
        problem,
        mark,
    ) = row
    details = json.loads(str(data))
    sent = _moment(sent_at)
    reminded = _moment(reminded_at)
    is_open = state in OPEN_STATES
    recipients = tuple(
        InvitationRecipient(name=r["name"], email=r["email"], role=r["role"], mail_state=r["mail_state"])
        for r in details["recipients"]
    )
    blocked: dict[str, str] = {}
    if not is_open:
        blocked = dict.fromkeys(("remind", "resend", "withdraw"), "answered")
    else:
        if withdraw:
            blocked["withdraw"] = withdraw
        if problem == "locked":
            blocked["remind"] = "invitation_locked"
        elif not _can_reach_somebody(recipients):
            blocked["remind"] = "nobody_reached"
        elif reminded is not None and limit <= 1 and swedish_day(reminded) == swedish_day(now):
            blocked["remind"] = "too_soon"
    return InvitationLine(
        id=str(id_),
        activation_id=str(activation_id),
        customer_id=str(customer_id),
        name=str(name),
        services=tuple(json.loads(str(services))),
        state=str(state),
        sent_at=sent,
        sent_by=names.get(str(sent_by), str(sent_by)),
        expires_on=date.fromisoformat(str(expires_on)) if expires_on else None,
        days=(swedish_day(now) - swedish_day(sent)).days if sent and is_open else None,
        reminded_at=reminded,
        reminded_by=names.get(str(reminded_by), str(reminded_by)),
        answered_at=_moment(answered_at),
        answered_by=details["answered_by"],
        answers=tuple((a["service"], a["answer"]) for a in details["answers"]),
        words=details["words"],
        withdrawn_at=_moment(details.get("withdrawn_at")),
        withdrawn_because=details.get("withdrawn_because", ""),
        recipients=recipients,
        problem=str(problem),
        mark=str(mark),
        blocked=blocked,
    )


def _can_reach_somebody(recipients: Sequence[InvitationRecipient]) -> bool:
    """Tell whether a reminder goes to anybody whose mail has not come back."""
    approvers = [one for one in recipients if one.role == "approver"]
    return not approvers or any(one.mail_state not in PROBLEM_MAILS for one in approvers)


def _moment(value: object) -> datetime | None:
    return datetime.fromisoformat(str(value)) if value else None


def _searchable(line: InvitationLine) -> str:
    people = " ".join(f"{r.name} {r.email}" for r in line.recipients)
    return fold_for_search(f"{line.name} {people} {line.sent_by}")

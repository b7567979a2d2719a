"""What follows from an error: one pure table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.contract.wire import ProblemCode
from app.errors import RemoteError, SamverkaError, SignInError, StorageError
from app.remote.server import CLIENT_TOO_OLD, SERVER_TOO_OLD, ProblemAnswerError

FIRST_DELAY = 1.0
LONGEST_DELAY = 300.0


class Verdict(StrEnum):
    """What to do about it."""

    RETRY = "retry"
    SIGN_IN = "sign_in"
    PERSON = "person"
    NEW_DEVICE = "new_device"
    RESTORED = "restored"
    SNAPSHOT = "snapshot"
    REFUSE_FIRST = "refuse_first"
    SMALLER = "smaller"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The verdict, a sentence's code, how the connection stands, and how long the server asks to wait."""

    verdict: Verdict
    code: str
    connection: str = "offline"
    retry_after: float | None = None
    counts_as_try: bool = False


_PROBLEMS: dict[str, tuple[Verdict, str]] = {
    ProblemCode.COMMAND_ID_REUSED: (Verdict.REFUSE_FIRST, "connected"),
    ProblemCode.OUTCOME_EXPIRED: (Verdict.REFUSE_FIRST, "connected"),
    ProblemCode.DEVICE_UNKNOWN: (Verdict.NEW_DEVICE, "connected"),
    ProblemCode.DEVICE_FORKED: (Verdict.NEW_DEVICE, "connected"),
    ProblemCode.SEQUENCE_GAP: (Verdict.RESTORED, "connected"),
    ProblemCode.EPOCH_CHANGED: (Verdict.RESTORED, "connected"),
    ProblemCode.CURSOR_GONE: (Verdict.SNAPSHOT, "connected"),
    ProblemCode.SIGN_IN_NEEDED: (Verdict.SIGN_IN, "sign_in_needed"),
    ProblemCode.FORBIDDEN: (Verdict.PERSON, "connected"),
    ProblemCode.INVALID: (Verdict.PERSON, "connected"),
    ProblemCode.NOT_FOUND: (Verdict.PERSON, "connected"),
    ProblemCode.TOO_LARGE: (Verdict.SMALLER, "connected"),
    ProblemCode.TOO_MANY: (Verdict.RETRY, "connected"),
    ProblemCode.INTERNAL: (Verdict.RETRY, "connected"),
    ProblemCode.UNAVAILABLE: (Verdict.RETRY, "offline"),
}
_REMOTE = {
    "server_unreachable": (Verdict.RETRY, "offline"),
    "server_unavailable": (Verdict.RETRY, "offline"),
    "proxy_refused": (Verdict.RETRY, "offline"),
    "certificate_untrusted": (Verdict.PERSON, "not_our_server"),
    "certificate_out_of_date": (Verdict.PERSON, "not_our_server"),
    "not_our_server": (Verdict.RETRY, "not_our_server"),
    CLIENT_TOO_OLD: (Verdict.PERSON, "upgrade_needed"),
    SERVER_TOO_OLD: (Verdict.PERSON, "server_upgrade_needed"),
}


def judge(error: SamverkaError) -> Judgement:
    """Return what to do about an error of a round."""
    if isinstance(error, ProblemAnswerError) and error.code not in _REMOTE:
        verdict, connection = _PROBLEMS.get(error.problem.code, (Verdict.RETRY, "connected"))
        return Judgement(
            verdict=verdict,
            code=error.code,
            connection=connection,
            retry_after=error.retry_after,
            counts_as_try=error.problem.code == ProblemCode.INTERNAL,
        )
    if isinstance(error, SignInError):
        return Judgement(verdict=Verdict.SIGN_IN, code=error.code, connection="sign_in_needed")
    if isinstance(error, RemoteError):
        verdict, connection = _REMOTE.get(error.code, (Verdict.RETRY, "offline"))
        asked = error.data.get("retry_after")
        return Judgement(
            verdict=verdict,
            code=error.code,
            connection=connection,
            retry_after=asked if isinstance(asked, float) else None,
        )
    if isinstance(error, StorageError) and error.code == "database_locked":
        return Judgement(verdict=Verdict.RETRY, code=error.code, connection="connected")
    return Judgement(verdict=Verdict.PERSON, code=error.code, connection="connected")


def longest_wait(failures: int) -> float:
    """Return the most seconds to wait after so many failures; the runner takes a random part of it."""
    return float(min(LONGEST_DELAY, FIRST_DELAY * 2 ** min(failures, 20)))

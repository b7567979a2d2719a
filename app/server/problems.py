"""Errors that a client is told, as problem details (RFC 9457)."""

from __future__ import annotations

from app.contract.wire import GoneReason, Problem, ProblemCode
from app.errors import SamverkaError

STATUS = {
    ProblemCode.COMMAND_ID_REUSED: 422,
    ProblemCode.DEVICE_UNKNOWN: 409,
    ProblemCode.DEVICE_FORKED: 409,
    ProblemCode.SEQUENCE_GAP: 409,
    ProblemCode.OUTCOME_EXPIRED: 409,
    ProblemCode.EPOCH_CHANGED: 409,
    ProblemCode.CURSOR_GONE: 410,
    ProblemCode.SIGN_IN_NEEDED: 401,
    ProblemCode.FORBIDDEN: 403,
    ProblemCode.INVALID: 400,
    ProblemCode.TOO_LARGE: 413,
    ProblemCode.TOO_MANY: 429,
    ProblemCode.UPGRADE_NEEDED: 426,
    ProblemCode.NOT_FOUND: 404,
    ProblemCode.INTERNAL: 500,
    ProblemCode.UNAVAILABLE: 503,
}


class ProblemError(SamverkaError):
    """A request that cannot be answered; ``detail`` is for developers and holds no personal data.

    ``retry_after`` is how many seconds the client should wait before it tries again.
    """

    def __init__(
        self,
        problem: ProblemCode,
        detail: str = "",
        *,
        reason: str = "",
        last_seq: int | None = None,
        epoch: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(problem.value, detail=detail, reason=reason)
        self.problem = problem
        self.detail = detail
        self.reason = reason
        self.last_seq = last_seq
        self.epoch = epoch
        self.retry_after = retry_after


def gone(reason: GoneReason) -> ProblemError:
    """Return the error for a cursor that cannot be followed any more (410)."""
    return ProblemError(ProblemCode.CURSOR_GONE, reason=reason.value)


def problem_body(error: ProblemError, request_id: str = "") -> Problem:
    """Return the error as it goes over the wire."""
    return Problem(
        type=f"urn:samverka:problem:{error.problem.value}",
        title=error.problem.value,
        status=STATUS[error.problem],
        detail=error.detail,
        code=error.problem.value,
        reason=error.reason,
        request_id=request_id,
        last_seq=error.last_seq,
        epoch=error.epoch,
    )

"""Requests and answers as bytes: the contract's bodies in, JSON and problem details out."""

from __future__ import annotations

import gzip
import logging
import math
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec
from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException

from app.contract.wire import ProblemCode
from app.domain.decoders import decoder_of
from app.errors import SamverkaError, StorageError
from app.server.portal.refusing import RefusalPages
from app.server.problems import STATUS, ProblemError, problem_body

T = TypeVar("T")
AnyRequest = Request[Any, Any, Any]
AnyResponse = Response[Any]

PROBLEM_TYPE = "application/problem+json"
REQUEST_ID = "samverka_request_id"
WORTH_PACKING = 1_400
"""Bytes; less than this fits in one packet anyway."""

AWAY = frozenset({"database_unavailable", "database_busy", "database_restored"})
"""Codes of a database that is away, or waits for an administrator: the request was not at fault, and no
command is counted as poison.
"""

SECONDS_AWAY = 5.0
_MEANT_FOR_ALL = ("retry-after", "allow")

log = logging.getLogger(__name__)
_encoder = msgspec.json.Encoder()
_CODES_BY_STATUS = {
    status: code for code, status in reversed(STATUS.items()) if code != ProblemCode.CURSOR_GONE
}


def read_body(content: bytes, expected: type[T]) -> T:
    """Return the request's body. Raises ProblemError 400 ``invalid`` for anything that has not its shape."""
    try:
        return decoder_of(expected).decode(content)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ProblemError(ProblemCode.INVALID, str(error)) from error


def answer_with(answer: object, accepts: str = "", status: int = 200) -> AnyResponse:
    """Return the answer as JSON, packed where the client takes that. Runs on a worker's thread."""
    content = _encoder.encode(answer)
    headers = {"Cache-Control": "no-store"}
    if len(content) >= WORTH_PACKING and "gzip" in accepts:
        content = gzip.compress(content, compresslevel=1, mtime=0)
        headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return Response(content, status_code=status, media_type=MediaType.JSON, headers=headers)


def answer_with_pages(pages: RefusalPages) -> Callable[[AnyRequest, Exception], AnyResponse]:
    """Return what answers any error: with problem details for a program, with a page for a person."""

    def answer(request: AnyRequest, error: Exception) -> AnyResponse:
        told = answer_problem(request, error)
        page = pages.find(request, told.status_code or 500)
        if page is None:
            return told
        page.headers |= {
            name: value for name, value in told.headers.items() if name.lower() in _MEANT_FOR_ALL
        }
        return page

    return answer


def answer_problem(request: AnyRequest, error: Exception) -> AnyResponse:
    """Return any error as problem details; what we did not foresee is logged and told without its text."""
    request_id = str(request.scope.get(REQUEST_ID, ""))
    headers = {"Cache-Control": "no-store"}
    match error:
        case ProblemError():
            problem = error
        case HTTPException():
            code = _CODES_BY_STATUS.get(error.status_code)
            if code is None:
                code = ProblemCode.INTERNAL if error.status_code >= 500 else ProblemCode.INVALID
            problem = ProblemError(code, error.detail if error.status_code < 500 else "")
            headers |= {
                name: value for name, value in (error.headers or {}).items() if name.lower() == "allow"
            }
        case StorageError() if error.code in AWAY:
            log.error("request %s: %s", request_id, error)
            problem = ProblemError(ProblemCode.UNAVAILABLE, error.code, retry_after=SECONDS_AWAY)
        case StorageError() if error.code == "text_not_storable":
            problem = ProblemError(ProblemCode.INVALID, "text")
        case SamverkaError():
            log.error("request %s: %s", request_id, error.code)
            problem = ProblemError(ProblemCode.INTERNAL, error.code)
        case _:
            log.error("request %s failed", request_id, exc_info=error)
            problem = ProblemError(ProblemCode.INTERNAL)
    if problem.retry_after is not None:
        headers["Retry-After"] = str(math.ceil(problem.retry_after))
    body = problem_body(problem, request_id)
    if isinstance(error, HTTPException) and not isinstance(error, SamverkaError):
        body.status = error.status_code
    if body.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return Response(_encoder.encode(body), status_code=body.status, media_type=PROBLEM_TYPE, headers=headers)

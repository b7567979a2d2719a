"""What every request passes first: whom the server talks to, the request's id, and headers that all
answers have.
"""

from __future__ import annotations

import hmac
import logging
import re
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import msgspec
from litestar import Request, Response
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from litestar.utils import normalize_path

from app.contract.wire import LOCAL_SECRET_HEADER, PROTOCOL_HEADER, PROTOCOL_VERSION, ProblemCode
from app.domain.ids import new_id
from app.redaction import redact
from app.server.api.answers import PROBLEM_TYPE, REQUEST_ID
from app.server.api.meter import OTHER_ROUTE, Meter
from app.server.portal.refusing import RefusalPages
from app.server.problems import STATUS, ProblemError, problem_body

log = logging.getLogger("samverka.access")
_KNOWN_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_SECRET_PATHS = ("/i/", "/portal/")
_READABLE = "/:@!$&'()*+,;=~"
LONGEST_PATH = 2_000
"""Letters. The framework remembers the last thousand addresses that it has found a handler for."""

CLIENT_GONE = 499
"""What is counted and logged where the client left before its request was whole (nginx's number): nobody got
an answer, and it is no error of the server's.
"""


@dataclass(frozen=True, slots=True)
class LocalRules:
    """The rules of a server on loopback, which any web page in a browser could otherwise reach.

    ``hosts`` are the values of the Host header that are answered (a page's own name that resolves to
    loopback is not among them); ``secret`` is new at each start, known to the parent process, and guards
    /v1 and /metrics. It is empty where there is no parent.
    """

    hosts: frozenset[str]
    secret: str


class _Entry:
    """One request in the figures and in the log, written once."""

    def __init__(self, meter: Meter, scope: Scope, request_id: str) -> None:
        self.status = 0
        self.is_client_gone = False
        self._meter = meter
        self._scope = scope
        self._request_id = request_id
        self._began = time.perf_counter()
        self._written = False

    def write(self) -> None:
        """Count the request and say so in the log, unless that is done."""
        if self._written:
            return
        self._written = True
        if self.is_client_gone:
            self.status = CLIENT_GONE
        scope: Any = self._scope
        spent = time.perf_counter() - self._began
        # A route that is none must not become a series of its own: addresses are whatever strangers try.
        route = str(scope.get("path_template") or OTHER_ROUTE) if self.status != 404 else OTHER_ROUTE
        self._meter.count_request(scope["method"], route, self.status, spent)
        path = _redact(scope["path"])
        log.info(
            "%s %s %s %d %.1f ms",
            self._request_id,
            scope["method"],
            path,
            self.status,
            spent * 1000,
            extra={
                "samverka": {
                    "request": self._request_id,
                    "method": scope["method"],
                    "path": path,
                    "status": self.status,
                    "milliseconds": round(spent * 1000, 1),
                }
            },
        )


class Front:
    """The outermost layer of the application."""

    def __init__(
        self,
        application: ASGIApp,
        rules: LocalRules | None,
        meter: Meter,
        pages: RefusalPages,
        *,
        protocol: int = PROTOCOL_VERSION,
    ) -> None:
        self.inside = application
        self._pages = pages
        self._rules = rules
        self._meter = meter
        self._protocol = str(protocol).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != ScopeType.HTTP:
            await self.inside(scope, receive, send)
            return
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]
        }
        given = headers.get("x-request-id", "")
        request_id = given if _KNOWN_ID.fullmatch(given) else new_id("rq")
        entry = _Entry(self._meter, scope, request_id)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                entry.status = message["status"]
                message["headers"] = [
                    *message.get("headers", ()),
                    (b"x-request-id", request_id.encode()),
                    (b"x-content-type-options", b"nosniff"),
                    (PROTOCOL_HEADER.lower().encode(), self._protocol),
                ]
            elif not message.get("more_body"):
                # Before the end of the answer leaves: who has read it finds it counted and in the log.
                entry.write()
            await send(message)

        async def receive_or_note() -> Any:
            message = await receive()
            if message["type"] == "http.disconnect" and entry.status == 0:
                entry.is_client_gone = True
            return message

        inner: Any = scope
        inner[REQUEST_ID] = request_id
        refused = self._refusal(scope["path"], headers)
        if "transfer-encoding" in headers and "content-length" in headers:
            # Where the body ends a proxy in front may have read otherwise (RFC 9112, 6.1).
            refused = ProblemError(ProblemCode.INVALID, "length")
        try:
            if refused is not None:
                await _refuse(
                    refused,
                    self._pages.find(Request(inner), STATUS[refused.problem]),
                    request_id,
                    send_with_headers,
                )
            else:
                await self.inside(scope, receive_or_note, send_with_headers)
        finally:
            entry.write()

    def _refusal(self, path: str, headers: dict[str, str]) -> ProblemError | None:
        rules = self._rules
        if len(path) > LONGEST_PATH:
            return ProblemError(ProblemCode.TOO_LARGE, "address")
        if rules is None:
            return None
        if headers.get("host", "").lower() not in rules.hosts:
            return ProblemError(ProblemCode.FORBIDDEN, "host")
        if not rules.secret:
            return None
        # As the framework takes it: «//v1/meta» and «/metrics/» are the same addresses.
        plain = normalize_path(path)
        if plain.startswith("/v1/") or plain == "/metrics":
            given = headers.get(LOCAL_SECRET_HEADER.lower(), "")
            if not hmac.compare_digest(given.encode(), rules.secret.encode()):
                return ProblemError(ProblemCode.FORBIDDEN, "start")
        return None


def _redact(path: str) -> str:
    plain = normalize_path(path)
    for prefix in _SECRET_PATHS:
        if plain.startswith(prefix):
            return f"{prefix}…"
    # As it travelled: a decoded line break would begin a line of its own in the log.
    return redact(quote(path, safe=_READABLE))


async def _refuse(error: ProblemError, page: Response[str] | None, request_id: str, send: Send) -> None:
    body = problem_body(error, request_id)
    if page is None:
        content = msgspec.json.encode(body)
        headers = {"Content-Type": PROBLEM_TYPE, "Cache-Control": "no-store"}
    else:
        content = page.content.encode()
        headers = {**page.headers, "Content-Type": "text/html; charset=utf-8"}
    # Whoever is refused at the door may have sent a body that is not read.
    headers |= {"Connection": "close", "Content-Length": str(len(content))}
    written = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": body.status, "headers": written})
    await send({"type": "http.response.body", "body": content, "more_body": False})

"""The routes under /v1, and those for operations. Handlers are thin: the work is in app.server.feed."""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from litestar import Response, get, post
from litestar.concurrency import sync_to_thread
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from app.contract.protocols import find_older
from app.contract.wire import (
    DEVICE_HEADER,
    MAXIMUM_PUSH_BYTES,
    PROTOCOL_HEADER,
    PROTOCOL_VERSION,
    SPOKEN_HERE,
    CheckRequest,
    DeviceRequest,
    MailMessage,
    MailSummary,
    MailTrayAnswer,
    Meta,
    PokeAnswer,
    ProblemCode,
    PullRequest,
    PushRequest,
)
from app.server.api.answers import AnyRequest, AnyResponse, answer_with, read_body
from app.server.api.limits import Limits
from app.server.api.meter import CONTENT_TYPE, Meter
from app.server.api.openapi import describe_api
from app.server.feed.actors import check_works_here
from app.server.feed.checking import RegistrationChecks
from app.server.feed.history import list_history
from app.server.feed.poking import PokeBoard
from app.server.feed.pulling import Puller
from app.server.feed.pushing import Pusher
from app.server.feed.registering import register_device
from app.server.forms import list_query, read_query
from app.server.identity.devices import Devices
from app.server.identity.principals import Authenticator, Principal
from app.server.identity.throttle import network_of
from app.server.problems import ProblemError
from app.server.store import Store, TrayMail

PRODUCT = "samverka"
MINIMUM_CLIENT = "0.1.0"
MAXIMUM_WAIT = 25.0
SMALL_BODY = 64_000
LOOPBACK = frozenset({"127.0.0.1", "::1"})
_OWN_NAME = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:[0-9]+)?", re.IGNORECASE)
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiParts:
    """What the routes work with. ``find_problem`` gives a code while something needs an administrator."""

    store: Store
    authenticator: Authenticator
    puller: Puller
    pusher: Pusher
    checks: RegistrationChecks
    devices: Devices
    board: PokeBoard
    version: str
    public_url: str = ""
    sample: bool = False
    has_mail_tray: bool = False
    find_problem: Callable[[], str] = str
    meter: Meter
    limits: Limits | None = None
    metrics_token: str = ""
    protocols: range = SPOKEN_HERE


def api_routes(parts: ApiParts) -> Sequence[ControllerRouterHandler]:
    """Return the routes of the protocol and of operations."""
    return [*_open_routes(parts), *_sync_routes(parts), *_device_routes(parts), *_tray_routes(parts)]


def _open_routes(parts: ApiParts) -> list[ControllerRouterHandler]:
    @get("/v1/meta", sync_to_thread=False)
    def show_meta(request: AnyRequest) -> AnyResponse:
        meta = Meta(
            product=PRODUCT,
            version=parts.version,
            protocol=parts.protocols[-1],
            minimum_protocol=parts.protocols[0],
            minimum_client=MINIMUM_CLIENT,
            server_time=parts.store.clock.now(),
            issuer=(parts.public_url or str(request.base_url)).rstrip("/"),
            sample=parts.sample,
        )
        return answer_with(meta)

    @get("/v1/openapi.json", sync_to_thread=False)
    def show_description() -> AnyResponse:
        return answer_with(describe_api(parts.version))

    @get("/health", sync_to_thread=True)
    def show_health() -> AnyResponse:
        if not parts.store.is_answering():
            return answer_with({"status": "unavailable"}, status=503)
        problem = parts.find_problem()
        # Requests are answered as usual then: a balancer must not take the server out.
        return answer_with({"status": "attention", "problem": problem} if problem else {"status": "ok"})

    @get("/metrics", sync_to_thread=True)
    def show_metrics(request: AnyRequest) -> AnyResponse:
        if not _may_read_metrics(parts, request):
            raise ProblemError(ProblemCode.FORBIDDEN, "metrics")
        headers = {"Cache-Control": "no-store", "Content-Type": CONTENT_TYPE}
        return Response(parts.meter.render(), headers=headers)

    return [show_meta, show_description, show_health, show_metrics]


def _may_read_metrics(parts: ApiParts, request: AnyRequest) -> bool:
    """With a token whoever has it; without one programs on this machine. A guarded server has a secret.

    Under the machine's own name, too: a web page that is open here may come under its own (DNS rebinding),
    and so does whatever a proxy here passes on without saying for whom.
    """
    if parts.metrics_token:
        scheme, _, given = request.headers.get("Authorization", "").partition(" ")
        fits = hmac.compare_digest(given.strip().encode(), parts.metrics_token.encode())
        return scheme.lower() == "bearer" and fits
    is_own_name = _OWN_NAME.fullmatch(request.headers.get("Host", "")) is not None
    return is_own_name and request.client is not None and request.client.host in LOOPBACK


def _sync_routes(parts: ApiParts) -> list[ControllerRouterHandler]:
    @post("/v1/devices", status_code=201, request_max_body_size=SMALL_BODY)
    async def add_device(request: AnyRequest) -> AnyResponse:
        content = await request.body()

        def work(principal: Principal) -> AnyResponse:
            body = read_body(content, DeviceRequest)
            return answer_with(register_device(parts.store, principal, body), status=201)

        return await _signed_in(parts, request, work)

    @post("/v1/sync/push", status_code=200, request_max_body_size=MAXIMUM_PUSH_BYTES)
    async def push(request: AnyRequest) -> AnyResponse:
        content = await request.body()

        def work(principal: Principal) -> AnyResponse:
            answer = parts.pusher.push(principal, read_body(content, PushRequest))
            parts.meter.count_results(answer.results)
            return answer_with(answer, _accepts(request))

        return await _signed_in(parts, request, work)

    @post("/v1/sync/pull", status_code=200, request_max_body_size=SMALL_BODY)
    async def pull(request: AnyRequest) -> AnyResponse:
        content = await request.body()

        def work(principal: Principal) -> AnyResponse:
            body = read_body(content, PullRequest)
            answer = parts.puller.pull(principal, _device(request), body)
            parts.meter.count_rows(len(answer.changes))
            return answer_with(answer, _accepts(request))

        return await _signed_in(parts, request, work)

    @get("/v1/sync/poke")
    async def poke(request: AnyRequest) -> AnyResponse:
        head = _number(request, "head", default=0)
        seconds = min(_number(request, "wait", default=int(MAXIMUM_WAIT)), MAXIMUM_WAIT)

        def work(principal: Principal) -> tuple[str, str, int]:
            check_works_here(parts.store, principal)
            present = parts.store.find_head(principal.firm_id) or 0
            return principal.firm_id, principal.staff_id, present

        firm_id, person, present = await _signed_in(parts, request, work)
        parts.board.note(firm_id, present)
        parts.meter.begin_waiting()
        try:
            known = await parts.board.wait(firm_id, head, seconds, person=person)
            return answer_with(PokeAnswer(head=known))
        finally:
            parts.meter.end_waiting()

    @get("/v1/commands")
    async def list_outcomes(request: AnyRequest) -> AnyResponse:
        ids = [value for name, value in list_query(request) if name == "id"]

        def work(principal: Principal) -> AnyResponse:
            return answer_with(parts.pusher.outcomes(principal, _device(request), ids), _accepts(request))

        return await _signed_in(parts, request, work)

    @post("/v1/registrations/check", status_code=200, request_max_body_size=SMALL_BODY)
    async def check_registrations(request: AnyRequest) -> AnyResponse:
        content = await request.body()

        def work(principal: Principal) -> AnyResponse:
            body = read_body(content, CheckRequest)
            return answer_with(parts.checks.check(principal, body.customer_ids), _accepts(request))

        return await _signed_in(parts, request, work)

    @get("/v1/customers/{customer_id:str}/history")
    async def show_history(request: AnyRequest, customer_id: FromPath[str]) -> AnyResponse:
        before = read_query(request).get("before", "")

        def work(principal: Principal) -> AnyResponse:
            return answer_with(list_history(parts.store, principal, customer_id, before), _accepts(request))

        return await _signed_in(parts, request, work)

    return [add_device, push, pull, poke, list_outcomes, check_registrations, show_history]


def _device_routes(parts: ApiParts) -> list[ControllerRouterHandler]:
    @get("/v1/devices")
    async def list_devices(request: AnyRequest) -> AnyResponse:
        def work(principal: Principal) -> AnyResponse:
            return answer_with(parts.devices.list_for(principal), _accepts(request))

        return await _signed_in(parts, request, work)

    @post("/v1/devices/{device_id:str}/revoke", status_code=200, request_max_body_size=SMALL_BODY)
    async def revoke_device(request: AnyRequest, device_id: FromPath[str]) -> AnyResponse:
        def work(principal: Principal) -> AnyResponse:
            return answer_with(parts.devices.revoke(principal, device_id), _accepts(request))

        return await _signed_in(parts, request, work)

    return [list_devices, revoke_device]


def _tray_routes(parts: ApiParts) -> list[ControllerRouterHandler]:
    if not parts.has_mail_tray:
        return []

    @get("/v1/mail-tray")
    async def list_mails(request: AnyRequest) -> AnyResponse:
        def work(principal: Principal) -> AnyResponse:
            check_works_here(parts.store, principal)
            mails = tuple([_summary(mail) for mail in parts.store.mail_tray.list_mails(principal.firm_id)])
            return answer_with(MailTrayAnswer(mails=mails), _accepts(request))

        return await _signed_in(parts, request, work)

    @get("/v1/mail-tray/{mail_id:str}")
    async def show_mail(request: AnyRequest, mail_id: FromPath[str]) -> AnyResponse:
        def work(principal: Principal) -> AnyResponse:
            check_works_here(parts.store, principal)
            mail = parts.store.mail_tray.find(principal.firm_id, mail_id)
            if mail is None:
                raise ProblemError(ProblemCode.NOT_FOUND)
            return answer_with(_message(mail), _accepts(request))

        return await _signed_in(parts, request, work)

    return [list_mails, show_mail]


async def _signed_in(parts: ApiParts, request: AnyRequest, work: Callable[[Principal], T]) -> T:
    """Run the work on a thread for whoever the request's token belongs to.

    Raises:
        ProblemError: 401 ``sign-in-needed``, 426 ``upgrade-needed``, 429 ``too-many-requests``.
    """
    spoken = request.headers.get(PROTOCOL_HEADER, str(PROTOCOL_VERSION))
    older = find_older(spoken, parts.protocols)
    if older is not None:
        raise ProblemError(ProblemCode.UPGRADE_NEEDED, "protocol", reason=older)
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise ProblemError(ProblemCode.SIGN_IN_NEEDED)

    address = network_of(request.client.host) if request.client is not None else ""

    def run() -> T:
        if parts.limits is not None:
            # Before the database is asked: guessing tokens must cost us nothing.
            parts.limits.strangers.check(address)
        principal = parts.authenticator.find_principal(token.strip())
        if principal is None:
            if parts.limits is not None:
                parts.limits.strangers.take(address)
            raise ProblemError(ProblemCode.SIGN_IN_NEEDED)
        if parts.limits is not None:
            parts.limits.sessions.take(principal.session_id)
        return work(principal)

    return await sync_to_thread(run)


def _accepts(request: AnyRequest) -> str:
    return request.headers.get("Accept-Encoding", "")


def _device(request: AnyRequest) -> str:
    return request.headers.get(DEVICE_HEADER, "")


def _number(request: AnyRequest, name: str, default: int) -> int:
    written = read_query(request).get(name)
    if written is None:
        return default
    if not written.isdecimal() or len(written) > 18:
        raise ProblemError(ProblemCode.INVALID, name)
    return int(written)


def _summary(mail: TrayMail) -> MailSummary:
    return MailSummary(
        id=mail.id, to=mail.recipient, subject=mail.subject, sent_at=mail.sent_at, kind=mail.kind
    )


def _message(mail: TrayMail) -> MailMessage:
    return MailMessage(
        id=mail.id,
        to=mail.recipient,
        sender=mail.sender,
        subject=mail.subject,
        sent_at=mail.sent_at,
        text=mail.text,
        html=mail.html,
    )

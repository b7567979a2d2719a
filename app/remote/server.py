"""The calls of the contract, one method each."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

import msgspec

from app.contract.protocols import Older, find_older
from app.contract.wire import (
    DEVICE_HEADER,
    LOCAL_SECRET_HEADER,
    PROTOCOL_HEADER,
    PROTOCOL_VERSION,
    REQUEST_ID_HEADER,
    CheckAnswer,
    CheckRequest,
    DeviceAnswer,
    DeviceRequest,
    DeviceRevoked,
    DevicesAnswer,
    MailMessage,
    MailTrayAnswer,
    Meta,
    PokeAnswer,
    Problem,
    ProblemCode,
    PullAnswer,
    PullRequest,
    PushAnswer,
    PushRequest,
    WireCommand,
)
from app.domain.decoders import decoder_of
from app.domain.ids import new_id
from app.errors import RemoteError
from app.remote.tokens import Tokens
from app.remote.transport import READ_SECONDS, Reply, Transport, retry_after

PRODUCT = "samverka"
POKE_SECONDS = 25
CLIENT_TOO_OLD = "problem_upgrade_needed"
SERVER_TOO_OLD = "problem_server_upgrade_needed"
T = TypeVar("T")
_log = logging.getLogger(__name__)


class ProblemAnswerError(RemoteError):
    """The server answered with a problem. ``code`` is ``problem_`` and its own code with underscores; where
    the server is the one to be updated, ``problem_server_upgrade_needed``.
    """

    def __init__(self, problem: Problem, retry_after: float | None) -> None:
        code = f"problem_{problem.code.replace('-', '_')}"
        if problem.code == ProblemCode.UPGRADE_NEEDED and problem.reason == Older.SERVER:
            code = SERVER_TOO_OLD
        super().__init__(code, status=problem.status, request=problem.request_id)
        self.problem = problem
        self.retry_after = retry_after
        """Seconds that the server asks to wait, where it does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerPlace:
    """How the server is reached. ``local_secret`` is the embedded server's, new at each start; ``protocol``
    the version that is spoken.
    """

    transport: Transport
    local_secret: str = ""
    protocol: int = PROTOCOL_VERSION


class Server:
    """The collaboration server as the client sees it.

    Every method raises RemoteError (``server_unreachable``, ``not_our_server`` …), ProblemAnswerError for
    a problem that the server describes, and SignInError ``sign_in_needed``.
    """

    def __init__(self, place: ServerPlace, tokens: Tokens) -> None:
        self._transport = place.transport
        self._local_secret = place.local_secret
        self._protocol = place.protocol
        self._tokens = tokens

    @property
    def base_url(self) -> str:
        """Return the server's address."""
        return self._transport.base_url

    def meta(self) -> Meta:
        """Ask who is there, without sign-in. Raises RemoteError: see ``read_meta``."""
        return read_meta(self._transport, self._local_secret, protocol=self._protocol)

    def register_device(self, name: str) -> DeviceAnswer:
        """Register this installation; the id and its sequence numbers start anew."""
        body = msgspec.json.encode(DeviceRequest(name=name, platform=sys.platform))
        return self._call("POST", "/v1/devices", DeviceAnswer, body=body)

    def list_devices(self) -> DevicesAnswer:
        """Return where people are signed in: oneself, or everybody with full permission."""
        return self._call("GET", "/v1/devices", DevicesAnswer)

    def revoke_device(self, device_id: str) -> DeviceRevoked:
        """End the sign-in on a device."""
        return self._call("POST", f"/v1/devices/{device_id}/revoke", DeviceRevoked)

    def push(self, device: str, epoch: str, commands: Sequence[WireCommand], place: str = "") -> PushAnswer:
        """Send commands in order and return the outcomes of those that were settled."""
        request = PushRequest(device=device, epoch=epoch, commands=tuple(commands), place=place)
        return self._call(
            "POST", "/v1/sync/push", PushAnswer, body=msgspec.json.encode(request), device=device
        )

    def pull(self, device: str, cursor: str | None, limit: int, place: str = "") -> PullAnswer:
        """Return the next page; no cursor asks for a snapshot."""
        body = msgspec.json.encode(PullRequest(cursor=cursor, limit=limit, place=place))
        return self._call("POST", "/v1/sync/pull", PullAnswer, body=body, device=device)

    def poke(self, device: str, head: int) -> PokeAnswer:
        """Wait until the firm's version is higher than ``head``, at most 25 seconds."""
        query = urlencode({"head": head, "wait": POKE_SECONDS})
        return self._call(
            "GET", f"/v1/sync/poke?{query}", PokeAnswer, device=device, read_seconds=POKE_SECONDS + 15
        )

    def outcomes(self, device: str, command_ids: Sequence[str]) -> PushAnswer:
        """Return recorded outcomes again; unknown commands are left out."""
        query = urlencode([("id", id_) for id_ in command_ids])
        return self._call("GET", f"/v1/commands?{query}", PushAnswer, device=device)

    def check_registrations(self, device: str, customer_ids: Sequence[str]) -> CheckAnswer:
        """Ask the vendor whether customers are registered (at most 500)."""
        body = msgspec.json.encode(CheckRequest(customer_ids=tuple(customer_ids)))
        return self._call("POST", "/v1/registrations/check", CheckAnswer, body=body, device=device)

    def list_mails(self) -> MailTrayAnswer:
        """Return what is in the embedded server's mail tray."""
        return self._call("GET", "/v1/mail-tray", MailTrayAnswer)

    def read_mail(self, mail_id: str) -> MailMessage:
        """Return one e-mail of the tray."""
        return self._call("GET", f"/v1/mail-tray/{mail_id}", MailMessage)

    def leave(self) -> None:
        """Close the connections of the calling thread, which ends."""
        self._transport.leave()

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def _call(
        self,
        method: str,
        path: str,
        answer: type[T],
        *,
        body: bytes | None = None,
        device: str = "",
        read_seconds: float = READ_SECONDS,
    ) -> T:
        request_id = new_id("rq")
        headers = {**self._headers(device, has_body=body is not None), REQUEST_ID_HEADER: request_id}
        try:
            token = self._tokens.access()
            reply = self._send(method, path, headers, token, body, read_seconds)
            if reply.status == 401:
                token = self._tokens.access(refused=token)
                reply = self._send(method, path, headers, token, body, read_seconds)
            return read_answer(reply, answer)
        except RemoteError as error:
            # The server's log has a line with the same id, where the request came so far.
            _log.warning("request %s %s %s: %s", request_id, method, path.partition("?")[0], error.code)
            raise

    def _send(
        self,
        method: str,
        path: str,
        headers: dict[str, str],
        token: str,
        body: bytes | None,
        read_seconds: float,
    ) -> Reply:
        return self._transport.send(
            method,
            path,
            headers={**headers, "Authorization": f"Bearer {token}"},
            body=body,
            read_seconds=read_seconds,
        )

    def _headers(self, device: str, *, has_body: bool) -> dict[str, str]:
        headers = _common_headers(self._local_secret, self._protocol)
        if device:
            headers[DEVICE_HEADER] = device
        if has_body:
            headers["Content-Type"] = "application/json"
        return headers


def read_meta(transport: Transport, local_secret: str, *, protocol: int = PROTOCOL_VERSION) -> Meta:
    """Ask an address who is there.

    Raises:
        RemoteError: ``not_our_server`` for anything but our own JSON; ``problem_upgrade_needed`` or
            ``problem_server_upgrade_needed`` where it speaks no version that is spoken here.
    """
    headers = _common_headers(local_secret, protocol)
    meta = read_answer(transport.send("GET", "/v1/meta", headers=headers, read_seconds=15), Meta)
    if meta.product != PRODUCT:
        raise RemoteError("not_our_server")
    older = find_older(str(protocol), range(meta.minimum_protocol, meta.protocol + 1))
    if older is not None:
        raise RemoteError(SERVER_TOO_OLD if older == Older.SERVER else CLIENT_TOO_OLD)
    return meta


def read_answer(reply: Reply, answer: type[T]) -> T:
    """Return the reply's body as the contract says. Raises RemoteError, ProblemAnswerError."""
    content = reply.content
    try:
        if 200 <= reply.status < 300:
            return decoder_of(answer).decode(content)
        problem = decoder_of(Problem).decode(content)
    except msgspec.MsgspecError as error:
        # A captive portal answers with a page of its own, often with status 200; a gateway with HTML, too.
        code = "server_unavailable" if reply.status in {502, 503, 504} else "not_our_server"
        raise RemoteError(code, status=reply.status, retry_after=retry_after(reply)) from error
    raise ProblemAnswerError(problem, retry_after(reply))


def _common_headers(local_secret: str, protocol: int) -> dict[str, str]:
    headers = {
        "Accept": "application/json",
        "Accept-Encoding": "gzip",
        PROTOCOL_HEADER: str(protocol),
    }
    if local_secret:
        headers[LOCAL_SECRET_HEADER] = local_secret
    return headers

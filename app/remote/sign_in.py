"""Sign-in in the system browser (OAuth 2.0 for native apps, RFC 8252): PKCE S256, state, issuer check.

A listener on 127.0.0.1, or [::1] where there is no other, takes one answer and shows a page that says that
the window can be closed.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.server
import socket
import sys
import threading
from collections.abc import Callable, Sequence
from html import escape
from secrets import token_urlsafe
from urllib.parse import parse_qs, urlencode, urlsplit

from app.contract.sign_in import (
    CLIENT_ID,
    DEVICE_NAME_FIELD,
    METADATA_PATH,
    PLATFORM_FIELD,
    REDIRECT_PATH,
    IssuerMetadata,
    TokenAnswer,
)
from app.errors import RemoteError, SignInError
from app.remote.server import read_answer
from app.remote.tokens import read_token_answer
from app.remote.transport import Transport

WAIT_SECONDS = 300.0
LOOPBACK = ("127.0.0.1", "::1")

_PAGES = {
    "sv": ("Klart", "Du är inloggad. Du kan stänga den här fliken och gå tillbaka till Samverka."),
    "en": ("Done", "You are signed in. You can close this tab and go back to Samverka."),
}
_FAILED_PAGES = {
    "sv": ("Inloggningen avbröts", "Gå tillbaka till Samverka och försök igen."),
    "en": ("Sign-in was cancelled", "Go back to Samverka and try again."),
}


def sign_in(
    transport: Transport,
    open_browser: Callable[[str], None],
    *,
    language: str = "sv",
    login_hint: str = "",
    device_name: str = "",
    hosts: Sequence[str] = LOOPBACK,
    cancelled: threading.Event | None = None,
    wait_seconds: float = WAIT_SECONDS,
) -> TokenAnswer:
    """Let the person sign in and return the tokens. Blocks until the browser has come back.

    ``open_browser`` is given the address to open. ``cancelled`` ends the waiting.
    ``device_name`` is what the list of devices calls this machine, ``hosts`` are the loopback addresses to
    listen on: the first that there is.

    Raises:
        SignInError: ``sign_in_cancelled``, ``sign_in_timed_out``, ``sign_in_refused`` (with the server's
            reason) or ``sign_in_forged`` where the issuer is not the one expected.
        RemoteError: the server cannot be reached or is not ours.
    """
    metadata = _read_metadata(transport)
    verifier = token_urlsafe(64)
    state = token_urlsafe(32)
    with _Listener(language, state, hosts) as listener:
        query = {
            "response_type": "code",
            "client_id": CLIENT_ID,
            "redirect_uri": listener.redirect_uri,
            "state": state,
            "code_challenge": _challenge(verifier),
            "code_challenge_method": "S256",
            "ui_locales": language,
        }
        if login_hint:
            query["login_hint"] = login_hint
        open_browser(f"{metadata.authorization_endpoint}?{urlencode(query)}")
        answer = listener.wait(wait_seconds, cancelled or threading.Event())
        redirect_uri = listener.redirect_uri
    if answer.get("iss") != metadata.issuer:
        raise SignInError("sign_in_forged")
    if "error" in answer:
        code = "sign_in_cancelled" if answer["error"] == "access_denied" else "sign_in_refused"
        raise SignInError(code, reason=answer["error"])
    form = {
        "grant_type": "authorization_code",
        "code": answer.get("code", ""),
        "code_verifier": verifier,
        "redirect_uri": redirect_uri,
        "client_id": CLIENT_ID,
        DEVICE_NAME_FIELD: device_name,
        PLATFORM_FIELD: sys.platform,
    }
    path = urlsplit(metadata.token_endpoint).path
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    return read_token_answer(transport.send("POST", path, headers=headers, body=urlencode(form).encode()))


def _read_metadata(transport: Transport) -> IssuerMetadata:
    reply = transport.send("GET", METADATA_PATH, headers={"Accept": "application/json"}, read_seconds=15)
    metadata = read_answer(reply, IssuerMetadata)
    # RFC 8414, 3.3: what describes itself as another issuer is not the one that was asked.
    if metadata.issuer.rstrip("/") != transport.base_url.rstrip("/"):
        raise RemoteError("not_our_server")
    for endpoint in (metadata.authorization_endpoint, metadata.token_endpoint):
        if not endpoint.startswith(metadata.issuer):
            raise RemoteError("not_our_server")
    return metadata


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class _Server6(http.server.HTTPServer):
    address_family = socket.AF_INET6


def _listen(
    handler: type[http.server.BaseHTTPRequestHandler], hosts: Sequence[str]
) -> http.server.HTTPServer:
    """Return a server on a free port of the first of the addresses that there is (RFC 8252, 7.3)."""
    failure: OSError | None = None
    for host in hosts:
        kind = _Server6 if ":" in host else http.server.HTTPServer
        try:
            return kind((host, 0), handler)
        except OSError as error:
            failure = error
    raise SignInError("sign_in_refused", reason="no loopback address") from failure


class _Listener:
    """Answers once, on a free port of this machine alone, and only to who knows ``state``."""

    def __init__(self, language: str, state: str, hosts: Sequence[str]) -> None:
        self._answer: dict[str, str] | None = None
        self._state = state
        listener = self

        class Handler(http.server.BaseHTTPRequestHandler):
            timeout = 2.0  # browsers open connections ahead and say nothing on them

            def do_GET(self) -> None:
                listener._take(self, language)

            def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the base class' name
                """Write no log: the address holds the code."""

        self._server = _listen(Handler, hosts)
        self._server.timeout = 0.2
        host = str(self._server.server_address[0])
        host = f"[{host}]" if ":" in host else host
        self.redirect_uri = f"http://{host}:{self._server.server_port}{REDIRECT_PATH}"

    def __enter__(self) -> _Listener:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.server_close()

    def wait(self, seconds: float, cancelled: threading.Event) -> dict[str, str]:
        """Return the parameters that the browser came back with."""
        rounds = int(seconds / 0.2)
        for _ in range(rounds):
            self._server.handle_request()
            if self._answer is not None:
                return self._answer
            if cancelled.is_set():
                raise SignInError("sign_in_cancelled")
        raise SignInError("sign_in_timed_out")

    def _take(self, handler: http.server.BaseHTTPRequestHandler, language: str) -> None:
        parts = urlsplit(handler.path)
        if parts.path != REDIRECT_PATH or self._answer is not None:
            handler.send_error(404)
            return
        found = parse_qs(parts.query, keep_blank_values=True)
        answer = {name: values[0] for name, values in found.items()}
        if not hmac.compare_digest(answer.get("state", "").encode(), self._state.encode()):
            # Any page in the browser can call this address: it must not end the sign-in that is under way.
            handler.send_error(400)
            return
        self._answer = answer
        pages = _FAILED_PAGES if "error" in self._answer else _PAGES
        title, text = pages.get(language, pages["sv"])
        html = (
            f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{escape(title)}</title>'
            '<meta name="viewport" content="width=device-width">'
            '<body style="font:16px system-ui,sans-serif;max-width:32rem;margin:12vh auto;padding:0 1rem">'
            f"<h1>{escape(title)}</h1><p>{escape(text)}</p></body></html>"
        ).encode()
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html; charset=utf-8")
        handler.send_header("Content-Length", str(len(html)))
        handler.send_header("Cache-Control", "no-store")
        handler.send_header("Referrer-Policy", "no-referrer")
        handler.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        handler.send_header("Connection", "close")
        handler.end_headers()
        handler.wfile.write(html)

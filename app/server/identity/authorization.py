"""The authorisation request: what a program asks a browser to open, checked before anything is shown."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit, urlunsplit

from app.contract.sign_in import CLIENT_ID
from app.errors import SamverkaError

LOOPBACK_HOSTS = frozenset({"127.0.0.1", "::1"})
MAXIMUM_STATE = 512
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")


class UntrustedRequestError(SamverkaError):
    """Who asks, or where the answer would go, cannot be trusted: shown on a page, never sent anywhere."""


class AuthorizationRefusedError(SamverkaError):
    """The request is wrong in a way that its sender may be told (RFC 6749, 4.1.2.1); ``code`` is the word."""

    def __init__(self, code: str, redirect_uri: str, state: str) -> None:
        super().__init__(code)
        self.redirect_uri = redirect_uri
        self.state = state


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorizationRequest:
    """A request that may be answered."""

    redirect_uri: str
    state: str
    code_challenge: str
    client_id: str = CLIENT_ID
    login_hint: str = ""

    def fields(self) -> dict[str, str]:
        """Return the request as the fields of the form that carries it on."""
        return {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri,
            "state": self.state,
            "code_challenge": self.code_challenge,
            "code_challenge_method": "S256",
        }


def read_authorization(fields: Mapping[str, str]) -> AuthorizationRequest:
    """Return the request, or raise.

    Raises UntrustedRequestError where the client or the redirect is not ours, and
    AuthorizationRefusedError for the rest. PKCE with S256 and a state are demanded (RFC 9700, 2.1.1).
    """
    if fields.get("client_id") != CLIENT_ID:
        raise UntrustedRequestError("unknown_client")
    redirect_uri = fields.get("redirect_uri", "")
    if not is_loopback_redirect(redirect_uri):
        raise UntrustedRequestError("redirect_not_loopback")
    state = fields.get("state", "")
    if len(state) > MAXIMUM_STATE:
        raise UntrustedRequestError("state_too_long")
    if fields.get("response_type") != "code":
        raise AuthorizationRefusedError("unsupported_response_type", redirect_uri, state)
    challenge = fields.get("code_challenge", "")
    method_fits = fields.get("code_challenge_method") == "S256"
    if not state or not method_fits or not _CHALLENGE.fullmatch(challenge):
        raise AuthorizationRefusedError("invalid_request", redirect_uri, state)
    return AuthorizationRequest(
        redirect_uri=redirect_uri,
        state=state,
        code_challenge=challenge,
        login_hint=fields.get("login_hint", "")[:254],
    )


def is_loopback_redirect(uri: str) -> bool:
    """Tell whether the address is a listener on this machine: http, a literal loopback address, a port.

    «localhost» is refused: a name can be made to point elsewhere (RFC 8252, 8.3).
    """
    if not uri.isascii() or any(char <= " " or char in '\\"<>' for char in uri):
        return False
    try:
        parts = urlsplit(uri)
        port = parts.port
    except ValueError:
        return False
    return (
        parts.scheme == "http"
        and parts.hostname in LOOPBACK_HOSTS
        and port is not None
        and port > 0
        and "@" not in parts.netloc
        and not parts.query
        and not parts.fragment
        and "#" not in uri
        and len(uri) <= 200
    )


def redirect_with(redirect_uri: str, answer: Mapping[str, str]) -> str:
    """Return the redirect address with the answer in its query."""
    parts = urlsplit(redirect_uri)
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", urlencode(answer), ""))


def verifier_fits(code_challenge: str, code_verifier: str) -> bool:
    """Tell whether the verifier is the one behind an S256 challenge (RFC 7636, 4.6)."""
    if not _VERIFIER.fullmatch(code_verifier):
        return False
    digest = hashlib.sha256(code_verifier.encode("ascii")).digest()
    made = base64.urlsafe_b64encode(digest).rstrip(b"=")
    return hmac.compare_digest(made, code_challenge.encode("ascii"))

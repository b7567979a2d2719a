"""An external OpenID provider (Entra ID, Google, any): the firm's staff sign in there, and it tells us who.

What the provider says only answers «who is it»; codes and tokens come from our own issuer, as after a
password. The program sees no difference. Requests and the checks of signatures are Authlib's and joserfc's
(OpenID Connect Core 1.0, 3.1; RFC 9207 and RFC 9700 against mix-ups).
"""

from __future__ import annotations

import hashlib
import logging
import ssl
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlsplit

import msgspec
import requests
import requests.adapters
import truststore
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import Key, KeySet, import_key

from app.clock import Clock
from app.domain.decoders import decoder_of
from app.errors import SignInError, UsageError
from app.server.identity.openid_rules import find_unmet, is_address_vouched_for, read_required
from app.server.options import OpenIdOptions

LOG = logging.getLogger(__name__)
DISCOVERY_PATH = "/.well-known/openid-configuration"
SECONDS = 15.0
KEPT_FOR = timedelta(hours=1)
"""How long a provider's description and keys are taken from memory; an unknown key is asked for at once."""

FRESH_KEYS_AFTER = timedelta(minutes=1)
"""Not oftener than that, or anyone could let us ask the provider all day."""

LEEWAY_SECONDS = 120
ALGORITHMS = (
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512", "Ed25519", "EdDSA"),
)
"""Signatures with a key pair only: with a shared secret whoever knows it could name himself anybody."""

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class ProviderError(SignInError):
    """The provider's answer cannot be used; ``code`` says why in our words, and the log has the details."""


class _Description(msgspec.Struct, frozen=True, kw_only=True):
    """What we use of a provider's description (OpenID Connect Discovery 1.0, 3)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str = ""
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)
    authorization_response_iss_parameter_supported: bool = False


class _Published(msgspec.Struct, frozen=True, kw_only=True):
    """A provider's keys as it publishes them (RFC 7517, 5)."""

    keys: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A sign-in under way at the provider: what must come back, and what only we know."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who it is: the provider's own name for the person, which never changes, and the verified address."""

    issuer: str
    subject: str
    email: str


@dataclass(slots=True)
class _Known:
    description: _Description
    keys: KeySet
    at: datetime


class OpenIdProvider:
    """One provider. Safe to use from several threads."""

    def __init__(self, options: OpenIdOptions, clock: Clock) -> None:
        """Take the options; nothing is asked yet.

        Raises:
            UsageError: ``openid_incomplete`` without a client id, ``openid_not_https`` where the issuer is
                reached without TLS (a provider on this machine may be), ``server_option_invalid``.
        """
        if not options.issuer or not options.client_id:
            raise UsageError("openid_incomplete")
        _demand_tls(options.issuer)
        try:
            self._required = read_required(options.require)
        except ValueError as error:
            raise UsageError("server_option_invalid", option="require", value=options.require) from error
        self.options = options
        self._clock = clock
        self._lock = threading.Lock()
        self._known: _Known | None = None

    @property
    def id(self) -> str:
        """Return a short name for addresses, the same in every process."""
        options = self.options
        text = f"{options.issuer}\x1f{options.client_id}\x1f{options.firm}"
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    @property
    def name(self) -> str:
        """Return what stands on the button."""
        return self.options.name or urlsplit(self.options.issuer).hostname or "OpenID"

    def begin(self, redirect_uri: str, *, language: str, login_hint: str = "") -> tuple[str, Pending]:
        """Return the provider's address to open, and what to keep until it answers.

        Raises:
            ProviderError: ``openid_unreachable``, ``openid_not_as_configured``.
        """
        pending = Pending(state=token_urlsafe(32), nonce=token_urlsafe(32), verifier=token_urlsafe(64))
        description = self._look_up().description
        more = {"login_hint": login_hint} if login_hint else {}
        with self._client(description, redirect_uri) as client:
            address, _ = client.create_authorization_url(
                description.authorization_endpoint,
                state=pending.state,
                code_verifier=pending.verifier,
                nonce=pending.nonce,
                ui_locales=language,
                **more,
            )
        return str(address), pending

    def finish(self, answer: Mapping[str, str], pending: Pending, redirect_uri: str) -> Identity:
        """Return who signed in. ``answer`` is the query that the browser came back with.

        Raises:
            ProviderError: ``openid_forged`` (state, issuer, signature, audience or nonce are not the ones
                expected), ``openid_refused``, ``openid_not_admitted``, ``openid_email_unverified``,
                ``openid_unreachable``.
        """
        known = self._look_up()
        description = known.description
        if answer.get("state") != pending.state:
            raise ProviderError("openid_forged", reason="state")
        issuer = answer.get("iss")
        is_told = description.authorization_response_iss_parameter_supported
        if (issuer is None and is_told) or (issuer is not None and issuer != description.issuer):
            raise ProviderError("openid_forged", reason="iss")
        if "error" in answer or not answer.get("code"):
            raise ProviderError("openid_refused", reason=answer.get("error", "no code")[:60])
        with self._client(description, redirect_uri) as client:
            try:
                token = client.fetch_token(
                    description.token_endpoint,
                    grant_type="authorization_code",
                    code=answer["code"],
                    code_verifier=pending.verifier,
                )
                claims = self._claims(str(token.get("id_token", "")), pending.nonce)
                return self._identity(claims, client, description)
            except AuthlibBaseError as error:
                raise ProviderError("openid_refused", reason=str(error.error)[:60]) from error
            except (requests.RequestException, ValueError) as error:
                raise ProviderError("openid_unreachable", reason=type(error).__name__) from error

    def _claims(self, id_token: str, nonce: str) -> Mapping[str, Any]:
        """Return what a genuine identity token says (OpenID Connect Core 1.0, 3.1.3.7)."""
        options = self.options
        rules = jwt.JWTClaimsRegistry(
            now=int(self._clock.now().timestamp()),
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": self._look_up().description.issuer},
            aud={"essential": True, "value": options.client_id},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        try:
            try:
                token = jwt.decode(id_token, self._look_up().keys, algorithms=list(ALGORITHMS))
            except (JoseError, ValueError):
                # Providers change their keys; only a signature with a key that is new to us may be good then.
                token = jwt.decode(id_token, self._look_up(fresh=True).keys, algorithms=list(ALGORITHMS))
            rules.validate(token.claims)
        except (JoseError, ValueError) as error:
            raise ProviderError("openid_forged", reason=type(error).__name__) from error
        audience, party = token.claims["aud"], token.claims.get("azp")
        is_shared = isinstance(audience, list) and len(audience) > 1
        if (is_shared or party is not None) and party != options.client_id:
            raise ProviderError("openid_forged", reason="azp")
        return token.claims

    def _identity(
        self, claims: Mapping[str, Any], client: OAuth2Session, description: _Description
    ) -> Identity:
        claim = self.options.claim
        # Of the token only, which is signed.
        unmet = find_unmet(self._required, claims)
        if unmet is not None:
            raise ProviderError("openid_not_admitted", reason=unmet)
        if claim not in claims and description.userinfo_endpoint:
            # Strict providers tell the address only there (5.4); it must be about the same person (5.3.2).
            told = client.get(description.userinfo_endpoint, allow_redirects=False).json()
            if not isinstance(told, dict) or told.get("sub") != claims["sub"]:
                raise ProviderError("openid_forged", reason="userinfo")
            claims = {**told, **claims}
        email = claims.get(claim)
        if not isinstance(email, str) or "@" not in email:
            raise ProviderError("openid_email_unverified", reason=f"no {claim}")
        if claim == "email" and not is_address_vouched_for(description.issuer, claims):
            raise ProviderError("openid_email_unverified", reason="email_verified")
        return Identity(issuer=description.issuer, subject=str(claims["sub"]), email=email.strip())

    def _client(self, description: _Description, redirect_uri: str) -> OAuth2Session:
        options = self.options
        method = "none"
        if options.client_secret:
            offered = description.token_endpoint_auth_methods_supported
            method = "client_secret_basic" if "client_secret_basic" in offered else "client_secret_post"
        session = OAuth2Session(
            client_id=options.client_id,
            client_secret=options.client_secret or None,
            token_endpoint_auth_method=method,
            scope="openid email profile",
            redirect_uri=redirect_uri,
            code_challenge_method="S256",
            default_timeout=SECONDS,
        )
        session.mount("https://", _SystemTrust())
        return session

    def _look_up(self, *, fresh: bool = False) -> _Known:
        with self._lock:
            known, now = self._known, self._clock.now()
            kept_for = FRESH_KEYS_AFTER if fresh else KEPT_FOR
            if known is None or now - known.at >= kept_for:
                known = self._known = self._ask(now)
            return known

    def _ask(self, now: datetime) -> _Known:
        issuer = self.options.issuer
        try:
            with requests.Session() as session:
                session.mount("https://", _SystemTrust())
                # The path is appended, whatever the issuer's own path is (Discovery 1.0, 4).
                told = _get(session, issuer.rstrip("/") + DISCOVERY_PATH)
                description = decoder_of(_Description).decode(told)
                if description.issuer != issuer:
                    # Also the addresses that stand for all of Entra ID's tenants: anybody can have one.
                    raise ProviderError("openid_not_as_configured", issuer=description.issuer[:120])
                for address in (
                    description.authorization_endpoint,
                    description.token_endpoint,
                    description.jwks_uri,
                    description.userinfo_endpoint or issuer,
                ):
                    _demand_tls(address)
                published = decoder_of(_Published).decode(_get(session, description.jwks_uri))
            return _Known(description, KeySet(list(_usable(published))), now)
        except (requests.RequestException, msgspec.MsgspecError, JoseError, ValueError, KeyError) as error:
            raise ProviderError("openid_unreachable", reason=type(error).__name__) from error


class _SystemTrust(requests.adapters.HTTPAdapter):
    """Trusts what this machine trusts, a company's own certificate too."""

    def init_poolmanager(self, *arguments: Any, **named: Any) -> None:
        named["ssl_context"] = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        super().init_poolmanager(*arguments, **named)


def _usable(published: _Published) -> Iterator[Key]:
    """Return the keys that signatures can be checked with; of others, there are more kinds every year."""
    for values in published.keys:
        if values.get("kty") == "oct" or values.get("use", "sig") != "sig":
            continue
        try:
            yield import_key(values)
        except (JoseError, ValueError, KeyError, TypeError) as error:
            LOG.info("a key of a provider is left out: %s", type(error).__name__)


def _get(session: requests.Session, address: str) -> bytes:
    answer = session.get(address, timeout=SECONDS, allow_redirects=False)
    answer.raise_for_status()
    return answer.content


def _demand_tls(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise UsageError("openid_not_https", address=address[:120])

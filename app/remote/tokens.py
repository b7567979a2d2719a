"""Access and refresh tokens: renewed when they run out, without losing the session to a lost answer."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Protocol
from urllib.parse import urlencode

import msgspec

from app.clock import Clock
from app.contract.sign_in import (
    CLIENT_ID,
    NONCE_FIELD,
    REVOKE_PATH,
    SIGNED_OUT_ELSEWHERE,
    TOKEN_PATH,
    TokenAnswer,
    TokenRefusal,
)
from app.domain.decoders import decoder_of
from app.errors import RemoteError, SignInError
from app.remote.transport import Reply, Transport, retry_after

_EARLY = timedelta(seconds=30)
_FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredTokens:
    """What is kept between starts. ``nonce`` is set while a refresh is under way or its answer was lost."""

    access_token: str
    refresh_token: str
    expires_at: datetime
    nonce: str = ""


class TokenKeeper(Protocol):
    """Keeps the tokens; ``save`` is on disk before it returns."""

    def load(self) -> StoredTokens | None:
        """Return the tokens, or None where nobody is signed in."""
        ...

    def save(self, tokens: StoredTokens | None) -> None:
        """Keep the tokens; None forgets them."""
        ...


class Tokens:
    """Gives a token that holds. Safe to use from several threads: one of them renews, the others wait."""

    def __init__(self, transport: Transport, keeper: TokenKeeper, clock: Clock) -> None:
        self._transport = transport
        self._keeper = keeper
        self._clock = clock
        self._lock = threading.Lock()
        # Why the last session ended: several threads ask, and only the first hears it from the server.
        self._ended = "sign_in_needed"

    @property
    def is_signed_in(self) -> bool:
        """Tell whether there are tokens; whether they still hold only the server knows."""
        return self._keeper.load() is not None

    def access(self, *, refused: str = "") -> str:
        """Return an access token other than ``refused``.

        Raises:
            SignInError: ``sign_in_needed`` where nobody is signed in or the session has run out,
                ``signed_out_elsewhere`` where somebody ended it in the list of devices.
            RemoteError: the server did not answer.
        """
        with self._lock:
            tokens = self._keeper.load()
            if tokens is None:
                raise SignInError(self._ended)
            holds = tokens.expires_at - _EARLY > self._clock.now()
            if holds and tokens.access_token != refused and not tokens.nonce:
                return tokens.access_token
            return self._renew(tokens).access_token

    def accept(self, answer: TokenAnswer) -> None:
        """Keep the tokens of a new sign-in."""
        with self._lock:
            self._ended = "sign_in_needed"
            self._keeper.save(self._stored(answer))

    def sign_out(self) -> None:
        """Forget the tokens, and tell the server so where it can be reached."""
        with self._lock:
            tokens = self._keeper.load()
            self._ended = "sign_in_needed"
            self._keeper.save(None)
        if tokens is not None:
            form = urlencode({"token": tokens.refresh_token, "client_id": CLIENT_ID}).encode()
            try:
                self._transport.send("POST", REVOKE_PATH, headers=_FORM, body=form, read_seconds=10)
            except RemoteError:
                return

    def _renew(self, tokens: StoredTokens) -> StoredTokens:
        # The nonce is on disk before the call: the old token with the same nonce returns the same successor.
        tokens = replace(tokens, nonce=tokens.nonce or token_urlsafe(24))
        self._keeper.save(tokens)
        form = {
            "grant_type": "refresh_token",
            "refresh_token": tokens.refresh_token,
            "client_id": CLIENT_ID,
            NONCE_FIELD: tokens.nonce,
        }
        reply = self._transport.send("POST", TOKEN_PATH, headers=_FORM, body=urlencode(form).encode())
        try:
            answer = read_token_answer(reply)
        except SignInError as error:
            self._ended = error.code
            self._keeper.save(None)
            raise
        renewed = self._stored(answer)
        self._keeper.save(renewed)
        return renewed

    def _stored(self, answer: TokenAnswer) -> StoredTokens:
        return StoredTokens(
            access_token=answer.access_token,
            refresh_token=answer.refresh_token,
            expires_at=self._clock.now() + timedelta(seconds=answer.expires_in),
        )


def read_token_answer(reply: Reply) -> TokenAnswer:
    """Return the tokens of a reply.

    Raises:
        SignInError: ``sign_in_needed`` where the grant was refused, ``signed_out_elsewhere`` where somebody
            ended the session in the list of devices.
        RemoteError: ``not_our_server`` or ``server_unavailable``.
    """
    if reply.status >= 500 or reply.status == 429:
        raise RemoteError("server_unavailable", status=reply.status, retry_after=retry_after(reply))
    try:
        if reply.status == 200:
            return decoder_of(TokenAnswer).decode(reply.content)
        refusal = decoder_of(TokenRefusal).decode(reply.content)
    except msgspec.MsgspecError as error:
        raise RemoteError("not_our_server") from error
    if refusal.error_description == SIGNED_OUT_ELSEWHERE:
        raise SignInError("signed_out_elsewhere")
    raise SignInError("sign_in_needed", reason=refusal.error)

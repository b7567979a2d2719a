"""Our own OAuth 2.0 issuer: codes, access tokens and refresh tokens (RFC 6749, 7636, 9207, 9700).

Tokens are random and opaque; the database holds their hashes only. A refresh token's successor is derived
from it and the client's nonce with a key that all server processes share, so that a client whose answer was
lost gets the same successor again without the server having kept it.
"""

from __future__ import annotations

import dataclasses
import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from app.clock import Clock
from app.contract.sign_in import ACCESS_SECONDS, CODE_SECONDS, TokenAnswer
from app.domain.decoders import decoder_of
from app.domain.ids import new_id
from app.server.identity.authorization import AuthorizationRequest, verifier_fits
from app.server.identity.principals import Principal
from app.server.identity.sign_in_errors import GrantError
from app.server.store.entries import Entry, EntryRows, EntryTransaction

REFRESH_DAYS = 90
SESSION_DAYS = REFRESH_DAYS + 1
"""A session is kept for a day longer than its last refresh token, which is told why it opens nothing."""
MAXIMUM_NONCE = 128
_CODE, _SESSION, _ACCESS, _REFRESH = "code", "session", "access", "refresh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One sign-in of one staff member on one machine, as a list of devices shows it."""

    id: str
    firm_id: str
    staff_id: str
    signed_in_at: datetime
    used_at: datetime
    name: str = ""
    platform: str = ""
    revoked_because: str = ""


class _CodeData(msgspec.Struct, frozen=True):
    redirect_uri: str
    code_challenge: str
    used: bool = False


class _SessionData(msgspec.Struct, frozen=True):
    signed_in_at: datetime
    used_at: datetime
    name: str = ""
    platform: str = ""
    revoked_because: str = ""


class _RefreshData(msgspec.Struct, frozen=True):
    nonce_hash: str = ""
    successor_hash: str = ""


class Issuer:
    """Hands out and looks up tokens. ``refresh_key`` is the same in every process of the server."""

    def __init__(self, rows: EntryRows, clock: Clock, refresh_key: bytes) -> None:
        self._rows = rows
        self.clock = clock
        self._refresh_key = refresh_key

    def issue_code(self, request: AuthorizationRequest, firm_id: str, staff_id: str) -> str:
        """Return a code that can be exchanged once, within a minute, by who made the request."""
        code = secrets.token_urlsafe(32)
        now = self.clock.now()
        with self._rows.write() as rows:
            rows.put(
                Entry(
                    kind=_CODE,
                    key=_hash(code),
                    firm_id=firm_id,
                    subject_id=staff_id,
                    group=new_id("se"),
                    expires_at=now + timedelta(seconds=CODE_SECONDS),
                    data=msgspec.json.encode(_CodeData(request.redirect_uri, request.code_challenge)),
                )
            )
        return code

    def exchange_code(
        self, code: str, code_verifier: str, redirect_uri: str, *, name: str = "", platform: str = ""
    ) -> TokenAnswer:
        """Return the first tokens of a new session. ``name`` and ``platform`` are the device's.

        A code that comes twice ends the session that the first use began (RFC 6749, 4.1.2). Raises GrantError
        ``invalid_grant``.
        """
        now = self.clock.now()
        with self._rows.write() as rows:
            entry = rows.find(_CODE, _hash(code), lock=True)
            data = None if entry is None else decoder_of(_CodeData).decode(entry.data)
            if entry is not None and data is not None and data.used:
                _revoke(rows, entry.group, "code_reused")
                answer = None
            elif entry is None or data is None or _expired(entry, now):
                answer = None
            elif data.redirect_uri != redirect_uri or not verifier_fits(data.code_challenge, code_verifier):
                # Whoever tries with a wrong verifier has a stolen code: it is used up by that.
                rows.remove(_CODE, entry.key)
                answer = None
            else:
                used = msgspec.json.encode(msgspec.structs.replace(data, used=True))
                # Kept for a day past its minute, so that a second use is noticed.
                rows.put(dataclasses.replace(entry, data=used, expires_at=now + timedelta(days=1)))
                answer = self._begin(rows, entry, _SessionData(now, now, name[:100], platform[:40]))
        if answer is None:
            raise GrantError("invalid_grant")
        return answer

    def refresh(self, refresh_token: str, nonce: str) -> TokenAnswer:
        """Return new tokens for a refresh token, which has one successor from then on.

        The same token with the same nonce returns the same successor until that has been used itself; with
        another nonce it is taken for stolen, and the session ends. A client that knows of no nonce gets one
        that nobody can repeat. Raises GrantError ``invalid_grant`` or ``invalid_request``.
        """
        if len(nonce) > MAXIMUM_NONCE:
            raise GrantError("invalid_request")
        nonce = nonce or secrets.token_urlsafe(16)
        now = self.clock.now()
        with self._rows.write() as rows:
            answer = self._rotate(rows, refresh_token, nonce, now)
        if answer is None:
            raise GrantError("invalid_grant")
        return answer

    def revoke(self, token: str) -> None:
        """End the session of a token of either kind; an unknown one is no error (RFC 7009, 2.2)."""
        with self._rows.write() as rows:
            for kind in (_REFRESH, _ACCESS):
                entry = rows.find(kind, _hash(token))
                if entry is not None:
                    _revoke(rows, entry.group, "signed_out")

    def revoke_session(
        self, session_id: str, because: str, *, inside: EntryTransaction | None = None
    ) -> None:
        """End a session by its id: a lost laptop. Where ``inside`` is given in that transaction."""
        if inside is not None:
            _revoke(inside, session_id, because)
            return
        with self._rows.write() as rows:
            _revoke(rows, session_id, because)

    def find_session(self, session_id: str) -> Session | None:
        """Return the session with this id."""
        with self._rows.read() as rows:
            entry = rows.find(_SESSION, session_id)
        return None if entry is None else _session(entry)

    def revoke_staff(self, staff_id: str, because: str) -> None:
        """End every session of a staff member."""
        with self._rows.write() as rows:
            for entry in rows.list_subject(_SESSION, staff_id):
                _revoke(rows, entry.key, because)

    def list_sessions(self, staff_id: str) -> list[Session]:
        """Return the staff member's sessions, oldest first."""
        with self._rows.read() as rows:
            entries = rows.list_subject(_SESSION, staff_id)
        return [_session(entry) for entry in entries]

    def list_devices(self, firm_id: str) -> list[Session]:
        """Return the sessions of a firm's staff that can still be used, the last used first."""
        now = self.clock.now()
        with self._rows.read() as rows:
            found = [_session(entry) for entry in rows.list_group(_SESSION, firm_id)]
        kept_for = timedelta(days=REFRESH_DAYS)
        live = [one for one in found if not one.revoked_because and one.used_at + kept_for > now]
        return sorted(live, key=lambda one: (one.used_at, one.id), reverse=True)

    def find_principal(self, token: str) -> Principal | None:
        """Return who the access token belongs to, or None where it is unknown, expired or revoked."""
        with self._rows.read() as rows:
            entry = rows.find(_ACCESS, _hash(token))
        if entry is None or _expired(entry, self.clock.now()):
            return None
        return Principal(firm_id=entry.firm_id, staff_id=entry.subject_id, session_id=entry.group)

    def purge(self) -> int:
        """Remove what has expired; return how many entries that were.

        Sessions that were begun before they had an end get theirs.
        """
        with self._rows.write() as rows:
            for entry in rows.list_endless(_SESSION):
                used_at = decoder_of(_SessionData).decode(entry.data).used_at
                rows.put(dataclasses.replace(entry, expires_at=_session_end(used_at)))
            return rows.remove_expired(self.clock.now())

    def _begin(self, rows: EntryTransaction, code: Entry, data: _SessionData) -> TokenAnswer:
        session = Entry(
            kind=_SESSION,
            key=code.group,
            firm_id=code.firm_id,
            subject_id=code.subject_id,
            group=code.firm_id,
            expires_at=_session_end(data.used_at),
            data=msgspec.json.encode(data),
        )
        rows.put(session)
        refresh_token = secrets.token_urlsafe(32)
        self._put_refresh(rows, session, _hash(refresh_token), data.used_at)
        return self._answer(rows, session, refresh_token, data.used_at)

    def _rotate(
        self, rows: EntryTransaction, refresh_token: str, nonce: str, now: datetime
    ) -> TokenAnswer | None:
        old = rows.find(_REFRESH, _hash(refresh_token), lock=True)
        session = None if old is None else rows.find(_SESSION, old.group, lock=True)
        if old is None or session is None or _expired(old, now):
            return None
        if because := _session(session).revoked_because:
            # Whoever has the token may know: the person at that device wants to.
            raise GrantError("invalid_grant", because=because)
        data = decoder_of(_RefreshData).decode(old.data)
        successor = self._successor(refresh_token, nonce)
        if not data.successor_hash:
            replaced = _RefreshData(nonce_hash=_hash(nonce), successor_hash=_hash(successor))
            rows.put(dataclasses.replace(old, data=msgspec.json.encode(replaced)))
            self._put_refresh(rows, session, replaced.successor_hash, now)
        elif data.nonce_hash != _hash(nonce):
            _revoke(rows, session.key, "refresh_token_reused")
            return None
        elif _is_used(rows.find(_REFRESH, data.successor_hash)):
            # A late duplicate of a request that was answered long ago: it gets nothing and harms nobody.
            return None
        used = msgspec.structs.replace(decoder_of(_SessionData).decode(session.data), used_at=now)
        end = _session_end(now)
        rows.put(dataclasses.replace(session, data=msgspec.json.encode(used), expires_at=end))
        return self._answer(rows, session, successor, now)

    def _answer(
        self, rows: EntryTransaction, session: Entry, refresh_token: str, now: datetime
    ) -> TokenAnswer:
        access_token = secrets.token_urlsafe(32)
        rows.put(
            Entry(
                kind=_ACCESS,
                key=_hash(access_token),
                firm_id=session.firm_id,
                subject_id=session.subject_id,
                group=session.key,
                expires_at=now + timedelta(seconds=ACCESS_SECONDS),
            )
        )
        return TokenAnswer(access_token=access_token, refresh_token=refresh_token, expires_in=ACCESS_SECONDS)

    def _put_refresh(self, rows: EntryTransaction, session: Entry, token_hash: str, now: datetime) -> None:
        rows.put(
            Entry(
                kind=_REFRESH,
                key=token_hash,
                firm_id=session.firm_id,
                subject_id=session.subject_id,
                group=session.key,
                expires_at=now + timedelta(days=REFRESH_DAYS),
                data=msgspec.json.encode(_RefreshData()),
            )
        )

    def _successor(self, refresh_token: str, nonce: str) -> str:
        text = f"refresh\x1f{refresh_token}\x1f{nonce}".encode()
        return urlsafe_b64encode(hmac.digest(self._refresh_key, text, hashlib.sha256)).decode().rstrip("=")


def _revoke(rows: EntryTransaction, session_id: str, because: str) -> None:
    # First of all: who renews it at this moment has the row, and commits an access token that must go, too.
    entry = rows.find(_SESSION, session_id, lock=True)
    # Refresh tokens stay until they expire: they open nothing, and tell their device why.
    rows.remove_group(_ACCESS, session_id)
    if entry is None:
        return
    data = decoder_of(_SessionData).decode(entry.data)
    if not data.revoked_because:
        revoked = msgspec.structs.replace(data, revoked_because=because)
        rows.put(dataclasses.replace(entry, data=msgspec.json.encode(revoked)))


def _is_used(entry: Entry | None) -> bool:
    return entry is None or bool(decoder_of(_RefreshData).decode(entry.data).successor_hash)


def _expired(entry: Entry, now: datetime) -> bool:
    return entry.expires_at is not None and entry.expires_at <= now


def _session_end(used_at: datetime) -> datetime:
    return used_at + timedelta(days=SESSION_DAYS)


def _session(entry: Entry) -> Session:
    data = decoder_of(_SessionData).decode(entry.data)
    return Session(
        id=entry.key,
        firm_id=entry.firm_id,
        staff_id=entry.subject_id,
        signed_in_at=data.signed_in_at,
        used_at=data.used_at,
        name=data.name,
        platform=data.platform,
        revoked_because=data.revoked_because,
    )


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()

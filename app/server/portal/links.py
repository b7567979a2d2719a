"""The links that customers get by e-mail, and the codes beside them.

A token has 256 bits and is derived from what it is for with a key that all server processes share, so that
a second try of an e-mail carries the same link although only its hash is kept. One link per invitation works.
"""

from __future__ import annotations

import dataclasses
import hashlib
import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime

import msgspec

from app.domain.decoders import decoder_of
from app.server.store.entries import Entry, EntryRows, EntryTransaction

MAXIMUM_TRIES = 5
INVITATION, SET_UP, MANAGE = "invitation", "set_up", "manage"
PATH = "/i/"
_KIND = "link"
# Without those that look alike: 0 O, 1 I L, 5 S, 8 B, 2 Z.
_LETTERS = "ACDEFGHJKMNPQRTUVWXY34679"
_CODE_LENGTH = 6
_TOKEN_LENGTH = 43


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link that works. ``source`` is the sending it belongs to, ``tries`` how often the fact was wrong."""

    key: str
    firm_id: str
    about_id: str
    purpose: str
    source: str
    made_at: datetime
    tries: int = 0

    @property
    def is_locked(self) -> bool:
        """Tell whether the fact was wrong too many times."""
        return self.tries >= MAXIMUM_TRIES


class _LinkData(msgspec.Struct, frozen=True):
    source: str
    made_at: datetime
    tries: int = 0


class Links:
    """Makes and finds links. ``key`` is the same in every process of the server."""

    def __init__(self, rows: EntryRows, key: bytes) -> None:
        self._rows = rows
        self._key = key

    def find(self, token: str) -> Link | None:
        """Return the link behind a token, or None where there is none that works."""
        if len(token) != _TOKEN_LENGTH:
            return None
        with self._rows.read() as rows:
            return find_link(rows, _hash(token))

    def renew(
        self,
        rows: EntryTransaction,
        link: Link,
        expires_at: datetime,
    ) -> Link | None:
        """Make this link the one that works, and return it as it is kept.

        A link of the same sending stays as it is with its tries. None where a later sending has its own.
        """
        present = find_link_about(rows, link.about_id)
        if present is not None and present.source == link.source:
            return present
        if present is not None and present.made_at > link.made_at:
            return None
        if present is not None:
            rows.remove(_KIND, present.key)
        _put(rows, link, expires_at)
        return link

    def new_link(self, firm_id: str, about_id: str, purpose: str, source: str, made_at: datetime) -> Link:
        """Return the link of a sending; nothing is written."""
        key = _hash(self._token(about_id, source))
        return Link(
            key=key, firm_id=firm_id, about_id=about_id, purpose=purpose, source=source, made_at=made_at
        )

    def address(self, public_url: str, link: Link) -> str:
        """Return the address that the e-mail carries."""
        return f"{public_url.rstrip('/')}{PATH}{self._token(link.about_id, link.source)}"

    def code(self, link: Link, email: str) -> str:
        """Return the code in the e-mail to this address, such as ``ACD-347``."""
        text = f"code\x1f{link.key}\x1f{email.strip().casefold()}".encode()
        number = int.from_bytes(hmac.digest(self._key, text, hashlib.sha256)[:16], "big")
        letters = []
        for _ in range(_CODE_LENGTH):
            number, place = divmod(number, len(_LETTERS))
            letters.append(_LETTERS[place])
        return f"{''.join(letters[:3])}-{''.join(letters[3:])}"

    def _token(self, about_id: str, source: str) -> str:
        text = f"link\x1f{about_id}\x1f{source}".encode()
        return urlsafe_b64encode(hmac.digest(self._key, text, hashlib.sha256)).decode().rstrip("=")


def find_link(rows: EntryTransaction, key: str, *, lock: bool = False) -> Link | None:
    """Return the link with this key."""
    entry = rows.find(_KIND, key, lock=lock)
    return None if entry is None else _link(entry)


def find_link_about(rows: EntryTransaction, about_id: str) -> Link | None:
    """Return the link of an invitation or an activation that works, or None before the first e-mail."""
    entries = rows.list_subject(_KIND, about_id)
    return _link(entries[0]) if entries else None


def note_wrong_fact(rows: EntryTransaction, link: Link) -> Link:
    """Count one wrong fact and return the link as it is then."""
    entry = rows.find(_KIND, link.key, lock=True)
    present = link if entry is None else _link(entry)
    counted = dataclasses.replace(link, tries=present.tries + 1)
    _put(rows, counted, entry.expires_at if entry is not None else None)
    return counted


def is_same_code(typed: str, code: str) -> bool:
    """Tell whether that is the code, however it is spaced and whatever its case."""
    return hmac.compare_digest(_plain(typed).encode(), _plain(code).encode())


def _plain(code: str) -> str:
    return "".join(char for char in code.upper() if char.isalnum())


def _put(rows: EntryTransaction, link: Link, expires_at: datetime | None) -> None:
    rows.put(
        Entry(
            kind=_KIND,
            key=link.key,
            firm_id=link.firm_id,
            subject_id=link.about_id,
            group=link.purpose,
            expires_at=expires_at,
            data=msgspec.json.encode(_LinkData(link.source, link.made_at, link.tries)),
        )
    )


def _link(entry: Entry) -> Link:
    data = decoder_of(_LinkData).decode(entry.data)
    return Link(
        key=entry.key,
        firm_id=entry.firm_id,
        about_id=entry.subject_id,
        purpose=entry.group,
        source=data.source,
        made_at=data.made_at,
        tries=data.tries,
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

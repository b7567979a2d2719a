"""The accounts of staff at this server's own issuer: e-mail and password, and how often it was wrong."""

from __future__ import annotations

import dataclasses
import hashlib
import math
from dataclasses import dataclass
from datetime import datetime

import msgspec

from app.clock import Clock
from app.domain.decoders import decoder_of
from app.server.identity.passwords import Passwords
from app.server.identity.sign_in_errors import TooManyTriesError, WrongCredentialsError
from app.server.identity.throttle import (
    FORGOTTEN_AFTER,
    FREE_TRIES,
    FREE_TRIES_OF_ADDRESS,
    Failures,
    add_failure,
    network_of,
)
from app.server.store.entries import Entry, EntryRows, EntryTransaction

PROVIDER_LINK = "provider_link"
"""Kind of an entry: an external provider's name for a person → the staff member."""

_ACCOUNT = "account"
_FAILURES = "failures"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Who may sign in as which staff member. ``one_click`` is for the sample firm: a button, no password."""

    firm_id: str
    staff_id: str
    email: str
    name: str = ""
    one_click: bool = False


_ONE_CLICK = "one_click"


class _AccountData(msgspec.Struct, frozen=True):
    password_hash: str | None = None
    name: str = ""
    place: int = 0


class _FailureData(msgspec.Struct, frozen=True):
    count: int
    last_at: datetime


class Accounts:
    """Adds accounts and checks passwords."""

    def __init__(self, rows: EntryRows, clock: Clock, passwords: Passwords | None = None) -> None:
        self._rows = rows
        self._clock = clock
        self._passwords = passwords or Passwords()

    def add(self, account: Account, password: str | None) -> bool:
        """Add an account, or give it a new password; return whether it was new.

        Whoever had signed in for it at an external provider is forgotten: the next one there is the one.
        ``None`` is an account that no password opens (an external provider, the sample firm's). Raises
        WeakPasswordError.
        """
        kept = None if password is None else self._passwords.hash(password)
        key = account.email.strip().casefold()
        with self._rows.write() as rows:
            place = len(rows.list_group(_ACCOUNT, _ONE_CLICK)) if account.one_click else 0
            data = _AccountData(password_hash=kept, name=account.name, place=place)
            is_new = rows.find(_ACCOUNT, key, lock=True) is None
            for link in rows.list_subject(PROVIDER_LINK, account.staff_id):
                rows.remove(PROVIDER_LINK, link.key)
            rows.put(
                Entry(
                    kind=_ACCOUNT,
                    key=key,
                    firm_id=account.firm_id,
                    subject_id=account.staff_id,
                    group=_ONE_CLICK if account.one_click else "",
                    data=msgspec.json.encode(data),
                )
            )
        return is_new

    def find(self, email: str) -> Account | None:
        """Return the account with this address."""
        with self._rows.read() as rows:
            entry = rows.find(_ACCOUNT, email.strip().casefold())
        return None if entry is None else _account(entry)

    def list_one_click(self) -> list[Account]:
        """Return the accounts that a click opens, in the order they were added: those of a sample firm."""
        with self._rows.read() as rows:
            entries = rows.list_group(_ACCOUNT, _ONE_CLICK)
        entries.sort(key=lambda entry: decoder_of(_AccountData).decode(entry.data).place)
        return [_account(entry) for entry in entries]

    def check(self, email: str, password: str, address: str) -> Account:
        """Return whose password it is. ``address`` is the network address that the try comes from.

        Raises TooManyTriesError before the password is even looked at, and WrongCredentialsError.
        """
        key = email.strip().casefold()
        counters = [
            (_key("account", key), FREE_TRIES),
            (_key("address", network_of(address)), FREE_TRIES_OF_ADDRESS),
        ]
        now = self._clock.now()
        with self._rows.read() as rows:
            for counter, free_tries in counters:
                self._refuse_while_waiting(rows, counter, free_tries, now)
            entry = rows.find(_ACCOUNT, key)
        data = _AccountData() if entry is None else decoder_of(_AccountData).decode(entry.data)
        fits = self._passwords.fits(data.password_hash, password)
        if not fits or entry is None:
            with self._rows.write() as rows:
                for counter, _ in counters:
                    _note_failure(rows, counter, now)
            raise WrongCredentialsError("wrong_credentials")
        with self._rows.write() as rows:
            rows.remove(_FAILURES, counters[0][0])
        if data.password_hash is not None and self._passwords.needs_rehash(data.password_hash):
            kept = self._passwords.hash(password)
            with self._rows.write() as rows:
                stronger = msgspec.structs.replace(data, password_hash=kept)
                rows.put(dataclasses.replace(entry, data=msgspec.json.encode(stronger)))
        return _account(entry)

    def _refuse_while_waiting(
        self, rows: EntryTransaction, counter: str, free_tries: int, now: datetime
    ) -> None:
        failures = _failures(rows.find(_FAILURES, counter))
        if failures is None:
            return
        until = failures.wait_until(free_tries)
        if now < until:
            seconds = math.ceil((until - now).total_seconds())
            raise TooManyTriesError("too_many_tries", seconds=seconds)


def _note_failure(rows: EntryTransaction, counter: str, now: datetime) -> None:
    failures = add_failure(_failures(rows.find(_FAILURES, counter, lock=True)), now)
    data = msgspec.json.encode(_FailureData(failures.count, failures.last_at))
    rows.put(Entry(kind=_FAILURES, key=counter, expires_at=now + FORGOTTEN_AFTER, data=data))


def _failures(entry: Entry | None) -> Failures | None:
    if entry is None:
        return None
    data = decoder_of(_FailureData).decode(entry.data)
    return Failures(count=data.count, last_at=data.last_at)


def _account(entry: Entry) -> Account:
    data = decoder_of(_AccountData).decode(entry.data)
    return Account(
        firm_id=entry.firm_id,
        staff_id=entry.subject_id,
        email=entry.key,
        name=data.name,
        one_click=entry.group == _ONE_CLICK,
    )


def _key(kind: str, value: str) -> str:
    # Addresses of people who mistyped are nobody's business: the counter does not need them in clear.
    return hashlib.sha256(f"{kind}:{value}".encode()).hexdigest()

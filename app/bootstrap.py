"""Builds the program from its parts, and takes substitutes for them as arguments.

Importing this module loads nothing heavy: the window paints its first picture from ``Start`` before
``Start.build`` loads the rest.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from app.clock import Clock, SystemClock
from app.config import Config, change_config, load_config, load_policy, with_policy
from app.paths import Profile, ProfileLock, policy_file, program_command
from app.secrets import (
    KeyStore,
    PlatformKeyring,
    SecretsError,
    derive_key,
    describe_keyring,
    key_from_passphrase,
    load_or_make_key,
    new_key,
    new_salt,
    passphrase_check,
)

__all__ = ["HEAVY_PACKAGES", "Samverka", "Start", "build", "describe_keyring"]

if TYPE_CHECKING:
    from app.domain.records import Registration
    from app.remote.embedded import EmbeddedServer
    from app.storage.first_screen import FirstScreen
    from app.storage.opening import Opened
    from app.sync.connection import Connection
    from app.sync.runner import Pace
    from app.usecases.events import Event

__all__ = ["HEAVY_PACKAGES", "Samverka", "Start", "build", "describe_keyring"]

HEAVY_PACKAGES = (
    "msgspec",
    "sqlalchemy",
    "requests",
    "app.domain.effects",
    "app.storage.shown_tables",
    "app.sync.connection",
    "app.usecases.workspace",
)
"""What ``Start.build`` needs, for a window that loads it piece by piece after its first picture."""


class Samverka:
    """The program without its window: one attribute per module of app.usecases."""

    def __init__(self, start: Start, opened: Opened, connection: Connection, events: Any) -> None:
        from app.catalogue import load_catalogue
        from app.profile_log import ProfileLog
        from app.usecases.access_review import AccessReview
        from app.usecases.activation import Activations
        from app.usecases.agreements import Agreements
        from app.usecases.collaborations import Collaborations
        from app.usecases.customer_details import CustomerDetailsQuery
        from app.usecases.customer_intake import CustomerIntake
        from app.usecases.customer_list import CustomerList
        from app.usecases.customer_page import CustomerPage
        from app.usecases.devices import Devices
        from app.usecases.diagnostics import Diagnostics
        from app.usecases.ending import Ending
        from app.usecases.engagements import Engagements
        from app.usecases.importing import Importing
        from app.usecases.invitations import Invitations
        from app.usecases.life_events import LifeEvents
        from app.usecases.mail_tray import MailTray
        from app.usecases.navigation import Navigation
        from app.usecases.outbox import Outbox
        from app.usecases.overview import Overview
        from app.usecases.person_extract import PersonExtract
        from app.usecases.preferences import Preferences
        from app.usecases.reconciliation import Reconciliation
        from app.usecases.rights import RightsQuery
        from app.usecases.service_links import ServiceLinks
        from app.usecases.session import Session
        from app.usecases.setup import Setup
        from app.usecases.staffing import Staffing
        from app.usecases.status import StatusQueries
        from app.usecases.tables import Tables
        from app.usecases.today import TodayScreen
        from app.usecases.views import Views
        from app.usecases.workspace import Workspace

        self._log = ProfileLog(start.profile.log_folder)
        self.profile = start.profile
        self.clock = start.clock
        self.events = events
        self.is_sample = start.is_sample
        self.opened = opened
        self.courtesy = opened.database.courtesy
        self.connection = connection
        self.catalogue = load_catalogue()
        self.workspace = Workspace(opened.database, start.clock, events, wake=connection.wake)
        self.session = Session(self.workspace, connection)
        self.rights = RightsQuery(self.workspace)
        self.status = StatusQueries(self.workspace, connection)
        self.navigation = Navigation(self.workspace)
        self.outbox = Outbox(self.workspace)
        self.overview = Overview(self.workspace)
        self.views = Views(self.workspace)
        self.customer_list = CustomerList(self.workspace)
        self.customer_details = CustomerDetailsQuery(self.workspace)
        self.collaborations = Collaborations(self.workspace)
        self.invitations = Invitations(self.workspace)
        self.engagements = Engagements(self.workspace)
        self.staffing = Staffing(self.workspace)
        self.life_events = LifeEvents(self.workspace)
        self.person_extract = PersonExtract(self.workspace)
        self.access_review = AccessReview(self.workspace)
        self.agreements = Agreements(self.workspace, self.catalogue)
        self.ending = Ending(self.workspace, self.catalogue)
        self.reconciliation = Reconciliation(self.workspace, self.catalogue)
        self.service_links = ServiceLinks(self.workspace, self.catalogue)
        self.mail_tray = MailTray(connection)
        self.devices = Devices(connection)
        self.importing = Importing(self.workspace)
        self.tables = Tables(self.workspace, self.catalogue)
        self.customer_intake = CustomerIntake(self.workspace)
        self.customer_page = CustomerPage(self.workspace, self._check_registrations)
        self.setup = Setup(self.workspace, connection, start)
        self.preferences = Preferences(
            self.workspace, connection, start.profile, is_sample=start.is_sample, key_place=start.key_place
        )
        self.diagnostics = Diagnostics(self.workspace, self.preferences, start.profile)
        self.activation = Activations(
            self.workspace,
            self.catalogue,
            check_online=self._check_registrations,
            is_online=lambda: connection.is_connected,
        )
        self.today = TodayScreen(self.workspace, self.invitations, self.activation.list_drafts)
        self._closed = False

    def start(self) -> None:
        """Begin to synchronise."""
        self.connection.start()

    def close(self) -> None:
        """Take everything down once, in the order in which nothing speaks to what is gone."""
        if self._closed:
            return
        self._closed = True
        self.session.cancel_sign_in()
        self.reconciliation.stop()
        self.connection.close()
        self.opened.database.close()
        self._log.close()

    def _check_registrations(self, customer_ids: Sequence[str]) -> Sequence[Registration]:
        from app.contract.codec import decode_record
        from app.domain.records import Registration

        answer = self.connection.server().check_registrations(self.connection.device(), customer_ids)
        self.connection.wake()
        records = [decode_record("registration", bytes(raw)) for raw in answer.registrations]
        return [record for record in records if isinstance(record, Registration)]


class Start:
    """A profile on its way to being open: its lock, settings and key, the first picture, then all of it.

    Args:
        profile: the folder that everything is in.
        demo: the sample firm with the embedded server; without a keyring it takes a new key at each start.
        key_store: where the key is kept; the platform's keyring unless a test passes its own.
        passphrase: used instead of a keyring where the profile was made with one.
        server_command: the words that start this program as a server.
    """

    def __init__(
        self,
        profile: Profile,
        *,
        demo: bool = False,
        clock: Clock | None = None,
        key_store: KeyStore | None = None,
        passphrase: str = "",
        server_command: Sequence[str] | None = None,
        pace: Pace | None = None,
    ) -> None:
        self.profile = profile
        self.demo = demo
        self.clock: Clock = clock or SystemClock()
        self._key_store: KeyStore = PlatformKeyring() if key_store is None else key_store
        self._passphrase = passphrase
        self._server_command = list(server_command or program_command())
        self._pace = pace
        self._lock = ProfileLock(profile)
        self._key: bytes | None = None
        self._is_key_fresh = False

    @property
    def is_sample(self) -> bool:
        """Tell whether this is the sample firm."""
        return self.demo or self.config().sample

    def lock(self) -> None:
        """Take the profile. Raises ProfileBusyError ``profile_busy``."""
        self.profile.prepare()
        self._lock.acquire()

    def unlock(self) -> None:
        """Let go of the profile."""
        self._lock.release()

    def config(self) -> Config:
        """Return the profile's settings, those of the IT department in the place of the person's."""
        return with_policy(load_config(self.profile), self._policy)

    def locked_settings(self) -> frozenset[str]:
        """Return the names of the settings that the IT department has decided."""
        return frozenset(self._policy)

    @cached_property
    def _policy(self) -> dict[str, Any]:
        """What the IT department has decided, as it was when the program was started."""
        return load_policy(policy_file())

    def save_config(self, **changes: Any) -> Config:
        """Change some settings. Raises ConfigError ``config_not_written``."""
        return change_config(self.profile, **changes)

    def key(self) -> bytes:
        """Return the profile's key; the first time it is made and kept.

        Raises:
            SecretsError: ``keyring_missing``, ``keyring_locked``, ``keyring_needed``, ``key_damaged``,
                ``passphrase_needed``, ``passphrase_wrong``, ``passphrase_too_short`` for a new one.
        """
        if self._key is None:
            self._key = self._find_key()
        return self._key

    @property
    def key_place(self) -> str:
        """Return where the key is: keyring, passphrase, or memory for a sample firm without a keyring."""
        if self._is_key_fresh:
            return "memory"
        return load_config(self.profile).key_source or "keyring"

    def use_passphrase(self, passphrase: str) -> None:
        """Use this instead of a keyring from now on; the next ``key`` or ``build`` tries it."""
        self._passphrase = passphrase
        self._key = None

    def opens_with(self, passphrase: str) -> bool:
        """Tell whether this is the profile's passphrase; it takes a good part of a second."""
        return self._key_of(passphrase) is not None

    def read_first_screen(self) -> FirstScreen | None:
        """Return the top of the customer list, or None where there is nothing to be read yet."""
        from app.storage.first_screen import read_first_screen

        if not self.profile.database_file.exists():
            return None
        try:
            return read_first_screen(self.profile.database_file, self.key())
        except SecretsError:
            return None

    def build(self, on_event: Callable[[Event], None] | None = None, *, start: bool = True) -> Samverka:
        """Open the cache and build everything on it; synchronisation begins unless ``start`` is False.

        Raises:
            StorageError: ``database_newer``, ``disk_full`` and others.
            SecretsError: see ``key``.
        """
        from app.storage.keyvalues import get_session
        from app.storage.opening import open_database
        from app.storage.shown_rebuild import rebuild_shown
        from app.usecases.events import Events

        self.profile.prepare()
        opened = open_database(
            self.profile.database_file,
            self.key(),
            set_aside_folder=self.profile.set_aside_folder,
            now=self.clock.now(),
        )
        try:
            with opened.database.read() as unit:
                is_stale = bool(get_session(unit, "stale"))
            if is_stale or opened.set_aside is not None:
                with opened.database.write() as unit:
                    rebuild_shown(unit)
                opened.database.empty_log()
            events = Events()
            if on_event is not None:
                events.subscribe(on_event)
            samverka = Samverka(self, opened, self._connect(opened, events.publish), events)
        except BaseException:
            opened.database.close()
            raise
        if start:
            samverka.start()
        return samverka

    def make_embedded(self) -> EmbeddedServer:
        """Return the embedded server of this profile, not started yet."""
        from app.remote.embedded import EmbeddedServer

        return EmbeddedServer(
            self._server_command,
            self.profile.server_database_file,
            derive_key(self.key(), "embedded server"),
            sample=True,
            log_file=self.profile.log_folder / "server.log",
        )

    def _connect(self, opened: Opened, publish: Callable[[Any], None]) -> Connection:
        import platform

        from app.sync.connection import Connection
        from app.sync.runner import Pace

        config = self.config()
        embedded = self.make_embedded() if self.is_sample else None
        return Connection(
            opened.database,
            self.clock,
            publish,
            embedded=embedded,
            server_url="" if embedded else config.server_url,
            proxy=config.proxy,
            pace=self._pace or Pace(poll=config.poll_seconds),
            device_name=platform.node() or "Samverka",
        )

    def _find_key(self) -> bytes:
        config = load_config(self.profile)
        if config.key_source == "passphrase":
            if not self._passphrase:
                raise SecretsError("passphrase_needed")
            key = self._key_of(self._passphrase)
            if key is None:
                # With another key the file would look damaged, and be put aside with what is not sent.
                raise SecretsError("passphrase_wrong")
            return key
        profile_id = config.profile_id
        if not profile_id:
            profile_id = new_salt()
            self.profile.prepare()
            self.save_config(profile_id=profile_id)
        try:
            return load_or_make_key(self._key_store, profile_id)
        except SecretsError as error:
            if self.demo and error.code == "keyring_missing" and not self._passphrase:
                return self._fresh_demo_key()
            if self.profile.database_file.exists():
                # What the keyring's key has encrypted can be read with no other.
                raise SecretsError("keyring_needed", detail=error.data.get("detail", "")) from error
            if not self._passphrase:
                raise
            salt = new_salt()
            key = key_from_passphrase(self._passphrase, salt)
            self.save_config(
                key_source="passphrase", passphrase_salt=salt, passphrase_check=passphrase_check(key)
            )
            return key

    def _key_of(self, passphrase: str) -> bytes | None:
        config = load_config(self.profile)
        try:
            key = key_from_passphrase(passphrase, config.passphrase_salt)
        except SecretsError:
            return None  # shorter than any that was ever kept
        return key if passphrase_check(key) == config.passphrase_check else None

    def _fresh_demo_key(self) -> bytes:
        """Take a key that is forgotten at the end; what the last one encrypted is of no use any more."""
        for file in (self.profile.database_file, self.profile.server_database_file):
            for suffix in ("", "-wal", "-shm"):
                with contextlib.suppress(FileNotFoundError):
                    file.with_name(file.name + suffix).unlink()
        self._is_key_fresh = True
        return new_key()


def build(
    profile: Profile,
    *,
    demo: bool = False,
    clock: Clock | None = None,
    key_store: KeyStore | None = None,
    passphrase: str = "",
    server_command: Sequence[str] | None = None,
    pace: Pace | None = None,
    on_event: Callable[[Event], None] | None = None,
    start: bool = True,
) -> Samverka:
    """Build the program on a profile whose lock the caller holds. Raises StorageError, SecretsError."""
    return Start(
        profile,
        demo=demo,
        clock=clock,
        key_store=key_store,
        passphrase=passphrase,
        server_command=server_command,
        pace=pace,
    ).build(on_event, start=start)

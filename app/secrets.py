"""The one secret of a profile: the key of its encrypted cache.

32 random bytes, written once to the operating system's keyring, whose one back end for this platform is
loaded directly (the library's scan of entry points takes 70 ms and would pick a plaintext store in
silence). Without a keyring nothing is ever stored in the clear: a passphrase (argon2id) takes its place,
and the sample firm takes a new key at each start.
"""

from __future__ import annotations

import base64
import binascii
import os
import sys
from collections.abc import Callable
from typing import Protocol, TypeVar

from app.errors import SamverkaError

KEY_BYTES = 32
SALT_BYTES = 16
_SERVICE = "Samverka"
T = TypeVar("T")


class SecretsError(SamverkaError):
    """The key could not be fetched or kept; the program does not go on without it."""


class KeyStore(Protocol):
    """Where keys are kept: the platform's keyring, or a stand-in that a test passes in."""

    def find(self, name: str) -> bytes | None:
        """Return the key of that name, or None where there is none yet."""
        ...

    def keep(self, name: str, key: bytes) -> None:
        """Keep the key under that name."""
        ...

    def forget(self, name: str) -> None:
        """Remove the key of that name; a name without one is no error."""
        ...


class PlatformKeyring:
    """The keyring of this operating system.

    Raises SecretsError: ``keyring_missing`` where there is none, ``keyring_locked`` where it does not open,
    ``key_damaged`` where what it holds is no key.
    """

    def find(self, name: str) -> bytes | None:
        """Return the key of that name, or None where there is none yet."""
        text = _ask(lambda backend: backend.get_password(_SERVICE, name))
        return None if text is None else _decode_key(text)

    def keep(self, name: str, key: bytes) -> None:
        """Keep the key and read it back: a keyring that forgets would make the cache unreadable."""
        text = base64.b64encode(key).decode()
        _ask(lambda backend: backend.set_password(_SERVICE, name, text))
        if self.find(name) != key:
            raise SecretsError("keyring_missing", detail="not kept")

    def forget(self, name: str) -> None:
        """Remove the key of that name; a name without one is no error."""
        if self.find(name) is not None:
            _ask(lambda backend: backend.delete_password(_SERVICE, name))


class _Backend(Protocol):
    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...
    def delete_password(self, service: str, username: str) -> None: ...


def _ask(question: Callable[[_Backend], T]) -> T:
    from keyring.errors import KeyringError, KeyringLocked

    failures: list[type[Exception]] = [KeyringError, OSError, RuntimeError]
    locked: list[type[Exception]] = [KeyringLocked]
    if sys.platform.startswith("linux"):
        # The library lets errors of the secret service through as they are.
        from jeepney import DBusErrorResponse
        from secretstorage.exceptions import LockedException, PromptDismissedException, SecretStorageException

        failures += [SecretStorageException, DBusErrorResponse]
        locked += [LockedException, PromptDismissedException]
    try:
        return question(_load_backend())
    except tuple(locked) as error:
        raise SecretsError("keyring_locked") from error
    except tuple(failures) as error:
        raise SecretsError("keyring_missing", detail=type(error).__name__) from error


def _load_backend() -> _Backend:
    backend: _Backend
    try:
        if sys.platform == "win32":
            from keyring.backends.Windows import WinVaultKeyring

            backend = WinVaultKeyring()
        elif sys.platform == "darwin":
            from keyring.backends.macOS import Keyring as MacKeyring

            backend = MacKeyring()
        else:
            from keyring.backends.SecretService import Keyring as SecretServiceKeyring

            backend = SecretServiceKeyring()  # type: ignore[no-untyped-call]
    except (ImportError, RuntimeError) as error:
        raise SecretsError("keyring_missing", detail=type(error).__name__) from error
    return backend


def describe_keyring() -> str:
    """Return the name of the keyring in use, or ``none: passphrase``; used by the self-test."""
    try:
        PlatformKeyring().find("self-test")
    except SecretsError:
        return "none: passphrase"
    return type(_load_backend()).__module__.rsplit(".", maxsplit=1)[-1]


def new_key() -> bytes:
    """Return a new random key, of the operating system's generator for secrets."""
    return os.urandom(KEY_BYTES)


def new_salt() -> str:
    """Return a new salt for a passphrase, as text for the settings file."""
    return os.urandom(SALT_BYTES).hex()


def load_or_make_key(store: KeyStore, name: str) -> bytes:
    """Return the profile's key; the first time it is made and kept. Raises SecretsError."""
    key = store.find(name)
    if key is None:
        key = new_key()
        store.keep(name, key)
    return key


def key_from_passphrase(passphrase: str, salt: str) -> bytes:
    """Return the key that belongs to a passphrase (argon2id, RFC 9106 second recommended set: 64 MiB, t=3).

    Raises:
        SecretsError: ``passphrase_too_short`` below twelve characters.
    """
    from argon2.low_level import Type, hash_secret_raw

    if len(passphrase) < 12:
        raise SecretsError("passphrase_too_short", least=12)
    return hash_secret_raw(
        passphrase.encode(),
        bytes.fromhex(salt),
        time_cost=3,
        memory_cost=65536,
        parallelism=4,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def passphrase_check(key: bytes) -> str:
    """Return what tells the key of the right passphrase from others: kept in the clear beside the salt.

    From it neither the key nor the passphrase is found faster than from the encrypted file itself.
    """
    return derive_key(key, "passphrase check").hex()


def derive_key(key: bytes, purpose: str) -> bytes:
    """Return another key for another purpose; from it the first cannot be found (HMAC-SHA256)."""
    import hmac  # its library takes a while to load, and the first picture needs none

    return hmac.digest(key, f"samverka {purpose}".encode(), "sha256")


def _decode_key(text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise SecretsError("key_damaged") from error
    if len(key) != KEY_BYTES:
        raise SecretsError("key_damaged")
    return key

"""Passwords of staff: argon2id through argon2-cffi, one hash at a time."""

from __future__ import annotations

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from app.errors import SamverkaError

MINIMUM_LENGTH = 10
MAXIMUM_LENGTH = 256
"""An upper limit, so that nobody makes the server hash a book (ASVS 2.1.2 asks for at least 64)."""

MEMORY_KIB = 12 * 1024
PASSES = 16
"""A guess reads and writes as much memory as with RFC 9106's second recommended option (three passes over
64 MiB), but in 12 MiB: OWASP's cheat sheet asks for three passes at least with that. One sign-in would
otherwise take more than half of what a server process may have (decision 65).
"""

# One for the whole process: memory is the process's own.
_TURN = threading.Lock()


class WeakPasswordError(SamverkaError):
    """The password is shorter or longer than what is accepted."""


class Passwords:
    """Makes and checks hashes; takes the same time for an account that does not exist.

    Callers on several threads get their turns one after the other, so that signing in at once costs the
    memory of one. ``hasher`` says how costly hashes are.
    """

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=1)
        with _TURN:
            self._decoy = self._hasher.hash("nobody has this one")

    def hash(self, password: str) -> str:
        """Return the hash to keep. Raises WeakPasswordError ``password_length``."""
        if not MINIMUM_LENGTH <= len(password) <= MAXIMUM_LENGTH:
            raise WeakPasswordError("password_length", minimum=MINIMUM_LENGTH, maximum=MAXIMUM_LENGTH)
        with _TURN:
            return self._hasher.hash(password)

    def fits(self, kept_hash: str | None, password: str) -> bool:
        """Tell whether the password is the one. Without a hash it works as long and says no."""
        try:
            with _TURN:
                self._hasher.verify(kept_hash or self._decoy, password[: MAXIMUM_LENGTH + 1])
        except (VerifyMismatchError, VerificationError, InvalidHashError):
            return False
        return kept_hash is not None

    def needs_rehash(self, kept_hash: str) -> bool:
        """Tell whether the hash was made with weaker settings than today's."""
        return self._hasher.check_needs_rehash(kept_hash)

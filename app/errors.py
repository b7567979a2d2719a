"""The errors that the program knows: a code and its data, never a sentence.

Sentences are in resources/messages and are looked up by the code where a person reads them.
"""

from __future__ import annotations


class SamverkaError(Exception):
    """A known problem.

    ``code`` names it in resources/messages; ``data`` fills the placeholders of its sentence and
    never holds secrets or personal numbers.
    """

    def __init__(self, code: str, **data: object) -> None:
        super().__init__(code)
        self.code = code
        self.data = data

    def __str__(self) -> str:
        """Return the code and its data, for logs."""
        if not self.data:
            return self.code
        return f"{self.code} {self.data!r}"


class UsageError(SamverkaError):
    """The command line was called with words that do not fit (exit status 2)."""


class ProfileBusyError(SamverkaError):
    """Another process holds the profile's lock (exit status 3)."""


class StorageError(SamverkaError):
    """The local database could not be opened, read or written."""


class RemoteError(SamverkaError):
    """The server could not be reached, or it answered something that is not ours."""


class SignInError(SamverkaError):
    """Sign-in was refused, cancelled or has ended."""

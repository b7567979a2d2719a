"""Why a sign-in or a token is refused."""

from __future__ import annotations

from app.errors import SignInError


class WrongCredentialsError(SignInError):
    """No such account, or not its password: which of them is never said."""


class TooManyTriesError(SignInError):
    """Too many wrong passwords. ``data`` has ``seconds`` until the next try."""


class GrantError(SignInError):
    """A code or refresh token that is not good; ``code`` is the word for the wire (RFC 6749, 5.2)."""

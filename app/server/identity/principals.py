"""Who a request comes from, once its token has been looked up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """A signed-in staff member; rights are read inside each transaction and not kept here."""

    firm_id: str
    staff_id: str
    session_id: str


class Authenticator(Protocol):
    """Turns an access token into a principal."""

    def find_principal(self, token: str) -> Principal | None:
        """Return who the token belongs to, or None where it is unknown, expired or revoked."""
        ...

"""What must be true of the claims about a person before they count: pure rules, apart from all requests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

GOOGLE = "https://accounts.google.com"


def read_required(text: str) -> tuple[tuple[str, str], ...]:
    """Return the claims that an administrator demands: ``hd=byran.example, groups=Samverka``.

    Raises:
        ValueError: a part without a name or a value.
    """
    found = []
    for part in filter(None, (each.strip() for each in text.split(","))):
        name, _, value = (each.strip() for each in part.partition("="))
        if not name or not value:
            raise ValueError(part)
        found.append((name, value))
    return tuple(found)


def find_unmet(required: tuple[tuple[str, str], ...], claims: Mapping[str, Any]) -> str | None:
    """Return a demanded claim that is absent or says something else; of a list one value is enough."""
    for name, value in required:
        said = claims.get(name)
        if value not in (said if isinstance(said, list) else [said]):
            return name
    return None


def is_address_vouched_for(issuer: str, claims: Mapping[str, Any]) -> bool:
    """Tell whether the provider answers for the claim ``email``; anybody can write any into a profile.

    Entra ID says ``xms_edov`` instead of ``email_verified``. Google has verified what an account of its own
    once proved; whose the address is today it only knows where it runs the mailbox (``hd``, or gmail.com).
    https://developers.google.com/identity/gsi/web/guides/verify-google-id-token
    """
    is_verified = claims.get("email_verified") is True or claims.get("xms_edov") in (True, 1, "1", "true")
    if issuer == GOOGLE:
        runs_the_mailbox = bool(claims.get("hd")) or str(claims.get("email", "")).endswith("@gmail.com")
        return is_verified and runs_the_mailbox
    return is_verified

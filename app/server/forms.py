"""Reads what strangers send in addresses and forms, and keeps nothing of it.

The framework's own readers keep the last thousand forms, addresses and cookies of each process as they were
parsed: passwords and tokens among them, and half a gigabyte of whatever a stranger likes to send.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from litestar import Request
from litestar.exceptions import ClientException

MOST_FIELDS = 200
"""In one form. The largest page has eight services and a dozen fields beside them."""

MOST_PARAMETERS = 600
"""In one address: five hundred ids of commands, and some."""

_FORM = "application/x-www-form-urlencoded"


async def read_form(request: Request[Any, Any, Any]) -> dict[str, str]:
    """Return the form's fields; of a field that comes twice the last counts. Another kind of body has none.

    Raises:
        ClientException: 400 for more fields than any page has.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await request.body()
    return dict(_pairs(body, MOST_FIELDS)) if kind == _FORM else {}


def read_query(request: Request[Any, Any, Any]) -> dict[str, str]:
    """Return the address's parameters; of one that comes twice the last counts. Raises ClientException."""
    return dict(list_query(request))


def list_query(request: Request[Any, Any, Any]) -> list[tuple[str, str]]:
    """Return the address's parameters in their order. Raises ClientException 400 for too many of them."""
    return _pairs(request.scope["query_string"], MOST_PARAMETERS)


def find_cookie(request: Request[Any, Any, Any], name: str) -> str:
    """Return the value of one of our own cookies, which need no quoting, or an empty text."""
    for part in request.headers.get("cookie", "").split(";"):
        found, _, value = part.strip().partition("=")
        if found == name:
            return value
    return ""


def _pairs(written: bytes, most: int) -> list[tuple[str, str]]:
    try:
        return parse_qsl(written.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=most)
    except ValueError as error:
        raise ClientException("too many fields") from error

"""What a person sees where a request is refused: a page, and not the problem details of a program."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response
from litestar.exceptions import ClientException
from litestar.utils import normalize_path

from app.server.portal.pages import Pages, choose_language, language_of, page_response

_PROGRAMS = ("/v1/", "/metrics/", "/health/", "/oauth/token/", "/oauth/revoke/", "/.well-known/")
"""What programs ask, and nobody opens. Before everything else, a mistyped address too, sits a person."""

_SIGN_IN = "/oauth/"
_SECTIONS = {404: "not_found", 429: "too_many", 413: "too_large"}


class RefusalPages:
    """Makes the page for a refused request. It says what to do next, and nothing of the error itself."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def find(self, request: Request[Any, Any, Any], status: int) -> Response[str] | None:
        """Return the page for a status, or None where a program has asked."""
        path = f"{normalize_path(request.scope['path'])}/"
        if path.startswith(_PROGRAMS):
            return None
        asks = request.method in ("GET", "HEAD")
        section = _SECTIONS.get(status, "busy" if status >= 500 else "invalid")
        if asks and section == "too_large":
            section = "invalid"  # The address itself: nobody has written too long a text.
        is_signing_in = path.startswith(_SIGN_IN)
        if section == "busy" and (asks or is_signing_in):
            section = "busy_asking"
        language = _language(request)
        texts = self._pages.texts(language)["refused"]
        hint = texts["next_sign_in" if is_signing_in else "next_link"] if section in texts["hinted"] else ""
        return page_response(self._pages.message(language, section, hint=hint), status, forms="'none'")


def _language(request: Request[Any, Any, Any]) -> str:
    try:
        return choose_language(request)
    except ClientException:
        # Too many parameters, which may be what is refused.
        return language_of(request.headers.get("accept-language", ""))

"""Pages as HTML in Swedish and English, and the headers that every page is sent with."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from litestar import Request, Response
from litestar.enums import MediaType

from app.server.forms import read_query

LANGUAGES = ("sv", "en")
LANGUAGE_FIELD = "lang"

HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action {forms}; frame-ancestors 'none'; "
    "base-uri 'none'"
)


class Pages:
    """Renders the templates of a folder. Everything that is filled in is escaped."""

    def __init__(self, folder: Path) -> None:
        self._texts: dict[str, dict[str, Any]] = {
            language: tomllib.loads((folder / f"texts_{language}.toml").read_text("utf-8"))
            for language in LANGUAGES
        }
        self._to_person = {
            language: texts | {name: texts[name] | said for name, said in texts["person"].items()}
            for language, texts in self._texts.items()
        }
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=select_autoescape(default=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.style = (folder / "portal.css").read_bytes()
        self.icon = (folder / "icon.svg").read_bytes()

    def texts(self, language: str, *, to_person: bool = False) -> dict[str, Any]:
        """Return the texts of a language; ``to_person`` those for a customer who is no company."""
        return self._to_person[language] if to_person else self._texts[language]

    def render(
        self,
        template: str,
        language: str,
        *,
        title: str,
        switch: str = "",
        to_person: bool = False,
        **values: object,
    ) -> str:
        """Return a page. ``switch`` is the address of the same page in the other language, or empty."""
        page = self._environment.get_template(template)
        texts = self.texts(language, to_person=to_person)
        return page.render(language=language, title=title, switch=switch, t=texts, **values)

    def message(self, language: str, section: str, *, switch: str = "", hint: str = "") -> str:
        """Return a page that only says something: ``gone``, ``locked`` … ``hint`` is what to do next."""
        texts = self._texts[language][section]
        return self.render(
            "message.html", language, title=texts["title"], text=texts["text"], hint=hint, switch=switch
        )


def page_response(html: str, status: int = 200, *, forms: str = "'self'") -> Response[str]:
    """Return the page with its headers: nothing is kept, nothing is told on, no script runs (ASVS 14.4).

    ``forms`` is where forms may lead. Browsers count a redirect after the form, too.
    """
    headers = HEADERS | {"Content-Security-Policy": _POLICY.format(forms=forms)}
    return Response(html, status_code=status, media_type=MediaType.HTML, headers=headers)


def choose_language(request: Request[Any, Any, Any], fields: Mapping[str, str] | None = None) -> str:
    """Return the language that the page's switch says, otherwise the one the browser asks for."""
    chosen = (fields or {}).get(LANGUAGE_FIELD) or read_query(request).get(LANGUAGE_FIELD, "")
    if chosen in LANGUAGES:
        return chosen
    return language_of(request.headers.get("accept-language", ""))


def language_of(accept_language: str) -> str:
    """Return the language that the header prefers (RFC 9110, 12.5.4); Swedish where it names neither."""
    best, best_weight = "sv", 0.0
    for part in accept_language.split(","):
        tag, _, parameters = part.strip().partition(";")
        code = tag.strip().lower().partition("-")[0]
        if code not in LANGUAGES:
            continue
        name, _, value = parameters.strip().partition("=")
        try:
            weight = float(value) if name.strip() == "q" else 1.0
        except ValueError:
            continue
        if weight > best_weight:
            best, best_weight = code, weight
    return best


def other_language(language: str) -> str:
    """Return the language that the switch leads to."""
    return "en" if language == "sv" else "sv"


def is_from_another_site(request: Request[Any, Any, Any]) -> bool:
    """Tell whether the browser says that another site sent this form (Fetch Metadata); unknown is no."""
    return request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")

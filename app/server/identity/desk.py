"""What the routes of sign-in share: the desk's parts, its page, and the way back to the program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from litestar import Request, Response
from litestar.response import Redirect

from app.contract.sign_in import AUTHORIZE_PATH
from app.server.identity.accounts import Account, Accounts
from app.server.identity.authorization import (
    AuthorizationRefusedError,
    AuthorizationRequest,
    UntrustedRequestError,
    read_authorization,
    redirect_with,
)
from app.server.identity.directory import StaffDirectory
from app.server.identity.issuer import Issuer
from app.server.portal.pages import (
    LANGUAGE_FIELD,
    LANGUAGES,
    Pages,
    choose_language,
    other_language,
    page_response,
)

if TYPE_CHECKING:
    from app.server.identity.openid import OpenIdProvider

PROVIDER_FIELD = "provider"
START_PATH = "/oauth/openid/start"
CALLBACK_PATH = "/oauth/openid/callback"


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """Sign-in at external providers. ``key`` signs what a browser keeps while a person is there."""

    providers: Sequence[OpenIdProvider]
    directory: StaffDirectory
    key: bytes

    def find(self, id_: str) -> OpenIdProvider | None:
        """Return the provider with this id."""
        return next((provider for provider in self.providers if provider.id == id_), None)

    @property
    def takes_passwords(self) -> bool:
        """Tell whether anybody at all may sign in with a password."""
        return not any(not p.options.passwords and not p.options.firm for p in self.providers)

    def may_use_password(self, firm_id: str) -> bool:
        """Tell whether the staff of this firm may sign in with a password."""
        return not any(
            self.directory.speaks_for(provider.options.firm, firm_id)
            for provider in self.providers
            if not provider.options.passwords
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInDesk:
    """What the sign-in routes work with. ``public_url`` empty: the address that the request came to,
    which the front lets pass only if it is one of this server's own names.

    ``one_click`` offers the sample firm's buttons; accounts for them exist only there. ``staff`` knows who
    has left; without it whoever has an account may sign in.
    """

    issuer: Issuer
    accounts: Accounts
    pages: Pages
    public_url: str = ""
    one_click: bool = False
    elsewhere: Elsewhere | None = None
    staff: StaffDirectory | None = None

    def works_here(self, account: Account) -> bool:
        """Tell whether the account's staff member is there and has not left."""
        return self.staff is None or self.staff.is_active(account.firm_id, account.staff_id)

    def issuer_url(self, request: Request[Any, Any, Any]) -> str:
        """Return the issuer's identifier, as in the metadata and the ``iss`` parameter."""
        return (self.public_url or str(request.base_url)).rstrip("/")


def check_request(
    desk: SignInDesk, request: Request[Any, Any, Any], fields: dict[str, str]
) -> AuthorizationRequest | Response[Any]:
    """Return the program's request, or the answer to one that is wrong."""
    try:
        return read_authorization(fields)
    except UntrustedRequestError:
        return untrusted_page(desk, request, fields)
    except AuthorizationRefusedError as error:
        return send_back(desk, request, error.redirect_uri, {"error": error.code, "state": error.state})


def sign_in_page(
    desk: SignInDesk,
    request: Request[Any, Any, Any],
    checked: AuthorizationRequest,
    fields: dict[str, str],
    *,
    email: str = "",
    problem: str = "",
    status: int = 200,
) -> Response[Any]:
    """Return the page on which a person chooses how to sign in."""
    language = page_language(request, fields)
    carried = checked.fields() | {LANGUAGE_FIELD: language}
    other = urlencode(checked.fields() | {LANGUAGE_FIELD: other_language(language)})
    elsewhere = desk.elsewhere
    providers = [] if elsewhere is None else elsewhere.providers
    html = desk.pages.render(
        "sign_in.html",
        language,
        title=desk.pages.texts(language)["sign_in"]["title"],
        switch=f"{AUTHORIZE_PATH}?{other}",
        action=AUTHORIZE_PATH,
        fields=carried,
        one_click=desk.accounts.list_one_click() if desk.one_click else [],
        # A link and no form: browsers would hold the provider's own redirects against the form's policy.
        providers=[
            (provider.name, f"{START_PATH}?{urlencode(carried | {PROVIDER_FIELD: provider.id})}")
            for provider in providers
        ],
        takes_passwords=elsewhere is None or elsewhere.takes_passwords,
        email=email,
        problem=problem,
    )
    return page_response(html, status, forms=_form_targets(checked.redirect_uri))


def untrusted_page(
    desk: SignInDesk, request: Request[Any, Any, Any], fields: dict[str, str]
) -> Response[Any]:
    """Return the page for a request that nobody may be sent on from."""
    language = page_language(request, fields)
    texts = desk.pages.texts(language)["sign_in"]
    html = desk.pages.render(
        "message.html", language, title=texts["untrusted_title"], text=texts["untrusted"], hint=""
    )
    return page_response(html, 400, forms="'none'")


def page_language(request: Request[Any, Any, Any], fields: dict[str, str]) -> str:
    """Return the language of the page: its switch, the program's language, the browser's."""
    # The program says which language it is in (OpenID Connect Core, 3.1.2.1); the page's switch goes before.
    asked = fields.get("ui_locales", "").split(" ")[0].lower().partition("-")[0]
    if LANGUAGE_FIELD not in fields and asked in LANGUAGES:
        return asked
    return choose_language(request, fields)


def send_back(
    desk: SignInDesk, request: Request[Any, Any, Any], redirect_uri: str, answer: dict[str, str]
) -> Redirect:
    """Send the browser back to the program's listener."""
    place = redirect_with(redirect_uri, answer | {"iss": desk.issuer_url(request)})
    headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    return Redirect(place, status_code=303, headers=headers)


def _form_targets(redirect_uri: str) -> str:
    # The browser follows the form to the program's listener. A policy has no words for an IPv6 address.
    scheme, _, rest = redirect_uri.partition("://")
    host = rest.partition("/")[0]
    return "'self' http:" if host.startswith("[") else f"'self' {scheme}://{host}"

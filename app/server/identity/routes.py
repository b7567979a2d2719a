"""The issuer's addresses: the sign-in page, tokens, and what RFC 8414 wants told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Request, Response, get, post
from litestar.concurrency import sync_to_thread
from litestar.enums import MediaType
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler

from app.contract.sign_in import (
    AUTHORIZE_PATH,
    CLIENT_ID,
    METADATA_PATH,
    NONCE_FIELD,
    REVOKE_PATH,
    TOKEN_PATH,
    IssuerMetadata,
    TokenAnswer,
    TokenRefusal,
)
from app.server.identity.accounts import Account, Accounts
from app.server.identity.authorization import (
    AuthorizationRefusedError,
    AuthorizationRequest,
    UntrustedRequestError,
    read_authorization,
    redirect_with,
)
from app.server.identity.issuer import Issuer
from app.server.identity.sign_in_errors import GrantError, TooManyTriesError, WrongCredentialsError
from app.server.portal.pages import (
    LANGUAGE_FIELD,
    LANGUAGES,
    Pages,
    choose_language,
    is_from_another_site,
    other_language,
    page_response,
    read_form,
)

MAXIMUM_FORM_BYTES = 16_384
_TOKEN_HEADERS = {"Cache-Control": "no-store", "Pragma": "no-cache", "X-Content-Type-Options": "nosniff"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInDesk:
    """What the sign-in routes work with. ``public_url`` empty: the address that the request came to.

    ``one_click`` offers the sample firm's buttons; accounts for them exist only there.
    """

    issuer: Issuer
    accounts: Accounts
    pages: Pages
    public_url: str = ""
    one_click: bool = False

    def issuer_url(self, request: Request[Any, Any, Any]) -> str:
        """Return the issuer's identifier, as in the metadata and the ``iss`` parameter."""
        return (self.public_url or str(request.base_url)).rstrip("/")


def sign_in_routes(desk: SignInDesk) -> Sequence[ControllerRouterHandler]:
    """Return the routes of the issuer."""

    @get(AUTHORIZE_PATH, include_in_schema=False)
    async def show_sign_in(request: Request[Any, Any, Any]) -> Response[Any]:
        fields = {name: value for name, value in request.query_params.items() if isinstance(value, str)}
        return await sync_to_thread(_show, desk, request, fields)

    @post(AUTHORIZE_PATH, include_in_schema=False, request_max_body_size=MAXIMUM_FORM_BYTES)
    async def sign_in(request: Request[Any, Any, Any]) -> Response[Any]:
        fields = await read_form(request)
        return await sync_to_thread(_sign_in, desk, request, fields)

    @post(TOKEN_PATH, include_in_schema=False, request_max_body_size=MAXIMUM_FORM_BYTES, status_code=200)
    async def give_tokens(request: Request[Any, Any, Any]) -> Response[Any]:
        return await sync_to_thread(_give_tokens, desk.issuer, await read_form(request))

    @post(REVOKE_PATH, include_in_schema=False, request_max_body_size=MAXIMUM_FORM_BYTES, status_code=200)
    async def revoke(request: Request[Any, Any, Any]) -> Response[Any]:
        fields = await read_form(request)
        await sync_to_thread(desk.issuer.revoke, fields.get("token", ""))
        return _json(b"{}", 200)

    @get(METADATA_PATH, include_in_schema=False, sync_to_thread=False)
    def describe_issuer(request: Request[Any, Any, Any]) -> Response[Any]:
        url = desk.issuer_url(request)
        metadata = IssuerMetadata(
            issuer=url,
            authorization_endpoint=url + AUTHORIZE_PATH,
            token_endpoint=url + TOKEN_PATH,
            revocation_endpoint=url + REVOKE_PATH,
        )
        return _json(msgspec.json.encode(metadata), 200)

    return [show_sign_in, sign_in, give_tokens, revoke, describe_issuer]


def _show(desk: SignInDesk, request: Request[Any, Any, Any], fields: dict[str, str]) -> Response[Any]:
    checked = _checked(desk, request, fields)
    if isinstance(checked, Response):
        return checked
    return _sign_in_page(desk, request, checked, fields, email=checked.login_hint)


def _sign_in(desk: SignInDesk, request: Request[Any, Any, Any], fields: dict[str, str]) -> Response[Any]:
    checked = _checked(desk, request, fields)
    if isinstance(checked, Response):
        return checked
    if is_from_another_site(request):
        return _untrusted_page(desk, request, fields)
    if fields.get("cancel"):
        return _redirect(
            desk, request, checked.redirect_uri, {"error": "access_denied", "state": checked.state}
        )
    texts = desk.pages.texts(_language(request, fields))["sign_in"]
    email, password = fields.get("email", ""), fields.get("password", "")
    account: Account | None = None
    problem, status = "", 200
    if fields.get("as"):
        chosen = desk.accounts.find(fields["as"]) if desk.one_click else None
        account = chosen if chosen is not None and chosen.one_click else None
        problem, status = texts["wrong"], 403
    elif not email.strip() or not password:
        problem, status = texts["empty"], 400
    else:
        try:
            account = desk.accounts.check(email, password, _address_of(request))
        except WrongCredentialsError:
            problem, status = texts["wrong"], 403
        except TooManyTriesError as error:
            problem, status = texts["wait"].format(seconds=error.data["seconds"]), 429
    if account is None:
        return _sign_in_page(desk, request, checked, fields, email=email, problem=problem, status=status)
    code = desk.issuer.issue_code(checked, account.firm_id, account.staff_id)
    return _redirect(desk, request, checked.redirect_uri, {"code": code, "state": checked.state})


def _give_tokens(issuer: Issuer, fields: dict[str, str]) -> Response[Any]:
    if fields.get("client_id") != CLIENT_ID:
        return _refusal("invalid_client", 401)
    try:
        match fields.get("grant_type"):
            case "authorization_code":
                answer = issuer.exchange_code(
                    fields.get("code", ""), fields.get("code_verifier", ""), fields.get("redirect_uri", "")
                )
            case "refresh_token":
                answer = issuer.refresh(fields.get("refresh_token", ""), fields.get(NONCE_FIELD, ""))
            case _:
                return _refusal("unsupported_grant_type", 400)
    except GrantError as error:
        return _refusal(error.code, 400)
    return _tokens(answer)


def _language(request: Request[Any, Any, Any], fields: dict[str, str]) -> str:
    # The program says which language it is in (OpenID Connect Core, 3.1.2.1); the page's switch goes before.
    asked = fields.get("ui_locales", "").split(" ")[0].lower().partition("-")[0]
    if LANGUAGE_FIELD not in fields and asked in LANGUAGES:
        return asked
    return choose_language(request, fields)


def _checked(
    desk: SignInDesk, request: Request[Any, Any, Any], fields: dict[str, str]
) -> AuthorizationRequest | Response[Any]:
    try:
        return read_authorization(fields)
    except UntrustedRequestError:
        return _untrusted_page(desk, request, fields)
    except AuthorizationRefusedError as error:
        return _redirect(desk, request, error.redirect_uri, {"error": error.code, "state": error.state})


def _sign_in_page(
    desk: SignInDesk,
    request: Request[Any, Any, Any],
    checked: AuthorizationRequest,
    fields: dict[str, str],
    *,
    email: str = "",
    problem: str = "",
    status: int = 200,
) -> Response[Any]:
    language = _language(request, fields)
    other = urlencode(checked.fields() | {LANGUAGE_FIELD: other_language(language)})
    html = desk.pages.render(
        "sign_in.html",
        language,
        title=desk.pages.texts(language)["sign_in"]["title"],
        switch=f"{AUTHORIZE_PATH}?{other}",
        action=AUTHORIZE_PATH,
        fields=checked.fields() | {LANGUAGE_FIELD: language},
        one_click=desk.accounts.list_one_click() if desk.one_click else [],
        email=email,
        problem=problem,
    )
    return page_response(html, status, forms=_form_targets(checked.redirect_uri))


def _untrusted_page(
    desk: SignInDesk, request: Request[Any, Any, Any], fields: dict[str, str]
) -> Response[Any]:
    language = _language(request, fields)
    texts = desk.pages.texts(language)["sign_in"]
    html = desk.pages.render(
        "message.html", language, title=texts["untrusted_title"], text=texts["untrusted"]
    )
    return page_response(html, 400, forms="'none'")


def _form_targets(redirect_uri: str) -> str:
    # The browser follows the form to the program's listener. A policy has no words for an IPv6 address.
    scheme, _, rest = redirect_uri.partition("://")
    host = rest.partition("/")[0]
    return "'self' http:" if host.startswith("[") else f"'self' {scheme}://{host}"


def _redirect(
    desk: SignInDesk, request: Request[Any, Any, Any], redirect_uri: str, answer: dict[str, str]
) -> Redirect:
    place = redirect_with(redirect_uri, answer | {"iss": desk.issuer_url(request)})
    headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    return Redirect(place, status_code=303, headers=headers)


def _address_of(request: Request[Any, Any, Any]) -> str:
    return request.client.host if request.client else ""


def _tokens(answer: TokenAnswer) -> Response[Any]:
    return _json(msgspec.json.encode(answer), 200)


def _refusal(code: str, status: int) -> Response[Any]:
    return _json(msgspec.json.encode(TokenRefusal(error=code)), status)


def _json(content: bytes, status: int) -> Response[Any]:
    return Response(content, status_code=status, media_type=MediaType.JSON, headers=_TOKEN_HEADERS)

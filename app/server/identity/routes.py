"""The issuer's addresses: the sign-in page, tokens, and what RFC 8414 wants told."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.concurrency import sync_to_thread
from litestar.enums import MediaType
from litestar.types import ControllerRouterHandler

from app.contract.sign_in import (
    AUTHORIZE_PATH,
    CLIENT_ID,
    DEVICE_NAME_FIELD,
    METADATA_PATH,
    NONCE_FIELD,
    PLATFORM_FIELD,
    REVOKE_PATH,
    SIGNED_OUT_ELSEWHERE,
    TOKEN_PATH,
    IssuerMetadata,
    TokenAnswer,
    TokenRefusal,
)
from app.server.forms import read_form, read_query
from app.server.identity.accounts import Account
from app.server.identity.desk import (
    SignInDesk,
    check_request,
    page_language,
    send_back,
    sign_in_page,
    untrusted_page,
)
from app.server.identity.issuer import Issuer
from app.server.identity.sign_in_errors import GrantError, TooManyTriesError, WrongCredentialsError
from app.server.portal.pages import is_from_another_site

MAXIMUM_FORM_BYTES = 16_384
_TOKEN_HEADERS = {"Cache-Control": "no-store", "Pragma": "no-cache", "X-Content-Type-Options": "nosniff"}


def sign_in_routes(desk: SignInDesk) -> Sequence[ControllerRouterHandler]:
    """Return the routes of the issuer."""
    # Passwords are hashed one at a time. Who waits for that must not hold a thread that others need.
    turn = asyncio.Semaphore(1)

    @get(AUTHORIZE_PATH, include_in_schema=False)
    async def show_sign_in(request: Request[Any, Any, Any]) -> Response[Any]:
        return await sync_to_thread(_show, desk, request, read_query(request))

    @post(AUTHORIZE_PATH, include_in_schema=False, request_max_body_size=MAXIMUM_FORM_BYTES)
    async def sign_in(request: Request[Any, Any, Any]) -> Response[Any]:
        fields = await read_form(request)
        async with turn:
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

    return [show_sign_in, sign_in, give_tokens, revoke, describe_issuer, *_routes_elsewhere(desk)]


def _routes_elsewhere(desk: SignInDesk) -> Sequence[ControllerRouterHandler]:
    if desk.elsewhere is None:
        return []
    # What speaks to a provider takes 20 MB of memory: only where there is one.
    from app.server.identity.openid_routes import openid_routes

    return openid_routes(desk, desk.elsewhere)


def _show(desk: SignInDesk, request: Request[Any, Any, Any], fields: dict[str, str]) -> Response[Any]:
    checked = check_request(desk, request, fields)
    if isinstance(checked, Response):
        return checked
    return sign_in_page(desk, request, checked, fields, email=checked.login_hint)


def _sign_in(desk: SignInDesk, request: Request[Any, Any, Any], fields: dict[str, str]) -> Response[Any]:
    checked = check_request(desk, request, fields)
    if isinstance(checked, Response):
        return checked
    if is_from_another_site(request):
        return untrusted_page(desk, request, fields)
    if fields.get("cancel"):
        return send_back(
            desk, request, checked.redirect_uri, {"error": "access_denied", "state": checked.state}
        )
    texts = desk.pages.texts(page_language(request, fields))["sign_in"]
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
    if account is not None and not desk.works_here(account):
        # Whoever has the password of somebody who has left learns nothing from it.
        account, problem, status = None, texts["wrong"], 403
    if account is not None and desk.elsewhere and not desk.elsewhere.may_use_password(account.firm_id):
        account, problem, status = None, texts["password_not_used"], 403
    if account is None:
        return sign_in_page(desk, request, checked, fields, email=email, problem=problem, status=status)
    code = desk.issuer.issue_code(checked, account.firm_id, account.staff_id)
    return send_back(desk, request, checked.redirect_uri, {"code": code, "state": checked.state})


def _give_tokens(issuer: Issuer, fields: dict[str, str]) -> Response[Any]:
    if fields.get("client_id") != CLIENT_ID:
        return _refusal("invalid_client", 401)
    try:
        match fields.get("grant_type"):
            case "authorization_code":
                answer = issuer.exchange_code(
                    fields.get("code", ""),
                    fields.get("code_verifier", ""),
                    fields.get("redirect_uri", ""),
                    name=fields.get(DEVICE_NAME_FIELD, ""),
                    platform=fields.get(PLATFORM_FIELD, ""),
                )
            case "refresh_token":
                answer = issuer.refresh(fields.get("refresh_token", ""), fields.get(NONCE_FIELD, ""))
            case _:
                return _refusal("unsupported_grant_type", 400)
    except GrantError as error:
        is_elsewhere = error.data.get("because") == SIGNED_OUT_ELSEWHERE
        return _refusal(error.code, 400, SIGNED_OUT_ELSEWHERE if is_elsewhere else "")
    return _tokens(answer)


def _address_of(request: Request[Any, Any, Any]) -> str:
    return request.client.host if request.client else ""


def _tokens(answer: TokenAnswer) -> Response[Any]:
    return _json(msgspec.json.encode(answer), 200)


def _refusal(code: str, status: int, description: str = "") -> Response[Any]:
    return _json(msgspec.json.encode(TokenRefusal(error=code, error_description=description)), status)


def _json(content: bytes, status: int) -> Response[Any]:
    return Response(content, status_code=status, media_type=MediaType.JSON, headers=_TOKEN_HEADERS)

"""The way to an external provider and back. What must come back lies signed in the browser's own cookie.

So the answer counts only in the browser that began (a stranger's answer cannot be pushed on anybody), and
nothing is written here before a provider has said who it is.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey
from litestar import Request, Response, get
from litestar.concurrency import sync_to_thread
from litestar.datastructures import Cookie
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler

from app.errors import SamverkaError, SignInError
from app.server.forms import find_cookie, read_query
from app.server.identity.authorization import AuthorizationRequest
from app.server.identity.desk import (
    CALLBACK_PATH,
    PROVIDER_FIELD,
    START_PATH,
    Elsewhere,
    SignInDesk,
    check_request,
    page_language,
    send_back,
    sign_in_page,
    untrusted_page,
)
from app.server.identity.openid import OpenIdProvider, Pending
from app.server.portal.pages import LANGUAGE_FIELD, is_from_another_site

SECONDS_ELSEWHERE = 15 * 60
"""How long a person may take at the provider: a second factor, a new password."""

_COOKIE = "samverka-openid"
_ALGORITHM = "HS256"
log = logging.getLogger(__name__)


def openid_routes(desk: SignInDesk, elsewhere: Elsewhere) -> Sequence[ControllerRouterHandler]:
    """Return the routes."""

    @get(START_PATH, include_in_schema=False)
    async def start(request: Request[Any, Any, Any]) -> Response[Any]:
        return await sync_to_thread(_start, desk, elsewhere, request)

    @get(CALLBACK_PATH, include_in_schema=False)
    async def come_back(request: Request[Any, Any, Any]) -> Response[Any]:
        return await sync_to_thread(_come_back, desk, elsewhere, request)

    return [start, come_back]


def _start(desk: SignInDesk, elsewhere: Elsewhere, request: Request[Any, Any, Any]) -> Response[Any]:
    fields = read_query(request)
    checked = check_request(desk, request, fields)
    if isinstance(checked, Response):
        return checked
    provider = elsewhere.find(fields.get(PROVIDER_FIELD, ""))
    if provider is None or is_from_another_site(request):
        return untrusted_page(desk, request, fields)
    language = page_language(request, fields)
    try:
        address, pending = provider.begin(
            _callback(desk, request), language=language, login_hint=checked.login_hint
        )
    except SamverkaError as error:
        return _problem_page(desk, request, checked, fields, provider, error)
    claims = {
        "provider": provider.id,
        "state": pending.state,
        "nonce": pending.nonce,
        "verifier": pending.verifier,
        "request": checked.fields() | {LANGUAGE_FIELD: language},
        "exp": _now(desk) + SECONDS_ELSEWHERE,
    }
    kept = jwt.encode({"alg": _ALGORITHM}, claims, OctKey.import_key(elsewhere.key))
    headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    return Redirect(
        address, status_code=303, headers=headers, cookies=[_cookie(desk, request, kept, SECONDS_ELSEWHERE)]
    )


def _come_back(desk: SignInDesk, elsewhere: Elsewhere, request: Request[Any, Any, Any]) -> Response[Any]:
    answer = read_query(request)
    kept = _read_cookie(desk, elsewhere, request)
    provider = elsewhere.find(str(kept.get("provider", "")))
    fields = {str(name): str(value) for name, value in dict(kept.get("request", {})).items()}
    if provider is None or not fields:
        # Another browser, too late, or made up: there is nobody to send on.
        return untrusted_page(desk, request, fields)
    checked = check_request(desk, request, fields)
    if isinstance(checked, Response):
        return checked
    pending = Pending(state=kept["state"], nonce=kept["nonce"], verifier=kept["verifier"])
    try:
        identity = provider.finish(answer, pending, _callback(desk, request))
        account = elsewhere.directory.find(identity, provider.options.firm)
    except SamverkaError as error:
        response = _problem_page(desk, request, checked, fields, provider, error)
    else:
        code = desk.issuer.issue_code(checked, account.firm_id, account.staff_id)
        response = send_back(desk, request, checked.redirect_uri, {"code": code, "state": checked.state})
    # Once only, however it went.
    response.set_cookie(_cookie(desk, request, "", 0))
    return response


def _problem_page(
    desk: SignInDesk,
    request: Request[Any, Any, Any],
    checked: AuthorizationRequest,
    fields: dict[str, str],
    provider: OpenIdProvider,
    error: SamverkaError,
) -> Response[Any]:
    log.warning("sign-in at %s: %s %s", provider.name, error.code, error.data.get("reason", ""))
    texts = desk.pages.texts(page_language(request, fields))["sign_in"]
    code = error.code if isinstance(error, SignInError) else "openid_unreachable"
    problem = texts.get(code, texts["openid_refused"]).format(name=provider.name)
    status = 502 if code in ("openid_unreachable", "openid_not_as_configured") else 403
    return sign_in_page(desk, request, checked, fields, problem=problem, status=status)


def _read_cookie(desk: SignInDesk, elsewhere: Elsewhere, request: Request[Any, Any, Any]) -> dict[str, Any]:
    kept = find_cookie(request, _cookie_name(desk, request))
    try:
        token = jwt.decode(kept, OctKey.import_key(elsewhere.key), algorithms=[_ALGORITHM])
        jwt.JWTClaimsRegistry(now=_now(desk), exp={"essential": True}).validate(token.claims)
    except (JoseError, ValueError):
        return {}
    return token.claims


def _cookie(desk: SignInDesk, request: Request[Any, Any, Any], value: str, seconds: int) -> Cookie:
    return Cookie(
        key=_cookie_name(desk, request),
        value=value,
        max_age=seconds,
        path="/",
        secure=_is_https(desk, request),
        httponly=True,
        # The provider's answer is a navigation from another site; strict would keep the cookie from it.
        samesite="lax",
    )


def _cookie_name(desk: SignInDesk, request: Request[Any, Any, Any]) -> str:
    # With this prefix no neighbouring name of the domain can put a cookie of its own in our place.
    return f"__Host-{_COOKIE}" if _is_https(desk, request) else _COOKIE


def _is_https(desk: SignInDesk, request: Request[Any, Any, Any]) -> bool:
    return desk.issuer_url(request).startswith("https:")


def _callback(desk: SignInDesk, request: Request[Any, Any, Any]) -> str:
    return desk.issuer_url(request) + CALLBACK_PATH


def _now(desk: SignInDesk) -> int:
    return int(desk.issuer.clock.now().timestamp())

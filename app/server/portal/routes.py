"""The pages that customers open: an invitation's and a new account's. No script, no cookie, nothing kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from litestar import HttpMethod, Request, Response, get, post, route
from litestar.concurrency import sync_to_thread
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from app.server.forms import read_form
from app.server.portal.answering import Answering, Form, Page, Shown
from app.server.portal.links import PATH
from app.server.portal.pages import (
    LANGUAGE_FIELD,
    Pages,
    choose_language,
    is_from_another_site,
    other_language,
    page_response,
)
from app.server.portal.views import PageView

MAXIMUM_FORM_BYTES = 32_768
_ANSWER_PREFIX = "answer-"
_STATIC_HEADERS = {"Cache-Control": "public, max-age=3600", "X-Content-Type-Options": "nosniff"}
_TITLES = {
    Page.INVITATION: ("invitation", "title"),
    Page.ANSWERED: ("invitation", "done_title"),
    Page.SET_UP: ("setup", "title"),
    Page.SET_UP_DONE: ("setup", "done_title"),
    Page.MANAGE: ("manage", "title"),
    Page.ENDED: ("manage", "done_title"),
}


def portal_routes(answering: Answering, pages: Pages) -> Sequence[ControllerRouterHandler]:
    """Return the routes of the customers' pages."""

    @route(
        f"{PATH}{{token:str}}",
        http_method=[HttpMethod.GET, HttpMethod.HEAD],
        include_in_schema=False,
    )
    async def show_page(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[str]:
        language = choose_language(request)
        shown = await sync_to_thread(answering.show, token, language)
        return _respond(pages, shown, language, request, {})

    @post(
        f"{PATH}{{token:str}}",
        include_in_schema=False,
        request_max_body_size=MAXIMUM_FORM_BYTES,
        status_code=200,
    )
    async def send_form(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[str]:
        fields = await read_form(request)
        language = choose_language(request, fields)
        if is_from_another_site(request):
            return _respond(pages, Shown(page=Page.GONE), language, request, {})
        form = Form(
            answers={
                name.removeprefix(_ANSWER_PREFIX): value
                for name, value in fields.items()
                if name.startswith(_ANSWER_PREFIX)
            },
            fact=fields.get("fact", ""),
            name=fields.get("name", ""),
            words=fields.get("words", ""),
        )
        shown = await sync_to_thread(answering.send, token, form, language)
        return _respond(pages, shown, language, request, fields)

    return [show_page, send_form, *asset_routes(pages)]


def asset_routes(pages: Pages) -> Sequence[ControllerRouterHandler]:
    """Return the routes of what all pages load: their style and their icon."""

    @get("/portal/portal.css", include_in_schema=False, media_type="text/css", sync_to_thread=False)
    def style() -> Response[bytes]:
        return Response(pages.style, media_type="text/css", headers=_STATIC_HEADERS)

    @get("/portal/icon.svg", include_in_schema=False, media_type="image/svg+xml", sync_to_thread=False)
    def icon() -> Response[bytes]:
        return Response(pages.icon, media_type="image/svg+xml", headers=_STATIC_HEADERS)

    return [style, icon]


def _respond(
    pages: Pages, shown: Shown, language: str, request: Request[Any, Any, Any], fields: dict[str, str]
) -> Response[str]:
    switch = f"?{LANGUAGE_FIELD}={other_language(language)}"
    if shown.view is None:
        section = "locked" if shown.page == Page.LOCKED else "gone"
        status = 403 if shown.page == Page.LOCKED else 404
        return page_response(pages.message(language, section, switch=switch), status)
    section, title = _TITLES[shown.page]
    view = shown.view
    texts = pages.texts(language, to_person=view.is_person)
    html = pages.render(
        f"{shown.page.value}.html",
        language,
        title=texts[section][title],
        to_person=view.is_person,
        # A switch by link would lose what was typed, so it is there before anything was.
        switch=switch if request.method == "GET" else "",
        view=view,
        customer=_customer_label(view, texts["invitation"]),
        fields=fields,
        problems=_problem_texts(
            shown, texts["invitation"] | (texts["manage"] if section == "manage" else {})
        ),
        language_field=LANGUAGE_FIELD,
        prefix=_ANSWER_PREFIX,
    )
    return page_response(html, 422 if shown.problems else 200)


def _customer_label(view: PageView, texts: dict[str, str]) -> str:
    if view.customer_name is not None:
        return view.customer_name
    return texts["you"] if view.is_person else texts["your_company"]


def _problem_texts(shown: Shown, texts: dict[str, str]) -> dict[str, str]:
    names = {service.code: service.name for service in shown.view.services} if shown.view else {}
    found: dict[str, str] = {}
    for field, code in shown.problems:
        code, _, about = code.partition(":")
        if code == "error_fact_wrong" and shown.tries_left == 1:
            found[field] = texts["error_fact_wrong_one"]
        else:
            found[field] = texts[code].format(service=names.get(about or field, about), left=shown.tries_left)
    return found

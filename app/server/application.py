"""Puts the application together: the protocol's routes, sign-in and portal, and what runs beside them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

from litestar import Litestar
from litestar.concurrency import sync_to_thread
from litestar.types import ASGIApp, ControllerRouterHandler

from app.contract.wire import SPOKEN_HERE
from app.server.api.answers import answer_with_pages
from app.server.api.front import Front, LocalRules
from app.server.api.limits import Limits
from app.server.api.meter import Meter
from app.server.api.routes import ApiParts, api_routes
from app.server.feed.checking import RegistrationChecks
from app.server.feed.cursors import CursorSigner
from app.server.feed.places import Places
from app.server.feed.poking import PokeBoard
from app.server.feed.pulling import Puller
from app.server.feed.pushing import Pusher
from app.server.gateway.vendor import VendorGateway
from app.server.identity.devices import Devices
from app.server.identity.principals import Authenticator
from app.server.portal.refusing import RefusalPages
from app.server.store import Store


class BackgroundWork(Protocol):
    """What runs as long as the server runs: the workers for vendor, mail and what expires."""

    def start(self) -> None:
        """Begin."""
        ...

    def stop(self) -> None:
        """End, and return when it has ended."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerParts:
    """What an application is made of.

    ``routes`` are those of sign-in and portal, ``pages`` what a browser is shown where a request is refused.
    ``rules`` belong to an embedded server and are None elsewhere.
    ``find_problem`` gives a code while something needs an administrator: a mail server that refuses us.
    ``limits`` None: as many requests as anybody likes, for a server whose only client is its parent.
    ``metrics_token`` opens /metrics from other machines. ``protocols`` are the versions that are spoken.
    """

    store: Store
    authenticator: Authenticator
    devices: Devices
    gateway: VendorGateway
    pages: RefusalPages
    cursor_keys: Sequence[bytes]
    version: str
    routes: Sequence[ControllerRouterHandler] = ()
    workers: BackgroundWork | None = None
    rules: LocalRules | None = None
    public_url: str = ""
    sample: bool = False
    has_mail_tray: bool = False
    find_problem: Callable[[], str] = str
    limits: Limits | None = None
    metrics_token: str = ""
    protocols: range = SPOKEN_HERE


@dataclass(frozen=True, slots=True)
class Application:
    """The application, and the board whose waiting requests must be let go before it can stop."""

    asgi: ASGIApp
    board: PokeBoard


def build_application(parts: ServerParts) -> Application:
    """Return an application that can be served, or called by a test client."""
    board = PokeBoard(parts.store)
    signer = CursorSigner(parts.cursor_keys)
    meter = Meter(parts.store, parts.find_problem)
    api = ApiParts(
        store=parts.store,
        authenticator=parts.authenticator,
        puller=Puller(parts.store, signer),
        pusher=Pusher(parts.store, Places(signer)),
        devices=parts.devices,
        checks=RegistrationChecks(parts.store, parts.gateway),
        board=board,
        version=parts.version,
        public_url=parts.public_url,
        sample=parts.sample,
        has_mail_tray=parts.has_mail_tray,
        find_problem=parts.find_problem,
        meter=meter,
        limits=parts.limits,
        metrics_token=parts.metrics_token,
        protocols=parts.protocols,
    )

    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncIterator[None]:
        await board.start()
        if parts.workers is not None:
            await sync_to_thread(parts.workers.start)
        try:
            yield
        finally:
            if parts.workers is not None:
                await sync_to_thread(parts.workers.stop)
            await board.stop()

    litestar = Litestar(
        route_handlers=[*api_routes(api), *parts.routes],
        exception_handlers={Exception: answer_with_pages(parts.pages)},
        lifespan=[lifespan],
        openapi_config=None,
        logging_config=None,
    )
    return Application(Front(litestar, parts.rules, meter, parts.pages, protocol=parts.protocols[-1]), board)

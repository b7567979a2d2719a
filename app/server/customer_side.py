"""What faces the customer: the portal's pages, and the workers that ask the vendor and send e-mails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from litestar.types import ControllerRouterHandler

from app.catalogue import Catalogue, load_catalogue
from app.server.calendar import CalendarWorker
from app.server.gateway.company_watch import CompanyWatch
from app.server.gateway.news import NewsWorker
from app.server.gateway.vendor import VendorGateway
from app.server.gateway.worker import VendorWorker
from app.server.identity.issuer import Issuer
from app.server.mail.composing import Composer
from app.server.mail.ways import SmtpWay, TrayWay, read_smtp_url
from app.server.mail.worker import MAILS_AT_ONCE, MailRoute, MailWorker
from app.server.portal.answering import Answering
from app.server.portal.expiry import ExpiryWorker
from app.server.portal.links import Links
from app.server.portal.pages import Pages
from app.server.portal.routes import portal_routes
from app.server.store.store import Store
from app.server.workers import Worker, WorkerThreads

TRAY_SENDER = "samverka@localhost"


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerSide:
    """Routes for the application, workers to run in threads or one step at a time, and the mail worker
    again, whose ``problem`` the health page shows.
    """

    routes: Sequence[ControllerRouterHandler]
    workers: Sequence[Worker]
    mail: MailWorker
    threads: WorkerThreads

    def run_until_quiet(self, rounds: int = 20) -> int:
        """Let the workers take turns in this thread until none has anything due; return what was handled.

        Raises:
            RuntimeError: there is still something due after so many rounds.
        """
        handled = 0
        for _ in range(rounds):
            step = sum(worker.run_once() for worker in self.workers)
            if not step:
                return handled
            handled += step
        raise RuntimeError("the workers do not come to rest")


def customer_side(
    store: Store,
    *,
    gateway: VendorGateway,
    issuer: Issuer,
    pages: Pages,
    link_key: bytes,
    local_url: str,
    public_url: str = "",
    smtp: str = "",
    catalogue: Catalogue | None = None,
    others: Sequence[Worker] = (),
) -> CustomerSide:
    """Return the parts. Links lead to ``public_url``, or to ``local_url`` on an embedded server.

    ``others`` are workers that run beside.
    Without ``smtp`` e-mails go to the tray. Raises UsageError ``smtp_without_public_url``, ``smtp_url`` or
    ``smtp_needs_tls``.
    """
    catalogue = catalogue or load_catalogue()
    links = Links(store.routing, link_key)
    if smtp:
        server = read_smtp_url(smtp, public_url)
        route = MailRoute(way=SmtpWay(server), sender_address=server.sender, public_url=public_url)
    else:
        way = TrayWay(store.mail_tray, store.clock)
        route = MailRoute(way=way, sender_address=TRAY_SENDER, public_url=public_url or local_url)
    mail = MailWorker(store, Composer(links, catalogue), route)
    own: list[Worker] = [
        VendorWorker(store, gateway),
        mail,
        ExpiryWorker(store, issuer),
        CalendarWorker(store, issuer),
        NewsWorker(store, gateway),
        CompanyWatch(store, gateway),
    ]
    workers = [*own, *others]
    return CustomerSide(
        routes=portal_routes(Answering(store, links, catalogue), pages),
        workers=workers,
        mail=mail,
        # Where a mail server is slow with one e-mail, another thread goes past it.
        threads=WorkerThreads(store, [*workers, *[mail] * (MAILS_AT_ONCE - 1 if smtp else 0)]),
    )

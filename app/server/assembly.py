"""Makes the parts of a server from its options: keys, sign-in, gateway, and what they need of each other."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from app.catalogue import Catalogue
from app.paths import resources_folder
from app.server.api.front import LocalRules
from app.server.api.limits import Limits
from app.server.application import ServerParts
from app.server.audit.sealing import Seal
from app.server.customer_side import CustomerSide, customer_side
from app.server.gateway.register import RegisterGateway
from app.server.identity.accounts import Account, Accounts
from app.server.identity.desk import Elsewhere, SignInDesk
from app.server.identity.devices import Devices
from app.server.identity.directory import StaffDirectory
from app.server.identity.issuer import Issuer
from app.server.identity.passwords import Passwords
from app.server.identity.routes import sign_in_routes
from app.server.options import OpenIdOptions
from app.server.portal.pages import Pages
from app.server.portal.refusing import RefusalPages
from app.server.sample import make_sample_firm
from app.server.store import Store
from app.server.upkeep import UpkeepWorker

SHARED_KEYS = ("cursor_key", "refresh_key", "link_key", "audit_key", "sign_in_key")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembly:
    """The parts of the application, and those that tests and tools take hold of one by one."""

    parts: ServerParts
    accounts: Accounts
    gateway: RegisterGateway
    issuer: Issuer
    customer_side: CustomerSide


def assemble(
    store: Store,
    *,
    version: str,
    local_url: str,
    public_url: str = "",
    smtp: str = "",
    sample: bool = False,
    rules: LocalRules | None = None,
    limits: Limits | None = None,
    metrics_token: str = "",
    openid: Sequence[OpenIdOptions] = (),
    with_threads: bool = True,
    passwords: Passwords | None = None,
    catalogue: Catalogue | None = None,
    shows_tray: bool = True,
) -> Assembly:
    """Return the parts. ``sample`` fills a database without firms with the sample firm.

    Without ``smtp`` e-mails lie in the server's tray; ``shows_tray`` lets every signed-in person read it,
    which is for a server of one person only. Without ``with_threads`` the workers stand still, and
    ``customer_side.run_until_quiet`` moves them. ``passwords`` says how costly hashes are.
    ``catalogue`` is the services' names in e-mails and on pages; without it the program's own.

    Raises:
        UsageError: ``smtp_without_public_url``, ``smtp_url``, ``smtp_needs_tls``, ``openid_incomplete``,
            ``openid_not_https``.
    """
    gateway = RegisterGateway(store.register, store.clock, store.terms)
    accounts = Accounts(store.routing, store.clock, passwords)
    issuer = Issuer(store.routing, store.clock, shared_key(store, "refresh_key"))
    pages = Pages(resources_folder() / "portal")
    side = customer_side(
        store,
        gateway=gateway,
        issuer=issuer,
        pages=pages,
        link_key=shared_key(store, "link_key"),
        catalogue=catalogue,
        local_url=local_url,
        public_url=public_url,
        smtp=smtp,
        others=[UpkeepWorker(store, Seal(shared_key(store, "audit_key")))],
    )
    if sample and not store.list_firms():
        fill_with_sample(store, gateway, accounts)
    is_sample = bool(accounts.list_one_click())
    desk = SignInDesk(
        issuer=issuer,
        accounts=accounts,
        pages=pages,
        public_url=public_url,
        one_click=is_sample,
        elsewhere=_elsewhere(store, openid),
        staff=StaffDirectory(store),
    )
    parts = ServerParts(
        store=store,
        authenticator=issuer,
        devices=Devices(store, issuer),
        gateway=gateway,
        pages=RefusalPages(pages),
        cursor_keys=[shared_key(store, "cursor_key")],
        version=version,
        routes=[*sign_in_routes(desk), *side.routes],
        workers=side.threads if with_threads else None,
        rules=rules,
        limits=limits,
        metrics_token=metrics_token,
        public_url=public_url,
        sample=is_sample,
        has_mail_tray=shows_tray and not smtp,
        find_problem=lambda: side.mail.problem,
    )
    return Assembly(parts=parts, accounts=accounts, gateway=gateway, issuer=issuer, customer_side=side)


def _elsewhere(store: Store, openid: Sequence[OpenIdOptions]) -> Elsewhere | None:
    if not openid:
        return None
    # What speaks to a provider takes 20 MB of memory: only where there is one.
    from app.server.identity.openid import OpenIdProvider

    return Elsewhere(
        providers=[OpenIdProvider(options, store.clock) for options in openid],
        directory=StaffDirectory(store),
        key=shared_key(store, "sign_in_key"),
    )


def shared_key(store: Store, name: str) -> bytes:
    """Return a key that all processes of this server share; it is made when it is first asked for."""
    return bytes.fromhex(store.settings.find_or_put(name, secrets.token_hex(32)))


def fill_with_sample(store: Store, gateway: RegisterGateway, accounts: Accounts) -> None:
    """Write the sample firm: the vendor's register and the accounts first, the firm itself in one
    transaction.
    """
    made = make_sample_firm(store.clock.now(), store.clock.today())
    gateway.fill(made.register_companies, [(made.firm.id, made.licences)])
    for login in made.staff_logins:
        account = Account(
            firm_id=made.firm.id,
            staff_id=login.staff_id,
            email=login.email,
            name=login.name,
            one_click=True,
        )
        accounts.add(account, None)
    store.create_firm(made.firm, *(record for record in made.records if record != made.firm))

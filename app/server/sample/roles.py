"""Which customers the sample firm has: how many of each sort, and what is special about them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Ending(StrEnum):
    """What became of the customer's latest activation."""

    NONE = "none"
    PENDING = "pending"
    REMINDED = "reminded"
    BOUNCED = "bounced"
    DECLINED = "declined"
    PARTLY = "partly"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    REFUSED = "refused"
    RECEIVED = "received"
    REGISTERING = "registering"
    NEVER_LOGGED_IN = "never_logged_in"


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A sort of customer. ``active`` is how many linked collaborations it has, from and to.

    ``services`` are those that it has for certain, and ``types`` its engagements where they matter.
    """

    name: str
    count: int
    sole_firms: int = 0
    registered: bool = True
    administrators: int = 1
    active: tuple[int, int] = (0, 0)
    ending: Ending = Ending.NONE
    has_contact: bool = True
    has_email: bool = True
    has_address: bool = True
    has_engagements: bool = True
    has_participants: bool = True
    owns_subscription: bool = False
    other_firm: bool = False
    company_state: str = "active"
    archived: bool = False
    due_diligence: str = "done"
    types: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    has_main_contact: bool = True
    only_other_firm: bool = False
    lon_direkt: bool = False
    bank_link: bool = False
    open_reports: int = 0


ROLES = (
    Role(name="linked", count=50, sole_firms=8, active=(1, 5), administrators=2),
    Role(name="unlinked", count=24, sole_firms=1),
    Role(name="not_registered", count=25, sole_firms=6, registered=False),
    Role(name="invite", count=21, sole_firms=2, administrators=2, active=(0, 1)),
    Role(name="owns_subscription", count=6, administrators=2, owns_subscription=True),
    Role(name="engagement_missing", count=4, active=(1, 1)),
    Role(name="pending", count=8, sole_firms=1, administrators=2, ending=Ending.PENDING, active=(0, 1)),
    Role(name="reminded", count=4, administrators=2, ending=Ending.REMINDED),
    Role(name="bounced", count=2, administrators=2, ending=Ending.BOUNCED),
    Role(name="declined", count=4, administrators=2, ending=Ending.DECLINED),
    Role(name="partly", count=3, administrators=3, ending=Ending.PARTLY),
    Role(name="expired", count=3, administrators=2, ending=Ending.EXPIRED),
    Role(name="withdrawn", count=2, administrators=2, ending=Ending.WITHDRAWN),
    Role(name="stopped", count=3, administrators=2, ending=Ending.STOPPED),
    Role(name="refused", count=2, registered=False, ending=Ending.REFUSED),
    Role(name="received", count=1, administrators=2, ending=Ending.RECEIVED),
    Role(name="registering", count=1, registered=False, ending=Ending.REGISTERING),
    Role(name="never_logged_in", count=3, sole_firms=1, ending=Ending.NEVER_LOGGED_IN),
    Role(name="ending", count=4, active=(2, 3), administrators=2),
    Role(name="ended", count=4, active=(1, 2), administrators=2),
    Role(name="no_email", count=3, registered=False, has_email=False),
    Role(name="no_address", count=3, registered=False, has_address=False),
    Role(name="no_contact", count=2, registered=False, has_contact=False),
    Role(name="no_engagement", count=4, sole_firms=1, has_engagements=False),
    Role(name="no_participants", count=2, has_participants=False, administrators=2),
    Role(name="no_administrator", count=2, administrators=0),
    Role(name="other_firm", count=4, administrators=2, other_firm=True),
    Role(name="several_vendor_numbers", count=2, administrators=2),
    Role(name="no_due_diligence", count=5, sole_firms=1, administrators=2, due_diligence="not_begun"),
    Role(name="due_diligence_ongoing", count=4, registered=False, due_diligence="ongoing"),
    Role(name="liquidation", count=1, company_state="liquidation", active=(1, 1)),
    Role(name="bankrupt", count=1, company_state="bankrupt", active=(1, 1)),
    Role(name="merged", count=1, company_state="merged", active=(1, 1)),
    Role(name="name_differs", count=2, active=(1, 2)),
    Role(name="archived", count=8, sole_firms=1, archived=True),
)
"""Of the ``count`` customers of a role, ``sole_firms`` are sole firms and the rest legal persons."""

_BOOKS = ("bookkeeping",)

CASE_ROLES = (
    Role(
        name="no_main_contact",
        count=2,
        administrators=1,
        types=_BOOKS,
        services=("scanner",),
        has_main_contact=False,
    ),
    Role(name="bank_link", count=1, types=_BOOKS, services=("eekonomi",), bank_link=True),
    Role(
        name="open_reports", count=1, types=("bookkeeping", "payroll"), services=("utlagg",), open_reports=2
    ),
    Role(name="lon_direkt", count=1, administrators=2, types=("bookkeeping", "payroll"), lon_direkt=True),
    Role(name="only_other_firm", count=1, administrators=0, only_other_firm=True, types=_BOOKS),
    Role(
        name="many_services",
        count=1,
        administrators=2,
        types=("bookkeeping", "year_end", "payroll"),
        services=("eekonomi", "ekonomioversikt", "scanner", "skatt_bokslut_pro", "utlagg"),
    ),
)
"""Customers for cases that are about ending (39, 42, 43, 45, 47) and about who may answer (12, 18)."""

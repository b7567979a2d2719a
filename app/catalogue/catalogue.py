"""The catalogue as the program asks it: which service is this, what fits it, what is it called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from app.catalogue.services import EngagementType, Label, Service
from app.catalogue.texts import Texts
from app.domain.records import Engagement, EngagementState

_VENDOR_WORDS = re.compile(r"^(visma|spiris|vismaspcs|spcs)\s+")


class MappingKind(StrEnum):
    """How sure the service is for a source system's product name."""

    EXACT = "exact"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ProductMapping:
    """The services that a product name may mean; exactly one when ``kind`` is exact."""

    kind: MappingKind
    services: tuple[str, ...] = ()
    variant: str = ""

    @property
    def service(self) -> str | None:
        """Return the service's code where there is no doubt."""
        return self.services[0] if self.kind == MappingKind.EXACT else None


class EngagementProposalKind(StrEnum):
    """What to do about the engagement when a collaboration is linked."""

    PROPOSED = "proposed"
    ASK = "ask"
    CREATE = "create"


@dataclass(frozen=True, slots=True)
class EngagementProposal:
    """One fitting engagement is proposed, of several a person chooses, and with none one is created."""

    kind: EngagementProposalKind
    fitting: tuple[Engagement, ...] = ()

    @property
    def engagement(self) -> Engagement | None:
        """Return the engagement to propose, where exactly one fits."""
        return self.fitting[0] if self.kind == EngagementProposalKind.PROPOSED else None


@dataclass(frozen=True)
class Catalogue:
    """Everything in resources/catalogue. Immutable; made by ``load_catalogue``."""

    services: tuple[Service, ...]
    engagement_types: tuple[EngagementType, ...]
    texts: Texts

    @cached_property
    def _services_by_code(self) -> Mapping[str, Service]:
        return {service.code: service for service in self.services}

    @cached_property
    def _types_by_code(self) -> Mapping[str, EngagementType]:
        return {kind.code: kind for kind in self.engagement_types}

    @cached_property
    def _products(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        found: dict[str, tuple[tuple[str, str], ...]] = {}
        for service in self.services:
            for product in service.products:
                name = fold_product_name(product.name)
                found[name] = (*found.get(name, ()), (service.code, product.variant))
        return found

    def service(self, code: str) -> Service:
        """Return the service; an unknown code gives one that is shown as the code itself (case 33)."""
        return self._services_by_code.get(code) or Service.unknown(code)

    def engagement_type(self, code: str) -> EngagementType:
        """Return the type of engagement; an unknown code is shown as it is."""
        known = self._types_by_code.get(code)
        return known or EngagementType(code, Label.same(code), has_fiscal_year=False, known=False)

    def fits(self, service_code: str, engagement: Engagement) -> bool:
        """Tell whether this engagement is of a kind that the service belongs to, and ongoing."""
        is_right_type = engagement.type in self.service(service_code).engagement_types
        return is_right_type and engagement.state == EngagementState.ONGOING

    def fitting_engagements(
        self, service_code: str, engagements: Iterable[Engagement]
    ) -> tuple[Engagement, ...]:
        """Return the ongoing engagements that fit, of one type only the latest year, the best type first."""
        ranks = {code: rank for rank, code in enumerate(self.service(service_code).engagement_types)}
        fitting = [engagement for engagement in engagements if self.fits(service_code, engagement)]
        latest: dict[str, int] = {}
        for engagement in fitting:
            latest[engagement.type] = max(latest.get(engagement.type, 0), engagement.fiscal_year or 0)
        kept = [one for one in fitting if (one.fiscal_year or 0) == latest[one.type]]
        return tuple(sorted(kept, key=lambda one: (ranks[one.type], one.title, one.id)))

    def propose_engagement(self, service_code: str, engagements: Iterable[Engagement]) -> EngagementProposal:
        """Return what to do: exactly one fits → proposed, several → a person is asked, none → create one."""
        fitting = self.fitting_engagements(service_code, engagements)
        if not fitting:
            return EngagementProposal(EngagementProposalKind.CREATE)
        kind = EngagementProposalKind.PROPOSED if len(fitting) == 1 else EngagementProposalKind.ASK
        return EngagementProposal(kind, fitting)

    def map_product(self, product_name: str) -> ProductMapping:
        """Return which service a source system's product name means: exact, ambiguous or unknown."""
        found = self._products.get(fold_product_name(product_name), ())
        if not found:
            return ProductMapping(MappingKind.UNKNOWN)
        if len(found) == 1:
            return ProductMapping(MappingKind.EXACT, (found[0][0],), found[0][1])
        return ProductMapping(MappingKind.AMBIGUOUS, tuple(code for code, _ in found))

    def search_services(self, text: str) -> tuple[Service, ...]:
        """Return the services with a present or former name that contains the text (case 33, palette)."""
        wanted = _fold(text)
        if not wanted:
            return ()
        return tuple(
            service for service in self.services if any(wanted in _fold(name) for name in service.names())
        )

    def in_ending_order(self, codes: Sequence[str]) -> tuple[str, ...]:
        """Return the codes so that a service comes after those that must end before it."""
        ordered: list[str] = []

        def place(code: str) -> None:
            if code in ordered:
                return
            for first in self.service(code).ends_first:
                if first in codes:
                    place(first)
            ordered.append(code)

        for code in codes:
            place(code)
        return tuple(ordered)


def fold_product_name(name: str) -> str:
    """Return a product name without what differs by accident: case, marks and the vendor's own name."""
    return _VENDOR_WORDS.sub("", _fold(name))


def _fold(text: str) -> str:
    composed = unicodedata.normalize("NFC", text).casefold().replace("&", " och ")
    return " ".join(re.sub(r"[^\w]+", " ", composed).split())

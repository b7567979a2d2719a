"""Reads what the screen *Okopplade* shows from the cache."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from app.catalogue import Catalogue
from app.domain.identity import NumberError, mask_number, parse_number
from app.domain.records import (
    Collaboration,
    Company,
    Customer,
    CustomerState,
    Engagement,
    EngagementState,
    Event,
    LinkDecision,
    LinkDecisionKind,
    Participation,
    SeenCandidate,
)
from app.domain.swedish_order import fold_for_search, sort_key
from app.errors import SamverkaError
from app.matching.suggestions import Candidate
from app.storage.linking_queue import StoredRow
from app.storage.local_reader import LocalReader
from app.usecases.reconciliation_values import (
    CandidateView,
    CardLine,
    DecisionView,
    EngagementChoice,
    QueueRow,
)

_LEGAL_WORDS = frozenset(
    "ab aktiebolag hb handelsbolag kb kommanditbolag ek for forening ekonomisk och o the i av".split()
)


def get_collaboration(reader: LocalReader, collaboration_id: str) -> Collaboration:
    """Return the collaboration. Raises SamverkaError ``gone``."""
    found = reader.find("collaboration", collaboration_id)
    if not isinstance(found, Collaboration):
        raise SamverkaError("gone", type="collaboration")
    return found


def list_engagements(reader: LocalReader, customer_id: str) -> list[Engagement]:
    """Return the customer's engagements."""
    return [e for e in reader.list_of_customer("engagement", customer_id) if isinstance(e, Engagement)]


def find_owner(reader: LocalReader, engagement_id: str, staff: dict[str, str]) -> str:
    """Return the name of the engagement's owner, or ""."""
    for row in reader.list_children("participation", engagement_id):
        if isinstance(row, Participation) and row.role == "owner":
            return staff.get(row.staff_id, "")
    return ""


def sort_names(ids: Iterable[str], names: dict[str, str]) -> tuple[str, ...]:
    """Return the names of these ids in Swedish order."""
    return tuple(sorted((names.get(i, i) for i in ids), key=sort_key))


def open_decisions_of(reader: LocalReader, key: str) -> dict[str, LinkDecision]:
    """Return collaboration id → the latest decision not to link it that holds now, for one company."""
    found: dict[str, LinkDecision] = {}
    rows = [d for d in reader.list_by_lookup("link_decision", key) if isinstance(d, LinkDecision)]
    for decision in sorted(rows, key=_when):
        if decision.revoked_at is None and decision.decision != LinkDecisionKind.LINKED:
            found.update(dict.fromkeys(decision.collaboration_ids, decision))
    return found


def _when(decision: LinkDecision) -> tuple[bool, datetime | None]:
    return decision.at is not None, decision.at


def view_decision(decision: LinkDecision, staff: dict[str, str]) -> DecisionView:
    """Return the decision with the name of who made it."""
    return DecisionView(
        id=decision.id,
        decision=decision.decision,
        reason=decision.reason,
        by=staff.get(decision.by, decision.by),
        at=decision.at,
    )


def as_seen(candidates: Sequence[CandidateView]) -> tuple[SeenCandidate, ...]:
    """Return what is kept of the candidates that the person saw."""
    return tuple(
        SeenCandidate(
            customer_id=c.customer_id,
            score=c.score,
            reasons=tuple(f"{row.field}:{row.points}" for row in c.rows if row.points),
        )
        for c in candidates
    )


def has_new_evidence(seen: Sequence[SeenCandidate], now: Sequence[Candidate]) -> bool:
    """Tell whether something speaks for a customer now that did not when the decision was made.

    Points are not compared: another version of the model is no new evidence.
    """
    before = {one.customer_id: _fields_for(one.reasons) for one in seen}
    return any(
        candidate.customer_id not in before
        or {row.field for row in candidate.rows if row.points > 0} - before[candidate.customer_id]
        for candidate in now
    )


def _fields_for(reasons: Sequence[str]) -> set[str]:
    parts = [reason.rpartition(":") for reason in reasons]
    return {field for field, _, points in parts if not points.startswith("-")}


def shown_number(company: Company) -> str:
    """Return the company's number as a list shows it; one that is no number at all is left out."""
    if not company.number:
        return ""
    parsed = parse_number(company.number)
    if parsed.error == NumberError.PLACEHOLDER:
        return ""
    return mask_number(parsed.canonical) if parsed.canonical else company.number


def searchable(company: Company, products: Iterable[str]) -> str:
    """Return what a search in the queue looks through, folded."""
    number = "".join(char for char in company.number if char.isdigit())
    words = [company.name, company.number, number, f"{number[-10:-4]}-{number[-4:]}" if number else ""]
    words += [company.vendor_customer_number, company.email, company.town, *products]
    return " ".join(folded for word in words if (folded := fold_for_search(word)))


def lookup_keys(names: Iterable[str], numbers: Iterable[str], others: Iterable[str]) -> frozenset[str]:
    """Return what company and customer may find each other by, when one of them changes.

    Parts of the number survive a wrong digit or two that have changed places; of a name the two longest
    words are taken; ``others`` are e-mail addresses, phone numbers and the vendor's customer numbers.
    """
    keys: set[str] = set()
    for name in names:
        words = [word for word in fold_for_search(name).split() if word not in _LEGAL_WORDS]
        keys |= {f"w|{word}" for word in sorted(words, key=len)[-2:] if len(word) > 1}
        keys.add(f"x|{''.join(words)[:7]}")
    for number in numbers:
        digits = "".join(char for char in number if char.isdigit())[-10:]
        if len(digits) == 10:
            keys |= {f"n|{digits[:6]}", f"m|{digits[6:]}", f"o|{digits[:5]}{digits[7:]}"}
    for other in others:
        folded = other.strip().casefold()
        if "@" in folded:
            keys |= {f"e|{folded}", f"d|{folded.partition('@')[2]}"}
        elif digits := "".join(char for char in folded if char.isdigit()):
            keys.add(f"p|{digits[-8:]}")
    return frozenset(keys - {"x|", "d|"})


def company_keys(company: Company) -> frozenset[str]:
    """Return what customers may find this company by."""
    others = (company.email, company.phone, company.vendor_customer_number)
    return lookup_keys([company.name], [company.number], [other for other in others if other])


def make_row(stored: StoredRow, decisions: dict[str, LinkDecision], staff: dict[str, str]) -> QueueRow:
    """Return the row of the list."""
    decision = decisions.get(stored.decision_id or "") if stored.view == "decided" else None
    return QueueRow(
        handle=stored.row,
        id=stored.id,
        collaboration_ids=tuple(member.collaboration_id for member in stored.members),
        company_name=stored.name,
        company_number=stored.identity,
        products=tuple((member.service, member.product) for member in stored.members),
        source=stored.source,
        view=stored.view,
        band=stored.band,
        reason=stored.reason,
        score=stored.score,
        best_name=stored.best_name,
        best_number=stored.best_number,
        place=stored.place,
        why=stored.why,
        alternatives=stored.alternatives,
        is_missing_engagement=stored.customer_id is not None,
        mark=stored.mark,
        decision=view_decision(decision, staff) if decision else None,
    )


def view_candidate(
    candidate: Candidate,
    customer: Customer,
    catalogue: Catalogue,
    reader: LocalReader,
    staff: dict[str, str],
) -> CandidateView:
    """Return the candidate with the engagements that may be chosen, those that fit something first."""
    ongoing = [e for e in list_engagements(reader, customer.id) if e.state == EngagementState.ONGOING]
    fits: dict[str, set[str]] = {e.id: set() for e in ongoing}
    for service in catalogue.services:
        for engagement in catalogue.fitting_engagements(service.code, ongoing):
            fits[engagement.id].add(service.code)
    ongoing.sort(key=lambda e: (not fits[e.id], sort_key(e.title), e.id))
    return CandidateView(
        customer_id=customer.id,
        name=customer.name,
        customer_number=customer.customer_number,
        identity=mask_number(customer.organisation_number) if customer.organisation_number else "",
        town=customer.address.town,
        score=candidate.score,
        rows=candidate.rows,
        warnings=candidate.warnings,
        engagements=tuple(
            EngagementChoice(
                id=e.id, title=e.title, owner=find_owner(reader, e.id, staff), fits=frozenset(fits[e.id])
            )
            for e in ongoing
        ),
        is_archived=customer.state == CustomerState.ARCHIVED,
    )


def view_line(
    collaboration: Collaboration, catalogue: Catalogue, reader: LocalReader, people: dict[str, str]
) -> CardLine:
    """Return the collaboration as a card shows it, with why it has no link."""
    mapping = catalogue.map_product(collaboration.source_product)
    because = collaboration.unlinked_because
    event = _last_unlinked(reader, collaboration.id) if because not in ("", "imported") else None
    engagement = reader.find("engagement", event.before) if event and event.before else None
    return CardLine(
        collaboration_id=collaboration.id,
        product=collaboration.source_product,
        service=collaboration.service or mapping.service,
        services=mapping.services,
        mapping="exact" if collaboration.service else str(mapping.kind),
        started_on=collaboration.started_on.isoformat() if collaboration.started_on else "",
        unlinked_because=because,
        unlinked_by=people.get(event.by, "") if event else "",
        unlinked_at=event.at if event else None,
        engagement=engagement.title if isinstance(engagement, Engagement) else "",
    )


def _last_unlinked(reader: LocalReader, collaboration_id: str) -> Event | None:
    events = [
        e
        for e in reader.list_children("event", collaboration_id)
        if isinstance(e, Event) and e.what == "unlinked" and e.at is not None
    ]
    return max(events, key=lambda e: (e.at is not None, e.at), default=None)

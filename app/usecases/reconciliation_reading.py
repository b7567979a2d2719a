"""Reads what the screen *Okopplade* shows from the cache."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from app.catalogue import Catalogue
from app.domain.identity import NumberError, mask_number, parse_number
from app.domain.records import (
    Address,
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
    CompanyFacts,
    DecisionView,
    EngagementChoice,
    LinkPlace,
    NewEngagement,
    QueueRow,
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


def as_seen(candidates: Sequence[Candidate]) -> tuple[SeenCandidate, ...]:
    """Return what is kept of the candidates that the person saw."""
    return tuple(
        SeenCandidate(customer_id=one.customer_id, score=one.score, reasons=one.reasons())
        for one in candidates
    )


def find_earlier(
    row: StoredRow, decisions: dict[str, LinkDecision], staff: dict[str, str]
) -> DecisionView | None:
    """Return the decision that no longer holds since the evidence has changed, or None."""
    decision = decisions.get(row.decision_id or "") if row.view != "decided" else None
    return view_decision(decision, staff) if decision else None


def company_facts(company: Company) -> CompanyFacts:
    """Return the company as a new customer is prefilled from it."""
    return CompanyFacts(
        name=company.name,
        number=company.number,
        shown_number=shown_number(company),
        serial=company.serial,
        vendor_customer_number=company.vendor_customer_number,
        email=company.email,
        phone=company.phone,
        address=Address(postal_code=company.postal_code, town=company.town),
    )


def propose_new_engagements(catalogue: Catalogue, today: date, staff_id: str) -> dict[str, NewEngagement]:
    """Return service → the engagement that would be created for it, with this person on it."""
    found: dict[str, NewEngagement] = {}
    for service in catalogue.services:
        if not service.engagement_types:
            continue
        kind = catalogue.engagement_type(service.engagement_types[0])
        title = kind.label.text("sv")
        found[service.code] = NewEngagement(
            type=kind.code,
            title=f"{title} {today.year}" if kind.has_fiscal_year else title,
            fiscal_year=today.year if kind.has_fiscal_year else None,
            staff_id=staff_id,
        )
    return found


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
        mapping="known" if collaboration.service else str(mapping.kind),
        started_on=collaboration.started_on.isoformat() if collaboration.started_on else "",
        unlinked_because=because,
        unlinked_by=people.get(event.by, "") if event else "",
        unlinked_at=event.at if event else None,
        engagement=engagement.title if isinstance(engagement, Engagement) else "",
    )


def link_place(
    reader: LocalReader, one: Collaboration, people: dict[str, str]
) -> tuple[LinkPlace, str, datetime | None]:
    """Return where the collaboration is linked, by whom and when as far as that is known."""
    customer = reader.find("customer", one.customer_id) if one.customer_id else None
    engagement = reader.find("engagement", one.engagement_id) if one.engagement_id else None
    events = [
        e
        for e in reader.list_children("event", one.id)
        if isinstance(e, Event) and e.what in ("linked", "moved") and e.at is not None
    ]
    latest = max(events, key=lambda e: (e.at is not None, e.at), default=None)
    place = LinkPlace(
        customer=customer.name if isinstance(customer, Customer) else "",
        engagement=engagement.title if isinstance(engagement, Engagement) else "",
        customer_id=one.customer_id or "",
        engagement_id=one.engagement_id,
    )
    return place, people.get(latest.by, latest.by) if latest else "", latest.at if latest else None


def _last_unlinked(reader: LocalReader, collaboration_id: str) -> Event | None:
    events = [
        e
        for e in reader.list_children("event", collaboration_id)
        if isinstance(e, Event) and e.what == "unlinked" and e.at is not None
    ]
    return max(events, key=lambda e: (e.at is not None, e.at), default=None)

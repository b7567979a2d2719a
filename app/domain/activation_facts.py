"""What is known when an activation is decided: about the customer, and about the moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.domain.branches import branch_of
from app.domain.records import (
    LIVE_COLLABORATION_STATES,
    Branch,
    Collaboration,
    Contact,
    Customer,
    Engagement,
    EngagementState,
    Firm,
    Invitation,
    InvitationState,
    Participation,
    ParticipationRole,
    RegisteredService,
    Registration,
    RegistrationAnswer,
    Staff,
)

FRESH = timedelta(minutes=30)
"""How long an answer about the registration is shown without amber (ours; it is asked again anyway)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """The firm, who decides, the moment, and whether the server can be reached."""

    firm: Firm
    me: Staff
    staff: tuple[Staff, ...]
    online: bool
    now: datetime
    today: date

    def find_staff(self, staff_id: str) -> Staff | None:
        """Return the staff member, if this person may see it."""
        return next((person for person in self.staff if person.id == staff_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffAccess:
    """A staff member who gets access, and on which engagement as what: the reason why."""

    staff: Staff
    engagement: Engagement
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerFacts:
    """What the local cache knows about one customer, unsent decisions included."""

    customer: Customer
    contacts: tuple[Contact, ...] = ()
    engagements: tuple[Engagement, ...] = ()
    participations: tuple[Participation, ...] = ()
    registration: Registration | None = None
    collaborations: tuple[Collaboration, ...] = ()
    invitations: tuple[Invitation, ...] = ()
    unlinked: tuple[Collaboration, ...] = ()
    """Collaborations of the same company that belong to no customer yet."""

    @property
    def answer(self) -> RegistrationAnswer:
        """The vendor's last answer; a word that this version does not know counts as unknown."""
        if self.registration is None:
            return RegistrationAnswer.UNKNOWN
        try:
            return RegistrationAnswer(self.registration.answer)
        except ValueError:
            return RegistrationAnswer.UNKNOWN

    @property
    def checked_at(self) -> datetime | None:
        """When the vendor gave that answer."""
        return None if self.registration is None else self.registration.checked_at

    def is_check_fresh(self, now: datetime) -> bool:
        """Tell whether the answer is recent enough to be shown without a caution."""
        return self.checked_at is not None and now - self.checked_at <= FRESH

    @property
    def main_contact(self) -> Contact | None:
        """The main contact, else the only one with an e-mail, else the first."""
        by_worth = sorted(self.contacts, key=lambda contact: (not contact.is_main, not contact.email))
        return by_worth[0] if by_worth else None

    def find_contact(self, contact_id: str | None) -> Contact | None:
        """Return one of the customer's contacts."""
        return next((contact for contact in self.contacts if contact.id == contact_id), None)

    def find_engagement(self, engagement_id: str) -> Engagement | None:
        """Return one of the customer's engagements."""
        return next((found for found in self.engagements if found.id == engagement_id), None)

    def find_registered_service(self, service: str) -> RegisteredService | None:
        """Return what the company already has of a service at the vendor."""
        services = () if self.registration is None else self.registration.services
        return next((found for found in services if found.code == service), None)

    def find_live_collaboration(self, service: str) -> Collaboration | None:
        """Return the collaboration that stands in the way of a second one."""
        return next(
            (
                found
                for found in self.collaborations
                if found.service == service and found.state in LIVE_COLLABORATION_STATES
            ),
            None,
        )

    def find_unlinked(self, service: str) -> Collaboration | None:
        """Return the company's unlinked collaboration in the service: it is linked, not started anew."""
        return next(
            (
                found
                for found in self.unlinked
                if found.service == service and found.state in LIVE_COLLABORATION_STATES
            ),
            None,
        )

    def has_open_invitation(self, service: str) -> bool:
        """Tell whether an unanswered invitation names the service."""
        waiting = (InvitationState.QUEUED, InvitationState.SENT)
        return any(found.state in waiting and service in found.services for found in self.invitations)

    def list_other_firms(self, service: str) -> tuple[str, ...]:
        """Return the names of other accounting firms that collaborate with the company in the service."""
        others = () if self.registration is None else self.registration.other_firms
        return tuple(other.firm_name for other in others if other.service == service)

    def branch_for(self, service: str) -> Branch:
        """Return which way the activation of one service goes (domain.md, "Activation: the branch")."""
        services = () if self.registration is None else self.registration.services
        return Branch(branch_of(self.answer, services, service))

    def find_licences_left(self, service: str, licence: str) -> int | None:
        """Return how many licences the firm has left of the service (and kind); None where nobody says."""
        known = () if self.registration is None else self.registration.licences_left
        left = [one.left for one in known if one.service == service and one.licence in ("", licence)]
        return min(left) if left else None

    def list_ongoing(self) -> tuple[Engagement, ...]:
        """Return the ongoing engagements, the latest year first."""
        ongoing = [found for found in self.engagements if found.state == EngagementState.ONGOING]
        return tuple(sorted(ongoing, key=lambda found: (-(found.fiscal_year or 0), found.title)))

    def list_engagements_for(self, types: tuple[str, ...]) -> tuple[Engagement, ...]:
        """Return the ongoing engagements whose type fits, the best type first; no types means that all do.

        Of one type only the latest year fits.
        """
        if not types:
            return self.list_ongoing()
        latest: dict[str, Engagement] = {}
        for found in self.list_ongoing():
            if found.type in types:
                latest.setdefault(found.type, found)
        return tuple(latest[code] for code in types if code in latest)

    def list_access(self, engagement_id: str, situation: Situation) -> tuple[StaffAccess, ...]:
        """Return the staff who get access through an engagement today: its owner first, then by name."""
        engagement = self.find_engagement(engagement_id)
        if engagement is None:
            return ()
        found: dict[str, StaffAccess] = {}
        for participation in self.participations:
            person = situation.find_staff(participation.staff_id)
            if (
                participation.engagement_id == engagement_id
                and participation.holds_on(situation.today)
                and person is not None
                and person.state != "left"
            ):
                known = found.get(person.id)
                if known is None or participation.role == ParticipationRole.OWNER:
                    found[person.id] = StaffAccess(
                        staff=person, engagement=engagement, role=participation.role
                    )
        owner = ParticipationRole.OWNER
        return tuple(sorted(found.values(), key=lambda access: (access.role != owner, access.staff.name)))


def is_due_diligence_open(facts: CustomerFacts) -> bool:
    """Tell whether customer due diligence or the engagement letter is not done."""
    customer = facts.customer
    return customer.due_diligence.state != "done" or customer.engagement_letter.state != "done"

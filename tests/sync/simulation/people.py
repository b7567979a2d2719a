"""What people decide at their screens: random, but from what they see, as a person would."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import msgspec

from app.domain.changes import ConflictError, RejectedError
from app.domain.commands import (
    AddContact,
    AddParticipation,
    ArchiveCustomer,
    CloseEngagement,
    CreateActivation,
    CreateCustomer,
    CreateEngagement,
    EndParticipation,
    LinkCollaboration,
    MoveCollaboration,
    Payload,
    RemindInvitation,
    RemoveContact,
    RestoreCustomer,
    RevokeLinkDecision,
    SetLinkDecision,
    UnlinkCollaboration,
    UpdateContact,
    UpdateCustomer,
    UpdateEngagement,
)
from app.domain.ids import new_id
from app.domain.records import (
    RECORD_TYPES,
    Activation,
    ActivationItem,
    Consent,
    Contact,
    Customer,
    Engagement,
    Expectation,
    Participation,
    Record,
)
from app.errors import SamverkaError
from app.usecases.workspace import Decision
from tests.sync.simulation.client import Installation
from tests.sync.simulation.faults import KilledError
from tests.sync.simulation.firms import NUMBERS, OFFICES, PEOPLE

_NAMES = ("Alfa AB", "Beta AB", "Gamma AB", "Delta AB")
"""Few, so that names go away and come back: what is done twice then shows."""


class Eyes:
    """What one person sees on one machine: rows by type."""

    def __init__(self, installation: Installation) -> None:
        self.rows: dict[str, list[Any]] = defaultdict(list)
        with installation.database.read() as unit:
            for type_name, data in unit.rows(
                "SELECT type, data FROM present WHERE data IS NOT NULL ORDER BY type, id"
            ):
                if type_name not in ("event", "access", "firm", "registration"):
                    self.rows[type_name].append(msgspec.convert(json.loads(data), RECORD_TYPES[type_name]))


class Person:
    """Makes decisions on one machine, by dice."""

    def __init__(self, installation: Installation, dice: random.Random, dealt_with: set[str]) -> None:
        self._installation = installation
        self._dice = dice
        self._dealt_with = dealt_with
        self._makers: list[tuple[int, Callable[[Eyes], Payload | None]]] = [
            (18, self._rename),
            (8, self._move_customer),
            (4, self._number),
            (9, self._create_customer),
            (9, self._add_contact),
            (9, self._update_contact),
            (4, self._remove_contact),
            (5, self._create_engagement),
            (4, self._retitle),
            (3, self._close_engagement),
            (5, self._add_participation),
            (4, self._end_participation),
            (12, self._link),
            (7, self._unlink),
            (3, self._move),
            (4, self._decide_link),
            (4, self._archive),
            (4, self._activate),
            (1, self._remind),
        ]
        self._weights = [weight for weight, _ in self._makers]

    def decide(self) -> str:
        """Decide one to three things at once, or none of them; return the word for the trace."""
        dice, words = self._dice, []
        for _ in range(dice.choice((1, 1, 1, 2, 3))):
            eyes = Eyes(self._installation)
            maker = dice.choices(self._makers, self._weights)[0][1]
            payload = maker(eyes)
            if payload is None:
                continue
            needs = self._needs(payload)
            try:
                self._installation.workspace.enqueue([Decision(payload=payload, needs=needs)])
                words.append(type(payload).__name__)
            except (RejectedError, ConflictError) as error:
                words.append(f"{type(payload).__name__}:{error.code}")
            self._installation.read_ledger()
        return " ".join(words) or "nothing"

    def tidy_up(self) -> str:
        """Withdraw something that waits, or deal with something that needs a person."""
        outbox, dice = self._installation.outbox, self._dice
        waiting = [line for line in outbox.list_waiting() if line.can_withdraw]
        if waiting and dice.random() < 0.5:
            outbox.withdraw([dice.choice(waiting).command_id])
            return "withdraw"
        attention = [item for item in outbox.list_attention() if item.command_id]
        if not attention:
            return "nothing to tidy"
        item = dice.choice(attention)
        way = dice.choice((self._dismiss, outbox.keep_mine, outbox.retry))
        try:
            way(item.command_id or "")
        except SamverkaError as error:
            return f"tidy:{error.code}"
        except KilledError:
            # It may have died after it had been written: the person saw the outcome and is done with it.
            self._dealt_with |= self._handled({item.command_id or "", *item.also})
            raise
        self._dealt_with |= {item.command_id or "", *item.also}
        self._installation.read_ledger()
        return f"tidy {way.__name__}"

    def _handled(self, command_ids: set[str]) -> set[str]:
        with self._installation.database.read() as unit:
            rows = unit.rows("SELECT id FROM outbox WHERE handled_at IS NOT NULL")
            return command_ids & {row[0] for row in rows}

    def _dismiss(self, command_id: str) -> None:
        self._installation.outbox.dismiss([command_id])

    def _needs(self, payload: Payload) -> tuple[str, ...]:
        """Return ids of the waiting commands that have made what this one refers to."""
        written = msgspec.json.encode(payload).decode()
        states = self._installation.states()
        needs = []
        for id_ in self._installation.notes.ledger:
            command = self._installation.saved.get(id_)
            if command is None or states.get(id_) not in ("queued", "sending", "acknowledged"):
                continue
            if command.type in ("customer.create", "engagement.create", "contact.add") and (
                f'"{command.entity}"' in written
            ):
                needs.append(id_)
        return tuple(needs)

    def _pick(self, rows: list[Any]) -> Any:
        return self._dice.choice(rows) if rows else None

    def _changed(self, row: Record, field: str, to: Any) -> dict[str, dict[str, Any]] | None:
        present = msgspec.to_builtins(getattr(row, field))
        return None if present == to else {field: {"from": present, "to": to}}

    def _rename(self, eyes: Eyes) -> Payload | None:
        first = [row for row in eyes.rows["customer"] if row.id.startswith("cu_start")][:3]
        row = self._pick(first if self._dice.random() < 0.7 else eyes.rows["customer"])
        changes = row and self._changed(row, "name", self._dice.choice(_NAMES))
        if not changes:
            return None
        if self._dice.random() < 0.2:
            changes |= self._changed(row, "vendor_customer_number", str(self._dice.randrange(3))) or {}
        return UpdateCustomer(customer_id=row.id, set=changes)

    def _move_customer(self, eyes: Eyes) -> Payload | None:
        row = self._pick(eyes.rows["customer"])
        if row is None:
            return None
        staff = [person.id for person in PEOPLE[self._installation.firm_id]]
        field, value = self._dice.choice(
            (
                ("office", self._dice.choice(OFFICES)),
                ("account_manager_id", self._dice.choice((None, *staff))),
            )
        )
        changes = self._changed(row, field, value)
        return UpdateCustomer(customer_id=row.id, set=changes) if changes else None

    def _number(self, eyes: Eyes) -> Payload | None:
        row = self._pick(eyes.rows["customer"])
        changes = row and self._changed(row, "organisation_number", self._dice.choice((*NUMBERS, "")))
        return UpdateCustomer(customer_id=row.id, set=changes) if changes else None

    def _create_customer(self, eyes: Eyes) -> Payload | None:
        id_ = new_id("cu")
        contacts = tuple(
            Contact(id=new_id("ct"), customer_id=id_, name=f"Ny kontakt {n}")
            for n in range(self._dice.choice((0, 1, 2, 12)))
        )
        row = Customer(
            id=id_,
            customer_number=str(self._dice.randrange(1000)),
            name=self._dice.choice(_NAMES),
            organisation_number=self._dice.choice((*NUMBERS, "", "", "", "")),
            office=self._dice.choice(OFFICES),
        )
        return CreateCustomer(customer=row, contacts=contacts)

    def _add_contact(self, eyes: Eyes) -> Payload | None:
        row = self._pick(eyes.rows["customer"])
        if row is None:
            return None
        is_main = self._dice.random() < 0.3
        return AddContact(
            contact=Contact(id=new_id("ct"), customer_id=row.id, name="Örjan Fält", is_main=is_main)
        )

    def _update_contact(self, eyes: Eyes) -> Payload | None:
        row = self._pick(eyes.rows["contact"])
        changes = row and self._changed(row, "name", self._dice.choice(_NAMES))
        return UpdateContact(contact_id=row.id, set=changes) if changes else None

    def _remove_contact(self, eyes: Eyes) -> Payload | None:
        row = self._pick(eyes.rows["contact"])
        return RemoveContact(contact_id=row.id) if row else None

    def _create_engagement(self, eyes: Eyes) -> Payload | None:
        row = self._pick(eyes.rows["customer"])
        if row is None:
            return None
        id_ = new_id("en")
        staff = self._dice.choice(PEOPLE[self._installation.firm_id])
        participation = Participation(
            id=new_id("pa"), engagement_id=id_, customer_id=row.id, staff_id=staff.id, role="owner"
        )
        return CreateEngagement(
            engagement=Engagement(id=id_, customer_id=row.id, type="payroll", title="Lön 2026"),
            participations=(participation,),
        )

    def _retitle(self, eyes: Eyes) -> Payload | None:
        row = self._pick(eyes.rows["engagement"])
        changes = row and self._changed(row, "title", self._dice.choice(_NAMES))
        return UpdateEngagement(engagement_id=row.id, set=changes) if changes else None

    def _close_engagement(self, eyes: Eyes) -> Payload | None:
        row = self._pick(eyes.rows["engagement"])
        return (
            CloseEngagement(engagement_id=row.id, leave_unlinked=self._dice.random() < 0.7) if row else None
        )

    def _add_participation(self, eyes: Eyes) -> Payload | None:
        row = self._pick(eyes.rows["engagement"])
        if row is None:
            return None
        today = self._installation.clock.today()
        ends = self._dice.choice((None, today, today + timedelta(days=2)))
        return AddParticipation(
            participation=Participation(
                id=new_id("pa"),
                engagement_id=row.id,
                customer_id=row.customer_id,
                staff_id=self._dice.choice(PEOPLE[self._installation.firm_id]).id,
                role=self._dice.choice(("owner", "participant")),
                from_on=self._dice.choice((None, date(2026, 1, 1), today + timedelta(days=1))),
                to_on=ends,
            )
        )

    def _end_participation(self, eyes: Eyes) -> Payload | None:
        row = self._pick(eyes.rows["participation"])
        if row is None:
            return None
        days = self._dice.choice((-1, 0, 1))
        return EndParticipation(
            participation_id=row.id, to_on=self._installation.clock.today() + timedelta(days=days)
        )

    def _link(self, eyes: Eyes) -> Payload | None:
        row = self._pick([c for c in eyes.rows["collaboration"] if c.engagement_id is None])
        engagement = self._pick([e for e in eyes.rows["engagement"] if e.state == "ongoing"])
        if row is None or engagement is None:
            return None
        return LinkCollaboration(
            collaboration_id=row.id, customer_id=engagement.customer_id, engagement_id=engagement.id
        )

    def _unlink(self, eyes: Eyes) -> Payload | None:
        row = self._pick([c for c in eyes.rows["collaboration"] if c.engagement_id])
        if row is None:
            return None
        return UnlinkCollaboration(
            collaboration_id=row.id,
            seen_engagement_id=row.engagement_id,
            keep_customer=self._dice.random() < 0.3,
        )

    def _move(self, eyes: Eyes) -> Payload | None:
        row = self._pick([c for c in eyes.rows["collaboration"] if c.engagement_id])
        target = row and self._pick(
            [
                e
                for e in eyes.rows["engagement"]
                if e.customer_id == row.customer_id and e.id != row.engagement_id
            ]
        )
        if not target:
            return None
        return MoveCollaboration(
            collaboration_id=row.id, engagement_id=target.id, seen_engagement_id=row.engagement_id
        )

    def _decide_link(self, eyes: Eyes) -> Payload | None:
        if self._dice.random() < 0.4:
            row = self._pick([d for d in eyes.rows["link_decision"] if d.revoked_at is None])
            return RevokeLinkDecision(decision_id=row.id) if row else None
        row = self._pick([c for c in eyes.rows["collaboration"] if c.engagement_id is None])
        if row is None:
            return None
        return SetLinkDecision(
            decision_id=new_id("ld"),
            company_key=f"na:{row.company.name.casefold()}",
            collaboration_ids=(row.id,),
            decision="none_of_these",
            reason="duplicate",
        )

    def _archive(self, eyes: Eyes) -> Payload | None:
        row = self._pick(eyes.rows["customer"])
        if row is None:
            return None
        if row.state == "archived":
            return RestoreCustomer(customer_id=row.id)
        return ArchiveCustomer(customer_id=row.id)

    def _activate(self, eyes: Eyes) -> Payload | None:
        numbered = [c for c in eyes.rows["customer"] if c.organisation_number == NUMBERS[0]]
        customer = self._pick(numbered)
        engagement = customer and self._pick(
            [e for e in eyes.rows["engagement"] if e.customer_id == customer.id and e.state == "ongoing"]
        )
        if not engagement:
            return None
        now = self._installation.clock.now()
        service = self._dice.choice(("eekonomi", "scanner", "ekonomioversikt"))
        item = ActivationItem(
            collaboration_id=new_id("cl"),
            service=service,
            engagement_id=engagement.id,
            variant="smart" if service == "eekonomi" else "",
            payer="customer",
            period_months=12 if service == "ekonomioversikt" else None,
        )
        return CreateActivation(
            activation=Activation(
                id=new_id("av"),
                customer_id=customer.id,
                branch="",
                items=(item,),
                expects=Expectation(answer="registered"),
                consent=Consent(text_version="1", by=self._installation.staff.id, at=now),
            )
        )

    def _remind(self, eyes: Eyes) -> Payload | None:
        row = self._pick([i for i in eyes.rows["invitation"] if i.state == "sent"])
        return RemindInvitation(invitation_id=row.id) if row else None

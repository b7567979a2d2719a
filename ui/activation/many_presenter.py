"""Between the pages for many customers and the use case."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.catalogue import Catalogue, Service, load_catalogue
from app.domain.activation_draft import ActivationDraft, CustomerDraft, Step
from app.domain.activation_facts import CustomerFacts, Situation
from app.domain.activation_many import (
    ReviewedCustomer,
    choose_for_all,
    consent_for_all,
    draft_for_many,
    refresh_all,
    review_all,
)
from app.domain.activation_steps import list_steps
from app.domain.records import RegistrationAnswer
from app.usecases.activation_values import Sending, SentOne
from ui.activation.presenter import SETTLE_MILLISECONDS
from ui.background import Lane, Latest
from ui.screens import ScreenContext

if TYPE_CHECKING:
    from app.usecases.activation import Activations

Loaded = tuple[Situation, ActivationDraft | None, tuple[CustomerFacts, ...]]


class ManyPresenter(QObject):
    """`changed`: show the pages anew; `step_changed`: another page stands in front."""

    changed = Signal()
    step_changed = Signal()
    failed = Signal()

    def __init__(self, context: ScreenContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.catalogue: Catalogue = load_catalogue()
        self.forms: Mapping[str, Service] = {service.code: service for service in self.catalogue.services}
        self.draft: ActivationDraft | None = None
        self.facts: dict[str, CustomerFacts] = {}
        self.situation: Situation | None = None
        self.services: tuple[str, ...] = ()
        self.rows: tuple[ReviewedCustomer, ...] = ()
        self.results: tuple[SentOne, ...] = ()
        self.is_reviewing = False
        self.is_checking = False
        self.is_sending = False
        self.is_consented = False
        self._latest = Latest()
        self._latest_review = Latest()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MILLISECONDS)
        self._settle.timeout.connect(self._ask_again)
        context.events.changed.connect(self._on_changed)

    @property
    def cases(self) -> Activations:
        """The use case; its functions are called in the background only."""
        found: Activations = self.context.samverka.activation
        return found

    @property
    def step(self) -> Step:
        """The page in front."""
        return Step.CHECK if self.draft is None else self.draft.step

    @property
    def steps(self) -> tuple[Step, ...]:
        """The pages of this run; the customers were chosen before it began."""
        if self.draft is None:
            return ()
        return tuple(step for step in list_steps(self.draft, None) if step is not Step.CUSTOMERS)

    @property
    def ready(self) -> tuple[ReviewedCustomer, ...]:
        """The rows that can be sent."""
        return tuple(row for row in self.rows if row.is_ready)

    def start(self, customer_ids: Sequence[str], draft_id: str = "") -> None:
        """Begin with these customers, or where a draft was left."""
        cases = self.cases

        def work() -> Loaded:
            draft = cases.open_draft(draft_id) if draft_id else None
            ids = [one.customer_id for one in draft.customers] if draft else list(customer_ids)
            return cases.get_situation(), draft, cases.list_facts(ids)

        self.context.background.run(work, self._started, self._not_started)

    @Slot(object)
    def _not_started(self, error: BaseException) -> None:
        self.context.show_error(error)
        self.failed.emit()

    @Slot(object)
    def _started(self, loaded: Loaded) -> None:
        self.situation, kept, facts = loaded
        self.facts = {one.customer.id: one for one in facts}
        self.draft = kept or draft_for_many(facts, self.situation.now).at(Step.CHECK)
        self.services = tuple(
            code
            for code in self.forms
            if any(customer.find_choice(code) for customer in self.draft.customers)
        )
        if self.draft.step not in self.steps:
            self.draft = self.draft.at(Step.CHECK)
        self._show()
        self.step_changed.emit()
        if self.step is Step.CHECK and self.situation.online:
            self.check()

    # Edits

    def set_chosen(self, code: str, *, chosen: bool) -> None:
        """Choose a service for all that can have it, or for none."""
        if self.draft is None:
            return
        wanted = {*self.services, code} if chosen else {*self.services} - {code}
        self.services = tuple(known for known in self.forms if known in wanted)
        self.draft = choose_for_all(self.draft, self.facts, code, self.forms, chosen=chosen)
        self._show()

    def set_consent(self, *, consented: bool) -> None:
        """Tick the consent for all, or take the tick away."""
        self.is_consented = consented
        self.changed.emit()

    def take_edited(self, customer: CustomerDraft, facts: CustomerFacts) -> None:
        """Take what was changed for one customer."""
        if self.draft is not None:
            self.facts[customer.customer_id] = facts
            self.draft = self.draft.with_customer(customer)
            self._show()
            self.save()

    # Pages

    def why_not_next(self) -> str:
        """Why the next page cannot be gone to, or ""."""
        if self.draft is None:
            return self.tr("Hämtar uppgifter…")
        if self.step is Step.CHECK and self.is_checking:
            return self.tr("Kontrollen pågår.")
        if self.step is Step.SERVICES and not self.services:
            return self.context.messages.sentence("no_service_chosen")
        if self.step is Step.REVIEW and self.is_reviewing:
            return self.tr("Går igenom kunderna…")
        if self.step is Step.REVIEW and not self.ready:
            return self.tr("Ingen kund kan skickas än. Se vad som ska åtgärdas.")
        if self.step is Step.REVIEW and not self.is_consented:
            return self.tr("Bekräfta först att du har informerat kunderna.")
        return ""

    def move(self, by: int) -> None:
        """Go to the next page (1) or the one before (-1)."""
        if self.draft is None or (by > 0 and self.why_not_next()):
            return
        at = self.steps.index(self.step) + by
        if 0 <= at < len(self.steps):
            self.go_to(self.steps[at])

    def go_to(self, step: Step) -> None:
        """Go to a page of this run."""
        if self.draft is not None and step in self.steps and self.step is not Step.RESULT:
            self.draft = self.draft.at(step)
            self._show()
            self.step_changed.emit()
            self.save()

    # Asking

    def check(self) -> None:
        """Ask the vendor about all customers in one call."""
        if self.draft is None or self.is_checking:
            return
        self.is_checking = True
        cases, ids = self.cases, tuple(self.facts)
        self.changed.emit()
        self.context.background.run(
            lambda: cases.check(ids), self._checked, self._check_failed, lane=Lane.POOL
        )

    @Slot(object)
    def _checked(self, facts: tuple[CustomerFacts, ...]) -> None:
        self.is_checking = False
        if self.situation is not None:
            self.situation = dataclasses.replace(self.situation, online=True)
        self._take(facts)

    @Slot(object)
    def _check_failed(self, _error: BaseException) -> None:
        self.is_checking = False
        if self.situation is not None:
            self.situation = dataclasses.replace(self.situation, online=False)
        self._show()

    @Slot(object)
    def _on_changed(self, _what: object) -> None:
        self._settle.start()

    @Slot()
    def _ask_again(self) -> None:
        cases, ids = self.cases, tuple(self.facts)
        sent = tuple(one.sending.activation_id for one in self.results if one.sending is not None)
        if sent:
            self.context.background.run(
                lambda: tuple(cases.get_sending(id_) for id_ in sent),
                self._moved,
                self.context.show_error,
                latest=self._latest,
            )
        elif ids:
            self.context.background.run(
                lambda: cases.list_facts(ids), self._take, self.context.show_error, latest=self._latest
            )

    @Slot(object)
    def _take(self, facts: tuple[CustomerFacts, ...]) -> None:
        if self.draft is None or self.results:
            return
        before, after = dict(self.facts), {one.customer.id: one for one in facts}
        answers = {id_: one.answer for id_, one in before.items()}
        self.facts.update(after)
        self.draft = refresh_all(self.draft, before, after)
        if any(answers.get(id_, RegistrationAnswer.UNKNOWN) != one.answer for id_, one in after.items()):
            self.is_consented = False
        self._show()

    @Slot(object)
    def _moved(self, sendings: tuple[Sending, ...]) -> None:
        by_customer = {one.customer_id: one for one in sendings}
        self.results = tuple(
            dataclasses.replace(one, sending=by_customer.get(one.customer_id, one.sending))
            for one in self.results
        )
        self.changed.emit()

    # Keeping and sending

    def save(self) -> None:
        """Keep the draft as it is now."""
        draft, cases = self.draft, self.cases
        if draft is not None and draft.customers and not self.results and not self.is_sending:
            self.context.background.run(lambda: cases.save_draft(draft), self._saved, self.context.show_error)

    @Slot(object)
    def _saved(self, kept: ActivationDraft) -> None:
        if self.draft is not None:
            self.draft = dataclasses.replace(self.draft, saved_at=kept.saved_at)
            self.changed.emit()

    def commit(self) -> None:
        """Send those that are ready; the rest stay as a draft. A second press does nothing."""
        if self.draft is None or self.is_sending or self.results or self.why_not_next():
            return
        self.is_sending = True
        draft, cases = consent_for_all(self.draft, consented=True), self.cases
        ids = tuple(row.customer.customer_id for row in self.ready)
        self.changed.emit()
        self.context.background.run(lambda: cases.send_many(draft, ids), self._were_sent, self._send_failed)

    @Slot(object)
    def _were_sent(self, results: tuple[SentOne, ...]) -> None:
        self.is_sending, self.results = False, results
        if self.draft is not None:
            self.draft = self.draft.at(Step.RESULT)
        self.changed.emit()
        self.step_changed.emit()

    @Slot(object)
    def _send_failed(self, error: BaseException) -> None:
        self.is_sending = False
        self.changed.emit()
        self.context.show_error(error)

    def _show(self) -> None:
        """Work out the rows anew. Two hundred take too long for the GUI's thread."""
        draft, facts, situation = self.draft, dict(self.facts), self.situation
        forms, services = self.forms, self.services
        if draft is not None and situation is not None:
            self.is_reviewing = True
            self.context.background.run(
                lambda: review_all(draft, facts, situation, forms, services),
                self._reviewed,
                self.context.show_error,
                latest=self._latest_review,
            )
        self.changed.emit()

    @Slot(object)
    def _reviewed(self, rows: tuple[ReviewedCustomer, ...]) -> None:
        self.rows, self.is_reviewing = rows, False
        self.changed.emit()

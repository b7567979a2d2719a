"""Between the wizard's pages and the use case: holds the draft, asks and sends in the background."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.domain.activation_draft import (
    ActivationDraft,
    CustomerDraft,
    Step,
    choose_customer,
    draft_from,
    drop_customer,
    new_draft,
    refresh,
)
from app.domain.activation_facts import CustomerFacts, Situation
from app.domain.activation_language import choose_language
from app.domain.activation_steps import settle_step
from app.domain.records import Activation
from app.errors import SamverkaError
from app.usecases.activation_values import DraftSummary, PreviewMail, Sending
from ui.activation.held_draft import HeldDraft
from ui.background import Lane, Latest
from ui.screens import ScreenContext

if TYPE_CHECKING:
    pass

SETTLE_MILLISECONDS = 150
MINUTE_MILLISECONDS = 60_000


Started = tuple[Situation, ActivationDraft | None, CustomerFacts | None, DraftSummary | None]


class ActivationPresenter(HeldDraft):
    """`step_changed` says that another page stands in front; `changed` (HeldDraft) to show the pages anew."""

    step_changed = Signal()
    sent = Signal()
    failed = Signal()

    def __init__(self, context: ScreenContext, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self.previews: tuple[PreviewMail, ...] = ()
        self.refusal: SamverkaError | None = None
        self.sending: Sending | None = None
        self.earlier: DraftSummary | None = None
        self.is_checking = False
        self.is_sending = False
        self.check_error: BaseException | None = None
        self._made_for = ("", "")
        self._latest_facts = Latest()
        self._latest_preview = Latest()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MILLISECONDS)
        self._settle.timeout.connect(self.ask_again)
        # An answer grows old while the window stands open, too.
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE_MILLISECONDS)
        self._minute.timeout.connect(self._settle.start)
        self._minute.start()
        context.events.changed.connect(self._on_changed)

    # Beginning

    def start(
        self, customer_ids: Sequence[str] = (), draft_id: str = "", again: Activation | None = None
    ) -> None:
        """Begin anew, for a customer, where a draft was left, or `again` with what came to nothing."""
        cases, forms = self.cases, self.forms
        first = customer_ids[0] if customer_ids else ""

        def work() -> Started:
            situation = cases.get_situation()
            draft = cases.open_draft(draft_id) if draft_id else None
            about = draft.customers[0].customer_id if draft and draft.customers else first
            facts = cases.get_facts(about) if about else None
            if again is not None and facts is not None:
                draft = draft_from(again, facts, forms, situation.now)
            earlier = () if draft is not None or not about else cases.list_drafts()
            kept = next((one for one in earlier if one.customer_ids == (about,)), None)
            return situation, draft, facts, kept

        self.context.background.run(work, self._started, self._not_started)

    @Slot(object)
    def _started(self, found: Started) -> None:
        self.situation, kept, self.facts, self.earlier = found
        self.draft = kept or new_draft(self.situation.now, language="sv")
        if self.facts is not None:
            self.draft = choose_customer(self.draft, self.facts)
            if kept is None:
                blocked = any(p.blocks for p in self.problems_at(Step.CUSTOMERS))
                self.draft = self.draft.at(Step.CUSTOMERS if blocked else Step.CHECK)
            self.draft = settle_step(self.draft, self.facts)
        self.show()
        self._entered()
        is_old = self.facts is not None and not self.facts.is_check_fresh(self.situation.now)
        if kept is not None and is_old and self.situation.online:
            # What was decided some time ago is tried against the answer of now.
            self.check()

    @Slot(object)
    def _not_started(self, error: BaseException) -> None:
        self.context.show_error(error)
        self.failed.emit()

    def edit(self, customer: CustomerDraft, facts: CustomerFacts, situation: Situation) -> None:
        """Change what is decided for one customer of many: services, people, access; nothing is sent here."""
        self.is_editing = True
        self.situation, self.facts = situation, facts
        draft = new_draft(situation.now)
        self.draft = dataclasses.replace(draft, customers=(customer,), step=Step.SERVICES)
        self.show()
        wrong = next((p.step for p in self.problems if p.blocks and p.step in self.steps), None)
        self.draft = self.draft.at(wrong or Step.SERVICES)
        self._entered()

    # Edits

    def take_customer(self, customer_id: str) -> None:
        """Choose this customer instead of the one that was chosen."""
        cases = self.cases
        self.context.background.run(
            lambda: cases.get_facts(customer_id),
            self._customer_taken,
            self.context.show_error,
            latest=self._latest_facts,
        )

    @Slot(object)
    def _customer_taken(self, facts: CustomerFacts) -> None:
        if self.draft is None:
            return
        if self.customer is not None and self.customer.customer_id != facts.customer.id:
            self.draft = drop_customer(self.draft, self.customer.customer_id)
        self.facts = facts
        self.draft = choose_customer(self.draft, facts)
        self.show()

    def choose_language(self, language: str) -> None:
        """Choose the language of the e-mails, and write them anew. Another letter is agreed to anew, too."""
        if self.draft is None or self.customer is None or self.mail_language == language:
            return
        self.draft = choose_language(self.draft, language)
        self.show()
        self._ask_preview()
        self.save()

    # Pages

    def why_not_next(self) -> str:
        """Why the next page cannot be gone to: the first problem of the pages up to this one, or ""."""
        if self.draft is None or self.situation is None:
            return self.tr("Hämtar uppgifter…")
        if self.facts is None:
            return self.tr("Välj en kund.")
        if self.step is Step.CHECK and self.is_checking:
            return self.tr("Kontrollen pågår.")
        if self.is_editing:
            return ""
        passed = self.steps[: self.steps.index(self.step) + 1]
        found = next((p for p in self.problems if p.blocks and p.step in passed), None)
        if found is not None:
            return self.text_of(found)
        if self.step is Step.REVIEW and self.refusal is not None:
            return self.context.messages.for_error(self.refusal)
        if self.step is Step.REVIEW and self.customer is not None and not self.customer.consented:
            return self.tr("Bekräfta först att du har informerat kunden.")
        return ""

    def move(self, by: int) -> None:
        """Go to the next page (1), if nothing stands in the way, or to the one before (-1)."""
        if self.step is Step.RESULT or (by > 0 and self.why_not_next()):
            return
        steps = self.steps
        at = steps.index(self.step) + by if self.step in steps else -1
        if 0 <= at < len(steps):
            self._go(steps[at])

    def go_to(self, step: Step) -> None:
        """Go to a page of this run, to mend something there."""
        if step in self.steps and self.step is not Step.RESULT:
            self._go(step)

    def _go(self, step: Step) -> None:
        if self.draft is None or step is self.draft.step:
            return
        self.draft = self.draft.at(step)
        self.show()
        self._entered()
        self.save()

    def _entered(self) -> None:
        self.step_changed.emit()
        if self.step is Step.CHECK and self.facts is not None and self.situation is not None:
            fresh = self.facts.is_check_fresh(self.situation.now)
            if not fresh or self.facts.registration is None:
                self.check()
        if self.step is Step.REVIEW:
            self._ask_preview()

    # Asking

    def check(self) -> None:
        """Ask the vendor, through the server, whether the company is registered."""
        if self.customer is None or self.is_checking:
            return
        self.is_checking, self.check_error = True, None
        cases, customer_id = self.cases, self.customer.customer_id

        def work() -> tuple[CustomerFacts, Situation]:
            [facts] = cases.check((customer_id,))
            return facts, cases.get_situation()

        self.changed.emit()
        # Asks the server: the `db` thread is for the database alone.
        self.context.background.run(work, self._checked, self._check_failed, lane=Lane.POOL)

    @Slot(object)
    def _checked(self, found: tuple[CustomerFacts, Situation]) -> None:
        self.is_checking = False
        facts, situation = found
        # It has answered, whatever the state of the synchronisation says by now.
        self.situation = dataclasses.replace(situation, online=True)
        self._take_facts(facts)

    @Slot(object)
    def _check_failed(self, error: BaseException) -> None:
        self.is_checking, self.check_error = False, error
        if self.situation is not None:
            self.situation = dataclasses.replace(self.situation, online=False)
        self.show()

    @Slot(object)
    def _on_changed(self, _what: object) -> None:
        self._settle.start()

    @Slot()
    def ask_again(self, made_for: tuple[str, str] = ("", "")) -> None:
        """Ask for the facts anew, or for what has become of what was sent.

        `made_for`: a service and the engagement that was just made for it. It is chosen when it is there, for
        other services without one too.
        """
        if made_for[1]:
            self._made_for = made_for
        cases, customer, sending = self.cases, self.customer, self.sending
        if sending is not None:
            self.context.background.run(
                lambda: cases.get_sending(sending.activation_id), self._sending_moved, self.context.show_error
            )
        elif customer is not None:
            customer_id = customer.customer_id

            def work() -> tuple[CustomerFacts, Situation]:
                return cases.get_facts(customer_id), cases.get_situation()

            self.context.background.run(
                work, self._refreshed, self.context.show_error, latest=self._latest_facts
            )

    @Slot(object)
    def _refreshed(self, found: tuple[CustomerFacts, Situation]) -> None:
        facts, self.situation = found
        self._take_facts(facts)
        service, engagement_id = self._made_for
        if engagement_id and facts.find_engagement(engagement_id) is not None:
            self._made_for = ("", "")
            if self.customer is not None and self.customer.find_choice(service) is None:
                self.set_chosen(service, chosen=True)
            for choice in self.customer.choices if self.customer else ():
                if choice.service == service or not choice.engagement_id:
                    self.answer(choice.service, engagement_id=engagement_id)

    def _take_facts(self, facts: CustomerFacts) -> None:
        if self.draft is None or self.customer is None or facts.customer.id != self.customer.customer_id:
            return
        before = self.facts or facts
        self.facts = facts
        step = self.draft.step
        self.draft = settle_step(refresh(self.draft, before, facts), facts)
        self.show()
        if self.draft.step is not step:
            self.step_changed.emit()
        if self.step is Step.REVIEW:
            self._ask_preview()

    def _ask_preview(self) -> None:
        cases, draft, customer = self.cases, self.draft, self.customer
        if draft is None or customer is None:
            return

        def work() -> tuple[tuple[PreviewMail, ...], SamverkaError | None]:
            id_ = customer.customer_id
            return cases.preview(draft, id_), cases.find_refusals(draft, [id_]).get(id_)

        self.context.background.run(
            work,
            self._preview_came,
            self.context.show_error,
            latest=self._latest_preview,
        )

    @Slot(object)
    def _preview_came(self, found: tuple[tuple[PreviewMail, ...], SamverkaError | None]) -> None:
        self.previews, self.refusal = found
        self.changed.emit()

    # Keeping and sending

    def save(self) -> None:
        """Keep the draft as it is now."""
        draft, cases = self.draft, self.cases
        if draft is None or self.is_editing or self.sending is not None or self.is_sending:
            return
        if draft.customers:
            self.context.background.run(lambda: cases.save_draft(draft), self._saved, self.context.show_error)

    @Slot(object)
    def _saved(self, kept: ActivationDraft) -> None:
        if self.draft is not None and self.draft.id == kept.id:
            self.draft = dataclasses.replace(self.draft, saved_at=kept.saved_at)
            self.changed.emit()

    def commit(self) -> None:
        """Send what was decided. A second press while the first is under way does nothing."""
        draft, customer, cases = self.draft, self.customer, self.cases
        if draft is None or customer is None or self.is_sending or self.sending or self.why_not_next():
            return
        self.is_sending = True
        self.changed.emit()
        self.context.background.run(
            lambda: cases.send(draft, customer.customer_id), self._was_sent, self._send_failed
        )

    @Slot(object)
    def _was_sent(self, sending: Sending) -> None:
        self.is_sending, self.sending = False, sending
        if self.draft is not None:
            self.draft = self.draft.at(Step.RESULT)
        self.show()
        self.step_changed.emit()
        self.sent.emit()

    @Slot(object)
    def _send_failed(self, error: BaseException) -> None:
        self.is_sending = False
        self._settle.start()
        self.changed.emit()
        self.context.show_error(error)

    @Slot(object)
    def _sending_moved(self, sending: Sending) -> None:
        self.sending = sending
        self.changed.emit()

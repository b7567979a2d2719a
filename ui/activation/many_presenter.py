"""Between the pages for many customers and the use case."""

from __future__ import annotations

import dataclasses
from collections import deque
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.catalogue import Catalogue, Service, load_catalogue
from app.domain.activation_draft import ActivationDraft, CustomerDraft, Step, drop_customer
from app.domain.activation_facts import CustomerFacts, Situation
from app.domain.activation_language import choose_language, choose_usual_languages
from app.domain.activation_many import (
    ReviewedCustomer,
    choose_for_all,
    count_free,
    draft_for_many,
    reason_for_all,
    refresh_all,
    review_all,
)
from app.domain.activation_refusals import list_unasked, with_refusals
from app.domain.activation_steps import MANY_STEPS
from ui.activation.many_run import Edit, Loaded, Run, Worked
from ui.activation.many_sending import ManySending
from ui.activation.presenter import MINUTE_MILLISECONDS, SETTLE_MILLISECONDS
from ui.background import Lane, Latest
from ui.screens import ScreenContext

if TYPE_CHECKING:
    from app.usecases.activation import Activations


A_WHILE = timedelta(seconds=50)
"""After so long the age of the answers is looked at again."""


class ManyPresenter(QObject):
    """`changed`: show the pages anew; `step_changed`: another page stands in front.

    Two hundred customers take too long for the GUI's thread: an edit (`change`) is worked out in the
    background together with its review, one after the other, and none is lost.
    """

    changed = Signal()
    step_changed = Signal()
    failed = Signal()

    def __init__(self, context: ScreenContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.catalogue: Catalogue = load_catalogue()
        self.forms: Mapping[str, Service] = {service.code: service for service in self.catalogue.services}
        self.run: Run | None = None
        self.services: tuple[str, ...] = ()
        self.rows: tuple[ReviewedCustomer, ...] = ()
        self.free: Mapping[str, int] = {}
        self._reviewed_for: tuple[str, ...] | None = None
        self.gone = 0
        self.is_checking = False
        self.is_consented = False
        self.check_error: BaseException | None = None
        self.sending = ManySending(context, self)
        self.sending.changed.connect(self.changed)
        self.sending.finished.connect(self.changed)
        self._edits: deque[Edit] = deque()
        self._is_editing = False
        self._wants_save = False
        self._latest = Latest()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MILLISECONDS)
        self._settle.timeout.connect(self._ask_again)
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE_MILLISECONDS)
        self._minute.timeout.connect(self._settle.start)
        self._minute.start()
        context.events.changed.connect(self._on_changed)

    @property
    def cases(self) -> Activations:
        """The use case; its functions are called in the background only."""
        found: Activations = self.context.samverka.activation
        return found

    @property
    def step(self) -> Step:
        """The page in front."""
        return Step.CHECK if self.run is None else self.run.draft.step

    @property
    def steps(self) -> tuple[Step, ...]:
        """The pages of this run; the customers were chosen before it began."""
        return () if self.run is None else MANY_STEPS[1:]

    @property
    def is_reviewing(self) -> bool:
        """Tell whether the rows are being worked out."""
        return self._is_editing or bool(self._edits)

    @property
    def ready(self) -> tuple[ReviewedCustomer, ...]:
        """The rows that can be sent."""
        return tuple(row for row in self.rows if row.is_ready)

    def start(self, customer_ids: Sequence[str], draft_id: str = "") -> None:
        """Begin with these customers, or where a draft was left."""
        cases = self.cases

        def work() -> Loaded:
            kept = cases.open_draft(draft_id) if draft_id else None
            ids = [one.customer_id for one in kept.customers] if kept else list(customer_ids)
            situation = cases.get_situation()
            facts = {one.customer.id: one for one in cases.list_facts(ids)}
            gone = [id_ for id_ in ids if id_ not in facts]
            draft = kept or draft_for_many(facts.values(), situation.now).at(Step.CHECK)
            for customer_id in gone:
                draft = drop_customer(draft, customer_id)
            run = Run(draft=draft, facts=facts, situation=situation)
            return Loaded(run=run, is_kept=kept is not None, gone=len(gone))

        self.context.background.run(work, self._started, self._not_started)

    @Slot(object)
    def _not_started(self, error: BaseException) -> None:
        self.context.show_error(error)
        self.failed.emit()

    @Slot(object)
    def _started(self, loaded: Loaded) -> None:
        self.run, self.gone = loaded.run, loaded.gone
        draft = self.run.draft
        self.services = tuple(
            code for code in self.forms if any(customer.find_choice(code) for customer in draft.customers)
        )
        if draft.step not in self.steps:
            self._stand_at(Step.CHECK)
        self.change(lambda run: run)
        self.step_changed.emit()
        if self.run.situation.online and (self.step is Step.CHECK or loaded.is_kept):
            self.check()

    # Edits

    def change(self, edit: Edit) -> None:
        """Work out an edit and the review of what comes of it; what was agreed to is another thing then."""
        if self.run is None or self.step is Step.RESULT:
            return
        self.is_consented = False
        self._edits.append(edit)
        self._work()
        self.changed.emit()

    def _work(self) -> None:
        run, forms, services = self.run, self.forms, self.services
        if run is None or self._is_editing or not self._edits:
            return
        self._is_editing = True
        edit = self._edits.popleft()

        rows = {row.customer.customer_id: row for row in self.rows} if services == self._reviewed_for else {}
        cases, asks_rules = self.cases, self.step is Step.REVIEW

        def work() -> Worked:
            after = edit(run)
            draft, facts, situation = after.draft, after.facts, after.situation
            earlier = rows if situation == run.situation else {}
            reviewed = review_all(draft, facts, situation, forms, services, earlier=earlier)
            if asks_rules and (unasked := list_unasked(reviewed)):
                reviewed = with_refusals(reviewed, unasked, cases.find_refusals(draft, unasked))
            return Worked(
                run=after,
                rows=reviewed,
                services=services,
                free=count_free(facts, forms) if facts is not run.facts or not rows else None,
            )

        self.context.background.run(work, self._worked, self._not_worked)

    def _ask_rules(self) -> None:
        """In the review every row that looks ready is held against the rules of sending, too."""
        if self.step is Step.REVIEW and not self.is_reviewing and list_unasked(self.rows):
            self._edits.append(lambda run: run)
            self._work()

    @Slot(object)
    def _worked(self, found: Worked) -> None:
        after, self.rows, self._reviewed_for = found.run, found.rows, found.services
        self.free = self.free if found.free is None else found.free
        step, saved_at = self.step, self.run.draft.saved_at if self.run else None
        draft = dataclasses.replace(after.draft, step=step, saved_at=saved_at)
        self.run = dataclasses.replace(after, draft=draft)
        self._is_editing = False
        self._ask_rules()
        self._work()
        if self._wants_save and not self.is_reviewing:
            self.save()
        self.changed.emit()

    @Slot(object)
    def _not_worked(self, error: BaseException) -> None:
        self._is_editing = False
        self._work()
        self.changed.emit()
        self.context.show_error(error)

    def set_chosen(self, code: str, *, chosen: bool) -> None:
        """Choose a service for all that can have it, or for none."""
        wanted = {*self.services, code} if chosen else {*self.services} - {code}
        self.services = tuple(known for known in self.forms if known in wanted)
        forms = self.forms

        def edit(run: Run) -> Run:
            draft = choose_for_all(run.draft, run.facts, code, forms, chosen=chosen)
            return dataclasses.replace(run, draft=draft)

        self.change(edit)

    def set_consent(self, *, consented: bool) -> None:
        """Tick the consent for all, or take the tick away."""
        self.is_consented = consented
        self.changed.emit()

    def take_edited(self, customer: CustomerDraft, facts: CustomerFacts) -> None:
        """Take what was changed for one customer."""

        def edit(run: Run) -> Run:
            known = {**run.facts, customer.customer_id: facts}
            return dataclasses.replace(run, draft=run.draft.with_customer(customer), facts=known)

        self.change(edit)
        self.save()

    def give_reason_to_all(self, reason: str) -> None:
        """Go on without due diligence, for this reason, with each customer that has none."""
        self.change(lambda run: dataclasses.replace(run, draft=reason_for_all(run.draft, run.facts, reason)))

    def choose_language(self, language: str, customer_ids: Sequence[str] | None = None) -> None:
        """Choose the language of the e-mails to these customers or all; "" is each customer's usual one."""

        def edit(run: Run) -> Run:
            if language:
                draft = choose_language(run.draft, language, customer_ids)
            else:
                draft = choose_usual_languages(run.draft, tuple(run.facts.values()))
            return dataclasses.replace(run, draft=draft)

        self.change(edit)
        self.save()

    def drop(self, customer_ids: Sequence[str]) -> None:
        """Leave these customers out of the run."""
        left = frozenset(customer_ids)

        def edit(run: Run) -> Run:
            kept = tuple(one for one in run.draft.customers if one.customer_id not in left)
            facts = {id_: known for id_, known in run.facts.items() if id_ not in left}
            return dataclasses.replace(run, draft=dataclasses.replace(run.draft, customers=kept), facts=facts)

        self.change(edit)
        self.save()

    # Pages

    def why_not_next(self) -> str:
        """Why the next page cannot be gone to, or ""."""
        if self.run is None:
            return self.tr("Hämtar uppgifter…")
        if self.step is Step.CHECK and self.is_checking:
            return self.tr("Kontrollen pågår.")
        if self.step is Step.SERVICES and not self.services:
            return self.context.messages.sentence("no_service_chosen")
        if self.step is not Step.REVIEW:
            return ""
        if self.is_reviewing:
            return self.tr("Går igenom kunderna…")
        if not self.ready:
            return self.tr("Ingen kund kan skickas än. Se vad som ska åtgärdas.")
        if not self.is_consented:
            return self.tr("Bekräfta först att du har informerat kunderna.")
        return ""

    def go_to(self, step: Step) -> None:
        """Go to a page of this run."""
        if self.run is not None and step in self.steps and self.step is not Step.RESULT:
            self._stand_at(step)
            self._ask_rules()
            self.changed.emit()
            self.step_changed.emit()
            self.save()

    def _stand_at(self, step: Step) -> None:
        if self.run is not None:
            self.run = dataclasses.replace(self.run, draft=self.run.draft.at(step))

    # Asking

    def check(self) -> None:
        """Ask the vendor about all customers in one call."""
        if self.run is None or self.is_checking:
            return
        self.is_checking, self.check_error = True, None
        cases, ids = self.cases, tuple(self.run.facts)
        self.changed.emit()
        self.context.background.run(
            lambda: cases.check(ids), self._checked, self._check_failed, lane=Lane.POOL
        )

    @Slot(object)
    def _checked(self, facts: tuple[CustomerFacts, ...]) -> None:
        self.is_checking = False
        self._take(facts, online=True)

    @Slot(object)
    def _check_failed(self, error: BaseException) -> None:
        self.is_checking, self.check_error = False, error
        self._take((), online=False)

    @Slot(object)
    def _on_changed(self, _what: object) -> None:
        self._settle.start()

    @Slot()
    def _ask_again(self) -> None:
        if self.sending.results:
            self.sending.follow()
        elif self.run is not None:
            cases, known = self.cases, self.run.facts

            def work() -> tuple[tuple[CustomerFacts, ...], Situation]:
                moved = (one for one in cases.list_facts(tuple(known)) if one != known[one.customer.id])
                return tuple(moved), cases.get_situation()

            self.context.background.run(work, self._came, self.context.show_error, latest=self._latest)

    @Slot(object)
    def _came(self, found: tuple[tuple[CustomerFacts, ...], Situation]) -> None:
        moved, situation = found
        before = self.run.situation if self.run is not None else situation
        if moved or situation.now - before.now > A_WHILE or situation.firm != before.firm:
            self._take(moved, situation=situation)

    def _take(
        self,
        facts: tuple[CustomerFacts, ...],
        *,
        online: bool | None = None,
        situation: Situation | None = None,
    ) -> None:
        """Take in what is known anew. A consent outlives what changes nothing of what was shown."""
        if self.run is None or self.sending.is_busy:
            return
        consented, known, forms = self.is_consented, self.run.facts, self.forms
        asked = [one for one in facts if one.customer.id in known]
        is_same = all(known[one.customer.id].answer == one.answer for one in asked)

        def edit(run: Run) -> Run:
            after = {one.customer.id: one for one in facts if one.customer.id in run.facts}
            draft = refresh_all(run.draft, run.facts, after, forms)
            moment = situation or run.situation
            if online is not None:
                moment = dataclasses.replace(moment, online=online)
            return Run(draft=draft, facts={**run.facts, **after}, situation=moment)

        self.change(edit)
        self.is_consented = consented and is_same

    # Keeping and sending

    def save(self) -> None:
        """Keep the draft as it is now, or as it will be when the edits under way are worked out."""
        self._wants_save = self.is_reviewing
        if self._wants_save or self.run is None or self.sending.is_busy or self.sending.results:
            return
        draft, cases = self.run.draft, self.cases
        if draft.customers:
            self.context.background.run(lambda: cases.save_draft(draft), self._saved, self.context.show_error)

    @Slot(object)
    def _saved(self, kept: ActivationDraft) -> None:
        if self.run is not None:
            draft = dataclasses.replace(self.run.draft, saved_at=kept.saved_at)
            self.run = dataclasses.replace(self.run, draft=draft)
            self.changed.emit()

    def commit(self) -> None:
        """Send those that are ready; the rest stay as a draft. A second press does nothing."""
        if self.run is None or self.sending.is_busy or self.sending.results or self.why_not_next():
            return
        ids = tuple(row.customer.customer_id for row in self.ready)
        names = {id_: one.customer.name for id_, one in self.run.facts.items()}
        self.sending.send(self.run.draft, ids, names)
        self._stand_at(Step.RESULT)
        self.step_changed.emit()

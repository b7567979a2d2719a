"""What has been decided in the wizard for one customer, with what is wrong with it and what it means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.catalogue import Catalogue, Service, load_catalogue
from app.domain.activation_answers import fact_values
from app.domain.activation_draft import (
    ActivationDraft,
    CustomerDraft,
    Step,
    change_service,
    choose_service,
    drop_service,
    give_consent,
)
from app.domain.activation_facts import CustomerFacts, Situation
from app.domain.activation_language import language_of
from app.domain.activation_steps import list_steps
from app.domain.consequences import Consequences, work_out
from app.domain.preconditions import Problem, list_problems
from ui.activation.wording import problem_text
from ui.screens import ScreenContext

if TYPE_CHECKING:
    from app.usecases.activation import Activations

EDITED = (Step.SERVICES, Step.CONTACT, Step.ADMINISTRATORS, Step.ACCESS)
"""The pages on which one customer of many is changed."""


class HeldDraft(QObject):
    """The draft and the facts that it is judged by; nothing is asked for here. `changed`: show it anew."""

    changed = Signal()

    def __init__(self, context: ScreenContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.catalogue: Catalogue = load_catalogue()
        self.forms: Mapping[str, Service] = {service.code: service for service in self.catalogue.services}
        self.draft: ActivationDraft | None = None
        self.facts: CustomerFacts | None = None
        self.situation: Situation | None = None
        self.problems: tuple[Problem, ...] = ()
        self.consequences: Consequences | None = None
        self.is_editing = False

    @property
    def cases(self) -> Activations:
        """The use case; its functions are called in the background only."""
        found: Activations = self.context.samverka.activation
        return found

    @property
    def language(self) -> str:
        """The language of the catalogue's texts: that of the program."""
        return self.context.messages.language

    @property
    def mail_language(self) -> str:
        """The language of the e-mails to the customer."""
        if self.draft is None or self.customer is None:
            return self.language
        return language_of(self.draft, self.customer)

    @property
    def customer(self) -> CustomerDraft | None:
        """What has been decided for the customer."""
        if self.draft is None or not self.draft.customers:
            return None
        return self.draft.customers[0]

    @property
    def step(self) -> Step:
        """The page in front."""
        return Step.CUSTOMERS if self.draft is None else self.draft.step

    @property
    def steps(self) -> tuple[Step, ...]:
        """The pages of this run."""
        if self.draft is None:
            return ()
        steps = list_steps(self.draft, self.facts)
        return tuple(step for step in steps if step in EDITED) if self.is_editing else steps

    # Edits

    def set_chosen(self, service: str, *, chosen: bool) -> None:
        """Choose a service with its form prefilled, or drop it."""
        if self.customer is not None and self.facts is not None:
            if chosen:
                self.put(choose_service(self.customer, self.forms[service], self.facts))
            else:
                self.put(drop_service(self.customer, service))

    def answer(
        self, service: str, values: Mapping[str, str] | None = None, engagement_id: str | None = None
    ) -> None:
        """Change answers in a chosen service's form."""
        if self.customer is not None and self.facts is not None and self.customer.find_choice(service):
            form = self.forms[service]
            self.put(
                change_service(self.customer, form, self.facts, engagement_id=engagement_id, values=values)
            )

    def change(self, edit: Callable[[CustomerDraft], CustomerDraft]) -> None:
        """Change what is decided for the customer: its contact person, customer number, reason."""
        if self.customer is not None:
            self.put(edit(self.customer))

    def set_consent(self, *, consented: bool) -> None:
        """Tick the consent or take the tick away."""
        if self.customer is not None:
            self.put(give_consent(self.customer, consented=consented))

    def put(self, customer: CustomerDraft) -> None:
        """Hold what is decided now, where it is another than before."""
        if self.draft is not None and customer is not self.customer:
            self.draft = self.draft.with_customer(customer)
            self.show()

    # Words

    def text_of(self, problem: Problem) -> str:
        """The sentence of a problem."""
        values: dict[str, str] = {}
        choice = self.customer.find_choice(problem.service) if self.customer else None
        if choice is not None and self.facts is not None and problem.service in self.forms:
            values = {**fact_values(self.forms[problem.service], self.facts), **choice.values}
        return problem_text(problem, self.catalogue, self.context.messages, values)

    def problems_at(self, step: Step) -> list[Problem]:
        """Return what is wrong on a page."""
        if self.customer is None or self.facts is None or self.situation is None:
            return []
        found = list_problems(self.customer, self.facts, self.situation, self.forms)
        return [problem for problem in found if problem.step is step]

    def show(self) -> None:
        """Judge the draft anew by the facts, and let it be shown."""
        self.problems, self.consequences = (), None
        if self.customer is not None and self.facts is not None and self.situation is not None:
            self.problems = list_problems(self.customer, self.facts, self.situation, self.forms)
            self.consequences = work_out(self.customer, self.facts, self.situation)
        self.changed.emit()

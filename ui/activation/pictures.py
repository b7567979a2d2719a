"""The wizard's pages and dialogs as `main.py screenshot --sample` draws them.

Nothing here is about any one customer: each picture takes the first one that is what it shows.
"""

import dataclasses
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any, Final, Protocol

from PySide6.QtWidgets import QDialog, QWidget

from app.catalogue import load_catalogue
from app.domain.activation_draft import CustomerDraft, Step, change_contact
from app.domain.activation_facts import CustomerFacts
from app.domain.preconditions import Problem, Repair, why_unavailable
from app.domain.records import Branch, RegistrationAnswer
from app.usecases.activation import Activations
from app.usecases.activation_values import DraftSummary
from app.usecases.customer_list import CustomerFilter
from ui.activation.dialog import ActivationDialog
from ui.activation.many_review_page import ManyReviewPage
from ui.activation.unreadable_draft import UnreadableDraft
from ui.screens import ScreenContext

MOST_CUSTOMERS = 300


class Studio(Protocol):
    """What ui.screenshots gives to whoever draws a picture."""

    context: ScreenContext
    size: tuple[int, int]

    def settle(self) -> None:
        """Wait until everything that was asked is answered."""


class _Hand:
    """Opens the wizard and works it as a person would, up to what is drawn."""

    def __init__(self, studio: Studio, *, online: bool = True) -> None:
        self._studio = studio
        self.context = studio.context
        self._real: Activations = studio.context.samverka.activation
        if not online:
            away = Activations(studio.context.samverka.workspace, load_catalogue())
            self.context = dataclasses.replace(studio.context, samverka=SimpleNamespace(activation=away))

    def open(self, **arguments: Any) -> ActivationDialog:
        dialog = ActivationDialog(self.context)
        if arguments:
            dialog.open_with(**arguments)
        else:
            dialog.begin_if_idle()
        width, height = self._studio.size
        dialog.resize(min(dialog.width(), width), min(dialog.height(), height))
        dialog.show()
        self._studio.settle()
        dialog.resize(min(dialog.width(), width), min(dialog.height(), height))
        return dialog

    def customers(self, fits: Callable[[CustomerFacts], bool]) -> list[CustomerFacts]:
        samverka = self._studio.context.samverka
        handles = samverka.customer_list.list_handles(CustomerFilter(), MOST_CUSTOMERS)
        lines = samverka.customer_list.fetch_lines(handles)
        return [found for found in self._real.list_facts([line.id for line in lines]) if fits(found)]

    def begin(self, fits: Callable[[CustomerFacts], bool], *services: str) -> ActivationDialog:
        dialog = self.open(customer_id=self.customers(fits)[0].customer.id)
        for code in services:
            dialog.presenter.set_chosen(code, chosen=True)
        return dialog

    def at(self, dialog: ActivationDialog, step: Step) -> ActivationDialog:
        dialog.presenter.go_to(step)
        self._studio.settle()
        return dialog


def _can_have(facts: CustomerFacts, *services: str) -> bool:
    forms = {service.code: service for service in load_catalogue().services}
    return (
        facts.customer.state == "active"
        and facts.customer.due_diligence.state == "done"
        and facts.customer.engagement_letter.state == "done"
        and bool(facts.contacts and facts.contacts[0].email and facts.customer.address.is_complete)
        and all(why_unavailable(forms[code], facts) is None for code in services)
        and all(facts.list_engagements_for(forms[code].engagement_types) for code in services)
    )


def _new(facts: CustomerFacts) -> bool:
    return (
        facts.answer is RegistrationAnswer.NOT_REGISTERED
        and facts.customer.kind == "sole_firm"
        and _can_have(facts, "eekonomi", "scanner")
    )


def _registered(facts: CustomerFacts) -> bool:
    return (
        facts.branch_for("lon_smart") is Branch.WITHOUT_SERVICE
        and facts.registration is not None
        and len(facts.registration.administrators) > 1
        and _can_have(facts, "lon_smart", "utlagg")
    )


def _owner(facts: CustomerFacts) -> bool:
    return facts.branch_for("eekonomi") is Branch.OWNS_SUBSCRIPTION and _can_have(facts, "eekonomi")


def _customer(studio: Studio) -> QWidget:
    return _Hand(studio).open()


def _page_of(
    fits: Callable[[CustomerFacts], bool], step: Step, *services: str, online: bool = True
) -> Callable[[Studio], QWidget]:
    def draw(studio: Studio) -> QWidget:
        hand = _Hand(studio, online=online)
        return hand.at(hand.begin(fits, *services), step)

    return draw


def _unknown(studio: Studio) -> QWidget:
    def never_asked(facts: CustomerFacts) -> bool:
        return facts.answer is RegistrationAnswer.UNKNOWN and _can_have(facts, "eekonomi")

    hand = _Hand(studio, online=False)
    return hand.at(hand.begin(never_asked, "eekonomi"), Step.REVIEW)


def _result(studio: Studio) -> QWidget:
    hand = _Hand(studio)
    dialog = hand.at(hand.begin(_registered, "lon_smart", "utlagg"), Step.REVIEW)
    dialog.presenter.set_consent(consented=True)
    dialog.presenter.commit()
    studio.settle()
    return dialog


def _stopped(studio: Studio) -> QWidget:
    hand = _Hand(studio)
    [first, *_] = [
        collaboration
        for facts in hand.customers(lambda facts: bool(facts.collaborations))
        for collaboration in facts.collaborations
        if collaboration.state == "stopped"
    ]
    return hand.open(activation_id=first.activation_id)


def _many(step: Step, *, online: bool = True) -> Callable[[Studio], QWidget]:
    def draw(studio: Studio) -> QWidget:
        hand = _Hand(studio, online=online)
        chosen = hand.customers(lambda facts: facts.customer.state == "active")[:40]
        dialog = hand.open(customer_ids=[one.customer.id for one in chosen])
        presenter = dialog.many_presenter
        if presenter is None:
            raise LookupError("the run for many")
        for code in ("eekonomi", "scanner", "lon_smart"):
            presenter.set_chosen(code, chosen=True)
        studio.settle()
        presenter.go_to(step if step is not Step.RESULT else Step.REVIEW)
        studio.settle()
        if step is Step.RESULT:
            presenter.set_consent(consented=True)
            presenter.commit()
            studio.settle()
        return dialog

    return draw


def _mending_many(repair: Repair) -> Callable[[Studio], QWidget]:
    """The dialog that mends a row of a run for many, and offers to mend the others."""

    def draw(studio: Studio) -> QWidget:
        dialog = _many(Step.REVIEW)(studio)
        [page] = dialog.findChildren(ManyReviewPage)
        row, problem = next(
            (row, problem)
            for row in page.presenter.rows
            for problem in row.problems
            if problem.repair is repair
        )
        page.repair_asked.emit(problem, row)
        studio.settle()
        [opened] = [one for one in dialog.findChildren(QDialog) if one.isVisible()]
        return opened

    return draw


def _dialog_over(button: str) -> Callable[[Studio], QWidget]:
    """The dialog that a button of the services page opens."""

    def draw(studio: Studio) -> QWidget:
        hand = _Hand(studio)
        dialog = hand.at(hand.begin(_registered, "lon_smart"), Step.SERVICES)
        found = dialog.findChild(QWidget, button)
        if found is None:
            raise LookupError(button)
        found.click()  # type: ignore[attr-defined]
        studio.settle()
        [opened] = [one for one in dialog.findChildren(QDialog) if one.isVisible()]
        return opened

    return draw


def _mending(
    fits: Callable[[CustomerFacts], bool], repair: Repair, *services: str, code: str = ""
) -> Callable[[Studio], QWidget]:
    """The dialog that mends a problem of a customer."""

    def draw(studio: Studio) -> QWidget:
        hand = _Hand(studio)
        dialog = hand.begin(fits, *services)
        step = Step.CUSTOMERS if repair is not Repair.CHOOSE_VENDOR_NUMBER else Step.CHECK
        service = services[0] if services else ""
        problem = Problem(code=code, step=step, service=service, repair=repair, data={"engagement": "Lön"})
        dialog.repairs.mend(problem)
        studio.settle()
        [opened] = [one for one in dialog.findChildren(QDialog) if one.isVisible()]
        return opened

    return draw


def _wrong_contact(studio: Studio) -> QWidget:
    hand = _Hand(studio)
    dialog = hand.at(hand.begin(_new, "eekonomi"), Step.CONTACT)

    def spoil(draft: CustomerDraft) -> CustomerDraft:
        wrong = dataclasses.replace(draft.contact, email="maja@", phone="12", postal_code="4329")
        return change_contact(draft, wrong)

    dialog.presenter.change(spoil)
    studio.settle()
    return dialog


def _due(facts: CustomerFacts) -> bool:
    return facts.customer.due_diligence.state != "done" and facts.customer.state == "active"


def _several(facts: CustomerFacts) -> bool:
    return facts.registration is not None and len(facts.registration.vendor_customer_numbers) > 1


def _unreadable(studio: Studio) -> QWidget:
    """What a later version wrote, as an earlier one meets it."""
    hand = _Hand(studio)
    facts = hand.customers(_new)[0]
    dialog = hand.open()
    summary = DraftSummary(
        id="",
        customer_ids=(),
        title=facts.customer.name,
        services=(),
        changed_at=studio.context.samverka.clock.now(),
        is_readable=False,
    )
    text = f'{facts.customer.name}\n\n{{\n  "step": "…",\n  "services": ["eekonomi", "scanner"]\n}}\n'
    UnreadableDraft(studio.context, summary, dialog).show_text(text)
    studio.settle()
    return next(one for one in dialog.findChildren(QDialog, "unreadableDraft"))


PICTURES: Final[Mapping[str, Callable[[Studio], QWidget]]] = {
    "customer": _customer,
    "check_new": _page_of(_new, Step.CHECK),
    "check_registered": _page_of(_registered, Step.CHECK),
    "check_offline": _page_of(_registered, Step.CHECK, online=False),
    "services_new": _page_of(_new, Step.SERVICES, "eekonomi", "scanner"),
    "services_registered": _page_of(_registered, Step.SERVICES, "lon_smart", "utlagg"),
    "services_own": _page_of(_owner, Step.SERVICES, "eekonomi"),
    "contact": _page_of(_new, Step.CONTACT, "eekonomi"),
    "administrators": _page_of(_registered, Step.ADMINISTRATORS, "lon_smart"),
    "access": _page_of(_registered, Step.ACCESS, "lon_smart", "utlagg"),
    "review_new": _page_of(_new, Step.REVIEW, "eekonomi", "scanner"),
    "review_registered": _page_of(_registered, Step.REVIEW, "lon_smart", "utlagg"),
    "review_own": _page_of(_owner, Step.REVIEW, "eekonomi"),
    "review_offline": _page_of(_new, Step.REVIEW, "eekonomi", online=False),
    "review_unknown": _unknown,
    "result": _result,
    "stopped": _stopped,
    "create_engagement": _dialog_over("createEngagement_lon_smart"),
    "add_participant": _mending(_registered, Repair.ADD_PARTICIPANT, "lon_smart"),
    "due_diligence": _mending(_due, Repair.NOTE_DUE_DILIGENCE),
    "correct_number": _mending(_registered, Repair.CORRECT_NUMBER),
    "choose_number": _mending(_several, Repair.CHOOSE_VENDOR_NUMBER),
    "contact_wrong": _wrong_contact,
    "customer_problems": _page_of(_due, Step.CUSTOMERS),
    "check_several": _page_of(_several, Step.CHECK),
    "draft_unreadable": _unreadable,
    "many_check": _many(Step.CHECK),
    "many_services": _many(Step.SERVICES),
    "many_review": _many(Step.REVIEW),
    "many_result": _many(Step.RESULT),
    "many_engagement": _mending_many(Repair.CREATE_ENGAGEMENT),
}

"""The four branches of an activation: the vendor's answer decides, per customer and per service."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.records import Branch, Expectation, Payer, RegisteredService, Registration, RegistrationAnswer


def branch_of(answer: str, services: Iterable[RegisteredService], service: str) -> str:
    """Return the Branch for one service, given the vendor's answer and the services the company has."""
    if answer == RegistrationAnswer.NOT_REGISTERED:
        return Branch.NOT_REGISTERED
    if answer != RegistrationAnswer.REGISTERED:
        return Branch.UNKNOWN
    held = next((s for s in services if s.code == service), None)
    if held is None:
        return Branch.WITHOUT_SERVICE
    if held.subscription_owner == Payer.CUSTOMER:
        return Branch.OWNS_SUBSCRIPTION
    return Branch.WITH_SERVICE


def branch_of_activation(answer: str, services: Iterable[RegisteredService], codes: Iterable[str]) -> str:
    """Return the branch of the whole activation: the first service's, since one answer rules them all."""
    held = tuple(services)
    branches = [branch_of(answer, held, code) for code in codes]
    for branch in (Branch.NOT_REGISTERED, Branch.UNKNOWN, Branch.WITHOUT_SERVICE, Branch.WITH_SERVICE):
        if branch in branches:
            return branch
    return Branch.OWNS_SUBSCRIPTION


def what_changed(expects: Expectation, found: Registration, codes: Iterable[str]) -> str:
    """Return why an activation must stop, given what the person was shown, or "" where it may go on.

    ``answer_unknown``, ``answer_changed`` or ``services_changed``. Somebody who was shown «unknown» saw
    both outcomes, so either answer may go on.
    """
    if found.answer == RegistrationAnswer.UNKNOWN:
        return "answer_unknown"
    if expects.answer == RegistrationAnswer.UNKNOWN:
        return ""
    if expects.answer != found.answer:
        return "answer_changed"
    for code in codes:
        if branch_of(expects.answer, expects.services, code) != branch_of(found.answer, found.services, code):
            return "services_changed"
    return ""

"""The vendor's answer in the wizard: its age, being without it, and that it changes meanwhile."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

import pytest
from PySide6.QtWidgets import (
    QCheckBox,
    QPushButton,
    QWidget,
)

from app.domain.activation_draft import Step
from app.domain.records import (
    Branch,
)
from app.usecases.activation_values import Mark
from tests.support.activation_cases import (
    NOW,
    berga_gard,
    bergstroms_el,
    with_registration,
)
from tests.support.activation_desk import Desk
from tests.support.hands import find, go_on_to, live_activations, press, shown_text, tick
from ui.activation.dialog import ActivationDialog
from ui.widgets.info_bar import InfoBar

W = TypeVar("W", bound=QWidget)
MakeDesk = Callable[..., Desk]
OpenWizard = Callable[..., ActivationDialog]


def test_offline_an_old_answer_is_amber_with_its_time(make_desk: MakeDesk, open_wizard: OpenWizard) -> None:
    old = with_registration(berga_gard(), checked_at=NOW - timedelta(days=3))
    desk = make_desk(old, online=False)
    dialog = open_wizard(desk, customer_id="cu_berga")
    bar = find(dialog, InfoBar, "checkOffline")
    assert bar.isVisible()
    assert bar.property("panel") == "wait"
    assert "Kontrollen gjordes 2026-11-20" in bar.accessibleName()
    assert not find(dialog, InfoBar, "checkRefused").isVisible(), "it is said once"
    dialog.presenter.set_chosen("eekonomi", chosen=True)
    go_on_to(desk, dialog, Step.REVIEW)
    assert find(dialog, QPushButton, "activationNext").text() == "Lägg i utkorgen"
    assert find(dialog, InfoBar, "reviewOffline").isVisible()


def test_offline_without_an_answer_both_outcomes_are_shown(
    make_desk: MakeDesk, open_wizard: OpenWizard
) -> None:
    desk = make_desk(berga_gard(registration=None), online=False)
    dialog = open_wizard(desk, customer_id="cu_berga")
    dialog.presenter.set_chosen("eekonomi", chosen=True)
    go_on_to(desk, dialog, Step.REVIEW)
    text = shown_text(dialog)
    assert "Vi vet inte om kunden är registrerad hos Visma Spcs." in text
    assert "Kunden är inte registrerad hos Visma Spcs." in text
    assert "Kunden är redan registrerad hos Visma Spcs." in text
    tick(desk, dialog, "activationConsent")
    press(desk, dialog, "activationNext")
    [activation] = live_activations(desk)
    assert (activation.branch, activation.expects.answer) == (Branch.UNKNOWN, "unknown")
    assert dialog.presenter.sending is not None
    assert dialog.presenter.sending.mark is Mark.QUEUED
    assert "I utkorgen" in shown_text(dialog)


def test_online_the_check_is_made_by_itself(make_desk: MakeDesk, open_wizard: OpenWizard) -> None:
    desk = make_desk(berga_gard(registration=None))
    answer = berga_gard().registration
    assert answer is not None
    desk.answers["cu_berga"] = answer
    dialog = open_wizard(desk, customer_id="cu_berga")
    assert desk.asked == [("cu_berga",)]
    assert "Kunden är inte registrerad hos Visma Spcs." in shown_text(dialog)
    press(desk, dialog, "checkAgain")
    assert desk.asked == [("cu_berga",), ("cu_berga",)]


@pytest.mark.case(9)
def test_a_new_answer_during_the_review_takes_the_consent_away(
    make_desk: MakeDesk, open_wizard: OpenWizard
) -> None:
    desk = make_desk()
    dialog = open_wizard(desk, customer_id="cu_berga")
    dialog.presenter.set_chosen("eekonomi", chosen=True)
    go_on_to(desk, dialog, Step.REVIEW)
    tick(desk, dialog, "activationConsent")
    registered = bergstroms_el().registration
    assert registered is not None
    assert berga_gard().registration is not None
    desk.pull(
        [
            dataclasses.replace(
                registered, id=berga_gard().registration.id, customer_id="cu_berga", services=()
            )
        ]
    )
    desk.wait_until(lambda: not find(dialog, QCheckBox, "activationConsent").isChecked())
    assert find(dialog, QPushButton, "activationNext").text() == "Skicka inbjudan"

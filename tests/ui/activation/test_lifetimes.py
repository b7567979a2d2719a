"""Windows that come and go leave nothing behind that could be called when it is gone."""

from __future__ import annotations

import dataclasses
import gc
import weakref
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from app.domain.activation_draft import Step
from tests.support.activation_cases import NOW, berga_gard, bergstroms_el
from tests.support.activation_desk import Desk
from ui.activation.dialog import ActivationDialog
from ui.widgets.dialogs import show_modal

MakeDesk = Callable[..., Desk]
TIMES = 100


def let_go(desk: Desk) -> None:
    """Delete what wants to be deleted, as a turn of the event loop does."""
    desk.settle()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def alive() -> int:
    """Return how many wizards Qt still knows."""
    return sum(isinstance(widget, ActivationDialog) for widget in QApplication.topLevelWidgets())


def test_a_hundred_wizards_are_opened_worked_and_closed(make_desk: MakeDesk) -> None:
    desk = make_desk()
    before = alive()
    kept = []
    for at in range(TIMES):
        dialog = ActivationDialog(desk.context)
        kept.append(weakref.ref(dialog))
        many = at % 4 == 3
        if many:
            dialog.open_with(customer_ids=["cu_berga", "cu_el"])
        elif at % 4 == 2:
            dialog.begin_if_idle()
        else:
            dialog.open_with(customer_id="cu_el" if at % 2 else "cu_berga")
        show_modal(dialog)
        if at % 3:
            # Every third is closed while its first questions are still on their way.
            desk.settle()
        if at % 3 and at % 4 < 2:
            dialog.presenter.set_chosen("scanner", chosen=True)
            for step in (Step.SERVICES, Step.ACCESS, Step.REVIEW, Step.CUSTOMERS):
                dialog.presenter.go_to(step)
            answered = dataclasses.replace(
                (berga_gard if at % 2 == 0 else bergstroms_el)().registration,  # type: ignore[type-var]
                checked_at=NOW,
            )
            desk.pull([answered])
        dialog.reject()
        del dialog
        # Something is told to windows that have just been closed.
        desk.pull([berga_gard().customer])
        let_go(desk)
    gc.collect()
    let_go(desk)
    assert alive() == before
    assert [ref for ref in kept if ref() is not None] == []
    assert desk.errors == []


def test_the_count_would_see_a_window_that_stays(make_desk: MakeDesk) -> None:
    desk = make_desk()
    before = alive()
    dialog = ActivationDialog(desk.context)
    dialog.begin_if_idle()
    dialog.show()
    let_go(desk)
    assert alive() == before + 1
    dialog.deleteLater()
    let_go(desk)
    assert alive() == before

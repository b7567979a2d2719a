"""Sending for many: in small lots, so that it can be stopped in between, with what became of each."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.activation_draft import ActivationDraft
from app.domain.activation_many import consent_for, is_stuck
from app.usecases.activation_values import Mark, Sending, SentOne
from ui.background import Latest
from ui.screens import ScreenContext

if TYPE_CHECKING:
    from app.usecases.activation import Activations

LOT = 5
"""So many customers are put into the outbox in one piece of work."""


class ManySending(QObject):
    """`changed` with every lot; `finished` when nothing more is tried."""

    changed = Signal()
    finished = Signal()

    def __init__(self, context: ScreenContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._draft: ActivationDraft | None = None
        self._left: tuple[str, ...] = ()
        self._codes: list[str] = []
        self._names: Mapping[str, str] = {}
        self._latest = Latest()
        self._is_stopping = False
        self.is_busy = False
        self.asked = 0
        self.results: tuple[SentOne, ...] = ()

    @property
    def _cases(self) -> Activations:
        found: Activations = self._context.samverka.activation
        return found

    @property
    def failed(self) -> tuple[SentOne, ...]:
        """Those that could not be put into the outbox."""
        return tuple(one for one in self.results if one.error is not None)

    @property
    def waiting(self) -> tuple[SentOne, ...]:
        """Those that were sent and wait for a person: stopped, refused, taken back."""
        return tuple(one for one in self.results if one.sending and one.sending.mark is Mark.NEEDS_PERSON)

    @property
    def not_tried(self) -> tuple[str, ...]:
        """The customers that it never came to: it was stopped, by a person or after equal failures."""
        return () if self.is_busy else self._left

    @property
    def is_stuck(self) -> bool:
        """Tell whether it stopped by itself."""
        return is_stuck(self._codes)

    @property
    def done(self) -> int:
        """How many have been tried in this round."""
        return self.asked - len(self._left)

    def name_of(self, customer_id: str) -> str:
        """The customer's name, also of one that could not be sent."""
        return self._names.get(customer_id, "")

    def send(self, draft: ActivationDraft, customer_ids: Sequence[str], names: Mapping[str, str]) -> None:
        """Put them into the outbox one after the other, with the consent that was given for them."""
        self._names = names
        self._begin(consent_for(draft, customer_ids), customer_ids)

    def try_again(self) -> None:
        """Try those that failed and those that it never came to. A second press does nothing."""
        if self.is_busy or self._draft is None:
            return
        # What was never tried comes first: what failed may fail again, and would keep the rest waiting.
        again = (*self._left, *(one.customer_id for one in self.failed))
        self.results = tuple(one for one in self.results if one.error is None)
        self._begin(consent_for(self._draft, again), again)

    def stop(self) -> None:
        """Stop before the next lot."""
        self._is_stopping = True

    def follow(self) -> None:
        """Ask what has become of what was sent."""
        cases = self._cases
        sent = tuple(one.sending.activation_id for one in self.results if one.sending is not None)
        if sent and not self.is_busy:
            self._context.background.run(
                lambda: tuple(cases.get_sending(id_) for id_ in sent),
                self._moved,
                self._context.show_error,
                latest=self._latest,
            )

    def _begin(self, draft: ActivationDraft, customer_ids: Sequence[str]) -> None:
        self._draft, self._left, self._codes = draft, tuple(customer_ids), []
        self.asked = len(self._left)
        self.is_busy, self._is_stopping = True, False
        self.changed.emit()
        self._next_lot()

    def _next_lot(self) -> None:
        draft, cases = self._draft, self._cases
        if draft is None or not self._left or self._is_stopping or self.is_stuck:
            self.is_busy = False
            self.finished.emit()
            return
        lot, earlier = self._left[:LOT], tuple(self._codes)
        self._context.background.run(
            lambda: cases.send_many(draft, lot, earlier=earlier), self._lot_sent, self._lot_failed
        )

    @Slot(object)
    def _lot_sent(self, results: tuple[SentOne, ...]) -> None:
        tried = {one.customer_id for one in results}
        self._left = tuple(id_ for id_ in self._left if id_ not in tried)
        self._codes += ["" if one.error is None else one.error.code for one in results]
        self.results += results
        sent = {one.customer_id for one in results if one.error is None}
        if self._draft is not None:
            kept = tuple(one for one in self._draft.customers if one.customer_id not in sent)
            self._draft = dataclasses.replace(self._draft, customers=kept)
        self.changed.emit()
        self._next_lot()

    @Slot(object)
    def _lot_failed(self, error: BaseException) -> None:
        self.is_busy = False
        self._context.show_error(error)
        self.finished.emit()

    @Slot(object)
    def _moved(self, sendings: tuple[Sending, ...]) -> None:
        by_customer = {one.customer_id: one for one in sendings}
        self.results = tuple(
            dataclasses.replace(one, sending=by_customer.get(one.customer_id, one.sending))
            if one.error is None
            else one
            for one in self.results
        )
        self.changed.emit()

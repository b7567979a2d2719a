"""What became of each service that was to be ended."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.usecases.ending import EndDecision, EndResult
from ui.screens import ScreenContext
from ui.widgets.buttons import Button
from ui.widgets.results import Outcome, ResultList
from ui.widgets.texts import label


def with_names(context: ScreenContext, data: Mapping[str, Any]) -> dict[str, Any]:
    """What goes into a sentence, with services by their names."""
    code = data.get("service")
    if not code:
        return dict(data)
    short = context.samverka.catalogue.service(str(code)).short.text(context.messages.language)
    return {**data, "service": short}


class EndingResults(QWidget):
    """`retry_pressed` for those that failed, `close_pressed`."""

    retry_pressed = Signal()
    close_pressed = Signal()

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        theme = context.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        self._title = label("", "wizard", name="endingResultTitle", wrap=True)
        self._text = label("", "body", name="endingResultText", wrap=True)
        self._results = ResultList(theme, name="endingResults")
        self._retry = Button(theme, self.tr("Försök igen med dem som inte gick"), name="endingRetry")
        self._retry.clicked.connect(self.retry_pressed)
        self._close = Button(theme, self.tr("Stäng"), kind="primary", name="endingClose")
        self._close.clicked.connect(self.close_pressed)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._retry)
        row.addWidget(self._close)
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addWidget(self._results, 1)
        column.addLayout(row)

    def take_focus(self) -> None:
        """Enter closes: there is nothing more to do here, unless one wants to try again."""
        self._close.setDefault(True)
        self._close.setFocus()

    def set_waiting(self, *, is_waiting: bool) -> None:
        """While something is being decided nothing can be pressed twice, and nobody leaves."""
        for button in (self._retry, self._close):
            button.setEnabled(not is_waiting)

    def show_results(
        self, decisions: Sequence[EndDecision], results: Sequence[EndResult], today: date | None
    ) -> None:
        """List one result per service, those that failed first."""
        by_id = {decision.collaboration_id: decision for decision in decisions}
        outcomes = [self._outcome(by_id[one.collaboration_id], one, today) for one in results]
        failed = sum(1 for one in outcomes if not one.is_done)
        done = len(outcomes) - failed
        parts = [self.tr("%1 i utkorgen").replace("%1", str(done))] if done else []
        if failed:
            parts.append(self.tr("%n gick inte", "", failed))
        self._title.setText(", ".join(parts))
        self._text.setText(
            self.tr("De som inte gick är oförändrade hos kunden. Du kan försöka igen när hindret är borta.")
            if failed
            else self.tr(
                "Besluten skickas när servern nås. I listan visar varje tjänst hur långt den har kommit."
            )
        )
        self._results.show_outcomes(outcomes)
        self._retry.setVisible(bool(failed))
        self.set_waiting(is_waiting=False)

    def _outcome(self, decision: EndDecision, result: EndResult, today: date | None) -> Outcome:
        messages = self._context.messages
        name = self._context.samverka.catalogue.service(result.service).label.text(messages.language)
        if result.error is not None:
            data = with_names(self._context, getattr(result.error, "data", {}))
            said = messages.sentence(getattr(result.error, "code", "bug"), **data).replace("\n", " ")
        elif decision.on == today:
            said = self.tr("Avslutas nu. Läget visas i listan när Visma Spcs har svarat.")
        else:
            said = self.tr("Avslutas %1. Det kan ångras fram till dess.")
            said = said.replace("%1", decision.on.isoformat())
        return Outcome(name, said, result.error is None)

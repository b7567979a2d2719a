"""What became of a run for many: one result per customer and service, and what to do about the rest."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar

from app.domain.activation_many import EQUAL_FAILURES
from app.usecases.activation_values import Mark
from ui.activation.many_models import ResultsModel
from ui.activation.many_pages import ManyPage
from ui.activation.many_presenter import ManyPresenter
from ui.theme import Theme
from ui.widgets.announce import announce
from ui.widgets.buttons import Button
from ui.widgets.filter_chips import FilterChips
from ui.widgets.info_bar import InfoBar
from ui.widgets.table import Table
from ui.widgets.texts import label

_ON_THEIR_WAY = (Mark.QUEUED, Mark.SENDING)


class ManyResultPage(ManyPage):
    """`opened(activation_id)`: a row that waits for a person, to be decided about."""

    opened = Signal(str)

    def __init__(self, theme: Theme, presenter: ManyPresenter) -> None:
        super().__init__(theme, presenter, "manyResultPage")
        self._said = ""
        self.bar = InfoBar(theme, "info", name="manyResultBar")
        self.progress = QProgressBar()
        self.progress.setObjectName("manyProgress")
        self.progress.setTextVisible(False)
        self.stop = Button(theme, icon="player-stop", name="manyStop")
        self.stop.clicked.connect(presenter.sending.stop)
        self.filters = FilterChips(theme, ("all", "failed"), name="manyResultFilters")
        self.filters.chosen.connect(self._filtered)
        self.again = Button(theme, icon="refresh", name="manyTryAgain")
        self.again.clicked.connect(presenter.sending.try_again)
        row = QHBoxLayout()
        row.addWidget(self.filters, 1)
        row.addWidget(self.stop)
        row.addWidget(self.again)
        self.model = ResultsModel(presenter.catalogue, presenter.context.messages, self)
        self.table = Table(theme, row_height="compact", name="manyResults")
        self.table.setModel(self.model)
        self.table.activated_id.connect(self._open)
        self.follow = label("", "secondary", name="manyFollow", wrap=True)
        self.column.addWidget(self.bar)
        self.column.addWidget(self.progress)
        self.column.addLayout(row)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.follow)

    def heading(self) -> str:
        sending = self.presenter.sending
        if sending.is_busy:
            return self.tr("Sparar i utkorgen…")
        # As with one customer: what the server has not taken in is not said to be done.
        return self.tr("Klart – ärendena ligger i utkorgen") if self._queued() else self.tr("Klart")

    def _queued(self) -> int:
        """How many the server has not taken in."""
        results = self.presenter.sending.results
        return sum(one.sending is not None and one.sending.mark in _ON_THEIR_WAY for one in results)

    def refresh(self) -> None:
        super().refresh()
        presenter, sending = self.presenter, self.presenter.sending
        self.table.setAccessibleName(self.tr("Resultat"))
        self.model.name_of = sending.name_of
        self.model.has_notes = bool(sending.failed or sending.waiting)
        self.model.rebuild_columns()
        needing = {one.customer_id for one in (*sending.failed, *sending.waiting)}
        self.filters.set_label("all", self.tr("Alla"))
        self.filters.set_label("failed", self.tr("Att åtgärda"))
        self.filters.set_counts({"all": len(sending.results), "failed": len(needing)})
        only = self.filters.current == "failed"
        self.model.set_rows([one for one in sending.results if not only or one.customer_id in needing])
        self.stop.setText(self.tr("Stoppa"))
        self.stop.setVisible(sending.is_busy)
        self.progress.setVisible(sending.is_busy)
        self.progress.setRange(0, max(1, sending.asked))
        self.progress.setValue(sending.done)
        self.progress.setAccessibleName(self.tr("Sparar i utkorgen"))
        left = len(sending.failed) + len(sending.not_tried)
        self.again.setText(self.tr("Försök igen med %1").replace("%1", str(left)))
        self.again.setVisible(left > 0 and not sending.is_busy)
        self._show_figures()
        checklist = [
            f"{service.short.text(language)}: {item.text.text(language)}"
            for language in (presenter.context.messages.language,)
            for service in presenter.catalogue.services
            if service.code in presenter.services
            for item in service.checklist_at("after_start")
        ]
        self.follow.setText(self.tr("Att göra när tjänsten är igång: %1").replace("%1", "; ".join(checklist)))
        self.follow.setVisible(bool(checklist) and not sending.is_busy)

    def _show_figures(self) -> None:
        presenter, sending = self.presenter, self.presenter.sending
        sent = len(sending.results) - len(sending.failed)
        kept = len(presenter.rows) - len(sending.results) - len(sending.not_tried)
        if sending.is_busy:
            self.bar.set_kind("info", "upload")
            words = self.tr("%1 av %2").replace("%1", str(sending.done)).replace("%2", str(sending.asked))
            self.bar.set_text(words, self.tr("Det som redan ligger i utkorgen skickas även om du stoppar."))
            return
        queued = self._queued()
        figures = []
        if queued or not sent:
            figures.append(self.tr("%1 i utkorgen").replace("%1", str(queued)))
        for number, words in (
            (sent - queued, self.tr("%1 skickade")),
            (len(sending.failed), self.tr("%1 fel")),
            (len(sending.waiting), self.tr("%1 väntar på dig")),
            (len(sending.not_tried), self.tr("%1 inte provade")),
            (kept, self.tr("%1 sparade som utkast")),
        ):
            if number > 0:
                figures.append(words.replace("%1", str(number)))
        calm = not (sending.failed or sending.waiting or sending.not_tried)
        if not calm:
            self.bar.set_kind("wait", "alert-triangle")
        elif queued:
            self.bar.set_kind("info", "upload")
        else:
            self.bar.set_kind("ok", "circle-check-filled")
        stuck = (
            self.tr("Stoppade efter %1 lika fel i rad.").replace("%1", str(EQUAL_FAILURES))
            if sending.is_stuck and sending.not_tried
            else ""
        )
        leaves = self.tr("De skickas så snart servern nås, även om du stänger programmet.") if queued else ""
        self.bar.set_text(", ".join(figures) + ".", stuck or leaves)
        said = self.bar.accessibleName()
        if self.isVisible() and said != self._said:
            self._said = said
            announce(self, said)

    def _open(self, customer_id: str) -> None:
        found = next((one for one in self.presenter.sending.waiting if one.customer_id == customer_id), None)
        if found is not None and found.sending is not None:
            self.opened.emit(found.sending.activation_id)

    def _filtered(self, _key: str) -> None:
        self.refresh()

"""The review of a run for many: one row per customer, filtered to what needs mending, mended in place."""

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from app.domain.activation_many import ReviewedCustomer
from app.domain.consequences import TextKey, branch_texts
from app.domain.records import Branch
from ui.activation.check_page import ICONS
from ui.activation.mail_languages import USUAL, MailLanguages, chosen_for_all
from ui.activation.many_detail import ManyDetail
from ui.activation.many_models import GridModel
from ui.activation.many_pages import ManyPage
from ui.activation.many_presenter import ManyPresenter
from ui.activation.page import show_passage
from ui.theme import Theme
from ui.widgets.filter_chips import FilterChips
from ui.widgets.info_bar import InfoBar
from ui.widgets.table import Table
from ui.widgets.texts import label

LOW = 760
"""Where the page is lower than this, what a branch means is said with the chosen customer."""


class ManyReviewPage(ManyPage):
    """`edit_asked(customer_id)` and `repair_asked(problem, row)` are about the chosen row."""

    edit_asked = Signal(str)
    repair_asked = Signal(object, object)

    def __init__(self, theme: Theme, presenter: ManyPresenter) -> None:
        super().__init__(theme, presenter, "manyReviewPage")
        self.bars = [InfoBar(theme, name=f"manyBranch{number}") for number in range(5)]
        self.old = InfoBar(theme, "wait", icon="clock", name="manyOld")
        self.filters = FilterChips(theme, ("all", "mend", "ready"), name="manyFilters")
        self.filters.chosen.connect(self._filtered)
        self.model = GridModel(presenter.catalogue, presenter.context.messages, self)
        self.table = Table(theme, row_height="customers", name="manyGrid")
        self.table.setModel(self.model)
        self.table.setMinimumHeight(theme.px(120))
        self.focus_home: QWidget | None = self.table
        self.table.activated_id.connect(self.edit_asked)
        self.table.current_id.connect(self._current)
        self.detail = ManyDetail(theme, presenter, self.model)
        self.detail.edit_asked.connect(self._edit)
        self.detail.drop_asked.connect(self._drop)
        self.detail.repair_asked.connect(self._repair)
        # The chosen row in full is made in the turn after the grid: both at once are seen as a jerk.
        self._detail_later = QTimer(self)
        self._detail_later.setSingleShot(True)
        self._detail_later.setInterval(0)
        self._detail_later.timeout.connect(self._show_current)
        self.information = label("", "secondary", name="manyInformation", wrap=True)
        self.consent = QCheckBox()
        self.consent.setObjectName("activationConsent")
        self.consent.toggled.connect(self._consented)
        self.given = label("", "secondary", name="manyConsentGiven", wrap=True)
        for bar in (*self.bars, self.old):
            self.column.addWidget(bar)
        self.languages = MailLanguages(theme, "manyLanguage", for_all=True)
        self.languages.chosen.connect(self._language_chosen)
        above = QHBoxLayout()
        above.setSpacing(12)
        above.addWidget(self.filters, 1)
        above.addWidget(self.languages)
        self.column.addLayout(above)
        self.column.addWidget(self.table, 1)
        for widget in (self.detail, self.information, self.consent, self.given):
            self.column.addWidget(widget)

    def heading(self) -> str:
        return self.tr("Granska och skicka")

    def take_focus(self) -> bool:
        self.table.setFocus()
        if self.model.rowCount() and not self.table.currentIndex().isValid():
            self.table.select_id(self.model.id_at(0))
        return True

    def refresh(self) -> None:
        super().refresh()
        presenter = self.presenter
        rows = presenter.rows
        self._show_bars(rows)
        for key, words in (
            ("all", self.tr("Alla")),
            ("mend", self.tr("Att åtgärda")),
            ("ready", self.tr("Klara")),
        ):
            self.filters.set_label(key, words)
        ready = len(presenter.ready)
        self.filters.set_counts({"all": len(rows), "mend": len(rows) - ready, "ready": ready})
        self.table.setAccessibleName(self.tr("Kunder att granska"))
        self.model.rebuild_columns()
        wanted = {"mend": False, "ready": True}.get(self.filters.current)
        self.model.set_rows([row for row in rows if wanted is None or row.is_ready is wanted])
        if rows and not self.table.currentIndex().isValid() and self.model.rowCount():
            self.table.select_id(self.model.id_at(0))
        # The list is painted first, and what its row says beside it in a turn of its own.
        self._detail_later.stop()
        QTimer.singleShot(0, self, self._detail_later.start)
        if presenter.run is not None:
            self.languages.show_language(chosen_for_all(presenter.run.draft, presenter.run.facts))
        self._show_consent(rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_low() is not self.detail.says_branch:
            self._show_bars(self.presenter.rows)
            self._show_current()

    def _is_low(self) -> bool:
        return self.height() < self.theme.px(LOW)

    def _show_consent(self, rows: tuple[ReviewedCustomer, ...]) -> None:
        presenter = self.presenter
        texts, language = presenter.catalogue.texts, presenter.context.messages.language
        self.information.setText(texts.text("information.always", language))
        asked = presenter.ready or rows
        strict = any(row.branch in (Branch.NOT_REGISTERED, Branch.UNKNOWN) for row in asked)
        branch = Branch.NOT_REGISTERED if strict else Branch.WITHOUT_SERVICE
        self.consent.setText(texts.consent(branch, language).plain)
        self.consent.setAccessibleName(self.consent.text())
        self.consent.blockSignals(True)
        self.consent.setChecked(presenter.is_consented)
        self.consent.blockSignals(False)
        run = presenter.run
        if run is not None:
            self.given.setText(
                self.tr("Gäller varje kund. Sparas i loggen: %1, tidpunkten och texten (version %2).")
                .replace("%1", run.situation.me.name)
                .replace("%2", texts.consent_version)
            )

    def _show_bars(self, rows: tuple[ReviewedCustomer, ...]) -> None:
        presenter = self.presenter
        counts: dict[TextKey, int] = {}
        for row in rows:
            for key in branch_texts(row.branch):
                counts[key] = counts.get(key, 0) + 1
        shown = sorted(counts, key=lambda key: key is not TextKey.UNKNOWN)
        is_low = self._is_low()
        self.detail.says_branch = is_low
        for at, bar in enumerate(self.bars):
            bar.setVisible(at < len(shown) and not is_low)
            if at < len(shown):
                bar.set_kind("none" if shown[at] is TextKey.UNKNOWN else "info", ICONS[shown[at]])
                language = presenter.context.messages.language
                show_passage(bar, presenter.catalogue.texts.passage(shown[at], language))
        run = presenter.run
        now = run.situation.now if run is not None else None
        old = [
            row
            for row in rows
            if now is not None and row.facts.checked_at is not None and not row.facts.is_check_fresh(now)
        ]
        self.old.setVisible(bool(old))
        self.old.set_text(
            self.tr("Kontrollen är gammal för %n kunder.", "", len(old)),
            self.tr("Den görs om innan något skickas. Har något ändrats väntar ärendet på dig i utkorgen."),
        )

    def _current(self, _row_id: str) -> None:
        self._detail_later.start()

    @Slot()
    def _show_current(self) -> None:
        self._detail_later.stop()
        self.detail.show_row(self.model.row_at(self.table.currentIndex().row()))

    def _edit(self) -> None:
        self._show_current()  # what is pressed is about the row that is chosen now
        row = self.detail.row
        if row is not None:
            self.edit_asked.emit(row.customer.customer_id)

    def _drop(self) -> None:
        self._show_current()
        chosen = self.table.selected_ids()
        row = self.detail.row
        if row is not None:
            self.presenter.drop(chosen or [row.customer.customer_id])

    def _repair(self, problem: object) -> None:
        if self.detail.row is not None:
            self.repair_asked.emit(problem, self.detail.row)

    def _language_chosen(self, language: str) -> None:
        self.presenter.choose_language("" if language == USUAL else language)

    def _filtered(self, _key: str) -> None:
        self.refresh()

    def _consented(self, given: bool) -> None:
        self.presenter.set_consent(consented=given)

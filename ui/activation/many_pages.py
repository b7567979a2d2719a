"""The pages for many customers: the check, the services, the review's grid, the results."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QProgressBar, QVBoxLayout

from app.domain.activation_many import ReviewedCustomer
from app.domain.consequences import TextKey, branch_texts, list_all_access, list_mails
from app.domain.preconditions import why_unavailable
from app.domain.records import Branch
from ui.activation.check_page import ICONS
from ui.activation.many_models import ChecksModel, GridModel, ResultsModel
from ui.activation.many_presenter import ManyPresenter
from ui.activation.page import SCROLL_ROOM, show_passage
from ui.activation.wording import role_text
from ui.theme import Theme
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.filter_chips import FilterChips
from ui.widgets.info_bar import InfoBar
from ui.widgets.table import Table
from ui.widgets.texts import label
from ui.widgets.translated import Translated


class ManyPage(Translated):
    """A page of the run for many: a heading and what the presenter holds."""

    def __init__(self, theme: Theme, presenter: ManyPresenter, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.theme = theme
        self.presenter = presenter
        self._heading = label("", "wizard", name=f"{name}Heading", wrap=True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, SCROLL_ROOM, 0)
        self.column.setSpacing(8)
        self.column.addWidget(self._heading)

    def heading(self) -> str:
        """The page's heading."""
        return ""

    def refresh(self) -> None:
        """Show what the presenter holds."""
        self._heading.setText(self.heading())
        self.setAccessibleName(self.heading())

    def retranslate(self) -> None:
        self.refresh()

    def take_focus(self) -> bool:
        """Put the focus where the work begins; False where there is only to go on."""
        return False


class ManyCheckPage(ManyPage):
    """The vendor's answer for each customer, from one call."""

    def __init__(self, theme: Theme, presenter: ManyPresenter) -> None:
        super().__init__(theme, presenter, "manyCheckPage")
        self.waiting = QProgressBar()
        self.waiting.setObjectName("manyChecking")
        self.waiting.setRange(0, 0)
        self.waiting.setTextVisible(False)
        self.counts = label("", "secondary", name="manyCheckCounts", wrap=True)
        self.again = Button(theme, icon="refresh", name="manyCheckAgain")
        self.again.clicked.connect(presenter.check)
        self.offline = InfoBar(theme, "wait", icon="cloud-off", name="manyOffline")
        row = QHBoxLayout()
        row.addWidget(self.counts, 1)
        row.addWidget(self.again)
        self.model = ChecksModel(self)
        self.table = Table(theme, row_height="compact", name="manyChecks")
        self.table.setModel(self.model)
        self.column.addWidget(self.waiting)
        self.column.addWidget(self.offline)
        self.column.addLayout(row)
        self.column.addWidget(self.table, 1)
        self.refresh()

    def heading(self) -> str:
        return self.tr("Är kunderna registrerade hos Visma Spcs?")

    def refresh(self) -> None:
        super().refresh()
        presenter = self.presenter
        self.again.setText(self.tr("Kontrollera igen"))
        self.again.set_blocked(self.tr("Kontrollen pågår.") if presenter.is_checking else "")
        self.waiting.setVisible(presenter.is_checking)
        self.waiting.setAccessibleName(self.tr("Kontrollerar hos Visma Spcs"))
        self.table.setAccessibleName(self.tr("Kunder"))
        situation = presenter.situation
        self.offline.setVisible(situation is not None and not situation.online and not presenter.is_checking)
        self.offline.set_text(
            self.tr("Du är offline."), self.tr("Kontrollen görs om för varje kund innan något skickas.")
        )
        self.model.now = situation.now if situation is not None else None
        self.model.rebuild_columns()
        self.model.set_rows(list(presenter.rows))
        counts = {"registered": 0, "not_registered": 0, "unknown": 0}
        for row in presenter.rows:
            counts[row.facts.answer] += 1
        self.counts.setText(
            self.tr("%1 registrerade · %2 inte registrerade · %3 okända")
            .replace("%1", str(counts["registered"]))
            .replace("%2", str(counts["not_registered"]))
            .replace("%3", str(counts["unknown"]))
        )


class ManyServicesPage(ManyPage):
    """The same services for all; each customer gets its own engagement, variant and payer as proposed."""

    def __init__(self, theme: Theme, presenter: ManyPresenter) -> None:
        super().__init__(theme, presenter, "manyServicesPage")
        self.lead = label("", "secondary", wrap=True)
        self.column.addWidget(self.lead)
        self.ticks: dict[str, QCheckBox] = {}
        self._notes = {}
        for service in presenter.catalogue.services:
            card = Card(name=f"manyService_{service.code}")
            card.body.setContentsMargins(14, 6, 14, 6)
            tick = QCheckBox()
            tick.setObjectName(f"choose_{service.code}")
            tick.setProperty("service", service.code)
            tick.toggled.connect(self._ticked)
            purpose, note = label("", "secondary"), label("", "secondary")
            row = QHBoxLayout()
            row.setSpacing(10)
            row.addWidget(tick)
            row.addWidget(purpose, 1)
            row.addWidget(note)
            card.body.addLayout(row)
            self.ticks[service.code] = tick
            self._notes[service.code] = (purpose, note)
            self.column.addWidget(card)
        self.column.addStretch(1)
        self.refresh()

    def heading(self) -> str:
        return self.tr("Vilka tjänster ska aktiveras?")

    def take_focus(self) -> bool:
        next(iter(self.ticks.values())).setFocus()
        return True

    def refresh(self) -> None:
        super().refresh()
        presenter, language = self.presenter, self.presenter.context.messages.language
        self.lead.setText(
            self.tr(
                "Uppdrag, variant och fakturamottagare föreslås för varje kund och kan ändras i granskningen."
            )
        )
        for service in presenter.catalogue.services:
            tick, (purpose, note) = self.ticks[service.code], self._notes[service.code]
            name = service.label.text(language)
            tick.setText(name.replace("&", "&&"))
            tick.setAccessibleName(name)
            purpose.setText(service.purpose.text(language))
            tick.blockSignals(True)
            tick.setChecked(service.code in presenter.services)
            tick.blockSignals(False)
            free = sum(
                1
                for row in presenter.rows
                if (reason := why_unavailable(service, row.facts)) is None
                or reason.code == "no_ongoing_engagement"
            )
            total = len(presenter.rows)
            words = self.tr("%1 av %2 kunder").replace("%1", str(free)).replace("%2", str(total))
            note.setText("" if free == total else words)
            tick.setAccessibleDescription(words)

    def _ticked(self, chosen: bool) -> None:
        tick = self.sender()
        if isinstance(tick, QCheckBox):
            self.presenter.set_chosen(str(tick.property("service")), chosen=chosen)


class ManyReviewPage(ManyPage):
    """The grid: one row per customer, filtered to what needs mending; edited in place."""

    edit_asked = Signal(str)

    def __init__(self, theme: Theme, presenter: ManyPresenter) -> None:
        super().__init__(theme, presenter, "manyReviewPage")
        self.bars = [InfoBar(theme, name=f"manyBranch{number}") for number in range(5)]
        self.filters = FilterChips(theme, ("all", "mend", "ready"), name="manyFilters")
        self.filters.chosen.connect(self._filtered)
        self.edit = Button(theme, icon="pencil", name="manyEdit")
        self.edit.clicked.connect(self._edit)
        row = QHBoxLayout()
        row.addWidget(self.filters, 1)
        row.addWidget(self.edit)
        self.model = GridModel(presenter.catalogue, presenter.context.messages, self)
        self.table = Table(theme, row_height="customers", name="manyGrid")
        self.table.setModel(self.model)
        self.table.activated_id.connect(self.edit_asked)
        self.table.current_id.connect(self._current)
        self.detail = label("", "secondary", name="manyDetail", wrap=True)
        self.information = label("", "secondary", name="manyInformation", wrap=True)
        self.consent = QCheckBox()
        self.consent.setObjectName("activationConsent")
        self.consent.toggled.connect(self._consented)
        for bar in self.bars:
            self.column.addWidget(bar)
        self.column.addLayout(row)
        self.column.addWidget(self.table, 1)
        for widget in (self.detail, self.information, self.consent):
            self.column.addWidget(widget)
        self.refresh()

    def heading(self) -> str:
        return self.tr("Granska och skicka")

    def take_focus(self) -> bool:
        self.table.setFocus()
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
        self.edit.setText(self.tr("Ändra…"))
        self._current("")
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

    def _show_bars(self, rows: tuple[ReviewedCustomer, ...]) -> None:
        presenter = self.presenter
        keys: dict[TextKey, None] = {}
        for row in rows:
            for key in branch_texts(row.branch):
                keys.setdefault(key)
        shown = sorted(keys, key=lambda key: key is not TextKey.UNKNOWN)
        for at, bar in enumerate(self.bars):
            bar.setVisible(at < len(shown))
            if at < len(shown):
                bar.set_kind("none" if shown[at] is TextKey.UNKNOWN else "info", ICONS[shown[at]])
                language = presenter.context.messages.language
                show_passage(bar, presenter.catalogue.texts.passage(shown[at], language))

    def _current(self, _row_id: str) -> None:
        found = self.model.row_at(self.table.currentIndex().row())
        self.edit.set_blocked("" if found is not None else self.tr("Välj en kund i listan."))
        self.detail.setText(self._detail_of(found) if found is not None else "")
        self.detail.setVisible(bool(self.detail.text()))

    def _detail_of(self, row: ReviewedCustomer) -> str:
        """Who at the firm gets access, who gets which e-mail, and everything that is wrong."""
        situation = self.presenter.situation
        lines = [
            f"{line.person.name}: {role_text(line.role)}" for line in list_mails(row.customer, row.facts)
        ]
        if situation is not None:
            access = list_all_access(row.customer, row.facts, situation)
            names = ", ".join(dict.fromkeys(one.staff.name for one in access))
            lines.append(self.tr("Får tillgång: %1").replace("%1", names or self.tr("ingen")))
        return "\n".join(part for part in (" · ".join(lines), " ".join(self.model.words_of(row))) if part)

    def _edit(self) -> None:
        row_id = self.model.id_at(self.table.currentIndex().row())
        if row_id:
            self.edit_asked.emit(row_id)

    def _filtered(self, _key: str) -> None:
        self.refresh()

    def _consented(self, given: bool) -> None:
        self.presenter.set_consent(consented=given)


class ManyResultPage(ManyPage):
    """One result per customer and service; the marks follow."""

    def __init__(self, theme: Theme, presenter: ManyPresenter) -> None:
        super().__init__(theme, presenter, "manyResultPage")
        self.bar = InfoBar(theme, "info", name="manyResultBar")
        self.model = ResultsModel(presenter.catalogue, presenter.context.messages, self)
        self.table = Table(theme, row_height="compact", name="manyResults")
        self.table.setModel(self.model)
        self.column.addWidget(self.bar)
        self.column.addWidget(self.table, 1)
        self.refresh()

    def heading(self) -> str:
        return self.tr("Klart")

    def refresh(self) -> None:
        super().refresh()
        presenter = self.presenter
        self.table.setAccessibleName(self.tr("Resultat"))
        self.model.rebuild_columns()
        self.model.set_rows(list(presenter.results))
        done = sum(1 for one in presenter.results if one.sending is not None)
        failed = len(presenter.results) - done
        kept = len(presenter.rows) - len(presenter.results)
        figures = [self.tr("%1 i utkorgen").replace("%1", str(done))]
        if failed:
            figures.append(self.tr("%1 fel").replace("%1", str(failed)))
        if kept > 0:
            figures.append(self.tr("%1 sparade som utkast").replace("%1", str(kept)))
        self.bar.set_kind("wait" if failed else "ok", "alert-triangle" if failed else "circle-check-filled")
        self.bar.set_text(", ".join(figures) + ".")

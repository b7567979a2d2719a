"""The pages for many customers: the check, the services, the review's grid, the results."""

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QProgressBar, QVBoxLayout

from app.domain.activation_facts import Situation
from app.errors import RemoteError
from ui.activation.many_models import ChecksModel
from ui.activation.many_presenter import ManyPresenter
from ui.activation.page import SCROLL_ROOM
from ui.theme import Theme
from ui.widgets.buttons import Button
from ui.widgets.card import Card
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
        self.lost = InfoBar(theme, "wait", name="manyLost")
        row = QHBoxLayout()
        row.addWidget(self.counts, 1)
        row.addWidget(self.again)
        self.model = ChecksModel(self)
        self.table = Table(theme, row_height="compact", name="manyChecks")
        self.table.setModel(self.model)
        self.column.addWidget(self.waiting)
        self.column.addWidget(self.offline)
        self.column.addWidget(self.lost)
        self.column.addLayout(row)
        self.column.addWidget(self.table, 1)

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
        situation = presenter.run.situation if presenter.run is not None else None
        self._show_offline(situation)
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

    def _show_offline(self, situation: Situation | None) -> None:
        presenter, error = self.presenter, self.presenter.check_error
        self.offline.setVisible(situation is not None and not situation.online and not presenter.is_checking)
        if error is not None and not isinstance(error, RemoteError):
            self.offline.set_text(*presenter.context.messages.headline_and_body(error))
        else:
            self.offline.set_text(
                self.tr("Du är offline."),
                self.tr("Kontrollen görs om för varje kund innan något skickas."),
            )
        self.lost.setVisible(presenter.gone > 0)
        self.lost.set_text(
            self.tr("%n kunder i utkastet finns inte längre.", "", presenter.gone),
            self.tr("De är borttagna ur utkastet. De andra går att skicka som vanligt."),
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
            total = len(presenter.rows)
            free = presenter.free.get(service.code, total)
            words = self.tr("%1 av %2 kunder").replace("%1", str(free)).replace("%2", str(total))
            note.setText("" if free == total else words)
            tick.setAccessibleDescription(words)

    def _ticked(self, chosen: bool) -> None:
        tick = self.sender()
        if isinstance(tick, QCheckBox):
            self.presenter.set_chosen(str(tick.property("service")), chosen=chosen)

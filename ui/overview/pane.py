"""Översikt: figures and plots that a manager looks at; each leads to what it counts."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QLocale, Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QStackedWidget, QWidget

from app.usecases.overview import WAITING_BOUNDS, OverviewFigures, ServiceFigures
from ui.background import Latest
from ui.formats import moment_text, number_text
from ui.overview.charts import BarRow, Column, Columns, Segment
from ui.screens import ScreenContext
from ui.service_names import short_name
from ui.translation import shown_language
from ui.widgets.card import Card, KeyValueGrid
from ui.widgets.combo import Combo, fill_combo
from ui.widgets.empty_state import EmptyState
from ui.widgets.legend import Legend
from ui.widgets.pane import Pane
from ui.widgets.texts import SectionHeader, label

_AGAIN_MS = 400
_TWO_COLUMNS_FROM = 860
_TOLD = ("collaboration", "invitation", "customer", "registration")


class OverviewPane(Pane):
    """Nothing is decided here. The figures follow what is pulled and decided."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context, "overviewPane")
        theme = context.theme
        self._figures: OverviewFigures | None = None
        self._service: str | None = None
        self._asking = Latest()
        self._cards = {
            name: Card(name=f"overview{name}") for name in ("Services", "Months", "Waiting", "Left")
        }
        self._heads = {name: SectionHeader(theme, name=f"overview{name}Head") for name in self._cards}
        self._rows: dict[str, list[QWidget]] = {name: [] for name in self._cards}
        self._legend = Legend(theme, name="overviewLegend")
        self._chosen = Combo()
        self._chosen.setObjectName("overviewService")
        self._chosen.setFixedSize(theme.px(190), theme.px(30))
        self._columns = Columns(theme, name="overviewMonths")
        self._moved = label("", "secondary", name="overviewMoved", wrap=True)
        self._age = KeyValueGrid()
        self._empty = EmptyState(theme, name="overviewEmpty")
        self._lay_out()
        self._chosen.currentIndexChanged.connect(self._service_chosen)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self._ask)
        context.events.changed.connect(self._on_changed)
        self.retranslate()

    def _lay_out(self) -> None:
        content = QWidget()
        content.setProperty("scrolled", "true")
        content.setAutoFillBackground(False)
        self._grid = QGridLayout(content)
        self._grid.setContentsMargins(0, 0, 8, 8)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        months = self._cards["Months"].body
        row = QHBoxLayout()
        row.addWidget(self._chosen)
        row.addStretch(1)
        months.addLayout(row)
        months.addWidget(self._columns, 1)
        months.addWidget(self._moved)
        self._cards["Services"].body.addWidget(self._legend)
        self._cards["Left"].body.addSpacing(8)
        self._cards["Left"].body.addWidget(self._age)
        for name in ("Services", "Waiting", "Left"):
            self._cards[name].body.addStretch(1)
        for card in self._cards.values():
            card.body.setSpacing(2)
        self._place(two=True)
        area = QScrollArea()
        area.setObjectName("overviewScroll")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        area.viewport().setAutoFillBackground(False)
        self._area = area
        self._stack = QStackedWidget()
        self._stack.addWidget(area)
        self._stack.addWidget(self._empty)
        self.column.addWidget(self._stack, 1)

    def _place(self, *, two: bool) -> None:
        """Two cards beside one another where there is room, otherwise one under the other."""
        self._two = two
        for at, name in enumerate(self._cards):
            row, column = divmod(at, 2) if two else (at, 0)
            self._grid.addWidget(self._heads[name], row * 2, column)
            self._grid.addWidget(self._cards[name], row * 2 + 1, column)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1 if two else 0)
        self._grid.setRowStretch(8, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        two = self.width() >= self.context.theme.px(_TWO_COLUMNS_FROM)
        if two != self._two:
            self._place(two=two)

    def retranslate(self) -> None:
        self.header.set_title(self.tr("Översikt"))
        self._heads["Services"].set_texts(self.tr("Samarbeten per tjänst"))
        self._heads["Months"].set_texts(self.tr("Aktiva samarbeten per månad"))
        self._heads["Waiting"].set_texts(self.tr("Obesvarade inbjudningar efter ålder"))
        self._heads["Left"].set_texts(self.tr("Okopplade kvar, och uppgifternas ålder"))
        self._chosen.setAccessibleName(self.tr("Tjänst"))
        words = self._kinds()
        icons = {"ok": "circle-check-filled", "wait": "clock", "info": "hourglass", "none": "calendar-off"}
        self._legend.set_entries(tuple((icons[kind], kind, text) for kind, text in words.items()))
        self._show()

    def handled_actions(self) -> Mapping[str, Callable[[], None]]:
        return {}

    def shown(self) -> None:
        self._ask()
        self._chosen.setFocus(Qt.FocusReason.OtherFocusReason)

    # Asking

    @Slot()
    def _ask(self) -> None:
        use_case, service = self.context.samverka.overview, self._service
        self.context.background.run(lambda: use_case.read(service), self._came, latest=self._asking)

    @Slot(object)
    def _came(self, figures: OverviewFigures) -> None:
        if figures != self._figures:
            self._figures = figures
            self._show()

    @Slot(object)
    def _on_changed(self, event: object) -> None:
        concerns = getattr(event, "concerns_type", None)
        if concerns is not None and self.isVisible() and concerns(*_TOLD):
            self._again.start()

    @Slot()
    def _service_chosen(self) -> None:
        self._service = self._chosen.currentData()
        self._ask()

    # What is shown

    def _kinds(self) -> dict[str, str]:
        """The tones of the bars and what they mean, in the order of the bars."""
        return {
            "ok": self.tr("aktiva"),
            "wait": self.tr("väntar på kund"),
            "info": self.tr("på väg"),
            "none": self.tr("avslutas"),
        }

    def _show(self) -> None:
        figures = self._figures
        if figures is None:
            self.header.set_subtitle(self.tr("Hämtar …"))
            return
        if figures.pulled_at is None:
            self.header.set_subtitle("")
            self._empty.say_not_fetched()
            self._stack.setCurrentWidget(self._empty)
            return
        self._stack.setCurrentWidget(self._area)
        parts = [
            self.tr("%n aktiva samarbeten", "", figures.active),
            self.tr("%n kunder", "", figures.customers),
        ]
        self.header.set_subtitle(" · ".join(parts))
        language = self._language()
        choices: list[tuple[str, str | None]] = [(self.tr("Alla tjänster"), None)]
        choices += [(self._name(one.service, language), one.service) for one in figures.services]
        fill_combo(self._chosen, choices, self._service)
        self._show_services(figures.services, language)
        self._show_months(figures)
        self._show_waiting(figures.waiting)
        self._show_left(figures)

    def _language(self) -> str:
        return shown_language()

    def _name(self, service: str, language: str) -> str:
        return short_name(service, language) if service else self.tr("Okänd tjänst")

    def _fill(self, name: str, rows: Sequence[QWidget], at: int = 0) -> None:
        """Put the rows in a card, in the place of those that were there."""
        body = self._cards[name].body
        for widget in self._rows[name]:
            body.removeWidget(widget)
            widget.setParent(None)
            widget.deleteLater()
        for offset, widget in enumerate(rows):
            body.insertWidget(at + offset, widget)
        self._rows[name] = list(rows)

    def _show_services(self, services: Sequence[ServiceFigures], language: str) -> None:
        words = self._kinds()
        most = max([one.total for one in services], default=0)
        rows: list[QWidget] = []
        for one in services:
            counts = {"ok": one.active, "wait": one.waiting, "info": one.on_the_way, "none": one.ending}
            segments = [Segment(kind=kind, count=counts[kind], words=text) for kind, text in words.items()]
            row = BarRow(
                self.context.theme,
                self._name(one.service, language),
                segments,
                most,
                name=f"overviewService_{one.service or 'unknown'}",
            )
            row.setProperty("service", one.service)
            row.clicked.connect(self._go_to_service)
            rows.append(row)
        self._fill("Services", rows or [label(self.tr("Inga samarbeten ännu"), "secondary")])

    def _show_months(self, figures: OverviewFigures) -> None:
        columns = []
        for one in figures.months:
            month = _month_name(one.last_day)
            said = self.tr("%1: %2 aktiva, %3 startade, %4 avslutade").replace("%1", month)
            for mark, number in (("%2", one.active), ("%3", one.began), ("%4", one.ended)):
                said = said.replace(mark, number_text(number))
            columns.append(Column(figure=one.active, under=month[:3], words=said))
        self._columns.set_columns(columns, self._heads["Months"].label.text())
        began = sum(one.began for one in figures.months)
        ended = sum(one.ended for one in figures.months)
        self._moved.setText(
            self.tr("De senaste tolv månaderna har %1 startat och %2 avslutats.")
            .replace("%1", number_text(began))
            .replace("%2", number_text(ended))
        )

    def _show_waiting(self, waiting: Sequence[int]) -> None:
        low, middle, high = WAITING_BOUNDS
        names = [
            self.tr("Högst %1 dagar").replace("%1", str(low)),
            self.tr("%1–%2 dagar").replace("%1", str(low + 1)).replace("%2", str(middle)),
            self.tr("%1–%2 dagar").replace("%1", str(middle + 1)).replace("%2", str(high)),
            self.tr("Mer än %1 dagar").replace("%1", str(high)),
        ]
        most, words = max([*waiting, 0]), self.tr("väntar på kund")
        rows: list[QWidget] = []
        for at, (text, count) in enumerate(zip(names, waiting, strict=True)):
            segment = Segment(kind="wait", count=count, words=words)
            row = BarRow(self.context.theme, text, [segment], most, name=f"overviewWaiting_{at}")
            row.clicked.connect(self._go_to_invitations)
            rows.append(row)
        self._fill("Waiting", rows)

    def _show_left(self, figures: OverviewFigures) -> None:
        sources = {
            "byrastod": self.tr("Från Byråstöd"),
            "smarta_byran": self.tr("Från Smarta Byrån"),
            "samverka": self.tr("Från Samverka"),
            "customer": self.tr("Från kunden"),
        }
        most = max([number for _, number in figures.unlinked], default=0)
        rows: list[QWidget] = []
        for source, number in figures.unlinked:
            segment = Segment(kind="none", count=number, words=self.tr("okopplade"))
            text = sources.get(source, source)
            row = BarRow(self.context.theme, text, [segment], most, name=f"overviewUnlinked_{source}")
            row.clicked.connect(self._go_to_unlinked)
            rows.append(row)
        self._fill("Left", rows or [label(self.tr("Inga okopplade samarbeten"), "secondary")])
        now = self.context.samverka.clock.now()
        never = self.tr("inte hämtade än")
        missing, unchecked = figures.missing_engagement, figures.never_checked
        self._age.set_pairs(
            [
                (self.tr("Uppdrag saknas"), self.tr("%n samarbeten", "", missing)),
                (
                    self.tr("Uppgifterna hämtades"),
                    moment_text(figures.pulled_at, now) if figures.pulled_at else never,
                ),
                (
                    self.tr("Äldsta kontroll hos Visma Spcs"),
                    moment_text(figures.oldest_check, now) if figures.oldest_check else never,
                ),
                (self.tr("Aldrig kontrollerade"), self.tr("%n kunder", "", unchecked)),
            ]
        )

    # Intents

    @Slot()
    def _go_to_service(self) -> None:
        self.context.navigate("collaborations", service=self.sender().property("service"))

    @Slot()
    def _go_to_invitations(self) -> None:
        self.context.navigate("invitations", filter="waiting")

    @Slot()
    def _go_to_unlinked(self) -> None:
        self.context.navigate("unlinked")


def _month_name(day: date) -> str:
    """The month in the present language, with its year: *november 2026*."""
    name = QLocale().standaloneMonthName(day.month, QLocale.FormatType.LongFormat)
    return f"{name} {day.year}"


def create_pane(context: ScreenContext) -> Any:
    """The screen *Översikt*."""
    return OverviewPane(context)

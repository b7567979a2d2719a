"""Att göra: mornings begin with what needs somebody, not with two thousand customers."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ui.background import Latest
from ui.screens import ScreenContext
from ui.today.rows import TodayRow, opening
from ui.today.section import Section
from ui.widgets.empty_state import Emptiness, EmptyState
from ui.widgets.filter_chips import FilterChips
from ui.widgets.pane import Pane
from ui.widgets.texts import label

if TYPE_CHECKING:
    from datetime import date

    from app.usecases.today import Calendar, Today
    from ui.today.written_rows import WrittenRows

_SHOWN = 6
_COALESCE_MS = 200
_STACK_BELOW = 820


class TodayPane(Pane):
    """Each row opens its place. *Mina* narrows to customers where the person is involved."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context, "todayPane")
        self._today: Today | None = None
        self._calendar: Calendar | None = None
        self._asking = Latest()
        self._asking_calendar = Latest()
        self._shown_on: date | None = None
        self._has_fetched = True
        self._written: WrittenRows | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_COALESCE_MS)
        self._again.timeout.connect(self._ask)
        self._build()
        self.retranslate()
        context.events.changed.connect(self._on_changed)

    def _build(self) -> None:
        theme = self.context.theme
        self._filters = FilterChips(theme, ("all", "mine"), name="todayFilter")
        self._filters.chosen.connect(self._filter_chosen)
        self.column.addWidget(self._filters)
        content = QWidget()
        content.setProperty("scrolled", "true")
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(16)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(16)
        self._attention = Section(self.context, "todayAttention")
        self._refused = Section(self.context, "todayRefused")
        self._answered = Section(self.context, "todayAnswered")
        self._ending = Section(self.context, "todayEnding")
        self._roll = Section(self.context, "todayRoll")
        self._waiting = Section(self.context, "todayWaiting")
        self._unlinked = Section(self.context, "todayUnlinked")
        self._drafts = Section(self.context, "todayDrafts")
        for section in (self._attention, self._refused, self._answered, self._ending):
            left.addWidget(section)
        for section in (self._waiting, self._unlinked, self._roll, self._drafts):
            right.addWidget(section)
        left.addStretch(1)
        right.addStretch(1)
        self._columns.addLayout(left, 1)
        self._columns.addLayout(right, 1)
        area = QScrollArea()
        area.setObjectName("todayScroll")
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        self._empty = EmptyState(theme, name="todayEmpty")
        self._fetching = label("", "body", name="todayFetching")
        self._fetching.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._fetching.setProperty("muted", "true")
        self._stack = QStackedWidget()
        for widget in (self._fetching, area, self._empty):
            self._stack.addWidget(widget)
        self._area = area
        self.focus_home = self
        self.column.addWidget(self._stack, 1)
        self._attention.head.link.clicked.connect(lambda: self.context.navigate("outbox", tab="attention"))
        self._answered.head.link.clicked.connect(
            lambda: self.context.navigate("invitations", filter="answered")
        )
        self._waiting.head.link.clicked.connect(self._remind_all)
        self._ending.head.link.clicked.connect(
            lambda: self.context.navigate("collaborations", filter="ending")
        )
        self._unlinked.head.link.clicked.connect(lambda: self.context.navigate("unlinked"))

    def retranslate(self) -> None:
        self.header.set_title(self.tr("Att göra"))
        self._filters.set_label("all", self.tr("Alla"))
        self._filters.set_label("mine", self.tr("Mina"), self.tr("Kunder där du är ansvarig eller deltar"))
        self._fetching.setText(self.tr("Hämtar …"))
        if self._today is not None:
            self._show(self._today)
        else:
            self._show_first()

    def shown(self) -> None:
        self.context.when_ready(self._ask)
        self.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < self.context.theme.px(_STACK_BELOW)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._columns.direction() != direction:
            self._columns.setDirection(direction)

    @Slot()
    def _ask(self) -> None:
        use_case, mine = self.context.samverka.today, self._filters.current == "mine"
        status = self.context.samverka.status
        self.context.background.run(
            # In this order: what comes in between belongs to what is loaded.
            lambda: (status.has_fetched(), use_case.load(mine=mine)),
            self._came,
            latest=self._asking,
        )
        self.context.background.run(
            lambda: use_case.load_calendar(mine=mine), self._calendar_came, latest=self._asking_calendar
        )

    @Slot(object)
    def _came(self, found: tuple[bool, "Today"]) -> None:
        """Making the rows anew takes as long as a picture: only when they say something else."""
        has_fetched, today = found
        day = self.context.samverka.clock.today()
        if today != self._today or day != self._shown_on or has_fetched != self._has_fetched:
            self._shown_on, self._has_fetched = day, has_fetched
            self._show(today)

    @Slot(object)
    def _calendar_came(self, calendar: "Calendar") -> None:
        if calendar != self._calendar:
            self._calendar = calendar
            if self._today is not None:
                self._show(self._today)

    def _show_first(self) -> None:
        """Before the use cases are loaded: the figures that were read for the first picture, as rows."""
        first = self.context.first
        if first is None or self.context.samverka is not None:
            return
        rows = (
            (
                self._attention,
                self.tr("Att åtgärda"),
                first.attention,
                "alert-triangle",
                "wait",
                self.tr("%n ärenden väntar på ditt beslut", "", first.attention),
                "outbox",
            ),
            (
                self._waiting,
                self.tr("Väntar på kund"),
                first.waiting,
                "clock",
                "wait",
                self.tr("%n inbjudningar väntar på svar", "", first.waiting),
                "invitations",
            ),
            (
                self._unlinked,
                self.tr("Okopplade samarbeten"),
                first.unlinked,
                "unlink",
                "none",
                self.tr("%n samarbeten är okopplade", "", first.unlinked),
                "unlinked",
            ),
        )
        for section, title, count, icon, kind, text, place in rows:
            made = TodayRow(self.context.theme, icon=icon, kind=kind, text=text, name=f"first_{place}")
            row = opening(made, partial(self.context.navigate, place))
            section.show_rows(title, [row] if count else [])
        if any(count for _, _, count, *_rest in rows):
            self._stack.setCurrentWidget(self._area)

    def _show(self, today: "Today") -> None:
        self._today = today
        calendar = self._calendar
        if today.is_clear and (calendar is None or calendar.is_clear):
            if self._has_fetched:
                self._empty.say(
                    Emptiness.ALL_DONE,
                    self.tr("Allt är klart."),
                    self.tr("Inget väntar på dig just nu. Nya svar från kunder visas här."),
                )
            else:
                self._empty.say_not_fetched()
            self._stack.setCurrentWidget(self._empty)
            self.header.set_subtitle("")
            return
        self._stack.setCurrentWidget(self._area)
        todo = len(today.attention)
        self.header.set_subtitle(self.tr("%n ärenden att åtgärda", "", todo) if todo else "")
        written = self._written_rows()
        again = (self.context.samverka.clock.today(), written.language())
        if not self._attention.says(today.attention, again):
            self._attention.show_rows(
                _counted(self.tr("Att åtgärda"), todo),
                [written.attention_row(item) for item in today.attention[:_SHOWN]],
                self._more(todo),
            )
        if not self._answered.says(today.answered, today.ended, again):
            news = len(today.answered) + len(today.ended)
            rows = [written.ended_row(one) for one in today.ended[:_SHOWN]]
            rows += [written.answered_row(line) for line in today.answered[: max(0, _SHOWN - len(rows))]]
            self._answered.show_rows(_counted(self.tr("Nytt sedan sist"), news), rows, self._more(news))
        if not self._waiting.says(today.waiting, again):
            remindable = any("remind" not in line.blocked for line in today.waiting)
            self._waiting.show_rows(
                _counted(self.tr("Väntar på kund över 7 dagar"), len(today.waiting)),
                [written.waiting_row(line) for line in today.waiting[:_SHOWN]],
                self.tr("Påminn alla…"),
                blocked="" if remindable else self.tr("Alla har redan påmints i dag eller är låsta."),
            )
        self._show_calendar()
        if not self._unlinked.says(today.unlinked, today.missing_engagement, again):
            self._unlinked.show_rows(self.tr("Okopplade samarbeten"), written.unlinked_rows(today))
        if not self._drafts.says(today.drafts, again):
            self._drafts.show_rows(_counted(self.tr("Utkast"), len(today.drafts)), written.draft_rows(today))

    def _show_calendar(self) -> None:
        calendar = self._calendar
        written = self._written_rows()
        again = (self.context.samverka.clock.today(), written.language())
        if calendar is None or self._ending.says(calendar, again):
            return
        self._refused.show_rows(
            _counted(self.tr("Nekat av Visma Spcs"), len(calendar.refused)),
            [written.refused_row(one) for one in calendar.refused[:_SHOWN]],
        )
        rows = [written.end_row(one) for one in calendar.ending[:_SHOWN]]
        rows += [written.renew_row(one) for one in calendar.renewing[: max(0, _SHOWN - len(rows))]]
        count = len(calendar.ending) + len(calendar.renewing)
        self._ending.show_rows(
            _counted(self.tr("Avslutas eller förnyas inom 30 dagar"), count), rows, self._more(count)
        )
        self._roll.show_rows(self.tr("Uppdrag som ska rullas"), written.roll_rows(calendar.to_roll))

    def _remind_all(self) -> None:
        if self._today is not None:
            ids = [line.id for line in self._today.waiting if "remind" not in line.blocked]
            self.context.navigate("remind_all", invitation_ids=ids)

    def _more(self, count: int) -> str:
        return self.tr("Visa alla %1").replace("%1", str(count)) if count > _SHOWN else ""

    @Slot(str)
    def _filter_chosen(self, _key: str) -> None:
        self.context.when_ready(self._ask)

    @Slot(object)
    def _on_changed(self, event: object) -> None:
        told = getattr(event, "concerns_type", None) is not None
        if told and self.context.samverka is not None and self.isVisible() and not self._again.isActive():
            self._again.start()

    def _written_rows(self) -> "WrittenRows":
        if self._written is None:
            from ui.today.written_rows import WrittenRows  # not for the first picture

            self._written = WrittenRows(self.context, self)
        return self._written


def _counted(title: str, count: int) -> str:
    return f"{title}  {count}" if count else title


def create_pane(context: ScreenContext) -> QWidget:
    """The start screen."""
    return TodayPane(context)

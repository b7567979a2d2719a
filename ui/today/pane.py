"""Att göra: mornings begin with what needs somebody, not with two thousand customers."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ui.background import Latest
from ui.formats import moment_text
from ui.screens import ScreenContext
from ui.service_names import short_name
from ui.today.rows import TodayRow
from ui.today.section import Section
from ui.widgets.empty_state import Emptiness, EmptyState
from ui.widgets.filter_chips import FilterChips
from ui.widgets.pane import Pane
from ui.widgets.texts import label

if TYPE_CHECKING:
    from datetime import date

    from app.usecases.activation_values import DraftSummary
    from app.usecases.attention import AttentionItem
    from app.usecases.invitations import InvitationLine
    from app.usecases.today import Calendar, EndNews, Today

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
        self.context.background.run(lambda: use_case.load(mine=mine), self._came, latest=self._asking)
        self.context.background.run(
            lambda: use_case.load_calendar(mine=mine), self._calendar_came, latest=self._asking_calendar
        )

    @Slot(object)
    def _came(self, today: "Today") -> None:
        """Making the rows anew takes as long as a picture: only when they say something else."""
        day = self.context.samverka.clock.today()
        if today != self._today or day != self._shown_on:
            self._shown_on = day
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
            row = self._opening(made, partial(self.context.navigate, place))
            section.show_rows(title, [row] if count else [])
        if any(count for _, _, count, *_rest in rows):
            self._stack.setCurrentWidget(self._area)

    def _show(self, today: "Today") -> None:
        self._today = today
        calendar = self._calendar
        if today.is_clear and (calendar is None or calendar.is_clear):
            self._empty.say(
                Emptiness.ALL_DONE,
                self.tr("Allt är klart."),
                self.tr("Inget väntar på dig just nu. Nya svar från kunder visas här."),
            )
            self._stack.setCurrentWidget(self._empty)
            self.header.set_subtitle("")
            return
        self._stack.setCurrentWidget(self._area)
        todo = len(today.attention)
        self.header.set_subtitle(self.tr("%n ärenden att åtgärda", "", todo) if todo else "")
        again = (self.context.samverka.clock.today(), self._language())
        if not self._attention.says(today.attention, again):
            self._attention.show_rows(
                _counted(self.tr("Att åtgärda"), todo),
                [self._attention_row(item) for item in today.attention[:_SHOWN]],
                self._more(todo),
            )
        if not self._answered.says(today.answered, today.ended, again):
            news = len(today.answered) + len(today.ended)
            rows = [self._ended_row(one) for one in today.ended[:_SHOWN]]
            rows += [self._answered_row(line) for line in today.answered[: max(0, _SHOWN - len(rows))]]
            self._answered.show_rows(_counted(self.tr("Nytt sedan sist"), news), rows, self._more(news))
        if not self._waiting.says(today.waiting, again):
            remindable = any("remind" not in line.blocked for line in today.waiting)
            self._waiting.show_rows(
                _counted(self.tr("Väntar på kund över 7 dagar"), len(today.waiting)),
                [self._waiting_row(line) for line in today.waiting[:_SHOWN]],
                self.tr("Påminn alla…") if remindable else "",
            )
        self._show_calendar()
        if not self._unlinked.says(today.unlinked, today.missing_engagement, again):
            self._unlinked.show_rows(self.tr("Okopplade samarbeten"), self._unlinked_rows(today))
        if not self._drafts.says(today.drafts, again):
            self._drafts.show_rows(_counted(self.tr("Utkast"), len(today.drafts)), self._draft_rows(today))

    def _show_calendar(self) -> None:
        calendar = self._calendar
        again = (self.context.samverka.clock.today(), self._language())
        if calendar is None or self._ending.says(calendar, again):
            return
        self._refused.show_rows(
            _counted(self.tr("Nekat av Visma Spcs"), len(calendar.refused)),
            [self._refused_row(one) for one in calendar.refused[:_SHOWN]],
        )
        rows = [self._end_row(one) for one in calendar.ending[:_SHOWN]]
        rows += [self._renew_row(one) for one in calendar.renewing[: max(0, _SHOWN - len(rows))]]
        count = len(calendar.ending) + len(calendar.renewing)
        self._ending.show_rows(
            _counted(self.tr("Avslutas eller förnyas inom 30 dagar"), count), rows, self._more(count)
        )
        to_roll: list[TodayRow] = []
        if calendar.to_roll:
            row = TodayRow(
                self.context.theme,
                icon="refresh",
                kind="wait",
                text=self.tr("%n uppdrag ska rullas", "", calendar.to_roll),
                second=self.tr("Räkenskapsåret är slut och samarbeten hör till uppdraget"),
                name="todayRollRow",
            )
            to_roll.append(self._opening(row, lambda: self.context.navigate("engagements", filter="due")))
        self._roll.show_rows(self.tr("Uppdrag som ska rullas"), to_roll)

    def _refused_row(self, one: "EndNews") -> TodayRow:
        said = self.context.messages.sentence(one.problem).partition("\n")[0]
        second = f"{short_name(one.service, self._language())}: {said}"
        return self._customer_row(
            one, "alert-circle-filled", "bad", second, f"refused_{one.collaboration_id}"
        )

    def _ended_row(self, one: "EndNews") -> TodayRow:
        service = short_name(one.service, self._language())
        said = {
            "customer": self.tr("%1 avslutas av kunden"),
            "vendor": self.tr("%1 avslutas av Visma Spcs"),
        }.get(one.by, "%1")
        return self._customer_row(
            one, "user-minus", "wait", said.replace("%1", service), f"ended_{one.collaboration_id}"
        )

    def _end_row(self, one: "EndNews") -> TodayRow:
        said = self.tr("%1 avslutas").replace("%1", short_name(one.service, self._language()))
        return self._customer_row(one, "calendar-off", "none", said, f"ending_{one.collaboration_id}")

    def _renew_row(self, one: "EndNews") -> TodayRow:
        said = self.tr("%1: en ny avtalsperiod börjar")
        said = said.replace("%1", short_name(one.service, self._language()))
        return self._customer_row(one, "refresh", "none", said, f"renewing_{one.collaboration_id}")

    def _customer_row(self, one: "EndNews", icon: str, kind: str, second: str, name: str) -> TodayRow:
        row = TodayRow(
            self.context.theme, icon=icon, kind=kind, text=one.name, second=second, right=one.day, name=name
        )
        if one.customer_id is None:
            go = partial(self.context.navigate, "unlinked", collaboration_id=one.collaboration_id)
        else:
            go = partial(self.context.navigate, "customer", customer_id=one.customer_id)
        return self._opening(row, go)

    def _remind_all(self) -> None:
        if self._today is not None:
            ids = [line.id for line in self._today.waiting if "remind" not in line.blocked]
            self.context.navigate("remind_all", invitation_ids=ids)

    def _more(self, count: int) -> str:
        return self.tr("Visa alla %1").replace("%1", str(count)) if count > _SHOWN else ""

    def _attention_row(self, item: "AttentionItem") -> TodayRow:
        sentence = self.context.messages.sentence(item.code, **(item.data or {})).partition("\n")[0]
        row = TodayRow(
            self.context.theme,
            icon="alert-circle-filled" if item.kind in ("rejected", "conflict") else "alert-triangle",
            kind="bad" if item.kind in ("rejected", "activation_refused") else "wait",
            text=item.subject or self.tr("(okänd kund)"),
            second=sentence,
            name=f"attention_{item.about_id}",
        )
        key = item.key
        return self._opening(row, lambda: self.context.navigate("outbox", tab="attention", item=key))

    def _answered_row(self, line: "InvitationLine") -> TodayRow:
        yes = [short_name(code, self._language()) for code, answer in line.answers if answer == "approved"]
        no = [short_name(code, self._language()) for code, answer in line.answers if answer == "declined"]
        parts: list[str] = []
        if yes:
            parts.append(self.tr("Godkänt: %1").replace("%1", ", ".join(yes)))
        if no:
            parts.append(self.tr("Avböjt: %1").replace("%1", ", ".join(no)))
        if line.words:
            parts.append(f"”{line.words}”")
        if line.withdrawn_because:
            why = self.context.messages.sentence(line.withdrawn_because).partition("\n")[0]
            parts.append(self.tr("Inbjudan är tillbakadragen. %1").replace("%1", why))
        at = line.answered_at or line.withdrawn_at
        when = moment_text(at, self.context.samverka.clock.now()) if at else ""
        row = TodayRow(
            self.context.theme,
            icon="circle-check-filled" if yes else "x",
            kind="ok" if yes else "none",
            text=line.name,
            second=" · ".join(parts),
            right=when,
            name=f"answered_{line.id}",
        )
        wanted = "over" if line.withdrawn_because else "answered" if yes else "declined"
        return self._opening(
            row, partial(self.context.navigate, "invitations", filter=wanted, invitation_id=line.id)
        )

    def _waiting_row(self, line: "InvitationLine") -> TodayRow:
        services = ", ".join(short_name(code, self._language()) for code in line.services)
        if line.reminded_at is not None:
            when = moment_text(line.reminded_at, self.context.samverka.clock.now())
            services += " · " + self.tr("påmind %1").replace("%1", when)
        row = TodayRow(
            self.context.theme,
            icon="clock",
            kind="wait",
            text=line.name,
            second=services,
            right=self.tr("%n dagar", "", line.days or 0),
            name=f"waiting_{line.id}",
        )
        return self._opening(
            row, partial(self.context.navigate, "invitations", filter="waiting", invitation_id=line.id)
        )

    def _unlinked_rows(self, today: "Today") -> list[TodayRow]:
        rows: list[TodayRow] = []
        if today.unlinked:
            row = TodayRow(
                self.context.theme,
                icon="unlink",
                kind="none",
                text=self.tr("%n samarbeten saknar kund", "", today.unlinked),
                second=self.tr("Skapade i Byråstöd eller Smarta Byrån"),
                name="todayUnlinkedRow",
            )
            rows.append(self._opening(row, lambda: self.context.navigate("unlinked", filter="all")))
        if today.missing_engagement:
            row = TodayRow(
                self.context.theme,
                icon="briefcase",
                kind="none",
                text=self.tr("%n samarbeten saknar uppdrag", "", today.missing_engagement),
                second=self.tr("Kunden är känd, men ingen på byrån får tillgång"),
                name="todayMissingRow",
            )
            rows.append(
                self._opening(row, lambda: self.context.navigate("unlinked", filter="missing_engagement"))
            )
        return rows

    def _draft_rows(self, today: "Today") -> list[TodayRow]:
        rows: list[TodayRow] = []
        for draft in today.drafts:
            services = ", ".join(short_name(code, self._language()) for code in draft.services)
            if not draft.is_readable:
                rows.append(self._unreadable_row(draft))
                continue
            row = TodayRow(
                self.context.theme,
                icon="pencil",
                kind="none",
                text=draft.title,
                second=self._draft_words(draft, services or self.tr("Inga tjänster valda än")),
                right=moment_text(draft.changed_at, self.context.samverka.clock.now()),
                name=f"draft_{draft.id}",
            )
            rows.append(self._opening(row, partial(self.context.navigate, "activation", draft_id=draft.id)))
        return rows

    def _draft_words(self, draft: "DraftSummary", services: str) -> str:
        count = len(draft.customer_ids)
        if count < 2:
            return services
        return self.tr("%1 kunder").replace("%1", str(count)) + f" · {services}"

    def _unreadable_row(self, draft: "DraftSummary") -> TodayRow:
        row = TodayRow(
            self.context.theme,
            icon="alert-triangle",
            kind="none",
            text=draft.title,
            second=self.tr("Utkastet går inte att läsa. Texten finns kvar och kan sparas."),
            right=moment_text(draft.changed_at, self.context.samverka.clock.now()),
            name=f"draft_{draft.id}",
        )
        return self._opening(row, partial(self._open_unreadable, draft))

    def _open_unreadable(self, draft: "DraftSummary") -> None:
        from ui.activation.unreadable_draft import UnreadableDraft  # the first picture does without

        UnreadableDraft(self.context, draft, self).open()

    def _opening(self, row: TodayRow, go: Callable[[], None]) -> TodayRow:
        row.clicked.connect(lambda: go())
        return row

    @Slot(str)
    def _filter_chosen(self, _key: str) -> None:
        self.context.when_ready(self._ask)

    @Slot(object)
    def _on_changed(self, event: object) -> None:
        told = getattr(event, "concerns_type", None) is not None
        if told and self.context.samverka is not None and self.isVisible() and not self._again.isActive():
            self._again.start()

    def _language(self) -> str:
        return "en" if QLocale().name().startswith("en") else "sv"


def _counted(title: str, count: int) -> str:
    return f"{title}  {count}" if count else title


def create_pane(context: ScreenContext) -> QWidget:
    """The start screen."""
    return TodayPane(context)

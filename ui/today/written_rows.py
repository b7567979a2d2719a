"""The rows of *Att göra*: what has happened, in words, and the place that each opens."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.activation.unreadable_draft import UnreadableDraft
from ui.formats import moment_text
from ui.outbox.wording import attention_look
from ui.screens import ScreenContext
from ui.service_names import short_name
from ui.today.rows import TodayRow, opening
from ui.translation import shown_language

if TYPE_CHECKING:
    from app.usecases.activation_values import DraftSummary
    from app.usecases.attention import AttentionItem
    from app.usecases.invitations import InvitationLine
    from app.usecases.today import EndNews, Today


class WrittenRows(QObject):
    """Made when the use cases have answered; the figures of the first picture do without it."""

    def __init__(self, context: ScreenContext, pane: QWidget) -> None:
        super().__init__(pane)
        self._context = context
        self._pane = pane

    def refused_row(self, one: "EndNews") -> TodayRow:
        """What the vendor said no to."""
        said = self._context.messages.sentence(one.problem).partition("\n")[0]
        second = f"{short_name(one.service, self.language())}: {said}"
        return self._customer_row(
            one, "alert-circle-filled", "bad", second, f"refused_{one.collaboration_id}"
        )

    def ended_row(self, one: "EndNews") -> TodayRow:
        """A service that the customer or the vendor has ended."""
        service = short_name(one.service, self.language())
        said = {
            "customer": self.tr("%1 avslutas av kunden"),
            "vendor": self.tr("%1 avslutas av Visma Spcs"),
        }.get(one.by, "%1")
        return self._customer_row(
            one, "user-minus", "wait", said.replace("%1", service), f"ended_{one.collaboration_id}"
        )

    def end_row(self, one: "EndNews") -> TodayRow:
        """A service that ends on a day to come."""
        said = self.tr("%1 avslutas").replace("%1", short_name(one.service, self.language()))
        return self._customer_row(one, "calendar-off", "none", said, f"ending_{one.collaboration_id}")

    def renew_row(self, one: "EndNews") -> TodayRow:
        """A service whose next agreement period begins."""
        said = self.tr("%1: en ny avtalsperiod börjar")
        said = said.replace("%1", short_name(one.service, self.language()))
        return self._customer_row(one, "refresh", "none", said, f"renewing_{one.collaboration_id}")

    def _customer_row(self, one: "EndNews", icon: str, kind: str, second: str, name: str) -> TodayRow:
        row = TodayRow(
            self._context.theme, icon=icon, kind=kind, text=one.name, second=second, right=one.day, name=name
        )
        if one.customer_id is None:
            go = partial(self._context.navigate, "unlinked", collaboration_id=one.collaboration_id)
        else:
            go = partial(self._context.navigate, "customer", customer_id=one.customer_id)
        return opening(row, go)

    def attention_row(self, item: "AttentionItem") -> TodayRow:
        """An item that waits for a decision."""
        sentence = self._context.messages.sentence(item.code, **(item.data or {})).partition("\n")[0]
        kind, icon = attention_look(item.kind)
        row = TodayRow(
            self._context.theme,
            icon=icon,
            kind=kind,
            text=item.subject or self.tr("(okänd kund)"),
            second=sentence,
            name=f"attention_{item.about_id}",
        )
        key = item.key
        return opening(row, lambda: self._context.navigate("outbox", tab="attention", item=key))

    def answered_row(self, line: "InvitationLine") -> TodayRow:
        """What a customer has answered."""
        yes = [short_name(code, self.language()) for code, answer in line.answers if answer == "approved"]
        no = [short_name(code, self.language()) for code, answer in line.answers if answer == "declined"]
        parts: list[str] = []
        if yes:
            parts.append(self.tr("Godkänt: %1").replace("%1", ", ".join(yes)))
        if no:
            parts.append(self.tr("Avböjt: %1").replace("%1", ", ".join(no)))
        if line.words:
            parts.append(f"”{line.words}”")
        if line.withdrawn_because:
            why = self._context.messages.sentence(line.withdrawn_because).partition("\n")[0]
            parts.append(self.tr("Inbjudan är tillbakadragen. %1").replace("%1", why))
        at = line.answered_at or line.withdrawn_at
        when = moment_text(at, self._context.samverka.clock.now()) if at else ""
        row = TodayRow(
            self._context.theme,
            icon="circle-check-filled" if yes else "x",
            kind="ok" if yes else "none",
            text=line.name,
            second=" · ".join(parts),
            right=when,
            name=f"answered_{line.id}",
        )
        wanted = "over" if line.withdrawn_because else "answered" if yes else "declined"
        return opening(
            row, partial(self._context.navigate, "invitations", filter=wanted, invitation_id=line.id)
        )

    def waiting_row(self, line: "InvitationLine") -> TodayRow:
        """An invitation that waits for its answer."""
        services = ", ".join(short_name(code, self.language()) for code in line.services)
        if line.reminded_at is not None:
            when = moment_text(line.reminded_at, self._context.samverka.clock.now())
            services += " · " + self.tr("påmind %1").replace("%1", when)
        row = TodayRow(
            self._context.theme,
            icon="clock",
            kind="wait",
            text=line.name,
            second=services,
            right=self.tr("%n dagar", "", line.days or 0),
            name=f"waiting_{line.id}",
        )
        return opening(
            row, partial(self._context.navigate, "invitations", filter="waiting", invitation_id=line.id)
        )

    def unlinked_rows(self, today: "Today") -> list[TodayRow]:
        """What is unlinked, by what is missing."""
        rows: list[TodayRow] = []
        if today.unlinked:
            row = TodayRow(
                self._context.theme,
                icon="unlink",
                kind="none",
                text=self.tr("%n samarbeten saknar kund", "", today.unlinked),
                second=self.tr("Skapade i Byråstöd eller Smarta Byrån"),
                name="todayUnlinkedRow",
            )
            rows.append(opening(row, lambda: self._context.navigate("unlinked", filter="all")))
        if today.missing_engagement:
            row = TodayRow(
                self._context.theme,
                icon="briefcase",
                kind="none",
                text=self.tr("%n samarbeten saknar uppdrag", "", today.missing_engagement),
                second=self.tr("Kunden är känd, men ingen på byrån får tillgång"),
                name="todayMissingRow",
            )
            rows.append(opening(row, lambda: self._context.navigate("unlinked", filter="missing_engagement")))
        return rows

    def draft_rows(self, today: "Today") -> list[TodayRow]:
        """The drafts, each with what is in it."""
        rows: list[TodayRow] = []
        for draft in today.drafts:
            services = ", ".join(short_name(code, self.language()) for code in draft.services)
            if not draft.is_readable:
                rows.append(self._unreadable_row(draft))
                continue
            row = TodayRow(
                self._context.theme,
                icon="pencil",
                kind="none",
                text=draft.title,
                second=self._draft_words(draft, services or self.tr("Inga tjänster valda än")),
                right=moment_text(draft.changed_at, self._context.samverka.clock.now()),
                name=f"draft_{draft.id}",
            )
            rows.append(opening(row, partial(self._context.navigate, "activation", draft_id=draft.id)))
        return rows

    def _draft_words(self, draft: "DraftSummary", services: str) -> str:
        count = len(draft.customer_ids)
        if count < 2:
            return services
        return self.tr("%1 kunder").replace("%1", str(count)) + f" · {services}"

    def _unreadable_row(self, draft: "DraftSummary") -> TodayRow:
        row = TodayRow(
            self._context.theme,
            icon="alert-triangle",
            kind="none",
            text=draft.title,
            second=self.tr("Utkastet går inte att läsa. Texten finns kvar och kan sparas."),
            right=moment_text(draft.changed_at, self._context.samverka.clock.now()),
            name=f"draft_{draft.id}",
        )
        return opening(row, partial(self._open_unreadable, draft))

    def _open_unreadable(self, draft: "DraftSummary") -> None:
        UnreadableDraft(self._context, draft, self._pane).open()

    def roll_rows(self, count: int) -> list[TodayRow]:
        """The engagements that are to be rolled, in one row; none where there are none."""
        if not count:
            return []
        row = TodayRow(
            self._context.theme,
            icon="refresh",
            kind="wait",
            text=self.tr("%n uppdrag ska rullas", "", count),
            second=self.tr("Räkenskapsåret är slut och samarbeten hör till uppdraget"),
            name="todayRollRow",
        )
        return [opening(row, lambda: self._context.navigate("engagements", filter="due"))]

    def language(self) -> str:
        """The language that the rows are in."""
        return shown_language()

"""Skickade inbjudningar: what waits for customers, since when, and what can be done about it."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, QTimer, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.usecases.invitations import InvitationLine, InvitationList, InvitationRecipient
from ui.background import Latest
from ui.exchange.export import ListExport
from ui.invitations.correct_dialog import CorrectDialog
from ui.invitations.list_model import InvitationListModel
from ui.screens import ScreenContext
from ui.widgets.action_bar import ActionBar
from ui.widgets.buttons import Button
from ui.widgets.dialogs import MessageDialog, show_modal
from ui.widgets.empty_state import Emptiness, EmptyState
from ui.widgets.filter_chips import FilterChips
from ui.widgets.pane import Pane
from ui.widgets.search_field import SearchField
from ui.widgets.search_row import SearchRow
from ui.widgets.table import Table

if TYPE_CHECKING:
    from app.usecases.invitations import Invitations
    from app.usecases.workspace import Enqueued

_FILTERS = ("all", "waiting", "problem", "answered", "declined", "over")
_COALESCE_MS = 150


class InvitationsPane(Pane):
    """A list with filters; what is ticked (or else the chosen row) is reminded, corrected or withdrawn."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context, "invitationsPane")
        self._text = ""
        self._list: InvitationList | None = None
        self._to_withdraw = ""
        self._wanted_row = ""
        self._asking = Latest()
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_COALESCE_MS)
        self._again.timeout.connect(self._ask)
        self._build()
        self.retranslate()
        context.events.changed.connect(self._on_changed)
        context.rights.changed.connect(self._update_bar)

    def _build(self) -> None:
        theme = self.context.theme
        self._export = ListExport(self.context, "invitations", self)
        self._export_button = self.header.add_action(icon="file-export", name="invitationsExport")
        self._export_button.follow(self.context.actions["export"])
        self._search = SearchField(theme, name="invitationsSearch")
        self._filters = FilterChips(theme, _FILTERS, name="invitationsFilter")
        self._search_row = SearchRow(theme, self._search, self._filters)
        self.column.addWidget(self._search_row)
        self._model = InvitationListModel(self.context.samverka.clock.now, self)
        self._table = Table(theme, row_height="customers", name="invitationsTable")
        self._table.setModel(self._model)
        self.focus_home = self._table
        self._empty = EmptyState(theme, name="invitationsEmpty")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._empty)
        self.column.addWidget(self._stack, 1)
        self._bar = ActionBar(theme, name="invitations")
        self._anew = Button(theme, icon="refresh", name="invitationsAnew")
        self._correct = Button(theme, icon="pencil", name="invitationsCorrect")
        self._withdraw = Button(theme, icon="arrow-back-up", name="invitationsWithdraw")
        self._remind = Button(theme, icon="mail-forward", name="invitationsRemind")
        for button in (self._anew, self._correct, self._withdraw, self._remind):
            self._bar.add_button(button)
        self.column.addWidget(self._bar)
        self._search.searched.connect(self._searched)
        self._search.left_downwards.connect(self._table.setFocus)
        self._filters.chosen.connect(self._filter_chosen)
        self._model.ticks_changed.connect(self._update_bar)
        self._table.selectionModel().selectionChanged.connect(self._update_bar)
        self._table.activated_id.connect(self._open)
        self._empty.action.clicked.connect(self._clear)
        self._anew.clicked.connect(self._make_anew)
        self._correct.clicked.connect(self._correct_address)
        self._withdraw.clicked.connect(self._ask_withdraw)
        self._remind.clicked.connect(self._remind_chosen)

    def retranslate(self) -> None:
        self.header.set_title(self.tr("Skickade inbjudningar"))
        self._search.set_hint(self.tr("Sök kund eller mottagare"))
        self._table.setAccessibleName(self.tr("Skickade inbjudningar"))
        words = {
            "all": self.tr("Alla"),
            "waiting": self.tr("Väntar på kund"),
            "problem": self.tr("Nådde inte fram"),
            "answered": self.tr("Besvarade"),
            "declined": self.tr("Avböjda"),
            "over": self.tr("Utgångna och tillbakadragna"),
        }
        for key, text in words.items():
            self._filters.set_label(key, text)
        self._anew.setText(self.tr("Gör om…"))
        self._correct.setText(self.tr("Rätta adress och skicka igen…"))
        self._withdraw.setText(self.tr("Dra tillbaka…"))
        self._model.language = "en" if QLocale().name().startswith("en") else "sv"
        self._model.rebuild_columns()
        self._model.repaint_rows()
        self._show_counts()
        self._update_bar()
        if self._stack.currentWidget() is self._empty:
            self._say_empty()

    def handled_actions(self) -> Mapping[str, Callable[[], None]]:
        return {
            "find": self._search.take_focus,
            "export": self._export.ask,
            "copy": self._table.copy_selection,
            "remind": self._remind_chosen,
            "withdraw": self._ask_withdraw,
            "open_customer": self._open_current,
            "select_all": self._model.tick_all,
            "select_none": self._untick,
        }

    def open_with(self, **arguments: Any) -> None:
        """`filter` is one of the filters; `invitation_id` chooses a row when the list has come."""
        self._wanted_row = str(arguments.get("invitation_id", ""))
        if (key := str(arguments.get("filter", ""))) in _FILTERS:
            self._filters.choose(key)

    def shown(self) -> None:
        self._ask()
        self._table.setFocus()

    @property
    def _use_case(self) -> "Invitations":
        found: Invitations = self.context.samverka.invitations
        return found

    @Slot()
    def _ask(self) -> None:
        use_case, text, wanted = self._use_case, self._text, self._filters.current
        self.context.background.run(lambda: use_case.list_sent(text, wanted), self._show, latest=self._asking)

    @Slot(object)
    def _show(self, found: InvitationList) -> None:
        self._list = found
        self._model.set_rows(found.rows)
        self._show_counts()
        self._stack.setCurrentWidget(self._table if found.rows else self._empty)
        if not found.rows:
            self._say_empty()
        elif self._wanted_row and self._table.select_id(self._wanted_row):
            self._wanted_row = ""
        elif not self._table.selected_ids():
            # Qt makes a row current in a list that has the keyboard, and chooses none.
            self._table.select_id(found.rows[0].id)
        self._update_bar()

    def _show_counts(self) -> None:
        if self._list is None:
            return
        counts = self._list.counts
        self._filters.set_counts(counts)
        self._search_row.arrange()
        waiting = self.tr("%n väntar på svar", "", counts["waiting"])
        sent = self.tr("%n skickade", "", counts["all"])
        self.header.set_subtitle(f"{sent} · {waiting}" if counts["all"] else "")

    def _say_empty(self) -> None:
        if self._text or self._filters.current != "all":
            self.context.say_empty(
                self._empty,
                Emptiness.NOTHING_MATCHES,
                self.tr("Ingen inbjudan passar"),
                self.tr("Sök på något annat eller visa alla."),
                self.tr("Visa alla"),
            )
        else:
            self.context.say_empty(
                self._empty,
                Emptiness.NOTHING_YET,
                self.tr("Inga inbjudningar ännu"),
                self.tr("Aktiverar du en tjänst för en kund som finns hos Visma Spcs hamnar inbjudan här."),
            )

    # What is chosen

    def _chosen_rows(self) -> list[InvitationLine]:
        ids: Sequence[str] = sorted(self._model.ticked) or self._table.selected_ids()
        rows = [self._model.row_at(self._model.position_of(id_)) for id_ in ids]
        return [row for row in rows if row is not None]

    @Slot()
    def _update_bar(self, *_arguments: object) -> None:
        rows = self._chosen_rows()
        one = rows[0] if len(rows) == 1 else None
        self._bar.say(
            one.name if one else self.tr("%n markerade", "", len(rows)) if rows else "",
            self._said_of(one) if one is not None else "",
        )
        remindable = [row for row in rows if "remind" not in row.blocked]
        self._remind.setText(
            self.tr("Påminn %1").replace("%1", str(len(remindable))) if len(rows) > 1 else self.tr("Påminn")
        )
        nothing = self.tr("Välj en inbjudan först.")
        self._remind.set_blocked("" if remindable else self._reason(rows, "remind") or nothing)
        if one is None:
            self._anew.set_blocked(self.tr("Välj en enda inbjudan.") if rows else nothing)
        else:
            waits = self.tr("Inbjudan väntar på kunden. Den kan göras om när den är avböjd eller utgången.")
            all_yes = self.tr("Kunden har godkänt allt i inbjudan.")
            reason = "" if one.can_be_made_anew else waits if one.is_open else all_yes
            self._anew.set_blocked(reason)
        self._bar.lead_with(self._what_helps(one))
        for button, key in ((self._correct, "resend"), (self._withdraw, "withdraw")):
            if one is None:
                button.set_blocked(self.tr("Välj en enda inbjudan.") if rows else nothing)
            else:
                button.set_blocked(self._reason(rows, key))
        if self.isVisible():
            self.context.actions.set_blocked("remind", self._remind.toolTip())
            self.context.actions.set_blocked("withdraw", self._withdraw.toolTip())

    def _what_helps(self, one: InvitationLine | None) -> Button:
        """Return the button that brings the invitation on; several are reminded."""
        if one is not None and one.is_open and one.problem:
            return self._correct
        return self._anew if one is not None and one.can_be_made_anew else self._remind

    def _said_of(self, row: InvitationLine) -> str:
        """The address that failed, the customer's words, or why it was withdrawn where no person did it."""
        failed = ", ".join(one.email for one in row.recipients if one.mail_state == row.problem)
        if row.problem and failed:
            bounced = row.problem == "bounced"
            said = self.tr("E-posten till %1 studsade.") if bounced else self.tr("%1 nekades.")
            return said.replace("%1", failed)
        if row.withdrawn_because:
            return " ".join(self.context.messages.sentence(row.withdrawn_because).split())
        return f"”{row.words}” – {row.answered_by}" if row.words else ""

    def _reason(self, rows: Sequence[InvitationLine], key: str) -> str:
        code = next((row.blocked[key] for row in rows if key in row.blocked), "")
        words = {
            "answered": self.tr("Inbjudan väntar inte längre på svar."),
            "too_soon": self.tr("Kunden har redan påmints i dag."),
            "nobody_reached": self.tr("Inbjudan nådde inte fram. Rätta adressen och skicka den igen."),
            "invitation_locked": self.tr("Inbjudan är låst. Skicka den igen i stället."),
        }
        return words.get(code) or (self.context.rights.sentence(code) if code else "")

    # Intents

    @Slot()
    def _remind_chosen(self) -> None:
        ids = [row.id for row in self._chosen_rows() if "remind" not in row.blocked]
        if ids:
            use_case = self._use_case
            self.context.background.run(lambda: use_case.remind(ids), self._reminded)

    @Slot(object)
    def _reminded(self, results: "Sequence[Enqueued]") -> None:
        done = sum(1 for result in results if result.error is None)
        self.context.toast(self.tr("%n kunder får en påminnelse", "", done))
        for result in results:
            if result.error is not None:
                self.context.show_error(result.error)
                break
        self._model.set_ticked(())

    @Slot()
    def _make_anew(self) -> None:
        """The wizard begins with what was asked for then."""
        rows = self._chosen_rows()
        if len(rows) == 1:
            self.context.navigate("activation", activation_id=rows[0].activation_id)

    @Slot()
    def _correct_address(self) -> None:
        rows = self._chosen_rows()
        if len(rows) != 1:
            return
        dialog = CorrectDialog(self.context.theme, rows[0], self)
        dialog.corrected.connect(self._resend)
        show_modal(dialog)

    @Slot(str, object)
    def _resend(self, invitation_id: str, recipients: "tuple[InvitationRecipient, ...]") -> None:
        use_case = self._use_case
        self.context.background.run(lambda: use_case.resend(invitation_id, recipients), self._resent)

    @Slot(object)
    def _resent(self, _nothing: object) -> None:
        self.context.toast(self.tr("Inbjudan skickas igen"))

    @Slot()
    def _ask_withdraw(self) -> None:
        rows = self._chosen_rows()
        if len(rows) != 1:
            return
        dialog = MessageDialog(
            self.context.theme,
            self.tr("Dra tillbaka inbjudan till %1?").replace("%1", rows[0].name),
            self.tr("Länken i kundens e-post slutar fungera och kunden får ett meddelande om det."),
            accept=self.tr("Dra tillbaka inbjudan"),
            reject=self.tr("Behåll"),
            parent=self,
        )
        self._to_withdraw = rows[0].id
        dialog.accepted.connect(self._withdraw_now)
        show_modal(dialog)

    @Slot()
    def _withdraw_now(self) -> None:
        use_case, invitation_id = self._use_case, self._to_withdraw
        self.context.background.run(lambda: use_case.withdraw(invitation_id), self._withdrawn)

    @Slot(object)
    def _withdrawn(self, _nothing: object) -> None:
        self.context.toast(self.tr("Inbjudan dras tillbaka"))

    @Slot(str)
    def _open(self, row_id: str) -> None:
        row = self._model.row_at(self._model.position_of(row_id))
        if row is not None:
            self.context.navigate("customer", customer_id=row.customer_id)

    @Slot()
    def _open_current(self) -> None:
        if ids := self._table.selected_ids():
            self._open(ids[0])

    @Slot()
    def _untick(self) -> None:
        self._model.set_ticked(())

    @Slot(str)
    def _searched(self, text: str) -> None:
        self._text = text
        self._ask()

    @Slot(str)
    def _filter_chosen(self, _key: str) -> None:
        self._ask()

    @Slot()
    def _clear(self) -> None:
        self._search.clear()
        self._filters.choose("all")

    @Slot(object)
    def _on_changed(self, event: object) -> None:
        concerns = getattr(event, "concerns_type", None)
        if concerns is None or not self.isVisible():
            return
        if concerns("invitation", "collaboration", "activation"):
            self._again.start()


def create_pane(context: ScreenContext) -> QWidget:
    """The screen *Skickade inbjudningar*."""
    return InvitationsPane(context)

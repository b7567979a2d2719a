"""The registry of screens, and the contract between a screen and the window.

A screen is a folder of ui/ with a module `pane` that has `create_pane(context: ScreenContext) -> QWidget`.
It is imported and made when a person first goes there. To add one, add a `ScreenSpec` to `SCREENS` and
nothing else.

* A pane (a `ui.widgets.pane.Pane`) is kept, with its scroll, filter and selection, for as long as the window
  is open.
* A factory that returns a QDialog (the wizard, the import, the settings) is shown as a modal dialog and
  deleted when it is closed; `navigate` returns at once.
* `navigate("customer", customer_id="cu_…")` calls `pane.open_with(customer_id="cu_…")` after the pane is
  shown; for a dialog it is called before it is shown.
* A screen with `early=True` may be made before the use cases are loaded, so that the first paint waits for
  nothing: then `context.samverka` is None and `context.first` has what was read straight from the cache; the
  pane asks its questions in `context.when_ready(...)`. Every other screen is made when `samverka` is there.
* `count` makes the number at the screen's name of app.usecases.navigation's figures, which are read again, at
  most four times a second, after the application says that something changed.
"""

import importlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.actions import Actions
from ui.background import Background
from ui.event_bridge import EventBridge
from ui.messages import Messages
from ui.rights import RightsWatch
from ui.theme import Theme
from ui.translation import QT_TRANSLATE_NOOP
from ui.widgets.empty_state import EmptyState
from ui.widgets.navigation import Count


class Navigate(Protocol):
    """Go to a screen by its key; the arguments are given to the pane's `open_with`."""

    def __call__(self, key: str, **arguments: Any) -> None: ...


class ShowToast(Protocol):
    """Say what was done; with `undo` a button whose words are `undo_text` ("Ångra")."""

    def __call__(self, text: str, undo_text: str = "", undo: Callable[[], None] | None = None) -> None: ...


@dataclass(slots=True, kw_only=True)
class ScreenContext:
    """What a screen is given. Nothing else is global.

    `samverka` is what app.bootstrap built: one attribute per module of app.usecases. Its functions are
    called only inside `background.run(...)`. `events.changed` (a Qt signal on the GUI thread) carries the
    frozen "what changed" values; each screen decides what of them concerns it. `choose` sets the theme,
    language or density; `restart` opens the profile and the window anew. `show_error(error)` shows
    one calm dialog: pass it as `on_error` or leave that out, which does the same. `rights` says why the
    person may not give a command, and who can.
    """

    background: Background
    events: EventBridge
    actions: Actions
    theme: Theme
    messages: Messages
    navigate: Navigate
    toast: ShowToast
    show_error: Callable[[BaseException], None]
    show_side: Callable[[str], None]
    window: QWidget
    samverka: Any = None
    first: Any = None
    choose: Callable[[str, str], None] = lambda _name, _value: None
    restart: Callable[[], None] = lambda: None
    rights: RightsWatch = field(init=False)
    _waiting: list[Callable[[], None]] = field(default_factory=list)
    _has_fetched: bool = False

    def __post_init__(self) -> None:
        self.rights = RightsWatch(self)

    def when_ready(self, ask: Callable[[], None]) -> None:
        """Call `ask` on the GUI thread as soon as the use cases are there; at once when they are."""
        if self.samverka is not None:
            ask()
        else:
            self._waiting.append(ask)

    def become_ready(self, samverka: Any) -> None:
        """The application has loaded the use cases."""
        self.samverka = samverka
        self.rights.ask()
        waiting, self._waiting = self._waiting, []
        for ask in waiting:
            ask()

    def say_empty(self, empty: EmptyState, kind: str, title: str, text: str = "", action: str = "") -> None:
        """Let a list say why it is empty: that nothing has been fetched yet, or else this.

        It is said at once where something had been fetched when it was last asked: only another person's
        sign-in changes that.
        """

        def say(has_fetched: bool) -> None:
            self._has_fetched = has_fetched
            if has_fetched:
                empty.say(kind, title, text, action)
            else:
                empty.say_not_fetched()

        if self._has_fetched:
            empty.say(kind, title, text, action)
        self.background.run(self.samverka.status.has_fetched, say, latest=empty.asking, owner=empty)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenSpec:
    """One screen. `title` is a source string in the context *Screens*; `module` is imported when it is
    needed.

    `place`: navigation (numbered Ctrl+1…9 in order), bottom, or hidden (reached from elsewhere). `under` is
    the screen that the navigation marks while a hidden one is shown. `sample_only` screens exist only in
    the sample firm. `also` are other words by which the palette finds it, such as the vendor's name for the
    place. `help` names the page that F1 opens. `pictures` is a module with `PICTURES`, the screen's pages and
    dialogs that `main.py screenshot` can draw as `key.name` (see ui.screenshots). `count` gives the number at
    the name, or None where there is nothing to say yet.
    """

    key: str
    title: str
    icon: str
    module: str
    place: str = "navigation"
    count: Callable[[Any], Count | None] | None = None
    sample_only: bool = False
    early: bool = False
    under: str = ""
    also: str = ""
    help: str = ""
    pictures: str = ""

    def translated_title(self) -> str:
        return QCoreApplication.translate("Screens", self.title)

    def factory(self, context: ScreenContext) -> QWidget:
        """Import the screen and make its pane or dialog."""
        made = importlib.import_module(self.module).create_pane(context)
        if not isinstance(made, QWidget):
            raise TypeError(f"{self.module}.create_pane gives a QWidget")
        return made


def _known(number: int, figures: Any) -> Count | None:
    """A zero is shown when everything has been fetched, and not before."""
    return Count(number) if number or figures.is_fetched else None


SCREENS: Final[tuple[ScreenSpec, ...]] = (
    ScreenSpec(key="today", title=QT_TRANSLATE_NOOP("Screens", "Att göra"), icon="checklist",
               module="ui.today.pane", pictures="ui.today.pictures", help="today", early=True,
               count=lambda figures: Count(figures.attention, "bad")),
    ScreenSpec(key="customers", title=QT_TRANSLATE_NOOP("Screens", "Kunder"), icon="users",
               module="ui.customers.pane", help="customers", early=True, pictures="ui.customers.pictures",
               count=lambda figures: _known(figures.customers, figures)),
    ScreenSpec(key="unlinked", title=QT_TRANSLATE_NOOP("Screens", "Okopplade"), icon="unlink",
               module="ui.reconciliation.pane", help="unlinked", pictures="ui.reconciliation.pictures",
               also="Underhåll Byråstöd Smarta Byrån",
               count=lambda figures: _known(figures.unlinked, figures)),
    ScreenSpec(key="collaborations", title=QT_TRANSLATE_NOOP("Screens", "Samarbeten"), icon="link",
               module="ui.collaborations.pane", pictures="ui.collaborations.pictures", help="collaborations"),
    ScreenSpec(key="invitations", title=QT_TRANSLATE_NOOP("Screens", "Skickade inbjudningar"), icon="send",
               module="ui.invitations.pane", pictures="ui.invitations.pictures", help="invitations",
               count=lambda figures: Count(figures.waiting, "wait")),
    ScreenSpec(key="outbox", title=QT_TRANSLATE_NOOP("Screens", "Utkorg"), icon="upload",
               module="ui.outbox.pane", pictures="ui.outbox.pictures", help="outbox",
               count=lambda figures: Count(figures.outbox, "info")),
    ScreenSpec(key="engagements", title=QT_TRANSLATE_NOOP("Screens", "Uppdrag"), icon="briefcase",
               module="ui.engagements.pane", help="engagements"),
    ScreenSpec(key="access", title=QT_TRANSLATE_NOOP("Screens", "Tillgång"), icon="key",
               module="ui.access.pane", help="access"),
    ScreenSpec(key="mail_tray", title=QT_TRANSLATE_NOOP("Screens", "Mejlkorg"), icon="mail",
               module="ui.mail_tray.pane", sample_only=True, help="mail_tray"),
    ScreenSpec(key="overview", title=QT_TRANSLATE_NOOP("Screens", "Översikt"), icon="chart-bar",
               module="ui.overview.pane", help="overview"),
    ScreenSpec(key="customer", title=QT_TRANSLATE_NOOP("Screens", "Kund"), icon="user",
               module="ui.customer.pane", place="hidden", help="customer", under="customers",
               pictures="ui.customer.form_pictures"),
    ScreenSpec(key="new_customer", title=QT_TRANSLATE_NOOP("Screens", "Ny kund"), icon="user-plus",
               module="ui.customer.new_customer_dialog", place="hidden", help="customers"),
    ScreenSpec(key="activation", title=QT_TRANSLATE_NOOP("Screens", "Aktivera tjänst"), icon="plus",
               module="ui.activation.pane", place="hidden", help="activation",
               pictures="ui.activation.pictures"),
    ScreenSpec(key="sheet", title=QT_TRANSLATE_NOOP("Screens", "Kundblad"), icon="printer",
               module="ui.sheets.preview_dialog", place="hidden", help="customer"),
    ScreenSpec(key="handover", title=QT_TRANSLATE_NOOP("Screens", "Överlämningslista"), icon="printer",
               module="ui.sheets.handover", place="hidden", help="customer"),
    ScreenSpec(key="extract", title=QT_TRANSLATE_NOOP("Screens", "Registerutdrag"), icon="printer",
               module="ui.sheets.extract_dialog", place="hidden", help="customer"),
    ScreenSpec(key="life", title=QT_TRANSLATE_NOOP("Screens", "Händelse hos kunden"), icon="clipboard-list",
               module="ui.customer.life_dialog", place="hidden", help="customer",
               pictures="ui.customer.pictures"),
    ScreenSpec(key="remind_all", title=QT_TRANSLATE_NOOP("Screens", "Påminn kunder"), icon="mail-forward",
               module="ui.today.remind_dialog", place="hidden", help="invitations"),
    ScreenSpec(key="roll", title=QT_TRANSLATE_NOOP("Screens", "Rulla till nytt uppdrag"), icon="refresh",
               module="ui.engagements.roll_dialog", place="hidden", help="engagements"),
    ScreenSpec(key="close", title=QT_TRANSLATE_NOOP("Screens", "Avsluta uppdrag"), icon="circle-check",
               module="ui.engagements.close_dialog", place="hidden", help="engagements"),
    ScreenSpec(key="responsible", title=QT_TRANSLATE_NOOP("Screens", "Byt ansvarig"), icon="arrows-exchange",
               module="ui.engagements.responsible_dialog", place="hidden", help="engagements"),
    ScreenSpec(key="substitute", title=QT_TRANSLATE_NOOP("Screens", "Lägg till vikarie"), icon="user-plus",
               module="ui.engagements.substitute_dialog", place="hidden", help="access"),
    ScreenSpec(key="join", title=QT_TRANSLATE_NOOP("Screens", "Välj uppdrag"), icon="briefcase",
               module="ui.engagements.join_dialog", place="hidden", help="access"),
    ScreenSpec(key="leave", title=QT_TRANSLATE_NOOP("Screens", "Medarbetaren slutar"), icon="door-exit",
               module="ui.engagements.leave_dialog", place="hidden", help="access"),
    ScreenSpec(key="change", title=QT_TRANSLATE_NOOP("Screens", "Ändra samarbeten"), icon="pencil",
               module="ui.collaborations.change_dialog", place="hidden", help="collaborations"),
    ScreenSpec(key="ending", title=QT_TRANSLATE_NOOP("Screens", "Avsluta samarbeten"), icon="door-exit",
               module="ui.ending.pane", place="hidden", help="ending"),
    ScreenSpec(key="import", title=QT_TRANSLATE_NOOP("Screens", "Importera"), icon="file-import",
               module="ui.exchange.pane", pictures="ui.exchange.pictures", place="hidden", help="import"),
    ScreenSpec(key="welcome", title=QT_TRANSLATE_NOOP("Screens", "Välkommen"), icon="home",
               module="ui.welcome.pane", pictures="ui.welcome.pictures", place="hidden", help="welcome"),
    ScreenSpec(key="help", title=QT_TRANSLATE_NOOP("Screens", "Hjälp"), icon="help-circle",
               module="ui.help.pane", place="bottom"),
    ScreenSpec(key="settings", title=QT_TRANSLATE_NOOP("Screens", "Inställningar"), icon="settings",
               module="ui.settings.pane", pictures="ui.settings.pictures", place="bottom", help="settings"),
)  # fmt: skip


def list_screens(*, sample: bool) -> list[ScreenSpec]:
    """The screens that this start of the program has."""
    return [spec for spec in SCREENS if sample or not spec.sample_only]

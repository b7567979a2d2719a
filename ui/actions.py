"""Every command of the program as one QAction: menu, shortcut, palette and buttons come from here.

A command that nobody handles at the moment is disabled, never hidden, with the reason in its tooltip.

For a screen: give the commands that it handles while it is shown in `Pane.handled_actions()`, for example
``{"find": self._search.take_focus, "copy": self._copy}``. While it is shown, `Actions.set_blocked(key,
reason)` disables one of them (nothing is selected, a right is missing) and an empty reason enables it
again.
"""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence

from ui.translation import QT_TRANSLATE_NOOP

_KEYS = QKeySequence.StandardKey


class ActionSpec(NamedTuple):
    """One command. `text` and `reason` are source strings in the context *Actions*.

    `everywhere` commands are handled by the window itself; the others by the pane that is shown.
    """

    key: str
    menu: str
    text: str
    shortcut: "QKeySequence.StandardKey | str | None" = None
    icon: str = ""
    reason: str = QT_TRANSLATE_NOOP("Actions", "Gäller inte på den här skärmen")
    everywhere: bool = False
    checkable: bool = False
    role: QAction.MenuRole = QAction.MenuRole.NoRole
    starts_group: bool = False


_CHOOSE_CUSTOMER = QT_TRANSLATE_NOOP("Actions", "Välj en kund först")
_CHOOSE_COLLABORATION = QT_TRANSLATE_NOOP("Actions", "Välj ett samarbete först")
_CHOOSE_INVITATION = QT_TRANSLATE_NOOP("Actions", "Välj en inbjudan först")

MENUS: Final = (
    ("file", QT_TRANSLATE_NOOP("Actions", "&Arkiv")),
    ("edit", QT_TRANSLATE_NOOP("Actions", "&Redigera")),
    ("view", QT_TRANSLATE_NOOP("Actions", "&Visa")),
    ("customer", QT_TRANSLATE_NOOP("Actions", "&Kund")),
    ("collaboration", QT_TRANSLATE_NOOP("Actions", "&Samarbete")),
    ("tools", QT_TRANSLATE_NOOP("Actions", "V&erktyg")),
    ("help", QT_TRANSLATE_NOOP("Actions", "&Hjälp")),
)

ACTIONS: Final = (
    ActionSpec(key="import", menu="file", text=QT_TRANSLATE_NOOP("Actions", "&Importera…"),
               shortcut="Ctrl+I", icon="file-import", everywhere=True),
    ActionSpec(key="export", menu="file", text=QT_TRANSLATE_NOOP("Actions", "&Exportera…"),
               shortcut="Ctrl+E", icon="file-export"),
    ActionSpec(key="settings", menu="file", text=QT_TRANSLATE_NOOP("Actions", "In&ställningar…"),
               shortcut="Ctrl+,", icon="settings", everywhere=True,
               role=QAction.MenuRole.PreferencesRole, starts_group=True),
    ActionSpec(key="sign_in", menu="file", text=QT_TRANSLATE_NOOP("Actions", "&Logga in…"),
               icon="key", everywhere=True),
    ActionSpec(key="quit", menu="file", text=QT_TRANSLATE_NOOP("Actions", "&Avsluta"), shortcut="Ctrl+Q",
               everywhere=True, role=QAction.MenuRole.QuitRole, starts_group=True),
    ActionSpec(key="undo", menu="edit", text=QT_TRANSLATE_NOOP("Actions", "&Ångra"), shortcut=_KEYS.Undo,
               icon="arrow-back-up", reason=QT_TRANSLATE_NOOP("Actions", "Det finns inget att ångra här")),
    ActionSpec(key="copy", menu="edit", text=QT_TRANSLATE_NOOP("Actions", "&Kopiera"), icon="copy",
               reason=QT_TRANSLATE_NOOP("Actions", "Välj rader först"), starts_group=True),
    ActionSpec(key="select_all", menu="edit", text=QT_TRANSLATE_NOOP("Actions", "&Markera alla i urvalet")),
    ActionSpec(key="select_none", menu="edit", text=QT_TRANSLATE_NOOP("Actions", "&Avmarkera alla")),
    ActionSpec(key="find", menu="edit", text=QT_TRANSLATE_NOOP("Actions", "&Sök"), shortcut=_KEYS.Find,
               icon="search", starts_group=True),
    ActionSpec(key="palette", menu="edit", text=QT_TRANSLATE_NOOP("Actions", "Gå &till kund eller kommando…"),
               shortcut="Ctrl+K", icon="command", everywhere=True),
    ActionSpec(key="next_pane", menu="view", text=QT_TRANSLATE_NOOP("Actions", "&Nästa del av fönstret"),
               shortcut="F6", everywhere=True, starts_group=True),
    ActionSpec(key="meeting_mode", menu="view", text=QT_TRANSLATE_NOOP("Actions", "Kund&mötesläge"),
               shortcut="F8", icon="eye", everywhere=True, checkable=True),
    ActionSpec(key="lock", menu="view", text=QT_TRANSLATE_NOOP("Actions", "Lås &fönstret"),
               shortcut="Ctrl+Shift+L", icon="lock", everywhere=True),
    ActionSpec(key="new_customer", menu="customer", text=QT_TRANSLATE_NOOP("Actions", "&Ny kund…"),
               shortcut=_KEYS.New, icon="user-plus", everywhere=True),
    ActionSpec(key="open_customer", menu="customer", text=QT_TRANSLATE_NOOP("Actions", "&Öppna kunden"),
               icon="user", reason=_CHOOSE_CUSTOMER),
    ActionSpec(key="check_registration", menu="customer",
               text=QT_TRANSLATE_NOOP("Actions", "&Kontrollera hos Visma Spcs"), icon="refresh",
               reason=_CHOOSE_CUSTOMER),
    ActionSpec(key="customer_sheet", menu="customer", text=QT_TRANSLATE_NOOP("Actions", "Kund&blad…"),
               shortcut=_KEYS.Print, icon="printer", reason=_CHOOSE_CUSTOMER),
    ActionSpec(key="responsible", menu="customer", text=QT_TRANSLATE_NOOP("Actions", "Byt an&svarig…"),
               icon="arrows-exchange", reason=_CHOOSE_CUSTOMER, starts_group=True),
    ActionSpec(key="end_all", menu="customer",
               text=QT_TRANSLATE_NOOP("Actions", "A&vsluta allt med kunden…"), icon="door-exit",
               reason=_CHOOSE_CUSTOMER),
    ActionSpec(key="life", menu="customer", text=QT_TRANSLATE_NOOP("Actions", "&Händelse hos kunden…"),
               icon="clipboard-list", reason=_CHOOSE_CUSTOMER),
    ActionSpec(key="extract", menu="customer", text=QT_TRANSLATE_NOOP("Actions", "Re&gisterutdrag…"),
               icon="printer", reason=_CHOOSE_CUSTOMER),
    ActionSpec(key="correct_number", menu="customer",
               text=QT_TRANSLATE_NOOP("Actions", "Rätta &typ eller nummer…"), icon="pencil",
               reason=_CHOOSE_CUSTOMER),
    ActionSpec(key="archive", menu="customer", text=QT_TRANSLATE_NOOP("Actions", "&Arkivera"), icon="inbox",
               reason=_CHOOSE_CUSTOMER),
    ActionSpec(key="restore", menu="customer", text=QT_TRANSLATE_NOOP("Actions", "Åte&rställ från arkivet"),
               icon="arrow-back-up", reason=_CHOOSE_CUSTOMER),
    ActionSpec(key="activate", menu="collaboration", text=QT_TRANSLATE_NOOP("Actions", "&Aktivera tjänst…"),
               shortcut="Ctrl+Shift+A", icon="plus", everywhere=True),
    ActionSpec(key="link", menu="collaboration", text=QT_TRANSLATE_NOOP("Actions", "&Koppla"),
               icon="link", reason=_CHOOSE_COLLABORATION, starts_group=True),
    ActionSpec(key="open_service", menu="collaboration",
               text=QT_TRANSLATE_NOOP("Actions", "&Öppna tjänsten"), icon="external-link",
               reason=_CHOOSE_COLLABORATION),
    ActionSpec(key="change_collaboration", menu="collaboration",
               text=QT_TRANSLATE_NOOP("Actions", "Ä&ndra samarbete…"), icon="pencil",
               reason=_CHOOSE_COLLABORATION),
    ActionSpec(key="change_link", menu="collaboration",
               text=QT_TRANSLATE_NOOP("Actions", "&Flytta eller ta bort kopplingen…"), icon="unlink",
               reason=_CHOOSE_COLLABORATION),
    ActionSpec(key="end_collaboration", menu="collaboration",
               text=QT_TRANSLATE_NOOP("Actions", "A&vsluta samarbete…"), icon="door-exit",
               reason=_CHOOSE_COLLABORATION),
    ActionSpec(key="cancel_end", menu="collaboration", text=QT_TRANSLATE_NOOP("Actions", "Ångra avsl&ut"),
               icon="arrow-back-up", reason=_CHOOSE_COLLABORATION),
    ActionSpec(key="link_ticked", menu="collaboration",
               text=QT_TRANSLATE_NOOP("Actions", "&Granska och koppla markerade…"), shortcut="Ctrl+Return",
               icon="link"),
    ActionSpec(key="none_of_these", menu="collaboration",
               text=QT_TRANSLATE_NOOP("Actions", "&Ingen av dessa…"), reason=_CHOOSE_COLLABORATION),
    ActionSpec(key="create_and_link", menu="collaboration",
               text=QT_TRANSLATE_NOOP("Actions", "&Skapa kund och koppla…"), icon="user-plus",
               reason=_CHOOSE_COLLABORATION),
    ActionSpec(key="decide_later", menu="collaboration", text=QT_TRANSLATE_NOOP("Actions", "S&enare"),
               reason=_CHOOSE_COLLABORATION),
    ActionSpec(key="link_history", menu="collaboration",
               text=QT_TRANSLATE_NOOP("Actions", "&Historik för kopplingar…"), icon="history"),
    ActionSpec(key="remind", menu="collaboration", text=QT_TRANSLATE_NOOP("Actions", "&Påminn kunden"),
               icon="mail-forward", reason=_CHOOSE_INVITATION, starts_group=True),
    ActionSpec(key="withdraw", menu="collaboration",
               text=QT_TRANSLATE_NOOP("Actions", "&Dra tillbaka inbjudan…"), icon="arrow-back-up",
               reason=_CHOOSE_INVITATION),
    ActionSpec(key="sync", menu="tools", text=QT_TRANSLATE_NOOP("Actions", "&Synkronisera nu"),
               shortcut=_KEYS.Refresh, icon="refresh", everywhere=True),
    ActionSpec(key="help", menu="help", text=QT_TRANSLATE_NOOP("Actions", "&Hjälp om den här skärmen"),
               shortcut=_KEYS.HelpContents, icon="help-circle", everywhere=True),
    ActionSpec(key="about", menu="help", text=QT_TRANSLATE_NOOP("Actions", "&Om Samverka"), everywhere=True,
               role=QAction.MenuRole.AboutRole, icon="info-circle"),
)  # fmt: skip


class Actions(QObject):
    """The registry. Items are QActions by key; `bind` gives those of the shown pane their handlers."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._specs = {spec.key: spec for spec in ACTIONS}
        self._actions: dict[str, QAction] = {}
        self._handlers: dict[str, Callable[[], None]] = {}
        self._overrides: dict[str, Callable[[], None]] = {}
        self._reasons: dict[str, str] = {}
        for spec in ACTIONS:
            action = QAction(self)
            action.setObjectName(f"action_{spec.key}")
            action.setMenuRole(spec.role)
            action.setCheckable(spec.checkable)
            if spec.shortcut is not None:
                action.setShortcut(QKeySequence(spec.shortcut))
            action.triggered.connect(self._triggered)
            action.setProperty("key", spec.key)
            self._actions[spec.key] = action
        self.retranslate()

    def __getitem__(self, key: str) -> QAction:
        return self._actions[key]

    def specs(self) -> list[ActionSpec]:
        return list(self._specs.values())

    def handle(self, key: str, handler: Callable[[], None]) -> None:
        """Give a command that works everywhere its handler."""
        self._handlers[key] = handler
        self._show(key)

    def bind(self, handlers: Mapping[str, Callable[[], None]]) -> None:
        """Give the commands of the pane that is shown their handlers; those of the pane before lose theirs.

        A pane may take over a command that otherwise works everywhere (*Aktivera tjänst…* for its selection).
        """
        for key in [key for key, spec in self._specs.items() if not spec.everywhere]:
            self._handlers.pop(key, None)
            self._reasons.pop(key, None)
        self._overrides = dict(handlers)
        for key in self._specs:
            self._show(key)

    def set_blocked(self, key: str, reason: str) -> None:
        """Disable a command with its reason (already translated); an empty one enables it."""
        self._reasons[key] = reason
        self._show(key)

    def retranslate(self) -> None:
        for key in self._specs:
            self._show(key)

    def plain_text(self, key: str) -> str:
        """The command's words without access key and dots, for the palette."""
        return self._translated(self._specs[key].text).replace("&", "").removesuffix("…")

    def _show(self, key: str) -> None:
        spec, action = self._specs[key], self._actions[key]
        text = self._translated(spec.text)
        handled = key in self._overrides or key in self._handlers
        reason = self._reasons.get(key) or ("" if handled else self._translated(spec.reason))
        action.setText(text)
        action.setIconText(text.replace("&", ""))
        action.setEnabled(not reason)
        shortcut = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        plain = text.replace("&", "").removesuffix("…")
        action.setToolTip(f"{plain}: {reason}" if reason else f"{plain} ({shortcut})" if shortcut else plain)
        action.setStatusTip(reason)

    def _triggered(self) -> None:
        key = str(self.sender().property("key"))
        handler = self._overrides.get(key) or self._handlers.get(key)
        if handler is not None:
            handler()

    def _translated(self, source: str) -> str:
        return QCoreApplication.translate("Actions", source)

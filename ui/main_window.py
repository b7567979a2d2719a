"""The window: menus, navigation, the panes, the status line.

It is shown before the use cases are loaded; `attach` gives them to it. Panes are made when a person first
goes to them and are kept.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QPaintEvent,
    QShortcut,
)
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from ui.actions import Actions
from ui.screens import ScreenContext, ScreenSpec, list_screens
from ui.theme import Theme
from ui.turns import PaintedInTurns, Turns, paint_next_turn
from ui.widgets.info_bar import InfoBar
from ui.widgets.navigation import NavigationEntry, NavigationList
from ui.widgets.pane import Pane
from ui.widgets.status_line import Status, StatusLine
from ui.widgets.toast import Toast
from ui.window_menus import WindowMenus, shortcut_text

if TYPE_CHECKING:
    from ui.meeting_mode import MeetingMode
    from ui.widgets.command_palette import FindMore


class MainWindow(PaintedInTurns, QMainWindow):
    """`preference_chosen(name, value)` for theme, language and density; `closing` when a person closes it;
    `painted` once, after the first picture."""

    preference_chosen = Signal(str, str)
    closing = Signal()
    painted = Signal()

    def __init__(
        self,
        theme: Theme,
        *,
        sample: bool,
        screens: Sequence[ScreenSpec] | None = None,
        turns: Turns | None = None,
    ) -> None:
        self._turns = turns or Turns()
        super().__init__()
        self.setObjectName("mainWindow")
        self._theme = theme
        self._sample = sample
        self._context: ScreenContext | None = None
        self._screens = list(screens) if screens is not None else list_screens(sample=sample)
        self._panes: dict[str, QWidget] = {}
        self._find_more: FindMore | None = None
        self.actions_registry = Actions(self)
        self.navigation = NavigationList(theme)
        self.stack = QStackedWidget()
        self.stack.setObjectName("panes")
        self.status_line = StatusLine(theme)
        self._current = ""
        self._is_painted = False
        self._meeting: MeetingMode | None = None
        centre = QWidget()
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.navigation)
        self.notice = InfoBar(theme, "wait", name="notice")
        self.notice.hide()
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.notice)
        right.addWidget(self.stack, 1)
        row.addLayout(right, 1)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addWidget(self.status_line)
        self.setCentralWidget(centre)
        self.setMinimumSize(960, 600)
        self.setAcceptDrops(True)
        self._toast = Toast(theme, centre)
        self._menus = WindowMenus(self.menuBar(), self.actions_registry, self._screens)
        self._menus.screen_chosen.connect(self.navigate)
        self._menus.preference_chosen.connect(self.preference_chosen)
        self.navigation.chosen.connect(self.navigate)
        self.actions_registry.handle("next_pane", self._focus_next_part)
        self.actions_registry.handle("palette", self.open_palette)
        self.actions_registry.handle("quit", self._quit)
        self.actions_registry.handle("meeting_mode", self._toggle_meeting)
        self.status_line.sync_pressed.connect(self.actions_registry["sync"].trigger)
        self.status_line.outbox_pressed.connect(self._go_to_outbox)
        self.status_line.attention_pressed.connect(self._go_to_outbox)
        backwards = QShortcut(QKeySequence("Shift+F6"), self)
        backwards.activated.connect(self._focus_previous_part)
        self.retranslate()

    # What the application gives and asks

    def attach(self, context: ScreenContext) -> None:
        """Give the window what its screens need; early ones can be made from now on, all when it is ready."""
        self._context = context

    def set_palette_search(self, find_more: "FindMore") -> None:
        self._find_more = find_more

    def list_screens(self) -> list[ScreenSpec]:
        """The screens that this window has."""
        return list(self._screens)

    def has_screen(self, key: str) -> bool:
        return any(spec.key == key for spec in self._screens)

    @property
    def sample(self) -> bool:
        """True in the sample firm."""
        return self._sample

    @property
    def current_screen(self) -> str:
        return self._current

    def open_help(self) -> None:
        """Go to the help's page about the screen that is shown."""
        page = next((spec.help for spec in self._screens if spec.key == self._current), "")
        self.navigate("help", page=page)

    def pane(self, key: str) -> QWidget | None:
        """The pane of a screen, if it has been made."""
        return self._panes.get(key)

    @Slot(str)
    def navigate(self, key: str, **arguments: Any) -> None:
        """Go to a screen; an unknown one is a bug and raises KeyError."""
        with self._turns:
            self._go_to(key, arguments)

    def _go_to(self, key: str, arguments: dict[str, Any]) -> None:
        spec = next((found for found in self._screens if found.key == key), None)
        if spec is None:
            raise KeyError(key)
        if self._meeting is not None and not self._meeting.allows(key):
            self._meeting.show_cover()
            return
        context = self._context
        if context is None:
            raise RuntimeError("attach comes before navigate")
        if context.samverka is None and not spec.early:
            context.when_ready(lambda: self.navigate(key, **arguments))
            return
        pane = self._panes.get(key)
        if pane is None:
            pane = spec.factory(context)
            if isinstance(pane, QDialog):
                self._open_dialog(pane, arguments, spec.help)
                return
            self._panes[key] = pane
            self.stack.addWidget(pane)
            paint_next_turn(self.stack)
        self._show_pane(key, pane)
        if arguments and isinstance(pane, Pane):
            pane.open_with(**arguments)

    def show_toast(self, text: str, undo_text: str = "", undo: Callable[[], None] | None = None) -> None:
        self._toast.show_text(text, undo_text, undo)

    def show_status(self, status: Status, now: datetime) -> None:
        self.status_line.show_status(status, now)

    def show_figures(self, figures: Any) -> None:
        """Numbers at the screens' names; a figure that is not there yet shows none."""
        for spec in self._screens:
            if spec.count is not None:
                self.navigation.set_count(spec.key, spec.count(figures))

    def show_choice(self, name: str, value: str) -> None:
        """Tick the theme, language or density that is in force."""
        self._menus.show_choice(name, value)

    # Texts

    def retranslate(self) -> None:
        self.setWindowTitle("Samverka")
        self.actions_registry.retranslate()
        self._menus.retranslate()
        entries = []
        for number, spec in enumerate(self._on_navigation(), start=1):
            title = spec.translated_title()
            bottom = spec.place == "bottom"
            hint = {"help": "F1", "settings": "Ctrl+,"}.get(spec.key, "") if bottom else f"Ctrl+{number % 10}"
            entries.append(
                NavigationEntry(key=spec.key, title=title, icon=spec.icon, hint=hint, at_bottom=bottom)
            )
        self.navigation.set_entries(entries)
        self._mark_current()
        self.navigation.setAccessibleName(self.tr("Skärmar"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            # After this event, in which everything inside the window is painted, too.
            QTimer.singleShot(0, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.has_screen("import") and _dropped_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if files := _dropped_files(event):
            event.acceptProposedAction()
            self.navigate("import", files=files)

    # Inside

    def _on_navigation(self) -> list[ScreenSpec]:
        top = [spec for spec in self._screens if spec.place == "navigation"]
        return top + [spec for spec in self._screens if spec.place == "bottom"]

    def _show_pane(self, key: str, pane: QWidget) -> None:
        self._current = key
        self.stack.setCurrentWidget(pane)
        self._mark_current()
        self.status_line.show_side("")
        if isinstance(pane, Pane):
            self.actions_registry.bind(pane.handled_actions())
            pane.shown()
        else:
            self.actions_registry.bind({})

    def _open_dialog(self, dialog: QDialog, arguments: dict[str, Any], page: str) -> None:
        from ui.help.dialog import HelpKey
        from ui.widgets.dialogs import show_modal

        dialog.setParent(self, dialog.windowFlags())
        if page and self._context is not None:
            HelpKey(self._context, page, dialog)
        if arguments:
            open_with = getattr(dialog, "open_with", None)
            if open_with is not None:
                open_with(**arguments)
        show_modal(dialog)
        self._mark_current()

    def _mark_current(self) -> None:
        spec = next((found for found in self._screens if found.key == self._current), None)
        self.navigation.set_current(spec.under or spec.key if spec is not None else "")

    def _toggle_meeting(self) -> None:
        """One key hides every other customer, and shows the lists again."""
        if self._meeting is None:
            from ui.meeting_mode import MeetingMode

            hidden = [self.navigation, self.status_line]
            self._meeting = MeetingMode(
                self._theme, self.stack, hidden, self.actions_registry["meeting_mode"].trigger
            )
        on = not self._meeting.is_on
        self.actions_registry["meeting_mode"].setChecked(on)
        self.actions_registry.set_blocked("palette", self.tr("Stängt i kundmötesläget") if on else "")
        covered = self._meeting.set_on(on, self._current)
        if not on and self._current in self._panes:
            self._show_pane(self._current, self._panes[self._current])
        elif covered:
            self.actions_registry.bind({})

    def open_palette(self) -> None:
        """Screens and commands now; services and customers as they are found."""
        from ui.widgets.command_palette import CommandPalette, PaletteEntry
        from ui.widgets.dialogs import show_modal

        registry = self.actions_registry
        entries = [
            PaletteEntry(
                key=f"screen:{spec.key}",
                text=spec.translated_title(),
                icon=spec.icon,
                shortcut=shortcut_text(self._menus.screen_action(spec.key)),
                also=spec.also,
            )
            for spec in self._on_navigation()
        ]
        for spec in registry.specs():
            action = registry[spec.key]
            if spec.key != "palette":
                entries.append(
                    PaletteEntry(
                        key=f"action:{spec.key}",
                        text=registry.plain_text(spec.key),
                        icon=spec.icon or "command",
                        shortcut=shortcut_text(action),
                        reason="" if action.isEnabled() else action.statusTip(),
                    )
                )
        dialog = CommandPalette(self._theme, entries, self._find_more, self)
        dialog.chosen.connect(self._palette_chosen)
        show_modal(dialog)

    @Slot(str)
    def _palette_chosen(self, key: str) -> None:
        kind, _, name = key.partition(":")
        if kind == "screen":
            self.navigate(name)
        elif kind == "action":
            self.actions_registry[name].trigger()
        elif kind == "service":
            self.navigate("collaborations", service=name)
        elif kind == "customer":
            self.navigate("customer", customer_id=name)

    def _go_to_outbox(self) -> None:
        self.navigate("outbox")

    def _quit(self) -> None:
        QTimer.singleShot(0, self, self.close)

    def _parts(self) -> Sequence[QWidget]:
        pane = self.stack.currentWidget()
        return [self.navigation, *([pane] if pane is not None else []), self.status_line]

    def _focus_next_part(self) -> None:
        self._move_focus(1)

    def _focus_previous_part(self) -> None:
        self._move_focus(-1)

    def _move_focus(self, step: int) -> None:
        parts = self._parts()
        focus: QWidget | None = self.focusWidget()
        present = next((at for at, part in enumerate(parts) if _holds(part, focus)), -1)
        for further in range(1, len(parts) + 1):
            part = parts[(present + step * further) % len(parts)]
            if part is self.navigation:
                self.navigation.take_focus()
                return
            first = next((child for child in part.findChildren(QWidget) if _takes_focus(child)), None)
            if first is not None:
                first.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return


def _dropped_files(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def _takes_focus(widget: QWidget) -> bool:
    policies = (Qt.FocusPolicy.TabFocus, Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.WheelFocus)
    return widget.focusPolicy() in policies and widget.isVisible() and widget.isEnabled()


def _holds(part: QWidget, focus: QWidget | None) -> bool:
    return focus is not None and (part is focus or part.isAncestorOf(focus))

"""The window's menus: commands, screens, and the choices of theme, language and row height."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from ui.actions import MENUS, Actions
from ui.screens import ScreenSpec
from ui.translation import QT_TRANSLATE_NOOP

SUBMENUS = (
    ("theme", QT_TRANSLATE_NOOP("MainWindow", "&Tema"), (
        ("system", QT_TRANSLATE_NOOP("MainWindow", "Som &systemet")),
        ("light", QT_TRANSLATE_NOOP("MainWindow", "&Ljust")),
        ("dark", QT_TRANSLATE_NOOP("MainWindow", "&Mörkt")))),
    ("language", QT_TRANSLATE_NOOP("MainWindow", "&Språk"), (
        ("sv", QT_TRANSLATE_NOOP("MainWindow", "&Svenska")),
        ("en", QT_TRANSLATE_NOOP("MainWindow", "&English")))),
    ("density", QT_TRANSLATE_NOOP("MainWindow", "&Radhöjd"), (
        ("normal", QT_TRANSLATE_NOOP("MainWindow", "&Normal")),
        ("compact", QT_TRANSLATE_NOOP("MainWindow", "&Kompakt")))),
)  # fmt: skip


MOST_NUMBERED = 10
"""Ctrl+1 to Ctrl+9, and Ctrl+0 for the tenth screen."""


class WindowMenus(QObject):
    """Builds the menus into a bar; `screen_chosen(key)` and `preference_chosen(name, value)`."""

    screen_chosen = Signal(str)
    preference_chosen = Signal(str, str)

    def __init__(self, bar: QMenuBar, registry: Actions, screens: Sequence[ScreenSpec]) -> None:
        super().__init__(bar)
        self._registry = registry
        self._screens = screens
        self._menus: dict[str, QMenu] = {}
        self._choices: dict[tuple[str, str], QAction] = {}
        self._screen_actions: dict[str, QAction] = {}
        self._build(bar)

    def screen_action(self, key: str) -> QAction | None:
        """The menu's command that goes to a screen, if there is one."""
        return self._screen_actions.get(key)

    def show_choice(self, name: str, value: str) -> None:
        """Tick the theme, language or density that is in force."""
        action = self._choices.get((name, value))
        if action is not None:
            action.setChecked(True)

    def retranslate(self) -> None:
        """Set every text of the menus; the commands' own texts are the registry's."""
        for key, source in MENUS:
            self._menus[key].setTitle(QCoreApplication.translate("Actions", source))
        for name, source, values in SUBMENUS:
            self._menus[name].setTitle(QCoreApplication.translate("MainWindow", source))
            for value, text in values:
                self._choices[name, value].setText(QCoreApplication.translate("MainWindow", text))
        for spec in self._screens:
            if spec.key in self._screen_actions:
                self._screen_actions[spec.key].setText(spec.translated_title())

    def _build(self, bar: QMenuBar) -> None:
        bar.setObjectName("menuBar")
        registry = self._registry
        for key, _source in MENUS:
            menu = QMenu(bar)
            menu.setObjectName(f"menu_{key}")
            menu.setToolTipsVisible(True)
            bar.addMenu(menu)
            self._menus[key] = menu
            if key == "view":
                self._add_screens(menu)
                self._add_choices(menu)
            for spec in registry.specs():
                if spec.menu == key:
                    if spec.starts_group:
                        menu.addSeparator()
                    menu.addAction(registry[spec.key])

    def _add_screens(self, menu: QMenu) -> None:
        shown = [spec for spec in self._screens if spec.place == "navigation"]
        for number, spec in enumerate(shown, start=1):
            action = QAction(self)
            action.setObjectName(f"screen_{spec.key}")
            action.setProperty("screen", spec.key)
            if number <= MOST_NUMBERED:
                action.setShortcut(QKeySequence(f"Ctrl+{number % 10}"))
            action.triggered.connect(self._screen_triggered)
            menu.addAction(action)
            self._screen_actions[spec.key] = action
        menu.addSeparator()

    def _add_choices(self, menu: QMenu) -> None:
        for name, _source, values in SUBMENUS:
            submenu = QMenu(menu)
            submenu.setObjectName(f"menu_{name}")
            menu.addMenu(submenu)
            self._menus[name] = submenu
            group = QActionGroup(self)
            for value, _text in values:
                action = QAction(self)
                action.setObjectName(f"choice_{name}_{value}")
                action.setCheckable(True)
                action.setProperty("choice", [name, value])
                action.triggered.connect(self._choice_triggered)
                group.addAction(action)
                submenu.addAction(action)
                self._choices[name, value] = action

    def _screen_triggered(self) -> None:
        self.screen_chosen.emit(str(self.sender().property("screen")))

    def _choice_triggered(self) -> None:
        name, value = self.sender().property("choice")
        self.preference_chosen.emit(name, value)


def shortcut_text(action: QAction | None) -> str:
    """The keys of a command as the system writes them, or nothing."""
    if action is None:
        return ""
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)

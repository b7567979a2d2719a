"""Dialogs of the settings and of the window itself, for `main.py screenshot`."""

from PySide6.QtWidgets import QWidget

from app.errors import SamverkaError
from ui.lock_dialog import LockDialog
from ui.passphrase import ask_passphrase
from ui.pressed_pictures import Draw, pressed, shown
from ui.screenshots import Studio
from ui.widgets.dialogs import show_modal


def _passphrase(code: str, **data: str) -> Draw:
    def draw(studio: Studio) -> QWidget:
        context, error = studio.context, SamverkaError(code, **data)
        ask_passphrase(context.theme, context.messages, error, context.window, lambda _: None)
        return shown(studio)

    return draw


def _locked(*, asks: bool) -> Draw:
    def draw(studio: Studio) -> QWidget:
        context = studio.context
        show_modal(LockDialog(context.theme, context.window, minutes=10, asks=asks))
        return shown(studio)

    return draw


PICTURES = {
    "locked": _locked(asks=False),
    "locked_passphrase": _locked(asks=True),
    "diagnostics": pressed("settings", "settingsDiagnostics"),
    "passphrase": _passphrase("passphrase_needed"),
    "passphrase_new": _passphrase("keyring_missing", detail="secret service"),
}

"""Dialogs of the settings and of the window itself, for `main.py screenshot`."""

from PySide6.QtWidgets import QWidget

from app.errors import SamverkaError
from ui.passphrase import ask_passphrase
from ui.pressed_pictures import Draw, pressed, shown
from ui.screenshots import Studio


def _passphrase(code: str, **data: str) -> Draw:
    def draw(studio: Studio) -> QWidget:
        context, error = studio.context, SamverkaError(code, **data)
        ask_passphrase(context.theme, context.messages, error, context.window, lambda _: None)
        return shown(studio)

    return draw


PICTURES = {
    "diagnostics": pressed("settings", "settingsDiagnostics"),
    "passphrase": _passphrase("passphrase_needed"),
    "passphrase_new": _passphrase("keyring_missing", detail="secret service"),
}

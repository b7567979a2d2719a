"""What is asked before somebody leaves: unsent changes, the sample firm, or the data on this computer."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.screens import ScreenContext
from ui.widgets.dialogs import MessageDialog, TypedConfirmation, cancel_text, show_modal


def warn_of_unsent(context: ScreenContext, parent: QWidget, count: int, go_on: Callable[[], None]) -> None:
    """Say that so many changes have not been sent; `go_on` signs out all the same."""
    headline, _, body = context.messages.sentence("unsent_changes", count=count).partition("\n")
    dialog = MessageDialog(
        context.theme,
        headline,
        body,
        accept=QCoreApplication.translate("SettingsPane", "Logga ut ändå"),
        reject=cancel_text(),
        parent=parent,
    )
    dialog.accepted.connect(go_on)
    show_modal(dialog)


def ask_to_leave_sample(context: ScreenContext, parent: QWidget, go_on: Callable[[], None]) -> None:
    """Ask before the invented firm goes."""
    dialog = MessageDialog(
        context.theme,
        QCoreApplication.translate("SettingsPane", "Lämna exempelbyrån?"),
        QCoreApplication.translate(
            "SettingsPane",
            "Fönstret öppnas på nytt, och du kan välja byråns server. Det påhittade försvinner.",
        ),
        accept=QCoreApplication.translate("SettingsPane", "Lämna exempelbyrån"),
        reject=cancel_text(),
        parent=parent,
    )
    dialog.accepted.connect(go_on)
    show_modal(dialog)


def ask_to_wipe(context: ScreenContext, parent: QWidget, lost: str, go_on: Callable[[], None]) -> None:
    """Let it be typed that everything here is removed; `lost` says what has not been sent."""
    body = QCoreApplication.translate(
        "SettingsPane",
        "Allt tas bort härifrån och du loggas ut. Kunderna finns kvar på servern, men inte dina utkast.",
    )
    if lost:
        body = f"{body} {lost}"
    dialog = TypedConfirmation(
        context.theme,
        QCoreApplication.translate("SettingsPane", "Ta bort byråns uppgifter från den här datorn?"),
        body,
        QCoreApplication.translate("SettingsPane", "ta bort"),
        QCoreApplication.translate("SettingsPane", "Ta bort"),
        parent=parent,
    )
    dialog.accepted.connect(go_on)
    show_modal(dialog)

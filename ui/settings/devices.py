"""Enheter: where one is signed in, and for whoever may, where the staff are; each can be signed out."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.swedish_day import swedish_day
from ui.background import Lane, Latest
from ui.formats import day_text, moment_text
from ui.screens import ScreenContext
from ui.settings.rows import SettingsCard
from ui.widgets.buttons import Button
from ui.widgets.dialogs import MessageDialog, cancel_text, show_modal
from ui.widgets.texts import ElidedLabel, label, rule

if TYPE_CHECKING:
    from app.usecases.devices import SignedInDevice


class DevicesPresenter(QObject):
    """`read(devices)` after `ask`; `failed(sentence)` where the server did not say."""

    read = Signal(object)
    failed = Signal(str)
    signed_out = Signal(str)

    def __init__(self, context: ScreenContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._latest = Latest()

    def ask(self) -> None:
        """Ask the server, if anybody is signed in."""
        samverka = self._context.samverka
        self._context.background.run(
            samverka.devices.list_devices, self._was_read, self._was_not_read, lane=Lane.POOL,
            latest=self._latest,
        )  # fmt: skip

    def sign_out(self, device: "SignedInDevice") -> None:
        """End the sign-in there and read anew."""
        devices = self._context.samverka.devices
        self._context.background.run(
            partial(devices.sign_out, device.id),
            partial(self._was_signed_out, device.name),
            self._context.show_error,
            lane=Lane.POOL,
        )

    @Slot(object)
    def _was_read(self, devices: Any) -> None:
        self.read.emit(devices)

    @Slot(object)
    def _was_not_read(self, error: BaseException) -> None:
        self.failed.emit(getattr(error, "code", ""))

    def _was_signed_out(self, name: str, _nothing: object) -> None:
        self.signed_out.emit(name)
        self.ask()


class DevicesCard(SettingsCard):
    """The card; `ask` when it comes into view."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context.theme, "settingsDevices")
        self._context = context
        self._devices: Sequence[SignedInDevice] | None = None
        self._is_away = False
        self._shows_all = False
        self._presenter = DevicesPresenter(context, self)
        self._presenter.read.connect(self._show)
        self._presenter.failed.connect(self._show_absence)
        self._presenter.signed_out.connect(self._say_signed_out)
        self._note = label("", "secondary", name="settingsDevicesNote", wrap=True)
        self.body.addWidget(self._note)
        self._list = QWidget()
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        self.body.addWidget(self._list)
        self._more = Button(context.theme, kind="link", name="settingsDevicesMore")
        self._more.clicked.connect(self._toggle)
        self.add_buttons(self._more)
        self.retranslate()

    def ask(self) -> None:
        """Read the list anew."""
        self._presenter.ask()

    def retranslate(self) -> None:
        """Every text in the present language."""
        self.title.setText(self.tr("Enheter"))
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    @Slot(object)
    def _show(self, devices: "Sequence[SignedInDevice]") -> None:
        self._devices, self._is_away = devices, False
        self._fill()

    @Slot(str)
    def _show_absence(self, _code: str) -> None:
        self._is_away = True
        self._fill()

    def _fill(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        devices = self._devices or ()
        mine = [device for device in devices if device.is_mine]
        others = [device for device in devices if not device.is_mine]
        self._note.setText(self._note_text(has_list=self._devices is not None))
        for number, device in enumerate([*mine, *(others if self._shows_all else ())]):
            for made in (*([rule()] if number else []), self._row(device, number)):
                self._rows.addWidget(made)
                # At once: a layout shows its new rows only when it is asked next, and the card would blink.
                made.show()
        self._list.setVisible(bool(devices))
        self._more.setVisible(bool(others))
        shown = self.tr("Visa bara mina enheter")
        hidden = self.tr("Visa medarbetarnas %n enheter", "", len(others))
        self._more.setText(shown if self._shows_all else hidden)

    def _note_text(self, *, has_list: bool) -> str:
        if self._is_away:
            return self.tr("Enheterna visas när servern svarar och du är inloggad.")
        if not has_list:
            return ""
        return self.tr("Här är du inloggad. Har du tappat bort en dator loggar du ut den härifrån.")

    def _row(self, device: "SignedInDevice", number: int) -> QWidget:
        theme = self._context.theme
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        name = ElidedLabel(device.name or self.tr("Okänd enhet"), "name")
        name.setObjectName(f"settingsDevice_{number}")
        texts.addWidget(name)
        second = ElidedLabel(self._second(device), "secondary")
        texts.addWidget(second)
        line.addLayout(texts, 1)
        if device.is_this:
            line.addWidget(label(self.tr("Den här datorn"), "secondary"))
        else:
            button = Button(theme, self.tr("Logga ut…"), name=f"settingsDeviceOut_{number}")
            sentence = self.tr("Logga ut %1").replace("%1", f"{name.text()} {device.staff_name}")
            button.setAccessibleName(sentence)
            button.clicked.connect(partial(self._ask_to_sign_out, device))
            line.addWidget(button)
        return row

    def _second(self, device: "SignedInDevice") -> str:
        now = self._context.samverka.clock.now()
        signed_in = day_text(swedish_day(device.signed_in_at), swedish_day(now))
        parts = [
            "" if device.is_mine else device.staff_name,
            device.platform,
            self.tr("inloggad %1").replace("%1", signed_in),
            self.tr("använd %1").replace("%1", moment_text(device.used_at, now)),
        ]
        return " · ".join(part for part in parts if part)

    def _ask_to_sign_out(self, device: "SignedInDevice", _checked: bool = False) -> None:
        name = device.name or self.tr("Okänd enhet")
        body = self.tr(
            "Ingenting hämtas eller skickas där förrän någon loggar in igen. Det som inte har skickats "
            "ligger kvar i utkorgen på den datorn."
        )
        dialog = MessageDialog(
            self._context.theme,
            self.tr("Logga ut %1?").replace("%1", name),
            body,
            accept=self.tr("Logga ut"),
            reject=cancel_text(),
            parent=self,
        )
        dialog.accepted.connect(partial(self._presenter.sign_out, device))
        show_modal(dialog)

    @Slot(str)
    def _say_signed_out(self, name: str) -> None:
        text = self.tr("%1 är utloggad").replace("%1", name or self.tr("Okänd enhet"))
        self._context.toast(text)

    @Slot()
    def _toggle(self) -> None:
        self._shows_all = not self._shows_all
        self._fill()

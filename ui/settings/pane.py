"""Inställningar: look and language, server and sign-in, the data here, facts for whoever helps, about."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QScrollArea, QWidget

from ui.formats import moment_text, number_text
from ui.screens import ScreenContext
from ui.settings import leaving
from ui.settings.about_card import AboutCard
from ui.settings.devices import DevicesCard
from ui.settings.facts_card import FactsCard
from ui.settings.presenter import SettingsPresenter, Snapshot
from ui.settings.privacy_card import PrivacyCard
from ui.settings.rows import SettingsCard, TwoColumns
from ui.settings.wording import (
    KINDS,
    POLL_CHOICES,
    connection_words,
    key_words,
    poll_words,
    rights_words,
    size_words,
)
from ui.widgets.buttons import Button
from ui.widgets.combo import Combo
from ui.widgets.filter_chips import FilterChips
from ui.widgets.pane import Pane
from ui.widgets.texts import label, set_tone

_NARROW = 900
_AGAIN_MS = 400


class SettingsPane(Pane):
    """What is chosen holds at once; there is nothing to save."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context, "settingsPane")
        self._snapshot: Snapshot | None = None
        self._known_proxy: str | None = None
        self._is_proxy_open = False
        self._is_signed_in: bool | None = None
        self._presenter = SettingsPresenter(context, self)
        self._presenter.read.connect(self._show)
        self._presenter.unsent.connect(self._warn_of_unsent)
        self._presenter.signed_out.connect(self._say_signed_out)
        self._presenter.wiped.connect(self._say_wiped)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self._presenter.ask)
        self._build()
        self.retranslate()
        context.events.changed.connect(self._on_changed)
        context.rights.changed.connect(self._presenter.ask)
        context.theme.changed.connect(self._show_look)

    # Building

    def _build(self) -> None:
        self._facts = FactsCard(self.context)
        self._privacy = PrivacyCard(self.context)
        self._about = AboutCard(self.context)
        self._columns = TwoColumns(
            [self._build_look(), self._build_server(), self._build_devices(), self._about],
            [self._build_data(), self._privacy, self._facts],
        )
        area = QScrollArea()
        area.setObjectName("settingsScroll")
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._columns)
        self.column.addWidget(area, 1)

    def _build_look(self) -> SettingsCard:
        theme = self.context.theme
        self._look = SettingsCard(theme, "settingsLook")
        self._language = FilterChips(theme, ("sv", "en"), name="settingsLanguage")
        self._scheme = FilterChips(theme, ("system", "light", "dark"), name="settingsTheme")
        self._density = FilterChips(theme, ("normal", "compact"), name="settingsDensity")
        self._look_names = {
            name: self._look.add_choice(chips)
            for name, chips in (
                ("language", self._language),
                ("theme", self._scheme),
                ("density", self._density),
            )
        }
        self._language.chosen.connect(lambda value: self.context.choose("language", value))
        self._scheme.chosen.connect(lambda value: self.context.choose("theme", value))
        self._density.chosen.connect(lambda value: self.context.choose("density", value))
        return self._look

    def _build_server(self) -> SettingsCard:
        theme = self.context.theme
        self._server = SettingsCard(theme, "settingsServer")
        keys = ("who", "firm", "rights", "server", "connection")
        self._server_values = {key: self._server.add_value(f"settings_{key}") for key in keys}
        self._poll = Combo()
        self._poll.setObjectName("settingsPoll")
        self._poll.setMinimumHeight(theme.px(30))
        self._poll.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._poll.activated.connect(self._poll_chosen)
        self._poll_note = label("", "secondary", wrap=True)
        self._poll_name = self._server.add_choice(self._poll, note=self._poll_note)
        self._proxy = QLineEdit()
        self._proxy.setObjectName("settingsProxy")
        self._proxy.setClearButtonEnabled(True)
        self._proxy.editingFinished.connect(self._proxy_left)
        self._proxy_note = label("", "secondary", name="settingsProxyNote", wrap=True)
        self._proxy_name = self._server.add_choice(self._proxy, note=self._proxy_note, wide=True)
        self._presenter.proxy_kept.connect(self._proxy_kept)
        self._presenter.proxy_refused.connect(self._proxy_refused)
        self._sign_in = Button(theme, icon="key", name="settingsSignIn")
        self._sign_in.follow(self.context.actions["sign_in"], text=self.tr("Logga in…"))
        self._sign_out = Button(theme, icon="door-exit", name="settingsSignOut")
        self._sign_out.clicked.connect(lambda: self._presenter.sign_out())
        self._change = Button(theme, icon="arrows-exchange", name="settingsChangeServer")
        self._change.clicked.connect(lambda: self.context.navigate("welcome", step="server"))
        self._leave = Button(theme, name="settingsLeaveSample")
        self._leave.clicked.connect(self._ask_to_leave)
        self._server.add_buttons(self._sign_in, self._sign_out, self._change, self._leave)
        return self._server

    def _build_devices(self) -> SettingsCard:
        self._devices = DevicesCard(self.context)
        return self._devices

    def _build_data(self) -> SettingsCard:
        theme = self.context.theme
        self._data = SettingsCard(theme, "settingsData")
        keys = ("place", "size", "content", "pulled", "key")
        self._data_values = {key: self._data.add_value(f"settings_{key}") for key in keys}
        self._folder = Button(theme, icon="external-link", name="settingsFolder")
        self._folder.clicked.connect(self._open_folder)
        self._wipe = Button(theme, kind="danger", icon="trash", name="settingsWipe")
        self._wipe.clicked.connect(self._ask_to_wipe)
        self._data.add_buttons(self._folder, self._wipe)
        return self._data

    # Texts

    def retranslate(self) -> None:
        self.header.set_title(self.tr("Inställningar"))
        self.header.set_subtitle(self.tr("Det du väljer gäller genast"))
        self._retranslate_look()
        self._retranslate_server()
        self._data.title.setText(self.tr("Uppgifter på den här datorn"))
        names = {
            "place": self.tr("Plats"),
            "size": self.tr("Storlek"),
            "content": self.tr("Innehåll"),
            "pulled": self.tr("Senast hämtat"),
            "key": self.tr("Skydd"),
        }
        for key, text in names.items():
            self._data_values[key][0].setText(text)
        self._folder.setText(self.tr("Visa mappen"))
        self._wipe.setText(self.tr("Ta bort från datorn…"))
        self._privacy.retranslate()
        self._facts.retranslate()
        self._about.retranslate()
        self._show_look()
        if self._snapshot is not None:
            self._show(self._snapshot)

    def _retranslate_look(self) -> None:
        self._look.title.setText(self.tr("Språk och utseende"))
        names = {"language": self.tr("Språk"), "theme": self.tr("Tema"), "density": self.tr("Radhöjd")}
        for name, text in names.items():
            self._look_names[name].setText(text)
        self._language.setAccessibleName(names["language"])
        self._scheme.setAccessibleName(names["theme"])
        self._density.setAccessibleName(names["density"])
        self._language.set_label("sv", "Svenska")
        self._language.set_label("en", "English")
        self._scheme.set_label("system", self.tr("Som systemet"))
        self._scheme.set_label("light", self.tr("Ljust"))
        self._scheme.set_label("dark", self.tr("Mörkt"))
        self._density.set_label("normal", self.tr("Normal"))
        self._density.set_label("compact", self.tr("Kompakt"))

    def _retranslate_server(self) -> None:
        self._server.title.setText(self.tr("Server och inloggning"))
        names = {
            "who": self.tr("Inloggad som"),
            "firm": self.tr("Byrå"),
            "rights": self.tr("Behörighet"),
            "server": self.tr("Server"),
            "connection": self.tr("Förbindelse"),
        }
        for key, text in names.items():
            self._server_values[key][0].setText(text)
        self._poll_name.setText(self.tr("Fråga servern"))
        self._poll.setAccessibleName(self.tr("Fråga servern"))
        self._poll_note.setText(self.tr("Oftast säger servern själv till när något har ändrats."))
        self._proxy_name.setText(self.tr("Proxy"))
        self._proxy.setAccessibleName(self.tr("Proxy"))
        self._proxy.setPlaceholderText(self.tr("Som systemet"))
        self._show_proxy_note()
        self._sign_in.setText(self.tr("Logga in…"))
        self._sign_out.setText(self.tr("Logga ut"))
        self._change.setText(self.tr("Byt server…"))
        self._leave.setText(self.tr("Lämna exempelbyrån…"))

    # Showing

    def handled_actions(self) -> Mapping[str, Callable[[], None]]:
        return {"copy": self._facts.copy}

    def shown(self) -> None:
        self._presenter.ask()
        self._devices.ask()
        self._language.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._columns.set_narrow(narrow=self.width() < self.context.theme.px(_NARROW))

    @Slot()
    def _show_look(self) -> None:
        chosen = (
            (self._language, self.context.messages.language),
            (self._scheme, str(self.context.theme.scheme)),
            (self._density, str(self.context.theme.density)),
        )
        for chips, value in chosen:
            blocker = QSignalBlocker(chips)
            chips.choose(value)
            blocker.unblock()

    @Slot(object)
    def _show(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._show_server(snapshot)
        self._show_data(snapshot)
        self._privacy.show_snapshot(snapshot)
        self._facts.show_facts(snapshot.facts)

    def _show_server(self, snapshot: Snapshot) -> None:
        who, line = snapshot.who, snapshot.line
        person = f"{who.name} · {who.email}" if who.name else self.tr("Inloggad")
        where = who.server_url or self.tr("Ingen server är vald")
        if snapshot.is_sample:
            where = self.tr("Exempelbyråns egen, på den här datorn")
        values = {
            "who": person if who.is_signed_in else self.tr("Ingen är inloggad"),
            "firm": who.firm_name,
            "rights": rights_words(who, self.context.rights.why_not("end")),
            "server": where,
            "connection": connection_words(line.connection),
        }
        for key, text in values.items():
            name, value = self._server_values[key]
            value.setText(text or "–")
            value.setAccessibleName(f"{name.text()}: {text}")
        set_tone(self._server_values["connection"][1], KINDS.get(line.connection, "wait"))
        self._poll.clear()
        for seconds in sorted({*POLL_CHOICES, snapshot.poll_seconds}):
            self._poll.addItem(poll_words(seconds), seconds)
        self._poll.setCurrentIndex(self._poll.findData(snapshot.poll_seconds))
        decided = self.tr("Byråns IT-avdelning har bestämt det här")
        for field, setting in ((self._poll, "poll_seconds"), (self._proxy, "proxy")):
            reason = decided if setting in snapshot.locked else ""
            field.setEnabled(not reason)
            field.setToolTip(reason)
            field.setAccessibleDescription(reason)
        self._proxy_name.setVisible(not snapshot.is_sample)
        self._proxy.setVisible(not snapshot.is_sample)
        self._proxy_note.setVisible(not snapshot.is_sample)
        if not self._proxy.hasFocus() and not self._is_proxy_open:
            self._proxy.setText(snapshot.proxy)
            self._known_proxy = snapshot.proxy
        if who.is_signed_in != self._is_signed_in:
            self._is_signed_in = who.is_signed_in
            self._devices.ask()
        self._sign_in.setVisible(not who.is_signed_in)
        self._sign_out.setVisible(who.is_signed_in)
        self._change.setVisible(not snapshot.is_sample)
        self._change.setText(self.tr("Byt server…") if who.has_server else self.tr("Välj server…"))
        self._change.set_blocked(decided if "server_url" in snapshot.locked else "")
        self._leave.setVisible(snapshot.can_leave_sample)

    def _show_data(self, snapshot: Snapshot) -> None:
        cached, kept = snapshot.cached, snapshot.kept
        size = size_words(kept.cache_bytes)
        if snapshot.is_sample:
            more = self.tr("och exempelbyråns server %1").replace("%1", size_words(kept.server_bytes))
            size = f"{size} {more}"
        now = self.context.samverka.clock.now()
        customers = self.tr("%n kunder", "", cached.customers)
        customers = customers.replace(str(cached.customers), number_text(cached.customers))
        content = [customers, self.tr("%n utkast", "", cached.drafts)]
        if cached.waiting:
            content.append(self.tr("%n ändringar som inte är skickade", "", cached.waiting))
        pulled = moment_text(cached.last_pull_at, now) if cached.last_pull_at else self.tr("Inte än")
        values = {
            "place": kept.folder,
            "size": size,
            "content": ", ".join(content),
            "pulled": pulled,
            "key": key_words(cached.key_place),
        }
        for key, text in values.items():
            name, value = self._data_values[key]
            value.setText(text)
            value.setAccessibleName(f"{name.text()}: {text}")
        self._wipe.set_blocked(
            self.tr("Exempelbyråns uppgifter är påhittade och behöver inte tas bort")
            if snapshot.is_sample
            else ""
            if snapshot.who.has_server
            else self.tr("Här finns inga uppgifter från någon server")
        )

    # Doing

    @Slot(int)
    def _poll_chosen(self, index: int) -> None:
        self._presenter.poll_every(int(self._poll.itemData(index)))

    @Slot()
    def _proxy_left(self) -> None:
        written = self._proxy.text().strip()
        if self._known_proxy is not None and written != self._known_proxy:
            self._known_proxy = written
            self._is_proxy_open = True
            self._presenter.choose_proxy(self._proxy.text())

    @Slot(str)
    def _proxy_kept(self, address: str) -> None:
        self._known_proxy = address
        self._is_proxy_open = False
        self._proxy.setText(address)
        self._show_proxy_note()
        self.context.toast(
            self.tr("Servern nås nu genom %1").replace("%1", address)
            if address
            else self.tr("Systemets inställningar för proxy följs")
        )

    @Slot(object)
    def _proxy_refused(self, error: BaseException) -> None:
        """What was written stays, with what is wrong about it under it."""
        code = getattr(error, "code", "")
        self._proxy_note.setText(" ".join(self.context.messages.sentence(code).split()))
        set_tone(self._proxy_note, "bad")

    def _show_proxy_note(self) -> None:
        self._proxy_note.setText(self.tr("Tomt följer systemets inställningar."))
        set_tone(self._proxy_note, "")

    @Slot(int)
    def _warn_of_unsent(self, count: int) -> None:
        leaving.warn_of_unsent(self.context, self, count, lambda: self._presenter.sign_out(leave_unsent=True))

    @Slot()
    def _say_signed_out(self) -> None:
        self.context.toast(self.tr("Du är utloggad. Uppgifterna på datorn går fortfarande att läsa."))

    @Slot()
    def _say_wiped(self) -> None:
        self.context.toast(self.tr("Uppgifterna är borttagna från datorn"))

    def _ask_to_leave(self) -> None:
        leaving.ask_to_leave_sample(self.context, self, self._presenter.leave_sample)

    def _ask_to_wipe(self) -> None:
        if self._snapshot is not None:
            waiting = self._snapshot.cached.waiting
            lost = self.tr("%n ändringar är inte skickade och försvinner.", "", waiting) if waiting else ""
            leaving.ask_to_wipe(self.context, self, lost, self._presenter.wipe)

    def _open_folder(self) -> None:
        if self._snapshot is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(self._snapshot.kept.folder))

    @Slot(object)
    def _on_changed(self, _event: object) -> None:
        if self.isVisible() and not self._again.isActive():
            self._again.start()


def create_pane(context: ScreenContext) -> QWidget:
    """The settings."""
    return SettingsPane(context)

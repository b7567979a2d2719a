"""The widgets of the decision card and their words; what they show is decision_card.py."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.catalogue import Catalogue
from ui.reconciliation.evidence_grid import EvidenceGrid
from ui.reconciliation.link_lines import LinkLines
from ui.theme import Theme
from ui.widgets.buttons import Button
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.info_bar import InfoBar
from ui.widgets.search_field import SearchField
from ui.widgets.texts import SectionHeader, label
from ui.widgets.translated import Translated

_LEAST_WITH_KEYS = 520
_LEAST_FOR_KEYS = 460
_MOST_SEARCH = 300


class CardLayout(Translated):
    """Head, body that scrolls, and the decisions at the bottom."""

    def __init__(self, theme: Theme, catalogue: Catalogue) -> None:
        super().__init__()
        self.setObjectName("decisionCard")
        self.theme = theme
        self._is_narrow = False
        self.setMinimumWidth(theme.px(400))
        panel = QFrame()
        panel.setProperty("panel", "side")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(panel)
        column = QVBoxLayout(panel)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(8)
        column.addLayout(self._build_head())
        column.addWidget(self._build_body(catalogue), 1)
        column.addWidget(self._build_access())
        column.addWidget(self._build_decisions())
        self.keys = label("", "secondary", name="cardKeys", wrap=True)
        self.keys.setProperty("muted", "true")
        column.addWidget(self.keys)

    def _build_head(self) -> QVBoxLayout:
        self.title = label("", "card", name="cardTitle", wrap=True)
        self.subtitle = label("", "secondary", name="cardSubtitle", wrap=True)
        self.subtitle.setProperty("muted", "true")
        self.because = label("", "secondary", name="cardBecause", wrap=True)
        self.because.hide()
        self.place = label("", "secondary", name="cardPlace")
        self.place.setProperty("muted", "true")
        self.previous = Button(self.theme, kind="icon", icon="chevron-up", name="cardPrevious")
        self.next = Button(self.theme, kind="icon", icon="chevron-down", name="cardNext")
        row = QHBoxLayout()
        row.addWidget(self.title, 1)
        row.addWidget(self.place)
        row.addWidget(self.previous)
        row.addWidget(self.next)
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addLayout(row)
        head.addWidget(self.subtitle)
        head.addWidget(self.because)
        return head

    def _build_body(self, catalogue: Catalogue) -> QScrollArea:
        theme = self.theme
        scrolled = QWidget()
        scrolled.setProperty("scrolled", "true")
        body = QVBoxLayout(scrolled)
        body.setContentsMargins(0, 4, 4, 4)
        body.setSpacing(8)
        self.suggestions = SectionHeader(theme, caps=True)
        self.search = SearchField(theme, name="cardSearch")
        self.search.setMinimumWidth(theme.px(120))
        self.search.setMaximumWidth(theme.px(_MOST_SEARCH))
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.suggestions)
        top.addStretch(1)
        top.addWidget(self.search, 4)
        self.buttons = QVBoxLayout()
        self.buttons.setSpacing(6)
        self.warning = InfoBar(theme, "wait", name="cardWarning")
        self.lines = LinkLines(theme, catalogue)
        self.why = SectionHeader(theme, caps=True)
        self.evidence = EvidenceGrid(theme)
        body.addLayout(top)
        body.addLayout(self.buttons)
        body.addWidget(self.warning)
        body.addWidget(self.lines)
        body.addWidget(self.why)
        body.addWidget(self.evidence)
        body.addStretch(1)
        area = QScrollArea()
        area.setObjectName("cardScroll")
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(scrolled)
        return area

    def _build_access(self) -> QWidget:
        """Who gains and loses access stands by the decision and does not scroll: it is seen before Enter."""
        self.access_label = label("", "strong_secondary")
        self.access = label("", "body", name="cardAccess", wrap=True)
        self.access_row = QWidget()
        row = QHBoxLayout(self.access_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.access_label, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.access, 1)
        self.access_row.hide()
        return self.access_row

    def _build_decisions(self) -> QWidget:
        theme = self.theme
        self.link = Button(theme, kind="primary", icon="link", name="cardLink")
        self.none = Button(theme, name="cardNone")
        self.new_customer = Button(theme, name="cardCreate")
        self.later = Button(theme, name="cardLater")
        self.revoke = Button(theme, name="cardRevoke")
        self.retry = Button(theme, icon="refresh", name="cardRetry")
        decisions = QWidget()
        flow = FlowLayout(decisions, spacing=6)
        for button in (self.link, self.none, self.new_customer, self.later, self.revoke, self.retry):
            flow.addWidget(button)
        self.revoke.hide()
        self.retry.hide()
        return decisions

    def retranslate(self) -> None:
        """Every word that stands whatever is shown."""
        self.search.set_hint(self.tr("Sök bland byråns kunder"), keys="F")
        self._name(self.previous, self.tr("Föregående samarbete"))
        self._name(self.next, self.tr("Nästa samarbete"))
        self.access_label.setText(self.tr("Tillgång"))
        self.say_link(creates=False, restores=False)
        self._say_decisions()
        self.revoke.setText(self.tr("Ta upp igen"))
        self.retry.setText(self.tr("Försök igen"))
        self.keys.setText(
            self.tr("↑↓ rad · 1–9 förslag · F sök kund · U uppdrag · T tjänst · ? visar alla tangenter")
        )

    def _say_decisions(self) -> None:
        """Name the decisions with their keys, where these have room; ? says them anyway."""
        for button, text, key in (
            (self.none, self.tr("Ingen av dessa"), "N"),
            (self.new_customer, self.tr("Skapa kund"), "K"),
            (self.later, self.tr("Senare"), "S"),
        ):
            button.setText(text if self._is_narrow else f"{text}  {key}")
            button.setAccessibleName(text)

    def say_link(self, *, creates: bool, restores: bool) -> None:
        """Let the primary button say all that it does."""
        spoken = ""
        if creates and restores:
            # The card may be narrower than all of it; a screen reader says all of it.
            text, spoken = (
                self.tr("Återställ, skapa och koppla"),
                self.tr("Återställ kund, skapa uppdrag och koppla"),
            )
        elif creates:
            text = self.tr("Skapa uppdrag och koppla")
        elif restores:
            text = self.tr("Återställ kund och koppla")
        else:
            text = self.tr("Koppla")
        self.link.setText(f"{text}  Enter")
        self.link.setAccessibleName(spoken or text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the room of the keys to the decision where there is little; ? shows them."""
        super().resizeEvent(event)
        is_narrow = self.width() < self.theme.px(_LEAST_FOR_KEYS)
        if is_narrow is not self._is_narrow:
            self._is_narrow = is_narrow
            self._say_decisions()
        self.keys.setVisible(self.height() >= self.theme.px(_LEAST_WITH_KEYS))

    def _name(self, button: QLabel | Button, text: str) -> None:
        button.setAccessibleName(text)
        button.setToolTip(text)

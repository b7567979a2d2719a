"""The decision card: candidates, why, service, engagement, who gets access, and the decision."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.catalogue import Catalogue
from app.usecases.reconciliation_values import AccessPreview, CandidateView, DecisionCard
from ui.formats import moment_text
from ui.reconciliation.candidate_button import CandidateButton
from ui.reconciliation.evidence_grid import EvidenceGrid
from ui.reconciliation.wording import DECISIONS, NONE_REASONS, REASONS, SOURCES, word
from ui.theme import Theme
from ui.widgets.buttons import Button
from ui.widgets.info_bar import InfoBar
from ui.widgets.search_field import SearchField
from ui.widgets.texts import SectionHeader, label
from ui.widgets.translated import Translated

_WARNED = frozenset(
    {"number_near", "name_against", "customer_archived", "serial_differs", "wrong_check_digit"}
)


class DecisionCardView(Translated):
    """Emits intents only: `link_wanted`, `none_wanted(reason)`, `later_wanted`, `revoke_wanted(id)`,
    `moved(step)`, `searched(text)`, `preview_wanted(customer_id, engagement_id)`.
    """

    link_wanted = Signal()
    none_wanted = Signal(str)
    later_wanted = Signal()
    revoke_wanted = Signal(str)
    moved = Signal(int)
    searched = Signal(str)
    preview_wanted = Signal(str, object)

    def __init__(self, theme: Theme, catalogue: Catalogue) -> None:
        super().__init__()
        self.setObjectName("decisionCard")
        self._theme = theme
        self._catalogue = catalogue
        self._language = "sv"
        self._card: DecisionCard | None = None
        self._candidates: tuple[CandidateView, ...] = ()
        self._place = (0, 0)
        self._preview: AccessPreview | None = None
        self._fetching = False
        self._group = QButtonGroup(self)
        self._group.idToggled.connect(self._candidate_chosen)
        self.setMinimumWidth(theme.px(430))
        self._build()
        self.retranslate()

    def _build(self) -> None:
        theme = self._theme
        panel = QFrame()
        panel.setProperty("panel", "side")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(panel)
        column = QVBoxLayout(panel)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(8)

        self.title = label("", "card", name="cardTitle", wrap=True)
        self.subtitle = label("", "secondary", name="cardSubtitle", wrap=True)
        self.subtitle.setProperty("muted", "true")
        self.previous = Button(theme, kind="icon", icon="chevron-up", name="cardPrevious")
        self.next = Button(theme, kind="icon", icon="chevron-down", name="cardNext")
        self.previous.clicked.connect(lambda: self.moved.emit(-1))
        self.next.clicked.connect(lambda: self.moved.emit(1))
        head = QHBoxLayout()
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self.title)
        texts.addWidget(self.subtitle)
        head.addLayout(texts, 1)
        head.addWidget(self.previous, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.next, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)

        scrolled = QWidget()
        scrolled.setProperty("scrolled", "true")
        body = QVBoxLayout(scrolled)
        body.setContentsMargins(0, 4, 4, 4)
        body.setSpacing(8)
        self.suggestions = SectionHeader(theme, caps=True)
        self.search = SearchField(theme, name="cardSearch")
        self.search.setMinimumWidth(theme.px(120))
        self.search.searched.connect(self.searched)
        self.buttons = QVBoxLayout()
        self.buttons.setSpacing(6)
        self.why = SectionHeader(theme, caps=True)
        self.evidence = EvidenceGrid(theme)
        self.warning = InfoBar(theme, "wait", name="cardWarning")
        self.service_label = label("", "strong_secondary")
        self.service = QComboBox()
        self.service.setObjectName("cardService")
        self.service.currentIndexChanged.connect(self._service_changed)
        self.engagement_label = label("", "strong_secondary")
        self.engagement = QComboBox()
        self.engagement.setObjectName("cardEngagement")
        self.engagement.currentIndexChanged.connect(self._ask_preview)
        self.service_label.setBuddy(self.service)
        self.engagement_label.setBuddy(self.engagement)
        self.access_label = label("", "strong_secondary")
        self.access = label("", "body", name="cardAccess", wrap=True)
        self.form = QFormLayout()
        self.form.setContentsMargins(0, 4, 0, 0)
        self.form.setHorizontalSpacing(16)
        self.form.setVerticalSpacing(8)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.form.addRow(self.service_label, self.service)
        self.form.addRow(self.engagement_label, self.engagement)
        self.form.addRow(self.access_label, self.access)
        body.addWidget(self.suggestions)
        body.addWidget(self.search)
        body.addLayout(self.buttons)
        body.addWidget(self.warning)
        # What follows from the link stands before the reasons: it is seen without scrolling.
        body.addLayout(self.form)
        body.addWidget(self.why)
        body.addWidget(self.evidence)
        body.addStretch(1)
        area = QScrollArea()
        area.setObjectName("cardScroll")
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(scrolled)
        column.addWidget(area, 1)

        self.link = Button(theme, kind="primary", icon="link", name="cardLink")
        self.none = Button(theme, name="cardNone")
        self.later = Button(theme, name="cardLater")
        self.revoke = Button(theme, name="cardRevoke")
        self.link.clicked.connect(self.link_wanted)
        self.later.clicked.connect(self.later_wanted)
        self.none.clicked.connect(self.ask_reason)
        self.revoke.clicked.connect(self._revoke)
        actions = QHBoxLayout()
        actions.setSpacing(8)
        for button in (self.link, self.none, self.later, self.revoke):
            actions.addWidget(button)
        actions.addStretch(1)
        column.addLayout(actions)
        self.keys = label("", "secondary", wrap=True)
        self.keys.setProperty("muted", "true")
        column.addWidget(self.keys)

    def retranslate(self) -> None:
        self.search.set_hint(self.tr("Sök bland byråns kunder"))
        self.search.setPlaceholderText(self.tr("Sök bland byråns kunder"))
        self.previous.setAccessibleName(self.tr("Föregående samarbete"))
        self.previous.setToolTip(self.tr("Föregående samarbete"))
        self.next.setAccessibleName(self.tr("Nästa samarbete"))
        self.next.setToolTip(self.tr("Nästa samarbete"))
        self.service_label.setText(self.tr("Tjänst"))
        self.service.setAccessibleName(self.tr("Tjänst"))
        self.engagement_label.setText(self.tr("Uppdrag"))
        self.engagement.setAccessibleName(self.tr("Uppdrag"))
        self.access_label.setText(self.tr("Tillgång"))
        self.link.setText(self.tr("Koppla   Enter"))
        self.link.setAccessibleName(self.tr("Koppla"))
        self.none.setText(self.tr("Ingen av dessa   N"))
        self.none.setAccessibleName(self.tr("Ingen av dessa"))
        self.later.setText(self.tr("Senare   S"))
        self.later.setAccessibleName(self.tr("Senare"))
        self.revoke.setText(self.tr("Ta upp igen"))
        self.keys.setText(
            self.tr("↑↓ rad · 1–9 väljer förslag · U annat uppdrag · Beslutet sparas och kan ångras (Ctrl+Z)")
        )
        if self._card is not None:
            self.show_card(self._card, self._language, *self._place)

    @property
    def card(self) -> DecisionCard | None:
        """The card that is shown."""
        return self._card

    @property
    def chosen(self) -> CandidateView | None:
        """The candidate that is chosen, if any."""
        at = self._group.checkedId()
        return self._candidates[at] if 0 <= at < len(self._candidates) else None

    @property
    def chosen_engagement(self) -> str | None:
        """The engagement's id; None says *Uppdrag saknas*."""
        found = self.engagement.currentData()
        return str(found) if found else None

    @property
    def chosen_service(self) -> str | None:
        found = self.service.currentData()
        return str(found) if found else None

    def begin(self) -> None:
        """Another row was chosen: nothing can be decided until its card is here."""
        self._fetching = True
        self._allow_decisions()

    def show_card(self, card: DecisionCard, language: str, place: int, total: int) -> None:
        """Show one row. `place` of `total` counts from 1 in the present order."""
        self._fetching = False
        self._card, self._language, self._place = card, language, (place, total)
        self._preview = None
        row = card.row
        self.title.setText(row.company_name or self.tr("(namn saknas)"))
        parts = [word(SOURCES, row.source), row.source_product]
        if card.started_on:
            parts.append(self.tr("sedan %1").replace("%1", card.started_on))
        parts.append(self.tr("%1 av %2").replace("%1", str(place)).replace("%2", str(total)))
        self.subtitle.setText(" · ".join(part for part in parts if part))
        self._fill_services(card)
        self.show_candidates(card.candidates, chosen=row.band in ("certain", "likely"))
        decided = row.decision is not None
        for button in (self.none, self.later):
            button.setVisible(not decided)
        self.revoke.setVisible(decided)
        self._allow_decisions()

    def show_candidates(self, candidates: Sequence[CandidateView], *, chosen: bool) -> None:
        """Show candidates of the suggestion or of a search; the first is chosen where it is clear."""
        card = self._card
        for button in self._group.buttons():
            self._group.removeButton(button)
            self.buttons.removeWidget(button)
            button.setParent(None)
            button.deleteLater()
        self._candidates = tuple(candidates)
        for at, candidate in enumerate(candidates):
            made = CandidateButton(self._theme, str(at + 1), candidate, is_first=at == 0)
            self._group.addButton(made, at)
            self.buttons.addWidget(made)
        self.suggestions.set_texts(self.tr("Förslag") if candidates else self.tr("Inga förslag"))
        if card is not None:
            self._show_reason(card)
        if chosen and candidates:
            self.choose(0)
        else:
            self._show_chosen()

    def choose(self, at: int) -> bool:
        """Choose a candidate by its place; False where there is none."""
        if not 0 <= at < len(self._candidates):
            return False
        self._group.button(at).setChecked(True)
        return True

    def open_engagements(self) -> None:
        """U: choose another engagement."""
        if self.engagement.isEnabled():
            self.engagement.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.engagement.showPopup()

    def ask_reason(self) -> None:
        """Let the person say why none of these is right."""
        menu = QMenu(self)
        menu.setObjectName("noneReasons")
        for code in NONE_REASONS:
            action = menu.addAction(word(NONE_REASONS, code))
            action.setData(code)
        menu.triggered.connect(lambda action: self.none_wanted.emit(str(action.data())))
        first = menu.actions()[0]
        QTimer.singleShot(0, menu, lambda: menu.setActiveAction(first))
        top = self.none.mapToGlobal(QPoint(0, -menu.sizeHint().height()))
        menu.popup(top)

    def show_preview(self, preview: AccessPreview) -> None:
        """Say who would gain and lose access by the link."""
        self._preview = preview
        lines: list[str] = []
        if preview.gained:
            lines.append(self.tr("Får tillgång: %1").replace("%1", ", ".join(preview.gained)))
        if preview.lost:
            lines.append(self.tr("Förlorar tillgång: %1").replace("%1", ", ".join(preview.lost)))
        if not lines:
            no_one = self.tr("Ingen får tillgång: uppdraget har inga deltagare.")
            lines.append(
                no_one
                if self.chosen_engagement
                else self.tr("Ingen får tillgång förrän ett uppdrag är valt.")
            )
        self.access.setText("\n".join(lines))

    def why_not_link(self) -> str:
        """The reason why Enter does nothing now, or ""."""
        if self._card is None:
            return self.tr("Välj ett samarbete först.")
        if self._fetching:
            return self.tr("Hämtar …")
        if self._card.row.decision is not None:
            return self.tr("Beslutet är redan taget. Ta upp det igen först.")
        if self.chosen is None:
            return self.tr("Välj ett förslag först (1–9).")
        if "customer_archived" in self.chosen.warnings:
            return word(REASONS, "customer_archived")
        if self.chosen_service is None:
            return self.tr("Välj tjänst först.")
        if self.engagement.currentIndex() < 0:
            return self.tr("Välj uppdrag först (U).")
        return ""

    def _fill_services(self, card: DecisionCard) -> None:
        self.service.blockSignals(True)
        self.service.clear()
        known = len(card.services) == 1
        if not known:
            self.service.addItem(self.tr("Välj tjänst …"), None)
        for code in card.services:
            self.service.addItem(self._catalogue.service(code).label.text(self._language), code)
        self.service.setCurrentIndex(0)
        self.service.blockSignals(False)
        self.form.setRowVisible(0, not known)

    def _service_changed(self) -> None:
        self._update_link()

    def _candidate_chosen(self, _at: int, checked: bool) -> None:
        if checked:
            self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = self.chosen
        self.why.setVisible(chosen is not None)
        self.evidence.setVisible(chosen is not None)
        self.form.setRowVisible(1, chosen is not None)
        self.form.setRowVisible(2, chosen is not None)
        if chosen is not None:
            self.why.set_texts(self.tr("Så blev det %1 poäng").replace("%1", str(chosen.score)))
            self.evidence.show_rows(chosen.rows)
            self._fill_engagements(chosen)
        self._update_link()

    def _fill_engagements(self, chosen: CandidateView) -> None:
        self.engagement.blockSignals(True)
        self.engagement.clear()
        for choice in chosen.engagements:
            owner = f" ({choice.owner})" if choice.owner else ""
            self.engagement.addItem(f"{choice.title}{owner}", choice.id)
        self.engagement.addItem(self.tr("Inget uppdrag ännu (uppdrag saknas)"), None)
        fitting = [c for c in chosen.engagements if c.fits]
        if chosen.proposed_engagement_id:
            self.engagement.setCurrentIndex(self.engagement.findData(chosen.proposed_engagement_id))
        elif not chosen.engagements:
            self.engagement.setCurrentIndex(0)
        elif fitting or chosen.engagements:
            self.engagement.setCurrentIndex(-1)
            self.engagement.setPlaceholderText(self.tr("Välj uppdrag …"))
        self.engagement.blockSignals(False)
        self._ask_preview()

    def _ask_preview(self) -> None:
        chosen = self.chosen
        self._update_link()
        if chosen is None or self.engagement.currentIndex() < 0:
            self.access.setText(self.tr("Visas när uppdraget är valt."))
            return
        self.access.setText("…")
        self.preview_wanted.emit(chosen.customer_id, self.chosen_engagement)

    def _allow_decisions(self) -> None:
        reason = self.tr("Hämtar …") if self._fetching else ""
        for button in (self.none, self.later, self.revoke):
            button.set_blocked(reason)
        self._update_link()

    def _update_link(self) -> None:
        reason = self.why_not_link()
        self.link.set_blocked(reason)

    def _show_reason(self, card: DecisionCard) -> None:
        row = card.row
        if row.decision is not None:
            when = moment_text(row.decision.at, row.decision.at) if row.decision.at else ""
            said = word(NONE_REASONS, row.decision.reason) if row.decision.reason else ""
            text = " · ".join(part for part in (said, row.decision.by, when) if part)
            self.warning.set_kind("info")
            self.warning.set_text(word(DECISIONS, row.decision.decision), text)
            self.warning.setVisible(True)
            return
        self.warning.set_kind("wait" if row.reason in _WARNED else "none")
        self.warning.setVisible(bool(row.reason))
        if row.reason:
            self.warning.set_text(word(REASONS, row.reason))

    def _revoke(self) -> None:
        if self._card is not None and self._card.row.decision is not None:
            self.revoke_wanted.emit(self._card.row.decision.id)

"""The decision card: candidates, why, service, engagement, who gets access, and the decision."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QMenu

from app.catalogue import Catalogue
from app.usecases.reconciliation_values import (
    AccessPreview,
    CandidateView,
    CardLine,
    DecisionCard,
    LinkWish,
)
from ui.formats import number_text
from ui.reconciliation.candidate_button import CandidateButton
from ui.reconciliation.card_layout import CardLayout
from ui.reconciliation.wording import (
    BAND_KINDS,
    DECISIONS,
    NONE_REASONS,
    REASONS,
    SOURCES,
    about_decision,
    access_lines,
    because_lines,
    word,
)
from ui.theme import Theme

_WARNED = frozenset(
    {
        "number_near",
        "name_against",
        "other_name",
        "namesake_elsewhere",
        "customer_archived",
        "serial_differs",
        "wrong_check_digit",
    }
)


class DecisionCardView(CardLayout):
    """Emits intents only: `link_wanted`, `none_wanted(reason)`, `create_wanted`, `later_wanted`,
    `revoke_wanted(ids)`, `retry_wanted`, `moved(step)`, `searched(text)`, `preview_wanted(LinkWish)`.
    """

    link_wanted = Signal()
    none_wanted = Signal(str)
    create_wanted = Signal()
    later_wanted = Signal()
    revoke_wanted = Signal(list)
    retry_wanted = Signal()
    moved = Signal(int)
    searched = Signal(str)
    preview_wanted = Signal(object)

    def __init__(self, theme: Theme, catalogue: Catalogue) -> None:
        super().__init__(theme, catalogue)
        self._card: DecisionCard | None = None
        self._candidates: tuple[CandidateView, ...] = ()
        self._place = (0, 0)
        self._language = "sv"
        self._fetching = False
        self._searching = False
        self._takes_first = False
        self._search_failed = False
        self._may_not = ""
        self._group = QButtonGroup(self)
        self._group.idToggled.connect(self._candidate_chosen)
        self.previous.clicked.connect(lambda: self.moved.emit(-1))
        self.next.clicked.connect(lambda: self.moved.emit(1))
        self.search.textChanged.connect(self._begin_search)
        self.search.searched.connect(self.searched)
        self.lines.changed.connect(self._ask_preview)
        self.link.clicked.connect(self.link_wanted)
        self.new_customer.clicked.connect(self.create_wanted)
        self.later.clicked.connect(self.later_wanted)
        self.none.clicked.connect(self.ask_reason)
        self.revoke.clicked.connect(self._revoke)
        self.retry.clicked.connect(self.retry_wanted)
        self.warning.action.clicked.connect(self._search_again)
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        if self._card is not None:
            card, self._card = self._card, None
            self.show_card(card, self._language, *self._place)

    @property
    def card(self) -> DecisionCard | None:
        """The card that is shown."""
        return self._card

    @property
    def chosen(self) -> CandidateView | None:
        """The candidate that is chosen, if any."""
        at = self._group.checkedId()
        return self._candidates[at] if 0 <= at < len(self._candidates) else None

    def wish(self) -> LinkWish | None:
        """What the person wants as it stands; None while no customer is chosen."""
        chosen, card = self.chosen, self._card
        if chosen is None or card is None:
            return None
        return LinkWish(
            lines=self.lines.wishes(),
            customer_id=chosen.customer_id,
            restore_customer=chosen.is_archived,
            seen=card.seen,
        )

    def begin(self) -> None:
        """Another row was chosen: nothing can be decided until its card is here, and no search goes on."""
        self._fetching = True
        self.search.clear_silently()
        self._searching = self._takes_first = self._search_failed = False
        self._allow_decisions()

    def forbid(self, reason: str) -> None:
        """Say why this person may not decide here; "" for who may."""
        self._may_not = reason
        self._allow_decisions()

    def show_card(self, card: DecisionCard, language: str, place: int, total: int) -> None:
        """Show one company. `place` of `total` counts from 1 in the present order.

        One that is shown already and has not changed is left as it is, with what the person has chosen.
        """
        is_same = card == self._card and language == self._language
        self._fetching = False
        if is_same:
            self._show_place(place, total)
            self._allow_decisions()
            return
        chosen, earlier = self.chosen, self._card
        self._card, self._language = card, language
        self._show_place(place, total)
        row = card.row
        is_anew = earlier is not None and earlier.row.handle == row.handle
        self.title.setText(row.company_name or self.tr("(namn saknas)"))
        self.subtitle.setText(" · ".join(part for part in self._facts(card) if part))
        self.lines.show_lines(
            card.lines,
            card.new_engagements,
            row.source,
            language,
            is_missing_engagement=row.is_missing_engagement,
        )
        self._show_because(card.lines)
        if is_anew and self.search.text().strip():
            # Something about the row has changed: what was searched for by hand is looked for again.
            self._show_candidates((), chosen=False)
            self._search_again()
        else:
            self.show_suggestions()
            if is_anew and chosen is not None:
                self._choose_customer(chosen.customer_id)
        decided = row.decision is not None
        for button in (self.none, self.later, self.new_customer):
            button.setVisible(not decided)
        self.revoke.setVisible(decided)
        self.retry.setVisible(row.view == "failed")
        self._allow_decisions()

    def choose_found(self) -> None:
        """Choose the first that was found, at once or when the answer comes."""
        if self._search_failed:
            self._search_again()
        if self._searching:
            self._takes_first = True
        else:
            self.choose(0)

    def show_found(self, text: str, candidates: Sequence[CandidateView]) -> None:
        """Show what was found for this text, unless something else is asked for by now."""
        if not self._searching or text != self.search.text():
            return
        chosen = self._takes_first or len(candidates) == 1
        self._searching = self._takes_first = False
        self._show_candidates(candidates, chosen=chosen, found=True)

    def show_failed_search(self, text: str, headline: str, body: str) -> None:
        """Say that the search for this text could not be made, and offer to make it again."""
        if not self._searching or text != self.search.text():
            return
        self._searching = self._takes_first = False
        self._show_candidates((), chosen=False, found=True)
        self._search_failed = True
        self.suggestions.set_texts(self.tr("Sökningen misslyckades"))
        self.warning.set_kind("bad")
        self.warning.set_text(headline, body)
        self.warning.set_action(self.tr("Sök igen"))
        self.warning.show()
        self._update_link()

    def show_suggestions(self) -> None:
        """Show the card's own candidates again, after a search."""
        self._searching = self._takes_first = False
        if self._card is not None:
            row = self._card.row
            self._show_candidates(
                self._card.candidates,
                chosen=row.band in ("certain", "likely") or _is_known(self._card),
            )

    def _show_candidates(
        self, candidates: Sequence[CandidateView], *, chosen: bool, found: bool = False
    ) -> None:
        """Show suggestions, or what was `found` by hand; the first is chosen where it is clear."""
        card = self._card
        for button in self._group.buttons():
            self._group.removeButton(button)
            self.buttons.removeWidget(button)
            button.setParent(None)
            button.deleteLater()
        self._candidates = tuple(candidates)
        self._search_failed = False
        tone = BAND_KINDS.get(card.row.band, "none") if card is not None and not found else "none"
        for at, candidate in enumerate(candidates):
            made = CandidateButton(
                self.theme, str(at + 1), candidate, self.lines.services(), is_first=at == 0, tone=tone
            )
            self._group.addButton(made, at)
            self.buttons.addWidget(made)
        if found:
            words = self.tr("Sökresultat") if candidates else self.tr("Ingen kund hittades")
        else:
            words = self.tr("Förslag") if candidates else self.tr("Inga förslag")
        self.suggestions.set_texts(words)
        if card is not None:
            self._show_reason(card, found=found)
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

    def open_engagement(self) -> None:
        """U: choose another engagement; of the first candidate where none is chosen yet."""
        if self.chosen is None:
            self.choose(0)
        self.lines.open_engagement()

    def open_service(self) -> None:
        """T: choose the service; the first candidate is chosen where none is yet."""
        if self.chosen is None:
            self.choose(0)
        self.lines.open_service()

    def ask_reason(self) -> None:
        """Let the person say why none of these is right."""
        menu = QMenu(self)
        menu.setObjectName("noneReasons")
        for number, code in enumerate(NONE_REASONS, start=1):
            action = menu.addAction(f"&{number}  {word(NONE_REASONS, code)}")
            action.setData(code)
        menu.triggered.connect(lambda action: self.none_wanted.emit(str(action.data())))
        menu.aboutToHide.connect(menu.deleteLater)
        first = menu.actions()[0]
        QTimer.singleShot(0, menu, lambda: menu.setActiveAction(first))
        menu.popup(self.none.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def show_preview(self, preview: AccessPreview) -> None:
        """Say who would gain and lose access by the link."""
        has_place = any(w.engagement_id or w.new_engagement for w in self.lines.wishes())
        if has_place or preview.gained or preview.lost:
            self.access.setText(access_lines(preview, self._language))
        else:
            self.access.setText(self.tr("Ingen får tillgång förrän ett uppdrag är valt."))

    def why_not_link(self) -> str:
        """The reason why Enter does nothing now, or ""."""
        if self._may_not:
            return self._may_not
        if self._card is None:
            return self.tr("Välj ett samarbete först.")
        if self._fetching:
            return self.tr("Hämtar …")
        if self._searching:
            return self.tr("Söker …")
        if self._search_failed:
            return self.tr("Sökningen misslyckades. Sök igen först.")
        if self._card.row.decision is not None:
            return self.tr("Beslutet är redan taget. Ta upp det igen först.")
        if self.chosen is None:
            if not self._candidates:
                return self.tr("Det finns inget förslag. Sök efter kunden eller skapa den (K).")
            return self.tr("Välj ett förslag först (1–9).")
        return self.lines.why_not()

    def why_not_decide(self) -> str:
        """The reason why nothing else can be decided about the row now, or ""."""
        if self._may_not:
            return self._may_not
        if self._card is None:
            return self.tr("Välj ett samarbete först.")
        return self.tr("Hämtar …") if self._fetching else ""

    def _begin_search(self) -> None:
        # Until the answer is here nothing is linked to what stood before.
        self._searching, self._takes_first = True, False
        self._search_failed = False
        self._update_link()

    def _search_again(self) -> None:
        """Search for the same text: what was found may have changed, or it could not be searched for."""
        self._begin_search()
        self.searched.emit(self.search.text())

    def _choose_customer(self, customer_id: str) -> None:
        """Keep what a person has chosen where it is still among the candidates."""
        ids = [candidate.customer_id for candidate in self._candidates]
        if customer_id in ids:
            self.choose(ids.index(customer_id))

    def _show_place(self, place: int, total: int) -> None:
        self._place = (place, total)
        words = self.tr("%1 av %2")
        self.place.setText(words.replace("%1", number_text(place)).replace("%2", number_text(total)))

    def _facts(self, card: DecisionCard) -> list[str]:
        products = dict.fromkeys(line.product for line in card.lines if line.product)
        parts = [card.company.shown_number, word(SOURCES, card.row.source), ", ".join(products)]
        started = min((line.started_on for line in card.lines if line.started_on), default="")
        if started:
            parts.append(self.tr("sedan %1").replace("%1", started))
        return parts

    def _show_because(self, lines: Sequence[CardLine]) -> None:
        because = because_lines(lines)
        self.because.setText("\n".join(because))
        self.because.setVisible(bool(because))

    def _candidate_chosen(self, _at: int, checked: bool) -> None:
        if checked:
            self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = self.chosen
        self.why.setVisible(chosen is not None)
        self.evidence.setVisible(chosen is not None)
        self.lines.setVisible(chosen is not None)
        self.access_row.setVisible(chosen is not None)
        self.lines.show_candidate(chosen)
        if chosen is not None:
            self.why.set_texts(self.tr("Så blev det %1 poäng").replace("%1", str(chosen.score)))
            self.evidence.show_rows(chosen.rows)
            card = self._card
            if card is not None and chosen.is_archived and card.row.decision is None:
                self.warning.set_kind("wait")
                self.warning.set_text(word(REASONS, "customer_archived"))
                self.warning.show()
        self._update_link()

    def _ask_preview(self) -> None:
        self._update_link()
        wish = self.wish()
        if wish is None or self.lines.why_not():
            self.access.setText(self.tr("Visas när uppdraget är valt."))
            return
        self.access.setText("…")
        self.preview_wanted.emit(wish)

    def _allow_decisions(self) -> None:
        reason = self.why_not_decide()
        for button in (self.none, self.later, self.new_customer, self.revoke, self.retry):
            button.set_blocked(reason)
        self._update_link()

    def _update_link(self) -> None:
        self.link.set_blocked(self.why_not_link())
        chosen = self.chosen
        self.say_link(creates=self.lines.creates, restores=chosen is not None and chosen.is_archived)

    def _show_reason(self, card: DecisionCard, *, found: bool) -> None:
        self.warning.set_action("")
        row = card.row
        decision = row.decision or card.earlier
        if decision is not None:
            changed = self.tr("Underlaget har ändrats sedan dess.") if row.decision is None else ""
            self.warning.set_kind("info")
            self.warning.set_text(
                word(DECISIONS, decision.decision),
                " · ".join(part for part in (*about_decision(decision), changed) if part),
            )
            self.warning.show()
            return
        if row.view == "failed":
            self.warning.set_kind("bad")
            self.warning.set_text(
                self.tr("Förslagen kunde inte hämtas."),
                self.tr("Det betyder inte att kunden saknas. Försök igen, eller sök efter kunden själv."),
            )
            self.warning.show()
            return
        self.warning.set_kind("wait" if row.reason in _WARNED else "none")
        self.warning.setVisible(bool(row.reason) and not found)  # it is about the suggestions
        if row.reason:
            self.warning.set_text(word(REASONS, row.reason))

    def _revoke(self) -> None:
        if self._card is not None and self._card.row.decision is not None:
            self.revoke_wanted.emit([self._card.row.decision.id])


def _is_known(card: DecisionCard) -> bool:
    """Tell whether the customer is known: then there is nothing to choose between."""
    return card.row.is_missing_engagement and len(card.candidates) == 1

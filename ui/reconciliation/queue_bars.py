"""What stands above the queue: what can be linked at once, what is under way, and what needs a person."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from app.usecases.reconciliation_values import QueueFigures
from ui.formats import number_text, with_figure
from ui.reconciliation.wording import LEFT, word
from ui.theme import Theme
from ui.widgets.buttons import Button
from ui.widgets.info_bar import InfoBar
from ui.widgets.texts import label
from ui.widgets.translated import Translated

_NAMED = 3


class QueueBars(Translated):
    """Bars that are shown when there is something to say, each with at most one thing to do."""

    review_wanted = Signal()
    ticked_wanted = Signal()
    untick_wanted = Signal()
    clashes_wanted = Signal()
    retry_wanted = Signal()
    stop_wanted = Signal()
    pause_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("unlinkedBars")
        self._figures: QueueFigures | None = None
        self._may_not = ""
        self._is_paused = False
        self._ticks = 0
        self._progress = (0, 0)
        self._is_short = False
        self._left: Sequence[tuple[str, str]] = ()
        self._clashes = InfoBar(theme, "wait", name="unlinkedClashes")
        self._certain = InfoBar(theme, "ok", name="unlinkedCertain")
        self._failed = InfoBar(theme, "bad", name="unlinkedFailed")
        self._search = InfoBar(theme, "info", name="unlinkedSearching", icon="search")
        self._linking = InfoBar(theme, "info", name="unlinkedLinking", icon="link")
        self._leftovers = InfoBar(theme, "wait", name="unlinkedLeft")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._all = (
            self._clashes,
            self._certain,
            self._failed,
            self._search,
            self._linking,
            self._leftovers,
        )
        for bar in self._all:
            bar.hide()
            column.addWidget(bar)
        column.addWidget(self._build_ticks(theme))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._certain.action.clicked.connect(self.review_wanted)
        self._clashes.action.clicked.connect(self.clashes_wanted)
        self._failed.action.clicked.connect(self.retry_wanted)
        self._linking.action.clicked.connect(self.stop_wanted)
        self._search.action.clicked.connect(self.pause_wanted)
        self._leftovers.action.clicked.connect(self._forget_left)
        self.retranslate()

    def _build_ticks(self, theme: Theme) -> QFrame:
        self._tick_bar = QFrame()
        self._tick_bar.setObjectName("unlinkedTickBar")
        self._tick_bar.setProperty("panel", "bar")
        self._ticked = label("", "action", name="unlinkedTicked")
        self._untick = Button(theme, kind="link", name="unlinkedUntick")
        self._link_ticked = Button(theme, icon="link", name="unlinkedLinkTicked")
        self._untick.clicked.connect(self.untick_wanted)
        self._link_ticked.clicked.connect(self.ticked_wanted)
        row = QHBoxLayout(self._tick_bar)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self._ticked)
        row.addWidget(self._untick)
        row.addStretch(1)
        row.addWidget(self._link_ticked)
        self._tick_bar.hide()
        return self._tick_bar

    def retranslate(self) -> None:
        """Say everything again in the present language."""
        self._untick.setText(self.tr("Avmarkera alla"))
        self._link_ticked.setText(self.tr("Granska och koppla markerade…   Ctrl+Enter"))
        self._link_ticked.setAccessibleName(self.tr("Granska och koppla markerade"))
        if self._figures is not None:
            self.show_figures(self._figures, self._may_not, is_paused=self._is_paused)
        self.show_ticks(self._ticks)
        self.show_progress(*self._progress)
        self.show_left(self._left)

    def show_figures(self, figures: QueueFigures, may_not: str, *, is_paused: bool) -> None:
        """Say how many are certain, how far the search has come, and what went wrong."""
        self._figures, self._may_not, self._is_paused = figures, may_not, is_paused
        certain = figures.counts.get("certain", 0)
        self._show_certain()
        if certain:
            figure = with_figure(self.tr("%n säkra förslag:", "", certain), certain)
            why = self.tr(
                "samma org.nr, en kund och ett uppdrag som passar. Inget kopplas förrän du har granskat."
            )
            short = self.tr("inget kopplas förrän du har granskat.")
            self._certain.set_text(figure, short if self._is_short else why)
            self._certain.setToolTip(why if self._is_short else "")
            words = self.tr("Granska och koppla %1…").replace("%1", number_text(certain))
            self._certain.set_action(words)
        self._clashes.setVisible(figures.clashes > 0)
        if figures.clashes:
            self._clashes.set_text(
                self.tr("%n kopplingar hann en kollega göra före dig.", "", figures.clashes),
                self.tr("Se båda och välj."),
            )
            self._clashes.set_action(self.tr("Visa…"))
        failed = figures.counts.get("failed", 0)
        self._failed.setVisible(failed > 0)
        if failed:
            self._failed.set_text(
                with_figure(self.tr("Förslag kunde inte hämtas för %n företag.", "", failed), failed),
                self.tr("Det betyder inte att kunderna saknas."),
            )
            self._failed.set_action(self.tr("Försök igen"))
        done = figures.companies - figures.searching
        self._search.setVisible(figures.searching > 0)
        if figures.searching:
            text = (
                self.tr("Sökningen är pausad: %1 av %2 företag är genomsökta.")
                if is_paused
                else self.tr("Söker efter förslag: %1 av %2 företag.")
            )
            text = text.replace("%1", number_text(done)).replace("%2", number_text(figures.companies))
            self._search.set_text(text, self.tr("Det som har hittats är kvar. Du kan arbeta under tiden."))
            self._search.set_action(self.tr("Fortsätt") if is_paused else self.tr("Pausa"))
        self._hide_when_empty()

    def be_short(self, *, short: bool) -> None:
        """Keep to one line each where there is little room."""
        if short is not self._is_short:
            self._is_short = short
            self.retranslate()

    def show_ticks(self, count: int) -> None:
        """Say how many rows are ticked, and offer to link them."""
        self._ticks = count
        self._tick_bar.setVisible(count > 0)
        self._ticked.setText(with_figure(self.tr("%n markerade", "", count), count))
        self._link_ticked.set_blocked(self._may_not)
        self._show_certain()
        self._hide_when_empty()

    def _show_certain(self) -> None:
        """Offer the certain ones, but not to who is ticking: one offer at a time, and the list stays put."""
        certain = self._figures.counts.get("certain", 0) if self._figures is not None else 0
        self._certain.setVisible(certain > 0 and not self._may_not and not self._ticks)

    def show_progress(self, done: int, total: int) -> None:
        """Say how far a lot has come; nothing when there is none."""
        self._progress = (done, total)
        self._linking.setVisible(total > 0)
        if total:
            text = self.tr("Kopplar: %1 av %2 företag.")
            self._linking.set_text(text.replace("%1", number_text(done)).replace("%2", number_text(total)))
            self._linking.set_action(self.tr("Stoppa"))
        self._hide_when_empty()

    def show_left(self, left: Sequence[tuple[str, str]]) -> None:
        """Name companies of a lot that were not linked, and why."""
        self._left = left
        self._leftovers.setVisible(bool(left))
        if left:
            named = [
                f"{name or self.tr('(namn saknas)')}: {word(LEFT, code)}" for name, code in left[:_NAMED]
            ]
            if len(left) > _NAMED:
                named.append(self.tr("och %n till", "", len(left) - _NAMED))
            self._leftovers.set_text(
                with_figure(self.tr("%n företag kopplades inte.", "", len(left)), len(left)),
                "; ".join(named) + ".",
            )
            self._leftovers.set_action(self.tr("Stäng"))
        self._hide_when_empty()

    def _forget_left(self) -> None:
        self.show_left(())

    def _hide_when_empty(self) -> None:
        shown = any(not bar.isHidden() for bar in (*self._all, self._tick_bar))
        self.setVisible(shown)

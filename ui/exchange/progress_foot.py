"""The bar at the bottom of the import: what is chosen, how far it has come, what came of it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout

from ui.exchange.presenter import ImportPresenter, Step
from ui.exchange.wording import one_line
from ui.formats import number_text, with_figure
from ui.messages import Messages
from ui.theme import Theme
from ui.widgets.buttons import Button
from ui.widgets.texts import label


class ProgressFoot(QFrame):
    """`say` sets the words, `advance` the bar; the three buttons are shown when they have a text."""

    def __init__(self, theme: Theme, messages: Messages) -> None:
        super().__init__()
        self._messages = messages
        self._presenter: ImportPresenter | None = None
        self.setObjectName("importFoot")
        self.setProperty("panel", "bar")
        self._strong = label("", "action", name="importFootText")
        self._text = label("", "secondary", name="importFootHint", wrap=True)
        self._text.setProperty("muted", "true")
        self._bar = QProgressBar()
        self._bar.setObjectName("importProgress")
        self._bar.setTextVisible(False)
        self.stop = Button(theme, icon="player-stop", name="importStop")
        self.second = Button(theme, name="importSecond")
        self.primary = Button(theme, kind="primary", name="importCommit")
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._strong)
        words.addWidget(self._bar)
        words.addWidget(self._text)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(8)
        row.addLayout(words, 1)
        for button in (self.stop, self.second, self.primary):
            row.addWidget(button)

    def say(self, strong: str, text: str = "") -> None:
        """What stands at the left: a short line, and a sentence below it."""
        self._strong.setText(strong)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._bar.setAccessibleName(strong)

    def advance(self, done: int, total: int) -> None:
        """Show how much is done; a total of 0 hides the bar."""
        self._bar.setVisible(total > 0)
        self._bar.setMaximum(max(1, total))
        self._bar.setValue(min(done, total))

    def offer(self, *, stop: str = "", second: str = "", primary: str = "") -> None:
        """The verbs that there are now."""
        for button, text in ((self.stop, stop), (self.second, second), (self.primary, primary)):
            button.setText(text)
            button.setVisible(bool(text))

    def show_step(self, presenter: ImportPresenter, ticked: frozenset[Any], reason: str) -> None:
        """Say where the import stands. ``ticked`` are positions; ``reason`` blocks the commit."""
        self._presenter = presenter
        self.setVisible(presenter.step is not Step.CHOOSE)
        self.primary.set_blocked("")
        self.stop.set_blocked("")
        meter = presenter.meter
        match presenter.step:
            case Step.READING:
                self.offer(stop=self.tr("Avbryt"))
                self.advance(meter.done, meter.total)
                if 0 < meter.total == meter.done or not meter.total:
                    self.say(self.tr("Jämför med byråns kunder…"))
                else:
                    self.say(
                        self.tr("Läser fil %1 av %2")
                        .replace("%1", number_text(meter.done + 1))
                        .replace("%2", number_text(meter.total))
                    )
            case Step.PREVIEW:
                self._say_choice(presenter, ticked, reason)
            case Step.WRITING:
                self.offer(stop=self.tr("Avbryt"))
                self.advance(meter.done, meter.total)
                self.say(
                    _of(self.tr("%1 av %2 ligger i utkorgen"), meter.done, meter.total),
                    self.tr("Du kan lämna skärmen och arbeta vidare under tiden."),
                )
                if presenter.stopping:
                    self.stop.set_blocked(self.tr("Avbryts…"))
            case Step.SENDING:
                self._say_way(presenter)
            case Step.DONE:
                self._say_result(presenter)

    def _say_choice(self, presenter: ImportPresenter, ticked: frozenset[Any], reason: str) -> None:
        listed = presenter.listed
        if listed is None:
            return
        count = len(ticked)
        if not listed.possible:
            self.say(self.tr("Det finns inget nytt eller ändrat att läsa in."))
            self.offer()
            self.advance(0, 0)
            return
        new = sum(1 for key in ticked if listed.rows[key].known is None)
        if new == count:
            chosen = with_figure(self.tr("%n nya kunder är valda", "", count), count)
        elif not new:
            chosen = with_figure(self.tr("%n ändrade kunder är valda", "", count), count)
        else:
            chosen = _of(self.tr("%1 nya och %2 ändrade kunder är valda"), new, count - new)
        hint = self.tr("Mellanslag väljer eller väljer bort en rad · Ctrl+A väljer alla som visas.")
        self.say(chosen, hint)
        self.advance(0, 0)
        self.offer(primary=with_figure(self.tr("Importera %n kunder", "", count), count))
        self.primary.set_blocked(reason or ("" if count else self.tr("Välj minst en rad först.")))

    def _say_way(self, presenter: ImportPresenter) -> None:
        progress = presenter.progress
        if progress is None:
            return
        arrived = progress.done + progress.needs_a_person
        self.advance(arrived + progress.withdrawn, progress.total)
        if presenter.stopping:
            self.offer(stop=self.tr("Avbryter…"))
            self.stop.set_blocked(self.tr("Det som inte har skickats tas tillbaka."))
            self.say(
                _of(self.tr("%1 av %2 är tillbakatagna"), progress.withdrawn, progress.total),
                self.tr("%1 hade redan kommit fram. Servern svarar om resten.").replace(
                    "%1", number_text(arrived)
                ),
            )
            return
        self.offer(stop=self.tr("Avbryt resten"))
        self.say(
            _of(self.tr("%1 av %2 har kommit fram"), arrived, progress.total),
            self.tr("Resten ligger i utkorgen och skickas av sig självt. Du kan lämna skärmen under tiden."),
        )

    def _say_result(self, presenter: ImportPresenter) -> None:
        accepted, progress = presenter.accepted, presenter.progress
        if accepted is None or progress is None:
            return
        troubles = []
        if accepted.refused:
            refused = accepted.refused[0]
            why = one_line(self._messages, refused.error.code, refused.error.data)
            count = self.tr("%n rader nekades.", "", len(accepted.refused))
            line = self.tr("Rad %1, %2: %3")
            line = line.replace("%1", str(refused.row.row.line)).replace("%2", refused.row.row.name)
            troubles.append(f"{count} {line.replace('%3', why)}")
        if progress.needs_a_person:
            troubles.append(self.tr("%n ändringar behöver ditt beslut.", "", progress.needs_a_person))
        self.say(self.result(), " ".join(troubles))
        self.advance(0, 0)
        if progress.needs_a_person:
            second = self.tr("Öppna utkorgen")
        elif accepted.refused or progress.withdrawn or accepted.cancelled:
            second = self.tr("Granska igen")
        else:
            second = ""
        self.offer(second=second, primary=self.tr("Visa kunderna"))

    def result(self) -> str:
        """The outcome in figures; empty before there is one."""
        presenter = self._presenter
        if presenter is None:
            return ""
        accepted, progress = presenter.accepted, presenter.progress
        if accepted is None or progress is None:
            return ""
        if accepted.cancelled or progress.withdrawn:
            text = self.tr("Avbrutet: %1 hade redan kommit fram och %2 togs tillbaka")
            return _of(text, progress.done, progress.withdrawn)
        created, updated = accepted.created, accepted.updated
        if not updated:
            return with_figure(self.tr("Klart: %n nya kunder är inlästa", "", created), created)
        if not created:
            return with_figure(self.tr("Klart: %n ändrade kunder är inlästa", "", updated), updated)
        return _of(self.tr("Klart: %1 nya och %2 ändrade kunder är inlästa"), created, updated)


def _of(text: str, one: int, two: int) -> str:
    return text.replace("%1", number_text(one)).replace("%2", number_text(two))

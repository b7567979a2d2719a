"""What the wizard's pages are made of: a heading, a scrolled column, cards of lines, problems."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.catalogue import Passage
from app.domain.preconditions import Problem, Repair
from app.domain.records import Branch
from ui.activation.presenter import ActivationPresenter
from ui.activation.wording import repair_text
from ui.formats import moment_text
from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.focus_home import give_focus_home
from ui.widgets.info_bar import InfoBar
from ui.widgets.texts import label
from ui.widgets.translated import Translated

SCROLL_ROOM = 16
"""Pixels at the right of a page's column in which its scroll bar comes and goes."""


class ActivationPage(Translated):
    """A page is a view of the draft: `refresh` shows what the presenter holds, every time something changed.

    Add to `content`; what must always be in sight goes to `foot`, under the scrolled part.
    """

    repair_asked = Signal(object)

    def __init__(self, theme: Theme, presenter: ActivationPresenter, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.theme = theme
        self.presenter = presenter
        self._heading = label("", "wizard", name=f"{name}Heading", wrap=True)
        inner = QWidget()
        inner.setProperty("scrolled", "true")
        self.content = QVBoxLayout(inner)
        self.content.setContentsMargins(0, 0, SCROLL_ROOM, 0)
        self.content.setSpacing(8)
        self.scroller = QScrollArea()
        self.scroller.setObjectName(f"{name}Scroll")
        self.scroller.setFrameShape(QFrame.Shape.NoFrame)
        self.scroller.setWidgetResizable(True)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroller.setWidget(inner)
        self.scroller.verticalScrollBar().rangeChanged.connect(self._make_room)
        self.foot = QVBoxLayout()
        self.foot.setContentsMargins(0, 0, SCROLL_ROOM, 0)
        self.foot.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._heading)
        column.addWidget(self.scroller, 1)
        column.addLayout(self.foot)

    def _make_room(self, _least: int, most: int) -> None:
        """Keep the cards where they are when the scroll bar comes: it takes the margin's room."""
        bar = self.scroller.verticalScrollBar().sizeHint().width()
        self.content.setContentsMargins(0, 0, max(0, SCROLL_ROOM - bar) if most > 0 else SCROLL_ROOM, 0)

    def heading(self) -> str:
        """The page's heading."""
        return ""

    def refresh(self) -> None:
        """Show what the presenter holds."""
        self._heading.setText(self.heading())
        self.setAccessibleName(self.heading())

    def retranslate(self) -> None:
        self.refresh()

    def take_focus(self) -> bool:
        """Put the focus where the work of this page begins; False where there is only to go on."""
        return False


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a card: a name, and two columns of what belongs to it."""

    name: str
    second: str = ""
    third: str = ""


class LinesCard(Card):
    """Rows in three columns that stand under each other in all cards of a page."""

    FIRST, SECOND, THIRD = 148, 244, 284

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(name=name)
        self._theme = theme
        self._lines: tuple[Line, ...] | None = None
        self.body.setContentsMargins(14, 8, 14, 8)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnMinimumWidth(0, theme.px(self.FIRST))
        self._grid.setColumnMinimumWidth(1, theme.px(self.SECOND))
        self._grid.setColumnStretch(0, self.FIRST)
        self._grid.setColumnStretch(1, self.SECOND)
        self._grid.setColumnStretch(2, self.THIRD)
        self.body.addLayout(self._grid)

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show these rows; unchanged rows are left alone, so that a selection in them stays."""
        if tuple(lines) == self._lines:
            return
        self._lines = tuple(lines)
        clear(self._grid)
        for row, line in enumerate(lines):
            name = label(line.name, "name", wrap=True)
            name.setAccessibleName(", ".join(part for part in (line.name, line.second, line.third) if part))
            self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            for column, text in ((1, line.second), (2, line.third)):
                if not text:
                    continue  # an empty one would take the focus of who clicks beside the words
                shown = label(text, "body", wrap=True)
                shown.setProperty("muted", "true")
                shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                self._grid.addWidget(shown, row, column, Qt.AlignmentFlag.AlignTop)


class ProblemBars(QWidget):
    """Problems as bars: amber where it is only to be known, red where it stops; each with its repair."""

    repair_asked = Signal(object)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._theme = theme
        self._shown: tuple[tuple[Problem, str], ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.hide()

    def set_problems(self, problems: Sequence[Problem], text_of: Callable[[Problem], str]) -> None:
        """Show these problems in order."""
        shown = tuple((problem, text_of(problem)) for problem in problems)
        if shown == self._shown:
            return
        self._shown = shown
        give_focus_home(self)  # the repair's button goes with its bar
        clear(self._column)
        for problem, text in shown:
            kind = "bad" if problem.blocks else "wait"
            bar = InfoBar(self._theme, kind, name=f"problem_{problem.code}")
            headline, _, body = text.partition("\n")
            bar.set_text(headline, body)
            if problem.repair is not Repair.NONE:
                bar.set_action(repair_text(problem.repair))
                bar.action.setAccessibleName(f"{repair_text(problem.repair)} {headline}")
                bar.action.clicked.connect(self._pressed)
            self._column.addWidget(bar)
        self.setVisible(bool(shown))

    def _pressed(self) -> None:
        sender = self.sender()
        for at in range(self._column.count()):
            item = self._column.itemAt(at)
            bar = item.widget() if item is not None else None
            if isinstance(bar, InfoBar) and bar.action is sender:
                self.repair_asked.emit(self._shown[at][0])
                return


def show_passage(bar: InfoBar, passage: Passage) -> None:
    """Show a fixed text: its lead in bold, then the rest."""
    bar.set_text(passage.lead or passage.text, passage.text if passage.lead else "")


def staff_texts(presenter: ActivationPresenter, branch: Branch, engagements: Sequence[str]) -> list[str]:
    """Say who at the firm gets access and when; while the branch is unknown, in either case."""
    texts, language = presenter.catalogue.texts, presenter.language
    if branch is not Branch.UNKNOWN:
        return [texts.staff_access(branch, engagements, language).plain]
    return [
        texts.staff_access(Branch.NOT_REGISTERED, engagements, language).plain,
        QCoreApplication.translate(
            "Activation", "Är kunden redan registrerad får de tillgång när kunden har godkänt."
        ),
    ]


def show_offline(bar: InfoBar, presenter: ActivationPresenter, checked_at: datetime, now: datetime) -> None:
    """Say that the answer is from before and will be asked for again; the first sentence in bold."""
    when = moment_text(checked_at, now)
    text = presenter.catalogue.texts.text("offline.checked", presenter.language, time=when)
    first, _, rest = text.partition(". ")
    bar.set_text(f"{first}.", rest)


def clear(layout: QGridLayout | QVBoxLayout | QHBoxLayout) -> None:
    """Take everything out of a layout and let go of it."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()

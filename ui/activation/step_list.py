"""The wizard's pages down the left side: done, the present one, those to come."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.domain.activation_draft import Step
from ui import assets
from ui.activation.presenter import ActivationPresenter
from ui.activation.wording import step_name
from ui.theme import Theme
from ui.widgets.texts import label


class StepRow(QPushButton):
    """One page: an icon and its name. It can be pressed when it lies behind the present one."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._state = "coming"
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_step(self, step: Step, text: str, state: str, spoken: str) -> None:
        """Say the page's name and its state: done, passed (for good), present, problem or coming."""
        self.setObjectName(f"activationStep_{step}")
        self._state = state
        self.setText(text)
        self.setAccessibleName(spoken)
        self.setEnabled(state in ("done", "problem"))
        going_back = state in ("done", "problem")
        self.setCursor(Qt.CursorShape.PointingHandCursor if going_back else Qt.CursorShape.ArrowCursor)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(180), self._theme.px(32))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        name, colour = {
            "done": ("circle-check-filled", tokens.ok.text),
            "passed": ("circle-check-filled", tokens.ok.text),
            "problem": ("alert-triangle", tokens.wait.text),
            "present": ("circle-dot", tokens.accent),
        }.get(self._state, ("circle", tokens.text2))
        size, left = self._theme.px(16), self._theme.px(2)
        painter = QPainter(self)
        if self.underMouse() and self.isEnabled():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("hover"))
            painter.drawRoundedRect(self.rect(), 5, 5)
        painter.drawPixmap(
            left, (self.height() - size) // 2, assets.pixmap(name, colour, size, self.devicePixelRatioF())
        )
        painter.setFont(self._theme.font("action" if self._state == "present" else "body"))
        painter.setPen(self._theme.colour("text2" if self._state == "coming" else "text"))
        room = QRect(self.rect()).adjusted(left + size + self._theme.px(10), 0, 0, 0)
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.end()


class StepList(QFrame):
    """The side of the wizard. `chosen(step)` is emitted for a page that was passed."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("activationSteps")
        self.setProperty("panel", "navigation")
        self.setFixedWidth(theme.px(224))
        self._theme = theme
        self._rows: list[StepRow] = []
        self._steps: tuple[Step, ...] = ()
        self._title = label("", "card", name="activationTitle")
        self._subtitle = label("", "secondary", name="activationSubtitle", wrap=True)
        self._saved = label("", "secondary", name="activationSaved")
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 20, 4, 16)
        column.setSpacing(2)
        column.addWidget(self._title)
        column.addWidget(self._subtitle)
        column.addSpacing(12)
        column.addLayout(self._column)
        column.addStretch(1)
        column.addWidget(self._saved)

    def set_heading(self, title: str, subtitle: str) -> None:
        self._title.setText(title)
        self._subtitle.setText(subtitle)

    def set_saved(self, text: str) -> None:
        """Say when the draft was saved, at the bottom."""
        self._saved.setText(text)

    def set_steps(self, steps: Sequence[tuple[Step, str, str, str]]) -> None:
        """Show (step, name, state, sentence for a screen reader) for each page in order."""
        while len(self._rows) < len(steps):
            row = StepRow(self._theme, self)
            row.clicked.connect(self._pressed)
            self._rows.append(row)
            self._column.addWidget(row)
        for at, row in enumerate(self._rows):
            row.setVisible(at < len(steps))
            if at < len(steps):
                row.show_step(*steps[at])
        self._steps = tuple(step for step, *_ in steps)

    def show_run(self, presenter: ActivationPresenter) -> None:
        """Show the pages of a run for one customer: done, mended first, the present one, those to come."""
        steps = presenter.steps or (Step.CUSTOMERS,)
        at = steps.index(presenter.step)
        blocked = {problem.step for problem in presenter.problems if problem.blocks}
        words = {
            "present": self.tr("sidan som visas"),
            "done": self.tr("klar"),
            "passed": self.tr("klar"),
            "problem": self.tr("något saknas"),
            "coming": self.tr("återstår"),
        }
        rows = []
        for number, step in enumerate(steps):
            state = "present" if number == at else "done" if number < at else "coming"
            if state == "done" and step in blocked and presenter.step is not Step.RESULT:
                state = "problem"
            if presenter.step is Step.RESULT:
                state = "present" if step is Step.RESULT else "passed"
            spoken = self.tr("Steg %1 av %2: %3, %4")
            for mark, text in (
                ("%1", str(number + 1)),
                ("%2", str(len(steps))),
                ("%3", step_name(step)),
                ("%4", words[state]),
            ):
                spoken = spoken.replace(mark, text)
            rows.append((step, step_name(step), state, spoken))
        self.set_steps(rows)

    def _pressed(self) -> None:
        sender = self.sender()
        if isinstance(sender, StepRow):
            self.chosen.emit(str(self._steps[self._rows.index(sender)]))

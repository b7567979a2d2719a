"""A candidate that can be chosen: key, name, number and engagement, points."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from app.usecases.reconciliation_values import CandidateView
from ui.theme import Theme
from ui.widgets.buttons import KeyCap
from ui.widgets.texts import ElidedLabel, label, set_tone


class CandidateButton(QRadioButton):
    """Behaves as a radio button (arrow keys, Space, screen reader) and looks like a card."""

    def __init__(
        self,
        theme: Theme,
        key: str,
        candidate: CandidateView,
        services: Sequence[str | None],
        *,
        is_first: bool,
        tone: str = "none",
    ) -> None:
        super().__init__()
        self._services = services
        self.candidate = candidate
        self.setObjectName(f"candidate_{key}")
        self.setProperty("look", "candidate")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 7, 12, 7)
        row.setSpacing(10)
        row.addWidget(KeyCap(theme, key))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        name = ElidedLabel(candidate.name, "name")
        second = ElidedLabel(self._second(candidate), "secondary")
        second.setProperty("muted", "true")
        for shown in (name, second):
            texts.addWidget(shown)
        row.addLayout(texts, 1)
        words = self.tr("%1 av 100") if is_first else "%1"
        points = label(
            words.replace("%1", str(candidate.score)), "action" if is_first else "strong_secondary"
        )
        set_tone(points, tone if is_first else "none")
        row.addWidget(points)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        spoken = self.tr("%1, %2, %3 poäng av 100")
        self.setAccessibleName(
            spoken.replace("%1", candidate.name)
            .replace("%2", second.text())
            .replace("%3", str(candidate.score))
        )

    def _second(self, candidate: CandidateView) -> str:
        parts = [candidate.customer_number, candidate.identity or self.tr("org.nr saknas")]
        titles: dict[str, None] = {}
        for service in self._services:
            fitting = candidate.fitting(service)
            if len(fitting) == 1:
                titles.setdefault(fitting[0].title)
        if candidate.is_archived:
            parts.append(self.tr("arkiverad"))
        parts += list(titles) or [candidate.town]
        return " · ".join(part for part in parts if part)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def hitButton(self, pos: object) -> bool:
        return True

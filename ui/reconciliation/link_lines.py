"""What a company's collaborations are linked to: for each of them its service and the engagement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from app.catalogue import Catalogue
from app.usecases.reconciliation_values import CandidateView, CardLine, LineWish, NewEngagement
from ui.reconciliation.list_model import product_name
from ui.theme import Theme
from ui.widgets.buttons import Button
from ui.widgets.combo import Combo
from ui.widgets.texts import label

_NOTHING = "nothing"
_NEW = "new"


@dataclass(slots=True)
class _Line:
    line: CardLine
    service: QComboBox | None
    engagement: QComboBox
    heading: QLabel


class LinkLines(QWidget):
    """`changed` is emitted when something else is chosen, `left` when a list that a key opened is put away.

    The rows are made anew for each company.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, theme: Theme, catalogue: Catalogue) -> None:
        super().__init__()
        self.setObjectName("linkLines")
        self._theme = theme
        self._catalogue = catalogue
        self._lines: list[_Line] = []
        self._candidate: CandidateView | None = None
        self._new: Mapping[str, NewEngagement] = {}
        self._is_missing = False
        self._source = ""
        self._doubted = False
        self._by_key = False
        self._language = "sv"
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)

    def show_lines(
        self,
        lines: Sequence[CardLine],
        new_engagements: Mapping[str, NewEngagement],
        source: str,
        language: str,
        *,
        is_missing_engagement: bool,
    ) -> None:
        """Show a company's collaborations; the engagements come with the customer."""
        self._new, self._language, self._source = new_engagements, language, source
        self._is_missing = is_missing_engagement
        self._doubted = False
        self._build(lines)
        self.show_candidate(None)

    def doubt_services(self) -> None:
        """Let the services be chosen that the product names have told: a person says that one is wrong."""
        if self._doubted or not any(line.line.mapping == "exact" for line in self._lines):
            return
        self._doubted = True
        services = self.services()
        self._build([line.line for line in self._lines])
        self.choose_services(services)
        self.show_candidate(self._candidate)

    def _build(self, lines: Sequence[CardLine]) -> None:
        self._clear()
        source, language = self._source, self._language
        at = 0
        for number, line in enumerate(lines, start=1):
            name = "" if number == 1 else str(number)
            service: QComboBox | None = None
            many = len(lines) > 1
            product = product_name(line.service, line.product, source, language)
            if line.mapping not in ("exact", "known") or (self._doubted and line.mapping == "exact"):
                service = self._make_service(line, f"cardService{name}")
                heading = label(
                    line.product or self.tr("Tjänst") if many else self.tr("Tjänst"), "strong_secondary"
                )
                heading.setBuddy(service)
                self._put(at, heading, service)
                at += 1
            engagement = Combo()
            engagement.setObjectName(f"cardEngagement{name}")
            engagement.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            engagement.setMinimumContentsLength(12)
            titled = product if many and service is None else self.tr("Uppdrag")
            engagement.setAccessibleName(self.tr("Uppdrag för %1").replace("%1", product))
            heading = label(titled, "strong_secondary")
            heading.setBuddy(engagement)
            may_doubt = line.mapping == "exact" and service is None
            self._put(at, heading, engagement, columns=1 if may_doubt else 2)
            if may_doubt:
                self._grid.addWidget(self._make_doubt(product), at, 2)
            at += 1
            made = _Line(line, service, engagement, heading)
            self._lines.append(made)
            engagement.currentIndexChanged.connect(self.changed)
            engagement.activated.connect(self._open_next)
            engagement.closed.connect(self._put_away)
            if service is not None:
                service.currentIndexChanged.connect(self._service_changed)
                service.activated.connect(self._open_next)

    def show_candidate(self, candidate: CandidateView | None) -> None:
        """Offer this customer's engagements; the one that fits is chosen where there is exactly one."""
        self._candidate = candidate
        for line in self._lines:
            self._fill(line)
        self.changed.emit()

    def choose_services(self, services: Sequence[str | None]) -> None:
        """Take over what was chosen elsewhere, in the same order."""
        for line, service in zip(self._lines, services, strict=True):
            if line.service is not None and service:
                line.service.setCurrentIndex(line.service.findData(service))

    def wishes(self) -> tuple[LineWish, ...]:
        """What is chosen for each of the collaborations."""
        return tuple(self._wish(line) for line in self._lines)

    @property
    def creates(self) -> bool:
        """True where an engagement is created with the link."""
        return any(line.engagement.currentData() == _NEW for line in self._lines)

    def services(self) -> tuple[str | None, ...]:
        """The service of each collaboration as it is chosen now."""
        return tuple(self._service_of(line) for line in self._lines)

    def why_not(self) -> str:
        """What is still to be chosen, or ""."""
        if any(self._service_of(line) is None for line in self._lines):
            return self.tr("Välj tjänst först (T).")
        if any(line.engagement.currentIndex() < 0 for line in self._lines):
            return self.tr("Välj uppdrag först (U).")
        return ""

    def open_engagement(self) -> None:
        """U: choose another engagement; of several the first that is not chosen yet."""
        boxes = [line.engagement for line in self._lines if line.engagement.isEnabled()]
        self._open(next((box for box in boxes if box.currentIndex() < 0), boxes[0] if boxes else None))

    def open_service(self) -> None:
        """T: choose the service, also where the product's name has told it; the first open one of several."""
        self.doubt_services()
        boxes = [line.service for line in self._lines if line.service is not None]
        self._open(next((box for box in boxes if box.currentIndex() < 0), boxes[0] if boxes else None))

    def _open_next(self, _chosen: int) -> None:
        """A person has chosen: what else is to be chosen opens by itself, the services first."""
        services = [line.service for line in self._lines if line.service is not None]
        boxes = [*services, *(line.engagement for line in self._lines if line.engagement.isEnabled())]
        following = next((box for box in boxes if box.currentIndex() < 0), None)
        if following is not None:
            # After the list that has been chosen from is closed.
            QTimer.singleShot(0, following, lambda: self._open(following))

    def _open(self, box: QComboBox | None) -> None:
        if box is None:
            return
        self._by_key = True
        box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        box.showPopup()
        if box.currentIndex() < 0 and box.count():
            box.view().setCurrentIndex(box.model().index(0, box.modelColumn()))

    def _put_away(self) -> None:
        # A closed list takes arrows and letters as choices: who came by a key goes on with keys.
        if self._by_key:
            self._by_key = False
            QTimer.singleShot(0, self, self.left.emit)

    def _put(self, at: int, heading: QLabel, box: QComboBox, *, columns: int = 2) -> None:
        heading.setText(heading.text().replace("&", "&&"))  # a label with a buddy has access keys
        heading.setMaximumWidth(self._theme.px(150))
        self._grid.addWidget(heading, at, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(box, at, 1, 1, columns)

    def _make_service(self, line: CardLine, name: str) -> QComboBox:
        box = Combo()
        box.setObjectName(name)
        box.setAccessibleName(self.tr("Tjänst för %1").replace("%1", line.product))
        likely = [code for code in line.services if code]
        every = [service.code for service in self._catalogue.services]
        for code in dict.fromkeys([*likely, *([line.service] if line.service else []), *every]):
            box.addItem(self._catalogue.service(code).label.text(self._language), code)
        if likely and len(likely) < len(every):
            box.insertSeparator(len(likely))
        box.closed.connect(self._put_away)
        box.setPlaceholderText(self.tr("Välj tjänst …"))
        box.setCurrentIndex(box.findData(line.service) if line.service else -1)
        return box

    def _make_doubt(self, product: str) -> Button:
        words = self.tr("Byt tjänst (T). Nu: %1").replace("%1", product)
        doubt = Button(self._theme, kind="icon", icon="pencil", name="cardDoubtService")
        doubt.setToolTip(words)
        doubt.setAccessibleName(words)
        doubt.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # T does the same, and Tab goes from choice to choice
        # Queued: the button is taken away with the lines that it belongs to.
        doubt.clicked.connect(self.open_service, Qt.ConnectionType.QueuedConnection)
        return doubt

    def _service_changed(self) -> None:
        for line in self._lines:
            if line.service is self.sender():
                self._fill(line)
        self.changed.emit()

    def _service_of(self, line: _Line) -> str | None:
        if line.service is None:
            return line.line.service
        found = line.service.currentData()
        return str(found) if found else None

    def _fill(self, line: _Line) -> None:
        box, candidate, service = line.engagement, self._candidate, self._service_of(line)
        box.blockSignals(True)
        box.clear()
        box.setEnabled(candidate is not None)
        box.setPlaceholderText(self.tr("Välj uppdrag …") if candidate else self.tr("Välj kund först"))
        if candidate is not None:
            fitting = candidate.fitting(service)
            others = [choice for choice in candidate.engagements if choice not in fitting]
            for choice in (*fitting, *others):
                owner = f" ({choice.owner})" if choice.owner else ""
                box.addItem(f"{choice.title}{owner}", choice.id)
            new = self._new.get(service or "")
            if new is not None:
                box.addItem(self.tr("Skapa nytt: %1").replace("%1", new.title), _NEW)
            if not self._is_missing:
                box.addItem(self.tr("Inget uppdrag ännu (uppdrag saknas)"), _NOTHING)
            box.setCurrentIndex(0 if len(fitting) == 1 else -1)
            if service and not fitting and new is not None:
                box.setCurrentIndex(box.findData(_NEW))
        box.blockSignals(False)

    def _wish(self, line: _Line) -> LineWish:
        chosen, service = line.engagement.currentData(), self._service_of(line)
        return LineWish(
            collaboration_id=line.line.collaboration_id,
            service=service,
            engagement_id=str(chosen) if chosen not in (None, _NEW, _NOTHING) else None,
            new_engagement=self._new.get(service or "") if chosen == _NEW else None,
        )

    def _clear(self) -> None:
        self._lines = []
        items = [self._grid.itemAt(at) for at in range(self._grid.count())]
        for widget in [item.widget() for item in items if item is not None]:
            if widget is not None:
                self._grid.removeWidget(widget)
                widget.setParent(None)
                widget.deleteLater()

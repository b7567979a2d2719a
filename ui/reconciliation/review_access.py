"""Under the list of a review: who gains and loses access by what is ticked, and for how many companies."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer, Slot

from app.usecases.reconciliation_many import sum_up
from app.usecases.reconciliation_values import AccessOfMany, AccessPreview
from ui.background import Lane, Latest
from ui.formats import number_text
from ui.screens import ScreenContext
from ui.widgets.texts import label

_SOON_MS = 150
_NAMED = 12


class ReviewAccess(QObject):
    """`label` says it. What each row leads to is asked once; ticks only choose from it."""

    def __init__(
        self,
        context: ScreenContext,
        reviewed: Mapping[int, str],
        ticked: Callable[[], frozenset[int]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._ticked = ticked
        self._previews: dict[int, AccessPreview] | None = None
        self._is_stopped = False
        self._latest = Latest()
        self.label = label(
            self.tr("Räknar ut vilka som får tillgång …"), "body", name="reviewAccess", wrap=True
        )
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self._ask)
        use_case = context.samverka.reconciliation
        context.background.run(
            lambda: use_case.preview_many(reviewed, is_cancelled=lambda: self._is_stopped),
            self._came,
            lane=Lane.POOL,
        )

    def stop(self) -> None:
        """The dialog is closed: nobody waits for the rest."""
        self._is_stopped = True
        self._soon.stop()

    @Slot(int)
    def ask_soon(self, _ticks: int) -> None:
        """Something was ticked or unticked."""
        self._soon.start()

    @Slot(object)
    def _came(self, previews: dict[int, AccessPreview]) -> None:
        self._previews = previews
        self._ask()

    @Slot()
    def _ask(self) -> None:
        previews, ticked = self._previews, self._ticked()
        if previews is not None and not self._is_stopped:
            self._context.background.run(
                lambda: sum_up(previews[handle] for handle in ticked if handle in previews),
                self._show,
                latest=self._latest,
            )

    @Slot(object)
    def _show(self, access: AccessOfMany) -> None:
        lines = []
        if access.gained:
            text = self.tr("Får tillgång (antal företag): %1")
            lines.append(text.replace("%1", self._names(access.gained)))
        if access.lost:
            text = self.tr("Förlorar tillgång (antal företag): %1")
            lines.append(text.replace("%1", self._names(access.lost)))
        self.label.setText("\n".join(lines) or self.tr("Ingen får eller förlorar tillgång."))

    def _names(self, counted: tuple[tuple[str, int], ...]) -> str:
        named = [f"{name} ({number_text(companies)})" for name, companies in counted[:_NAMED]]
        if len(counted) > _NAMED:
            named.append(self.tr("och %n till", "", len(counted) - _NAMED))
        return ", ".join(named)

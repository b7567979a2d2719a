"""The customer list's rows as cells."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QObject

from ui.background import Background
from ui.customers.lines import Line
from ui.formats import changed_text
from ui.service_names import short_name
from ui.translation import QT_TRANSLATE_NOOP
from ui.widgets.cells import Cell, Chip, Column
from ui.widgets.service_chips import NO_SERVICES, mark_words, state_chip, translate_state
from ui.widgets.windowed_model import WindowedModel

_REGISTERED = {
    "registered": ("ok", "check", QT_TRANSLATE_NOOP("CustomerList", "Registrerad")),
    "not_registered": ("", "user-plus", QT_TRANSLATE_NOOP("CustomerList", "Inte registrerad")),
}
_UNKNOWN = ("", "question-mark", QT_TRANSLATE_NOOP("CustomerList", "Inte kontrollerad"))


OPTIONAL = frozenset({"town"})
"""Columns that are shown only where a person has chosen them."""


def _tr(source: str) -> str:
    return QCoreApplication.translate("CustomerList", source)


def registered_words(answer: str) -> str:
    """Registrerad, Inte registrerad or Inte kontrollerad."""
    return _tr(_REGISTERED.get(answer, _UNKNOWN)[2])


class CustomerListModel(WindowedModel[Line]):
    """Formats `Line`s. `language` gives the services' names, `now` decides what is *i går*."""

    def __init__(
        self,
        background: Background,
        language: Callable[[], str],
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        self._language = language
        self._now = now
        self._chosen: tuple[str, ...] = ()
        super().__init__(None, background, tickable=True, parent=parent)
        self.sort_key = "name"

    def choose_columns(self, keys: Sequence[str]) -> None:
        """Show these in this order; none is the program's own choice."""
        self._chosen = tuple(keys)
        self.rebuild_columns()

    def columns(self) -> list[Column]:
        known = {column.key: column for column in self.all_columns()}
        chosen = [known[key] for key in self._chosen if key in known]
        return chosen or [column for column in known.values() if column.key not in OPTIONAL]

    def all_columns(self) -> list[Column]:
        """Every column that there is, in the program's own order."""
        return [
            Column(key="number", title=_tr(QT_TRANSLATE_NOOP("CustomerList", "Kundnr")), width=84),
            Column(
                key="name",
                title=_tr(QT_TRANSLATE_NOOP("CustomerList", "Kund")),
                second_title=_tr(QT_TRANSLATE_NOOP("CustomerList", "Org.nr")),
                width=300,
                stretch=True,
                min_width=222,
            ),
            Column(
                key="registered",
                title=_tr(QT_TRANSLATE_NOOP("CustomerList", "Hos Visma Spcs")),
                width=150,
                priority=2,
            ),
            Column(
                key="services",
                title=_tr(QT_TRANSLATE_NOOP("CustomerList", "Tjänster")),
                width=360,
                stretch=True,
                min_width=190,
                sortable=False,
            ),
            Column(
                key="manager",
                title=_tr(QT_TRANSLATE_NOOP("CustomerList", "Kundansvarig")),
                width=152,
                priority=3,
            ),
            Column(
                key="town",
                title=_tr(QT_TRANSLATE_NOOP("CustomerList", "Ort")),
                width=130,
                priority=6,
                sortable=False,
            ),
            Column(
                key="changed", title=_tr(QT_TRANSLATE_NOOP("CustomerList", "Ändrad")), width=112, priority=4
            ),
        ]

    def row_id(self, row: Line) -> str:
        return row.id

    def row_key(self, row: Line) -> int:
        return row.handle

    def cell(self, row: Line, key: str) -> Cell:
        match key:
            case "number":
                return Cell(text=row.number)
            case "name":
                return Cell(text=row.name, second=row.identity)
            case "registered":
                kind, icon, text = _REGISTERED.get(row.registered, _UNKNOWN)
                return Cell(text=_tr(text), icon=icon, kind=kind, muted=not kind)
            case "services":
                return Cell(chips=self._chips(row))
            case "manager":
                return Cell(text=row.manager)
            case "town":
                return Cell(text=row.town)
            case "changed":
                return self._changed(row)
        return Cell()

    def sentence(self, row: Line) -> str:
        services = ", ".join(chip.hint or chip.text for chip in self._chips(row))
        parts = [row.name, row.identity, registered_words(row.registered), services, mark_words(row.mark)]
        if row.attention:
            parts.append(_tr(QT_TRANSLATE_NOOP("CustomerList", "att åtgärda")))
        return ", ".join(part for part in parts if part) + "."

    def _chips(self, row: Line) -> tuple[Chip, ...]:
        language = self._language()
        chips = tuple(
            state_chip(
                short_name(fact.service, language)
                if fact.service
                else _tr(QT_TRANSLATE_NOOP("CustomerList", "Okänd tjänst")),
                fact.state,
                mark=fact.mark,
                missing_engagement=fact.missing_engagement,
                ends_on=fact.ends_on,
            )
            for fact in row.services
        )
        return chips or (Chip(translate_state(NO_SERVICES), "none", "circle"),)

    def _changed(self, row: Line) -> Cell:
        if row.attention:
            return Cell(
                text=_tr(QT_TRANSLATE_NOOP("CustomerList", "Att åtgärda")),
                icon="alert-circle-filled",
                kind="bad",
            )
        if row.mark:
            return Cell(text=mark_words(row.mark), kind="info")
        if row.changed_at is None:
            return Cell()
        return Cell(text=changed_text(row.changed_at, self._now()), muted=True)

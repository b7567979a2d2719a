"""The collaborations and engagements of one customer as rows."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject

from ui.service_names import short_name
from ui.translation import QT_TRANSLATE_NOOP
from ui.widgets.cells import Cell, Chip, Column
from ui.widgets.list_model import RowsModel
from ui.widgets.service_chips import MISSING_ENGAGEMENT, translate_state, word_chip

_PAYERS = {
    "firm": QT_TRANSLATE_NOOP("CustomerPane", "Byrån betalar"),
    "customer": QT_TRANSLATE_NOOP("CustomerPane", "Kunden betalar"),
}


def _tr(source: str) -> str:
    return QCoreApplication.translate("CustomerPane", source)


class CollaborationsModel(RowsModel[Any]):
    """Rows are app.usecases.customer_details.CollaborationSummary."""

    def __init__(
        self,
        language: Callable[[], str],
        catalogue: Any,
        sentence_of: Callable[[str], str],
        parent: QObject,
    ) -> None:
        self._sentence_of = sentence_of
        self._language = language
        self._catalogue = catalogue
        super().__init__(tickable=True, parent=parent)

    def columns(self) -> list[Column]:
        texts = {
            "service": _tr(QT_TRANSLATE_NOOP("CustomerPane", "Tjänst")),
            "state": _tr(QT_TRANSLATE_NOOP("CustomerPane", "Läge")),
            "engagement": _tr(QT_TRANSLATE_NOOP("CustomerPane", "Hör till uppdrag")),
            "terms": _tr(QT_TRANSLATE_NOOP("CustomerPane", "Variant och betalning")),
            "started": _tr(QT_TRANSLATE_NOOP("CustomerPane", "Sedan")),
        }
        widths = {"service": 190, "state": 250, "engagement": 200, "terms": 220, "started": 110}
        return [
            Column(
                key=key,
                title=title,
                width=widths[key],
                stretch=key in ("engagement", "terms"),
                min_width=120,
                sortable=False,
                priority={"started": 2, "terms": 1}.get(key, 0),
            )
            for key, title in texts.items()
        ]

    def row_id(self, row: Any) -> str:
        return str(row.id)

    def cell(self, row: Any, key: str) -> Cell:
        match key:
            case "service":
                return Cell(text=self._service(row), strong=True)
            case "state":
                return Cell(chips=self._chips(row))
            case "engagement":
                if row.is_missing_engagement:
                    return Cell(text=translate_state(MISSING_ENGAGEMENT), icon="unlink", muted=True)
                return Cell(text=row.engagement)
            case "terms":
                payer = _tr(_PAYERS[row.payer]) if row.payer in _PAYERS else row.payer
                parts = [self._variant(row), payer]
                return Cell(text=" · ".join(part for part in parts if part), muted=True)
            case "started":
                return Cell(text=row.started_on, muted=True)
        return Cell()

    def sentence(self, row: Any) -> str:
        about = translate_state(MISSING_ENGAGEMENT) if row.is_missing_engagement else row.engagement
        chips = ", ".join(chip.hint or chip.text for chip in self._chips(row))
        return ", ".join(p for p in (self._service(row), chips, about) if p).removesuffix(".") + "."

    def _chips(self, row: Any) -> tuple[Chip, ...]:
        """The state, and what else there is to know: who ended it, what was refused, no login yet."""
        state = word_chip(row.state, ends_on=row.ends_on)
        if row.mark:
            return (state, word_chip(row.state, mark=row.mark, ends_on=row.ends_on))
        if row.problem:
            text = _tr(QT_TRANSLATE_NOOP("CustomerPane", "Gick inte"))
            said = self._sentence_of(row.problem).replace("\n", " ")
            return (state, Chip(text, "bad", "alert-circle-filled", said))
        if row.state in ("ending", "ended") and row.ended_by in ("customer", "vendor"):
            words = {
                "customer": QT_TRANSLATE_NOOP("CustomerPane", "av kunden"),
                "vendor": QT_TRANSLATE_NOOP("CustomerPane", "av Visma Spcs"),
            }
            return (state, Chip(_tr(words[row.ended_by]), "none", "user"))
        if row.state in ("ending", "ended") and row.ended_by:
            who = _tr(QT_TRANSLATE_NOOP("CustomerPane", "av %1")).replace("%1", row.ended_by)
            return (state, Chip(who, "none", "user"))
        if row.login == "waiting":
            text = _tr(QT_TRANSLATE_NOOP("CustomerPane", "Har inte loggat in än"))
            return (state, Chip(text, "wait", "key"))
        if row.login:
            text = _tr(QT_TRANSLATE_NOOP("CustomerPane", "Inloggningsmejlet kom inte fram"))
            return (state, Chip(text, "bad", "mail-x"))
        return (state,)

    def _variant(self, row: Any) -> str:
        """The variant's name in the catalogue; a word of a newer server as it is."""
        field = self._catalogue.service(row.service).find_field("variant") if row.service else None
        options = field.options if field is not None else ()
        label = next((option.label for option in options if option.value == row.variant), None)
        return str(label.text(self._language())) if label is not None else str(row.variant)

    def _service(self, row: Any) -> str:
        return short_name(row.service, self._language()) if row.service else str(row.product)


class EngagementsModel(RowsModel[Any]):
    """Rows are app.usecases.customer_details.EngagementSummary."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(tickable=True, parent=parent)

    def columns(self) -> list[Column]:
        return [
            Column(
                key="title",
                title=_tr(QT_TRANSLATE_NOOP("CustomerPane", "Uppdrag")),
                width=240,
                stretch=True,
                min_width=160,
                sortable=False,
            ),
            Column(
                key="state",
                title=_tr(QT_TRANSLATE_NOOP("CustomerPane", "Läge")),
                width=120,
                sortable=False,
            ),
            Column(
                key="staff",
                title=_tr(QT_TRANSLATE_NOOP("CustomerPane", "Ansvarig och deltagare")),
                width=360,
                stretch=True,
                min_width=160,
                sortable=False,
            ),
        ]

    def row_id(self, row: Any) -> str:
        return str(row.id)

    def cell(self, row: Any, key: str) -> Cell:
        match key:
            case "title":
                return Cell(text=row.title, strong=True)
            case "state":
                return Cell(text=self._state(row), muted=not row.is_ongoing)
            case "staff":
                nobody = _tr(QT_TRANSLATE_NOOP("CustomerPane", "Ingen deltar: då får ingen tillgång"))
                return Cell(text=", ".join(row.staff) or nobody, muted=not row.staff)
        return Cell()

    def sentence(self, row: Any) -> str:
        return f"{row.title}, {self._state(row)}, {', '.join(row.staff)}."

    def _state(self, row: Any) -> str:
        if row.is_ongoing:
            return _tr(QT_TRANSLATE_NOOP("CustomerPane", "Pågående"))
        return _tr(QT_TRANSLATE_NOOP("CustomerPane", "Avslutat"))

"""Överlämningslista for a colleague who leaves: who takes over which engagement and customer."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication

from app.domain.swedish_order import sort_key
from app.usecases.staffing import Duty
from ui.engagements.duties_dialog import role_words
from ui.sheets.paper import Paper, muted_html, table_html, title_html
from ui.translation import QT_TRANSLATE_NOOP


def _tr(source: str) -> str:
    return QCoreApplication.translate("DutiesPaper", source)


def duties_paper(
    name: str, duties: Sequence[Duty], takers: Mapping[str, str], last: date, firm: str, today: date
) -> Paper:
    """What hangs on this colleague, and who takes it. `takers`: role → name; one without is left open."""
    title = _tr(QT_TRANSLATE_NOOP("DutiesPaper", "Överlämningslista"))
    until = _tr(QT_TRANSLATE_NOOP("DutiesPaper", "sista dag %1")).replace("%1", last.isoformat())
    rows = [
        (one.customer, one.engagement, role_words(one.role), takers.get(one.role, ""), "☐")
        for one in sorted(duties, key=lambda one: (sort_key(one.customer), one.engagement))
    ]
    headings = [
        _tr(QT_TRANSLATE_NOOP("DutiesPaper", "Kund")),
        _tr(QT_TRANSLATE_NOOP("DutiesPaper", "Uppdrag")),
        _tr(QT_TRANSLATE_NOOP("DutiesPaper", "Roll")),
        _tr(QT_TRANSLATE_NOOP("DutiesPaper", "Tar över")),
        _tr(QT_TRANSLATE_NOOP("DutiesPaper", "Klart")),
    ]
    nothing = _tr(QT_TRANSLATE_NOOP("DutiesPaper", "Inget uppdrag och ingen kund hänger på medarbetaren."))
    body = title_html(name, f"{title} · {firm} · {until}")
    body += table_html(headings, rows, (26, 22, 20, 17, 15)) if rows else muted_html(nothing)
    foot = f"{firm} · {title} · {today.isoformat()}"
    return Paper(title=f"{title} {name}", body=body, foot=foot, landscape=True)

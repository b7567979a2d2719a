"""Överlämningslista: what is handed over when a customer leaves, and what it must take care of itself."""

from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.domain.retention import keep_until
from app.usecases.customer_page import CustomerView
from ui.screens import ScreenContext
from ui.sheets.customer_paper_dialog import CustomerPaperDialog
from ui.sheets.customer_sheet import customer_facts
from ui.sheets.paper import Paper, head_html, muted_html, pairs_html, table_html, text_html, title_html
from ui.translation import QT_TRANSLATE_NOOP
from ui.widgets.service_chips import state_words


def _tr(source: str) -> str:
    return QCoreApplication.translate("Handover", source)


def handover_list(view: CustomerView, firm: str, today: Any, catalogue: Any, language: str) -> Paper:
    """The paper that both sides sign. This customer only; no internal notes."""
    title = _tr(QT_TRANSLATE_NOOP("Handover", "Överlämningslista"))
    day = today.isoformat()
    services = []
    for row in view.details.collaborations:
        service = catalogue.service(row.service)
        name = service.label.text(language) if row.service else row.product
        services.append((name, state_words(row.state, row.ends_on, row.mark), row.ends_on, "☐"))
    engagements = [
        (one.title, ", ".join(one.staff), "☐") for one in view.details.engagements if one.is_ongoing
    ]
    done = _tr(QT_TRANSLATE_NOOP("Handover", "Lämnat"))
    parts = [
        title_html(view.details.name, f"{title} · {firm} · {day}"),
        customer_facts(view),
        head_html(_tr(QT_TRANSLATE_NOOP("Handover", "Tjänster"))),
        table_html(
            [
                _tr(QT_TRANSLATE_NOOP("Handover", "Tjänst")),
                _tr(QT_TRANSLATE_NOOP("Handover", "Läge")),
                _tr(QT_TRANSLATE_NOOP("Handover", "Sista dag")),
                done,
            ],
            services,
            (46, 24, 18, 12),
        )
        if services
        else muted_html(_tr(QT_TRANSLATE_NOOP("Handover", "Inga samarbeten."))),
        head_html(_tr(QT_TRANSLATE_NOOP("Handover", "Pågående uppdrag"))),
        table_html(
            [
                _tr(QT_TRANSLATE_NOOP("Handover", "Uppdrag")),
                _tr(QT_TRANSLATE_NOOP("Handover", "Byråns medarbetare")),
                done,
            ],
            engagements,
            (46, 42, 12),
        )
        if engagements
        else muted_html(_tr(QT_TRANSLATE_NOOP("Handover", "Inget pågående uppdrag."))),
        head_html(_tr(QT_TRANSLATE_NOOP("Handover", "Att bevara"))),
        text_html(
            catalogue.texts.text(
                "deletion.law", language, date=keep_until(view.record.fiscal_year_end, today).isoformat()
            )
        ),
        head_html(_tr(QT_TRANSLATE_NOOP("Handover", "Överlämnat"))),
        pairs_html(
            [
                (_tr(QT_TRANSLATE_NOOP("Handover", "Datum")), "_" * 28),
                (firm, "_" * 44),
                (view.details.name, "_" * 44),
            ]
        ),
    ]
    return Paper(title=f"{title} {view.details.name}", body="".join(parts), foot=f"{firm} · {title} · {day}")


class HandoverDialog(CustomerPaperDialog):
    """`open_with(customer_id=…)`."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self.setWindowTitle(self.tr("Överlämningslista"))

    def paper_of(self, view: CustomerView, firm: str) -> Paper:
        samverka, language = self.context.samverka, self.context.messages.language
        return handover_list(view, firm, samverka.clock.today(), samverka.catalogue, language)


def create_pane(context: ScreenContext) -> QWidget:
    """The dialog *Överlämningslista*."""
    return HandoverDialog(context)

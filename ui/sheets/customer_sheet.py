"""Kundblad: one customer's collaborations, terms, engagements and who has access; no internal notes."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication

from app.domain.contact_details import format_phone
from app.domain.identity import is_personal
from app.domain.swedish_order import sort_key
from app.usecases.customer_page import CustomerView
from ui.sheets.paper import Paper, head_html, muted_html, pairs_html, table_html, title_html
from ui.translation import QT_TRANSLATE_NOOP
from ui.widgets.service_chips import MISSING_ENGAGEMENT, state_words, translate_state


def _tr(source: str) -> str:
    return QCoreApplication.translate("CustomerSheet", source)


def customer_sheet(view: CustomerView, firm: str, today: str, catalogue: Any, language: str) -> Paper:
    """The paper about this customer. Personal numbers are masked as on the screen."""
    details = view.details
    title = _tr(QT_TRANSLATE_NOOP("CustomerSheet", "Kundblad"))
    parts = [
        title_html(details.name, f"{title} · {firm} · {today}"),
        customer_facts(view),
        head_html(_tr(QT_TRANSLATE_NOOP("CustomerSheet", "Samarbeten"))),
        _collaborations(view, catalogue, language),
        head_html(_tr(QT_TRANSLATE_NOOP("CustomerSheet", "Pågående uppdrag"))),
        _engagements(view),
        head_html(_tr(QT_TRANSLATE_NOOP("CustomerSheet", "Tillgång på byrån"))),
        _access(view, catalogue, language),
        head_html(_tr(QT_TRANSLATE_NOOP("CustomerSheet", "Kontaktpersoner"))),
        _contacts(view),
    ]
    return Paper(title=f"{title} {details.name}", body="".join(parts), foot=f"{firm} · {title} · {today}")


def customer_facts(view: CustomerView) -> str:
    """Who the customer is; a person's number is masked, a protected address left out."""
    details = view.details
    return pairs_html(
        [
            (_number_name(view), details.identity),
            (_tr(QT_TRANSLATE_NOOP("CustomerSheet", "Kundnummer")), details.number),
            (_tr(QT_TRANSLATE_NOOP("CustomerSheet", "Adress")), _address(view)),
            (_tr(QT_TRANSLATE_NOOP("CustomerSheet", "Kundansvarig")), details.manager),
            (_tr(QT_TRANSLATE_NOOP("CustomerSheet", "Räkenskapsårets slut")), details.fiscal_year_end),
        ]
    )


def _number_name(view: CustomerView) -> str:
    if is_personal(view.record.organisation_number):
        return _tr(QT_TRANSLATE_NOOP("CustomerSheet", "Personnummer"))
    return _tr(QT_TRANSLATE_NOOP("CustomerSheet", "Organisationsnummer"))


def _address(view: CustomerView) -> str:
    """A protected identity's address is kept out of everything that leaves the program."""
    return "" if view.record.protected else view.details.address


def _collaborations(view: CustomerView, catalogue: Any, language: str) -> str:
    payers = {
        "firm": _tr(QT_TRANSLATE_NOOP("CustomerSheet", "Byrån")),
        "customer": _tr(QT_TRANSLATE_NOOP("CustomerSheet", "Kunden")),
    }
    months = _tr(QT_TRANSLATE_NOOP("CustomerSheet", "%1 månader"))
    rows = []
    for row in view.details.collaborations:
        service = catalogue.service(row.service)
        field = service.find_field("variant")
        variant = field.option(row.variant).label.text(language) if field and row.variant else row.variant
        name = service.label.text(language) if row.service else row.product
        if variant and name and variant.split()[0] == name.split()[0]:
            name, variant = variant, ""  # a service of its own, such as Visma Min Lön
        engagement = translate_state(MISSING_ENGAGEMENT) if row.is_missing_engagement else row.engagement
        period = months.replace("%1", str(row.period_months)) if row.period_months else ""
        rows.append(
            (
                " ".join(part for part in (name, variant) if part),
                state_words(row.state, row.ends_on, row.mark),
                engagement,
                payers.get(row.payer, row.payer),
                period,
                row.started_on,
            )
        )
    if not rows:
        return muted_html(_tr(QT_TRANSLATE_NOOP("CustomerSheet", "Inga samarbeten.")))
    headings = [
        _tr(QT_TRANSLATE_NOOP("CustomerSheet", "Tjänst")),
        _tr(QT_TRANSLATE_NOOP("CustomerSheet", "Läge")),
        _tr(QT_TRANSLATE_NOOP("CustomerSheet", "Uppdrag")),
        _tr(QT_TRANSLATE_NOOP("CustomerSheet", "Fakturamottagare")),
        _tr(QT_TRANSLATE_NOOP("CustomerSheet", "Avtalsperiod")),
        _tr(QT_TRANSLATE_NOOP("CustomerSheet", "Sedan")),
    ]
    return table_html(headings, rows)


def _engagements(view: CustomerView) -> str:
    rows = [(row.title, ", ".join(row.staff)) for row in view.details.engagements if row.is_ongoing]
    if not rows:
        return muted_html(_tr(QT_TRANSLATE_NOOP("CustomerSheet", "Inget pågående uppdrag.")))
    headings = [
        _tr(QT_TRANSLATE_NOOP("CustomerSheet", "Uppdrag")),
        _tr(QT_TRANSLATE_NOOP("CustomerSheet", "Ansvarig och deltagare")),
    ]
    return table_html(headings, rows)


def _access(view: CustomerView, catalogue: Any, language: str) -> str:
    found: dict[str, set[str]] = {}
    for row in view.access:
        if row.until is None and row.because != "contact":
            service = catalogue.service(row.service).short.text(language) if row.service else ""
            found.setdefault(row.name, set()).add(service)
    rows = [
        (name, ", ".join(sorted(filter(None, services), key=sort_key)))
        for name, services in sorted(found.items(), key=_by_name)
    ]
    if not rows:
        return muted_html(
            _tr(QT_TRANSLATE_NOOP("CustomerSheet", "Ingen på byrån har tillgång till kundens tjänster."))
        )
    headings = [
        _tr(QT_TRANSLATE_NOOP("CustomerSheet", "Medarbetare")),
        _tr(QT_TRANSLATE_NOOP("CustomerSheet", "Tjänster")),
    ]
    return table_html(headings, rows)


def _by_name(item: tuple[str, set[str]]) -> Any:
    return sort_key(item[0])


def _contacts(view: CustomerView) -> str:
    rows = [(row.name, row.email, format_phone(row.phone)) for row in view.contacts]
    if not rows:
        return muted_html(_tr(QT_TRANSLATE_NOOP("CustomerSheet", "Ingen kontaktperson.")))
    headings = [
        _tr(QT_TRANSLATE_NOOP("CustomerSheet", "Namn")),
        _tr(QT_TRANSLATE_NOOP("CustomerSheet", "E-post")),
        _tr(QT_TRANSLATE_NOOP("CustomerSheet", "Telefon")),
    ]
    return table_html(headings, rows)

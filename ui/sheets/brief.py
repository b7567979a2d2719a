"""Underlag till kund: what the customer is told before anything is sent, on one paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.catalogue import Catalogue
from app.domain.consequences import Consequences
from app.domain.identity import mask_number
from app.domain.records import Branch
from ui.sheets.paper import Paper, escape, head_html, pairs_html, table_html, title_html
from ui.translation import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from app.domain.records import Customer


def _tr(source: str) -> str:
    return QCoreApplication.translate("CustomerBrief", source)


def customer_brief(
    customer: Customer, found: Consequences, firm: str, today: str, catalogue: Catalogue, language: str
) -> Paper:
    """The review as the customer may have it: this customer only, no internal notes, numbers masked."""
    texts = catalogue.texts
    title = _tr(QT_TRANSLATE_NOOP("CustomerBrief", "Underlag till kund"))
    parts = [title_html(customer.name, f"{title} · {firm} · {today}")]
    number = mask_number(customer.organisation_number)
    parts.append(pairs_html([(_tr(QT_TRANSLATE_NOOP("CustomerBrief", "Organisationsnummer")), number)]))
    for key in found.branches:
        passage = texts.passage(key, language)
        parts.append(f"<p><b>{escape(passage.lead)}</b> {escape(passage.text)}</p>")
    parts.append(head_html(_tr(QT_TRANSLATE_NOOP("CustomerBrief", "Tjänster"))))
    parts.append(_services(found, catalogue, language))
    parts.append(head_html(_tr(QT_TRANSLATE_NOOP("CustomerBrief", "E-post går till"))))
    mails = [(line.person.name, line.person.email) for line in found.mails]
    headings = [
        _tr(QT_TRANSLATE_NOOP("CustomerBrief", "Namn")),
        _tr(QT_TRANSLATE_NOOP("CustomerBrief", "E-post")),
    ]
    parts.append(table_html(headings, mails))
    if found.registered is not None and found.registered.gives_personal_number:
        said = _tr(QT_TRANSLATE_NOOP("CustomerBrief", "Personnumret lämnas till Visma Spcs."))
        parts.append(f"<p>{escape(said)}</p>")
    parts.append(head_html(_tr(QT_TRANSLATE_NOOP("CustomerBrief", "Byråns tillgång"))))
    parts.append(_access(found, catalogue, language))
    parts.append(f"<p>{escape(texts.text('information.always', language))}</p>")
    return Paper(title=f"{title} {customer.name}", body="".join(parts), foot=f"{firm} · {title} · {today}")


def _services(found: Consequences, catalogue: Catalogue, language: str) -> str:
    rows: list[Sequence[str]] = []
    for line in found.services:
        service = catalogue.service(line.service)
        values = []
        for name, value in line.values.items():
            field = service.find_field(name)
            if field is not None and value:
                values.append(f"{field.label.text(language)}: {field.option(value).label.text(language)}")
        decides = _tr(QT_TRANSLATE_NOOP("CustomerBrief", "Kunden bestämmer själv"))
        engagement = line.engagement.title if line.engagement is not None else ""
        rows.append((service.label.text(language), engagement, ", ".join(values) or decides))
    headings = [
        _tr(QT_TRANSLATE_NOOP("CustomerBrief", "Tjänst")),
        _tr(QT_TRANSLATE_NOOP("CustomerBrief", "Uppdrag")),
        _tr(QT_TRANSLATE_NOOP("CustomerBrief", "Villkor")),
    ]
    return table_html(headings, rows)


def _access(found: Consequences, catalogue: Catalogue, language: str) -> str:
    """The fixed sentence per engagement, and the names."""
    sentences: dict[str, None] = {}
    branch = Branch.NOT_REGISTERED if not found.access_after_approval else Branch.WITHOUT_SERVICE
    for line in found.services:
        if line.engagement is not None:
            passage = catalogue.texts.staff_access(branch, line.engagement.title, language)
            sentences.setdefault(passage.plain)
    names = ", ".join(dict.fromkeys(access.staff.name for access in found.access))
    return "".join(f"<p>{escape(text)}</p>" for text in (*sentences, names) if text)

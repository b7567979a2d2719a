"""Underlag till kund: what the customer is told before anything is sent, on one paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.catalogue import Catalogue
from app.domain.consequences import Consequences, MailRole, RegisteredLine, ServiceLine
from app.domain.contact_details import format_phone
from app.domain.identity import is_personal, mask_number
from app.domain.records import Branch, ParticipationRole
from ui.sheets.paper import Paper, head_html, muted_html, pairs_html, table_html, text_html, title_html
from ui.translation import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from app.domain.records import Customer

_ROLES = {
    MailRole.LOGIN: QT_TRANSLATE_NOOP("CustomerBrief", "Inloggningsinstruktioner"),
    MailRole.MAIN_APPROVER: QT_TRANSLATE_NOOP("CustomerBrief", "Huvudkontakt: godkänner eller avböjer"),
    MailRole.APPROVER: QT_TRANSLATE_NOOP("CustomerBrief", "Administratör: godkänner eller avböjer"),
    MailRole.INFORMED: QT_TRANSLATE_NOOP("CustomerBrief", "Administratör: informeras"),
}
_SERVICE_WIDTHS = (30, 34, 36)
_PEOPLE_WIDTHS = (30, 34, 36)


def _tr(source: str) -> str:
    return QCoreApplication.translate("CustomerBrief", source)


def customer_brief(
    customer: Customer, found: Consequences, firm: str, today: str, catalogue: Catalogue, language: str
) -> Paper:
    """The review as the customer may have it: this customer only, no internal notes, numbers masked."""
    texts = catalogue.texts
    title = _tr(QT_TRANSLATE_NOOP("CustomerBrief", "Underlag till kund"))
    number_name = (
        _tr(QT_TRANSLATE_NOOP("CustomerBrief", "Personnummer"))
        if is_personal(customer.organisation_number)
        else _tr(QT_TRANSLATE_NOOP("CustomerBrief", "Organisationsnummer"))
    )
    parts = [
        title_html(customer.name, f"{title} · {firm} · {today}"),
        pairs_html([(number_name, mask_number(customer.organisation_number))]),
    ]
    for key in found.branches:
        passage = texts.passage(key, language)
        parts.append(text_html(passage.text, passage.lead))
    parts.append(head_html(_tr(QT_TRANSLATE_NOOP("CustomerBrief", "Tjänster"))))
    parts.append(_services(found, catalogue, language))
    parts.append(head_html(_tr(QT_TRANSLATE_NOOP("CustomerBrief", "E-post från Visma Spcs"))))
    parts.append(_mails(found))
    if found.registered is not None:
        parts += _registered(found.registered, found.branch, catalogue, language)
    parts.append(head_html(_tr(QT_TRANSLATE_NOOP("CustomerBrief", "Byråns tillgång"))))
    parts.append(_access(found, firm, catalogue, language))
    parts.append(text_html(texts.text("information.always", language)))
    return Paper(title=f"{title} {customer.name}", body="".join(parts), foot=f"{firm} · {title} · {today}")


def _services(found: Consequences, catalogue: Catalogue, language: str) -> str:
    rows: list[Sequence[str]] = []
    for line in found.services:
        engagement = line.engagement.title if line.engagement is not None else ""
        name = catalogue.service(line.service).label.text(language)
        rows.append((name, engagement, _terms(line, catalogue, language)))
    headings = [
        _tr(QT_TRANSLATE_NOOP("CustomerBrief", "Tjänst")),
        _tr(QT_TRANSLATE_NOOP("CustomerBrief", "Uppdrag")),
        _tr(QT_TRANSLATE_NOOP("CustomerBrief", "Villkor")),
    ]
    return table_html(headings, rows, _SERVICE_WIDTHS)


def _terms(line: ServiceLine, catalogue: Catalogue, language: str) -> str:
    """The answers of the service's form, one a line; only an own subscription leaves them to the customer."""
    if line.branch is Branch.OWNS_SUBSCRIPTION:
        return _tr(QT_TRANSLATE_NOOP("CustomerBrief", "Kunden bestämmer själv"))
    said = []
    for field in catalogue.service(line.service).fields:
        if value := line.values.get(field.name, ""):
            said.append(f"{field.label.text(language)}: {field.option(value).label.text(language)}")
    return "\n".join(said) or "–"


def _mails(found: Consequences) -> str:
    rows: list[Sequence[str]] = [
        (line.person.name, line.person.email, _tr(_ROLES[line.role])) for line in found.mails
    ]
    if found.mails_if_registered:
        rows.append(
            (
                _tr(QT_TRANSLATE_NOOP("CustomerBrief", "Administratörer på vismaspcs.se")),
                "",
                _tr(
                    QT_TRANSLATE_NOOP("CustomerBrief", "Om kunden redan är registrerad: får frågan i stället")
                ),
            )
        )
    headings = [
        _tr(QT_TRANSLATE_NOOP("CustomerBrief", "Namn")),
        _tr(QT_TRANSLATE_NOOP("CustomerBrief", "E-post")),
        _tr(QT_TRANSLATE_NOOP("CustomerBrief", "Vad mejlet gäller")),
    ]
    return table_html(headings, rows, _PEOPLE_WIDTHS)


def _registered(line: RegisteredLine, branch: Branch, catalogue: Catalogue, language: str) -> list[str]:
    """What the vendor is told about whom."""
    head = _tr(QT_TRANSLATE_NOOP("CustomerBrief", "Uppgifter som registreras hos Visma Spcs"))
    if branch is Branch.UNKNOWN:
        head = _tr(
            QT_TRANSLATE_NOOP(
                "CustomerBrief", "Uppgifter som registreras om kunden inte finns hos Visma Spcs"
            )
        )
    contact, address = line.contact, line.contact.address
    town = f"{address.postal_code} {address.town}".strip()
    becomes = _tr(QT_TRANSLATE_NOOP("CustomerBrief", "%1, blir administratör och huvudkontakt"))
    pairs = [
        (_tr(QT_TRANSLATE_NOOP("CustomerBrief", "Kund")), line.customer.name),
        (
            _tr(QT_TRANSLATE_NOOP("CustomerBrief", "Kontaktperson")),
            becomes.replace("%1", contact.name) if contact.name else "",
        ),
        (_tr(QT_TRANSLATE_NOOP("CustomerBrief", "E-post")), contact.email),
        (_tr(QT_TRANSLATE_NOOP("CustomerBrief", "Telefon")), format_phone(contact.phone)),
        (
            _tr(QT_TRANSLATE_NOOP("CustomerBrief", "Postadress")),
            ", ".join(part for part in (address.street, town) if part),
        ),
    ]
    parts = [head_html(head), pairs_html(pairs)]
    if line.gives_personal_number:
        parts.append(text_html(catalogue.texts.text("consequence.personal_number", language)))
    return parts


def _access(found: Consequences, firm: str, catalogue: Catalogue, language: str) -> str:
    """The fixed sentence per engagement, and who that is today."""
    sentences: dict[str, None] = {}
    branch = Branch.NOT_REGISTERED if not found.access_after_approval else Branch.WITHOUT_SERVICE
    for line in found.services:
        if line.engagement is not None:
            passage = catalogue.texts.staff_access(branch, [line.engagement.title], language)
            sentences.setdefault(passage.plain)
    roles: dict[str, str] = {
        ParticipationRole.OWNER: _tr(QT_TRANSLATE_NOOP("CustomerBrief", "Uppdragsansvarig")),
        ParticipationRole.PARTICIPANT: _tr(QT_TRANSLATE_NOOP("CustomerBrief", "Deltagare")),
    }
    rows = [(one.staff.name, roles.get(one.role, one.role), one.engagement.title) for one in found.access]
    said = "".join(text_html(text) for text in sentences)
    if not rows:
        nobody = _tr(QT_TRANSLATE_NOOP("CustomerBrief", "Ingen på %1 deltar i uppdraget i dag."))
        return said + muted_html(nobody.replace("%1", firm))
    headings = [
        _tr(QT_TRANSLATE_NOOP("CustomerBrief", "Medarbetare")),
        _tr(QT_TRANSLATE_NOOP("CustomerBrief", "Roll")),
        _tr(QT_TRANSLATE_NOOP("CustomerBrief", "Uppdrag")),
    ]
    return said + table_html(headings, rows, (30, 25, 45))

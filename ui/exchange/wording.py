"""The words of the import: groups, fields and reasons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication

from app.domain.contact_details import format_phone
from app.domain.identity import mask_number
from app.system_causes import UNKNOWN
from app.usecases.importing import FieldDifference, ImportRow, Remark, RowGroup
from ui.messages import Messages
from ui.translation import QT_TRANSLATE_NOOP
from ui.widgets.cells import Chip

DUPLICATE: Final = "duplicate"
_GROUPS: Final = {
    RowGroup.NEW: ("info", "plus", QT_TRANSLATE_NOOP("Import", "Ny")),
    RowGroup.CHANGED: ("wait", "pencil", QT_TRANSLATE_NOOP("Import", "Ändrad")),
    RowGroup.SAME: ("none", "check", QT_TRANSLATE_NOOP("Import", "Samma")),
    RowGroup.INVALID: ("bad", "alert-circle-filled", QT_TRANSLATE_NOOP("Import", "Ogiltig")),
    DUPLICATE: ("none", "copy", QT_TRANSLATE_NOOP("Import", "Dubblett")),
}
_FIELDS: Final = {
    "name": QT_TRANSLATE_NOOP("Import", "Namn"),
    "legal_form": QT_TRANSLATE_NOOP("Import", "Företagsform"),
    "organisation_number": QT_TRANSLATE_NOOP("Import", "Org.nr"),
    "customer_number": QT_TRANSLATE_NOOP("Import", "Kundnr"),
    "vendor_customer_number": QT_TRANSLATE_NOOP("Import", "Kundnr hos Visma Spcs"),
    "fiscal_year_end": QT_TRANSLATE_NOOP("Import", "Räkenskapsåret slutar"),
    "office": QT_TRANSLATE_NOOP("Import", "Kontor"),
    "street": QT_TRANSLATE_NOOP("Import", "Gata"),
    "postal_code": QT_TRANSLATE_NOOP("Import", "Postnr"),
    "town": QT_TRANSLATE_NOOP("Import", "Ort"),
    "country": QT_TRANSLATE_NOOP("Import", "Land"),
    "contact": QT_TRANSLATE_NOOP("Import", "Kontakt"),
    "email": QT_TRANSLATE_NOOP("Import", "E-post"),
    "phone": QT_TRANSLATE_NOOP("Import", "Telefon"),
}
_FORMATS: Final = {"csv": "csv", "xlsx": "Excel", "sie": "SIE"}


def _translate(source: str) -> str:
    return QCoreApplication.translate("Import", source)


def group_chip(row: ImportRow) -> Chip:
    """What happens to the row: icon, word and colour."""
    kind, icon, source = _GROUPS[DUPLICATE if row.first_seen is not None else row.group]
    return Chip(_translate(source), kind, icon)


def field_words(field: str) -> str:
    """The name of a field as the screens call it; one of a newer version as it is."""
    return _translate(_FIELDS[field]) if field in _FIELDS else field


def format_words(format_: str) -> str:
    """csv, Excel or SIE."""
    return _FORMATS.get(format_, format_)


def one_line(messages: Messages, code: str, data: object = None) -> str:
    """The sentence of a code, what happened and what to do after each other."""
    fields = dict(data) if isinstance(data, dict) else {}
    return messages.sentence(code, **fields).replace("\n", " ")


def remark_words(messages: Messages, remark: Remark) -> str:
    """The sentence of a remark about a row or a file; a file's format is named as the screens name it.

    A remark has no details to open: what the system says of a cause that Samverka does not know ends it.
    """
    data = dict(remark.data)
    if "format" in data:
        data["format"] = format_words(data["format"])
    technical = data.get("technical", "") if data.get("cause") == UNKNOWN else ""
    said = one_line(messages, remark.code, data)
    return f"{said} ({technical})" if technical else said


def reasons_of(messages: Messages, remarks: Sequence[Remark]) -> list[str]:
    """A sentence per remark, each once."""
    return list(dict.fromkeys(remark_words(messages, remark) for remark in remarks))


def difference_values(difference: FieldDifference) -> tuple[str, str]:
    """What the value is now and what it becomes, as `field_value` writes them."""
    before, after = (field_value(difference.field, text) for text in (difference.before, difference.after))
    return before or "–", after or "–"


def field_value(field: str, text: str) -> str:
    """A value of a row as a person reads it: a person's number masked, a phone number as Swedes write it."""
    if not text:
        return ""
    if field == "organisation_number":
        return mask_number(text)
    return format_phone(text) if field == "phone" else text


def difference_words(difference: FieldDifference) -> str:
    """*Ort: Solna → Täby*."""
    before, after = difference_values(difference)
    return f"{field_words(difference.field)}: {before} → {after}"

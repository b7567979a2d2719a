"""Words for the codes of suggestions: bands, reasons, fields, sources."""

from typing import Final

from PySide6.QtCore import QCoreApplication

from ui.translation import QT_TRANSLATE_NOOP

BANDS: Final = {
    "certain": QT_TRANSLATE_NOOP("Reconciliation", "Säker"),
    "likely": QT_TRANSLATE_NOOP("Reconciliation", "Trolig"),
    "unclear": QT_TRANSLATE_NOOP("Reconciliation", "Oklar"),
    "none": QT_TRANSLATE_NOOP("Reconciliation", "Utan förslag"),
}
BAND_KINDS: Final = {"certain": "ok", "likely": "wait"}

FILTERS: Final = {
    "all": QT_TRANSLATE_NOOP("Reconciliation", "Alla"),
    "certain": QT_TRANSLATE_NOOP("Reconciliation", "Säkra"),
    "likely": QT_TRANSLATE_NOOP("Reconciliation", "Troliga"),
    "unclear": QT_TRANSLATE_NOOP("Reconciliation", "Oklara"),
    "none": QT_TRANSLATE_NOOP("Reconciliation", "Utan förslag"),
    "missing_engagement": QT_TRANSLATE_NOOP("Reconciliation", "Uppdrag saknas"),
    "decided": QT_TRANSLATE_NOOP("Reconciliation", "Beslutade"),
}

FIELDS: Final = {
    "number": QT_TRANSLATE_NOOP("Reconciliation", "Org.nr"),
    "vendor_customer_number": QT_TRANSLATE_NOOP("Reconciliation", "Kundnr hos Visma"),
    "name": QT_TRANSLATE_NOOP("Reconciliation", "Namn"),
    "email": QT_TRANSLATE_NOOP("Reconciliation", "E-post"),
    "phone": QT_TRANSLATE_NOOP("Reconciliation", "Telefon"),
    "postal_code": QT_TRANSLATE_NOOP("Reconciliation", "Ort"),
}

LEVELS: Final = {
    "equal": QT_TRANSLATE_NOOP("Reconciliation", "lika"),
    "similar": QT_TRANSLATE_NOOP("Reconciliation", "liknar"),
    "against": QT_TRANSLATE_NOOP("Reconciliation", "skiljer sig"),
    "missing": QT_TRANSLATE_NOOP("Reconciliation", "saknas"),
}

SOURCES: Final = {
    "byrastod": QT_TRANSLATE_NOOP("Reconciliation", "Visma Byråstöd"),
    "smarta_byran": QT_TRANSLATE_NOOP("Reconciliation", "Smarta Byrån"),
    "samverka": "Samverka",
    "customer": QT_TRANSLATE_NOOP("Reconciliation", "kunden"),
}

REASONS: Final = {
    "several_with_number": QT_TRANSLATE_NOOP(
        "Reconciliation", "Flera kunder har samma organisationsnummer. Välj rätt kund."
    ),
    "name_against": QT_TRANSLATE_NOOP(
        "Reconciliation", "Numret stämmer men namnet är ett annat. Kontrollera innan du kopplar."
    ),
    "several_engagements": QT_TRANSLATE_NOOP("Reconciliation", "Flera uppdrag passar. Välj rätt uppdrag."),
    "no_engagement": QT_TRANSLATE_NOOP(
        "Reconciliation", "Kunden har inget pågående uppdrag som passar tjänsten."
    ),
    "service_unknown": QT_TRANSLATE_NOOP(
        "Reconciliation", "Det framgår inte vilken tjänst det är. Välj tjänst."
    ),
    "customer_archived": QT_TRANSLATE_NOOP(
        "Reconciliation", "Kunden är arkiverad. Återställ kunden innan du kopplar."
    ),
    "number_near": QT_TRANSLATE_NOOP(
        "Reconciliation",
        "Org.nr hos Visma har fel kontrollsiffra: en siffra är fel eller två har bytt plats. Kontrollera.",
    ),
    "several_alike": QT_TRANSLATE_NOOP("Reconciliation", "Lika starka förslag. Välj rätt kund."),
    "weak": QT_TRANSLATE_NOOP("Reconciliation", "Svagt förslag. Kontrollera noga innan du kopplar."),
    "serial_differs": QT_TRANSLATE_NOOP(
        "Reconciliation", "Samma nummer men ett annat löpnummer: det kan vara ägarens andra firma."
    ),
    "wrong_check_digit": QT_TRANSLATE_NOOP(
        "Reconciliation", "Organisationsnumret i byråns register har fel kontrollsiffra."
    ),
    "no_candidate": QT_TRANSLATE_NOOP(
        "Reconciliation", "Ingen kund liknar företaget. Sök efter kunden här, eller lägg upp den först."
    ),
    "other_number": QT_TRANSLATE_NOOP(
        "Reconciliation",
        "En kund heter likadant men har ett annat organisationsnummer: det är två olika företag.",
    ),
    "nothing_to_compare": QT_TRANSLATE_NOOP(
        "Reconciliation", "Visma har varken namn, nummer, e-post eller telefon för företaget."
    ),
    "customer_known": QT_TRANSLATE_NOOP("Reconciliation", "Kunden är känd, men uppdraget saknas."),
}

NONE_REASONS: Final = {
    "wrong_company": QT_TRANSLATE_NOOP("Reconciliation", "Inte vår kund"),
    "no_longer_ours": QT_TRANSLATE_NOOP("Reconciliation", "Har slutat hos oss"),
    "duplicate": QT_TRANSLATE_NOOP("Reconciliation", "Dubblett"),
    "test_data": QT_TRANSLATE_NOOP("Reconciliation", "Testdata"),
}

DECISIONS: Final = {
    "linked": QT_TRANSLATE_NOOP("Reconciliation", "Kopplat"),
    "none_of_these": QT_TRANSLATE_NOOP("Reconciliation", "Ingen av dessa"),
    "later": QT_TRANSLATE_NOOP("Reconciliation", "Senare"),
}


def word(words: dict[str, str], code: str) -> str:
    """The word of a code in the present language; an unknown code is shown as it is."""
    known = words.get(code)
    return QCoreApplication.translate("Reconciliation", known) if known else code

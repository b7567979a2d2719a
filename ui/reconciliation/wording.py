"""Words for the codes of suggestions: bands, reasons, fields, sources."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import QCoreApplication

from app.usecases.reconciliation_values import AccessPreview, CardLine, DecisionView
from ui.formats import moment_text
from ui.service_names import short_name
from ui.translation import QT_TRANSLATE_NOOP

BANDS: Final = {
    "certain": QT_TRANSLATE_NOOP("Reconciliation", "Säker"),
    "likely": QT_TRANSLATE_NOOP("Reconciliation", "Trolig"),
    "unclear": QT_TRANSLATE_NOOP("Reconciliation", "Oklar"),
    "none": QT_TRANSLATE_NOOP("Reconciliation", "Utan förslag"),
    "failed": QT_TRANSLATE_NOOP("Reconciliation", "Kunde inte hämtas"),
    "": QT_TRANSLATE_NOOP("Reconciliation", "Söker …"),
}
BAND_KINDS: Final = {"certain": "ok", "likely": "wait"}

FILTERS: Final = {
    "all": QT_TRANSLATE_NOOP("Reconciliation", "Alla"),
    "certain": QT_TRANSLATE_NOOP("Reconciliation", "Säkra"),
    "likely": QT_TRANSLATE_NOOP("Reconciliation", "Troliga"),
    "unclear": QT_TRANSLATE_NOOP("Reconciliation", "Oklara"),
    "none": QT_TRANSLATE_NOOP("Reconciliation", "Utan förslag"),
    "missing_engagement": QT_TRANSLATE_NOOP("Reconciliation", "Uppdrag saknas"),
    "failed": QT_TRANSLATE_NOOP("Reconciliation", "Kunde inte hämtas"),
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
    "other_name": QT_TRANSLATE_NOOP(
        "Reconciliation",
        "Kontaktuppgifterna stämmer men namnet är ett annat: det kan vara ett annat bolag med samma ägare.",
    ),
    "namesake_elsewhere": QT_TRANSLATE_NOOP(
        "Reconciliation",
        "Flera kunder heter så, och den här finns på en annan ort. Kontrollera vilken det är.",
    ),
    "number_unchecked": QT_TRANSLATE_NOOP(
        "Reconciliation",
        "Numren är lika men går inte att kontrollera, för de är inte svenska. Kontrollera namnet.",
    ),
    "several_engagements": QT_TRANSLATE_NOOP("Reconciliation", "Flera uppdrag passar. Välj rätt uppdrag."),
    "no_engagement": QT_TRANSLATE_NOOP(
        "Reconciliation", "Kunden har inget pågående uppdrag som passar tjänsten."
    ),
    "service_unknown": QT_TRANSLATE_NOOP(
        "Reconciliation", "Det framgår inte vilken tjänst det är. Välj tjänst."
    ),
    "customer_archived": QT_TRANSLATE_NOOP(
        "Reconciliation", "Kunden är arkiverad. Den återställs när du kopplar."
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
        "Reconciliation", "Ingen kund liknar företaget. Sök efter kunden här eller skapa den (K)."
    ),
    "other_number": QT_TRANSLATE_NOOP(
        "Reconciliation",
        "En kund heter likadant men har ett annat organisationsnummer: det är två olika företag.",
    ),
    "nothing_to_compare": QT_TRANSLATE_NOOP(
        "Reconciliation",
        "Visma har varken namn, nummer, e-post eller telefon som säger vilket företag det är.",
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


BECAUSE: Final = {
    "engagement_closed": QT_TRANSLATE_NOOP(
        "Reconciliation", "Uppdraget %1 avslutades. Därför är samarbetet okopplat igen."
    ),
    "engagement_removed": QT_TRANSLATE_NOOP(
        "Reconciliation", "Uppdraget %1 togs bort. Därför är samarbetet okopplat igen."
    ),
    "by_hand": QT_TRANSLATE_NOOP("Reconciliation", "Kopplingen till %1 togs bort."),
}

BECAUSE_OF_UNKNOWN: Final = {
    "engagement_closed": QT_TRANSLATE_NOOP(
        "Reconciliation", "Uppdraget avslutades. Därför är samarbetet okopplat igen."
    ),
    "engagement_removed": QT_TRANSLATE_NOOP(
        "Reconciliation", "Uppdraget togs bort. Därför är samarbetet okopplat igen."
    ),
    "by_hand": QT_TRANSLATE_NOOP("Reconciliation", "Kopplingen togs bort."),
}

LEFT: Final = {
    "suggestion_changed": QT_TRANSLATE_NOOP("Reconciliation", "förslaget har ändrats"),
    "gone": QT_TRANSLATE_NOOP("Reconciliation", "finns inte längre i kön"),
    "linked_by_other": QT_TRANSLATE_NOOP("Reconciliation", "en kollega hann före"),
    "engagement_closed": QT_TRANSLATE_NOOP("Reconciliation", "uppdraget är avslutat"),
    "customer_archived": QT_TRANSLATE_NOOP("Reconciliation", "kunden är arkiverad"),
}


def word(words: dict[str, str], code: str) -> str:
    """The word of a code in the present language; an unknown code is shown as it is."""
    known = words.get(code)
    return QCoreApplication.translate("Reconciliation", known) if known else code


def access_lines(preview: AccessPreview, language: str) -> str:
    """Names of who gains and loses access, a line each; with the services where it is not all of them."""
    lines = []
    if preview.gained:
        text = QCoreApplication.translate("Reconciliation", "Får tillgång: %1")
        lines.append(text.replace("%1", _names(preview.gained, preview.gained_to, language)))
    if preview.lost:
        text = QCoreApplication.translate("Reconciliation", "Förlorar tillgång: %1")
        lines.append(text.replace("%1", _names(preview.lost, preview.lost_to, language)))
    return "\n".join(lines) or QCoreApplication.translate(
        "Reconciliation", "Ingen får eller förlorar tillgång."
    )


def _names(names: Sequence[str], services: Mapping[str, Sequence[str]], language: str) -> str:
    shown = []
    for name in names:
        codes = [short_name(code, language) for code in services.get(name, ())]
        shown.append(f"{name} ({', '.join(codes)})" if codes else name)
    return ", ".join(shown)


def about_decision(decision: DecisionView) -> tuple[str, str, str]:
    """Why, by whom and when; "" for what is not known."""
    when = moment_text(decision.at, datetime.now(UTC)) if decision.at else ""
    return (word(NONE_REASONS, decision.reason) if decision.reason else "", decision.by, when)


def because_lines(lines: Sequence[CardLine]) -> list[str]:
    """Why collaborations that were linked are unlinked again, by whom and when; nothing for the others."""
    said: dict[str, None] = {}
    for line in lines:
        if line.unlinked_because not in BECAUSE:
            continue
        words = BECAUSE if line.engagement else BECAUSE_OF_UNKNOWN
        text = word(words, line.unlinked_because).replace("%1", line.engagement)
        when = moment_text(line.unlinked_at, datetime.now(UTC)) if line.unlinked_at else ""
        by = ", ".join(part for part in (line.unlinked_by, when) if part)
        said[f"{text} ({by})" if by else text] = None
    return list(said)


def changed_text(what: str, company: str) -> str:
    """What was decided about a link that stood, for a toast."""
    if what == "moved":
        text = QCoreApplication.translate("Reconciliation", "%1 flyttas till ett annat uppdrag")
    else:
        text = QCoreApplication.translate("Reconciliation", "Kopplingen för %1 tas bort")
    return text.replace("%1", company)


def undo_text() -> str:
    """The word for taking something back."""
    return QCoreApplication.translate("Reconciliation", "Ångra")

"""Words for commands and fields, as a person thinks of them."""

from functools import cache
from typing import Final

from PySide6.QtCore import QCoreApplication

from app.catalogue import load_catalogue
from app.domain.identity import mask_number
from ui.service_names import short_name
from ui.translation import QT_TRANSLATE_NOOP, shown_language

COMMANDS: Final = {
    "customer.create": QT_TRANSLATE_NOOP("Commands", "Ny kund"),
    "customer.update": QT_TRANSLATE_NOOP("Commands", "Ändra kund"),
    "customer.archive": QT_TRANSLATE_NOOP("Commands", "Arkivera kund"),
    "customer.restore": QT_TRANSLATE_NOOP("Commands", "Återställ kund"),
    "contact.add": QT_TRANSLATE_NOOP("Commands", "Ny kontaktperson"),
    "contact.update": QT_TRANSLATE_NOOP("Commands", "Ändra kontaktperson"),
    "contact.remove": QT_TRANSLATE_NOOP("Commands", "Ta bort kontaktperson"),
    "engagement.create": QT_TRANSLATE_NOOP("Commands", "Nytt uppdrag"),
    "engagement.update": QT_TRANSLATE_NOOP("Commands", "Ändra uppdrag"),
    "engagement.close": QT_TRANSLATE_NOOP("Commands", "Avsluta uppdrag"),
    "participation.add": QT_TRANSLATE_NOOP("Commands", "Ny deltagare på uppdrag"),
    "engagement.roll": QT_TRANSLATE_NOOP("Commands", "Rulla till nytt uppdrag"),
    "participation.end": QT_TRANSLATE_NOOP("Commands", "Deltagare slutar på uppdrag"),
    "participation.replace": QT_TRANSLATE_NOOP("Commands", "Byt medarbetare på uppdrag"),
    "staff.update": QT_TRANSLATE_NOOP("Commands", "Ändra medarbetare"),
    "staff.leave": QT_TRANSLATE_NOOP("Commands", "Medarbetare slutar"),
    "firm.update": QT_TRANSLATE_NOOP("Commands", "Ändra byråns inställningar"),
    "identity.reveal": QT_TRANSLATE_NOOP("Commands", "Visa personnummer"),
    "registration.set_main_contact": QT_TRANSLATE_NOOP("Commands", "Välj huvudkontakt"),
    "activation.create": QT_TRANSLATE_NOOP("Commands", "Aktivera tjänst"),
    "activation.proceed": QT_TRANSLATE_NOOP("Commands", "Fortsätt aktivering"),
    "activation.cancel": QT_TRANSLATE_NOOP("Commands", "Avbryt aktivering"),
    "activation.resend_login": QT_TRANSLATE_NOOP("Commands", "Skicka inloggningsinstruktioner igen"),
    "invitation.remind": QT_TRANSLATE_NOOP("Commands", "Påminn om inbjudan"),
    "invitation.resend": QT_TRANSLATE_NOOP("Commands", "Skicka inbjudan igen"),
    "invitation.withdraw": QT_TRANSLATE_NOOP("Commands", "Dra tillbaka inbjudan"),
    "collaboration.assign_service": QT_TRANSLATE_NOOP("Commands", "Välj tjänst för samarbete"),
    "collaboration.link": QT_TRANSLATE_NOOP("Commands", "Koppla samarbete"),
    "collaboration.unlink": QT_TRANSLATE_NOOP("Commands", "Ta bort koppling"),
    "collaboration.move": QT_TRANSLATE_NOOP("Commands", "Byt uppdrag för samarbete"),
    "collaboration.update": QT_TRANSLATE_NOOP("Commands", "Ändra samarbete"),
    "collaboration.end": QT_TRANSLATE_NOOP("Commands", "Avsluta samarbete"),
    "collaboration.cancel_end": QT_TRANSLATE_NOOP("Commands", "Låt samarbetet fortsätta"),
    "link_decision.set": QT_TRANSLATE_NOOP("Commands", "Beslut om okopplat samarbete"),
    "link_decision.revoke": QT_TRANSLATE_NOOP("Commands", "Ta upp okopplat samarbete igen"),
}

FIELDS: Final = {
    "name": QT_TRANSLATE_NOOP("Fields", "Namn"),
    "customer_number": QT_TRANSLATE_NOOP("Fields", "Kundnr"),
    "organisation_number": QT_TRANSLATE_NOOP("Fields", "Org.nr"),
    "kind": QT_TRANSLATE_NOOP("Fields", "Slag av kund"),
    "legal_form": QT_TRANSLATE_NOOP("Fields", "Företagsform"),
    "serial": QT_TRANSLATE_NOOP("Fields", "Löpnummer"),
    "office": QT_TRANSLATE_NOOP("Fields", "Kontor"),
    "address": QT_TRANSLATE_NOOP("Fields", "Adress"),
    "email": QT_TRANSLATE_NOOP("Fields", "E-post"),
    "phone": QT_TRANSLATE_NOOP("Fields", "Telefon"),
    "is_main": QT_TRANSLATE_NOOP("Fields", "Huvudkontakt"),
    "title": QT_TRANSLATE_NOOP("Fields", "Benämning"),
    "type": QT_TRANSLATE_NOOP("Fields", "Typ"),
    "fiscal_year": QT_TRANSLATE_NOOP("Fields", "Räkenskapsår"),
    "fiscal_year_end": QT_TRANSLATE_NOOP("Fields", "Räkenskapsårets slut"),
    "account_manager_id": QT_TRANSLATE_NOOP("Fields", "Kundansvarig"),
    "vendor_customer_number": QT_TRANSLATE_NOOP("Fields", "Kundnr hos Visma Spcs"),
    "parent_id": QT_TRANSLATE_NOOP("Fields", "Koncern"),
    "predecessor_id": QT_TRANSLATE_NOOP("Fields", "Föregångare"),
    "due_diligence": QT_TRANSLATE_NOOP("Fields", "Kundkännedom"),
    "engagement_letter": QT_TRANSLATE_NOOP("Fields", "Uppdragsavtal"),
    "protected": QT_TRANSLATE_NOOP("Fields", "Skyddad kund"),
    "protected_staff_ids": QT_TRANSLATE_NOOP("Fields", "Får se kunden"),
    "variant": QT_TRANSLATE_NOOP("Fields", "Variant"),
    "payer": QT_TRANSLATE_NOOP("Fields", "Betalas av"),
    "period_months": QT_TRANSLATE_NOOP("Fields", "Avtalsperiod"),
    "options": QT_TRANSLATE_NOOP("Fields", "Val för tjänsten"),
    "full_permission": QT_TRANSLATE_NOOP("Fields", "Fullständig behörighet"),
    "vendor_administrator": QT_TRANSLATE_NOOP("Fields", "Administratör hos Visma Spcs"),
    "sees": QT_TRANSLATE_NOOP("Fields", "Ser kunder"),
    "offices": QT_TRANSLATE_NOOP("Fields", "Kontor"),
    "settings": QT_TRANSLATE_NOOP("Fields", "Byråns regler"),
    "services": QT_TRANSLATE_NOOP("Fields", "Tjänster"),
    "recipient": QT_TRANSLATE_NOOP("Fields", "Mottagare"),
    "made_by": QT_TRANSLATE_NOOP("Fields", "Beslutat av"),
    "sent_by": QT_TRANSLATE_NOOP("Fields", "Skickat av"),
}

VALUES: Final = {
    "private_person": QT_TRANSLATE_NOOP("Values", "Privatperson"),
    "sole_firm": QT_TRANSLATE_NOOP("Values", "Enskild firma"),
    "legal_person": QT_TRANSLATE_NOOP("Values", "Juridisk person"),
    "estate": QT_TRANSLATE_NOOP("Values", "Dödsbo"),
    "association_without_number": QT_TRANSLATE_NOOP("Values", "Förening utan nummer"),
    "foreign": QT_TRANSLATE_NOOP("Values", "Utländskt företag"),
    "not_begun": QT_TRANSLATE_NOOP("Values", "inte påbörjad"),
    "ongoing": QT_TRANSLATE_NOOP("Values", "pågår"),
    "done": QT_TRANSLATE_NOOP("Values", "klar"),
    "customer": QT_TRANSLATE_NOOP("Values", "kunden"),
    "firm": QT_TRANSLATE_NOOP("Values", "byrån"),
    "all": QT_TRANSLATE_NOOP("Values", "alla"),
    "own": QT_TRANSLATE_NOOP("Values", "sina egna"),
    "office": QT_TRANSLATE_NOOP("Values", "kontorets"),
}

# Other fields hold what people have written: an office may be called «all».
_WORDED: Final = frozenset({"kind", "due_diligence", "engagement_letter", "payer", "sees"})

ACTORS: Final = {
    "customer": QT_TRANSLATE_NOOP("Actors", "kunden"),
    "vendor": QT_TRANSLATE_NOOP("Actors", "Visma Spcs"),
    "server": QT_TRANSLATE_NOOP("Actors", "servern"),
}

OUTCOMES: Final = {
    "queued": ("info", "upload", QT_TRANSLATE_NOOP("Outcomes", "I utkorgen")),
    "sending": ("info", "send", QT_TRANSLATE_NOOP("Outcomes", "Skickas")),
    "acknowledged": ("ok", "check", QT_TRANSLATE_NOOP("Outcomes", "Genomfört")),
    "confirmed": ("ok", "check", QT_TRANSLATE_NOOP("Outcomes", "Genomfört")),
    "conflict": ("bad", "alert-circle-filled", QT_TRANSLATE_NOOP("Outcomes", "Ändrat av någon annan")),
    "rejected": ("bad", "alert-circle-filled", QT_TRANSLATE_NOOP("Outcomes", "Gick inte")),
    "withdrawn": ("none", "arrow-back-up", QT_TRANSLATE_NOOP("Outcomes", "Ångrat")),
}


_FAULTS: Final = frozenset({"conflict", "rejected", "activation_refused"})


def attention_look(kind: str) -> tuple[str, str]:
    """Return the colour and the icon of an item to act on: a fault, or what waits for a decision."""
    return ("bad", "alert-circle-filled") if kind in _FAULTS else ("wait", "alert-triangle")


def command_words(type_name: str) -> str:
    """What a person calls the command; an unknown one is shown as it is."""
    known = COMMANDS.get(type_name)
    return QCoreApplication.translate("Commands", known) if known else type_name


def field_words(name: str) -> str:
    """What a person calls the field; an unknown one is shown as it is."""
    known = FIELDS.get(name)
    return QCoreApplication.translate("Fields", known) if known else name


def outcome_words(state: str) -> str:
    """I utkorgen, Skickas, Genomfört …"""
    known = OUTCOMES.get(state)
    return QCoreApplication.translate("Outcomes", known[2]) if known else state


def actor_words(by: str) -> str:
    """Who did something: a name as it is, or what a person calls the other parties."""
    known = ACTORS.get(by)
    return QCoreApplication.translate("Actors", known) if known else by


def value_words(name: str, value: object) -> str:
    """The value of a field as a person reads it; a personal number is masked."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return QCoreApplication.translate("Fields", "ja" if value else "nej")
    if name == "organisation_number":
        return mask_number(str(value))
    if name == "period_months":
        return QCoreApplication.translate("Fields", "%1 mån").replace("%1", str(value))
    if isinstance(value, dict):
        named = ((key if name == "options" else name, part) for key, part in value.items())
        return ", ".join(value_words(key, part) for key, part in named if part) or "–"
    if name == "services" and isinstance(value, list):
        return ", ".join(short_name(str(code), shown_language()) for code in value)
    if isinstance(value, list):
        return ", ".join(str(part) for part in value) or "–"
    known = VALUES.get(str(value)) if name in _WORDED else None
    if known:
        return QCoreApplication.translate("Values", known)
    return _labels(shown_language()).get((name, str(value)), str(value))


@cache
def _labels(language: str) -> dict[tuple[str, str], str]:
    """What the catalogue calls a choice, by field and code: kinds of engagement, variants, prices."""
    catalogue = load_catalogue()
    labels = {("type", kind.code): kind.label.text(language) for kind in catalogue.engagement_types}
    for service in catalogue.services:
        for field in service.fields:
            for option in field.options:
                labels.setdefault((field.name, option.value), option.label.text(language))
    return labels

"""Words for commands and fields, as a person thinks of them."""

from typing import Final

from PySide6.QtCore import QCoreApplication

from ui.translation import QT_TRANSLATE_NOOP

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
    "participation.end": QT_TRANSLATE_NOOP("Commands", "Deltagare slutar på uppdrag"),
    "activation.create": QT_TRANSLATE_NOOP("Commands", "Aktivera tjänst"),
    "activation.proceed": QT_TRANSLATE_NOOP("Commands", "Fortsätt aktivering"),
    "activation.cancel": QT_TRANSLATE_NOOP("Commands", "Avbryt aktivering"),
    "invitation.remind": QT_TRANSLATE_NOOP("Commands", "Påminn om inbjudan"),
    "invitation.resend": QT_TRANSLATE_NOOP("Commands", "Skicka inbjudan igen"),
    "invitation.withdraw": QT_TRANSLATE_NOOP("Commands", "Dra tillbaka inbjudan"),
    "collaboration.assign_service": QT_TRANSLATE_NOOP("Commands", "Välj tjänst för samarbete"),
    "collaboration.link": QT_TRANSLATE_NOOP("Commands", "Koppla samarbete"),
    "collaboration.unlink": QT_TRANSLATE_NOOP("Commands", "Ta bort koppling"),
    "collaboration.move": QT_TRANSLATE_NOOP("Commands", "Byt uppdrag för samarbete"),
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


def value_words(value: object) -> str:
    """A plain JSON value as a person reads it."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return QCoreApplication.translate("Fields", "ja" if value else "nej")
    if isinstance(value, dict):
        return ", ".join(str(part) for part in value.values() if part) or "–"
    if isinstance(value, list):
        return ", ".join(str(part) for part in value) or "–"
    return str(value)

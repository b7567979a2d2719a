"""What happened with a customer, in words."""

from typing import Final

from PySide6.QtCore import QCoreApplication

from ui.translation import QT_TRANSLATE_NOOP

WHAT: Final = {
    "customer_created": QT_TRANSLATE_NOOP("History", "Kunden lades till"),
    "customer_updated": QT_TRANSLATE_NOOP("History", "Kundens uppgifter ändrades"),
    "customer_archived": QT_TRANSLATE_NOOP("History", "Kunden arkiverades"),
    "customer_restored": QT_TRANSLATE_NOOP("History", "Kunden återställdes från arkivet"),
    "contact_added": QT_TRANSLATE_NOOP("History", "En kontakt lades till"),
    "contact_updated": QT_TRANSLATE_NOOP("History", "En kontakt ändrades"),
    "contact_removed": QT_TRANSLATE_NOOP("History", "En kontakt togs bort"),
    "contact_logged_in": QT_TRANSLATE_NOOP("History", "Kontaktpersonen loggade in"),
    "engagement_created": QT_TRANSLATE_NOOP("History", "Ett uppdrag skapades"),
    "engagement_updated": QT_TRANSLATE_NOOP("History", "Ett uppdrag ändrades"),
    "engagement_closed": QT_TRANSLATE_NOOP("History", "Ett uppdrag avslutades"),
    "engagement_rolled": QT_TRANSLATE_NOOP("History", "Ett uppdrag rullades till nästa"),
    "participation_added": QT_TRANSLATE_NOOP("History", "En medarbetare deltar i ett uppdrag"),
    "participation_ended": QT_TRANSLATE_NOOP("History", "En medarbetare lämnade ett uppdrag"),
    "substitute_added": QT_TRANSLATE_NOOP("History", "En vikarie deltar i ett uppdrag"),
    "access_by_calendar": QT_TRANSLATE_NOOP("History", "Tillgången ändrades enligt datum"),
    "linked": QT_TRANSLATE_NOOP("History", "Ett samarbete kopplades"),
    "unlinked": QT_TRANSLATE_NOOP("History", "Ett samarbete blev okopplat"),
    "moved": QT_TRANSLATE_NOOP("History", "Ett samarbete flyttades till ett annat uppdrag"),
    "service_assigned": QT_TRANSLATE_NOOP("History", "Tjänsten för ett samarbete valdes"),
    "agreement_changed": QT_TRANSLATE_NOOP("History", "Villkoren för ett samarbete ändrades"),
    "agreement_change_refused": QT_TRANSLATE_NOOP("History", "Visma Spcs nekade en ändring"),
    "end_asked": QT_TRANSLATE_NOOP("History", "Ett samarbete ska avslutas"),
    "end_confirmed": QT_TRANSLATE_NOOP("History", "Visma Spcs bekräftade ett avslut"),
    "end_refused": QT_TRANSLATE_NOOP("History", "Visma Spcs nekade ett avslut"),
    "end_cancelled": QT_TRANSLATE_NOOP("History", "Ett avslut ångrades"),
    "cancel_end_refused": QT_TRANSLATE_NOOP("History", "Visma Spcs nekade att ångra ett avslut"),
    "ended": QT_TRANSLATE_NOOP("History", "Ett samarbete avslutades"),
    "ended_elsewhere": QT_TRANSLATE_NOOP("History", "Ett samarbete avslutades av kunden"),
    "main_contact_set": QT_TRANSLATE_NOOP("History", "Huvudkontakten hos Visma Spcs ändrades"),
    "main_contact_refused": QT_TRANSLATE_NOOP("History", "Visma Spcs nekade en ny huvudkontakt"),
    "activation_received": QT_TRANSLATE_NOOP("History", "Tjänster aktiverades"),
    "activation_stopped": QT_TRANSLATE_NOOP("History", "En aktivering stoppades och väntar på beslut"),
    "activation_proceeded": QT_TRANSLATE_NOOP("History", "En stoppad aktivering fortsatte"),
    "activation_cancelled": QT_TRANSLATE_NOOP("History", "En aktivering avbröts"),
    "activation_refused": QT_TRANSLATE_NOOP("History", "Visma Spcs nekade en aktivering"),
    "registering": QT_TRANSLATE_NOOP("History", "Kunden registreras hos Visma Spcs"),
    "company_registered": QT_TRANSLATE_NOOP("History", "Kunden registrerades hos Visma Spcs"),
    "invited": QT_TRANSLATE_NOOP("History", "Kunden bjöds in"),
    "invitation_reminded": QT_TRANSLATE_NOOP("History", "Kunden påmindes"),
    "invitation_resent": QT_TRANSLATE_NOOP("History", "Inbjudan skickades igen"),
    "invitation_withdrawn": QT_TRANSLATE_NOOP("History", "Inbjudan drogs tillbaka"),
    "invitation_expired": QT_TRANSLATE_NOOP("History", "Inbjudan gick ut"),
    "invitation_locked": QT_TRANSLATE_NOOP("History", "Inbjudan låstes efter felaktiga svar"),
    "login_resent": QT_TRANSLATE_NOOP("History", "Inloggningsinstruktioner skickades igen"),
    "mail_sent": QT_TRANSLATE_NOOP("History", "Ett mejl skickades"),
    "mail_bounced": QT_TRANSLATE_NOOP("History", "Ett mejl studsade"),
    "mail_refused": QT_TRANSLATE_NOOP("History", "Ett mejl nekades av mottagarens server"),
    "mail_stopped": QT_TRANSLATE_NOOP("History", "Ingen e-post gick iväg från servern"),
    "mail_resumed": QT_TRANSLATE_NOOP("History", "E-posten från servern går iväg igen"),
    "approved": QT_TRANSLATE_NOOP("History", "Kunden godkände"),
    "declined": QT_TRANSLATE_NOOP("History", "Kunden avböjde"),
    "answer_refused": QT_TRANSLATE_NOOP("History", "Visma Spcs nekade det som kunden godkände"),
    "answer_may_be_lost": QT_TRANSLATE_NOOP(
        "History", "Servern återställdes från en kopia: kundens svar kan ha gått förlorat"
    ),
    "contact_correction_refused": QT_TRANSLATE_NOOP("History", "Visma Spcs nekade en rättad kontakt"),
    "set_up_locked": QT_TRANSLATE_NOOP(
        "History", "Sidan för första inloggningen låstes efter felaktiga svar"
    ),
    "customers_page_locked": QT_TRANSLATE_NOOP("History", "Kundens sida låstes efter felaktiga svar"),
    "staff_updated": QT_TRANSLATE_NOOP("History", "En medarbetares uppgifter ändrades"),
    "staff_leaving": QT_TRANSLATE_NOOP("History", "En medarbetare ska sluta"),
    "staff_left": QT_TRANSLATE_NOOP("History", "En medarbetare slutade"),
    "firm_updated": QT_TRANSLATE_NOOP("History", "Byråns inställningar ändrades"),
    "server_restored": QT_TRANSLATE_NOOP("History", "Servern återställdes från en säkerhetskopia"),
    "identity_revealed": QT_TRANSLATE_NOOP("History", "Personnumret visades"),
    "link_decision_set": QT_TRANSLATE_NOOP("History", "Ett beslut om koppling fattades"),
    "link_decision_revoked": QT_TRANSLATE_NOOP("History", "Ett beslut om koppling ångrades"),
}
_WHO = {
    "customer": QT_TRANSLATE_NOOP("History", "Kunden"),
    "vendor": QT_TRANSLATE_NOOP("History", "Visma Spcs"),
    "server": QT_TRANSLATE_NOOP("History", "Samverka"),
}


def what_words(what: str) -> str:
    """A sentence about an event; the code of a newer server as it is."""
    return QCoreApplication.translate("History", WHAT[what]) if what in WHAT else what


def who_words(by: str, by_kind: str) -> str:
    """Who did it: a name, or the customer, the vendor or the program."""
    if by_kind == "staff":
        return by
    who = QCoreApplication.translate("History", _WHO[by_kind]) if by_kind in _WHO else by_kind
    return f"{who} ({by})" if by and by not in (by_kind, "vendor", "server") else who

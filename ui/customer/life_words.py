"""The words of the guides: what can happen to a customer, and what each step means."""

from PySide6.QtCore import QCoreApplication

from app.domain.life_steps import LifeEvent, LifeStep, StepCode
from ui.translation import QT_TRANSLATE_NOOP

_EVENTS = {
    LifeEvent.LEAVES: (
        QT_TRANSLATE_NOOP("LifeGuide", "Kunden lämnar byrån"),
        QT_TRANSLATE_NOOP("LifeGuide", "Avsluta allt, lämna över och arkivera."),
    ),
    LifeEvent.OWNER_CHANGE: (
        QT_TRANSLATE_NOOP("LifeGuide", "Ägarbyte"),
        QT_TRANSLATE_NOOP(
            "LifeGuide", "Samma organisationsnummer: ny kundkännedom, huvudkontakt och administratörer."
        ),
    ),
    LifeEvent.CONVERSION: (
        QT_TRANSLATE_NOOP("LifeGuide", "Ombildning, fusion eller överlåtelse"),
        QT_TRANSLATE_NOOP(
            "LifeGuide", "Nytt organisationsnummer: samarbetena aktiveras på nytt, de flyttas aldrig."
        ),
    ),
    LifeEvent.BANKRUPTCY: (
        QT_TRANSLATE_NOOP("LifeGuide", "Konkurs"),
        QT_TRANSLATE_NOOP("LifeGuide", "Konkursförvaltaren företräder bolaget från och med nu."),
    ),
    LifeEvent.DEATH: (
        QT_TRANSLATE_NOOP("LifeGuide", "Dödsfall"),
        QT_TRANSLATE_NOOP("LifeGuide", "Kunden blir ett dödsbo med en ny företrädare."),
    ),
}
_STEPS = {
    StepCode.WITHDRAW: (
        QT_TRANSLATE_NOOP("LifeGuide", "Dra tillbaka obesvarade inbjudningar"),
        QT_TRANSLATE_NOOP("LifeGuide", "Ingen ska kunna godkänna något som inte längre gäller."),
        QT_TRANSLATE_NOOP("LifeGuide", "Dra tillbaka…"),
    ),
    StepCode.END_SERVICES: (
        QT_TRANSLATE_NOOP("LifeGuide", "Avsluta samarbetena"),
        QT_TRANSLATE_NOOP("LifeGuide", "Vad som händer med uppgifterna visas för varje tjänst."),
        QT_TRANSLATE_NOOP("LifeGuide", "Avsluta allt…"),
    ),
    StepCode.HAND_OVER: (
        QT_TRANSLATE_NOOP("LifeGuide", "Lämna över till kunden eller den nya byrån"),
        QT_TRANSLATE_NOOP(
            "LifeGuide", "Skriv ut överlämningslistan och kryssa för när materialet är lämnat."
        ),
        QT_TRANSLATE_NOOP("LifeGuide", "Överlämningslista…"),
    ),
    StepCode.CLOSE_ENGAGEMENTS: (
        QT_TRANSLATE_NOOP("LifeGuide", "Avsluta uppdragen"),
        QT_TRANSLATE_NOOP("LifeGuide", "Byråns medarbetare har sedan ingen tillgång genom dem."),
        QT_TRANSLATE_NOOP("LifeGuide", "Avsluta uppdrag…"),
    ),
    StepCode.ARCHIVE: (
        QT_TRANSLATE_NOOP("LifeGuide", "Arkivera kunden"),
        QT_TRANSLATE_NOOP("LifeGuide", "Kunden finns kvar bland de arkiverade och kan återställas."),
        QT_TRANSLATE_NOOP("LifeGuide", "Arkivera"),
    ),
    StepCode.CONTACT: (
        QT_TRANSLATE_NOOP("LifeGuide", "Ny huvudkontakt hos byrån"),
        QT_TRANSLATE_NOOP("LifeGuide", "Den som företräder kunden från och med nu."),
        QT_TRANSLATE_NOOP("LifeGuide", "Lägg till kontakt…"),
    ),
    StepCode.VENDOR_CONTACT: (
        QT_TRANSLATE_NOOP("LifeGuide", "Ny huvudkontakt hos Visma Spcs"),
        QT_TRANSLATE_NOOP("LifeGuide", "Blir också administratör och svarar på inbjudningar."),
        QT_TRANSLATE_NOOP("LifeGuide", "Välj huvudkontakt…"),
    ),
    StepCode.DUE_DILIGENCE: (
        QT_TRANSLATE_NOOP("LifeGuide", "Ny kundkännedom"),
        QT_TRANSLATE_NOOP("LifeGuide", "Den gamla gäller inte längre. Notera när den nya är klar."),
        QT_TRANSLATE_NOOP("LifeGuide", "Notera…"),
    ),
    StepCode.LETTER: (
        QT_TRANSLATE_NOOP("LifeGuide", "Nytt uppdragsavtal"),
        QT_TRANSLATE_NOOP("LifeGuide", "Notera när de nya ägarna har skrivit under."),
        QT_TRANSLATE_NOOP("LifeGuide", "Notera…"),
    ),
    StepCode.ADMINISTRATORS: (
        QT_TRANSLATE_NOOP("LifeGuide", "Tidigare administratörer är borttagna"),
        QT_TRANSLATE_NOOP(
            "LifeGuide", "Kunden tar själv bort dem på vismaspcs.se. Kontrollera och kryssa för."
        ),
        QT_TRANSLATE_NOOP("LifeGuide", "Kontrollera hos Visma Spcs"),
    ),
    StepCode.SUCCESSOR: (
        QT_TRANSLATE_NOOP("LifeGuide", "Lägg upp efterträdaren"),
        QT_TRANSLATE_NOOP(
            "LifeGuide", "Kontakter, adress och ansvariga följer med. Kunderna knyts till varandra."
        ),
        QT_TRANSLATE_NOOP("LifeGuide", "Skapa kund…"),
    ),
    StepCode.SUCCESSOR_ENGAGEMENTS: (
        QT_TRANSLATE_NOOP("LifeGuide", "Uppdrag hos efterträdaren"),
        QT_TRANSLATE_NOOP("LifeGuide", "Samma uppdrag med samma medarbetare, från i dag."),
        QT_TRANSLATE_NOOP("LifeGuide", "Skapa uppdragen"),
    ),
    StepCode.SUCCESSOR_SERVICES: (
        QT_TRANSLATE_NOOP("LifeGuide", "Aktivera tjänsterna hos efterträdaren"),
        QT_TRANSLATE_NOOP(
            "LifeGuide", "Ett samarbete hör till ett organisationsnummer och kan inte flyttas."
        ),
        QT_TRANSLATE_NOOP("LifeGuide", "Aktivera tjänster…"),
    ),
    StepCode.ESTATE: (
        QT_TRANSLATE_NOOP("LifeGuide", "Gör om kunden till dödsbo"),
        QT_TRANSLATE_NOOP(
            "LifeGuide", "Numret är detsamma. Tjänster som är bundna till företagsformen avslutas först."
        ),
        QT_TRANSLATE_NOOP("LifeGuide", "Gör om till dödsbo"),
    ),
    StepCode.DECIDE_SERVICES: (
        QT_TRANSLATE_NOOP("LifeGuide", "Bestäm vad som ska fortsätta"),
        QT_TRANSLATE_NOOP(
            "LifeGuide", "Kom överens med den nya företrädaren om vilka tjänster som ska avslutas."
        ),
        QT_TRANSLATE_NOOP("LifeGuide", "Avsluta…"),
    ),
}


def _tr(source: str) -> str:
    return QCoreApplication.translate("LifeGuide", source)


def event_words(event: LifeEvent) -> tuple[str, str]:
    """What it is called, and what it means."""
    title, about = _EVENTS[event]
    return _tr(title), _tr(about)


def step_words(code: StepCode) -> tuple[str, str, str]:
    """The step's title, what it means, and the verb on its button."""
    title, about, verb = _STEPS[code]
    return _tr(title), _tr(about), _tr(verb)


def left_words(step: LifeStep) -> str:
    """What is left of a step, as far as it can be told; "" for nothing more to say."""
    if step.done:
        return _tr(QT_TRANSLATE_NOOP("LifeGuide", "Klart"))
    if step.needs is not None:
        first = _tr(QT_TRANSLATE_NOOP("LifeGuide", "Först: %1"))
        return first.replace("%1", step_words(step.needs)[0])
    if step.ends_on is not None:
        waits = _tr(QT_TRANSLATE_NOOP("LifeGuide", "Avslutas %1"))
        return waits.replace("%1", step.ends_on.isoformat())
    if step.left:
        return _tr(QT_TRANSLATE_NOOP("LifeGuide", "%1 kvar")).replace("%1", str(step.left))
    return ""

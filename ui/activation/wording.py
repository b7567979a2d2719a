"""The activation's words that several of its pages share."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from app.catalogue import Catalogue
from app.domain.activation_draft import Step
from app.domain.consequences import MailRole
from app.domain.preconditions import Problem, Repair
from app.domain.records import Branch, CustomerKind, RegistrationAnswer
from ui.formats import moment_text
from ui.messages import Messages
from ui.translation import QT_TRANSLATE_NOOP

_STEPS = {
    Step.CUSTOMERS: QT_TRANSLATE_NOOP("Activation", "Kund"),
    Step.CHECK: QT_TRANSLATE_NOOP("Activation", "Kontroll hos Visma Spcs"),
    Step.SERVICES: QT_TRANSLATE_NOOP("Activation", "Tjänster och uppdrag"),
    Step.CONTACT: QT_TRANSLATE_NOOP("Activation", "Kontaktperson"),
    Step.ADMINISTRATORS: QT_TRANSLATE_NOOP("Activation", "Administratörer"),
    Step.ACCESS: QT_TRANSLATE_NOOP("Activation", "Byråns tillgång"),
    Step.REVIEW: QT_TRANSLATE_NOOP("Activation", "Granska och skicka"),
    Step.RESULT: QT_TRANSLATE_NOOP("Activation", "Klart"),
}
_ROLES = {
    MailRole.LOGIN: QT_TRANSLATE_NOOP("Activation", "Kontaktperson – får inloggningsinstruktioner"),
    MailRole.MAIN_APPROVER: QT_TRANSLATE_NOOP("Activation", "Huvudkontakt – godkänner eller avböjer"),
    MailRole.APPROVER: QT_TRANSLATE_NOOP("Activation", "Administratör – kan godkänna eller avböja"),
    MailRole.INFORMED: QT_TRANSLATE_NOOP("Activation", "Administratör – får information"),
}
_REPAIRS = {
    Repair.CREATE_ENGAGEMENT: QT_TRANSLATE_NOOP("Activation", "Skapa uppdrag…"),
    Repair.ADD_PARTICIPANT: QT_TRANSLATE_NOOP("Activation", "Lägg till deltagare…"),
    Repair.CHECK_AGAIN: QT_TRANSLATE_NOOP("Activation", "Kontrollera igen"),
    Repair.EDIT_CONTACT: QT_TRANSLATE_NOOP("Activation", "Ändra uppgifter…"),
    Repair.CHOOSE_VENDOR_NUMBER: QT_TRANSLATE_NOOP("Activation", "Välj kundnummer…"),
    Repair.NOTE_DUE_DILIGENCE: QT_TRANSLATE_NOOP("Activation", "Notera…"),
    Repair.CORRECT_NUMBER: QT_TRANSLATE_NOOP("Activation", "Rätta numret…"),
    Repair.LINK_INSTEAD: QT_TRANSLATE_NOOP("Activation", "Koppla i stället…"),
    Repair.RESTORE_CUSTOMER: QT_TRANSLATE_NOOP("Activation", "Återställ kunden"),
}
_BRANCHES = {
    Branch.NOT_REGISTERED: QT_TRANSLATE_NOOP("Activation", "Kunden registreras"),
    Branch.WITHOUT_SERVICE: QT_TRANSLATE_NOOP("Activation", "Nytt samarbete"),
    Branch.WITH_SERVICE: QT_TRANSLATE_NOOP("Activation", "Kunden har tjänsten"),
    Branch.OWNS_SUBSCRIPTION: QT_TRANSLATE_NOOP("Activation", "Kundens eget abonnemang"),
    Branch.UNKNOWN: QT_TRANSLATE_NOOP("Activation", "Inte kontrollerat"),
}
_KINDS = {
    CustomerKind.LEGAL_PERSON: QT_TRANSLATE_NOOP("Activation", "Juridisk person"),
    CustomerKind.SOLE_FIRM: QT_TRANSLATE_NOOP("Activation", "Enskild firma"),
    CustomerKind.PRIVATE_PERSON: QT_TRANSLATE_NOOP("Activation", "Privatperson"),
    CustomerKind.ESTATE: QT_TRANSLATE_NOOP("Activation", "Dödsbo"),
    CustomerKind.ASSOCIATION_WITHOUT_NUMBER: QT_TRANSLATE_NOOP("Activation", "Förening utan nummer"),
    CustomerKind.FOREIGN: QT_TRANSLATE_NOOP("Activation", "Utländskt företag"),
}
_ANSWERS = {
    RegistrationAnswer.REGISTERED: QT_TRANSLATE_NOOP("Activation", "Registrerad hos Visma Spcs"),
    RegistrationAnswer.NOT_REGISTERED: QT_TRANSLATE_NOOP("Activation", "Inte registrerad hos Visma Spcs"),
    RegistrationAnswer.UNKNOWN: QT_TRANSLATE_NOOP("Activation", "Okänt"),
}
_COLLABORATION = {
    "received": (QT_TRANSLATE_NOOP("Activation", "I utkorgen"), "info"),
    "registering": (QT_TRANSLATE_NOOP("Activation", "Registreras"), "wait"),
    "pending": (QT_TRANSLATE_NOOP("Activation", "Väntar på kund"), "wait"),
    "active": (QT_TRANSLATE_NOOP("Activation", "Aktivt"), "ok"),
    "ending": (QT_TRANSLATE_NOOP("Activation", "Avslutas"), "wait"),
    "ended": (QT_TRANSLATE_NOOP("Activation", "Avslutat"), "none"),
    "declined": (QT_TRANSLATE_NOOP("Activation", "Avböjd"), "none"),
    "expired": (QT_TRANSLATE_NOOP("Activation", "Utgången"), "none"),
    "withdrawn": (QT_TRANSLATE_NOOP("Activation", "Tillbakadragen"), "none"),
    "stopped": (QT_TRANSLATE_NOOP("Activation", "Väntar på dig"), "wait"),
    "refused": (QT_TRANSLATE_NOOP("Activation", "Nekades"), "bad"),
}


def _translate(text: str) -> str:
    return QCoreApplication.translate("Activation", text)


def step_name(step: Step) -> str:
    """The page's name in the list at the left."""
    return _translate(_STEPS[step])


def role_text(role: MailRole) -> str:
    """Why somebody gets an e-mail."""
    return _translate(_ROLES[role])


def repair_text(repair: Repair) -> str:
    """The words of the button that repairs; empty where there is none."""
    return _translate(_REPAIRS[repair]) if repair in _REPAIRS else ""


def branch_text(branch: str) -> str:
    """What happens with one service, in a few words; an unknown word is shown as it is."""
    return _translate(_BRANCHES[Branch(branch)]) if branch in _BRANCHES else branch


def reviewed_branch_text(branch: str) -> str:
    """The same in the review, where a company that is registered first needs no words for it again."""
    return branch_text(Branch.WITHOUT_SERVICE if branch == Branch.NOT_REGISTERED else branch)


def kind_text(kind: str) -> str:
    """What sort of customer it is; an unknown word is shown as it is."""
    return _translate(_KINDS[CustomerKind(kind)]) if kind in _KINDS else kind


def answer_text(answer: str) -> str:
    """The vendor's answer."""
    return _translate(_ANSWERS[RegistrationAnswer(answer)]) if answer in _ANSWERS else answer


def state_text(state: str) -> tuple[str, str]:
    """The words and the kind of colour of a collaboration's state."""
    words, kind = _COLLABORATION.get(state, (state, "none"))
    return _translate(words), kind


def checked_text(checked_at: datetime | None, now: datetime) -> str:
    """When the vendor was asked."""
    if checked_at is None:
        return _translate(QT_TRANSLATE_NOOP("Activation", "Inte kontrollerat än"))
    asked = _translate(QT_TRANSLATE_NOOP("Activation", "Kontrollerat %1"))
    return asked.replace("%1", moment_text(checked_at, now))


def problem_text(problem: Problem, catalogue: Catalogue, messages: Messages, values: dict[str, str]) -> str:
    """The sentence of a problem; warnings that are data of the catalogue have their sentence there.

    `values` are the answers and facts of the problem's service.
    """
    service = catalogue.service(problem.service)
    if problem.data.get("is_caution"):
        found = [c for c in service.cautions if c.code == problem.code]
        if found:
            return found[0].text.text(messages.language)
    data = dict(problem.data)
    if problem.code == "downgrade":
        lost = service.lost_modules(data.get("present", ""), values.get("variant", ""))
        data["modules"] = ", ".join(module.text(messages.language) for module in lost)
    field = service.find_field(problem.field_name)
    if field is not None:
        data["field"] = field.label.text(messages.language).lower()
    if "state" in data:
        data["state"] = state_text(data["state"])[0].lower()
    return messages.sentence(problem.code, service=service.label.text(messages.language), **data)

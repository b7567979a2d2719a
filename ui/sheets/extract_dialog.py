"""Registerutdrag: what is held about one person, as a paper for that person."""

from datetime import datetime
from typing import Any

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QWidget

from app.domain.contact_details import format_phone
from app.swedish_day import swedish_day
from app.usecases.person_extract import ExtractPerson, ExtractView
from ui.formats import moment_text
from ui.screens import ScreenContext
from ui.sheets.paper import Paper, head_html, muted_html, pairs_html, table_html, text_html, title_html
from ui.sheets.preview_dialog import PaperDialog
from ui.translation import QT_TRANSLATE_NOOP
from ui.widgets.combo import Combo, fill_combo


def _tr(source: str) -> str:
    return QCoreApplication.translate("PersonExtract", source)


_ROLES = {
    "approver": QT_TRANSLATE_NOOP("PersonExtract", "Inbjudan att godkänna"),
    "informed": QT_TRANSLATE_NOOP("PersonExtract", "Information"),
    "login": QT_TRANSLATE_NOOP("PersonExtract", "Inloggningsinstruktioner"),
}
_MAILS = {
    "queued": QT_TRANSLATE_NOOP("PersonExtract", "på väg"),
    "sent": QT_TRANSLATE_NOOP("PersonExtract", "skickat"),
    "refused": QT_TRANSLATE_NOOP("PersonExtract", "nekat av mottagarens server"),
    "bounced": QT_TRANSLATE_NOOP("PersonExtract", "studsade"),
}


def person_extract(view: ExtractView, firm: str, now: datetime, catalogue: Any, language: str) -> Paper:
    """The paper about this person only; what concerns others in the same records is left out."""
    title = _tr(QT_TRANSLATE_NOOP("PersonExtract", "Registerutdrag"))
    today = swedish_day(now).isoformat()

    def names(codes: tuple[str, ...]) -> str:
        return ", ".join(catalogue.service(code).short.text(language) for code in codes if code)

    def when(at: datetime | None) -> str:
        return swedish_day(at).isoformat() if at is not None else ""

    customer = _tr(QT_TRANSLATE_NOOP("PersonExtract", "Kund"))
    services = _tr(QT_TRANSLATE_NOOP("PersonExtract", "Tjänster"))
    day = _tr(QT_TRANSLATE_NOOP("PersonExtract", "Datum"))
    yes = _tr(QT_TRANSLATE_NOOP("PersonExtract", "ja"))
    email = _tr(QT_TRANSLATE_NOOP("PersonExtract", "E-post"))
    phone = _tr(QT_TRANSLATE_NOOP("PersonExtract", "Telefon"))
    main = _tr(QT_TRANSLATE_NOOP("PersonExtract", "Huvudkontakt"))
    sections = (
        (
            _tr(QT_TRANSLATE_NOOP("PersonExtract", "Kontaktperson hos byråns kunder")),
            (customer, _tr(QT_TRANSLATE_NOOP("PersonExtract", "Namn")), email, phone, main),
            [
                (name, one.name, one.email, format_phone(one.phone), yes if one.is_main else "")
                for name, one in view.contacts
            ],
        ),
        (
            _tr(QT_TRANSLATE_NOOP("PersonExtract", "Administratör hos Visma Spcs, enligt deras svar")),
            (customer, main),
            [(name, yes if is_main else "") for name, is_main in view.at_vendor],
        ),
        (
            _tr(QT_TRANSLATE_NOOP("PersonExtract", "E-post som har skickats")),
            (
                day,
                customer,
                services,
                _tr(QT_TRANSLATE_NOOP("PersonExtract", "Gällde")),
                _tr(QT_TRANSLATE_NOOP("PersonExtract", "Hur det gick")),
            ),
            [
                (
                    when(one.at),
                    one.customer,
                    names(one.services),
                    _tr(_ROLES[one.role]) if one.role in _ROLES else one.role,
                    _tr(_MAILS[one.state]) if one.state in _MAILS else one.state,
                )
                for one in view.mailed
            ],
        ),
        (
            _tr(QT_TRANSLATE_NOOP("PersonExtract", "Svar på inbjudningar")),
            (day, customer, services, _tr(QT_TRANSLATE_NOOP("PersonExtract", "Egna ord"))),
            [(when(one.at), one.customer, names(one.services), one.words) for one in view.answered],
        ),
        (
            _tr(QT_TRANSLATE_NOOP("PersonExtract", "Tillgång till tjänster")),
            (
                customer,
                services,
                _tr(QT_TRANSLATE_NOOP("PersonExtract", "Från")),
                _tr(QT_TRANSLATE_NOOP("PersonExtract", "Till")),
            ),
            [(one.customer, names((one.service,)), when(one.since), when(one.until)) for one in view.access],
        ),
        (
            _tr(QT_TRANSLATE_NOOP("PersonExtract", "Medarbetare på byrån")),
            (_tr(QT_TRANSLATE_NOOP("PersonExtract", "Namn")), email),
            [(one.name, one.email) for one in view.staff],
        ),
    )
    parts = [
        title_html(view.person.name, f"{title} · {firm} · {today}"),
        pairs_html([(email, view.person.email)]),
        text_html(
            _tr(
                QT_TRANSLATE_NOOP(
                    "PersonExtract",
                    "Uppgifterna används för byråns samarbeten med kunden i Visma Spcs tjänster: för att "
                    "bjuda in, ge tillgång och kunna visa vem som har godkänt vad. De kommer från kunden, "
                    "från dig själv och från Visma Spcs, och lämnas till Visma Spcs. Du kan begära att "
                    "uppgifterna rättas, begränsas eller raderas, och du kan klaga hos "
                    "Integritetsskyddsmyndigheten.",
                )
            )
        ),
    ]
    for head, headings, rows in sections:
        parts.append(head_html(head))
        parts.append(
            table_html(headings, rows)
            if rows
            else muted_html(_tr(QT_TRANSLATE_NOOP("PersonExtract", "Inga uppgifter.")))
        )
    if view.pulled_at is not None:
        age = _tr(QT_TRANSLATE_NOOP("PersonExtract", "Uppgifterna hämtades från byråns server %1."))
        parts.append(muted_html(age.replace("%1", moment_text(view.pulled_at, now))))
    return Paper(title=f"{title} {view.person.name}", body="".join(parts), foot=f"{firm} · {title} · {today}")


class ExtractDialog(PaperDialog):
    """`open_with(customer_id=…)`: choose one of the customer's people, and see the paper."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self.setWindowTitle(self.tr("Registerutdrag"))
        self._who = Combo()
        self._who.setObjectName("extractWho")
        self._who.setAccessibleName(self.tr("Person"))
        self.add_choice(self._who)
        self._who.currentIndexChanged.connect(self._chosen)

    def open_with(self, **arguments: Any) -> None:
        """Say whose people."""
        customer_id, extract = str(arguments.get("customer_id", "")), self.context.samverka.person_extract
        self.context.background.run(lambda: extract.list_people(customer_id), self._people_came)

    @Slot(object)
    def _people_came(self, people: tuple[ExtractPerson, ...]) -> None:
        if not people:
            self.say_nothing(self.tr("Kunden har ingen person med e-postadress att göra ett utdrag om."))
            return
        fill_combo(self._who, [(f"{one.name} – {one.email}", one) for one in people], people[0])
        self._chosen()

    @Slot()
    def _chosen(self, *_at: int) -> None:
        person, samverka = self._who.currentData(), self.context.samverka
        if person is None:
            return

        def work() -> tuple[ExtractView, str]:
            firm = samverka.workspace.firm()
            return samverka.person_extract.read(person), firm.name if firm is not None else ""

        self.context.background.run(work, self._came)

    @Slot(object)
    def _came(self, answer: tuple[ExtractView, str]) -> None:
        view, firm = answer
        samverka = self.context.samverka
        language = self.context.messages.language
        self.show_paper(person_extract(view, firm, samverka.clock.now(), samverka.catalogue, language))


def create_pane(context: ScreenContext) -> QWidget:
    """The dialog *Registerutdrag*."""
    return ExtractDialog(context)

"""Who at a registered company answers, and who at the firm gets access."""

from app.domain.activation_draft import Step
from app.domain.consequences import MailRole, TextKey, list_administrators
from app.domain.records import ParticipationRole
from ui.activation.page import ActivationPage, Line, LinesCard, ProblemBars, show_passage, staff_texts
from ui.activation.presenter import ActivationPresenter
from ui.activation.wording import role_text
from ui.theme import Theme
from ui.widgets.info_bar import InfoBar
from ui.widgets.texts import SectionHeader, label


class AdministratorsPage(ActivationPage):
    """The administrators at the vendor: who may approve, who gets information. They cannot be chosen here."""

    def __init__(self, theme: Theme, presenter: ActivationPresenter) -> None:
        super().__init__(theme, presenter, "activationAdministratorsPage")
        self.why = InfoBar(theme, "info", icon="mail", name="administratorsWhy")
        self.problems = ProblemBars(theme, "administratorsProblems")
        self.answer_head = SectionHeader(theme, name="approvers")
        self.answer = LinesCard(theme, "approversCard")
        self.inform_head = SectionHeader(theme, name="informed")
        self.inform = LinesCard(theme, "informedCard")
        self.note = label("", "secondary", wrap=True)
        for widget in (
            self.why,
            self.problems,
            self.answer_head,
            self.answer,
            self.inform_head,
            self.inform,
            self.note,
        ):
            self.content.addWidget(widget)
        self.content.addStretch(1)
        self.problems.repair_asked.connect(self.repair_asked)
        self.refresh()

    def heading(self) -> str:
        return self.tr("Vem svarar hos kunden?")

    def refresh(self) -> None:
        super().refresh()
        presenter = self.presenter
        if presenter.facts is None:
            return
        show_passage(self.why, presenter.catalogue.texts.passage(TextKey.REGISTERED, presenter.language))
        found = [p for p in presenter.problems if p.step is Step.ADMINISTRATORS]
        self.problems.set_problems(found, presenter.text_of)
        lines = list_administrators(presenter.facts)
        answering = [line for line in lines if line.role is not MailRole.INFORMED]
        informed = [line for line in lines if line.role is MailRole.INFORMED]
        self.answer_head.set_texts(self.tr("Får mejl för att godkänna eller avböja, tjänst för tjänst"))
        self.inform_head.set_texts(self.tr("Får information med e-post"))
        for head, card, people in (
            (self.answer_head, self.answer, answering),
            (self.inform_head, self.inform, informed),
        ):
            head.setVisible(bool(people))
            card.setVisible(bool(people))
            card.set_lines(
                [Line(line.person.name, line.person.email, role_text(line.role)) for line in people]
            )
        several = len(answering) > 1
        self.note.setText(
            self.tr(
                "Huvudkontakten är inte administratör. Därför får alla administratörer frågan. "
                "Det första svaret gäller."
            )
            if several
            else self.tr("Administratörer ändras av kunden på vismaspcs.se, inte här.")
        )


class AccessPage(ActivationPage):
    """The staff who get access, through which engagement, and as what."""

    def __init__(self, theme: Theme, presenter: ActivationPresenter) -> None:
        super().__init__(theme, presenter, "activationAccessPage")
        self.problems = ProblemBars(theme, "accessProblems")
        self.problems.repair_asked.connect(self.repair_asked)
        self.content.addWidget(self.problems)
        self.groups: list[tuple[InfoBar, SectionHeader, LinesCard]] = []
        for number in range(8):
            bar = InfoBar(theme, "info", icon="users", name=f"accessText{number}")
            head = SectionHeader(theme, name=f"accessHead{number}")
            card = LinesCard(theme, f"accessCard{number}")
            self.groups.append((bar, head, card))
            for widget in (bar, head, card):
                self.content.addWidget(widget)
        self.content.addStretch(1)
        self.refresh()

    def heading(self) -> str:
        return self.tr("Vilka på byrån får tillgång?")

    def refresh(self) -> None:
        super().refresh()
        presenter = self.presenter
        customer, facts, situation = presenter.customer, presenter.facts, presenter.situation
        if customer is None or facts is None or situation is None or presenter.consequences is None:
            return
        found = [p for p in presenter.problems if p.code == "no_participants"]
        seen: dict[str, None] = {}
        once = [
            p
            for p in found
            if p.data["engagement"] not in seen and seen.setdefault(p.data["engagement"]) is None
        ]
        self.problems.set_problems(once, presenter.text_of)
        engagements = list(
            dict.fromkeys(line.engagement for line in presenter.consequences.services if line.engagement)
        )
        for at, (bar, head, card) in enumerate(self.groups):
            shown = at < len(engagements)
            for widget in (bar, head, card):
                widget.setVisible(shown)
            if not shown:
                continue
            engagement = engagements[at]
            texts = staff_texts(presenter, presenter.consequences.branch, [engagement.title])
            bar.set_text(texts[0], " ".join(texts[1:]))
            services = [
                presenter.catalogue.service(line.service).short.text(presenter.language)
                for line in presenter.consequences.services
                if line.engagement == engagement
            ]
            head.set_texts(f"{engagement.title} · {', '.join(services)}")
            people = facts.list_access(engagement.id, situation)
            card.set_lines(
                [
                    Line(one.staff.name, one.staff.office or situation.firm.name, self._role(one.role))
                    for one in people
                ]
                or [Line(self.tr("Ingen"))]
            )

    def _role(self, role: str) -> str:
        if role == ParticipationRole.OWNER:
            return self.tr("Uppdragsansvarig")
        return self.tr("Deltagare på uppdraget")

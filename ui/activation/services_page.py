"""Which services, on which engagement, in which variant, who pays and for how long."""

from app.domain.activation_draft import Step
from app.domain.preconditions import list_problems
from ui.activation.page import ActivationPage, ProblemBars
from ui.activation.presenter import ActivationPresenter
from ui.activation.service_card import ServiceCard
from ui.theme import Theme
from ui.widgets.texts import label


class ServicesPage(ActivationPage):
    """A card for each service of the catalogue, in its order."""

    def __init__(self, theme: Theme, presenter: ActivationPresenter) -> None:
        super().__init__(theme, presenter, "activationServicesPage")
        self.lead = label("", "secondary", wrap=True)
        self.content.addWidget(self.lead)
        self.cards = [ServiceCard(theme, presenter, service) for service in presenter.catalogue.services]
        for card in self.cards:
            card.repair_asked.connect(self.repair_asked)
            self.content.addWidget(card)
        self.problems = ProblemBars(theme, "servicesProblems")
        self.content.addWidget(self.problems)
        self.content.addStretch(1)
        self.refresh()

    def heading(self) -> str:
        return self.tr("Vilka tjänster ska aktiveras?")

    def take_focus(self) -> bool:
        chosen = next((card for card in self.cards if card.tick.isChecked()), None)
        first = chosen or next((card for card in self.cards if card.tick.isEnabled()), None)
        if first is not None:
            first.tick.setFocus()
        return True

    def refresh(self) -> None:
        super().refresh()
        self.lead.setText(self.tr("En till åtta tjänster i samma ärende ger kunden ett enda mejl."))
        for card in self.cards:
            card.refresh()
        presenter = self.presenter
        if presenter.customer is None or presenter.facts is None or presenter.situation is None:
            return
        shown = {card.service.code for card in self.cards}
        found = [
            problem
            for problem in list_problems(
                presenter.customer, presenter.facts, presenter.situation, presenter.forms
            )
            if problem.step is Step.SERVICES and problem.service not in shown and problem.service
        ]
        self.problems.set_problems(found, presenter.text_of)

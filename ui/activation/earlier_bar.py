"""Says that something was begun for the customer before, as long as nothing is chosen anew."""

from ui.activation.presenter import ActivationPresenter
from ui.formats import moment_text
from ui.widgets.info_bar import InfoBar


class EarlierBar(InfoBar):
    """Its button goes on with the draft that was kept."""

    def __init__(self, presenter: ActivationPresenter) -> None:
        super().__init__(presenter.context.theme, "info", icon="pencil", name="earlierDraft")
        self._presenter = presenter
        self.action.clicked.connect(self._go_on)
        self.hide()

    def refresh(self) -> None:
        """Show what the presenter holds."""
        earlier, customer = self._presenter.earlier, self._presenter.customer
        situation = self._presenter.situation
        if earlier is None or situation is None or customer is None or customer.choices:
            self.hide()
            return
        when = moment_text(earlier.changed_at, situation.now)
        self.set_text(
            self.tr("Det finns ett utkast för kunden."),
            self.tr("Det ändrades senast %1.").replace("%1", when),
        )
        self.set_action(self.tr("Fortsätt på utkastet"))
        self.show()

    def _go_on(self) -> None:
        if self._presenter.earlier is not None:
            self._presenter.start((), self._presenter.earlier.id)

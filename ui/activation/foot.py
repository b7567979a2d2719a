"""The wizard's buttons and the line under them: where one can go from this page, and why not."""

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.activation_draft import Step
from app.domain.consequences import CommitVerb
from app.domain.records import Branch
from ui.activation.presenter import ActivationPresenter
from ui.theme import Theme
from ui.widgets.buttons import Button
from ui.widgets.texts import label, rule


class WizardFoot(QWidget):
    """*Spara utkast*, *Avbryt*, *Tillbaka* and the page's own verb; the window says what they do."""

    def __init__(self, theme: Theme, presenter: ActivationPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self.keep = Button(theme, name="activationKeepDraft")
        self.cancel = Button(theme, name="activationCancel")
        self.back = Button(theme, name="activationBack")
        self.next = Button(theme, kind="primary", name="activationNext")
        self.next.setDefault(True)
        self.note = label("", "secondary", name="activationNote", wrap=True)
        self.note.setMinimumHeight(theme.px(18))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.keep)
        row.addStretch(1)
        for button in (self.cancel, self.back, self.next):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(rule())
        column.addLayout(row)
        column.addWidget(self.note)

    def refresh(self) -> None:
        """Show what can be pressed now, and why not the rest."""
        presenter = self._presenter
        step, is_result = presenter.step, presenter.step is Step.RESULT
        self.keep.setText(self.tr("Spara utkast"))
        self.cancel.setText(self.tr("Avbryt"))
        self.back.setText(self.tr("Tillbaka"))
        for button in (self.keep, self.cancel, self.back):
            button.setVisible(not is_result)
        self.keep.setVisible(not is_result and not presenter.is_editing)
        self.keep.set_blocked("" if presenter.customer is not None else self.tr("Välj en kund först."))
        first = presenter.steps[:1] == (step,) or not presenter.steps
        self.back.set_blocked(self.tr("Det här är första sidan.") if first else "")
        reason = "" if is_result else presenter.why_not_next()
        if presenter.is_sending:
            reason = self.tr("Sparar i utkorgen…")
        self.next.setText(self._next_text())
        self.next.setIcon(QIcon())
        self.next.set_icon_name(self._next_icon())
        self.next.set_blocked(reason)
        self.note.setText(reason.partition("\n")[0] if reason else self._after_text())

    def _next_text(self) -> str:
        found = self._presenter.consequences
        if self._presenter.step is Step.RESULT:
            return self.tr("Stäng")
        if self._presenter.step is Step.REVIEW and found is not None:
            return self._presenter.catalogue.texts.text(found.commit, self._presenter.language)
        if self.is_last_edited:
            return self.tr("Klar")
        return self.tr("Nästa")

    @property
    def is_last_edited(self) -> bool:
        """Tell whether this is the last page of one customer of many."""
        return self._presenter.is_editing and self._presenter.steps[-1:] == (self._presenter.step,)

    def _next_icon(self) -> str:
        found = self._presenter.consequences
        if self._presenter.step is not Step.REVIEW or found is None:
            return ""
        return "upload" if found.commit is CommitVerb.OUTBOX else "send"

    def _after_text(self) -> str:
        presenter, found = self._presenter, self._presenter.consequences
        if presenter.step is not Step.REVIEW or found is None:
            return ""
        if found.commit is CommitVerb.OUTBOX:
            return self.tr("Skickas när servern nås. Tills dess kan ärendet tas tillbaka ur utkorgen.")
        if found.branch is Branch.NOT_REGISTERED:
            return self.tr("Samarbetet blir aktivt när Visma Spcs har registrerat företaget.")
        return presenter.catalogue.texts.text("after.invitation", presenter.language)

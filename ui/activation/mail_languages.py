"""In which language the customers of a run get their e-mails: one choice for all, one for each row."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout

from app.domain.activation_draft import ActivationDraft
from app.domain.activation_language import MAIL_LANGUAGES, language_of, usual_language
from app.domain.activation_many import FactsById
from ui.theme import Theme
from ui.widgets.combo import Combo
from ui.widgets.texts import label
from ui.widgets.translated import Translated

LANGUAGE_NAMES = {"sv": "Svenska", "en": "English"}
"""Each named in itself."""
USUAL = "usual"
MIXED = "mixed"


def chosen_for_all(draft: ActivationDraft, facts: FactsById) -> str:
    """Return the one language of the run, `USUAL` where each customer has its own, otherwise `MIXED`."""
    languages = {one.customer_id: language_of(draft, one) for one in draft.customers}
    usual = {id_: usual_language(facts[id_]) for id_ in languages if id_ in facts}
    if all(languages[id_] == language for id_, language in usual.items()):
        return USUAL
    present = set(languages.values())
    return present.pop() if len(present) == 1 else MIXED


class MailLanguages(Translated):
    """`chosen` is `USUAL` or one of the languages. For a row (`for_all=False`) it is always a language."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, *, for_all: bool) -> None:
        super().__init__()
        self._for_all = for_all
        self._said = label("", "secondary")
        self.box = Combo()
        self.box.setObjectName(name)
        self.box.activated.connect(self._activated)
        self._said.setBuddy(self.box)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._said)
        row.addWidget(self.box)
        for code in ((USUAL,) if for_all else ()) + MAIL_LANGUAGES + ((MIXED,) if for_all else ()):
            self.box.addItem(LANGUAGE_NAMES.get(code, ""), code)
        self.setMaximumHeight(theme.px(32))
        self.retranslate()

    def retranslate(self) -> None:
        self._said.setText(self.tr("Mejlens språk:") if self._for_all else self.tr("Mejlets språk:"))
        self.box.setAccessibleName(self._said.text().rstrip(":"))
        for code, words in (
            (USUAL, self.tr("Engelska till utländska företag")),
            (MIXED, self.tr("Valt för varje kund")),
        ):
            at = self.box.findData(code)
            if at >= 0:
                self.box.setItemText(at, words)

    def show_language(self, code: str) -> None:
        """Show what is chosen; *valt för varje kund* can be seen and not chosen."""
        at = self.box.findData(code)
        mixed = self.box.findData(MIXED)
        if mixed >= 0:
            item = self.box.model().item(mixed)  # type: ignore[attr-defined]  # a combo box has a standard model
            item.setEnabled(False)
        if at >= 0 and at != self.box.currentIndex():
            self.box.setCurrentIndex(at)

    @Slot(int)
    def _activated(self, at: int) -> None:
        self.chosen.emit(str(self.box.itemData(at)))

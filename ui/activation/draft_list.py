"""The drafts that were kept, with their age: go on with one, or throw it away (which can be undone)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.catalogue import load_catalogue
from app.domain.activation_draft import ActivationDraft
from app.usecases.activation_values import DraftSummary
from ui.activation.page import clear
from ui.activation.unreadable_draft import UnreadableDraft
from ui.background import Latest
from ui.formats import moment_text
from ui.screens import ScreenContext
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.texts import ElidedLabel, SectionHeader, label
from ui.widgets.translated import Translated

if TYPE_CHECKING:
    from app.usecases.activation import Activations

MOST = 4


class DraftList(Translated):
    """`chosen(draft_id)`. Of many drafts the last changed are shown; all of them are under Att göra."""

    chosen = Signal(str)

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self.setObjectName("activationDrafts")
        self._context = context
        self._catalogue = load_catalogue()
        self._drafts: tuple[DraftSummary, ...] = ()
        self._latest = Latest()
        self._head = SectionHeader(context.theme, name="activationDraftsHead")
        self._card = Card(name="activationDraftsCard")
        self._card.body.setContentsMargins(14, 6, 8, 6)
        self._card.body.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._head)
        column.addWidget(self._card)
        self.hide()
        context.events.changed.connect(self.ask)

    @property
    def _cases(self) -> Activations:
        found: Activations = self._context.samverka.activation
        return found

    @Slot(object)
    def ask(self, _what: object = None) -> None:
        """Ask for the drafts anew."""
        cases = self._cases
        self._context.background.run(
            cases.list_drafts, self._came, self._context.show_error, latest=self._latest
        )

    @Slot(object)
    def _came(self, drafts: tuple[DraftSummary, ...]) -> None:
        if drafts != self._drafts:
            self._drafts = drafts
            self.retranslate()

    def retranslate(self) -> None:
        self._head.set_texts(self.tr("Fortsätt på ett utkast"))
        clear(self._card.body)
        clock = self._context.samverka.activation.clock
        for draft in self._drafts[:MOST]:
            self._card.body.addWidget(self._row(draft, moment_text(draft.changed_at, clock.now())))
        self.setVisible(bool(self._drafts))

    def _row(self, draft: DraftSummary, age: str) -> QWidget:
        theme, language = self._context.theme, self._context.messages.language
        names = [self._catalogue.service(code).short.text(language) for code in draft.services]
        services = ", ".join(names) or self.tr("Inga tjänster valda än")
        if not draft.is_readable:
            services = self.tr("Går inte att läsa, men texten finns kvar")
        if len(draft.customer_ids) > 1:
            customers = self.tr("%n kunder", "", len(draft.customer_ids))
            services = f"{customers} · {services}"
        title = ElidedLabel(draft.title, "name")
        title.setAccessibleName(f"{draft.title}, {services}, {age}")
        title.setMinimumWidth(theme.px(160))
        details = ElidedLabel(services, "secondary")
        go_on = Button(theme, self.tr("Fortsätt"), kind="link", name=f"openDraft_{draft.id}")
        if not draft.is_readable:
            go_on.setText(self.tr("Visa texten…"))
        go_on.setAccessibleName(f"{go_on.text()}: {draft.title}")
        go_on.setProperty("draft", draft.id)
        go_on.clicked.connect(self._go_on)
        drop = Button(theme, self.tr("Ta bort"), kind="link", name=f"dropDraft_{draft.id}")
        drop.setAccessibleName(f"{self.tr('Ta bort')}: {draft.title}")
        drop.setProperty("draft", draft.id)
        drop.clicked.connect(self._drop)
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(title, 2)
        row.addWidget(details, 2)
        row.addWidget(label(age, "secondary"))
        row.addWidget(go_on)
        row.addWidget(drop)
        return made

    @Slot()
    def _go_on(self) -> None:
        draft_id = str(self.sender().property("draft"))
        broken = next((one for one in self._drafts if one.id == draft_id and not one.is_readable), None)
        if broken is not None:
            UnreadableDraft(self._context, broken, self.window()).open()
        else:
            self.chosen.emit(draft_id)

    @Slot()
    def _drop(self) -> None:
        cases, draft_id = self._cases, str(self.sender().property("draft"))
        self._context.background.run(
            partial(cases.discard_draft, draft_id), self._dropped, self._context.show_error
        )

    @Slot(object)
    def _dropped(self, draft: ActivationDraft | None) -> None:
        context, cases = self._context, self._cases
        if draft is None:
            context.toast(self.tr("Utkastet är borttaget."))
            return
        context.toast(
            self.tr("Utkastet är borttaget."),
            self.tr("Ångra"),
            lambda: context.background.run(partial(cases.save_draft, draft), None, context.show_error),
        )

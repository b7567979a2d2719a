"""A link that stands is moved to another engagement or taken away; who gains and loses access is said first.

Other screens open it with `open_link_dialog(context, collaboration_ids, parent)`.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.usecases.reconciliation_values import AccessPreview, LinkedView, Step
from ui.background import Latest
from ui.formats import moment_text
from ui.reconciliation.list_model import product_name
from ui.reconciliation.wording import access_lines, changed_text, undo_text
from ui.screens import ScreenContext
from ui.widgets.buttons import Button
from ui.widgets.combo import Combo
from ui.widgets.dialogs import cancel_text, make_room, show_modal
from ui.widgets.info_bar import InfoBar
from ui.widgets.saving_dialog import SavingDialog
from ui.widgets.texts import label

Changed = Callable[[str, Step], None]


def open_link_dialog(
    context: ScreenContext,
    collaboration_ids: Sequence[str],
    parent: QWidget,
    changed: Changed | None = None,
) -> None:
    """Ask about these collaborations' links and show them in a dialog; nothing where none is linked.

    `changed(what, step)` is told of what was decided (moved or unlinked); without it a toast with *Ångra* is
    shown.
    """
    history, ids = context.samverka.reconciliation.history, tuple(collaboration_ids)

    def show(linked: tuple[LinkedView, ...]) -> None:
        if linked:
            dialog = LinkDialog(context, linked, parent)
            dialog.changed.connect(changed or _Told(context))
            show_modal(dialog)

    context.background.run(lambda: history.list_linked(ids), show, owner=parent)


class LinkDialog(SavingDialog):
    """`changed(what, Step)`: moved or unlinked. Of several collaborations one is dealt with at a time."""

    changed = Signal(str, object)

    def __init__(self, context: ScreenContext, linked: Sequence[LinkedView], parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._linked = tuple(linked)
        self._latest = Latest()
        theme = context.theme
        self.setObjectName("linkDialog")
        self.setWindowTitle(self.tr("Ändra kopplingen"))
        self.setMinimumWidth(theme.px(540))
        self._which = Combo()
        self._which.setObjectName("linkWhich")
        for one in self._linked:
            self._which.addItem(
                product_name(one.service, one.product, "", context.messages.language), one.collaboration_id
            )
        self._place = label("", "body", name="linkPlace", wrap=True)
        self._engagement = Combo()
        self._engagement.setObjectName("linkEngagement")
        self._access = label("", "body", name="linkAccess", wrap=True)
        self._bar = InfoBar(theme, "info", name="linkUnlinkBar")
        # As high as its text is at the dialog's width: for a bar alone Qt counts with more lines, and puts
        # the room that they do not take above the title.
        self._bar.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for words, field in (
            (self.tr("Tjänst"), self._which),
            (self.tr("Kopplat till"), self._place),
            (self.tr("Uppdrag"), self._engagement),
            (self.tr("Tillgång"), self._access),
        ):
            head = label(words, "strong_secondary")
            head.setBuddy(field)
            field.setAccessibleName(words)
            form.addRow(head, field)
        form.setRowVisible(0, len(self._linked) > 1)
        self._unlink = Button(theme, name="linkUnlink")
        self._unlink.setText(self.tr("Ta bort kopplingen"))
        cancel = Button(theme, cancel_text(), name="linkCancel")
        self._move = Button(theme, self.tr("Flytta till uppdraget"), kind="primary", name="linkMove")
        self._buttons = (self._unlink, cancel, self._move)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._unlink)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self._move)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(label(self._linked[0].company, "wizard", wrap=True))
        column.addLayout(form)
        column.addWidget(self._bar)
        column.addLayout(buttons)
        self._which.currentIndexChanged.connect(self._show_one)
        self._engagement.currentIndexChanged.connect(self._engagement_chosen)
        self._unlink.clicked.connect(self._unlink_wanted)
        self._move.clicked.connect(self._move_wanted)
        cancel.clicked.connect(self.reject)
        self._show_one()
        self._engagement.setFocus()

    @property
    def _one(self) -> LinkedView:
        return self._linked[max(0, self._which.currentIndex())]

    @Slot()
    def _show_one(self, *_at: int) -> None:
        one = self._one
        parts = [one.place.customer, one.place.engagement or self.tr("uppdrag saknas")]
        when = moment_text(one.at, datetime.now(UTC)) if one.at else ""
        by = ", ".join(part for part in (one.by, when) if part)
        self._place.setText(" · ".join(parts) + (f" ({by})" if by else ""))
        self._engagement.blockSignals(True)
        self._engagement.clear()
        for choice in one.choices:
            owner = f" ({choice.owner})" if choice.owner else ""
            self._engagement.addItem(f"{choice.title}{owner}", choice.id)
        self._engagement.setCurrentIndex(self._engagement.findData(one.place.engagement_id))
        self._engagement.setPlaceholderText(self.tr("Välj uppdrag …"))
        self._engagement.blockSignals(False)
        lost = ", ".join(one.lost) or self.tr("ingen")
        text = self.tr("Samarbetet fortsätter hos Visma Spcs. Förlorar tillgång: %1.").replace("%1", lost)
        if one.gained:
            text += " " + self.tr("Får tillgång: %1.").replace("%1", ", ".join(one.gained))
        self._bar.set_text(self.tr("Ta bort kopplingen:"), text)
        self._engagement_chosen()

    @Slot()
    def _engagement_chosen(self, *_at: int) -> None:
        if self.is_saving:  # whoever chooses on must not move it twice
            return
        chosen, one = self._engagement.currentData(), self._one
        is_other = bool(chosen) and chosen != one.place.engagement_id
        self._move.set_blocked("" if is_other else self.tr("Välj ett annat uppdrag först."))
        if not is_other:
            self._access.setText(self.tr("Oförändrad"))
            return
        self._access.setText("…")
        history = self._context.samverka.reconciliation.history
        self._context.background.run(
            lambda: history.preview_move(one.collaboration_id, chosen),
            self._show_preview,
            latest=self._latest,
        )

    @Slot(object)
    def _show_preview(self, preview: AccessPreview) -> None:
        self._access.setText(access_lines(preview, self._context.messages.language))
        make_room(self)

    @Slot()
    def _move_wanted(self) -> None:
        history, one, chosen = (
            self._context.samverka.reconciliation.history,
            self._one,
            self._engagement.currentData(),
        )
        self._save(lambda: history.move(one.collaboration_id, chosen), self._moved)

    @Slot()
    def _unlink_wanted(self) -> None:
        history, one = self._context.samverka.reconciliation.history, self._one
        self._save(lambda: history.unlink([one.collaboration_id]), self._unlinked)

    def _save(self, work: Callable[[], Step], done: Callable[[Step], None]) -> None:
        """One decision at a time."""
        for button in self._buttons:
            button.set_blocked(self.tr("Sparar …"))
        self.save(self._context.background, work, done, self._failed)

    @Slot(object)
    def _failed(self, error: BaseException) -> None:
        for button in self._buttons:
            button.set_blocked("")
        self._engagement_chosen()
        self._context.show_error(error)

    @Slot(object)
    def _moved(self, step: Step) -> None:
        self.changed.emit("moved", step)
        self.accept()

    @Slot(object)
    def _unlinked(self, step: Step) -> None:
        self.changed.emit("unlinked", step)
        self.accept()


class _Told:
    """Says what was decided, with *Ångra*, where the screen itself does not."""

    def __init__(self, context: ScreenContext) -> None:
        self._context = context

    def __call__(self, what: str, step: Step) -> None:
        use_case, background = self._context.samverka.reconciliation, self._context.background
        self._context.toast(
            changed_text(what, step.company_name),
            undo_text(),
            lambda: background.run(lambda: use_case.undo(step)),
        )

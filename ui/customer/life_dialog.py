"""Guides through what happens to a customer: each step does something real, and what is left is told."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.domain.life_steps import NOTED, LifeEvent, LifeStep, StepCode
from app.domain.records import Person
from app.domain.rights import Action
from app.usecases.customer_page import CustomerView
from app.usecases.life_events import LifeView
from ui import assets
from ui.background import Latest
from ui.customer.intents import CustomerIntents
from ui.customer.life_words import event_words, left_words, step_words
from ui.customer.successor_form import SuccessorForm
from ui.ending.main_contact_dialog import MainContactDialog
from ui.screens import ScreenContext
from ui.today.rows import TodayRow
from ui.widgets.asking_dialog import AskingDialog
from ui.widgets.buttons import Button
from ui.widgets.dialogs import MessageDialog, show_modal
from ui.widgets.texts import label, set_tone

_AGAIN_MS = 150
_TOLD = ("customer", "contact", "engagement", "collaboration", "invitation", "registration")


class StepRow(QFrame):
    """One step: whether it is done, what it means, and what does it. `pressed(code)`, `noted(code, done)`."""

    pressed = Signal(str)
    noted = Signal(str, bool)

    def __init__(self, context: ScreenContext, step: LifeStep) -> None:
        super().__init__()
        theme = context.theme
        self.setProperty("panel", "card")
        self.setObjectName(f"lifeStep_{step.code}")
        self._code = step.code
        title, about, verb = step_words(step.code)
        said = left_words(step)
        self.setAccessibleName(f"{title}: {said}" if said else title)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(12)
        mark = QLabel()
        icon, kind = ("circle-check-filled", "ok") if step.done else ("circle", "none")
        mark.setPixmap(assets.pixmap(icon, theme.tokens.tone(kind).text, 18, self.devicePixelRatioF()))
        row.addWidget(mark)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(label(title, "name", wrap=True))
        texts.addWidget(label(about, "secondary", wrap=True))
        row.addLayout(texts, 1)
        state = label(said, "strong_secondary")
        set_tone(state, "ok" if step.done else "wait" if step.needs or step.ends_on else "")
        row.addWidget(state)
        if step.code in NOTED:
            box = QCheckBox(_done_words())
            box.setObjectName(f"lifeNoted_{step.code}")
            box.setAccessibleName(f"{title}: {_done_words()}")
            box.setChecked(step.done)
            box.toggled.connect(self._noted)
            state.hide()
            row.addWidget(box)
        button = Button(theme, verb, name=f"lifeDo_{step.code}")
        button.setAccessibleName(f"{verb} ({title})")
        button.clicked.connect(self._pressed)
        button.setVisible(not step.done or step.code in NOTED)
        denied = context.rights.why_not(Action.WITHDRAW) if step.code == StepCode.WITHDRAW else ""
        button.set_blocked(said if step.needs is not None else denied)
        row.addWidget(button)

    @Slot()
    def _pressed(self) -> None:
        self.pressed.emit(self._code)

    @Slot(bool)
    def _noted(self, done: bool) -> None:
        self.noted.emit(self._code, done)


def _done_words() -> str:
    return left_words(LifeStep(code=StepCode.HAND_OVER, done=True))


class LifeDialog(AskingDialog):
    """`open_with(customer_id=…)`. Without a guide under way it asks what has happened."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self._customer_id = ""
        self._life: LifeView | None = None
        self._latest = Latest()
        self._shown: object = None
        theme = context.theme
        self.setObjectName("lifeDialog")
        self.resize(theme.px(760), theme.px(520))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        self._title = label("", "wizard", name="lifeTitle", wrap=True)
        self._about = label("", "secondary", name="lifeAbout", wrap=True)
        column.addWidget(self._title)
        column.addWidget(self._about)
        self._body = QWidget()
        self._rows = QVBoxLayout(self._body)
        self._rows.setContentsMargins(0, 0, 8, 0)
        self._rows.setSpacing(8)
        column.addWidget(_scrolled(self._body), 1)
        self._stop = Button(theme, kind="link", name="lifeStop")
        self._stop.clicked.connect(self._stop_guide)
        self._close = Button(theme, kind="primary", name="lifeClose")
        self._close.clicked.connect(self._leave)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._stop)
        foot.addStretch(1)
        foot.addWidget(self._close)
        column.addLayout(foot)
        self._intents = CustomerIntents(context, self)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self._ask)
        context.events.changed.connect(self._changed)
        context.rights.changed.connect(self._show)
        self._show()

    def open_with(self, **arguments: Any) -> None:
        """Say which customer."""
        self._customer_id = str(arguments.get("customer_id", ""))
        self._ask()

    @Slot()
    def _ask(self) -> None:
        samverka, customer_id = self._context.samverka, self._customer_id

        def work() -> tuple[LifeView, CustomerView]:
            return samverka.life_events.open(customer_id), samverka.customer_page.open(customer_id)

        self._context.background.run(work, self._came, self.could_not_open, latest=self._latest)

    @Slot(object)
    def _came(self, answer: tuple[LifeView, CustomerView]) -> None:
        self._life, self._intents.view = answer
        self._show()

    @Slot(object)
    def _changed(self, event: object) -> None:
        concerns = getattr(event, "concerns_type", None)
        if concerns is not None and self._customer_id and concerns(*_TOLD):
            self._again.start()

    # What is shown

    @Slot()
    def _show(self) -> None:
        life = self._life
        self._stop.setText(self.tr("Avbryt guiden"))
        self._stop.setVisible(life is not None and life.guide is not None)
        self._close.setText(self.tr("Stäng"))
        if life is None:
            self.setWindowTitle(self.tr("Händelse hos kunden"))
            self._title.setText(self.tr("Hämtar …"))
            return
        denied = self._context.rights.why_not(Action.WITHDRAW)
        wanted = (life.guide, life.steps, life.possible, life.customer.name, denied)
        if wanted == self._shown:
            return
        self._shown = wanted
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()
        if life.guide is None:
            self._show_choice(life)
        else:
            self._show_steps(life)
        self._rows.addStretch(1)

    def _show_choice(self, life: LifeView) -> None:
        self.setWindowTitle(self.tr("Händelse hos kunden"))
        self._title.setText(self.tr("Vad händer hos %1?").replace("%1", life.customer.name))
        self._about.setText(
            self.tr("Guiden visar vad som återstår. Ingenting görs förrän du trycker på ett steg.")
        )
        for event in life.possible:
            title, about = event_words(event)
            row = TodayRow(
                self._context.theme,
                icon="chevron-right",
                kind="none",
                text=title,
                second=about,
                name=f"lifeEvent_{event}",
            )
            row.setProperty("event", str(event))
            row.clicked.connect(self._begin)
            self._rows.addWidget(row)

    def _show_steps(self, life: LifeView) -> None:
        assert life.guide is not None  # noqa: S101 - the caller has looked
        title, about = event_words(life.guide.event)
        self.setWindowTitle(title)
        self._title.setText(f"{title}: {life.customer.name}")
        told = self.tr("%1 av %2 steg är klara.")
        told = told.replace("%1", str(life.done)).replace("%2", str(len(life.steps)))
        later = self.tr("Du kan stänga och fortsätta senare: det som är gjort finns kvar.")
        is_done = life.done == len(life.steps)
        self._about.setText(f"{about} {told}" if is_done else f"{about} {told} {later}")
        for step in life.steps:
            row = StepRow(self._context, step)
            row.pressed.connect(self._do)
            row.noted.connect(self._note)
            self._rows.addWidget(row)
        if is_done:
            self._close.setText(self.tr("Klart"))

    # Intents

    @Slot()
    def _begin(self) -> None:
        event = LifeEvent(str(self.sender().property("event")))
        life, customer_id = self._context.samverka.life_events, self._customer_id
        self._context.background.run(lambda: life.begin(customer_id, event), self._ask_again)

    @Slot(object)
    def _ask_again(self, _answer: object) -> None:
        self._ask()

    @Slot()
    def _stop_guide(self) -> None:
        life, customer_id = self._context.samverka.life_events, self._customer_id
        self._context.background.run(lambda: life.stop(customer_id), self._stopped)

    @Slot(object)
    def _stopped(self, _answer: object) -> None:
        self._context.toast(self.tr("Guiden är avbruten. Det som är gjort finns kvar."))
        self.accept()

    @Slot()
    def _leave(self) -> None:
        """A guide whose every step is done is over."""
        life = self._life
        if life is not None and life.guide is not None and life.done == len(life.steps):
            use_case, customer_id = self._context.samverka.life_events, self._customer_id
            self._context.background.run(lambda: use_case.stop(customer_id))
        self.accept()

    @Slot(str, bool)
    def _note(self, code: str, done: bool) -> None:
        life, customer_id = self._context.samverka.life_events, self._customer_id
        self._context.background.run(
            lambda: life.note(customer_id, StepCode(code), done=done), self._ask_again
        )

    @Slot(str)
    def _do(self, code: str) -> None:
        """Carry out a step: every command is one that the screens have, too."""
        life, view = self._life, self._intents.view
        if life is None or view is None:
            return
        go, customer_id = self._context.navigate, self._customer_id
        successor = life.successor.id if life.successor is not None else ""
        doers: dict[StepCode, Callable[[], None]] = {
            StepCode.WITHDRAW: self._ask_withdraw,
            StepCode.END_SERVICES: lambda: go("ending", customer_id=customer_id),
            StepCode.DECIDE_SERVICES: lambda: go("ending", customer_id=customer_id),
            StepCode.HAND_OVER: lambda: go("handover", customer_id=customer_id),
            StepCode.CLOSE_ENGAGEMENTS: lambda: go("close", engagement_ids=list(life.engagement_ids)),
            StepCode.ARCHIVE: self._intents.archive,
            StepCode.CONTACT: self._intents.add_main_contact,
            StepCode.VENDOR_CONTACT: self._choose_vendor_contact,
            StepCode.DUE_DILIGENCE: self._intents.edit_customer,
            StepCode.LETTER: self._intents.edit_customer,
            StepCode.ADMINISTRATORS: self._intents.check,
            StepCode.SUCCESSOR: self._ask_successor,
            StepCode.SUCCESSOR_ENGAGEMENTS: self._copy_engagements,
            StepCode.SUCCESSOR_SERVICES: lambda: go("activation", customer_ids=[successor]),
            StepCode.ESTATE: self._make_estate,
        }
        doers[StepCode(code)]()

    def _ask_withdraw(self) -> None:
        """Say which invitations it is, and withdraw them after a yes."""
        life = self._life
        if life is None or not life.unanswered:
            return
        catalogue, language = self._context.samverka.catalogue, self._context.messages.language
        number = len(life.unanswered)
        ask = self.tr("Dra tillbaka %n inbjudningar till %1?", "", number)
        if number == 1:
            ask = self.tr("Dra tillbaka inbjudan till %1?")
        lines = []
        for one in life.unanswered:
            services = ", ".join(catalogue.service(code).short.text(language) for code in one.services)
            to = ", ".join(person.email for person in one.recipients)
            lines.append(self.tr("%1, till %2").replace("%1", services).replace("%2", to))
        told = self.tr("Länken i kundens e-post slutar fungera och kunden får ett meddelande om det.")
        dialog = MessageDialog(
            self._context.theme,
            ask.replace("%1", life.customer.name),
            "\n".join((*lines, told)),
            accept=self.tr("Dra tillbaka"),
            reject=self.tr("Behåll"),
            parent=self,
        )
        dialog.accepted.connect(self._withdraw)
        show_modal(dialog)

    @Slot()
    def _withdraw(self) -> None:
        life, view = self._context.samverka.life_events, self._life
        if view is not None:
            ids = [one.id for one in view.unanswered]
            self._context.background.run(lambda: life.withdraw(ids), self._ask_again)

    def _choose_vendor_contact(self) -> None:
        view = self._intents.view
        if view is None:
            return
        people = [Person(name=one.name, email=one.email) for one in view.contacts if one.email]
        dialog = MainContactDialog(self._context.theme, view.record.name, people, self)
        dialog.chosen.connect(self._vendor_contact_chosen)
        show_modal(dialog)

    @Slot(str, str)
    def _vendor_contact_chosen(self, name: str, email: str) -> None:
        ending, customer_id = self._context.samverka.ending, self._customer_id
        self._context.background.run(lambda: ending.set_main_contact(customer_id, name, email))

    def _ask_successor(self) -> None:
        life = self._life
        if life is None:
            return
        context = self._context
        today = context.samverka.clock.today()
        form = SuccessorForm(context.theme, context.messages, life.customer, today, self)
        form.saved.connect(self._create_successor)
        show_modal(form)

    @Slot(object)
    def _create_successor(self, values: dict[str, Any]) -> None:
        life, customer_id = self._context.samverka.life_events, self._customer_id
        self._context.background.run(lambda: life.create_successor(customer_id, **values), self._ask_again)

    def _copy_engagements(self) -> None:
        view, life, customer_id = self._life, self._context.samverka.life_events, self._customer_id
        if view is not None and view.successor is not None:
            successor = view.successor.id
            self._context.background.run(
                lambda: life.copy_engagements(customer_id, successor), self._ask_again
            )

    def _make_estate(self) -> None:
        view, life, customer_id = self._life, self._context.samverka.life_events, self._customer_id
        if view is not None:
            name = self.tr("Dödsboet efter %1").replace("%1", view.customer.name)
            self._context.background.run(lambda: life.make_estate(customer_id, name), self._ask_again)


def _scrolled(content: QWidget) -> QWidget:
    content.setProperty("scrolled", "true")
    content.setAutoFillBackground(False)
    area = QScrollArea()
    area.setObjectName("lifeScroll")
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    area.viewport().setAutoFillBackground(False)
    return area


def create_pane(context: ScreenContext) -> QWidget:
    """The guide."""
    return LifeDialog(context)

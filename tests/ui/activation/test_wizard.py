"""The wizard as a person works it: named widgets, keyboard and mouse, the real use case behind."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTextBrowser,
    QWidget,
)

from app.catalogue import load_catalogue
from app.domain.activation_draft import Step
from app.domain.consequences import TextKey
from app.domain.limits import letters_of
from app.domain.records import (
    ActivationState,
    Branch,
    Collaboration,
    RegisteredService,
)
from app.errors import SamverkaError
from tests.support.activation_cases import (
    berga_gard,
    bergstroms_el,
    collaboration,
    draft_for,
    with_customer,
    with_registration,
)
from tests.support.activation_desk import Desk
from tests.support.cache import confirm_all
from tests.support.hands import find, go_on_to, live_activations, press, shown_text, tick
from ui.activation.customer_page import CustomerPage
from ui.activation.dialog import ActivationDialog
from ui.activation.repair_dialogs import EngagementDialog
from ui.activation.wording import branch_text

W = TypeVar("W", bound=QWidget)
MakeDesk = Callable[..., Desk]
OpenWizard = Callable[..., ActivationDialog]


def walk_by_keyboard(desk: Desk, dialog: ActivationDialog, service: str) -> None:
    """Walk from page to page with Tab, Space and Enter only, until it is sent."""
    for _ in range(8):
        if dialog.presenter.step is Step.SERVICES:
            for _ in range(40):
                if focused(dialog).objectName() == service:
                    break
                QTest.keyClick(focused(dialog), Qt.Key.Key_Tab)
            QTest.keyClick(focused(dialog), Qt.Key.Key_Space)
        elif dialog.presenter.step is Step.REVIEW:
            assert focused(dialog).objectName() == "activationConsent"
            QTest.keyClick(focused(dialog), Qt.Key.Key_Space)
        elif dialog.presenter.step is Step.RESULT:
            return
        desk.settle()
        QTest.keyClick(focused(dialog), Qt.Key.Key_Return)
        desk.settle()


def focused(dialog: ActivationDialog) -> QWidget:
    """Return what has the focus."""
    found = dialog.focusWidget()
    assert found is not None, dialog.presenter.step
    return found


# The whole way


def test_a_customer_that_is_not_registered_is_activated(make_desk: MakeDesk, open_wizard: OpenWizard) -> None:
    desk = make_desk()
    dialog = open_wizard(desk, customer_id="cu_berga")
    assert dialog.presenter.step is Step.CHECK
    assert "Kunden är inte registrerad hos Visma Spcs." in shown_text(dialog)
    press(desk, dialog, "activationNext")
    tick(desk, dialog, "choose_eekonomi")
    go_on_to(desk, dialog, Step.REVIEW)
    text = shown_text(dialog)
    for words in (
        "Granska, registrera och aktivera",
        "Löpande bokföring 2026",
        "maja@bergagard.example",
        "Kontaktperson – får inloggningsinstruktioner",
        "850709-••••\nPersonnumret lämnas till Visma Spcs.",
        "Bergavägen 7",
        "432 95 Varberg",
        "Olle Ström",
        "Uppdragsansvarig på Löpande bokföring 2026",
        "Kunden kan komma att få information från Visma Spcs som är relaterad till tjänsterna.",
    ):
        assert words in text
    assert "9805" not in text
    consent = find(dialog, QCheckBox, "activationConsent")
    assert consent.text() == "Jag har informerat kunden om villkoren ovan och kunden har sagt ja."
    assert not consent.isChecked()
    commit = find(dialog, QPushButton, "activationNext")
    assert commit.text() == "Registrera och aktivera"
    assert not commit.isEnabled()
    assert commit.toolTip() == "Bekräfta först att du har informerat kunden."
    tick(desk, dialog, "activationConsent")
    press(desk, dialog, "activationNext")
    assert dialog.presenter.step is Step.RESULT
    [activation] = live_activations(desk)
    assert activation.branch == Branch.NOT_REGISTERED
    assert activation.contact is not None
    assert activation.consent is not None
    assert not find(dialog, QPushButton, "activationCancel").isVisible()
    assert desk.errors == []


def test_a_person_is_not_called_a_company(make_desk: MakeDesk, open_wizard: OpenWizard) -> None:
    person = with_customer(berga_gard(), kind="private_person", name="Maja Lind")
    desk = make_desk(person)
    dialog = open_wizard(desk, customer_id="cu_berga")
    fixed = dialog.presenter.catalogue.texts.passage(TextKey.NOT_REGISTERED, "sv")
    press(desk, dialog, "activationNext")
    tick(desk, dialog, "choose_eekonomi")
    go_on_to(desk, dialog, Step.REVIEW)
    said = shown_text(dialog)
    assert fixed.text in said
    said = said.replace(fixed.text, "")
    assert "Kund\nMaja Lind" in said
    assert "företag" not in said.casefold()
    tick(desk, dialog, "activationConsent")
    press(desk, dialog, "activationNext")
    assert "företag" not in shown_text(dialog).casefold()
    # In the grid for many, where persons and companies stand in one list.
    assert [branch for branch in Branch if "företag" in branch_text(branch).casefold()] == []


def test_two_services_for_a_registered_customer(make_desk: MakeDesk, open_wizard: OpenWizard) -> None:
    desk = make_desk()
    dialog = open_wizard(desk, customer_id="cu_el")
    press(desk, dialog, "activationNext")
    tick(desk, dialog, "choose_lon_smart")
    tick(desk, dialog, "choose_utlagg")
    go_on_to(desk, dialog, Step.ADMINISTRATORS)
    text = shown_text(dialog)
    assert "Huvudkontakt – godkänner eller avböjer" in text
    assert "Administratör – får information" in text
    go_on_to(desk, dialog, Step.REVIEW)
    assert find(dialog, QPushButton, "activationNext").text() == "Skicka inbjudan"
    preview = find(dialog, QComboBox, "mailPreviewChoose")
    assert [preview.itemText(at).split(" <")[0] for at in range(preview.count())] == [
        "Per Bergström",
        "Anna Holm",
    ]
    tick(desk, dialog, "activationConsent")
    press(desk, dialog, "activationNext")
    [activation] = live_activations(desk)
    assert [item.service for item in activation.items] == ["lon_smart", "utlagg"]
    assert activation.contact is None


def test_the_e_mails_are_written_in_the_language_that_is_chosen(
    make_desk: MakeDesk, open_wizard: OpenWizard
) -> None:
    desk = make_desk()
    dialog = open_wizard(desk, customer_id="cu_el")
    dialog.presenter.set_chosen("lon_smart", chosen=True)
    go_on_to(desk, dialog, Step.REVIEW)
    tick(desk, dialog, "activationConsent")
    text = find(dialog, QTextBrowser, "mailPreviewText")
    assert "Svara på inbjudan" in text.toPlainText()
    language = find(dialog, QComboBox, "mailPreviewLanguage")
    assert language.currentText() == "Svenska"
    scroller = find(dialog, QScrollArea, "activationReviewPageScroll")
    assert scroller.widget().width() <= scroller.viewport().width()
    language.setCurrentIndex(language.findData("en"))
    language.activated.emit(language.currentIndex())
    desk.settle()
    assert "Svara på inbjudan" not in text.toPlainText()
    assert "Per Bergström" in text.toPlainText()
    assert not find(dialog, QCheckBox, "activationConsent").isChecked()
    tick(desk, dialog, "activationConsent")
    press(desk, dialog, "activationNext")
    [activation] = live_activations(desk)
    assert activation.language == "en"


def test_the_keyboard_alone_leads_from_search_to_sent(make_desk: MakeDesk, open_wizard: OpenWizard) -> None:
    desk = make_desk()
    dialog = open_wizard(desk)
    dialog.activateWindow()
    search = find(dialog, QLineEdit, "activationCustomerSearch")
    assert dialog.focusWidget() is search
    QTest.keyClicks(search, "bergstr")
    hits = dialog.findChild(CustomerPage).model  # type: ignore[union-attr]
    desk.wait_until(lambda: [row.id for row in hits.rows] == ["cu_el"])
    QTest.keyClick(search, Qt.Key.Key_Return)
    desk.settle()
    assert dialog.presenter.facts is not None
    assert dialog.presenter.facts.customer.name == "Bergströms El i Umeå AB"
    search.clear()
    QTest.keyClick(search, Qt.Key.Key_Return)
    desk.settle()
    walk_by_keyboard(desk, dialog, "choose_lon_smart")
    assert [activation.customer_id for activation in live_activations(desk)] == ["cu_el"]


def test_a_double_click_sends_once(make_desk: MakeDesk, open_wizard: OpenWizard) -> None:
    desk = make_desk()
    dialog = open_wizard(desk, customer_id="cu_el")
    dialog.presenter.set_chosen("lon_smart", chosen=True)
    go_on_to(desk, dialog, Step.REVIEW)
    tick(desk, dialog, "activationConsent")
    dialog.presenter.commit()
    dialog.presenter.commit()
    QTest.mouseDClick(find(dialog, QPushButton, "activationNext"), Qt.MouseButton.LeftButton)
    desk.settle()
    assert len(live_activations(desk)) == 1
    assert desk.errors == []


def test_a_window_that_is_closed_while_it_sends_closes_when_it_is_saved(
    make_desk: MakeDesk, open_wizard: OpenWizard
) -> None:
    desk = make_desk()
    dialog = open_wizard(desk, customer_id="cu_el")
    dialog.presenter.set_chosen("lon_smart", chosen=True)
    go_on_to(desk, dialog, Step.REVIEW)
    tick(desk, dialog, "activationConsent")
    dialog.presenter.commit()
    dialog.close()
    assert dialog.isVisible()
    desk.wait_until(lambda: not dialog.isVisible())
    assert len(live_activations(desk)) == 1


def test_two_windows_send_the_same_draft_once(make_desk: MakeDesk, open_wizard: OpenWizard) -> None:
    desk = make_desk()
    first = open_wizard(desk, customer_id="cu_el")
    first.presenter.set_chosen("lon_smart", chosen=True)
    go_on_to(desk, first, Step.REVIEW)
    assert first.presenter.draft is not None
    second = open_wizard(desk, draft_id=first.presenter.draft.id)
    for dialog in (first, second):
        go_on_to(desk, dialog, Step.REVIEW)
        dialog.presenter.set_consent(consented=True)
    for dialog in (first, second):
        dialog.presenter.commit()
        desk.settle()
    assert len(live_activations(desk)) == 1


# What stands in the way, and its repairs


@pytest.mark.case(15)
def test_an_engagement_is_created_without_leaving_the_wizard(
    make_desk: MakeDesk, open_wizard: OpenWizard
) -> None:
    desk = make_desk(berga_gard(engagements=(), participations=()))
    dialog = open_wizard(desk, customer_id="cu_berga")
    press(desk, dialog, "activationNext")
    box = find(dialog, QCheckBox, "choose_eekonomi")
    assert not box.isEnabled()
    assert box.toolTip() == "Kunden har inget pågående uppdrag."
    press(desk, dialog, "repair_eekonomi")
    asked = dialog.findChild(EngagementDialog)
    assert asked is not None
    told, most, title = find(asked, QLabel, "newEngagementWrong"), letters_of("title"), asked.title.text()
    asked.title.clear()
    QTest.keyClicks(asked.title, "x" * (most + 1))
    assert not asked.accept_button.isEnabled()
    QTest.keyClick(asked.title, Qt.Key.Key_Return)  # leaves the field, and creates nothing
    assert told.isVisible()
    assert told.text() == f"Benämning: högst {most} tecken, inte {most + 1}."
    QTest.keyClick(asked.title, Qt.Key.Key_Backspace)
    assert asked.accept_button.isEnabled()
    assert not told.isVisible()
    asked.title.setText(title)
    QTest.keyClick(asked.accept_button, Qt.Key.Key_Space)
    desk.wait_until(box.isChecked)
    [engagement] = desk.activation.get_facts("cu_berga").engagements
    assert engagement.title == "Löpande bokföring 2026"
    combo = find(dialog, QComboBox, "engagement_eekonomi")
    assert combo.currentText() == "Löpande bokföring 2026"
    go_on_to(desk, dialog, Step.REVIEW)
    assert "Karin Ek" in shown_text(dialog)


@pytest.mark.case(8)
def test_a_service_that_has_begun_is_disabled_with_its_reason(
    make_desk: MakeDesk, open_wizard: OpenWizard
) -> None:
    facts = berga_gard()
    facts = dataclasses.replace(
        facts,
        collaborations=(collaboration(facts, "scanner", "active"), collaboration(facts, "utlagg", "pending")),
    )
    desk = make_desk(facts)
    dialog = open_wizard(desk, customer_id="cu_berga")
    press(desk, dialog, "activationNext")
    for code, words in (
        ("scanner", "Visma Scanner är redan aktiv hos kunden."),
        ("utlagg", "Kunden har redan fått en inbjudan till Visma Utlägg och har inte svarat."),
    ):
        box = find(dialog, QCheckBox, f"choose_{code}")
        assert not box.isEnabled()
        assert box.toolTip() == words
        assert box.accessibleDescription() == words


def test_a_rule_of_the_catalogue_refuses_a_choice_and_says_why(
    make_desk: MakeDesk, open_wizard: OpenWizard
) -> None:
    desk = make_desk()
    dialog = open_wizard(desk, customer_id="cu_el")
    press(desk, dialog, "activationNext")
    tick(desk, dialog, "choose_lon_smart")
    variant = find(dialog, QComboBox, "variant_lon_smart")
    payer = find(dialog, QComboBox, "payer_lon_smart")
    assert payer.currentData() == "customer"
    variant.setCurrentIndex(variant.findData("start"))
    variant.activated.emit(variant.currentIndex())
    desk.settle()
    assert payer.currentData() == "firm"
    at = payer.findData("customer")
    assert not payer.model().flags(payer.model().index(at, 0)) & Qt.ItemFlag.ItemIsEnabled
    assert "I varianten Start är det alltid byrån som betalar." in shown_text(dialog)


@pytest.mark.case(14)
def test_access_is_requested_where_the_customer_owns_the_subscription(
    make_desk: MakeDesk, open_wizard: OpenWizard
) -> None:
    own = RegisteredService(code="lon_smart", variant="standard", subscription_owner="customer")
    desk = make_desk(with_registration(bergstroms_el(), services=(own,)))
    dialog = open_wizard(desk, customer_id="cu_el")
    press(desk, dialog, "activationNext")
    tick(desk, dialog, "choose_lon_smart")
    assert not find(dialog, QComboBox, "variant_lon_smart").isVisible()
    go_on_to(desk, dialog, Step.REVIEW)
    assert find(dialog, QPushButton, "activationNext").text() == "Begär tillgång"
    assert "Kunden har ett eget abonnemang." in shown_text(dialog)


# The result follows


def test_the_marks_follow_the_servers_word(make_desk: MakeDesk, open_wizard: OpenWizard) -> None:
    desk = make_desk()
    dialog = open_wizard(desk, customer_id="cu_berga")
    dialog.presenter.set_chosen("eekonomi", chosen=True)
    go_on_to(desk, dialog, Step.REVIEW)
    tick(desk, dialog, "activationConsent")
    press(desk, dialog, "activationNext")
    chip = find(dialog, QWidget, "result_eekonomi")
    assert chip.accessibleName() == "I utkorgen"
    [activation] = live_activations(desk)
    confirm_all(desk.database)
    active = Collaboration(
        id=activation.items[0].collaboration_id,
        company=collaboration(berga_gard(), "eekonomi", "active").company,
        service="eekonomi",
        customer_id="cu_berga",
        engagement_id="en_berga_26",
        state="active",
        activation_id=activation.id,
    )
    desk.pull([dataclasses.replace(activation, state=ActivationState.DONE), active])
    desk.wait_until(lambda: find(dialog, QWidget, "result_eekonomi").accessibleName() == "Aktivt")
    assert "Klart – samarbetet är aktivt" in shown_text(dialog)


# Words


def test_every_widget_that_takes_the_focus_has_a_name(make_desk: MakeDesk, open_wizard: OpenWizard) -> None:
    desk = make_desk()
    dialog = open_wizard(desk, customer_id="cu_berga")
    dialog.presenter.set_chosen("eekonomi", chosen=True)
    for step in (Step.CUSTOMERS, Step.CHECK, Step.SERVICES, Step.CONTACT, Step.ACCESS, Step.REVIEW):
        dialog.presenter.go_to(step)
        desk.settle()
        for widget in dialog.findChildren(QWidget):
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                name = widget.accessibleName() or getattr(widget, "text", lambda: "")()
                if widget.parent() is not None and widget.parent().objectName() == "qt_scrollarea_viewport":
                    continue
                assert widget.objectName(), (step, type(widget).__name__)
                assert name, (step, widget.objectName())


def test_the_use_case_refuses_what_the_wizard_would_not_send(make_desk: MakeDesk) -> None:
    desk = make_desk()
    draft = draft_for(bergstroms_el(), load_catalogue().service("lon_smart"))
    with pytest.raises(SamverkaError, match="consent_missing"):
        desk.activation.send(draft, "cu_el")
    with pytest.raises(SamverkaError, match="no_service_chosen"):
        desk.activation.send(draft_for(bergstroms_el(), consented=True), "cu_el")

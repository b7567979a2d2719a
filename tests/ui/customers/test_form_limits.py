"""A form says that a text is too long before anything is saved, and keeps all that was written."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.limits import letters_of
from app.domain.records import Customer
from ui.customer.forms import CustomerForm
from ui.theme import Theme


def test_a_text_beyond_its_limit_is_told_in_the_form(qtbot: QtBot) -> None:
    theme = Theme("light")
    form = CustomerForm(
        theme, Customer(id="cu_1", customer_number="7", name="Ek AB"), (), (), date(2026, 11, 23), None
    )
    qtbot.addWidget(form)
    saved: list[object] = []
    form.saved.connect(saved.append)
    wrong = form.findChild(QLabel, "customerFormWrong")
    line = form.findChild(QLineEdit, "customerStreet")
    assert isinstance(wrong, QLabel) and isinstance(line, QLineEdit)  # noqa: PT018
    most = letters_of("street")
    line.setText("x" * (most + 1))
    form.accept()
    assert wrong.text() == f"Gatuadress: högst {most} tecken, inte {most + 1}."
    assert saved == []
    assert len(line.text()) == most + 1
    line.setText("x" * most)
    form.accept()
    assert len(saved) == 1, "the control: exactly so long is taken"

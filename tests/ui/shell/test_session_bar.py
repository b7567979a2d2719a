"""The bar about signing in: it does not say what is no longer so, or not known yet."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.actions import Actions
from ui.session_bar import SessionBar
from ui.theme import Theme
from ui.widgets.info_bar import InfoBar


class Asked:
    """Stands where Background is: what was asked for is answered when the test says so."""

    def __init__(self) -> None:
        self.answers: list[Callable[[Any], None]] = []

    def run(self, _work: object, done: Callable[[Any], None], *_failed: object, **_options: object) -> None:
        self.answers.append(done)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def made_bar(window: QWidget, *, is_sample: bool) -> tuple[SessionBar, InfoBar, Asked]:
    asked = Asked()
    bar = InfoBar(Theme("light"), parent=window)
    context: Any = SimpleNamespace(
        window=window,
        background=asked,
        actions=Actions(window),
        messages=SimpleNamespace(language="sv"),
    )
    session = SessionBar(context, bar, is_sample=is_sample)
    samverka = SimpleNamespace(
        opened=SimpleNamespace(set_aside=None),
        session=SimpleNamespace(sign_in_sample=None, sign_in=None, who_am_i=None),
    )
    session.show_state("sign_in_needed", "")  # the first round was before anybody could sign in
    session.attach(samverka)
    return session, bar, asked


def test_the_sample_firm_signs_in_by_itself_and_says_nothing_of_it(window: QWidget) -> None:
    session, bar, asked = made_bar(window, is_sample=True)
    assert not bar.isVisible()
    who_came = asked.answers.pop()
    who_came(SimpleNamespace(is_signed_in=False))
    assert not bar.isVisible()
    signed_in = asked.answers.pop()
    signed_in(None)
    assert not bar.isVisible()
    session.show_state("sign_in_needed", "")  # the server has forgotten it again
    assert bar.isVisible()


def test_who_was_signed_in_in_the_sample_firm_and_is_not_now_is_told(window: QWidget) -> None:
    _, bar, asked = made_bar(window, is_sample=True)
    asked.answers.pop()(SimpleNamespace(is_signed_in=True))
    assert bar.isVisible()


def test_after_signing_in_the_bar_goes_at_once(window: QWidget) -> None:
    session, bar, asked = made_bar(window, is_sample=False)
    assert bar.action.text() == "Logga in…"
    session.sign_in()
    assert bar.action.text() == "Avbryt"
    asked.answers.pop()(None)
    assert not bar.isVisible()
    session.show_state("connected", "")
    assert not bar.isVisible()

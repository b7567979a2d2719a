"""Tokens: contrast of every text pair, and what the controls are told."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from ui.theme import DARK, LIGHT, TYPE_SCALE, Kind, Theme, Tokens, body_points, contrast


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_pair_can_be_read(tokens: Tokens) -> None:
    too_weak = {
        name: round(contrast(text, background), 2)
        for name, text, background in tokens.text_pairs()
        if contrast(text, background) < 4.5
    }
    assert too_weak == {}


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)
    assert contrast("#777777", "#FFFFFF") < 4.5


def test_a_name_is_drawn_as_it_is_written(qapp: QApplication) -> None:
    """Inter's contextual alternates make a multiplication sign of the x in «2x4 Bygg»."""
    theme = Theme("light")
    for role in TYPE_SCALE:
        assert theme.font(role).featureValue(QFont.Tag("calt")) == 0, role
        assert theme.font(role).isFeatureSet(QFont.Tag("calt")), role


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_edges_of_controls_are_seen(tokens: Tokens) -> None:
    assert contrast(tokens.control_edge, tokens.surface) >= 3


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_every_kind_has_its_own_tone_and_unknown_words_are_grey(tokens: Tokens) -> None:
    assert len({tokens.tone(kind).text for kind in Kind}) == len(Kind)
    assert tokens.tone("a word of tomorrow") == tokens.none


@pytest.mark.parametrize(
    ("points", "platform", "expected"),
    [(9, "win32", 9.75), (10.8, "win32", 11.7), (13, "darwin", 13), (-1, "win32", 9.75), (20, "linux", 9.75)],
)
def test_text_follows_the_size_of_the_system(points: float, platform: str, expected: float) -> None:
    assert body_points(points, platform) == pytest.approx(expected)

"""The names that are read past the catalogue are the catalogue's."""

from __future__ import annotations

import pytest

from app.catalogue import load_catalogue
from ui.service_names import short_name


@pytest.mark.parametrize("language", ["sv", "en"])
def test_short_names_are_those_of_the_catalogue(language: str) -> None:
    services = load_catalogue().services
    assert {s.code: short_name(s.code, language) for s in services} == {
        s.code: s.short.text(language) for s in services
    }


def test_an_unknown_service_is_shown_as_its_code() -> None:
    assert short_name("nytt_2030", "sv") == "nytt_2030"

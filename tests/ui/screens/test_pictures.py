"""What `screenshot --list` offers can be looked up, and only the sample's own customers are drawn."""

from __future__ import annotations

import importlib

import pytest

from ui.screens import list_screens
from ui.screenshots import screen_keys

WITH_PICTURES = [spec for spec in list_screens(sample=True) if spec.pictures]


@pytest.mark.parametrize("spec", WITH_PICTURES, ids=lambda spec: str(spec.key))
def test_a_screens_pages_are_listed_after_it(spec: object) -> None:
    key, module = spec.key, spec.pictures  # type: ignore[attr-defined]
    names = [f"{key}.{name}" for name in importlib.import_module(module).PICTURES]
    keys = screen_keys(sample=True)
    at = keys.index(key) + 1
    assert names
    assert keys[at : at + len(names)] == names


def test_every_page_of_the_wizard_is_offered() -> None:
    offered = {key.partition(".")[2] for key in screen_keys(sample=True) if key.startswith("activation.")}
    for page in ("customer", "contact", "administrators", "access", "result", "stopped"):
        assert page in offered
    for branch in ("new", "registered", "own", "offline", "unknown"):
        assert f"review_{branch}" in offered

"""Every screen and service leads to a help page, in both languages, and no link in them is dead."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from app.catalogue import load_catalogue
from ui.help.pages import ORDER
from ui.screens import SCREENS

HELP = Path(__file__).resolve().parents[2] / "resources" / "help"
ENGLISH = HELP.parent / "translations" / "samverka_en.ts"
LANGUAGES = ("sv", "en")
PAGES = sorted({path.name for language in LANGUAGES for path in (HELP / language).glob("*.md")})


def test_the_pages_are_the_same_in_both_languages() -> None:
    assert len(PAGES) > 10
    for language in LANGUAGES:
        assert sorted(path.name for path in (HELP / language).iterdir()) == PAGES


def test_every_screen_and_service_has_its_page() -> None:
    wanted = {screen.help for screen in SCREENS if screen.help}
    wanted |= {service.help_page for service in load_catalogue().services}
    assert {f"{name}.md" for name in wanted} <= set(PAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_service_is_found_on_its_page_by_its_name(language: str) -> None:
    """Who searches the help for *Lön* wants to know how it is started."""
    for service in load_catalogue().services:
        text = (HELP / language / f"{service.help_page}.md").read_text(encoding="utf-8")
        assert service.short.text(language) in text, service.code


def test_every_page_has_its_place_in_the_list() -> None:
    assert sorted(f"{key}.md" for key in ORDER) == PAGES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_one_heading_and_links_that_lead_somewhere(language: str, page: str) -> None:
    text = (HELP / language / page).read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert len(re.findall(r"^# ", text, re.MULTILINE)) == 1
    assert set(re.findall(r"\]\(([^)]+)\)", text)) <= set(PAGES)


def words_of_the_screens(language: str) -> frozenset[str]:
    """Return what buttons and menus say in this language, without access keys and with 3 for each figure."""
    found = set()
    for message in ElementTree.parse(ENGLISH).iter("message"):  # noqa: S314  our own file
        forms = [form.text or "" for form in message.iter("numerusform")]
        texts = forms or [message.findtext("translation") or ""]
        found |= set(texts if language == "en" else [message.findtext("source") or ""])
    return frozenset(re.sub(r"%\d|%n", "3", text.replace("&", "")) for text in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_command_that_a_page_names_is_called_so_on_the_screen(language: str) -> None:
    known, unknown, named = words_of_the_screens(language), [], 0
    for page in PAGES:
        text = (HELP / language / page).read_text(encoding="utf-8")
        for name in re.findall(r"\*\*([^*]+…)\*\*", text):
            named += 1
            if re.sub(r"\d+", "3", name) not in known:
                unknown.append(f"{page}: {name}")
    assert unknown == []
    assert named > 20
    assert "Skicka allt nu…" not in known

"""Underlag till kund: opened from the review, saved, and read back with pypdf."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from app.catalogue import load_catalogue
from app.domain.activation_draft import Step
from app.domain.activation_facts import CustomerFacts
from app.domain.consequences import Consequences, work_out
from app.domain.records import Branch
from tests.support.activation_cases import (
    bergstroms_el,
    draft_for,
    situation,
)
from tests.support.activation_desk import Desk
from tests.support.hands import go_on_to, press, tick
from ui.activation.dialog import ActivationDialog
from ui.sheets.brief import customer_brief
from ui.sheets.paper import write_pdf
from ui.sheets.preview_dialog import PaperDialog
from ui.translation import Languages

MakeDesk = Callable[..., Desk]
OpenWizard = Callable[..., ActivationDialog]
DAY = "2026-11-23"


def pages_of(path: Path) -> list[str]:
    """Return the words of each page; how words are spaced is up to the reader."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(path).pages]


def test_it_is_opened_from_the_review_and_saved(
    make_desk: MakeDesk, open_wizard: OpenWizard, tmp_path: Path
) -> None:
    desk = make_desk()
    dialog = open_wizard(desk, customer_id="cu_berga")
    press(desk, dialog, "activationNext")
    tick(desk, dialog, "choose_eekonomi")
    tick(desk, dialog, "choose_scanner")
    go_on_to(desk, dialog, Step.REVIEW)
    press(desk, dialog, "reviewPreviewLink")
    paper = dialog.findChild(PaperDialog, "paperDialog")
    assert paper is not None
    paper.save(tmp_path / "underlag.pdf")
    paper.reject()
    [text] = pages_of(tmp_path / "underlag.pdf")
    for words in (
        "Berga Gård",
        "Underlag till kund · Ek & Lind Redovisning AB · 2026-11-23",
        "Personnummer 850709-••••",
        "Kunden är inte registrerad hos Visma Spcs.",
        "Visma Scanner Löpande bokföring 2026 –",
        "Inloggningsinstruktioner",
        "Kontaktperson Maja Berg, blir administratör och huvudkontakt",
        "Telefon 070-123 45 67",
        "Personnumret lämnas till Visma Spcs.",
        "Olle Ström Uppdragsansvarig Löpande bokföring 2026",
        "Kunden kan komma att få information från Visma Spcs som är relaterad till tjänsterna.",
        "Sida 1 av 1",
    ):
        assert words in text, words
    for private in ("9805", "Kunden bestämmer själv", "Bergströms"):
        assert private not in text, private
    assert any("underlag.pdf" in said for said, _, _ in desk.toasts)


def with_bookkeeping() -> CustomerFacts:
    """Return the company with an engagement that fits the services here."""
    facts = bergstroms_el()
    return replace(facts, engagements=(replace(facts.engagements[0], type="bookkeeping"),))


def write(found: Consequences, path: Path, language: str, name: str) -> list[str]:
    languages = Languages()
    languages.choose(language)
    try:
        customer = replace(bergstroms_el().customer, name=name)
        write_pdf(customer_brief(customer, found, "Byrån AB", DAY, load_catalogue(), language), path)
    finally:
        languages.choose("sv")
    return pages_of(path)


def test_only_an_own_subscription_is_left_to_the_customer(qapp: object, tmp_path: Path) -> None:
    facts, catalogue = with_bookkeeping(), load_catalogue()
    found = work_out(
        draft_for(facts, *(catalogue.service(code) for code in ("scanner", "digitala_fakturor"))).customers[
            0
        ],
        facts,
        situation(),
    )
    [text] = write(found, tmp_path / "a.pdf", "sv", "El AB")
    assert "Kunden bestämmer själv" not in text
    own = replace(
        found, services=tuple(replace(one, branch=Branch.OWNS_SUBSCRIPTION) for one in found.services)
    )
    [text] = write(own, tmp_path / "b.pdf", "sv", "El AB")
    assert text.count("Kunden bestämmer själv") == len(found.services)


@pytest.mark.parametrize("count", range(14, 26))
def test_long_names_and_many_services_break_between_rows_and_after_no_heading(
    qapp: object, tmp_path: Path, count: int
) -> None:
    facts = with_bookkeeping()
    found = work_out(draft_for(facts, load_catalogue().service("scanner")).customers[0], facts, situation())
    [line] = found.services
    engagement = line.engagement
    assert engagement is not None
    titles = [f"Löpande bokföring, bokslut och årsredovisning för rörelsegren {at}" for at in range(count)]
    titles[0] += " med kassa, lager och inventarier" * (count % 5)  # where pages end moves with it
    many = tuple(replace(line, engagement=replace(engagement, title=title)) for title in titles)
    name = "Anders Fredrikssons Fastighetsförvaltning och Trädgårdsservice i Sölvesborg Kommanditbolag"
    pages = write(replace(found, services=many), tmp_path / "lång.pdf", "en", name)
    assert len(pages) > 1
    assert name in pages[0]
    for title in titles:
        assert any(f"{title} –" in page for page in pages), f"{title} is cut in two"
    heads = ("Services", "E-mail from Visma Spcs", "The firm's access")
    for page in pages:
        body = page.rpartition(" Byrån AB · ")[0]
        assert not body.endswith(heads), "a heading stands alone at the end of the page"

"""The texts that are fixed word for word."""

from __future__ import annotations

import hashlib

import pytest

from app.catalogue import Texts, load_catalogue
from app.domain.records import Branch
from app.errors import SamverkaError

CONSENT_TEXTS = {"2026-11-23": "e68ae4270f3adcd6", "2026-11-25": "a93c8b963398870a"}


@pytest.fixture
def texts() -> Texts:
    return load_catalogue().texts


def test_what_happens_to_a_customer_that_is_not_registered(texts: Texts) -> None:
    passage = texts.consequence(Branch.NOT_REGISTERED, "sv")
    assert passage.lead == "Kunden är inte registrerad hos Visma Spcs."
    assert passage.plain == (
        "Kunden är inte registrerad hos Visma Spcs. Företaget registreras där som kund. Kontaktuppgifterna "
        "sparas på vismaspcs.se och kontaktpersonen får tillgång till tjänsterna som ingår i samarbetet. "
        "Inloggningsinstruktioner skickas med e-post till kontaktpersonen."
    )


@pytest.mark.parametrize(
    ("branch", "consequence", "consent", "commit"),
    [
        (Branch.NOT_REGISTERED, "Kunden är inte", "ja.", "Registrera och aktivera"),
        (Branch.WITHOUT_SERVICE, "Kunden är redan", "ovan.", "Skicka inbjudan"),
        (Branch.WITH_SERVICE, "Kunden är redan", "ovan.", "Skicka inbjudan"),
        (Branch.OWNS_SUBSCRIPTION, "Kunden har ett eget", "ovan.", "Begär tillgång"),
        (Branch.UNKNOWN, "Vi vet inte", "ja.", "Lägg i utkorgen"),
        ("a newer word", "Vi vet inte", "ja.", "Lägg i utkorgen"),
    ],
)
def test_each_branch_has_its_texts(
    texts: Texts, branch: str, consequence: str, consent: str, commit: str
) -> None:
    assert texts.consequence(branch, "sv").plain.startswith(consequence)
    assert texts.consent(branch, "sv").plain.endswith(consent)
    assert texts.commit(branch, "sv") == commit


def test_staff_get_access_at_once_or_after_the_approval(texts: Texts) -> None:
    at_once = texts.staff_access(Branch.NOT_REGISTERED, ["Lön 2026"], "sv").plain
    later = texts.staff_access(Branch.WITHOUT_SERVICE, ["Lön 2026"], "sv").plain
    assert "på uppdraget Lön 2026 får tillgång" in at_once
    assert later == at_once.removesuffix(".") + " när kunden har godkänt."


@pytest.mark.parametrize(
    ("language", "words"),
    [("sv", "på uppdragen Lön, Bokslut och Skatt får"), ("en", "staff on Lön, Bokslut and Skatt get")],
)
def test_several_engagements_are_named_in_one_sentence(texts: Texts, language: str, words: str) -> None:
    titles = ["Lön", "Bokslut", "Skatt"]
    assert words in texts.staff_access(Branch.NOT_REGISTERED, titles, language).plain
    assert words in texts.staff_access(Branch.WITHOUT_SERVICE, titles, language).plain


def test_every_text_is_there_in_both_languages(texts: Texts) -> None:
    keys = {key for key, _ in texts.passages}
    assert {(key, language) for key in keys for language in ("sv", "en")} == set(texts.passages)


def test_braces_in_a_name_are_no_placeholders(texts: Texts) -> None:
    assert "{names}" in texts.text("unlink.loses", "sv", names="{names}")


@pytest.mark.parametrize("key", ["no.such", "unlink.loses"])
def test_a_missing_text_or_value_is_told(texts: Texts, key: str) -> None:
    with pytest.raises(SamverkaError, match="text_missing"):
        texts.passage(key, "sv")


def test_a_changed_consent_text_gets_a_new_version(texts: Texts) -> None:
    """A stored consent names the version it was given for: the words of a version never change."""
    agreed = "\n".join(
        passage.plain
        for (key, _), passage in sorted(texts.passages.items())
        if key.split(".")[0] in {"consent", "consequence", "staff", "information"}
    )
    digest = hashlib.sha256(agreed.encode()).hexdigest()[:16]
    assert CONSENT_TEXTS[texts.consent_version] == digest

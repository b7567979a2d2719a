"""What is known of words in names and of mail hosts: read once from resources/matching/words.toml."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_LONG_FORM = 8
MATCHING_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "matching"


@dataclass(frozen=True, slots=True)
class Words:
    """Everything in words.toml, in the form in which it is looked up. All words are folded.

    ``known`` are the words that names are made of: the common ones, and those that others are written for.
    ``town_words`` are the towns and what is called after them (*Lunds*).
    ``telling`` are those of them that tell one company of a family from another. ``long_same`` are the
    synonyms, ``long_forms`` the legal forms of one word, in which a slip can be told; ``long_endings`` are
    synonyms that may stand at the end of another word, ``endings`` those of ``legal_endings``, and
    ``legal_beginnings`` forms written together with the word behind. ``remarks`` are what lists say in
    brackets that is no part of a name. ``beginnings`` are the words that a legal form or a state may begin
    with.
    """

    legal_forms: Mapping[tuple[str, ...], str]
    longest_form: int
    long_forms: tuple[tuple[str, str], ...]
    legal_endings: Mapping[str, str]
    endings: tuple[str, ...]
    legal_beginnings: tuple[str, ...]
    states: frozenset[tuple[str, ...]]
    longest_state: int
    remarks: frozenset[tuple[str, ...]]
    beginnings: frozenset[str]
    small: frozenset[str]
    same: Mapping[str, str]
    long_same: Mapping[str, str]
    long_endings: tuple[str, ...]
    towns: frozenset[str]
    town_words: frozenset[str]
    common: Mapping[str, float]
    known: frozenset[str]
    telling: frozenset[str]
    free_hosts: frozenset[str]
    shared_locals: frozenset[str]


@functools.cache
def load_words(folder: Path = MATCHING_FOLDER) -> Words:
    """Return the words; a missing or spoilt file is a fault of the installation."""
    content = tomllib.loads((folder / "words.toml").read_text(encoding="utf-8"))
    forms = {
        tuple(spelling.split()): form
        for form, spellings in content["legal_forms"].items()
        for spelling in spellings
    }
    endings = {e: form for form, endings in content["legal_endings"].items() for e in endings}
    states = frozenset(tuple(state.split()) for state in content["ignored"]["states"])
    towns = frozenset(content["towns"]["names"].split())
    pairs = (entry.split(":") for entry in content["common"]["per_ten_thousand"].split())
    common = {content["same"].get(word, word): float(often) / 10_000 for word, often in pairs}
    known = frozenset(common) | frozenset(content["same"].values())
    return Words(
        legal_forms=forms,
        longest_form=max(map(len, forms)),
        long_forms=tuple(
            (s[0], form) for s, form in forms.items() if len(s) == 1 and len(s[0]) >= _LONG_FORM
        ),
        legal_endings=endings,
        endings=tuple(endings),
        legal_beginnings=tuple(b for beginnings in content["legal_beginnings"].values() for b in beginnings),
        states=states,
        longest_state=max(map(len, states)),
        remarks=frozenset(tuple(remark.split()) for remark in content["ignored"]["remarks"]),
        beginnings=frozenset(spelling[0] for spelling in (*forms, *states)),
        small=frozenset(content["ignored"]["small"]),
        same=content["same"],
        long_same={word: meant for word, meant in content["same"].items() if len(word) >= 7},
        long_endings=tuple(sorted((w for w in content["same"] if len(w) >= 7), key=lambda w: (-len(w), w))),
        towns=towns,
        town_words=towns | {f"{town}s" for town in towns},
        common=common,
        known=known,
        telling=known - frozenset(content["ignored"]["general"]),
        free_hosts=frozenset(content["mail"]["free_hosts"].split()),
        shared_locals=frozenset(content["mail"]["shared_locals"].split()),
    )

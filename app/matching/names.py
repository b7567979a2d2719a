"""Company names as they can be compared: without legal form, case, accents and marks."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass

_LEGAL_FORMS = {
    "ab": ("aktiebolag", "aktiebolaget", "ab", "a b", "publ"),
    "hb": ("handelsbolag", "handelsbolaget", "hb", "h b"),
    "kb": ("kommanditbolag", "kommanditbolaget", "kb", "k b"),
    "ekf": ("ekonomisk forening", "ekonomiska forening", "ek for", "ekfor", "ek forening", "ekon forening"),
    "ef": ("enskild firma", "enskild naringsverksamhet"),
    "if": ("ideell forening",),
    "brf": ("bostadsrattsforeningen", "bostadsrattsforening", "brf"),
    "stift": ("stiftelsen", "stiftelse"),
}
"""Legal forms in their usual spellings, folded; *publ* only says that an aktiebolag is public."""

_BY_SPELLING = {spelling: form for form, spellings in _LEGAL_FORMS.items() for spelling in spellings}
_LONGEST = max(len(spelling.split()) for spelling in _BY_SPELLING)
_IN_LIQUIDATION = ("i likvidation", "i konkurs", "under likvidation")
_AND = {"och", "o", "and"}
_LETTERS = str.maketrans({"æ": "a", "ø": "o", "ß": "ss", "ð": "d", "þ": "th"})
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class NameForm:
    """A name taken apart: ``core`` is what remains without legal form, words in order with one space."""

    core: str
    legal_form: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """Return the words of the core."""
        return tuple(self.core.split())


def fold(text: str) -> str:
    """Return lower case without accents (å and ä become a, ö becomes o); ``&`` reads as *och*."""
    spread = unicodedata.normalize("NFKD", text.casefold().replace("&", " och ").replace("+", " och "))
    return "".join(c for c in spread if not unicodedata.combining(c)).translate(_LETTERS)


@functools.lru_cache(maxsize=65_536)
def normalise_name(name: str) -> NameForm:
    """Return the comparable form of a company's name. An empty name gives an empty core."""
    folded = fold(name)
    for ending in _IN_LIQUIDATION:
        folded = folded.replace(ending, " ")
    words = [w for w in _WORD.findall(folded) if w not in _AND]
    kept: list[str] = []
    legal_form = ""
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST, len(words) - at), 0, -1):
            form = _BY_SPELLING.get(" ".join(words[at : at + length]))
            if form is not None:
                legal_form = legal_form or form
                at += length
                break
        else:
            kept.append(words[at])
            at += 1
    return NameForm(" ".join(kept or words), legal_form)


def differing_words(text: str, other: str) -> tuple[tuple[int, int], ...]:
    """Return where words of ``text`` stand (start, end) that ``other`` does not have, folded."""
    theirs = {fold(w) for w in _WORD.findall(other)}
    return tuple(
        (match.start(), match.end()) for match in _WORD.finditer(text) if fold(match[0]) not in theirs
    )

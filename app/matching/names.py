"""Company names as they can be compared: without legal form, case, accents, marks and small words."""

from __future__ import annotations

import functools
import html
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from app.matching.words import Words, load_words

_LETTERS = str.maketrans(
    {
        "æ": "a",
        "ø": "o",
        "ß": "ss",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "đ": "d",
        "œ": "o",
        "&": " och ",
        "+": " och ",
    }
)
_FOLDED = str.maketrans("åäöéüàáèëïíóúæø", "aaoeuaaeeiiouao")
"""What nearly all names that are not ASCII have beyond it: the rest takes ten times as long."""
_DOUBLE_LETTERS = (("aa", "a"), ("ae", "a"), ("oe", "o"))
"""How å, ä and ö are written where they cannot be."""
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile(r"['’‘´`]|:(?=s\b)")
_LOST_LETTER = re.compile(r"(?<=\w)[\ufffd?](?=\w)")
_INITIALS = re.compile(r"\b(?:\w\.){2,}", re.UNICODE)
_A_S = re.compile(r"\ba/s\b")
_LETTERS_AND = re.compile(r"(?<![^\W_])([^\W\d_]{1,2})[&+](?!co\b)([^\W\d_]{1,2})(?![^\W_])", re.IGNORECASE)
_LETTER_AND = re.compile(r"(?<![^\W_])([^\W\d_])\.?\s*(?:&|\+|\boch\b)\s*([^\W\d_])(?![^\W_])", re.IGNORECASE)
"""Letters joined by a sign are one word, like letters without it: *H&M*, *H & M*, *AT&T*."""
_ROMAN_ONE = re.compile(r"(?<=\w )I(?=,? (?:AB|HB|KB)\b)|(?<=[a-zåäöé] )I$")
"""*Eken I AB* is the sister of *Eken II AB*; as a word *i* stands before a town."""
_ROMAN = {"ii": "2", "iii": "3", "iv": "4"}
_SHORTENED = (
    (re.compile(r"\bc:o\b", re.IGNORECASE), "co"),
    (re.compile(r"\bs:ta\b", re.IGNORECASE), "sankta"),
    (re.compile(r"\bn(?::o|o\.)(?=\s*\d)", re.IGNORECASE), "nr"),
)
"""Abbreviations with a mark in the middle, which would be two words."""
_CARE_OF = re.compile(r"(?<=\w)[\s,;(]+(?:c\s?/\s?o\b|c\.o\.|att(?:n|ention)?[:.])", re.IGNORECASE)
"""From here on a name says where its post goes, and no longer which company it is."""
_FORMERLY = re.compile(
    r"(?<=\w)[\s,;]*[\s,;(\[]\s*(?:f\.?\s?d\.?|fd|tidigare|förut|formerly|previously)\s[^)\]]*[)\]]?",
    re.IGNORECASE,
)
_REMARK = re.compile(r"(?<=\w)\s*[(\[]\s*([^()\[\]]*?)\s*[)\]]")
_TWO_WORDS = re.compile(r"(?<=[a-zåäöé]{3})(?=[A-ZÅÄÖ][a-zåäöé]{2})")
_BEHIND = "".join(bytes((code,)).decode("cp1252", "replace") for code in range(0x80, 0xC0)).replace(
    "\ufffd", ""
)
_WRONGLY_DECODED = re.compile(rf"[ÃÂ][\x80-\xbf{re.escape(_BEHIND)}]")
"""What Swedish letters of UTF-8 become when they are read as Windows 1252 or Latin 1."""
_MOST_READINGS = 3
_ENTITY = re.compile(r"&(?:#\d{2,5}|#[xX][0-9a-fA-F]{2,4}|[A-Za-z]{2,8});")
_DOS = str.maketrans(
    {chr(code): bytes((code,)).decode("cp437") for code in range(0x80, 0xA0)}
    | dict(zip("†„”", "åäö", strict=True))
)
"""Swedish letters of DOS read as Windows 1252 or Latin 1 (Bj”rn)."""
_DOS_LETTER = re.compile(r"[\x80-\x9f]|(?<=\w)[†„”](?=\w)")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
"""Signs that nobody sees: directions of writing, joints, byte order marks."""
_DIGIT_FOR_LETTER = re.compile(
    r"\b[01568](?=[a-z]{4})|(?<=[a-z]{2})[01568](?=[a-z])|(?<=[a-z])[01568](?=[a-z]{2})"
)
"""A digit among letters is a letter that was read wrongly from paper (8ageriet, Vetebul1en)."""
_LETTER_OF_DIGIT = {"0": "o", "1": "l", "5": "s", "6": "o", "8": "b"}
_SHORTEST_MISSPELT = 8
_SHORTEST_SYNONYM = 7
_SHORTEST_BEHIND = 3
_LONGEST, _LONGEST_READ = 300, 2000
"""Signs of a name that are compared; longer ones are texts and no names."""


@dataclass(frozen=True, slots=True)
class NameForm:
    """A name taken apart: ``core`` is what remains without legal form, words in order with one space.

    ``joined`` is the core without spaces: names written together or apart are the same.
    """

    core: str
    legal_form: str = ""
    words: tuple[str, ...] = ()
    joined: str = ""


def fold(text: str) -> str:
    """Return lower case without accents (å and ä become a, ö becomes o); ``&`` reads as *och*."""
    text = text.casefold()
    if not text.isascii():
        text = text.translate(_FOLDED)
    if text.isascii():
        return text.translate(_LETTERS) if "&" in text or "+" in text else text
    spread = unicodedata.normalize("NFKD", text)
    return "".join(c for c in spread if not unicodedata.combining(c)).translate(_LETTERS)


@functools.lru_cache(maxsize=65_536)
def fold_word(word: str) -> str:
    """Return one word as it is compared: folded, double letters read as å ä ö, synonyms as one."""
    folded = fold(word)
    for double, letter in _DOUBLE_LETTERS:
        if double in folded:
            folded = folded.replace(double, letter)
    if _DIGIT_FOR_LETTER.search(folded):
        folded = _DIGIT_FOR_LETTER.sub(lambda found: _LETTER_OF_DIGIT[found[0]], folded)
    words = load_words()
    return (
        words.same.get(folded)
        or _ROMAN.get(folded)
        or _misspelt_synonym(folded, words)
        or _with_synonym_behind(folded, words)
    )


def _with_synonym_behind(word: str, words: Words) -> str:
    """Return a word with what its last part stands for: *dahlfastigheter* is *dahlfastighet*."""
    if len(word) >= _SHORTEST_SYNONYM + _SHORTEST_BEHIND and word.endswith(words.long_endings):
        for written in words.long_endings:
            if word.endswith(written) and len(word) >= len(written) + _SHORTEST_BEHIND:
                return word[: -len(written)] + words.same[written]
    return word


def _misspelt_synonym(word: str, words: Words) -> str:
    """Return the word that a long word with a slip stands for (*fstigheter* for *fastighet*), or ""."""
    if len(word) < _SHORTEST_SYNONYM or not word.isalpha() or word in words.common or word in words.towns:
        return ""
    by_edge = _synonyms_by_edge()
    # One slip in seven letters or more leaves the first three or the last three as they are.
    maybe: set[tuple[int, str, str]] = {*by_edge.get(f"^{word[:3]}", ()), *by_edge.get(f"{word[-3:]}$", ())}
    for _, written, meant in sorted(maybe):
        if OSA.distance(word, written, score_cutoff=1) <= 1:
            return meant
    return ""


@functools.cache
def _synonyms_by_edge() -> Mapping[str, list[tuple[int, str, str]]]:
    found: dict[str, list[tuple[int, str, str]]] = {}
    for at, (written, meant) in enumerate(load_words().long_same.items()):
        for edge in (f"^{written[:3]}", f"{written[-3:]}$"):
            found.setdefault(edge, []).append((at, written, meant))
    return found


def normalise_name(name: str) -> NameForm:
    """Return the comparable form of a company's name. An empty name gives an empty core."""
    words = load_words()
    text = name if name.isascii() else _INVISIBLE.sub("", name[:_LONGEST_READ])
    text = text[:_LONGEST]
    if "&" in text and _ENTITY.search(text):
        text = html.unescape(html.unescape(text))
    if not text.isascii():
        for _ in range(_MOST_READINGS):
            if not _WRONGLY_DECODED.search(text):
                break
            text = _decode_again(text)
        if _DOS_LETTER.search(text):
            text = _DOS_LETTER.sub(lambda found: found[0].translate(_DOS), text)
    text = _without_remarks(text, words)
    if ":" in text or "." in text:
        for written, meant in _SHORTENED:
            text = written.sub(meant, text)
    if "&" in text or "+" in text or "och" in text.lower():
        text = _LETTER_AND.sub(_letters_joined, _LETTERS_AND.sub(_letters_joined, text))
    if " I" in text:
        text = _ROMAN_ONE.sub("1", text)
    if not text.islower() and not text.isupper():
        text = _TWO_WORDS.sub(" ", text)
    if not text.isascii() or "?" in text or "'" in text or "`" in text or ":" in text:
        text = _LOST_LETTER.sub("", _APOSTROPHE.sub("", text))
    folded = fold(text)
    if "." in folded:
        folded = _INITIALS.sub(lambda found: found[0].replace(".", "") + " ", folded)
    if "/" in folded:
        folded = _A_S.sub("as", folded)
    parts = _join_initials(_WORD.findall(folded))
    if any(part.startswith(words.legal_beginnings) for part in parts):
        parts = [one for part in parts for one in _apart(part, words)]
    kept, legal_form = _without_forms(parts, words)
    significant = [word for word in kept if word not in words.small]
    chosen = significant or kept  # of nothing but a form a name says nothing
    final = tuple(map(fold_word, chosen))
    core = " ".join(final)
    return NameForm(core, legal_form, final, core.replace(" ", ""))


def _letters_joined(found: re.Match[str]) -> str:
    """Return the letters as one word, but for those that would be a legal form (*A & B*)."""
    joined = f"{found[1]}{found[2]}"
    return found[0] if (fold(joined),) in load_words().legal_forms else joined


def _without_remarks(text: str, words: Words) -> str:
    """Leave out whom the post goes to, what the company was called before, and notes such as *(vilande)*."""
    if "/" in text or "." in text or ":" in text:
        found = _CARE_OF.search(text)
        text = text[: found.start()] if found else text
    lowered = text.lower()
    if "f" in lowered or "tidigare" in lowered or "previously" in lowered:
        text = _FORMERLY.sub("", text)
    if "(" in text or "[" in text:
        text = _REMARK.sub(lambda note: "" if _is_remark(note[1], words) else note[0], text)
    return text


def _is_remark(note: str, words: Words) -> bool:
    """Tell whether a note in brackets is about the list and not about the company: a number, or its state."""
    spoken = tuple(_WORD.findall(fold(note)))
    return (
        note.replace(" ", "").replace("-", "").isdigit() or spoken in words.remarks or spoken in words.states
    )


def legal_form_spans(name: str) -> tuple[tuple[int, int], ...]:
    """Return where the words of the legal form stand in a name as it is written."""
    forms = load_words().legal_forms
    return tuple((found.start(), found.end()) for found in _WORD.finditer(name) if (fold(found[0]),) in forms)


def name_words(name: str) -> list[tuple[str, int, int]]:
    """Return each word of a name as it is compared, with where it stands in the name."""
    return [(fold_word(found[0]), found.start(), found.end()) for found in _WORD.finditer(name)]


def _join_initials(parts: list[str]) -> list[str]:
    """``j p svensson`` is ``jp svensson``, ``a b`` is ``ab``; *i* and *o* are words of their own."""
    if not parts or min(map(len, parts)) > 1:
        return parts
    joined: list[str] = []
    was_initial = False
    for part in parts:
        is_initial = len(part) == 1 and part.isalpha() and part not in "io"
        if is_initial and was_initial:
            joined[-1] += part
        else:
            joined.append(part)
        was_initial = is_initial
    return joined


def _without_forms(parts: list[str], words: Words) -> tuple[list[str], str]:
    kept: list[str] = []
    legal_form = ""
    at = 0
    while at < len(parts):
        length = _length_at(parts, at, words) if parts[at] in words.beginnings else 0
        if length:
            form = words.legal_forms.get(tuple(parts[at : at + length]), "")
            legal_form = legal_form or form
            at += length
            continue
        part = parts[at]
        misspelt = _misspelt_form(part) if len(part) >= _SHORTEST_MISSPELT else ""
        if misspelt:
            legal_form = legal_form or misspelt
            at += 1
            continue
        if part.endswith(words.endings):
            for ending, form in words.legal_endings.items():
                if len(part) > len(ending) + 2 and part.endswith(ending):
                    part, legal_form = part[: -len(ending)], legal_form or form
                    break
        kept.append(part)
        at += 1
    return kept, legal_form


@functools.lru_cache(maxsize=16_384)
def _misspelt_form(word: str) -> str:
    """Return the legal form that a long word is but for a slip or two (*aktieblaget*), or ""."""
    allowed = 2 if len(word) > 12 else 1
    for spelling, form in load_words().long_forms:
        if OSA.distance(word, spelling, score_cutoff=allowed) <= allowed:
            return form
    return ""


def _apart(part: str, words: Words) -> tuple[str, ...]:
    """Return a form and the word that is written together with it (*Brfvargen*), else the word alone."""
    for beginning in words.legal_beginnings:
        if part.startswith(beginning) and len(part) >= len(beginning) + _SHORTEST_BEHIND:
            return beginning, part[len(beginning) :]
    return (part,)


def _length_at(parts: list[str], at: int, words: Words) -> int:
    """Return how many words from here on are a legal form or a state, or 0."""
    for length in range(min(max(words.longest_form, words.longest_state), len(parts) - at), 0, -1):
        these = tuple(parts[at : at + length])
        if these in words.legal_forms or these in words.states:
            return length
    return 0


def _decode_again(text: str) -> str:
    """Undo a reading of UTF-8 as Windows 1252 or Latin 1 (``BjÃ¶rn``); what is no such thing stays."""
    for alphabet in ("cp1252", "latin-1"):
        try:
            return text.encode(alphabet).decode("utf-8")
        except UnicodeError:
            continue
    return text


def differing_words(text: str, other: str) -> tuple[tuple[int, int], ...]:
    """Return where words of ``text`` stand (start, end) that ``other`` does not have, folded."""
    theirs = {word for word, _, _ in name_words(other)}
    return tuple((start, end) for word, start, end in name_words(text) if word not in theirs)

"""Legal forms as files name them, and the kind of customer that follows.

Codes of SIE's #FTYP (SIE filformat 4B, bolagsform) and the words that Swedish customer lists use. The
customer's ``legal_form`` is stored as the SIE code.
"""

from __future__ import annotations

import re

from app.domain.records import CustomerKind
from app.domain.swedish_order import fold_for_search

_FORMS: dict[str, tuple[str, ...]] = {
    "AB": ("ab", "aktiebolag", "publikt aktiebolag", "privat aktiebolag", "limited company"),
    "E": ("e", "ef", "enskild firma", "enskild naringsidkare", "enskild naringsverksamhet", "sole trader",
          "sole firm", "sole_firm"),
    "HB": ("hb", "handelsbolag", "trading partnership"),
    "KB": ("kb", "kommanditbolag", "limited partnership"),
    "EK": ("ek", "ek for", "ekonomisk forening", "economic association"),
    "KHF": ("khf", "kooperativ hyresrattsforening"),
    "BRF": ("brf", "bostadsrattsforening", "housing association"),
    "BF": ("bf", "bostadsforening"),
    "SF": ("sf", "sambruksforening"),
    "I": ("i", "ideell forening", "ideell", "forening", "association", "non profit association"),
    "S": ("s", "stiftelse", "fond", "foundation"),
    "FL": ("fl", "filial", "filial till utlandskt bolag", "branch"),
    "BAB": ("bab", "bankaktiebolag"),
    "MB": ("mb", "medlemsbank"),
    "SB": ("sb", "sparbank"),
    "BFL": ("bfl", "utlandsk banks filial"),
    "FAB": ("fab", "forsakringsaktiebolag"),
    "OFB": ("ofb", "omsesidigt forsakringsbolag"),
    "SE": ("se", "europabolag"),
    "SCE": ("sce", "europakooperativ"),
    "TSF": ("tsf", "trossamfund", "registrerat trossamfund"),
    "X": ("x", "annan", "annan foretagsform", "other"),
}  # fmt: skip
_BY_WORD = {word: code for code, words in _FORMS.items() for word in words}
_KINDS: dict[CustomerKind, tuple[str, ...]] = {
    CustomerKind.PRIVATE_PERSON: ("privatperson", "privat", "fysisk person", "private person", "person",
                                  "private"),
    CustomerKind.ESTATE: ("dodsbo", "estate", "estate of a deceased person"),
    CustomerKind.ASSOCIATION_WITHOUT_NUMBER: ("forening utan organisationsnummer", "forening utan nummer",
                                              "association without number"),
    CustomerKind.FOREIGN: ("utlandsk", "utlandskt foretag", "utlandsk juridisk person", "utland", "foreign",
                           "foreign company"),
    CustomerKind.LEGAL_PERSON: ("juridisk person", "foretag", "bolag", "legal person", "company"),
}  # fmt: skip
_KIND_BY_WORD = {word: kind for kind, words in _KINDS.items() for word in words}
_LEGAL_ENDINGS = re.compile(
    r"\b(ab|aktiebolag|aktiebolaget|hb|handelsbolag|kb|kommanditbolag|ek for|ekonomisk forening"
    r"|bostadsrattsforening|bostadsrattsforeningen|brf|stiftelse|stiftelsen|ideell forening)\b"
)


def read_legal_form(text: str) -> str:
    """Return the SIE code of a legal form, the text itself where it is another word, or empty."""
    word = _fold(text)
    if word in _KIND_BY_WORD:
        return ""
    return _BY_WORD.get(word, text.strip())


def read_kind(text: str) -> CustomerKind | None:
    """Return the kind that a word in a list means, through its legal form where it names one."""
    word = _fold(text)
    if word in _KIND_BY_WORD:
        return _KIND_BY_WORD[word]
    code = _BY_WORD.get(word)
    if code is None or code == "X":
        return None
    return CustomerKind.SOLE_FIRM if code == "E" else CustomerKind.LEGAL_PERSON


def name_says_legal_person(name: str) -> bool:
    """Tell whether the name itself carries a legal form that no person or sole firm may have."""
    return _LEGAL_ENDINGS.search(_fold(name)) is not None


def _fold(text: str) -> str:
    return fold_for_search(text)

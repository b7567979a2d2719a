"""How two company names agree: which words they share, which are spelt otherwise, and which only one has."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from enum import StrEnum
from typing import NamedTuple

from rapidfuzz.distance import OSA

from app.matching.names import NameForm, fold_word
from app.matching.spellings import by_look, by_sound
from app.matching.words import load_words

SPELLING = 0.74
"""Words less alike than this (1 − slips ÷ letters of the longer) are different words."""
_SHORTEST_SLIPPED = 4
_SHORTEST_PREFIX = 3
_FUSED = 0.87
_MAY_BE_SLIPPED = 0.5
_HIGH, _MIDDLE, _LOW = 0.75, 0.5, 0.25

_WELL_KNOWN = 12.5
"""Bits below which a word is one that many names have."""
_INFLECTIONS = frozenset({"s", "n", "en", "et", "ens", "ets", "er", "ar", "or", "na", "erna", "arna", "orna"})
WordBits = Callable[[str], float]


class NameLevel(StrEnum):
    """Levels of agreement between names, from the same to nothing in common."""

    SAME = "same"
    ORDER = "order"
    SPELLING = "spelling"
    PART = "part"
    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"
    CONFLICT = "conflict"
    DIFFERENT = "different"
    MISSING = "missing"


class NameAgreement(NamedTuple):
    """``shared``, ``lost`` and ``extra`` are bits: how rare the words are that both, left, or right have."""

    level: NameLevel
    shared: float = 0.0
    lost: float = 0.0
    extra: float = 0.0


MISSING = NameAgreement(NameLevel.MISSING)

# Looked up once: a member of an enumeration costs as much as a comparison of two words.
_IS_SAME, _IS_ORDER, _IS_SPELLING, _IS_PART = (
    NameLevel.SAME,
    NameLevel.ORDER,
    NameLevel.SPELLING,
    NameLevel.PART,
)
_IS_HIGH, _IS_MIDDLE, _IS_LOW = NameLevel.HIGH, NameLevel.MIDDLE, NameLevel.LOW
_IS_CONFLICT, _IS_DIFFERENT = NameLevel.CONFLICT, NameLevel.DIFFERENT


def compare_names(
    left: NameForm, right: NameForm, bits: WordBits, *, left_town: str = "", right_town: str = ""
) -> NameAgreement:
    """Compare two names. ``bits`` tells how rare a word is (−log₂ of its share among names).

    The towns are where the companies are, folded: *Rotary Lund* is the *Rotary* that is in Lund.
    Symmetric: the same two names the other way round agree as much, with ``lost`` and ``extra`` exchanged.
    """
    ours, theirs = left.words, right.words
    if not ours or not theirs:
        return MISSING
    if ours == theirs:
        return NameAgreement(_IS_SAME, sum(map(bits, dict.fromkeys(ours))))
    is_turned = ours > theirs
    if is_turned:
        ours, theirs, left_town, right_town = theirs, ours, right_town, left_town
    # In the words' order and not in a set's: sums of floats are then the same in every process.
    common = {word: None for word in ours if word in theirs}
    shared = sum(map(bits, common))
    rest_left, rest_right = _words_without(ours, common), _words_without(theirs, common)
    if not rest_left and not rest_right:
        return NameAgreement(_IS_ORDER, shared)
    if left.joined == right.joined:
        return NameAgreement(_IS_SPELLING, min(sum(map(bits, ours)), sum(map(bits, theirs))))
    slipped = 0.0
    if rest_left and rest_right:
        if len(rest_right) > 1:
            slipped = _pair_joined(rest_left, rest_right, bits)
        if len(rest_left) > 1:
            slipped += _pair_joined(rest_right, rest_left, bits)
    if rest_left and rest_right:
        slipped += _pair_up(rest_left, rest_right, bits)
        if rest_left or rest_right:
            slipped += _pair_initials(rest_left, rest_right, ours, theirs, bits)
        if rest_left and rest_right and (len(rest_left) > 1 or len(rest_right) > 1):
            slipped += _pair_fused(rest_left, rest_right, bits)
    elif rest_left or rest_right:
        slipped += _pair_initials(rest_left, rest_right, ours, theirs, bits)
    if shared or slipped:
        if rest_left and right_town:
            rest_left = [word for word in rest_left if not _is_of_town(word, right_town)]
        if rest_right and left_town:
            rest_right = [word for word in rest_right if not _is_of_town(word, left_town)]
    lost, extra = sum(map(bits, rest_left)), sum(map(bits, rest_right))
    level = _level(shared + slipped, lost, extra, rest_left, rest_right)
    if level is _IS_PART and _is_proper(rest_left or rest_right) and not _is_proper(common):
        # «Transport i Örebro» is what many are, and no short for Ceva Transport i Örebro.
        level = _IS_LOW
    if is_turned:
        lost, extra = extra, lost
    return NameAgreement(level, shared + slipped, lost, extra)


def _words_without(words: tuple[str, ...], common: Collection[str]) -> list[str]:
    rest = [word for word in words if word not in common]
    return sorted(set(rest)) if len(rest) > 1 else rest


def _is_of_town(word: str, town: str) -> bool:
    # The name may have been cut off in the middle of the town; a trade (Mark) is no part of it (Markaryd).
    is_cut = len(word) >= _SHORTEST_PREFIX and town.startswith(word) and word not in load_words().known
    return is_cut or word in (town, f"{town}s")


def _is_proper(words: Iterable[str]) -> bool:
    """Tell whether one of the words is a name and neither a trade nor a town."""
    lists = load_words()
    return any(
        len(word) >= _SHORTEST_PREFIX and word not in lists.known and word not in lists.town_words
        for word in words
    )


def are_other_names(left: NameForm, right: NameForm) -> bool:
    """Tell whether each name has a word of its own that is no trade, no town and no slip of the other's."""
    rests = [
        [word for word in one.words if word not in other.words]
        for one, other in ((left, right), (right, left))
    ]
    # A slip hits a word's first letter seldom: Westerlund and Söderlund are two.
    alike = any(_may_be_slips([one], [other]) for one in rests[0] for other in rests[1] if one[0] == other[0])
    return _is_proper(rests[0]) and _is_proper(rests[1]) and not alike


def _level(shared: float, lost: float, extra: float, left: list[str], right: list[str]) -> NameLevel:
    if not left and not right:
        return _IS_SPELLING
    share = 2 * shared / (2 * shared + lost + extra) if shared > 0 else 0.0
    if share < _LOW:
        return _IS_DIFFERENT
    if left and right and _tell_apart(left, right):
        return _IS_CONFLICT
    if not left or not right:
        return _IS_PART if share >= _MIDDLE else _IS_LOW
    if share >= _HIGH:
        return _IS_HIGH
    return _IS_MIDDLE if share >= _MIDDLE else _IS_LOW


def _tell_apart(left: list[str], right: list[str]) -> bool:
    """Two numbers or towns tell branches of one name apart, two other words companies of one family.

    *Dahl Bygg* and *Dahl Fastigheter* share an owner, a telephone and an address, and are two companies. One
    of the words has to be one that names are made of: two that nobody knows may be one with many slips.
    """
    words = load_words()
    if any(map(str.isdigit, left)) and any(map(str.isdigit, right)):
        return True
    if not words.town_words.isdisjoint(left) and not words.town_words.isdisjoint(right):
        return True
    known_left, known_right = not words.telling.isdisjoint(left), not words.telling.isdisjoint(right)
    if known_left and known_right:
        return True
    if not (known_left or known_right) or _may_be_slips(left, right):
        return False
    return (known_left or _has_own(left, right)) and (known_right or _has_own(right, left))


def _may_be_slips(left: list[str], right: list[str]) -> bool:
    return any(
        OSA.normalized_similarity(one, other, score_cutoff=_MAY_BE_SLIPPED) >= _MAY_BE_SLIPPED
        for one in left
        for other in right
        if len(one) > 1 and len(other) > 1
    )


def _has_own(rest: list[str], other: list[str]) -> bool:
    """Tell whether one of the words is no fragment: long enough, or a letter that none of the others has."""
    return any(
        len(word) >= _SHORTEST_SLIPPED or (len(word) == 1 and all(one[0] != word for one in other))
        for word in rest
    )


def word_likeness(left: str, right: str, bits: WordBits) -> float:
    """Return how much of a word's evidence two different words keep: 0 for other words, below 1 otherwise.

    A slip makes a word that hardly anybody else has; two well-known words that are a letter apart (Lund,
    Lind) are most often two names. An abbreviation is rarer than the word that it stands for.
    """
    is_short = len(left) < len(right) or (len(left) == len(right) and left <= right)
    short, long = (left, right) if is_short else (right, left)
    if short.isdigit() or long.isdigit():
        return 0.0
    if len(short) >= _SHORTEST_SLIPPED and (
        by_sound(short) == by_sound(long) or by_look(short) == by_look(long)
    ):
        return 0.9
    if len(short) >= _SHORTEST_PREFIX and long.startswith(short):
        if len(short) >= _SHORTEST_SLIPPED and long[len(short) :] in _INFLECTIONS:
            return 0.95
        kept = 0.9 if len(short) >= _SHORTEST_SLIPPED else 0.7
        return kept if bits(short) >= bits(long) else 0.4 * kept
    known = load_words().known
    if len(short) < _SHORTEST_SLIPPED or len(long) - len(short) > 3 or (short in known and long in known):
        return 0.0
    allowed = 1 if len(long) < 8 else 2 if len(long) < 13 else 3
    distance = OSA.distance(short, long, score_cutoff=allowed)
    if distance > allowed:
        return 0.0
    alike = 1 - distance / len(long)
    if alike >= SPELLING:
        kept = 0.6 + 0.35 * (alike - SPELLING) / (1 - SPELLING)
    elif distance == 1 and short[0] == long[0]:
        kept = 0.6
    else:
        return 0.0
    return kept * 0.6 if max(bits(short), bits(long)) < _WELL_KNOWN else kept


def _pair_up(left: list[str], right: list[str], bits: WordBits) -> float:
    """Take words that are the same but for a slip or an abbreviation out of both lists; return their bits."""
    found: list[tuple[float, str, str]] = []
    for ours in left:
        for theirs in right:
            alike = word_likeness(ours, theirs, bits)
            if alike:
                found.append((alike, min(ours, theirs), max(ours, theirs)))
    if len(found) > 1:
        found.sort(key=lambda f: (-f[0], f[1], f[2]))
    total = 0.0
    for alike, one, other in found:
        ours, theirs = (one, other) if one in left and other in right else (other, one)
        if ours in left and theirs in right:
            left.remove(ours)
            right.remove(theirs)
            total += alike * min(bits(ours), bits(theirs))
            own = _rest_of_compound(ours, theirs, bits)
            if own:
                (left if len(ours) > len(theirs) else right).append(own)
    return total


def _rest_of_compound(one: str, other: str, bits: WordBits) -> str:
    """Return what a word has behind another that is a word by itself (NorrbroService, Norrbro), or ""."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    rest = long[len(short) :]
    if len(rest) < _SHORTEST_SLIPPED or not long.startswith(short) or bits(short) > bits(long):
        return ""
    rest = fold_word(rest)
    return rest if rest in load_words().known else ""


def _pair_initials(
    left: list[str], right: list[str], ours: tuple[str, ...], theirs: tuple[str, ...], bits: WordBits
) -> float:
    """Pair an abbreviation with the words whose initials it is (SIPRI), and an initial with a first name."""
    total = 0.0
    for rest, other_rest, words, other_words in ((left, right, ours, theirs), (right, left, theirs, ours)):
        if not rest or min(map(len, rest)) > len(other_words):
            continue  # no word is short enough to be initials
        initials = "".join(word[0] for word in other_words)
        for word in list(rest):
            at = initials.find(word) if len(word) >= 3 and word.isalpha() else -1
            if at >= 0:
                rest.remove(word)
                spelt = [one for one in dict.fromkeys(other_words[at : at + len(word)]) if one in other_rest]
                # Initials beside the words that they stand for (Röda Korset RK) say nothing more.
                total += min(0.6 * bits(word), sum(map(bits, spelt)))
                for one in spelt:
                    other_rest.remove(one)
            elif len(word) == 2 and _are_first_names(word, other_words, other_rest):
                rest.remove(word)
                for one in other_words[:2]:
                    other_rest.remove(one)
                total += 5.0
            elif len(word) == 1 and word.isalpha():
                # First names are cut to a letter (J Svensson); «H» at the end may be Holding or Handel.
                firsts = {other_words[0]} if word != words[0] else set(other_rest)
                meant = next((one for one in other_rest if one[0] == word and one in firsts), None)
                if meant is not None:
                    rest.remove(word)
                    other_rest.remove(meant)
                    total += 3.0
    return total


def _are_first_names(initials: str, words: tuple[str, ...], rest: list[str]) -> bool:
    """Tell whether two letters stand for a double first name, and a surname follows (A-S Nyström)."""
    firsts = words[:2]
    return (
        len(words) > 2
        and initials == "".join(word[0] for word in firsts)
        and len(set(firsts)) == 2
        and all(word in rest and len(word) > 1 for word in firsts)
    )


def _pair_joined(joined: list[str], apart: list[str], bits: WordBits) -> float:
    """Pair a word with two that it is written together of (WaterAid, Wateraid Sverige)."""
    total = 0.0
    for word in list(joined):
        for one in apart:
            other = word[len(one) :]
            if other in apart and other != one and word.startswith(one):
                joined.remove(word)
                apart.remove(one)
                apart.remove(other)
                total += min(bits(word), bits(one) + bits(other))
                break
    return total


def _pair_fused(left: list[str], right: list[str], bits: WordBits) -> float:
    """Pair words that are written together on one side (Glas Mästeriet, Glasmästeriet)."""
    ours, theirs = "".join(left), "".join(right)
    shorter, longer = sorted((len(ours), len(theirs)))
    if shorter < 5 or 1 - (longer - shorter) / longer < _FUSED:
        return 0.0
    alike = max(
        OSA.normalized_similarity(a, b)
        for a in {ours, "".join(left[::-1])}
        for b in {theirs, "".join(right[::-1])}
    )
    if alike < _FUSED:
        return 0.0
    total = alike * min(sum(map(bits, left)), sum(map(bits, right)))
    left.clear()
    right.clear()
    return total

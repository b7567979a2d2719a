"""How common words, places and addresses are among the firm's customers: what is rare weighs more."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping

from app.matching.sides import Side

_PSEUDO_NAMES = 2000
"""The background counts as much as this many of the firm's own customers."""
_UNKNOWN_WORD = 2e-5


class Frequencies:
    """Counts over the customers in the index; adding and removing a customer leaves no trace of the order.

    A customer's own occurrence never counts against it: a value is as common as it is among the *others*.
    """

    def __init__(self, background: Mapping[str, float]) -> None:
        self._background = background
        self._words: Counter[str] = Counter()
        self._values: Counter[str] = Counter()
        self._bits = _WordBits(self._count_bits)
        self.word_bits: Callable[[str], float] = self._bits.__getitem__
        """Gives −log₂ of the share of names that have a word."""
        self.customers = 0

    def add(self, side: Side) -> None:
        """Count a customer."""
        self._count(1)
        words = self._words
        for word in set(side.form.words):
            words[word] = words.get(word, 0) + 1
        values = self._values
        for value in _values(side):
            values[value] = values.get(value, 0) + 1

    def remove(self, side: Side) -> None:
        """Count a customer no longer."""
        self._count(-1)
        for word in set(side.form.words):
            _less(self._words, word)
        for value in _values(side):
            _less(self._values, value)

    def _count(self, more: int) -> None:
        self.customers += more
        self._bits.clear()  # with another number of customers every share is another

    def _count_bits(self, word: str) -> float:
        often = max(self._words.get(word, 0) - 1, 0)
        weight = math.log2(often + _PSEUDO_NAMES * self._background.get(word, _UNKNOWN_WORD))
        return math.log2(self.customers + _PSEUDO_NAMES) - weight

    def value_bits(self, value: str, most: float) -> float:
        """Return −log₂ of the share of other customers with this value, at most ``most``."""
        others = self._values.get(value, 0) - 1
        if others <= 0:
            return most
        return min(most, math.log2(max(self.customers, others) / others))


class _WordBits(dict[str, float]):
    """Bits by word, worked out when they are asked for the first time: asked for dozens of times a record."""

    def __init__(self, count: Callable[[str], float]) -> None:
        super().__init__()
        self._count = count

    def __missing__(self, word: str) -> float:
        bits = self[word] = self._count(word)
        return bits


def _less(counter: Counter[str], key: str) -> None:
    counter[key] -= 1
    if not counter[key]:
        del counter[key]


def _values(side: Side) -> list[str]:
    values = [f"em:{email}" for email in side.emails] + [f"do:{host}" for host in side.hosts]
    values += [f"ph:{phone}" for phone in side.phones]
    if side.number:
        values.append(f"no:{side.number}")
    if side.vendor_number:
        values.append(f"vc:{side.vendor_number}")
    if side.postal_code:
        values.append(f"pc:{side.postal_code}")
    if side.town_key:
        values.append(f"to:{side.town_key}")
    return values

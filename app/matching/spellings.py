"""One word as it is heard, as it is read from paper, and what remains of it from afar."""

from __future__ import annotations

import functools
import re

_SOUNDS = {
    "ck": "k",
    "ce": "se",
    "ci": "si",
    "ch": "k",
    "c": "k",
    "th": "t",
    "ph": "f",
    "w": "v",
    "qv": "kv",
    "qu": "kv",
    "q": "k",
    "x": "ks",
    "z": "s",
    "hj": "j",
    "gj": "j",
    "dt": "t",
}
_LOOKS = {"ri": "n", "rn": "m", "nn": "m", "vv": "w", "cl": "d", "ii": "n", "li": "h", "q": "g"}

_TWICE, _ONCE = re.compile(r"(.)\1+", re.DOTALL), r"\1"
_STROKES = re.compile(r"[1ftijlmnurh|]+")
_ALIKE = str.maketrans(dict.fromkeys("0acegq69", "o") | {"5": "s", "8": "b"})
_OUTLINES = {"w": "v", "x": "ks", "z": "s", "ck": "k", "ch": "k", "d": "cl", "ph": "f"}


@functools.lru_cache(maxsize=65_536)
def by_sound(word: str) -> str:
    """Return a word without the spellings that sound alike in Swedish names (Carlsson, Karlson)."""
    for written, heard in _SOUNDS.items():
        word = word.replace(written, heard)
    return _TWICE.sub(_ONCE, word)


@functools.lru_cache(maxsize=65_536)
def by_look(word: str) -> str:
    """Return a word without the letters that are read for each other on a scanned paper."""
    for seen, read in _LOOKS.items():
        word = word.replace(seen, read)
    return word


@functools.lru_cache(maxsize=65_536)
def outline(word: str) -> str:
    """Return what a word looks like from afar: upright strokes as one, round letters as one.

    *rn* and *m*, *ri* and *n*, *l*, *i* and *1*, *e*, *c* and *o*, *q* and *g* are the same in it, whatever
    of them is read for which, and as often as one likes. Only to look names up: two with one outline may
    well be different.
    """
    for written, seen in _OUTLINES.items():
        if written in word:
            word = word.replace(written, seen)
    marks = _STROKES.sub("|", word.translate(_ALIKE))
    return _TWICE.sub(_ONCE, marks)

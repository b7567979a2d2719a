"""Words that invented companies are called by, from swedish_words.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

_CONTENT = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))

SURNAMES: tuple[str, ...] = tuple(_CONTENT["surnames"].split())
FIRST_NAMES: tuple[str, ...] = tuple(_CONTENT["first_names"].split())
TRADES: tuple[str, ...] = tuple(" ".join(trade.split()) for trade in _CONTENT["trades"].split(";"))
CLUBS: tuple[str, ...] = tuple(_CONTENT["clubs"].split())
HOUSES: tuple[str, ...] = tuple(_CONTENT["houses"].split())
SYLLABLES: tuple[str, ...] = tuple(_CONTENT["syllables"].split())
_TOWNS = [entry.split(":") for entry in _CONTENT["towns"].split()]
TOWNS: tuple[tuple[str, int], ...] = tuple((town, int(weight)) for town, weight, *_ in _TOWNS)
POSTAL_PREFIX: dict[str, int] = {town: int(prefix[0]) for town, _, *prefix in _TOWNS if prefix}
FORMS: dict[str, list[str]] = _CONTENT["forms"]
ABBREVIATED: dict[str, str] = _CONTENT["abbreviated"]

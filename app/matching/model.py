"""The weights of the Fellegi–Sunter model: shipped as data in resources/matching/model.toml.

A weight is log₂ of how much oftener a level of agreement is seen between a company and its own customer than
between a company and another customer. How the file was made, and how it is made again, is written in it. A
firm's own decisions never change it.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.matching.words import MATCHING_FOLDER


@dataclass(frozen=True, slots=True)
class Model:
    """``weights`` are bits by field and level.

    Where values differ in how common they are (names, places, addresses) the weight is only how often this
    level is seen between a company and its own customer; how rare the value is comes from the customers
    themselves. ``rarity`` is how many of the bits of a name's words count: words are not independent of
    each other. ``matched`` is the share of companies that are taken to be somebody's customers.
    ``background`` is how common words are among names in general (share of names).
    """

    weights: Mapping[str, Mapping[str, float]]
    rarity: float
    matched: float
    background: Mapping[str, float]


@functools.cache
def load_model(folder: Path = MATCHING_FOLDER) -> Model:
    """Return the shipped model; a missing or spoilt file is a fault of the installation."""
    return make_model(
        tomllib.loads((folder / "model.toml").read_text(encoding="utf-8")),
        (folder / "word_counts.txt").read_text(encoding="utf-8"),
    )


def make_model(content: Mapping[str, Mapping[str, object]], counts: str) -> Model:
    """Return the model from the content of its two files."""
    background: dict[str, float] = {}
    for line in counts.splitlines():
        word, _, share = line.partition("\t")
        if share:
            background[word] = float(share)
    weights = content["weights"]
    return Model(
        weights={
            field: {level: float(bits) for level, bits in levels.items()}
            for field, levels in weights.items()
            if isinstance(levels, dict)
        },
        rarity=float(str(content["name"]["rarity"])),
        matched=float(str(content["prior"]["matched"])),
        background=background,
    )

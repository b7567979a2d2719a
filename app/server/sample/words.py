"""The words that the sample firm is put together from, read from resources/sample."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app.domain.records import Address

SAMPLE_FOLDER = Path(__file__).resolve().parents[3] / "resources" / "sample"


@dataclass(frozen=True, slots=True)
class Place:
    """A town with postal codes that exist, and the office that looks after it."""

    town: str
    postal_codes: tuple[str, ...]
    office: str
    weight: int


@dataclass(frozen=True, slots=True)
class ForeignName:
    """An invented company of another country, with a number as it is written there."""

    name: str
    country: str
    number: str
    town: str
    postal_code: str


@dataclass(frozen=True, slots=True)
class Words:
    """Names, towns and telephone numbers to choose from."""

    given_names: tuple[str, ...]
    surnames: tuple[str, ...]
    company_names: tuple[str, ...]
    invented_words: tuple[str, ...]
    associations: tuple[str, ...]
    housing_societies: tuple[str, ...]
    foreign_names: tuple[ForeignName, ...]
    streets: tuple[str, ...]
    places: tuple[Place, ...]
    phones: tuple[str, ...]
    other_firms: tuple[str, ...]
    words_at_decline: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StaffWords:
    """One member of the sample firm's staff."""

    name: str
    office: str
    rights: tuple[str, ...]
    sees: str
    state: str = "active"


@dataclass(frozen=True, slots=True)
class FirmWords:
    """The sample firm itself."""

    name: str
    organisation_number: str
    offices: tuple[str, ...]
    domain: str
    staff: tuple[StaffWords, ...]


@cache
def load_words() -> Words:
    """Return the words that ship with the program."""
    content = _read("words.toml")
    return Words(
        places=tuple(
            Place(one["town"], tuple(one["postal_codes"]), one["office"], one["weight"])
            for one in content["places"]
        ),
        foreign_names=tuple(ForeignName(**one) for one in content["foreign_names"]),
        phones=tuple(
            f"{one['prefix']}{number:0{one['width']}d}"
            for one in content["phone_series"]
            for number in range(one["first"], one["last"] + 1)
        ),
        **{
            name: tuple(content[name])
            for name in (
                "given_names",
                "surnames",
                "company_names",
                "invented_words",
                "associations",
                "housing_societies",
                "streets",
                "other_firms",
                "words_at_decline",
            )
        },
    )


@cache
def load_firm() -> FirmWords:
    """Return the sample firm and its staff."""
    content = _read("firm.toml")
    staff = tuple(StaffWords(**{**one, "rights": tuple(one["rights"])}) for one in content["staff"])
    return FirmWords(
        content["name"], content["organisation_number"], tuple(content["offices"]), content["domain"], staff
    )


def choose_place(chance: random.Random) -> Place:
    """Return a town, the near ones more often."""
    places = load_words().places
    return chance.choices(places, weights=[place.weight for place in places])[0]


def make_address(chance: random.Random, place: Place) -> Address:
    """Return a street address in the town."""
    street = f"{chance.choice(load_words().streets)} {chance.randint(1, 68)}"
    return Address(street=street, postal_code=chance.choice(place.postal_codes), town=place.town)


def ascii_of(text: str) -> str:
    """Return the text as it stands in addresses on the web: small letters, no accents, words joined by -."""
    folded = text.casefold().translate(str.maketrans("åäöéü", "aaoeu")).replace("&", "o")
    return "-".join("".join(c if c.isalnum() else " " for c in folded).split())


def genitive_of(name: str) -> str:
    """Return the Swedish genitive: none is added after s, x or z."""
    return name if name[-1] in "sxz" else f"{name}s"


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((SAMPLE_FOLDER / name).read_text(encoding="utf-8"))

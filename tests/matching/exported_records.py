"""A third generator: lists that have been through other programs, and been kept by somebody else.

It shares no list of words and hardly a fault with the other two: HTML entities, UTF-8 encoded twice, names
cut at thirty signs, capitals without å ä ö, the legal form in odd places, trades in English, middle words
left out, the consultant's e-mail and a switchboard's telephone in the place of the company's, new names,
states in brackets, and namesakes in other towns. No weight is estimated on it. Each company has the names of
its faults with it, so that a report can tell which of them the engine bears.
"""

from __future__ import annotations

import html
import random
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.matching.swedish_records import make_number

Row = dict[str, str]

_CONTENT = tomllib.loads(Path(__file__).with_name("exported_words.toml").read_text(encoding="utf-8"))


def _phrases(key: str) -> list[str]:
    return [phrase.strip("\n") for phrase in _CONTENT[key].replace("\n", " ").split("; ")]


_FIRST, _LAST, _TOWNS = (
    [one.strip() for one in _phrases(key)] for key in ("first_names", "surnames", "towns")
)
_STARTS, _ENDS, _TRADES = ([one.strip() for one in _phrases(key)] for key in ("starts", "ends", "trades"))
_MIDDLES = [one.strip() for one in _phrases("middles")]
_BUREAUS = [one.strip() for one in _phrases("bureaus")]
_TRANSLATED: dict[str, str] = _CONTENT["translated"]
_SEEN_AS = (
    ("ri", "n"),
    ("li", "h"),
    ("m", "nn"),
    ("g", "q"),
    ("t", "f"),
    ("a", "o"),
    ("i", "l"),
    ("G", "C"),
    ("ä", "a"),
    ("H", "N"),
    ("E", "F"),
    ("u", "ii"),
    ("D", "O"),
    ("s", "5"),
    ("å", "à"),
    ("n", "ri"),
    ("c", "e"),
)
"""What is printed, and what a scanner reads."""
_FORMS: dict[str, tuple[str, ...]] = {
    "AB": (
        "{0} Aktiebolag (publ)",
        "AB {0}",
        "AB Firma {0}",
        "Firma {0} AB",
        "{0} A/B",
        "{0} AKTIEBOLAGET",
        "{0} Akt.bol.",
        "{0} , AB",
        "Aktiebolaget {0}",
        "{0}AB",
        "{0} Aktieb.",
        "{0} AB AB",
        "{0}",
        "{0} a.b.",
        "{0} Ltd",
    ),
    "HB": ("{0} Handelsbolag", "HB {0}", "Handelsbolaget {0}", "{0} H.B.", "Firma {0} HB", "{0}"),
    "KB": ("{0} Kommanditbolag", "KB {0}", "Kommanditbolaget {0}", "{0} K.B.", "{0}"),
    "ek. för.": (
        "{0} Ekonomisk förening",
        "{0} EK FÖR",
        "{0} ek.för",
        "{0} Ek. Fören.",
        "{0} ekonomisk för.",
        "{0}",
    ),
}
_STATES = (
    "(vilande)",
    "i likvidation",
    ", i likvidation",
    "- VILANDE",
    "(i konkurs)",
    "(under avveckling)",
    "* vilande *",
)


@dataclass(frozen=True, slots=True)
class ExportedRecords:
    """Two lists in the columns of `match`, the truth, and the faults of each unlinked company."""

    customers: tuple[Row, ...]
    unlinked: tuple[Row, ...]
    truth: dict[str, str | None]
    faults: dict[str, tuple[str, ...]]


def generate_exported(
    *, seed: int, customers: int = 20_000, unlinked: int = 4_000, nobody: float = 0.22
) -> ExportedRecords:
    """Return both lists; ``nobody`` is the share of unlinked companies that are no customers."""
    maker = _Maker(random.Random(f"exported {seed}"))
    chance = maker.chance
    absent = round(unlinked * nobody)
    everybody = maker.make_companies(customers + absent)
    asked: list[tuple[str | None, Row]] = [
        (f"cu_{at}", everybody[at]) for at in chance.sample(range(customers), unlinked - absent)
    ]
    asked += [(None, row) for row in everybody[customers:]]
    chance.shuffle(asked)
    seen: list[Row] = []
    truth: dict[str, str | None] = {}
    faults: dict[str, tuple[str, ...]] = {}
    for at, (customer, row) in enumerate(asked):
        id_ = f"cl_{at}"
        noisy, faults[id_] = maker.see(row)
        truth[id_] = customer
        seen.append({"collaboration_id": id_, **noisy})
    kept = tuple(
        {"customer_id": f"cu_{at}", **maker.keep(row)} for at, row in enumerate(everybody[:customers])
    )
    return ExportedRecords(kept, tuple(seen), truth, faults)


class _Maker:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self._numbers: set[str] = set()
        self._faults: dict[str, Callable[[str], str]] = {
            "scanned": self._scanned,
            "scanned twice": lambda name: self._scanned(self._scanned(name)),
            "owner's initials": self._owners_initials,
            "word dropped": self._word_dropped,
            "translated": self._translated,
            "town added": lambda name: (
                name + chance.choice((" {}", " i {}", ", {}", " ({})")).format(self._town)
            ),
            "town removed": lambda name: re.sub(rf"\s*(?:i )?\b{re.escape(self._town)}\b", "", name).strip(),
            "odd form": self._odd_form,
            "old name": lambda _: self._invented() + f" {chance.choice(_TRADES)} AB",
            "cut at thirty": lambda name: f"{name} i {self._town} med omnejd"[:30],
            "capitals": lambda name: name.upper().translate(str.maketrans("ÅÄÖÉ", "AAOE")),
            "digraphs": lambda name: re.sub(
                "[åäöÅÄÖ]", lambda f: {"å": "aa", "ä": "ae", "ö": "oe"}[f[0].lower()], name
            ),
            "entities": self._entities,
            "encoded twice": self._encoded_twice,
            "spaces and commas": lambda name: chance.choice((",  ", " ,", "   ", " . ", "; ")).join(
                name.split(" ")
            ),
            "state": lambda name: f"{name} {chance.choice(_STATES)}",
            "turned": self._turned,
            "none": lambda name: name,
        }
        self._town = ""

    def _invented(self) -> str:
        return self.chance.choice(_STARTS) + self.chance.choice(_ENDS)

    def make_companies(self, count: int) -> list[Row]:
        chance = self.chance
        made: list[Row] = []
        while len(made) < count:
            town, trade = chance.choice(_TOWNS), chance.choice(_TRADES)
            person = f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"
            kind = chance.random()
            form = chance.choices(("AB", "HB", "KB", "ek. för."), (80, 12, 4, 4))[0]
            if kind < 0.3:
                name = f"{self._invented()} {trade} {form}"
            elif kind < 0.42:
                name = f"{self._invented()} {chance.choice(_MIDDLES)} {trade} i {town} {form}"
            elif kind < 0.52:
                name = f"{person.split()[-1]}s {trade} i {town} {form}"
            elif kind < 0.62:
                name = chance.choice((f"{person}s {trade}", f"{person} {trade} {form}"))
            elif kind < 0.72:
                name = person
            elif kind < 0.82:
                letters = "".join(chance.choice("ABCDEFGHJKLMNPRSTV") for _ in range(chance.choice((2, 3))))
                name = f"{letters} {trade} {form}"
            elif kind < 0.92:
                name = f"{self._invented()}{chance.choice(('', ' Group', ' Holding', ' Sverige'))} {form}"
            else:
                # Namesakes, each in a town of its own.
                name = f"{self._invented()} {trade}"
                made += [self._company(name, place) for place in chance.sample(_TOWNS, 3)]
                continue
            made.append(self._company(name, town))
        chance.shuffle(made)
        return made[:count]

    def _company(self, name: str, town: str) -> Row:
        chance = self.chance
        plain = re.sub(r"[^a-z]", "", name.casefold().translate(str.maketrans("åäöé", "aaoe")))[:18]
        local = chance.choice(("info", "kontakt", "ekonomi", chance.choice(_FIRST).split()[0].casefold()))
        email = f"{local}@{plain}{chance.choice(('', chance.randrange(9)))}.example"
        if chance.random() < 0.35:
            email = f"{plain}{chance.randrange(999)}@{chance.choice(('gmail.com', 'outlook.com', 'live.se'))}"
        area = 10 + _TOWNS.index(town) * 3
        return {
            "name": name,
            "organisation_number": make_number(chance, self._numbers),
            "email": email,
            "phone": f"0{chance.choice((8, 31, 40, 70, 73, 470, 243))}-{chance.randrange(10**5, 10**7)}",
            "postal_code": f"{area}{chance.randrange(10)} {chance.randrange(10, 60)}",
            "town": town,
        }

    def keep(self, row: Row) -> Row:
        """Return the company as the firm has it: gaps, and now and then the firm's own switchboard."""
        kept = dict(row)
        for column, lost in (
            ("organisation_number", 0.08),
            ("email", 0.3),
            ("phone", 0.35),
            ("postal_code", 0.15),
        ):
            if self.chance.random() < lost:
                kept[column] = ""
        if self.chance.random() < 0.04:
            kept["phone"] = "0470-70 00 00"
        return kept

    def see(self, row: Row) -> tuple[Row, tuple[str, ...]]:
        """Return the company as the vendor has it, with the names of its faults."""
        chance = self.chance
        self._town = row["town"] if chance.random() < 0.9 else chance.choice(_TOWNS)
        told = chance.sample(sorted(self._faults), chance.choice((1, 1, 2, 2, 3)))
        seen = dict(row)
        for fault in told:
            seen["name"] = self._faults[fault](seen["name"])
        draw = chance.random()
        if draw < 0.45:
            seen["organisation_number"] = ""
        elif draw < 0.6:
            seen["organisation_number"] = self._other_number(row["organisation_number"])
            told.append("number")
        draw = chance.random()
        if draw < 0.4:
            seen["email"] = ""
        elif draw < 0.55:
            bureau = re.sub("[^a-z]", "", chance.choice(_BUREAUS).casefold())
            seen["email"] = f"{chance.choice(_FIRST).split()[0].casefold()}@{bureau}.example"
            told.append("consultant's e-mail")
        draw = chance.random()
        if draw < 0.45:
            seen["phone"] = ""
        elif draw < 0.55:
            seen["phone"] = "010-123 45 00"
            told.append("switchboard")
        if chance.random() < 0.3:
            seen["postal_code"] = seen["town"] = ""
        elif chance.random() < 0.1:
            seen["town"] = chance.choice(_TOWNS)
            seen["postal_code"] = ""
            told.append("moved")
        return seen, tuple(told)

    def _other_number(self, number: str) -> str:
        chance = self.chance
        digits = number.replace("-", "")
        at = chance.randrange(2, 9)
        swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        wrong = digits[:at] + str((int(digits[at]) + chance.randrange(1, 10)) % 10) + digits[at + 1 :]
        return chance.choice(
            (swapped, wrong, f"16{digits}", f"16{swapped}", f"SE{digits}01", f"{digits[:6]} {digits[6:]}")
        )

    def _scanned(self, name: str) -> str:
        fits = [pair for pair in _SEEN_AS if pair[0] in name]
        if not fits:
            return name
        printed, read = self.chance.choice(fits)
        at = self.chance.choice([found.start() for found in re.finditer(printed, name)])
        return name[:at] + read + name[at + len(printed) :]

    def _owners_initials(self, name: str) -> str:
        words = name.split()
        if words[0] in {first.split()[0] for first in _FIRST} and len(words) > 1:
            dot = self.chance.choice((".", ""))
            return " ".join(["-".join(f"{part[0]}{dot}" for part in words[0].split("-")), *words[1:]])
        return name

    def _word_dropped(self, name: str) -> str:
        words = name.split()
        if len(words) < 4:
            return name
        at = self.chance.randrange(1, len(words) - 1)
        return " ".join(words[:at] + words[at + 1 :])

    def _translated(self, name: str) -> str:
        return " ".join(_TRANSLATED.get(word.casefold(), word) for word in name.split())

    def _odd_form(self, name: str) -> str:
        for form, written in _FORMS.items():
            if name.endswith(f" {form}"):
                return self.chance.choice(written).format(name.removesuffix(f" {form}"))
        return self.chance.choice(
            ("Firma {0}", "{0} Enskild firma", "{0}, enskild firma", "{0} EF", "F:a {0}")
        ).format(name)

    def _entities(self, name: str) -> str:
        named = html.escape(name)
        if self.chance.random() < 0.5:
            return "".join(char if char.isascii() else f"&#{ord(char)};" for char in named)
        letters = {
            "å": "aring",
            "ä": "auml",
            "ö": "ouml",
            "Å": "Aring",
            "Ä": "Auml",
            "Ö": "Ouml",
            "é": "eacute",
        }
        return "".join(f"&{letters[char]};" if char in letters else char for char in named)

    def _encoded_twice(self, name: str) -> str:
        once = name.encode("utf-8").decode("cp1252", errors="ignore")
        again = once.encode("utf-8").decode("cp1252", errors="ignore")
        return self.chance.choice((once, again))

    def _turned(self, name: str) -> str:
        words = name.split()
        if len(words) < 2 or words[0] not in {first.split()[0] for first in _FIRST}:
            return name
        comma = self.chance.choice(("", ","))
        return " ".join([f"{words[1]}{comma}", words[0], *words[2:]])

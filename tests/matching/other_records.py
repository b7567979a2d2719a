"""A second generator that has nothing in common with the first: other names, other faults.

The weights are not estimated on it, and nothing is fitted to it: it asks whether what was learnt from
swedish_records.py holds elsewhere. A share of the names is real (tests/data/organisations.csv); the others
are companies of one family that share telephone and mail host, branches of one name in several towns, sole
firms, and small companies. Each unlinked company has one or two faults, whose names are kept with it, so
that a report can tell which of them the engine bears.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.matching.swedish_records import make_number

Row = dict[str, str]

_WORDS = tomllib.loads(Path(__file__).with_name("other_words.toml").read_text(encoding="utf-8"))


def _phrases(key: str) -> list[str]:
    return [phrase.strip() for phrase in " ".join(_WORDS[key].split()).split(";")]


_FIRST, _LAST, _TOWNS = (_WORDS[key].split() for key in ("first_names", "surnames", "towns"))
_PLACE_START, _PLACE_END = _WORDS["place_starts"].split(), _WORDS["place_ends"].split()
_TRADES, _DAUGHTERS, _CHAINS, _CLUBS = map(_phrases, ("trades", "daughters", "chains", "clubs"))
_NEAR_KEYS: dict[str, str] = _WORDS["near_keys"]
_TRANSLATED: dict[str, str] = _WORDS["translated"]
_MISREAD = (
    ("rn", "m"),
    ("m", "rn"),
    ("l", "1"),
    ("I", "l"),
    ("O", "0"),
    ("o", "0"),
    ("cl", "d"),
    ("vv", "w"),
)
_MISREAD += (("B", "8"), ("S", "5"), ("å", "á"), ("ö", "6"), ("ä", "a"), ("e", "c"), ("h", "b"), ("ii", "n"))
_AREA_CODES = ("070", "0415", "0250", "08", "090")
_FORMS = ("AB", "A.B.", "Aktiebolag", "aktiebolaget", "AB.", "AB (publ)", "A B", "Ab")


@dataclass(frozen=True, slots=True)
class OtherRecords:
    """Two lists in the columns of `match`, the truth, and the faults of each unlinked company."""

    customers: tuple[Row, ...]
    unlinked: tuple[Row, ...]
    truth: dict[str, str | None]
    faults: dict[str, tuple[str, ...]]


def generate_other(
    *,
    seed: int,
    real_names: Sequence[str],
    customers: int = 20_000,
    unlinked: int = 4_000,
    nobody: float = 0.2,
) -> OtherRecords:
    """Return both lists; ``nobody`` is the share of unlinked companies that are no customers."""
    maker = _Maker(random.Random(f"other {seed}"), real_names)
    absent = round(unlinked * nobody)
    everybody = maker.make_companies(customers + absent)
    maker.chance.shuffle(everybody)
    asked: list[tuple[str | None, Row]] = [
        (f"cu_{at}", everybody[at]) for at in maker.chance.sample(range(customers), unlinked - absent)
    ]
    asked += [(None, row) for row in everybody[customers:]]
    maker.chance.shuffle(asked)
    seen: list[Row] = []
    faults: dict[str, tuple[str, ...]] = {}
    for at, (_, row) in enumerate(asked):
        noisy, told = maker.see(row)
        faults[f"cl_{at}"] = told
        seen.append({"collaboration_id": f"cl_{at}", **noisy})
    return OtherRecords(
        tuple({"customer_id": f"cu_{at}", **maker.file(row)} for at, row in enumerate(everybody[:customers])),
        tuple(seen),
        {f"cl_{at}": customer for at, (customer, _) in enumerate(asked)},
        faults,
    )


class _Maker:
    def __init__(self, chance: random.Random, real_names: Sequence[str]) -> None:
        self.chance = chance
        self._real = chance.sample(sorted(real_names), len(real_names))
        self._numbers: set[str] = set()
        self._bureau = f"kunder@{self._place().casefold()}redovisning.example"
        self._faults: dict[str, Callable[[str], str]] = {
            "neighbouring key": self._neighbouring_key,
            "two slips": lambda name: self._neighbouring_key(self._letter_lost(name)),
            "letter lost": self._letter_lost,
            "misread by OCR": self._misread,
            "wrong encoding": self._wrong_encoding,
            "abbreviated": self._abbreviated,
            "initial": self._initial,
            "acronym": self._acronym,
            "brackets": self._brackets,
            "translated": self._translated,
            "surname first": self._surname_first,
            "town added": lambda name: f"{name} {chance.choice(('', 'i ', '- '))}{chance.choice(_TOWNS)}",
            "town lost": self._town_lost,
            "care of": self._care_of,
            "cut off": lambda name: name[: chance.randrange(14, 22)],
            "joined": lambda name: re.sub(r"(?<=\w) (?=[A-ZÅÄÖ])", "", name, count=1),
            "other form": self._other_form,
            "case": lambda name: chance.choice((name.upper(), name.lower())),
            "spaces": lambda name: name.replace(" ", chance.choice(("  ", "\u00a0", "-", " \u200f"))),
            "new name": lambda _: f"{self._place()} {chance.choice(_TRADES)} AB",
            "none": lambda name: name,
        }

    def _place(self) -> str:
        return self.chance.choice(_PLACE_START) + self.chance.choice(_PLACE_END)

    def make_companies(self, count: int) -> list[Row]:
        chance = self.chance
        made: list[Row] = []
        while len(made) < count:
            kind = chance.random()
            if kind < 0.4 and self._real:
                made.append(self._company(self._real.pop()))
            elif kind < 0.52:
                made += self._family()
            elif kind < 0.6:
                name = chance.choice((*_CHAINS, *_CLUBS))
                for town in chance.sample(_TOWNS, chance.randrange(2, 5)):
                    made.append(self._company(chance.choice((name, name, f"{name} {town}")), town=town))
            elif kind < 0.75:
                person = f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"
                trade = chance.choice(("", "", f" {chance.choice(_TRADES)}"))
                made.append(self._company(f"{person}{trade}", number_form=False))
            elif kind < 0.8:
                made.append(self._company(f"{chance.choice(_LAST)} & Söner {chance.choice(_TRADES)} AB"))
            elif kind < 0.85:
                made.append(self._company(f"Bröderna {chance.choice(_LAST)}s {chance.choice(_TRADES)} AB"))
            else:
                made.append(self._company(f"{self._place()} {chance.choice(_TRADES)} AB"))
        return made[:count]

    def _family(self) -> list[Row]:
        """Return a parent and its daughters: one telephone, one place, one mail host, one first word."""
        chance = self.chance
        word = chance.choice((self._place(), self._place() + "s", chance.choice(_LAST) + "gruppen"))
        parent = self._company(f"{word} Holding AB")
        family = [parent]
        for other in chance.sample(_DAUGHTERS[1:], chance.randrange(1, 4)):
            daughter = self._company(f"{word} {other} AB", town=parent["town"])
            daughter["postal_code"], daughter["phone"] = parent["postal_code"], parent["phone"]
            if chance.random() < 0.6:
                daughter["email"] = parent["email"]
            family.append(daughter)
        return family

    def _company(self, name: str, *, town: str = "", number_form: bool = True) -> Row:
        chance = self.chance
        town = town or chance.choice(_TOWNS)
        letters = re.sub(r"[^a-z]", "", name.casefold().translate(str.maketrans("åäöé", "aaoe")))[:16] or "x"
        host = f"{letters}{chance.randrange(100)}.example"
        email = chance.choice((f"info@{host}", f"{chance.choice(_FIRST).casefold()}@{host}"))
        if chance.random() < 0.3:
            email = (
                f"{letters}{chance.randrange(1000)}@{chance.choice(('gmail.com', 'hotmail.se', 'telia.com'))}"
            )
        elif chance.random() < 0.08:
            email = self._bureau
        form = "" if number_form else chance.choice(("", "", " Enskild firma"))
        area = 100 + sum(map(ord, town)) * 7 % 880
        return {
            "name": name + form,
            "organisation_number": make_number(chance, self._numbers),
            "email": email,
            "phone": f"{chance.choice(_AREA_CODES)}-{chance.randrange(10**5, 10**7)}",
            "postal_code": f"{area} {chance.randrange(10, 99)}",
            "town": town,
        }

    def file(self, row: Row) -> Row:
        """Return the company as the firm has it: some customers lack a number or an address."""
        filed = dict(row)
        for column, lost in (
            ("organisation_number", 0.1),
            ("email", 0.35),
            ("phone", 0.3),
            ("postal_code", 0.1),
        ):
            if self.chance.random() < lost:
                filed[column] = ""
        return filed

    def see(self, row: Row) -> tuple[Row, tuple[str, ...]]:
        """Return the company as the vendor has it, with the names of its faults."""
        chance = self.chance
        names = chance.sample(sorted(self._faults), chance.choice((1, 1, 2)))
        seen = dict(row)
        for fault in names:
            seen["name"] = self._faults[fault](seen["name"])
        seen["name"] = seen["name"].strip()
        draw = chance.random()
        if draw < 0.4:
            seen["organisation_number"] = ""
        elif draw < 0.5:
            seen["organisation_number"] = self._wrong_number(row["organisation_number"])
            names.append("wrong number")
        if chance.random() < 0.45:
            seen["email"] = ""
        elif chance.random() < 0.25:
            seen["email"] = f"{chance.choice(_FIRST).casefold()}.{chance.randrange(99)}@icloud.com"
        if chance.random() < 0.5:
            seen["phone"] = ""
        elif chance.random() < 0.2:
            seen["phone"] = f"076-{chance.randrange(10**6, 10**7)}"
        draw = chance.random()
        if draw < 0.2:
            seen["postal_code"] = seen["town"] = ""
        elif draw < 0.3:
            names.append("moved")
            seen["town"] = chance.choice(_TOWNS)
            seen["postal_code"] = f"{100 + sum(map(ord, seen['town'])) * 7 % 880} {chance.randrange(10, 99)}"
        elif draw < 0.45:
            seen["postal_code"] = ""
        return seen, tuple(names)

    def _wrong_number(self, number: str) -> str:
        chance = self.chance
        digits = number.replace("-", "")
        at = chance.randrange(3, 9)
        what = chance.randrange(4)
        if what == 0:
            return digits[:at] + digits[at + 1 :]
        if what == 1:
            return digits[:at] + digits[at] + digits[at:]
        if what == 2:
            other = chance.choice([i for i in range(3, 10) if abs(i - at) > 1])
            changed = list(digits)
            changed[at], changed[other] = changed[other], changed[at]
            return "".join(changed)
        return digits[:at] + chance.choice([d for d in "0123456789" if d != digits[at]]) + digits[at + 1 :]

    def _at_letter(self, name: str) -> int:
        letters = [at for at, char in enumerate(name) if char.isalpha()]
        return self.chance.choice(letters) if letters else -1

    def _neighbouring_key(self, name: str) -> str:
        at = self._at_letter(name)
        near = _NEAR_KEYS.get(name[at].casefold(), "e") if at >= 0 else ""
        return name[:at] + self.chance.choice(near) + name[at + 1 :] if near else name

    def _letter_lost(self, name: str) -> str:
        at = self._at_letter(name)
        return name[:at] + name[at + 1 :] if at >= 0 and len(name) > 4 else name

    def _misread(self, name: str) -> str:
        for _ in range(self.chance.choice((1, 1, 2))):
            fits = [pair for pair in _MISREAD if pair[0] in name]
            if fits:
                written, read = self.chance.choice(fits)
                places = [found.start() for found in re.finditer(re.escape(written), name)]
                at = self.chance.choice(places)
                name = name[:at] + read + name[at + len(written) :]
        return name

    def _wrong_encoding(self, name: str) -> str:
        how = self.chance.randrange(5)
        if how == 0:
            return name.encode("utf-8").decode("latin-1")
        if how == 1:
            return name.encode("utf-8").decode("cp1252", errors="replace")
        if how == 2:
            return name.encode("cp437", errors="replace").decode("latin-1")
        if how == 3:
            return name.encode("latin-1", errors="replace").decode("utf-8", errors="replace")
        return name.encode("ascii", errors="replace").decode()

    def _abbreviated(self, name: str) -> str:
        words = name.split()
        long = [at for at, word in enumerate(words) if len(word) > 6]
        if not long:
            return name
        at = self.chance.choice(long)
        words[at] = words[at][: self.chance.randrange(3, 6)] + self.chance.choice((".", "", ":"))
        return " ".join(words)

    def _initial(self, name: str) -> str:
        words = name.split()
        able = [at for at, word in enumerate(words[:3]) if len(word) > 3 and word[0].isalpha()]
        if len(words) < 2 or not able:
            return name
        at = self.chance.choice(able)
        words[at] = "-".join(part[:1] for part in words[at].split("-")) + self.chance.choice(("", "."))
        return " ".join(words)

    def _acronym(self, name: str) -> str:
        words = [word for word in name.split() if word[0].isalpha() and word not in ("AB", "i", "och")]
        if len(words) < 3:
            return name
        short = "".join(word[0] for word in words).upper()
        return self.chance.choice((short, f"{short} - {name}", f"{name} ({short})"))

    def _brackets(self, name: str) -> str:
        chance = self.chance
        former = f"(f.d. {self._place()} {chance.choice(_TRADES)})"
        added = chance.choice(
            (former, f"({chance.randrange(1000, 9999)})", "(VILANDE)", "[gammal]", "(ny ägare)")
        )
        return f"{name} {added}"

    def _translated(self, name: str) -> str:
        return " ".join(_TRANSLATED.get(word.casefold(), word) for word in name.split()).replace(
            " & ", " and "
        )

    def _surname_first(self, name: str) -> str:
        words = name.split()
        if len(words) < 2:
            return name
        return self.chance.choice((f"{words[1]}, {words[0]}", f"{words[1]} {words[0]}")) + "".join(
            f" {word}" for word in words[2:]
        )

    def _town_lost(self, name: str) -> str:
        return " ".join(word for word in name.split() if word not in _TOWNS) or name

    def _care_of(self, name: str) -> str:
        chance = self.chance
        other = chance.choice(
            (f"{chance.choice(_FIRST)} {chance.choice(_LAST)}", f"{self._place()} Redovisning AB")
        )
        return chance.choice((f"{name} c/o {other}", f"{name}, att: {other}", f"{name} C/O {other.upper()}"))

    def _other_form(self, name: str) -> str:
        if not name.endswith(" AB"):
            return f"{name} {self.chance.choice(('HB', 'Ek. för.', 'Handelsbolag', 'AB'))}"
        bare = name.removesuffix(" AB")
        form = self.chance.choice(_FORMS)
        return self.chance.choice((f"{bare} {form}", f"{form} {bare}", bare))

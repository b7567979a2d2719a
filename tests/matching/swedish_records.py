"""A generator of customers of an accounting firm and of what the vendor says of the same companies.

Made by the recipe of the quality document: a fifth of the companies are nobody's customers; numbers are
missing in 45 % and have a wrong digit in 15 %, e-mail is missing in 35 %; legal forms, word order, å ä ö,
abbreviations and typing slips vary, and many names collide. Each number is an organisation number with a
right check digit that belongs to nobody else here. The same seed gives the same records on every machine.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.matching import swedish_words as words

Row = dict[str, str]

_REAL = 0.3
_FREE_HOSTS = ("gmail.com", "hotmail.com", "telia.com", "outlook.com")


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """How often something goes wrong between the firm's list and the vendor's (shares, 0–1)."""

    no_match: float = 0.20
    number_missing: float = 0.45
    number_wrong_digit: float = 0.15
    email_missing: float = 0.35
    email_other: float = 0.35
    phone_missing: float = 0.55
    phone_other: float = 0.30
    place_missing: float = 0.25
    place_moved: float = 0.12
    legal_form: float = 0.45
    word_order: float = 0.10
    ascii: float = 0.20
    upper: float = 0.15
    typing_slip: float = 0.22
    word_lost: float = 0.08
    word_added: float = 0.06
    abbreviated: float = 0.10
    customer_number_missing: float = 0.05
    customer_email_missing: float = 0.30
    columns: frozenset[str] = field(
        default=frozenset({"name", "organisation_number", "email", "phone", "postal_code", "town"})
    )


@dataclass(frozen=True, slots=True)
class Generated:
    """The two lists, in the columns of `match`, and for each collaboration its customer (or None)."""

    customers: tuple[Row, ...]
    unlinked: tuple[Row, ...]
    truth: dict[str, str | None]


def generate(
    *,
    seed: int,
    customers: int = 100_000,
    unlinked: int = 10_000,
    noise: Noise | None = None,
    real_names: Sequence[str] = (),
) -> Generated:
    """Return customers and unlinked collaborations with the truth about them.

    ``real_names`` are names of which each is given to one company, until they are used up.
    """
    noise = noise or Noise()
    chance = random.Random(seed)
    maker = _Maker(chance, list(real_names))
    absent = round(unlinked * noise.no_match)
    everybody = [maker.make_company() for _ in range(customers + absent)]
    present, others = everybody[:customers], everybody[customers:]
    asked: list[tuple[int | None, Row]] = [
        (at, present[at]) for at in chance.sample(range(customers), min(unlinked - absent, customers))
    ]
    asked += [(None, row) for row in others]
    chance.shuffle(asked)
    truth: dict[str, str | None] = {}
    noisy: list[Row] = []
    for position, (at, row) in enumerate(asked):
        id_ = f"cl_{position}"
        truth[id_] = None if at is None else f"cu_{at}"
        seen = maker.see(row, noise)
        noisy.append(
            {"collaboration_id": id_, "service": "", **{k: v for k, v in seen.items() if k in noise.columns}}
        )
    return Generated(
        tuple({"customer_id": f"cu_{at}", **maker.file(row, noise)} for at, row in enumerate(present)),
        tuple(noisy),
        truth,
    )


def make_number(chance: random.Random, taken: set[str]) -> str:
    """Return an organisation number (``NNNNNN-NNNN``) with a right check digit that is not taken yet."""
    while True:
        number = _draw_number(chance)
        if number not in taken:
            taken.add(number)
            return number


def _draw_number(chance: random.Random) -> str:
    nine = f"55{chance.randrange(6, 10)}{chance.randrange(10**6):06d}"
    total = 0
    for at, char in enumerate(nine):
        doubled = int(char) * (2 if at % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return f"{nine[:6]}-{nine[6:]}{-total % 10}"


class _Maker:
    def __init__(self, chance: random.Random, real_names: list[str]) -> None:
        chance.shuffle(real_names)
        self._real_names = real_names
        self._chance = chance
        self._taken: set[str] = set()
        self._invented = [self._invent() for _ in range(6000)]
        self._towns, self._town_weights = zip(*words.TOWNS, strict=True)
        self._surnames, self._surname_weights = _by_rank(words.SURNAMES)
        self._trades, self._trade_weights = _by_rank(words.TRADES)
        self._first, self._first_weights = _by_rank(words.FIRST_NAMES)

    def _one(self, values: Sequence[str], weights: Sequence[float]) -> str:
        return self._chance.choices(values, weights)[0]

    def _invent(self) -> str:
        parts = [self._chance.choice(words.SYLLABLES) for _ in range(self._chance.choice((2, 2, 3)))]
        return "".join(parts).capitalize()

    def make_company(self) -> Row:
        chance = self._chance
        town = self._one(self._towns, self._town_weights)
        surname = self._one(self._surnames, self._surname_weights)
        first = self._one(self._first, self._first_weights)
        trade = self._one(self._trades, self._trade_weights)
        other = self._one(self._trades, self._trade_weights)
        invented = chance.choice(self._invented)
        form = chance.choices(("AB", "HB", "KB", "EF", "Ek. för."), (70, 9, 2, 17, 2))[0]
        kind = chance.random()
        if kind < 0.17:
            name = f"{surname}s {trade}"
        elif kind < 0.27:
            name = f"{trade} i {town}"
        elif kind < 0.38:
            name = f"{invented} {trade}"
        elif kind < 0.46:
            name = f"{first} {surname}"
        elif kind < 0.56:
            name = f"{surname} {trade} & {other}"
        elif kind < 0.64:
            name = f"{invented} {trade} i {town}"
        elif kind < 0.71:
            name = f"{surname} & {self._one(self._surnames, self._surname_weights)} {trade}"
        elif kind < 0.78:
            name = invented + chance.choice(("", "", " Holding", " Sverige", " Invest", " Group"))
        elif kind < 0.84:
            name = f"{first} {surname} {trade}"
        elif kind < 0.89:
            name = f"{chance.choice('ABCEGHJKLMNPRST')}{chance.choice('ABDEFGHJKLMNPRST')} {trade}"
        elif kind < 0.94:
            name = f"Bostadsrättsföreningen {chance.choice(words.HOUSES)} {chance.randrange(1, 30)}"
            form = ""
        else:
            name = f"{town}s {chance.choice(words.CLUBS)}"
            form = ""
        if form == "AB":
            name = chance.choices((f"{name} AB", f"AB {name}", f"{name} Aktiebolag"), (85, 8, 7))[0]
        elif form == "EF":
            name = chance.choices((name, f"{name} Enskild Firma"), (80, 20))[0]
        elif form:
            name = f"{name} {form}"
        if self._real_names and chance.random() < _REAL:
            name = self._real_names.pop()
        prefix = words.POSTAL_PREFIX.get(town, 100 + sum(map(ord, town)) % 880)
        host = _ascii("".join(c for c in f"{surname}{trade}" if c.isalnum())).casefold()
        if chance.random() < 0.5:
            host = _ascii(f"{invented}{trade}".replace(" ", "")).casefold()
        host = host[:22]
        if host in self._taken:
            host += _ascii(town).casefold()
        if host in self._taken:
            host += str(len(self._taken))
        self._taken.add(host)
        if chance.random() < 0.35:
            told_apart = chance.choice(("", "", chance.randrange(100), len(self._taken) % 10_000))
            local = f"{first}.{surname}{told_apart}"
            email = f"{_ascii(local).casefold()}@{chance.choice(_FREE_HOSTS)}"
        else:
            local = chance.choice(("info", "info", "kontakt", "ekonomi", _ascii(first).casefold()))
            email = f"{local}@{host}.se"
        return {
            "name": name,
            "organisation_number": make_number(chance, self._taken),
            "email": email,
            "phone": f"0{chance.choice((70, 72, 73, 76, 8, 31, 40))}-{chance.randrange(10**6, 10**7)}",
            "postal_code": f"{prefix} {chance.randrange(10, 99 if prefix < 200 else 60)}",
            "town": town,
        }

    def file(self, row: Row, noise: Noise) -> Row:
        """Return the company as the firm has it in its list."""
        filed = dict(row)
        if self._chance.random() < noise.customer_number_missing:
            filed["organisation_number"] = ""
        if self._chance.random() < noise.customer_email_missing:
            filed["email"] = ""
        return filed

    def see(self, row: Row, noise: Noise) -> Row:
        """Return the company as the vendor has it."""
        chance = self._chance
        seen = dict(row)
        seen["name"] = self._other_name(row["name"], noise)
        draw = chance.random()
        if draw < noise.number_missing:
            seen["organisation_number"] = ""
        elif draw < noise.number_missing + noise.number_wrong_digit:
            seen["organisation_number"] = self._slip_in_digits(row["organisation_number"])
            if chance.random() < 0.05:
                seen["organisation_number"] = self._slip_in_digits(seen["organisation_number"])
        draw = chance.random()
        if draw < noise.email_missing:
            seen["email"] = ""
        elif draw < noise.email_missing + noise.email_other:
            local, host = row["email"].split("@")
            other = chance.choice(("faktura", "lon", "admin", "order", local[:1] + "." + local[-4:]))
            is_free = host in _FREE_HOSTS
            seen["email"] = f"{other}@{host}" if not is_free else f"{other}{chance.randrange(999)}@gmail.com"
        elif chance.random() < 0.03:
            seen["email"] = self._slip(seen["email"])
        draw = chance.random()
        if draw < noise.phone_missing:
            seen["phone"] = ""
        elif draw < noise.phone_missing + noise.phone_other:
            seen["phone"] = f"070-{chance.randrange(10**6, 10**7)}"
        elif chance.random() < 0.04:
            seen["phone"] = row["phone"][:-1] + str(chance.randrange(10))
        else:
            seen["phone"] = chance.choice((row["phone"], "+46 " + row["phone"][1:].replace("-", " ")))
        draw = chance.random()
        if draw < noise.place_missing:
            seen["postal_code"] = seen["town"] = ""
        elif draw < noise.place_missing + noise.place_moved:
            if chance.random() < 0.5:
                seen["town"] = self._one(self._towns, self._town_weights)
            prefix = words.POSTAL_PREFIX.get(seen["town"], 100 + sum(map(ord, seen["town"])) % 880)
            seen["postal_code"] = f"{prefix} {chance.randrange(10, 60)}"
        elif chance.random() < 0.3:
            seen["postal_code"] = seen["postal_code"].replace(" ", "")
            seen["town"] = seen["town"].upper()
        return seen

    def _slip_in_digits(self, number: str) -> str:
        at = self._chance.choice([i for i, c in enumerate(number) if c.isdigit() and i != 2])
        if self._chance.random() < 0.3:
            swapped = at + 1 if at + 1 < len(number) and number[at + 1].isdigit() else at - 1
            low, high = sorted((at, swapped))
            if low != 2 and high != 2 and number[low] != number[high] and number[low : high + 1].isdigit():
                return number[:low] + number[high] + number[low] + number[high + 1 :]
        digit = self._chance.choice([d for d in "0123456789" if d != number[at]])
        return number[:at] + digit + number[at + 1 :]

    def _other_name(self, name: str, noise: Noise) -> str:
        chance = self._chance
        if chance.random() < noise.legal_form:
            name = self._other_form(name)
            if chance.random() < 0.04:
                name = name.replace("AB", "HB") if "AB" in name else f"{name} AB"
        parts = name.split()
        if chance.random() < noise.word_lost and len(parts) > 2:
            parts.pop(chance.randrange(1, len(parts)))
        if chance.random() < noise.word_added:
            parts.insert(
                chance.randrange(1, len(parts) + 1),
                chance.choice(
                    ("Sverige", "Holding", "Svenska", "i Sverige", "Nya", self._chance.choice(self._towns))
                ),
            )
        if chance.random() < noise.abbreviated:
            at = chance.randrange(len(parts))
            short = words.ABBREVIATED.get(parts[at].casefold())
            if short:
                parts[at] = short
            elif len(parts[at]) > 7:
                parts[at] = parts[at][: chance.choice((4, 5))] + "."
        if chance.random() < noise.word_order and len(parts) > 1:
            at = chance.randrange(len(parts) - 1)
            parts[at], parts[at + 1] = parts[at + 1], parts[at]
        name = " ".join(parts)
        if chance.random() < 0.4:
            name = name.replace(" & ", chance.choice((" och ", " o ", " & ", "&")))
        if chance.random() < noise.typing_slip:
            name = self._slip(name)
        if chance.random() < noise.typing_slip / 4:
            name = self._slip(name)
        if chance.random() < noise.ascii:
            name = _ascii(name)
        if chance.random() < noise.upper:
            name = name.upper()
        return name

    def _other_form(self, name: str) -> str:
        chance = self._chance
        for form, spellings in words.FORMS.items():
            for spelling in spellings:
                if f" {name} ".find(f" {spelling} ") >= 0:
                    bare = " ".join(f" {name} ".replace(f" {spelling} ", " ", 1).split())
                    other = chance.choice(("", *words.FORMS[form]))
                    return (
                        bare
                        if not other
                        else chance.choice((f"{bare} {other}", f"{bare} {other}", f"{other} {bare}"))
                    )
        return name

    def _slip(self, name: str) -> str:
        chance = self._chance
        letters = [i for i, c in enumerate(name) if c.isalpha()]
        if len(letters) < 4:
            return name
        at = chance.choice(letters[1:])
        what = chance.randrange(4)
        if what == 0:
            return name[:at] + name[at + 1 :]
        if what == 1:
            return name[:at] + name[at] + name[at:]
        if what == 2:
            return name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :]
        return name[:at] + chance.choice("aeinrstlkmo") + name[at + 1 :]


def _by_rank(values: Sequence[str]) -> tuple[Sequence[str], Sequence[float]]:
    return values, [1 / (rank + 8) for rank in range(len(values))]


def _ascii(text: str) -> str:
    return text.translate(str.maketrans("åäöÅÄÖé", "aaoAAOe"))

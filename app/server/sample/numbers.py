"""Identity numbers for invented customers: right check digits, and nobody's.

Organisation numbers are taken from the far ends of their series, which Bolagsverket and Skatteverket will
not reach for many years. Persons have only the test numbers that are published, told apart by serial.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

RESERVED_SERIES = {
    "AB": "165598",
    "HB": "169699",
    "KB": "169699",
    "Ek. för.": "167699",
    "BRF": "167698",
    "Ideell förening": "168029",
    "Stiftelse": "168028",
    "Filial": "165168",
}
"""Legal form → the first six of twelve digits."""

TEST_PERSONS = ("198507099805", "198507699802", "191212121212", "191212721219")
"""Published test numbers (850709-9805, 850769-9802, 121212+1212, 121272+1219), and no others."""


class OrganisationNumbers:
    """Gives each customer a number of its own, in the same order each time."""

    def __init__(self) -> None:
        self._next: dict[str, Iterator[int]] = {}

    def take(self, legal_form: str) -> str:
        """Return the next unused number (12 digits) of the form's series."""
        series = RESERVED_SERIES.get(legal_form, RESERVED_SERIES["AB"])
        # Steps of 37 keep neighbours apart by more than one digit: a slip never hits another customer.
        position = next(self._next.setdefault(series, count(1100, 37)))
        return with_check_digit(f"{series}{position:05d}")


def with_check_digit(eleven: str) -> str:
    """Return the twelve digits: prefix, nine digits and the Luhn check digit over the last ten."""
    from stdnum import luhn

    return eleven + str(luhn.calc_check_digit(eleven[2:]))


def swap_neighbours(number: str, position: int) -> str:
    """Return the number with two neighbouring digits swapped, as people type it wrong."""
    return number[:position] + number[position + 1] + number[position] + number[position + 2 :]


def change_digit(number: str, position: int) -> str:
    """Return the number with one digit wrong."""
    return number[:position] + str((int(number[position]) + 3) % 10) + number[position + 1 :]

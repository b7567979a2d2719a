"""Keys that say which suggestions a changed customer may change.

A queue that is stored keeps ``company_keys`` beside each company. When a customer changes, the companies
whose keys meet ``lookup_keys`` of what the customer was called and is called now are suggested anew, and no
others. The keys are wider than likeness: two that meet need not be alike, but two that are alike meet.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator

from app.domain.identity import parse_number
from app.domain.records import Company, Contact, Customer, company_key
from app.matching.lookups import address_names, called_as
from app.matching.names import normalise_name
from app.matching.numbers import foreign_digits
from app.matching.spellings import outline
from app.matching.words import load_words

__all__ = ["company_key", "company_keys", "customer_keys", "lookup_keys"]

_STEM = 4
"""Letters of a word's beginning and of its end: a slip in one leaves the other."""


def company_keys(company: Company) -> frozenset[str]:
    """Return the keys of everything that the vendor says of a company."""
    return frozenset(
        lookup_keys(
            (company.name,),
            (company.number,),
            (company.vendor_customer_number, company.email, company.phone),
        )
    )


def customer_keys(customer: Customer, contacts: Iterable[Contact] = (), web_domain: str = "") -> set[str]:
    """Return the keys of a customer with its contacts, to be compared with ``company_keys``."""
    reachable = [detail for contact in contacts for detail in (contact.email, contact.phone)]
    return lookup_keys(
        (customer.name,),
        (customer.organisation_number,),
        (customer.vendor_customer_number, web_domain and f"@{web_domain}", *reachable),
    )


def lookup_keys(names: Iterable[str], numbers: Iterable[str], others: Iterable[str]) -> set[str]:
    """Return the keys of names, identity numbers (as written), and other things that identify.

    ``others`` are the vendor's customer numbers, e-mail addresses (``@host`` for a web domain alone) and
    telephone numbers. Empty texts have no keys.
    """
    keys: set[str] = set()
    for name in names:
        keys |= _name_keys(name)
    for number in numbers:
        keys.update(_number_keys(number))
    for other in others:
        keys.update(_other_keys(other))
    return keys


@functools.lru_cache(maxsize=4096)
def _name_keys(name: str) -> frozenset[str]:
    core = normalise_name(name).core
    if not core:
        return frozenset()
    words = core.split()
    joined = core.replace(" ", "")
    keys = {f"na:{joined}"}
    for word in words:
        if len(word) > _STEM:
            keys |= {f"nb:{word[:_STEM]}", f"ne:{word[-_STEM:]}"}
        else:
            keys.add(f"nw:{word}")
    if len(words) > 2:
        keys.add("ni:" + "".join(word[0] for word in words))
    if len(words) == 1:
        keys.add(f"ni:{core}")
    keys |= {f"nl:{outline(joined)}", *map("ca:{}".format, called_as([joined]))}
    return frozenset(keys)


def _number_keys(text: str) -> Iterator[str]:
    if not text.strip():
        return
    canonical = parse_number(text).canonical
    if len(canonical) != 12:
        raw = "".join(c for c in text.upper() if c.isalnum())
        yield f"no:{raw}"
        digits = foreign_digits(raw)
        if digits:
            yield f"no:{digits}"
        return
    # One wrong digit, or two neighbours swapped, leaves one of these parts whole.
    digits = canonical[2:]
    yield f"n1:{digits[:5]}"
    yield f"n2:{digits[5:]}"
    yield f"n3:{digits[:4]}{digits[6:]}"


def _other_keys(text: str) -> Iterator[str]:
    text = text.strip().casefold()
    if not text:
        return
    if "@" not in text:
        yield f"ot:{text}"
        return
    local, _, host = text.rpartition("@")
    host = host.removeprefix("www.")
    if local:
        yield f"em:{local}@{host}"
    if host and host not in load_words().free_hosts:
        yield f"do:{host}"
    yield from map("ca:{}".format, called_as(address_names(text)))

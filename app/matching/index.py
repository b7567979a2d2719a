"""Finds the customers that a company may be; follows changes of single customers without being rebuilt.

Two ways lead to a customer: keys that are the same (number, vendor's number, e-mail, host, telephone, the
name itself) and pieces of names. Every word and every three letters of a word have a list of the customers
whose name has them, and the rarest pieces of a company's name are looked up first.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.identity import parse_number
from app.domain.records import Contact, Customer, CustomerState
from app.matching.frequencies import Frequencies
from app.matching.lookups import called_keys, name_pieces, phone_area, side_keys
from app.matching.model import Model, load_model
from app.matching.names import NameForm
from app.matching.numbers import near_numbers, other_centuries
from app.matching.sides import Side, customer_side

if TYPE_CHECKING:
    import numpy

CONSIDERED = 30
_LOOKED_AT = 240
"""Customers with the likest names of which the place then chooses those that are considered."""
_ENTRIES = 100_000
"""Entries of lists that are read for one name: the rarest pieces come first."""
_FEWEST_PIECES = 5
_LEAST_ALIKE = 0.2
_SAME_CODE, _SAME_AREA, _SAME_TOWN = 0.2, 0.08, 0.1
_SAME_FORM, _SAME_KEY, _SAME_PHONE_AREA = 0.03, 0.05, 0.02
_SHARE_CALLED = 3
"""At most one in so many of those considered is there for what an address calls the company."""
_COMMON_KEY = 20
"""Customers behind one key from which on it leads to none of them (an accounting firm's own address)."""
_MOST_BY_KEYS = 20
"""So many of those considered come by keys at most: the others are there for their names."""
_DEAD_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class IndexedCustomer:
    """A customer as the index holds it."""

    id: str
    side: Side
    is_archived: bool = False


class CustomerIndex:
    """Customers by number, vendor's number, e-mail, host, telephone and name. Not for several threads."""

    def __init__(self, model: Model | None = None) -> None:
        self.model = model or load_model()
        self.frequencies = Frequencies(self.model.background)
        self._slots: dict[str, int] = {}
        self._entries: list[IndexedCustomer | None] = []
        self._by_key: dict[str, int | list[int]] = {}
        self._pieces: dict[str, array[int]] = {}
        self._sizes: array[float] = array("f")
        self._gone: Counter[str] = Counter()
        # The texts of _facts_of of each slot as small numbers, to be compared many at a time; 0 is none.
        self._numbered: dict[str, int] = {"": 0}
        self._facts = array("i")

    def __len__(self) -> int:
        """Return how many customers are in the index."""
        return len(self._slots)

    def put(self, customer: Customer, contacts: Iterable[Contact] = (), *, web_domain: str = "") -> None:
        """Add a customer, or take in that it has changed."""
        self.put_side(
            customer.id,
            customer_side(customer, contacts, web_domain),
            is_archived=customer.state == CustomerState.ARCHIVED,
        )

    def put_side(self, customer_id: str, side: Side, *, is_archived: bool = False) -> None:
        """Add a customer in comparable form, or take in that it has changed."""
        self.remove(customer_id)
        slot = len(self._entries)
        self._slots[customer_id] = slot
        self._entries.append(IndexedCustomer(customer_id, side, is_archived))
        for key in (*side_keys(side), *called_keys(side)):
            before = self._by_key.get(key)
            if before is None:
                self._by_key[key] = slot
            elif isinstance(before, int):
                self._by_key[key] = [before, slot]
            else:
                before.append(slot)
        pieces = name_pieces(side.form.words)
        postings_of = self._pieces.get
        for piece in pieces:
            postings = postings_of(piece)
            if postings is None:
                self._pieces[piece] = array("i", (slot,))
            else:
                postings.append(slot)
        numbered = self._numbered
        self._facts.extend([numbered.setdefault(fact, len(numbered)) for fact in _facts_of(side)])
        self._sizes.append(1.0 / math.sqrt(len(pieces)) if pieces else 0.0)
        self.frequencies.add(side)

    def remove(self, customer_id: str) -> None:
        """Forget a customer; an unknown one is nothing to do."""
        slot = self._slots.pop(customer_id, None)
        if slot is None:
            return
        entry = self._entries[slot]
        self._entries[slot] = None
        if entry is None:
            return
        for key in (*side_keys(entry.side), *called_keys(entry.side)):
            found = self._by_key.get(key)
            if isinstance(found, list):
                found.remove(slot)
                if len(found) == 1:
                    self._by_key[key] = found[0]
            else:
                self._by_key.pop(key, None)
        self._sizes[slot] = 0.0  # nothing is like it any more
        self._gone.update(list(name_pieces(entry.side.form.words)))
        self.frequencies.remove(entry.side)
        if len(self._entries) > 1000 and len(self._slots) < _DEAD_SHARE * len(self._entries):
            self._compact()

    def get(self, customer_id: str) -> IndexedCustomer | None:
        """Return the customer's entry, or None."""
        slot = self._slots.get(customer_id)
        return None if slot is None else self._entries[slot]

    def with_number(self, canonical: str) -> frozenset[str]:
        """Return ids of every customer with exactly this number, whatever kind and serial."""
        if not canonical:
            return frozenset()
        return frozenset(entry.id for entry in self._entries_at(self._with_key(f"no:{canonical}")))

    def with_name(self, form: NameForm) -> list[IndexedCustomer]:
        """Return the customers of exactly this name, but for spaces and legal form."""
        if not form.words:
            return []
        return self._entries_at(self._with_key(f"na:{form.joined}"))

    def candidates(self, company: Side, *, limit: int = CONSIDERED) -> list[str]:
        """Return ids of the customers worth comparing, by keys first and then by likeness of names."""
        return [entry.id for lot in self.lots(company, limit=limit) for entry in lot]

    def lots(self, company: Side, *, limit: int = CONSIDERED) -> Iterator[list[IndexedCustomer]]:
        """Yield the customers worth comparing: those with a key in common, then those with like names.

        Names are looked up only when the second lot is asked for.
        """
        limit = max(limit, 1)
        slots = self._slots_by_keys(company, limit)
        yield self._entries_at(slots)
        if len(slots) < limit:
            called = self._slots_by_called(company)
            named = dict.fromkeys((*called[: limit // _SHARE_CALLED], *self._slots_by_name(company, limit)))
            yield self._entries_at([slot for slot in named if slot not in slots][: limit - len(slots)])

    def _entries_at(self, slots: Iterable[int]) -> list[IndexedCustomer]:
        found = map(self._entries.__getitem__, slots)
        return [entry for entry in found if entry is not None]

    def _with_key(self, key: str) -> list[int]:
        found = self._by_key.get(key, [])
        return [found] if isinstance(found, int) else found

    def _slots_by_keys(self, company: Side, limit: int) -> dict[int, None]:
        found: dict[int, None] = {}
        common: list[list[int]] = []
        keys = list(side_keys(company))
        if company.number and not self._with_key(f"no:{company.number}"):
            keys += filter(self._by_key.__contains__, near_numbers(company.number, prefix="no:"))
        keys += [key for other in other_centuries(company.number) if (key := f"no:{other}") in self._by_key]
        if company.vendor_number:
            # The vendor's number may be the organisation number, and stand in the wrong column.
            parsed = parse_number(company.vendor_number)
            if parsed.ok:
                keys.append(f"no:{parsed.canonical}")
        for slots in sorted(map(self._with_key, keys), key=len):
            # The rarest first: dozens may have a mailbox called Kerstin, and only one of them the name.
            if len(slots) > _COMMON_KEY:
                common.append(slots)
                continue
            found.update(dict.fromkeys(sorted(slots, key=self._id_of) if len(slots) > 1 else slots))
        if company.form.words:
            limit = min(limit, _MOST_BY_KEYS)
        if not found and (not company.form.words or self._with_key(f"no:{company.number}")):
            for slots in common:
                found.update(dict.fromkeys(sorted(slots, key=self._id_of)[:limit]))
        return dict.fromkeys(list(found)[:limit])

    def _slots_by_called(self, company: Side) -> list[int]:
        """Return the slots of those whose address says the company's name, or whose name its address says."""
        found: dict[int, None] = {}
        for key in called_keys(company):
            slots = self._with_key(key)
            if len(slots) <= _COMMON_KEY:
                found.update(dict.fromkeys(sorted(slots, key=self._id_of)))
        return list(found)

    def _id_of(self, slot: int) -> str:
        entry = self._entries[slot]
        return "" if entry is None else entry.id

    def _slots_by_name(self, company: Side, limit: int) -> list[int]:
        """Return the slots of the likest names, of equally like ones those first that agree otherwise."""
        import numpy as np

        pieces = name_pieces(company.form.words)
        lists: list[tuple[int, str, array[int]]] = []
        for piece in pieces:
            has = self._pieces.get(piece)
            if has and (count := len(has) - self._gone.get(piece, 0)):
                lists.append((count, piece, has))
        if not lists:
            return []
        lists.sort()  # the rarest first
        everybody = len(self._slots) + 1
        read: list[array[int]] = []
        weights: list[float] = []
        lengths: list[int] = []
        total = 0
        for count, _, postings in lists:
            if total + count > _ENTRIES and len(read) >= _FEWEST_PIECES:
                continue
            total += count
            read.append(postings)
            weights.append(math.log2(1.0 + everybody / count))
            lengths.append(len(postings))
        slots = np.frombuffer(b"".join(read), dtype=np.int32)
        gathered = np.bincount(slots, weights=np.repeat(weights, lengths))
        own, all_weights = math.sqrt(len(pieces)), sum(weights)
        chosen = (gathered > _LEAST_ALIKE * all_weights * 0.6).nonzero()[0]
        if not len(chosen):
            return []
        sizes = np.frombuffer(self._sizes, dtype=np.float32)
        alike = gathered[chosen] * sizes[chosen] * (own / all_weights)
        most = max(_LOOKED_AT, limit)
        if len(chosen) > most:
            order = np.argpartition(-alike, most)
            edge = alike[order[most]]
            keep = alike >= edge
            chosen, alike = chosen[keep], alike[keep]
        alike = alike + self._agreement(company, chosen)
        if len(chosen) > limit:
            edge = -np.partition(-alike, limit - 1)[limit - 1]
            keep = alike >= edge
            chosen, alike = chosen[keep], alike[keep]
        ranked: list[tuple[float, str, int]] = []
        for slot, likeness in zip(chosen.tolist(), alike.tolist(), strict=True):
            entry = self._entries[slot]
            if entry is not None:
                ranked.append((-likeness, entry.id, slot))
        ranked.sort()
        return [slot for _, _, slot in ranked[:limit]]

    def _agreement(self, company: Side, slots: numpy.ndarray) -> numpy.ndarray:
        """Return what to add to the likeness of names where anything else is the same.

        Of hundreds of namesakes those that agree in something have to be among the few that are considered.
        """
        import numpy as np

        numbered = self._numbered
        own = [numbered.get(fact, -1) if fact else -1 for fact in _facts_of(company)]
        facts = np.frombuffer(self._facts, dtype=np.int32).reshape(-1, len(own))[slots]
        more: numpy.ndarray = ((facts == own) * _SAME_FACT).sum(axis=1)
        towns = facts[:, _TOWN]
        for word in company.form.words:
            # *Dahl Bygg i Lund* is the Dahl Bygg that is in Lund.
            known = numbered.get(word) if word != company.town_key else None
            if known is not None:
                more[towns == known] += _SAME_TOWN
        named = self._pieces.get(company.town_key) if company.town_key else None
        if named is not None:
            more[_are_among(slots, np.frombuffer(named, dtype=np.int32))] += _SAME_TOWN
        for key in side_keys(company):
            shared = self._with_key(key)
            if len(shared) > _COMMON_KEY and not key.startswith("na:"):
                more[_are_among(slots, np.array(shared, dtype=np.int32))] += _SAME_KEY
        if company.number_ok:
            # Two right numbers that differ are never the same company.
            numbers = facts[:, _NUMBER]
            more[(numbers > 0) & (numbers != own[_NUMBER])] = -10.0
        return more

    def _compact(self) -> None:
        """Leave out the slots of customers that are gone."""
        entries = [entry for entry in self._entries if entry is not None]
        self.__init__(self.model)  # type: ignore[misc]
        for entry in entries:
            self.put_side(entry.id, entry.side, is_archived=entry.is_archived)


def _facts_of(side: Side) -> tuple[str, ...]:
    """Return what of a side is compared many at a time, in the order of ``_SAME_FACT``."""
    return (
        side.postal_code,
        side.postal_code[:3],
        side.town_key,
        side.form.legal_form,
        phone_area(side),
        side.number if side.number_ok else "",
    )


_SAME_FACT = (_SAME_CODE, _SAME_AREA, _SAME_TOWN, _SAME_FORM, _SAME_PHONE_AREA, 0.0)
_TOWN, _NUMBER = 2, 5


def _are_among(slots: numpy.ndarray, postings: numpy.ndarray) -> numpy.ndarray:
    """Tell of each slot whether it is in a list of them, which is in order, as slots are only ever added."""
    import numpy as np

    places = np.searchsorted(postings, slots)
    places[places == len(postings)] = 0
    is_there: numpy.ndarray = postings[places] == slots
    return is_there

"""By what a customer is looked up: keys that are the same on both sides, and pieces of its name."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator

from app.matching.numbers import foreign_digits
from app.matching.sides import Side
from app.matching.spellings import by_sound, outline
from app.matching.words import load_words

_SHORTEST_LOCAL = 7
_CALLED = 8
"""Letters of what a side is called that have to be the same in its name and in an address."""
_NOT_LETTERS = re.compile(r"[^a-z]+")
_WITH_INITIAL = 2
_NOWHERE = ("10", "20", "70", "72", "73", "74", "76", "77", "79")
"""What numbers begin with that belong to no place: mobiles, switchboards, free calls."""
_SHORT_AREAS: tuple[str, ...] = (
    "11",
    "13",
    "16",
    "18",
    "19",
    "21",
    "23",
    "26",
    "31",
    "33",
    "35",
    "36",
    "40",
    "42",
    "44",
    "46",
)
_SHORT_AREAS += ("54", "60", "63", "90")
"""Area codes of two digits, without the zero; Stockholm has one digit, all others have three."""


def side_keys(side: Side) -> Iterator[str]:
    """Yield the keys by which a side is found at once: numbers, addresses, telephones, the name itself."""
    if side.number:
        yield f"no:{side.number}"
        digits = "" if side.number_ok else foreign_digits(side.number)
        if digits:
            yield f"no:{digits}"
    if side.vendor_number:
        yield f"vc:{side.vendor_number}"
    for email in side.emails:
        yield f"em:{email}"
        local = email.rpartition("@")[0]
        if len(local) >= _SHORTEST_LOCAL and local not in load_words().shared_locals:
            yield f"lo:{local}"
    for host in side.hosts:
        yield f"do:{host}"
    for phone in side.phones:
        yield f"ph:{phone}"
    if side.form.words:
        yield f"na:{side.form.joined}"


def called_keys(side: Side) -> tuple[str, ...]:
    """Return the keys of what a side is called: by its mail hosts, its free mailboxes, and last its name.

    *info@sjobergsbygg.se* is most likely Sjöbergs Bygg, whatever the company is called besides.
    """
    texts = [host.rpartition(".")[0].rpartition(".")[2] for host in side.hosts]
    for email in side.emails:
        texts += address_names(email)
    texts.append(side.form.joined)
    return tuple([f"ca:{one}" for one in called_as(texts)])


def address_names(address: str) -> tuple[str, ...]:
    """Return what of an e-mail address may be the company's name: of its host, or of a free mailbox."""
    local, _, host = address.rpartition("@")
    words = load_words()
    if host not in words.free_hosts:
        return (host.rpartition(".")[0].rpartition(".")[2],)
    return (local,) if local not in words.shared_locals else ()


def called_as(texts: Iterable[str]) -> list[str]:
    """Return the beginning of each text that is long enough to tell a company, as it is looked up."""
    letters = [_NOT_LETTERS.sub("", text) for text in texts if len(text) >= _CALLED]
    return list(dict.fromkeys([one[:_CALLED] for one in letters if len(one) >= _CALLED]))


def phone_area(side: Side) -> str:
    """Return the area code of the first telephone that stands somewhere, without its zero, or ""."""
    for phone in side.phones:
        if not phone.startswith(_NOWHERE):
            return "8" if phone[0] == "8" else phone[:2] if phone[:2] in _SHORT_AREAS else phone[:3]
    return ""


@functools.lru_cache(maxsize=65_536)
def _word_pieces(word: str) -> tuple[str, ...]:
    edged = f"^{word}$"
    threes = (edged[at : at + 3] for at in range(len(edged) - 2))
    return (word, by_sound(word), f"~{outline(word)}", *threes)


def name_pieces(words: tuple[str, ...]) -> dict[str, None]:
    """Return the pieces of a name: words as written, heard and seen, three letters at a time, initials."""
    pieces: list[str] = []
    for word in words:
        pieces += _word_pieces(word)
    if len(words) > _WITH_INITIAL:
        pieces.append("".join([word[0] for word in words]))
    for word in words[1 : 1 + _WITH_INITIAL]:
        pieces.append(f"{words[0][0]}.{word}")
    return dict.fromkeys(pieces)

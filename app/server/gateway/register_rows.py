"""How the register's companies, people and licences lie in its table."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from app.domain.decoders import decoder_of
from app.domain.records import CustomerKind, LicencesLeft
from app.server.gateway.register_company import RegisterCompany
from app.server.gateway.vendor import CompanyQuery, VendorRefusedError
from app.server.store.entries import Entry, EntryTransaction

_COMPANY, _ALIAS, _PERSON, _COUNTER, _LICENCES = "company", "alias", "person", "counter", "licences"
_FIRST_NUMBER = 7_100_001


def put_company(rows: EntryTransaction, company: RegisterCompany) -> None:
    """Write a company with the numbers that it is found by."""
    key = company.vendor_customer_number
    rows.put(
        Entry(
            kind=_COMPANY,
            key=key,
            group=_group(company.number, company.kind, company.serial),
            data=msgspec.json.encode(company),
        )
    )
    for other in company.other_customer_numbers:
        rows.put(Entry(kind=_ALIAS, key=other, subject_id=key))


def find_company(
    rows: EntryTransaction, query: CompanyQuery, *, lock: bool = False
) -> RegisterCompany | None:
    """Return the company as it was last written; ``lock`` makes other writers of it wait."""
    entry: Entry | None = None
    if query.vendor_customer_number:
        entry = rows.find(_COMPANY, query.vendor_customer_number, lock=lock)
        if entry is None:
            alias = rows.find(_ALIAS, query.vendor_customer_number)
            entry = None if alias is None else rows.find(_COMPANY, alias.subject_id, lock=lock)
    if entry is None and query.number:
        found = rows.list_group(_COMPANY, _group(query.number, query.kind, query.serial))
        entry = rows.find(_COMPANY, found[0].key, lock=lock) if found else None
    return None if entry is None else decoder_of(RegisterCompany).decode(entry.data)


def claim_address(rows: EntryTransaction, email: str, name: str) -> None:
    """One address is one person, who may belong to several companies. Raises ``contact_is_other_person``."""
    entry = rows.find(_PERSON, email.strip().casefold(), lock=True)
    known = "" if entry is None else decoder_of(str).decode(entry.data)
    if known and " ".join(known.casefold().split()) != " ".join(name.casefold().split()):
        raise VendorRefusedError("contact_is_other_person")
    put_person(rows, email, name)


def put_person(rows: EntryTransaction, email: str, name: str) -> None:
    """Write whose address it is."""
    rows.put(Entry(kind=_PERSON, key=email.strip().casefold(), data=msgspec.json.encode(name)))


def next_number(rows: EntryTransaction) -> str:
    """Return a free customer number. Its lock lets one company be registered at a time, by whichever firm."""
    rows.add(Entry(kind=_COUNTER, key="customer_number", data=msgspec.json.encode(_FIRST_NUMBER)))
    entry = rows.find(_COUNTER, "customer_number", lock=True)
    number = _FIRST_NUMBER if entry is None else decoder_of(int).decode(entry.data)
    while rows.find(_COMPANY, str(number)) is not None:
        number += 1
    rows.put(Entry(kind=_COUNTER, key="customer_number", data=msgspec.json.encode(number + 1)))
    return str(number)


def list_licences(rows: EntryTransaction, firm_id: str, *, lock: bool = False) -> tuple[LicencesLeft, ...]:
    """Return how many licences the firm has left, of the services that are sold by licence."""
    entry = rows.find(_LICENCES, firm_id, lock=lock)
    return () if entry is None else decoder_of(tuple[LicencesLeft, ...]).decode(entry.data)


def put_licences(rows: EntryTransaction, firm_id: str, licences: Iterable[LicencesLeft]) -> None:
    """Write how many licences the firm has left."""
    data = msgspec.json.encode(tuple(licences))
    rows.put(Entry(kind=_LICENCES, key=firm_id, firm_id=firm_id, data=data))


def is_same_address(one: str, other: str) -> bool:
    """Tell whether two e-mail addresses are one."""
    return one.strip().casefold() == other.strip().casefold()


def _group(number: str, kind: str, serial: int) -> str:
    # The same person may be a private customer and have firms of their own: other companies to the vendor.
    whose = "private" if kind == CustomerKind.PRIVATE_PERSON else "company"
    return f"{number}|{whose}|{serial}" if number else ""

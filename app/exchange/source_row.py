"""What a reader found in a file, before anything is judged: texts as they stand there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Remark:
    """A code with the data of its sentence (resources/messages); about a file or about a row."""

    code: str
    data: Mapping[str, str] = field(default_factory=dict)


class NumberColumn(StrEnum):
    """What the heading promised: it tells how a personal number among the others is meant."""

    ORGANISATION = "organisation"
    PERSONAL = "personal"
    EITHER = "either"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """One customer of a file, unjudged. ``line`` is where it stands (1 is the first line)."""

    line: int
    name: str = ""
    number: str = ""
    number_column: NumberColumn = NumberColumn.ORGANISATION
    serial: str = ""
    kind: str = ""
    legal_form: str = ""
    customer_number: str = ""
    vendor_customer_number: str = ""
    contact: str = ""
    email: str = ""
    phone: str = ""
    street: str = ""
    postal_code: str = ""
    town: str = ""
    country: str = ""
    fiscal_year_end: str = ""
    office: str = ""
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """What a file turned out to be. ``problems`` with no rows: it could not be used at all.

    ``file`` is its name and ``path`` the words with which it was asked for.
    """

    file: str
    path: str = ""
    format: str = "unknown"
    encoding: str = ""
    rows: tuple[SourceRow, ...] = ()
    problems: tuple[Remark, ...] = ()
    unused_columns: tuple[str, ...] = ()

"""What an export holds: the firm's lists as rows of texts, without a screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from app.catalogue import Catalogue
from app.domain.identity import format_number, mask_number
from app.domain.records import (
    Access,
    Collaboration,
    Contact,
    Customer,
    Engagement,
    Invitation,
    Staff,
)
from app.domain.swedish_order import sort_key
from app.errors import SamverkaError
from app.exchange.table_export import write_csv, write_xlsx
from app.storage.keyvalues import get_session
from app.storage.local_reader import LocalReader
from app.storage.outbox import LIVE, count_by_state
from app.swedish_day import swedish_day
from app.system_causes import explain_cause
from app.usecases.workspace import Workspace


class ExportError(SamverkaError):
    """The file could not be written."""


class TableName(StrEnum):
    """The lists that can be written to a file."""

    CUSTOMERS = "customers"
    COLLABORATIONS = "collaborations"
    INVITATIONS = "invitations"
    ACCESS = "access"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What an export has written: the rows, how old they are, and how many unsent changes are in them."""

    rows: int
    pulled_at: datetime | None
    unsent: int


@dataclass(frozen=True, slots=True)
class Table:
    """A list: codes of its columns, its rows in Swedish order, and the columns whose digits are names."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def text_columns(self) -> tuple[int, ...]:
        """Return the places of the columns that a spreadsheet must not take for amounts."""
        return tuple(place for place, code in enumerate(self.columns) if code in _DIGITS_ARE_NAMES)


_DIGITS_ARE_NAMES = {
    "customer_number",
    "organisation_number",
    "phone",
    "postal_code",
    "vendor_customer_number",
}


class Tables:
    """Reads the lists from the cache, with what waits in the outbox laid over it."""

    def __init__(self, workspace: Workspace, catalogue: Catalogue) -> None:
        self._workspace = workspace
        self._catalogue = catalogue

    def read(
        self,
        name: TableName,
        *,
        language: str = "sv",
        reveal: bool = False,
        words: Mapping[str, str] = MappingProxyType({}),
    ) -> Table:
        """Return a list. Personal numbers are masked unless they are to be revealed.

        ``words`` are what codes are called, by ``table.column.code``; a code without a word stays as it is.
        """
        with self._workspace.read() as unit:
            word = _Words(name, words)
            reader = _Reader(LocalReader(unit), self._catalogue, language, word, reveal=reveal)
            columns, read = {
                TableName.CUSTOMERS: (_CUSTOMER_COLUMNS, reader.list_customers),
                TableName.COLLABORATIONS: (_COLLABORATION_COLUMNS, reader.list_collaborations),
                TableName.INVITATIONS: (_INVITATION_COLUMNS, reader.list_invitations),
                TableName.ACCESS: (_ACCESS_COLUMNS, reader.list_access),
            }[name]
            return Table(columns, _sorted(read))

    def export(
        self,
        name: TableName | str,
        path: Path,
        headings: Mapping[str, str],
        *,
        language: str = "sv",
        reveal: bool = False,
    ) -> Exported:
        """Write a list as CSV, or as a workbook where the name ends in .xlsx.

        The file appears whole or not at all. ``headings`` are words by column code, and what codes in the
        cells are called by ``table.column.code``.

        Raises:
            ExportError: ``file_not_written``.
        """
        return self.export_with(self._write_sheet, name, path, headings, language=language, reveal=reveal)

    def export_with(
        self,
        write: Callable[[Path, Sequence[str], Table, Exported], None],
        name: TableName | str,
        path: Path,
        headings: Mapping[str, str],
        *,
        language: str = "sv",
        reveal: bool = False,
    ) -> Exported:
        """Write a list by ``write(path, words, table, what)``, such as the pages that ui.sheets paints.

        Raises:
            ExportError: ``file_not_written``.
        """
        with self._workspace.read() as unit:
            pulled_at = get_session(unit, "pulled_at")
            states = count_by_state(unit)
        table = self.read(TableName(name), language=language, reveal=reveal, words=headings)
        words = [headings.get(code, code) for code in table.columns]
        exported = Exported(
            rows=len(table.rows),
            pulled_at=datetime.fromisoformat(pulled_at) if pulled_at else None,
            unsent=sum(states.get(state, 0) for state in LIVE),
        )
        try:
            write(path, words, table, exported)
        except OSError as error:
            raise ExportError("file_not_written", file=path.name, **explain_cause(error)) from error
        return exported

    @staticmethod
    def _write_sheet(path: Path, words: Sequence[str], table: Table, _exported: Exported) -> None:
        if path.suffix.lower() == ".xlsx":
            write_xlsx(path, words, table.rows)
        else:
            write_csv(path, words, table.rows, as_text=table.text_columns)


_CUSTOMER_COLUMNS = (
    "name", "organisation_number", "serial", "kind", "legal_form", "customer_number",
    "vendor_customer_number", "contact", "email", "phone", "street", "postal_code", "town", "country",
    "fiscal_year_end", "office", "account_manager", "state",
)  # fmt: skip
_COLLABORATION_COLUMNS = (
    "name", "organisation_number", "customer_number", "service", "engagement", "state", "payer", "started_on",
    "ends_on", "source",
)  # fmt: skip
_INVITATION_COLUMNS = (
    "name", "organisation_number", "customer_number", "services", "recipients", "state", "sent_on",
    "expires_on", "reminders", "answers",
)  # fmt: skip
_ACCESS_COLUMNS = (
    "name", "organisation_number", "customer_number", "service", "person", "because", "since", "until",
)  # fmt: skip


def _sorted(read: Callable[[], Iterator[tuple[str, ...]]]) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted(read(), key=lambda row: (sort_key(row[0]), *row[1:])))


def _day(when: date | datetime | None) -> str:
    if isinstance(when, datetime):
        when = swedish_day(when)
    return when.isoformat() if when else ""


@dataclass(frozen=True, slots=True)
class _Words:
    """What a person calls the codes of one table."""

    table: TableName
    words: Mapping[str, str]

    def __call__(self, column: str, code: str) -> str:
        return self.words.get(f"{self.table}.{column}.{code}", code)


class _Reader:
    def __init__(
        self, records: LocalReader, catalogue: Catalogue, language: str, word: _Words, *, reveal: bool
    ) -> None:
        self._records = records
        self._word = word
        self._catalogue = catalogue
        self._language = language
        self._show = format_number if reveal else mask_number
        self._customers = {each.id: each for each in records.list_all(Customer)}
        self._staff = {each.id: each.name for each in records.list_all(Staff)}

    def list_customers(self) -> Iterator[tuple[str, ...]]:
        main: dict[str, Contact] = {}
        for contact in self._records.list_all(Contact):
            if contact.is_main or contact.customer_id not in main:
                main[contact.customer_id] = contact
        nobody = Contact(id="", customer_id="", name="")
        for customer in self._customers.values():
            contact, address = main.get(customer.id, nobody), customer.address
            yield (
                customer.name,
                self._show(customer.organisation_number),
                str(customer.serial or ""),
                self._word("kind", customer.kind),
                customer.legal_form,
                customer.customer_number,
                customer.vendor_customer_number,
                contact.name,
                contact.email,
                contact.phone,
                address.street,
                address.postal_code,
                address.town,
                address.country,
                customer.fiscal_year_end,
                customer.office,
                self._staff.get(customer.account_manager_id or "", ""),
                self._word("state", customer.state),
            )

    def list_collaborations(self) -> Iterator[tuple[str, ...]]:
        engagements = {each.id: each.title for each in self._records.list_all(Engagement)}
        for each in self._records.list_all(Collaboration):
            yield (
                *self._whose(each.customer_id, each),
                self._service(each.service),
                engagements.get(each.engagement_id or "", ""),
                self._word("state", each.state),
                self._word("payer", each.payer),
                _day(each.started_on),
                _day(each.ends_on),
                self._word("source", each.source),
            )

    def list_invitations(self) -> Iterator[tuple[str, ...]]:
        for each in self._records.list_all(Invitation):
            yield (
                *self._whose(each.customer_id, None),
                ", ".join(self._service(code) for code in each.services),
                ", ".join(recipient.email for recipient in each.recipients),
                self._word("state", each.state),
                _day(each.sent_at),
                _day(each.expires_on),
                str(len(each.reminders)),
                ", ".join(
                    f"{self._service(answer.service)}: {self._word('answers', answer.answer)}"
                    for answer in each.answers
                ),
            )

    def list_access(self) -> Iterator[tuple[str, ...]]:
        collaborations = {each.id: each for each in self._records.list_all(Collaboration)}
        contacts = {each.id: each.name for each in self._records.list_all(Contact)}
        for each in self._records.list_all(Access):
            about = collaborations.get(each.collaboration_id)
            person = self._staff.get(each.staff_id or "") or contacts.get(each.contact_id or "", "")
            yield (
                *self._whose(each.customer_id, about),
                self._service(about.service if about else None),
                person,
                self._word("because", each.because),
                _day(each.since),
                _day(each.until),
            )

    def _whose(self, customer_id: str | None, collaboration: Collaboration | None) -> tuple[str, str, str]:
        customer = self._customers.get(customer_id or "")
        if customer is not None:
            return customer.name, self._show(customer.organisation_number), customer.customer_number
        if collaboration is not None:
            return collaboration.company.name, self._show(collaboration.company.number), ""
        return "", "", ""

    def _service(self, code: str | None) -> str:
        return self._catalogue.service(code).label.text(self._language) if code else ""

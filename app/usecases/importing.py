"""Importing customers from files: look first, then accept, follow and perhaps call it off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.changes import ConflictError, RejectedError
from app.domain.commands import CreateCustomer
from app.domain.records import Contact, Customer
from app.exchange.commands import make_payloads
from app.exchange.known_customers import CustomerIndex, KnownCustomer
from app.exchange.merging import FieldDifference
from app.exchange.preview import (
    ImportPreview,
    ImportRow,
    PreviewedFile,
    RowGroup,
    preview_sources,
)
from app.exchange.reading import read_file
from app.exchange.source_row import Remark, SourceFile
from app.storage.local_reader import LocalReader
from app.storage.outbox import CommandState, count_states_of
from app.storage.writing import withdraw_commands
from app.usecases.workspace import Decision, Workspace

__all__ = [
    "AcceptedImport",
    "CancelledImport",
    "FieldDifference",
    "ImportPreview",
    "ImportProgress",
    "ImportRow",
    "Importing",
    "PreviewedFile",
    "RefusedRow",
    "Remark",
    "RowGroup",
    "SourceFile",
    "read_files",
]


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that the rules refuse now; ``error.code`` has a sentence."""

    row: ImportRow
    error: RejectedError | ConflictError


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedImport:
    """What acceptance put into the outbox. ``cancelled``: it was stopped before all rows were there."""

    command_ids: tuple[str, ...]
    created: int
    updated: int
    refused: tuple[RefusedRow, ...] = ()
    cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportProgress:
    """How far an accepted import has come on its way to the server and back, in commands."""

    total: int
    waiting: int
    sending: int
    done: int
    needs_a_person: int
    withdrawn: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelledImport:
    """What calling an import off has done: taken back here, and gone (or going) to the server already."""

    withdrawn: int
    gone: int


def read_files(
    paths: Iterable[Path],
    *,
    on_progress: Callable[[int, int], None] = lambda _done, _all: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> list[SourceFile]:
    """Read files without the cache: for a worker of the pool. Never raises for what is in a file.

    ``on_progress`` gets the files done and the files in all; stopping leaves out the rest.
    """
    wanted = list(paths)
    found: list[SourceFile] = []
    for path in wanted:
        if is_cancelled():
            break
        found.append(read_file(path))
        on_progress(len(found), len(wanted))
    return found


class Importing:
    """The import of customers. Full permission is needed to accept one."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def may_import(self) -> bool:
        """Tell whether the signed-in person may import customers."""
        return self._workspace.actor().full_permission

    def preview(self, sources: Sequence[SourceFile]) -> ImportPreview:
        """Say what importing the files would do to the customers as they are shown now."""
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            contacts: dict[str, list[Contact]] = {}
            for contact in reader.list_all(Contact):
                contacts.setdefault(contact.customer_id, []).append(contact)
            known = [
                KnownCustomer(customer, tuple(contacts.get(customer.id, ())))
                for customer in reader.list_all(Customer)
            ]
        return preview_sources(sources, CustomerIndex(known), today=self._workspace.clock.today())

    def accept(
        self,
        rows: Sequence[ImportRow],
        *,
        on_progress: Callable[[int, int], None] = lambda _done, _all: None,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> AcceptedImport:
        """Put the rows' commands into the outbox in lots; rows that make none are passed over.

        ``on_progress`` gets the commands written and the commands in all. A row that the rules refuse does
        not stop the others.

        Raises:
            RejectedError: ``import_needs_full_permission``.
            StorageError: the disk is full, or the database is locked or damaged; lots before it are kept.
        """
        if not self.may_import():
            raise RejectedError("import_needs_full_permission")
        politely = self._workspace.database.courtesy.each
        decided = [(row, Decision(payload=made)) for row in politely(rows) for made in make_payloads(row)]
        results = self._workspace.enqueue_each(
            [decision for _, decision in decided],
            on_progress=lambda done: on_progress(done, len(decided)),
            is_cancelled=is_cancelled,
        )
        written: list[str] = []
        refused: list[RefusedRow] = []
        created: set[str] = set()
        updated: set[str] = set()
        for (row, decision), result in zip(decided, results, strict=False):
            if result.error is not None:
                refused.append(RefusedRow(row, result.error))
                continue
            written.append(result.command_id)
            if isinstance(decision.payload, CreateCustomer):
                created.add(decision.payload.customer.id)
            elif row.known is not None:
                updated.add(row.known.customer.id)
        return AcceptedImport(
            command_ids=tuple(written),
            created=len(created),
            updated=len(updated),
            refused=tuple(refused),
            cancelled=len(results) < len(decided),
        )

    def progress(self, accepted: AcceptedImport) -> ImportProgress:
        """Return how many of the import's commands have come how far."""
        with self._workspace.read() as unit:
            states = Counter[str](count_states_of(unit, accepted.command_ids))
        total = len(accepted.command_ids)
        named = {
            "waiting": states[CommandState.QUEUED],
            "sending": states[CommandState.SENDING] + states[CommandState.ACKNOWLEDGED],
            "needs_a_person": states[CommandState.CONFLICT] + states[CommandState.REJECTED],
            "withdrawn": states[CommandState.WITHDRAWN],
        }
        # What has been confirmed long ago is cleared out of the outbox: it counts as done too.
        return ImportProgress(total=total, done=total - sum(named.values()), **named)

    def cancel(self, accepted: AcceptedImport) -> CancelledImport:
        """Take back what has not been sent. What has gone stays; those customers can be archived."""
        with self._workspace.database.write() as unit:
            taken, changed = withdraw_commands(unit, accepted.command_ids, self._workspace.clock.now())
        self._workspace.tell_and_wake(changed)
        return CancelledImport(withdrawn=len(taken), gone=len(accepted.command_ids) - len(taken))

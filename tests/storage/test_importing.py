"""An import on a real cache: previewed against it, accepted into the outbox, called off."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.changes import RejectedError
from app.domain.records import Contact, Customer, Firm, Staff
from app.exchange.reading import read_bytes
from app.storage.database import Database
from app.storage.outbox import count_by_state
from app.usecases.customer_list import CustomerFilter, CustomerList
from app.usecases.events import Events
from app.usecases.importing import Importing, ImportPreview, RowGroup, read_files
from app.usecases.workspace import Workspace
from tests.support.cache import confirm_all, pull, sign_in
from tests.support.clocks import FixedClock

ORGANISATIONS = Path(__file__).parents[1] / "data" / "organisations.csv"
LIST = """Kundnr;Orgnr;Namn;Ort;E-post
A35;556036-0793;Alfa AB;Solna;
A36;212000-0142;Kommunen;Stockholm;info@example.se
A37;556016-0680;Gamma AB;;
A38;559123-4567;Delta AB;;
;070-123 45 67;Epsilon AB;;
"""


@pytest.fixture
def workspace(database: Database) -> Workspace:
    pull(
        database,
        [
            Firm(id="fi_1", name="Byrån", organisation_number="162021005489"),
            Staff(id="st_full", name="Eva Ek", email="eva@example.se", full_permission=True),
            Staff(id="st_some", name="Bo Berg", email="bo@example.se"),
            Customer(id="cu_alfa", customer_number="A35", name="Alfa AB", organisation_number="165560360793"),
            Customer(
                id="cu_gamma", customer_number="A37", name="Gamma AB", organisation_number="165560160680"
            ),
            Contact(id="ct_1", customer_id="cu_alfa", name="Anna", is_main=True),
        ],
    )
    sign_in(database, "st_full", "fi_1")
    return Workspace(database, FixedClock(), Events())


def look(importing: Importing, text: str = LIST) -> ImportPreview:
    return importing.preview([read_bytes("kunder.csv", text.encode())])


def test_rows_are_held_against_the_customers_that_are_shown(workspace: Workspace) -> None:
    preview = look(Importing(workspace))
    assert [row.group for row in preview.rows] == [
        RowGroup.CHANGED, RowGroup.NEW, RowGroup.SAME, RowGroup.NEW, RowGroup.INVALID,
    ]  # fmt: skip


def test_accepted_rows_are_in_the_outbox_and_on_the_screen_at_once(workspace: Workspace) -> None:
    importing = Importing(workspace)
    told: list[tuple[int, int]] = []
    accepted = importing.accept(
        look(importing).rows, on_progress=lambda done, total: told.append((done, total))
    )
    assert (accepted.created, accepted.updated, accepted.refused, accepted.cancelled) == (2, 1, (), False)
    assert told == [(3, 3)]
    customers = CustomerList(workspace)
    assert customers.count() == 4
    assert customers.count(CustomerFilter(search="212000-0142")) == 1
    assert importing.progress(accepted).waiting == 3
    assert [row.group for row in look(importing).rows][:4] == [RowGroup.SAME] * 4
    confirm_all(workspace.database)
    progress = importing.progress(accepted)
    assert (progress.total, progress.done, progress.waiting) == (3, 3, 0)


def test_calling_it_off_takes_back_what_has_not_gone_and_counts_what_has(workspace: Workspace) -> None:
    importing = Importing(workspace)
    accepted = importing.accept(look(importing).rows)
    with workspace.database.write() as unit:
        unit.run("UPDATE outbox SET state = 'sending', seq = 1 WHERE id = ?", (accepted.command_ids[0],))
    cancelled = importing.cancel(accepted)
    assert (cancelled.withdrawn, cancelled.gone) == (2, 1)
    assert CustomerList(workspace).count() == 2
    progress = importing.progress(accepted)
    assert (progress.withdrawn, progress.sending, progress.done) == (2, 1, 0)


def test_without_full_permission_nothing_is_written(workspace: Workspace) -> None:
    sign_in(workspace.database, "st_some", "fi_1")
    importing = Importing(workspace)
    assert not importing.may_import()
    rows = look(importing).rows
    with pytest.raises(RejectedError, match="import_needs_full_permission"):
        importing.accept(rows)
    with workspace.read() as unit:
        assert count_by_state(unit) == {}


def test_a_row_that_became_a_duplicate_meanwhile_is_refused_alone(workspace: Workspace) -> None:
    importing = Importing(workspace)
    rows = look(importing).rows
    importing.accept(rows[1:2])
    accepted = importing.accept(rows)
    assert [refused.error.code for refused in accepted.refused] == ["duplicate_number"]
    assert accepted.refused[0].row.row.name == "Kommunen"
    assert accepted.created == 1


def test_acceptance_can_be_stopped_between_lots(workspace: Workspace) -> None:
    importing = Importing(workspace)
    preview = importing.preview(read_files([ORGANISATIONS]))
    assert preview.count(RowGroup.NEW) + preview.count(RowGroup.SAME) + preview.count(
        RowGroup.CHANGED
    ) == len(preview.rows)
    written: list[int] = []
    accepted = importing.accept(
        preview.rows[:1200],
        on_progress=lambda done, _all: written.append(done),
        is_cancelled=lambda: len(written) == 1,
    )
    assert accepted.cancelled
    assert len(accepted.command_ids) == written[0] < 1200
    assert importing.cancel(accepted).withdrawn == len(accepted.command_ids)


def test_reading_can_be_stopped_between_files() -> None:
    told: list[tuple[int, int]] = []
    files = read_files(
        [ORGANISATIONS, ORGANISATIONS, ORGANISATIONS],
        on_progress=lambda done, total: told.append((done, total)),
        is_cancelled=lambda: len(told) == 2,
    )
    assert len(files) == 2
    assert told == [(1, 3), (2, 3)]

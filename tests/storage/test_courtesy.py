"""Units give way to the window between rows, and lose none of them."""

from __future__ import annotations

import pytest

from app.courtesy import BETWEEN
from app.storage.database import Database, Unit


class _Counted:
    """Stands for the courtesy of a database; counts how often a unit asks."""

    def __init__(self) -> None:
        self.asked = 0

    def give_way(self) -> bool:
        self.asked += 1
        return False


@pytest.mark.parametrize("count", [0, 1, BETWEEN - 1, BETWEEN, BETWEEN + 1, 2 * BETWEEN, 5 * BETWEEN + 7])
def test_all_rows_are_written_and_read_with_questions_in_between(database: Database, count: int) -> None:
    with database.write() as whole:
        courtesy = _Counted()
        unit = Unit(whole.connection, courtesy)  # type: ignore[arg-type]
        unit.run("CREATE TEMP TABLE number (value INTEGER)")
        before = courtesy.asked
        unit.run_many("INSERT INTO number VALUES (?)", [(number,) for number in range(count)])
        assert courtesy.asked - before == -(-count // BETWEEN)
        before = courtesy.asked
        rows = unit.rows("SELECT value FROM number ORDER BY value")
        assert [row[0] for row in rows] == list(range(count))
        assert courtesy.asked - before >= count // BETWEEN
        unit.run("DROP TABLE number")
        unit.close()

"""What can be exported, and the words of its columns."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from app.commandline.export_table import TABLES, run
from app.commandline.parser import load_texts
from app.errors import UsageError
from app.usecases import tables
from app.usecases.tables import Table, TableName


def test_every_table_can_be_named() -> None:
    assert set(TABLES) == {name.value for name in TableName}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_column_has_a_heading(language: str) -> None:
    columns = {
        *tables._CUSTOMER_COLUMNS,
        *tables._COLLABORATION_COLUMNS,
        *tables._INVITATION_COLUMNS,
        *tables._ACCESS_COLUMNS,
    }
    assert columns - load_texts(language)["columns"].keys() == set()


def test_numbers_that_are_names_stay_text() -> None:
    assert Table(("name", "organisation_number", "town", "phone"), ()).text_columns == (1, 3)


def test_another_ending_is_refused_before_the_profile_is_opened(tmp_path: Path) -> None:
    arguments = argparse.Namespace(output=tmp_path / "customers.ods", table="customers")
    with pytest.raises(UsageError, match="unknown_ending"):
        run(arguments)

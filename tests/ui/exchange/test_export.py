"""Lists out of the program, from a screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import SamverkaError
from tests.ui.exchange.conftest import LIST, Desk
from ui.exchange.export import ListExport
from ui.exchange.presenter import Step


def test_a_list_is_written_and_its_rows_and_age_are_told(desk: Desk) -> None:
    file = desk.folder / "kunder ut.csv"
    ListExport(desk.context, "customers", desk.pane).write(file)
    desk.settle()
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("Namn;Organisationsnummer;")
    assert [line.split(";")[0] for line in lines[1:]] == ["Alfa AB", "Gamma AB"]
    (toast,) = desk.toasts
    assert toast.startswith("kunder ut.csv: 2 rader · uppgifter från ")
    assert "inte är skickade" not in toast


def test_unsent_changes_are_in_the_list_and_told(desk: Desk) -> None:
    desk.open(desk.write("kunder.csv", LIST))
    desk.pane.commit()
    desk.qtbot.waitUntil(lambda: desk.pane.presenter.step is Step.SENDING)
    file = desk.folder / "ut.csv"
    ListExport(desk.context, "customers", desk.pane).write(file)
    desk.settle()
    assert desk.toasts[-1].endswith("med 4 ändringar som inte är skickade")
    text = file.read_text(encoding="utf-8-sig")
    assert "Berga Gård;850709-••••" in text
    assert "9805" not in text


@pytest.mark.parametrize("table", ["collaborations", "invitations"])
def test_the_other_lists_are_written_too(desk: Desk, table: str) -> None:
    file = desk.folder / "ut.csv"
    ListExport(desk.context, table, desk.pane).write(file)
    desk.settle()
    assert file.read_text(encoding="utf-8-sig").count("\n") == 1


def test_a_file_that_cannot_be_written_is_told(desk: Desk) -> None:
    errors: list[BaseException] = []
    desk.background.set_unhandled(errors.append)
    ListExport(desk.context, "customers", desk.pane).write(Path(desk.folder / "saknas" / "ut.csv"))
    desk.settle()
    assert [error.code for error in errors if isinstance(error, SamverkaError)] == ["file_not_written"]

"""The window: order of start and end, languages, themes, menus, a second start, failures."""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.errors import SamverkaError
from app.storage.first_screen import FirstScreen
from app.swedish_day import swedish_time
from app.usecases.navigation import NavigationFigures
from app.usecases.status import WrongClock
from tests.ui.shell.conftest import FakeProgram
from tests.ui.shell.plain_screen import PlainPane
from ui.application import Application
from ui.geometry import clamp
from ui.passphrase import PassphraseDialog
from ui.screens import list_screens
from ui.single_instance import InstanceChannel, hand_over
from ui.widgets.command_palette import CommandPalette
from ui.widgets.navigation import Count
from ui.widgets.status_line import Status
from ui.widgets.table import Table

ROOT = Path(__file__).resolve().parents[3]
NOW = datetime(2026, 11, 23, 9, 41, tzinfo=UTC)


def test_everything_is_taken_down_once_and_in_order(
    qtbot: QtBot, application: Application, program: FakeProgram
) -> None:
    application.show()
    qtbot.waitUntil(lambda: application.samverka is not None)
    application.shut_down()
    application.shut_down()
    assert program.done == ["first screen", "build", "close", "unlock"]
    assert not [t for t in threading.enumerate() if t.name.startswith(("db", "pool"))]


def test_leaving_while_it_is_being_built_closes_what_was_built(
    qtbot: QtBot, application: Application, program: FakeProgram
) -> None:
    application.show()
    qtbot.waitUntil(lambda: "build" in program.done)
    application.shut_down()
    assert program.done[-2:] == ["close", "unlock"]


def test_the_window_is_there_before_the_use_cases_are_built(
    qtbot: QtBot, application: Application, program: FakeProgram
) -> None:
    application.show()
    assert application.window.isVisible()
    assert "build" not in program.done
    qtbot.waitUntil(lambda: application.samverka is not None)


def test_the_language_is_switched_at_run_time(qtbot: QtBot, application: Application) -> None:
    menu = application.window.menuBar().actions()[0]
    assert menu.text() == "&Arkiv"
    application.choose_language("en")
    qtbot.waitUntil(lambda: menu.text() == "&File")
    application.choose_language("sv")
    qtbot.waitUntil(lambda: menu.text() == "&Arkiv")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_access_keys_of_the_menus_are_unique(qtbot: QtBot, application: Application, language: str) -> None:
    application.choose_language(language)
    application.window.retranslate()

    def keys(actions: list[str]) -> list[str]:
        return [text[text.index("&") + 1].casefold() for text in actions if "&" in text]

    bar = application.window.menuBar().actions()
    found = keys([action.text() for action in bar])
    assert len(found) == 7
    assert len(set(found)) == 7
    for menu in bar:
        inside = keys([action.text() for action in menu.menu().actions()])
        assert sorted(inside) == sorted(set(inside)), menu.text()


def test_a_command_that_cannot_be_used_says_why(application: Application) -> None:
    action = application.window.actions_registry["remind"]
    assert not action.isEnabled()
    assert "Välj en inbjudan först" in action.toolTip()


def test_the_theme_is_switched_and_remembered(application: Application, program: FakeProgram) -> None:
    application.window.preference_chosen.emit("theme", "dark")
    assert application.theme.tokens.dark
    assert program.preferences.theme == "dark"
    assert application.window.palette().window().color().name().upper() == "#1A1D21"


def test_the_status_line_has_four_states(application: Application) -> None:
    line = application.window.status_line
    today = swedish_time(NOW).strftime("%H:%M")
    application.window.show_status(Status(pulled_at=NOW), NOW)
    assert line.texts == [f"Uppdaterat {today}"]
    application.window.show_status(
        Status(pulled_at=NOW - timedelta(days=1), offline=True, waiting=3, attention=1), NOW
    )
    assert line.texts == [
        f"Offline – visar uppgifter från i går {today}",
        "3 ändringar i utkorgen",
        "1 ärende att åtgärda",
    ]


def test_a_second_start_raises_the_first_and_hands_over_its_file(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    channel = InstanceChannel(tmp_path)
    assert channel.is_listening
    program = "import sys, pathlib; from ui.single_instance import hand_over; p = pathlib.Path(sys.argv[1]);"
    program += " sys.exit(0 if hand_over(p, [p / 'a.si']) else 1)"
    with qtbot.waitSignal(channel.raised) as raised:
        other = subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], cwd=ROOT)
    assert raised.args == [[(tmp_path / "a.si").resolve()]]
    assert other.wait(60) == 0
    channel.close()


def test_nobody_answers_where_nothing_is_open(qapp: QApplication, tmp_path: Path) -> None:
    assert not hand_over(tmp_path / "nobody", [])


def test_a_known_problem_is_a_calm_sentence_and_only_one_dialog(
    qtbot: QtBot, application: Application
) -> None:
    application.window.show()
    problem = SamverkaError("no such code as this")
    application.failures.report(problem)
    application.failures.report(problem)
    qtbot.waitUntil(lambda: _dialog(application.window) is not None)
    dialogs = [d for d in application.window.findChildren(QDialog) if d.isVisible()]
    assert len(dialogs) == 1
    assert "no such code as this" in dialogs[0].findChild(QLabel, "messageHeadline").text()
    dialogs[0].accept()


def test_an_error_in_a_slot_becomes_a_dialog_with_details(qtbot: QtBot, application: Application) -> None:
    application.window.show()
    try:
        raise ValueError("broken")
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: _dialog(application.window) is not None)
    dialog = _dialog(application.window)
    assert dialog is not None
    details = dialog.findChild(QWidget, "messageDetails")
    assert details is not None
    assert "ValueError: broken" in details.toPlainText()
    dialog.accept()


def test_screens_are_made_when_they_are_first_gone_to_and_kept(
    qtbot: QtBot, application: Application
) -> None:
    window = application.window
    application.show()
    assert window.current_screen == "today"
    window.navigate("outbox")
    assert window.pane("outbox") is None, "not made before the use cases are there"
    qtbot.waitUntil(lambda: window.pane("outbox") is not None)
    first = window.pane("outbox")
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.current_screen == "today"
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.pane("outbox") is first


def test_a_screen_that_was_just_made_is_painted_in_the_next_turn(
    qtbot: QtBot, application: Application
) -> None:
    window = application.window
    application.show()
    qtbot.waitUntil(lambda: application.samverka is not None)
    window.navigate("outbox")
    assert not window.stack.updatesEnabled()
    qtbot.waitUntil(window.stack.updatesEnabled)
    window.navigate("today")
    window.navigate("outbox")
    assert window.stack.updatesEnabled(), "it is there already"


def test_workers_give_way_while_the_window_works_and_not_after_the_end(
    qtbot: QtBot, application: Application
) -> None:
    application.show()
    qtbot.waitUntil(lambda: application.samverka is not None)
    courtesy = application.samverka.courtesy
    seen: dict[str, bool] = {}

    class Painted(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:
            seen["painting"] = courtesy.works

    painted = Painted(application.window)
    painted.resize(20, 20)
    painted.show()
    application.background.run(lambda: None, lambda _: seen.update(answer=courtesy.works))
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == {"painting": True, "answer": True}
    assert not courtesy.works, "in between nobody waits"
    application.shut_down()
    painted.repaint()
    assert not courtesy.works


def test_a_pane_handles_its_commands_only_while_it_is_shown(qtbot: QtBot, application: Application) -> None:
    application.show()
    find = application.window.actions_registry["find"]
    assert find.isEnabled()
    qtbot.waitUntil(lambda: application.samverka is not None)
    find.trigger()
    pane = application.window.pane("today")
    assert isinstance(pane, PlainPane)
    assert pane.found == 1


def test_the_palette_finds_screens_and_commands(qtbot: QtBot, application: Application) -> None:
    application.show()
    qtbot.waitUntil(lambda: application.samverka is not None)
    application.window.actions_registry["palette"].trigger()
    dialog = _dialog(application.window)
    assert isinstance(dialog, CommandPalette)
    field = dialog.findChild(QWidget, "paletteSearch")
    table = dialog.findChild(Table)
    qtbot.keyClicks(field, "utk")
    qtbot.waitUntil(lambda: [row.text for row in table.rows.rows] == ["Utkorg"])
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert application.window.current_screen == "outbox"


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (QRect(100, 100, 800, 600), QRect(100, 100, 800, 600)),
        (QRect(5000, 100, 800, 600), QRect(1120, 100, 800, 600)),
        (QRect(-50, -50, 4000, 3000), QRect(0, 0, 1920, 1080)),
    ],
)
def test_a_window_is_put_on_a_screen_that_exists(place: QRect, expected: QRect) -> None:
    assert clamp(place, [QRect(0, 0, 1920, 1080)]) == expected


def _dialog(window: QWidget) -> QDialog | None:
    return next((d for d in window.findChildren(QDialog) if d.isVisible()), None)


def test_without_a_keyring_a_passphrase_is_asked_for(
    qtbot: QtBot, application: Application, program: FakeProgram
) -> None:
    program.error = SamverkaError("keyring_missing")
    application.show()
    qtbot.waitUntil(lambda: _dialog(application.window) is not None)
    dialog = _dialog(application.window)
    assert isinstance(dialog, PassphraseDialog)
    accept = dialog.findChild(QPushButton, "dialogAccept")
    qtbot.keyClicks(dialog.first, "tolv tecken lång")
    assert not accept.isEnabled()
    qtbot.keyClicks(dialog.findChild(QWidget, "passphraseAgain"), "tolv tecken lång")
    qtbot.mouseClick(accept, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: application.samverka is not None)
    assert program.passphrase == "tolv tecken lång"


def test_who_is_not_signed_in_is_told_and_offered_to(
    qtbot: QtBot, application: Application, program: FakeProgram
) -> None:
    program.line = replace(program.line, connection="sign_in_needed", is_offline=True)
    application.show()
    notice = application.window.notice
    qtbot.waitUntil(lambda: notice.isVisible())
    assert notice.action.text() == "Logga in…"
    application.choose_language("en")
    qtbot.waitUntil(lambda: notice.action.text() == "Sign in…")


def test_an_outbox_that_does_not_move_is_told_and_leads_there(
    application: Application, program: FakeProgram, qtbot: QtBot
) -> None:
    program.line = replace(
        program.line, connection="connected", code="", is_stalled=True, waiting=2, attention=1
    )
    application.show()
    notice = application.window.notice
    qtbot.waitUntil(lambda: notice.isVisible())
    assert "Utkorgen har stått stilla i 15 minuter." in notice.accessibleName()
    notice.action.click()
    assert application.window.current_screen == "outbox"


@pytest.mark.parametrize(
    ("connection", "code", "sentence"),
    [
        (
            "not_our_server",
            "certificate_untrusted",
            "certifikat på samverka.byran.example går inte",
        ),
        (
            "not_our_server",
            "certificate_out_of_date",
            "certifikat på samverka.byran.example gäller inte vid den tid som datorns klocka visar",
        ),
        ("offline", "proxy_refused", "Nätets proxy släpper inte fram till samverka.byran.example."),
    ],
)
def test_what_the_network_does_not_let_through_is_told_with_the_servers_name(
    application: Application, program: FakeProgram, qtbot: QtBot, connection: str, code: str, sentence: str
) -> None:
    host = "samverka.byran.example"
    program.line = replace(program.line, connection=connection, code=code, host=host, is_offline=True)
    application.show()
    notice = application.window.notice
    qtbot.waitUntil(lambda: notice.isVisible())
    assert sentence in notice.accessibleName()
    assert "{" not in notice.accessibleName()
    assert notice.action.text() == "Försök igen"


def test_a_clock_that_is_wrong_is_told_with_both_times(
    application: Application, program: FakeProgram, qtbot: QtBot
) -> None:
    here, there = datetime(2036, 7, 1, 6, 30, tzinfo=UTC), datetime(2026, 11, 23, 8, 41, tzinfo=UTC)
    program.line = replace(program.line, wrong_clock=WrongClock(here=here, there=there), is_stalled=True)
    application.show()
    notice = application.window.notice
    qtbot.waitUntil(lambda: notice.isVisible())
    assert "Datorns klocka går fel." in notice.accessibleName()
    # Each in Swedish time on its day: summer there, winter here.
    assert "2036-07-01 08:30" in notice.accessibleName()
    assert "2026-11-23 09:41" in notice.accessibleName()
    notice.action.click()
    qtbot.waitUntil(lambda: "synchronise_now" in program.done)
    application.choose_language("en")
    qtbot.waitUntil(lambda: "This computer's clock is wrong." in notice.accessibleName())


def test_a_server_that_is_only_away_is_left_to_the_status_line(
    application: Application, program: FakeProgram, qtbot: QtBot
) -> None:
    program.line = replace(program.line, connection="offline", code="server_unreachable", is_offline=True)
    application.show()
    qtbot.waitUntil(lambda: "Offline" in application.window.status_line.texts)
    assert not application.window.notice.isVisible()


def test_a_damaged_cache_that_was_set_aside_is_told_once(
    application: Application, program: FakeProgram, qtbot: QtBot
) -> None:
    program.set_aside, program.saved_commands = program.folder / "aside.db", 3
    application.show()
    notice = application.window.notice
    qtbot.waitUntil(lambda: notice.isVisible())
    assert "Uppgifterna på datorn var skadade" in notice.accessibleName()
    assert "räddades ur den skadade filen: 3" in notice.accessibleName()
    notice.action.click()
    assert not notice.isVisible()


def test_no_zero_is_counted_before_anything_has_been_fetched() -> None:
    counted = {spec.key: spec.count for spec in list_screens(sample=True) if spec.count is not None}
    for key in ("customers", "unlinked"):
        assert counted[key](NavigationFigures(is_fetched=False)) is None
        assert counted[key](NavigationFigures()) == Count(0)
        assert counted[key](FirstScreen()) is None
        assert counted[key](FirstScreen(last_pull_at="2026-11-23T09:41:00+00:00")) == Count(0)
    # What is waiting to be sent is known here.
    assert counted["outbox"](NavigationFigures(outbox=2, is_fetched=False)) == Count(2, "info")

"""Which command the words call, and which language answers."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from app.commandline import window
from app.commandline.entry import COMMANDS, WINDOW, load_command, pick_command, run_program
from app.commandline.languages import choose_language
from app.commandline.parser import CommandParser
from app.errors import SamverkaError, UsageError
from app.paths import resources_folder

LANGUAGES = ["sv", "en"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], (WINDOW, [])),
        (["--demo"], (WINDOW, ["--demo"])),
        (["customers.csv"], (WINDOW, ["customers.csv"])),
        (["--theme", "dark", "a.SE"], (WINDOW, ["--theme", "dark", "a.SE"])),
        (["./import"], (WINDOW, ["./import"])),
        (["--", "first"], (WINDOW, ["--", "first"])),
        (["first", "--json"], ("first", ["--json"])),
        (["--language", "en", "first", "x"], ("first", ["--language", "en", "x"])),
        (["--profile", "first", "first"], ("first", ["--profile", "first"])),
        (["first", "deeper", "--name", "A"], ("first deeper", ["--name", "A"])),
    ],
)
def test_the_first_plain_word_is_the_command(words: list[str], expected: tuple[str, list[str]]) -> None:
    assert pick_command(words, {"first": "first", "first deeper": "deeper"}) == expected


def test_half_a_command_is_wrong_use() -> None:
    with pytest.raises(UsageError) as caught:
        pick_command(["server", "--name", "A"], {"server init": "a", "server add-firm": "b"})
    assert caught.value.data["choices"] == "init, add-firm"


@pytest.mark.parametrize(
    ("words", "environment", "expected"),
    [
        ([], {}, "sv"),
        ([], {"LANG": "en_GB.UTF-8"}, "en"),
        ([], {"LANG": "sv_SE.UTF-8"}, "sv"),
        ([], {"LANG": "C.UTF-8"}, "sv"),
        ([], {"LC_ALL": "sv_SE.UTF-8", "LANG": "en_GB.UTF-8"}, "sv"),
        (["--language", "en"], {"LANG": "sv_SE.UTF-8"}, "en"),
        (["--language=sv"], {"LANG": "en_GB.UTF-8"}, "sv"),
        (["--language", "fi"], {"LANG": "en_GB.UTF-8"}, "en"),
        (["--language"], {}, "sv"),
    ],
)
def test_the_language_that_answers(words: list[str], environment: dict[str, str], expected: str) -> None:
    assert choose_language(words, environment) == expected


def make_parser(name: str, language: str) -> CommandParser:
    parser = CommandParser(name, language)
    load_command(name).declare(parser)
    if name == WINDOW:
        parser.commands = list(COMMANDS)
    return parser


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [WINDOW, *COMMANDS])
def test_every_word_of_every_command_is_explained(name: str, language: str) -> None:
    parser = make_parser(name, language)
    text = parser.format_help()
    for action in parser._actions:
        assert action.help, action.dest
        assert " ".join(str(action.help).split()[:3]) in " ".join(text.split())


@pytest.mark.parametrize("words", [["frobnicate"], ["--theme", "dark", "exprot", "customers"]])
def test_a_word_that_is_neither_a_command_nor_a_file_is_wrong_use(words: list[str], tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        window.run(make_parser(WINDOW, "sv").parse_words(words))
    assert (caught.value.code, caught.value.data["word"]) == ("neither_command_nor_file", words[-2:][0])
    present = tmp_path / "kunder"
    present.touch()
    window.check_files([present, tmp_path / "kunder.csv", Path("gone.se")])


def test_without_a_screen_the_window_says_so_instead_of_ending_in_qt() -> None:
    for environment in ({}, {"DISPLAY": ""}):
        with pytest.raises(SamverkaError, match="no_screen"):
            window.check_screen(environment, "linux")
    for environment in ({"DISPLAY": ":0"}, {"WAYLAND_DISPLAY": "w"}, {"QT_QPA_PLATFORM": "offscreen"}):
        window.check_screen(environment, "linux")
    window.check_screen({}, "win32")


@pytest.mark.parametrize("size", ["10x", "x", "0x10", "1440", "1440x900x2"])
def test_a_size_that_is_none_is_explained_without_the_names_of_functions(size: str) -> None:
    with pytest.raises(UsageError) as caught:
        make_parser("screenshot", "sv").parse_words(["customers", "--output", "a.png", "--size", size])
    reason = str(caught.value.data["reason"])
    assert "1440x900" in reason
    assert "read_size" not in reason
    assert make_parser("screenshot", "sv").parse_words(["--size", "800X600"]).size == (800, 600)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_windows_help_lists_every_command(language: str) -> None:
    text = make_parser(WINDOW, language).format_help()
    assert [name for name in COMMANDS if f"\n  {name} " not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("columns", "longest"), [(70, 69), (80, 79), (101, 100), (400, 100)])
def test_the_help_is_as_wide_as_the_terminal(
    language: str, columns: int, longest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    widest = 0
    for name in (WINDOW, *COMMANDS):
        lines = make_parser(name, language).format_help().splitlines()
        # An option and its value are not parted, and neither are the words that it takes.
        too_long = [line for line in lines if len(line) > longest and " " in line.strip()]
        assert [line for line in too_long if not line.lstrip().startswith(("[-", "(-"))] == []
        widest = max(widest, *map(len, lines))
    assert widest > longest - 10, "the control: the room is used"


def test_what_a_command_does_goes_on_below_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    lines = make_parser(WINDOW, "sv").format_help().splitlines()
    at = next(place for place, line in enumerate(lines) if line.startswith("  server take-bounce "))
    column = lines[at].index("Läser")
    assert lines[at + 1].index(lines[at + 1].strip()) == column
    assert lines[at + 1][:column].isspace()


@pytest.mark.parametrize("words", [["server", "--help"], ["-h", "server"], ["server", "--firm", "-h"]])
def test_half_a_command_has_its_help(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run_program([*words, "--language", "sv"]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert printed.out.startswith("användning: samverka server [-h]")
    listed = [line for line in printed.out.splitlines() if line.startswith("  server ")]
    assert len(listed) == len([name for name in COMMANDS if name.startswith("server ")]) == 7
    assert "\n  import " not in printed.out


def test_no_english_in_swedish_help() -> None:
    text = make_parser(WINDOW, "sv").format_help()
    assert "användning: samverka" in text
    assert not {"usage:", "options:", "positional arguments:", "show this help"} & set(text.splitlines())


def test_both_languages_explain_the_same_words() -> None:
    texts = {}
    for language in LANGUAGES:
        content = (resources_folder() / "commandline" / f"{language}.toml").read_text(encoding="utf-8")
        texts[language] = {
            name: set(words) for name, words in tomllib.loads(content).items() if name != "argparse"
        }
    assert texts["sv"] == texts["en"]


@pytest.mark.parametrize(
    ("words", "language", "reason"),
    [
        (["--theme", "blue"], "sv", "--theme: 'blue' finns inte att välja på"),
        (["--theme", "blue"], "en", "argument --theme: invalid choice: 'blue'"),
        (["--nonsense"], "sv", "förstår inte: --nonsense"),
        (["--theme"], "sv", "--theme: ett värde saknas efter valet"),
        (["--demo=yes"], "sv", "--demo: valet tar inget värde"),
    ],
)
def test_wrong_words_get_a_reason_in_the_language(words: list[str], language: str, reason: str) -> None:
    with pytest.raises(UsageError) as caught:
        make_parser(WINDOW, language).parse_words(words)
    assert reason in str(caught.value.data["reason"])

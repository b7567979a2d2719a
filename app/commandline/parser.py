"""An argument parser whose help is complete in both languages and read only when somebody asks for it."""

from __future__ import annotations

import argparse
import re
import shutil
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import NoReturn

from app.errors import UsageError
from app.paths import resources_folder

WIDEST, NARROWEST = 100, 50
"""Characters in a line of the help: longer ones are hard to read, shorter ones have no room for the texts."""

_FIRST_COLUMN = re.compile(r"  \S+( \S+)* {2,}")


@cache
def load_texts(language: str) -> dict[str, dict[str, str]]:
    """Return the help of every command, ``{command: {option: text}}``, from resources/commandline."""
    import tomllib

    with (resources_folder() / "commandline" / f"{language}.toml").open("rb") as file:
        texts: dict[str, dict[str, str]] = tomllib.load(file)
    return texts


@contextmanager
def argparse_speaks(language: str) -> Iterator[None]:
    """Let argparse's own words be the language's.

    argparse takes them through the name ``_`` in its module, from gettext, which this program does not use
    (Qt Linguist and TOML hold its texts): that name is exchanged for as long as something is written.
    """
    words = load_texts(language)["argparse"]
    before = vars(argparse)["_"]
    vars(argparse)["_"] = lambda text: words.get(text, text)
    try:
        yield
    finally:
        vars(argparse)["_"] = before


class CommandParser(argparse.ArgumentParser):
    """A parser for one command, declared without sentences: the help of an option is found by its name."""

    def __init__(self, command: str, language: str) -> None:
        prog = "samverka" if command == "window" else f"samverka {command}"
        super().__init__(prog=prog, add_help=False, allow_abbrev=False, formatter_class=_HelpFormatter)
        self.command = command
        self.language = language
        self.commands: list[str] = []
        self.add_argument("-h", "--help", action="help")

    def add_shared_options(self, *, profile: bool = False, json: bool = False) -> None:
        """Declare the options that several commands have; every command has the language."""
        if profile:
            self.add_argument("--profile", metavar="DIR")
            if self.command != "window":  # which has a dialog for it
                self.add_argument("--passphrase-stdin", action="store_true")
        self.add_argument("--language", choices=["sv", "en"])
        if json:
            self.add_argument("--json", action="store_true")

    def format_help(self) -> str:
        """Return the whole help in the parser's language."""
        texts = load_texts(self.language)
        self.description = texts[self.command]["about"]
        self.epilog = self._describe_commands(texts)
        for action in self._actions:
            name = action.dest.replace("_", "-")
            action.help = texts[self.command].get(name) or texts["shared"][name]
        for group in self._action_groups:
            group.title = texts["argparse"].get(group.title or "", group.title)
        with argparse_speaks(self.language):
            return super().format_help()

    def format_usage(self) -> str:
        """Return the line that shows how the command is called."""
        with argparse_speaks(self.language):
            return super().format_usage()

    def parse_words(self, words: list[str]) -> argparse.Namespace:
        """Parse the words of this command.

        Raises:
            UsageError: ``wrong_use`` with the reason in the parser's language.
        """
        try:
            return self.parse_args(words)
        except UsageError:
            # Once more, for the reason in the person's language: words that fit must not cost a reading.
            with argparse_speaks(self.language):
                return self.parse_args(words)

    def error(self, message: str) -> NoReturn:
        """Raise instead of leaving: one place decides the exit status."""
        raise UsageError("wrong_use", reason=message, usage=self.format_usage().rstrip())

    def _describe_commands(self, texts: dict[str, dict[str, str]]) -> str:
        lines = [f"  {name:<21}{texts[name]['about'].splitlines()[0]}" for name in self.commands]
        return "\n".join(
            [texts["shared"]["commands"], *lines, "", texts["shared"]["exit-status"]] if lines else []
        )


class _HelpFormatter(argparse.RawDescriptionHelpFormatter):
    """Keeps the lines of the texts, and wraps those that the terminal has no room for."""

    def __init__(self, prog: str) -> None:
        # One less: some terminals begin a new line behind a full one.
        room = shutil.get_terminal_size((WIDEST + 1, 24)).columns - 1
        super().__init__(prog, max_help_position=28, width=max(NARROWEST, min(WIDEST, room)))

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(_wrap(indent + line, width) for line in text.splitlines())


def _wrap(line: str, width: int) -> str:
    """Wrap a line; what stands in two columns goes on below the second one."""
    found = _FIRST_COLUMN.match(line)
    hanging = " " * len(found.group()) if found else ""
    wrapped = textwrap.wrap(
        line, width, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False
    )
    return "\n".join(wrapped)

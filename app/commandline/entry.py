"""From the words of the command line to the one command that they call."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Protocol, cast

from app.commandline.exit_status import ExitStatus
from app.commandline.languages import choose_language
from app.commandline.parser import CommandParser
from app.errors import SamverkaError, UsageError

WINDOW = "window"

# Command -> the module of app.commandline that declares and runs it. Only what is called is imported: the
# window comes up without the libraries of the rest.
COMMANDS: dict[str, str] = {
    "import": "import_files",
    "match": "match",
    "serve": "serve",
    "server init": "server_init",
    "server add-firm": "server_add_firm",
    "server add-staff": "server_add_staff",
    "server restore": "server_restore",
    "server take-bounce": "server_take_bounce",
    "server verify-audit": "server_verify_audit",
    "server erase-person": "server_erase_person",
    "export": "export_table",
    "sync": "sync_once",
    "screenshot": "screenshot",
    "self-test": "self_test",
}
HELP = frozenset({"-h", "--help"})
WITH_VALUE = {"--profile", "--language", "--theme"}


class CommandModule(Protocol):
    """What a module of a command offers."""

    def declare(self, parser: CommandParser) -> None:
        """Declare the command's options."""
        ...

    def run(self, arguments: argparse.Namespace) -> int:
        """Do it and return the exit status."""
        ...


def pick_command(words: Sequence[str], commands: Mapping[str, str] = COMMANDS) -> tuple[str, list[str]]:
    """Return the command's name and the words without it; words without a command are the window's.

    A command is the first word that is neither an option nor an option's value. A file of the same name is
    written with its folder: ``./import``. Half a command is returned where its help is asked for.

    Raises:
        UsageError: ``command_incomplete`` where a command of two words lacks the second.
    """
    rest = list(words)
    position = 0
    while position < len(rest):
        word = rest[position]
        if word == "--":
            break
        if word in WITH_VALUE:
            position += 2
        elif word.startswith("-"):
            position += 1
        else:
            two = " ".join(rest[position : position + 2])
            name = two if two in commands else word
            if name not in commands:
                deeper = [each for each in commands if each.startswith(f"{word} ")]
                if deeper and not HELP.isdisjoint(rest):
                    return word, rest
                if deeper:
                    choices = ", ".join(each.removeprefix(f"{word} ") for each in deeper)
                    raise UsageError("command_incomplete", command=word, choices=choices)
                break
            del rest[position : position + len(name.split())]
            return name, rest
    return WINDOW, rest


def load_command(name: str) -> CommandModule:
    """Import the module of a command."""
    return cast(CommandModule, import_module(f"app.commandline.{COMMANDS.get(name, WINDOW)}"))


def run_program(words: Sequence[str]) -> int:
    """Run what the words ask for and return the exit status."""
    language = choose_language(words, os.environ)
    try:
        name, rest = pick_command(words)
        parser = CommandParser(name, language)
        parser.commands = [each for each in COMMANDS if name == WINDOW or each.startswith(f"{name} ")]
        if parser.commands and name != WINDOW:
            sys.stdout.write(parser.format_help())
            return ExitStatus.DONE
        module = load_command(name)
        module.declare(parser)
        arguments = parser.parse_words(rest)
        arguments.spoken = language
        return module.run(arguments)
    except SamverkaError as error:
        return report(error, language)


def report(error: SamverkaError, language: str) -> ExitStatus:
    """Say what is wrong on standard error and return the exit status that belongs to it."""
    from app.commandline.sentences import say_problem

    sys.stderr.write(say_problem(error, language) + "\n")
    return ExitStatus.WRONG_USE if isinstance(error, UsageError) else ExitStatus.FAILED

"""The window, which opens where no command is named."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from app import __version__
from app.commandline.exit_status import ExitStatus
from app.commandline.parser import CommandParser
from app.errors import SamverkaError, UsageError


def declare(parser: CommandParser) -> None:
    """Declare the options of the window."""
    parser.add_shared_options(profile=True)
    parser.add_argument("--theme", choices=["system", "light", "dark"])
    parser.add_argument("--demo", action="store_true")
    parser.add_argument("--version", action="store_true")
    parser.add_argument("files", nargs="*", metavar="FILE", type=Path)


def run(arguments: argparse.Namespace) -> int:
    """Open the window and stay until it is closed."""
    if arguments.version:
        from app.commandline.printing import print_line

        print_line(f"Samverka {__version__}")
        return ExitStatus.DONE

    check_files(arguments.files)
    check_screen(os.environ, sys.platform)
    prepare_imports()
    from app.paths import Profile, default_profile, demo_profile
    from ui.running import run_application

    usual = demo_profile if arguments.demo else default_profile
    profile = Profile(Path(arguments.profile)) if arguments.profile else usual()
    return run_application(
        profile,
        demo=arguments.demo,
        language=arguments.language,
        theme=arguments.theme,
        files=arguments.files,
    )


def check_files(files: Sequence[Path]) -> None:
    """Take a word that names no file for a command with a slip in it.

    A name with a folder or an ending is meant as a file: the import says what is wrong with it.

    Raises:
        UsageError: ``neither_command_nor_file``.
    """
    for file in files:
        if len(file.parts) == 1 and not file.suffix and not file.exists():
            raise UsageError("neither_command_nor_file", word=str(file))


def check_screen(environment: Mapping[str, str], system: str) -> None:
    """Look for a display before Qt does, which would end the program where there is none.

    Raises:
        SamverkaError: ``no_screen``.
    """
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if system.startswith("linux") and not any(environment.get(name) for name in names):
        raise SamverkaError("no_screen")


def prepare_imports() -> None:
    """Make the imports of the window quick; it is called before anything of PySide6 is imported."""
    gc.disable()  # what is imported at the start stays; ui.collector takes over when all is loaded
    from ui.quick_imports import stop_reading_sources

    stop_reading_sources()

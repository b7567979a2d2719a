"""The window, which opens where no command is named."""

from __future__ import annotations

import argparse
import gc
from pathlib import Path

from app import __version__
from app.commandline.exit_status import ExitStatus
from app.commandline.parser import CommandParser


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

    gc.disable()  # what is imported at the start stays; ui.collector takes over when all is loaded
    from app.paths import Profile, default_profile, demo_profile
    from ui.quick_imports import stop_reading_sources

    stop_reading_sources()  # before everything else of the window is imported
    from ui.application import run_application

    usual = demo_profile if arguments.demo else default_profile
    profile = Profile(Path(arguments.profile)) if arguments.profile else usual()
    return run_application(
        profile,
        demo=arguments.demo,
        language=arguments.language,
        theme=arguments.theme,
        files=arguments.files,
    )

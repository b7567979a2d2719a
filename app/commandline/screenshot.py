"""`screenshot`: a screen as a picture, for the help, the README and reviews."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from app.commandline.exit_status import ExitStatus
from app.commandline.opened_profile import open_profile
from app.commandline.parser import CommandParser
from app.commandline.printing import print_line
from app.commandline.sample_profile import open_sample
from app.errors import UsageError

MOST_POINTS = 10_000


def declare(parser: CommandParser) -> None:
    """Declare the options."""
    parser.add_argument("screen", nargs="?", metavar="SCREEN")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--output", metavar="PNG", type=Path)
    parser.add_argument("--theme", choices=["system", "light", "dark"], default="light")
    parser.add_argument("--size", metavar="1440x900", type=read_size, default=(1440, 900))
    parser.add_argument("--scale", metavar="1.5", type=float, default=1.0)
    parser.add_argument("--sample", action="store_true")
    parser.add_shared_options(profile=True)


def read_size(text: str) -> tuple[int, int]:
    """Return width and height. Raises argparse.ArgumentTypeError with examples."""
    found = re.fullmatch(r"(\d{1,5})x(\d{1,5})", text.strip().lower())
    width, height = (int(part) for part in found.groups()) if found else (0, 0)
    if not (0 < width <= MOST_POINTS and 0 < height <= MOST_POINTS):
        raise argparse.ArgumentTypeError(f"{text!r} ≠ 1440x900, 800x600 …")
    return width, height


def run(arguments: argparse.Namespace) -> int:
    """Draw the screen without a display and save it.

    Raises:
        UsageError: ``screen_missing``: no screen or no file is named.
        SamverkaError: ``unknown_screen``, ``picture_not_written``, or the profile cannot be opened.
    """
    from ui.screenshots import render, screen_keys

    if arguments.list:
        for key in screen_keys(sample=True):
            print_line(key)
        return ExitStatus.DONE
    if not arguments.screen or arguments.output is None:
        raise UsageError("screen_missing")
    if not 0 < arguments.scale <= 8:
        raise UsageError("scale_unusable", scale=arguments.scale)
    opened = open_sample() if arguments.sample else open_profile(arguments)
    with opened as samverka:
        render(
            samverka,
            arguments.screen,
            arguments.output,
            theme=arguments.theme,
            language=arguments.spoken,
            size=arguments.size,
            scale=arguments.scale,
        )
    return ExitStatus.DONE

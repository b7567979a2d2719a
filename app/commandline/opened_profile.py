"""A profile opened for one command, with its lock: the window and a command never write the same cache."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app.commandline.passphrases import build_with_passphrase
from app.paths import Profile, default_profile

if TYPE_CHECKING:
    from app.bootstrap import Samverka


def choose_profile(arguments: argparse.Namespace) -> Profile:
    """Return the profile that ``--profile`` names, or the usual one."""
    return Profile(Path(arguments.profile)) if arguments.profile else default_profile()


@contextmanager
def open_profile(arguments: argparse.Namespace) -> Iterator[Samverka]:
    """Open the profile without synchronising in the background, and close it again.

    Raises:
        ProfileBusyError: ``profile_busy``, the window is open or another command runs.
        SecretsError: the key cannot be had.
        StorageError: the cache cannot be opened.
    """
    from app.bootstrap import Start

    start = Start(choose_profile(arguments))
    start.lock()
    try:
        samverka = build_with_passphrase(
            start, from_stdin=arguments.passphrase_stdin, language=arguments.spoken
        )
        try:
            yield samverka
        finally:
            samverka.close()
    finally:
        start.unlock()

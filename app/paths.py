"""Where things are: the profile's files, the program's own data, and the lock on a profile."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from app.errors import ProfileBusyError

PROGRAM = "Samverka"


@dataclass(frozen=True, slots=True)
class Profile:
    """One folder with everything that one person at one firm has on this machine."""

    folder: Path

    @property
    def name(self) -> str:
        """Return the folder's name, for a person to read."""
        return self.folder.name

    @property
    def config_file(self) -> Path:
        """Return the place of the settings that are needed before the database is open."""
        return self.folder / "config.json"

    @property
    def database_file(self) -> Path:
        """Return the place of the encrypted cache and outbox."""
        return self.folder / "cache.db"

    @property
    def server_database_file(self) -> Path:
        """Return the place of the embedded server's encrypted database."""
        return self.folder / "server.db"

    @property
    def lock_file(self) -> Path:
        """Return the place of the lock that the open program holds."""
        return self.folder / "lock"

    @property
    def log_folder(self) -> Path:
        """Return the folder of the log files."""
        return self.folder / "logs"

    @property
    def set_aside_folder(self) -> Path:
        """Return the folder for copies made before a migration and for damaged databases."""
        return self.folder / "set-aside"

    def prepare(self) -> None:
        """Make the profile's folder, readable by its owner only where the system knows such a thing."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def default_profile() -> Profile:
    """Return the profile that the program opens when none is named."""
    return Profile(_data_folder() / "default")


def demo_profile() -> Profile:
    """Return the profile of the sample firm."""
    return Profile(_data_folder() / "demo")


def policy_file() -> Path:
    """Return the place where an IT department puts settings that lock those of the person."""
    import platformdirs

    return Path(platformdirs.site_config_dir(PROGRAM, appauthor=False)) / "policy.json"


def _data_folder() -> Path:
    import platformdirs

    return Path(platformdirs.user_data_dir(PROGRAM, appauthor=False))


def program_folder() -> Path:
    """Return the folder that holds ``app`` and ``resources``, frozen or not."""
    if getattr(sys, "frozen", False):
        return Path(getattr(sys, "_MEIPASS", Path(sys.executable).parent))
    return Path(__file__).resolve().parent.parent


def resources_folder() -> Path:
    """Return the folder of the program's data files."""
    return program_folder() / "resources"


def program_command() -> list[str]:
    """Return the words that start this program again, frozen or from source."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, str(program_folder() / "main.py")]


class ProfileLock:
    """Held by the one process that uses a profile; the system lets go of it when the process ends.

    The byte that is locked lies far behind the end of the file, so that other processes can read on
    Windows, too, what the holder has written.
    """

    _BYTE = 1 << 30

    def __init__(self, profile: Profile) -> None:
        self._path = profile.lock_file
        self._file: IO[bytes] | None = None

    def acquire(self) -> None:
        """Take the lock. Raises ProfileBusyError(``profile_busy``) when another process has it."""
        if self._file is not None:
            return
        file = os.fdopen(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
        try:
            _lock_byte(file, self._BYTE)
        except OSError as error:
            file.close()
            raise ProfileBusyError("profile_busy", profile=self._path.parent.name) from error
        self._file = file

    def release(self) -> None:
        """Let go of the lock; the file stays."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def __enter__(self) -> Self:
        """Take the lock for the length of a ``with`` statement."""
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the lock."""
        self.release()


if sys.platform == "win32":

    def _lock_byte(file: IO[bytes], position: int) -> None:
        import msvcrt

        file.seek(position)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:

    def _lock_byte(file: IO[bytes], position: int) -> None:
        import fcntl

        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, position)

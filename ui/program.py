"""What the window needs of the program behind it, and app.bootstrap as that."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from app.bootstrap import HEAVY_PACKAGES, Start


class Preferences(Protocol):
    """What is kept in the clear for the window, see app.config."""

    language: str
    theme: str
    density: str
    lock_minutes: int
    window: dict[str, Any]


class Program(Protocol):
    """What the window needs of app.bootstrap; tests give their own."""

    folder: Path
    heavy_packages: Sequence[str]

    def now(self) -> datetime:
        """The present time, aware and in UTC."""

    @property
    def sample(self) -> bool:
        """True in the sample firm."""

    def lock(self) -> None:
        """Take the profile. Raises ProfileBusyError when another process has it."""

    def unlock(self) -> None: ...

    def use_passphrase(self, passphrase: str) -> None:
        """Where there is no keyring."""

    def has_passphrase(self) -> bool:
        """Tell whether a passphrase takes the keyring's place."""

    def opens_with(self, passphrase: str) -> bool:
        """Tell whether it is the profile's passphrase; not on the GUI thread."""

    def load_preferences(self) -> Preferences: ...

    def save_preferences(self, **changes: Any) -> None: ...

    def read_first_screen(self) -> Any:
        """What can be read of the cache without the heavy packages; None where there is nothing yet."""

    def build(self, on_event: Callable[[Any], None]) -> Any:
        """Build the use cases, open the cache and start the synchronisation; on the `db` thread."""

    def close(self, samverka: Any) -> None:
        """Stop the synchronisation and the embedded server and close the cache; on the `db` thread."""


class BootstrapProgram:
    """Follows `Program`; everything is done by `app.bootstrap.Start`."""

    heavy_packages: Sequence[str] = HEAVY_PACKAGES

    def __init__(self, start: Start) -> None:
        self._start = start
        self.folder: Path = start.profile.folder

    @property
    def sample(self) -> bool:
        return self._start.is_sample

    def now(self) -> datetime:
        return self._start.clock.now()

    def lock(self) -> None:
        self._start.lock()

    def unlock(self) -> None:
        self._start.unlock()

    def use_passphrase(self, passphrase: str) -> None:
        self._start.use_passphrase(passphrase)

    def has_passphrase(self) -> bool:
        return self._start.key_place == "passphrase"

    def opens_with(self, passphrase: str) -> bool:
        return self._start.opens_with(passphrase)

    def load_preferences(self) -> Any:
        return self._start.config()

    def save_preferences(self, **changes: Any) -> None:
        self._start.save_config(**changes)

    def read_first_screen(self) -> Any:
        return self._start.read_first_screen()

    def build(self, on_event: Callable[[Any], None]) -> Any:
        return self._start.build(on_event)

    def close(self, samverka: Any) -> None:
        samverka.close()

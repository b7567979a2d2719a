"""app.bootstrap as the window sees it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from app.bootstrap import HEAVY_PACKAGES, Start


class BootstrapProgram:
    """Follows `ui.application.Program`; everything is done by `app.bootstrap.Start`."""

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

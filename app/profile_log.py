"""The window's log: a few small files in the profile's folder, without personal numbers, secrets or links."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from app.redaction import redact

FILE_NAME = "samverka.log"
LARGEST_FILE = 500_000
"""Bytes of one file; three older ones are kept beside it."""
_OLDER_FILES = 3


class _Redacted(logging.Formatter):
    """Lines for people; what must not be there is taken out of the whole of it."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, or the lines of a traceback."""
        return redact(super().format(record))


class ProfileLog:
    """Writes while it is open. The program's own events from INFO, those of libraries from WARNING."""

    def __init__(self, folder: Path) -> None:
        self._handler: logging.Handler | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._handler = RotatingFileHandler(
                folder / FILE_NAME,
                maxBytes=LARGEST_FILE,
                backupCount=_OLDER_FILES,
                encoding="utf-8",
                delay=True,
            )
        except OSError:
            return  # a disk that takes no log must not keep anybody from working
        self._handler.setFormatter(_Redacted())
        self._handler.addFilter(_is_worth_keeping)
        self._app = logging.getLogger("app")
        self._level = self._app.level
        self._app.setLevel(logging.INFO)
        logging.getLogger().addHandler(self._handler)

    def close(self) -> None:
        """Stop writing, and let go of the file: Windows removes no open one."""
        if self._handler is None:
            return
        logging.getLogger().removeHandler(self._handler)
        self._app.setLevel(self._level)
        self._handler.close()
        self._handler = None


def _is_worth_keeping(record: logging.LogRecord) -> bool:
    own = record.name.split(".")[0] in {"app", "ui"}
    return record.levelno >= (logging.INFO if own else logging.WARNING)


def read_log(folder: Path, name: str = FILE_NAME, *, most: int = 400) -> list[str]:
    """Return the last lines of a log of the folder, redacted once more; none where there is no such file."""
    try:
        text = (folder / name).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return [redact(line) for line in text.splitlines()[-most:]]

"""The server's log: one line per event on standard error, as text or as JSON for a collector.

What is logged holds ids, codes and figures. Values of customers and people, tokens and links never reach it:
statements are logged without their parameters, paths without their tokens.
"""

from __future__ import annotations

import logging
import sys
from datetime import UTC, datetime
from typing import Any

import msgspec

from app.redaction import redact


class TextFormatter(logging.Formatter):
    """Lines for people."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  the base's
        """Return the message as one line: a stranger's address must not write a line of its own."""
        line = super().formatMessage(record)
        if line.isprintable():
            return line
        return "".join([char if char.isprintable() else ascii(char)[1:-1] for char in line])

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, redacted as a whole: a traceback's last line quotes the database."""
        return redact(super().format(record))


class JsonFormatter(logging.Formatter):
    """One JSON object a line. Fields of the access log stand beside the message."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the object."""
        content: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": redact(record.getMessage()),
        }
        beside: dict[str, Any] = getattr(record, "samverka", {})
        content |= {name: redact(said) if isinstance(said, str) else said for name, said in beside.items()}
        if record.exc_info:
            content["exception"] = redact(self.formatException(record.exc_info))
        return msgspec.json.encode(content).decode()


def set_up_logging(log_format: str = "text", level: int = logging.INFO) -> None:
    """Write the log to standard error in this format (``text`` or ``json``)."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter() if log_format == "json" else TextFormatter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)

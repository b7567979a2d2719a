"""What helps whoever helps: facts, logs and the state of the outbox, shown before they are saved."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

from app.errors import SamverkaError
from app.paths import Profile
from app.profile_log import read_log
from app.storage.outbox import list_glances
from app.system_causes import explain_cause
from app.usecases.preferences import Preferences
from app.usecases.workspace import Workspace

_SERVER_LOG = "server.log"


class DiagnosticsError(SamverkaError):
    """The bundle could not be written: ``file_not_written`` with ``file`` and ``reason``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosticsPart:
    """One file of the bundle: its name and its whole text."""

    name: str
    text: str


class Diagnostics:
    """Everything that a bundle holds, without names, numbers, addresses, secrets or paths."""

    def __init__(self, workspace: Workspace, preferences: Preferences, profile: Profile) -> None:
        self._workspace = workspace
        self._preferences = preferences
        self._folder = profile.log_folder

    def list_parts(self) -> tuple[DiagnosticsPart, ...]:
        """Return the files as they would be saved; a log that is not there is left out."""
        facts = "\n".join(f"{name}: {value}" for name, value in self._preferences.describe())
        parts = [
            DiagnosticsPart(name="facts.txt", text=facts),
            DiagnosticsPart(name="outbox.txt", text=self._describe_outbox()),
        ]
        for name in ("samverka.log", _SERVER_LOG):
            if lines := read_log(self._folder, name):
                parts.append(DiagnosticsPart(name=name, text="\n".join(lines)))
        return tuple(parts)

    def save(self, path: Path, parts: tuple[DiagnosticsPart, ...]) -> None:
        """Write exactly these parts as a zip file. Raises DiagnosticsError ``file_not_written``."""
        try:
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
                for part in parts:
                    bundle.writestr(part.name, part.text)
        except OSError as error:
            raise DiagnosticsError("file_not_written", file=path.name, **explain_cause(error)) from error

    def _describe_outbox(self) -> str:
        """Commands by type, state and code: what they say and whom they are about is left out."""
        with self._workspace.read() as unit:
            glances = list_glances(unit, "state <> 'confirmed'", (), tail="LIMIT 500")
        lines = [
            f"{glance.command_id} {glance.type} {glance.state} tries={glance.tries} {glance.code}".rstrip()
            for glance in glances
        ]
        return "\n".join(lines) or "-"

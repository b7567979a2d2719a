"""What the signed-in person may not do, and which colleagues can."""

from __future__ import annotations

from app.domain.records import Staff
from app.domain.rights import Denial, list_denials
from app.storage.local_reader import LocalReader
from app.usecases.workspace import Workspace


class RightsQuery:
    """What every screen disables its commands by. The server enforces the same rules."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def list_denials(self) -> tuple[Denial, ...]:
        """Return what may not be done, by the rights of the last pull; nothing before the first one."""
        with self._workspace.read() as unit:
            staff = LocalReader(unit).list_all(Staff)
            actor = self._workspace.context(unit).actor
        return list_denials(actor, staff) if staff else ()

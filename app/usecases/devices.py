"""Where people are signed in, and signing them out there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.sync.connection import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedInDevice:
    """One device. ``platform`` is Windows, macOS, Linux or empty; ``is_mine`` says whose it is."""

    id: str
    staff_name: str
    name: str
    platform: str
    signed_in_at: datetime
    used_at: datetime
    is_this: bool
    is_mine: bool


_PLATFORMS = {"win32": "Windows", "darwin": "macOS", "linux": "Linux"}


class Devices:
    """Asks the server: call it on the pool. Raises RemoteError, SignInError."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list_devices(self) -> tuple[SignedInDevice, ...]:
        """Return one's own devices, this one first; with full permission the other staff's after them."""
        lines = self._connection.server().list_devices().devices
        mine = {line.staff_id for line in lines if line.is_this}
        found = [
            SignedInDevice(
                id=line.id,
                staff_name=line.staff_name,
                name=line.name,
                platform=_PLATFORMS.get(line.platform, line.platform),
                signed_in_at=line.signed_in_at,
                used_at=line.used_at,
                is_this=line.is_this,
                is_mine=line.staff_id in mine,
            )
            for line in lines
        ]
        found.sort(key=lambda device: (not device.is_this, not device.is_mine))
        return tuple(found)

    def sign_out(self, device_id: str) -> None:
        """End the sign-in there. What it has not sent stays in its outbox."""
        self._connection.server().revoke_device(device_id)

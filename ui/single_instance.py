"""One window per person and profile: a second start raises the first and hands over its files.

The lock on the profile decides who is first; this is only how the two speak.
"""

import getpass
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MS = 2_000
_LIMIT = 64 * 1024


def channel_name(profile_folder: Path) -> str:
    """The name under which the first start listens; different for each person and profile."""
    words = f"{getpass.getuser()}\n{profile_folder.resolve()}"
    return "samverka-" + hashlib.sha256(words.encode()).hexdigest()[:24]


def hand_over(profile_folder: Path, files: Sequence[Path]) -> bool:
    """Ask the start that is already open to come forward and take the files. False when none answers."""
    socket = QLocalSocket()
    socket.connectToServer(channel_name(profile_folder))
    if not socket.waitForConnected(_WAIT_MS):
        return False
    message = json.dumps({"files": [str(path.resolve()) for path in files]}).encode()
    socket.write(message + b"\n")
    socket.waitForBytesWritten(_WAIT_MS)
    answered = socket.bytesAvailable() > 0 or socket.waitForReadyRead(_WAIT_MS)
    socket.disconnectFromServer()
    return answered


class InstanceChannel(QObject):
    """Listens for later starts: `raised(files)` with the paths that they were given."""

    raised = Signal(list)

    def __init__(self, profile_folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("instanceChannel")
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._connected)
        name = channel_name(profile_folder)
        if not self._server.listen(name):
            QLocalServer.removeServer(name)  # left by a start that was killed; the profile's lock is ours
            self._server.listen(name)

    @property
    def is_listening(self) -> bool:
        return self._server.isListening()

    def close(self) -> None:
        self._server.close()

    @Slot()
    def _connected(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.setParent(self)
        socket.readyRead.connect(self._read)
        socket.disconnected.connect(socket.deleteLater)

    @Slot()
    def _read(self) -> None:
        socket = self.sender()
        if not isinstance(socket, QLocalSocket) or not socket.canReadLine():
            return
        line = bytes(socket.readLine(_LIMIT).data())
        socket.write(b"ok\n")
        socket.flush()
        try:
            message = json.loads(line)
            files = [Path(text) for text in message["files"] if isinstance(text, str)]
        except (ValueError, KeyError, TypeError):
            files = []
        self.raised.emit(files)

"""Why the computer refused something: the system's numbers as causes that resources/messages has words for.

The system's own text is English, or the language of whoever installed it, and says "Errno 28": a person is
told ``cause_full`` instead. Numbers: errno(3), and Microsoft's "System Error Codes" and "Windows Sockets
Error Codes".
"""

from __future__ import annotations

import errno
import socket
from typing import Final

UNKNOWN: Final = "unknown"

_BY_ERRNO: Final[dict[int, str]] = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EFBIG: "too_large",
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.EROFS: "read_only",
    errno.ENOENT: "missing",
    errno.ENOTDIR: "missing",
    errno.EISDIR: "is_folder",
    errno.EIO: "failing",
    errno.EMFILE: "too_many_open",
    errno.ENFILE: "too_many_open",
    errno.EBUSY: "in_use",
    errno.ETXTBSY: "in_use",
    errno.ENAMETOOLONG: "name_too_long",
    errno.ENODEV: "disconnected",
    errno.ENXIO: "disconnected",
    errno.ESTALE: "disconnected",
    errno.ECONNREFUSED: "refused",
    errno.ECONNRESET: "reset",
    errno.ECONNABORTED: "reset",
    errno.EPIPE: "reset",
    errno.ENETUNREACH: "unreachable",
    errno.EHOSTUNREACH: "unreachable",
    errno.ETIMEDOUT: "timed_out",
}
_BY_WINERROR: Final[dict[int, str]] = {
    2: "missing",  # ERROR_FILE_NOT_FOUND
    3: "missing",  # ERROR_PATH_NOT_FOUND
    4: "too_many_open",  # ERROR_TOO_MANY_OPEN_FILES
    5: "forbidden",  # ERROR_ACCESS_DENIED
    19: "read_only",  # ERROR_WRITE_PROTECT
    21: "disconnected",  # ERROR_NOT_READY
    23: "failing",  # ERROR_CRC
    32: "in_use",  # ERROR_SHARING_VIOLATION
    33: "in_use",  # ERROR_LOCK_VIOLATION
    39: "full",  # ERROR_HANDLE_DISK_FULL
    53: "disconnected",  # ERROR_BAD_NETPATH
    59: "disconnected",  # ERROR_UNEXP_NET_ERR
    64: "disconnected",  # ERROR_NETNAME_DELETED
    67: "disconnected",  # ERROR_BAD_NET_NAME
    112: "full",  # ERROR_DISK_FULL
    206: "name_too_long",  # ERROR_FILENAME_EXCED_RANGE
    1117: "failing",  # ERROR_IO_DEVICE
    1231: "unreachable",  # ERROR_NETWORK_UNREACHABLE
    10054: "reset",  # WSAECONNRESET
    10060: "timed_out",  # WSAETIMEDOUT
    10061: "refused",  # WSAECONNREFUSED
    10065: "unreachable",  # WSAEHOSTUNREACH
    11001: "name_unknown",  # WSAHOST_NOT_FOUND
}

CAUSES: Final = frozenset({*_BY_ERRNO.values(), *_BY_WINERROR.values(), "name_unknown", "timed_out", UNKNOWN})
"""Everything that `name_cause` answers: `cause_…` in resources/messages."""


def name_cause(error: OSError) -> str:
    """Return why the system refused, one of `CAUSES`."""
    windows = getattr(error, "winerror", None)
    if isinstance(windows, int) and windows in _BY_WINERROR:
        return _BY_WINERROR[windows]
    if isinstance(error, socket.gaierror):
        return "name_unknown"
    if isinstance(error, TimeoutError):
        return "timed_out"
    return _BY_ERRNO.get(error.errno or 0, UNKNOWN)


def explain_cause(error: OSError) -> dict[str, str]:
    """Return the data of a sentence with ``{cause}``; ``technical`` is the system's own text."""
    return {"cause": name_cause(error), "technical": error.strerror or type(error).__name__}

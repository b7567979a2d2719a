"""The bodies of requests and answers, and the problem types (RFC 9457)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import msgspec

PROTOCOL_VERSION = 1
MINIMUM_PROTOCOL_VERSION = 1
SPOKEN_HERE = range(MINIMUM_PROTOCOL_VERSION, PROTOCOL_VERSION + 1)
PROTOCOL_HEADER = "Sync-Protocol"
LOCAL_SECRET_HEADER = "Samverka-Start"  # noqa: S105 - the name of a header, not a secret
DEVICE_HEADER = "Samverka-Device"
REQUEST_ID_HEADER = "X-Request-ID"
MAXIMUM_COMMANDS = 500
MAXIMUM_PUSH_BYTES = 1_000_000
MAXIMUM_CHECKS = 500
OUTCOME_DAYS = 400
"""So long a server remembers the outcome of a command."""
COMMAND_VERSION = 1
"""The newest shape of commands (``WireCommand.v``) that is understood here."""
MOST_NEEDS = 1000
"""So many commands one may need: a lot of an import needs one, a chain of repairs a handful."""
LONGEST_DEVICE_NAME = 255
"""Letters of a device's name, which is its host's: no host's name is longer (RFC 1035)."""
LARGEST_NUMBER = 2**53 - 1
"""The largest whole number that JSON carries everywhere (RFC 8259, 6); a database holds it, too."""

Id = Annotated[str, msgspec.Meta(max_length=100)]
"""An id that a client makes: a prefix and a UUID, with room for a program that makes others."""
CursorText = Annotated[str, msgspec.Meta(max_length=4000)]
"""Opaque text of the server: where in its changes a client is, or which moment of its history it knows of."""
DeviceName = Annotated[str, msgspec.Meta(max_length=LONGEST_DEVICE_NAME)]
Word = Annotated[str, msgspec.Meta(max_length=60)]
Count = Annotated[int, msgspec.Meta(ge=0, le=LARGEST_NUMBER)]


class OutcomeStatus(StrEnum):
    """How a command ended at the server; each is final."""

    APPLIED = "applied"
    CONFLICT = "conflict"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Meta(msgspec.Struct, frozen=True, kw_only=True):
    """Answer of GET /v1/meta; ``product`` tells that this is our server and not a captive portal."""

    product: str
    version: str
    protocol: int
    minimum_protocol: int
    minimum_client: str
    server_time: datetime
    issuer: str = ""
    sample: bool = False


class WireCommand(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One command on the wire. ``withdraw`` asks for the outcome, or that it never happens.

    What a command says has limits of its own (``app.domain.limits``); beyond them its outcome is *rejected*.
    """

    id: Id
    seq: Count
    type: str = ""
    v: Count = 1
    entity: str = ""
    payload: msgspec.Raw = msgspec.field(default_factory=lambda: msgspec.Raw(b"{}"))
    needs: tuple[str, ...] = ()
    made_at: datetime | None = None
    withdraw: bool = False
    replayed: bool = False


class PushRequest(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Body of POST /v1/sync/push. ``place`` is the newest moment of the firm's history that the client knows
    of, as an answer has named it: the last cursor of a pull, or a push's place.
    """

    device: Id
    epoch: Id
    commands: tuple[WireCommand, ...]
    place: CursorText = ""


class FieldConflict(msgspec.Struct, frozen=True, kw_only=True):
    """A field that somebody else changed: what this person wanted, what it is now, who and when."""

    mine: msgspec.Raw
    theirs: msgspec.Raw
    seen: msgspec.Raw
    by: str = ""
    at: datetime | None = None


class CommandResult(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The recorded outcome of one command. ``head`` is the firm's version right after it."""

    id: str
    seq: int
    status: str
    head: int
    code: str = ""
    fields: dict[str, FieldConflict] = {}
    data: dict[str, str] = {}


class PushAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Answer of POST /v1/sync/push and GET /v1/commands. ``place`` is the moment of the firm's history that
    these results are known at.
    """

    epoch: str
    last_seq: int
    results: tuple[CommandResult, ...]
    place: str = ""


class PullRequest(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Body of POST /v1/sync/pull; no cursor asks for a snapshot. ``place`` is as in a push, where the client
    knows of a newer moment than its cursor is from.
    """

    cursor: CursorText | None = None
    limit: int = 2000
    place: CursorText = ""


class WireChange(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One row on its way to a client: its data, or that it was removed (``data`` is empty then)."""

    t: str
    id: str
    rev: int
    data: msgspec.Raw = msgspec.Raw(b"")
    removed: str = ""


class PullAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A page of a snapshot (``snapshot``) or of changes."""

    epoch: str
    cursor: str
    more: bool
    last_seq: int
    head: int
    server_time: datetime
    changes: tuple[WireChange, ...]
    snapshot: bool = False


class PokeAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Answer of GET /v1/sync/poke; a hint only."""

    head: int


class DeviceRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Body of POST /v1/devices."""

    name: DeviceName
    platform: Word = ""


class DeviceAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A newly registered device, and who is signed in."""

    device: str
    epoch: str
    firm_id: str
    staff_id: str


class DeviceLine(msgspec.Struct, frozen=True, kw_only=True):
    """One device on which a staff member is signed in. ``used_at`` is its last renewal (every 15 minutes)."""

    id: str
    staff_id: str
    staff_name: str
    name: str
    platform: str
    signed_in_at: datetime
    used_at: datetime
    is_this: bool = False


class DevicesAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Answer of GET /v1/devices: one's own, with full permission everybody's; the last used first."""

    devices: tuple[DeviceLine, ...]


class DeviceRevoked(msgspec.Struct, frozen=True, kw_only=True):
    """Answer of POST /v1/devices/{id}/revoke: nobody is signed in there any more."""

    id: str


class CheckRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Body of POST /v1/registrations/check."""

    customer_ids: tuple[Id, ...]


class CheckAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The refreshed registration rows (records of type registration as JSON), in the order asked."""

    registrations: tuple[msgspec.Raw, ...]
    refused: tuple[str, ...] = ()


class HistoryEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened with a customer. ``by_name`` is empty where the person was erased; ``cause`` is
    the id of the command or request that led to it.
    """

    id: str
    at: datetime | None
    what: str
    by: str
    by_name: str
    by_kind: str
    about_type: str
    about_id: str
    before: str = ""
    after: str = ""
    cause: str = ""


class HistoryAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Answer of GET /v1/customers/{id}/history, the latest first."""

    entries: tuple[HistoryEntry, ...]
    more: bool = False


class MailSummary(msgspec.Struct, frozen=True, kw_only=True):
    """One e-mail in the tray of the embedded server."""

    id: str
    to: str
    subject: str
    sent_at: datetime
    kind: str = ""


class MailTrayAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Answer of GET /v1/mail-tray."""

    mails: tuple[MailSummary, ...]


class MailMessage(msgspec.Struct, frozen=True, kw_only=True):
    """Answer of GET /v1/mail-tray/{id}: the e-mail as it was written."""

    id: str
    to: str
    sender: str
    subject: str
    sent_at: datetime
    text: str
    html: str


class Problem(msgspec.Struct, kw_only=True, omit_defaults=True):
    """An error (RFC 9457). ``type`` is ``urn:samverka:problem:`` and the code, ``title`` is the code."""

    type: str
    title: str
    status: int
    detail: str = ""
    code: str = ""
    reason: str = ""
    request_id: str = ""
    last_seq: int | None = None
    epoch: str | None = None


class ProblemCode(StrEnum):
    """Codes of problems that the sync policy knows."""

    COMMAND_ID_REUSED = "command-id-reused"
    DEVICE_UNKNOWN = "device-unknown"
    DEVICE_FORKED = "device-forked"
    SEQUENCE_GAP = "sequence-gap"
    OUTCOME_EXPIRED = "outcome-expired"
    EPOCH_CHANGED = "epoch-changed"
    CURSOR_GONE = "cursor-gone"
    SIGN_IN_NEEDED = "sign-in-needed"
    FORBIDDEN = "forbidden"
    INVALID = "invalid"
    TOO_LARGE = "too-large"
    TOO_MANY = "too-many-requests"
    UPGRADE_NEEDED = "upgrade-needed"
    NOT_FOUND = "not-found"
    INTERNAL = "internal"
    UNAVAILABLE = "unavailable"


class GoneReason(StrEnum):
    """Why a cursor is gone (410)."""

    EXPIRED = "expired"
    EPOCH = "epoch"
    ACCESS = "access"
    SCHEMA = "schema"
    INVALID = "invalid"

"""The server's database, and the only SQLAlchemy of the server."""

from app.server.store.chain import AuditEntry, ChainEnd, SealedHead, commitment_of, hash_of
from app.server.store.devices import Device, Outcome
from app.server.store.entries import Entry, EntryRows, EntryTransaction
from app.server.store.mail_trays import TrayMail
from app.server.store.pages import PageRow, Scope
from app.server.store.queues import Job, Queue
from app.server.store.store import SERVER, FirmSnapshot, Store, open_store
from app.server.store.transaction import FirmTransaction

__all__ = [
    "SERVER",
    "AuditEntry",
    "ChainEnd",
    "Device",
    "Entry",
    "EntryRows",
    "EntryTransaction",
    "FirmSnapshot",
    "FirmTransaction",
    "Job",
    "Outcome",
    "PageRow",
    "Queue",
    "Scope",
    "SealedHead",
    "Store",
    "TrayMail",
    "commitment_of",
    "hash_of",
    "open_store",
]

"""The server's database, and the only SQLAlchemy of the server."""

from app.server.store.entries import Entry, EntryRows, EntryTransaction
from app.server.store.mail_trays import TrayMail
from app.server.store.queues import Job, Queue
from app.server.store.store import SERVER, FirmSnapshot, Store, open_store
from app.server.store.transaction import FirmTransaction

__all__ = [
    "SERVER",
    "Entry",
    "EntryRows",
    "EntryTransaction",
    "FirmSnapshot",
    "FirmTransaction",
    "Job",
    "Queue",
    "Store",
    "TrayMail",
    "open_store",
]

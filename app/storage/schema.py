"""The tables of the client's database.

There are no foreign keys between mirror and shown tables: rows come in the order of their revision and a
child may come before its parent. ``SCHEMA_VERSION`` is kept in the file's ``user_version`` too, so that a
start can tell a fitting file without loading Alembic.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Index, Integer, MetaData, Table, Text, text

SCHEMA_VERSION = 4

METADATA = MetaData()


def _record_columns() -> list[Column[Any]]:
    return [
        Column("type", Text, primary_key=True),
        Column("id", Text, primary_key=True),
        Column("rev", Integer, nullable=False),
        Column("customer_id", Text),
        Column("parent_id", Text),
        Column("lookup", Text),
    ]


def _index_records(name: str, table: Table) -> None:
    # One column each: with (type, …) the planner, which has no statistics, prefers a walk through the type.
    for column in ("customer_id", "parent_id", "lookup"):
        Index(f"{name}_{column}", table.c[column])


MIRROR = Table(
    "mirror",
    METADATA,
    *_record_columns(),
    Column("data", Text, nullable=False),
    sqlite_with_rowid=False,
)
_index_records("mirror", MIRROR)

STAGING = Table(
    "staging",
    METADATA,
    *_record_columns(),
    Column("data", Text, nullable=False),
    sqlite_with_rowid=False,
)

OVERLAY = Table(
    "overlay",
    METADATA,
    *_record_columns(),
    Column("data", Text, comment="NULL: removed by a live command"),
    sqlite_with_rowid=False,
)
_index_records("overlay", OVERLAY)

OUTBOX = Table(
    "outbox",
    METADATA,
    Column("position", Integer, primary_key=True, comment="the order in which the person decided"),
    Column("id", Text, nullable=False, unique=True),
    Column("seq", Integer, comment="given by the engine, frozen before the first send"),
    Column("type", Text, nullable=False),
    Column("v", Integer, nullable=False),
    Column("entity", Text, nullable=False),
    Column("customer_id", Text),
    Column("payload", Text, nullable=False),
    Column("needs", Text, nullable=False, comment="JSON list of command ids"),
    Column("state", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("sent_at", Text),
    Column("settled_at", Text),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column(
        "withdraw",
        Integer,
        nullable=False,
        server_default="0",
        comment="1: the person wants it back; 2: it has ended here, and the server is to be told",
    ),
    Column("replayed", Integer, nullable=False, server_default="0"),
    Column("head", Integer, comment="the firm's version right after it, in its epoch"),
    Column("epoch", Text),
    Column("code", Text, nullable=False, server_default=""),
    Column("fields", Text, nullable=False, server_default="{}", comment="JSON: mine, theirs, seen per field"),
    Column(
        "info",
        Text,
        nullable=False,
        server_default="{}",
        comment="JSON: what goes into the sentence of the code",
    ),
    Column("handled_at", Text, comment="when the person was done with its outcome"),
    Column("ended_at", Text, comment="the server's time at the first pull after that: the journal's age"),
)
Index("outbox_state", OUTBOX.c.state, OUTBOX.c.position)
Index("outbox_customer", OUTBOX.c.customer_id)
Index("outbox_untold", OUTBOX.c.position, sqlite_where=OUTBOX.c.withdraw == 2)
Index(
    "outbox_ending",
    OUTBOX.c.position,
    sqlite_where=text("handled_at IS NOT NULL AND ended_at IS NULL AND withdraw = 0"),
)
Index("outbox_ended", OUTBOX.c.ended_at, sqlite_where=OUTBOX.c.ended_at.is_not(None))
Index(
    "outbox_numbered",
    OUTBOX.c.seq,
    sqlite_where=text("seq IS NOT NULL AND (state IN ('queued', 'sending') OR withdraw = 2)"),
)
Index("outbox_too_late", OUTBOX.c.position, sqlite_where=text("code = 'withdrawn_too_late'"))

OUTBOX_TOUCH = Table(
    "outbox_touch",
    METADATA,
    Column("position", Integer, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("writes", Integer, nullable=False),
    sqlite_with_rowid=False,
)
Index("outbox_touch_key", OUTBOX_TOUCH.c.key)

SHOWN_CUSTOMER = Table(
    "shown_customer",
    METADATA,
    Column("row", Integer, primary_key=True, comment="a short handle that stays the same for an id"),
    Column("id", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("number_key", Text, nullable=False),
    Column("identity", Text, nullable=False, comment="as shown: a personal number is masked"),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("office", Text, nullable=False),
    Column("town", Text, nullable=False),
    Column("group_id", Text),
    Column("year_end", Text, nullable=False),
    Column("manager_id", Text),
    Column("manager", Text, nullable=False),
    Column("manager_key", Text, nullable=False),
    Column("registered", Text, nullable=False),
    Column("checked_at", Text),
    Column("chips", Text, nullable=False, comment="JSON: one per service, in the catalogue's order of codes"),
    Column("collaborations", Integer, nullable=False),
    Column("waiting", Integer, nullable=False),
    Column("unlinked", Integer, nullable=False),
    Column("attention", Integer, nullable=False),
    Column("mark", Text, nullable=False, comment="empty, queued, sending or acknowledged"),
    Column("changed_at", Text),
    Column("search", Text, nullable=False),
)
for _name in ("name_key", "number_key", "changed_at"):
    Index(f"shown_customer_{_name}", SHOWN_CUSTOMER.c.state, SHOWN_CUSTOMER.c[_name], SHOWN_CUSTOMER.c.row)
for _name in ("manager_key", "registered"):
    Index(
        f"shown_customer_{_name}",
        SHOWN_CUSTOMER.c.state,
        SHOWN_CUSTOMER.c[_name],
        SHOWN_CUSTOMER.c.name_key,
        SHOWN_CUSTOMER.c.row,
    )

SHOWN_CUSTOMER_SERVICE = Table(
    "shown_customer_service",
    METADATA,
    Column("service", Text, primary_key=True),
    Column("state", Text, primary_key=True),
    Column("customer_id", Text, primary_key=True),
    sqlite_with_rowid=False,
)
Index("shown_customer_service_customer", SHOWN_CUSTOMER_SERVICE.c.customer_id)

SHOWN_CUSTOMER_STAFF = Table(
    "shown_customer_staff",
    METADATA,
    Column("staff_id", Text, primary_key=True),
    Column("role", Text, primary_key=True, comment="manager, owner or participant"),
    Column("customer_id", Text, primary_key=True),
    sqlite_with_rowid=False,
)
Index("shown_customer_staff_customer", SHOWN_CUSTOMER_STAFF.c.customer_id)

SHOWN_COLLABORATION = Table(
    "shown_collaboration",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False, comment="the customer's, where there is none the company's"),
    Column("name_key", Text, nullable=False),
    Column("identity", Text, nullable=False),
    Column("customer_id", Text),
    Column("engagement_id", Text),
    Column("engagement", Text, nullable=False),
    Column("service", Text),
    Column("source", Text, nullable=False),
    Column("source_product", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("unlinked", Integer, nullable=False),
    Column("variant", Text, nullable=False),
    Column("payer", Text, nullable=False),
    Column("period_months", Integer),
    Column("period_from", Text),
    Column("started_on", Text),
    Column("ends_on", Text),
    Column("ended_by", Text, nullable=False),
    Column("problem", Text, nullable=False, comment="what the vendor last refused, or empty"),
    Column("mark", Text, nullable=False),
    Column("search", Text, nullable=False),
)
_OF = SHOWN_COLLABORATION.c
# The list's orders, with what the filters' figures are counted by: no sort, and no walk through the rows.
Index("shown_collaboration_name", _OF.name_key, _OF.service, _OF.id)
Index("shown_collaboration_service", _OF.service, _OF.name_key, _OF.id, _OF.state, _OF.unlinked)
Index("shown_collaboration_state", _OF.state, _OF.name_key, _OF.id, _OF.unlinked, _OF.service)
Index("shown_collaboration_customer", _OF.customer_id)
Index("shown_collaboration_unlinked", _OF.unlinked, _OF.name_key, _OF.customer_id, _OF.source)
# What the start screen asks for is a handful of rows among hundreds of thousands.
Index("shown_collaboration_ended", _OF.ended_by, sqlite_where=_OF.ended_by > "")
Index("shown_collaboration_problem", _OF.name_key, sqlite_where=_OF.problem > "")
Index(
    "shown_collaboration_period",
    _OF.period_from,
    _OF.period_months,
    _OF.state,
    sqlite_where=_OF.period_from > "",
)

SHOWN_INVITATION = Table(
    "shown_invitation",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("customer_id", Text, nullable=False),
    Column("activation_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False),
    Column("services", Text, nullable=False, comment="JSON list of codes"),
    Column("state", Text, nullable=False),
    Column("sent_at", Text),
    Column("sent_by", Text, nullable=False),
    Column("expires_on", Text),
    Column("reminded_at", Text),
    Column("reminded_by", Text, nullable=False),
    Column("answered_at", Text),
    Column("data", Text, nullable=False, comment="JSON: recipients, answers, words"),
    Column("problem", Text, nullable=False, comment="empty, bounced, refused or locked"),
    Column("mark", Text, nullable=False),
)
Index("shown_invitation_sent", SHOWN_INVITATION.c.sent_at)
Index("shown_invitation_customer", SHOWN_INVITATION.c.customer_id)
Index("shown_invitation_state", SHOWN_INVITATION.c.state, SHOWN_INVITATION.c.answered_at)

LINKING_QUEUE = Table(
    "linking_queue",
    METADATA,
    Column("row", Integer, primary_key=True, comment="a short handle, never used again for another"),
    Column("id", Text, nullable=False, unique=True, comment="the first of its collaborations"),
    Column("company_key", Text, nullable=False),
    Column("customer_id", Text, comment="where the customer is known and the engagement is missing"),
    Column("members", Text, nullable=False, comment="JSON: [collaboration, service, product] each"),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False, comment="one without a name comes last"),
    Column("identity", Text, nullable=False, comment="as shown: a personal number is masked"),
    Column("source", Text, nullable=False),
    Column("view", Text, nullable=False, comment="the filter that the row belongs to"),
    Column("band", Text, nullable=False, comment="empty until it has been searched for"),
    Column("reason", Text, nullable=False),
    Column("score", Integer, nullable=False),
    Column("best_id", Text),
    Column("best_name", Text, nullable=False),
    Column("best_number", Text, nullable=False),
    Column("place", Text, nullable=False, comment="titles of the engagements that are proposed"),
    Column("why", Text, nullable=False, comment="JSON: the fields that agree, for one line of reason"),
    Column("alternatives", Integer, nullable=False),
    Column("decision_id", Text),
    Column("is_open", Integer, nullable=False, comment="1: to be searched for, again or for the first time"),
    Column("search", Text, nullable=False),
    sqlite_autoincrement=True,
)
Index("linking_queue_view", LINKING_QUEUE.c.view, LINKING_QUEUE.c.name_key, LINKING_QUEUE.c.row)
Index("linking_queue_name", LINKING_QUEUE.c.name_key, LINKING_QUEUE.c.row, LINKING_QUEUE.c.view)
Index("linking_queue_company", LINKING_QUEUE.c.company_key)
Index("linking_queue_decision", LINKING_QUEUE.c.decision_id)
Index("linking_queue_open", LINKING_QUEUE.c.is_open, LINKING_QUEUE.c.name_key)

LINKING_MEMBER = Table(
    "linking_member",
    METADATA,
    Column("collaboration_id", Text, primary_key=True),
    Column("row", Integer, nullable=False),
    sqlite_with_rowid=False,
)
Index("linking_member_row", LINKING_MEMBER.c.row)

LINKING_KEY = Table(
    "linking_key",
    METADATA,
    Column("key", Text, primary_key=True, comment="what a change of a customer may be found by"),
    Column("row", Integer, primary_key=True),
    sqlite_with_rowid=False,
)
Index("linking_key_row", LINKING_KEY.c.row)

LINKING_DIRTY = Table(
    "linking_dirty",
    METADATA,
    Column(
        "type",
        Text,
        primary_key=True,
        comment="everything, customer, links, opening, collaboration, link_decision",
    ),
    Column("id", Text, primary_key=True),
    sqlite_with_rowid=False,
)

SETTING = Table(
    "setting", METADATA, Column("key", Text, primary_key=True), Column("value", Text, nullable=False)
)
SESSION = Table(
    "session", METADATA, Column("key", Text, primary_key=True), Column("value", Text, nullable=False)
)
DRAFT = Table(
    "draft",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
)
ATTENTION = Table(
    "attention",
    METADATA,
    Column("key", Text, primary_key=True, comment="what the person has seen or put off"),
    Column("handled_at", Text, nullable=False),
)

SEARCH_INDEX = (
    "CREATE VIRTUAL TABLE shown_search USING fts5(text, tokenize='trigram', content='', contentless_delete=1)"
)
PRESENT_VIEW = """CREATE VIEW present AS
SELECT type, id, rev, customer_id, parent_id, lookup, data FROM overlay WHERE data IS NOT NULL
UNION ALL
SELECT type, id, rev, customer_id, parent_id, lookup, data FROM mirror
WHERE NOT EXISTS (SELECT 1 FROM overlay WHERE overlay.type = mirror.type AND overlay.id = mirror.id)"""
"""What the person sees of each record: the mirror with the live commands over it."""

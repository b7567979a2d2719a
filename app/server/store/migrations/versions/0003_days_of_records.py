"""The days on which a record begins and ends to count, so that the work of the day finds it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

# As ``keys_of`` says it of a record that is written.
FIND = """
    UPDATE record SET
        from_on = CASE type WHEN 'participation' THEN {from_on} END,
        to_on = CASE type
            WHEN 'participation' THEN {to_on}
            WHEN 'invitation' THEN CASE WHEN {state} IN ('queued', 'sent') THEN {expires_on} END
            WHEN 'staff' THEN CASE WHEN {state} = 'leaving' THEN {left_on} END
            WHEN 'collaboration' THEN
                CASE WHEN {state} = 'ending' AND {end_confirmed_at} IS NOT NULL THEN {ends_on} END
        END
    WHERE removed = '' AND type IN ('participation', 'invitation', 'staff', 'collaboration')
"""
FIELDS = ("from_on", "to_on", "state", "expires_on", "left_on", "end_confirmed_at", "ends_on")

UPDATE_TRIGGER = """
    CREATE TRIGGER record_rev_on_update BEFORE UPDATE ON record
    WHEN NEW.rev IS NOT (SELECT writing FROM firm_head WHERE firm_id = NEW.firm_id)
    BEGIN SELECT RAISE(ABORT, 'record: foreign rev'); END
"""


def upgrade() -> None:
    """Add the days, find them in what is there, and index them."""
    for day in ("from_on", "to_on"):
        op.add_column("record", sa.Column(day, KEY, nullable=True))
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    # What the rows say stays the same, so their rev does; and every firm's rows are meant.
    if is_postgresql:
        op.execute("ALTER TABLE record DISABLE TRIGGER record_rev")
        op.execute("ALTER TABLE record NO FORCE ROW LEVEL SECURITY")
        op.execute(FIND.format(**{name: f"data::json->>'{name}'" for name in FIELDS}))
        op.execute("ALTER TABLE record FORCE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE record ENABLE TRIGGER record_rev")
    else:
        op.execute("DROP TRIGGER record_rev_on_update")
        op.execute(FIND.format(**{name: f"json_extract(data, '$.{name}')" for name in FIELDS}))
        op.execute(UPDATE_TRIGGER)
    for day in ("from_on", "to_on"):
        present = sa.text(f"{day} IS NOT NULL")
        op.create_index(
            f"record_{day}",
            "record",
            ["firm_id", "type", day],
            sqlite_where=present,
            postgresql_where=present,
        )

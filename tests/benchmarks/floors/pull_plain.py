"""What many would write: requests, json and SQLAlchemy Core's upsert into an encrypted file.

`python -m tests.benchmarks.floors.pull_plain ADDRESS TOKEN DEVICE FILE` prints rows and seconds. Cipher,
settings of the file, pages and transactions are those of the floor (pull_floor.py).
"""

from __future__ import annotations

import json
import resource
import sys
import time
from typing import Any

import requests
from sqlalchemy import Column, Integer, MetaData, Table, Text, create_engine
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.pool import StaticPool

from tests.benchmarks.floors.pull_floor import PAGE_ROWS, PAGES_PER_TRANSACTION, headers_of, open_file

_tables = MetaData()
_mirror = Table(
    "mirror",
    _tables,
    Column("type", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("rev", Integer),
    Column("data", Text),
    sqlite_with_rowid=False,
)
_place = Table("place", _tables, Column("cursor", Text))


def main() -> None:
    """Fetch and store, and print the figures."""
    address, token, device, path = sys.argv[1:]
    engine = create_engine("sqlite://", creator=lambda: open_file(path), poolclass=StaticPool)
    _tables.create_all(engine)
    adding = insert(_mirror)
    upsert = adding.on_conflict_do_update(
        index_elements=[_mirror.c.type, _mirror.c.id],
        set_={"rev": adding.excluded.rev, "data": adding.excluded.data},
    )
    session = requests.Session()
    session.headers.update(headers_of(token, device))
    began, rows, pages, cursor = time.perf_counter(), 0, 0, None
    waiting: list[dict[str, Any]] = []
    while True:
        body = {"limit": PAGE_ROWS} | ({"cursor": cursor} if cursor else {})
        answer = session.post(f"{address}/v1/sync/pull", json=body, timeout=60)
        answer.raise_for_status()
        page = json.loads(answer.content)
        waiting += [
            {"type": one["t"], "id": one["id"], "rev": one["rev"], "data": json.dumps(one.get("data"))}
            for one in page["changes"]
        ]
        rows, cursor, pages = rows + len(page["changes"]), page["cursor"], pages + 1
        ends = not page["more"] and not page["snapshot"]
        if ends or pages % PAGES_PER_TRANSACTION == 0:
            with engine.begin() as connection:
                if waiting:
                    connection.execute(upsert, waiting)
                connection.execute(_place.insert(), {"cursor": cursor})
            waiting = []
        if ends:
            break
    seconds = time.perf_counter() - began
    spent = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    print(json.dumps({"rows": rows, "seconds": seconds, "user": spent}))


if __name__ == "__main__":
    main()

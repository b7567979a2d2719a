"""The least program that fetches everything: http.client, gzip, msgspec, executemany into an encrypted file.

`python -m tests.benchmarks.floors.pull_floor ADDRESS TOKEN DEVICE FILE` prints rows and seconds.
"""

from __future__ import annotations

import gzip
import http.client
import json
import resource
import sys
import time
from typing import Any
from urllib.parse import urlsplit

import msgspec
from sqlcipher3 import dbapi2 as sqlcipher

PAGE_ROWS = 2000
PAGES_PER_TRANSACTION = 25


class _Change(msgspec.Struct):
    t: str
    id: str
    rev: int
    data: msgspec.Raw = msgspec.Raw(b"")


class _Page(msgspec.Struct):
    cursor: str
    more: bool
    snapshot: bool
    changes: list[_Change]


def open_file(path: str, **settings: Any) -> Any:
    """Open an encrypted file with the settings of the client's cache."""
    connection = sqlcipher.connect(path, **settings)
    connection.execute(f"PRAGMA key = \"x'{bytes(range(32)).hex()}'\"")
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def headers_of(token: str, device: str) -> dict[str, str]:
    """Return what a pull is asked with."""
    return {
        "Authorization": f"Bearer {token}",
        "Sync-Protocol": "1",
        "Samverka-Device": device,
        "Accept-Encoding": "gzip",
    }


def main() -> None:
    """Fetch and store, and print the figures."""
    address, token, device, path = sys.argv[1:]
    connection = open_file(path, isolation_level=None)
    connection.execute(
        "CREATE TABLE mirror (type TEXT, id TEXT, rev INTEGER, data TEXT, PRIMARY KEY (type, id))"
        " WITHOUT ROWID"
    )
    connection.execute("CREATE TABLE place (cursor TEXT)")
    place = urlsplit(address)
    line = http.client.HTTPConnection(place.hostname or "", place.port)
    headers = headers_of(token, device)
    decoder = msgspec.json.Decoder(_Page)
    began, rows, cursor = time.perf_counter(), 0, None
    waiting: list[tuple[str, str, int, str]] = []
    pages = 0
    while True:
        body = json.dumps({"limit": PAGE_ROWS} | ({"cursor": cursor} if cursor else {}))
        line.request("POST", "/v1/sync/pull", body, headers)
        answer = line.getresponse()
        content = answer.read()
        if content[:2] == b"\x1f\x8b":
            content = gzip.decompress(content)
        page = decoder.decode(content)
        waiting += [(c.t, c.id, c.rev, bytes(c.data).decode()) for c in page.changes]
        rows, cursor, pages = rows + len(page.changes), page.cursor, pages + 1
        ends = not page.more and not page.snapshot
        if ends or pages % PAGES_PER_TRANSACTION == 0:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT OR REPLACE INTO mirror VALUES (?, ?, ?, ?)", waiting)
            connection.execute("INSERT INTO place VALUES (?)", (cursor,))
            connection.execute("COMMIT")
            waiting = []
        if ends:
            break
    seconds = time.perf_counter() - began
    spent = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    print(json.dumps({"rows": rows, "seconds": seconds, "user": spent}))


if __name__ == "__main__":
    main()

"""No table of the server grows without an end that is written down, and what is written is what happens."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Table, func, insert, select

from app.contract.sign_in import ACCESS_SECONDS
from app.server.audit.sealing import Seal
from app.server.gateway.register import KEYS_ARE_KEPT, NEWS_ARE_KEPT
from app.server.identity.issuer import REFRESH_DAYS, SESSION_DAYS
from app.server.identity.throttle import FORGOTTEN_AFTER
from app.server.portal.expiry import ExpiryWorker
from app.server.store import Store
from app.server.store.devices import MOST_UNUSED
from app.server.store.entries import Entry
from app.server.store.mail_trays import TrayMail
from app.server.store.tables import command_outcome, device, mail_tray, metadata, routing_entry
from app.server.upkeep import (
    OUTCOMES_KEPT,
    QUEUE_ROWS_KEPT,
    TOMBSTONES_KEPT,
    TRAY_KEPT,
    UNUSED_DEVICES_KEPT,
    UpkeepWorker,
)
from tests.server.sync_site import ANNA, FIRM, SyncSite, create
from tests.support.clocks import FixedClock
from tests.support.guards import ROOT

DAY = timedelta(days=1)
ENTRY_TABLES = ("routing_entry", "register_entry")
ROW = re.compile(r"^\| `(\w+)`(?: `(\w+)`)? \|(.*?)\|(.*?)\|$", re.MULTILINE)


def told() -> dict[tuple[str, str], tuple[str, str]]:
    """Return (table, kind) → (what goes and when, what stays and why) of the text for administrators."""
    text = (ROOT / "packaging" / "server" / "README.md").read_text(encoding="utf-8")
    part = text.partition("## What is kept, and how long")[2].partition("\n## ")[0]
    return {(table, kind): (goes.strip(), stays.strip()) for table, kind, goes, stays in ROW.findall(part)}


def kinds_of(source: str) -> Iterator[str]:
    """Yield the kinds of the entries that a module makes: words, or names of the module's constants."""
    tree = ast.parse(source)
    constants: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign):
            names, values = node.targets[0], node.value
            pairs = (
                zip(names.elts, values.elts, strict=True)
                if isinstance(names, ast.Tuple) and isinstance(values, ast.Tuple)
                else [(names, values)]
            )
            for name, value in pairs:
                if isinstance(name, ast.Name) and isinstance(value, ast.Constant):
                    constants[name.id] = str(value.value)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Entry":
            for word in node.keywords:
                if word.arg == "kind" and isinstance(word.value, ast.Name):
                    yield constants.get(word.value.id, word.value.id)
                elif word.arg == "kind":
                    yield ast.literal_eval(word.value)


def list_kinds() -> set[str]:
    imported = {"PROVIDER_LINK": "provider_link"}
    files = [path for path in (ROOT / "app" / "server").rglob("*.py") if path.name != "entries.py"]
    found = {kind for path in files for kind in kinds_of(path.read_text(encoding="utf-8"))}
    return {imported.get(kind, kind) for kind in found}


def missing(tables: set[str], kinds: set[str], rows: dict[tuple[str, str], tuple[str, str]]) -> set[str]:
    """Return what nothing is told of, and what is told to go never and to stay for no reason."""
    named = {table for table, _ in rows}
    untold = {table for table in tables if table not in named}
    untold |= {kind for kind in kinds if kind not in {kind for _, kind in rows}}
    return untold | {table + kind for (table, kind), said in rows.items() if said == ("", "")}


def test_every_table_and_kind_of_entry_has_its_end_or_a_reason() -> None:
    tables, kinds = {table.name for table in metadata.tables.values()}, list_kinds()
    assert {"session", "code", "link", "done", "provider_link", "failures"} <= kinds
    rows = told()
    assert missing(tables, kinds, rows) == set()
    assert {table for table, _ in rows} <= tables, "nothing is told of tables that there are not"
    assert {kind for _, kind in rows} - {""} <= kinds


def test_a_table_and_a_kind_without_an_end_are_seen() -> None:
    """The control of the one above."""
    assert missing({"record", "essays"}, {"tale"}, {("record", ""): ("", "all")}) == {"essays", "tale"}
    assert missing({"record"}, set(), {("record", ""): ("", "")}) == {"record"}
    assert list(kinds_of('A, B = "a", "b"\nEntry(kind=B, key="k")\nEntry(kind="c", key="k")')) == ["b", "c"]


def count(store: Store, table: Table) -> int:
    with store.write(FIRM) as transaction:
        asked = select(func.count()).select_from(table)
        if table is routing_entry:
            asked = asked.where(table.c.kind == "session")
        return int(transaction.connection.execute(asked).scalar_one())


def go_by(site: SyncSite, clock: FixedClock, days: int) -> None:
    clock.advance(DAY * days)
    UpkeepWorker(site.store, Seal(b"s" * 32)).run_once()
    ExpiryWorker(site.store, site.assembly.issuer).run_once()


def test_sessions_end_a_day_after_their_last_refresh_token(site: SyncSite, clock: FixedClock) -> None:
    site.client()
    tokens = sign_in(site)
    assert count(site.store, routing_entry) == 2
    go_by(site, clock, 60)
    renewed = site.assembly.issuer.refresh(tokens, "nonce")
    go_by(site, clock, 31)
    assert count(site.store, routing_entry) == 2, "on its last day"
    go_by(site, clock, 1)
    assert count(site.store, routing_entry) == 1, "the other was used since"
    assert site.assembly.issuer.refresh(renewed.refresh_token, "nonce").access_token


def test_a_session_of_an_earlier_version_gets_its_end(site: SyncSite, clock: FixedClock) -> None:
    site.client()
    with site.store.routing.write() as rows:
        [entry] = rows.list_kind("session")
        rows.put(Entry(**{name: getattr(entry, name) for name in entry.__slots__} | {"expires_at": None}))
    go_by(site, clock, 91)
    assert count(site.store, routing_entry) == 1
    go_by(site, clock, 1)
    assert count(site.store, routing_entry) == 0


def sign_in(site: SyncSite) -> str:
    from tests.server.identity_site import challenge_of, new_verifier
    from tests.server.sync_site import REDIRECT, AuthorizationRequest

    verifier = new_verifier()
    request = AuthorizationRequest(redirect_uri=REDIRECT, state="s", code_challenge=challenge_of(verifier))
    code = site.assembly.issuer.issue_code(request, FIRM, ANNA.id)
    return site.assembly.issuer.exchange_code(code, verifier, REDIRECT).refresh_token


def test_what_the_vendor_has_done_is_forgotten(site: SyncSite, clock: FixedClock) -> None:
    with site.store.register.write() as rows:
        for kind in ("done", "ended"):
            rows.put(Entry(kind=kind, key="k", expires_at=clock.now() + 90 * DAY))
        rows.put(Entry(kind="company", key="k"))
    go_by(site, clock, 90)
    with site.store.register.read() as rows:
        assert len(rows.list_kind("done") + rows.list_kind("ended")) == 2
    go_by(site, clock, 1)
    with site.store.register.read() as rows:
        assert rows.list_kind("done") + rows.list_kind("ended") == []
        assert len(rows.list_kind("company")) == 1, "the control: what has no end stays"


def test_the_tray_is_emptied_of_what_is_old(site: SyncSite, clock: FixedClock) -> None:
    site.store.mail_tray.add(
        FIRM,
        TrayMail(
            id="m", kind="invitation", recipient="a@b.example", sender="c@d.example", subject="s",
            sent_at=clock.now(), text="t", html="h",
        ),
    )  # fmt: skip
    go_by(site, clock, TRAY_KEPT.days)
    assert count(site.store, mail_tray) == 1
    go_by(site, clock, 1)
    assert count(site.store, mail_tray) == 0


def test_devices_that_never_sent_anything_go(site: SyncSite, clock: FixedClock) -> None:
    used = site.client()
    used.push(create(1))
    unused = site.client()
    go_by(site, clock, UNUSED_DEVICES_KEPT.days)
    assert count(site.store, device) == 2
    go_by(site, clock, 1)
    assert count(site.store, device) == 1
    unused.token = site.token(FIRM, ANNA.id)
    assert unused.page().json()["code"] == "device-unknown"
    unused.register()
    [result] = unused.push(create(2))
    assert result["status"] == "applied", "it registers anew and goes on"
    with site.store.write(FIRM) as transaction:
        [kept] = transaction.connection.execute(select(device.c.id).where(device.c.id == used.device)).all()
    assert kept.id == used.device


def test_nobody_fills_the_table_with_devices(site: SyncSite) -> None:
    used = site.client()
    used.push(create(1))
    with site.store.write(FIRM) as transaction:
        for number in range(MOST_UNUSED + 20):
            newest = transaction.devices.add(ANNA.id, f"device {number}", "", transaction.now)
    assert count(site.store, device) == MOST_UNUSED + 1
    with site.store.read(FIRM) as snapshot:
        assert snapshot.devices.find(newest, ANNA.id) is not None
        assert snapshot.devices.find(used.device, ANNA.id) is not None


def test_counting_sees_a_row(site: SyncSite, clock: FixedClock) -> None:
    """The control of all that is counted here, on both databases."""
    assert count(site.store, command_outcome) == 0
    with site.store.write(FIRM) as transaction:
        values = {column.name: "x" for column in command_outcome.c} | {"seq": 1, "head": 1}
        values |= {"firm_id": FIRM, "settled_at": clock.now()}
        transaction.connection.execute(insert(command_outcome).values(values))
    assert count(site.store, command_outcome) == 1


@pytest.mark.parametrize(
    ("row", "kept"),
    [
        (("record", ""), TOMBSTONES_KEPT.days),
        (("command_outcome", ""), OUTCOMES_KEPT.days),
        (("device", ""), UNUSED_DEVICES_KEPT.days),
        (("mail_tray", ""), TRAY_KEPT.days),
        (("mail_outbox", ""), QUEUE_ROWS_KEPT.days),
        (("vendor_outbox", ""), QUEUE_ROWS_KEPT.days),
        (("routing_entry", "refresh"), REFRESH_DAYS),
        (("routing_entry", "session"), SESSION_DAYS),
        (("routing_entry", "failures"), FORGOTTEN_AFTER // timedelta(hours=1)),
        (("routing_entry", "access"), ACCESS_SECONDS // 60),
        (("register_entry", "done"), KEYS_ARE_KEPT.days),
        (("register_entry", "ended"), NEWS_ARE_KEPT.days),
    ],
)
def test_the_text_tells_the_times_that_are_kept(row: tuple[str, str], kept: int) -> None:
    assert str(kept) in re.findall(r"\d+", told()[row][0])

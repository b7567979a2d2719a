"""The server as a process of its own: start, keys through standard input, stop."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest
import requests

from app.contract.wire import LOCAL_SECRET_HEADER
from app.errors import StorageError
from app.server.administration import AdministrationError, NewStaff, add_firm, add_staff
from app.server.assembly import shared_key
from app.server.identity.authorization import AuthorizationRequest
from app.server.identity.issuer import Issuer
from app.server.identity.sign_in_errors import GrantError
from app.server.start_keys import StartKeys, read_start_keys
from app.server.store import open_store
from app.server.store.restoring import StateFile, state_path
from tests.server.identity_site import REDIRECT, challenge_of, new_verifier

ROOT = Path(__file__).resolve().parents[2]
KEY = "5a" * 32


@contextmanager
def process(*words: str, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, str(ROOT / "main.py"), *words]
    with (folder / "log").open("ab") as log:
        running = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, cwd=folder
        )
        try:
            yield running
        finally:
            running.kill()
            running.wait(60)
            for stream in (running.stdin, running.stdout):
                if stream is not None:
                    stream.close()


def pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream


def give_keys(running: subprocess.Popen[bytes]) -> None:
    pipe(running.stdin).write(json.dumps({"key": KEY, "secret": "s3cret"}).encode() + b"\n")
    pipe(running.stdin).flush()


def address_of(running: subprocess.Popen[bytes]) -> str:
    line = pipe(running.stdout).readline()
    url: str = json.loads(line)["url"]
    return url


def test_an_embedded_server_lives_as_long_as_its_parent_and_keeps_its_port(tmp_path: Path) -> None:
    words = ("serve", "--database", str(tmp_path / "server.db"), "--key-stdin", "--sample")
    ports = []
    for _ in range(2):
        with process(*words, folder=tmp_path) as running:
            give_keys(running)
            url = address_of(running)
            ports.append(url)
            meta = requests.get(url + "/v1/meta", headers={LOCAL_SECRET_HEADER: "s3cret"}, timeout=60)
            assert meta.json()["sample"] is True
            assert requests.get(url + "/v1/meta", timeout=60).status_code == 403
            pipe(running.stdin).close()
            assert running.wait(60) == 0
            assert pipe(running.stdout).read() == b""
    assert ports[0] == ports[1]
    assert b"SQLite format" not in (tmp_path / "server.db").read_bytes()
    log = (tmp_path / "log").read_text(encoding="utf-8")
    assert KEY not in log
    assert "s3cret" not in log


def test_another_program_on_the_port_is_given_way(tmp_path: Path) -> None:
    words = ("serve", "--database", str(tmp_path / "server.db"), "--key-stdin")
    with process(*words, folder=tmp_path) as first:
        give_keys(first)
        url = address_of(first)
        other = (
            "serve",
            "--database",
            str(tmp_path / "other.db"),
            "--key-stdin",
            "--port",
            url.rpartition(":")[2],
        )
        with process(*other, folder=tmp_path) as second:
            give_keys(second)
            assert address_of(second) != url


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM for other processes")
def test_a_signal_stops_it_though_somebody_waits_for_a_poke(tmp_path: Path) -> None:
    with process("serve", "--database", str(tmp_path / "server.db"), folder=tmp_path) as running:
        url = address_of(running)
        assert requests.get(url + "/health", timeout=60).status_code == 200
        noted = StateFile(state_path(str(tmp_path / "server.db")))
        assert noted.read() == {}
        store = open_store(str(tmp_path / "server.db"))
        add_firm(store, name="Byrån AB", organisation_number="")
        store.close()
        running.send_signal(signal.SIGTERM)
        assert running.wait(60) == 0
        assert len(noted.read()) == 1, "what the database holds is noted at the very end"
        assert not list(tmp_path.glob("server.db-*")), "the database was closed"


def test_keys_that_are_none(tmp_path: Path) -> None:
    words = ("serve", "--database", str(tmp_path / "server.db"), "--key-stdin", "--language", "sv")
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *words], input=b"zz\n", capture_output=True, check=False
    )
    assert (done.returncode, done.stdout) == (3, b"")
    assert "64 hexadecimala" in done.stderr.decode()
    for line in (b"", b"\n", b"{}\n", b"[1]\n", b'{"key": "aa"}\n', b"5a" * 31 + b"\n", b"\xff" * 64):
        with pytest.raises(StorageError, match="start_keys_unreadable"):
            read_start_keys(io.BytesIO(line))
    assert read_start_keys(io.BytesIO(KEY.encode() + b"\nnext")) == StartKeys(bytes.fromhex(KEY))


def test_administration_from_an_empty_folder_to_a_staff_member(tmp_path: Path) -> None:
    database = str(tmp_path / "server.db")

    def run(*words: str, text: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, str(ROOT / "main.py"), "server", *words, "--database", database, "--json"],
            input=text,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    assert json.loads(run("init").stdout)["firms"] == []
    number = ("--organisation-number", "556036-0793")
    firm_id = json.loads(run("add-firm", "--name", "Byrån AB", *number).stdout)["firm_id"]
    assert run("add-firm", "--name", "Byrån igen AB", *number).returncode == 3
    anna = ("--firm", "556036-0793", "--name", "Anna Ek", "--email", "anna@byran.example")
    assert run("add-staff", *anna, text="kort\n").returncode == 3
    added = run("add-staff", *anna, "--role", "full", text="norrsken och kaffe\n")
    staff_id = json.loads(added.stdout)["staff_id"]
    again = run("add-staff", *anna, "--role", "administrator", text="kaffe och norrsken\n")
    assert json.loads(again.stdout)["staff_id"] == staff_id
    store = open_store(database)
    with store.read(firm_id) as snapshot:
        [staff] = list(snapshot.reader.walk("staff"))
        assert (staff.id, snapshot.head) == (staff_id, 3)
    store.close()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " "}, "staff_name_missing"),
        ({"email": "anna"}, "staff_email_invalid"),
        ({"email": ""}, "staff_email_invalid"),
        ({"sees": "office"}, "staff_office_missing"),
        ({"office": "Umeå"}, "office_unknown"),
    ],
)
def test_a_staff_member_that_nobody_could_be_is_refused(
    tmp_path: Path, changes: dict[str, str], code: str
) -> None:
    store = open_store(str(tmp_path / "server.db"))
    firm = add_firm(store, name="Byrån AB", organisation_number="", offices=("Växjö",))
    right = {"name": "Anna", "email": "anna@byran.example", "sees": "office", "office": "Växjö"}
    wrong = {"sees": "all", "office": "", **changes} if "office" in code else changes
    with pytest.raises(AdministrationError, match=code):
        add_staff(store, firm.id, NewStaff(**{**right, **wrong}), "norrsken och kaffe")
    with store.read(firm.id) as snapshot:
        assert list(snapshot.reader.walk("staff")) == []
    add_staff(store, firm.id, NewStaff(**right), "norrsken och kaffe")
    store.close()


def test_a_new_password_ends_the_sign_ins_with_the_old_one(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "server.db"))
    firm = add_firm(store, name="Byrån AB", organisation_number="")
    anna, bo = (
        add_staff(store, firm.id, NewStaff(name=name, email=f"{name}@byran.example"), "norrsken och kaffe")
        for name in ("anna", "bo")
    )
    issuer = Issuer(store.routing, store.clock, shared_key(store, "refresh_key"))
    tokens = {}
    for staff in (anna, bo):
        verifier = new_verifier()
        request = AuthorizationRequest(
            redirect_uri=REDIRECT, state="s", code_challenge=challenge_of(verifier)
        )
        code = issuer.issue_code(request, firm.id, staff.id)
        tokens[staff.name] = issuer.exchange_code(code, verifier, REDIRECT)
    add_staff(store, firm.id, NewStaff(name="anna", email=anna.email), "kaffe och norrsken")
    assert issuer.find_principal(tokens["anna"].access_token) is None
    with pytest.raises(GrantError):
        issuer.refresh(tokens["anna"].refresh_token, "n")
    assert issuer.find_principal(tokens["bo"].access_token) is not None
    store.close()


def test_a_database_that_does_not_answer_is_told_apart_from_a_file_with_another_key() -> None:
    with pytest.raises(StorageError, match="database_unreachable") as caught:
        open_store("postgresql://samverka:hemligt@127.0.0.1:9/samverka")
    assert "127.0.0.1" in str(caught.value.data["detail"])
    assert "hemligt" not in str(caught.value.data)


@pytest.mark.parametrize(("sample", "status"), [(True, 401), (False, 404)])
def test_only_a_server_of_one_person_shows_its_mail_tray(tmp_path: Path, sample: bool, status: int) -> None:
    """The tray holds every e-mail of a firm: on an office's server nobody may read it."""
    words = ["serve", "--database", f"sqlite:///{tmp_path / 'server.db'}", *(["--sample"] if sample else [])]
    with process(*words, folder=tmp_path) as running:
        url = address_of(running)
        for path in ("/v1/mail-tray", "/v1/mail-tray/mo_1"):
            assert requests.get(url + path, timeout=60).status_code == status, path

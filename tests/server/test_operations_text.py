"""The text about running a server, followed word by word: setting up, the unit's own line, backup, restore.

The commands are read out of packaging/server/README.md and the unit, so that the text says what works and
nothing else. Exchanged are the places (a folder of the test's) and who runs a command.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import requests

from app.commandline.entry import run_program
from app.server.store import open_store
from tests.server.sync_site import create, sync_site
from tests.support.guards import ROOT
from tests.support.postgresql_cluster import ADMINISTRATOR, Cluster, find_binaries

FOLDER = ROOT / "packaging" / "server"
SECONDS = 60.0
PASSWORD = "ett långt lösenord"

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="systemd and its commands")


def blocks_of(heading: str) -> list[list[str]]:
    """Return the commands of the section, one list for each of its blocks, without remarks."""
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    section = re.split(r"^#+ ", text.partition(f"# {heading}\n")[2], flags=re.MULTILINE)[0]
    found = re.findall(r"^ *```sh\n(.*?)^ *```", section, flags=re.MULTILINE | re.DOTALL)
    return [[line.partition("  #")[0].strip() for line in block.splitlines()] for block in found]


@dataclass
class Machine:
    """A machine with the unit's places in a folder, and one server that runs or not."""

    folder: Path
    environment: Mapping[str, str]
    said: list[str] = field(default_factory=list)
    url: str = ""
    exit_status: int | None = None
    _running: subprocess.Popen[str] | None = None

    def place(self, text: str) -> str:
        """Return a command with the machine's places in it."""
        text = re.sub(r"(?<![\w/])/(etc|var|opt)/", rf"{self.folder}/\1/", text)
        return text.replace(f"{self.folder}/opt/samverka/samverka", f"{sys.executable} {ROOT / 'main.py'}")

    def follow(self, command: str, typed: str = "") -> None:
        """Carry out one command of the text; users and roles are taken for being there."""
        command = self.place(command.replace("sudo -u postgres ", "").replace("sudo -E -u samverka ", ""))
        match shlex.split(command):
            case ["systemctl", "stop", _]:
                self.stop()
            case ["systemctl", *_]:
                self.start()
            case ["chown" | "useradd" | "createuser", *_]:
                pass
            case _:
                done = subprocess.run(
                    ["sh", "-c", command],
                    cwd=FOLDER,
                    env={**os.environ, **self.environment},
                    input=typed,
                    capture_output=True,
                    text=True,
                    check=False,
                    timeout=300,
                )
                assert done.returncode == 0, (command, done.stderr)
                self.said.append(done.stdout + done.stderr)

    def start(self) -> None:
        """Run the unit's line with the unit's state folder."""
        unit = (FOLDER / "samverka.service").read_text(encoding="utf-8")
        [line] = re.findall(r"^ExecStart=(.*)$", unit, flags=re.MULTILINE)
        words = self.place(line.replace("${STATE_DIRECTORY}", "/var/lib/samverka"))
        with (self.folder / "log").open("ab") as log:
            self._running = subprocess.Popen(
                shlex.split(words),
                env={**os.environ, **self.environment},
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self._running.stdout is not None
        answer = self._running.stdout.readline()
        self.url = json.loads(answer)["url"] if answer else ""

    def stop(self) -> None:
        """Stop it as the unit does, and note how it ended."""
        if self._running is not None:
            self._running.terminate()
            self.exit_status = self._running.wait(SECONDS)
            assert self._running.stdout is not None
            self._running.stdout.close()
            self._running = None


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Machine]:
    """Give a machine whose server.toml is the repository's with its own database and port."""
    for name in ("etc/samverka", "var/lib/samverka", "var/backups", "opt"):
        (tmp_path / name).mkdir(parents=True)
    environment: dict[str, str] = {}
    address = f"sqlite:///{tmp_path}/var/lib/samverka/server.db"
    cluster: Cluster | None = None
    if request.param == "postgresql":
        cluster = request.getfixturevalue("cluster")
        address = cluster.create("samverka")
        binaries = str(find_binaries())
        environment = {
            "PGHOST": "127.0.0.1",
            "PGPORT": str(cluster.port),
            "PGUSER": ADMINISTRATOR,
            "PATH": f"{binaries}:{os.environ['PATH']}",
        }
    elif shutil.which("sqlite3") is None:
        pytest.skip("sqlite3 is not installed on this machine")
    settings = (FOLDER / "server.toml").read_text(encoding="utf-8")
    settings = re.sub(r"(?m)^database = .*$", f'database = "{address}"', settings)
    settings = re.sub(r"(?m)^port = .*$", "port = 0", settings)
    (tmp_path / "etc/samverka/server.toml").write_text(settings, encoding="utf-8")
    running = Machine(tmp_path, {**environment, "SAMVERKA_CONFIG": f"{tmp_path}/etc/samverka/server.toml"})
    try:
        yield running
    finally:
        running.stop()
        if cluster is not None:
            cluster.drop("samverka")


def address_of(machine: Machine) -> str:
    text = (machine.folder / "etc/samverka/server.toml").read_text(encoding="utf-8")
    return re.findall(r'(?m)^database = "(.*)"$', text)[0]


def add_customer(machine: Machine, number: int) -> None:
    """Let a person add a customer while the server runs."""
    store = open_store(address_of(machine))
    with sync_site(store, is_filled=True) as site:
        [firm_id] = store.list_firms()
        with store.read(firm_id) as snapshot:
            [staff] = list(snapshot.reader.walk("staff"))
        client = site.client(staff, firm_id)  # type: ignore[arg-type]
        assert client.push(create(number))[0]["status"] == "applied"
    store.close()


def test_what_the_text_says_works(machine: Machine) -> None:
    set_up, first_steps = blocks_of("Setting up")
    assert set_up[1].split()[-1] == "samverka"
    for command in first_steps:
        if not command.startswith("export "):
            machine.follow(command, typed=f"{PASSWORD}\n")
    assert requests.get(f"{machine.url}/health", timeout=60).json()["status"] == "ok"
    add_customer(machine, 1)

    is_file = address_of(machine).startswith("sqlite")
    [[backup], restore] = blocks_of("A file (SQLite)" if is_file else "PostgreSQL")
    machine.follow(backup)
    add_customer(machine, 2)
    for command in restore[:-2]:
        machine.follow(command)
    assert machine.exit_status == 0, "a stop that was asked for"
    # What the text warns of: the control of the command that is left out here.
    machine.start()
    assert machine.url == ""
    assert machine._running is not None
    assert machine._running.wait(SECONDS) == 3
    machine.stop()
    for command in restore[-2:]:
        machine.follow(command)
    assert "1 versioner saknas" in machine.said[-1]
    assert requests.get(f"{machine.url}/health", timeout=60).json()["status"] == "ok"


@pytest.mark.postgresql
@pytest.mark.parametrize(("language", "sentence"), [("sv", "superanvändare"), ("en", "is a superuser")])
def test_init_warns_of_a_superuser_in_the_persons_language(
    cluster: Cluster, capsys: pytest.CaptureFixture[str], language: str, sentence: str
) -> None:
    cluster.create("superuser")
    try:
        ordinary = cluster.address("superuser")
        assert run_program(["server", "init", "--database", ordinary, "--language", language]) == 0
        assert capsys.readouterr().err == ""
        powerful = ordinary.replace("samverka@", f"{ADMINISTRATOR}@")
        assert run_program(["server", "init", "--database", powerful, "--language", language]) == 0
        told = capsys.readouterr()
        assert sentence in told.err
        assert told.err.count("\n") == 2, "in one language"
    finally:
        cluster.drop("superuser")

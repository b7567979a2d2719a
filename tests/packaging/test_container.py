"""The server's image: built from the container file as it stands, run against PostgreSQL as its text says.

The commands are read out of packaging/server/README.md. Exchanged are names, the settings' place, and the
network: PostgreSQL stands on this machine's loopback. It takes minutes, a mirror of Debian and a package
index: part of ``check --long``.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from app.contract.sign_in import CLIENT_ID
from tests.packaging.test_bootstrap import read_lock
from tests.server.conftest import cluster  # noqa: F401  the fixture
from tests.server.identity_site import REDIRECT, answer_of, challenge_of, new_verifier
from tests.support.guards import ROOT
from tests.support.ports import reserve_port
from tests.support.postgresql_cluster import Cluster

pytestmark = [
    pytest.mark.skipif(os.environ.get("SAMVERKA_LONG") != "1", reason="minutes long: part of check --long"),
    pytest.mark.skipif(
        shutil.which("podman") is None or shutil.which("mmdebstrap") is None,
        reason="podman and mmdebstrap (packaging/linux/packages-container.txt) are not installed",
    ),
    pytest.mark.postgresql,
]
SECONDS = 600.0
BASE = "localhost/debian-python:3.11"
EMAIL, PASSWORD = "eva@byran.example", "ett långt lösenord"
CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"
# What a machine without the right to raise limits, and without a network for containers, needs.
HERE = "--network host --ulimit nofile=16384:16384 --ulimit nproc=4096:4096"


def commands() -> dict[str, list[str]]:
    """Return the section's commands as words, each under what tells it from the others."""
    text = (ROOT / "packaging/server/README.md").read_text(encoding="utf-8")
    section = re.split(r"^## ", text.partition("## In a container\n")[2], flags=re.MULTILINE)[0]
    lines = "".join(re.findall(r"^```sh\n(.*?)^```", section, flags=re.MULTILINE | re.DOTALL)).splitlines()
    names = {"mmdebstrap": "base", "import": "import", "build": "build", "init": "init",
             "add-firm": "add-firm", "add-staff": "add-staff", "--detach": "serve"}  # fmt: skip
    found = {
        next(name for word, name in names.items() if word in line.split()): shlex.split(line)
        for line in lines
    }
    assert set(found) == set(names.values())
    return found


@dataclass
class Image:
    """The built image, with a volume, a container and settings of this test's."""

    folder: Path
    port: int
    name: str

    def words(self, name: str) -> list[str]:
        """Return a command of the text with this test's names, settings and network."""
        words = [
            {
                "/etc/samverka/server.env": str(self.folder / "server.env"),
                "samverka-state:/state": f"{self.name}:/state",
                "samverka": self.name,
                "--detach": "--rm",
                "8443:8443": f"{self.port}:8443",
                "base.tar": str(self.folder / "base.tar"),
            }.get(word, word)
            for word in commands()[name]
        ]
        if words[:2] == ["podman", "run"]:
            at = words.index("--publish") if "--publish" in words else None
            if at is not None:
                del words[at : at + 2]
            words[2:2] = HERE.split()
        if words[:2] == ["podman", "build"]:
            # The machine's own certificates, in case its package index has one of the company's.
            words[2:2] = [
                *("--isolation", "chroot", "--network", "host", "--layers=false"),
                *("--build-arg", f"BASE={BASE}", "--volume", f"{CERTIFICATES}:{CERTIFICATES}:ro"),
            ]
        if words[0] == "podman" and shutil.which("runc"):
            words[1:1] = ["--runtime", "runc"]
        return words

    def call(self, name: str, typed: str = "") -> str:
        """Carry out a command and return what it printed."""
        return call(self.words(name), typed)

    def inside(self, *words: str) -> str:
        """Run a program in the container that serves."""
        return call(["podman", "exec", self.name, *words])


def call(words: list[str], typed: str = "") -> str:
    done = subprocess.run(
        words, cwd=ROOT, input=typed, capture_output=True, text=True, check=False, timeout=SECONDS
    )
    assert done.returncode == 0, (words, done.stdout[-2000:], done.stderr[-2000:])
    return done.stdout


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory, cluster: Cluster) -> Iterator[Image]:  # noqa: F811
    folder = tmp_path_factory.mktemp("container")
    port = reserve_port()
    made = Image(folder, port, f"samverka-test-{port}")
    settings = {
        "SAMVERKA_DATABASE": cluster.create(made.name),
        "SAMVERKA_PUBLIC_URL": "https://samverka.byran.example",
        "SAMVERKA_PORT": str(port),
    }
    text = "".join(f"{name}={value}\n" for name, value in settings.items())
    (folder / "server.env").write_text(text, encoding="utf-8")
    try:
        made.call("base")
        made.call("import")
        made.call("build")
        yield made
    finally:
        call(["podman", "rm", "--force", "--ignore", made.name])
        call(["podman", "volume", "rm", "--force", made.name])
        subprocess.run(["podman", "rmi", "--force", made.name, BASE], capture_output=True, check=False)
        (folder / "base.tar").unlink(missing_ok=True)
        cluster.drop(made.name)


def test_the_image_holds_what_the_program_runs_on_and_nothing_else(image: Image) -> None:
    program = (
        "import importlib.metadata as m, json, pkgutil, app.server, importlib;"
        "[importlib.import_module(x.name) for x in pkgutil.walk_packages(app.server.__path__, 'app.server.')"
        " if not x.name.endswith('migrations.env') and '.versions' not in x.name];"
        "print(json.dumps([d.name.lower().replace('_', '-').replace('.', '-') for d in m.distributions()]))"
    )
    words = ["podman", "--runtime", "runc", "run", "--rm", "--read-only", *HERE.split(),
             "--workdir", "/samverka", "--entrypoint", "/venv/bin/python",
             image.name, "-c", program]  # fmt: skip
    assert set(json.loads(call(words))) == set(read_lock("server-linux-x86_64"))


def test_a_server_in_a_container_serves_signs_in_and_stops(image: Image) -> None:
    image.call("init")
    image.call("add-firm")
    image.call("add-staff", typed=f"{PASSWORD}\n")
    for _ in range(2):
        serve_once(image)


def serve_once(image: Image) -> None:
    """Start it, look at it from outside and from inside, and stop it. The volume outlives that."""
    with (image.folder / "log").open("wb") as log:
        running = subprocess.Popen(image.words("serve"), cwd=ROOT, stdout=subprocess.PIPE, stderr=log)
    assert running.stdout is not None
    first = running.stdout.readline()
    assert first, (image.folder / "log").read_text(encoding="utf-8")[-2000:]
    url = f"http://127.0.0.1:{image.port}"
    assert requests.get(f"{url}/health", timeout=60).json()["status"] == "ok"
    call(["podman", "--runtime", "runc", "healthcheck", "run", image.name])

    verifier = new_verifier()
    question = {
        "response_type": "code", "client_id": CLIENT_ID, "redirect_uri": REDIRECT, "state": "s",
        "code_challenge": challenge_of(verifier), "code_challenge_method": "S256",
    }  # fmt: skip
    form = question | {"email": EMAIL, "password": PASSWORD}
    answered = requests.post(f"{url}/oauth/authorize", data=form, allow_redirects=False, timeout=60)
    code = answer_of(answered)["code"]
    exchange = {"client_id": question["client_id"], "grant_type": "authorization_code", "code": code,
                "code_verifier": verifier, "redirect_uri": REDIRECT}  # fmt: skip
    tokens = requests.post(f"{url}/oauth/token", data=exchange, timeout=60).json()
    header = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert requests.get(f"{url}/v1/meta", headers=header, timeout=60).status_code == 200

    assert image.inside("id", "-u").strip() == "10001"
    for place in ("/samverka", "/venv", "/usr", "/home"):
        tried = subprocess.run(
            ["podman", "exec", "--user", "root", image.name, "touch", f"{place}/x"],
            capture_output=True,
            check=False,
        )
        assert b"Read-only file system" in tried.stderr, (place, tried)
    # The control: the volume is written, by the server and by us.
    assert image.inside("ls", "/state").strip(), "what it remembers of the database"
    image.inside("touch", "/state/x")

    call(["podman", "--runtime", "runc", "stop", image.name])
    assert running.wait(60) == 0
    running.stdout.close()
    log_text = (image.folder / "log").read_text(encoding="utf-8")
    # Podman's own remarks are among them where there is no systemd to call the health check.
    lines = [line for line in log_text.splitlines() if not line.startswith('time="')]
    assert lines
    assert all(json.loads(line) for line in lines)
    assert not [secret for secret in (PASSWORD, code, tokens["access_token"]) if secret in log_text]

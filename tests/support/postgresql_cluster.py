"""A private PostgreSQL cluster on loopback, for the tests of the server.

It ends with the process that started it, also with a killed one: another process waits for the end of its
standard input, which the system brings about whatever becomes of the other end.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests.support.ports import reserve_port

ADMINISTRATOR = "administrator"
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Cluster:
    """A running cluster."""

    port: int

    def address(self, database: str) -> str:
        """Return a database's address."""
        return f"postgresql://samverka@127.0.0.1:{self.port}/{database}"

    def create(self, database: str, template: str = "template0") -> str:
        """Create a database, empty or a copy of another, and return its address."""
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
        return self.address(database)

    def drop(self, database: str) -> None:
        """Remove a database, whoever is still connected."""
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{database}" WITH (FORCE)')


def find_binaries() -> Path | None:
    """Return the folder with initdb and pg_ctl, or None where PostgreSQL is not installed."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = shutil.which("initdb")
    for folder in [*folders, *([Path(found).parent] if found else [])]:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    return None


@contextmanager
def running_cluster(binaries: Path) -> Iterator[Cluster]:
    """Run a cluster in a temporary folder. PostgreSQL refuses to run as root: then it is another user's."""
    folder = Path(tempfile.mkdtemp(prefix="samverka-pg-"))
    user = _unprivileged_user(folder)
    with _ended_with_us(binaries, folder, user):
        data = str(folder / "data")
        port = reserve_port()
        initialise = ["-D", data, "-U", ADMINISTRATOR, "--auth=trust", "--encoding=UTF8", "--locale=C", "-N"]
        _run([str(binaries / "initdb"), *initialise], folder, user)
        options = (
            f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off "
            "-c synchronous_commit=off -c full_page_writes=off -c max_connections=60 -c shared_buffers=32MB"
        )
        _run([*_control(binaries, folder), "-o", options, "start"], folder, user)
        _add_role(port)
        yield Cluster(port)


@contextmanager
def _ended_with_us(binaries: Path, folder: Path, user: str | None) -> Iterator[None]:
    """Let another process stop the cluster and remove its folder when the block or this process ends."""
    words = [sys.executable, "-m", "tests.support.postgresql_cluster", str(binaries), str(folder), user or ""]
    # Of a session of its own: what kills the group of this process, or Ctrl+C, must not end it.
    watch = subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, start_new_session=True)
    assert watch.stdin is not None
    try:
        yield
    finally:
        # A word, too: a process forked from this one may hold the other end as well.
        watch.stdin.write(b"\n")
        watch.stdin.close()
        if watch.wait():
            raise RuntimeError(f"the cluster in {folder} could not be stopped")


def main(binaries: Path, folder: Path, user: str | None) -> None:
    """Wait for a word or the end of standard input, then stop the cluster and remove its folder."""
    sys.stdin.buffer.read(1)
    if (folder / "data" / "postmaster.pid").exists():
        _run([*_control(binaries, folder), "-m", "immediate", "stop"], folder, user)
    shutil.rmtree(folder)


def _control(binaries: Path, folder: Path) -> list[str]:
    return [str(binaries / "pg_ctl"), "-D", str(folder / "data"), "-w", "-l", str(folder / "log")]


def _add_role(port: int) -> None:
    # Not a superuser: row-level security does not hold for those.
    address = f"postgresql://{ADMINISTRATOR}@127.0.0.1:{port}/postgres"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE ROLE samverka LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS")
        # To drop a database in which a vacuum that PostgreSQL began by itself is at work.
        connection.execute("GRANT pg_signal_backend TO samverka")


def _unprivileged_user(folder: Path) -> str | None:
    if sys.platform == "win32" or os.geteuid() != 0:
        return None
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    user = "postgres" if "postgres" in known else "nobody"
    shutil.chown(folder, user)
    return user


def _run(words: list[str], folder: Path, user: str | None) -> None:
    more: dict[str, Any] = {"user": user} if user else {}
    # Not a pipe: the server that pg_ctl starts would keep it open.
    with (folder / "out").open("a+b") as output:
        done = subprocess.run(words, cwd=folder, stdout=output, stderr=output, check=False, **more)
        if done.returncode:
            output.seek(0)
            raise RuntimeError(f"{words[0]}: {output.read().decode(errors='replace')[-2000:]}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] or None)

"""A benchmark that is killed leaves nothing: its servers end with it, its folder goes at the next start."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tests.benchmarks.folders import LOCK, PREFIX, UNHELD_SECONDS, benchmark_folder, clear_dead_runs
from tests.support.postgresql_cluster import find_binaries

ROOT = Path(__file__).parents[2]
PATIENCE = 120.0
PARENT = """
import sys
from tests.benchmarks.folders import benchmark_folder
from tests.support.kept_server import kept_server
with benchmark_folder() as folder:
    with kept_server("--database", f"sqlite:///{folder / 'server.db'}") as (_, process):
        print(process.pid, folder.parent, flush=True)
        sys.stdin.read()
"""
CLUSTER = """
import sys
import psycopg
from tests.support.postgresql_cluster import ADMINISTRATOR, find_binaries, running_cluster
with running_cluster(find_binaries()) as cluster:
    address = cluster.address("postgres").replace("samverka", ADMINISTRATOR)
    with psycopg.connect(address) as connection:
        print(address, connection.execute("SHOW data_directory").fetchone()[0], flush=True)
    sys.stdin.read()
"""


@pytest.mark.postgresql
@pytest.mark.skipif(find_binaries() is None, reason="PostgreSQL is not installed on this machine")
def test_postgresql_ends_with_a_killed_run_and_leaves_no_folder() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", CLUSTER], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        address, data = parent.stdout.readline().split()
        assert Path(data).is_dir()
        psycopg.connect(address).close()  # the control: it runs
        parent.kill()
        assert parent.stdout.read() == "", "whoever ends the cluster has ended"
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address)
    assert not Path(data).parent.exists()


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="only Linux tells when such a process ends")
def test_a_killed_run_takes_its_server_along_and_leaves_a_folder_that_is_cleared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with subprocess.Popen(
        [sys.executable, "-c", PARENT], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        server, folder = parent.stdout.readline().split()
        watched = os.pidfd_open(int(server))
        try:
            clear_dead_runs(tmp_path, now=time.time())
            assert (Path(folder) / "run" / "server.db").exists()  # the run lives: nobody touches it
            assert select.select([watched], [], [], 0)[0] == []
            parent.kill()
            assert select.select([watched], [], [], PATIENCE)[0] == [watched]
        finally:
            os.close(watched)
    assert Path(folder).is_dir()
    clear_dead_runs(tmp_path, now=time.time())
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_a_lock_is_left_for_a_day_and_others_for_ever(tmp_path: Path) -> None:
    (tmp_path / f"{PREFIX}older").mkdir()
    (tmp_path / "samverka-something").mkdir()
    made = (tmp_path / f"{PREFIX}older").stat().st_mtime
    clear_dead_runs(tmp_path, now=made + UNHELD_SECONDS)
    assert len(list(tmp_path.iterdir())) == 2
    clear_dead_runs(tmp_path, now=made + UNHELD_SECONDS + 1)
    assert [one.name for one in tmp_path.iterdir()] == ["samverka-something"]


def test_a_run_that_ends_by_itself_removes_its_folder() -> None:
    with benchmark_folder() as folder:
        assert list(folder.iterdir()) == []
        assert (folder.parent / LOCK).exists()
    assert not folder.parent.exists()
